"""What is installed, as data."""

import json
from importlib.metadata import version
from pathlib import Path

import pytest

import quotesmith
from quotesmith import installation
from quotesmith.encoder.weights import CARD, SHIPPED
from quotesmith.errors import MissingPipelineError
from quotesmith.installation import describe_installation


def test_versions_are_those_of_the_packages() -> None:
    data = describe_installation()
    assert data["quotesmith"] == quotesmith.__version__
    assert data["packages"]["spacy"] == version("spacy")
    assert set(data["extras"]) == {"corpus", "en", "fuzz", "html", "pandas", "parquet", "plots", "ray"}
    assert data["extras"]["parquet"].keys() == {"pyarrow"}
    assert json.loads(json.dumps(data)) == data


def test_package_that_is_not_installed_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["spacy<3.9,>=3.8", "no-such-package>=1; extra == 'plots'", "ruff; extra == 'dev'"]
    monkeypatch.setattr(installation, "requires", lambda _: lines)
    data = describe_installation()
    assert data["packages"] == {"spacy": version("spacy")}
    assert data["extras"] == {"plots": {"no-such-package": None}}


def test_weights_are_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    data = describe_installation()["weights"]
    assert {file["check"] for file in data["files"].values()} == {"as its card says"}
    (tmp_path / CARD).write_bytes((SHIPPED / CARD).read_bytes())
    (tmp_path / "tokenizer.json").write_text("{}")
    monkeypatch.setattr(installation, "SHIPPED", tmp_path)
    files = describe_installation()["weights"]["files"]
    assert "tokenizer.json is damaged or was changed" in files["tokenizer.json"]["check"]
    assert "encoder.onnx, which can't be read" in files["encoder.onnx"]["check"]
    (tmp_path / CARD).unlink()
    assert "card.json, which can't be read" in describe_installation()["weights"]["fault"]


@pytest.mark.parametrize(
    ("differing", "told"),
    [(None, "not known"), ((), "as known"), (("ner/model", "vocab"), "differs: ner/model, vocab")],
)
def test_pipeline_is_checked(differing: tuple[str, ...] | None, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "find_pipeline", lambda: "spacy")
    monkeypatch.setattr(installation, "differing_files", lambda _: differing)
    data = describe_installation()["pipeline"]
    assert (data["name"], data["version"], data["licence"], data["files"]) == ("spacy", version("spacy"), "MIT", told)


def test_missing_pipeline_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def find() -> str:
        msg = "install quotesmith[en]"
        raise MissingPipelineError(msg)

    monkeypatch.setattr(installation, "find_pipeline", find)
    assert describe_installation()["pipeline"] == {"fault": "install quotesmith[en]"}
