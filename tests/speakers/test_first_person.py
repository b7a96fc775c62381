import attrs
import pytest
from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from quotesmith.records import MentionForm, TextSpan
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.pronouns.first_person import find_narrator, is_pronoun
from quotesmith.speakers.quotation_levels import QuotationLevels
from tests.cases import named_table
from tests.speakers.scenes import context_of_doc, doc_of, drafts_of, entity_names, phrases_of, quote

SAID = """
    “       ``    punct  {verb}
    {words}
    ”       ''    punct  {verb}
    {source}
    {cue}   VBD   ROOT   -  {lemma}
    {heard}
"""
HOLM = "Holm NNP nsubj {cue} - PERSON"
TO_IDA = "Ida NNP dobj {cue} - PERSON"


LEMMAS = {"said": "say", "told": "tell"}


def table(words: str, verb: str, source: str = HOLM, *, cue: str = "said", heard: str = "") -> str:
    """A direct quote with its source, cue and what follows that."""
    named = {"source": source.format(cue=cue), "heard": heard.format(cue=cue)}
    text = SAID.format(verb=verb, words=words, cue=cue, lemma=LEMMAS[cue], **named)
    return "\n".join(line for line in text.splitlines() if line.strip())


def meant(doc: Doc, word: str, *quotes: Attribution) -> list[str]:
    """The names of the entities that the first pronoun of that form means."""
    context, _ = drafts_of(doc, *quotes)
    token = next(token for token in doc if token.text == word)
    entity = context.entity_of(token)
    return [] if entity is None else entity_names(context, context.entities.members(entity))


@pytest.mark.parametrize(("word", "tag", "dep"), [("I", "PRP", "nsubj"), ("My", "PRP$", "poss")])
def test_first_person_is_the_speaker(word: str, tag: str, dep: str) -> None:
    doc = doc_of(table(f"{word} {tag} {dep} won\nwon VBD ccomp said win", "won"))
    assert meant(doc, word, quote(doc, f"{word} won", "Holm", cue="said", kind="direct")) == ["Holm"]


@pytest.mark.parametrize("source", ["A NNP nsubj said - PERSON", "The DT det report\nreport NN nsubj said"])
def test_first_person_is_no_text_and_no_label(source: str) -> None:
    doc = doc_of(table("I PRP nsubj won\nwon VBD ccomp said win", "won", source))
    words = " ".join(line.split()[0] for line in source.splitlines())
    assert meant(doc, "I", quote(doc, "I won", words, cue="said", kind="direct")) == []


def test_first_person_in_indirect_speech_is_not_the_speaker() -> None:
    doc = doc_of("Holm NNP nsubj said - PERSON\nsaid VBD ROOT - say\nI PRP nsubj won\nwon VBD ccomp said win")
    assert meant(doc, "I", quote(doc, "I won", "Holm", cue="said")) == []


WE_WON = "We PRP nsubj won\nwon VBD ccomp said win"


def test_plural_is_nobody_where_a_person_speaks_for_nobody() -> None:
    doc = doc_of(table(WE_WON, "won"))
    assert meant(doc, "We", quote(doc, "We won", "Holm", cue="said", kind="direct")) == []


def test_plural_is_the_body_that_speaks() -> None:
    doc = doc_of(table(WE_WON, "won", "Acme NNP nsubj said - ORG"))
    assert meant(doc, "We", quote(doc, "We won", "Acme", cue="said", kind="direct")) == ["Acme"]


def test_plural_is_the_body_for_which_somebody_speaks() -> None:
    source = """Acme NNP compound Holm - ORG
        chairman NN compound Holm
        Eva NNP compound Holm - PERSON
        Holm NNP nsubj said - PERSON"""
    doc = doc_of(table(WE_WON, "won", source))
    assert meant(doc, "We", quote(doc, "We won", "Acme chairman Eva Holm", cue="said", kind="direct")) == ["Acme"]


def test_plural_is_all_who_speak() -> None:
    source = "Holm NNP nsubj said - PERSON\nand CC cc Holm\nIda NNP conj Holm - PERSON"
    doc = doc_of(table(WE_WON, "won", source))
    assert meant(doc, "We", quote(doc, "We won", "Holm and Ida", cue="said", kind="direct")) == ["Holm", "Ida"]


def test_everybodys_country_is_nobodys() -> None:
    words = "Our PRP$ poss country\ncountry NN nsubj won\nwon VBD ccomp said win"
    doc = doc_of(table(words, "won", "Acme NNP nsubj said - ORG"))
    assert meant(doc, "Our", quote(doc, "Our country won", "Acme", cue="said", kind="direct")) == []


def told(words: str, verb: str, content: str) -> tuple[Doc, Attribution]:
    doc = doc_of(table(words, verb, cue="told", heard=TO_IDA))
    return doc, quote(doc, content, "Holm", cue="told", kind="direct")


def test_second_person_is_who_is_spoken_to() -> None:
    doc, said = told("You PRP nsubj won\nwon VBD ccomp told win", "won", "You won")
    assert meant(doc, "You", said) == ["Ida"]


def test_second_person_is_nobody_where_nobody_is_spoken_to() -> None:
    doc = doc_of(table("You PRP nsubj won\nwon VBD ccomp said win", "won"))
    assert meant(doc, "You", quote(doc, "You won", "Holm", cue="said", kind="direct")) == []


@pytest.mark.parametrize(
    ("words", "verb", "content"),
    [
        pytest.param(
            "If IN mark look\nyou PRP nsubj look\nlook VBP advcl rains\nit PRP nsubj rains\nrains VBZ ccomp told",
            "rains",
            "If you look it rains",
            id="condition",
        ),
        pytest.param(
            "you PRP nsubj see\ncan MD aux see\nsee VB ccomp told\nit PRP dobj see",
            "see",
            "you can see it",
            id="helper",
        ),
        pytest.param(
            "you PRP nsubj know\nknow VBP parataxis rains\n, , punct rains\nit PRP nsubj rains\nrains VBZ ccomp told",
            "rains",
            "you know, it rains",
            id="filler",
        ),
    ],
)
def test_second_person_that_means_anybody(words: str, verb: str, content: str) -> None:
    doc, said = told(words, verb, content)
    assert meant(doc, "you", said) == []


def test_second_person_is_no_body() -> None:
    doc = doc_of(table("You PRP nsubj won\nwon VBD ccomp told win", "won", cue="told", heard="CNN NNP dobj told - ORG"))
    assert meant(doc, "You", quote(doc, "You won", "Holm", cue="told", kind="direct")) == []


NAME = """Jane   NNP  compound  Roe  -  PERSON
    Roe    NNP  {dep}     {head}  -  PERSON"""
I_LEFT = """
    I      PRP  nsubj  left
    left   VBD  ROOT   -    leave
    .      .    punct  left
"""
BYLINE = f"By IN ROOT -\n{NAME.format(dep='pobj', head='By')}"
APPOSED = f"""
    I      PRP  nsubj  left
    ,      ,    punct  I
{NAME.format(dep="appos", head="I")}
    ,      ,    punct  I
    left   VBD  ROOT   -    leave
"""
CALLED = f"""
    My     PRP$ poss   name
    name   NN   nsubj  is
    is     VBZ  ROOT   -    be
{NAME.format(dep="attr", head="is")}
"""
DESCRIBED = f"""
{NAME.format(dep="nsubj", head="is")}
    is      VBZ  ROOT   -   be
    a       DT   det    baker
    baker   NN   attr   is
    .       .    punct  is
"""
BARE = """
    “      ``   punct  {word}
    {word} UH   ROOT   -
    ”      ''   punct  {word}
"""
ANSWER = """
    “      ``   punct  {word}
    {word} UH   ROOT   -
    ”      ''   punct  {word}
    I      PRP  nsubj  said
    said   VBD  parataxis {word}
"""


def narrator(doc: Doc, *quotes: Attribution) -> str | None:
    """The name of the one who says "I" outside of quotes; None where nobody is known to."""
    context = context_of_doc(doc)
    found = find_narrator(context, quotes, QuotationLevels.of(context.parsed, quotes))
    if found is None:
        return None
    return (found.entity if isinstance(found.entity, EntityDraft) else context.entities[found.entity]).name


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(BYLINE + "\n\n" + I_LEFT.strip(), id="byline"),
        pytest.param(I_LEFT.strip() + "\n\n" + DESCRIBED.strip(), id="last-paragraph"),
        pytest.param(APPOSED, id="apposition"),
        pytest.param(CALLED, id="my-name-is"),
    ],
)
def test_text_names_its_narrator(table: str) -> None:
    assert narrator(doc_of(table)) == "Jane Roe"


def test_narrator_has_the_pronouns_outside_of_quotes() -> None:
    doc = doc_of(BYLINE + "\n\n" + I_LEFT.strip())
    assert meant(doc, "I") == ["Jane Roe"]
    assert meant(doc, "Roe") == []
    context, _ = drafts_of(doc)
    assert [mention.form for mention in context.entities.mentions()] == [MentionForm.NAME, MentionForm.PRONOUN]


def test_writer_without_a_name_is_nobody() -> None:
    assert narrator(doc_of(I_LEFT)) is None


@pytest.mark.parametrize(("count", "name"), [(2, None), (3, "I")])
def test_narrator_without_a_name_speaks_again_and_again(count: int, name: str | None) -> None:
    words = ["Yes", "No", "Well"][:count]
    doc = doc_of("\n\n".join(ANSWER.format(word=word).strip() for word in words))
    quotes = [quote(doc, word, "I", cue="said", number=n, kind="direct") for n, word in enumerate(words, 1)]
    assert narrator(doc, *quotes) == name


def test_part_of_an_abbreviation_is_no_pronoun() -> None:
    doc = Doc(
        doc_of(I_LEFT).vocab, words=["F.B.", "I", "won"], spaces=[False, True, False], pos=["PROPN", "PRON", "VERB"]
    )
    assert not is_pronoun(doc[1])


def test_author_of_fiction_is_not_its_narrator() -> None:
    words = ["Yes", "No", "Well", "Why"]
    doc = doc_of("\n\n".join([BYLINE, *(BARE.format(word=word).strip() for word in words), I_LEFT.strip()]))
    quotes = [quote(doc, word, kind="direct") for word in words]
    spoken = [attrs.evolve(q, content=(TextSpan(q.extent.start - 1, q.extent.end + 1),)) for q in quotes]
    assert narrator(doc, *spoken) is None


CHAIRMAN = """
    Acme      NNP  compound  Holm   -  ORG
    {role}    NN   compound  Holm
    Jane      NNP  compound  Holm   -  PERSON
    Holm      NNP  nsubj     spoke  -  PERSON
    spoke     VBD  ROOT      -      speak
"""
SPOKESWOMAN = named_table("speakers/first_person", "spokeswoman")


def body(table: str) -> list[str]:
    context = context_of_doc(doc_of(table))
    person = next(owner for owner in context.owners if context.entities[owner].name == "Jane Holm")
    found = phrases_of(context).body_of(person, [])
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
    found = phrases_of(context).body_of(context.owners[0], [leader])
    assert entity_names(context, [] if found is None else [found]) == ["NATO"]


@pytest.mark.parametrize(("before", "name"), [(3, "Jane Roe"), (4, None)])
def test_byline_stands_at_the_head_of_the_text(before: int, name: str | None) -> None:
    headings = ["Rain NN ROOT -"] * before
    assert narrator(doc_of("\n\n".join([*headings, BYLINE, I_LEFT.strip()]))) == name


@pytest.mark.parametrize(("words", "bodies"), [(5, ["Acme"]), (6, [])])
def test_body_stands_near_its_role(words: int, bodies: list[str]) -> None:
    between = "\n".join(["vice NN compound Holm"] * words)
    assert (
        body(f"Acme NNP compound Holm - ORG\n{between}\n{CHAIRMAN.format(role='chairman').split(chr(10), 2)[2]}")
        == bodies
    )
