"""Each error as a user meets it: what was found, what is expected or there, and what can be done."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy

import quotesmith
from quotesmith import errors
from quotesmith.corpus import Corpus
from quotesmith.lexicon.gazetteer import read_gazetteer
from quotesmith.records import Entity, Quote, QuoteDocument

TWO_ROES = QuoteDocument(
    "roes", "“No,” said Roe.", quotes=[Quote("q0", "direct", [(0, 5)], "No,", speakers=["e0"])],
    entities=[Entity("e0", "Jane Roe", "person"), Entity("e1", "Bo Roe", "person")],
)  # fmt: skip


def read_number(folder: Path) -> object:  # noqa: ARG001 - all are called alike
    return quotesmith.read(42)  # type: ignore[arg-type]


def select_odd_kind(folder: Path) -> object:  # noqa: ARG001
    return TWO_ROES.quotes.kind("spoken")


def build_broken_record(folder: Path) -> object:  # noqa: ARG001
    return QuoteDocument("x", "No.", quotes=[Quote("q0", "direct", [(0, 99)], "No.")])


def open_broken_file(folder: Path) -> object:
    path = folder / "quotes.json"
    path.write_text("{", encoding="utf-8")
    return quotesmith.open(path)


def open_no_corpus(folder: Path) -> object:
    return Corpus(folder / "nowhere")


def read_contradictory_gazetteer(folder: Path) -> object:
    path = folder / "people.json"
    path.write_text(json.dumps([{"name": "Jane Roe", "identifier": "Q1"}, {"name": "Bo Day", "identifier": "Q1"}]))
    return read_gazetteer(path)


def read_german(folder: Path) -> object:  # noqa: ARG001
    nlp = spacy.blank("de")
    nlp.add_pipe("quotesmith")
    return nlp("„Nein“, sagte sie.")


def read_without_parser(folder: Path) -> object:  # noqa: ARG001
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith")
    return nlp("“No,” she said.")


def load_missing_pipeline(folder: Path) -> object:  # noqa: ARG001
    return quotesmith.load("en_no_such_pipeline")


def ask_for_stranger(folder: Path) -> object:  # noqa: ARG001
    return TWO_ROES.quotes.by("Jane Row")


def ask_for_two(folder: Path) -> object:  # noqa: ARG001
    return TWO_ROES.quotes.by("Roe")


@pytest.mark.parametrize(
    ("cause", "error", "words"),
    [
        pytest.param(read_number, errors.ArgumentError, ["int", "str"], id="argument"),
        pytest.param(select_odd_kind, errors.OptionError, ["spoken", "direct", "indirect"], id="option"),
        pytest.param(build_broken_record, errors.InvalidRecordError, ["99"], id="record"),
        pytest.param(open_broken_file, errors.FormatError, ["quotes.json"], id="format"),
        pytest.param(open_no_corpus, errors.CorpusError, ["nowhere"], id="corpus"),
        pytest.param(read_contradictory_gazetteer, errors.GazetteerError, ["Q1", "Jane Roe", "Bo Day"], id="gazetteer"),
        pytest.param(read_german, errors.LanguageError, ["de", "en"], id="language"),
        pytest.param(read_without_parser, errors.MissingAnnotationError, ["parser"], id="annotation"),
        pytest.param(load_missing_pipeline, errors.MissingPipelineError, ["en_no_such_pipeline"], id="pipeline"),
        pytest.param(ask_for_stranger, errors.NameNotFoundError, ["Jane Row", "Jane Roe"], id="name"),
        pytest.param(ask_for_two, errors.AmbiguousNameError, ["Jane Roe", "Bo Roe"], id="names"),
    ],
)
def test_error_says_what_was_found_and_what_is_expected(
    cause: Callable[[Path], object], error: type[Exception], words: list[str], tmp_path: Path
) -> None:
    with pytest.raises(error) as raised:
        cause(tmp_path)
    assert raised.type is error
    assert [word for word in words if word not in str(raised.value)] == []
