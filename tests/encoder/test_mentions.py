from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from quotesmith.encoder import (
    MENTION_KINDS,
    MENTION_LABELS,
    MENTION_OFFSET,
    MENTION_SIZE,
    MENTION_SPAN_SIZE,
    MENTION_WORDS,
    EncodedMention,
    Pieces,
    find_mentions,
    find_name_kinds,
    mention_label,
)
from quotesmith.records import EntityKind, MentionForm, TextSpan

NAME, NOMINAL, PRONOUN = MentionForm
PERSON, BODY, PLACE, GROUP, THING = MENTION_KINDS
Spans = Mapping[tuple[int, int], float]


def make_pieces(words: Sequence[int]) -> Pieces:
    """Pieces of a letter each, by the number of their word."""
    at = np.arange(len(words))
    return Pieces(at, at, at, at + 1, np.array(words, dtype=np.int64), at[:0])


def make_outputs(size: int, spans: Spans) -> NDArray[np.float32]:
    """What an encoder gives words that are pieces, with these logits of stretches, and below 0 for all others."""
    outputs = np.zeros((size, MENTION_SIZE), dtype=np.float32)
    for axis, ((first, last), logit) in enumerate(spans.items()):
        outputs[first, axis] = 1
        outputs[last, MENTION_SPAN_SIZE + axis] = (logit - MENTION_OFFSET) * MENTION_SPAN_SIZE**0.5
    return outputs


def find_spans(size: int, spans: Spans, **options: float) -> list[tuple[int, int]]:
    found = find_mentions(make_pieces(range(size)), make_outputs(size, spans), **options)
    return [(mention.start, mention.end - 1) for mention in found]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ({}, []),
        ({(0, 0): 1, (2, 4): 1}, [(0, 0), (2, 4)]),
        ({(0, 3): 1, (0, 1): 2, (3, 3): 1, (1, 1): 1}, [(0, 3), (0, 1), (1, 1), (3, 3)]),
        ({(0, 2): 1, (1, 3): 2}, [(1, 3)]),
        ({(0, 2): 3, (1, 3): 2, (3, 5): 1}, [(0, 2), (3, 5)]),
        ({(3, 2): 5}, []),
        ({(0, 1): -0.1, (2, 3): 0.1}, [(2, 3)]),
    ],
    ids=["none", "apart", "nested", "crossing", "crossing one left out", "backwards", "unlikely"],
)
def test_likely_stretches_that_do_not_cross_are_mentions(spans: Spans, expected: list[tuple[int, int]]) -> None:
    assert find_spans(6, spans) == expected


def test_mentions_are_likelier_than_the_threshold_and_not_too_long() -> None:
    assert find_spans(4, {(0, 0): 1.4, (1, 1): 1.3}, threshold=0.8) == [(0, 0)]
    long = {(2, MENTION_WORDS + 1): 3.0, (3, MENTION_WORDS + 3): 3.0}
    assert find_spans(40, long) == [(2, MENTION_WORDS + 1)]


def test_a_long_text_is_read_over_the_bounds_of_its_parts() -> None:
    spans = {(at, at + 20): 2.0 for at in (500, 1015, 1300)}
    assert find_spans(1321, spans) == list(spans)


def test_names_come_with_what_they_name() -> None:
    spans, labels = {(0, 2): 1.0, (2, 2): 2.0, (3, 4): 1.0}, 2 * MENTION_SPAN_SIZE
    outputs = make_outputs(5, spans)
    for word, form, kind in ((0, NAME, BODY), (2, NAME, PERSON), (3, NOMINAL, PERSON)):
        outputs[word, labels + mention_label(form, kind)] = 5 if word == 0 else 1
    assert find_name_kinds(make_pieces(range(5)), outputs) == {TextSpan(0, 3): BODY, TextSpan(2, 3): PERSON}


@pytest.mark.parametrize("form", MentionForm)
@pytest.mark.parametrize("kind", EntityKind)
def test_first_and_last_word_give_form_and_kind_together(form: MentionForm, kind: EntityKind) -> None:
    outputs = make_outputs(3, {(0, 2): 1.0})
    labels = 2 * MENTION_SPAN_SIZE
    outputs[0, labels : labels + MENTION_LABELS] = 1
    outputs[0, labels + mention_label(form, kind)] = 2
    other = (mention_label(form, kind) + 1) % MENTION_LABELS
    outputs[2, labels + MENTION_LABELS + other] = 0.5
    [mention] = find_mentions(make_pieces(range(3)), outputs)
    assert (mention.form, mention.kind) == (form, kind)


def test_mentions_hold_all_pieces_of_their_words() -> None:
    pieces = make_pieces([0, 1, 1, 2, 3, 3])
    outputs = np.zeros((6, MENTION_SIZE), dtype=np.float16)
    outputs[pieces.heads] = make_outputs(4, {(1, 1): 0.5, (3, 3): 20.0})
    # Of a word's later pieces nothing is read.
    outputs[[2, 5]] = 9
    [one, other] = find_mentions(pieces, outputs)
    assert one == EncodedMention(1, 3, NAME, PERSON, one.score)
    assert (other.start, other.end) == (4, 6)
    assert [one.score, other.score] == pytest.approx([0.6225, 1.0], abs=1e-3)


def test_no_pieces_have_no_mentions() -> None:
    assert find_mentions(make_pieces([]), np.empty((0, MENTION_SIZE), dtype=np.float16)) == []
