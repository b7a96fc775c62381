"""Sentences never run over paragraphs: a component for the front of a pipeline."""

from bisect import bisect_left

from spacy.language import Language
from spacy.tokens import Doc

from quotesmith.marks import find_paragraphs

COMPONENT = "quotesmith_paragraphs"


@Language.component(COMPONENT, assigns=["token.is_sent_start"])
def start_sentences(doc: Doc) -> Doc:
    """Start a sentence at each paragraph, before the parser runs.

    Headlines and captions end without a full stop, and the parser would join them to what follows.
    """
    starts = [token.idx for token in doc]
    for paragraph in find_paragraphs(doc.text):
        index = bisect_left(starts, paragraph.start)
        if index < len(doc) and starts[index] == paragraph.start:
            doc[index].is_sent_start = True
    return doc
