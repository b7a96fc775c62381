from hypothesis import given
from hypothesis import strategies as st

from quotesmith.extraction import Attribution
from quotesmith.marks import pair_marks
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan
from quotesmith.speakers.layout import Layout
from quotesmith.speakers.quotations import Quotations
from tests.speakers.scenes import doc_of

TEXT = """
    He    PRP nsubj said
    said  VBD ROOT -
    “     ``  punct said
    no    UH  dobj said
    ”     ''  punct said
    twice RB  advmod said
"""
WORDS = doc_of("\n".join(["a NN dep b", *["b NN ROOT -"] * 20]))


def test_marks_tell_quoted_from_reported_words() -> None:
    doc = doc_of(TEXT)
    content = (TextSpan(doc[2].idx, len(doc.text)),)
    quotations = Quotations.of(
        Layout.of(doc),
        [
            Attribution(
                content=content,
                kind=QuoteKind.MIXED,
                act=Act.SPEECH,
                assertion=Assertion.ASSERTED,
                score=1.0,
                rule="test",
            )
        ],
        pair_marks(doc.text),
    )
    assert list(quotations.quoted) == [0, 0, 1, 1, 1, 0]
    assert quotations.attribution == [-1, -1, 0, 0, 0, 0]


def test_words_in_marks_that_nobody_says_are_not_quoted() -> None:
    doc = doc_of(TEXT)
    assert not any(Quotations.of(Layout.of(doc), [], pair_marks(doc.text)).quoted)


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(1, 10)), max_size=8))
def test_innermost_holds_the_token_and_holds_no_smaller_one(ranges: list[tuple[int, int]]) -> None:
    layout = Layout.of(WORDS)
    tree = [(a, min(a + n, 21)) for a, n in ranges]
    tree = [r for r in tree if not any(o[0] < r[0] < o[1] < r[1] or r[0] < o[0] < r[1] < o[1] for o in tree)]
    attributions = [
        Attribution(
            content=(layout.span(a, b),),
            kind=QuoteKind.INDIRECT,
            act=Act.SPEECH,
            assertion=Assertion.ASSERTED,
            score=1.0,
            rule="test",
        )
        for a, b in tree
    ]
    for token, number in enumerate(Quotations.of(layout, attributions, []).attribution):
        sizes = [b - a for a, b in tree if a <= token < b]
        assert (number == -1) == (not sizes)
        assert number == -1 or tree[number][1] - tree[number][0] == min(sizes)
