import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from quotesmith.extraction.attributions import with_parents
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan
from quotesmith.speakers.quotation_levels import QuotationLevels, Unattributed
from tests.cases import named_table
from tests.docs import parsed_text
from tests.speakers.scenes import doc_of, quote

DIRECT = named_table("speakers/quotation_levels", "direct")
MIXED = named_table("speakers/quotation_levels", "mixed")
NESTED_MARKS = named_table("speakers/quotation_levels", "nested marks")
COLON = """
    HOLM   NNP  ROOT   -      -  PERSON
    :      :    punct  HOLM
    I      PRP  nsubj  won
    won    VBD  dep    HOLM
"""


def levels_of(doc: Doc, *quotes: Attribution) -> QuotationLevels:
    return QuotationLevels.of(parsed_text(doc), with_parents(quotes))


def saying(doc: Doc, word: str, *quotes: Attribution) -> int | Unattributed:
    return levels_of(doc, *quotes).saying(next(token.i for token in doc if token.text == word))


def test_direct_speech_is_given_word_by_word() -> None:
    doc = doc_of(DIRECT)
    said = quote(doc, "I won", "Holm", cue="said", kind="direct")
    assert saying(doc, "I", said) == 0
    assert saying(doc, "Holm", said) is Unattributed.NARRATION


@pytest.mark.parametrize(("word", "number"), [("me", 0), ("we", Unattributed.NARRATION)])
def test_mixed_speech_is_given_word_by_word_inside_its_marks(word: str, number: int | Unattributed) -> None:
    doc = doc_of(MIXED)
    assert saying(doc, word, quote(doc, "that we “made me late” was", "Holm", cue="said", kind="mixed")) == number


def test_marks_inside_marks_are_somebody_elses_words() -> None:
    doc = doc_of(NESTED_MARKS)
    said = quote(doc, "She said ‘I won’ to me", "Holm", cue="added", kind="direct")
    assert saying(doc, "I", said) is Unattributed.NESTED
    assert saying(doc, "me", said) == 0


def test_quote_inside_a_quote_has_its_own_speaker() -> None:
    doc = doc_of(NESTED_MARKS)
    outer = quote(doc, "She said ‘I won’ to me", "Holm", cue="added", kind="direct")
    inner = quote(doc, "I won", "She", cue="said", kind="direct")
    assert saying(doc, "I", outer, inner) == 1
    assert saying(doc, "me", outer, inner) == 0


def test_transcript_needs_no_marks() -> None:
    doc = doc_of(COLON)
    assert saying(doc, "I", quote(doc, "I won", "HOLM", cue="HOLM")) == 0


def test_indirect_speech_is_in_the_writers_words() -> None:
    doc = doc_of("\n".join(row for row in DIRECT.splitlines() if row[0] not in "“”"))
    assert saying(doc, "I", quote(doc, "I won", "Holm", cue="said")) is Unattributed.NARRATION


TEXT = named_table("speakers/quotation_levels", "text")
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


@pytest.mark.parametrize(("spaces", "saying"), [(3, 0), (4, Unattributed.NARRATION)])
def test_content_right_behind_a_colon_needs_no_marks(spaces: int, saying: int | Unattributed) -> None:
    words = ["HOLM", ":", " " * spaces, "I", "won"]
    doc = Doc(doc_of(COLON).vocab, words=words, spaces=[False, False, False, True, False])
    said = quote(doc, "I won", "HOLM", cue="HOLM")
    assert QuotationLevels.of(parsed_text(doc), [said]).saying(3) == saying
