"""Reported words that stop in the middle of a phrase."""

import attrs
import pytest

from quotesmith.extraction import ExtractionSettings
from quotesmith.extraction.phrase_ends import finish_phrases
from tests.docs import make_doc, parsed_text
from tests.extraction.worded import attribution

SETTINGS = ExtractionSettings()
FEARED = """
    She        PRP  nsubj     feared
    feared     VBD  ROOT      -         fear
    any        DT   det       alliance
    closed     JJ   amod      alliance
    and        CC   cc        closed
    military   JJ   conj      closed
    alliance   NN   dobj      feared
    in         IN   prep      alliance
    the        DT   det       Pacific
    Pacific    NNP  pobj      in
    ,          ,    punct     feared
    he         PRP  nsubj     said
    said       VBD  ROOT      -         say
"""
MARKED = FEARED.replace("    any ", "    “ `` punct alliance\n    any ").replace(
    "    in ", "    ” '' punct alliance\n    in "
)


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        pytest.param("any closed and", "any closed and military alliance in the Pacific", id="conjunction"),
        pytest.param("any", "any closed and military alliance in the Pacific", id="article"),
        pytest.param("any closed and military", "any closed and military alliance in the Pacific", id="adjective"),
        pytest.param(
            "any closed and military alliance in", "any closed and military alliance in the Pacific", id="preposition"
        ),
        pytest.param("any closed and military alliance", "any closed and military alliance", id="noun"),
        pytest.param("he", "he", id="no-phrase"),
    ],
)
def test_content_reaches_to_the_noun_of_its_phrase(content: str, whole: str) -> None:
    parsed = parsed_text(make_doc(FEARED))
    [found] = finish_phrases(parsed, [attribution(parsed.text, content)], SETTINGS)
    assert [span.of(parsed.text) for span in found.content] == [whole]


def test_content_grows_neither_over_words_of_others_nor_out_of_marks_nor_far() -> None:
    parsed, marked = parsed_text(make_doc(FEARED)), parsed_text(make_doc(MARKED))
    content = attribution(parsed.text, "any closed")
    other = attribution(parsed.text, "in the Pacific", source="military")
    assert finish_phrases(parsed, [content, other], SETTINGS) == [content, other]
    inside = attribution(marked.text, "any closed")
    assert finish_phrases(marked, [inside], SETTINGS) == [inside]
    assert finish_phrases(parsed, [content], attrs.evolve(SETTINGS, max_phrase_tail_tokens=4)) == [content]


@pytest.mark.parametrize(("more", "is_grown"), [(1, True), (2, False)])
def test_content_grows_by_eight_words_at_most(more: int, *, is_grown: bool) -> None:
    adjectives = "    new        JJ   amod      alliance\n" * more
    parsed = parsed_text(make_doc(FEARED.replace("    closed ", adjectives + "    closed ")))
    content = attribution(parsed.text, "any")
    [found] = finish_phrases(parsed, [content], SETTINGS)
    assert (found != content) is is_grown


@pytest.mark.parametrize(("mark", "is_grown"), [(", , punct alliance", False), ("- HYPH punct alliance", True)])
def test_content_grows_over_hyphens_but_no_comma(mark: str, *, is_grown: bool) -> None:
    doc = make_doc(FEARED.replace("    alliance ", f"    {mark}\n    alliance "))
    content = attribution(doc.text, "any closed")
    assert (finish_phrases(parsed_text(doc), [content], SETTINGS) != [content]) is is_grown
