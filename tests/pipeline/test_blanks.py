from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found] # spaCy has no types for it

import quotesmith
from quotesmith.pipeline.blanks import PageTokenizer, blank_out, make_page_doc, use_page_tokenizer, with_blanks
from quotesmith.pipeline.bounds import MAX_PART

PAGE = (
    "<p>Ruth Holm said the bridge was safe.</p><p>“It is <b>safe</b>,” said Paul Roe of "
    '<a href="https://example.org/?a=“b”">Acme</a>.</p>Lee said:<br/>“Never.”'
)
CHAT = '<tweet pic="p.example/" author="roe" > "We won," Ann Lee wrote. </tweet>She <em>added</em> that it rained.'
ROWS = "“" * 64 + " Ann Lee said it was " + "““““late”””” and went home." + '"' * 1000 + " “Go,” she said."
SIGNS = "He said that 1 < 2 and 3 > 2. “<3,” wrote Ann Lee."


def page_pipeline() -> Language:
    nlp = spacy.blank("en")
    use_page_tokenizer(nlp)
    return nlp


@given(
    st.lists(st.sampled_from(["<p>", "</b>", "<i class='x'>", " ", "\n", "word", "word.", "“", "<", ">"]), max_size=30)
)
def test_tokens_are_the_text_and_tags_are_space(pieces: list[str]) -> None:
    text = "".join(pieces)
    doc = page_pipeline()(text)
    assert doc.text == text
    blanked = with_blanks(doc)
    assert blanked.text == blank_out(text)
    assert [token.idx for token in blanked] == [token.idx for token in doc]
    for token, blank in zip(doc, blanked, strict=True):
        assert token.is_space == blank.is_space == blank.text.isspace()
        assert [token.norm_, token.shape_, token.prefix_, token.suffix_] == [
            blank.norm_,
            blank.shape_,
            blank.prefix_,
            blank.suffix_,
        ]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        pytest.param("a<b>c</b>d", ["a", "<b>", "c", "</b>", "d"], id="without-space"),
        pytest.param("Go. <p>\n Now", ["Go", ".", "<p>\n ", "Now"], id="with-space"),
        pytest.param("1 < 2 > 1", ["1", "<", "2", ">", "1"], id="signs"),
    ],
)
def test_tags_with_the_space_around_them_are_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in page_pipeline()(text)] == tokens


@pytest.mark.parametrize("mark", ["“", '"', "’", "«", "(", "]"])
def test_long_row_of_a_mark_is_blank_and_a_short_one_is_not(mark: str) -> None:
    assert blank_out(f"a{mark * 64}b{mark * 63}c") == f"a{' ' * 64}b{mark * 63}c"
    assert blank_out("“‘" * 100 + "-" * 100 + "." * 100) == "“‘" * 100 + "-" * 100 + "." * 100


def test_parts_that_cut_a_tag_have_its_tokens() -> None:
    text = "Go <b class='x'>on</b>."
    blanked = blank_out(text)
    nlp = page_pipeline()
    halves = [make_page_doc(nlp.tokenizer, text[part], blanked[part]) for part in (slice(0, 8), slice(8, None))]
    assert "".join(half.text for half in halves) == text
    assert [token.text for half in halves for token in half if not token.is_space] == ["Go", "on", "."]


def test_doc_without_tags_is_not_copied() -> None:
    doc = page_pipeline()("No tags, 1 < 2.")
    assert with_blanks(doc) is doc


def test_tokenizer_keeps_its_rules_and_is_saved() -> None:
    nlp: Any = spacy.blank("en")
    nlp.tokenizer.add_special_case("foobar", [{"ORTH": "foo"}, {"ORTH": "bar"}])
    use_page_tokenizer(nlp)
    use_page_tokenizer(nlp)
    saved = spacy.blank("en").from_bytes(nlp.to_bytes())
    fresh = type(nlp).from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert type(fresh.tokenizer) is PageTokenizer
    assert type(saved.tokenizer) is Tokenizer
    for pipeline in (nlp, fresh):
        assert [token.text for token in pipeline("don't<b>foobar")] == ["do", "n't", "<b>", "foo", "bar"]


def test_tokenizer_of_ones_own_stays() -> None:
    class Own(Tokenizer):  # type: ignore[misc] # nor for its class
        pass

    nlp = spacy.blank("en")
    nlp.tokenizer = own = Own(nlp.vocab)
    use_page_tokenizer(nlp)
    assert nlp.tokenizer is own


@pytest.mark.model
@pytest.mark.parametrize("text", [PAGE, CHAT, SIGNS, ROWS], ids=["page", "chat", "signs", "rows"])
def test_pipeline_and_read_give_the_same(text: str, nlp: Language) -> None:
    document = quotesmith.read(text, nlp=nlp)
    assert document.quotes
    [piped] = nlp.pipe([text])
    assert nlp(text)._.quotes == piped._.quotes == document


@pytest.mark.model
def test_text_that_is_parsed_in_parts_has_the_quotes_of_the_whole(nlp: Language) -> None:
    text = f"{PAGE}\n\n{SIGNS}\n\n" * (2 * MAX_PART // len(PAGE))
    told, whole = (
        [(quote.content, quote.cue, quote.source, quote.speakers, quote.kind) for quote in document.quotes]
        for document in (quotesmith.read(text, nlp=nlp), nlp(text)._.quotes)
    )
    assert told
    assert told == whole
