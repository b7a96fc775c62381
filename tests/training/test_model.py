from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from quotesmith.coreference import PAIR_FEATURES  # noqa: E402 - skipped where there is no torch
from quotesmith.encoder import FEATURE_VALUES, LINK_SIZE, LINKS, TAGS  # noqa: E402 - skipped where there is no torch
from quotesmith.training.model import (  # noqa: E402
    AntecedentHead,
    SharedDropout,
    Tagger,
    mention_states,
)
from tests.training.tiny import save_bert  # noqa: E402

WIDTH, VOCABULARY_SIZE = 16, 50


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two tiny layers that nobody trained."""
    folder: Path = tmp_path_factory.mktemp("base")
    save_bert(folder, width=WIDTH)
    return folder


@pytest.fixture
def model(base: Path) -> Tagger:
    torch.manual_seed(2)
    return Tagger(base).eval()


@pytest.fixture
def inputs() -> tuple[Any, ...]:
    """Two windows of six pieces; the second ends with two of padding."""
    torch.manual_seed(3)
    ids, features = torch.randint(VOCABULARY_SIZE, (2, 6)), torch.randint(FEATURE_VALUES, (2, 6))
    mask = torch.ones_like(ids)
    mask[1, 4:] = 0
    return ids, features, mask


def test_each_piece_gets_a_hidden_state_tag_scores_and_link_vectors(model: Tagger, inputs: tuple[Any, ...]) -> None:
    shapes = [tuple(output.shape) for output in model(*inputs)]
    assert shapes == [(2, 6, WIDTH), (2, 6, TAGS), (2, 6, LINKS * LINK_SIZE)]


def test_reading_is_the_same_each_time(model: Tagger, inputs: tuple[Any, ...]) -> None:
    assert all(map(torch.equal, model(*inputs), model(*inputs)))


def test_learning_drops_other_channels_each_time(model: Tagger, inputs: tuple[Any, ...]) -> None:
    model.train()
    assert not torch.equal(model(*inputs)[0], model(*inputs)[0])


def test_all_dropout_of_the_bert_is_shared(model: Tagger) -> None:
    plain = [module for module in model.bert.modules() if isinstance(module, torch.nn.Dropout) and module.p]
    shared = [module for module in model.modules() if isinstance(module, SharedDropout)]
    assert not plain
    # The embeddings' own, two in each layer, and the heads'.
    assert len(shared) == 1 + 2 * 2 + 1


def test_padding_changes_nothing(model: Tagger, inputs: tuple[Any, ...]) -> None:
    ids, features, mask = inputs
    padded = model(ids, features, mask)[0][1, :4]
    alone = model(ids[1:, :4], features[1:, :4], mask[1:, :4])[0][0]
    assert torch.allclose(padded, alone, atol=1e-5)


def test_new_model_gives_the_hidden_states_of_its_bert(base: Path, model: Tagger, inputs: tuple[Any, ...]) -> None:
    ids, _, mask = inputs
    bert = transformers.BertModel.from_pretrained(base, add_pooling_layer=False).eval()
    expected = bert(input_ids=ids, attention_mask=mask).last_hidden_state
    assert torch.allclose(model(*inputs)[0][mask == 1], expected[mask == 1], atol=1e-5)


def test_features_that_are_learned_change_the_hidden_states(model: Tagger, inputs: tuple[Any, ...]) -> None:
    before = model(*inputs)[0]
    torch.nn.init.normal_(model.features.weight)
    assert not torch.allclose(model(*inputs)[0], before, atol=1e-2)


def test_shared_dropout_drops_the_same_channels_at_all_pieces_of_a_window() -> None:
    torch.manual_seed(1)
    dropped = SharedDropout(0.5).train()(torch.ones(4, 7, 100))
    assert torch.equal(dropped, dropped[:, :1].expand_as(dropped))
    assert len({tuple(window[0].tolist()) for window in dropped}) == 4


def test_shared_dropout_drops_its_share_and_scales_the_rest() -> None:
    torch.manual_seed(1)
    dropped = SharedDropout(0.2).train()(torch.ones(50, 2, 100))
    assert set(dropped.unique().tolist()) == {0.0, 1.25}
    assert float((dropped == 0).float().mean()) == pytest.approx(0.2, abs=0.02)


def test_shared_dropout_keeps_the_kind_of_number() -> None:
    assert SharedDropout(0.5).train()(torch.ones(1, 2, 4, dtype=torch.bfloat16)).dtype == torch.bfloat16


def test_shared_dropout_drops_nothing_after_learning() -> None:
    hidden = torch.randn(2, 3, 4)
    assert SharedDropout(0.9).eval()(hidden) is hidden


def test_mention_is_its_first_piece_its_head_and_the_mean() -> None:
    hidden = torch.arange(8.0).reshape(4, 2)
    assert mention_states(hidden, torch.tensor([[1, 4, 2]])).tolist() == [[2, 3, 4, 5, 4, 5]]


def test_each_pair_gets_a_score_by_both_mentions_and_its_features() -> None:
    torch.manual_seed(4)
    head = AntecedentHead(WIDTH).eval()
    states, first = torch.randn(3, 3 * WIDTH), torch.tensor([2, 2, 2])
    features = torch.zeros(3, PAIR_FEATURES)
    scores = head(states, first, torch.tensor([0, 1, 3]), features)
    assert scores.shape == (3,)
    assert len(set(scores.tolist())) == 3
    features[0, 0] = 1
    assert head(states, first, torch.tensor([0, 1, 3]), features)[0] != scores[0]
