import attrs
import pytest
from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from quotesmith.records import MentionForm, TextSpan
from quotesmith.speakers.dialogue.addressees import is_dialogue
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.pronouns.first_person import find_narrator, is_pronoun
from quotesmith.speakers.quotation_levels import QuotationLevels
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS
from tests.cases import Case, each_case
from tests.speakers.scenes import (
    context_of_doc,
    doc_of,
    drafts_of,
    entity_names,
    listed,
    phrases_of,
    quote,
    stated_quote,
)

BYLINE = "By IN ROOT -\nJane NNP compound Roe - PERSON\nRoe NNP pobj By - PERSON"
I_LEFT = "I PRP nsubj left\nleft VBD ROOT - leave\n. . punct left"
BARE = "“ `` punct {word}\n{word} UH ROOT -\n” '' punct {word}"
ANSWER = BARE + "\nI PRP nsubj said\nsaid VBD parataxis {word}"
HOLM_SPOKE = "Jane NNP compound Holm - PERSON\nHolm NNP nsubj spoke - PERSON\nspoke VBD ROOT - speak"
ACME = "Acme NNP compound Holm - ORG"


def meant(doc: Doc, word: str, *quotes: Attribution) -> list[str]:
    """The names of the entities that the first pronoun of that form means."""
    context, _ = drafts_of(doc, *quotes)
    token = next(token for token in doc if token.text == word)
    entity = context.entity_of(token)
    return [] if entity is None else entity_names(context, context.entities.members(entity))


@each_case("speakers/pronouns", keys={"pronoun", "content", "source", "cue", "kind", "means"})
def test_first_and_second_person(case: Case) -> None:
    doc = doc_of(case.table)
    for stated in case.expected:
        quotes = [stated_quote(doc, stated)] if "content" in stated else []
        assert meant(doc, stated["pronoun"], *quotes) == listed(stated["means"])


def narrator(doc: Doc, *quotes: Attribution) -> str | None:
    """The name of the one who says "I" outside of quotes; None where nobody is known to."""
    context = context_of_doc(doc)
    levels = QuotationLevels.of(context.parsed, quotes, DEFAULT_SPEAKER_SETTINGS)
    found = find_narrator(context, quotes, levels, dialogue=is_dialogue(context, quotes))
    if found is None:
        return None
    return (found.entity if isinstance(found.entity, EntityDraft) else context.entities[found.entity]).name


@each_case("speakers/narrators", keys={"narrator"})
def test_text_names_its_narrator(case: Case) -> None:
    assert narrator(doc_of(case.table)) == (case.only["narrator"] or None)


def test_narrator_has_the_pronouns_outside_of_quotes() -> None:
    context, _ = drafts_of(doc_of(f"{BYLINE}\n\n{I_LEFT}"))
    assert [mention.form for mention in context.entities.mentions()] == [MentionForm.NAME, MentionForm.PRONOUN]


@pytest.mark.parametrize(("count", "name"), [(2, None), (3, "I")])
def test_narrator_without_a_name_speaks_again_and_again(count: int, name: str | None) -> None:
    words = ["Yes", "No", "Well"][:count]
    doc = doc_of("\n\n".join(ANSWER.format(word=word) for word in words))
    quotes = [quote(doc, word, "I", cue="said", number=n, kind="direct") for n, word in enumerate(words, 1)]
    assert narrator(doc, *quotes) == name


def test_part_of_an_abbreviation_is_no_pronoun() -> None:
    doc = Doc(
        doc_of(I_LEFT).vocab, words=["F.B.", "I", "won"], spaces=[False, True, False], pos=["PROPN", "PRON", "VERB"]
    )
    assert not is_pronoun(doc[1])


def test_author_of_fiction_is_not_its_narrator() -> None:
    words = ["Yes", "No", "Well", "Why"]
    doc = doc_of("\n\n".join([BYLINE, *(BARE.format(word=word) for word in words), I_LEFT]))
    quotes = [quote(doc, word, kind="direct") for word in words]
    spoken = [attrs.evolve(q, content=(TextSpan(q.extent.start - 1, q.extent.end + 1),)) for q in quotes]
    assert narrator(doc, *spoken) is None


def body(table: str) -> list[str]:
    context = context_of_doc(doc_of(table))
    person = next(owner for owner in context.owners if context.entities[owner].name == "Jane Holm")
    found = phrases_of(context).body_of(person, [])
    return entity_names(context, [] if found is None else [found])


@each_case("speakers/bodies", keys={"body"})
def test_role_speaks_for_a_body(case: Case) -> None:
    assert body(case.table) == listed(case.only["body"])


def test_source_words_come_first() -> None:
    doc = doc_of(
        f"{ACME}\nlawyer NN compound Holm\n{HOLM_SPOKE}",
        "A DT det leader\nleader NN nsubj said\nof IN prep leader\nNATO NNP pobj of - ORG\nsaid VBD ROOT -",
    )
    context = context_of_doc(doc)
    leader = next(token for token in doc if token.text == "leader")
    found = phrases_of(context).body_of(context.owners[0], [leader])
    assert entity_names(context, [] if found is None else [found]) == ["NATO"]


@pytest.mark.parametrize(("before", "name"), [(3, "Jane Roe"), (4, None)])
def test_byline_stands_at_the_head_of_the_text(before: int, name: str | None) -> None:
    headings = ["Rain NN ROOT -"] * before
    assert narrator(doc_of("\n\n".join([*headings, BYLINE, I_LEFT]))) == name


@pytest.mark.parametrize(("words", "bodies"), [(5, ["Acme"]), (6, [])])
def test_body_stands_near_its_role(words: int, bodies: list[str]) -> None:
    between = "\n".join(["vice NN compound Holm"] * words)
    assert body(f"{ACME}\n{between}\nchairman NN compound Holm\n{HOLM_SPOKE}") == bodies
