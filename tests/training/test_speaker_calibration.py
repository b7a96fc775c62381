import pytest

pytest.importorskip("sklearn")
pytest.importorskip("torch")

from quotesmith.records import QuoteDocument
from quotesmith.training.speaker_calibration import is_right
from tests.samples import summit

DOCUMENT: QuoteDocument = summit()


@pytest.mark.parametrize(
    ("number", "names", "right"),
    [
        pytest.param(0, ["Xi Jinping"], True, id="same name"),
        pytest.param(0, ["Xi"], True, id="alias"),
        pytest.param(0, ["Mr. Xi Jinping"], True, id="with a title"),
        pytest.param(0, ["Vladimir Putin"], False, id="another"),
        pytest.param(0, ["Xi Jinping", "Vladimir Putin"], False, id="one of two"),
        pytest.param(3, ["Vladimir Putin", "Xi Jinping"], True, id="both"),
    ],
)
def test_speakers_are_right_by_their_names(number: int, names: list[str], right: object) -> None:
    assert is_right(DOCUMENT, DOCUMENT.quotes[number], names, named=True) is right


def test_where_nobody_is_named_no_name_is_right() -> None:
    by_xi, by_a_source = DOCUMENT.quotes[0], next(q for q in DOCUMENT.quotes if q.speakers == ("e5",))
    assert not is_right(DOCUMENT, by_xi, ["sources"], named=False)
    assert is_right(DOCUMENT, by_a_source, ["sources"], named=False)
