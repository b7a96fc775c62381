"""Pytest plugin: runs every ```python block of the Markdown pages, in order, one page a namespace."""

from pathlib import Path

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

SYBIL = Sybil(
    path=str(Path(__file__).parents[1]), parsers=[PythonCodeBlockParser(), SkipParser()], patterns=["*.md", "**/*.md"]
)

pytest_collect_file = SYBIL.pytest()
