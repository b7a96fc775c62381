"""One suite of questions over documents in memory and the same ones in a corpus, and what only a corpus does."""

import pickle
import re
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
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
from quotesmith.corpus.index import selections
from quotesmith.corpus.index.indexes import open_index
from quotesmith.errors import (
    AmbiguousNameError,
    ArgumentError,
    CorpusError,
    NameNotFoundError,
    OptionError,
    QuotesmithError,
)
from quotesmith.graph.schema import iter_faults
from quotesmith.query import Selection
from quotesmith.records import Act, Assertion, Entity, Quote, QuoteDocument, QuoteKind
from tests.corpus.hand_made import article, write_corpus, write_registry
from tests.samples import summit
from tests.strategies import documents

MADE = (
    evolve(summit("one"), meta={"date": "2024-05-01", "outlet": "The Herald", "title": "Talks", "url": "x:y"}),
    evolve(summit("two"), meta={"date": "2024-06-30T10:00:00+02:00", "outlet": "Le Père"}),
    article("three", (["Ann Lee", "Xi Jinping"], "The tariffs of Ann Lee are a café."), (["analysts"], "No.")),
)
XI, _, _, PUTIN, LEADERS, SOURCE, _ = MADE[0].entities
LEE, _, ANALYSTS = MADE[2].entities
STRANGER = Entity("e0", "Ann Lee", aliases=["Annie"])
OTHERS = Quote("q9", "direct", [(0, 1)], "Go")
TALK = "one/q0 one/q1 one/q3 two/q0 two/q1 two/q3"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, MADE)
    return Corpus.open(folder)


@pytest.fixture(params=["memory", "corpus"])
def everything(request: pytest.FixtureRequest, corpus: Corpus) -> Selection:
    selection: Selection = corpus.quotes if request.param == "corpus" else quotesmith.select(MADE)
    return selection


def ids(selection: Selection) -> str:
    return " ".join(f"{document.id}/{quote.id}" for document, quote in selection.pairs)


@pytest.mark.parametrize(
    ("narrow", "found"),
    [
        pytest.param(lambda quotes: quotes.by("XI"), f"{TALK} three/q0", id="by-name-a-member-of-a-group"),
        pytest.param(lambda quotes: quotes.by("the two leaders"), "one/q3 two/q3", id="by-a-group"),
        pytest.param(lambda quotes: quotes.by("analysts"), "three/q1", id="by-unnamed"),
        pytest.param(lambda quotes: quotes.by("Ukraine"), "", id="by-somebody-silent"),
        pytest.param(lambda quotes: quotes.by(XI), f"{TALK} three/q0", id="by-entity-also-in-other-documents"),
        pytest.param(lambda quotes: quotes.by(MADE[1].entities[3]), "one/q2 one/q3 two/q2 two/q3", id="by-identifier"),
        pytest.param(lambda quotes: quotes.by(SOURCE), "one/q4", id="by-unnamed-entity-in-its-document"),
        pytest.param(lambda quotes: quotes.by(LEADERS), "one/q3", id="by-entity-that-is-a-group"),
        pytest.param(lambda quotes: quotes.by(ANALYSTS).by(LEE), "", id="by-one-entity-and-another"),
        pytest.param(lambda quotes: quotes.by("Lee").by("Xi"), "three/q0", id="by-one-and-another"),
        pytest.param(lambda quotes: quotes.by("Xi").by("Lee"), "three/q0", id="by-them-in-another-order"),
        pytest.param(lambda quotes: quotes.to("reporters"), "one/q0 two/q0", id="to-name"),
        pytest.param(lambda quotes: quotes.to(MADE[0].entities[1]), "one/q0", id="to-entity"),
        pytest.param(lambda quotes: quotes.about("Ukraine"), "one/q1 two/q1", id="about-entity"),
        pytest.param(lambda quotes: quotes.about("TARIFFS"), "one/q3 two/q3 three/q0", id="about-words"),
        pytest.param(lambda quotes: quotes.about("Lee"), "three/q0", id="about-both"),
        pytest.param(lambda quotes: quotes.about("tariff"), "", id="about-a-part-of-a-word"),
        pytest.param(lambda quotes: quotes.text("a cafe"), "one/q4 one/q5 two/q4 two/q5 three/q0", id="text"),
        pytest.param(lambda quotes: quotes.text("caf"), "", id="text-a-part-of-a-word"),
        pytest.param(lambda quotes: quotes.matching(r"\bca.e\b").by("Lee"), "three/q0", id="matching"),
        pytest.param(lambda quotes: quotes.where(lambda quote: quote.parent), "one/q5 two/q5", id="where"),
        pytest.param(lambda quotes: quotes.by("a source close to the talks").inner(), "one/q5 two/q5", id="inner"),
        pytest.param(lambda quotes: quotes.by("my mother").outer(), "one/q4 two/q4", id="outer"),
        pytest.param(
            lambda quotes: quotes.quotations().by("Xi"), "one/q0 one/q1 two/q0 two/q1 three/q0", id="quotations"
        ),
        pytest.param(lambda quotes: quotes.outlet("le pere").kind("mixed"), "two/q1", id="outlet"),
        pytest.param(
            lambda quotes: quotes.between("2024-05-02", None).by("Putin"), "two/q2 two/q3", id="between-first"
        ),
        pytest.param(lambda quotes: quotes.between(None, "2024-05-01").by("Putin"), "one/q2 one/q3", id="between-last"),
        pytest.param(lambda quotes: quotes.between(date(2024, 5, 1), "2024-06-30").by("Xi"), TALK, id="between-both"),
        pytest.param(lambda quotes: quotes.between(None, None).by("Xi"), TALK, id="between-none-needs-a-date"),
        pytest.param(lambda quotes: quotes[1:9].by("Xi")[1:], "one/q3 two/q0 two/q1", id="slice-of-a-slice"),
        pytest.param(lambda quotes: quotes.by("Xi")[1:3].kind("mixed"), "one/q1", id="slice-that-is-narrowed"),
    ],
)
def test_questions_have_one_answer(everything: Selection, narrow: Callable[[Selection], Selection], found: str) -> None:
    assert ids(narrow(everything)) == found


@pytest.mark.parametrize(
    ("ask", "error", "told"),
    [
        pytest.param(lambda quotes: quotes.by("Nobody"), NameNotFoundError, "'Nobody'", id="by-nobody"),
        pytest.param(
            lambda quotes: quotes.by(STRANGER), NameNotFoundError, r"'Ann Lee' \(e0\) is in no", id="by-stranger"
        ),
        pytest.param(lambda quotes: quotes.to(3), ArgumentError, "must be a string", id="to-number"),
        pytest.param(lambda quotes: quotes.about(" "), ArgumentError, "at least one word", id="about-nothing"),
        pytest.param(lambda quotes: quotes.matching("("), OptionError, "no regular expression", id="bad-pattern"),
        pytest.param(lambda quotes: quotes.where("direct"), ArgumentError, "needs a function", id="no-function"),
        pytest.param(lambda quotes: quotes.about("."), ArgumentError, "at least one word", id="about-no-word"),
        pytest.param(lambda quotes: quotes.text("…"), ArgumentError, "at least one word", id="text-without-words"),
        pytest.param(lambda quotes: quotes.min_score(2), OptionError, "between 0 and 1", id="bad-score"),
        pytest.param(lambda quotes: quotes.min_score(True), OptionError, "not True", id="true-for-a-score"),
        pytest.param(lambda quotes: quotes.outlet("Herold"), NameNotFoundError, "there are The Herald", id="no-outlet"),
        pytest.param(lambda quotes: quotes.between("2025", "2024"), OptionError, "no day", id="no-day"),
        pytest.param(
            lambda quotes: quotes.between("2025-01-01", "2024-01-01"), OptionError, "earlier day first", id="days"
        ),
        pytest.param(lambda quotes: quotes.names(OTHERS), NameNotFoundError, "'q9' is no", id="no-quote-of-it"),
        pytest.param(lambda quotes: quotes.document_of(None), NameNotFoundError, "'?None'? is no", id="no-quote"),
        pytest.param(lambda quotes: quotes[::-1], ArgumentError, "text order", id="backwards"),
        pytest.param(lambda quotes: quotes[16], IndexError, "index 16 is .*: there are 16", id="after-the-end"),
        pytest.param(lambda quotes: quotes[-17], IndexError, "index -17 is", id="before-the-start"),
        pytest.param(lambda quotes: quotes[1.0], TypeError, "'float' object", id="index-that-is-no-whole-number"),
        pytest.param(lambda quotes: quotes["q0"], TypeError, "'str' object", id="id-for-an-index"),
        pytest.param(lambda quotes: quotes.pairs[99], IndexError, "index .*out of range", id="pair-after-the-end"),
        pytest.param(lambda quotes: quotes.to_dicts(width=-1), OptionError, "width must be", id="bad-width"),
    ],
)
def test_wrong_questions_are_the_same_errors(
    everything: Selection, ask: Callable[[Selection], object], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        ask(everything)


@pytest.mark.parametrize(
    ("word", "choices"), [("kind", list(QuoteKind)), ("act", list(Act)), ("assertion", list(Assertion))]
)
def test_choices_are_the_records(everything: Selection, word: str, choices: list[Any]) -> None:
    for choice in choices:
        found = getattr(everything, word)(choice.value)
        assert list(found) == [quote for quote in everything if getattr(quote, word) is choice]
    with pytest.raises(OptionError, match=f"{word} must be one of"):
        getattr(everything, word)("loud")


def test_selection_is_a_sequence_of_its_quotes(everything: Selection) -> None:
    every = [quote for document in MADE for quote in document.quotes]
    assert isinstance(everything, Sequence)
    assert (len(everything), list(everything), list(reversed(everything))) == (16, every, every[::-1])
    assert (everything[7], everything[-1]) == (every[7], every[-1])
    assert every[3] in everything
    assert list(everything.min_score(0.95)) == [quote for quote in every if quote.score >= 0.95]
    for part in (slice(3), slice(-3, None), slice(2, 12, 3), slice(9, 4), slice(0, 99, 5)):
        assert list(everything[part]) == every[part]


def test_documents_pairs_and_timeline_are_sequences(everything: Selection) -> None:
    said = everything.by("Putin")
    wanted = [(document, quote) for document in MADE[:2] for quote in document.quotes.by("Putin")]
    dated = [(date.fromisoformat(document.meta["date"][:10]), document, quote) for document, quote in wanted]
    found: tuple[tuple[Sequence[object], Sequence[object]], ...] = (
        (said.documents, MADE[:2]),
        (said.pairs, wanted),
        (everything[:: -1 * -1].by("Putin").timeline(), dated),
        (everything.by("Ukraine").documents, ()),
    )
    for items, expected in found:
        assert isinstance(items, Sequence)
        assert (len(items), list(items), list(reversed(items))) == (len(expected), list(expected), [*expected][::-1])
        assert list(items[1:]) == list(expected[1:])
        assert [items[place] for place in range(len(items))] == list(expected)
        with pytest.raises(IndexError):
            items[len(items)]


def test_timeline_is_oldest_first_without_those_that_have_no_day(everything: Selection) -> None:
    late_first = everything.where(lambda quote: quote.id in {"q0", "q1"})
    assert [f"{day} {document.id}/{quote.id}" for day, document, quote in late_first.timeline()] == [
        "2024-05-01 one/q0",
        "2024-05-01 one/q1",
        "2024-06-30 two/q0",
        "2024-06-30 two/q1",
    ]


def test_names_and_document_of_a_quote_are_its_own_where_articles_are_copies(everything: Selection) -> None:
    first, second = everything.by("Putin").kind("indirect").act("speech")
    assert first == second
    assert [everything.document_of(quote).id for quote in (first, second)] == ["one", "two"]
    assert everything.names(first) == ("Vladimir Putin",)
    assert everything.document_of(first) == MADE[0]


def test_rows_are_those_of_the_documents(everything: Selection) -> None:
    wanted = [row for document in MADE for row in document.quotes.by("Xi").to_dicts(width=10)]
    assert everything.by("Xi").to_dicts(width=10) == wanted
    assert everything.by("Xi").to_pandas(width=10).to_dict("records") == wanted


def test_graph_draws_these_quotes_and_one_node_for_somebody_of_several_documents(everything: Selection) -> None:
    graph = everything.by("Xi").kind("mixed").graph()
    assert graph.keys("quote") == ("one/q1", "two/q1")
    assert graph.keys("document") == ("one", "two")
    [speaker] = graph.speakers()
    assert graph.nx.nodes[speaker]["document_count"] == 2
    assert list(iter_faults(graph.nx)) == []


def test_notebooks_show_a_table(everything: Selection) -> None:
    assert everything.by("Putin")._repr_html_().count("<tr>") == 5


def test_by_takes_identifiers_and_the_ids_that_a_name_match_has(corpus: Corpus) -> None:
    [name_match] = corpus.quotes.by("Ann Lee").name_matches
    assert ids(corpus.quotes.by(name_match.taken[0].identity)) == "three/q0"
    assert ids(corpus.quotes.by("Q7747")) == "one/q2 one/q3 two/q2 two/q3"


def test_name_matches_say_whom_each_name_or_entity_was_taken_to_mean(corpus: Corpus) -> None:
    found = corpus.quotes.by("Lee").about("tariffs").by(PUTIN).to(ANALYSTS).name_matches
    assert [(own.relation, own.typed, [who.name for who in own.taken]) for own in found] == [
        ("said", "Lee", ["Ann Lee"]),
        ("about", "tariffs", []),
        ("said", "Vladimir Putin", ["Vladimir Putin"]),
        ("to", "analysts", []),
    ]


def test_entity_is_found_whatever_it_says_of_itself(tmp_path: Path) -> None:
    entities = [
        Entity("e0", "A", "group", gender=None, members=["e1", "e2"], aliases=["B\x1e", "C"]),
        Entity("e1", "A", "person", gender="feminine", aliases=["B", "\x1eC"], identifier="Q1"),
        Entity("e2", "A", "person", gender="masculine", identifier="Q2", named=False),
        Entity("e3", "A", "place", stands_for="e0"),
    ]
    said = article("a", *[([name], "Go.") for name in ("Ann", "Bo", "Cy", "Dee")])
    made = [evolve(said, id=name, entities=entities, mentions=[]) for name in ("a", "b")]
    write_corpus(tmp_path, made)
    quotes = Corpus.open(tmp_path).quotes
    assert [ids(quotes.by(entity)) for entity in entities[1:3]] == ["a/q0 a/q1 a/q3 b/q0 b/q1 b/q3", "a/q0 a/q2 a/q3"]
    for other in (evolve(entities[0], aliases=["B", "C"]), evolve(entities[2], identifier=None)):
        with pytest.raises(NameNotFoundError):
            quotes.by(other)


def test_nothing_is_read_from_the_shards_before_it_is_asked_for(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError

    for name in ("iter_quotes", "iter_pairs", "iter_documents", "iter_dated", "read_documents_of"):
        monkeypatch.setattr(selections, name, fail)
    narrowed = corpus.quotes.by("Xi").by(XI).about("Ukraine").kind("mixed").between("2024-01-01", None)
    narrowed = narrowed.outlet("The Herald").min_score(0.1)
    assert (len(narrowed), len(narrowed.pairs), len(narrowed.documents), len(narrowed.timeline())) == (1, 1, 1, 1)


def test_finding_has_what_is_shown_of_a_quote(corpus: Corpus) -> None:
    finding = next(corpus.quotes.findings())
    assert (finding.title, finding.day, finding.outlet, finding.url) == ("Talks", date(2024, 5, 1), "The Herald", "x:y")
    assert (finding.speakers, finding.addressees, finding.shard) == (("Xi Jinping",), ("reporters",), 0)
    quote = corpus.quotes[0]
    assert (finding.kind, finding.act, finding.score, finding.text) == (quote.kind, quote.act, quote.score, quote.text)


@pytest.mark.parametrize(("often", "clear"), [(1, False), (9, True)])
def test_name_of_two_is_ambiguous_but_in_a_corpus_where_nearly_all_quotes_are_of_one(
    tmp_path: Path, often: int, *, clear: bool
) -> None:
    made = [article("a", *[(["Jane Roe"], "Go.")] * often), article("b", (["Ann Roe"], "No."))]
    write_corpus(tmp_path, made)
    with pytest.raises(AmbiguousNameError, match="'Roe' fits 2"):
        quotesmith.select(made).by("Roe")
    with nullcontext() if clear else pytest.raises(AmbiguousNameError, match="'Roe' fits 2"):
        assert len(Corpus.open(tmp_path).quotes.by("Roe")) == often


def test_selection_of_documents_is_pickled_and_one_of_a_corpus_says_what_to_do(corpus: Corpus) -> None:
    selection = quotesmith.select(MADE)
    assert selection.by(XI).graph() is not None
    assert ids(pickle.loads(pickle.dumps(selection)).by(XI)) == ids(selection.by(XI))  # noqa: S301 - our own bytes
    for own in (corpus.quotes, corpus.quotes.pairs):
        with pytest.raises(CorpusError, match=r"can't be pickled; open the corpus there again, or take tuple\("):
            pickle.dumps(own)


def test_selection_says_how_many_quotes_it_has(corpus: Corpus) -> None:
    assert re.fullmatch(r"<CorpusSelection: 4 quotes of .+corpus\d+>", repr(corpus.quotes.by("Putin")))
    assert repr(corpus.quotes.by("Putin").pairs) == "<LazySequence: 4 items>"


def test_same_quotes_are_found_across_documents(corpus: Corpus) -> None:
    pytest.importorskip("rensa")
    found = corpus.same_quotes()
    assert {same.first.document for same in found} == {"one"}
    assert all({own.utterance.document for own in same.versions} == {"one", "two"} for same in found)


# Names of which no word is in another: then there is no choice between documents' entities and the corpus'.
CAST = (
    Entity("e", "Ann Lee", "person", aliases=["Annie"]),
    Entity("e", "Zoë Brûlé", "person"),
    Entity("e", "the Bridge Group", "organization", aliases=["TBG"]),
    Entity("e", "Beijing", "place"),
    Entity("e", "analysts", "group", named=False),
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


NARROWINGS: st.SearchStrategy[Callable[[Selection], Selection]] = st.one_of(
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
    made: list[QuoteDocument], questions: list[list[Callable[[Selection], Selection]]]
) -> None:
    with TemporaryDirectory() as folder:
        write_corpus(Path(folder), made)
        corpus = Corpus.open(folder)
        everything = quotesmith.select(made)
        for steps in questions:
            assert answer(corpus.quotes, steps) == answer(everything, steps)


def answer(found: Selection, steps: list[Callable[[Selection], Selection]]) -> str | type[QuotesmithError]:
    for step in steps:
        try:
            found = step(found)
        except QuotesmithError as error:
            return type(error)
    return ids(found)


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
