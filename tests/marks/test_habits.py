import pytest

from quotesmith.marks.habits import find_habits
from quotesmith.marks.styles import Family


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        pytest.param("«Oui», dit-il.", "«", id="outward"),
        pytest.param("»Ja«, sagte er.", "»", id="inward"),
        pytest.param("« Oui », dit-il.", "«", id="spaced"),
        pytest.param("»Ja», sa han.", None, id="the-same-twice"),
        pytest.param("»Ja«, sagte er. «Oui», dit-il.", None, id="both-directions"),
        pytest.param("« Oui »dit-il. « Non »", "«", id="slip"),
        pytest.param("none", None, id="none"),
    ],
)
def test_direction_of_guillemets_is_found(text: str, opening: str | None) -> None:
    assert find_habits(text).openings[Family.GUILLEMET] == opening


@pytest.mark.parametrize(
    ("text", "doubled"),
    [
        pytest.param("''Go,'' he said.", True, id="both-ends"),
        pytest.param("``Go,'' he said.", True, id="backticks"),
        pytest.param("''Tis true,' he said. 'The players'' room.'", False, id="apostrophe-beside-a-mark"),
        pytest.param("'Go,' he said.", False, id="single"),
    ],
)
def test_doubled_singles_are_found(text: str, doubled: object) -> None:
    assert find_habits(text).doubled is doubled
