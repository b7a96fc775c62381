"""Gradient-boosted trees, one softmax for the candidates of each question, as plain lists that the package reads."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import lightgbm
import numpy as np
from attrs import frozen
from numpy.typing import NDArray

_LEAF_DIGITS: Final = 4


@frozen
class ForestTraining:
    """How trees are fitted.

    Attributes:
        trees: How many.
        rate: By what part each is taken.
        leaves: Of each, at most.
        leaf_rows: Candidates in a leaf, at least.
        decay: L2 penalty.
        shown: The share of the features that each tree is shown.
        bins: Bounds among which those of a feature are looked for.
        seed: Of the random choices.
    """

    trees: int = 500
    rate: float = 0.05
    leaves: int = 31
    leaf_rows: int = 40
    decay: float = 5.0
    shown: float = 0.5
    bins: int = 63
    seed: int = 1


@frozen(eq=False)
class ChoiceQuestion:
    """A question with its candidates.

    Attributes:
        features: Of each candidate, (candidates, features).
        right: Which of them are right, (candidates,); at least one.
        weight: How much the question counts.
    """

    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    weight: float = 1.0


def fit_forest(questions: Sequence[ChoiceQuestion], training: ForestTraining) -> dict[str, list[Any]]:
    """Trees that make right candidates likely, as `DecisionForest.of` reads them.

    Of several right candidates it doesn't matter which is taken: the loss is the logarithm of the sum of their chances.
    """
    rows = np.concatenate([question.features for question in questions])
    right = np.concatenate([question.right for question in questions]).astype(float)
    sizes = np.array([len(question.right) for question in questions])
    starts = np.cumsum(sizes) - sizes
    weights = np.repeat([question.weight for question in questions], sizes)

    def loss(scores: NDArray[np.float64], _: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        chances = softmax_in_parts(scores, starts, sizes)
        wanted = chances * right
        wanted /= np.repeat(np.add.reduceat(wanted, starts), sizes) + 1e-12
        return weights * (chances - wanted), weights * np.maximum(chances * (1 - chances), 1e-4)

    settings = {
        "objective": loss,
        "learning_rate": training.rate,
        "num_leaves": training.leaves,
        "min_data_in_leaf": training.leaf_rows,
        "lambda_l2": training.decay,
        "feature_fraction": training.shown,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "max_bin": training.bins,
        "use_missing": False,
        "seed": training.seed,
        "num_threads": 1,
        "deterministic": True,
        "verbose": -1,
    }
    data = lightgbm.Dataset(rows, right, params={"max_bin": training.bins, "verbose": -1})
    return export_forest(lightgbm.train(settings, data, training.trees))


def with_used_features(forest: dict[str, list[Any]], names: Sequence[str]) -> dict[str, Any]:
    """The trees and the names of the features that they ask for, by whose positions they know them then."""
    used = sorted({int(node) for node in forest["features"] if node >= 0})
    places = {column: place for place, column in enumerate(used)}
    trees = {**forest, "features": [places.get(int(node), -1) for node in forest["features"]]}
    return {"features": [names[column] for column in used], "trees": trees}


def softmax_in_parts(
    scores: NDArray[np.float64], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.float64]:
    """One softmax for each part of the scores, which begin at `starts` and have these sizes."""
    likely = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    chances: NDArray[np.float64] = likely / np.repeat(np.add.reduceat(likely, starts), sizes)
    return chances


def export_forest(booster: Any) -> dict[str, list[Any]]:
    """The trees of LightGBM as plain lists: the two nodes below a node stand next to each other."""
    found: dict[str, list[Any]] = {"roots": [], "features": [], "bounds": [], "left": [], "values": []}
    for tree in booster.dump_model()["tree_info"]:
        _add_tree(found, tree["tree_structure"])
    return found


def _add_tree(found: dict[str, list[Any]], root: Mapping[str, Any]) -> None:
    found["roots"].append(len(found["features"]))
    waiting = [root]
    first = len(found["features"])
    place = 0
    while place < len(waiting):
        node = waiting[place]
        place += 1
        is_leaf = "split_feature" not in node
        found["features"].append(-1 if is_leaf else int(node["split_feature"]))
        value = node["leaf_value"] if is_leaf else node["internal_value"]
        found["values"].append(round(float(value), _LEAF_DIGITS))
        if not is_leaf:
            found["bounds"].append(float(f"{node['threshold']:.5g}"))
            found["left"].append(first + len(waiting))
            waiting += [node["left_child"], node["right_child"]]
