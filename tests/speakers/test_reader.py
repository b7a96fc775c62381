import pytest

from quotesmith.records import EntityKind, Gender, MentionForm
from tests.speakers.scenes import MEETING, doc_of, drafts_of, entity_names, quote

I_SAID = """
    “    ``   punct won
    I    PRP  nsubj won
    won  VBD  ccomp said win
    ”    ''   punct won
    Holm NNP  nsubj said - PERSON
    said VBD  ROOT  -    say
"""


def test_pronoun_of_the_quote_is_its_speaker() -> None:
    doc = doc_of(I_SAID)
    context, [draft] = drafts_of(doc, quote(doc, "I won", "Holm", kind="direct"))
    [number] = [n for n, m in enumerate(context.roster.mentions) if m.form is MentionForm.PRONOUN]
    assert (context.roster.mentions[number].entity,) == draft.speakers


def test_equal_source_spans_are_read_once() -> None:
    doc = doc_of(MEETING, "A DT det source\nsource NN nsubj said\nsaid VBD ROOT -\nyes UH dobj said\nno UH dobj said")
    context, drafts = drafts_of(doc, quote(doc, "yes", "A source"), quote(doc, "no", "A source"))
    assert drafts[0].speakers == drafts[1].speakers
    assert drafts[0].source == drafts[1].source
    assert entity_names(context, drafts[1].speakers) == ["A source"]


def test_group_is_mentioned_as_one_and_speaks_as_many() -> None:
    doc = doc_of(MEETING)
    context, [draft] = drafts_of(doc, quote(doc, "in Geneva", "Ngozi Okafor and Erik Lindqvist"))
    assert entity_names(context, draft.speakers) == ["Ngozi Okafor", "Erik Lindqvist"]
    assert draft.source is not None
    assert context.roster.members(context.roster.mentions[draft.source].entity) == draft.speakers


ASKED = """
    Kim    NNP   nsubjpass  asked  -  PERSON
    was    VBD   auxpass    asked
    asked  VBD   ROOT       -      ask
    “      ``    punct      asked
    Where  WRB   dobj       asked
    ”      ''    punct      asked
"""


@pytest.mark.parametrize("kind", ["direct", "mixed", "indirect"])
def test_subject_of_a_passive_cue_does_not_speak(kind: str) -> None:
    doc = doc_of(ASKED)
    _, [draft] = drafts_of(doc, quote(doc, "Where", cue="asked", kind=kind))
    assert (draft.speakers, draft.reason) == ((), "the text does not say whose words these are")


def test_subject_before_an_active_cue_has_the_turn() -> None:
    doc = doc_of(ASKED.replace("nsubjpass", "nsubj").replace("auxpass", "aux"))
    context, [draft] = drafts_of(doc, quote(doc, "Where", cue="asked", kind="direct"))
    assert entity_names(context, draft.speakers) == ["Kim"]


def test_one_who_is_spoken_to_has_no_turn() -> None:
    doc = doc_of("""
        Ida    NNP   nsubj   said   -  PERSON
        said   VBD   ROOT    -
        yes    UH    dobj    said
        .      .     punct   said
        No     UH    dobj    told
        told   VBD   ROOT    -      tell
        Ida    NNP   dobj    told   -  PERSON
    """)
    _, [_, draft] = drafts_of(doc, quote(doc, "yes", "Ida"), quote(doc, "No", cue="told", kind="direct"))
    assert (draft.speakers, draft.reason) == ((), "no source words, and the one who has the turn is spoken to")


def test_verb_joined_to_another_keeps_its_subject() -> None:
    doc = doc_of("""
        Ida    NNP   nsubj   wants  -  PERSON
        wants  VBZ   ROOT    -
        talks  NNS   dobj    wants
        and    CC    cc      wants
        urges  VBZ   conj    wants  urge
        calm   NN    dobj    urges
    """)
    context, drafts = drafts_of(doc, quote(doc, "talks", "Ida"), quote(doc, "calm", cue="urges"))
    assert entity_names(context, drafts[1].speakers) == ["Ida"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("Haney", EntityKind.PERSON, id="unknown-to-us"),
        pytest.param("France", EntityKind.PLACE, id="a-country"),
    ],
)
def test_place_that_a_pronoun_takes_up_as_a_person_is_one(name: str, kind: EntityKind) -> None:
    doc = doc_of(f"{name} NNP nsubj came - GPE\ncame VBD ROOT -", "He PRP nsubj won\nwon VBD ROOT -")
    context, _ = drafts_of(doc)
    assert [draft.kind for draft in context.roster.drafts if draft.name == name] == [kind]


@pytest.mark.parametrize(("pronoun", "gender"), [("she", Gender.FEMININE), ("he", Gender.MASCULINE)])
def test_pronoun_that_another_takes_up_is_an_unnamed_person(pronoun: str, gender: Gender) -> None:
    doc = doc_of(
        f"{pronoun.title()} PRP nsubj sat\nsat VBD ROOT -\n. . punct sat",
        f"{pronoun.title()} PRP nsubj said\nsaid VBD ROOT - say\nyes UH dobj said\n. . punct said",
    )
    context, [draft] = drafts_of(doc, quote(doc, "yes", cue="said"))
    assert draft.speakers == ()
    [entity] = {mention.entity for mention in context.roster.mentions}
    unnamed = context.roster.drafts[entity]
    assert (unnamed.kind, unnamed.named, unnamed.gender) == (EntityKind.PERSON, False, gender)
