from typing import Any

import pytest

from quotesmith.lexicon.people import load_people
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, TextSpan
from quotesmith.speakers.names import Name, cluster_names
from tests.docs import make_doc, parsed_text
from tests.speakers.names.reading import ORG, PERSON, PLACE, bearers
from tests.speakers.scenes import doc_of

EMPTY = parsed_text(make_doc("x NN ROOT -"))
Written = tuple[str, EntityKind] | str


def name_of(written: Written) -> Name:
    """A name of a text without words; titles are split from it by a bar."""
    text, kind = (written, PERSON) if isinstance(written, str) else written
    titles, _, words = text.rpartition("|")
    return Name(0, 1, tuple(words.split()), tuple(titles.split()), kind)


def cluster(names: list[Name]) -> list[list[str]]:
    """The names of each entity."""
    parsed = ParsedText(EMPTY.doc, "x" * len(names), (), [0], [1], [0], (TextSpan(0, 1),), [0])
    entities = cluster_names(names, parsed, load_people())
    return [[" ".join(names[place].words) for place in entity.names] for entity in entities]


@pytest.mark.parametrize(
    "forms",
    [
        pytest.param(["Xi Jinping", "Mr.|Xi", "Xi"], id="family-first"),
        pytest.param(["Ngozi Okafor", "Okafor", "OKAFOR"], id="capitals"),
        pytest.param(["Okafor", "Ngozi Okafor", "Ngozi"], id="short-form-first"),
        pytest.param(["J. K. Holm", "Joanne Holm"], id="initials"),
        pytest.param(["José Álvarez", "Alvarez", "Jose Alvarez"], id="accents"),
        pytest.param(["Sinéad O’Rourke", "Sinead O'Rourke", "Sinead"], id="accents-and-apostrophes"),
        pytest.param(["Bill Amsel", "William Amsel", "William R. Amsel"], id="nickname-and-middle"),
        pytest.param(["Ngozi Okafor", ("Okafor", ORG)], id="another-label-of-the-recognizer"),
        pytest.param(["Chandler Van Holm", "Van Holm"], id="particle-of-the-family-name"),
        pytest.param(["Inez Duarte Vidal", "Duarte Vidal"], id="family-name-of-two-words"),
        pytest.param(["Erik Lindqvistson", "Lindqvistsen", "Lindvistson"], id="misspelt-family-name"),
        pytest.param([("United States", PLACE), ("U.S.", PLACE), ("US", PLACE)], id="short-forms-of-a-place"),
        pytest.param([("Global Fisheries Board", ORG), ("GFB", ORG)], id="acronym-of-initials"),
        pytest.param([("Oslo Gazette", ORG), ("Gazette", ORG)], id="last-word-of-a-body"),
    ],
)
def test_forms_of_one_entity(forms: list[Written]) -> None:
    assert len(cluster(list(map(name_of, forms)))) == 1


@pytest.mark.parametrize(
    "forms",
    [
        pytest.param(["Mann", "Ann"], id="suffix-of-the-other"),
        pytest.param(["Bill Amsel", "Ruth Amsel"], id="one-surname"),
        pytest.param(["Karl Holm", "Karl Holm Jr."], id="junior"),
        pytest.param(["Erik Lindqvist", "Dindqvist"], id="another-first-letter"),
        pytest.param(["Erik Lindqvist", "Anna Lindqvost", "Lindqvest"], id="one-letter-off-two"),
        pytest.param([("Oslo Gazette", ORG), ("Bergen Gazette", ORG), ("Gazette", ORG)], id="last-word-of-two-bodies"),
    ],
)
def test_forms_of_as_many_entities(forms: list[Written]) -> None:
    assert len(cluster(list(map(name_of, forms)))) == len(forms)


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        pytest.param(
            "Bill Amsel, Amsel, Ruth Amsel, Amsel", "Bill Amsel, Amsel; Ruth Amsel, Amsel", id="named-in-full-last"
        ),
        pytest.param(
            "Karl Amsel, Karl Amsel, Amsel, Amsel, Amsel, Ann Amsel, Amsel",
            "Karl Amsel, Karl Amsel, Amsel, Amsel, Amsel, Amsel; Ann Amsel",
            id="meant-most",
        ),
        pytest.param("Bill Amsel, Ruth Amsel, Mr.|Amsel", "Bill Amsel, Amsel; Ruth Amsel", id="gender-of-title"),
        *(
            pytest.param(f"President|Karl Amsel, Hans Amsel, {short}", "Karl Amsel, Amsel; Hans Amsel", id=short)
            for short in ("President|Amsel", "Pres.|Amsel", "Former President|Amsel")
        ),
        pytest.param(
            "President|Karl Amsel, Hans Amsel, Senator|Amsel", "Karl Amsel; Hans Amsel, Amsel", id="title-of-nobody"
        ),
    ],
)
def test_bare_surname_of_two_people(forms: str, expected: str) -> None:
    assert "; ".join(map(", ".join, cluster(list(map(name_of, forms.split(", ")))))) == expected


def test_pronoun_behind_a_bare_name_shows_whose_it_is() -> None:
    people = [
        f"{given} NNP compound Amsel - PERSON\nAmsel NNP nsubj spoke - PERSON\nspoke VBD ROOT -\n. . punct spoke"
        for given in ("Karl", "Ann")
    ]
    bare = "Amsel NNP nsubj said - PERSON\nsaid VBD ROOT -\n{} PRP nsubj came\ncame VBD ccomp said"
    for pronoun, name in (("he", "Karl Amsel"), ("she", "Ann Amsel")):
        doc = doc_of(*people, bare.format(pronoun))
        assert bearers(doc)[-1] == name


RELATIVE = (
    "{subject}\nis VBZ ROOT -\nthe DT det {noun}\n{noun} NN attr is\nof IN prep {noun}\n"
    "Ann NNP pobj of - PERSON\nand CC cc Ann\nBo NNP compound Holm - PERSON\nHolm NNP conj Ann - PERSON\n. . punct is"
)


@pytest.mark.parametrize(
    ("subject", "noun", "expected"),
    [
        pytest.param("Holm NNP nsubj is - PERSON", "daughter", ["Holm", "Ann", "Bo Holm"], id="relative"),
        pytest.param("Holm NNP nsubj is - PERSON", "friend", ["Bo Holm", "Ann", "Bo Holm"], id="friend"),
        pytest.param("He PRP nsubj is", "son", ["Ann", "Bo Holm", "Bo Holm"], id="behind-the-full-name"),
    ],
)
def test_bare_name_beside_a_relative_named_in_full(subject: str, noun: str, expected: list[str]) -> None:
    sentences = [RELATIVE.format(subject=subject, noun=noun)]
    if subject.startswith("He"):
        sentences.append("Holm NNP nsubj spoke - PERSON\nspoke VBD ROOT -")
    assert bearers(doc_of(*sentences)) == expected


def in_brackets(full: str, short: str, kind: EntityKind) -> list[tuple[int, ...]]:
    """The places of each entity's names in "Full Name (Short). Short"."""
    words = full.split()
    rows = [f"{word} NNP dep {word}" for word in words]
    doc = make_doc("\n".join([*rows, "( -LRB- punct (", f"{short} NNP dep (", ") -RRB- punct (", f"{short} NNP dep ("]))
    end = len(words)
    names = [
        Name(0, end, tuple(words), (), kind),
        Name(end + 1, end + 2, (short,), (), ORG),
        Name(end + 3, end + 4, (short,), (), PERSON),
    ]
    return [entity.names for entity in cluster_names(names, parsed_text(doc), load_people())]


@pytest.mark.parametrize(
    ("full", "short", "kind", "first"),
    [
        pytest.param("Office of Tides", "OTD", ORG, (0, 1, 2), id="not-of-initials"),
        pytest.param("Bank of Tromsø", "BoT", ORG, (0, 1, 2), id="small-letters"),
        pytest.param("Bank of Tromsø", "Gazette", ORG, (0,), id="a-word"),
        pytest.param("Karl Holm", "KH", PERSON, (0,), id="after-a-person"),
    ],
)
def test_name_in_brackets(full: str, short: str, kind: EntityKind, first: tuple[int, ...]) -> None:
    assert in_brackets(full, short, kind)[0] == first


def test_ten_thousand_names_of_one_family_are_linear() -> None:
    assert len(cluster([name_of(f"Name{number} Holm") for number in range(10_000)])) == 10_000


class CountedNames(list[Name]):
    """Names that count how often one is looked at."""

    looks = 0

    def __getitem__(self, index: Any) -> Any:
        CountedNames.looks += 1
        return super().__getitem__(index)


def count_looks(people: int, bare: int) -> int:
    """How often names are looked at where so many people bear each of so many bare names."""
    names = CountedNames([*(name_of(f"Name{number} Holm") for number in range(people)), *[name_of("Holm")] * bare])
    CountedNames.looks = 0
    assert len(cluster(names)) == people
    return CountedNames.looks


def test_bare_name_is_compared_with_a_few_of_its_bearers() -> None:
    assert count_looks(100, 2_000) < 2.2 * count_looks(100, 1_000)
    assert count_looks(1_000, 1_000) < 2 * count_looks(100, 1_000)
