import random

import numpy as np

from quotesmith.extraction import LayoutReader
from quotesmith.training.layouts import describe, fit, label_anew

TALK = [
    ("a", "Did you shut the gate?"),
    ("b", "I thought that you did, {0}."),
    ("a", "I didn't."),
    ("b", "You said so."),
]


def test_talk_under_other_labels_is_talk() -> None:
    texts = [label_anew(TALK, random.Random(seed)) for seed in range(12)]
    assert len(set(texts)) > len(texts) // 2
    assert all(len(LayoutReader()(text).turns) == len(TALK) for text in texts)


def test_text_without_labels_is_not_described() -> None:
    assert describe("They met.\nThey talked.") is None


def test_fit_finds_which_feature_decides() -> None:
    values = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 0.0], [0.0, 1.0]] * 9)
    weights = fit(values, values[:, 0] > 0)
    assert weights[1] > 1 > abs(weights[2])
