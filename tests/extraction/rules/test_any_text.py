"""What holds for any Doc."""

import re
from itertools import pairwise

from hypothesis import given
from spacy.tokens import Doc

from quotesmith.marks import pair_marks
from tests.extraction.found import extract
from tests.invariants import expected_kind
from tests.random_docs import parsed_docs

WORD_CHARACTER = re.compile(r"\w")


@given(parsed_docs())
def test_result_is_in_order_of_content(doc: Doc) -> None:
    found = extract(doc)
    assert [a.extent.start for a in found] == sorted(a.extent.start for a in found)


@given(parsed_docs())
def test_content_is_in_order_apart_and_holds_words(doc: Doc) -> None:
    for attribution in extract(doc):
        assert attribution.content
        assert all(before.end <= after.start for before, after in pairwise(attribution.content))
        for span in attribution.content:
            words = span.of(doc.text)
            assert span.end <= len(doc.text)
            assert words == words.strip()
            assert WORD_CHARACTER.search(words)


@given(parsed_docs())
def test_content_cue_and_source_are_apart(doc: Doc) -> None:
    for attribution in extract(doc):
        spans = sorted([*attribution.content, *attribution.cue, *attribution.source])
        assert all(before.end <= after.start for before, after in pairwise(spans))


@given(parsed_docs())
def test_kind_agrees_with_the_marks(doc: Doc) -> None:
    marks = pair_marks(doc.text)
    for attribution in extract(doc):
        assert attribution.kind is expected_kind(doc.text, attribution.content, attribution.cue, marks)


@given(parsed_docs())
def test_parent_holds_its_quote_and_no_quote_holds_itself(doc: Doc) -> None:
    found = extract(doc)
    for position, attribution in enumerate(found):
        seen = {position}
        parent = attribution.parent
        if parent is not None:
            assert any(span.contains(attribution.extent) for span in found[parent].content)
        while parent is not None:
            assert parent not in seen
            seen.add(parent)
            parent = found[parent].parent


@given(parsed_docs())
def test_outer_marks_are_at_edges_of_content(doc: Doc) -> None:
    for attribution in extract(doc):
        edges = {edge for span in attribution.content for edge in (span.start, span.end)}
        assert all(mark.start in edges or mark.end in edges for mark in attribution.outer_marks)
