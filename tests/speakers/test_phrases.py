import pytest
from spacy.tokens import Doc

from quotesmith.lexicon.people import load_people
from quotesmith.speakers.noun_phrases import Description, coordinated, describe, first_segment, rest_segments
from tests.speakers.scenes import doc_of

APPOSED = """
    Ruth   NNP compound Amsel
    Amsel  NNP nsubj said
    ,      ,   punct Amsel
    a      DT  det lawyer
    lawyer NN  appos Amsel
    and    CC  cc lawyer
    author NN  conj lawyer
    ,      ,   punct Amsel
    said   VBD ROOT -
"""
JOINED = """
    Tax     NN  compound experts
    and     CC  cc Tax
    budget  NN  conj Tax
    experts NNS nsubj said
    and     CC  cc experts
    two     CD  nummod judges
    judges  NNS conj experts
    said    VBD ROOT -
"""


def texts(parts: list[list]) -> list[str]:  # type: ignore[type-arg]
    return [" ".join(token.text for token in part) for part in parts]


def test_first_segment_ends_before_the_comma() -> None:
    tokens = list(doc_of(APPOSED))[:8]
    assert texts([first_segment(tokens, {})]) == ["Ruth Amsel"]
    assert texts(rest_segments(tokens)) == ["a lawyer and author"]


def test_first_segment_ends_before_a_preposition_but_not_inside_a_name() -> None:
    tokens = list(doc_of("Bank NNP ROOT -\nof IN prep Bank\nOslo NNP pobj of"))
    assert texts([first_segment(tokens, {})]) == ["Bank"]
    assert texts([first_segment(tokens, {0: 7, 1: 7, 2: 7})]) == ["Bank of Oslo"]


def test_joined_heads_are_parted_and_joined_modifiers_are_not() -> None:
    assert texts(coordinated(list(doc_of(JOINED))[:7], {})) == ["Tax and budget experts", "two judges"]


def test_joined_words_of_an_apposition_are_no_group() -> None:
    assert len(coordinated(list(doc_of(APPOSED))[:8], {})) == 1


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "the DT det leader\nRussian JJ amod leader\nleader NN ROOT -",
            Description("leader", frozenset({"russian"}), frozenset({"Russia"})),
            id="modifier",
        ),
        pytest.param("Sen. NNP ROOT -", Description("senator"), id="short-title"),
        pytest.param(", , ROOT -", None, id="no-words"),
    ],
)
def test_description(table: str, expected: Description | None) -> None:
    assert describe(list(doc_of(table)), load_people()) == expected


@pytest.mark.parametrize(
    ("spaces", "expected"),
    [
        pytest.param([False, False, True, False], "Holm-era officials", id="hyphen"),
        pytest.param([True, True, True, False], "Holm", id="dash"),
    ],
)
def test_segment_runs_over_a_hyphen_and_ends_before_a_dash(spaces: list[bool], expected: str) -> None:
    made = doc_of("Holm NNP compound era\n- HYPH punct era\nera NN compound officials\nofficials NNS ROOT -")
    doc = Doc(
        made.vocab,
        words=[t.text for t in made],
        spaces=spaces,
        pos=[t.pos_ for t in made],
        tags=["NNP", "HYPH", "NN", "NNS"],
    )
    segment = first_segment(list(doc), {0: 0})
    assert doc[: len(segment)].text == expected


def test_lone_conjunction_is_a_phrase_of_its_own() -> None:
    doc = doc_of("and CC cc left\nleft VBD ROOT -")
    assert coordinated([doc[0]], {}) == [[doc[0]]]
