"""Texts that are wordings of one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.corpus import near_duplicates
from quotesmith.corpus.near_duplicates import MIN_WORDS, are_wordings, group_wordings, words_of
from quotesmith.errors import MissingPackageError

QUOTE = "We will rebuild the harbour, and we will do it before the winter storms come back."
CUT = "We will rebuild the harbour, and we will do it"
CHANGED = "“we'll rebuild the harbour and we will do it before the winter storms come back”"
OTHER = "The harbour is closed, and nobody knows when the ferries will sail again."


def test_case_accents_and_punctuation_do_not_count() -> None:
    assert words_of("“L’été,” she said — TWICE…") == ("l'ete", "she", "said", "twice")
    assert words_of("… — “”") == ()


def test_a_part_and_a_changed_wording_are_wordings() -> None:
    assert are_wordings(words_of(QUOTE), words_of(CUT))
    assert are_wordings(words_of(CUT), words_of(QUOTE))
    assert are_wordings(words_of(QUOTE), words_of(CHANGED))
    assert not are_wordings(words_of(QUOTE), words_of(OTHER))


def test_few_words_are_a_wording_of_nothing() -> None:
    few = words_of(QUOTE)[: MIN_WORDS - 1]
    assert not are_wordings(few, few)
    assert group_wordings(["No comment.", "No comment."]) == []


def test_words_that_are_spread_over_a_long_text_are_no_wording_of_it() -> None:
    short = ("we", "will", "do", "it", "again", "now")
    spread = tuple(word for own in short for word in (own, *(f"{own}{number}" for number in range(9))))
    assert not are_wordings(short, spread)
    assert are_wordings(short, (*spread, *short))


def test_groups_have_positions_in_order() -> None:
    texts = [OTHER, QUOTE, "Yes.", CUT, OTHER.upper(), CHANGED, ""]
    assert group_wordings(texts) == [(0, 4), (1, 3, 5)]
    assert group_wordings([]) == []


def test_a_phrase_that_two_quotes_share_does_not_make_them_one() -> None:
    phrase = "the next president of the united states"
    one = f"she would be {phrase} if the vote were held today in the three largest counties"
    other = f"nobody who hides from the press for a month should ever become {phrase}"
    groups = group_wordings([one, other, phrase])
    assert [group for group in groups if {0, 1} <= set(group)] == []


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=12).map(" ".join), max_size=12))
def test_each_text_is_in_one_group_at_most_and_equal_ones_are_together(texts: list[str]) -> None:
    groups = group_wordings(texts)
    placed = [position for group in groups for position in group]
    assert len(placed) == len(set(placed))
    assert all(len(group) > 1 and list(group) == sorted(group) for group in groups)
    assert groups == sorted(groups)
    number = {position: place for place, group in enumerate(groups) for position in group}
    for one, text in enumerate(texts):
        for other in range(one):
            if texts[other] == text and len(words_of(text)) >= MIN_WORDS:
                assert number[one] == number[other]


@given(st.permutations(range(4)))
def test_copies_of_one_quote_are_found_in_any_order(order: list[int]) -> None:
    texts = [QUOTE, CUT, CHANGED, OTHER]
    groups = group_wordings([texts[place] for place in order])
    assert [{order[position] for position in group} for group in groups] == [{0, 1, 2}]


def test_the_package_that_is_missing_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_duplicates, "find_spec", lambda _: None)
    with pytest.raises(MissingPackageError, match=r"rensa.*quotesmith\[corpus\]"):
        group_wordings([QUOTE, CUT])
