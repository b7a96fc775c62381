from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from quotesmith.errors import OptionError  # noqa: E402 - skipped where there is no torch
from quotesmith.training import learner  # noqa: E402
from quotesmith.training.learner import Learner, Rates, is_bfloat_fast, log  # noqa: E402
from quotesmith.training.model import Tagger  # noqa: E402
from tests.training.tiny import save_bert  # noqa: E402

RATES = Rates(encoder=1e-3, heads=1e-2)


@pytest.fixture
def model(tmp_path: Path) -> Tagger:
    save_bert(tmp_path, width=8, vocabulary=20)
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


@pytest.mark.parametrize(("bfloat", "single", "is_fast"), [(1.0, 2.0, True), (50.0, 1.0, False)])
def test_bfloat_is_taken_where_it_is_faster(
    bfloat: float, single: float, is_fast: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = {torch.bfloat16: bfloat, torch.float32: single}
    monkeypatch.setattr(learner, "_time_product", times.__getitem__)
    assert is_bfloat_fast.__wrapped__() is is_fast
