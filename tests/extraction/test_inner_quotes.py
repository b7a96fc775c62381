from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS
from quotesmith.records import TextSpan
from tests.cases import Case, each_case
from tests.extraction.encoded import (
    EncodedText,
    Linked,
    Tagged,
    encoded_texts,
    find_inner_quotes,
    find_outer_quotes,
    make_encoded,
    passages_inside,
    read_inside,
)
from tests.extraction.found import BETWEEN

ANY = attrs.evolve(DEFAULT_EXTRACTION_SETTINGS, min_inner_probability=0.0)


def words(text: EncodedText, *parts: Tagged | None) -> str:
    return BETWEEN.join(part.span.of(text.text) for part in parts if part is not None)


def described(text: EncodedText, quote: Linked) -> dict[str, str]:
    found = {
        "quote": words(text, *quote.contents),
        "cue": words(text, quote.cue),
        "source": words(text, quote.source),
    }
    return {key: value for key, value in found.items() if value}


@each_case("tags/inner_quotes", keys={"quote", "cue", "source"})
def test_quote_inside_a_quote_has_all_in_one_content(case: Case) -> None:
    text = make_encoded(case.table)
    assert [described(text, quote) for quote in find_inner_quotes(text)] == list(case.expected)


@pytest.mark.parametrize(
    ("text", "holders", "passages"),
    [
        pytest.param("“a ‘b’ c,” d. “‘so’ f.”", ["a ‘b’ c,", "‘so’ f."], ["‘b’", "‘so’"], id="two-holders"),
        pytest.param("“a ‘b “c” d’”", ["a ‘b “c” d’"], ["‘b “c” d’"], id="outermost-alone"),
        pytest.param("“a ‘b “c” d’ ‘so’”", ["b “c” d", "‘so’"], ["“c”", "‘so’"], id="whatever-is-around"),
        pytest.param("“a ‘b’ c”", ["a ‘b", "c"], [], id="cut-by-a-holder"),
        pytest.param("“a ‘b’.\n\n“c ‘d’", ["“a ‘b’.\n\n“c ‘d’"], ["‘b’", "‘d’"], id="unclosed"),
        pytest.param("“a ‘b’.\n\n“c ‘d’ e”", ["“a ‘b’.\n\n“c ‘d’ e”"], ["‘b’", "‘d’"], id="several-paragraphs"),
        pytest.param("“a”", [], [], id="no-holders"),
    ],
)
def test_passages_inside_are_the_outermost_that_close_in_a_holder(
    text: str, holders: list[str], passages: list[str]
) -> None:
    spans = [TextSpan(text.index(words), text.index(words) + len(words)) for words in holders]
    assert passages_inside(text, *spans) == passages


@given(encoded_texts(), st.data())
def test_fragments_of_any_numbers_lie_in_a_holder_and_apart(text: EncodedText, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text.text)), max_size=8)))
    # Some holders touch.
    step = data.draw(st.integers(1, 2))
    holders = [TextSpan(*span) for span in zip(edges[::step], edges[1::step], strict=False)]
    found = read_inside(text, *holders)
    spans = sorted(part.span for parts in (found.contents, found.cues, found.sources) for part in parts)
    assert all(any(holder.contains(span) for holder in holders) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(text.text[part.span.start] in "“‘«\"'‹„" for part in found.contents if part.is_quoted)


@given(encoded_texts())
def test_inner_quotes_of_any_numbers_have_a_cue_and_lie_in_one_content(text: EncodedText) -> None:
    contents = [part.span for quote in find_outer_quotes(text) for part in quote.contents]
    for quote in find_inner_quotes(text, ANY):
        assert quote.cue is not None
        spans = [part.span for part in quote.parts]
        assert sum(all(content.contains(span) for span in spans) for content in contents) == 1
