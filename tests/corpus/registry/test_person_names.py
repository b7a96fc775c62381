"""Names of people as a registry takes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from quotesmith.corpus.registry.person_names import (
    GivenNames,
    Spellings,
    garbled_alike,
    is_misspelled,
    parse_person,
    person_key,
)
from quotesmith.lexicon.people import load_people
from tests.cases import each_row


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


LEXICON = load_people()
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
