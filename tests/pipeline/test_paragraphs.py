import spacy

from quotesmith.pipeline.paragraphs import start_sentences


def test_each_paragraph_starts_a_sentence() -> None:
    doc = start_sentences(spacy.blank("en")("A headline\n\nThe text. More text.\n\n  An end"))
    assert [token.text for token in doc if token.is_sent_start] == ["A", "The", "An"]


def test_empty_doc_stays_empty() -> None:
    assert len(start_sentences(spacy.blank("en")(""))) == 0
