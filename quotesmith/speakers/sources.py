"""The words that name a speaker: whom a name, a phrase or several of them mean."""

from collections.abc import Sequence

from attrs import frozen
from spacy.tokens import Token

from quotesmith.coreference import EntityNumber
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import POSSESSIVES, is_title_word
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, Gender, MentionForm, QuoteKind
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import MentionNumber
from quotesmith.speakers.name_lists import find_listed
from quotesmith.speakers.noun_phrases import (
    PHRASE_BREAKS,
    PLURAL_TAGS,
    SUBJECTS,
    coordinated,
    first_segment,
    is_determiner,
    is_relative,
    rest_segments,
)

_PASSIVE = frozenset({"nsubjpass", "auxpass"})
_SMALL_POS = frozenset({"PRON", "ADV", "PUNCT", "PART", "AUX", "VERB"})
_PARTICIPLES = frozenset({"VBN", "VBG"})
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
        ranked: Entities that they could mean with their chances, best first.
        grounds: What weighed most for the speakers, most first.
        is_doubtful: Whether somebody who has a name is meant more likely than not, but too unsurely to be given; the
            entity is one of the words' own then.
    """

    entities: tuple[EntityNumber, ...]
    method: str
    form: MentionForm
    score: float
    chain: tuple[MentionNumber, ...] = ()
    ranked: tuple[tuple[float, EntityNumber], ...] = ()
    grounds: tuple[str, ...] = ()
    is_doubtful: bool = False


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
    listed = find_listed(context, tokens)
    if listed:
        return SourceParts(listed)
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
    readings = _without_crowds(context, parts.phrases, readings)
    entities = tuple(dict.fromkeys(entity for reading in readings for entity in reading.entities))
    named = all(reading.form is MentionForm.NAME for reading in readings)
    form = MentionForm.NAME if named else MentionForm.NOMINAL
    chain = tuple(mention for reading in readings for mention in reading.chain)
    return SourceReading(entities, "group", form, min(reading.score for reading in readings), chain)


def _without_crowds(
    context: DocumentContext, phrases: Sequence[Sequence[Token]], readings: Sequence[SourceReading]
) -> Sequence[SourceReading]:
    """The readings without those of crowds where somebody is named: "Holm and other mayors", "Holm and her aides".

    "Holm and two mayors" are three.
    """
    kept = []
    for phrase, reading in zip(phrases, readings, strict=True):
        drafts = [context.entities[entity] for entity in reading.entities]
        is_crowd = all(not draft.named and draft.kind is EntityKind.GROUP for draft in drafts)
        is_other = any(fold(token.text) in context.lexicon.phrases.others for token in phrase)
        is_crowd = is_crowd or (is_other and all(draft.kind is EntityKind.GROUP for draft in drafts))
        if not is_crowd or any(token.pos_ == "NUM" for token in phrase):
            kept.append(reading)
    named = any(context.entities[entity].named for reading in kept for entity in reading.entities)
    return kept if named else readings


def find_told_name(context: DocumentContext, tokens: Sequence[Token]) -> int | None:
    """The place of the name that a phrase is about, or that the text puts beside it; None where it is about none."""
    place = find_name(context, tokens)
    if place is None:
        place = _named_before(context, tokens)
    return _named_behind(context, tokens) if place is None else place


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
    lexicon = context.lexicon
    return noun in lexicon.person_nouns or noun in lexicon.titles or (token.text.islower() and noun in lexicon.trades)


def _choose_role(
    context: DocumentContext, roles: Sequence[Sequence[Token]], readings: Sequence[SourceReading]
) -> SourceReading:
    """The person of two roles: whom either of them means, if the genders of both fit."""
    genders = {_role_gender(context, role) for role in roles} - {None}
    known = [{context.entities[entity].gender for entity in reading.entities[:1]} for reading in readings]
    fits = [reading for reading, own in zip(readings, known, strict=True) if genders <= own]
    named = [
        reading for reading in fits or readings[:1] if any(context.entities[one].named for one in reading.entities)
    ]
    return max(named, key=lambda reading: reading.score) if named else readings[0]


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
    inner = _inner_name(context, segment) if _is_generic(context, segment) else None
    if inner is not None:
        return inner
    apposed = _apposed_name(context, tokens, segment)
    return _last_named(context, tokens, segment) if apposed is None else apposed


def _last_of_name(context: DocumentContext, segment: Sequence[Token]) -> int | None:
    """The name at the end of the phrase's first part, with at most small words after it ("Roe himself")."""
    for token in reversed(segment):
        if token.i in context.name_at:
            return context.name_at[token.i]
        key, lexicon = fold(token.text), context.lexicon
        is_small = token.pos_ in _SMALL_POS or key in lexicon.calendar
        if not is_small or token.text in POSSESSIVES or key in lexicon.generic_bodies:
            return None
    return None


def _office_holder(context: DocumentContext, tokens: Sequence[Token], segment: Sequence[Token]) -> int | None:
    """The person whose office comes first: "Secretary of State Jane Roe"."""
    if fold(segment[-1].text) not in context.lexicon.titles:
        return None
    if not segment[-1].text[:1].isupper():
        return _small_office_holder(context, tokens, segment)
    for token in tokens:
        if token.i <= segment[-1].i:
            continue
        place = context.name_at.get(token.i)
        if place is not None and _is_person(context, place):
            return place
        if not (token.text[:1].isupper() or token.pos_ in {"ADP", "DET", "CCONJ"}):
            return None
    return None


def _small_office_holder(context: DocumentContext, tokens: Sequence[Token], segment: Sequence[Token]) -> int | None:
    """The person whose office comes first in small letters: "former secretary of state Jane Roe"."""
    behind = [token for token in tokens if token.i > segment[-1].i]
    size = next((n for n, token in enumerate(behind) if token.text in PHRASE_BREAKS or is_relative(token)), len(behind))
    phrase = behind[:size]
    place = context.name_at.get(phrase[-1].i) if phrase else None
    if place is None or not _is_person(context, place):
        return None
    before = [token for token in phrase if token.i < context.names[place].start]
    return place if len(before) > 1 and before[0].pos_ == "ADP" and before[-1].pos_ in {"NOUN", "PROPN"} else None


def _is_generic(context: DocumentContext, segment: Sequence[Token]) -> bool:
    return fold(segment[-1].text) in context.lexicon.generic_bodies


def _inner_name(context: DocumentContext, segment: Sequence[Token]) -> int | None:
    """The body's name right before a word that adds nothing to it."""
    for token in reversed(segment[:-1]):
        place = context.name_at.get(token.i)
        if place is not None:
            written = " ".join(context.names[place].words)
            if context.lexicon.affiliation(written) is not None or fold(written) in context.lexicon.places:
                # "the influential US daily"
                return None
            return None if _is_person(context, place) and len(context.names[place].words) > 1 else place
        if fold(token.text) not in context.lexicon.generic_bodies:
            return None
    return None


def _apposed_name(context: DocumentContext, tokens: Sequence[Token], segment: Sequence[Token]) -> int | None:
    """The name in apposition: "his lawyer, Jane Roe", "the mechanic, former monk Bo Holm", "the network, KN".

    A role may stand before a person's name there. Behind a noun for bodies, or for people and bodies ("the owner,
    Kemco"), the name is a body's.
    """
    noun = fold(segment[-1].lemma_ or segment[-1].text)
    known = context.lexicon.bodies | context.lexicon.shared_roles
    is_body = noun in known and segment[-1].tag_ not in PLURAL_TAGS
    for part in rest_segments(tokens):
        words = _without_telling(context, part)
        named = first_segment(words, context.name_at)
        places = {context.name_at[token.i] for token in named if token.i in context.name_at}
        if not named or not places or named[-1].i not in context.name_at:
            continue
        place = context.name_at[named[-1].i]
        before = [token for token in named if context.name_at.get(token.i) != place]
        if _is_person(context, place):
            if all(_precedes_name(context, token) for token in before) or _is_bare_role(context, before):
                return place
        elif is_body and len(places) == 1 and all(is_determiner(token) for token in before):
            return place
    return None


def _last_named(context: DocumentContext, tokens: Sequence[Token], segment: Sequence[Token]) -> int | None:
    """The person at the end of an office that names a place: "North of Oslo prosecutor Jane Roe"."""
    place = context.name_at.get(tokens[-1].i)
    if place is None or not _is_person(context, place) or any(token.text in PHRASE_BREAKS for token in tokens):
        return None
    before = [token for token in tokens if context.name_at.get(token.i) != place]
    is_office = segment[-1].text[:1].isupper() and not _is_role(context, segment[-1])
    is_role = bool(before) and before[-1].text.islower() and before[-1].pos_ in {"NOUN", "ADJ"}
    return place if is_office and is_role and segment[-1].i < before[-1].i else None


def _named_before(context: DocumentContext, tokens: Sequence[Token]) -> int | None:
    """The name before the comma before a role that is all of a source: "Jane Roe, Acme manager: “Yes.”".

    Only where the sentence begins with it, or the parse takes the role for an apposition.
    """
    doc, segment = context.parsed.doc, first_segment(tokens, context.name_at)
    comma = tokens[0].i - 1
    place = context.name_at.get(comma - 1) if comma > 0 and doc[comma].text == "," else None
    if place is None or not segment or segment[-1].tag_ in PLURAL_TAGS or not _is_role_of(context, place, segment[-1]):
        return None
    name = context.names[place]
    start, sentences = name.start - len(name.titles), context.parsed.sentences
    if segment[-1].dep_ == "appos" and name.start <= segment[-1].head.i < name.end:
        return place
    opens = start == 0 or sentences[start - 1] != sentences[start] or doc[start - 1].is_space
    return place if opens and context.head_token(name).dep_ not in SUBJECTS else None


def _named_behind(context: DocumentContext, tokens: Sequence[Token]) -> int | None:
    """The name right behind words that tell it: "the operator, also known as", Blue Line."""
    aliases = context.lexicon.aliases
    behind = context.name_at.get(tokens[-1].i + 1)
    told = (
        len(tokens) > 1 and fold(tokens[-2].text) in aliases.telling and fold(tokens[-1].text) in aliases.prepositions
    )
    return behind if told else None


def _is_role_of(context: DocumentContext, place: int, noun: Token) -> bool:
    """Whether the bearer of a name can be what the noun says."""
    key = fold(noun.lemma_ or noun.text)
    is_person_noun = _is_role(context, noun) or key in context.lexicon.person_nouns
    return is_person_noun if _is_person(context, place) else is_person_noun or key in context.lexicon.bodies


def _precedes_name(context: DocumentContext, token: Token) -> bool:
    return is_determiner(token) or is_title_word(token.text, context.lexicon)


def _without_telling(context: DocumentContext, part: Sequence[Token]) -> Sequence[Token]:
    """The words without those that tell a name: "also known as Radio Oslo"."""
    aliases = context.lexicon.aliases
    end = next((n for n, token in enumerate(part) if fold(token.text) not in aliases.fillers | aliases.telling), 0)
    told = {fold(token.text) for token in part[:end]} & aliases.telling
    return part[end:] if told else part


def _is_bare_role(context: DocumentContext, words: Sequence[Token]) -> bool:
    """Whether the words before a name are its bearer's role, without article and owner: "former monk"."""
    if not words or any(token.tag_ in {"POS", "PRP$"} or token.pos_ in {"ADP", "SCONJ", "AUX"} for token in words):
        return False
    if any(token.pos_ == "VERB" and token.tag_ not in _PARTICIPLES for token in words):
        return False
    noun = words[-1]
    return noun.tag_ not in PLURAL_TAGS and (_is_role(context, noun) or (noun.pos_ == "NOUN" and noun.text.islower()))


def _is_person(context: DocumentContext, place: int) -> bool:
    return context.is_person(context.owners[place])
