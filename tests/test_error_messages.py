"""Errors as a user meets them: they say what was found and what to do, and fit into the tree of errors."""

import inspect
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy

import quotesmith
from quotesmith import errors
from quotesmith.corpus import Corpus
from quotesmith.encoder import Encoder
from quotesmith.lexicon.gazetteer import read_gazetteer
from quotesmith.lexicon.people import load_people
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.records import Entity, Mention, Quote, QuoteDocument, TextSpan

Case = Callable[[Path, pytest.MonkeyPatch], object]
TEXT = "“No,” said Ann Roe. “Yes,” said Bo Roe."
DOC = QuoteDocument(
    "roes",
    TEXT,
    quotes=[
        Quote("q0", "direct", [(0, 5)], "No,", source="m0", speakers=["e0"]),
        Quote("q1", "direct", [(20, 26)], "Yes,", source="m1", speakers=["e1"]),
    ],
    entities=[Entity("e0", "Ann Roe", "person"), Entity("e1", "Bo Roe", "person")],
    mentions=[Mention("m0", [(11, 18)], "name", "e0"), Mention("m1", [(32, 38)], "name", "e1")],
)


def broken_file(folder: Path, _: pytest.MonkeyPatch) -> object:
    (folder / "quotes.json").write_text('{"schema": 1,', encoding="utf-8")
    return quotesmith.open(folder / "quotes.json")


def nothing_before_it(_: Path, __: pytest.MonkeyPatch) -> object:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith")
    return nlp(TEXT)


def no_pandas(_: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setitem(sys.modules, "pandas", None)
    return DOC.to_pandas()


ONE_FOR_TWO = [{"name": "Ann Roe", "identifier": "Q1"}, {"name": "Bo Roe", "identifier": "Q1"}]
WITHOUT_KEY = [{"titel": "Archdruid"}]
CASES: dict[type[errors.QuotesmithError], tuple[Case, list[str]]] = {
    errors.ArgumentError: (lambda *_: quotesmith.read(b"No.", nlp=spacy.blank("en")), ["str", "bytes"]),  # type: ignore[arg-type]
    errors.OptionError: (lambda *_: DOC.quotes.kind("spoken"), ["'spoken'", "direct", "mixed", "indirect"]),
    errors.InvalidRecordError: (lambda *_: TextSpan(5, 2), ["2", "5"]),
    errors.FormatError: (broken_file, ["quotes.json", "JSON"]),
    errors.CorpusError: (lambda folder, _: Corpus(folder), ["corpus.json", "Corpus.run"]),
    errors.GazetteerError: (lambda *_: read_gazetteer(ONE_FOR_TWO), ["Q1", "Ann Roe", "Bo Roe"]),
    errors.LexiconError: (lambda *_: load_people().with_titles(WITHOUT_KEY), ["title 1", "'titel'", "title, gender"]),
    errors.LanguageError: (lambda *_: load_reporting("fr"), ["'fr'", "en"]),
    errors.MissingAnnotationError: (nothing_before_it, ["parser"]),
    errors.MissingPipelineError: (lambda *_: quotesmith.load("en_core_news_huge"), ["en_core_news_huge"]),
    errors.MissingPackageError: (no_pandas, ["pip install 'quotesmith[pandas]'"]),
    errors.WeightsError: (lambda folder, _: Encoder(folder)(TEXT, ()), ["card.json"]),
    errors.NameNotFoundError: (lambda *_: DOC.quotes.by("Ann Row"), ["'Ann Row'", "Ann Roe"]),
    errors.AmbiguousNameError: (lambda *_: DOC.quotes.by("Roe"), ["'Roe'", "Ann Roe", "Bo Roe"]),
}


@pytest.mark.parametrize("cls", CASES, ids=lambda cls: cls.__name__)
def test_error_says_what_was_found_and_what_to_do(
    cls: type[errors.QuotesmithError], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, words = CASES[cls]
    with pytest.raises(errors.QuotesmithError) as raised:
        case(tmp_path, monkeypatch)
    assert type(raised.value) is cls
    message = str(raised.value)
    assert [word for word in words if word not in message] == []
    assert "\n" not in message


def test_every_error_is_met_here_but_that_of_lost_workers() -> None:
    # A worker is killed in tests/pipeline/test_reading.py.
    named = {error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, Exception)}
    assert named - CASES.keys() == {errors.QuotesmithError, errors.QuotesmithWarning, errors.WorkerError}


CLASSES = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, errors.QuotesmithError)]


@pytest.mark.parametrize("cls", CLASSES)
def test_error_is_in_the_tree_that_the_module_draws(cls: type[errors.QuotesmithError]) -> None:
    assert cls.__name__ in str(errors.__doc__)


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if cls is not errors.QuotesmithError])
def test_error_also_fits_a_builtin(cls: type[errors.QuotesmithError]) -> None:
    assert issubclass(cls, (TypeError, ValueError, ImportError, LookupError, RuntimeError))
