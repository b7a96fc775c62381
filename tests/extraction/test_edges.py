from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.extraction.edges import find_outer_marks
from quotesmith.extraction.kinds import find_kind
from quotesmith.marks import map_words, mark_edges, pair_marks
from quotesmith.records import QuoteKind, TextSpan, TextSpans
from tests.extraction.encoded import texts


def outer_marks(text: str, content: Sequence[TextSpan]) -> TextSpans:
    marks = pair_marks(text)
    return find_outer_marks(map_words(text, marks), mark_edges(marks), tuple(content))


def spans_of(text: str, *content: str) -> list[TextSpan]:
    return [TextSpan(text.index(words), text.index(words) + len(words)) for words in content]


@pytest.mark.parametrize(
    ("text", "content", "marks"),
    [
        pytest.param("“We go,” she said.", ["“We go,”"], [(0, 1), (7, 8)], id="both"),
        pytest.param("“We go,” she said.", ["We go,"], [], id="content-without-its-marks"),
        pytest.param("“We go,” she said.", ["“We go,” she"], [], id="mixed"),
        pytest.param("We go, she said.", ["We go"], [], id="no-marks"),
        pytest.param("“We go.\n\nHe left.", ["“We go."], [(0, 1)], id="unclosed"),
        pytest.param("``We go''", ["``We go''"], [(0, 2), (7, 9)], id="two-characters"),
        pytest.param("“a”, “b”", ["“a”", "“b”"], [(0, 1), (2, 3), (5, 6), (7, 8)], id="two-spans"),
        pytest.param("“a” and “b”", ["“a” and", "“b”"], [(8, 9), (10, 11)], id="only-of-the-quoted-span"),
        pytest.param("“a”“b”", ["“a”"], [(0, 1), (2, 3)], id="touches-the-next"),
        pytest.param("“a”“b”", ["“b”"], [(3, 4), (5, 6)], id="touches-the-one-before"),
        pytest.param("“a”“b”", ["“a”“b”"], [(0, 1), (5, 6)], id="two-that-touch"),
        pytest.param("“a”,“b”", [",“b”"], [(6, 7)], id="starts-behind-another-s-mark"),
        pytest.param("“a”,“b”", ["“a”,"], [(0, 1)], id="ends-before-another-s-mark"),
        pytest.param("“He said ‘no’”", ["“He said ‘no’”"], [(0, 1), (13, 14)], id="nested-at-the-edge"),
    ],
)
def test_marks_at_the_edges_of_quoted_spans(text: str, content: list[str], marks: list[tuple[int, int]]) -> None:
    assert outer_marks(text, spans_of(text, *content)) == tuple(TextSpan(*mark) for mark in marks)


def test_no_content_has_no_marks() -> None:
    assert outer_marks("“a”", []) == ()


@given(texts())
def test_any_passage_with_words_has_its_own_marks(text: str) -> None:
    marks = pair_marks(text)
    words = map_words(text, marks)
    for pair in marks:
        # Others may open or close where an unclosed passage ends.
        if pair.closing is not None and find_kind(words, [pair.span]) is QuoteKind.DIRECT:
            assert outer_marks(text, [pair.span]) == (pair.opening, pair.closing)


@given(texts(), st.data())
def test_marks_of_any_span_are_at_its_edges(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=2)))
    content = [TextSpan(*cuts)] if len(cuts) > 1 else []
    marks = {mark for pair in pair_marks(text) for mark in (pair.opening, pair.closing)}
    for mark in outer_marks(text, content):
        assert content[0].contains(mark)
        assert mark.start == content[0].start or mark.end == content[0].end
        assert mark in marks
