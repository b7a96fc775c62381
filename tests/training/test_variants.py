import random
import re
from collections.abc import Sequence
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.strategies  # noqa: F401 - loads the profile that fails no test by the clock
from quotesmith.marks import pair_marks
from quotesmith.training.corpora import CharSpan, Gold, LabelledText, Scope
from quotesmith.training.variants import enclose, rebreak, recase, restyle, vary


def chance(seed: int = 1) -> random.Random:
    return random.Random(seed)


def label(text: str, *golds: Gold, scope: Scope = Scope.WHOLE) -> LabelledText:
    return LabelledText("name", text, golds, scope)


MARKED = "“ab”, cd ef “gh.”"


TEXTS = st.lists(st.sampled_from([*"“”‘’\"'«»„—ab,. \n", "\n\n", "``", "''"]), max_size=40).map("".join)


@st.composite
def labelled_texts(draw: st.DrawFn) -> LabelledText:
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return label(text, *(Gold((span,), (span,), (span,)) for span in spans))


@given(labelled_texts(), st.integers(0, 50))
def test_restyling_moves_no_character_and_trims_contents(text: LabelledText, seed: int) -> None:
    changed = restyle(text, chance(seed))
    marks = set(chain(*((p.opening, p.closing) for p in pair_marks(text.text) if not p.depth)))
    places = {mark.start for mark in marks if mark is not None and len(mark) == 1}
    assert len(changed.text) == len(text.text)
    assert all(a == b for at, (a, b) in enumerate(zip(text.text, changed.text, strict=True)) if at not in places)
    assert [(gold.cue, gold.source) for gold in changed.attributions] == [(g.cue, g.source) for g in text.attributions]
    for before, after in zip(text.attributions, changed.attributions, strict=True):
        [(start, end)] = before.content
        words = [changed.text[s:e] for s, e in after.content]
        assert words == [kept for kept in [changed.text[start:end].strip()] if kept]
        assert all(start <= s < e <= end for s, e in after.content)


def styles_of(text: str, seeds: Sequence[int] = range(300)) -> set[str]:
    return {restyle(label(text), chance(seed)).text for seed in seeds}


def test_restyling_takes_each_style_loses_marks_and_leaves_inner_ones() -> None:
    whole = {"‘a’ b", "«a» b", "„a“ b", '"a" b', "“a” b", " a  b"}
    unclosed = {"‘a  b", "«a  b", "„a  b", '"a  b', "“a  b"}
    assert styles_of("“a” b") == whole | unclosed
    assert all(changed[4:7] == "‘b’" for changed in styles_of("“a, ‘b’” c"))
    assert styles_of("``a'' b") == {"``a'' b"}
    assert restyle(label(MARKED), chance(3)) == restyle(label(MARKED), chance(3))


ARTICLE = """“We are late,” Ann Roe said.

Bea Poe says that it rains. “Stay,” she told us.

Nobody came."""


def find(*words: str) -> tuple[CharSpan, ...]:
    return tuple((ARTICLE.index(word), ARTICLE.index(word) + len(word)) for word in words)


REPORTS = label(
    ARTICLE,
    Gold(find("“We are late,”"), find("said"), find("Ann Roe")),
    Gold(find("that it rains"), find("says"), find("Bea Poe")),
    Gold(find("“Stay,”"), find("told"), find("she")),
    scope=Scope.NESTED,
)


def words_of(text: LabelledText, gold: Gold) -> list[str]:
    return [text.text[start:end] for start, end in (*gold.content, *gold.cue, *gold.source)]


def enclosed() -> list[LabelledText]:
    found = [enclose(REPORTS, chance(seed)) for seed in range(200)]
    return [text for text in found if text.text != ARTICLE]


def test_paragraphs_become_somebodys_words_and_what_they_report_lies_a_level_deeper() -> None:
    assert len(enclosed()) > 50
    seen = set()
    for text in enclosed():
        outer = [gold for gold in text.attributions if text.text[gold.content[0][0]] == "“" and not gold.level]
        for gold in (gold for gold in text.attributions if gold.level):
            [around] = [o for o in outer if o.content[0][0] < gold.content[0][0] < o.content[0][1]]
            seen.add(words_of(text, gold)[0])
            assert text.text[around.content[0][1] - 1] == "”"
            assert words_of(text, around)[1:] in (["said", "Ann Roe"], ["told", "she"])
    assert seen == {"that it rains", "‘Stay,’", "‘We are late,’"}


def test_no_report_is_lost_and_each_keeps_its_words() -> None:
    plain = str.maketrans("‘’", "“”")
    expected = sorted(words_of(REPORTS, gold) for gold in REPORTS.attributions)
    for text in enclosed():
        found = [[word.translate(plain) for word in words_of(text, gold)] for gold in text.attributions]
        assert all(words in found for words in expected)
        assert re.sub(r"\s+", " ", text.text).endswith("Nobody came.")


@pytest.mark.parametrize(
    "text",
    [
        label(ARTICLE, *REPORTS.attributions[1:2], scope=Scope.NESTED),
        label(ARTICLE, scope=Scope.NESTED),
        label("", scope=Scope.NESTED),
    ],
)
def test_nothing_is_put_into_a_mouth_where_nobody_is_quoted(text: LabelledText) -> None:
    assert all(enclose(text, chance(seed)) == text for seed in range(20))


def test_paragraph_that_already_holds_a_quote_inside_another_is_left() -> None:
    deep = Gold(find("late"), find("are"), find("We"), level=1)
    golds = (REPORTS.attributions[0], deep)
    assert all(enclose(label(ARTICLE, *golds, scope=Scope.NESTED), chance(seed)).text == ARTICLE for seed in range(20))


@given(st.text(max_size=60), st.integers(0, 20))
def test_other_case_and_lines_move_no_character(text: str, seed: int) -> None:
    for change in (recase, rebreak):
        changed = change(label(text), chance(seed)).text
        assert len(changed) == len(text)
    assert recase(label(text), chance(seed)).text.casefold() == text.casefold() or not text.isascii()
    assert rebreak(label(text), chance(seed)).text.split() == text.split()


def test_case_and_lines_are_changed_in_both_ways() -> None:
    assert {recase(label("Go on"), chance(seed)).text for seed in range(20)} == {"GO ON", "go on"}
    long = label("some words " * 20 + "\n\nend")
    joined, broken = (rebreak(long, chance(seed)).text for seed in (1, 2))
    assert "\n" not in joined
    assert max(map(len, broken.split("\n"))) <= 72
    assert broken.endswith("\n\nend")


def test_variants_are_those_of_the_seed_and_leave_most_texts_as_they_are() -> None:
    text = label(MARKED)
    changed = [vary(text, chance(seed)) for seed in range(400)]
    assert changed == [vary(text, chance(seed)) for seed in range(400)]
    assert 40 < sum(other.text != MARKED for other in changed) < 140
