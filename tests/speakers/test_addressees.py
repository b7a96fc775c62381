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
from tests.cases import named_table
from tests.speakers.scenes import context_of_doc, doc_of, entity_names, phrases_of, place, quote, resolve

TOLD = """
    Holm      NNP  nsubj told - PERSON
    told      VBD  ROOT  -    tell
    {object}
    he        PRP  nsubj left
    left      VBD  ccomp told leave
"""


def found(doc: Doc, said: Attribution) -> list[str]:
    context = context_of_doc(doc)
    return entity_names(context, phrases_of(context).addressees(said) or ())


def addressees(*rows: str) -> list[str]:
    doc = doc_of(TOLD.format(object="\n".join(rows)))
    return found(doc, quote(doc, "he left", "Holm", cue="told"))


def test_object_of_told_is_spoken_to() -> None:
    assert addressees("Amsel NNP dobj told - PERSON") == ["Amsel"]


def test_unnamed_listeners_are_named_by_their_words() -> None:
    assert addressees("some DT det reporters", "reporters NNS dobj told reporter") == ["some reporters"]


def test_to_the_press() -> None:
    assert addressees("to IN prep told", "the DT det press", "press NN pobj to") == ["the press"]


def test_nobody_is_spoken_to_without_words() -> None:
    assert addressees("yesterday NN npadvmod told") == []


def test_several_are_spoken_to() -> None:
    rows = "Amsel NNP dobj told - PERSON", "and CC cc Amsel", "Ida NNP conj Amsel - PERSON"
    assert addressees(*rows) == ["Amsel", "Ida"]


@pytest.mark.parametrize("thing", ["lies NNS dobj told lie", "the DT det truth\ntruth NN dobj told"])
def test_things_told_are_nobody(thing: str) -> None:
    assert addressees(thing) == []


@pytest.mark.parametrize(
    ("cue", "lemma", "preposition", "names"),
    [
        pytest.param("spoke", "speak", "with", ["Amsel"], id="spoke-with"),
        pytest.param("shouted", "shout", "at", ["Amsel"], id="shouted-at"),
        pytest.param("said", "say", "to", ["Amsel"], id="said-to"),
        pytest.param("said", "say", "with", [], id="said-with"),
        pytest.param("objected", "object", "to", [], id="objected-to"),
    ],
)
def test_preposition_goes_with_its_verb(cue: str, lemma: str, preposition: str, names: list[str]) -> None:
    doc = doc_of(f"""
        Holm           NNP  nsubj  {cue}  -  PERSON
        {cue}          VBD  ROOT   -      {lemma}
        {preposition}  IN   prep   {cue}
        Amsel          NNP  pobj   {preposition}  -  PERSON
        he             PRP  nsubj  left
        left           VBD  ccomp  {cue}  leave
    """)
    assert found(doc, quote(doc, "he left", "Holm", cue=cue)) == names


@pytest.mark.parametrize(
    ("noun", "names"),
    [pytest.param("interview", ["Amsel"], id="interview"), pytest.param("house", [], id="no-exchange")],
)
def test_party_of_an_exchange_is_spoken_to(noun: str, names: list[str]) -> None:
    doc = doc_of(f"""
        Holm    NNP  nsubj  said    -  PERSON
        said    VBD  ROOT   -       say
        in      IN   prep   said
        a       DT   det    {noun}
        {noun}  NN   pobj   in
        with    IN   prep   {noun}
        Amsel   NNP  pobj   with    -  PERSON
        he      PRP  nsubj  left
        left    VBD  ccomp  said    leave
    """)
    assert found(doc, quote(doc, "he left", "Holm", cue="said")) == names


def test_subject_of_the_passive_is_spoken_to() -> None:
    doc = doc_of("""
        Amsel  NNP  nsubjpass  told  -  PERSON
        was    VBD  auxpass    told  be
        told   VBN  ROOT       -     tell
        he     PRP  nsubj      left
        left   VBD  ccomp      told  leave
    """)
    assert found(doc, quote(doc, "he left", cue="told")) == ["Amsel"]


WHEN_ASKED = named_table("speakers/addressees", "when asked")


def test_who_says_something_when_asked_was_asked() -> None:
    doc = doc_of(WHEN_ASKED)
    assert found(doc, quote(doc, "whether he left", "Holm", cue="asked")) == ["Amsel"]


def test_who_asks_is_answered() -> None:
    doc = doc_of(WHEN_ASKED)
    assert found(doc, quote(doc, "no", "Amsel", cue="said")) == ["Holm"]


@pytest.mark.parametrize("content", ["Ida to leave", "to leave"])
def test_object_of_urge_may_stand_in_the_content(content: str) -> None:
    doc = doc_of("""
        Holm   NNP  nsubj  urged  -  PERSON
        urged  VBD  ROOT   -      urge
        Ida    NNP  dobj   urged  -  PERSON
        to     TO   aux    leave
        leave  VB   xcomp  urged
    """)
    assert found(doc, quote(doc, content, "Holm", cue="urged")) == ["Ida"]


def test_call_by_name_comes_before_the_cue() -> None:
    doc = doc_of(named_table("speakers/addressees", "call by name comes before the cue"))
    assert found(doc, quote(doc, "Go, Ida", "Holm", cue="told", kind="direct")) == ["Ida"]


HER = TOLD.format(object="her PRP dobj told she")


def test_pronoun_is_whom_the_table_has_for_it() -> None:
    doc = doc_of(HER)
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
    return decide_addressees(context, quotes, speakers, [phrases.addressees(said) for said in quotes])


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


def quote_at(doc: Doc, start: int, end: int) -> Attribution:
    """A direct quote of just these characters."""
    return attrs.evolve(quote(doc, doc[1].text, kind="direct"), content=(TextSpan(start, end),))


THANKS = named_table("speakers/addressees", "thanks")
BROTHER = named_table("speakers/addressees", "brother")
TRIO = named_table("speakers/addressees", "trio")
DEAR = named_table("speakers/addressees", "dear")
SUBJECT = """
    “        ``   punct    left
    Ida      NNP  nsubj    left   -  PERSON
    left     VBD  ROOT     -      leave
    .        .    punct    left
    ”        ''   punct    left
"""


@pytest.mark.parametrize(
    ("table", "content", "called"),
    [
        pytest.param(THANKS, "Thank you, Ida.", ["Ida"], id="at-the-end"),
        pytest.param(DEAR, "My dear Ida, come!", ["Ida"], id="with-an-endearment"),
        pytest.param(BROTHER, "My brother, Erik, left.", [], id="apposition"),
        pytest.param(TRIO, "Ida, Erik and Amsel left.", [], id="list"),
        pytest.param(SUBJECT, "Ida left.", [], id="subject"),
    ],
)
def test_call_by_name(table: str, content: str, called: list[str]) -> None:
    doc = doc_of(table)
    context = context_of_doc(doc)
    start = doc.text.index(content)
    found = find_vocatives(context, quote_at(doc, start, start + len(content)))
    assert entity_names(context, found.entities) == called


@pytest.mark.parametrize(
    ("title", "calls"),
    [
        pytest.param("\nMr. NNP compound President", [], id="read as a name"),
        pytest.param("", ["President"], id="title alone"),
    ],
)
def test_call_by_title_is_its_one_bearer(title: str, calls: list[str]) -> None:
    doc = doc_of(
        """
        President  NNP  compound  Okafor
        Ngozi      NNP  compound  Okafor  -  PERSON
        Okafor     NNP  nsubj     came    -  PERSON
        came       VBD  ROOT      -       come
        .          .    punct     came
        """,
        f"""
        “          ``   punct     go{title}
        President  NNP  npadvmod  go
        ,          ,    punct     go
        go         VB   ROOT      -
        .          .    punct     go
        ”          ''   punct     go
        """,
    )
    context = context_of_doc(doc)
    start = doc.text.index("“")
    found = find_vocatives(context, quote_at(doc, start, len(doc.text)))
    assert entity_names(context, found.entities) == ["Ngozi Okafor"]
    assert [span.of(doc.text) for call in found.calls for span in call.spans] == calls
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
    found = decide_addressees(context_of_doc(doc), quotes, speakers, [None] * len(quotes))
    assert found[8] == expected
