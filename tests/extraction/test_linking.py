from collections.abc import Sequence

import attrs
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quotesmith.encoder import Window
from quotesmith.extraction.fragments import Fragments, Stretch, Tagged, read_fragments
from quotesmith.extraction.linking import Choice, Linked, Relation, choose, link
from tests.extraction.encoded import EncodedText, cut_differently, encoded_texts, make_encoded, shown_by


@attrs.frozen
class Found:
    content: list[str]
    cue: str
    source: str


def read(text: EncodedText) -> list[Linked]:
    return link(text.encoded, read_fragments(text.encoded, text.marks), text.marks)


def words(text: EncodedText, part: Tagged | None) -> str:
    return "" if part is None else part.span.of(text.text)


def quotes_of(table: str, *, windows: Sequence[Window] | None = None) -> list[Found]:
    text = make_encoded(table, windows=windows)
    return [
        Found([words(text, content) for content in quote.contents], words(text, quote.cue), words(text, quote.source))
        for quote in read(text)
    ]


@pytest.mark.parametrize(
    ("table", "quotes"),
    [
        pytest.param("Ann -\nleft -", [], id="no-tags"),
        pytest.param(
            "Ann source\nsaid cue Ann\nit content said\nfailed +", [Found(["it failed"], "said", "Ann")], id="one"
        ),
        pytest.param("Ann source\nsaid cue Ann", [], id="cue-without-content"),
        pytest.param("it content\nfailed +", [Found(["it failed"], "", "")], id="no-cues-and-no-sources"),
        pytest.param("said cue\nit content\nfailed +", [Found(["it failed"], "", "")], id="cue-that-is-not-sought"),
        pytest.param("said cue\nit content said", [Found(["it"], "said", "")], id="no-sources"),
        pytest.param("Ann source\nsaid cue\nit content said", [Found(["it"], "said", "")], id="source-not-sought"),
        pytest.param(
            "it content said\n, -\nsaid cue Ann\nAnn source\n, -\nfailed content said",
            [Found(["it", "failed"], "said", "Ann")],
            id="two-contents-of-one-cue",
        ),
        pytest.param(
            "Ann source\nsaid cue Ann\nit content said\nand -\nadded cue Ann\nno content added",
            [Found(["it"], "said", "Ann"), Found(["no"], "added", "Ann")],
            id="two-cues-of-one-source",
        ),
        pytest.param(
            "Ann source\nsaid cue Ann\nit content said\nBob source\nsaid cue Bob\nno content said#2",
            [Found(["it"], "said", "Ann"), Found(["no"], "said", "Bob")],
            id="two-quotes",
        ),
        pytest.param(
            "it content said\nno content no\nsaid cue",
            [Found(["it"], "said", ""), Found(["no"], "", "")],
            id="content-that-seeks-what-is-no-cue",
        ),
    ],
)
def test_fragments_that_seek_each_other_are_one_quote(table: str, quotes: list[Found]) -> None:
    assert quotes_of(table) == quotes


@pytest.mark.parametrize(
    ("table", "contents"),
    [
        pytest.param("said cue\nit content:0.5 said", [["it"]], id="only-one-of-its-cue"),
        pytest.param("said cue\nit content said\nand -\nno content:0.5 said", [["it"]], id="beside-a-sure-one"),
        pytest.param("said cue\nit content:0.5 said\nand -\nno content:0.5 said", [], id="none-of-two-is-sure"),
        pytest.param("it content:0.5", [], id="without-a-cue"),
        pytest.param("“ content:0.5\nGo +:0.5\n” +:0.5", [["“Go”"]], id="between-marks"),
        pytest.param("said cue\nit content:0.66 said\nand -\nno content:0.66 said", [["it", "no"]], id="just-sure"),
    ],
)
def test_content_that_is_unsure_needs_marks_or_a_cue_of_its_own(table: str, contents: list[list[str]]) -> None:
    assert [quote.content for quote in quotes_of(table)] == contents


TOUCHING = """
    Ann    source
    said   cue      Ann
    {end}
    “      content  {first}
    Go     +
    ”      +
    “      content  added
    Stay   +
    ”      +
    added  cue      Ann
"""


@pytest.mark.parametrize(
    ("end", "quotes"),
    [
        pytest.param("", [Found(["“Go”", "“Stay”"], "added", "Ann")], id="in another paragraph"),
        pytest.param(", -", [Found(["“Go”"], "said", "Ann"), Found(["“Stay”"], "added", "Ann")], id="in theirs"),
    ],
)
def test_of_two_touching_passages_one_with_a_cue_in_their_paragraph_takes_the_other_along(
    end: str, quotes: list[Found]
) -> None:
    assert quotes_of(TOUCHING.format(end=end, first="said")) == quotes


def test_touching_passage_after_one_with_a_cue_goes_with_it() -> None:
    assert quotes_of("said cue\n“ content said\nGo +\n” +\n“ content\nStay +\n” +") == [
        Found(["“Go”", "“Stay”"], "said", "")
    ]


@pytest.mark.parametrize(
    ("between", "cue"),
    [
        pytest.param("said cue Ann", "said", id="who speaks"),
        pytest.param("said cue Ann\nLee content:0.3 per", "said", id="who speaks, partly taken for content"),
        pytest.param("said -", "per", id="no cue between"),
        pytest.param("said cue Ann\nno content said", "per", id="cue with content of its own"),
    ],
)
def test_who_only_relays_what_another_says_is_not_the_source(between: str, cue: str) -> None:
    table = f"it content per\nfailed +\n, -\n{between}\nAnn source\n, -\nper cue agency\nagency source"
    [quote, *_] = quotes_of(table)
    assert (quote.content, quote.cue) == (["it failed"], cue)
    assert quote.source == {"said": "Ann", "per": "agency"}[cue]


UNSURE = "said cue\nit content said\nfailed +\n. -\n{first} content said\nsee + said\nit + said\nfail + -\nnow + -"


@pytest.mark.parametrize(
    ("first", "quotes"),
    [
        pytest.param("We", [Found(["it failed"], "said", ""), Found(["We see it fail now"], "", "")], id="sentence"),
        pytest.param("we", [Found(["it failed", "we see it fail now"], "said", "")], id="clause"),
    ],
)
def test_new_sentence_must_be_sure_of_a_cue_that_has_content(first: str, quotes: list[Found]) -> None:
    assert quotes_of(UNSURE.format(first=first)) == quotes


def test_long_content_chooses_by_the_windows_that_show_what_it_seeks() -> None:
    table = "said cue\nit content said\nwas +\nall +\nover +\nby +\nthen +"
    windows = [Window(0, 3, 0, 3), Window(3, 7, 3, 7)]
    assert quotes_of(table, windows=windows) == [Found(["it was all over by then"], "said", "")]


def test_quotes_are_in_order_of_the_contents_that_they_keep() -> None:
    table = "no content:0.5 said\nit content added\nadded cue\nsaid cue\nleft content said"
    assert [quote.content for quote in quotes_of(table)] == [["it"], ["left"]]


def test_quote_knows_all_its_parts() -> None:
    text = make_encoded("Ann source\nsaid cue Ann\nit content said\nno content said")
    [quote] = read(text)
    assert [words(text, part) for part in quote.parts] == ["it", "no", "said", "Ann"]


def test_chance_of_the_cue_is_that_of_the_least_sure_content() -> None:
    [quote] = read(make_encoded("said cue\nit content said\nand -\nno content said\nfailed + -\nthere + said"))
    assert quote.cue_chance == pytest.approx(2 / 3, abs=1e-3)


PARAGRAPHS = """
    “     content {first}
    We    +
    go    +
    .     +

    “     content {second}
    You   +
    stay  +
    .     +

    “     content {third}
    Now   +
    !     +
    ”     +
    said  cue      Ann
    Ann   source
    and   -
    added cue      Bob
    Bob   source
"""
FIRST, SECOND, THIRD = "“We go.", "“You stay.", "“Now!”"


@pytest.mark.parametrize(
    ("sought", "quotes"),
    [
        pytest.param(("-", "-", "-"), [Found([FIRST, SECOND, THIRD], "", "")], id="no-cue"),
        pytest.param(("said", "-", "-"), [Found([FIRST, SECOND, THIRD], "said", "Ann")], id="cue-of-the-first"),
        pytest.param(("-", "said", "-"), [Found([FIRST, SECOND, THIRD], "said", "Ann")], id="cue-of-the-second"),
        pytest.param(("-", "-", "said"), [Found([FIRST, SECOND, THIRD], "said", "Ann")], id="cue-of-the-last"),
        pytest.param(("said", "-", "said"), [Found([FIRST, SECOND, THIRD], "said", "Ann")], id="one-cue-of-two"),
        pytest.param(
            ("said", "-", "added"),
            [Found([FIRST, SECOND], "said", "Ann"), Found([THIRD], "added", "Bob")],
            id="two-cues",
        ),
    ],
)
def test_speech_over_paragraphs_is_one_quote_but_with_two_cues(
    sought: tuple[str, str, str], quotes: list[Found]
) -> None:
    first, second, third = sought
    assert quotes_of(PARAGRAPHS.format(first=first, second=second, third=third)) == quotes


def test_paragraph_that_is_no_content_joins_nothing() -> None:
    table = "“ content\nGo +\n! +\n\n“ -\nThen -\nhe -\nleft -\n\n“ content\nStay +\n! +\n” +"
    assert [quote.content for quote in quotes_of(table)] == [["“Go!"], ["“Stay!”"]]


def test_most_pieces_of_a_content_decide() -> None:
    text = make_encoded("said cue\nadded cue\nit content said\nfailed + added\nbadly + added")
    contents, cues = [Stretch(2, 5)], [Stretch(0, 1), Stretch(1, 2)]
    [choice] = choose(text.encoded, contents, cues, Relation.CUE_OF_CONTENT)
    assert choice.position == 1
    assert choice.score == pytest.approx(2 / 3, abs=1e-3)


def test_pieces_of_a_cue_are_sought_together() -> None:
    text = make_encoded("has cue\nsaid +\nadded cue\nit content has\nfailed + said\nthere + added")
    contents, cues = [Stretch(3, 6)], [Stretch(0, 2), Stretch(2, 3)]
    [choice] = choose(text.encoded, contents, cues, Relation.CUE_OF_CONTENT)
    assert choice.position == 0
    assert choice.score == pytest.approx(2 / 3, abs=1e-3)


def test_nothing_sought_is_led_to_none() -> None:
    text = make_encoded("it content\nfailed +")
    assert choose(text.encoded, [Stretch(0, 2)], [], Relation.CUE_OF_CONTENT) == [Choice(None, 1)]


def test_nothing_seeks_nothing() -> None:
    text = make_encoded("said cue")
    assert choose(text.encoded, [], [Stretch(0, 1)], Relation.CUE_OF_CONTENT) == []


@pytest.mark.parametrize(
    ("windows", "cue"),
    [
        pytest.param([Window(0, 6, 0, 3), Window(0, 6, 3, 6)], "said", id="both-show-the-cue"),
        pytest.param([Window(0, 5, 0, 5), Window(2, 6, 5, 6)], "said", id="most-beside-the-cue"),
        pytest.param([Window(0, 3, 0, 2), Window(1, 6, 2, 6)], "said", id="second-starts-at-the-cue"),
        pytest.param([Window(0, 3, 0, 2), Window(2, 6, 2, 6)], "", id="behind-the-cue"),
    ],
)
def test_content_finds_its_cue_where_a_window_shows_both(windows: list[Window], cue: str) -> None:
    table = "Ann source\nsaid cue Ann\nit content said\nfailed +\nvery +\nbadly +"
    [quote] = quotes_of(table, windows=windows)
    assert (quote.content, quote.cue) == (["it failed very badly"], cue)


def test_content_counts_the_votes_of_both_windows_that_cut_it() -> None:
    table = "said cue\nit content -\nfailed + -\nvery + said\nbadly + said\nindeed + said"
    text = make_encoded(table, windows=[Window(0, 4, 0, 3), Window(0, 6, 3, 6)])
    [choice] = choose(text.encoded, [Stretch(1, 6)], [Stretch(0, 1)], Relation.CUE_OF_CONTENT)
    assert choice.position == 0
    assert choice.score == pytest.approx(3 / 5, abs=1e-3)


def _stretches(fragments: Sequence[Tagged]) -> list[Stretch]:
    return [fragment.stretch for fragment in fragments]


def _choices(text: EncodedText, found: Fragments) -> list[Choice]:
    contents, cues, sources = map(_stretches, (found.contents, found.cues, found.sources))
    return [
        *choose(text.encoded, contents, cues, Relation.CUE_OF_CONTENT),
        *choose(text.encoded, cues, sources, Relation.SOURCE_OF_CUE),
    ]


@given(encoded_texts())
def test_any_numbers_lead_each_fragment_somewhere_with_a_score(text: EncodedText) -> None:
    found = read_fragments(text.encoded, text.marks)
    choices = _choices(text, found)
    assert len(choices) == len(found.contents) + len(found.cues)
    assert all(0 < choice.score <= 1 for choice in choices)
    most = max(len(found.cues), len(found.sources))
    assert all(choice.position is None or 0 <= choice.position < most for choice in choices)


@given(encoded_texts(), st.integers(0, 2**32), st.data())
def test_choice_is_the_same_however_windows_that_show_all_are_cut(
    text: EncodedText, seed: int, data: st.DataObject
) -> None:
    size = len(text.encoded.pieces)
    assume(size)
    vectors = np.random.default_rng(seed).standard_normal((size + 1, 256)).astype(np.float16)
    found = read_fragments(text.encoded, text.marks)
    votes = []
    for windows in ([Window(0, size, 0, size)], data.draw(cut_differently(size))):
        links = [shown_by(vectors, window) for window in windows]
        cut = attrs.evolve(text, encoded=attrs.evolve(text.encoded, windows=windows, links=links))
        votes.append(_choices(cut, found))
    for whole, parts in zip(*votes, strict=True):
        assert parts.score == pytest.approx(whole.score, rel=1e-4)


@given(encoded_texts())
def test_quotes_of_any_numbers_share_no_content(text: EncodedText) -> None:
    found = read(text)
    contents = [content.span for quote in found for content in quote.contents]
    assert len(contents) == len(set(contents))
    assert all(list(quote.contents) == sorted(quote.contents, key=lambda part: part.span) for quote in found)
    assert all(quote.source is None for quote in found if quote.cue is None)
    firsts = [quote.contents[0].span for quote in found]
    assert firsts == sorted(firsts)
    cues = [quote.cue.span for quote in found if quote.cue is not None]
    assert len(cues) == len(set(cues))
