"""First and second person: whom "I", "we" and "you" mean in quotes and in narration, and who speaks for a body."""

from collections.abc import Iterator, Sequence

from attrs import frozen
from spacy.tokens import Token

from quotesmith.coreference import PronounClass, pronoun_class
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import POSSESSIVES
from quotesmith.records import EntityKind, MentionForm, QuoteKind
from quotesmith.speakers.dialogue.addressees import tells_dialogue
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.grammar import SUBJECTS
from quotesmith.speakers.names import Name
from quotesmith.speakers.nominals import Nominals
from quotesmith.speakers.noun_phrases import CLIMB
from quotesmith.speakers.quotation_levels import OUTSIDE, QuotationLevels
from quotesmith.speakers.sources import read_source

# One who reports so many of their own direct words is a character of the text, whatever they are called.
CHARACTER_QUOTES = 3
BYLINE_PARAGRAPHS = 4
CALLING = frozenset({"am", "'m", "’m", "is"})
BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.GROUP, EntityKind.PLACE})
BEARING = frozenset({"of", "for", "at", "with"})
FORMER = frozenset({"former", "ex", "ex-", "onetime", "late", "retired", "then"})
REACH = 6
PERSONS = frozenset({PronounClass.I, PronounClass.WE, PronounClass.YOU})
FILLERS = frozenset({"know", "see", "mean"})
CONDITIONS = frozenset({"if", "when", "whenever", "once", "unless", "where", "until", "because"})
GENERIC_HELPERS = frozenset({"can", "could", "have", "need", "get", "ought", "would", "want"})
# Question and answer in a printed interview.
LABELS = frozenset({"q", "a"})
NEAR = 20


def find_narrator(context: DocumentContext, attributions: Sequence[Attribution], levels: QuotationLevels) -> int | None:
    """The entity that says "I" outside of quotes, its pronouns given to it; None where nobody is known to do so.

    It is named by "I, Jane Roe,", "my name is Jane Roe" and, unless the text tells dialogue, by a byline, or a last
    paragraph that begins with "Jane Roe is a". A narrator without a name who reports direct speech of their own again
    and again is an unnamed person.
    """
    first = [
        token
        for token in context.parsed.doc
        if pronoun_class(token) is PronounClass.I and is_pronoun(token) and levels.saying(token.i) == OUTSIDE
    ]
    if not first:
        return None
    narrator = _named(context, first, fiction=tells_dialogue(context, attributions))
    if narrator is None and _is_character(context, attributions, first):
        narrator = context.roster.add(EntityDraft("I", EntityKind.PERSON, named=False))
    if narrator is not None:
        for token in first:
            context.roster.mention((context.parsed.span(token.i, token.i + 1),), MentionForm.PRONOUN, narrator)
    return narrator


def _named(context: DocumentContext, first: Sequence[Token], *, fiction: bool) -> int | None:
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
    return sum(word.i in own for words in sources for word in words) >= CHARACTER_QUOTES


def is_pronoun(token: Token) -> bool:
    """Whether a word that looks like a pronoun isn't a numeral, an initial or a part of an abbreviation ("F.B.I.")."""
    if fold(token.text) != "i":
        return True
    if token.text != "I" or token.ent_type_ in {"PERSON", "ORG", "CARDINAL", "ORDINAL"}:
        return False
    before = token.nbor(-1) if token.i else None
    glued = before is not None and not before.whitespace_ and any(map(str.isalnum, before.text))
    return not glued and token.pos_ in {"PRON", "PROPN", "NOUN", "X", "VERB", "AUX"}


def _introduced(context: DocumentContext, first: Sequence[Token]) -> int | None:
    """The person named by "I, Jane Roe," or "my name is Jane Roe" or "I am Jane Roe"."""
    for token in first:
        place = _called(context, token)
        person = None if place is None else _person(context, place)
        if person is not None:
            return person
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
    return place if following in CALLING or (following == "," and closed) else None


def _byline(context: DocumentContext) -> int | None:
    """The person in a line "By Jane Roe" at the head of the text."""
    parsed = context.parsed
    for start in parsed.paragraph_starts[:BYLINE_PARAGRAPHS]:
        index = parsed.token_at(start)
        if fold(parsed.doc[index].text) != "by":
            continue
        place = context.name_at.get(index + 1)
        if place is not None:
            return _person(context, place)
        # Two who write together say "we".
        if len(context.writers) == 1 and context.writers[0].start == index + 1:
            return _add_writer(context, context.writers[0])
    return None


def _add_writer(context: DocumentContext, name: Name) -> int:
    span = context.parsed.span(name.start, name.end)
    writer = context.roster.add(EntityDraft(span.of(context.parsed.text), EntityKind.PERSON))
    context.roster.mention((span,), MentionForm.NAME, writer)
    return writer


def _described_last(context: DocumentContext) -> int | None:
    """The person of whom the last paragraph says who they are: "Jane Roe is a teacher in Oslo"."""
    parsed = context.parsed
    if len(parsed.paragraph_starts) <= 1:
        return None
    index = parsed.token_at(parsed.paragraph_starts[-1])
    place = context.name_at.get(index)
    if place is None or len(context.names[place].words) == 1:
        return None
    head = context.head_token(context.names[place])
    describes = head.dep_ in SUBJECTS and head.head.lemma_ == "be" and head.head.tag_ == "VBZ"
    return _person(context, place) if describes else None


def _person(context: DocumentContext, place: int) -> int | None:
    owner = context.owners[place]
    return owner if context.roster.drafts[owner].kind is EntityKind.PERSON else None


class Representatives:
    """The bodies for which the people of a text speak; looked up as they are asked for."""

    def __init__(self, context: DocumentContext, nominals: Nominals) -> None:
        self._context = context
        self._nominals = nominals
        self._places: dict[int, list[int]] = {}
        self._known: dict[int, int | None] = {}
        for place, owner in enumerate(context.owners):
            self._places.setdefault(owner, []).append(place)

    def body_of(self, entity: int, source: Sequence[Token]) -> int | None:
        """The body for which somebody speaks, by the words of the source or those around one of the person's names.

        Args:
            entity: The speaker.
            source: The words of the quote's source, in order.
        """
        for role in self._roles(source):
            found = self._body(role)
            if found is not None:
                return found
        if entity not in self._known:
            self._known[entity] = self._described(entity)
        return self._known[entity]

    def _described(self, entity: int) -> int | None:
        """The body in the words around the person's names."""
        for place in self._places.get(entity, ()):
            head = self._context.head_token(self._context.names[place])
            for role in self._roles(self._around(head, place)):
                found = self._body(role)
                if found is not None:
                    return found
        return None

    def _around(self, head: Token, place: int) -> Iterator[Token]:
        """The words that may say what the bearer of a name does: before it, in apposition, after "is"."""
        name = self._context.names[place]
        doc = self._context.parsed.doc
        for index in range(name.start - 1, max(name.start - 1 - REACH, -1), -1):
            if doc[index].pos_ not in {"NOUN", "PROPN", "ADJ"} and doc[index].text not in POSSESSIVES:
                break
            yield doc[index]
        yield from (child for child in head.children if child.dep_ == "appos")
        if head.dep_ == "appos":
            yield head.head
        if head.dep_ in SUBJECTS and head.head.lemma_ == "be":
            yield from (child for child in head.head.rights if child.dep_ == "attr")

    def _roles(self, tokens: Sequence[Token] | Iterator[Token]) -> Iterator[Token]:
        for token in tokens:
            past = any(fold(child.text) in FORMER for child in token.lefts)
            if fold(token.lemma_) in self._context.lexicon.representing and not past:
                yield token

    def _body(self, role: Token) -> int | None:
        """The body on which the role depends: right before it, or after "of" or "for"."""
        doc = role.doc
        for index in range(role.i - 1, max(role.i - 1 - REACH, -1), -1):
            token = doc[index]
            found = self._owner(token)
            if found is not None:
                return found
            if token.pos_ not in {"NOUN", "PROPN", "ADJ"} and token.text not in POSSESSIVES:
                break
        for child in role.rights:
            if child.dep_ == "prep" and fold(child.text) in BEARING:
                for noun in child.rights:
                    found = self._owner(noun)
                    if found is not None:
                        return found
        return None

    def _owner(self, noun: Token) -> int | None:
        """The body that a word names, or that a phrase with that head mentions ("the company")."""
        context = self._context
        if noun.i in context.name_at:
            owner = context.owners[context.name_at[noun.i]]
            return owner if context.roster.drafts[owner].kind in BODIES else None
        if noun.pos_ != "NOUN" or fold(noun.lemma_) not in context.lexicon.bodies:
            return None
        phrase = list(noun.doc[max(noun.left_edge.i, noun.i - REACH) : noun.i + 1])
        reading = read_source(context, phrase, self._nominals)
        context.roster.mention((context.span_of(phrase),), reading.form, reading.entities[0])
        return reading.entities[0]


@frozen
class Reported:
    """Who speaks and is spoken to in each attribution, and whether the text tells dialogue."""

    attributions: Sequence[Attribution]
    speakers: Sequence[tuple[int, ...]]
    addressees: Sequence[tuple[int, ...]]
    dialogue: bool


def read_persons(context: DocumentContext, reported: Reported, levels: QuotationLevels, nominals: Nominals) -> None:
    """Give each pronoun of the first and second person in quotes its entity, where something can be said.

    "I" is the speaker of the words around it. "We" is the speaker where that is a body
    or several people, else the body for which the speaker speaks. "You" is the one who is spoken to, where it isn't
    anybody ("if you look at it"). Linear in the tokens.

    Args:
        context: The text, all its quotes read.
        reported: Its quotes.
        levels: Whose words its words are.
        nominals: The unnamed entities so far.
    """
    representatives = Representatives(context, nominals)
    for token in context.parsed.doc:
        if pronoun_class(token) not in PERSONS or not is_pronoun(token):
            continue
        number = levels.saying(token.i)
        entity = _entity(context, reported, number, token, representatives) if number >= 0 else None
        if entity is not None:
            context.roster.mention((context.parsed.span(token.i, token.i + 1),), MentionForm.PRONOUN, entity)


def _entity(
    context: DocumentContext, reported: Reported, number: int, token: Token, bodies: Representatives
) -> int | None:
    """Whom a pronoun in the words of an attribution means."""
    kind = pronoun_class(token)
    if kind is PronounClass.I:
        return _one_person(context, reported.speakers[number])
    if kind is PronounClass.WE:
        return _body(context, reported, number, token, bodies)
    return _hearer(context, reported, number, token)


def _one_person(context: DocumentContext, speakers: tuple[int, ...]) -> int | None:
    """The one who speaks; nobody where that is a text or the letter of a question and answer ("A: I came home").

    A body says "I" too, where somebody writes for it.
    """
    if len(speakers) != 1:
        return None
    name = fold(context.roster.drafts[speakers[0]].name)
    is_text = name.rpartition(" ")[2] in context.lexicon.documents
    return None if is_text or name in LABELS else speakers[0]


def _body(
    context: DocumentContext, reported: Reported, number: int, token: Token, representatives: Representatives
) -> int | None:
    """The speakers together, or the body that speaks, or that for which the speaker does."""
    speakers = reported.speakers[number]
    if not speakers or _is_shared(context, token):
        return None
    if len(speakers) > 1:
        return context.roster.add_group(speakers)
    if context.roster.drafts[speakers[0]].kind in BODIES:
        return speakers[0]
    source = context.parsed.words(reported.attributions[number].source)
    return representatives.body_of(speakers[0], source)


def _is_shared(context: DocumentContext, token: Token) -> bool:
    """Whether everybody is meant: "our country", "we Americans"."""
    if token.dep_ == "poss":
        return fold(token.head.lemma_) in context.lexicon.shared
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return following is not None and following.tag_ in {"NNS", "NNPS"}


def _hearer(context: DocumentContext, reported: Reported, number: int, token: Token) -> int | None:
    """The one who is spoken to, or the several together; nobody where "you" is anybody."""
    addressees = reported.addressees[number]
    kinds = {context.roster.drafts[entity].kind for entity in addressees}
    if not addressees or kinds - {EntityKind.PERSON, EntityKind.GROUP}:
        return None
    if _is_filler(token) or (not reported.dialogue and _is_generic(token)):
        return None
    return addressees[0] if len(addressees) == 1 else context.roster.add_group(addressees)


def _is_filler(token: Token) -> bool:
    """Whether "you know" or "you see" stands alone between other words."""
    doc = token.doc
    if token.i + 2 >= len(doc) or fold(doc[token.i + 1].text) not in FILLERS:
        return False
    return doc[token.i + 2].is_punct


def _is_generic(token: Token) -> bool:
    """Whether the clause says what holds for anybody: "if you look at it", "you have to wait"."""
    above = [ancestor for ancestor, _ in zip(token.ancestors, range(CLIMB), strict=False)]
    verbs = [ancestor for ancestor in above if ancestor.pos_ in {"VERB", "AUX"}]
    if not verbs:
        return False
    children = _near_children(verbs[0])
    helpers = {fold(child.lemma_) for child in children if child.dep_ in {"aux", "auxpass"}}
    bound = fold(verbs[0].lemma_) in GENERIC_HELPERS and any(child.dep_ == "xcomp" for child in children)
    if bound or helpers & GENERIC_HELPERS:
        return True
    return any(_is_conditional(link) or any(map(_is_conditional, _near_children(link))) for link in verbs)


def _is_conditional(verb: Token) -> bool:
    near = verb.doc[max(0, verb.i - NEAR) : verb.i]
    opens = (token for token in near if token.head.i == verb.i and fold(token.text) in CONDITIONS)
    return verb.dep_ == "advcl" and any(opens)


def _near_children(verb: Token) -> list[Token]:
    """What hangs on a verb near it: so much may hang there that to see all for each pronoun would take too long."""
    near = verb.doc[max(0, verb.i - NEAR) : verb.i + NEAR]
    return [token for token in near if token.head.i == verb.i]
