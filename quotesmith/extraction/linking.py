"""Tagged fragments -> which of them make one quote: each content's cue, each cue's source.

The encoder gives each piece vectors by which it seeks and is sought (PolNeAR's links taught it which). Each piece of a
fragment votes for the fragments that it seeks among those of its window, or for none.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import IntEnum

import attrs
import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotesmith.encoder import LINK_SIZE, LetterCase, LevelScores, Window
from quotesmith.extraction.fragments import Fragments, SpeechPlaces, Stretch, Tagged, clipped, read_fragments
from quotesmith.extraction.settings import ExtractionSettings

_WORD_CHARACTER = re.compile(r"\w")
_CAPITAL_CASES = frozenset({LetterCase.CAPITALISED, LetterCase.UPPER})


class Relation(IntEnum):
    """What seeks what; the number is the place of its vectors."""

    CUE_OF_CONTENT = 0
    SOURCE_OF_CUE = 1


@frozen
class Linked:
    """The fragments of one quote.

    Attributes:
        contents: In text order.
        cue: None where nothing introduces the content.
        source: None where nothing names who speaks.
        cue_probability: How sure the contents are of their cue, or of having none: the least sure one's share of the
            votes.
    """

    contents: tuple[Tagged, ...]
    cue: Tagged | None
    source: Tagged | None
    cue_probability: float

    @property
    def parts(self) -> tuple[Tagged, ...]:
        """All its fragments."""
        return (*self.contents, *(part for part in (self.cue, self.source) if part is not None))


@frozen
class LinkChoice:
    """The fragment that another one chooses.

    Attributes:
        position: Which of those sought; None where it chooses none of them.
        score: The share of the votes, in [0, 1].
    """

    position: int | None
    score: float


def find_quotes(level: LevelScores, text: str, places: SpeechPlaces, settings: ExtractionSettings) -> list[Linked]:
    """The quotes of one level of a text, in order of their first content; contents and sources have words.

    Args:
        level: What the encoder gives for them.
        text: The text.
        places: Where they may stand.
        settings: The thresholds.
    """
    fragments = read_fragments(level, places, settings)
    contents, sources = (
        [part for part in parts if _WORD_CHARACTER.search(text, part.span.start, part.span.end)]
        for parts in (fragments.contents, fragments.sources)
    )
    return link(level, attrs.evolve(fragments, contents=contents, sources=sources), settings)


def link(level: LevelScores, fragments: Fragments, settings: ExtractionSettings) -> list[Linked]:
    """The quotes that the fragments make, in order of their first content; cues without content make none.

    Args:
        level: The text's windows and the link vectors of one level.
        fragments: Its fragments.
        settings: The thresholds.
    """
    cues = [cue.stretch for cue in fragments.cues]
    sources = [source.stretch for source in fragments.sources]
    choices = _choose_cues(level, fragments.contents, cues, settings)
    speakers = choose(level, cues, sources, Relation.SOURCE_OF_CUE)
    groups = _by_cue([choice.position for choice in choices])
    found = []
    for cue, group in groups:
        is_only_one = cue is not None and len(group) == 1
        kept = [position for position in group if is_only_one or _is_part(fragments.contents[position], settings)]
        if kept:
            found.append(
                Linked(
                    contents=tuple(fragments.contents[position] for position in kept),
                    cue=None if cue is None else fragments.cues[cue],
                    source=None if cue is None else _pick(fragments.sources, speakers[cue].position),
                    cue_probability=min(choices[position].score for position in kept),
                )
            )
    # A group may have lost its first content.
    return sorted(found, key=lambda quote: quote.contents[0].stretch)


def _choose_cues(
    level: LevelScores, contents: Sequence[Tagged], cues: Sequence[Stretch], settings: ExtractionSettings
) -> list[LinkChoice]:
    """Each content's cue.

    A new sentence must be sure of a cue that another content is surer of.
    """
    choices = choose(level, [content.stretch for content in contents], cues, Relation.CUE_OF_CONTENT)
    choices = _to_nearest(contents, cues, choices, settings)
    surest: dict[int | None, float] = {}
    for choice in choices:
        surest[choice.position] = max(choice.score, surest.get(choice.position, 0.0))
    return [
        attrs.evolve(choice, position=None)
        if choice.score < min(settings.min_cue_share, surest[choice.position]) and _starts_sentence(level, content)
        else choice
        for content, choice in zip(contents, choices, strict=True)
    ]


def _to_nearest(
    contents: Sequence[Tagged], cues: Sequence[Stretch], choices: Sequence[LinkChoice], settings: ExtractionSettings
) -> list[LinkChoice]:
    """The choices. Content of a cue that follows a cue without content moves to that one.

    "..., said Ann Lee, according to the agency": Ann Lee speaks.
    """
    chosen = {choice.position for choice in choices}
    found = list(choices)
    for position, (content, choice) in enumerate(zip(contents, choices, strict=True)):
        cue = choice.position
        if cue is not None and cue > 0 and cue - 1 not in chosen and content.stretch.end <= cues[cue - 1].start:
            behind = position + 1
            # The nearer cue's source may be taken for content.
            while (
                behind < len(contents)
                and choices[behind].position == cue
                and _is_between(contents[behind], cues, cue, settings)
            ):
                behind += 1
            following = contents[behind].stretch.start if behind < len(contents) else cues[cue].end
            if following >= cues[cue].end:
                found[position:behind] = (attrs.evolve(c, position=cue - 1) for c in choices[position:behind])
                chosen.add(cue - 1)
    return found


def _is_between(content: Tagged, cues: Sequence[Stretch], cue: int, settings: ExtractionSettings) -> bool:
    """Whether an unsure content stands between a cue and the one before it."""
    return (
        content.score < settings.min_content_probability
        and cues[cue - 1].end <= content.stretch.start
        and content.stretch.end <= cues[cue].start
    )


def _starts_sentence(level: LevelScores, content: Tagged) -> bool:
    """Whether a content that isn't wholly between marks begins with a capital letter."""
    case = level.pieces.features[content.stretch.start] % len(LetterCase)
    return not content.is_quoted and case in _CAPITAL_CASES


def _is_part(content: Tagged, settings: ExtractionSettings) -> bool:
    """Whether one of a quote's contents belongs to it: what isn't between marks must be sure."""
    return content.is_quoted or content.score >= settings.min_content_probability


def _by_cue(cues: Sequence[int | None]) -> list[tuple[int | None, list[int]]]:
    """The contents of each quote with its cue: those of one cue, and each without one."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    found: list[tuple[int | None, list[int]]] = []
    for position, cue in enumerate(cues):
        if cue is None:
            found.append((None, [position]))
            continue
        if cue not in groups:
            found.append((cue, groups[cue]))
        groups[cue].append(position)
    return found


def _pick(fragments: Sequence[Tagged], position: int | None) -> Tagged | None:
    return None if position is None else fragments[position]


def choose(
    level: LevelScores, seeking: Sequence[Stretch], sought: Sequence[Stretch], relation: Relation
) -> list[LinkChoice]:
    """For each of the fragments `seeking` its choice among those `sought`.

    Args:
        level: The text's windows and the link vectors of one level.
        seeking: In text order.
        sought: In text order.
        relation: What the choice means.
    """
    votes: list[defaultdict[int | None, float]] = [defaultdict(float) for _ in seeking]
    voters: list[defaultdict[int | None, int]] = [defaultdict(int) for _ in seeking]
    for window, vectors in zip(level.windows, level.links, strict=True):
        rows = clipped(seeking, window.owned_start, window.owned_end)
        columns = clipped(sought, window.start, window.end)
        if rows:
            found = _vote(window, vectors, rows, columns, relation)
            for (position, stretch), counts in zip(rows.items(), found.tolist(), strict=True):
                for column, count in zip((None, *columns), counts, strict=True):
                    votes[position][column] += count
                    voters[position][column] += len(stretch)
    return [_best(counts, of) for counts, of in zip(votes, voters, strict=True)]


def _vote(
    window: Window,
    vectors: NDArray[np.float16],
    rows: dict[int, Stretch],
    columns: dict[int, Stretch],
    relation: Relation,
) -> NDArray[np.float32]:
    """For each row the sum of its pieces' votes for none (the window's first special piece) and for each column."""
    at = 2 * relation * LINK_SIZE
    # Row 0 of the vectors is the special piece.
    seeking = np.concatenate([np.arange(s.start, s.end) for s in rows.values()]) - window.start + 1
    sought = np.concatenate([[0], *(np.arange(s.start, s.end) - window.start + 1 for s in columns.values())])
    scores = (
        vectors[seeking, at : at + LINK_SIZE].astype(np.float32)
        @ vectors[sought, at + LINK_SIZE : at + 2 * LINK_SIZE].astype(np.float32).T
    ) / np.sqrt(np.float32(LINK_SIZE))
    probabilities = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities = np.add.reduceat(probabilities, _offsets([1, *(s.end - s.start for s in columns.values())]), axis=1)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    return np.add.reduceat(probabilities, _offsets([s.end - s.start for s in rows.values()]), axis=0)


def _offsets(sizes: Sequence[int]) -> NDArray[np.int64]:
    return np.cumsum([0, *sizes[:-1]])


def _best(votes: Mapping[int | None, float], voters: Mapping[int | None, int]) -> LinkChoice:
    """The choice by the share of those pieces' votes whose window shows it: a long content may have several windows."""
    shares = {position: count / voters[position] for position, count in votes.items()}
    position = max(shares, key=shares.__getitem__)
    return LinkChoice(position, shares[position])
