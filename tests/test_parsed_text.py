from typing import SupportsIndex

import attrs
from hypothesis import given
from spacy.tokens import Doc

from quotesmith.parsed_text import TokenRange
from quotesmith.records import TextSpan
from tests.docs import parsed_text
from tests.random_docs import parsed_docs
from tests.speakers.scenes import doc_of

TWO = """
    Go   VB  ROOT -

    No   UH  ROOT -
    .    .   punct No
"""


def test_paragraphs_are_parted_by_blank_lines() -> None:
    parsed = parsed_text(doc_of("Go VB ROOT -\n\nNo UH ROOT -"))
    assert parsed.paragraph_starts == [0, 4]
    assert [parsed.paragraph_at(offset) for offset in (0, 1, 4)] == [0, 0, 1]


def test_tokens_of_a_span_are_those_that_share_a_character() -> None:
    parsed = parsed_text(doc_of("Anna NNP nsubj ran\nran VBD ROOT -\n. . punct ran"))
    assert list(parsed.tokens(TextSpan(2, 6))) == [0, 1]
    assert list(parsed.tokens(TextSpan(4, 5))) == []


def test_words_are_neither_punctuation_nor_space() -> None:
    parsed = parsed_text(doc_of("Anna NNP nsubj ran\n, , punct ran\nran VBD ROOT -"))
    assert [token.text for token in parsed.words((TextSpan(0, 9),))] == ["Anna", "ran"]


@given(parsed_docs())
def test_each_character_of_a_token_leads_to_it(doc: Doc) -> None:
    parsed = parsed_text(doc)
    for token in doc:
        if len(token):
            assert token.i in parsed.tokens(parsed.span(token.i, token.i + 1))
            assert parsed.sentence_at(token.idx) == parsed.sentences[parsed.token_at(token.idx)]


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


@given(parsed_docs())
def test_quoted_tokens_are_those_of_outermost_passages(doc: Doc) -> None:
    parsed = parsed_text(doc)
    for token in doc:
        around = [
            position for position, passage in enumerate(parsed.passages) if token.i in parsed.tokens(passage.span)
        ]
        assert parsed.passage_at[token.i] == (around[-1] if around else -1)
        assert (parsed.quotation_depths[token.i] > 0) == bool(around)


@given(parsed_docs())
def test_bounds_of_a_token_hold_it_and_keep_to_its_paragraph_or_passage(doc: Doc) -> None:
    parsed = parsed_text(doc)
    for token in doc:
        bounds = parsed.bounds(token.i)
        assert token.i in bounds
        if parsed.is_quoted(token):
            passage = parsed.passages[parsed.passage_at[token.i]].tokens
            assert passage.start <= bounds.start
            assert bounds.end <= passage.end


@given(parsed_docs())
def test_children_hang_on_their_head_in_order(doc: Doc) -> None:
    parsed = parsed_text(doc)
    for token in doc:
        children = parsed.children(token)
        assert [child.i for child in children] == sorted(child.i for child in token.children)


def test_tokens_of_a_range_are_a_span_of_the_doc() -> None:
    parsed = parsed_text(doc_of("Anna NNP nsubj ran\nran VBD ROOT -\n. . punct ran"))
    assert parsed.doc_span(TokenRange(0, 2)).text == "Anna ran"
    assert len(parsed.doc_span(TokenRange(2, 2))) == 0
