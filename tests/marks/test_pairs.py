import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quotesmith.errors import ArgumentError, OptionError
from quotesmith.marks import STYLES, MarkPair, MarkStyle, find_paragraphs, pair_marks
from quotesmith.marks.contexts import DASHES
from quotesmith.marks.styles import CLOSING_FAMILIES, FAMILIES, OPENING_STYLES, Family
from quotesmith.records import TextSpan
from tests.cases import each_row

PIECES = (
    *"\"“”‟„＂'‘’‚‛`«»‹›「」『』〝〞〟—―–-_*()[]<>.,!?:;…",
    *("``", "''", "‘‘", "’’", "--", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\u2028", "\u2029", "\f", "\x00"),
    *("a", "B", "don't", "players'", "'em", "'90s", "6'2\"", '12"', "he said", "Go", "s", "5", '<a b="c">'),
    *("\ud800", "\u202a", "\u05d0", "😀", "é"),
)
marked_texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=80)
styles = st.sampled_from(STYLES)
PROSE = "Some plain words here.\n\n"


def spans(text: str, *, style: str = "auto") -> list[str]:
    return [pair.span.of(text) for pair in pair_marks(text, style=style)]


@each_row("text, expected", "marks", "double marks")
def test_double_marks_are_paired(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@each_row("text, expected", "marks", "single marks")
def test_single_marks_are_told_from_apostrophes(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@each_row("text, expected", "marks", "other uses")
def test_other_uses_of_marks_are_no_pairs(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@each_row("text, expected", "marks", "several directions")
def test_guillemets_of_several_directions_are_paired(text: str, expected: list[list[str]]) -> None:
    assert [[pair.span.of(text), pair.style.name] for pair in pair_marks(text)] == expected


@each_row("text, expected", "marks", "tags and entities")
def test_marks_beside_tags_and_entities_are_paired(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@each_row("text, depths", "marks", "depths")
def test_nested_passages_have_their_depth(text: str, depths: list[int]) -> None:
    assert [pair.depth for pair in pair_marks(text)] == depths


def test_unclosed_passage_ends_with_its_paragraph_and_is_continued() -> None:
    text = "He said, “Go on. \n\nShe “left”."
    first, second = pair_marks(text)
    assert (first.span.of(text), first.closing) == ("“Go on.", None)
    assert (second.span.of(text), second.depth) == ("“left”", 0)
    pairs = pair_marks("“One,” he said. “Two.\n\n“Three.\n\n“Four.”\n\n“Five?”")
    assert [pair.continues for pair in pairs] == [None, None, 1, 2, None]
    pairs = pair_marks("“‘One.\n\n“‘Two,’ he told me.”")
    assert [(pair.depth, pair.continues) for pair in pairs] == [(0, None), (1, None), (0, 0), (1, 1)]


@pytest.mark.parametrize(
    "after",
    [
        pytest.param("‘Two.’", id="another-style"),
        pytest.param("Then “two.”", id="words-before-the-mark"),
        pytest.param("Two.\n\n“Three.”", id="a-paragraph-between"),
    ],
)
def test_passage_that_does_not_reopen_continues_nothing(after: str) -> None:
    assert [pair.continues for pair in pair_marks(f"“One.\n\n{after}")] == [None, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“Go.\n\nStay,” he said.", ["“Go.\n\nStay,”"], id="the-next-paragraph"),
        pytest.param("“Hear:\n\n  The ‘sea’\n\nSo,” he said.", ["“Hear:\n\n  The ‘sea’\n\nSo,”", "‘sea’"], id="verse"),
        pytest.param("“Go.\n\nHe “left”.\n\nStay,” he said.", ["“Go.", "“left”"], id="another-passage-between"),
        pytest.param("“Go.\n\n“Stay,” he said.", ["“Go.", "“Stay,”"], id="opened-again"),
        pytest.param("“Go.\n\n" + PROSE * 13 + "Stay,” he said.", ["“Go."], id="too-far"),
        pytest.param("“Go.\n\nStay,» he said.", ["“Go."], id="another-kind-of-mark"),
        pytest.param("“Go.\n\nThe ‘old man,” he said, ‘is’.", ["“Go.\n\nThe ‘old man,”"], id="crossing"),
        pytest.param("“Go «home.\n\nStay» he said.", ["“Go «home.", "«home."], id="within-another-open-passage"),
        pytest.param('"Go.\n\nStay,"" he said.', ['"Go.', '""'], id="a-mark-that-opens"),
    ],
)
def test_speech_without_marks_in_it_goes_on_up_to_the_closing_mark(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


def test_unclosed_mark_inside_a_closed_passage_is_no_pair() -> None:
    assert spans("“He said ‘go and left,” she said.") == ["“He said ‘go and left,”"]


@pytest.mark.parametrize(
    ("style", "expected"),
    [pytest.param("single", ["'Go on, he said."], id="speech"), pytest.param("double", [], id="apostrophe")],
)
def test_style_decides_whether_singles_stay_unclosed(style: str, expected: list[str]) -> None:
    assert spans("'Go on, he said.", style=style) == expected


def test_auto_takes_singles_as_speech_where_they_are_most() -> None:
    british = "'Yes,' he said. 'I \"know\".'\n\n'And then?'\n\n'Then I went"
    assert spans(british)[-1] == "'Then I went"
    assert spans(british.replace("'", "~").replace('"', "'").replace("~", '"') + " 'ome")[-1] == "\"Then I went 'ome"


def test_dash_dialogue_is_paired_by_paragraph_but_no_list() -> None:
    text = "He came in.\n\n— Where is “she”? he said.\n\n— Gone.\n"
    pairs = pair_marks(text, style="dash")
    assert [(pair.span.of(text), pair.style, pair.depth) for pair in pairs] == [
        ("— Where is “she”? he said.", MarkStyle.DASH, 0),
        ("“she”", MarkStyle.CURLY_DOUBLE, 1),
        ("— Gone.", MarkStyle.DASH, 0),
    ]
    assert spans("—Where?\n—Gone, he said.") == ["—Where?", "—Gone, he said."]
    assert spans("The plan:\n\n— Cut taxes.\n\n— Build roads.\n\n— Hire more staff.") == []


def test_inner_lies_between_the_marks() -> None:
    text = '"Go" "" “on'
    assert [pair.inner and pair.inner.of(text) for pair in pair_marks(text)] == ["Go", None, "on"]


def test_unknown_style_or_what_is_no_text_is_refused() -> None:
    with pytest.raises(OptionError, match="'auto', 'double', 'single', 'dash', not 'triple'"):
        pair_marks("", style="triple")
    with pytest.raises(ArgumentError, match="not bytes"):
        pair_marks(b"'Go'")  # type: ignore[arg-type]


@given(text=marked_texts, style=styles)
def test_pairs_are_ordered_nest_and_share_no_mark(text: str, style: str) -> None:
    pairs = pair_marks(text, style=style)
    starts = [pair.opening.start for pair in pairs]
    assert starts == sorted(set(starts))
    around: list[int] = []
    for pair in pairs:
        while around and around[-1] <= pair.opening.start:
            around.pop()
        assert pair.depth == len(around)
        assert not around or pair.end <= around[-1]
        around.append(pair.end)
    taken = [place for mark in marks_of(pair_marks(text, style=style)) for place in range(mark.start, mark.end)]
    assert len(taken) == len(set(taken))
    assert all(place < len(text) for place in taken)


def marks_of(pairs: tuple[MarkPair, ...]) -> list[TextSpan]:
    return [mark for pair in pairs for mark in (pair.opening, pair.closing) if mark is not None]


@given(text=marked_texts, style=styles)
def test_marks_are_of_their_style_and_only_speech_without_marks_leaves_its_paragraph(text: str, style: str) -> None:
    for pair in pair_marks(text, style=style):
        opening = pair.opening.of(text)
        if pair.style is MarkStyle.DASH:
            assert set(opening) <= set(DASHES)
            assert pair.closing is None
        else:
            assert OPENING_STYLES[opening] is pair.style
            assert pair.closing is None or CLOSING_FAMILIES[pair.closing.of(text)] is FAMILIES[pair.style]
    paragraphs, pairs = find_paragraphs(text), pair_marks(text, style=style)
    for pair in pairs:
        [paragraph] = [paragraph for paragraph in paragraphs if paragraph.contains(pair.opening)]
        assert pair.end == (paragraph.end if pair.closing is None else pair.closing.end)
        if pair.end > paragraph.end:
            inside = [other for other in pairs if pair.opening.end <= other.opening.start < pair.end]
            assert all(FAMILIES[other.style] is Family.SINGLE for other in inside)
    pairs = pair_marks(text, style=style)
    continued = [pair.continues for pair in pairs if pair.continues is not None]
    assert len(continued) == len(set(continued))
    for place, pair in enumerate(pairs):
        if pair.continues is not None:
            before = pairs[pair.continues]
            assert pair.continues < place
            assert before.closing is None
            assert FAMILIES[before.style] is FAMILIES[pair.style]


@given(text=marked_texts, style=styles)
def test_prose_before_a_text_only_shifts_its_pairs(text: str, style: str) -> None:
    assume(not text[:1].isspace())
    shifted = [pair.span.shifted(len(PROSE)) for pair in pair_marks(text, style=style)]
    assert [pair.span for pair in pair_marks(PROSE + text, style=style)] == shifted
