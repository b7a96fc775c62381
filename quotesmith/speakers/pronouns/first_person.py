"""First and second person: whom "I", "we" and "you" mean in quotes and in narration, and who speaks for a body."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from attrs import evolve, frozen
from spacy.tokens import Token

from quotesmith.coreference import EntityNumber, PronounClass, pronoun_class
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import POSSESSIVES
from quotesmith.lexicon.word_groups import PronounWords
from quotesmith.parsed_text import near_children
from quotesmith.records import EntityKind, QuoteKind, TextSpan, TextSpans
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft, ProposedEntity
from quotesmith.speakers.noun_phrases import CLIMB, PLURAL_TAGS, SUBJECTS
from quotesmith.speakers.quotation_levels import QuotationLevels, Unattributed

# Keeps work linear: words around a verb among which its dependents are looked for.
MAX_VERB_TOKENS = 20
BODY_KINDS = frozenset({EntityKind.ORGANIZATION, EntityKind.GROUP, EntityKind.PLACE})
PERSONS = frozenset({PronounClass.I, PronounClass.WE, PronounClass.YOU})

ProposedBody: TypeAlias = EntityNumber | tuple[Token, ...]
"""A body for which somebody speaks: an entity that a name names, or the words of a phrase that is yet to be read."""


@frozen
class Narrator:
    """Who says "I" outside of quotes, as a proposal.

    Attributes:
        entity: The entity, or a new one.
        byline: The name in a byline that names a new one; empty otherwise.
        pronouns: The pronouns that mean the narrator.
    """

    entity: ProposedEntity
    byline: TextSpans = ()
    pronouns: tuple[TextSpan, ...] = ()


def find_narrator(
    context: DocumentContext, attributions: Sequence[Attribution], levels: QuotationLevels, *, dialogue: bool
) -> Narrator | None:
    """The entity that says "I" outside of quotes; None where nobody is known to do so.

    It is named by "I, Jane Roe,", "my name is Jane Roe" and, unless the text is a dialogue, by a byline or a last
    paragraph that begins with "Jane Roe is a". A narrator without a name who reports direct speech of their own again
    and again is an unnamed person.
    """
    first = [
        token
        for token in context.parsed.doc
        if pronoun_class(token) is PronounClass.I
        and is_pronoun(token)
        and levels.saying(token.i) is Unattributed.NARRATION
    ]
    if not first:
        return None
    found = _named(context, first, fiction=dialogue)
    if found is None and _is_character(context, attributions, first):
        found = Narrator(EntityDraft("I", EntityKind.PERSON, named=False))
    pronouns = tuple(context.parsed.span(token.i, token.i + 1) for token in first)
    return None if found is None else evolve(found, pronouns=pronouns)


def _named(context: DocumentContext, first: Sequence[Token], *, fiction: bool) -> Narrator | None:
    """The person who is named as the one who says "I"; in fiction that isn't its author."""
    found = _introduced(context, first)
    if found is None and not fiction:
        found = _byline(context)
    if found is None and not fiction:
        found = _described_last(context)
    return found


def _is_character(context: DocumentContext, attributions: Sequence[Attribution], first: Sequence[Token]) -> bool:
    """Whether the one who says "I" reports direct speech of their own again and again."""
    own = {token.i for token in first}
    direct = [quote for quote in attributions if quote.kind is not QuoteKind.INDIRECT]
    sources = (context.parsed.words(quote.source)[:1] for quote in direct)
    return sum(word.i in own for words in sources for word in words) >= context.settings.character_quotes


def is_pronoun(token: Token) -> bool:
    """Whether a word that looks like a pronoun isn't a numeral, an initial or a part of an abbreviation ("F.B.I.")."""
    if fold(token.text) != "i":
        return True
    if token.text != "I" or token.ent_type_ in {"PERSON", "ORG", "CARDINAL", "ORDINAL"}:
        return False
    before = token.nbor(-1) if token.i else None
    glued = before is not None and not before.whitespace_ and any(map(str.isalnum, before.text))
    return not glued and token.pos_ in {"PRON", "PROPN", "NOUN", "X", "VERB", "AUX"}


def _introduced(context: DocumentContext, first: Sequence[Token]) -> Narrator | None:
    """The person named by "I, Jane Roe," or "my name is Jane Roe" or "I am Jane Roe"."""
    for token in first:
        place = _called(context, token)
        found = None if place is None else _as_narrator(context, place)
        if found is not None:
            return found
    return None


def _called(context: DocumentContext, token: Token) -> int | None:
    """The name that stands beside a pronoun as its own."""
    doc = context.parsed.doc
    following = doc[token.i + 1].text if token.i + 1 < len(doc) else ""
    place = context.name_at.get(token.i + 2)
    if fold(token.text) == "my" and following == "name":
        return context.name_at.get(token.i + 3)
    if fold(token.text) != "i" or place is None:
        return None
    closed = doc[context.names[place].end : context.names[place].end + 1].text == ","
    return place if fold(following) in context.lexicon.pronouns.naming_verbs or (following == "," and closed) else None


def _byline(context: DocumentContext) -> Narrator | None:
    """The person in a line "By Jane Roe" at the head of the text."""
    parsed = context.parsed
    for start in parsed.paragraph_starts[: context.settings.byline_paragraphs]:
        index = parsed.token_at(start)
        if fold(parsed.doc[index].text) != "by":
            continue
        place = context.name_at.get(index + 1)
        if place is not None:
            return _as_narrator(context, place)
        paragraph = parsed.paragraph_at(start)
        writers = [name for name in context.writers if parsed.paragraph_at(parsed.starts[name.start]) == paragraph]
        # Two who write together say "we".
        if len(writers) == 1 and writers[0].start == index + 1:
            name = parsed.span(writers[0].start, writers[0].end)
            return Narrator(EntityDraft(name.of(parsed.text), EntityKind.PERSON), byline=(name,))
    return None


def _described_last(context: DocumentContext) -> Narrator | None:
    """The person whom the last paragraph introduces: "Jane Roe is a teacher in Oslo"."""
    parsed = context.parsed
    if len(parsed.paragraph_starts) <= 1:
        return None
    index = parsed.token_at(parsed.paragraph_starts[-1])
    place = context.name_at.get(index)
    if place is None or len(context.names[place].words) == 1:
        return None
    head = context.head_token(context.names[place])
    describes = head.dep_ in SUBJECTS and head.head.lemma_ == "be" and head.head.tag_ == "VBZ"
    return _as_narrator(context, place) if describes else None


def _as_narrator(context: DocumentContext, place: int) -> Narrator | None:
    owner = context.owners[place]
    return Narrator(owner) if context.is_person(owner) else None


class Representatives:
    """The bodies for which the people of a text speak, by the words for what these do."""

    def __init__(self, context: DocumentContext) -> None:
        self._context = context
        self._places: dict[EntityNumber, list[int]] = {}
        for place, owner in enumerate(context.owners):
            self._places.setdefault(owner, []).append(place)

    def find_body(self, words: Iterable[Token]) -> ProposedBody | None:
        """The body that depends on the first role among the words that has one."""
        found = (self._body(role) for role in self._roles(words))
        return next((body for body in found if body is not None), None)

    def find_body_of(self, entity: EntityNumber) -> ProposedBody | None:
        """The body in the words around the names of a person."""
        for place in self._places.get(entity, ()):
            head = self._context.head_token(self._context.names[place])
            found = self.find_body(self._around(head, place))
            if found is not None:
                return found
        return None

    def _around(self, head: Token, place: int) -> Iterator[Token]:
        """The words that may say what the bearer of a name does: before it, in apposition, after "is"."""
        name = self._context.names[place]
        doc = self._context.parsed.doc
        for index in range(name.start - 1, max(name.start - 1 - self._context.settings.body_tokens, -1), -1):
            if doc[index].pos_ not in {"NOUN", "PROPN", "ADJ"} and doc[index].text not in POSSESSIVES:
                break
            yield doc[index]
        yield from (child for child in head.children if child.dep_ == "appos")
        if head.dep_ == "appos":
            yield head.head
        if head.dep_ in SUBJECTS and head.head.lemma_ == "be":
            yield from (child for child in head.head.rights if child.dep_ == "attr")

    def _roles(self, words: Iterable[Token]) -> Iterator[Token]:
        """The words that say that somebody represents a body, and still does."""
        lexicon = self._context.lexicon
        for token in words:
            past = any(fold(child.text) in lexicon.formerly_representing for child in token.lefts)
            if fold(token.lemma_) in lexicon.representing and not past:
                yield token

    def _body(self, role: Token) -> ProposedBody | None:
        """The body on which the role depends: right before it, or after "of" or "for"."""
        doc = role.doc
        for index in range(role.i - 1, max(role.i - 1 - self._context.settings.body_tokens, -1), -1):
            token = doc[index]
            found = self._owner(token)
            if found is not None:
                return found
            if token.pos_ not in {"NOUN", "PROPN", "ADJ"} and token.text not in POSSESSIVES:
                break
        for child in role.rights:
            if child.dep_ == "prep" and fold(child.text) in self._context.lexicon.role_prepositions:
                for noun in child.rights:
                    found = self._owner(noun)
                    if found is not None:
                        return found
        return None

    def _owner(self, noun: Token) -> ProposedBody | None:
        """The body that a word names, or the words of a phrase with that head ("the company")."""
        context = self._context
        if noun.i in context.name_at:
            owner = context.owners[context.name_at[noun.i]]
            return owner if context.entities[owner].kind in BODY_KINDS else None
        if noun.pos_ != "NOUN" or fold(noun.lemma_) not in context.lexicon.bodies:
            return None
        return tuple(noun.doc[max(noun.left_edge.i, noun.i - context.settings.body_tokens) : noun.i + 1])


@frozen
class Reported:
    """Who speaks and is spoken to in each attribution, and whether the text is a dialogue.

    Whoever finds out that "I" or "we" is the source of a quote puts in its speakers.
    """

    attributions: Sequence[Attribution]
    speakers: list[tuple[EntityNumber, ...]]
    addressees: Sequence[tuple[EntityNumber, ...]]
    dialogue: bool


@frozen
class PersonReading:
    """Whom a pronoun of the first or second person means.

    Attributes:
        entities: Those whom it means together; none where nothing can be said.
        representative: The speaker whose body it means, if that is known.
    """

    entities: tuple[EntityNumber, ...] = ()
    representative: EntityNumber | None = None


def find_quoted_persons(context: DocumentContext, levels: QuotationLevels) -> Iterator[tuple[Token, int]]:
    """The pronouns of the first and second person in quotes, in order, each with the quote whose speaker says it."""
    for token in context.parsed.doc:
        if pronoun_class(token) in PERSONS and is_pronoun(token):
            number = levels.saying(token.i)
            if not isinstance(number, Unattributed):
                yield token, number


def read_person(context: DocumentContext, reported: Reported, number: int, token: Token) -> PersonReading:
    """Whom a pronoun of the first or second person in the words of an attribution means.

    "I" is the speaker of the words around it. "We" is the speaker where that is a body
    or several people, or else the body for which the speaker speaks. "You" is the one who is spoken to, where it isn't
    anybody ("if you look at it").

    Args:
        context: The text, all its quotes read.
        reported: Its quotes.
        number: The quote whose speaker says the pronoun.
        token: The pronoun.
    """
    kind = pronoun_class(token)
    if kind is PronounClass.I:
        return _one_person(context, reported.speakers[number])
    if kind is PronounClass.WE:
        return _several(context, reported.speakers[number], token)
    return _hearer(context, reported, number, token)


def _one_person(context: DocumentContext, speakers: tuple[EntityNumber, ...]) -> PersonReading:
    """The one who speaks; nobody where that is a text.

    A body says "I" too, where somebody writes for it.
    """
    if len(speakers) != 1:
        return PersonReading()
    name = fold(context.entities[speakers[0]].name)
    is_text = name.rpartition(" ")[2] in context.lexicon.documents
    return PersonReading() if is_text else PersonReading(speakers)


def _several(context: DocumentContext, speakers: tuple[EntityNumber, ...], token: Token) -> PersonReading:
    """The speakers together, or the body that speaks, or that for which the speaker does."""
    if not speakers or _is_shared(context, token):
        return PersonReading()
    if len(speakers) > 1 or context.entities[speakers[0]].kind in BODY_KINDS:
        return PersonReading(speakers)
    return PersonReading(representative=speakers[0])


def _is_shared(context: DocumentContext, token: Token) -> bool:
    """Whether everybody is meant: "our country", "we Americans"."""
    if token.dep_ == "poss":
        return fold(token.head.lemma_) in context.lexicon.shared
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return following is not None and following.tag_ in PLURAL_TAGS


def _hearer(context: DocumentContext, reported: Reported, number: int, token: Token) -> PersonReading:
    """The one who is spoken to, or the several together; nobody where "you" is anybody."""
    addressees = reported.addressees[number]
    kinds = {context.entities[entity].kind for entity in addressees}
    if not addressees or kinds - {EntityKind.PERSON, EntityKind.GROUP}:
        return PersonReading()
    words = context.lexicon.pronouns
    is_dialogue = reported.dialogue or reported.attributions[number].is_turn
    if _is_filler(token, words) or (not is_dialogue and _is_generic(token, words)):
        return PersonReading()
    return PersonReading(addressees)


def _is_filler(token: Token, words: PronounWords) -> bool:
    """Whether "you know" or "you see" stands alone between other words."""
    doc = token.doc
    if token.i + 2 >= len(doc) or fold(doc[token.i + 1].text) not in words.fillers:
        return False
    return doc[token.i + 2].is_punct


def _is_generic(token: Token, words: PronounWords) -> bool:
    """Whether the clause says what holds for anybody: "if you look at it", "you have to wait"."""
    above = [ancestor for ancestor, _ in zip(token.ancestors, range(CLIMB), strict=False)]
    verbs = [ancestor for ancestor in above if ancestor.pos_ in {"VERB", "AUX"}]
    if not verbs:
        return False
    children = near_children(verbs[0])
    helpers = {fold(child.lemma_) for child in children if child.dep_ in {"aux", "auxpass"}}
    bound = fold(verbs[0].lemma_) in words.generic_helpers and any(child.dep_ == "xcomp" for child in children)
    if bound or helpers & words.generic_helpers:
        return True
    linked = (clause for verb in verbs for clause in (verb, *near_children(verb)))
    return any(_is_conditional(clause, words) for clause in linked)


def _is_conditional(verb: Token, words: PronounWords) -> bool:
    near = verb.doc[max(0, verb.i - MAX_VERB_TOKENS) : verb.i]
    opens = (token for token in near if token.head.i == verb.i and fold(token.text) in words.conditions)
    return verb.dep_ == "advcl" and any(opens)
