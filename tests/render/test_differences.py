"""What two readings say differently, in the terminal."""

import io

from attrs import evolve
from hypothesis import given
from rich.console import Console

from quotesmith.query.differences import DocumentDifference, find_differences
from quotesmith.records import Entity, Quote, QuoteDocument
from quotesmith.render.differences import show_difference
from tests.samples import summit
from tests.strategies import documents


def shown(difference: DocumentDifference) -> list[str]:
    file = io.StringIO()
    show_difference(difference, Console(file=file, width=80, _environ={}))
    return file.getvalue().split("\n")[:-1]


def with_quotes(*quotes: Quote) -> QuoteDocument:
    return evolve(summit(), quotes=quotes)


def test_nothing_is_shown_where_nothing_differs() -> None:
    assert shown(find_differences(summit(), summit())) == []


def test_quotes_of_one_reading_and_changes_have_their_signs() -> None:
    [kept] = [quote for quote in summit().quotes if quote.id == "q2"]
    [new] = [quote for quote in summit().quotes if quote.id == "q6"]
    after = with_quotes(evolve(kept, kind="mixed", score=0.2, cue=()), new)
    assert shown(find_differences(with_quotes(kept, summit().quote("q3")), after)) == [
        "No deal",
        "~ indirect: that talks would go on (Vladimir Putin)",
        "    kind: indirect → mixed",
        "    cue: did not say [189-200] → nothing",
        "    score: 0.70 → 0.20",
        "- indirect: the tariffs (The two leaders)",
        "+ direct: Go! (no speaker: nobody is named near it)",
    ]


def test_names_are_in_a_row() -> None:
    quote = summit().quote("q2")
    lines = shown(find_differences(with_quotes(quote), with_quotes(evolve(quote, speakers=("e0", "e3")))))
    assert lines[-1] == "    speakers: Vladimir Putin → Xi Jinping, Vladimir Putin"


def test_document_of_one_side_is_a_line() -> None:
    assert shown(DocumentDifference(summit(), None)) == ["- document summit (7 quotes)"]
    assert shown(DocumentDifference(None, summit())) == ["+ document summit (7 quotes)"]


def test_words_of_the_text_do_not_act_on_the_terminal_or_as_markup() -> None:
    words = "[red]\x1b[2J\nno[/red]"
    quote = Quote("q0", "direct", [(0, len(words))], words, speakers=["e0"])
    before = QuoteDocument("d\x07", words, "en", [quote], [Entity("e0", "Ann\x1b")])
    lines = shown(find_differences(before, evolve(before, quotes=[], id="e")))
    assert lines == ["d\ufffd", "- direct: [red]\ufffd[2J no[/red] (Ann\ufffd)"]


@given(documents())
def test_any_document_can_be_shown(document: QuoteDocument) -> None:
    lines = shown(find_differences(document, evolve(document, quotes=[])))
    assert len(lines) == (1 + len(document.quotes) if document.quotes else 0)
