from typing import Any

import pytest

from quotesmith.errors import GazetteerError, LexiconError, MissingPipelineError, WeightsError
from quotesmith.pipeline import loading


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
