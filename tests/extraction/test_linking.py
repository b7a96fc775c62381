from collections.abc import Sequence

import attrs
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quotesmith.encoder import Window
from tests.cases import Case, each_case
from tests.extraction.encoded import (
    EncodedText,
    Fragments,
    LinkChoice,
    Relation,
    Stretch,
    Tagged,
    choose,
    cut_differently,
    encoded_texts,
    link,
    make_encoded,
    read_fragments,
    shown_by,
)
from tests.extraction.found import BETWEEN


def words(text: EncodedText, part: Tagged | None) -> str:
    return "" if part is None else part.span.of(text.text)


def quotes_of(table: str, *, windows: Sequence[Window] | None = None) -> list[dict[str, str]]:
    text = make_encoded(table, windows=windows)
    return [
        {
            "quote": BETWEEN.join(words(text, content) for content in quote.contents),
            "cue": words(text, quote.cue),
            "source": words(text, quote.source),
        }
        for quote in link(text)
    ]


@each_case("tags/quotes", keys={"quote", "cue", "source"})
def test_fragments_that_seek_each_other_are_one_quote(case: Case) -> None:
    assert quotes_of(case.table) == [{"cue": "", "source": "", **expected} for expected in case.expected]


def test_long_content_chooses_by_the_windows_that_show_what_it_seeks() -> None:
    table = "said cue\nit content said\nwas +\nall +\nover +\nby +\nthen +"
    windows = [Window(0, 3, 0, 3), Window(3, 7, 3, 7)]
    assert quotes_of(table, windows=windows) == [{"quote": "it was all over by then", "cue": "said", "source": ""}]


def test_quote_knows_all_its_parts() -> None:
    text = make_encoded("Ann source\nsaid cue Ann\nit content said\nno content said")
    [quote] = link(text)
    assert [words(text, part) for part in quote.parts] == ["it", "no", "said", "Ann"]


def test_chance_of_the_cue_is_that_of_the_least_sure_content() -> None:
    [quote] = link(make_encoded("said cue\nit content said\nand -\nno content said\nfailed + -\nthere + said"))
    assert quote.cue_probability == pytest.approx(2 / 3, abs=1e-3)


def test_most_pieces_of_a_content_decide() -> None:
    text = make_encoded("said cue\nadded cue\nit content said\nfailed + added\nbadly + added")
    contents, cues = [Stretch(2, 5)], [Stretch(0, 1), Stretch(1, 2)]
    [choice] = choose(text.level, contents, cues, Relation.CUE_OF_CONTENT)
    assert choice.position == 1
    assert choice.score == pytest.approx(2 / 3, abs=1e-3)


def test_pieces_of_a_cue_are_sought_together() -> None:
    text = make_encoded("has cue\nsaid +\nadded cue\nit content has\nfailed + said\nthere + added")
    contents, cues = [Stretch(3, 6)], [Stretch(0, 2), Stretch(2, 3)]
    [choice] = choose(text.level, contents, cues, Relation.CUE_OF_CONTENT)
    assert choice.position == 0
    assert choice.score == pytest.approx(2 / 3, abs=1e-3)


def test_nothing_sought_is_led_to_none() -> None:
    text = make_encoded("it content\nfailed +")
    assert choose(text.level, [Stretch(0, 2)], [], Relation.CUE_OF_CONTENT) == [LinkChoice(None, 1)]


def test_nothing_seeks_nothing() -> None:
    text = make_encoded("said cue")
    assert choose(text.level, [], [Stretch(0, 1)], Relation.CUE_OF_CONTENT) == []


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
    assert (quote["quote"], quote["cue"]) == ("it failed very badly", cue)


def test_content_counts_the_votes_of_both_windows_that_cut_it() -> None:
    table = "said cue\nit content -\nfailed + -\nvery + said\nbadly + said\nindeed + said"
    text = make_encoded(table, windows=[Window(0, 4, 0, 3), Window(0, 6, 3, 6)])
    [choice] = choose(text.level, [Stretch(1, 6)], [Stretch(0, 1)], Relation.CUE_OF_CONTENT)
    assert choice.position == 0
    assert choice.score == pytest.approx(3 / 5, abs=1e-3)


def _stretches(fragments: Sequence[Tagged]) -> list[Stretch]:
    return [fragment.stretch for fragment in fragments]


def _choices(text: EncodedText, found: Fragments) -> list[LinkChoice]:
    contents, cues, sources = map(_stretches, (found.contents, found.cues, found.sources))
    return [
        *choose(text.level, contents, cues, Relation.CUE_OF_CONTENT),
        *choose(text.level, cues, sources, Relation.SOURCE_OF_CUE),
    ]


@given(encoded_texts())
def test_any_numbers_lead_each_fragment_somewhere_with_a_score(text: EncodedText) -> None:
    found = read_fragments(text)
    choices = _choices(text, found)
    assert len(choices) == len(found.contents) + len(found.cues)
    assert all(0 < choice.score <= 1 for choice in choices)
    most = max(len(found.cues), len(found.sources))
    assert all(choice.position is None or 0 <= choice.position < most for choice in choices)


@given(encoded_texts(), st.integers(0, 2**32), st.data())
def test_choice_is_the_same_however_windows_that_show_all_are_cut(
    text: EncodedText, seed: int, data: st.DataObject
) -> None:
    size = len(text.level.pieces)
    assume(size)
    vectors = np.random.default_rng(seed).standard_normal((size + 1, 256)).astype(np.float16)
    found = read_fragments(text)
    votes = []
    for windows in ([Window(0, size, 0, size)], data.draw(cut_differently(size))):
        links = [shown_by(vectors, window) for window in windows]
        cut = attrs.evolve(text, level=attrs.evolve(text.level, windows=windows, links=links))
        votes.append(_choices(cut, found))
    for whole, parts in zip(*votes, strict=True):
        assert parts.score == pytest.approx(whole.score, rel=1e-4)


@given(encoded_texts())
def test_quotes_of_any_numbers_share_no_content(text: EncodedText) -> None:
    found = link(text)
    contents = [content.span for quote in found for content in quote.contents]
    assert len(contents) == len(set(contents))
    assert all(list(quote.contents) == sorted(quote.contents, key=lambda part: part.span) for quote in found)
    assert all(quote.source is None for quote in found if quote.cue is None)
    firsts = [quote.contents[0].span for quote in found]
    assert firsts == sorted(firsts)
    cues = [quote.cue.span for quote in found if quote.cue is not None]
    assert len(cues) == len(set(cues))
