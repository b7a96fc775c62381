"""The words that name a speaker: whom a name, a phrase or several of them mean."""

from collections.abc import Sequence

from attrs import frozen
from spacy.tokens import Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import POSSESSIVES, is_title_word
from quotesmith.records import EntityKind, Gender, MentionForm
from quotesmith.speakers.collectives import paired_members
from quotesmith.speakers.dialogue.turns import interview_part
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.nominals import Nominals
from quotesmith.speakers.noun_phrases import coordinated, first_segment, is_determiner, rest_segments

# How often such a source is right: estimates until a model learns them.
SOURCE_SCORES = {"name": 0.95, "group": 0.85, "nominal": 0.6, "described": 0.7}


@frozen
class SourceReading:
    """Whom source words mean.

    Attributes:
        entities: The speakers, in order.
        method: "name", "group" or "nominal".
        form: How the words refer.
        score: How sure it is, in [0, 1].
        chain: Numbers of the mentions that name them.
    """

    entities: tuple[int, ...]
    method: str
    form: MentionForm
    score: float
    chain: tuple[int, ...] = ()


def read_source(context: DocumentContext, tokens: Sequence[Token], nominals: Nominals) -> SourceReading:
    """Whom the words of a source mean; at least one entity, unnamed where no name fits.

    Args:
        context: The text.
        tokens: The source's tokens in order; at least one is a word.
        nominals: The unnamed entities so far.
    """
    part = interview_part(context, tokens)
    if part is not None:
        return SourceReading((part,), "nominal", MentionForm.NOMINAL, SOURCE_SCORES["described"])
    tokens = _without_preposition(tokens)
    pair = paired_members(context, tokens)
    if pair:
        return SourceReading(pair, "group", MentionForm.NOMINAL, SOURCE_SCORES["described"])
    parts = _without_titles(context, coordinated(tokens, context.name_at))
    if len(parts) == 2 and _is_one_person(context, parts[0], parts[1]):  # noqa: PLR2004 - two roles
        return _read_roles(context, parts[0], parts[1], nominals)
    readings = [_read_part(context, part, nominals) for part in parts]
    if len(readings) == 1:
        return readings[0]
    entities = tuple(dict.fromkeys(entity for reading in readings for entity in reading.entities))
    named = all(reading.form is MentionForm.NAME for reading in readings)
    form = MentionForm.NAME if named else MentionForm.NOMINAL
    chain = tuple(mention for reading in readings for mention in reading.chain)
    return SourceReading(entities, "group", form, min(SOURCE_SCORES["group"], *(r.score for r in readings)), chain)


def _without_preposition(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words without a preposition before them: "from the committee"."""
    start = 0
    while start < len(tokens) - 1 and tokens[start].pos_ == "ADP":
        start += 1
    return tokens[start:]


def _is_one_person(context: DocumentContext, first: Sequence[Token], second: Sequence[Token]) -> bool:
    """Whether two roles that "and" joins are one person's: "the former mayor and party leader".

    One article or "his" then stands before both: "his wife and lawyer Jane Roe".
    """
    if not (is_determiner(first[0]) or first[0].tag_ == "PRP$"):
        return False
    if is_determiner(second[0]) or second[0].tag_ in {"PRP$", "PRP", "DT"}:
        return False
    roles = []
    for part in (first, second):
        nouns = [token for token in first_segment(part, context.name_at) if token.i not in context.name_at]
        # "The president and Senator Holm" are two.
        tags = {"NN"} if any(token.i in context.name_at for token in part) else {"NN", "NNP"}
        written = bool(nouns) and (nouns[-1].text.islower() or "NNP" in tags)
        roles.append(written and nouns[-1].tag_ in tags and _is_role(context, nouns[-1]))
    return all(roles) and not any(token.i in context.name_at for token in first[-1:])


def _is_role(context: DocumentContext, token: Token) -> bool:
    noun = fold(token.lemma_ or token.text)
    return noun in context.lexicon.person_nouns or noun in context.lexicon.titles


def _read_roles(
    context: DocumentContext, first: Sequence[Token], second: Sequence[Token], nominals: Nominals
) -> SourceReading:
    """The person of two roles: the one named beside the second, else whom either means."""
    if any(token.i in context.name_at for token in second[-1:]):
        return _read_part(context, second, nominals)
    readings = [_read_part(context, part, nominals) for part in (first, [first[0], *second])]
    genders = {_role_gender(context, part) for part in (first, second)} - {None}
    fitting = [r for r in readings if genders <= {context.roster.drafts[r.entities[0]].gender}] or readings[:1]
    best = max(fitting, key=lambda reading: reading.score)
    return best if best.score > SOURCE_SCORES["nominal"] else readings[0]


def _role_gender(context: DocumentContext, part: Sequence[Token]) -> Gender | None:
    """The gender that the role tells: "first lady"."""
    nouns = [token for token in first_segment(part, context.name_at) if token.i not in context.name_at]
    return context.lexicon.person_nouns.get(fold(nouns[-1].lemma_)) if nouns else None


def _without_titles(context: DocumentContext, parts: list[list[Token]]) -> list[list[Token]]:
    """The parts but those that are only titles of the name after them: "Mr and Mrs Smith"."""
    *before, last = parts
    if not any(token.i in context.name_at for token in last):
        return parts
    return [part for part in before if not all(_is_bare_title(context, token) for token in part)] + [last]


def _is_bare_title(context: DocumentContext, token: Token) -> bool:
    written = token.text[:1].isupper() and fold(token.text) in context.lexicon.titles
    return token.is_punct or (written and token.i not in context.name_at)


def _read_part(context: DocumentContext, tokens: Sequence[Token], nominals: Nominals) -> SourceReading:
    place = find_name(context, tokens)
    if place is not None:
        mention = context.name_mention(place)
        return SourceReading((context.owners[place],), "name", MentionForm.NAME, SOURCE_SCORES["name"], (mention,))
    entity, known = nominals.find(tokens)
    score = SOURCE_SCORES["described"] if known else SOURCE_SCORES["nominal"]
    return SourceReading((entity,), "nominal", MentionForm.NOMINAL, score)


def find_name(context: DocumentContext, tokens: Sequence[Token]) -> int | None:
    """The position in `context.names` of the name that the phrase is about; None where it isn't about one.

    "Jane Roe, a spokeswoman for Acme", "President Roe" and "a lawyer, Jane Roe" are about Jane Roe, "the
    official Xinhua news agency" about Xinhua; "a spokesman for Roe" and "the Roe campaign" aren't about Roe.
    """
    segment = first_segment(tokens, context.name_at)
    if not segment:
        return None
    last = _last_of_name(context, segment)
    if last is not None:
        return last
    office = _office_holder(context, tokens, segment)
    if office is not None:
        return office
    return _inner_name(context, segment) if _is_generic(context, segment) else _apposed_name(context, tokens)


def _last_of_name(context: DocumentContext, segment: Sequence[Token]) -> int | None:
    """The name at the end of the phrase's first part, with at most small words after it ("Roe himself")."""
    for token in reversed(segment):
        if token.i in context.name_at:
            return context.name_at[token.i]
        if token.pos_ not in {"PRON", "ADV", "PUNCT", "PART", "AUX", "VERB"} or token.text in POSSESSIVES:
            return None
    return None


def _office_holder(context: DocumentContext, tokens: Sequence[Token], segment: Sequence[Token]) -> int | None:
    """The person whose office comes first: "Secretary of State Jane Roe"."""
    if not segment[-1].text[:1].isupper() or fold(segment[-1].text) not in context.lexicon.titles:
        return None
    for token in tokens:
        if token.i <= segment[-1].i:
            continue
        place = context.name_at.get(token.i)
        if place is not None and _is_person(context, place):
            return place
        if not (token.text[:1].isupper() or token.pos_ in {"ADP", "DET", "CCONJ"}):
            return None
    return None


def _is_generic(context: DocumentContext, segment: Sequence[Token]) -> bool:
    return fold(segment[-1].text) in context.lexicon.generic_bodies


def _inner_name(context: DocumentContext, segment: Sequence[Token]) -> int | None:
    """The body's name right before a word that adds nothing to it."""
    for token in reversed(segment[:-1]):
        place = context.name_at.get(token.i)
        if place is not None:
            return None if _is_person(context, place) and len(context.names[place].words) > 1 else place
        if fold(token.text) not in context.lexicon.generic_bodies:
            return None
    return None


def _apposed_name(context: DocumentContext, tokens: Sequence[Token]) -> int | None:
    """The person's name that stands alone between commas: "his lawyer, Jane Roe, "."""
    for part in rest_segments(tokens):
        words = [token for token in part if token.i in context.name_at or not _precedes_name(context, token)]
        places = {context.name_at.get(token.i) for token in words}
        if len(places) == 1 and None not in places:
            place = places.pop()
            if place is not None and _is_person(context, place):
                return place
    return None


def _precedes_name(context: DocumentContext, token: Token) -> bool:
    return is_determiner(token) or is_title_word(token.text, context.lexicon)


def _is_person(context: DocumentContext, place: int) -> bool:
    return context.roster.drafts[context.owners[place]].kind is EntityKind.PERSON
