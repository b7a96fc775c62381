"""Names of people for comparing."""

import pytest

from quotesmith.corpus.registry.forms import parse_person, person_key
from quotesmith.lexicon.people import load_people


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
