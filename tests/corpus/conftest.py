"""Fixtures for corpora: inputs, and an analysis that needs no model."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy

import quotesmith
from quotesmith.corpus import running, settings
from quotesmith.pipeline import loading
from quotesmith.records import Entity, Mention, Quote, QuoteDocument

Rows = Iterable[dict[str, Any] | str]


@pytest.fixture
def write_lines(tmp_path: Path) -> Callable[[str, Rows], Path]:
    """Writes a file of JSON Lines; a string is a line as it is."""

    def write(name: str, rows: Rows) -> Path:
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path = tmp_path / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


def quoted(text: str) -> QuoteDocument:
    """The whole text as one quote of Ann's, or no quote where there is no text."""
    ann = Entity("e0", "Ann", "person")
    if not text:
        return QuoteDocument("digest", text)
    quote = Quote("q0", "direct", [(0, len(text))], text, source="m0", speakers=["e0"], addressees=["e0"])
    return QuoteDocument("digest", text, "en", [quote], [ann], [Mention("m0", [(0, 1)], "name", "e0")])


@pytest.fixture
def fake_analysis(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Analyses without a model, as `quoted`; gives the texts that were read."""
    return analyse_by_hand(monkeypatch)


def analyse_by_hand(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let corpora be analysed without a model, as `quoted`; gives the texts that are read from then on."""
    read: list[str] = []
    bare = spacy.blank("en")

    def pipe(texts: Iterable[tuple[str, Any]], *, as_tuples: bool, nlp: object) -> Iterator[tuple[QuoteDocument, Any]]:
        assert as_tuples
        assert nlp is bare
        for text, context in texts:
            read.append(text)
            yield quoted(text), context

    monkeypatch.setattr(quotesmith, "pipe", pipe)
    monkeypatch.setattr(running, "_pipeline", lambda _: bare)
    monkeypatch.setattr(loading, "find_pipeline", lambda: "en_test")
    monkeypatch.setattr(settings, "_pipeline_version", lambda _: "1.0")
    return read
