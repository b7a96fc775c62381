"""Turns in a row: how likely each person speaks each of them, where people go on, give way and come back."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Chances: TypeAlias = NDArray[np.float64]
"""A number for each turn and person."""


@frozen(eq=False)
class ChainMarginals:
    """What the whole chain says of each turn.

    Attributes:
        speakers: For each turn and each person how likely that person speaks it.
        stays: For each step from a turn to the next how likely the same person goes on.
        returns: For each step how likely the one comes back who spoke before the one who stops.
        log_total: The logarithm of the summed weights of all ways to give the turns speakers.
    """

    speakers: Chances
    stays: Chances
    returns: Chances
    log_total: float


def find_marginals(local: Chances, stay: Sequence[float], back: Sequence[float]) -> ChainMarginals:
    """The marginals of a chain in which a person's chance to speak hangs on who spoke last, and who before that one.

    Args:
        local: For each turn and person a weight, 0 where that person can't speak it; no turn has only zeros.
        stay: For each step the factor on a speaker who goes on.
        back: For each step the factor on one who comes back; who takes a turn otherwise has 1.

    Note:
        Time grows with turns and with the square of the people. A state is the speaker and who spoke before that one,
        whatever number of turns either had; the last column is for turns before which nobody else spoke.
    """
    turns, people = local.shape
    forward, scales = _forward(local, stay, back)
    speakers = np.zeros((turns, people))
    stays, returns = np.zeros(max(turns - 1, 0)), np.zeros(max(turns - 1, 0))
    beta = np.ones((people, people + 1))
    speakers[-1] = forward[-1].sum(axis=1)
    for turn in range(turns - 2, -1, -1):
        alpha, weights = forward[turn], local[turn + 1] / scales[turn + 1]
        going_on = stay[turn] * weights[:, None] * beta
        taking = weights[:, None] * beta[:, :people]
        np.fill_diagonal(taking, 0.0)
        coming_back = back[turn] * taking.T
        stays[turn] = (alpha * going_on).sum()
        returns[turn] = (alpha[:, :people] * coming_back).sum()
        beta = going_on + taking.sum(axis=0)[:, None]
        beta[:, :people] += (back[turn] - 1) * taking.T
        speakers[turn] = (alpha * beta).sum(axis=1)
    return ChainMarginals(speakers, stays, returns, float(np.log(scales).sum()))


def _forward(local: Chances, stay: Sequence[float], back: Sequence[float]) -> tuple[list[Chances], Chances]:
    """The weights of the states of each turn, scaled to sum up to one, and by what they were divided."""
    turns, people = local.shape
    scales = np.empty(turns)
    alpha = np.zeros((people, people + 1))
    alpha[:, people] = local[0]
    found = []
    for turn in range(turns):
        if turn:
            taking = alpha.sum(axis=1)[:, None] + (back[turn - 1] - 1) * alpha[:, :people]
            np.fill_diagonal(taking, 0.0)
            alpha = stay[turn - 1] * alpha
            alpha[:, :people] += taking.T
            alpha *= local[turn][:, None]
        scales[turn] = alpha.sum()
        alpha = alpha / scales[turn]
        found.append(alpha)
    return found, scales
