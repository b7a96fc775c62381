import pytest

from quotesmith.lexicon.people import load_people
from quotesmith.speakers.noun_phrases import Description, coordinated, describe, first_segment, rest_segments
from tests.cases import named_table
from tests.speakers.names.reading import with_spaces
from tests.speakers.scenes import doc_of

APPOSED = named_table("speakers/noun_phrases", "apposed")
JOINED = named_table("speakers/noun_phrases", "joined")
BANK = "Bank NNP ROOT -\nof IN prep Bank\nOslo NNP pobj of"


def texts(parts: list[list]) -> list[str]:  # type: ignore[type-arg]
    return [" ".join(token.text for token in part) for part in parts]


def test_rest_segments_stand_between_the_commas() -> None:
    assert texts(rest_segments(list(doc_of(APPOSED))[:8])) == ["a lawyer and author"]


@pytest.mark.parametrize(
    ("table", "name_at", "expected"),
    [
        pytest.param(APPOSED, {}, "Ruth Amsel", id="before-a-comma"),
        pytest.param(BANK, {}, "Bank", id="before-a-preposition"),
        pytest.param(BANK, {0: 7, 1: 7, 2: 7}, "Bank of Oslo", id="not-inside-a-name"),
    ],
)
def test_first_segment(table: str, name_at: dict[int, int], expected: str) -> None:
    assert texts([first_segment(list(doc_of(table))[:8], name_at)]) == [expected]


@pytest.mark.parametrize(
    ("spaces", "expected"),
    [
        pytest.param([False, False, True, False], "Holm-era officials", id="over-a-hyphen"),
        pytest.param([True, True, True, False], "Holm", id="before-a-dash"),
    ],
)
def test_first_segment_at_a_hyphen_or_dash(spaces: list[bool], expected: str) -> None:
    made = doc_of("Holm NNP compound era\n- HYPH punct era\nera NN compound officials\nofficials NNS ROOT -")
    doc = with_spaces(made, *spaces)
    segment = first_segment(list(doc), {0: 0})
    assert doc[: len(segment)].text == expected


@pytest.mark.parametrize(
    ("table", "words", "expected"),
    [
        pytest.param(JOINED, 7, ["Tax and budget experts", "two judges"], id="heads-but-not-modifiers"),
        pytest.param(APPOSED, 8, ["Ruth Amsel , a lawyer and author"], id="not-inside-an-apposition"),
        pytest.param("and CC cc left\nleft VBD ROOT -", 1, ["and"], id="lone-conjunction"),
    ],
)
def test_coordinated_phrases(table: str, words: int, expected: list[str]) -> None:
    assert texts(coordinated(list(doc_of(table))[:words], {})) == expected


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
