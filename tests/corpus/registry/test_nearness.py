"""Names that are near each other, without comparing each with each."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from quotesmith.corpus.registry.nearness import GivenNames, Spellings
from quotesmith.lexicon.people import load_people

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
