import pytest

from quotesmith.extraction.kinds import find_kind, map_words
from quotesmith.marks import pair_marks
from quotesmith.records import QuoteKind, TextSpan


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("“We go.”", QuoteKind.DIRECT, id="direct"),
        pytest.param("we “go” now", QuoteKind.MIXED, id="mixed"),
        pytest.param("we go", QuoteKind.INDIRECT, id="indirect"),
        pytest.param("“He said ‘no’ to me”", QuoteKind.DIRECT, id="nested-marks"),
        pytest.param("“We go.” — “You stay.”", QuoteKind.DIRECT, id="signs-between-passages"),
        pytest.param("“…” we go", QuoteKind.INDIRECT, id="only-signs-in-marks"),
        pytest.param("...", QuoteKind.INDIRECT, id="no-word"),
    ],
)
def test_kind_tells_how_many_words_stand_in_marks(text: str, kind: QuoteKind) -> None:
    assert find_kind(map_words(text, pair_marks(text)), [TextSpan(0, len(text))]) is kind


def test_kind_looks_at_the_content_alone() -> None:
    text = "we “go” now"
    words = map_words(text, pair_marks(text))
    assert find_kind(words, [TextSpan(3, 7)]) is QuoteKind.DIRECT
    assert find_kind(words, [TextSpan(0, 2), TextSpan(8, 11)]) is QuoteKind.INDIRECT


def test_map_has_a_byte_for_each_character() -> None:
    text = "a 𝔘 “b”"
    assert len(map_words(text, pair_marks(text))) == len(text)
