"""Who may speak each line: the characters around it, nearest and most active first."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from math import exp
from typing import Final

from quotesmith.coreference import EntityNumber
from quotesmith.speakers.fiction.lines import CharacterMention, DialogueText, Line, SourceForm

# Characters: around a line nearly all speakers are mentioned so near (PDNC: 97 of 100 by gold names).
_CHARACTERS_BEFORE: Final = 3000
_CHARACTERS_BEHIND: Final = 1500
# Lines around one whose speakers, as far as words give them, may speak it too.
_LINES_AROUND: Final = 12
_MAX_CANDIDATES: Final = 16
# How fast a mention counts less with its distance, in characters.
_FADING: Final = 800.0


def find_candidates(text: DialogueText) -> list[list[EntityNumber]]:
    """For each line those who may speak it, at most 16, likeliest first; linear in the lines."""
    starts = [mention.start for mention in text.mentions]
    found = []
    for place, line in enumerate(text.lines):
        low, high = (
            bisect_left(starts, line.start - _CHARACTERS_BEFORE),
            bisect_left(starts, line.end + _CHARACTERS_BEHIND),
        )
        weights = _near(text.mentions[low:high], line.start, line.end, place)
        for other in range(max(0, place - _LINES_AROUND), min(len(text.lines), place + _LINES_AROUND + 1)):
            near = 1.0 / (1 + abs(other - place))
            for chance, entity in text.lines[other].likely[:3]:
                weights[entity] += (4.0 if other == place else 2.0 * near) * chance
        for entity in (*line.turn.before, *line.turn.behind, *line.turn.linked):
            weights[entity] += 2.0
        if text.narrator is not None:
            weights[text.narrator] += 1.0
        barred = _spoken_to(line)
        known = [entity for entity in weights if entity in text.characters and entity not in barred]
        known.sort(key=lambda entity: (-weights[entity], entity))
        found.append(known[:_MAX_CANDIDATES])
    return found


def _spoken_to(line: Line) -> set[EntityNumber]:
    """Whom a line calls, unless its source names them: of 3,128 so called in PDNC's novels 47 speak the line."""
    named = {entity for _, entity in line.likely} if line.form is SourceForm.NAME else set()
    return {*line.turn.called} - named


def _near(mentions: Sequence[CharacterMention], start: int, end: int, line: int) -> defaultdict[EntityNumber, float]:
    weights: defaultdict[EntityNumber, float] = defaultdict(float)
    for mention in mentions:
        if mention.line == line:
            weights[mention.entity] += 0.01
            continue
        distance = start - mention.start if mention.start < start else mention.start - end
        share = exp(-max(distance, 0) / _FADING) + 0.02
        weights[mention.entity] += share * (1.0 if mention.line is None else 0.3)
    return weights
