from typing import SupportsIndex

import attrs
from hypothesis import given
from spacy.tokens import Doc

from quotesmith.records import TextSpan
from quotesmith.speakers.layout import Layout
from tests.random_docs import parsed_docs
from tests.speakers.scenes import doc_of

TWO = """
    Go   VB  ROOT -

    No   UH  ROOT -
    .    .   punct No
"""


def test_paragraphs_are_parted_by_blank_lines() -> None:
    layout = Layout.of(doc_of("Go VB ROOT -\n\nNo UH ROOT -"))
    assert layout.paragraphs == [0, 4]
    assert [layout.paragraph_at(offset) for offset in (0, 1, 4)] == [0, 0, 1]


def test_tokens_of_a_span_are_those_that_share_a_character() -> None:
    layout = Layout.of(doc_of("Anna NNP nsubj ran\nran VBD ROOT -\n. . punct ran"))
    assert list(layout.tokens(TextSpan(2, 6))) == [0, 1]
    assert list(layout.tokens(TextSpan(4, 5))) == []


def test_words_are_neither_punctuation_nor_space() -> None:
    layout = Layout.of(doc_of("Anna NNP nsubj ran\n, , punct ran\nran VBD ROOT -"))
    assert [token.text for token in layout.words((TextSpan(0, 9),))] == ["Anna", "ran"]


@given(parsed_docs())
def test_each_character_of_a_token_leads_to_it(doc: Doc) -> None:
    layout = Layout.of(doc)
    for token in doc:
        if len(token):
            assert token.i in layout.tokens(layout.span(token.i, token.i + 1))
            assert layout.sentence_at(token.idx) == layout.sentences[layout.token_at(token.idx)]


class _Counted(str):
    """A text that counts how many of its characters are looked at one by one."""

    looked_at = 0

    def __getitem__(self, place: SupportsIndex | slice) -> str:
        self.looked_at += 1
        return super().__getitem__(place)


def test_a_place_opens_its_paragraph_where_only_marks_stand_before_it() -> None:
    layout = Layout.of(doc_of("“ `` punct Go\nGo VB ROOT -\n\n‘ `` punct No\nNo UH ROOT -\n. . punct No"))
    assert layout.text == "“ Go \n\n ‘ No ."
    places = [layout.text.index(word) for word in ("“", "Go", "‘", "No", ".")]
    assert [layout.opens_paragraph(place) for place in places] == [True, False, True, False, False]
    assert [layout.opens_paragraph(place, marks="“‘") for place in places] == [True, True, True, True, False]


def test_a_paragraph_is_looked_through_once() -> None:
    layout = Layout.of(doc_of("“ `` punct Go\n" * 50 + "Go VB ROOT -"))
    text = _Counted(layout.text)
    layout = attrs.evolve(layout, text=text)
    assert all(layout.opens_paragraph(place, marks="“") for place in range(len(text) - 1))
    assert text.looked_at <= 2 * len(text)
