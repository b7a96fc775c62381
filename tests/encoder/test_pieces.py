from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

import tests.strategies  # noqa: F401 - loads the profile that fails no test by the clock
from quotesmith.encoder.pieces import BREAK, FEATURE_VALUES, LetterCase, MarkPlace, Pieces, cut_pieces, find_case
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
def test_no_letter_is_lost(text: str) -> None:
    pieces = cut(text)
    covered = {at for start, end in zip(pieces.starts, pieces.ends, strict=True) for at in range(start, end)}
    assert not [at for at, character in enumerate(text) if character.isalpha() and at not in covered]


@given(TEXTS)
def test_words_are_numbered_from_zero_on_without_gaps(text: str) -> None:
    pieces = cut(text)
    numbers = pieces.words.tolist()
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(pieces.heads)))
    assert numbers == [] or numbers[0] == 0


@given(TEXTS)
def test_features_are_within_their_table(text: str) -> None:
    assert all(0 <= feature < FEATURE_VALUES for feature in cut(text).features)


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


def test_places_follow_the_marks() -> None:
    places = [place for _, place in cases_and_places("a “b “c” d” e")]
    assert places == [
        MarkPlace.OUTSIDE,
        MarkPlace.OPENING,
        MarkPlace.INSIDE,
        MarkPlace.OPENING,
        MarkPlace.NESTED,
        MarkPlace.CLOSING,
        MarkPlace.INSIDE,
        MarkPlace.CLOSING,
        MarkPlace.OUTSIDE,
    ]


def test_passage_that_is_never_closed_is_inside_up_to_its_end() -> None:
    assert [place for _, place in cases_and_places("“a b")] == [MarkPlace.OPENING, MarkPlace.INSIDE, MarkPlace.INSIDE]


def test_vocabulary_without_a_piece_for_breaks_is_an_error() -> None:
    tokenizer = Tokenizer(WordPiece({"[UNK]": 0}, unk_token="[UNK]"))  # noqa: S106 - a piece
    with pytest.raises(OptionError, match="unused0"):
        cut_pieces(tokenizer, "a", ())


def test_places_deeper_than_two_marks_are_nested_alike() -> None:
    places = [place for _, place in cases_and_places("“a ‘b “c” b’ a”")]
    assert places[1::2] == [MarkPlace.INSIDE, MarkPlace.NESTED, MarkPlace.NESTED, MarkPlace.NESTED, MarkPlace.INSIDE]
