from datetime import date

import pytest

from quotesmith.corpus.same_quotes import Credit, Rewording, SameQuote, Utterance, find_same_quotes, utterances
from quotesmith.errors import FormatError
from quotesmith.records import Entity, Quote, QuoteDocument, QuoteKind, TextSpan

WHOLE = "We will rebuild the harbour before the winter storms come back, whatever it costs."
CUT = "We will rebuild the harbour before the winter storms come back"
CHANGED = "We must rebuild the harbour before the winter storms come back, whatever it takes."
LATE, EARLY = date(2026, 5, 9), date(2026, 5, 1)


def compared(*found: Utterance) -> SameQuote:
    [quote] = find_same_quotes(found)
    return quote


def test_the_oldest_is_first_and_the_others_are_compared_with_it() -> None:
    quote = compared(
        Utterance("later", "q0", CUT, ("Ann Roe",), LATE, "The Herald"),
        Utterance("undated", "q0", WHOLE.upper(), ("Roe",)),
        Utterance("earlier", "q3", WHOLE, ("Mayor Ann Roe",), EARLY),
        Utterance("other", "q1", CHANGED, ("Bo Lind",), LATE),
    )
    assert [version.utterance.document for version in quote.versions] == ["earlier", "later", "other", "undated"]
    assert quote.first.quote == "q3"
    assert [version.rewording for version in quote.versions] == [
        Rewording.SAME,
        Rewording.SHORTENED,
        Rewording.ALTERED,
        Rewording.SAME,
    ]
    assert quote.versions[1].dropped == ("whatever", "it", "costs")
    assert quote.versions[1].added == ()
    assert quote.versions[2].dropped == ("will", "costs")
    assert quote.versions[2].added == ("must", "takes")
    assert [version.credit for version in quote.versions] == [Credit.SAME, Credit.SAME, Credit.OTHER, Credit.SAME]


def test_more_words_than_the_first_had_extend_it() -> None:
    quote = compared(Utterance("a", "q0", CUT, day=EARLY), Utterance("b", "q0", WHOLE, day=LATE))
    assert quote.versions[1].rewording is Rewording.EXTENDED
    assert quote.versions[1].credit is Credit.UNKNOWN


def test_one_document_alone_has_no_same_quote() -> None:
    assert find_same_quotes([Utterance("a", "q0", WHOLE), Utterance("a", "q1", CUT)]) == []


def test_the_quote_that_most_articles_have_comes_first() -> None:
    rare = "Nobody at the ministry was told about the letters until the morning after."
    found = [Utterance(f"r{number}", "q0", rare) for number in range(2)]
    found += [Utterance(f"w{number}", "q0", WHOLE) for number in range(3)]
    assert [len(quote.versions) for quote in find_same_quotes(found)] == [3, 2]


def document(text: str, **meta: object) -> QuoteDocument:
    quote = Quote("q0", QuoteKind.INDIRECT, (TextSpan(0, len(text)),), text, speakers=("e0",))
    return QuoteDocument("d", text, quotes=[quote], entities=[Entity("e0", "Ann Roe")], meta=meta)


def test_utterances_of_documents() -> None:
    [found] = utterances([document(WHOLE, date="2026-05-01", outlet="The Herald")])
    assert found == Utterance("d", "q0", WHOLE, ("Ann Roe",), EARLY, "The Herald")
    [bare] = utterances([document(WHOLE, outlet=7)])
    assert (bare.day, bare.outlet) == (None, None)


def test_a_date_that_is_none_is_an_error() -> None:
    with pytest.raises(FormatError, match="'yesterday'"):
        utterances([document(WHOLE, date="yesterday")])
