"""Fixtures for all tests: the English pipeline, loaded once, and a real article."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from spacy.language import Language

import tests.strategies  # noqa: F401 - loads the profile of hypothesis, by which no test fails by the clock
from quotesmith.errors import MissingPipelineError

ROOT = Path(__file__).parents[1]
# Doctests are looked for in all modules; this one needs the extra `fuzz` to be imported.
collect_ignore = [] if find_spec("atheris") else ["benchmarks/coverage_fuzz.py"]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default pipeline; tests that use it are marked `model` and skipped where none is installed."""
    from quotesmith.pipeline.reading import default_pipeline

    try:
        return default_pipeline()
    except MissingPipelineError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def article() -> str:
    return (ROOT / "examples" / "apollo-11.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The gold data beside the project; tests that use it are marked `gold`."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the gold data is not beside the project")
    return folder
