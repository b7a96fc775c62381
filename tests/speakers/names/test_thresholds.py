"""Texts on both sides of each threshold: where the last one is crossed, something else is read."""

import pytest

from quotesmith.lexicon.gazetteer import GazetteerEntry
from quotesmith.lexicon.people import load_people
from quotesmith.speakers.names import Describer, Gazetteer, find_names
from quotesmith.speakers.noun_phrases import Description
from tests.docs import make_doc, parsed_text
from tests.speakers.names.reading import ORG, bearers, names_in, read, words_of
from tests.speakers.names.test_clustering import cluster, name_of
from tests.speakers.scenes import doc_of

KARL, ANN = (
    f"{given} NNP compound Amsel - PERSON\nAmsel NNP nsubj spoke - PERSON\nspoke VBD ROOT -\n. . punct spoke"
    for given in ("Karl", "Ann")
)


def row(words: str, tag: str = "NNP", *, head: str | None = None, label: str = "-") -> str:
    """Lines of a table, where each word is its own head if none is given."""
    return "\n".join(f"{word} {tag} dep {head or word} - {label}" for word in words.split())


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(row("Ruth Aa Bb Cc Dd Ee Ff Gg"), ["Ruth Aa Bb Cc Dd Ee Ff"], id="longest-person"),
        pytest.param(row("Edwin “ Big Bad ” Holm"), ["Edwin Holm"], id="longest-nickname"),
        pytest.param(row("Edwin “ Big Bad Old ” Holm"), ["Edwin"], id="longer-nickname"),
        pytest.param(
            f"{row('Ann Li', label='PERSON')}\n{row('left', 'VBD')}\n{row('Li')}", ["Ann Li", "Li"], id="family"
        ),
        pytest.param(f"{row('Ann L', label='PERSON')}\n{row('left', 'VBD')}\n{row('L')}", ["Ann L"], id="short-family"),
        pytest.param(
            "Aa NNP compound Zo\nBb NNP compound Zo\nCc NNP compound Zo\nZo NNP nsubj drew\ndrew VBD ROOT -",
            ["Bb Cc Zo"],
            id="longest-unrecognized",
        ),
    ],
)
def test_extent_of_a_name(table: str, expected: list[str]) -> None:
    assert words_of(names_in(doc_of(table))) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Bank of the Roe", [], id="three-words-before"),
        pytest.param("Bank of all the Roe", ["Roe"], id="four-words-before"),
    ],
)
def test_listed_name_inside_a_longer_one(body: str, expected: list[str]) -> None:
    gazetteer = Gazetteer.of([GazetteerEntry("Roe")])
    assert words_of(gazetteer.find(parsed_text(doc_of(row(body, label="ORG"))), load_people())) == expected


@pytest.mark.parametrize(
    ("heading", "first"),
    [
        pytest.param("Battered Holm and Leaves", "Holm", id="three-long-words"),
        pytest.param("Battered Holm", "Battered Holm", id="two-long-words"),
        pytest.param("Battered Holm Leaves Office quietly", "Holm", id="four-of-five-capitals"),
        pytest.param("Battered Holm Leaves quietly", "Battered Holm", id="three-of-four-capitals"),
    ],
)
def test_heading_by_its_words(heading: str, first: str) -> None:
    table = "\n".join(row(word, label="PERSON" if word in {"Battered", "Holm"} else "-") for word in heading.split())
    assert words_of(names_in(make_doc(f"{table}\n\n{row('Holm', label='PERSON')}"))) == [first, "Holm"]


@pytest.mark.parametrize(("length", "writers"), [(80, ["Jane Roe"]), (81, [])])
def test_byline_by_its_length(length: int, writers: list[str]) -> None:
    word = "X" * (length - len("By  for Jane Roe") + len("for "))
    doc = doc_of(f"{row(f'By {word}', 'XX')}\n{row('Jane Roe', label='PERSON')}")
    assert len(doc.text) == length
    assert words_of(find_names(parsed_text(doc), [], load_people())[1]) == writers


@pytest.mark.parametrize(
    ("forms", "entities"),
    [
        pytest.param([("Global Fisheries", ORG), ("GF", ORG)], 1, id="acronym-of-two-letters"),
        pytest.param([("Gazette of", ORG), ("G", ORG)], 2, id="acronym-of-one-letter"),
        pytest.param([("Aa Bb Cc Dd Ee Ff", ORG), ("ABCDEF", ORG)], 1, id="acronym-of-six-letters"),
        pytest.param([("Aa Bb Cc Dd Ee Ff Gg", ORG), ("ABCDEFG", ORG)], 2, id="acronym-of-seven-letters"),
        pytest.param(["Bo Holmen", "Holman"], 1, id="six-letters-misspelled"),
        pytest.param(["Bo Holme", "Holma"], 2, id="five-letters"),
        pytest.param(["Bo Holmen", "Holman", "Holman"], 1, id="misspelled-twice"),
        pytest.param(["Bo Holmen", "Holman", "Holman", "Holman"], 2, id="spelled-so-three-times"),
    ],
)
def test_short_forms_of_a_name(forms: list, entities: int) -> None:  # type: ignore[type-arg]
    assert len(cluster(list(map(name_of, forms)))) == entities


@pytest.mark.parametrize(
    ("before", "after", "bearer"),
    [
        pytest.param(["Karl Amsel"] * 2 + ["Ann Amsel"], [], "Ann Amsel", id="last-of-two-to-one"),
        pytest.param(["Karl Amsel"] * 4 + ["Ann Amsel"], [], "Karl Amsel", id="meant-four-to-one"),
        pytest.param(["Karl Amsel"], ["Ann Amsel"] * 31, "Karl Amsel", id="the-other-named-later"),
        pytest.param(["Karl Amsel"], ["Ann Amsel"] * 32, "Ann Amsel", id="the-other-named-later-very-often"),
    ],
)
def test_weight_of_being_named(before: list[str], after: list[str], bearer: str) -> None:
    entities = cluster([name_of(name) for name in (*before, "Amsel", *after)])
    [meant] = [entity for entity in entities if "Amsel" in entity]
    assert bearer in meant


@pytest.mark.parametrize(
    ("sentences", "bearer"),
    [
        pytest.param([KARL, ANN, "he PRP nsubj came"], "Karl Amsel", id="pronoun"),
        pytest.param([KARL, ANN, ANN, "he PRP nsubj came"], "Ann Amsel", id="pronoun-of-one-meant-less"),
        pytest.param(
            [KARL, ANN, row("x " * 23, "RB", head="said"), "he PRP nsubj came"], "Karl Amsel", id="pronoun-far-off"
        ),
        pytest.param(
            [KARL, ANN, row("x " * 24, "RB", head="said"), "he PRP nsubj came"], "Ann Amsel", id="pronoun-further-off"
        ),
    ],
)
def test_weight_of_a_pronoun(sentences: list[str], bearer: str) -> None:
    *named, last = sentences
    fillers = [sentence for sentence in named if sentence.startswith("x")]
    named = [sentence for sentence in named if not sentence.startswith("x")]
    bare = ["Amsel NNP nsubj said - PERSON", "said VBD ROOT -", *fillers, last, "came VBD ccomp said"]
    assert bearers(doc_of(*named, "\n".join(bare)))[-1] == bearer


@pytest.mark.parametrize(
    ("times", "bearer"), [pytest.param(1, "Karl Amsel", id="once"), pytest.param(2, "Ann Amsel", id="twice")]
)
def test_weight_of_a_subject(times: int, bearer: str) -> None:
    named = "Ann NNP compound Amsel - PERSON\nAmsel NNP dobj saw - PERSON"
    seen = f"They PRP nsubj saw\nsaw VBD ROOT -\n{named}\n. . punct saw"
    bare = "Amsel NNP nsubj left - PERSON\nleft VBD ROOT -"
    assert bearers(doc_of(KARL, *[seen] * times, bare))[-1] == bearer


def described(table: str) -> list[Description]:
    parsed = parsed_text(doc_of(table))
    [name] = read(parsed.doc).names
    return list(Describer(parsed, load_people(), dict.fromkeys(range(name.start, name.end), 0))(name))


def test_words_before_a_name_that_describe_it() -> None:
    [said] = described(f"{row('z b c d e f g h', 'JJ')}\n{row('nurse', 'NN')}\n{row('Ann Lee', label='PERSON')}")
    assert (said.head, said.modifiers) == ("nurse", frozenset("bcdefgh"))


@pytest.mark.parametrize(("words", "heads"), [(10, ["mayor"]), (11, [])])
def test_length_of_an_apposition(words: int, heads: list[str]) -> None:
    table = f"{row('Ann Lee', label='PERSON')}\n{row(', a ' + 'big ' * words, 'JJ')}\n{row('mayor', 'NN')}"
    assert [said.head for said in described(table)] == heads
