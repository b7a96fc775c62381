"""Quotes that several articles have, and texts that are near-duplicates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.corpus.near_duplicates import MIN_WORDS, are_near_duplicates, group_near_duplicates, words_of
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


SAID = "We will rebuild the harbour, and we will do it before the winter storms come back."
CUT_SHORT = "We will rebuild the harbour, and we will do it"
REWORDED = "“we'll rebuild the harbour and we will do it before the winter storms come back”"
OTHER = "The harbour is closed, and nobody knows when the ferries will sail again."


def test_case_accents_and_punctuation_do_not_count() -> None:
    assert words_of("“L’été,” she said — TWICE…") == ("l'ete", "she", "said", "twice")
    assert words_of("… — “”") == ()
    assert words_of("Sine\u0301ad spoke") == ("sinead", "spoke")


def test_a_part_and_a_changed_text_are_near_duplicates() -> None:
    assert are_near_duplicates(words_of(SAID), words_of(CUT_SHORT))
    assert are_near_duplicates(words_of(CUT_SHORT), words_of(SAID))
    assert are_near_duplicates(words_of(SAID), words_of(REWORDED))
    assert not are_near_duplicates(words_of(SAID), words_of(OTHER))


def test_few_words_are_a_near_duplicate_of_nothing() -> None:
    few = words_of(SAID)[: MIN_WORDS - 1]
    assert not are_near_duplicates(few, few)
    assert group_near_duplicates(["No comment.", "No comment."]) == []


def test_words_that_are_spread_over_a_long_text_are_no_near_duplicate_of_it() -> None:
    short = ("we", "will", "do", "it", "again", "now")
    spread = tuple(word for own in short for word in (own, *(f"{own}{number}" for number in range(9))))
    assert not are_near_duplicates(short, spread)
    assert are_near_duplicates(short, (*spread, *short))


def test_groups_have_positions_in_order() -> None:
    texts = [OTHER, SAID, "Yes.", CUT_SHORT, OTHER.upper(), REWORDED, ""]
    assert group_near_duplicates(texts) == [(0, 4), (1, 3, 5)]
    assert group_near_duplicates([]) == []


def test_a_phrase_that_two_quotes_share_does_not_make_them_one() -> None:
    phrase = "the next president of the united states"
    one = f"she would be {phrase} if the vote were held today in the three largest counties"
    other = f"nobody who hides from the press for a month should ever become {phrase}"
    groups = group_near_duplicates([one, other, phrase])
    assert [group for group in groups if {0, 1} <= set(group)] == []


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=12).map(" ".join), max_size=12))
def test_each_text_is_in_one_group_at_most_and_equal_ones_are_together(texts: list[str]) -> None:
    groups = group_near_duplicates(texts)
    placed = [position for group in groups for position in group]
    assert len(placed) == len(set(placed))
    assert all(len(group) > 1 and list(group) == sorted(group) for group in groups)
    assert groups == sorted(groups)
    number = {position: place for place, group in enumerate(groups) for position in group}
    for one, text in enumerate(texts):
        for other in range(one):
            if texts[other] == text and len(words_of(text)) >= MIN_WORDS:
                assert number[one] == number[other]


@given(st.permutations(range(4)))
def test_copies_of_one_quote_are_found_in_any_order(order: list[int]) -> None:
    texts = [SAID, CUT_SHORT, REWORDED, OTHER]
    groups = group_near_duplicates([texts[place] for place in order])
    assert [{order[position] for position in group} for group in groups] == [{0, 1, 2}]
