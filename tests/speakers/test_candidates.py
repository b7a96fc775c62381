import pytest
from spacy.tokens import Doc

from quotesmith.coreference import MentionCandidate, PronounClass
from quotesmith.records import EntityKind, MentionForm
from quotesmith.speakers.nominals import Roles
from quotesmith.speakers.pronouns.candidates import find_mention_candidates
from tests.cases import named_table
from tests.speakers.scenes import MEETING, context_of_doc, doc_of

HER_AIDE = named_table("speakers/candidates", "her aide")


def candidates(doc: Doc) -> list[MentionCandidate]:
    context = context_of_doc(doc)
    return find_mention_candidates(context, Roles.of(context))


def test_names_nouns_and_pronouns_in_text_order() -> None:
    doc = doc_of(MEETING, HER_AIDE)
    found = candidates(doc)
    assert [(mention.span.of(doc.text), mention.form) for mention in found] == [
        ("Ngozi Okafor", MentionForm.NAME),
        ("Erik Lindqvist", MentionForm.NAME),
        ("Geneva", MentionForm.NAME),
        ("Okafor", MentionForm.NAME),
        ("Her aide", MentionForm.NOMINAL),
        ("Her", MentionForm.PRONOUN),
        ("the leaders", MentionForm.NOMINAL),
    ]


def test_what_is_known_of_each() -> None:
    doc = doc_of(MEETING, HER_AIDE)
    okafor, *_, aide, her, leaders = candidates(doc)
    assert (okafor.owner, okafor.context.is_subject, okafor.kind) == (0, True, EntityKind.PERSON)
    assert (aide.is_definite, aide.context.is_subject, aide.is_plural) == (True, True, False)
    assert her.pronoun is PronounClass.SHE
    assert (leaders.is_plural, leaders.noun) == (True, "leader")
    assert leaders.context.verb == aide.context.verb is not None


def test_who_i_and_you_are_is_not_asked() -> None:
    assert candidates(doc_of("I PRP nsubj saw\nsaw VBD ROOT -\nyou PRP dobj saw")) == []


def test_quotation_around_a_mention_is_known() -> None:
    doc = doc_of(
        "He PRP nsubj said\nsaid VBD ROOT -\n“ `` punct said\nshe PRP nsubj left\nleft VBD ccomp said\n” '' punct said"
    )
    assert [mention.context.passage for mention in candidates(doc)] == [None, 0]


@pytest.mark.parametrize("mark", ["‹", "#", "\u0338", "👍"])
def test_sign_that_the_tagger_takes_for_a_noun_is_no_mention(mark: str) -> None:
    doc = doc_of(f"{mark} NN nsubj saw\nsaw VBD ROOT -\naides NNS dobj saw aide")
    assert [mention.span.of(doc.text) for mention in candidates(doc)] == ["aides"]


def test_sign_behind_a_number_is_a_mention() -> None:
    doc = doc_of("20 CD nummod %\n% NN nsubj fell\nfell VBD ROOT - fall")
    assert [mention.span.of(doc.text) for mention in candidates(doc)] == ["20 %"]
