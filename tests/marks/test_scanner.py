import pytest

from quotesmith.marks.apostrophes import closing_fit, is_clipped_in_front, opening_fit
from quotesmith.marks.contexts import Context, context_of
from quotesmith.marks.habits import find_habits
from quotesmith.marks.scanner import iter_marks
from quotesmith.marks.tokens import Fit, Mark
from quotesmith.records.paragraphs import find_paragraphs


def scan(text: str) -> list[Mark]:
    [paragraph] = find_paragraphs(text)
    return list(iter_marks(text, paragraph, find_habits(text)))


def signs(text: str) -> list[str]:
    return [f"{'<' if mark.opens > mark.closes else '>'}{mark.glyph}" for mark in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\"'Go,' I said,\" she said.", ['<"', "<'", ">'", '>"'], id="runs"),
        pytest.param(
            "''Go,'' I said, '''you,' she said.''", ["<''", ">''", "<''", "<'", ">'", ">''"], id="opening-three"
        ),
        pytest.param("''I said, 'you,''' he said.", ["<''", "<'", ">'", ">''"], id="closing-three"),
        pytest.param("don't O'Brien’s", [], id="apostrophes"),
        pytest.param("a 6'2\" man", [], id="measure"),
        pytest.param("<a b='c'>", [], id="tag"),
        pytest.param("run `x` or `print('x')` now", [], id="code"),
        pytest.param("snake_case * _ *", [], id="emphasis-alone"),
        pytest.param('"Yes “', ['<"', ">“"], id="paragraph-end-closes"),
        pytest.param('" Yes', ['<"'], id="paragraph-start-opens"),
        pytest.param('a\t"\tb', [], id="ditto"),
    ],
)
def test_marks_open_and_close(text: str, expected: list[str]) -> None:
    assert signs(text) == expected


def test_mark_after_a_digit_closes_weakly() -> None:
    [mark] = scan('a 12" screen')
    assert (mark.opens, mark.closes) == (Fit.NONE, Fit.WEAK)


def test_marks_have_their_places_in_the_whole_text() -> None:
    text = 'One.\n\n"Two"'
    paragraph = find_paragraphs(text)[1]
    assert [mark.start for mark in iter_marks(text, paragraph, find_habits(text))] == [6, 10]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"Go', Context.OPENING, id="start"),
        pytest.param(' "Go', Context.OPENING, id="after-space"),
        pytest.param('("Go', Context.OPENING, id="after-bracket"),
        pytest.param('—"Go', Context.OPENING, id="after-dash"),
        pytest.param(' "—and', Context.OPENING, id="before-dash"),
        pytest.param(' "...and', Context.OPENING, id="before-omission"),
        pytest.param(' "[Go', Context.OPENING, id="before-bracket"),
        pytest.param('go"', Context.CLOSING, id="end"),
        pytest.param('go" he', Context.CLOSING, id="before-space"),
        pytest.param('go", he', Context.CLOSING, id="before-comma"),
        pytest.param('go"—he', Context.CLOSING, id="before-dash-after-words"),
        pytest.param('was—" he', Context.CLOSING, id="after-dash-before-space"),
        pytest.param('a"b', Context.UNCLEAR, id="inside-word"),
        pytest.param('a " b', Context.UNCLEAR, id="between-spaces"),
        pytest.param('a—"—b', Context.UNCLEAR, id="between-dashes"),
        pytest.param('"', Context.UNCLEAR, id="alone"),
        pytest.param('<p>"Go', Context.OPENING, id="after-tag-before-words"),
        pytest.param('<b>go</b>" he', Context.CLOSING, id="after-tag-before-space"),
        pytest.param('<b>go</b>", he', Context.CLOSING, id="after-tag-before-comma"),
        pytest.param('go"</p>', Context.CLOSING, id="after-words-before-tag"),
        pytest.param('he "<b>Go</b>', Context.OPENING, id="after-space-before-tag"),
        pytest.param('<b>go</b>"</p>', Context.CLOSING, id="before-end-tag"),
        pytest.param('<p>"<b>Go', Context.UNCLEAR, id="before-start-tag"),
        pytest.param('said&nbsp;"Go', Context.OPENING, id="after-space-entity"),
        pytest.param('go"&#160;he', Context.CLOSING, id="before-space-entity"),
        pytest.param('was&mdash;" he', Context.CLOSING, id="after-dash-entity-before-space"),
        pytest.param('he &amp;"go', Context.UNCLEAR, id="after-another-entity"),
    ],
)
def test_neighbours_tell_the_context(text: str, expected: Context) -> None:
    place = text.index('"')
    assert context_of(text, place, place + 1) is expected


@pytest.mark.parametrize("word", ["em", "Em", "tis", "Twas", "90s", "16", "n", "cause", "til", "till"])
def test_word_that_lost_its_front_is_known(word: str) -> None:
    assert is_clipped_in_front(f"'{word} now", 1)


@pytest.mark.parametrize("word", ["Go", "embers", "tissue", "nobody", "1990", "Er", "9"])
def test_whole_word_is_not_clipped(word: str) -> None:
    assert not is_clipped_in_front(f"'{word} now", 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("'Go", Fit.SURE, id="start"),
        pytest.param("said, 'Go", Fit.SURE, id="after-comma"),
        pytest.param("the 'best", Fit.FAIR, id="after-word"),
        pytest.param("the ‘best", Fit.SURE, id="curly"),
        pytest.param("get 'em", Fit.WEAK, id="clipped"),
    ],
)
def test_opening_fit_weighs_what_stands_around(text: str, expected: Fit) -> None:
    place = next(place for place, sign in enumerate(text) if sign in "'‘")
    assert opening_fit(text, place, place + 1, 0) is expected


def test_opening_fit_looks_no_further_than_its_paragraph() -> None:
    assert opening_fit("the\n'best", 4, 5, 4) is Fit.SURE


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param("go,", Fit.SURE, id="after-comma"),
        pytest.param("go", Fit.FAIR, id="after-word"),
        pytest.param("the players", Fit.WEAK, id="possessive"),
        pytest.param("goin", Fit.WEAK, id="dropped-g"),
        pytest.param("an", Fit.WEAK, id="dropped-d"),
        pytest.param("man", Fit.FAIR, id="not-dropped"),
        pytest.param("will-o", Fit.WEAK, id="of"),
        pytest.param("6", Fit.WEAK, id="feet"),
    ],
)
def test_closing_fit_weighs_the_word_before(before: str, expected: Fit) -> None:
    assert closing_fit(f"{before}' and", len(before)) is expected
