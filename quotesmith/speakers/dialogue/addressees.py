"""Who is spoken to: by the words of the cue, by vocatives, or else by who speaks before and after."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import frozen
from spacy.tokens import Token

from quotesmith.coreference import EntityNumber, pronoun_class
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.records import EntityKind, MentionForm, QuoteKind
from quotesmith.speakers.dialogue.beats import is_spoken
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import MentionDraft
from quotesmith.speakers.nominals import phrase_kind
from quotesmith.speakers.noun_phrases import CLIMB, OBJECTS, SUBJECTS, first_segment, is_relative
from quotesmith.speakers.settings import SpeakerSettings

# Keep work linear: words of a phrase around its head, and words around a verb.
MAX_ADDRESSEE_TOKENS = 12
MAX_SUBJECT_TOKENS = 30
MODIFYING = frozenset({"advcl", "acl", "ccomp", "xcomp", "dep", "relcl", "prep", "pcomp", "conj"})
LISTENING_KINDS = frozenset({EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANIZATION})
# What may stand right before and right after a call.
CALL_OPENINGS = frozenset("“\"‘'«„,;:—–-!?.…(") | {"--", "''", "``", "..."}
CALL_CLOSINGS = frozenset("”\"’'»,;:—–-!?.…)") | {"--", "''", "..."}
DIALOGUE_MARKS = "“”\"‘’'«»"


@frozen
class Address:
    """Who is spoken to, as far as words show.

    Attributes:
        entities: Those who are known; empty, without a phrase, where one speaks to oneself.
        phrase: The words of a phrase that names them, which is yet to be read.
        calls: The mentions that calls by title are ("Mr. President").
    """

    entities: tuple[EntityNumber, ...] = ()
    phrase: tuple[Token, ...] = ()
    calls: tuple[MentionDraft, ...] = ()


def find_address(context: DocumentContext, attribution: Attribution) -> Address | None:
    """Who is spoken to, by the words that depend on the cue and by calls; None where no words show it.

    Those called in the reported words themselves ("Thank you, Jane") come first where these are direct speech, then the
    object of the cue.
    """
    called = find_vocatives(context, attribution) if attribution.kind is QuoteKind.DIRECT else Address()
    if called.entities:
        return called
    found = None
    for word in context.parsed.words(attribution.cue):
        for head in _heads(context, word, attribution):
            address = _read_head(context, head)
            if address is not None and (address.entities or address.phrase):
                return address
            found = found or address
    return found


def _heads(context: DocumentContext, word: Token, attribution: Attribution) -> Iterator[Token]:
    """The heads of the phrases that may name who is spoken to, likeliest first."""
    addresses = fold(word.lemma_) in context.lexicon.addressing_verbs
    if addresses:
        yield from _objects(context, word, attribution)
        yield from _asked(context, word)
    outside = (head for head in _parties(context, word) if _is_outside(context, head, attribution))
    yield from outside


def _objects(context: DocumentContext, verb: Token, attribution: Attribution) -> Iterator[Token]:
    """The object of a verb like "tell", also where the parser has it as the subject of what is asked of it."""
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return
    for child in verb.rights:
        if child.dep_ in OBJECTS and (_is_outside(context, child, attribution) or _governs(verb)):
            yield child
        elif child.dep_ in {"ccomp", "xcomp"} and any(c.tag_ == "TO" for c in child.lefts):
            yield from (c for c in child.lefts if c.dep_ == "nsubj" and c.left_edge.i - verb.i <= 1)


def _governs(verb: Token) -> bool:
    """Whether an infinitive follows the verb's object: "urged Roe to go", where Roe is often taken for content."""
    return any(
        child.dep_ in {"xcomp", "ccomp", "advcl"} and any(c.tag_ == "TO" for c in child.lefts) for child in verb.rights
    )


def _asked(context: DocumentContext, verb: Token) -> Iterator[Token]:
    """Who is asked or told in the passive: "Roe was told", "Roe, who was asked", "when asked, Roe said"."""
    passive = [child for child in verb.children if child.dep_ == "nsubjpass"]
    if passive:
        relative = fold(passive[0].text) in context.lexicon.addresses.relatives and verb.dep_ == "relcl"
        yield verb.head if relative else passive[0]
        return
    barred = SUBJECTS if verb.tag_ == "VBN" else SUBJECTS | OBJECTS
    if verb.tag_ not in {"VBN", "VBD"} or any(child.dep_ in barred for child in verb.children):
        return
    if verb.dep_ in {"advcl", "acl", "conj", "pcomp", "prep"} or any(c.dep_ == "auxpass" for c in verb.children):
        for ancestor, _ in zip(verb.ancestors, range(CLIMB), strict=False):
            subject = _subject(ancestor)
            if subject is not None:
                yield subject
                return


def _subject(verb: Token) -> Token | None:
    """The verb's subject near it: many words may depend on one verb, and to look at all of them would take too long."""
    doc = verb.doc
    near = doc[max(0, verb.i - MAX_SUBJECT_TOKENS) : verb.i + MAX_SUBJECT_TOKENS]
    return next((token for token in near if token.dep_ in SUBJECTS and token.head.i == verb.i), None)


def _parties(context: DocumentContext, word: Token) -> Iterator[Token]:
    """Those with whom words are exchanged: "said to Roe", "in an interview with Roe", "asked by Roe, she said"."""
    lexicon = context.lexicon
    verb = fold(word.lemma_)
    for child in word.children:
        key = fold(child.text)
        if child.dep_ in {"prep", "dative"} and verb in lexicon.speaking_verbs.get(key, ()):
            yield from _objects_of(child)
        if child.dep_ == "prep" and key == "on" and verb == "call":
            yield from _objects_of(child)
        if child.dep_ == "prep" and key in lexicon.addresses.occasions:
            for noun in _objects_of(child):
                yield from _exchanged(context, noun)
        if child.dep_ in MODIFYING and child.tag_ == "VBN" and fold(child.lemma_) in lexicon.addressing_verbs:
            yield from _agents(child)
    if word.pos_ == "NOUN":
        yield from _exchanged(context, word)
    if word.dep_ == "relcl":
        yield from _exchanged(context, word.head)


def _exchanged(context: DocumentContext, noun: Token) -> Iterator[Token]:
    """The other party of an exchange: "a letter to Roe", "a response to questions from Roe"."""
    if fold(noun.lemma_) not in context.lexicon.exchanges:
        return
    for child in noun.rights:
        if child.dep_ in {"prep", "dative"} and fold(child.text) in context.lexicon.addresses.parties:
            for party in _objects_of(child):
                if fold(party.lemma_) in context.lexicon.exchanges:
                    yield from _exchanged(context, party)
                else:
                    yield party
        elif child.dep_ == "acl":
            yield from _agents(child)


def _agents(participle: Token) -> Iterator[Token]:
    for child in participle.children:
        if child.dep_ in {"agent", "prep"} and fold(child.text) == "by":
            yield from _objects_of(child)


def _objects_of(preposition: Token) -> Iterator[Token]:
    yield from (token for token in preposition.rights if token.dep_ in {"pobj", "pcomp"})


def _is_outside(context: DocumentContext, head: Token, attribution: Attribution) -> bool:
    span = context.parsed.span(head.i, head.i + 1)
    return not any(other.overlaps(span) for other in (*attribution.content, *attribution.source))


def _read_head(context: DocumentContext, head: Token) -> Address | None:
    """Who is spoken to by the phrase with that head; None where it shows nobody."""
    if pronoun_class(head) is not None:
        return _read_pronoun(context, head)
    if head.i not in context.name_at and head.pos_ not in {"NOUN", "PROPN"}:
        return None
    tokens = _phrase(head)
    if head.i not in context.name_at and not _listens(context, tokens):
        return None
    return Address(phrase=tokens)


def _read_pronoun(context: DocumentContext, pronoun: Token) -> Address | None:
    """Whom a pronoun means, None where that isn't known; nobody for "herself", who is no other than the speaker."""
    if fold(pronoun.text).endswith(tuple(context.lexicon.addresses.reflexive_endings)):
        return Address()
    entity = context.entity_of(pronoun)
    # One speaks to people: "them" that seems to mean a body is somebody else.
    if entity is None or context.entities[entity].kind not in {EntityKind.PERSON, EntityKind.GROUP}:
        return None
    return Address(context.entities.members(entity))


def _listens(context: DocumentContext, tokens: Sequence[Token]) -> bool:
    """Whether a noun phrase is about people or a body, and not about words or things: "told lies", "to cheers"."""
    lexicon = context.lexicon
    segment = first_segment(tokens, context.name_at)
    if not segment:
        return False
    noun = fold(segment[-1].lemma_ or segment[-1].text)
    # In headings the tagger takes plurals for names, and leaves them as they are.
    noun = noun.removesuffix("s") if segment[-1].tag_ == "NNPS" else noun
    known = noun in lexicon.person_nouns or noun in lexicon.audiences or noun in lexicon.bodies
    named = noun in lexicon.titles or noun in lexicon.demonyms or segment[-1].i in context.name_at
    return (known or named) and phrase_kind(segment, lexicon) in LISTENING_KINDS


def _phrase(head: Token) -> tuple[Token, ...]:
    """The words of the phrase up to its head, and what is joined to that by "and"."""
    start = max(head.left_edge.i, head.i - MAX_ADDRESSEE_TOKENS)
    last = head
    for child in head.conjuncts:
        if last.i < child.i <= head.i + MAX_ADDRESSEE_TOKENS and child.pos_ in {"NOUN", "PROPN"}:
            last = child
    return tuple(head.doc[start : last.i + 1])


def find_vocatives(context: DocumentContext, attribution: Attribution) -> Address:
    """The people whom the content calls, by name in order of the call, then by title; with the mentions of titles.

    A name set off by commas, marks or the end of a sentence is a call, but not in an apposition ("her son, Tom, is")
    or a list ("Tom, Dick and Harry"). Linear in the names of the content.
    """
    calls = tuple(_called_by_title(context, attribution))
    people = dict.fromkeys([*_called(context, attribution), *(call.entity for call in calls)])
    return Address(tuple(people), calls=calls)


def _called(context: DocumentContext, attribution: Attribution) -> Iterator[EntityNumber]:
    """The people who are called by name; "Mr. President" looks like one, but means who is president."""
    for span in attribution.content:
        tokens = context.parsed.tokens(span)
        place = bisect_left(context.names, tokens.start, key=lambda name: name.start)
        while place < len(context.names) and context.names[place].end <= tokens.stop:
            name = context.names[place]
            if context.is_person(context.owners[place]) and _is_call(
                context, name.start - len(name.titles), name.end, tokens
            ):
                bearer = _bearer(context, fold(name.words[0])) if name.titles and len(name.words) == 1 else None
                yield context.owners[place] if bearer is None else bearer
            place += 1


def _is_call(context: DocumentContext, start: int, end: int, content: range) -> bool:
    """Whether the tokens, which name somebody, are set off from the words of the content around them."""
    doc, words = context.parsed.doc, context.lexicon.addresses
    while start - 1 >= content.start and fold(doc[start - 1].text) in words.endearments:
        start -= 1
    before = doc[start - 1] if start > content.start else None
    after = doc[end] if end < content.stop else None
    opens = before is None or before.is_space or before.text in CALL_OPENINGS or fold(before.text) in words.calls
    closes = after is None or after.is_space or after.text in CALL_CLOSINGS
    if not opens or not closes:
        return False
    head = doc[end - 1]
    # "Mr. Martin, I suppose, is not a man of information."
    if head.dep_ == "nsubj" and head.head.tag_ == "VBZ":
        return False
    return not (_is_listed(context, start, end, content) or _is_apposed(context, start, content))


def _is_listed(context: DocumentContext, start: int, end: int, content: range) -> bool:
    """Whether the name is part of a list or has a relative clause."""
    doc = context.parsed.doc
    if end + 1 < content.stop and doc[end].text == ",":
        following = doc[end + 1]
        if (
            is_relative(following)
            or fold(following.text) in context.lexicon.addresses.joiners
            or following.i in context.name_at
        ):
            return True
    return start - 2 >= content.start and doc[start - 1].text == "," and doc[start - 2].i in context.name_at


def _is_apposed(context: DocumentContext, start: int, content: range) -> bool:
    """Whether the word before the comma is another one for the person: "my brother, Tom", "the director, Roe"."""
    doc = context.parsed.doc
    if start - 2 < content.start or doc[start - 1].text != ",":
        return False
    noun = fold(doc[start - 2].lemma_)
    return noun in context.lexicon.person_nouns or noun in context.lexicon.titles


def _called_by_title(context: DocumentContext, attribution: Attribution) -> Iterator[MentionDraft]:
    """The one person of the text who bears the title: "Mr. President", "Senator"."""
    doc, lexicon = context.parsed.doc, context.lexicon
    for span in attribution.content:
        tokens = context.parsed.tokens(span)
        for index in tokens:
            key = fold(doc[index].text)
            if not doc[index].text[:1].isupper() or key not in lexicon.titles or index in context.name_at:
                continue
            first = (
                index - 1 if index > tokens.start and fold(doc[index - 1].text) in lexicon.addresses.titles else index
            )
            if not _is_call(context, first, index + 1, tokens):
                continue
            person = _bearer(context, key)
            if person is not None:
                yield MentionDraft((context.parsed.span(first, index + 1),), MentionForm.NOMINAL, person)


def _bearer(context: DocumentContext, title: str) -> EntityNumber | None:
    """The one person of the text who bears a title; None where it is no title, or where several bear it or nobody."""
    if title not in context.lexicon.titles:
        return None
    role = context.lexicon.title_roles.get(title, title)
    people = context.people_called(role)
    return next(iter(people)) if len(people) == 1 else None


@frozen
class DialogueTurn:
    """A direct quote that nobody else quotes: its attribution's number, its paragraphs, and who speaks."""

    number: int
    first_paragraph: int
    last_paragraph: int
    speakers: tuple[EntityNumber, ...]


def decide_addressees(
    context: DocumentContext,
    attributions: Sequence[Attribution],
    speakers: Sequence[tuple[EntityNumber, ...]],
    addressed: Sequence[tuple[EntityNumber, ...] | None],
    *,
    dialogue: bool,
) -> list[tuple[EntityNumber, ...]]:
    """Who is spoken to in each attribution, never its speaker; empty where nothing shows it.

    Words count first. A turn that the layout gives is else spoken to the other who spoke last, or speaks next. In a
    dialogue a turn without such words is spoken to those others who speak near it.
    n log n in the attributions.

    Args:
        context: The text.
        attributions: Its quotes.
        speakers: Who speaks in each of them.
        addressed: Who is spoken to by the words of each; None where no words show it.
        dialogue: Whether the text is one, as `is_dialogue` says.
    """
    decided = list(addressed)
    for number, partners in _answered(attributions, speakers):
        if decided[number] is None:
            decided[number] = partners
    if dialogue:
        for turn, partners in _partners(context.settings, _turns(context, attributions, speakers)):
            # Words that show nobody else say that one speaks to oneself.
            if decided[turn.number] is None:
                decided[turn.number] = partners
    # Several who speak together may be partners of one another in the turns around.
    return [tuple(e for e in found or () if e not in own) for found, own in zip(decided, speakers, strict=True)]


def _answered(
    attributions: Sequence[Attribution], speakers: Sequence[tuple[EntityNumber, ...]]
) -> Iterator[tuple[int, tuple[EntityNumber, ...]]]:
    """Each turn of a layout with the other speaker of the turns before it, or else of those behind it."""
    turns = [number for number, quote in enumerate(attributions) if quote.is_turn and speakers[number]]
    others: dict[int, tuple[EntityNumber, ...]] = {}
    for order in (turns[::-1], turns):
        last: tuple[EntityNumber, ...] = ()
        before: tuple[EntityNumber, ...] = ()
        for number in order:
            if speakers[number] != last:
                before, last = last, speakers[number]
            others[number] = before or others.get(number, ())
    yield from others.items()


def is_dialogue(context: DocumentContext, attributions: Iterable[Attribution]) -> bool:
    """Whether the direct quotes of the text are turns of dialogue, and not what a report cites."""
    direct = [quote for quote in attributions if is_spoken(context, quote)]
    settings = context.settings
    if len(direct) < settings.min_dialogue_quotes:
        return False
    direct.sort(key=lambda quote: quote.extent)
    unsourced = sum(not quote.source for quote in direct)
    turns = sum(_follows(context, before, after) for before, after in pairwise(direct))
    many = len(direct) >= settings.many_dialogue_quotes or unsourced >= settings.unsourced_share * len(direct)
    return many and turns >= settings.turns_share * len(direct)


def _follows(context: DocumentContext, before: Attribution, after: Attribution) -> bool:
    """Whether a quote opens the paragraph after that in which the one before ends."""
    parsed, start = context.parsed, after.extent.start
    is_next = parsed.paragraph_at(start) - parsed.paragraph_at(before.extent.end - 1) == 1
    return is_next and parsed.opens_paragraph(start, marks=DIALOGUE_MARKS)


def _turns(
    context: DocumentContext, attributions: Sequence[Attribution], speakers: Sequence[tuple[EntityNumber, ...]]
) -> list[DialogueTurn]:
    paragraph_at = context.parsed.paragraph_at
    turns = [
        DialogueTurn(n, paragraph_at(quote.extent.start), paragraph_at(quote.extent.end - 1), speakers[n])
        for n, quote in enumerate(attributions)
        if is_spoken(context, quote)
    ]
    return sorted(turns, key=lambda turn: (attributions[turn.number].extent.start, turn.number))


def _partners(
    settings: SpeakerSettings, turns: Sequence[DialogueTurn]
) -> Iterator[tuple[DialogueTurn, tuple[EntityNumber, ...]]]:
    """Each turn with the others who speak near it, or else with the one who speaks nearest."""
    for position, turn in enumerate(turns):
        before = turns[max(0, position - settings.partner_turns) : position][::-1]
        after = turns[position + 1 : position + 1 + settings.partner_turns]
        near = [
            other
            for other in (*before[: settings.conversation_turns], *after[: settings.conversation_turns])
            if _distance(turn, other) <= settings.conversation_paragraphs and _is_other(turn, other)
        ]
        found = dict.fromkeys(speaker for other in near for speaker in other.speakers)
        yield turn, tuple(found) or _nearest(settings, turn, before, after)


def _nearest(
    settings: SpeakerSettings, turn: DialogueTurn, before: Sequence[DialogueTurn], after: Sequence[DialogueTurn]
) -> tuple[EntityNumber, ...]:
    """Who speaks last before the turn, or, where that is nearer, first after it."""
    others = [next((other for other in side if _is_other(turn, other)), None) for side in (before, after)]
    known = [o for o in others if o is not None and _distance(turn, o) <= settings.partner_paragraphs]
    return min(known, key=lambda other: _distance(turn, other)).speakers if known else ()


def _distance(turn: DialogueTurn, other: DialogueTurn) -> int:
    """How many paragraphs lie from one turn to the other."""
    return max(turn.first_paragraph - other.last_paragraph, other.first_paragraph - turn.last_paragraph)


def _is_other(turn: DialogueTurn, other: DialogueTurn) -> bool:
    return bool(other.speakers) and not set(other.speakers) & set(turn.speakers)
