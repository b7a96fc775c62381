"""Who is spoken to: by the words of the cue, by vocatives, or else by who speaks before and after."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import frozen
from spacy.tokens import Token

from quotesmith.coreference import pronoun_class
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.records import EntityKind, MentionForm, QuoteKind
from quotesmith.speakers.dialogue.turns import OPENING_MARKS
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.grammar import OBJECTS, SUBJECTS
from quotesmith.speakers.nominals import Nominals, phrase_kind
from quotesmith.speakers.noun_phrases import CLIMB, first_segment, is_relative
from quotesmith.speakers.sources import read_source

LONGEST_ADDRESSEE = 12
SUBJECT_REACH = 30
# Where an exchange stands with the verb: "said in a letter", "asked during an interview".
OCCASIONS = frozenset({"in", "during", "through", "via", "by", "at", "on", "for"})
PARTIES = frozenset({"to", "with", "from", "by"})
MODIFYING = frozenset({"advcl", "acl", "ccomp", "xcomp", "dep", "relcl", "prep", "pcomp", "conj"})
LISTENING = frozenset({EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANIZATION})
REFLEXIVE = ("self", "selves")
ENDEARMENTS = frozenset({"my", "dear", "dearest", "poor", "old", "darling", "sweet", "good", "little", "young"})
CALLS = frozenset(
    {"oh", "o", "ah", "hey", "hello", "hi", "yes", "no", "well", "please", "you", "sorry", "goodbye", "bye"}
)
OPENINGS = frozenset("“\"‘'«„,;:—–-!?.…(") | {"--", "''", "``", "..."}
CLOSINGS = frozenset("”\"’'»,;:—–-!?.…)") | {"--", "''", "..."}
LISTING = frozenset({"and", "or", "&"})
_ADDRESSES = frozenset({"mr", "mrs", "ms", "madam", "madame", "monsieur", "miss"})
# A text tells dialogue where so many of its direct quotes open the paragraph after that of the quote before: in novels
# four to eight of ten do, in newspapers two. Of a text of few quotes some must stand without words for who speaks, too.
TURNS_SHARE = 0.35
UNSOURCED_SHARE = 0.2
FEWEST_QUOTES, MANY_QUOTES = 4, 10
# Who speaks within so many paragraphs and turns, before or after, takes part in the conversation.
NEAR_PARAGRAPHS = 3
NEAR_TURNS = 4
# One party of it is looked for further off.
FAR_PARAGRAPHS, FAR_TURNS = 4, 6
MARKS = "“”\"'‘’«»"


def find_addressees(context: DocumentContext, attribution: Attribution, nominals: Nominals) -> tuple[int, ...]:
    """The entities spoken to, by the words that hang on the cue and by vocatives; empty where none tell."""
    return told_addressees(context, attribution, nominals) or ()


def told_addressees(context: DocumentContext, attribution: Attribution, nominals: Nominals) -> tuple[int, ...] | None:
    """The entities spoken to; empty where one speaks to oneself, None where no words tell.

    Those named in the reported words themselves ("Thank you, Jane") come first where these are direct speech, then the
    object of the cue.
    """
    called = find_vocatives(context, attribution) if attribution.kind is QuoteKind.DIRECT else ()
    if called:
        return called
    told = False
    for word in context.parsed.words(attribution.cue):
        for head in _heads(context, word, attribution):
            found = _entities(context, head, nominals)
            if found:
                return found
            told = told or found is not None
    return () if told else None


def _heads(context: DocumentContext, word: Token, attribution: Attribution) -> Iterator[Token]:
    """The heads of the phrases that may name who is spoken to, likeliest first."""
    addresses = fold(word.lemma_) in context.lexicon.addressing_verbs
    if addresses:
        yield from _objects(context, word, attribution)
        yield from _asked(word)
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


def _asked(verb: Token) -> Iterator[Token]:
    """Who is asked or told in the passive: "Roe was told", "Roe, who was asked", "when asked, Roe said"."""
    passive = [child for child in verb.children if child.dep_ == "nsubjpass"]
    if passive:
        relative = fold(passive[0].text) in {"who", "which", "that"} and verb.dep_ == "relcl"
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
    """The verb's subject near it: many may hang on one verb, so that all of them would take too long."""
    doc = verb.doc
    near = doc[max(0, verb.i - SUBJECT_REACH) : verb.i + SUBJECT_REACH]
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
        if child.dep_ == "prep" and key in OCCASIONS:
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
        if child.dep_ in {"prep", "dative"} and fold(child.text) in PARTIES:
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


def _entities(context: DocumentContext, head: Token, nominals: Nominals) -> tuple[int, ...] | None:
    """The entities of the phrase with that head; None where it tells of nobody."""
    kind = pronoun_class(head)
    if kind is not None:
        return _meant(context, head)
    if head.i not in context.name_at and head.pos_ not in {"NOUN", "PROPN"}:
        return None
    tokens = _phrase(head)
    if head.i not in context.name_at and not _listens(context, tokens):
        return None
    reading = read_source(context, tokens, nominals)
    if reading.form is not MentionForm.NAME and len(reading.entities) == 1:
        context.roster.mention((context.span_of(tokens),), reading.form, reading.entities[0])
    return tuple(dict.fromkeys(m for entity in reading.entities for m in context.roster.members(entity)))


def _meant(context: DocumentContext, pronoun: Token) -> tuple[int, ...] | None:
    """Whom a pronoun means, None where that isn't known; empty for "herself", who is no other than the speaker."""
    if fold(pronoun.text).endswith(REFLEXIVE):
        return ()
    mention = context.roster.mention_at((context.parsed.span(pronoun.i, pronoun.i + 1),))
    entity = None if mention is None else context.roster.mentions[mention].entity
    # One speaks to people: "them" that seems to mean a body is somebody else.
    if entity is None or context.roster.drafts[entity].kind not in {EntityKind.PERSON, EntityKind.GROUP}:
        return None
    return context.roster.members(entity)


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
    return (known or named) and phrase_kind(segment, lexicon) in LISTENING


def _phrase(head: Token) -> Sequence[Token]:
    """The words of the phrase up to its head, and what is joined to that by "and"."""
    start = max(head.left_edge.i, head.i - LONGEST_ADDRESSEE)
    last = head
    for child in head.conjuncts:
        if last.i < child.i <= head.i + LONGEST_ADDRESSEE and child.pos_ in {"NOUN", "PROPN"}:
            last = child
    return list(head.doc[start : last.i + 1])


def find_vocatives(context: DocumentContext, attribution: Attribution) -> tuple[int, ...]:
    """The people whom the content calls by name or title, in order of the call.

    A name set off by commas, marks or the end of a sentence is a call, but not in an apposition ("her son, Tom, is")
    or a list ("Tom, Dick and Harry"). Linear in the names of the content.
    """
    found = dict.fromkeys(_called(context, attribution))
    found.update(dict.fromkeys(_called_by_title(context, attribution)))
    return tuple(found)


def _called(context: DocumentContext, attribution: Attribution) -> Iterator[int]:
    """The people who are called by name; "Mr. President" looks like one, but means who is president."""
    for span in attribution.content:
        tokens = context.parsed.tokens(span)
        place = bisect_left(context.names, tokens.start, key=lambda name: name.start)
        while place < len(context.names) and context.names[place].end <= tokens.stop:
            name = context.names[place]
            person = context.roster.drafts[context.owners[place]].kind is EntityKind.PERSON
            if person and _is_call(context, name.start - len(name.titles), name.end, tokens):
                bearer = _bearer(context, fold(name.words[0])) if name.titles and len(name.words) == 1 else None
                yield context.owners[place] if bearer is None else bearer
            place += 1


def _is_call(context: DocumentContext, start: int, end: int, content: range) -> bool:
    """Whether the tokens, which name somebody, are set off from the words of the content around them."""
    doc = context.parsed.doc
    while start - 1 >= content.start and fold(doc[start - 1].text) in ENDEARMENTS:
        start -= 1
    before = doc[start - 1] if start > content.start else None
    after = doc[end] if end < content.stop else None
    if after is not None and not after.is_space and after.text not in CLOSINGS:
        return False
    if before is not None and not before.is_space and before.text not in OPENINGS and fold(before.text) not in CALLS:
        return False
    head = doc[end - 1]
    # "Mr. Martin, I suppose, is not a man of information."
    if head.dep_ == "nsubj" and head.head.tag_ == "VBZ":
        return False
    return not (_is_listed(context, start, end, content) or _is_apposed(context, start, content))


def _is_listed(context: DocumentContext, start: int, end: int, content: range) -> bool:
    """Whether other names or a relative clause go on from the name, or it goes on from others."""
    doc = context.parsed.doc
    if end + 1 < content.stop and doc[end].text == ",":
        following = doc[end + 1]
        if is_relative(following) or fold(following.text) in LISTING or following.i in context.name_at:
            return True
    return start - 2 >= content.start and doc[start - 1].text == "," and doc[start - 2].i in context.name_at


def _is_apposed(context: DocumentContext, start: int, content: range) -> bool:
    """Whether the word before the comma is another one for the person: "my brother, Tom", "the director, Roe"."""
    doc = context.parsed.doc
    if start - 2 < content.start or doc[start - 1].text != ",":
        return False
    noun = fold(doc[start - 2].lemma_)
    return noun in context.lexicon.person_nouns or noun in context.lexicon.titles


def _called_by_title(context: DocumentContext, attribution: Attribution) -> Iterator[int]:
    """The one person of the text who bears the title: "Mr. President", "Senator"."""
    doc, lexicon = context.parsed.doc, context.lexicon
    for span in attribution.content:
        tokens = context.parsed.tokens(span)
        for index in tokens:
            key = fold(doc[index].text)
            if not doc[index].text[:1].isupper() or key not in lexicon.titles or index in context.name_at:
                continue
            first = index - 1 if index > tokens.start and fold(doc[index - 1].text) in _ADDRESSES else index
            if not _is_call(context, first, index + 1, tokens):
                continue
            person = _bearer(context, key)
            if person is not None:
                context.roster.mention((context.parsed.span(first, index + 1),), MentionForm.NOMINAL, person)
                yield person


def _bearer(context: DocumentContext, title: str) -> int | None:
    """The one person of the text of whom a title is said; None where it is no title, or said of several or nobody."""
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
    speakers: tuple[int, ...]


def decide_addressees(
    context: DocumentContext,
    attributions: Sequence[Attribution],
    speakers: Sequence[tuple[int, ...]],
    nominals: Nominals,
) -> list[tuple[int, ...]]:
    """Who is spoken to in each attribution, never its speaker; empty where nothing tells.

    Words tell first: the object of the cue, and calls by name. In a text of dialogue a turn without such words is
    spoken to those others who speak near it. n log n in the attributions.
    """
    told = [told_addressees(context, attribution, nominals) for attribution in attributions]
    decided = [
        found if found is None else tuple(entity for entity in found if entity not in own)
        for found, own in zip(told, speakers, strict=True)
    ]
    if tells_dialogue(context, attributions):
        for turn, partners in _partners(_turns(context, attributions, speakers)):
            # Words that tell of nobody else say that one speaks to oneself.
            if decided[turn.number] is None:
                decided[turn.number] = partners
    return [found or () for found in decided]


def tells_dialogue(context: DocumentContext, attributions: Iterable[Attribution]) -> bool:
    """Whether the direct quotes of the text are turns of dialogue, and not what a report cites."""
    direct = [quote for quote in attributions if _is_spoken(context, quote)]
    if len(direct) < FEWEST_QUOTES:
        return False
    direct.sort(key=lambda quote: quote.extent)
    unsourced = sum(not quote.source for quote in direct)
    turns = sum(_follows(context, before, after) for before, after in pairwise(direct))
    many = len(direct) >= MANY_QUOTES or unsourced >= UNSOURCED_SHARE * len(direct)
    return many and turns >= TURNS_SHARE * len(direct)


def _is_spoken(context: DocumentContext, quote: Attribution) -> bool:
    """Whether nobody else quotes the words, and they begin with a mark: one odd apostrophe makes speech seem mixed."""
    opens = context.parsed.text[quote.extent.start] in OPENING_MARKS
    return quote.parent is None and (quote.kind is QuoteKind.DIRECT or (opens and quote.kind is QuoteKind.MIXED))


def _follows(context: DocumentContext, before: Attribution, after: Attribution) -> bool:
    """Whether a quote opens the paragraph after that in which the one before ends."""
    parsed, start = context.parsed, after.extent.start
    is_next = parsed.paragraph_at(start) - parsed.paragraph_at(before.extent.end - 1) == 1
    return is_next and parsed.opens_paragraph(start, marks=MARKS)


def _turns(
    context: DocumentContext, attributions: Sequence[Attribution], speakers: Sequence[tuple[int, ...]]
) -> list[DialogueTurn]:
    paragraph_at = context.parsed.paragraph_at
    turns = [
        DialogueTurn(n, paragraph_at(quote.extent.start), paragraph_at(quote.extent.end - 1), speakers[n])
        for n, quote in enumerate(attributions)
        if _is_spoken(context, quote)
    ]
    return sorted(turns, key=lambda turn: (attributions[turn.number].extent.start, turn.number))


def _partners(turns: Sequence[DialogueTurn]) -> Iterator[tuple[DialogueTurn, tuple[int, ...]]]:
    """Each turn with the others who speak near it: one who does nearest, and those who do in its conversation."""
    for position, turn in enumerate(turns):
        before = turns[max(0, position - FAR_TURNS) : position][::-1]
        after = turns[position + 1 : position + 1 + FAR_TURNS]
        near = [
            other
            for other in (*before[:NEAR_TURNS], *after[:NEAR_TURNS])
            if _distance(turn, other) <= NEAR_PARAGRAPHS and _is_other(turn, other)
        ]
        found = dict.fromkeys(speaker for other in near for speaker in other.speakers)
        yield turn, tuple(found) or _nearest(turn, before, after)


def _nearest(turn: DialogueTurn, before: Sequence[DialogueTurn], after: Sequence[DialogueTurn]) -> tuple[int, ...]:
    """Who speaks last before the turn, or, where that is nearer, first after it."""
    others = [next((other for other in side if _is_other(turn, other)), None) for side in (before, after)]
    known = [other for other in others if other is not None and _distance(turn, other) <= FAR_PARAGRAPHS]
    return min(known, key=lambda other: _distance(turn, other)).speakers if known else ()


def _distance(turn: DialogueTurn, other: DialogueTurn) -> int:
    """How many paragraphs lie from one turn to the other."""
    return max(turn.first_paragraph - other.last_paragraph, other.first_paragraph - turn.last_paragraph)


def _is_other(turn: DialogueTurn, other: DialogueTurn) -> bool:
    return bool(other.speakers) and not set(other.speakers) & set(turn.speakers)
