"""Whose words a participle reports."""

import pytest

from quotesmith.extraction.participles import settle_participles
from quotesmith.lexicon.people import load_people
from quotesmith.lexicon.reporting import load_reporting
from tests.docs import make_doc, parsed_text
from tests.extraction.worded import attribution

ASKED = """
    {cue}    {tag} advcl  laughed  {lemma}{agent}
    it       PRP   nsubj  works
    works    VBZ   ccomp  {cue}    work
    ,        ,     punct  laughed
    Ann      NNP   nsubj  laughed  -  PERSON
    laughed  VBD   ROOT   -        laugh
"""
SEEN = """
    Ann      NNP   nsubj  {verb}  -  PERSON
    {verb}   VBD   ROOT   -       {lemma}
    her      PRP$  poss   son
    son      NN    nsubj  leaving
    leaving  VBG   ccomp  {verb}  leave
    ,        ,     punct  {verb}
    saying   VBG   advcl  {verb}  say
    it       PRP   nsubj  works
    works    VBZ   ccomp  saying  work
"""
BY_BO = "\n    by IN agent Asked\n    Bo NNP pobj by - PERSON"


def source_of(table: str, cue: str, source: str) -> str:
    parsed = parsed_text(make_doc(table))
    quote = attribution(parsed.text, "it works", cue=cue, source=source)
    [found] = settle_participles(parsed, [quote], load_reporting(), load_people())
    return " ".join(span.of(parsed.text) for span in found.source)


@pytest.mark.parametrize(
    ("verb", "agent", "before", "source"),
    [
        pytest.param("Asked VBN ask", "", "Ann", "", id="hearer"),
        pytest.param("Told VBD tell", "", "Ann", "", id="past-tense"),
        pytest.param("Asked VBN ask", BY_BO, "Bo", "Bo", id="agent"),
        pytest.param("Convinced VBN believe", "", "Ann", "Ann", id="who-thinks"),
    ],
)
def test_one_who_is_asked_says_nothing(verb: str, agent: str, before: str, source: str) -> None:
    cue, tag, lemma = verb.split()
    assert source_of(ASKED.format(cue=cue, tag=tag, lemma=lemma, agent=agent), cue, before) == source


@pytest.mark.parametrize(
    ("verb", "lemma", "source"),
    [
        pytest.param("remembered", "remember", "her son", id="seen"),
        pytest.param("kept", "keep", "Ann", id="made-to"),
    ],
)
def test_one_who_is_seen_speaks(verb: str, lemma: str, source: str) -> None:
    assert source_of(SEEN.format(verb=verb, lemma=lemma), "saying", "Ann") == source
