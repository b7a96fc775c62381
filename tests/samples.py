"""Hand-made documents for tests that need a real one."""

import json
import re
from pathlib import Path

from quotesmith.records import Entity, Quote, QuoteDocument, TextSpan

_SUMMIT = json.loads(Path(__file__).with_name("data").joinpath("summit.json").read_text(encoding="utf-8"))
SUMMIT_TEXT: str = _SUMMIT["text"]


def spans(text: str, *pieces: str) -> tuple[TextSpan, ...]:
    """The first place of each piece in the text that doesn't cut a word."""
    found = [re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text) for piece in pieces]
    return tuple(TextSpan(*match.span()) for match in found if match)


def summit(document_id: str = "summit") -> QuoteDocument:
    """Six quotes: split, mixed, negated, by a group, one in another, without a speaker."""
    return QuoteDocument.from_dict({**_SUMMIT, "id": document_id})


_NOVELLA = """A note.

I. Morning

“Bo!” Ann Lee cried. “Do come.”

“I will,” said Bo.

II. Night

“Cy, my boy,” the old man had said.

“And we laughed,” said Ann. She said that it was late. “So late,” Bo said. “Yes.”

The end.
"""


def novella() -> QuoteDocument:
    """Two chapters between a note and an end: six lines, one without a speaker, and two quotes that are none."""
    rows = [
        ("“Bo!”", "direct", ["e0"], ["e1"]),
        ("“Do come.”", "direct", ["e0"], ["e1"]),
        ("“I will,”", "direct", ["e1"], ["e0"]),
        ("Cy, my boy", "indirect", ["e3"], ["e2"]),
        ("“And we laughed,”", "direct", ["e0"], ["e1"]),
        ("that it was late", "indirect", ["e0"], []),
        ("“So late,”", "direct", ["e1"], []),
        ("“Yes.”", "direct", [], []),
    ]
    quotes = [
        Quote(f"q{n}", kind, [_place(words)], words.strip("“”"), speakers=speakers, addressees=addressees)
        for n, (words, kind, speakers, addressees) in enumerate(rows)
    ]
    entities = [
        Entity("e0", "Ann Lee", "person", aliases=["Ann", "ANN"], gender="feminine"),
        Entity("e1", "Bo", "person", gender="masculine"),
        Entity("e2", "Cy", "person"),
        Entity("e3", "the old man", "person", named=False, gender="masculine"),
    ]
    starts = [_NOVELLA.index(words) for words in ("I. Morning", "II. Night", "The end.")]
    chapters = [
        {"title": "I. Morning", "start": starts[0], "end": starts[1]},
        {"title": "II. Night", "start": starts[1], "end": starts[2]},
    ]
    return QuoteDocument("novella", _NOVELLA, "en", quotes, entities, meta={"title": "Novella", "chapters": chapters})


def _place(words: str) -> TextSpan:
    start = _NOVELLA.index(words)
    return TextSpan(start, start + len(words))
