"""Gradient-boosted trees as plain arrays: many rows go through all trees at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray


@frozen(eq=False)
class DecisionForest:
    """Trees that add up; nodes of all trees stand in one list.

    Attributes:
        roots: The root of each tree, (trees,).
        is_leaf: Whether each node is one, (nodes,).
        features: Which feature each node asks for, (nodes,); any in a leaf.
        bounds: Up to which value, inclusive, the answer is the left node's, (nodes,); any in a leaf.
        left: The node for values up to the bound, (nodes,); the next one is for those above. Any in a leaf.
        values: What a leaf adds, (nodes,); of other nodes the mean of what is below them.
    """

    roots: NDArray[np.int64]
    is_leaf: NDArray[np.bool_]
    features: NDArray[np.int64]
    bounds: NDArray[np.float32]
    left: NDArray[np.int64]
    values: NDArray[np.float64]

    @classmethod
    def of(cls, written: Mapping[str, Sequence[Any]]) -> "DecisionForest":
        """The trees of a file: leaves have no feature, which is -1, and no bound."""
        features = np.array(written["features"], dtype=np.int64)
        leaf = features < 0
        bounds = np.zeros(len(features), dtype=np.float32)
        bounds[~leaf] = written["bounds"]
        left = np.zeros(len(features), dtype=np.int64)
        left[~leaf] = written["left"]
        roots, values = np.array(written["roots"], dtype=np.int64), np.array(written["values"], dtype=np.float64)
        return cls(roots, leaf, np.maximum(features, 0), bounds, left, values)

    def __call__(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The sum of all trees for each row, (rows,)."""
        count, width = rows.shape
        answers = rows.ravel()
        nodes = np.tile(self.roots, count)
        # A few leaves are deep: only what hasn't come to its leaf goes on.
        going = np.flatnonzero(~self.is_leaf.take(nodes))
        starts, own = going // len(self.roots) * width, nodes.take(going)
        while going.size:
            below = self._below(answers.take(starts + self.features.take(own)), own)
            nodes[going] = below
            kept = np.flatnonzero(~self.is_leaf.take(below))
            going, starts, own = going.take(kept), starts.take(kept), below.take(kept)
        sums: NDArray[np.float64] = self.values.take(nodes).reshape(count, len(self.roots)).sum(axis=1)
        return sums

    def shares(self, row: NDArray[np.float32]) -> NDArray[np.float64]:
        """What each feature adds to the sum of a row, (features,): the change of the mean with each answer.

        After Saabas, "Interpreting random forests" (2014).
        """
        found = np.zeros(len(row))
        nodes = self.roots[~self.is_leaf[self.roots]]
        while nodes.size:
            below = self._below(row[self.features[nodes]], nodes)
            np.add.at(found, self.features[nodes], self.values[below] - self.values[nodes])
            nodes = below[~self.is_leaf[below]]
        return found

    def _below(self, answers: NDArray[np.float32], nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        below: NDArray[np.int64] = self.left.take(nodes) + (answers > self.bounds.take(nodes))
        return below
