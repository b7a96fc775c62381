from typing import Any

import pytest

from quotesmith.coreference import EntityNumber
from quotesmith.lexicon.gazetteer import GazetteerEntry
from quotesmith.lexicon.people import load_people
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, TextSpan
from quotesmith.speakers.names import Describer, Gazetteer, Name, cluster_names, find_names
from quotesmith.speakers.noun_phrases import Description
from quotesmith.speakers.settings import DEFAULT_NAME_SETTINGS
from tests.docs import make_doc, parsed_text
from tests.speakers.scenes import ORG, PERSON, PLACE, bearers, context_of_doc, doc_of, names_in, text_names, words_of

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
    entities = cluster_names(names, parsed, load_people(), DEFAULT_NAME_SETTINGS)
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
        pytest.param([("Halm Foods plc", ORG), ("Halm Foods", ORG), ("Halm", ORG)], id="legal-form-and-first-word"),
        pytest.param([("Tromsø Study Center", ORG), ("Tromsø Study", ORG)], id="without-a-bodys-noun"),
        pytest.param([("Tele Norma", ORG), "TN"], id="acronym-taken-for-a-person"),
        pytest.param(["Nouri al-Holmi", "Holmi", "al-Holmi"], id="article-before-a-hyphen"),
        pytest.param(["Karl Holm Jr.", "Karl Jr."], id="given-name-of-a-junior"),
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
        pytest.param(["Karl Holm Sr.", "Karl Jr."], id="given-name-of-another-junior"),
        pytest.param(["Erik Lindqvist", "Dindqvist"], id="another-first-letter"),
        pytest.param(["Erik Lindqvist", "Anna Lindqvost", "Lindqvest"], id="one-letter-off-two"),
        pytest.param([("Oslo Gazette", ORG), ("Bergen Gazette", ORG), ("Gazette", ORG)], id="last-word-of-two-bodies"),
        pytest.param([("Halm Foods", ORG), ("Halm Air", ORG), ("Halm", ORG)], id="first-word-of-two-bodies"),
        pytest.param([("Open Foods", ORG), ("Open", ORG)], id="first-word-is-a-word"),
        pytest.param([("Tele Norma", ORG), "Mr.|TN"], id="titled-capitals"),
        pytest.param(["Karl Amsel", "Mrs.|Amsel"], id="title-against-given-name"),
    ],
)
def test_forms_of_as_many_entities(forms: list[Written]) -> None:
    assert len(cluster(list(map(name_of, forms)))) == len(forms)


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("Ann Amsel, Karl, Amsel, Karl Amsel", "Ann Amsel, Amsel; Karl, Karl Amsel"),
        ("Ann Amsel, Ann, Karl, Karl, Amsel, Karl Amsel", "Ann Amsel, Ann, Amsel; Karl, Karl, Karl Amsel"),
    ],
)
def test_one_called_by_given_name_is_not_meant_by_the_surname(forms: str, expected: str) -> None:
    assert "; ".join(map(", ".join, cluster(list(map(name_of, forms.split(", ")))))) == expected


TOLD = """
    Zentro NNP nsubj said - {one}
    , , punct Zentro
    {words}
    Baltic NNP compound Rail - {other}
    Rail NNP pobj Zentro - {other}
    {behind} , punct Zentro
    said VBD ROOT -
"""


@pytest.mark.parametrize(
    ("words", "behind", "kinds", "expected"),
    [
        pytest.param("also known as", ",", "ORG ORG", "Baltic Rail", id="known-as"),
        pytest.param("whose real name is", ",", "PERSON PERSON", "Baltic Rail", id="real-name"),
        pytest.param("formerly", ",", "ORG ORG", "Zentro", id="formerly"),
        pytest.param("born", ",", "PERSON PERSON", "Zentro", id="born"),
        pytest.param("formerly", "chairman", "PERSON ORG", "Zentro, Baltic Rail", id="formerly-of-a-body"),
        pytest.param("born", ",", "PERSON GPE", "Zentro, Baltic Rail", id="born-in-a-place"),
        pytest.param("owner of", ",", "ORG ORG", "Zentro, Baltic Rail", id="owner"),
    ],
)
def test_another_name_that_the_text_tells(words: str, behind: str, kinds: str, expected: str) -> None:
    one, other = kinds.split()
    told = "\n".join(f"{word} RB dep {word}" for word in words.split())
    doc = doc_of(TOLD.format(words=told, behind=behind, one=one, other=other))
    drafts = [context_of_doc(doc).entities[EntityNumber(n)] for n in range(len(expected.split(", ")))]
    assert ", ".join(draft.name for draft in drafts) == expected


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("Bill Amsel, Amsel, Ruth Amsel, Amsel", "Bill Amsel, Amsel; Ruth Amsel, Amsel"),
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
        ("President|Karl Amsel, Hans Amsel, Senator|Amsel", "Karl Amsel; Hans Amsel, Amsel"),
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


RELATIVE_BESIDE = (
    "Her PRP$ poss {noun}\n{noun} NN nsubj left\n, , punct {noun}\nSaoirse NNP compound Holm - PERSON\n"
    "Holm NNP appos {noun} - PERSON\n{behind} , punct {noun}\nleft VBD ROOT -\n. . punct left"
)
MRS = "Mrs. NNP compound Holm\nHolm NNP nsubj spoke - PERSON\nspoke VBD ROOT -"


@pytest.mark.parametrize(
    ("noun", "behind", "is_she"),
    [
        pytest.param("husband", ",", False, id="man"),
        pytest.param("wife", ",", True, id="woman"),
        pytest.param("partner", ",", True, id="anybody"),
        pytest.param("husband", "and", True, id="list"),
    ],
)
def test_gender_that_a_noun_tells_parts_people(noun: str, behind: str, *, is_she: bool) -> None:
    doc = doc_of(RELATIVE_BESIDE.format(noun=noun, behind=behind), MRS)
    assert (len(set(bearers(doc))) == 1) is is_she


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
    return [entity.names for entity in cluster_names(names, parsed_text(doc), load_people(), DEFAULT_NAME_SETTINGS)]


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


# Texts on both sides of each threshold: where the last one is crossed, something else is read


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
    assert (
        words_of(gazetteer.find(parsed_text(doc_of(row(body, label="ORG"))), load_people(), DEFAULT_NAME_SETTINGS))
        == expected
    )


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
    assert words_of(find_names(parsed_text(doc), [], load_people(), None, DEFAULT_NAME_SETTINGS)[1]) == writers


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
    [name] = text_names(parsed.doc).names
    return list(
        Describer(parsed, load_people(), dict.fromkeys(range(name.start, name.end), 0), DEFAULT_NAME_SETTINGS)(name)
    )


def test_words_before_a_name_that_describe_it() -> None:
    [said] = described(f"{row('z b c d e f g h', 'JJ')}\n{row('nurse', 'NN')}\n{row('Ann Lee', label='PERSON')}")
    assert (said.head, said.modifiers) == ("nurse", frozenset("bcdefgh"))


@pytest.mark.parametrize(("words", "heads"), [(10, ["mayor"]), (11, [])])
def test_length_of_an_apposition(words: int, heads: list[str]) -> None:
    table = f"{row('Ann Lee', label='PERSON')}\n{row(', a ' + 'big ' * words, 'JJ')}\n{row('mayor', 'NN')}"
    assert [said.head for said in described(table)] == heads


@pytest.mark.parametrize(
    ("forms", "entities"),
    [
        pytest.param(["Mr.|Holm", "Mrs.|Holm", "Mr.|Holm"], [[0, 2], [1]], id="husband-and-wife"),
        pytest.param(["Mrs|Holm", "Holm", "Mr|Holm"], [[0, 1], [2]], id="bare-name-is-the-last-one's"),
        pytest.param(["Frank Holm", "Mrs.|Holm", "Mr.|Holm"], [[0, 2], [1]], id="one-named-in-full"),
        pytest.param(["Q. Holm", "Mrs.|Holm", "Mr.|Holm", "Mr.|Holm"], [[0, 2, 3], [1]], id="the-more-frequent-title"),
        pytest.param(["Bo Holm", "Mrs.|Holm"], [[0, 1]], id="one-gender-is-no-contradiction"),
        pytest.param(["Jane Holm", "Bo Holm", "Mr.|Holm", "Mrs.|Holm"], [[0, 3], [1, 2]], id="both-named-in-full"),
        pytest.param(["Miss|Holm", "Mrs.|Holm", "Ms.|Holm"], [[0, 1, 2]], id="titles-of-one-gender"),
    ],
)
def test_titles_of_two_genders_are_two_people(forms: list[Written], entities: list[list[int]]) -> None:
    names = list(map(name_of, forms))
    parsed = ParsedText(EMPTY.doc, "x" * len(names), (), [0], [1], [0], (TextSpan(0, 1),), [0])
    found = cluster_names(names, parsed, load_people(), DEFAULT_NAME_SETTINGS)
    assert [list(entity.names) for entity in found] == entities
