"""What shows who is spoken to in the lines of fiction: calls, cues, who speaks around them, and who is there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log1p
from typing import Final

from attrs import fields, frozen

from quotesmith.coreference import EntityNumber
from quotesmith.records import EntityKind
from quotesmith.speakers.dialogue.spoken_lines import LineSurroundings, SpokenLine
from quotesmith.speakers.entities import EntityTable

_MANY_LINES: Final = 3
_CROWD: Final = 3
# Where somebody doesn't speak near a line, that is as far as this.
_SILENT: Final = 13
# Lines near enough for calls, and for words that show whom the speaker or the other speaks to.
_NEAR_LINES: Final = 3
# Lines near enough for the count of who takes part.
_SCENE_LINES: Final = 6


@frozen(kw_only=True)
class ListenerEvidence:
    """What speaks for somebody as the one spoken to in a line; truth is 1, and what isn't said to be else is 0 or 1.

    Attributes:
        named: The line's cue or calls name them.
        called: The line calls them.
        others_named: The cue or calls name others only.
        nobody_named: Neither names anybody.
        spoke_last: They are the last other person to speak before the line.
        speaks_next: They are the next other person to speak behind it.
        around: Both.
        others_around: Others spoke last and speak next.
        spoke_just: They speak the line before.
        spoke_before_last: They speak the line before that.
        speaks_just: They speak the line behind.
        speaks_after_next: They speak the line behind that.
        lines_back: Logarithm of the lines since they spoke.
        lines_ahead: Logarithm of the lines until they speak.
        paragraphs_back: Logarithm of the paragraphs since they spoke.
        paragraphs_ahead: Logarithm of the paragraphs until they speak.
        lines_near: How many of the lines near it are theirs, at most 3.
        share_near: Share of the others' lines near it that are theirs, in [0, 1].
        alone: Only they and the speaker speak near it.
        crowd: Three or more others speak near it.
        silence: Nobody else speaks near it.
        beside: The narration of its paragraph mentions them.
        introduced: Logarithm of their mentions in the narration of the paragraphs before.
        told_of: The line mentions them.
        told_by_name: It names them without a call.
        calls_speaker: They call the speaker in a line near it.
        called_near: The speaker calls them in the lines near it.
        addressed_here: Words show that another line of the speaker in its paragraph is to them.
        others_addressed_here: Words show that it is to others.
        speaks_to_speaker: Words show that a line of theirs near it is to the speaker.
        group: They are a group.
        unknown_speaker: Nobody knows who speaks the line.
    """

    named: float = 0.0
    called: float = 0.0
    others_named: float = 0.0
    nobody_named: float = 0.0
    spoke_last: float = 0.0
    speaks_next: float = 0.0
    around: float = 0.0
    others_around: float = 0.0
    spoke_just: float = 0.0
    spoke_before_last: float = 0.0
    speaks_just: float = 0.0
    speaks_after_next: float = 0.0
    lines_back: float = 0.0
    lines_ahead: float = 0.0
    paragraphs_back: float = 0.0
    paragraphs_ahead: float = 0.0
    lines_near: float = 0.0
    share_near: float = 0.0
    alone: float = 0.0
    crowd: float = 0.0
    silence: float = 0.0
    beside: float = 0.0
    introduced: float = 0.0
    told_of: float = 0.0
    told_by_name: float = 0.0
    calls_speaker: float = 0.0
    called_near: float = 0.0
    addressed_here: float = 0.0
    others_addressed_here: float = 0.0
    speaks_to_speaker: float = 0.0
    group: float = 0.0
    unknown_speaker: float = 0.0


LISTENER_EVIDENCE: Final = tuple(own.name for own in fields(ListenerEvidence))


def find_listener_evidence(entities: EntityTable, around: LineSurroundings) -> dict[EntityNumber, ListenerEvidence]:
    """For each who may be spoken to in a line what speaks for them; bounded by what is near the line."""
    line, named = around.line, around.line.addressed
    near = (*around.before[:_SCENE_LINES], *around.after[:_SCENE_LINES])
    spoken = Counter(speaker for one in near for speaker in one.speakers - line.speakers)
    turns = _SidesOfLine(line, around.before), _SidesOfLine(line, around.after)
    return {
        entity: ListenerEvidence(
            named=named is not None and entity in named,
            called=entity in line.calls,
            others_named=bool(named) and entity not in (named or ()),
            nobody_named=named is None,
            lines_near=min(_MANY_LINES, spoken[entity]),
            share_near=spoken[entity] / max(1, spoken.total()),
            alone=len(spoken) == 1 and entity in spoken,
            crowd=len(spoken) >= _CROWD,
            silence=not spoken,
            group=entities[entity].kind is EntityKind.GROUP,
            unknown_speaker=not line.speakers,
            **_order(entity, *turns),
            **_mentions(entity, around),
            **_exchange(entity, around),
        )
        for entity in around.candidates
    }


@frozen(eq=False)
class _SidesOfLine:
    """The lines on one side of a line, nearest first."""

    line: SpokenLine
    lines: Sequence[SpokenLine]

    @property
    def first_others(self) -> frozenset[EntityNumber]:
        """Who of the others speaks nearest to the line."""
        others = (one.speakers for one in self.lines if one.speakers and not one.speakers & self.line.speakers)
        return next(others, frozenset())

    def place(self, entity: EntityNumber) -> tuple[int, int]:
        """How many lines, and how many paragraphs, away somebody speaks nearest."""
        for place, one in enumerate(self.lines):
            if entity in one.speakers:
                return place + 1, self.line.paragraphs_to(one)
        return _SILENT, _SILENT


def _order(entity: EntityNumber, before: _SidesOfLine, after: _SidesOfLine) -> Mapping[str, float]:
    """When somebody speaks, by the lines before and behind."""
    last, following = before.first_others, after.first_others
    (back, paragraphs_back), (ahead, paragraphs_ahead) = before.place(entity), after.place(entity)
    return {
        "spoke_last": entity in last,
        "speaks_next": entity in following,
        "around": entity in last & following,
        "others_around": bool(last) and bool(following) and entity not in last | following,
        "spoke_just": back == 1,
        "spoke_before_last": back == 2,  # noqa: PLR2004 - the line before that
        "speaks_just": ahead == 1,
        "speaks_after_next": ahead == 2,  # noqa: PLR2004 - the line behind that
        "lines_back": log1p(back),
        "lines_ahead": log1p(ahead),
        "paragraphs_back": log1p(paragraphs_back),
        "paragraphs_ahead": log1p(paragraphs_ahead),
    }


def _mentions(entity: EntityNumber, around: LineSurroundings) -> Mapping[str, float]:
    """Where the narration near the line and the line itself mention somebody."""
    ago = [paragraphs for other, paragraphs in around.narrated if other == entity]
    told = [is_name for other, is_name in around.told if other == entity]
    return {
        "beside": 0 in ago,
        "introduced": log1p(sum(paragraphs > 0 for paragraphs in ago)),
        "told_of": bool(told),
        "told_by_name": any(told) and entity not in around.line.calls,
    }


def _exchange(entity: EntityNumber, around: LineSurroundings) -> Mapping[str, float]:
    """Whom the speaker and somebody else speak to in the lines near."""
    line = around.line
    near = (*around.before[:_NEAR_LINES], *around.after[:_NEAR_LINES])
    theirs = [one for one in near if entity in one.speakers]
    own = [one for one in near if one.speakers & line.speakers]
    here = [one.addressed for one in own if one.addressed and line.paragraphs_to(one) == 0]
    return {
        "calls_speaker": any(one.calls & line.speakers for one in theirs),
        "called_near": any(entity in one.calls for one in own),
        "addressed_here": any(entity in named for named in here),
        "others_addressed_here": any(entity not in named for named in here),
        "speaks_to_speaker": any(line.speakers.intersection(one.addressed or ()) for one in theirs),
    }
