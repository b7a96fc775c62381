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
