"""What the rules find in a table's text, as strings."""

from attrs import frozen

from quotesmith.extraction import Attribution, RuleExtractor
from quotesmith.parsed_text import ParsedText, TokenRange
from quotesmith.records import TextSpans
from tests.docs import make_doc, parsed_text

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
        for found in EXTRACTOR(parsed_text(doc))
    ]


def read_table(table: str) -> ParsedText:
    return parsed_text(make_doc(table))


def words_of(reading: ParsedText, tokens: TokenRange | None) -> str:
    return "" if tokens is None else reading.doc_span(tokens).text
