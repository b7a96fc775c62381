from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")
pytest.importorskip("sklearn")

import attrs  # noqa: E402 - skipped where there is no torch

from quotesmith.coreference import FEATURES  # noqa: E402
from quotesmith.encoder import SHIPPED, Encoder  # noqa: E402
from quotesmith.marks import pair_marks  # noqa: E402
from quotesmith.training.antecedent_head import (  # noqa: E402
    Settings,
    StatedExample,
    make_stated_examples,
    score,
    train_heads,
)
from quotesmith.training.antecedents import RIGHT, WRONG  # noqa: E402
from quotesmith.training.clusters import ClusteredText  # noqa: E402
from quotesmith.training.measure import measure_antecedents  # noqa: E402
from quotesmith.training.model import AntecedentHead  # noqa: E402
from tests.training.test_antecedents import ANN, SHE, TEXT, row  # noqa: E402

WIDTH = 8


def stated(right: int) -> StatedExample:
    """A pronoun with two candidates; the states of the right one are like its own."""
    example = row([RIGHT if place == right else WRONG for place in range(2)])
    states = torch.zeros(3, 3 * WIDTH)
    states[right] = states[2] = 1
    known = {"pairs": np.zeros((2, FEATURES), dtype=np.float32), "own": np.zeros((1, FEATURES), dtype=np.float32)}
    return StatedExample(**{**attrs.asdict(example, recurse=False), **known}, states=states)


EXAMPLES = [stated(number % 2) for number in range(40)]


def learned(settings: Settings) -> AntecedentHead:
    torch.manual_seed(0)
    head = AntecedentHead(WIDTH)
    train_heads(head, EXAMPLES, settings)
    return head


def test_head_learns_from_the_states() -> None:
    head = learned(Settings(rounds=60, stretches=1, rate=5e-3, seeds=(1,)))
    [share] = measure_antecedents(lambda example: score(head, [example]), {"made up": EXAMPLES}).values()
    assert share == 100.0


def test_same_settings_give_the_same_head() -> None:
    first, again, other = (learned(Settings(rounds=1, seeds=seed)).state_dict() for seed in ((3, 4), (3, 4), (4, 5)))
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not torch.equal(first["score.weight"], other["score.weight"])


@pytest.mark.model
def test_states_are_those_of_the_graph() -> None:
    before = "A long walk. " * 3
    spans = tuple((start + len(before), end + len(before)) for start, end in (ANN, SHE))
    [example] = make_stated_examples(Path(SHIPPED), [ClusteredText("t", before + TEXT, clusters=(spans,))])
    encoded = Encoder()(before + TEXT, pair_marks(before + TEXT))
    she = int(example.anaphors[0])
    place = int(np.searchsorted(encoded.pieces.starts, spans[1][0]))
    width = encoded.hidden.shape[1]
    assert np.array_equal(example.states[she, :width].numpy(), encoded.hidden[place].astype(np.float32))
