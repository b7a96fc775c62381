"""Which names of bodies, places and groups are one's."""

import pytest

from quotesmith.corpus.registry.bodies import Body, ShortName, find_acronyms, settle_bodies


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
