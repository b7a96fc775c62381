import pytest

from quotesmith.lexicon.people import load_people
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, TextSpan
from quotesmith.speakers.names.clustering import cluster_names
from quotesmith.speakers.names.recognition import Name
from tests.docs import make_doc, parsed_text

PERSON, ORG, PLACE = EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE
EMPTY = parsed_text(make_doc("x NN ROOT -"))


def clusters(*written: tuple[str, EntityKind] | str) -> list[list[str]]:
    """The names of each entity; titles are split from a name by a bar."""
    names = []
    for position, item in enumerate(written):
        text, kind = (item, PERSON) if isinstance(item, str) else item
        titles, _, words = text.rpartition("|")
        names.append(Name(0, 1, tuple(words.split()), tuple(titles.split()), kind))
        assert position == len(names) - 1
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
    ],
)
def test_forms_of_one_person(forms: list[str]) -> None:
    assert len(clusters(*forms)) == 1


@pytest.mark.parametrize(
    "forms",
    [
        pytest.param(["Mann", "Ann"], id="suffix-of-the-other"),
        pytest.param(["Bill Amsel", "Ruth Amsel"], id="one-surname"),
        pytest.param(["Karl Holm", "Karl Holm Jr."], id="junior"),
    ],
)
def test_forms_of_two_people(forms: list[str]) -> None:
    assert len(clusters(*forms)) == 2


def test_bare_surname_of_two_goes_to_the_one_named_in_full_last() -> None:
    assert clusters("Bill Amsel", "Amsel", "Ruth Amsel", "Amsel") == [
        ["Bill Amsel", "Amsel"],
        ["Ruth Amsel", "Amsel"],
    ]


def test_title_tells_which_of_two_is_meant() -> None:
    assert clusters("Bill Amsel", "Ruth Amsel", "Mr.|Amsel") == [["Bill Amsel", "Amsel"], ["Ruth Amsel"]]


def test_label_of_the_recognizer_does_not_part_a_person() -> None:
    assert clusters("Ngozi Okafor", ("Okafor", ORG)) == [["Ngozi Okafor", "Okafor"]]


def test_places_with_shorter_forms() -> None:
    assert len(clusters(("United States", PLACE), ("U.S.", PLACE), ("US", PLACE))) == 1


def test_acronym_of_initials() -> None:
    assert len(clusters(("Global Fisheries Board", ORG), ("GFB", ORG))) == 1


def test_acronym_in_brackets_need_not_be_of_initials() -> None:
    doc = make_doc("""
        Office NNP ROOT - - ORG
        of IN prep Office - ORG
        Tides NNP pobj of - ORG
        ( -LRB- punct Office
        OTD NNP appos Office - ORG
        ) -RRB- punct Office
    """)
    names = [Name(0, 3, ("Office", "of", "Tides"), (), ORG), Name(4, 5, ("OTD",), (), ORG)]
    [entity] = cluster_names(names, parsed_text(doc), load_people())
    assert entity.names == [0, 1]


def test_last_word_stands_for_the_only_body_that_ends_so() -> None:
    assert len(clusters(("Oslo Gazette", ORG), ("Gazette", ORG))) == 1
    assert len(clusters(("Oslo Gazette", ORG), ("Bergen Gazette", ORG), ("Gazette", ORG))) == 3


def test_ten_thousand_names_of_one_family_are_linear() -> None:
    assert len(clusters(*[f"Name{number} Holm" for number in range(10_000)])) == 10_000


@pytest.mark.parametrize(
    "short",
    [
        pytest.param("President|Amsel", id="same"),
        pytest.param("Pres.|Amsel", id="abbreviated"),
        pytest.param("Former President|Amsel", id="with-another-word"),
    ],
)
def test_title_written_before_beats_the_one_named_last(short: str) -> None:
    assert clusters("President|Karl Amsel", "Hans Amsel", short) == [["Karl Amsel", "Amsel"], ["Hans Amsel"]]


def test_title_of_nobody_leaves_the_one_named_last() -> None:
    assert clusters("President|Karl Amsel", "Hans Amsel", "Senator|Amsel") == [["Karl Amsel"], ["Hans Amsel", "Amsel"]]


def in_brackets(full: str, short: str, kind: EntityKind) -> list[list[int]]:
    """The names of each entity in "Full Name (Short). Short"."""
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


def test_acronym_in_brackets_may_have_small_letters() -> None:
    assert in_brackets("Bank of Tromsø", "BoT", ORG) == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("full", "short", "kind"),
    [
        pytest.param("Bank of Tromsø", "Gazette", ORG, id="a-word"),
        pytest.param("Karl Holm", "KH", PERSON, id="after-a-person"),
    ],
)
def test_other_names_in_brackets_are_their_own(full: str, short: str, kind: EntityKind) -> None:
    assert in_brackets(full, short, kind)[0] == [0]
