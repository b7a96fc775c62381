"""Who is among the speakers, through groups and metonyms."""

import pytest

from quotesmith.query.groups import includes
from quotesmith.records import Entity, QuoteDocument


def make_document() -> QuoteDocument:
    entities = [
        Entity("ann", "Ann"),
        Entity("bo", "Bo"),
        Entity("cy", "Cy"),
        Entity("couple", "both", members=("ann", "bo")),
        Entity("club", "the club", members=("couple", "cy")),
        Entity("town", "Paris", stands_for="state"),
        Entity("state", "the government of France"),
        Entity("ring", "a ring", members=("rung",)),
        Entity("rung", "a rung", members=("ring",)),
    ]
    return QuoteDocument("d", "", entities=entities)


@pytest.mark.parametrize(
    ("wanted", "speakers", "expected"),
    [
        pytest.param("ann", ["ann"], True, id="alone"),
        pytest.param("ann", ["cy", "ann"], True, id="among-others"),
        pytest.param("ann", ["bo"], False, id="another"),
        pytest.param("ann", [], False, id="nobody"),
        pytest.param("ann", ["couple"], True, id="member"),
        pytest.param("ann", ["club"], True, id="member-of-a-member"),
        pytest.param("couple", ["club"], True, id="group-in-a-group"),
        pytest.param("couple", ["bo", "ann"], True, id="all-members"),
        pytest.param("couple", ["ann"], False, id="one-member-is-not-the-group"),
        pytest.param("club", ["couple", "cy"], True, id="members-that-are-groups"),
        pytest.param("club", ["couple"], False, id="not-all-members"),
        pytest.param("cy", ["couple"], False, id="not-a-member"),
        pytest.param("state", ["town"], True, id="metonym"),
        pytest.param("town", ["state"], False, id="not-back-to-the-metonym"),
        pytest.param("ring", ["rung"], True, id="groups-that-hold-one-another"),
        pytest.param("ann", ["ring"], False, id="a-ring-ends"),
    ],
)
def test_speakers_include(wanted: str, speakers: list[str], *, expected: bool) -> None:
    document = make_document()
    assert includes(document, document.entity(wanted))(speakers) is expected
