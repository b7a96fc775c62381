from hypothesis import given
from hypothesis import strategies as st

from quotesmith.extraction import Attribution
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan
from quotesmith.speakers.quotation_levels import QuotationLevels
from tests.docs import parsed_text
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
    levels = QuotationLevels.of(
        parsed_text(doc),
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
    )
    assert [levels.is_quoted(token.i) for token in doc] == [False, False, True, True, True, False]
    assert [levels.innermost(token.i) for token in doc] == [None, None, 0, 0, 0, 0]


def test_words_in_marks_that_nobody_says_are_not_quoted() -> None:
    doc = doc_of(TEXT)
    levels = QuotationLevels.of(parsed_text(doc), [])
    assert not any(levels.is_quoted(token.i) for token in doc)


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(1, 10)), max_size=8))
def test_innermost_holds_the_token_and_holds_no_smaller_one(ranges: list[tuple[int, int]]) -> None:
    parsed = parsed_text(WORDS)
    tree = [(a, min(a + n, 21)) for a, n in ranges]
    tree = [r for r in tree if not any(o[0] < r[0] < o[1] < r[1] or r[0] < o[0] < r[1] < o[1] for o in tree)]
    attributions = [
        Attribution(
            content=(parsed.span(a, b),),
            kind=QuoteKind.INDIRECT,
            act=Act.SPEECH,
            assertion=Assertion.ASSERTED,
            score=1.0,
            rule="test",
        )
        for a, b in tree
    ]
    levels = QuotationLevels.of(parsed, attributions)
    for token in range(len(WORDS)):
        number = levels.innermost(token)
        sizes = [b - a for a, b in tree if a <= token < b]
        assert (number is None) == (not sizes)
        assert number is None or tree[number][1] - tree[number][0] == min(sizes)
