"""What the rules find in a Doc or a table, as strings."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from quotesmith.extraction.rules import RuleExtractor
from quotesmith.marks import pair_marks
from quotesmith.records import TextSpans
from tests.docs import make_doc

EXTRACTOR = RuleExtractor()
BETWEEN = " | "
"""Between the pieces of a content."""
DEFAULTS = {"cue": "", "source": "", "act": "speech", "assertion": "asserted", "parent": "", "marks": ""}
"""What an expectation means that leaves a key out."""


def extract(doc: Doc) -> list[Attribution]:
    return EXTRACTOR(doc, pair_marks(doc.text))


def find_quotes(source: str | Doc) -> list[Mapping[str, str]]:
    """All that is found of each quote in a Doc or a table, in words of the text; a line break is written \\n."""
    doc = make_doc(source) if isinstance(source, str) else source
    return [describe(doc.text, found) for found in extract(doc)]


def describe(text: str, found: Attribution) -> Mapping[str, str]:
    """The roles of an attribution in words of the text, and its other values."""
    return {
        "quote": BETWEEN.join(words(text, found.content)).replace("\n", "\\n"),
        "cue": "".join(words(text, found.cue)),
        "source": "".join(words(text, found.source)),
        "kind": found.kind.value,
        "rule": found.rule,
        "act": found.act.value,
        "assertion": found.assertion.value,
        "parent": "" if found.parent is None else str(found.parent),
        "marks": " ".join(words(text, found.outer_marks)),
    }


def words(text: str, spans: TextSpans) -> Sequence[str]:
    return [span.of(text) for span in spans]
