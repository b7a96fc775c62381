import pytest
from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from tests.speakers.scenes import doc_of, drafts_of, entity_names, quote

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
    number = context.roster.mention_at((context.parsed.span(token.i, token.i + 1),))
    if number is None:
        return []
    return entity_names(context, context.roster.members(context.roster.mentions[number].entity))


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
    doc = doc_of(
        table(
            "You PRP nsubj won\nwon VBD ccomp told win",
            "won",
            cue="told",
            heard="CNN NNP dobj told - ORG",
        )
    )
    assert meant(doc, "You", quote(doc, "You won", "Holm", cue="told", kind="direct")) == []
