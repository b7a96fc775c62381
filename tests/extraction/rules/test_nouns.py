import pytest

from quotesmith.records import Act
from tests.extraction.found import Found, find_quotes

CLAIM = """
    Despite  IN   prep      fell
    Holm     NNP  poss      claim    -      PERSON
    's       POS  case      Holm
    claim    NN   pobj      Despite
    that     IN   mark      held
    prices   NNS  nsubj     held     price
    held     VBD  acl       claim    hold
    ,        ,    punct     fell
    they     PRP  nsubj     fell
    fell     VBD  ROOT      -        fall
"""
COMPLAINTS = """
    Despite     IN   prep   won
    complaints  NNS  pobj   Despite     complaint
    from        IN   prep   complaints
    teachers    NNS  pobj   from        teacher
    that        IN   mark   leaked
    roofs       NNS  nsubj  leaked      roof
    leaked      VBD  acl    complaints  leak
    he          PRP  nsubj  won
    won         VBD  ROOT   -           win
"""
FEARS = """
    Aides   NNS  nsubj  voiced  aide
    voiced  VBD  ROOT   -       voice
    fears   NNS  dobj   voiced  fear
    that    IN   mark   leaked
    roofs   NNS  nsubj  leaked  roof
    leaked  VBD  acl    fears   leak
"""
REPORTS = """
    Amid    IN   prep   left
    reports NNS  pobj   Amid     report
    that    IN   mark   leaked
    roofs   NNS  nsubj  leaked   roof
    leaked  VBD  acl    reports  leak
    he      PRP  nsubj  left
    left    VBD  ROOT   -        leave
"""
HOUSE = """
    The     DT   det    house
    house   NN   nsubj  leaked
    that    WDT  nsubj  burned
    burned  VBD  relcl  house   burn
    leaked  VBD  ROOT   -       leak
"""


def by_noun(table: str) -> list[Found]:
    return [found for found in find_quotes(table) if found.attribution.rule == "noun"]


@pytest.mark.parametrize(
    ("table", "source", "cue", "content"),
    [
        pytest.param(CLAIM, "Holm", "claim", "that prices held", id="possessive"),
        pytest.param(COMPLAINTS, "teachers", "complaints", "that roofs leaked", id="from"),
        pytest.param(REPORTS, "", "reports", "that roofs leaked", id="nobody"),
    ],
)
def test_noun_with_a_that_clause_reports_it(table: str, source: str, cue: str, content: str) -> None:
    [found] = by_noun(table)
    assert (found.source, found.cue, found.content) == (source, cue, [content])


def test_who_voices_it_is_its_source() -> None:
    [found] = by_noun(FEARS)
    assert found.source == "Aides"
    assert found.attribution.act is Act.THOUGHT


def test_relative_clause_of_a_plain_noun_is_no_report() -> None:
    assert by_noun(HOUSE) == []
