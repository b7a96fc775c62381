"""Small texts of news with the default pipeline: which names there are, whose they are, and which of them speak."""

import pytest
from spacy.language import Language

from quotesmith.pipeline.reading import read
from tests.cases import each_row


@pytest.mark.model
@each_row("text, speakers", "speakers", "names of speakers")
def test_speakers_of_a_text(nlp: Language, text: str, speakers: str) -> None:
    """Speakers of one quote are joined by "+", quotes by "|"; "-" stands for nobody."""
    document = read(text, nlp=nlp)
    found = [" + ".join(document.names(quote)) or "-" for quote in document.quotes if quote.parent is None]
    assert " | ".join(found) == speakers
