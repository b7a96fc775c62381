"""A component for the front of a pipeline: no sentence crosses a paragraph's end or begins with a dateline."""

import re
from bisect import bisect_left

from spacy.language import Language
from spacy.tokens import Doc

from quotesmith.marks import find_paragraphs
from quotesmith.pipeline.blanks import blank_out

COMPONENT = "quotesmith_paragraphs"
# "LONDON, May 2 (Reuters) - ", "Washington (CNN) — ": a place in capitals, or an agency in brackets, and a dash.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]{2,}\b[^:!?“”\"\n]{0,60}?|[A-Z][\w.'’ -]{2,30}(?:, [A-Z][\w.]+)? \([A-Z][\w/ ]+\))"
    r"\s?(?:--|[-–—―])\s+(?=\S)"
)


@Language.component(COMPONENT, assigns=["token.is_sent_start"])
def start_sentences(doc: Doc) -> Doc:
    """Start a sentence at each paragraph, and after its dateline, before the parser runs.

    Headlines and captions end without a full stop, and the parser would join them to what follows, and take a dateline
    for a part of the first subject.
    """
    starts = [token.idx for token in doc]
    text = blank_out(doc.text)
    for paragraph in find_paragraphs(text):
        dateline = _DATELINE.match(text, paragraph.start, paragraph.end)
        for start in (paragraph.start, *([] if dateline is None else [dateline.end()])):
            index = bisect_left(starts, start)
            if index < len(doc) and starts[index] == start:
                doc[index].is_sent_start = True
    return doc
