import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import registry

from quotesmith.coreference import Cluster
from quotesmith.errors import FormatError, LanguageError, MissingAnnotationError, OptionError
from quotesmith.pipeline import QuotesmithComponent, component
from quotesmith.pipeline.component import find_component
from quotesmith.records import QuoteDocument, TextSpans

CONFIG = {"extractor": "rules", "coref": "none", "style": "double"}


def make_component(**options: Any) -> QuotesmithComponent:
    return QuotesmithComponent("quotesmith", language="en", **{**CONFIG, **options})


def test_options_survive_bytes() -> None:
    copy = make_component(style="auto").from_bytes(make_component().to_bytes())
    assert copy.config == CONFIG


def test_options_survive_disk(tmp_path: Path) -> None:
    make_component().to_disk(tmp_path / "component")
    assert json.loads((tmp_path / "component" / "config.json").read_text()) == CONFIG
    assert make_component(style="auto").from_disk(tmp_path / "component").config == CONFIG


@pytest.mark.parametrize(
    ("option", "value"),
    [("extractor", "magic"), ("coref", "nothing-of-the-sort"), ("style", "triple")],
)
def test_unknown_option_is_an_error_that_lists_the_choices(option: str, value: str) -> None:
    with pytest.raises(OptionError, match=f"{option} must be .*'{value}'"):
        make_component(**{option: value})


def test_component_is_found_under_any_name() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", name="quotes")
    assert find_component(nlp).name == "quotes"


@pytest.mark.parametrize("data", [b"[]", b"{}", b"no JSON", b'{"extractor": 3, "coref": "none", "style": "auto"}'])
def test_options_of_another_form_are_an_error(data: bytes) -> None:
    with pytest.raises(FormatError, match="options"):
        make_component().from_bytes(data)


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
    doc = Doc(
        nlp.vocab,
        words=["He", "left"],
        heads=[1, 1],
        deps=["nsubj", "ROOT"],
        tags=["PRP", "VBD"],
        pos=["PRON", "VERB"],
        lemmas=["he", "leave"],
        ents=["O", "O"],
    )
    nlp.get_pipe("quotesmith")(doc)
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
