"""Weights as they are exported, and networks restored from them."""

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
onnx = pytest.importorskip("onnx")

from quotesmith.coreference.learned import ENCODER_KEY, FILE  # noqa: E402 - skipped where there is no torch
from quotesmith.encoder import LEVELS, MENTION_SIZE, TAGS, Encoder  # noqa: E402
from quotesmith.encoder.weights import CARD, GRAPH, TOKENIZER, read_weights  # noqa: E402
from quotesmith.errors import FormatError  # noqa: E402
from quotesmith.training import export  # noqa: E402
from quotesmith.training import restore as restore_module  # noqa: E402
from quotesmith.training.model import Tagger  # noqa: E402
from quotesmith.training.restore import restore  # noqa: E402
from tests.encoder.tiny import VOCABULARY_SIZE, make_tokenizer  # noqa: E402
from tests.training.tiny import save_bert  # noqa: E402

TEXT = "a bcd, “efg” hij.\n\nkl"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two small layers that nobody trained."""
    folder: Path = tmp_path_factory.mktemp("base")
    save_bert(folder, width=32, heads=4)
    tokenizer = make_tokenizer()
    tokenizer.enable_truncation(128)
    tokenizer.enable_padding(length=128)
    tokenizer.save(str(folder / TOKENIZER))
    return folder


@pytest.fixture(scope="module")
def checkpoint(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(2)
    model = Tagger(base)
    # As if it had learned something of letter case and marks.
    torch.nn.init.normal_(model.features.weight, std=0.1)
    file: Path = tmp_path_factory.mktemp("run") / "epoch1.pt"
    torch.save(model.state_dict(), file)
    return file


@pytest.fixture(scope="module")
def weights(base: Path, checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("out") / "weights"
    export.export(checkpoint, base, folder, card={"command": "train", "figures": {"words": 1.5}})
    return folder


def test_encoder_reads_what_is_exported_close_to_the_network(weights: Path, base: Path, checkpoint: Path) -> None:
    encoded = Encoder(weights)(TEXT, ())
    assert encoded.hidden.shape == (len(encoded.pieces), 32)
    assert all(np.isfinite(level.tags).all() for level in encoded.levels)
    assert encoded.mentions.shape == (len(encoded.pieces), MENTION_SIZE)
    model = Tagger(base)
    model.load_state_dict(torch.load(checkpoint, weights_only=True))
    model.eval()
    ids, features = (
        torch.from_numpy(np.pad(array, 1))[None] for array in (encoded.pieces.ids, encoded.pieces.features)
    )
    ids[0, 0], ids[0, -1] = 101, 102
    with torch.no_grad():
        scores = model(ids, features, torch.ones_like(ids)).tags[0, 1:-1]
    for level, of_level in zip(encoded.levels, scores.split(TAGS, dim=-1), strict=True):
        assert np.abs(np.exp(level.tags) - torch.softmax(of_level, dim=-1).numpy()).max() < 0.05


def test_weights_have_eight_bits_and_the_scorer_names_its_encoder(weights: Path) -> None:
    graph = onnx.load(weights / GRAPH).graph
    large = [tensor for tensor in graph.initializer if np.prod(tensor.dims) > 2000 and tensor.name != "positions"]
    assert large
    assert {tensor.data_type for tensor in large} <= {onnx.TensorProto.INT8, onnx.TensorProto.UINT8}
    properties = {entry.key: entry.value for entry in onnx.load(weights / FILE).metadata_props}
    assert properties == {ENCODER_KEY: read_weights(weights).card["files"][GRAPH]["sha256"]}


def test_tokenizer_is_left_without_truncation_padding_and_white_space(weights: Path, base: Path) -> None:
    lean = (weights / TOKENIZER).read_text(encoding="utf-8")
    expected = {**json.loads((base / TOKENIZER).read_bytes()), "truncation": None, "padding": None}
    assert json.loads(lean) == expected
    assert "\n" not in lean


def test_card_describes_the_files_and_tells_no_folders(weights: Path, base: Path) -> None:
    card = read_weights(weights).card
    for name in (GRAPH, TOKENIZER, FILE):
        assert card["files"][name]["bytes"] == (weights / name).stat().st_size
    assert card["figures"] == {"words": 1.5}
    assert card["base"]["licence"] == "Apache-2.0"
    assert card["command"] == "train"
    assert str(base.parent) not in (weights / CARD).read_text(encoding="utf-8")


def test_same_checkpoint_gives_the_same_bytes(weights: Path, base: Path, checkpoint: Path, tmp_path: Path) -> None:
    export.export(checkpoint, base, tmp_path, card={})
    assert (tmp_path / GRAPH).read_bytes() == (weights / GRAPH).read_bytes()


def test_graph_that_is_not_the_network_is_refused(
    base: Path, checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = export.build_graph
    monkeypatch.setattr(export, "build_graph", lambda state, **options: build(state, **{**options, "epsilon": 1.0}))
    with pytest.raises(FormatError, match="from the network's"):
        export.export(checkpoint, base, tmp_path / "out", card={})
    assert not (tmp_path / "out").exists()


def test_scorer_that_is_not_the_head_is_refused(
    base: Path, checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = export.build_antecedents
    changed = {"score.bias": torch.ones(1)}
    monkeypatch.setattr(export, "build_antecedents", lambda state: build({**state, **changed}))
    with pytest.raises(FormatError, match="from the head's"):
        export.export(checkpoint, base, tmp_path, card={})


def test_network_of_fewer_layers_is_exported_by_its_state(base: Path, tmp_path: Path) -> None:
    model = Tagger(base)
    model.keep_layers((1,))
    torch.save(model.state_dict(), tmp_path / "state.pt")
    export.export(tmp_path / "state.pt", base, tmp_path / "weights", card={})
    names = {tensor.name for tensor in onnx.load(tmp_path / "weights" / GRAPH).graph.initializer}
    assert any(name.startswith("layer0.") for name in names)
    assert not any(name.startswith("layer1.") for name in names)
    restored = Tagger(base)
    restore(restored, tmp_path / "weights")
    assert restored.layers == 1


def test_heads_that_an_older_release_lacks_stay_as_they_are(
    base: Path, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = restore_module._read_tensors

    def read_older(folder: Path, name: str) -> dict[str, np.ndarray]:
        stored = read(folder, name)
        kept = {key: values for key, values in stored.items() if not key.startswith("mentions")}
        return {
            key: values[..., :TAGS] if key.startswith("tags") and values.ndim else values
            for key, values in kept.items()
        }

    monkeypatch.setattr(restore_module, "_read_tensors", read_older)
    model = Tagger(base)
    fresh = {name: values.clone() for name, values in model.state_dict().items()}
    restore(model, weights)
    found = model.state_dict()
    assert torch.equal(found["mentions.weight"], fresh["mentions.weight"])
    assert torch.equal(found["tags.weight"][TAGS:], fresh["tags.weight"][TAGS:])
    assert found["tags.weight"].shape == (LEVELS * TAGS, 32)
    assert not torch.equal(found["tags.weight"][:TAGS], fresh["tags.weight"][:TAGS])


def test_network_is_restored_up_to_rounding(tmp_path: Path) -> None:
    save_bert(tmp_path, width=32, heads=4)
    make_tokenizer().save(str(tmp_path / TOKENIZER))
    trained = Tagger(tmp_path).eval()
    torch.nn.init.normal_(trained.features.weight, std=0.1)
    torch.save(trained.state_dict(), tmp_path / "state.pt")
    export.export(tmp_path / "state.pt", tmp_path, tmp_path / "weights", card={})

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
