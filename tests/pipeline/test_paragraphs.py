import pytest
import spacy

from quotesmith.pipeline.paragraphs import start_sentences


def test_each_paragraph_starts_a_sentence() -> None:
    doc = start_sentences(spacy.blank("en")("A headline\n\nThe text. More text.\n\n  An end"))
    assert [token.text for token in doc if token.is_sent_start] == ["A", "The", "An"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("LONDON (Reuters) - The mayor left.", "The", id="agency"),
        pytest.param("NEW YORK, Jan. 5, 2024 — She left.", "She", id="date"),
        pytest.param("Oslo (AP) -- He left.", "He", id="small-letters"),
    ],
)
def test_sentence_starts_after_a_dateline(text: str, first: str) -> None:
    doc = start_sentences(spacy.blank("en")(text))
    assert [token.text for token in doc if token.is_sent_start][1:] == [first]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The mayor - a former judge - left.", id="apposition"),
        pytest.param("PENCE: We will - I say - go.", id="label"),
        pytest.param("“GO NOW — please,” she said.", id="quoted"),
        pytest.param("NATO-led troops left.", id="hyphen"),
    ],
)
def test_other_dashes_start_no_sentence(text: str) -> None:
    doc = start_sentences(spacy.blank("en")(text))
    assert sum(token.is_sent_start is True for token in doc) == 1


def test_empty_doc_stays_empty() -> None:
    assert len(start_sentences(spacy.blank("en")(""))) == 0
