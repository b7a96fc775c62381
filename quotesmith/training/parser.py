"""The parses that the fits read: those of the default pipeline, long texts in parts as it reads them."""

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Doc

import quotesmith

# As the pipeline cuts: at the last blank line of this many characters, but not in their first half.
_PARSED_PART = 20_000
_BLANK_LINE = re.compile(r"\n\s*\n")


def make_parser() -> Callable[[str], Doc]:
    """What gives the Doc of a text, of any length, without its quotes."""
    nlp = quotesmith.load()

    def parse(text: str) -> Doc:
        docs = list(nlp.pipe(_parts(text), disable=["quotesmith"]))
        return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)

    return parse


def _parts(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > _PARSED_PART:
        blanks = [blank.end() for blank in _BLANK_LINE.finditer(text, start + _PARSED_PART // 2, start + _PARSED_PART)]
        end = blanks[-1] if blanks else start + _PARSED_PART
        yield text[start:end]
        start = end
    yield text[start:]
