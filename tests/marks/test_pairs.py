import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quotesmith.errors import ArgumentError, OptionError
from quotesmith.marks import STYLES, MarkPair, MarkStyle, find_paragraphs, pair_marks
from quotesmith.marks.contexts import DASHES
from quotesmith.marks.styles import CLOSING_FAMILIES, FAMILIES, OPENING_STYLES
from quotesmith.records import TextSpan

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"Go," he said. "Now."', ['"Go,"', '"Now."'], id="straight"),
        pytest.param("“Go,” he said. “Now.”", ["“Go,”", "“Now.”"], id="curly"),
        pytest.param('“Go," he said. "Now.”', ['“Go,"', '"Now.”'], id="mixed"),
        pytest.param("”Go,” he said. ”Now.”", ["”Go,”", "”Now.”"], id="closing-curly-twice"),
        pytest.param("“Go,“ he said. “Now.“", ["“Go,“", "“Now.“"], id="opening-curly-twice"),
        pytest.param("„Ja“, sagte er, „nein”.", ["„Ja“", "„nein”"], id="low"),
        pytest.param("«Oui», dit-il. « Non »", ["«Oui»", "« Non »"], id="guillemets"),
        pytest.param("»Ja«, sagte er. »Nein«", ["»Ja«", "»Nein«"], id="guillemets-inward"),
        pytest.param("»Ja», sa han. »Nej»", ["»Ja»", "»Nej»"], id="guillemets-same"),
        pytest.param("‹Oui›, dit-il", ["‹Oui›"], id="single-guillemets"),
        pytest.param("彼は「はい」と『本』", ["「はい」", "『本』"], id="corners"),
        pytest.param("``Go,'' he said. `Now.'", ["``Go,''", "`Now.'"], id="backticks"),
        pytest.param("''Go,'' he said. ''Now.''", ["''Go,''", "''Now.''"], id="doubled-singles"),
        pytest.param('"Go! "he said. "Now."', ['"Go! "', '"Now."'], id="space-on-the-wrong-side"),
        pytest.param('" Go , " he said .', ['" Go , "'], id="tokenized"),
        pytest.param('"I was--" he began--"was!"', ['"I was--"', '"was!"'], id="dashes"),
        pytest.param('"...and then?"--"No."', ['"...and then?"', '"No."'], id="points-of-omission"),
        pytest.param('_"Go,"_ he said, "_now_."', ['"Go,"', '"_now_."'], id="emphasis"),
        pytest.param("\u202a”Go,” he said.", ["”Go,”"], id="direction-sign"),
        pytest.param('go" he said', [], id="stray-closing"),
        pytest.param("", [], id="empty"),
    ],
)
def test_double_marks_are_paired(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("'Go,' he said. 'Now.'", ["'Go,'", "'Now.'"], id="straight"),
        pytest.param("‘Go,’ he said. ‘Now.’", ["‘Go,’", "‘Now.’"], id="curly"),
        pytest.param("‘I don’t,’ he said.", ["‘I don’t,’"], id="apostrophe-inside"),
        pytest.param("'The players' room is fine,' he said.", ["'The players' room is fine,'"], id="possessive"),
        pytest.param("‘The players’ room is fine,’ he said.", ["‘The players’ room is fine,’"], id="curly-possessive"),
        pytest.param("'I seen 'em in the '90s,' he said.", ["'I seen 'em in the '90s,'"], id="clipped"),
        pytest.param("''Tis true,' he said.", ["''Tis true,'"], id="clipped-first"),
        pytest.param("rock 'n' roll, the '90s, get 'em, 'tis O'Brien's and James’ hat", [], id="apostrophes-only"),
        pytest.param("the ‘best‘ thing", ["‘best‘"], id="opening-curly-twice"),
        pytest.param("‚Ja‘, sagte er.", ["‚Ja‘"], id="low"),
    ],
)
def test_single_marks_are_told_from_apostrophes(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('a 12" screen and a 6\'2" man', [], id="inches"),
        pytest.param("at 40°26'46\" N", [], id="minutes"),
        pytest.param('"He is 6\'2" tall," she said.', ['"He is 6\'2" tall,"'], id="feet-inside"),
        pytest.param('"A 12" screen," she said.', ['"A 12" screen,"'], id="inches-inside"),
        pytest.param('A 5" pipe. "It leaks," said Jo.', ['"It leaks,"'], id="inches-before-a-passage"),
        pytest.param('He is 6\' 2" tall. "Yes," said Jo.', ['"Yes,"'], id="spaced-feet-before-a-passage"),
        pytest.param('A 5" pipe. "It leaks! "said Jo.', ['"It leaks! "'], id="inches-before-a-misplaced-space"),
        pytest.param('Of 3", 5" and 6" pipes. "Go," he said.', ['"Go,"'], id="inches-before-points"),
        pytest.param('"in 2016" and "in 2017"', ['"in 2016"', '"in 2017"'], id="year-at-the-end"),
        pytest.param('flour   5\n   "      6\n   "      7', [], id="ditto"),
        pytest.param('see <a href="x">this</a> "now"', ['"now"'], id="tag"),
        pytest.param("call `f('x')` or `g` 'now'", ["'now'"], id="code"),
    ],
)
def test_other_uses_of_marks_are_no_pairs(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "»Wir gehen«, said Al. «Bye», said Jo.",
            [("»Wir gehen«", MarkStyle.GUILLEMETS_INWARD), ("«Bye»", MarkStyle.GUILLEMETS)],
            id="both-directions",
        ),
        pytest.param(
            "»Wir gehen«, said Al. « Bye », said Jo.",
            [("»Wir gehen«", MarkStyle.GUILLEMETS_INWARD), ("« Bye »", MarkStyle.GUILLEMETS)],
            id="spaces-hide-the-other-direction",
        ),
        pytest.param(
            '« Nous partons », a dit Al. "We leave," said Jo.',
            [("« Nous partons »", MarkStyle.GUILLEMETS), ('"We leave,"', MarkStyle.STRAIGHT_DOUBLE)],
            id="french-and-straight",
        ),
        pytest.param(
            "»Wir gehen«, sagte er. “Hello,” said Pat.",
            [("»Wir gehen«", MarkStyle.GUILLEMETS_INWARD), ("“Hello,”", MarkStyle.CURLY_DOUBLE)],
            id="german-and-curly",
        ),
        pytest.param(
            "« Il dit « oui » hier », dit-il.",
            [("« Il dit « oui » hier »", MarkStyle.GUILLEMETS), ("« oui »", MarkStyle.GUILLEMETS)],
            id="spaced-in-spaced",
        ),
    ],
)
def test_guillemets_of_several_directions_are_paired(text: str, expected: list[tuple[str, MarkStyle]]) -> None:
    assert [(pair.span.of(text), pair.style) for pair in pair_marks(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '<p>"We won," said <b>Anna</b>.</p><p>"It was hard," she said.</p>',
            ['"We won,"', '"It was hard,"'],
            id="paragraphs",
        ),
        pytest.param('<p>"We <b>won</b>," he said.</p>', ['"We <b>won</b>,"'], id="emphasis-inside"),
        pytest.param('<b>"Go"</b> he said. <i>"Now"</i>', ['"Go"', '"Now"'], id="emphasis-around"),
        pytest.param('"Go <b>"now"</b> please," he said.', ['"Go <b>"now"</b> please,"', '"now"'], id="nested"),
        pytest.param('He said&nbsp;"Go"&nbsp;and "no"&mdash;"now".', ['"Go"', '"no"', '"now"'], id="entities"),
    ],
)
def test_marks_beside_tags_and_entities_are_paired(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "depths"),
    [
        pytest.param("“He said ‘no’ to me,” she said.", [0, 1], id="singles-in-doubles"),
        pytest.param("'He said \"no\" to me,' she said.", [0, 1], id="doubles-in-singles"),
        pytest.param('"He said "no" to me," she said.', [0, 1], id="same-marks"),
        pytest.param("“a ‘b “c ‘d’ c” b’ a”", [0, 1, 2, 3], id="four-levels"),
        pytest.param("„a ‚b‘ »c« a“", [0, 1, 1], id="german"),
    ],
)
def test_nested_passages_have_their_depth(text: str, depths: list[int]) -> None:
    assert [pair.depth for pair in pair_marks(text)] == depths


def test_unclosed_passage_ends_with_its_paragraph() -> None:
    text = "He said, “Go on. \n\nShe “left”."
    first, second = pair_marks(text)
    assert (first.span.of(text), first.closing) == ("“Go on.", None)
    assert (second.span.of(text), second.depth) == ("“left”", 0)


def test_reopened_speech_continues_the_unclosed_passage() -> None:
    pairs = pair_marks("“One,” he said. “Two.\n\n“Three.\n\n“Four.”\n\n“Five?”")
    assert [pair.continues for pair in pairs] == [None, None, 1, 2, None]


def test_quote_in_an_unclosed_quote_continues_too() -> None:
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


def test_dash_dialogue_is_paired_by_paragraph() -> None:
    text = "He came in.\n\n— Where is “she”? he said.\n\n— Gone.\n"
    pairs = pair_marks(text, style="dash")
    assert [(pair.span.of(text), pair.style, pair.depth) for pair in pairs] == [
        ("— Where is “she”? he said.", MarkStyle.DASH, 0),
        ("“she”", MarkStyle.CURLY_DOUBLE, 1),
        ("— Gone.", MarkStyle.DASH, 0),
    ]
    assert spans("—Where?\n—Gone, he said.") == ["—Where?", "—Gone, he said."]


def test_dashes_before_list_items_are_no_dialogue() -> None:
    assert spans("The plan:\n\n— Cut taxes.\n\n— Build roads.\n\n— Hire more staff.") == []


def test_inner_lies_between_the_marks() -> None:
    text = '"Go" "" “on'
    assert [pair.inner and pair.inner.of(text) for pair in pair_marks(text)] == ["Go", None, "on"]


def test_unknown_style_is_refused_with_the_choices() -> None:
    with pytest.raises(OptionError, match="'auto', 'double', 'single', 'dash', not 'triple'"):
        pair_marks("", style="triple")


def test_text_that_is_no_string_is_refused() -> None:
    with pytest.raises(ArgumentError, match="not bytes"):
        pair_marks(b"'Go'")  # type: ignore[arg-type]


@given(text=marked_texts, style=styles)
def test_pairs_are_ordered_and_nest_properly(text: str, style: str) -> None:
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


@given(text=marked_texts, style=styles)
def test_every_character_is_in_one_mark_at_most(text: str, style: str) -> None:
    taken = [place for mark in marks_of(pair_marks(text, style=style)) for place in range(mark.start, mark.end)]
    assert len(taken) == len(set(taken))
    assert all(place < len(text) for place in taken)


def marks_of(pairs: tuple[MarkPair, ...]) -> list[TextSpan]:
    return [mark for pair in pairs for mark in (pair.opening, pair.closing) if mark is not None]


@given(text=marked_texts, style=styles)
def test_marks_are_of_their_style(text: str, style: str) -> None:
    for pair in pair_marks(text, style=style):
        opening = pair.opening.of(text)
        if pair.style is MarkStyle.DASH:
            assert set(opening) <= set(DASHES)
            assert pair.closing is None
        else:
            assert OPENING_STYLES[opening] is pair.style
            assert pair.closing is None or CLOSING_FAMILIES[pair.closing.of(text)] is FAMILIES[pair.style]


@given(text=marked_texts, style=styles)
def test_passages_end_inside_their_paragraph(text: str, style: str) -> None:
    paragraphs = find_paragraphs(text)
    for pair in pair_marks(text, style=style):
        [paragraph] = [paragraph for paragraph in paragraphs if paragraph.contains(pair.opening)]
        assert pair.end == (paragraph.end if pair.closing is None else pair.closing.end) <= paragraph.end


@given(text=marked_texts, style=styles)
def test_continued_passage_is_an_earlier_unclosed_one(text: str, style: str) -> None:
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
