import attrs
import pytest
from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from quotesmith.records import TextSpan
from quotesmith.speakers.dialogue.addressees import decide_addressees, tells_dialogue
from quotesmith.speakers.nominals import Nominals
from tests.speakers.scenes import context_of_doc, doc_of, entity_names, quote

RAIN = "It PRP nsubj rained\nrained VBD ROOT - rain"
BARE = "“ `` punct {word}\n{word} UH ROOT -\n” '' punct {word}"


def dialogue(*turns: str) -> tuple[Doc, list[Attribution]]:
    """Paragraphs with a quote of one word each: "word" alone, "word Name" with a source, or "" without a quote."""
    parts = [turn.split() for turn in turns]
    tables = []
    for part in parts:
        source = "".join(f"said VBD parataxis {part[0]}\n{name} NNP nsubj said - PERSON\n" for name in part[1:])
        tables.append(f"{BARE.format(word=part[0])}\n{source}".strip() if part else RAIN)
    doc = doc_of("\n\n".join(tables))
    quotes = [quote(doc, word, *name, cue="said" if name else "", kind="direct") for word, *name in filter(None, parts)]
    return doc, [attrs.evolve(q, content=(TextSpan(q.extent.start - 1, q.extent.end + 1),)) for q in quotes]


def decided(doc: Doc, quotes: list[Attribution], speakers: list[str]) -> list[list[str]]:
    context = context_of_doc(doc)
    entities = {draft.name: number for number, draft in enumerate(context.roster.drafts)}
    numbers = [(entities[name],) if name else () for name in speakers]
    return [entity_names(context, found) for found in decide_addressees(context, quotes, numbers, Nominals(context))]


def test_turn_without_words_is_spoken_to_the_other_party() -> None:
    doc, quotes = dialogue("Hello Ida", "Yes Erik", "Why", "Because")
    assert decided(doc, quotes, ["Ida", "Erik", "Ida", "Erik"]) == [["Erik"], ["Ida"], ["Erik"], ["Ida"]]


def test_all_who_speak_near_take_part() -> None:
    doc, quotes = dialogue("Hello Ida", "Yes Erik", "Well Amsel", "Why")
    assert sorted(decided(doc, quotes, ["Ida", "Erik", "Amsel", "Ida"])[3]) == ["Amsel", "Erik"]


def test_report_with_named_sources_is_no_dialogue() -> None:
    doc, quotes = dialogue("Hello Ida", "Yes Erik", "Well Ida", "Why Erik")
    assert not tells_dialogue(context_of_doc(doc), quotes)
    assert decided(doc, quotes, ["Ida", "Erik", "Ida", "Erik"]) == [[], [], [], []]


def test_speaker_is_never_spoken_to() -> None:
    doc, quotes = dialogue("Hello Ida", "Yes Erik", "Why", "Because")
    context = context_of_doc(doc)
    everyone = tuple(range(len(context.roster.drafts)))
    assert decide_addressees(context, quotes, [everyone] * 4, Nominals(context)) == [(), (), (), ()]


def test_far_turn_is_another_conversation() -> None:
    doc, quotes = dialogue("Hello Ida", "Yes Ida", "Why", "Because", *[""] * 5, "Well Erik")
    assert decided(doc, quotes, ["Ida", "Ida", "Ida", "Ida", "Erik"]) == [[], [], [], [], []]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_quotes_are_no_dialogue(count: int) -> None:
    doc, quotes = dialogue("Hello", "Yes", "Why", "Because")
    assert not tells_dialogue(context_of_doc(doc), quotes[:count])
