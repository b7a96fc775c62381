import pytest

from quotesmith.records import EntityKind
from quotesmith.speakers.document_context import DocumentContext, Sight
from quotesmith.speakers.nominals import Roles
from quotesmith.speakers.noun_phrases import Description
from tests.speakers.scenes import context_of_doc, doc_of

PERSON, ORG = EntityKind.PERSON, EntityKind.ORGANIZATION
TWO = """
    Republican NNP compound Holm
    nominee NN compound Holm
    Karl NNP compound Holm - PERSON
    Holm NNP nsubj met - PERSON
    met VBD ROOT -
    Ann NNP compound Lee - PERSON
    Lee NNP dobj met - PERSON
    . . punct met
    He PRP nsubj left
    left VBD ROOT -
    . . punct left
    It PRP nsubj rained
    rained VBD ROOT -
"""


def wanted(head: str, *words: str, lands: tuple[str, ...] = ()) -> Description:
    return Description(head, frozenset(words), frozenset(lands))


def read_scene(table: str) -> DocumentContext:
    """The context with all its names in play."""
    context = context_of_doc(doc_of(table))
    for place, name in enumerate(context.names):
        context.discourse.see(context.owners[place], context.sight(context.head_token(name)))
    return context


def test_synonym_with_the_same_party() -> None:
    roles = Roles.of(read_scene(TWO))
    assert roles.described(wanted("candidate", "gop", lands=("Republican Party",)), PERSON) == 0


def test_other_party_is_somebody_else() -> None:
    roles = Roles.of(read_scene(TWO))
    assert roles.described(wanted("candidate", "democratic", lands=("Democratic Party",)), PERSON) is None


def test_vice_president_is_no_president() -> None:
    context = read_scene("Vice NNP compound Holm\nPresident NNP compound Holm\nHolm NNP ROOT - - PERSON")
    assert Roles.of(context).described(wanted("president"), PERSON) is None
    assert Roles.of(context).described(wanted("president", "vice"), PERSON) == 0


def test_text_goes_on_about_the_one_whom_nothing_speaks_against() -> None:
    roles = Roles.of(read_scene(TWO))
    # A sentence later: of the man, since Lee is a woman by her name.
    assert roles.continued(wanted("businessman", "local"), PERSON, 8) == 0
    assert roles.continued(wanted("nominee", "democratic", lands=("Democratic Party",)), PERSON, 8) == 1


@pytest.mark.parametrize("head", ["official", "analyst", "spokesman"])
def test_other_roles_stay_unnamed(head: str) -> None:
    assert Roles.of(read_scene(TWO)).continued(wanted(head), PERSON, 8) is None


def test_body_whose_name_says_what_it_is_is_no_other_sort() -> None:
    for name, expected in (("Acme", 0), ("Ministry", None)):
        context = read_scene(f"{name} NNP nsubj paid - ORG\npaid VBD ROOT -\n. . punct paid\nIt PRP ROOT -")
        assert Roles.of(context).continued(wanted("bank"), ORG, 3) == expected


def test_who_is_described_first_and_named_later() -> None:
    table = """
        Voters NNS ROOT -
        . . punct Voters
        Justice NNP compound Holm
        Karl NNP compound Holm - PERSON
        Holm NNP ROOT - - PERSON
    """
    roles = Roles.of(context_of_doc(doc_of(table)))
    assert roles.named_later(wanted("judge"), PERSON, 0, opening=True) == 0
    assert roles.named_later(wanted("judge"), PERSON, 0, opening=False) is None


def test_relation_of_the_only_one_who_has_it() -> None:
    table = """
        his PRP$ poss wife
        wife NN nsubj spoke
        , , punct wife
        Ann NNP appos wife - PERSON
        , , punct wife
        spoke VBD ROOT -
    """
    context = context_of_doc(doc_of(table))
    assert Roles.of(context).related(wanted("wife"), possessor=7) == 0
    assert Roles.of(context).related(wanted("wife"), possessor=0) is None


def test_one_far_back_is_not_gone_on_about() -> None:
    context = context_of_doc(doc_of(TWO, *["It PRP nsubj rained\nrained VBD ROOT -\n. . punct rained"] * 8))
    context.discourse.see(0, Sight(3, 0, subject=True))
    assert Roles.of(context).continued(wanted("businessman"), PERSON, len(context.parsed.doc) - 1) is None
