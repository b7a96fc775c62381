"""What the rules find in a table's text, as strings."""

from attrs import frozen

from quotesmith.extraction import Attribution
from quotesmith.extraction.rules import RuleExtractor
from quotesmith.extraction.rules.reading import Reading, TokenRange, read
from quotesmith.marks import pair_marks
from quotesmith.records import TextSpans
from tests.docs import make_doc

EXTRACTOR = RuleExtractor()


@frozen
class Found:
    """One attribution; the words of each role are those of the text."""

    content: list[str]
    cue: str
    source: str
    attribution: Attribution


def find_quotes(table: str) -> list[Found]:
    doc = make_doc(table)
    text = doc.text

    def words(spans: TextSpans) -> list[str]:
        return [span.of(text) for span in spans]

    return [
        Found(words(found.content), "".join(words(found.cue)), "".join(words(found.source)), found)
        for found in EXTRACTOR(doc, pair_marks(text))
    ]


def read_table(table: str) -> Reading:
    doc = make_doc(table)
    return read(doc, pair_marks(doc.text))


def words_of(reading: Reading, tokens: TokenRange | None) -> str:
    return "" if tokens is None else reading.tokens(tokens).text
