"""Marks one by one: their styles, what stands around them, how they nest; and dashes that open speech."""

from collections.abc import Iterable, Sequence

import pytest

from quotesmith.marks.apostrophes import closing_fit, is_clipped_in_front, opening_fit
from quotesmith.marks.contexts import Context, context_of
from quotesmith.marks.dashes import find_dashes, is_dialogue
from quotesmith.marks.habits import find_habits
from quotesmith.marks.nesting import MarkedPassage, nest_marks
from quotesmith.marks.scanner import iter_marks
from quotesmith.marks.singles import pair_singles
from quotesmith.marks.styles import CLOSING_FAMILIES, FAMILIES, OPENING_STYLES, Family, MarkStyle, family_of
from quotesmith.marks.tokens import Fit, Mark
from quotesmith.records.paragraphs import find_paragraphs
from tests.cases import each_row


def scan(text: str) -> list[Mark]:
    [paragraph] = find_paragraphs(text)
    return list(iter_marks(text, paragraph, find_habits(text)))


def signs(text: str) -> list[str]:
    return [f"{'<' if mark.opens > mark.closes else '>'}{mark.glyph}" for mark in scan(text)]


@each_row("text, expected", "marks", "opening and closing")
def test_marks_open_and_close(text: str, expected: list[str]) -> None:
    assert signs(text) == expected


def test_mark_after_a_digit_closes_weakly() -> None:
    [mark] = scan('a 12" screen')
    assert (mark.opens, mark.closes) == (Fit.NONE, Fit.WEAK)


def test_marks_have_their_places_in_the_whole_text() -> None:
    text = 'One.\n\n"Two"'
    paragraph = find_paragraphs(text)[1]
    assert [mark.start for mark in iter_marks(text, paragraph, find_habits(text))] == [6, 10]


@each_row("text, expected", "marks", "contexts")
def test_neighbours_tell_the_context(text: str, expected: str) -> None:
    place = text.index('"')
    assert context_of(text, place, place + 1) is Context[expected]


CLIPPED = ["em", "Em", "tis", "Twas", "90s", "16", "n", "cause", "til", "till"]
WHOLE = ["Go", "embers", "tissue", "nobody", "1990", "Er", "9"]


@pytest.mark.parametrize("word", CLIPPED + WHOLE)
def test_word_that_lost_its_front_is_known(word: str) -> None:
    assert is_clipped_in_front(f"'{word} now", 1) is (word in CLIPPED)


@each_row("text, expected", "marks", "opening fits")
def test_opening_fit_weighs_what_stands_around(text: str, expected: str) -> None:
    place = next(place for place, sign in enumerate(text) if sign in "'‘")
    assert opening_fit(text, place, place + 1, 0) is Fit[expected]


def test_opening_fit_looks_no_further_than_its_paragraph() -> None:
    assert opening_fit("the\n'best", 4, 5, 4) is Fit.SURE


@each_row("before, expected", "marks", "closing fits")
def test_closing_fit_weighs_the_word_before(before: str, expected: str) -> None:
    assert closing_fit(f"{before}' and", len(before)) is Fit[expected]


@each_row("paragraph, dash", "marks", "dashes at the start")
def test_dash_at_the_start_is_found(paragraph: str, dash: str) -> None:
    assert [span.of(paragraph) for span in find_dashes(paragraph, find_paragraphs(paragraph)).values()] == [dash]


@each_row("paragraph", "marks", "other dashes")
def test_other_dashes_are_left(paragraph: str) -> None:
    assert not find_dashes(paragraph, find_paragraphs(paragraph))


def test_dash_is_known_by_the_position_of_its_paragraph() -> None:
    text = "He came.\n\n— Where?"
    assert list(find_dashes(text, find_paragraphs(text))) == [1]


@each_row("text, passages, expected", "marks", "dialogue")
def test_dialogue_is_told_from_lists(text: str, passages: int, expected: object) -> None:
    assert is_dialogue(text, find_paragraphs(text), passages) is expected


def test_every_style_and_passage_can_be_opened_and_closed() -> None:
    assert set(FAMILIES) == set(MarkStyle)
    assert set(OPENING_STYLES.values()) == set(MarkStyle) - {MarkStyle.DASH}
    assert set(CLOSING_FAMILIES.values()) == set(Family) - {Family.DASH}


@pytest.mark.parametrize("glyph", sorted(OPENING_STYLES.keys() & CLOSING_FAMILIES.keys()))
def test_mark_that_opens_and_closes_has_one_family(glyph: str) -> None:
    assert FAMILIES[OPENING_STYLES[glyph]] is CLOSING_FAMILIES[glyph]


@pytest.mark.parametrize(
    ("glyph", "family"),
    [
        pytest.param("`", Family.SINGLE, id="opens-only"),
        pytest.param("’", Family.SINGLE, id="closes-only"),
        pytest.param('"', Family.DOUBLE, id="both"),
    ],
)
def test_family_of_a_mark(glyph: str, family: Family) -> None:
    assert family_of(glyph) is family


def test_mark_ends_after_its_glyph() -> None:
    mark = Mark(3, "``", Fit.SURE, Fit.NONE)
    assert (mark.end, mark.family) == (5, Family.DOUBLE)


def test_fits_are_ordered_by_sureness() -> None:
    assert Fit.NONE < Fit.WEAK < Fit.FAIR < Fit.SURE
    assert not Fit.NONE


@each_row("text, opening", "marks", "directions of guillemets")
def test_direction_of_guillemets_is_found(text: str, opening: str | None) -> None:
    assert find_habits(text).openings[Family.GUILLEMET] == opening


@each_row("text, doubled", "marks", "doubled singles")
def test_doubled_singles_are_found(text: str, doubled: object) -> None:
    assert find_habits(text).doubled is doubled


FITS = {"<": (Fit.SURE, Fit.NONE), ">": (Fit.NONE, Fit.SURE), "?": (Fit.FAIR, Fit.FAIR), "#": (Fit.NONE, Fit.WEAK)}
SINGLE_FITS = {
    "A": (Fit.SURE, Fit.NONE),
    "B": (Fit.FAIR, Fit.NONE),
    "C": (Fit.WEAK, Fit.NONE),
    "z": (Fit.NONE, Fit.SURE),
    "y": (Fit.NONE, Fit.FAIR),
    "x": (Fit.NONE, Fit.WEAK),
    "?": (Fit.FAIR, Fit.FAIR),
}


def places(passages: Iterable[MarkedPassage]) -> list[list[int | None]]:
    """Where each passage opens and closes."""
    return sorted([p.opening.start, p.closing.start if p.closing else None] for p in passages)


def nest(signs: str, *, glyphs: Sequence[str] = ()) -> list[list[int | None]]:
    """Places of the openings and closings; one sign of FITS for each mark."""
    glyphs = glyphs or ['"'] * len(signs)
    marks = [Mark(place, glyph, *FITS[sign]) for place, (sign, glyph) in enumerate(zip(signs, glyphs, strict=True))]
    return places(nest_marks(marks))


@each_row("signs, expected", "marks", "nested doubles")
def test_doubles_are_nested(signs: str, expected: list[list[int | None]]) -> None:
    assert nest(signs) == expected


def test_closing_mark_passes_over_what_was_opened_inside_but_no_other_family() -> None:
    assert nest("<<>", glyphs="«“»") == [[0, 2], [1, None]]
    assert nest("<>", glyphs="«”") == [[0, None]]
    assert nest("??>?", glyphs=['"', '"', "’’", '"']) == [[0, 1], [3, None]]


@each_row("signs, expected", "marks", "paired singles")
def test_singles_are_paired(signs: str, expected: list[list[int | None]]) -> None:
    marks = [Mark(place, "'", *SINGLE_FITS[sign]) for place, sign in enumerate(signs)]
    assert places(pair_singles(marks)) == expected
