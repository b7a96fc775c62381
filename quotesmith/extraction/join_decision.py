"""How probable it is that two neighbouring pieces of speech are one quote: a small set of decision trees."""

import json
from collections.abc import Mapping
from functools import cache
from math import exp
from pathlib import Path
from typing import Final

from attrs import frozen

from quotesmith.encoder import SHIPPED, read_file

JOINING_FILE: Final = "joining.json"
"""Its file in a weights folder."""


@frozen
class DecisionTree:
    """A tree of questions about the evidence; node 0 is its root.

    Attributes:
        evidence: What each node asks for; empty in a leaf.
        bounds: Up to which value, inclusive, the answer is the left node's.
        left: The node for values up to the bound.
        right: The node for those above.
        odds: What a leaf adds to the log odds.
    """

    evidence: tuple[str, ...]
    bounds: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    odds: tuple[float, ...]

    def __call__(self, evidence: Mapping[str, float]) -> float:
        """What the tree adds to the log odds."""
        node = 0
        while self.evidence[node]:
            node = self.left[node] if evidence[self.evidence[node]] <= self.bounds[node] else self.right[node]
        return self.odds[node]


@frozen
class JoinDecision:
    """Gradient-boosted trees, fitted to novels and news in which the quotes are marked.

    Attributes:
        intercept: The log odds before any tree.
        trees: They add up.
    """

    intercept: float
    trees: tuple[DecisionTree, ...]

    def __call__(self, evidence: Mapping[str, float]) -> float:
        """The probability that both pieces are one quote, in (0, 1), by the evidence about them."""
        odds = self.intercept + sum(tree(evidence) for tree in self.trees)
        return 1 / (1 + exp(-odds))


@cache
def read_join_decision(folder: Path = SHIPPED) -> JoinDecision:
    """The decision in a weights folder, read once.

    Raises:
        WeightsError: if it is missing or damaged.
    """
    data = json.loads(read_file(folder, JOINING_FILE))
    fields = ("evidence", "bounds", "left", "right", "odds")
    return JoinDecision(
        data["intercept"], tuple(DecisionTree(*(tuple(tree[name]) for name in fields)) for tree in data["trees"])
    )
