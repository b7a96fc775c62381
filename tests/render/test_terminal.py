"""A document in the terminal."""

import io
import re
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from rich.cells import cell_len
from rich.console import Console

from quotesmith.records import Entity, Evidence, Quote, QuoteDocument
from quotesmith.render.terminal import show_by_speaker, show_document, show_text
from tests.samples import summit
from tests.strategies import documents

Show = Callable[[QuoteDocument, Console], None]


def shown(document: QuoteDocument, *, width: int = 80, color: bool = False, show: Show = show_document) -> str:
    file = io.StringIO()
    # What the terminal says of itself must not matter to the tests.
    console = Console(
        file=file, width=width, force_terminal=color, color_system="truecolor" if color else None, _environ={}
    )
    show(document, console)
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


def test_consecutive_quotes_of_one_speaker_stand_under_one_name() -> None:
    assert [line for line in shown(summit()).splitlines() if line == "Xi Jinping"] == ["Xi Jinping"]


def test_long_quote_hangs_beside_its_kind() -> None:
    lines = shown(said("never " * 40), width=60).splitlines()
    assert lines[4].startswith("  direct    never")
    assert all(line.startswith(" " * 12 + "never") for line in lines[5:8])


def test_nested_quote_is_indented() -> None:
    assert "  direct      Never trust" in shown(summit())


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


def test_no_escape_is_written_where_the_console_has_no_color() -> None:
    assert "\x1b" not in shown(summit())


def test_document_without_quotes_is_shown() -> None:
    assert shown(QuoteDocument("d", "Nothing.")) == "d\n0 quotes · 0 speakers\n"


def test_quote_without_words_is_shown() -> None:
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


def test_text_is_whole_with_a_number_before_each_quote() -> None:
    text = shown(summit(), width=10_000, show=show_text)
    assert "[1]“We will not accept any change to the status quo,” Xi Jinping told" in text
    assert "“and that is that.” He added [1]that Ukraine" in text
    assert "[4]“My mother told me: [5]‘Never" in text
    assert "[?]“Go!” someone" in text
    assert "1   Xi Jinping" in text


def test_text_has_colors_where_the_console_has() -> None:
    assert "\x1b[4;38;2;32;82;232m“We will" in shown(summit(), color=True, show=show_text)


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
