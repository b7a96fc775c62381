"""Intervals of a figure over texts: the texts are drawn again and again, with replacement."""

import random
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

DRAWS: Final = 1000
_Text = TypeVar("_Text")


def draw_again(texts: Sequence[_Text], *, seed: int) -> list[list[_Text]]:
    """As many texts as there are, drawn `DRAWS` times."""
    rng = random.Random(seed)
    return [rng.choices(texts, k=len(texts)) for _ in range(DRAWS)]


def interval(values: Iterable[float]) -> tuple[float, float]:
    """Between which of the values 95 of 100 lie."""
    ordered = sorted(values)
    left_out = len(ordered) // 40
    return ordered[left_out], ordered[-1 - left_out]
