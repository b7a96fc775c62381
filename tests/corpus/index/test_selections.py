"""Selections of a corpus' quotes."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import quotesmith
from quotesmith.corpus import Corpus, CorpusSelection
from quotesmith.corpus.index.indexes import open_index
from quotesmith.errors import ArgumentError, NameNotFoundError, OptionError, QuotesmithError
from quotesmith.graph.schema import iter_faults
from quotesmith.query import QuoteSelection
from quotesmith.records import Act, Assertion, Entity, QuoteDocument, QuoteKind
from tests.corpus.hand_made import article, write_corpus, write_registry
from tests.samples import summit
from tests.strategies import documents


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    made = [
        evolve(summit("one"), meta={"date": "2024-05-01", "outlet": "The Herald", "title": "Talks", "url": "x:y"}),
        evolve(summit("two"), meta={"date": "2024-06-30T10:00:00+02:00", "outlet": "Le Père"}),
        article("three", (["Ann Lee", "Xi Jinping"], "The tariffs of Ann Lee are a café."), (["analysts"], "No.")),
    ]
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, made)
    return Corpus.open(folder)


def ids(selection: CorpusSelection) -> str:
    return " ".join(f"{finding.document}/{finding.quote}" for finding in selection.findings())


def test_corpus_gives_all_its_quotes_as_a_sequence(corpus: Corpus) -> None:
    assert isinstance(corpus.quotes, Sequence)
    assert len(corpus.quotes) == 16
    every = [quote for document in corpus.documents() for quote in document.quotes]
    assert list(corpus.quotes) == every
    assert (corpus.quotes[7], corpus.quotes[-1]) == (every[7], every[-1])
    assert every[3] in corpus.quotes


@pytest.mark.parametrize("place", [16, -17])
def test_index_beyond_the_ends_is_an_index_error(corpus: Corpus, place: int) -> None:
    with pytest.raises(IndexError):
        corpus.quotes[place]


@pytest.mark.parametrize("part", [slice(3), slice(-3, None), slice(2, 12, 3), slice(9, 4), slice(0, 99, 5)])
def test_slice_is_a_selection_of_those_quotes(corpus: Corpus, part: slice) -> None:
    assert list(corpus.quotes[part]) == list(corpus.quotes)[part]


def test_slice_is_narrowed_and_sliced_again(corpus: Corpus) -> None:
    assert ids(corpus.quotes[1:9].by("Xi")[1:]) == "one/q3 two/q0 two/q1"
    assert ids(corpus.quotes.by("Xi")[1:3].kind("mixed")) == "one/q1"


def test_backward_slice_is_refused(corpus: Corpus) -> None:
    with pytest.raises(ArgumentError, match="text order"):
        corpus.quotes[::-1]


@pytest.mark.parametrize(
    ("name", "quotes"),
    [
        pytest.param("XI", "one/q0 one/q1 one/q3 two/q0 two/q1 two/q3 three/q0", id="member-of-a-group"),
        pytest.param("the two leaders", "one/q3 two/q3", id="group"),
        pytest.param("analysts", "three/q1", id="unnamed"),
        pytest.param("Q7747", "one/q2 one/q3 two/q2 two/q3", id="identifier"),
        pytest.param("Ukraine", "", id="somebody-who-is-silent"),
    ],
)
def test_by_gives_the_quotes_of_a_speaker(corpus: Corpus, name: str, quotes: str) -> None:
    assert ids(corpus.quotes.by(name)) == quotes


def test_by_takes_the_id_that_a_meaning_has(corpus: Corpus) -> None:
    [meaning] = corpus.quotes.by("Ann Lee").meanings
    assert ids(corpus.quotes.by(meaning.taken[0].identity)) == "three/q0"


def test_to_gives_the_quotes_spoken_to_somebody(corpus: Corpus) -> None:
    assert ids(corpus.quotes.to("reporters")) == "one/q0 two/q0"


def test_several_names_are_asked_for_one_after_the_other(corpus: Corpus) -> None:
    assert ids(corpus.quotes.by("Lee").by("Xi")) == ids(corpus.quotes.by("Xi").by("Lee")) == "three/q0"
    assert [meaning.typed for meaning in corpus.quotes.by("Lee").about("tariffs").meanings] == ["Lee", "tariffs"]


@pytest.mark.parametrize(
    ("topic", "quotes"),
    [
        pytest.param("Ukraine", "one/q1 two/q1", id="entity"),
        pytest.param("TARIFFS", "one/q3 two/q3 three/q0", id="words"),
        pytest.param("Lee", "three/q0", id="both"),
        pytest.param("tariff", "", id="part-of-a-word"),
    ],
)
def test_about_gives_quotes_that_mention_somebody_or_have_the_words(corpus: Corpus, topic: str, quotes: str) -> None:
    assert ids(corpus.quotes.about(topic)) == quotes


def test_text_looks_for_whole_words_without_accents(corpus: Corpus) -> None:
    assert ids(corpus.quotes.text("a cafe")) == "one/q4 one/q5 two/q4 two/q5 three/q0"
    assert ids(corpus.quotes.text("caf")) == ""


def test_matching_looks_for_a_pattern(corpus: Corpus) -> None:
    assert ids(corpus.quotes.matching(r"\bca.e\b").by("Lee")) == "three/q0"
    with pytest.raises(OptionError, match="no regular expression"):
        corpus.quotes.matching("(")


@pytest.mark.parametrize(
    ("word", "choices"), [("kind", list(QuoteKind)), ("act", list(Act)), ("assertion", list(Assertion))]
)
def test_choices_are_the_records(corpus: Corpus, word: str, choices: list[Any]) -> None:
    for choice in choices:
        found = getattr(corpus.quotes, word)(choice.value)
        assert list(found) == [quote for quote in corpus.quotes if getattr(quote, word) is choice]
    with pytest.raises(OptionError, match=f"{word} must be one of"):
        getattr(corpus.quotes, word)("loud")


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("2024-05-02", None), {"two"}),
        ((None, "2024-05-01"), {"one"}),
        ((date(2024, 5, 1), "2024-06-30"), {"one", "two"}),
        ((None, None), {"one", "two"}),
    ],
)
def test_between_takes_both_days_and_no_document_without_one(corpus: Corpus, days: Any, found: set[str]) -> None:
    assert {finding.document for finding in corpus.quotes.between(*days).findings()} == found


def test_outlet_is_found_without_case_and_accents(corpus: Corpus) -> None:
    assert {finding.document for finding in corpus.quotes.outlet("le pere").findings()} == {"two"}
    with pytest.raises(NameNotFoundError, match="there are The Herald"):
        corpus.quotes.outlet("Herold")


def test_score_and_function_choose(corpus: Corpus) -> None:
    assert list(corpus.quotes.min_score(0.95)) == [quote for quote in corpus.quotes if quote.score >= 0.95]
    assert ids(corpus.quotes.where(lambda quote: quote.parent)) == "one/q5 two/q5"
    with pytest.raises(ArgumentError, match="needs a function"):
        corpus.quotes.where("direct")  # type: ignore[arg-type]


def test_quotes_around_and_inside_others(corpus: Corpus) -> None:
    around = corpus.quotes.by("a source close to the talks")
    assert ids(around.inner()) == "one/q5 two/q5"
    assert ids(around.inner().outer()) == ids(around) == "one/q4 two/q4"


def test_names_and_document_of_a_quote_are_its_own_where_articles_are_copies(corpus: Corpus) -> None:
    first, second = corpus.quotes.by("Putin").kind("indirect").act("speech")
    assert first == second
    assert [corpus.quotes.document_of(quote).id for quote in (first, second)] == ["one", "two"]
    assert corpus.quotes.names(first) == ("Vladimir Putin",)
    assert corpus.quotes.document_of(first) == next(corpus.documents())


def test_quote_of_somebody_else_has_no_document(corpus: Corpus) -> None:
    with pytest.raises(NameNotFoundError, match="no quote that this corpus gave"):
        corpus.quotes.names(summit().quotes[0])


def test_pairs_documents_and_rows_are_those_of_selections_of_documents(corpus: Corpus) -> None:
    ours, theirs = corpus.quotes.by("Xi"), quotesmith.select(corpus.documents()).by("Xi")
    assert list(ours.pairs) == list(theirs.pairs)
    assert [document.id for document in ours.documents] == ["one", "two", "three"]
    assert ours.to_dicts(width=10) == theirs.to_dicts(width=10)
    assert ours.to_pandas().equals(theirs.to_pandas())


def test_timeline_is_oldest_first_without_those_that_have_no_day(corpus: Corpus) -> None:
    found = [(day, document.id, quote.id) for day, document, quote in corpus.quotes.by("Putin").timeline()]
    assert found == [(date(2024, day[0], day[1]), day[2], quote) for day, quote in DAYS]


DAYS = [((5, 1, "one"), "q2"), ((5, 1, "one"), "q3"), ((6, 30, "two"), "q2"), ((6, 30, "two"), "q3")]


def test_finding_has_what_is_shown_of_a_quote(corpus: Corpus) -> None:
    finding = next(corpus.quotes.findings())
    assert (finding.title, finding.day, finding.outlet, finding.url) == ("Talks", date(2024, 5, 1), "The Herald", "x:y")
    assert (finding.speakers, finding.addressees, finding.shard) == (("Xi Jinping",), ("reporters",), 0)
    quote = corpus.quotes[0]
    assert (finding.kind, finding.act, finding.score, finding.text) == (quote.kind, quote.act, quote.score, quote.text)


def test_graph_draws_these_quotes_and_one_node_for_somebody_of_several_documents(corpus: Corpus) -> None:
    graph = corpus.quotes.by("Xi").kind("mixed").graph()
    assert graph.keys("quote") == ("one/q1", "two/q1")
    assert graph.speakers() == ("i1",)


def test_wrong_arguments_are_errors_before_anything_is_looked_up(corpus: Corpus) -> None:
    with pytest.raises(ArgumentError, match="must be a string"):
        corpus.quotes.by(3)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="ask for its name 'Ann Lee'"):
        corpus.quotes.by(Entity("e0", "Ann Lee"))  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="at least one word"):
        corpus.quotes.about(" ")
    with pytest.raises(OptionError, match="give the earlier day first"):
        corpus.quotes.between("2025-01-01", "2024-01-01")


def test_selection_says_how_many_quotes_it_has(corpus: Corpus) -> None:
    assert re.fullmatch(r"<CorpusSelection: 4 quotes of .+corpus\d+>", repr(corpus.quotes.by("Putin")))
    assert corpus.quotes.by("Putin")._repr_html_().count("<tr>") == 5


def test_same_quotes_are_found_across_documents(corpus: Corpus) -> None:
    pytest.importorskip("rensa")
    found = corpus.same_quotes()
    assert {same.first.document for same in found} == {"one"}
    assert all({own.utterance.document for own in same.versions} == {"one", "two"} for same in found)


# Names of which no word is in another: then there is no choice between documents' entities and the corpus'.
CAST = (
    Entity("", "Ann Lee", "person", aliases=["Annie"]),
    Entity("", "Zoë Brûlé", "person"),
    Entity("", "the Bridge Group", "organization", aliases=["TBG"]),
    Entity("", "Beijing", "place"),
    Entity("", "analysts", "group", named=False),
)
TYPED = ("Ann Lee", "annie", "lee", "zoe", "Brulé", "Bridge Group", "tbg", "the beijing", "ANALYSTS", "Nobody")
WORDS = st.lists(
    st.sampled_from(["Beijing", "lee", "Lee's", "bridge", "group,", "tbg", "-", "ß", "analysts."]), max_size=4
)


@st.composite
def corpora(draw: st.DrawFn) -> list[QuoteDocument]:
    """Up to three documents that share their cast."""
    made = []
    for name in ("a", "b", "c")[: draw(st.integers(1, 3))]:
        document = draw(documents(document_ids=st.just(name)))
        roles = draw(st.permutations(CAST))
        entities = [
            evolve(
                own,
                name=role.name,
                kind=role.kind,
                named=role.named,
                aliases=role.aliases,
                identifier=None,
                gender=None,
            )
            for own, role in zip(document.entities, roles, strict=False)
        ]
        quotes = [evolve(quote, text=" ".join(draw(WORDS))) for quote in document.quotes]
        meta = draw(st.sampled_from([{}, {"date": "2024-01-01"}, {"date": "2024-02-01T12:00:00"}]))
        made.append(evolve(document, quotes=quotes, entities=entities, meta=meta))
    return made


NARROWINGS: st.SearchStrategy[Callable[[Any], Any]] = st.one_of(
    st.sampled_from(TYPED).map(lambda name: lambda quotes: quotes.by(name)),
    st.sampled_from(TYPED).map(lambda name: lambda quotes: quotes.to(name)),
    st.sampled_from((*TYPED, "group", "s", "lee's", "-")).map(lambda topic: lambda quotes: quotes.about(topic)),
    st.sampled_from(("beijing lee", "group", "ss", "group, tbg")).map(lambda words: lambda quotes: quotes.text(words)),
    st.sampled_from(list(QuoteKind)).map(lambda kind: lambda quotes: quotes.kind(kind)),
    st.sampled_from(list(Act)).map(lambda act: lambda quotes: quotes.act(act)),
    st.sampled_from([("2024-01-02", None), (None, "2024-01-31"), (None, None)]).map(
        lambda days: lambda quotes: quotes.between(*days)
    ),
    st.floats(0, 1).map(lambda score: lambda quotes: quotes.min_score(score)),
    st.just(lambda quotes: quotes.inner()),
    st.just(lambda quotes: quotes.outer()),
    st.tuples(st.integers(0, 3), st.integers(1, 2)).map(lambda part: lambda quotes: quotes[part[0] :: part[1]]),
)


@given(corpora(), st.lists(st.lists(NARROWINGS, min_size=1, max_size=3), min_size=1, max_size=8))
def test_corpus_gives_what_selections_of_its_documents_give(
    made: list[QuoteDocument], questions: list[list[Callable[[Any], Any]]]
) -> None:
    with TemporaryDirectory() as folder:
        write_corpus(Path(folder), made)
        corpus = Corpus.open(folder)
        everything = quotesmith.select(made)
        for steps in questions:
            assert ours(corpus, steps) == theirs(everything, steps)


def ours(corpus: Corpus, steps: list[Callable[[Any], Any]]) -> object:
    found = corpus.quotes
    for step in steps:
        try:
            found = step(found)
        except QuotesmithError as error:
            return type(error)
    return [(finding.document, finding.quote) for finding in found.findings()]


def theirs(everything: QuoteSelection, steps: list[Callable[[Any], Any]]) -> object:
    found = everything
    for step in steps:
        try:
            found = step(found)
        except QuotesmithError as error:
            return type(error)
    return [(document.id, quote.id) for document, quote in found.pairs]


@given(st.text(st.characters(exclude_categories=()), max_size=8))
def test_any_text_is_answered_or_refused_by_an_error_of_ours(corpus: Corpus, typed: str) -> None:
    for narrow in (corpus.quotes.by, corpus.quotes.to, corpus.quotes.about, corpus.quotes.text, corpus.quotes.outlet):
        with suppress(QuotesmithError):
            assert len(narrow(typed)) <= len(corpus.quotes)


def test_one_of_many_documents_is_one_node_by_the_registry(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", (["Joe Biden"], "Go.")), article("b", (["Joseph Biden", "analysts"], "No."))])
    members = [("a", "e0", "i7"), ("b", "e0", "i7")]
    write_registry(tmp_path, [("i7", "Joe Biden", "person", None, None, 2)], [("i7", "Joe Biden")], members)
    graph = CorpusSelection(open_index(tmp_path)).graph()
    assert graph.speakers() == ("i7", "b/e1")
    assert graph.nx.nodes["i7"]["document_count"] == 2
    assert list(iter_faults(graph.nx)) == []


def test_quotes_on_several_pages_of_one_document_are_drawn_in_one(tmp_path: Path) -> None:
    said = [(["Ann Lee"], f"Go {number}.") for number in range(1_001)]
    write_corpus(tmp_path, [article("a", *said), article("b", *said[:2])])
    graph = Corpus.open(tmp_path).quotes.by("Lee")[1:].graph()
    assert len(graph.keys("quote")) == 1_002
    assert graph.keys("document") == ("a", "b")
