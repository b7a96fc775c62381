import attrs
import pytest

from quotesmith.extraction.repairs import add_missing_sources
from quotesmith.lexicon.reporting import load_reporting
from tests.docs import make_doc, parsed_text
from tests.extraction.worded import attribution

CONJOINED = """
    Ann         NNP  nsubj  voted       -     PERSON
    voted       VBD  ROOT   -           vote
    and         CC   cc     voted
    criticized  VBD  conj   voted       criticize
    the         DT   det    bill
    bill        NN   dobj   criticized
    .           .    punct  voted
"""
CLEAR = """
    It      PRP  nsubj  is
    is      VBZ  ROOT   -      be
    clear   JJ   acomp  is
    that    IN   mark   lost
    Ann     NNP  nsubj  lost   -     PERSON
    lost    VBD  ccomp  is     lose
    .       .    punct  is
"""
APART = """
    She       PRP  nsubj  left
    left      VBD  ROOT   -     leave
    .         .    punct  left

    The       DT   det    mayor
    mayor     NN   nsubj  said
    said      VBD  ROOT   -     say
    it        PRP  nsubj  sank
    sank      VBD  ccomp  said  sink
    .         .    punct  said
"""
PASSIVE = """
    The     DT   det        plan
    plan    NN   nsubjpass  called
    was     VBD  auxpass    called
    called  VBN  ROOT       -       call
    a       DT   det        mistake
    mistake NN   oprd       called
    by      IN   agent      called
    Ann     NNP  pobj       by      -     PERSON
    .       .    punct      called
"""


def source_of(table: str, *, cue: str, content: str, source: str = "") -> str:
    """The source in the end of a quote that has this one before, or none."""
    doc = make_doc(table)
    text = doc.text
    quote = attribution(text, content, cue=cue, source=source)
    [found] = add_missing_sources(parsed_text(doc), [quote], load_reporting())
    assert attrs.evolve(found, source=()) == attrs.evolve(quote, source=())
    return "".join(span.of(text) for span in found.source)


@pytest.mark.parametrize(
    ("table", "cue", "content", "source"),
    [
        pytest.param(CONJOINED, "criticized", "the bill", "Ann", id="conjoined"),
        pytest.param(PASSIVE, "called", "a mistake", "Ann", id="agent-of-a-passive"),
        pytest.param(CLEAR, "is clear", "that Ann lost", "", id="nobody-is-it"),
        pytest.param(CONJOINED, "bill", "the", "", id="no-verb"),
        pytest.param(CONJOINED, "criticized", "Ann voted", "", id="subject-in-the-content"),
    ],
)
def test_missing_source_is_who_does_what_the_cue_says(table: str, cue: str, content: str, source: str) -> None:
    assert source_of(table, cue=cue, content=content) == source


def test_unknown_cue_gets_no_source() -> None:
    baked = CONJOINED.replace("criticized", "baked     ").replace("criticize", "bake")
    assert source_of(baked, cue="baked", content="the bill") == ""


def test_source_that_is_there_stays() -> None:
    assert source_of(CONJOINED, cue="criticized", content="the bill", source="voted") == "voted"


def test_source_of_another_sentence_gives_way_to_the_cue_s_subject() -> None:
    assert source_of(APART, cue="said", content="it sank", source="She") == "The mayor"


def test_source_of_another_sentence_stays_where_grammar_gives_none() -> None:
    headless = APART.replace("nsubj  said", "dep    said")
    assert source_of(headless, cue="said", content="it sank", source="She") == "She"
