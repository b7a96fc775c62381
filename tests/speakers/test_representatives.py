import pytest

from quotesmith.speakers.nominals import Nominals
from quotesmith.speakers.pronouns.first_person import Representatives
from tests.speakers.scenes import context_of_doc, doc_of, entity_names

CHAIRMAN = """
    Acme      NNP  compound  Holm   -  ORG
    {role}    NN   compound  Holm
    Jane      NNP  compound  Holm   -  PERSON
    Holm      NNP  nsubj     spoke  -  PERSON
    spoke     VBD  ROOT      -      speak
"""
SPOKESWOMAN = """
    Jane         NNP  compound  Holm         -  PERSON
    Holm         NNP  nsubj     spoke        -  PERSON
    ,            ,    punct     Holm
    a            DT   det       spokeswoman
    {adjective}  JJ   amod      spokeswoman
    spokeswoman  NN   appos     Holm
    for          IN   prep      spokeswoman
    the          DT   det       company
    company      NN   pobj      for
    ,            ,    punct     Holm
    spoke        VBD  ROOT      -            speak
"""


def body(table: str) -> list[str]:
    context = context_of_doc(doc_of(table))
    person = next(n for n, draft in enumerate(context.roster.drafts) if draft.name == "Jane Holm")
    found = Representatives(context, Nominals(context)).body_of(person, [])
    return entity_names(context, [] if found is None else [found])


@pytest.mark.parametrize(("role", "bodies"), [("chairman", ["Acme"]), ("lawyer", [])])
def test_office_before_the_name_speaks_for_the_body_before_it(role: str, bodies: list[str]) -> None:
    assert body(CHAIRMAN.format(role=role)) == bodies


@pytest.mark.parametrize(("adjective", "bodies"), [("new", ["the company"]), ("former", [])])
def test_apposition_speaks_for_a_body_unless_it_did_so_once(adjective: str, bodies: list[str]) -> None:
    assert body(SPOKESWOMAN.format(adjective=adjective)) == bodies


def test_source_words_come_first() -> None:
    doc = doc_of(
        CHAIRMAN.format(role="lawyer"),
        "A DT det leader\nleader NN nsubj said\nof IN prep leader\nNATO NNP pobj of - ORG\nsaid VBD ROOT -",
    )
    context = context_of_doc(doc)
    leader = next(token for token in doc if token.text == "leader")
    found = Representatives(context, Nominals(context)).body_of(0, [leader])
    assert entity_names(context, [] if found is None else [found]) == ["NATO"]
