"""Names on lines of their own, with a number, a time or nothing, the words below: calls with investors, meetings."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quotesmith.extraction.speech_layout.contents import build_layout
from quotesmith.extraction.speech_layout.evidence import TurnEvidence, repeated_share
from quotesmith.extraction.speech_layout.label_names import LabelKind
from quotesmith.extraction.speech_layout.openers import NAME_PATTERN, Opener, opener_of
from quotesmith.extraction.speech_layout.selection import select_turns
from quotesmith.extraction.speech_layout.times import TIME_PATTERN
from quotesmith.lexicon.folding import fold
from quotesmith.parsed_text import SpeechLayout

_NUMBERED_NAME = re.compile(rf"(?P<name>{NAME_PATTERN})[ \t]*(?P<time>\[\d{{1,4}}\])[:]?\Z")
_TIMED_NAME = re.compile(
    rf"(?:(?P<mark>\*\*)?(?P<name>{NAME_PATTERN})(?:\*\*)?[ \t\u00a0|,–—-]*(?P<time>{TIME_PATTERN})(?:\*\*)?)\Z"
)
_TIME_AND_NAME = re.compile(
    rf"(?P<time>{TIME_PATTERN})[ \t\u00a0|,–—-]+(?P<mark>\*\*)?(?P<name>{NAME_PATTERN})(?:\*\*)?\Z"
)
_BARE_NAME = re.compile(rf"(?P<mark>\*\*)?(?P<name>{NAME_PATTERN})(?:\*\*)?\Z")
_LONGEST = 160
_LONGEST_BARE = 80
_FEWEST_BARE = 3
_LEAST_REPEATED = 0.5
_SENTENCE_ENDS = frozenset('.!?,;:”"…')
_FIRST = frozenset("[(0123456789")
_LAST = frozenset("])0123456789*:mM.")


def find_numbered_names(evidence: TurnEvidence) -> SpeechLayout | None:
    """The turns below names with numbers, as of calls with investors; None for other texts. Linear in the text."""
    return _find("earnings call", (_NUMBERED_NAME,), evidence)


def find_timed_names(evidence: TurnEvidence) -> SpeechLayout | None:
    """The turns below names with times; None for other texts. Linear in the text."""
    return _find("timed names", (_TIMED_NAME, _TIME_AND_NAME), evidence)


def find_bare_names(evidence: TurnEvidence) -> SpeechLayout | None:
    """The turns below names alone, most of which return; None for other texts. Linear in the text."""
    text, openers = evidence.text, []
    sizes = Counter(line.paragraph for line in evidence.lines)
    for number, line in enumerate(evidence.lines):
        if line.end - line.start > _LONGEST_BARE or text[line.end - 1] in _SENTENCE_ENDS:
            continue
        if sizes[line.paragraph] == 1:
            match = _BARE_NAME.match(text, line.start, line.end)
            opener = None if match is None else opener_of(text, number, match, evidence.names)
            if opener is not None and opener.kind is not LabelKind.THING:
                openers.append(opener)
    labels = [fold(opener.label.of(text)) for opener in openers]
    if len(openers) < _FEWEST_BARE or len(set(labels)) == 1 or repeated_share(labels) < _LEAST_REPEATED:
        return None
    # Headings return, too, in a table of contents; but they don't talk.
    sounds = [sound for sound in evidence.hear(openers) if sound is not None and sound.is_spoken]
    if 2 * len(sounds) < len(openers):
        return None
    return build_layout("names", evidence, select_turns(evidence, openers))


def _find(family: str, patterns: Sequence[re.Pattern[str]], evidence: TurnEvidence) -> SpeechLayout | None:
    openers = list(_find_openers(patterns, evidence))
    return build_layout(family, evidence, select_turns(evidence, openers))


def _find_openers(patterns: Sequence[re.Pattern[str]], evidence: TurnEvidence) -> Iterator[Opener]:
    text = evidence.text
    for number, line in enumerate(evidence.lines):
        may_match = text[line.end - 1] in _LAST or text[line.start] in _FIRST
        if line.end - line.start > _LONGEST or not may_match:
            continue
        match = next((found for pattern in patterns if (found := pattern.match(text, line.start, line.end))), None)
        opener = None if match is None else opener_of(text, number, match, evidence.names)
        if opener is not None:
            yield opener
