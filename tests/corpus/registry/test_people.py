"""Which names of people are one person's, and which of bodies, places and groups are one."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from quotesmith.corpus.registry.bodies import Body, ShortName, find_acronyms, settle_bodies
from quotesmith.corpus.registry.people import Group, NameContext, Refusal, settle_family, weak_pairs
from quotesmith.corpus.registry.person_names import (
    Form,
    GivenNames,
    Spellings,
    garbled_alike,
    is_misspelled,
    parse_person,
    person_key,
)
from quotesmith.lexicon.people import load_people
from quotesmith.records import Gender
from tests.cases import each_row

LEXICON = load_people()


def form(unit: int, name: str, documents: Sequence[int], gender: Gender | None = None, tag: str = "") -> Form:
    numbers = np.array(sorted(documents), dtype=np.int64)
    return Form(unit, name, person_key(name)[1], parse_person(name, LEXICON), numbers, gender, tag)


def forms(*names: str) -> list[Form]:
    """A document for each name; names that are repeated are one form."""
    places = {name: [at for at, other in enumerate(names) if other == name] for name in names}
    return [form(unit, name, places[name]) for unit, name in enumerate(places)]


def settled(
    found: Sequence[Form],
    words: Mapping[tuple[str, str], str] | None = None,
    apart: Mapping[int, frozenset[int]] | None = None,
) -> tuple[list[Group], list[Refusal]]:
    by_unit = {own.unit: own.name for own in found}
    near = words or {}

    def shared(one: int, other: int) -> str | None:
        pair = by_unit[one], by_unit[other]
        return near.get(pair) or near.get(pair[::-1])

    return settle_family(found, NameContext(LEXICON, shared, apart or {}))


def names_of(groups: Sequence[Group]) -> list[set[str]]:
    return [{own.name for own in group.forms} for group in groups]


def together(*names: str) -> bool:
    return any(set(names) <= found for found in names_of(settled(forms(*names))[0]))


def reasons(found: Sequence[Form]) -> set[str]:
    return {refusal.reason for refusal in settled(found)[1]}


@each_row("names, is_one", "corpus", "names of one person")
def test_names_that_fit_are_one_persons(names: list[str], *, is_one: bool) -> None:
    assert together(*names) is is_one


def test_main_name_is_the_commonest_and_the_others_have_reasons() -> None:
    [[group], _] = settled(forms("Bill Roe", "Bill Roe", "William Roe", "William J. Roe"))
    assert group.forms[0].name == "Bill Roe"
    # The one with which the group began has no reason: the others were joined to it.
    assert set(group.reasons) == {0, 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Bob Mason", "Robert Mason", id="nickname"),
        pytest.param("James Smith", "James A. Smith", id="common-given-name"),
        pytest.param("Xaver Smith", "Xaver Emil Smith", id="whole-middle-name"),
        pytest.param("Ted Zobel", "Ned Zobel", id="two-nicknames"),
    ],
)
def test_names_that_tell_little_need_a_word_near_both(one: str, other: str) -> None:
    found = forms(one, other)
    assert list(weak_pairs(found, LEXICON)) == [(0, 1)]
    assert len(settled(found)[0]) == 2
    [[group], _] = settled(found, {(one, other): "undersecretary"})
    assert list(group.reasons.values()) == ["the names fit, and near both stands 'undersecretary'"]


def test_rare_given_name_tells_enough_beside_a_common_family_name() -> None:
    found = forms("Lyndon Johnson", "Lyndon B. Johnson")
    assert list(weak_pairs(found, LEXICON)) == []
    assert len(settled(found)[0]) == 1


def test_what_fits_several_who_differ_stays_alone_and_says_so() -> None:
    found = forms("Joel Roe", "Joel A. Roe", "Joel B. Roe")
    assert len(settled(found)[0]) == 3
    assert reasons(found) == {"their middle names or titles differ", "Joel Roe fits several people"}


def test_genders_that_contradict_each_other_are_several_people() -> None:
    found = [form(0, "Robin Roe", [0], Gender.FEMININE), form(1, "Robin J. Roe", [1], Gender.MASCULINE)]
    assert len(settled(found)[0]) == 2
    assert reasons(found) == {"one is a woman there, the other a man"}


def test_two_people_of_one_document_are_two_everywhere() -> None:
    found = [form(0, "Bill Roe", [0, 1]), form(1, "William Roe", [0, 2])]
    assert len(settled(found)[0]) == 2
    assert reasons(found) == {"documents have both, as two people"}


def test_different_identifiers_are_never_one() -> None:
    found = [form(0, "Ann Roe", [0], tag="id:Q1"), form(1, "Ann Roe", [1], tag="id:Q2"), form(2, "Ann Roe", [2])]
    assert len(settled(found)[0]) == 3
    assert reasons(found) == {"their identifiers differ", "Ann Roe fits several people"}
    assert len(settled(found[1:])[0]) == 1


def test_whom_the_user_parts_is_never_one() -> None:
    found = forms("Bill Roe", "William Roe", "Willy Roe")
    apart = {0: frozenset({1}), 1: frozenset({0})}
    groups, _ = settled(found, apart=apart)
    assert not any({"Bill Roe", "William Roe"} <= names for names in names_of(groups))
    misspelled = [form(0, "Marco Roe", range(9)), form(1, "Marko Roe", [9])]
    assert len(settled(misspelled)[0]) == 1
    assert len(settled(misspelled, apart=apart)[0]) == 2
    short = [form(0, "Marco Roe", range(9)), form(1, "Roe", [9])]
    assert len(settled(short)[0]) == 1
    assert len(settled(short, apart=apart)[0]) == 2


def test_family_name_alone_means_whom_nearly_all_documents_mean() -> None:
    mixed = names_of(settled(forms("Roe", *["Ann Roe"] * 5, *["Bea Roe"] * 3))[0])
    assert {"Roe"} in mixed


FORMS = st.sampled_from(["Ann Roe", "Roe", "A. Roe", "Ann K. Roe", "Bill Roe", "William Roe", "Roe Jr.", "AnnÃ© Roe"])


@given(st.lists(FORMS, max_size=12))
def test_each_form_is_one_persons(names: list[str]) -> None:
    found = forms(*names)
    groups, refusals = settled(found)
    assert sorted(own.unit for group in groups for own in group.forms) == [own.unit for own in found]
    units = {own.unit: place for place, group in enumerate(groups) for own in group.forms}
    assert all({refusal.unit, refusal.other} <= units.keys() for refusal in refusals)


@given(st.lists(FORMS, max_size=8), st.randoms(use_true_random=False))
def test_order_of_documents_does_not_matter(names: list[str], chance: object) -> None:
    other = list(names)
    chance.shuffle(other)  # type: ignore[attr-defined]
    one, two = ({frozenset(own) for own in names_of(settled(forms(*order))[0])} for order in (names, other))
    assert one == two


@pytest.mark.parametrize("name", ["Ann B. Roe", "ANN B. ROE", "Sen. Ann B. Roé", "Ann B Roe", "Ann “B.” Roe"], ids=str)
def test_case_titles_accents_and_signs_do_not_count(name: str) -> None:
    assert person_key(name) == ("roe", "ann b roe")


def test_initials_that_are_written_together_are_parted() -> None:
    assert parse_person("George H.W. Roe", load_people()).middle == ("H", "W")
    assert person_key("George HW Roe") == person_key("George H. W. Roe")


def test_family_name_before_the_whole_name_does_not_count() -> None:
    assert person_key("Roe Ann B. Roe") == person_key("Ann B. Roe")
    assert person_key("Roe Roe") == ("roe", "roe roe")


@pytest.mark.parametrize("name", ["", "..."])
def test_no_name_has_an_empty_key(name: str) -> None:
    assert person_key(name) == ("", "")


@each_row("wrong, right, is_one", "corpus", "misspelled names")
def test_misspelled_name_is_one_letter_off(wrong: str, right: str, *, is_one: bool) -> None:
    assert is_misspelled(wrong, right) is is_one


@pytest.mark.parametrize("right", ["Raúl", "RAUL"])
def test_name_garbled_once_or_twice_is_known(right: str) -> None:
    once = "Raúl".encode().decode("latin-1")
    twice = once.encode().decode("latin-1")
    assert garbled_alike(once, right)
    assert garbled_alike(twice, right)
    assert garbled_alike(once.replace("º", "o"), right)


def test_name_that_is_not_garbled_is_like_none() -> None:
    assert not garbled_alike("Raúl", "Raúl")
    assert not garbled_alike("RaÃºl", "Rahel")


KNOWN = sorted({*LEXICON.nicknames, *(name for names in LEXICON.nicknames.values() for name in names)})
GIVEN = st.sampled_from(KNOWN) | st.sampled_from("abcdefgw") | st.sampled_from(["zork", "wotan"])
WORDS = st.text("abc", min_size=1, max_size=6)


@given(st.lists(GIVEN, max_size=30), GIVEN)
def test_all_that_may_be_the_same_persons_are_near(names: list[str], wanted: str) -> None:
    found = GivenNames(LEXICON)
    for number, name in enumerate(names):
        found.add(number, name)
    assert found.near(wanted) == [number for number, name in enumerate(names) if LEXICON.same_given(name, wanted)]


@given(st.lists(WORDS, max_size=30), WORDS)
def test_all_that_are_one_letter_off_are_near(names: list[str], wanted: str) -> None:
    found = Spellings()
    for number, name in enumerate(names):
        found.add(number, name)
    off = [number for number, name in enumerate(names) if OSA.distance(name, wanted) <= 1]
    assert set(off) <= set(found.near(wanted))


def test_one_name_is_one() -> None:
    assert settle_bodies([Body(1), Body(2, tag="id:Q1"), Body(3, cut="d")], {}) == ([[1, 2, 3]], [])


def test_different_identifiers_part_a_name_and_those_without_one() -> None:
    groups, refusals = settle_bodies([Body(1), Body(2, tag="id:Q1"), Body(3, tag="id:Q2"), Body(4, tag="id:Q1")], {})
    assert groups == [[1], [2, 4], [3]]
    assert {refusal.reason for refusal in refusals} == {"their identifiers differ"}


def test_what_the_user_parts_in_one_document_is_by_itself() -> None:
    apart = {1: frozenset({2}), 2: frozenset({1})}
    groups, refusals = settle_bodies([Body(1), Body(2, cut="d")], apart)
    assert groups == [[1], [2]]
    assert [refusal.reason for refusal in refusals] == ["you keep them apart"]


@pytest.mark.parametrize(
    ("name", "alias", "is_acronym"),
    [
        pytest.param("bank of norway", "BN", True, id="small-words-left-out"),
        pytest.param("bank of norway", "B.O.N.", True, id="small-words-kept"),
        pytest.param("trans-pacific partnership", "TPP", True, id="hyphen"),
        pytest.param("bank of norway", "BX", False, id="other-letters"),
    ],
)
def test_acronym_has_the_first_letters(name: str, alias: str, *, is_acronym: bool) -> None:
    assert find_acronyms([ShortName(1, name, alias, 2, 9)]) == ([(1, 2)] if is_acronym else [])


def test_acronym_of_two_names_is_nobodys() -> None:
    found = [ShortName(1, "red nut committee", "RNC", 3, 9), ShortName(2, "red nut convention", "RNC", 3, 9)]
    assert find_acronyms(found) == []
    assert find_acronyms([found[0], found[0]]) == [(1, 3)]


def test_acronym_of_two_letters_needs_some_documents() -> None:
    assert find_acronyms([ShortName(1, "supreme court", "SC", 2, 2)]) == []
    assert find_acronyms([ShortName(1, "supreme court", "SC", 2, 3)]) == [(1, 2)]
