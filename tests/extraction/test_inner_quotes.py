from hypothesis import given
from hypothesis import strategies as st

from quotesmith.marks import MarkPair, pair_marks
from quotesmith.records import TextSpan
from tests.extraction.encoded import Linked, Stretch, Tagged, texts
from tests.extraction.found import InnerText, read_again, take_out

TEXT = "“He said ‘no’ to me,” she wrote. “‘Go’ was all.”"


def find(words: str, *, text: str = TEXT) -> TextSpan:
    return TextSpan(text.index(words), text.index(words) + len(words))


def taken(*stretches: str, text: str = TEXT) -> InnerText:
    return take_out(text, [find(words, text=text) for words in stretches])


def marked(inner: InnerText) -> list[str]:
    return [pair.span.of(inner.text) for pair in inner.marks]


def test_stretches_stand_one_below_the_other() -> None:
    assert taken("He said ‘no’ to me,", "‘Go’ was all.").text == "He said ‘no’ to me,\n\n‘Go’ was all."


def test_no_stretches_are_an_empty_text() -> None:
    assert take_out(TEXT, []) == InnerText("", [], [], [])


def test_span_goes_back_to_where_its_words_stand() -> None:
    inner = taken("He said ‘no’ to me,", "‘Go’ was all.")
    span = find("was", text=inner.text)
    assert inner.stretch_at(span) == 1
    assert inner.outer(span) == find("was")


def test_span_that_runs_out_of_its_stretch_ends_with_it() -> None:
    inner = taken("to me,", "Go")
    assert inner.outer(find("me,\n\nGo", text=inner.text)) == find("me,")


def test_marks_inside_are_outermost_now() -> None:
    inner = taken("He said ‘no’ to me,", "‘Go’ was all.")
    assert marked(inner) == ["‘no’", "‘Go’"]
    assert [pair.depth for pair in inner.marks] == [0, 0]
    assert [pair.closing.of(inner.text) for pair in inner.marks if pair.closing is not None] == ["’", "’"]


def test_marks_around_stretches_or_cut_by_them_are_left_out() -> None:
    assert marked(taken("said ‘no", "she wrote")) == []


def test_marks_inside_marks_keep_their_depth() -> None:
    inner = taken("“He said ‘no’ to me,” she")
    assert [pair.depth for pair in inner.marks] == [0, 1]


def test_depth_counts_the_marks_of_its_own_stretch_alone() -> None:
    text = "“a ‘b “c” d’ e ‘f “g” h’ i”"
    inner = taken("b “c” d’ e ‘f “g” h’ i", text=text)
    assert list(zip(marked(inner), [pair.depth for pair in inner.marks], strict=True)) == [
        ("“c”", 0),
        ("‘f “g” h’", 0),
        ("“g”", 1),
    ]


def test_unclosed_passage_ends_where_it_did_and_is_continued_by_none() -> None:
    text = "“Go.\n\n“Stay.\n\nHe left."
    inner = taken("“Go.\n\n“Stay.", text=text)
    assert marked(inner) == ["“Go.", "“Stay."]
    assert [(pair.closing, pair.continues) for pair in inner.marks] == [(None, None), (None, None)]


MAIL = """Hello.

On Mon, Jun 3, 2024 at 9:01, Ann Lee <ann@example.org> wrote:
> First words.
> On Sun, Jun 2, 2024 at 9:01, Bo Roe <bo@example.org> wrote:
>> Inner words.
>> More of them.
> Last words.
"""


def test_each_piece_of_mails_inside_mails_is_read_again_and_once() -> None:
    pieces = ["First words.", "Inner words.", "More of them.", "Last words."]
    contents = [Tagged(Stretch(0, 1), find(words, text=MAIL), 1.0, is_quoted=False) for words in ("Hello.", *pieces)]
    assert read_again(MAIL, [Linked((content,), None, None, 1.0) for content in contents]) == ["Hello.", *pieces]


@st.composite
def inner_texts(draw: st.DrawFn) -> tuple[str, InnerText, tuple[MarkPair, ...]]:
    """Any text, any stretches of it, and its marks."""
    text = draw(texts())
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    # Some stretches touch.
    step = draw(st.integers(1, 2))
    stretches = [TextSpan(*span) for span in zip(edges[::step], edges[1::step], strict=False)]
    marks = pair_marks(text)
    return text, take_out(text, stretches), marks


@given(inner_texts(), st.data())
def test_any_span_goes_out_and_back(drawn: tuple[str, InnerText, tuple[MarkPair, ...]], data: st.DataObject) -> None:
    text, inner, _ = drawn
    for position, stretch in enumerate(inner.stretches):
        start, end = sorted(data.draw(st.sets(st.integers(0, len(stretch)), min_size=2, max_size=2)))
        span = TextSpan(start, end).shifted(inner.starts[position])
        assert inner.stretch_at(span) == position
        assert inner.outer(span) == TextSpan(stretch.start + start, stretch.start + end)
        assert inner.outer(span).of(text) == span.of(inner.text)


@given(inner_texts())
def test_marks_are_just_those_that_lie_in_a_stretch(drawn: tuple[str, InnerText, tuple[MarkPair, ...]]) -> None:
    text, inner, marks = drawn
    kept = [pair for pair in marks if any(stretch.contains(pair.span) for stretch in inner.stretches)]
    assert [inner.outer(pair.span) for pair in inner.marks] == [pair.span for pair in kept]
    assert [inner.outer(pair.opening) for pair in inner.marks] == [pair.opening for pair in kept]
    assert [pair.opening.of(inner.text) for pair in inner.marks] == [pair.opening.of(text) for pair in kept]
    assert [pair.closing and inner.outer(pair.closing) for pair in inner.marks] == [pair.closing for pair in kept]


@given(inner_texts())
def test_depth_is_how_many_marks_are_around(drawn: tuple[str, InnerText, tuple[MarkPair, ...]]) -> None:
    _, inner, _ = drawn
    spans = [pair.span for pair in inner.marks]
    around = [sum(other.contains(span) and other != span for other in spans) for span in spans]
    assert [pair.depth for pair in inner.marks] == around
