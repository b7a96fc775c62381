import random
from itertools import chain

import numpy as np
import pytest

from quotesmith.encoder import LEVELS, OUTSIDE_TAG, Role, begin, cut_pieces, inside
from quotesmith.encoder.windows import SIZE
from quotesmith.marks import pair_marks
from quotesmith.training.corpora import CharSpan, Gold, LabelledText, Scope
from quotesmith.training.examples import (
    ANY,
    NOT_CONTENT,
    NOWHERE,
    Example,
    Link,
    batches_by_length,
    make_examples,
    shuffled_batches,
)
from tests.encoder.tiny import make_tokenizer

TOKENIZER = make_tokenizer()
"""Each letter is a piece, each mark is one."""
O, BEGIN, INSIDE = 1 << OUTSIDE_TAG, {r: 1 << begin(r) for r in Role}, {r: 1 << inside(r) for r in Role}  # noqa: E741
CONTENT, CUE, SOURCE = Role
MARKED = "“ab”, cd ef “gh.”"


def chance(seed: int = 1) -> random.Random:
    return random.Random(seed)


def find(text: str, *words: str) -> tuple[CharSpan, ...]:
    """Where each of the words first stands."""
    return tuple((text.index(word), text.index(word) + len(word)) for word in words)


def label(text: str, *golds: Gold, scope: Scope = Scope.WHOLE) -> LabelledText:
    return LabelledText("name", text, golds, scope)


def allowed_of_words(text: LabelledText, level: int = 0) -> list[int]:
    """What is allowed for each word at a level; the text fits into one window."""
    [example] = make_examples(TOKENIZER, text)
    pieces = cut_pieces(TOKENIZER, text.text, pair_marks(text.text))
    later = np.setdiff1d(np.arange(len(pieces)), pieces.heads)
    assert not example.allowed[:, later].any()
    found: list[int] = example.allowed[level, pieces.heads].tolist()
    return found


def test_labels_take_whole_words_and_begin_once_each() -> None:
    gold = Gold(find(MARKED, "“ab”,", "“gh.”"), find(MARKED, "ef"), find(MARKED, "cd"))
    content = [BEGIN[CONTENT], *[INSIDE[CONTENT]] * 3]
    assert allowed_of_words(label(MARKED, gold)) == [*content, BEGIN[SOURCE], BEGIN[CUE], *content]
    text = "ab cd ef gh"
    assert allowed_of_words(label(text, Gold(source=find(text, "cd ef")))) == [O, BEGIN[SOURCE], INSIDE[SOURCE], O]
    text = "ab cd"
    golds = Gold(find(text, "ab")), Gold(find(text, "cd"))
    assert allowed_of_words(label(text, *golds)) == [BEGIN[CONTENT]] * 2
    assert allowed_of_words(label("ab cdef gh", Gold(cue=((4, 6),)))) == [O, BEGIN[CUE], O]
    text = "ab\n\ncd ef"
    assert allowed_of_words(label(text, Gold(find(text, "ab\n\ncd")))) == [BEGIN[CONTENT], *[INSIDE[CONTENT]] * 2, O]


@pytest.mark.parametrize("text", ["ab   cd", "ab\n\n\ncd", "ab \x00 cd"])
def test_label_without_a_word_is_none(text: str) -> None:
    assert allowed_of_words(label(text, Gold(((3, 4),)), scope=Scope.TAGS)).count(O) >= 2
    assert allowed_of_words(label(text, Gold(((3, 3),)), scope=Scope.TAGS)) == allowed_of_words(label(text))


NESTED = "ab cd ef gh"
OUTER, INNER = Gold(((3, 11),), source=((0, 2),)), Gold(((9, 11),), ((6, 8),), ((3, 5),), level=1)


def test_quotes_inside_quotes_have_a_level_of_their_own() -> None:
    text = label(NESTED, OUTER, INNER, scope=Scope.NESTED)
    assert allowed_of_words(text) == [BEGIN[SOURCE], BEGIN[CONTENT], INSIDE[CONTENT], INSIDE[CONTENT]]
    assert allowed_of_words(text, level=1) == [O, BEGIN[SOURCE], BEGIN[CUE], BEGIN[CONTENT]]
    [example] = make_examples(TOKENIZER, text)
    # Pieces: 0 is the special one, then two for each word.
    assert example.cues == (Link((3, 9), NOWHERE), Link((7, 9), (5, 7), level=1))
    assert example.sources == (Link((5, 7), (3, 5), level=1),)


def test_what_lies_deeper_is_left_out() -> None:
    deep = Gold(((9, 11),), ((6, 8),), level=2)
    text = label(NESTED, OUTER, deep, scope=Scope.NESTED)
    assert allowed_of_words(text, level=1) == [O] * 4
    [example] = make_examples(TOKENIZER, text)
    assert len(example.cues) == 1


@pytest.mark.parametrize("scope", [Scope.WHOLE, Scope.TAGS])
def test_contents_may_hold_quotes_where_the_corpus_has_the_outermost_alone(scope: Scope) -> None:
    assert allowed_of_words(label(NESTED, OUTER, scope=scope), level=1) == [O, ANY, ANY, ANY]


def test_nothing_is_asked_of_a_text_without_labels() -> None:
    [example] = make_examples(TOKENIZER, label(NESTED, scope=Scope.UNLABELLED))
    assert not example.allowed.any()


def test_words_outside_marks_are_free_where_the_corpus_says_quotes_alone() -> None:
    text = label(MARKED, Gold(find(MARKED, "“ab”,")), scope=Scope.QUOTED)
    quoted = [BEGIN[CONTENT], *[INSIDE[CONTENT]] * 3]
    assert allowed_of_words(text) == [*quoted, ANY, ANY, *[NOT_CONTENT] * 4]
    tags = {tag for tag in range(8) if NOT_CONTENT >> tag & 1}
    assert tags == {OUTSIDE_TAG, begin(CUE), inside(CUE), begin(SOURCE), inside(SOURCE)}


def test_window_without_words_or_labels_is_left_out() -> None:
    text = "a b c."
    assert not list(make_examples(TOKENIZER, label(text, scope=Scope.QUOTED)))
    assert len(list(make_examples(TOKENIZER, label(text, scope=Scope.TAGS)))) == 1
    assert not list(make_examples(TOKENIZER, label(" \n\n\t")))


def test_links_lead_from_content_to_cue_to_source_or_to_nowhere() -> None:
    gold = Gold(find(MARKED, "“ab”,", "“gh.”"), find(MARKED, "ef"), find(MARKED, "cd"))
    [example] = make_examples(TOKENIZER, label(MARKED, gold))
    # Pieces: 0 is the special one, then [“ a b ” ,] [c d] [e f] [“ g h . ”].
    assert example.cues == (Link((1, 6), (8, 10)), Link((10, 15), (8, 10)))
    assert example.sources == (Link((8, 10), (6, 8)),)
    text = "ab cd"
    [example] = make_examples(TOKENIZER, label(text, Gold(find(text, "ab")), Gold(cue=find(text, "cd"))))
    assert example.cues == (Link((1, 3), NOWHERE),)
    assert example.sources == (Link((3, 5), NOWHERE),)


@pytest.mark.parametrize("scope", [Scope.TAGS, Scope.QUOTED])
def test_corpus_that_says_no_links_gives_none(scope: Scope) -> None:
    gold = Gold(find(MARKED, "“ab”,"), find(MARKED, "ef"), find(MARKED, "cd"))
    [example] = make_examples(TOKENIZER, label(MARKED, gold, scope=scope))
    assert example.cues == example.sources == ()


def test_ends_of_a_link_in_different_windows_lead_to_nowhere() -> None:
    text = "ab " + "c " * 2 * SIZE + "de fg"
    gold = Gold(find(text, "ab"), find(text, "de"), find(text, "fg"))
    first, *_, last = make_examples(TOKENIZER, label(text, gold))
    assert first.cues == (Link((1, 3), NOWHERE),)
    assert first.sources == ()
    end = len(last) + 1
    assert last.cues == ()
    assert last.sources == (Link((end - 4, end - 2), (end - 2, end)),)


def test_label_over_a_window_end_is_linked_as_far_as_it_is_seen() -> None:
    text = "a b " + "c " * 2 * SIZE
    examples = list(make_examples(TOKENIZER, label(text, Gold(((4, len(text)),), ((0, 1),)))))
    assert examples[0].cues == (Link((3, SIZE + 1), (1, 2)),)
    assert [example.cues for example in examples[1:]] == [(Link((1, len(e) + 1), NOWHERE),) for e in examples[1:]]


def test_pieces_of_all_windows_are_those_of_the_text() -> None:
    text = "ab cd. " * SIZE
    pieces = cut_pieces(TOKENIZER, text, ())
    first, *others = make_examples(TOKENIZER, label(text))
    assert len(others) > 2
    assert (first.ids == pieces.ids[: len(first)]).all()
    assert (first.features == pieces.features[: len(first)]).all()
    assert (others[-1].ids == pieces.ids[-len(others[-1]) :]).all()


def examples_of(*lengths: int) -> list[Example]:
    arrays = [np.zeros(length, dtype=np.int64) for length in lengths]
    return [Example(array, array, np.stack([array] * LEVELS), (), ()) for array in arrays]


def test_batches_by_length_start_with_the_shortest() -> None:
    batches = batches_by_length(examples_of(5, 1, 3, 4, 2), size=2)
    assert [[len(example) for example in batch] for batch in batches] == [[1, 2], [3, 4], [5]]


def test_shuffled_batches_hold_each_example_once_with_neighbours_by_seed() -> None:
    examples = examples_of(*[3] * 40, *[100] * 40)
    batches = shuffled_batches(examples, chance(), size=8)
    assert sorted(map(id, chain(*batches))) == sorted(map(id, examples))
    assert all(len({len(example) for example in batch}) == 1 for batch in batches)
    assert [len(batch[0]) for batch in batches] != sorted(len(batch[0]) for batch in batches)
    examples = examples_of(*[3] * 40)
    first, again, other = (
        [[id(e) for e in batch] for batch in shuffled_batches(examples, chance(seed), size=8)] for seed in (1, 1, 2)
    )
    assert first == again
    assert {frozenset(batch) for batch in first} != {frozenset(batch) for batch in other}
