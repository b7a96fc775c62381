"""The words that name a speaker: whom a name, a phrase or several of them mean."""

from collections.abc import Sequence

from attrs import frozen
from spacy.tokens import Token

from quotesmith.coreference import EntityNumber
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import POSSESSIVES, is_title_word
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Gender, MentionForm, QuoteKind
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import MentionNumber
from quotesmith.speakers.noun_phrases import coordinated, first_segment, is_determiner, rest_segments

_PASSIVE = frozenset({"nsubjpass", "auxpass"})
_OWN_SUBJECT_TAGS = frozenset({"VBD", "VBP", "VBZ"})


@frozen
class SourceReading:
    """Whom source words mean.

    Attributes:
        entities: The speakers, in order.
        method: "name", "group" or "nominal".
        form: How the words refer.
        score: How sure it is, in [0, 1].
        chain: The mentions that name them.
    """

    entities: tuple[EntityNumber, ...]
    method: str
    form: MentionForm
    score: float
    chain: tuple[MentionNumber, ...] = ()


@frozen
class SourceParts:
    """The noun phrases in the words of a source.

    Attributes:
        phrases: The phrases to read, in order.
        roles: The two roles of one person that they are; empty where each phrase is a speaker.
    """

    phrases: Sequence[Sequence[Token]]
    roles: Sequence[Sequence[Token]] = ()


def is_impersonal(parsed: ParsedText, attribution: Attribution) -> bool:
    """Whether a cue reports without naming anybody: "he is expected to win", "amid fears that it rains".

    A passive cue's subject is no speaker: "Roe was told". A verb joined to another one has its subject, who may have
    the turn: "Oslo calls for talks but urges caution".
    """
    words = parsed.words(attribution.cue)
    if any(child.dep_ in _PASSIVE for word in words for child in word.children):
        return True
    joined = any(word.dep_ == "conj" and word.tag_ in _OWN_SUBJECT_TAGS for word in words)
    return attribution.kind is QuoteKind.INDIRECT and bool(words) and not joined


def split_source(context: DocumentContext, tokens: Sequence[Token]) -> SourceParts:
    """The noun phrases that name the speakers.

    Args:
        context: The text.
        tokens: The source's tokens in order, without a preposition before them; at least one is a word.
    """
    parts = _without_titles(context, coordinated(tokens, context.name_at))
    if len(parts) != 2 or not _is_one_person(context, parts[0], parts[1]):  # noqa: PLR2004 - two roles
        return SourceParts(parts)
    first, second = parts
    if any(token.i in context.name_at for token in second[-1:]):
        # The name beside the second role says who has both.
        return SourceParts([second])
    return SourceParts([first, [first[0], *second]], roles=parts)


def join_readings(context: DocumentContext, parts: SourceParts, readings: Sequence[SourceReading]) -> SourceReading:
    """The reading of a source from the readings of its phrases, one each."""
    if len(readings) == 1:
        return readings[0]
    if parts.roles:
        return _choose_role(context, parts.roles, readings)
    entities = tuple(dict.fromkeys(entity for reading in readings for entity in reading.entities))
    named = all(reading.form is MentionForm.NAME for reading in readings)
    form = MentionForm.NAME if named else MentionForm.NOMINAL
    chain = tuple(mention for reading in readings for mention in reading.chain)
    score = min(context.settings.group_score, *(reading.score for reading in readings))
    return SourceReading(entities, "group", form, score, chain)


def read_name(context: DocumentContext, tokens: Sequence[Token]) -> SourceReading | None:
    """The reading of a phrase that is about a name; None where it isn't about one."""
    place = find_name(context, tokens)
    if place is None:
        return None
    mention = context.name_mentions[place]
    return SourceReading((context.owners[place],), "name", MentionForm.NAME, context.settings.name_score, (mention,))


def without_preposition(tokens: Sequence[Token]) -> Sequence[Token]:
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


def _choose_role(
    context: DocumentContext, roles: Sequence[Sequence[Token]], readings: Sequence[SourceReading]
) -> SourceReading:
    """The person of two roles: whom either of them means, if the genders of both fit."""
    genders = {_role_gender(context, role) for role in roles} - {None}
    fitting = [r for r in readings if genders <= {context.entities[r.entities[0]].gender}] or readings[:1]
    best = max(fitting, key=lambda reading: reading.score)
    return best if best.score > context.settings.nominal_score else readings[0]


def _role_gender(context: DocumentContext, part: Sequence[Token]) -> Gender | None:
    """The gender that the role shows: "first lady"."""
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
    return context.is_person(context.owners[place])
