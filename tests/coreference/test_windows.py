import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotesmith.coreference.windows import CONTEXT_SENTENCES, PIECE_TOKENS, WINDOW_TOKENS, find_windows
from quotesmith.records import TextSpan

VOCAB = spacy.blank("en").vocab


def sentences(*lengths: int) -> Doc:
    starts: list[bool | int | None] = [position == 0 for length in lengths for position in range(length)]
    return Doc(VOCAB, words=["x"] * len(starts), sent_starts=starts)


def token_span(doc: Doc, index: int) -> TextSpan:
    return TextSpan(doc[index].idx, doc[index].idx + len(doc[index]))


def test_window_has_the_target_and_the_sentences_before() -> None:
    doc = sentences(*[10] * 20)
    assert find_windows(doc, (token_span(doc, 155),)) == [(150 - 10 * CONTEXT_SENTENCES, 160)]


def test_near_targets_share_a_window() -> None:
    doc = sentences(*[10] * 20)
    assert find_windows(doc, (token_span(doc, 5), token_span(doc, 25))) == [(0, 30)]


def test_far_targets_have_windows_of_their_own() -> None:
    doc = sentences(*[10] * 40)
    assert find_windows(doc, (token_span(doc, 5), token_span(doc, 305))) == [(0, 10), (280, 310)]


def test_long_sentence_is_cut() -> None:
    doc = sentences(3 * PIECE_TOKENS)
    targets = tuple(token_span(doc, i) for i in (0, 3 * PIECE_TOKENS - 1))
    assert find_windows(doc, targets) == [(0, PIECE_TOKENS), (2 * PIECE_TOKENS, 3 * PIECE_TOKENS)]


@pytest.mark.parametrize("doc", [pytest.param(sentences(), id="empty"), pytest.param(sentences(4), id="words")])
def test_no_targets_no_windows(doc: Doc) -> None:
    assert find_windows(doc, ()) == []


@given(st.lists(st.integers(1, 3 * PIECE_TOKENS), min_size=1, max_size=12), st.data())
def test_every_target_is_in_a_window_of_bounded_size(lengths: list[int], data: st.DataObject) -> None:
    doc = sentences(*lengths)
    indexes = data.draw(st.lists(st.integers(0, len(doc) - 1), max_size=20))
    windows = find_windows(doc, tuple(token_span(doc, index) for index in indexes))
    assert windows == sorted(windows)
    assert all(0 < end - start <= WINDOW_TOKENS for start, end in windows)
    assert all(any(start <= index < end for start, end in windows) for index in indexes)
