import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quotesmith.marks import DEEPEST, map_words, pair_marks
from quotesmith.records import QuoteKind, TextSpan
from tests.extraction.encoded import texts
from tests.extraction.found import find_kind, find_outer_marks
from tests.invariants import expected_kind
from tests.strategies import span_tuples


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
    assert find_kind(text, [TextSpan(0, len(text))]) is kind


def test_kind_looks_at_the_content_alone() -> None:
    text = "we “go” now"
    assert find_kind(text, [TextSpan(3, 7)]) is QuoteKind.DIRECT
    assert find_kind(text, [TextSpan(0, 2), TextSpan(8, 11)]) is QuoteKind.INDIRECT


@pytest.mark.parametrize(
    ("text", "content", "cue", "kind"),
    [
        pytest.param("“He said we go.”", ["we go"], "said", QuoteKind.INDIRECT, id="all-in-one-passage"),
        pytest.param("“He said ‘we go’.”", ["‘we go’"], "said", QuoteKind.DIRECT, id="marks-of-its-own"),
        pytest.param("“He said we ‘go’.”", ["we ‘go’"], "said", QuoteKind.MIXED, id="some-marks-of-its-own"),
        pytest.param("“Al said ‘he said we go’.”", ["we go"], "he said", QuoteKind.INDIRECT, id="two-deep"),
        pytest.param("“Al said ‘he said “we go”’.”", ["“we go”"], "he said", QuoteKind.DIRECT, id="own-marks-two-deep"),
        pytest.param("“We go,” he “said”.", ["“We go,”"], "said", QuoteKind.DIRECT, id="cue-in-marks-of-its-own"),
        pytest.param("“We go.”“said”", ["“We go.”"], "said", QuoteKind.DIRECT, id="passages-that-touch"),
        pytest.param("“ROE: we go”", ["we go"], ":", QuoteKind.DIRECT, id="colon"),
        pytest.param("“We go, he said.", ["“We go,"], "said", QuoteKind.DIRECT, id="never-closed"),
        pytest.param("— We go, he said.\n\n— No!\n\n— So?", ["— We go,"], "said", QuoteKind.DIRECT, id="dash"),
        pytest.param(
            "— “He said we go,” said Al.\n\n— No!\n\n— So?", ["we go"], "said", QuoteKind.INDIRECT, id="inside-a-dash"
        ),
    ],
)
def test_marks_around_content_and_cue_do_not_count(text: str, content: list[str], cue: str, kind: QuoteKind) -> None:
    spans = [TextSpan(text.index(words), text.index(words) + len(words)) for words in (*content, cue)]
    assert find_kind(text, spans[:-1], spans[-1:]) is kind


@given(texts(), st.data())
def test_kind_of_any_spans_is_that_by_definition(text: str, data: st.DataObject) -> None:
    spans = data.draw(span_tuples(len(text)))
    content, cue = spans[:-1] or spans, spans[1:][-1:]
    marks = pair_marks(text)
    assume(content)
    assert find_kind(text, content, cue) is expected_kind(text, content, cue, marks)


def test_map_has_bytes_for_each_character_however_deep_passages_stand() -> None:
    text = "a 𝔘 “b” " + "“" * 300 + "c" + "”" * 300
    words = map_words(text, pair_marks(text))
    assert len(words.levels) == len(words.around) == len(text)
    assert words.levels[0] == 1 < words.levels[5] < words.levels[text.index("c")]


@pytest.mark.parametrize("depth", [1, DEEPEST - 1, DEEPEST, DEEPEST + 1, 2 * DEEPEST])
def test_kind_is_that_by_definition_around_the_deepest_passages_that_count(depth: int) -> None:
    text = "“" * depth + "he said we go” “no"
    marks = pair_marks(text)
    for word in ("we go", "no"):
        content, cue = (TextSpan(text.index(words), text.index(words) + len(words)) for words in (word, "said"))
        assert find_kind(text, [content], [cue]) is expected_kind(text, (content,), (cue,), marks)


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
        pytest.param("“He said ‘no’ twice”", ["‘no’ twice"], [], id="around-the-first-word-alone"),
        pytest.param("“He said go or ‘no’”", ["go or ‘no’"], [], id="around-the-last-word-alone"),
        pytest.param("“He said ‘no’ and ‘no’”", ["‘no’ and ‘no’"], [], id="around-both-ends-alone"),
        pytest.param("“He said ‘no’ twice”", ["‘no’"], [(9, 10), (12, 13)], id="nested-alone"),
    ],
)
def test_marks_at_the_edges_of_quoted_spans(text: str, content: list[str], marks: list[tuple[int, int]]) -> None:
    assert find_outer_marks(text, spans_of(text, *content)) == tuple(TextSpan(*mark) for mark in marks)


def test_no_content_has_no_marks() -> None:
    assert find_outer_marks("“a”", []) == ()


@given(texts())
def test_any_passage_with_words_has_its_own_marks(text: str) -> None:
    marks = pair_marks(text)
    for pair in marks:
        # Others may open or close where an unclosed passage ends.
        if pair.closing is not None and find_kind(text, [pair.span]) is QuoteKind.DIRECT:
            assert find_outer_marks(text, [pair.span]) == (pair.opening, pair.closing)


@given(texts(), st.data())
def test_marks_of_any_span_are_at_its_edges(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=2)))
    content = [TextSpan(*cuts)] if len(cuts) > 1 else []
    marks = {mark for pair in pair_marks(text) for mark in (pair.opening, pair.closing)}
    for mark in find_outer_marks(text, content):
        assert content[0].contains(mark)
        assert mark.start == content[0].start or mark.end == content[0].end
        assert mark in marks
