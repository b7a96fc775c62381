import pytest

from quotesmith.lexicon.people import load_people
from quotesmith.records import EntityKind, MentionForm
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.nominals import Nominals, phrase_kind
from tests.speakers.scenes import MEETING, context_of_doc, doc_of


def phrase(*words: str, noun: str) -> str:
    """A sentence that is one noun phrase."""
    rows = [f"{word} {'DT' if word.casefold() in {'the', 'a'} else 'JJ'} amod {noun}" for word in words]
    return "\n".join([*rows, f"{noun} NN ROOT -"])


def found(context: DocumentContext, start: int, end: int, nominals: Nominals | None = None) -> tuple[int, bool]:
    doc = context.parsed.doc
    return (nominals or Nominals(context)).find([doc[i] for i in range(start, end)])


def test_described_role_means_the_named_person() -> None:
    context = context_of_doc(doc_of(MEETING, phrase("The", noun="president")))
    assert found(context, 13, 15) == (0, True)


def test_broader_role_means_the_named_person() -> None:
    context = context_of_doc(doc_of(MEETING, phrase("The", noun="leader")))
    assert found(context, 13, 15) == (0, True)


def test_other_country_is_another_person() -> None:
    doc = doc_of(
        "Norwegian JJ amod Holm\nPresident NNP compound Holm\nHolm NNP ROOT - - PERSON",
        phrase("The", "Danish", noun="president"),
    )
    number, known = found(context_of_doc(doc), 3, 6)
    assert not known
    assert number == 1


def test_unnamed_entity_is_named_by_its_words() -> None:
    context = context_of_doc(doc_of(phrase("A", "senior", noun="official")))
    number, known = found(context, 0, 3)
    draft = context.roster.drafts[number]
    assert (draft.name, draft.named, draft.kind, known) == (
        "A senior official",
        False,
        EntityKind.PERSON,
        False,
    )


def test_definite_phrase_means_the_last_of_that_noun() -> None:
    context = context_of_doc(
        doc_of(phrase("A", noun="source"), phrase("Another", noun="source"), phrase("The", noun="source"))
    )
    nominals = Nominals(context)
    first, second = found(context, 0, 2, nominals), found(context, 2, 4, nominals)
    assert first[0] != second[0]
    assert found(context, 4, 6, nominals) == (second[0], True)


def test_definite_phrase_with_other_words_is_somebody_else() -> None:
    context = context_of_doc(doc_of(phrase("A", "young", noun="source"), phrase("The", "old", noun="source")))
    nominals = Nominals(context)
    assert found(context, 0, 3, nominals)[0] != found(context, 3, 6, nominals)[0]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        pytest.param("analysts NNS ROOT - analyst", EntityKind.GROUP, id="plural"),
        pytest.param("poll NN ROOT -", EntityKind.OTHER, id="document"),
        pytest.param("agency NN ROOT -", EntityKind.ORGANIZATION, id="body"),
        pytest.param("city NN ROOT -", EntityKind.PLACE, id="place"),
        pytest.param("spokeswoman NN ROOT -", EntityKind.PERSON, id="person"),
    ],
)
def test_kind_of_a_phrase(row: str, kind: EntityKind) -> None:
    assert phrase_kind(list(doc_of(row)), load_people()) is kind


def test_possessor_stands_for_the_pronoun() -> None:
    context = context_of_doc(doc_of(MEETING, "Her PRP$ poss campaign\ncampaign NN ROOT -"))
    context.roster.mention((context.parsed.span(13, 14),), MentionForm.PRONOUN, 0)
    number, _ = found(context, 13, 15)
    assert context.roster.drafts[number].name == "Ngozi Okafor's campaign"


def test_document_is_named_from_the_name_in_it_on() -> None:
    context = context_of_doc(doc_of("a DT det poll\nnew JJ amod poll\nOslo NNP compound poll - GPE\npoll NN ROOT -"))
    number, _ = found(context, 0, 4)
    assert context.roster.drafts[number].name == "Oslo poll"


def test_document_called_otherwise_is_the_same() -> None:
    context = context_of_doc(doc_of(phrase("A", noun="video"), phrase("The", noun="ad")))
    nominals = Nominals(context)
    assert found(context, 0, 2, nominals)[0] == found(context, 2, 4, nominals)[0]


def test_clause_behind_a_comma_is_no_name() -> None:
    context = context_of_doc(doc_of("the DT det ad\nad NN ROOT -\n, , punct ad\ntitled VBN acl ad"))
    number, _ = found(context, 0, 4)
    assert context.roster.drafts[number].name == "the ad"
