from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")

from quotesmith.encoder.weights import TOKENIZER  # noqa: E402 - skipped where there is no torch
from quotesmith.training.export import export  # noqa: E402
from quotesmith.training.model import Tagger  # noqa: E402
from quotesmith.training.restore import restore  # noqa: E402
from tests.encoder.tiny import VOCABULARY_SIZE, make_tokenizer  # noqa: E402
from tests.training.tiny import save_bert  # noqa: E402


def test_network_is_restored_up_to_rounding(tmp_path: Path) -> None:
    save_bert(tmp_path, width=32, heads=4)
    make_tokenizer().save(str(tmp_path / TOKENIZER))
    trained = Tagger(tmp_path).eval()
    torch.nn.init.normal_(trained.features.weight, std=0.1)
    torch.save(trained.state_dict(), tmp_path / "state.pt")
    export(tmp_path / "state.pt", tmp_path, tmp_path / "weights", card={})

    restored = Tagger(tmp_path).eval()
    ids = torch.randint(VOCABULARY_SIZE, (1, 20))
    features, mask = torch.ones_like(ids), torch.ones_like(ids)
    with torch.no_grad():
        hidden = trained(ids, features, mask)[0]
        before = (restored(ids, features, mask)[0] - hidden).abs().max()
        restore(restored, tmp_path / "weights")
        after = (restored(ids, features, mask)[0] - hidden).abs().max()
    assert after < 0.1 < before
    # The scorer of antecedents isn't rounded.
    for name, values in trained.antecedents.state_dict().items():
        assert torch.equal(restored.antecedents.state_dict()[name], values)
