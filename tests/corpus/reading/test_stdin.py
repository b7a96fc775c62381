"""Standard input."""

import io
import sys
from pathlib import Path

import pytest

from quotesmith.corpus.reading.stdin import with_stdin
from quotesmith.errors import OptionError


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "Go."}\n')))


def test_what_is_typed_is_kept_as_a_file(tmp_path: Path) -> None:
    first, kept = with_stdin(["a.txt", "-"], tmp_path, "jsonl")
    assert first == "a.txt"
    assert Path(kept).read_bytes() == b'{"text": "Go."}\n'
    assert Path(kept).suffix == ".jsonl"
    assert list((tmp_path / "inputs").iterdir()) == [kept]


def test_other_inputs_are_left_alone(tmp_path: Path) -> None:
    assert with_stdin("a.txt", tmp_path, None) == ["a.txt"]
    assert list(tmp_path.iterdir()) == []


def test_format_must_be_said(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="standard input has no name that tells its format"):
        with_stdin("-", tmp_path, None)
