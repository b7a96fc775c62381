"""Texts that are plainly turns in a layout that no family reads, so that nobody takes their lines for quotes."""

import re
from collections import Counter, defaultdict

from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.lexicon.folding import fold
from quotesmith.parsed_text import UNREAD, SpeechLayout

# Signs, a few words, other signs, then words: "{Roe} We will", "@roe | we will", "Roe ~ We will".
_OPENER = re.compile(
    r"(?P<before>[^\w\s“\"‘'(]{0,3}+)(?P<name>[^\W\d_][\w.'’\-]{0,30}+(?:[ ][\w.'’\-]{1,30}+){0,3}?)"
    r"(?P<behind>[ ]?[^\w\s.,;:!?'’\"“”‘()\-]{1,3}+)(?=\s?[^\W_]|\s[“\"‘'(])"
)
_FEWEST_LINES = 4
_LINE_SHARE = 0.6
_RETURN_SHARE = 0.75


def find_unread(evidence: TurnEvidence) -> SpeechLayout | None:
    """A layout named "unread" and without turns, where most lines begin with a few words that return; else None.

    All of them have the same signs around these words, and at least two different names return. Linear in the text.
    """
    by_signs: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for line in evidence.lines:
        match = _OPENER.match(evidence.text, line.start, line.end)
        if match is not None and match["name"][:1].isalpha():
            by_signs[match["before"], match["behind"].strip()].append(fold(match["name"]))
    least = max(_FEWEST_LINES, _LINE_SHARE * len(evidence.lines))
    for found in by_signs.values():
        counts = Counter(found)
        returning = [count for count in counts.values() if count > 1]
        if len(found) >= least and len(returning) > 1 and sum(returning) >= _RETURN_SHARE * len(found):
            return SpeechLayout(UNREAD)
    return None
