import pytest
from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from quotesmith.extraction.repairs import complete_names, drop_addressees
from quotesmith.records import Act, TextSpan, TextSpans
from tests.docs import make_doc, parsed_text

TITLED = """
    said   VBD  ROOT      -
    Rear   NNP  compound  Paul
    Adm.   NNP  compound  Paul
    John   NNP  compound  Paul
    Paul   NNP  nsubj     said
    .      .    punct     said
"""
TOLD = """
    She    PRP  nsubj     told
    told   VBD  ROOT      -
    her    PRP  dative    told
    friends  NNS  dobj    told
    that   IN   mark      won
    he     PRP  nsubj     won
    won    VBD  ccomp     told
    .      .    punct     told
"""


def made(content: TextSpans, cue: TextSpans = (), source: TextSpans = ()) -> Attribution:
    return Attribution(content=content, cue=cue, source=source, act=Act.SPEECH, score=1.0, rule="tags")


def whole_name(doc: Doc, span: TextSpan, others: TextSpans) -> TextSpan:
    [found] = complete_names(parsed_text(doc), [made(others, source=(span,))])
    return found.source[0]


def without_addressee(doc: Doc, content: TextSpans, cue: TextSpans) -> TextSpans:
    [found] = drop_addressees(parsed_text(doc), [made(content, cue)])
    return found.content


def span_of(text: str, words: str) -> TextSpan:
    start = text.index(words)
    return TextSpan(start, start + len(words))


@pytest.mark.parametrize(
    ("found", "whole"),
    [
        pytest.param("Rear Adm.", "Rear Adm. John Paul", id="ends in a title"),
        pytest.param("Rear Adm", "Rear Adm. John Paul", id="cut within the title"),
        pytest.param("Rear Adm. John Paul", "Rear Adm. John Paul", id="whole"),
        pytest.param("John", "John", id="ends in a name"),
        pytest.param("Paul.", "Paul.", id="ends with the sentence"),
    ],
)
def test_name_behind_an_abbreviated_title_is_the_sources(found: str, whole: str) -> None:
    doc = make_doc(TITLED)
    assert whole_name(doc, span_of(doc.text, found), ()).of(doc.text) == whole


def test_name_that_is_the_cue_is_not_the_sources() -> None:
    doc = make_doc(TITLED)
    source = span_of(doc.text, "Rear Adm.")
    assert whole_name(doc, source, (span_of(doc.text, "Paul"),)) == source


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        pytest.param(["her", "that he won"], ["that he won"], id="pronoun that is spoken to"),
        pytest.param(["her"], ["her"], id="all there is"),
        pytest.param(["friends", "that he won"], ["friends", "that he won"], id="no pronoun"),
        pytest.param(["that", "he", "won"], ["that", "he", "won"], id="pronoun of another verb"),
    ],
)
def test_addressee_is_no_content(content: list[str], kept: list[str]) -> None:
    doc = make_doc(TOLD)
    spans = tuple(span_of(doc.text, words) for words in content)
    found = without_addressee(doc, spans, (span_of(doc.text, "told"),))
    assert [span.of(doc.text) for span in found] == kept


@pytest.mark.parametrize(
    ("opening", "kept"),
    [
        pytest.param("whether  IN   mark   slept", "whether she slept", id="clause"),
        pytest.param("what     WP   dobj   slept", "what she slept", id="question"),
        pytest.param("as       RB   advmod slept", "him as she slept", id="no-clause"),
    ],
)
def test_addressee_before_a_clause_is_no_content(opening: str, kept: str) -> None:
    doc = make_doc(f"""
        Ann      NNP  nsubj  asked
        asked    VBD  ROOT   -
        him      PRP  dobj   asked
        {opening}
        she      PRP  nsubj  slept
        slept    VBD  ccomp  asked
        .        .    punct  asked
    """)
    content = (TextSpan(doc.text.index("him"), doc.text.index(".")),)
    [found] = without_addressee(doc, content, (span_of(doc.text, "asked"),))
    assert found.of(doc.text) == kept


def test_without_a_cue_all_content_is_kept() -> None:
    doc = make_doc(TOLD)
    spans = (span_of(doc.text, "her"), span_of(doc.text, "that he won"))
    assert without_addressee(doc, spans, ()) == spans
