import pytest

from quotesmith.extraction import Attribution
from quotesmith.extraction.attributions import with_parents
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan


def quote(*content: tuple[int, int], cue: tuple[int, int] | None = None) -> Attribution:
    return Attribution(
        content=tuple(TextSpan(*span) for span in content),
        cue=() if cue is None else (TextSpan(*cue),),
        kind=QuoteKind.INDIRECT,
        act=Act.SPEECH,
        assertion=Assertion.ASSERTED,
        score=1,
        rule="test",
    )


@pytest.mark.parametrize(
    ("quotes", "parents"),
    [
        pytest.param([], [], id="none"),
        pytest.param([quote((0, 9)), quote((20, 29))], [None, None], id="apart"),
        pytest.param([quote((0, 9)), quote((4, 9), cue=(1, 3))], [None, 0], id="inside"),
        pytest.param([quote((0, 9)), quote((4, 9), cue=(10, 12))], [None, None], id="cue-outside"),
        pytest.param([quote((0, 9)), quote((4, 12), cue=(1, 3))], [None, None], id="crossing"),
        pytest.param(
            [quote((0, 30)), quote((4, 30), cue=(1, 3)), quote((10, 20), cue=(6, 8))], [None, 0, 1], id="innermost"
        ),
        pytest.param(
            [quote((0, 9), (20, 29), cue=(10, 14)), quote((24, 29), cue=(21, 23))], [None, 0], id="in-second-piece"
        ),
        pytest.param([quote((0, 9), (20, 29)), quote((4, 24))], [None, None], id="across-pieces"),
        pytest.param([quote((0, 30)), quote((2, 20)), quote((4, 25))], [None, 0, 0], id="around-a-crossing-one"),
        pytest.param([quote((0, 30), cue=(32, 34)), quote((5, 20)), quote((21, 25))], [None, 0, 0], id="siblings"),
        pytest.param([quote((0, 9)), quote((5, 9))], [None, 0], id="same-end"),
        pytest.param([quote((0, 9)), quote((0, 5))], [None, 0], id="same-start"),
    ],
)
def test_parent_is_the_innermost_quote_around_content_and_cue(
    quotes: list[Attribution], parents: list[int | None]
) -> None:
    assert [found.parent for found in with_parents(quotes)] == parents


def test_quotes_stay_as_they_were() -> None:
    before = quote((0, 9), cue=(10, 12))
    assert with_parents([before]) == [before]
