from collections.abc import Sequence

import attrs
import pytest
from spacy.tokens import Doc

from quotesmith.coreference import EntityNumber
from quotesmith.extraction import Attribution
from quotesmith.records import EntityKind, Gender, MentionForm, TextSpan
from quotesmith.speakers.dialogue.addressees import (
    Address,
    decide_addressees,
    find_address,
    find_vocatives,
    is_dialogue,
)
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft
from tests.cases import Case, each_case
from tests.speakers.scenes import (
    context_of_doc,
    doc_of,
    entity_names,
    listed,
    phrases_of,
    place,
    quote,
    resolve,
    stated_quote,
)

TOLD = """
    Holm      NNP  nsubj told - PERSON
    told      VBD  ROOT  -    tell
    {object}
    he        PRP  nsubj left
    left      VBD  ccomp told leave
"""


@each_case("speakers/addressees", keys={"content", "source", "cue", "kind", "addressees"})
def test_who_is_spoken_to(case: Case) -> None:
    doc = doc_of(case.table)
    for stated in case.expected:
        context = context_of_doc(doc)
        found = phrases_of(context).addressees(stated_quote(doc, stated)) or ()
        assert entity_names(context, found) == listed(stated["addressees"])


def test_pronoun_is_whom_the_table_has_for_it() -> None:
    doc = doc_of(TOLD.format(object="her PRP dobj told she"))
    context = context_of_doc(doc)
    ida = context.entities.add(EntityDraft("Ida", EntityKind.PERSON, gender=Gender.FEMININE))
    context.entities.place_mention((place(doc, "her"),), MentionForm.PRONOUN, ida)
    assert find_address(context, quote(doc, "he left", "Holm", cue="told")) == Address((ida,))


@pytest.mark.parametrize(("pronoun", "told"), [("her", None), ("himself", Address())])
def test_one_who_speaks_to_oneself_is_told_from_one_who_speaks_to_somebody(pronoun: str, told: Address | None) -> None:
    doc = doc_of(TOLD.format(object=f"{pronoun} PRP dobj told"))
    context = context_of_doc(doc)
    assert find_address(context, quote(doc, "he left", "Holm", cue="told")) == told


def test_speaker_is_never_spoken_to() -> None:
    doc = doc_of(TOLD.format(object="Holm NNP dobj told - PERSON"))
    said = quote(doc, "he left", "Holm", cue="told")
    [decision] = resolve(doc, said).decisions
    assert decision.speakers
    assert decision.addressees == ()


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
    entities = {context.entities[owner].name: owner for owner in context.owners}
    numbers = [(entities[name],) if name else () for name in speakers]
    return [entity_names(context, found) for found in decided_by(context, quotes, numbers)]


def decided_by(
    context: DocumentContext, quotes: Sequence[Attribution], speakers: Sequence[tuple[EntityNumber, ...]]
) -> list[tuple[EntityNumber, ...]]:
    phrases = phrases_of(context)
    return decide_addressees(
        context, quotes, speakers, [phrases.addressees(said) for said in quotes], dialogue=is_dialogue(context, quotes)
    )


def test_turn_without_words_is_spoken_to_the_other_party() -> None:
    doc, quotes = dialogue("Hello Ida", "Yes Erik", "Why", "Because")
    assert decided(doc, quotes, ["Ida", "Erik", "Ida", "Erik"]) == [["Erik"], ["Ida"], ["Erik"], ["Ida"]]


def test_all_who_speak_near_take_part() -> None:
    doc, quotes = dialogue("Hello Ida", "Yes Erik", "Well Amsel", "Why")
    assert sorted(decided(doc, quotes, ["Ida", "Erik", "Amsel", "Ida"])[3]) == ["Amsel", "Erik"]


def test_report_with_named_sources_is_no_dialogue() -> None:
    doc, quotes = dialogue("Hello Ida", "Yes Erik", "Well Ida", "Why Erik")
    assert not is_dialogue(context_of_doc(doc), quotes)
    assert decided(doc, quotes, ["Ida", "Erik", "Ida", "Erik"]) == [[], [], [], []]


def test_speaker_takes_no_part_in_a_dialogue_as_another() -> None:
    doc, quotes = dialogue("Hello Ida", "Yes Erik", "Why", "Because")
    context = context_of_doc(doc)
    everyone = tuple(dict.fromkeys(context.owners))
    assert decided_by(context, quotes, [everyone] * 4) == [(), (), (), ()]


def test_far_turn_is_another_conversation() -> None:
    doc, quotes = dialogue("Hello Ida", "Yes Ida", "Why", "Because", *[""] * 5, "Well Erik")
    assert decided(doc, quotes, ["Ida", "Ida", "Ida", "Ida", "Erik"]) == [[], [], [], [], []]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_quotes_are_no_dialogue(count: int) -> None:
    doc, quotes = dialogue("Hello", "Yes", "Why", "Because")
    assert not is_dialogue(context_of_doc(doc), quotes[:count])


@each_case("speakers/vocatives", keys={"content", "entities", "calls"})
def test_call_by_name_or_title(case: Case) -> None:
    doc = doc_of(case.table)
    context = context_of_doc(doc)
    start = doc.text.index(case.only["content"])
    content = TextSpan(start, start + len(case.only["content"]))
    found = find_vocatives(context, attrs.evolve(quote(doc, doc[1].text, kind="direct"), content=(content,)))
    assert entity_names(context, found.entities) == listed(case.only["entities"])
    if "calls" in case.only:
        calls = [span.of(doc.text) for call in found.calls for span in call.spans]
        assert calls == listed(case.only["calls"])
        assert {call.entity for call in found.calls} <= set(found.entities)


# Both sides of each threshold


def quotes_of(follow: int, *, apart: int, unsourced: int = 0) -> tuple[Doc, list[Attribution]]:
    """Quotes that open the paragraph after that of the quote before, and others, which stand apart."""
    words = iter("abcdefghijklmnopqrstuvwxyz")
    turns = [next(words) for _ in range(follow + 1)]
    turns += [turn for _ in range(apart) for turn in ("", next(words))]
    spoken = [turn for turn in turns if turn]
    return dialogue(*(turn and (turn if spoken.index(turn) < unsourced else f"{turn} Ida") for turn in turns))


@pytest.mark.parametrize(
    ("follow", "apart", "unsourced", "expected"),
    [
        pytest.param(7, 12, 0, True, id="share of turns"),
        pytest.param(6, 13, 0, False, id="smaller share"),
        pytest.param(9, 0, 0, True, id="many quotes"),
        pytest.param(8, 0, 0, False, id="few quotes"),
        pytest.param(4, 0, 1, True, id="share without source"),
        pytest.param(5, 0, 1, False, id="smaller share without source"),
        pytest.param(3, 0, 4, True, id="shortest dialogue"),
        pytest.param(2, 0, 3, False, id="too short"),
    ],
)
def test_what_makes_a_dialogue(follow: int, apart: int, unsourced: int, *, expected: bool) -> None:
    doc, quotes = quotes_of(follow, apart=apart, unsourced=unsourced)
    assert is_dialogue(context_of_doc(doc), quotes) == expected


def spoken(*paragraphs: str) -> tuple[Doc, list[Attribution]]:
    """Paragraphs of quotes of one word each; "" is one without a quote."""
    tables = ("\n".join(BARE.format(word=word) for word in words.split()) or RAIN for words in paragraphs)
    doc = doc_of("\n\n".join(tables))
    quotes = [quote(doc, word, kind="direct") for words in paragraphs for word in words.split()]
    return doc, [attrs.evolve(q, content=(TextSpan(q.extent.start - 1, q.extent.end + 1),)) for q in quotes]


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        pytest.param([""], (1, 2), id="others two and three paragraphs off"),
        pytest.param([""] * 2, (1,), id="one three, one four paragraphs off"),
        pytest.param([""] * 3, (1,), id="nearest four paragraphs off"),
        pytest.param([""] * 4, (), id="nearest five paragraphs off"),
        pytest.param(["p q"], (1, 2), id="others three and four turns off"),
        pytest.param(["p q r"], (1,), id="one four, one five turns off"),
        pytest.param(["p q r s t"], (1,), id="nearest six turns off"),
        pytest.param(["p q r s t u"], (), id="nearest seven turns off"),
    ],
)
def test_who_takes_part_in_a_conversation(between: list[str], expected: tuple[int, ...]) -> None:
    own = [*"ABCDEFGHI", *between]
    doc, quotes = spoken(*own, "y", "z")
    ida, erik, amsel = ((EntityNumber(number),) for number in range(3))
    speakers = [*[ida] * (len(quotes) - 2), erik, amsel]
    context = context_of_doc(doc)
    dialogue = is_dialogue(context, quotes)
    found = decide_addressees(context, quotes, speakers, [None] * len(quotes), dialogue=dialogue)
    assert found[8] == expected
