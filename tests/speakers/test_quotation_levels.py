import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotesmith.extraction.attributions import with_parents
from quotesmith.records import TextSpan
from quotesmith.speakers.quotation_levels import QuotationLevels, Unattributed
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS
from tests.cases import Case, each_case, named_table
from tests.docs import VOCAB, parsed_text
from tests.speakers.scenes import attribution, doc_of, quote, stated_quote


@each_case("speakers/levels", keys={"content", "source", "cue", "kind", "levels"})
def test_whose_words_they_are(case: Case) -> None:
    """The number of a quote, or that nobody is named who says them."""
    doc = doc_of(case.table)
    quotes = with_parents([stated_quote(doc, stated) for stated in case.expected])
    levels = QuotationLevels.of(parsed_text(doc), quotes, DEFAULT_SPEAKER_SETTINGS)
    for word, level in map(str.split, case.expected[0]["levels"].split(", ")):
        found = levels.saying(next(token.i for token in doc if token.text == word))
        assert (found.name.lower() if isinstance(found, Unattributed) else str(found)) == level


TEXT = named_table("speakers/quotation_levels", "text")
WORDS = doc_of("\n".join(["a NN dep b", *["b NN ROOT -"] * 20]))


def test_marks_tell_quoted_from_reported_words() -> None:
    doc = doc_of(TEXT)
    levels = QuotationLevels.of(
        parsed_text(doc), [attribution(TextSpan(doc[2].idx, len(doc.text)), kind="mixed")], DEFAULT_SPEAKER_SETTINGS
    )
    assert [levels.is_quoted(token.i) for token in doc] == [False, False, True, True, True, False]
    assert [levels.innermost(token.i) for token in doc] == [None, None, 0, 0, 0, 0]


def test_words_in_marks_that_nobody_says_are_not_quoted() -> None:
    doc = doc_of(TEXT)
    levels = QuotationLevels.of(parsed_text(doc), [], DEFAULT_SPEAKER_SETTINGS)
    assert not any(levels.is_quoted(token.i) for token in doc)


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(1, 10)), max_size=8))
def test_innermost_holds_the_token_and_holds_no_smaller_one(ranges: list[tuple[int, int]]) -> None:
    parsed = parsed_text(WORDS)
    tree = [(a, min(a + n, 21)) for a, n in ranges]
    tree = [r for r in tree if not any(o[0] < r[0] < o[1] < r[1] or r[0] < o[0] < r[1] < o[1] for o in tree)]
    attributions = [attribution(parsed.span(a, b), kind="indirect") for a, b in tree]
    levels = QuotationLevels.of(parsed, attributions, DEFAULT_SPEAKER_SETTINGS)
    for token in range(len(WORDS)):
        number = levels.innermost(token)
        sizes = [b - a for a, b in tree if a <= token < b]
        assert (number is None) == (not sizes)
        assert number is None or tree[number][1] - tree[number][0] == min(sizes)


@pytest.mark.parametrize(("spaces", "saying"), [(3, 0), (4, Unattributed.NARRATION)])
def test_content_right_behind_a_colon_needs_no_marks(spaces: int, saying: int | Unattributed) -> None:
    words = ["HOLM", ":", " " * spaces, "I", "won"]
    doc = Doc(VOCAB, words=words, spaces=[False, False, False, True, False])
    said = quote(doc, "I won", "HOLM", cue="HOLM")
    assert QuotationLevels.of(parsed_text(doc), [said], DEFAULT_SPEAKER_SETTINGS).saying(3) == saying
