from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from quotesmith.errors import OptionError  # noqa: E402 - skipped where there is no torch
from quotesmith.training.learner import Learner, Rates, is_bfloat_fast, log  # noqa: E402
from quotesmith.training.model import Tagger  # noqa: E402

RATES = Rates(encoder=1e-3, heads=1e-2)


@pytest.fixture
def model(tmp_path: Path) -> Tagger:
    config = transformers.BertConfig(
        vocab_size=20, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(tmp_path)
    return Tagger(tmp_path)


def test_held_layers_stay_as_they_are(model: Tagger) -> None:
    Learner.start(model, Rates(encoder=1e-3, heads=1e-2, held=1), 10, "")
    held = {name for name, weights in model.named_parameters() if not weights.requires_grad}
    assert "features.weight" in held
    assert any(name.startswith("bert.encoder.layer.0") for name in held)
    assert not any(name.startswith(("bert.encoder.layer.1", "tags", "antecedents")) for name in held)


def test_rate_rises_then_falls(model: Tagger) -> None:
    learner = Learner.start(model, RATES, 100, "")
    rates = []
    for _ in range(100):
        rates.append(learner.scheduler.get_last_lr()[0])
        learner.optimizer.step()
        learner.scheduler.step()
    assert rates.index(max(rates)) == pytest.approx(6, abs=1)
    assert rates[0] < rates[3] < max(rates) > rates[50] > rates[99] > 0


def test_checkpoint_of_other_settings_is_refused(model: Tagger, tmp_path: Path) -> None:
    Learner.start(model, RATES, 10, "one").save(tmp_path / "c.pt")
    with pytest.raises(OptionError, match="made with one, not other"):
        Learner.start(model, RATES, 10, "other").resume(tmp_path / "c.pt")


def test_log_has_a_line_for_each_row(tmp_path: Path) -> None:
    log(tmp_path, step=1)
    log(tmp_path, step=2, loss=0.5)
    assert (tmp_path / "log.jsonl").read_text(encoding="utf-8") == '{"step": 1}\n{"step": 2, "loss": 0.5}\n'


def test_processor_is_asked_once() -> None:
    assert is_bfloat_fast() is is_bfloat_fast()
