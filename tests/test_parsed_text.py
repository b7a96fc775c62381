from typing import SupportsIndex

import attrs
import pytest
from hypothesis import given
from spacy.tokens import Doc

from quotesmith.parsed_text import ParsedText, TokenRange
from quotesmith.records import TextSpan
from tests.cases import named_table
from tests.docs import VOCAB, make_doc, parsed_text
from tests.random_docs import parsed_docs
from tests.speakers.scenes import doc_of


def test_paragraphs_are_parted_by_blank_lines_which_bounds_do_not_leave() -> None:
    parsed = parsed_text(doc_of("Go VB ROOT -\n\nNo UH ROOT -"))
    assert parsed.paragraph_starts == [0, 4]
    assert [parsed.paragraph_at(offset) for offset in (0, 1, 4)] == [0, 0, 1]
    parsed = parsed_text(make_doc("We PRP nsubj go\ngo VB ROOT -\n\nhome RB ROOT -"))
    assert [words_of(parsed, parsed.bounds(place)) for place in range(4)] == ["We go", "We go", "\n\n", "home"]


def test_tokens_of_a_span_or_range_are_those_that_share_a_character() -> None:
    parsed = parsed_text(doc_of("Anna NNP nsubj ran\nran VBD ROOT -\n. . punct ran"))
    assert list(parsed.tokens(TextSpan(2, 6))) == [0, 1]
    assert list(parsed.tokens(TextSpan(4, 5))) == []
    assert parsed.doc_span(TokenRange(0, 2)).text == "Anna ran"
    assert len(parsed.doc_span(TokenRange(2, 2))) == 0


def test_words_are_neither_punctuation_nor_space() -> None:
    parsed = parsed_text(doc_of("Anna NNP nsubj ran\n, , punct ran\nran VBD ROOT -"))
    assert [token.text for token in parsed.words((TextSpan(0, 9),))] == ["Anna", "ran"]


@given(parsed_docs())
def test_each_token_is_found_at_its_characters_and_in_its_passages(doc: Doc) -> None:
    parsed = parsed_text(doc)
    for token in doc:
        if len(token):
            assert token.i in parsed.tokens(parsed.span(token.i, token.i + 1))
            assert parsed.sentence_at(token.idx) == parsed.sentences[parsed.token_at(token.idx)]
    for token in doc:
        around = [
            position for position, passage in enumerate(parsed.passages) if token.i in parsed.tokens(passage.span)
        ]
        assert parsed.passage_at[token.i] == (around[-1] if around else -1)
        assert (parsed.quotation_depths[token.i] > 0) == bool(around)


class _Counted(str):
    """A text that counts how many of its characters are looked at one by one."""

    looked_at = 0

    def __getitem__(self, place: SupportsIndex | slice) -> str:
        self.looked_at += 1
        return super().__getitem__(place)


def test_a_place_opens_its_paragraph_where_only_marks_stand_before_it() -> None:
    parsed = parsed_text(doc_of("“ `` punct Go\nGo VB ROOT -\n\n‘ `` punct No\nNo UH ROOT -\n. . punct No"))
    places = [parsed.text.index(word) for word in ("“", "Go", "‘", "No", ".")]
    assert [parsed.opens_paragraph(place) for place in places] == [True, False, True, False, False]
    assert [parsed.opens_paragraph(place, marks="“‘") for place in places] == [True, True, True, True, False]


def test_a_paragraph_is_looked_through_once() -> None:
    parsed = parsed_text(doc_of("“ `` punct Go\n" * 50 + "Go VB ROOT -"))
    text = _Counted(parsed.text)
    parsed = attrs.evolve(parsed, text=text)
    assert all(parsed.opens_paragraph(place, marks="“") for place in range(len(text) - 1))
    assert text.looked_at <= 2 * len(text)


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        pytest.param(TokenRange(0, 2), False, id="before"),
        pytest.param(TokenRange(1, 3), True, id="across-the-start"),
        pytest.param(TokenRange(3, 4), True, id="inside"),
        pytest.param(TokenRange(5, 6), False, id="after"),
    ],
)
def test_ranges_overlap_where_they_share_a_token(other: TokenRange, *, overlaps: bool) -> None:
    assert TokenRange(2, 5).overlaps(other) is overlaps


def test_range_knows_its_tokens_and_what_it_shares_with_bounds() -> None:
    assert len(TokenRange(2, 5)) == 3
    assert [index for index in range(8) if index in TokenRange(2, 5)] == [2, 3, 4]
    assert len(TokenRange(5, 2)) == 0
    assert TokenRange(2, 5).within(TokenRange(3, 9)) == TokenRange(3, 5)
    assert len(TokenRange(2, 5).within(TokenRange(7, 9))) == 0


def read_table(name: str) -> ParsedText:
    return parsed_text(make_doc(named_table("parsed_text", name)))


def words_of(parsed: ParsedText, tokens: TokenRange) -> str:
    return parsed.doc_span(tokens).text


def test_passage_has_its_tokens_which_are_quoted() -> None:
    parsed = read_table("two sentences in a passage")
    [passage] = parsed.passages
    assert words_of(parsed, passage.tokens) == passage.span.of(parsed.text) == "“We go. You stay,”"
    assert words_of(parsed, passage.inner) == "We go. You stay,"
    assert [token.i for token in parsed.doc if parsed.is_quoted(token)] == list(range(8))


def test_inner_tokens_do_not_hold_a_mark_that_a_space_follows() -> None:
    words = ["«", "We", "go", ".", "»"]
    parsed = parsed_text(Doc(VOCAB, words=words, spaces=[True] * len(words)))
    [passage] = parsed.passages
    assert words_of(parsed, passage.inner) == "We go ."


def test_nested_passage_is_none_of_its_own_and_one_may_continue() -> None:
    parsed = read_table("passage in a passage")
    assert [passage.span.of(parsed.text) for passage in parsed.passages] == ["“He said ‘no,’”"]
    parsed = read_table("unclosed passage that goes on")
    assert [(passage.paragraph, passage.continues) for passage in parsed.passages] == [(0, None), (1, 0)]


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        pytest.param("said", "“We go. You stay,” she said.", id="across-a-passage"),
        pytest.param("stay", "You stay,", id="not-out-of-its-passage"),
    ],
)
def test_bounds_are_the_sentence(word: str, sentence: str) -> None:
    parsed = read_table("two sentences in a passage")
    place = next(token.i for token in parsed.doc if token.text == word)
    assert words_of(parsed, parsed.bounds(place)) == sentence


def test_sentence_without_end_is_cut_and_its_head_has_only_near_children() -> None:
    parsed = parsed_text(make_doc("\n".join(["rain NN dep rain#1"] * 700)))
    bounds = [parsed.bounds(place) for place in range(700)]
    assert max(map(len, bounds)) == 300
    assert all(place in sentence for place, sentence in enumerate(bounds))
    assert [child.i for child in parsed.children(parsed.doc[0])] == list(range(1, 301))


def test_children_are_in_order_and_a_span_ends_at_its_last_token() -> None:
    parsed = read_table("sentence with a clause")
    assert [child.text for child in parsed.children(parsed.doc[1])] == ["Ann", "failed", "."]
    assert read_table("sentence with a clause").span(0, 2) == TextSpan(0, 8)


@pytest.mark.parametrize(
    ("text", "endings"),
    [pytest.param("“He said ‘no,’” she said.", [","], id="mark-in-a-mark"), pytest.param("“”", [""], id="nothing")],
)
def test_ending_is_the_last_character_that_is_no_mark(text: str, endings: list[str]) -> None:
    parsed = parsed_text(Doc(VOCAB, words=[text], spaces=[False]))
    assert [parsed.ending(passage) for passage in parsed.passages] == endings


def test_tokens_have_words_or_only_signs_and_know_their_passages() -> None:
    parsed = read_table("three passages")
    assert parsed.has_words(TokenRange(0, 2))
    assert not parsed.has_words(TokenRange(2, 5))
    assert not parsed.has_words(TokenRange(2, 1))
    starts = [passage.tokens.start for passage in parsed.passages]
    assert list(parsed.passages_in(TokenRange(starts[0] + 1, starts[1] + 1))) == [0, 1]
    assert list(parsed.passages_in(TokenRange(starts[1], starts[2]))) == [1]


def test_empty_doc_has_an_empty_reading() -> None:
    parsed = parsed_text(make_doc(""))
    assert (list(parsed.passages), list(parsed.paragraph_tokens), list(parsed.passage_at)) == ([], [], [])


@given(parsed_docs())
def test_bounds_hold_their_token_and_children_hang_on_their_head(doc: Doc) -> None:
    parsed = parsed_text(doc)
    for token in doc:
        bounds = parsed.bounds(token.i)
        assert token.i in bounds
        if parsed.is_quoted(token):
            passage = parsed.passages[parsed.passage_at[token.i]].tokens
            assert passage.start <= bounds.start
            assert bounds.end <= passage.end
    for token in doc:
        children = parsed.children(token)
        assert [child.i for child in children] == sorted(child.i for child in token.children)
