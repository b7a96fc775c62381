"""Pytest plugin: runs every ```python block of the Markdown pages, in order, one page a namespace."""

from importlib.util import find_spec
from pathlib import Path

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

SYBIL = Sybil(
    path=str(Path(__file__).parents[1]), parsers=[PythonCodeBlockParser(), SkipParser()], patterns=["*.md", "**/*.md"]
)

pytest_collect_file = SYBIL.pytest()

_TRAINING = Path(__file__).parents[1] / "quotesmith" / "training"


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the training room where its extra is not installed; nothing else may fail to be imported."""
    is_training = collection_path == _TRAINING
    return True if is_training and find_spec("torch") is None else None
