"""Pytest plugin: runs every ```python block of the Markdown pages, in order, one page a namespace."""

from pathlib import Path

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

ROOT = Path(__file__).parents[1]

pytest_collect_file = Sybil(
    path=str(ROOT), parsers=[PythonCodeBlockParser(), SkipParser()], patterns=["*.md"]
).pytest()
