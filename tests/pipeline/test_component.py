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
from quotesmith.errors import (
    FormatError,
    GazetteerError,
    LanguageError,
    LexiconError,
    MissingAnnotationError,
    OptionError,
)
from quotesmith.lexicon.gazetteer import GazetteerEntry, read_gazetteer
from quotesmith.pipeline import QuotesmithComponent, component
from quotesmith.pipeline.component import find_component
from quotesmith.pipeline.user_words import UserWords
from quotesmith.records import QuoteDocument, TextSpans
from tests.docs import make_doc

CONFIG = {"extractor": "rules", "coref": "none", "marks": "double", "style": "fiction"}


def make_component(**options: Any) -> QuotesmithComponent:
    return QuotesmithComponent("quotesmith", language="en", **{**CONFIG, **options})


@pytest.mark.parametrize("timings", [True, False])
def test_options_survive_bytes_and_disk(tmp_path: Path, *, timings: bool) -> None:
    saved = make_component(timings=timings, min_speaker_score=0.7)
    saved.to_disk(tmp_path / "component")
    assert json.loads((tmp_path / "component" / "config.json").read_text()) == {
        **CONFIG,
        "timings": timings,
        "min_speaker_score": 0.7,
    }
    other = {"marks": "auto", "style": "news", "timings": not timings}
    for copy in (
        make_component(**other).from_bytes(saved.to_bytes()),
        make_component(**other).from_disk(tmp_path / "component"),
    ):
        assert (copy.config, copy.timings, copy.min_speaker_score) == (CONFIG, timings, 0.7)


@pytest.mark.parametrize(
    ("option", "value"),
    [("extractor", "magic"), ("coref", "nothing-of-the-sort"), ("marks", "triple"), ("style", "verse")],
)
def test_unknown_option_is_an_error_that_lists_the_choices(option: str, value: str) -> None:
    with pytest.raises(OptionError, match=f"{option} must be .*'{value}'"):
        make_component(**{option: value})


@pytest.mark.parametrize("marks", ["double", "single", "dash"])
def test_marks_as_a_style_are_an_error_that_names_their_option(marks: str) -> None:
    saved = {"extractor": "rules", "coref": "none", "style": marks}
    with pytest.raises(OptionError, match=f"give marks='{marks}'"):
        make_component(style=marks)
    with pytest.raises(OptionError, match=f"give marks='{marks}'"):
        make_component().from_bytes(json.dumps(saved).encode())


def test_options_that_were_saved_before_there_were_styles_are_read() -> None:
    saved = json.dumps({"extractor": "rules", "coref": "none", "style": "auto"}).encode()
    assert make_component().from_bytes(saved).config == {**CONFIG, "marks": "auto", "style": "auto"}


def test_component_tells_timings_on_request() -> None:
    doc = Doc(spacy.blank("en").vocab)
    assert "timings" in make_component(timings=True).analyze(doc).meta
    assert make_component().analyze(doc).meta == {"style": "fiction"}


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
        ({"reporting_verbs": {}}, "reporting_verbs must be a list of records, not dict"),
        ({"titles": "titles.json"}, "titles must be a list of records, not str"),
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


WORDS: dict[str, list[dict[str, Any]]] = {
    "gazetteer": ENTRIES,
    "reporting_verbs": [{"verb": "skeet", "act": "writing"}, {"verb": "gavel", "act": "speech"}],
    "titles": [{"title": "Archdruid"}, {"title": "High Priestess", "gender": "feminine"}],
}
SORTS = pytest.mark.parametrize("sort", WORDS)


def plain(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records with what a gazetteer fills in."""
    return [{"kind": "person", **record} if "name" in record else record for record in records]


def written(folder: Path, sort: str) -> Path:
    path = folder / f"{sort}.json"
    path.write_text(json.dumps(WORDS[sort]))
    return path


def test_words_of_the_user_survive_bytes_and_disk(tmp_path: Path) -> None:
    whole = make_component(**WORDS)
    whole.to_disk(tmp_path / "component")
    for copy in (
        make_component().from_bytes(whole.to_bytes()),
        make_component().from_disk(tmp_path / "component"),
        pickle.loads(pickle.dumps(whole)),  # noqa: S301 - our own bytes, as spaCy sends them to its processes
    ):
        assert copy.words.records() == {sort: plain(records) for sort, records in WORDS.items()}
        assert copy.gazetteer == whole.gazetteer == read_gazetteer(ENTRIES)


def test_component_without_words_takes_away_those_that_were_there(tmp_path: Path) -> None:
    make_component(**WORDS).to_disk(tmp_path)
    make_component().to_disk(tmp_path)
    copy = make_component(**WORDS).from_disk(tmp_path)
    assert (copy.gazetteer, copy.words.records()) == ((), {})
    assert make_component(**WORDS).from_bytes(make_component().to_bytes()).words.records() == {}


@SORTS
def test_words_of_one_sort_are_replaced_and_the_others_stay(sort: str) -> None:
    component = make_component(**WORDS)
    component.set_words(UserWords.read(**{sort: []}))
    records = {**{other: plain(own) for other, own in WORDS.items()}, sort: []}
    assert component.words.records() == records
    assert make_component().from_bytes(component.to_bytes()).words.records() == records


def test_error_in_the_words_leaves_the_component_as_it_was(tmp_path: Path) -> None:
    component = make_component(**WORDS)
    before = component.to_bytes()
    other = make_component(marks="single", timings=True)
    other.to_disk(tmp_path)
    (tmp_path / "titles.jsonl").write_text('{"title": "&"}')
    with pytest.raises(LexiconError):
        component.from_disk(tmp_path)
    with pytest.raises(LexiconError):
        component.from_bytes(json.dumps({**json.loads(other.to_bytes()), "titles": [{"title": "&"}]}).encode())
    assert component.to_bytes() == before


@SORTS
def test_pipeline_takes_words_from_its_options(tmp_path: Path, sort: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", config={sort: str(written(tmp_path, sort))})
    nlp.add_pipe("quotesmith", name="other", config={sort: WORDS[sort]})
    pipes = [nlp.get_pipe(name) for name in ("quotesmith", "other")]
    assert [pipe.words.records() for pipe in pipes] == [{sort: plain(WORDS[sort])}] * 2  # type: ignore[attr-defined]


@SORTS
def test_saved_pipeline_needs_the_file_of_its_words_no_more(tmp_path: Path, sort: str) -> None:
    path = written(tmp_path, sort)
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", config={sort: str(path)})
    nlp.to_disk(tmp_path / "pipeline")
    path.unlink()
    assert find_component(spacy.load(tmp_path / "pipeline")).words.records() == {sort: plain(WORDS[sort])}


@pytest.mark.parametrize(
    ("sort", "error", "name"),
    [
        ("gazetteer", GazetteerError, "gazetteer"),
        ("reporting_verbs", LexiconError, "list of reporting verbs"),
        ("titles", LexiconError, "list of titles"),
    ],
)
def test_file_of_words_that_is_not_there_is_an_error_with_the_first_text(
    sort: str, error: type[Exception], name: str
) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", config={sort: "nowhere.json"})
    for use in (lambda: nlp(""), nlp.to_bytes):
        with pytest.raises(error, match=rf"no {name} at 'nowhere\.json'"):
            use()
    find_component(nlp).set_words(UserWords.read(**{sort: []}))
    assert len(nlp("")._.quotes.quotes) == 0


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"gazetteer": [*ENTRIES, {"name": "B", "aliases": ["Acme"]}]}, GazetteerError, "names both"),
        ({"reporting_verbs": [{"verb": "skeet", "act": "shouting"}]}, LexiconError, "reporting verb 1: act must be"),
        ({"titles": [{"title": "&"}]}, LexiconError, "title 1: title must be"),
    ],
)
def test_bad_record_in_the_options_is_an_error_at_once(
    options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        spacy.blank("en").add_pipe("quotesmith", config=options)


def test_component_uses_its_gazetteer_or_the_one_for_the_text() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", config={"gazetteer": ENTRIES, "extractor": "rules", "coref": "none"})
    component = find_component(nlp)
    doc = make_doc("Acme NNP nsubj left Acme\nleft VBD ROOT - leave", vocab=nlp.vocab)
    assert [entity.kind for entity in component.analyze(doc).entities] == ["organization"]
    other = component.with_words(UserWords.read(gazetteer=[GazetteerEntry("Acme", kind="place")]))
    assert [entity.kind for entity in other.analyze(doc).entities] == ["place"]
    assert component.gazetteer == read_gazetteer(ENTRIES)
    assert component.with_words(UserWords()) is component
