import attrs
import pytest
from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from quotesmith.records import TextSpan
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.pronouns.first_person import find_narrator, is_pronoun
from quotesmith.speakers.quotation_levels import QuotationLevels
from tests.speakers.scenes import context_of_doc, doc_of, entity_names, quote

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


def narrator(doc: Doc, *quotes: Attribution) -> tuple[DocumentContext, int | None]:
    context = context_of_doc(doc)
    return context, find_narrator(context, quotes, QuotationLevels.of(context.parsed, quotes))


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
    context, found = narrator(doc_of(table))
    assert found is not None
    assert entity_names(context, [found]) == ["Jane Roe"]


def test_narrator_has_the_pronouns_outside_of_quotes() -> None:
    doc = doc_of(BYLINE + "\n\n" + I_LEFT.strip())
    context, found = narrator(doc)
    place = next(token.i for token in doc if token.text == "I")
    number = context.roster.mention_at((context.parsed.span(place, place + 1),))
    assert number is not None
    assert context.roster.mentions[number].entity == found


def test_writer_without_a_name_is_nobody() -> None:
    assert narrator(doc_of(I_LEFT))[1] is None


@pytest.mark.parametrize(("count", "names"), [(2, []), (3, ["I"])])
def test_narrator_without_a_name_speaks_again_and_again(count: int, names: list[str]) -> None:
    words = ["Yes", "No", "Well"][:count]
    doc = doc_of("\n\n".join(ANSWER.format(word=word).strip() for word in words))
    quotes = [quote(doc, word, "I", cue="said", number=n, kind="direct") for n, word in enumerate(words, 1)]
    context, found = narrator(doc, *quotes)
    assert entity_names(context, [] if found is None else [found]) == names


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
    assert narrator(doc, *spoken)[1] is None
