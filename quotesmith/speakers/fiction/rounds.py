"""What one round says of the turns around a line: the features that the next round adds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from attrs import define
from numpy.typing import NDArray

from quotesmith.coreference import EntityNumber
from quotesmith.speakers.fiction.lines import DialogueText

_NEAR_TURNS: Final = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
_SCENE_TURNS: Final = 10
# Where there is no such turn.
_NO_TURN: Final = -1.0
LATER_FEATURES: Final = (
    "own",
    "own_to_best",
    "line_before",
    "line_behind",
    "own_turn",
    *(f"turn_{step}" for step in _NEAR_TURNS),
    "around",
    "around_share",
    "same_noun",
    "best_before",
    "best_behind",
)
"""The names of the features that a later round adds, in order: how likely the candidate speaks, by the round before,
the line itself (also against the likeliest one), the lines beside it in its turn, its turn, each of the turns around it
and all of them together, and the other lines whose source has the same noun; and how sure the turns beside it are."""


@define(eq=False)
class SpeakersAround:
    """Finds these features.

    Attributes:
        text: The lines.
        candidates: Who may speak each.
        chances: How likely each of them does, by the round before.
    """

    text: DialogueText
    candidates: Sequence[Sequence[EntityNumber]]
    chances: Sequence[NDArray[np.float64]]

    def __call__(self) -> list[NDArray[np.float64]]:
        """The features of each line's candidates, (candidates, features); linear in the lines."""
        lines = [
            dict(zip(people, own.tolist(), strict=True))
            for people, own in zip(self.candidates, self.chances, strict=True)
        ]
        turns = [_mean([lines[number] for number in turn]) for turn in self.text.turns]
        nouns = self._by_noun(lines)
        return [self._rows(number, lines, turns, nouns) for number in range(len(lines))]

    def _by_noun(
        self, lines: Sequence[Mapping[EntityNumber, float]]
    ) -> dict[str, tuple[dict[EntityNumber, float], int]]:
        """For each noun of a source the sums of all its lines, and how many these are."""
        found: dict[str, tuple[dict[EntityNumber, float], int]] = {}
        for line, own in zip(self.text.lines, lines, strict=True):
            if line.noun:
                sums, count = found.get(line.noun, (defaultdict(float), 0))
                for entity, chance in own.items():
                    sums[entity] += chance
                found[line.noun] = (sums, count + 1)
        return found

    def _rows(
        self,
        number: int,
        lines: Sequence[Mapping[EntityNumber, float]],
        turns: Sequence[Mapping[EntityNumber, float]],
        nouns: Mapping[str, tuple[Mapping[EntityNumber, float], int]],
    ) -> NDArray[np.float64]:
        people, own = self.candidates[number], self.chances[number]
        if not people:
            return np.zeros((0, len(LATER_FEATURES)))
        place = self.text.turn_of[number]
        turn = self.text.turns[place]
        beside = [lines[other] if other in turn else None for other in (number - 1, number + 1)]
        around = [turns[place + step] if 0 <= place + step < len(turns) else None for step in _NEAR_TURNS]
        scene = [
            turns[other] for other in range(max(0, place - _SCENE_TURNS), min(len(turns), place + _SCENE_TURNS + 1))
        ]
        sums = _sum(scene, without=turns[place])
        total = sum(sums.values()) or 1.0
        others, count = nouns.get(self.text.lines[number].noun, ({}, 1))
        before, behind = (around[_NEAR_TURNS.index(step)] for step in (-1, 1))
        rows = [
            [
                chance,
                chance - float(own.max()),
                *(_chance(one, entity) for one in beside),
                turns[place].get(entity, 0.0),
                *(_chance(one, entity) for one in around),
                sums.get(entity, 0.0),
                sums.get(entity, 0.0) / total,
                (others.get(entity, chance) - chance) / max(1, count - 1),
                max((before or {}).values(), default=0.0),
                max((behind or {}).values(), default=0.0),
            ]
            for entity, chance in zip(people, own.tolist(), strict=True)
        ]
        return np.array(rows)


def _chance(turn: Mapping[EntityNumber, float] | None, entity: EntityNumber) -> float:
    return _NO_TURN if turn is None else turn.get(entity, 0.0)


def _mean(lines: Sequence[Mapping[EntityNumber, float]]) -> dict[EntityNumber, float]:
    return {entity: chance / len(lines) for entity, chance in _sum(lines, without={}).items()}


def _sum(
    turns: Sequence[Mapping[EntityNumber, float]], *, without: Mapping[EntityNumber, float]
) -> dict[EntityNumber, float]:
    found: defaultdict[EntityNumber, float] = defaultdict(float)
    for turn in turns:
        if turn is not without:
            for entity, chance in turn.items():
                found[entity] += chance
    return found
