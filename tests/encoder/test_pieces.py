"""Pieces of words, and the windows in which they are read."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

import tests.strategies  # noqa: F401 - loads the profile that fails no test by the clock
from quotesmith.encoder.pieces import BREAK, FEATURE_VALUES, LetterCase, MarkPlace, Pieces, cut_pieces, find_case
from quotesmith.encoder.windows import OVERLAP, SIZE, Window, cut_windows
from quotesmith.errors import OptionError
from quotesmith.marks import find_paragraphs, pair_marks
from tests.cases import each_row
from tests.encoder.tiny import make_tokenizer

TOKENIZER = make_tokenizer()
UNKNOWN, BREAK_ID = (TOKENIZER.token_to_id(name) for name in ("[UNK]", BREAK))
ODD = "“”‘’\"'«»—aB1éÉ\u0301\u0308İßﬁ각中😀\u200d\u200b\u202e\x00\x07\x1b\x85 \t\r\n\u2028\u2029\u3000.,?!"
TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from(ODD), max_size=60)


def cut(text: str) -> Pieces:
    return cut_pieces(TOKENIZER, text, pair_marks(text))


def words_of(text: str) -> list[str]:
    """The text that each word covers; a break is empty."""
    pieces = cut(text)
    bounds = [*pieces.heads.tolist(), len(pieces)]
    return [text[pieces.starts[start] : pieces.ends[end - 1]] for start, end in pairwise(bounds)]


def cases_and_places(text: str) -> list[tuple[LetterCase, MarkPlace]]:
    features = cut(text).features.tolist()
    return [(LetterCase(f % len(LetterCase)), MarkPlace(f // len(LetterCase))) for f in features]


@given(TEXTS)
@example("a\x00b")
@example("e\u0301e\u0308\n\n각\u200b")
@example("😀👨\u200d👩\u200d👧 x")
def test_pieces_stand_in_order_within_the_text(text: str) -> None:
    pieces = cut(text)
    broken = set(pieces.breaks.tolist())
    at = 0
    for position, (start, end) in enumerate(zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True)):
        assert at <= start <= end <= len(text)
        assert (start == end) is (position in broken)
        at = start


@given(TEXTS)
@example("É\x07é İ\u0301x")
def test_known_piece_is_what_stands_at_its_place(text: str) -> None:
    pieces = cut(text)
    for number, start, end in zip(pieces.ids.tolist(), pieces.starts.tolist(), pieces.ends.tolist(), strict=True):
        if number not in {UNKNOWN, BREAK_ID}:
            shown = TOKENIZER.normalizer.normalize_str(text[start:end])
            assert str(TOKENIZER.id_to_token(number)).removeprefix("##") == shown.strip()


@given(TEXTS)
def test_every_letter_is_in_a_word_and_words_are_numbered_without_gaps(text: str) -> None:
    pieces = cut(text)
    covered = {at for start, end in zip(pieces.starts, pieces.ends, strict=True) for at in range(start, end)}
    assert not [at for at, character in enumerate(text) if character.isalpha() and at not in covered]
    numbers = pieces.words.tolist()
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(pieces.heads)))
    assert numbers == [] or numbers[0] == 0
    features = cut(text).features
    assert len(features) == len(cut(text).ids)
    assert all(0 <= feature < FEATURE_VALUES for feature in features)


@given(TEXTS, st.text(st.sampled_from(ODD), max_size=10))
@example("A\x0cA", "")
def test_breaks_stand_between_the_paragraphs_that_have_pieces(first: str, second: str) -> None:
    text = f"{first}\n\n{second}"
    pieces = cut(text)
    starts = [paragraph.start for paragraph in find_paragraphs(text)]
    homes = [
        sum(start <= at for start in starts)
        for at, number in zip(pieces.starts.tolist(), pieces.ids.tolist(), strict=True)
        if number != BREAK_ID
    ]
    assert len(pieces.breaks) == max(len(set(homes)) - 1, 0)
    assert all(pieces.ids[at] == BREAK_ID for at in pieces.breaks)


@pytest.mark.parametrize("text", ["", " \n\t", "\x00\x1b\u200b"])
def test_text_without_words_has_no_pieces(text: str) -> None:
    pieces = cut(text)
    assert len(pieces) == len(pieces.heads) == len(pieces.breaks) == 0


@each_row("text, words", "encoder", "words of a text")
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_break_is_placed_where_the_next_paragraph_starts() -> None:
    pieces = cut("ab.\n\n cd")
    assert pieces.breaks.tolist() == [3]
    assert (pieces.starts[3], pieces.ends[3]) == (6, 6)
    assert pieces.features[3] == 0


@each_row("word, case", "encoder", "cases of words")
def test_case_of_a_word(word: str, case: str) -> None:
    assert find_case(word) is LetterCase[case]


def test_all_pieces_of_a_word_have_its_case() -> None:
    assert [case for case, _ in cases_and_places("Abc DEF")] == [LetterCase.CAPITALISED] * 3 + [LetterCase.UPPER] * 3


@each_row("text, places", "encoder", "places")
def test_places_follow_the_marks(text: str, places: list[str]) -> None:
    assert [place.name for _, place in cases_and_places(text)] == places


def test_vocabulary_without_a_piece_for_breaks_is_an_error() -> None:
    tokenizer = Tokenizer(WordPiece({"[UNK]": 0}, unk_token="[UNK]"))  # noqa: S106 - a piece
    with pytest.raises(OptionError, match="unused0"):
        cut_pieces(tokenizer, "a", ())


def make_pieces(number: int, *breaks: int) -> Pieces:
    """So many pieces, each a word, with breaks at the positions given."""
    places = np.arange(number)
    return Pieces(places, places, places, places + 1, places, np.array(breaks, dtype=np.int64))


@st.composite
def broken_pieces(draw: st.DrawFn, *, most: int = 1500) -> Pieces:
    number = draw(st.integers(0, most))
    breaks = draw(st.sets(st.integers(1, most), max_size=12))
    return make_pieces(number, *sorted(place for place in breaks if place < number))


@given(broken_pieces())
def test_each_piece_is_owned_by_one_bounded_window(pieces: Pieces) -> None:
    windows = cut_windows(pieces)
    assert [piece for window in windows for piece in range(window.owned_start, window.owned_end)] == [
        *range(len(pieces))
    ]
    assert all(window.start <= window.owned_start < window.owned_end <= window.end for window in windows)
    assert all(0 < len(window) <= SIZE for window in windows)
    assert all(0 < before.end - after.start <= OVERLAP for before, after in pairwise(windows))


@given(broken_pieces(most=200), st.integers(4, 40), st.data())
def test_any_size_with_an_overlap_up_to_its_half_covers_all(pieces: Pieces, size: int, data: st.DataObject) -> None:
    windows = cut_windows(pieces, size=size, overlap=data.draw(st.integers(1, size // 2)))
    assert {piece for window in windows for piece in range(window.start, window.end)} == set(range(len(pieces)))
    assert all(len(window) <= size for window in windows)


def test_windows_that_share_nothing_touch() -> None:
    windows = cut_windows(make_pieces(24, 8), size=10, overlap=0)
    assert windows == [Window(0, 8, 0, 8), Window(8, 18, 8, 18), Window(18, 24, 18, 24)]


@given(broken_pieces())
def test_pieces_owned_away_from_the_edges_are_seen_from_both_sides(pieces: Pieces) -> None:
    windows = cut_windows(pieces)
    for before, after in pairwise(windows):
        shared = before.end - after.start
        assert before.owned_end == after.owned_start
        assert min(before.end - before.owned_end, after.owned_start - after.start) == shared // 2


@pytest.mark.parametrize(
    ("number", "breaks", "windows"),
    [
        pytest.param(0, (), [], id="no pieces"),
        pytest.param(1, (), [Window(0, 1, 0, 1)], id="one piece"),
        pytest.param(10, (), [Window(0, 10, 0, 10)], id="just one window"),
        pytest.param(11, (), [Window(0, 10, 0, 8), Window(6, 11, 8, 11)], id="one more than fits"),
        pytest.param(12, (7,), [Window(0, 7, 0, 5), Window(3, 12, 5, 12)], id="ends with a paragraph"),
        pytest.param(12, (5,), [Window(0, 10, 0, 8), Window(6, 12, 8, 12)], id="no end in the first half"),
        pytest.param(14, (8, 10), [Window(0, 10, 0, 9), Window(8, 14, 9, 14)], id="starts with a paragraph"),
    ],
)
def test_windows_of_ten_that_share_four(number: int, breaks: tuple[int, ...], windows: list[Window]) -> None:
    assert cut_windows(make_pieces(number, *breaks), size=10, overlap=4) == windows
