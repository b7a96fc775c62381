import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import registry

from quotesmith.coreference import Cluster
from quotesmith.errors import FormatError, GazetteerError, LanguageError, MissingAnnotationError, OptionError
from quotesmith.lexicon.gazetteer import GazetteerEntry, read_gazetteer
from quotesmith.pipeline import QuotesmithComponent, component
from quotesmith.pipeline.component import find_component
from quotesmith.pipeline.user_words import UserWords
from quotesmith.records import QuoteDocument, TextSpans
from tests.docs import make_doc

CONFIG = {"extractor": "rules", "coref": "none", "style": "double"}


def make_component(**options: Any) -> QuotesmithComponent:
    return QuotesmithComponent("quotesmith", language="en", **{**CONFIG, **options})


@pytest.mark.parametrize("timings", [True, False])
def test_options_survive_bytes_and_disk(tmp_path: Path, *, timings: bool) -> None:
    saved = make_component(timings=timings)
    saved.to_disk(tmp_path / "component")
    assert json.loads((tmp_path / "component" / "config.json").read_text()) == {**CONFIG, "timings": timings}
    other = {"style": "auto", "timings": not timings}
    for copy in (
        make_component(**other).from_bytes(saved.to_bytes()),
        make_component(**other).from_disk(tmp_path / "component"),
    ):
        assert (copy.config, copy.timings) == (CONFIG, timings)


@pytest.mark.parametrize(
    ("option", "value"), [("extractor", "magic"), ("coref", "nothing-of-the-sort"), ("style", "triple")]
)
def test_unknown_option_is_an_error_that_lists_the_choices(option: str, value: str) -> None:
    with pytest.raises(OptionError, match=f"{option} must be .*'{value}'"):
        make_component(**{option: value})


def test_component_tells_timings_on_request() -> None:
    doc = Doc(spacy.blank("en").vocab)
    assert "timings" in make_component(timings=True).analyze(doc).meta
    assert make_component().analyze(doc).meta == {}


def test_component_is_found_under_any_name() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", name="quotes")
    assert find_component(nlp).name == "quotes"


@pytest.mark.parametrize(
    "data", [b"[]", b"{}", b"no JSON", b"[" * 100_000, b'{"extractor": 3, "coref": "none", "style": "auto"}']
)
def test_options_of_another_form_are_an_error(data: bytes) -> None:
    with pytest.raises(FormatError, match="options"):
        make_component().from_bytes(data)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        # A string would be the path of a file.
        ({"gazetteer": "people.json"}, "gazetteer must be a list of records, not str"),
        ({"timings": 1}, "timings must be true or false, not int"),
    ],
)
def test_other_parts_of_the_options_of_another_form_are_an_error(fault: dict[str, object], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        make_component().from_bytes(json.dumps({**CONFIG, **fault}).encode())


def test_language_without_lexicon_is_an_error() -> None:
    with pytest.raises(LanguageError, match="'de'"):
        spacy.blank("de").add_pipe("quotesmith")


def test_language_that_only_the_rules_read_is_an_error_for_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(component, "languages", lambda: ("de", "en"))
    with pytest.raises(LanguageError, match="set extractor to 'rules'"):
        spacy.blank("de").add_pipe("quotesmith")


def test_blank_pipeline_is_an_error_that_says_what_to_add() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith")
    with pytest.raises(MissingAnnotationError, match=r"'parser'.*'ner'.*before 'quotesmith'"):
        nlp("He said so.")


def test_empty_doc_needs_no_annotation() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith")
    assert len(nlp("")._.quotes.quotes) == 0


def test_factory_says_what_it_needs_and_gives() -> None:
    meta = Language.get_factory_meta("quotesmith")
    assert set(meta.requires) >= {"token.dep", "doc.ents"}
    assert "doc._.quotes" in meta.assigns


def test_resolver_from_the_registry_is_used() -> None:
    called = []

    def make_resolver() -> Callable[[Doc, TextSpans], list[Cluster]]:
        def resolve(doc: Doc, targets: TextSpans) -> list[Cluster]:
            called.append((doc.text, targets))
            return []

        return resolve

    registry.misc("tests.resolver.v1", func=make_resolver)
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", config={"coref": "tests.resolver.v1"})
    nlp.get_pipe("quotesmith")(make_doc("He PRP nsubj left\nleft VBD ROOT - leave", vocab=nlp.vocab))
    assert called


@pytest.mark.model
class TestWithPipeline:
    def test_annotates_what_it_analyzes(self, nlp: Language, article: str) -> None:
        document = nlp(article)._.quotes
        assert isinstance(document, QuoteDocument)
        assert document.text == article
        assert len(document.quotes) > 10
        assert any("Armstrong" in name for quote in document.quotes for name in document.names(quote))

    def test_analyze_leaves_the_doc_as_it_is(self, nlp: Language, article: str) -> None:
        with nlp.select_pipes(disable=["quotesmith"]):
            doc = nlp(article)
        before = doc.to_bytes()
        find_component(nlp).analyze(doc)
        assert doc.to_bytes() == before

    def test_pipeline_survives_disk(self, nlp: Language, article: str, tmp_path: Path) -> None:
        nlp.to_disk(tmp_path / "pipeline")
        copy = spacy.load(tmp_path / "pipeline")
        assert copy(article)._.quotes == nlp(article)._.quotes

    def test_doc_survives_bytes_and_doc_bin(self, nlp: Language, article: str) -> None:
        doc = nlp(article)
        expected = doc._.quotes
        assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.quotes == expected
        [copy] = DocBin(docs=[doc]).get_docs(nlp.vocab)
        assert copy._.quotes == expected

    @pytest.mark.parametrize("missing", ["parser", "ner"])
    def test_disabled_annotator_is_a_clear_error(self, nlp: Language, article: str, missing: str) -> None:
        with nlp.select_pipes(disable=[missing]), pytest.raises(MissingAnnotationError, match=f"'{missing}'"):
            nlp(article)


ENTRIES: list[dict[str, Any]] = [
    {"name": "Jane Roe", "aliases": ["J. R."], "identifier": "Q1"},
    {"name": "Acme", "kind": "organization"},
]


def test_gazetteer_survives_bytes_and_disk(tmp_path: Path) -> None:
    whole = make_component(gazetteer=ENTRIES)
    whole.to_disk(tmp_path / "component")
    for copy in (
        make_component().from_bytes(whole.to_bytes()),
        make_component().from_disk(tmp_path / "component"),
        pickle.loads(pickle.dumps(whole)),  # noqa: S301 - our own bytes, as spaCy sends them to its processes
    ):
        assert copy.gazetteer == whole.gazetteer == read_gazetteer(ENTRIES)


def test_component_without_gazetteer_takes_away_the_one_that_was_there(tmp_path: Path) -> None:
    make_component(gazetteer=ENTRIES).to_disk(tmp_path)
    make_component().to_disk(tmp_path)
    assert make_component(gazetteer=ENTRIES).from_disk(tmp_path).gazetteer == ()


def test_pipeline_takes_a_gazetteer_from_its_options(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    path.write_text(json.dumps(ENTRIES))
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", config={"gazetteer": str(path)})
    nlp.add_pipe("quotesmith", name="other", config={"gazetteer": ENTRIES})
    pipes = [nlp.get_pipe(name) for name in ("quotesmith", "other")]
    assert [pipe.gazetteer for pipe in pipes] == [read_gazetteer(ENTRIES)] * 2  # type: ignore[attr-defined]


def test_saved_pipeline_needs_the_file_of_its_gazetteer_no_more(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    path.write_text(json.dumps(ENTRIES))
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", config={"gazetteer": str(path)})
    nlp.to_disk(tmp_path / "pipeline")
    path.unlink()
    assert find_component(spacy.load(tmp_path / "pipeline")).gazetteer == read_gazetteer(ENTRIES)


def test_gazetteer_that_is_not_there_is_an_error_with_the_first_text() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", config={"gazetteer": "nowhere.json"})
    with pytest.raises(GazetteerError, match=r"no gazetteer at 'nowhere\.json'"):
        nlp("")
    with pytest.raises(GazetteerError, match="no gazetteer"):
        nlp.to_bytes()


def test_contradiction_in_the_options_gazetteer_is_an_error_at_once() -> None:
    with pytest.raises(GazetteerError, match="names both"):
        spacy.blank("en").add_pipe("quotesmith", config={"gazetteer": [*ENTRIES, {"name": "B", "aliases": ["Acme"]}]})


def test_component_uses_its_gazetteer_or_the_one_for_the_text() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", config={"gazetteer": ENTRIES, "extractor": "rules", "coref": "none"})
    component = find_component(nlp)
    doc = make_doc("Acme NNP nsubj left Acme\nleft VBD ROOT - leave", vocab=nlp.vocab)
    assert [entity.kind for entity in component.analyze(doc).entities] == ["organization"]
    other = component.with_words(UserWords.read(gazetteer=[GazetteerEntry("Acme", kind="place")]))
    assert [entity.kind for entity in other.analyze(doc).entities] == ["place"]
    assert component.gazetteer == read_gazetteer(ENTRIES)
