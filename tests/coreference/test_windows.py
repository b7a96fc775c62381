from collections.abc import Iterator, Sequence
from itertools import accumulate

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotesmith.coreference import windows
from quotesmith.coreference.windows import CONTEXT_SENTENCES, PIECE_TOKENS, WINDOW_TOKENS, copy_windows, find_windows
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


def parsed(sizes: list[int]) -> Doc:
    """Sentences of so many words, each of which hangs on the one before it."""
    heads = [
        max(0, word - 1) + start
        for start, size in zip(accumulate([0, *sizes]), sizes, strict=False)
        for word in range(size)
    ]
    words = [f"w{number}" for number in range(len(heads))]
    deps = ["ROOT" if head == number else "dep" for number, head in enumerate(heads)]
    return Doc(VOCAB, words=words, heads=heads, deps=deps)


@given(st.lists(st.integers(1, 3 * PIECE_TOKENS), min_size=1, max_size=30), st.sets(st.integers(0, 3000)))
def test_copies_are_those_of_the_whole_text(sizes: list[int], places: set[int]) -> None:
    doc = parsed(sizes)
    found = find_windows(doc, tuple(token_span(doc, place) for place in sorted(places) if place < len(doc)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "WHOLE_TOKENS", 2 * PIECE_TOKENS)
        copies = list(copy_windows(doc, found))
    assert [start for start, _ in copies] == [start for start, _ in found]
    for (start, end), (_, copy) in zip(found, copies, strict=True):
        assert copy.to_json() == doc[start:end].as_doc().to_json()


def test_no_window_is_cut_from_a_long_text(monkeypatch: pytest.MonkeyPatch) -> None:
    cut_from: list[tuple[int, int]] = []
    whole = windows.copy_windows

    def noted(doc: Doc, ranges: Sequence[tuple[int, int]], *, before: int = 0) -> Iterator[tuple[int, Doc]]:
        cut_from.append((len(doc), len(ranges)))
        return whole(doc, ranges, before=before)

    monkeypatch.setattr(windows, "copy_windows", noted)
    doc = parsed([20] * 4_000)
    found = find_windows(doc, tuple(token_span(doc, place) for place in range(10, len(doc), 100)))
    assert len(list(noted(doc, found))) == len(found) > WINDOW_TOKENS // 2
    last = [size for size, count in cut_from if size <= windows.WHOLE_TOKENS or count == 1]
    assert max(last) <= windows.WHOLE_TOKENS
    # At most all of the text, and what neighbours share, for each of the few times that it is halved.
    assert sum(size for size, _ in cut_from) < 8 * len(doc)
