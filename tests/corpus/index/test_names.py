"""Whom and what a name means."""

from pathlib import Path

import pytest

from quotesmith.corpus.index.filters import ABOUT, ADDRESSED, SAID
from quotesmith.corpus.index.indexes import Index, open_index
from quotesmith.corpus.index.names import NameMatch, find_speaker, find_topic, outlet_key
from quotesmith.errors import AmbiguousNameError, ArgumentError, NameNotFoundError
from quotesmith.query import select
from quotesmith.records import Entity, Quote, QuoteDocument
from tests.corpus.hand_made import article, write_corpus, write_registry


def cast(document: str, *entities: tuple[str, str, int], named: bool = True) -> QuoteDocument:
    """A document whose entities, each of a kind, say so many quotes."""
    made = [Entity(f"e{place}", name, kind, named=named) for place, (name, kind, _) in enumerate(entities)]
    speakers = [f"e{place}" for place, (*_, count) in enumerate(entities) for _ in range(count)]
    quotes = [Quote(f"q{place}", "direct", [(0, 1)], "Go", speakers=[own]) for place, own in enumerate(speakers)]
    return QuoteDocument(document, "text", "en", quotes, made)


def index_of(folder: Path, *documents: QuoteDocument) -> Index:
    write_corpus(folder, documents)
    return open_index(folder)


def taken(name_match: NameMatch) -> list[str]:
    return [own.identity for own in name_match.taken]


def test_whole_name_beats_a_part_of_one(tmp_path: Path) -> None:
    people = ("Jane Roe", "person", 9), ("Roe Lind", "person", 9)
    index = index_of(tmp_path, cast("a", *people, ("Roe", "organization", 1)))
    assert taken(find_speaker(index, "roe", SAID)) == ["organization:roe"]
    assert taken(find_speaker(index, "Jane", SAID)) == ["person:jane roe"]
    assert taken(find_speaker(index, "Lind", SAID)) == ["person:roe lind"]


def test_article_counts_neither_in_the_name_nor_in_what_is_typed(tmp_path: Path) -> None:
    index = index_of(tmp_path, cast("a", ("the Herald", "organization", 1)))
    assert taken(find_speaker(index, "Herald", SAID)) == taken(find_speaker(index, "The HERALD", SAID))


def test_one_with_nine_tenths_of_the_quotes_is_meant_and_the_others_are_told(tmp_path: Path) -> None:
    index = index_of(tmp_path, cast("a", ("Ann Lee", "person", 9), ("Bo Lee", "person", 1)))
    name_match = find_speaker(index, "Lee", SAID)
    assert taken(name_match) == ["person:ann lee"]
    assert [own.identity for own in name_match.passed_over] == ["person:bo lee"]


def test_less_is_ambiguous_and_tells_how_to_say_which(tmp_path: Path) -> None:
    index = index_of(tmp_path, cast("a", ("Ann Lee", "person", 8), ("Bo Lee", "person", 1), ("Cy Lee", "person", 0)))
    told = (
        r"'Lee' fits 3 in this corpus: Ann Lee \(person, person:ann lee\): 8 quotes, Bo Lee .+ 1 quotes, Cy Lee .+"
        r" 0 quotes; give a full name, or the id in brackets"
    )
    with pytest.raises(AmbiguousNameError, match=told):
        find_speaker(index, "Lee", SAID)
    assert taken(find_speaker(index, "person:bo lee", SAID)) == ["person:bo lee"]
    with pytest.raises(AmbiguousNameError):
        find_speaker(index, "Lee", ADDRESSED)


def test_people_of_one_known_word_go_with_the_person_whom_it_means(tmp_path: Path) -> None:
    index = index_of(tmp_path, article("a", (["Ann Lee"], "Go."), aliases=["Lee"]), cast("b", ("Lee", "person", 3)))
    assert taken(find_speaker(index, "Lee", SAID)) == ["person:lee", "person:ann lee"]
    assert taken(find_speaker(index, "Ann Lee", SAID)) == ["person:ann lee"]


@pytest.mark.parametrize("typed", ["Alvarez", "álvarez"])
def test_one_known_word_may_be_somebody_whom_others_name_in_full(tmp_path: Path, typed: str) -> None:
    made = [article("a", (["José Álvarez"], "Go.")), article("b", (["Alvarez"], "No.")), article("c", (["Lee"], "So."))]
    found = find_speaker(index_of(tmp_path, *made), typed, SAID)
    assert sorted(taken(found)) == ["person:alvarez", "person:jose alvarez"]
    assert len(select(made).by(typed)) == sum(own.said for own in found.taken) == 2


def test_one_word_that_may_be_several_peoples_is_ambiguous(tmp_path: Path) -> None:
    first = article("a", (["Ann Lee"], "Go."), aliases=["Lee"])
    second = article("b", (["Bo Lee"], "Go."), aliases=["Lee"])
    with pytest.raises(AmbiguousNameError, match="fits 3"):
        find_speaker(index_of(tmp_path, first, second, cast("c", ("Lee", "person", 50))), "Lee", SAID)


def test_main_name_beats_the_same_name_as_an_alias(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        article("a", (["Ann Bea Lee"], "Go."), (["Ann Bea Lee"], "Stay."), aliases=["Ann Lee"]),
        article("b", (["Ann Lee"], "Go."), (["Ann Lee"], "Stay.")),
    )
    assert taken(find_speaker(index, "Ann Lee", SAID)) == ["person:ann lee"]


def test_one_word_means_no_body_of_which_less_is_quoted_than_of_a_person(tmp_path: Path) -> None:
    person = article("a", (["Ann Lee"], "Go."), (["Ann Lee"], "Stay."), aliases=["Lee"])
    with pytest.raises(AmbiguousNameError):
        find_speaker(index_of(tmp_path, person, cast("b", ("Lee", "organization", 1))), "Lee", SAID)


def test_place_body_and_unnamed_ones_that_are_called_just_so_are_one(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        cast("a", ("Police", "organization", 1)),
        cast("b", ("the police", "group", 2), named=False),
        cast("c", ("Police", "place", 0)),
    )
    assert sorted(taken(find_speaker(index, "police", SAID))) == [
        "organization:police",
        "place:police",
        "unnamed:police",
    ]
    assert str(find_speaker(index, "unnamed:police", SAID).taken[0]) == "the police (unnamed, unnamed:police)"


def test_unnamed_ones_have_no_part_of_a_name(tmp_path: Path) -> None:
    index = index_of(tmp_path, cast("a", ("senior analysts", "person", 1), named=False))
    with pytest.raises(NameNotFoundError, match="close: senior analysts"):
        find_speaker(index, "analysts", SAID)


def test_nobody_is_an_error_with_close_names(tmp_path: Path) -> None:
    index = index_of(tmp_path, cast("a", ("Vladimir Putin", "person", 1)))
    with pytest.raises(NameNotFoundError, match="nobody in this corpus is called 'Putni'; close: Vladimir Putin"):
        find_speaker(index, "Putni", SAID)
    with pytest.raises(NameNotFoundError, match="'xyz'; nor nearly so"):
        find_speaker(index, "xyz", SAID)


def test_topic_is_everybody_whom_it_fits_best_or_nobody(tmp_path: Path) -> None:
    index = index_of(tmp_path, cast("a", ("Ann Lee", "person", 9), ("Bo Lee", "person", 1)))
    assert taken(find_topic(index, "Lee")) == ["person:ann lee", "person:bo lee"]
    assert find_topic(index, "tariffs") == NameMatch(ABOUT, "tariffs", ())


def test_registry_says_who_is_one_under_which_names(tmp_path: Path) -> None:
    write_corpus(tmp_path, [cast("a", ("Joe Biden", "person", 1)), cast("b", ("Joseph Biden", "person", 2))])
    write_registry(
        tmp_path,
        [("i7", "Joe Biden", "person", "masculine", "Q6279", 2), ("i8", "Nobody Here", "person", None, None, 1)],
        [("i7", "Joe Biden"), ("i7", "Joseph Biden"), ("i7", "the president")],
        [("a", "e0", "i7"), ("b", "e0", "i7"), ("elsewhere", "e0", "i8")],
    )
    index = open_index(tmp_path)
    [biden] = find_speaker(index, "President", SAID).taken
    assert (biden.identity, biden.name, biden.said, biden.documents) == ("i7", "Joe Biden", 3, 2)
    assert [taken(find_speaker(index, name, SAID)) for name in ("i7", "Q6279", "Joseph Biden")] == [["i7"]] * 3
    with pytest.raises(NameNotFoundError):
        find_speaker(index, "Nobody Here", SAID)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    write_corpus(tmp_path, [article(name, (["Ann"], "Go."), outlet=name) for name in ("Le Père", "Post", "")])
    return open_index(tmp_path)


def test_case_and_accents_do_not_count(index: Index) -> None:
    assert outlet_key(index, "LE pere") == "le pere"


def test_unknown_outlet_lists_close_ones(index: Index) -> None:
    with pytest.raises(NameNotFoundError, match="the outlet 'Le Pere Noel'; there are Le Père, Post"):
        outlet_key(index, "Le Pere Noel")
    with pytest.raises(NameNotFoundError, match="outlet ''"):
        outlet_key(index, "")


def test_outlet_is_a_string(index: Index) -> None:
    with pytest.raises(ArgumentError, match="an outlet must be a string, not int"):
        outlet_key(index, 3)  # type: ignore[arg-type]


def test_corpus_without_outlets_says_so(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", (["Ann"], "Go."))])
    with pytest.raises(NameNotFoundError, match="none has any"):
        outlet_key(open_index(tmp_path), "Post")
