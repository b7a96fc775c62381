import hashlib
import json
from pathlib import Path

import pytest

from quotesmith.encoder.weights import CARD, GRAPH, TOKENIZER, read_weights
from quotesmith.errors import WeightsError
from tests.encoder.tiny import write_weights


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_weights(tmp_path / "weights")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_weights_are_the_files_contents_and_the_card_speaks_of_no_paths(folder: Path) -> None:
    weights = read_weights(folder)
    assert weights.graph == (folder / GRAPH).read_bytes()
    assert weights.tokenizer == (folder / TOKENIZER).read_text(encoding="utf-8")
    assert weights.card == json.loads((folder / CARD).read_text())
    moved = folder.rename(folder.with_name("elsewhere"))
    assert read_weights(moved).graph


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda content: content[:-1], id="truncated"),
        pytest.param(lambda content: content[:0], id="empty"),
        pytest.param(lambda content: bytes([content[0] ^ 1]) + content[1:], id="one bit"),
        pytest.param(lambda content: content + b"\n", id="longer"),
    ],
)
def test_changed_file_is_named_with_both_checksums(folder: Path, name: str, change: object) -> None:
    path = folder / name
    expected = sha256(path)
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(WeightsError, match="reinstall quotesmith") as caught:
        read_weights(folder)
    assert all(part in str(caught.value) for part in (str(path), sha256(path), expected))


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER])
def test_missing_file_is_named_with_its_checksum(folder: Path, name: str) -> None:
    expected = sha256(folder / name)
    (folder / name).unlink()
    with pytest.raises(WeightsError, match="reinstall quotesmith") as caught:
        read_weights(folder)
    assert all(part in str(caught.value) for part in (str(folder / name), "No such file", expected))


def test_missing_folder_names_the_card(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"card\.json.*No such file.*reinstall quotesmith"):
        read_weights(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("card", "found"),
    [
        pytest.param(b"", "is not JSON", id="empty"),
        pytest.param(b'{"format": 1', "is not JSON", id="truncated"),
        pytest.param(b"\xff\xfe", "is not JSON", id="not text"),
        pytest.param(b"[" * 100_000, "is not JSON", id="too deep"),
        pytest.param(b"[]", "format 'list'", id="a list"),
        pytest.param(b"{}", "format None", id="no format"),
        pytest.param(b'{"format": 2}', "format 2", id="a later format"),
        pytest.param(b'{"format": 1}', "no SHA-256 for encoder.onnx: found None", id="no files"),
        pytest.param(b'{"format": 1, "files": []}', "no SHA-256 for encoder.onnx: found None", id="files a list"),
        pytest.param(b'{"format": 1, "files": {"encoder.onnx": 3}}', "found 3", id="file a number"),
        pytest.param(b'{"format": 1, "files": {"encoder.onnx": {"sha256": 3}}}', "found {'sha256': 3}", id="odd sum"),
    ],
)
def test_odd_card_is_named_with_what_it_has(folder: Path, card: bytes, found: str) -> None:
    (folder / CARD).write_bytes(card)
    with pytest.raises(WeightsError) as caught:
        read_weights(folder)
    assert str(folder / CARD) in str(caught.value)
    assert found in str(caught.value)
