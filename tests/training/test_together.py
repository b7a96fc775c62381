from itertools import islice
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")

from quotesmith.training import together  # noqa: E402 - skipped where there is no torch
from quotesmith.training.antecedents import RIGHT  # noqa: E402
from quotesmith.training.corpora import Gold, LabelledText, Scope  # noqa: E402
from tests.encoder.tiny import make_tokenizer  # noqa: E402
from tests.training.test_antecedents import row  # noqa: E402

TEXTS = [LabelledText(str(n), "ab cd ef", (Gold(((0, 2),)),), Scope.WHOLE) for n in range(5)]


def test_both_sorts_come_round_after_round() -> None:
    settings = together.JointSettings(steps=20, windows=2, stretches=1)
    clusters = [row([RIGHT] * 150) for _ in range(3)]
    batches = list(together.iter_batches(make_tokenizer(), TEXTS, clusters, settings, 1))
    assert len(batches) == 20
    assert all(1 <= len(examples) <= 2 and stretches for examples, stretches in batches)
    first_round = [id(example) for _, stretches in islice(batches, 3) for example in stretches]
    assert sorted(first_round) == sorted(map(id, clusters))


def test_average_is_that_of_each_tensor() -> None:
    first, second = ({"a": torch.full((2,), value), "b": torch.tensor([[value]])} for value in (1.0, 2.0))
    mean = together.average([first, second])
    assert (mean["a"].tolist(), mean["b"].tolist()) == ([1.5, 1.5], [[1.5]])


@pytest.mark.gold
def test_nothing_is_learned_from_what_is_measured(shared: Path) -> None:
    learned = {text.name for text in together.read_clusters(shared / "data")}
    asked = {text.name for part in together.read_asked(shared / "data").values() for text in part}
    assert len(asked) > 400
    assert not learned & asked
