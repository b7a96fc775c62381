import subprocess
import sys

import pytest

import quotesmith

HEAVY = ("spacy", "jinja2", "networkx", "onnxruntime", "coreferee", "numpy", "typer", "rich")


@pytest.mark.parametrize(
    "module",
    [
        "quotesmith",
        "quotesmith.records",
        "quotesmith.marks",
        "quotesmith.errors",
        "quotesmith.files",
        "quotesmith.per_process",
        "quotesmith.lexicon.gazetteer",
    ],
)
def test_light_module_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_corpora_are_asked_without_what_reads_text() -> None:
    code = "import sys, quotesmith.corpus; print(sorted({'spacy', 'onnxruntime', 'coreferee'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_dir_shows_the_public_names() -> None:
    assert set(quotesmith.__all__) <= set(dir(quotesmith))
