"""The tables of a registry, and which units are one in them."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotesmith.corpus import database
from quotesmith.corpus.registry import deciding
from quotesmith.corpus.registry.corrections import Correction
from quotesmith.errors import CorpusError
from quotesmith.lexicon.gazetteer import GazetteerEntry
from quotesmith.query.names import name_key
from quotesmith.records import Entity, QuoteDocument
from tests.corpus.hand_made import Making, naming


def test_tables_are_those_of_the_contract(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming("b", "Bill Roe"), naming("a", "William Roe", "Ann Lind")])
    making.make()
    person = {"kind": "person", "gender": None, "identifier": None}
    assert making.rows("identities") == [
        {**person, "identity": "i1", "name": "Bill Roe", "documents": 2},
        {**person, "identity": "i2", "name": "Ann Lind", "documents": 1},
    ]
    assert making.rows("members") == [
        {"document": "a", "entity": "e0", "identity": "i1"},
        {"document": "a", "entity": "e1", "identity": "i2"},
        {"document": "b", "entity": "e0", "identity": "i1"},
    ]
    assert making.rows("names") == [
        {"identity": "i1", "name": "Bill Roe", "documents": 1, "reason": ""},
        {"identity": "i1", "name": "William Roe", "documents": 1, "reason": "the names fit"},
        {"identity": "i2", "name": "Ann Lind", "documents": 1, "reason": ""},
    ]
    assert making.next_number == 3


def test_unnamed_are_in_no_registry(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming("a", Entity("e0", "the mayor", "person", named=False)), naming("b", "Ann")])
    making.make()
    assert list(making.who()) == ["b/e0"]


def test_aliases_are_names_too(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming("a", Entity("e0", "Ann Roe", "person", aliases=["Ann", "Roe"]))])
    making.make()
    told = {row["name"]: row["reason"] for row in making.rows("names")}
    assert told == {
        "Ann Roe": "",
        "Ann": "stands for Ann Roe in the same document",
        "Roe": "stands for Ann Roe in the same document",
    }


def test_others_are_one_by_kind_and_name(tmp_path: Path) -> None:
    making = Making(
        tmp_path,
        [
            naming("a", Entity("e0", "The Herald", "organization"), Entity("e1", "Oslo", "place")),
            naming("b", Entity("e0", "herald", "organization"), Entity("e1", "Oslo", "organization")),
            naming("c", Entity("e0", "World Trade Fund", "organization", aliases=["WTF"])),
            naming("d", Entity("e0", "WTF", "organization")),
        ],
    )
    making.make()
    assert making.together() == {frozenset(own) for own in ({"a/e0", "b/e0"}, {"a/e1"}, {"b/e1"}, {"c/e0", "d/e0"})}


def test_noun_alone_is_another_in_each_document_unless_the_user_says_otherwise(tmp_path: Path) -> None:
    board, senate = Entity("e0", "the Board", "organization"), Entity("e1", "Senate", "organization")
    known = Entity("e0", "Board", "organization", identifier="Q3")
    making = Making(
        tmp_path, [naming("a", board, senate), naming("b", board, senate), naming("c", known), naming("d", known)]
    )
    senates, boards = frozenset({"a/e1", "b/e1"}), frozenset({"c/e0", "d/e0"})
    making.make()
    assert making.together() == {senates, boards, frozenset({"a/e0"}), frozenset({"b/e0"})}
    making.make([join("Board", "Senate", "b")])
    assert making.together() == {senates | {"b/e0"}, boards, frozenset({"a/e0"})}


def test_noun_alone_may_be_joined_in_all_documents(tmp_path: Path) -> None:
    board, school = Entity("e0", "Board", "organization"), Entity("e1", "Board of Education", "organization")
    making = Making(tmp_path, [naming("a", board), naming("b", board), naming("c", school)])
    making.make([join("Board of Education", "Board")])
    assert making.together() == {frozenset({"a/e0", "b/e0", "c/e1"})}


def test_stops_of_acronyms_do_not_count(tmp_path: Path) -> None:
    spelled = [Entity("e0", name, "organization") for name in ("F.B.I.", "FBI", "the F.B.I")]
    making = Making(tmp_path, [naming(f"d{at}", entity) for at, entity in enumerate(spelled)])
    making.make()
    assert len(making.together()) == 1


def test_identifiers_join_and_part_whatever_the_names(tmp_path: Path) -> None:
    making = Making(
        tmp_path,
        [
            naming("a", Entity("e0", "Ann Roe", "person", identifier="Q1")),
            naming("b", Entity("e0", "Ann Roe", "person", identifier="Q2")),
            naming("c", Entity("e0", "The Mayor of Oslo", "person", identifier="Q1")),
        ],
    )
    making.make()
    assert making.together() == {frozenset({"a/e0", "c/e0"}), frozenset({"b/e0"})}
    assert {row["identifier"] for row in making.rows("identities")} == {"Q1", "Q2"}


def test_gazetteer_entry_is_one_with_its_name_gender_and_identifier(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming("a", "Hsi"), naming("b", "Xi Jinping"), naming("c", "Bo Xi")])
    making.make(
        entries=[GazetteerEntry("President Xi", ["Xi Jinping", "Hsi"], gender="masculine", identifier="Q15031")]
    )
    assert making.together() == {frozenset({"a/e0", "b/e0"}), frozenset({"c/e0"})}
    [known, _] = making.rows("identities")
    assert (known["name"], known["gender"], known["identifier"]) == ("President Xi", "masculine", "Q15031")
    assert {row["name"]: row["reason"] for row in making.rows("names") if row["identity"] == known["identity"]} == {
        "President Xi": "",
        "Hsi": "the same identifier",
        "Xi Jinping": "the same identifier",
    }


def join(one: str, other: str, document: str | None = None) -> Correction:
    return Correction(do="join", one=one, other=other, document=document, note="they said so")


def part(one: str, other: str, document: str | None = None) -> Correction:
    return Correction(do="part", one=one, other=other, document=document)


def test_corrections_join_part_and_rename(tmp_path: Path) -> None:
    making = Making(
        tmp_path, [naming("a", "Jeb Roe"), naming("b", "John Ellis Roe"), naming("c", "Bill Roe", "Al Lind")]
    )
    making.add(naming("d", "William Roe"))
    renamed = Correction(do="name", one="jeb roe", other="Governor Roe")
    made = making.make([join("Jeb Roe", "John Ellis Roe"), part("Bill Roe", "William Roe"), renamed, join("X", "Y")])
    assert making.together() == {frozenset(own) for own in ({"a/e0", "b/e0"}, {"c/e0"}, {"c/e1"}, {"d/e0"})}
    assert making.rows("identities")[0]["name"] == "Governor Roe"
    reasons = {row["name"]: row["reason"] for row in making.rows("names")}
    assert reasons["John Ellis Roe"] == "you joined them: they said so"
    assert {row["reason"] for row in making.rows("apart")} >= {"you keep them apart"}
    assert made.unused == (join("X", "Y"),)


def test_correction_in_one_document_leaves_the_others(tmp_path: Path) -> None:
    documents = [naming(name, "Ann Roe") for name in "abc"] + [naming("d", "Roe"), naming("e", "Bea Roe")]
    making = Making(tmp_path, documents)
    making.make([part("Ann Roe", "Ann Roe", "b"), join("Roe", "Bea Roe", "d")])
    assert making.together() == {frozenset(own) for own in ({"a/e0", "c/e0"}, {"b/e0"}, {"d/e0", "e/e0"})}


def test_place_in_one_document_is_another(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming(name, Entity("e0", "Georgia", "place")) for name in "abc"])
    making.make([part("Georgia", "Georgia", "b")])
    assert making.together() == {frozenset({"a/e0", "c/e0"}), frozenset({"b/e0"})}


@pytest.mark.parametrize(
    ("corrections", "shown"),
    [
        pytest.param(
            [part("Ann Roe", "Q Lind"), join("Ann Roe", "Sen. Bo Lind"), join("Bo Lind", "Q Lind")],
            ["part 'Ann Roe' and 'Q Lind'", "join 'Bo Lind' and 'Q Lind'"],
            id="spelled-otherwise",
        ),
        pytest.param(
            [join("Ann Roe", "Una Lee")], ["join 'Ann Roe' and 'Una Lee'", "id:Q1 and id:Q2"], id="identifiers"
        ),
        pytest.param(
            [part("Ann Roe", "A. Mayor")], ["part 'Ann Roe' and 'A. Mayor'", "same identifier"], id="identifier"
        ),
    ],
)
def test_contradictions_are_shown(tmp_path: Path, corrections: list[Correction], shown: list[str]) -> None:
    known = [
        Entity("e0", "Ann Roe", "person", identifier="Q1"),
        Entity("e1", "Una Lee", "person", identifier="Q2"),
        Entity("e2", "A. Mayor", "person", identifier="Q1"),
    ]
    making = Making(tmp_path, [naming("a", *known), naming("b", "Bo Lind", "Q Lind")])
    with pytest.raises(CorpusError, match="contradict") as error:
        making.make(corrections)
    assert all(own in str(error.value) for own in shown)


def test_id_stays_with_most_members_and_leads_on_where_it_is_merged(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming("a", "Jeb Roe"), naming("b", "Jeb Roe"), naming("c", "John Ellis Roe")])
    making.make()
    assert making.who() == {"a/e0": "i1", "b/e0": "i1", "c/e0": "i2"}
    making.make([join("John Ellis Roe", "Jeb Roe")])
    assert set(making.who().values()) == {"i1"}
    assert making.rows("merged") == [{"identity": "i2", "now": "i1"}]
    making.make()
    assert making.who() == {"a/e0": "i1", "b/e0": "i1", "c/e0": "i3"}, "no id is used twice"
    making.make([join("John Ellis Roe", "Jeb Roe")])
    assert making.rows("merged") == [{"identity": "i2", "now": "i1"}, {"identity": "i3", "now": "i1"}]


def test_merged_ids_lead_on_over_several_updates(tmp_path: Path) -> None:
    making = Making(
        tmp_path, [*(naming(f"a{at}", "Ann Roe") for at in range(3)), naming("b", "Bea Roe"), naming("c", "Cleo Roe")]
    )
    making.make()
    assert making.who()["c/e0"] == "i3"
    making.make([join("Cleo Roe", "Bea Roe")])
    making.make([join("Cleo Roe", "Bea Roe"), join("Bea Roe", "Ann Roe")])
    assert {row["identity"]: row["now"] for row in making.rows("merged")} == {"i2": "i1", "i3": "i1"}


NAMES = st.sampled_from(
    ["Ann Roe", "Roe", "A. Roe", "Ann K. Roe", "Bill Lind", "William Lind", "Lind Jr.", "—", "Mr.", "Oslo"]
)
DOCUMENTS = st.lists(st.lists(NAMES, max_size=3, unique=True), max_size=6)


@settings(max_examples=8, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_ids_stay_when_documents_are_added(
    tmp_path_factory: pytest.TempPathFactory, first: list[list[str]], then: list[list[str]]
) -> None:
    making = Making(tmp_path_factory.mktemp("stable"), [naming(f"a{at}", *names) for at, names in enumerate(first)])
    making.make()
    before, used = making.who(), making.next_number
    making.add(*(naming(f"b{at}", *names) for at, names in enumerate(then)))
    making.make()
    after = making.who()
    assert len(after) == sum(map(len, [*first, *then]))
    leads = {row["identity"]: row["now"] for row in making.rows("merged")}
    known = {row["identity"] for row in making.rows("identities")}
    for place, identity in before.items():
        # Whoever has changed hands was parted from most of those with whom it had its id, or its id is merged away.
        mates = [after[other] for other, own in before.items() if own == identity]
        heir = leads.get(identity, identity)
        assert heir in known
        assert mates.count(heir) >= max(map(mates.count, mates)) or heir != identity, place
    assert all(int(own[1:]) >= used for own in set(after.values()) - set(before.values()))


@settings(max_examples=6, deadline=None)
@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_order_of_additions_does_not_split(
    tmp_path_factory: pytest.TempPathFactory, documents: list[list[str]], chance: Any
) -> None:
    made = [naming(f"d{at}", *names) for at, names in enumerate(documents)]
    at_once = Making(tmp_path_factory.mktemp("once"), made)
    at_once.make()
    shuffled = list(made)
    chance.shuffle(shuffled)
    one_by_one = Making(tmp_path_factory.mktemp("many"), [])
    for document in shuffled:
        one_by_one.add(document)
        one_by_one.make()
    one_by_one.make()
    assert one_by_one.together() == at_once.together()


@settings(max_examples=8, deadline=None)
@given(DOCUMENTS, DOCUMENTS, st.lists(NAMES, min_size=2, max_size=2, unique_by=name_key))
def test_corrections_hold_for_what_is_added_and_analysed_anew(
    tmp_path_factory: pytest.TempPathFactory, first: list[list[str]], then: list[list[str]], names: list[str]
) -> None:
    one, other = names
    making = Making(tmp_path_factory.mktemp("once"), [naming(f"d{at}", *own) for at, own in enumerate(first)])
    making.make([join(one, other)])
    making.add(*(naming(f"e{at}", *own) for at, own in enumerate(then)))
    making.make([join(one, other)])
    anew = [
        naming(f"x{at}", *(Entity(f"n{90 - place}", name, "person") for place, name in enumerate(own)))
        for at, own in enumerate([*first, *then])
    ]
    again = Making(tmp_path_factory.mktemp("anew"), anew)
    made = again.make([join(one, other)])
    are_there = {one, other} <= {name for own in [*first, *then] for name in own}
    assert bool(made.unused) is not are_there
    if are_there:
        for tables in (making, again):
            assert len({row["identity"] for row in tables.rows("names") if row["name"] in names}) == 1


def test_broken_table_is_told(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming("a", "Ann Roe")])
    (making.corpus.folder / "shards" / "000000" / "entities.parquet").write_bytes(b"no table")
    with pytest.raises(CorpusError, match=r"registry of .* can't be made"):
        making.make()


def test_rows_come_and_go_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "ROWS_AT_ONCE", 2)
    fund = Entity("e9", "World Trade Fund", "organization", aliases=["WTF"])
    people = ["Ann Roe", "Roe", "Bill Lind", "William Lind", "Ann Q. Roe", "Bea Berg"]
    making = Making(tmp_path, [naming(f"d{at}", name, fund) for at, name in enumerate(people)])
    making.add(naming("e", Entity("e9", "WTF", "organization"), "Ann Roe"))
    making.make()
    assert making.together() == {
        frozenset({"d0/e0", "d1/e0", "d4/e0", "e/e1"}),
        frozenset({"d2/e0", "d3/e0"}),
        frozenset({"d5/e0"}),
        frozenset({*(f"d{at}/e9" for at in range(6)), "e/e9"}),
    }


def test_united_names_are_numbered_where_the_first_of_them_would_be(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming("a", "Ann Ade", "Bo Bay", "Cy Cob")])
    making.make([Correction(do="join", one="Cy Cob", other="Ann Ade")])
    assert making.who() == {"a/e0": "i2", "a/e1": "i1", "a/e2": "i2"}


def test_forms_have_their_documents_whatever_stands_between_them(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming("a", "Ann Roe", "Bill Roe"), naming("b", "Bill Roe", "William Roe")])
    making.make()
    assert frozenset({"a/e1", "b/e0"}) in making.together()
    assert {row["reason"] for row in making.rows("apart")} == {"documents have both, as two people"}


FAR = "and so on " * 20


def sentences(first: str, second: str) -> list[QuoteDocument]:
    """Two articles with sentences on people of one name and a common family name."""
    return [naming("a", "Bob Mason", text=first), naming("b", "Robert Mason", text=second)]


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        pytest.param("Bob Mason, the astronaut, spoke.", "An astronaut, Robert Mason, spoke.", True, id="near"),
        pytest.param("Bob Mason, the astronaut.", "Robert Mason, a mail carrier.", False, id="nothing"),
        pytest.param("Bob Mason, a spy.", "A spy, Robert Mason.", False, id="too-short"),
        pytest.param(f"Bob Mason. {FAR} An astronaut.", "The astronaut Robert Mason.", False, id="far"),
        pytest.param("Bob Mason and Masonry.", "Robert Mason on masons.", False, id="the-name-itself"),
    ],
)
def test_word_near_both_names_makes_them_one(tmp_path: Path, first: str, second: str, *, is_one: bool) -> None:
    making = Making(tmp_path, sentences(first, second))
    making.make()
    assert (len(making.together()) == 1) is is_one


def test_word_near_many_names_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "MAX_RARE_SHARE", 0.4)
    others = [naming(f"x{at}", "Ann Roe", text="The chairman Ann Roe spoke.") for at in range(8)]
    making = Making(tmp_path, [*sentences("The chairman Bob Mason.", "The chairman Robert Mason."), *others])
    making.make()
    assert len(making.together()) == 3
    monkeypatch.setattr(deciding, "MAX_RARE_SHARE", 1.0)
    making.make()
    assert len(making.together()) == 2


def test_two_words_of_one_document_say_nothing(tmp_path: Path) -> None:
    both = naming("a", "Bob Mason", "Robert Mason", text="Bob Mason and Robert Mason are astronauts.")
    making = Making(tmp_path, [both])
    making.make()
    assert len(making.together()) == 2
    [near] = making.rows("apart")
    assert near["reason"] == "documents have both, as two people"
