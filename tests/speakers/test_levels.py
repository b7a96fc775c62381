import pytest
from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from quotesmith.extraction.attributions import with_parents
from quotesmith.speakers.quotation_levels import NESTED, OUTSIDE, QuotationLevels
from tests.docs import parsed_text
from tests.speakers.scenes import doc_of, quote

DIRECT = """
    “      ``   punct  won
    I      PRP  nsubj  won
    won    VBD  ROOT   -
    ”      ''   punct  won
    said   VBD  parataxis won
    Holm   NNP  nsubj  said - PERSON
"""
MIXED = """
    Holm   NNP  nsubj  said - PERSON
    said   VBD  ROOT   -
    that   IN   mark   was
    we     PRP  nsubj  was
    “      ``   punct  was
    made   VBD  ccomp  said
    me     PRP  dobj   made
    late   JJ   acomp  made
    ”      ''   punct  was
    was    VBD  dep    said
"""
NESTED_MARKS = """
    “      ``   punct  said
    She    PRP  nsubj  said
    said   VBD  ROOT   -
    ‘      ``   punct  won
    I      PRP  nsubj  won
    won    VBD  ccomp  said
    ’      ''   punct  won
    to     IN   prep   said
    me     PRP  pobj   to
    ”      ''   punct  said
    Holm   NNP  nsubj  added - PERSON
    added  VBD  ROOT   -
"""
COLON = """
    HOLM   NNP  ROOT   -      -  PERSON
    :      :    punct  HOLM
    I      PRP  nsubj  won
    won    VBD  dep    HOLM
"""


def levels_of(doc: Doc, *quotes: Attribution) -> QuotationLevels:
    return QuotationLevels.of(parsed_text(doc), with_parents(quotes))


def saying(doc: Doc, word: str, *quotes: Attribution) -> int:
    return levels_of(doc, *quotes).saying(next(token.i for token in doc if token.text == word))


def test_direct_speech_is_given_word_by_word() -> None:
    doc = doc_of(DIRECT)
    said = quote(doc, "I won", "Holm", cue="said", kind="direct")
    assert saying(doc, "I", said) == 0
    assert saying(doc, "Holm", said) == OUTSIDE


@pytest.mark.parametrize(("word", "number"), [("me", 0), ("we", OUTSIDE)])
def test_mixed_speech_is_given_word_by_word_inside_its_marks(word: str, number: int) -> None:
    doc = doc_of(MIXED)
    assert saying(doc, word, quote(doc, "that we “made me late” was", "Holm", cue="said", kind="mixed")) == number


def test_marks_inside_marks_are_somebody_elses_words() -> None:
    doc = doc_of(NESTED_MARKS)
    said = quote(doc, "She said ‘I won’ to me", "Holm", cue="added", kind="direct")
    assert saying(doc, "I", said) == NESTED
    assert saying(doc, "me", said) == 0


def test_quote_inside_a_quote_has_its_own_speaker() -> None:
    doc = doc_of(NESTED_MARKS)
    outer = quote(doc, "She said ‘I won’ to me", "Holm", cue="added", kind="direct")
    inner = quote(doc, "I won", "She", cue="said", kind="direct")
    assert saying(doc, "I", outer, inner) == 1
    assert saying(doc, "me", outer, inner) == 0


def test_transcript_needs_no_marks() -> None:
    doc = doc_of(COLON)
    assert saying(doc, "I", quote(doc, "I won", "HOLM", cue="HOLM")) == 0


def test_indirect_speech_is_in_the_writers_words() -> None:
    doc = doc_of(DIRECT.replace("“      ``   punct  won\n", "").replace("”      ''   punct  won\n", ""))
    assert saying(doc, "I", quote(doc, "I won", "Holm", cue="said")) == OUTSIDE
