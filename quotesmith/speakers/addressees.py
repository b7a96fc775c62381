"""Who is spoken to: the object of "told", the press in "said to the press", the subject of "was asked"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from quotesmith.coreference import pronoun_class
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.people import fold
from quotesmith.records import EntityKind, MentionForm, QuoteKind
from quotesmith.speakers.nominals import Nominals, phrase_kind
from quotesmith.speakers.phrases import CLIMB, OBJECTS, SUBJECTS, first_segment
from quotesmith.speakers.scene import Scene
from quotesmith.speakers.sources import read_source
from quotesmith.speakers.vocatives import find_vocatives

LONGEST_ADDRESSEE = 12
SUBJECT_REACH = 30
# Where an exchange stands with the verb: "said in a letter", "asked during an interview".
OCCASIONS = frozenset({"in", "during", "through", "via", "by", "at", "on", "for"})
PARTIES = frozenset({"to", "with", "from", "by"})
MODIFYING = frozenset({"advcl", "acl", "ccomp", "xcomp", "dep", "relcl", "prep", "pcomp", "conj"})
LISTENING = frozenset({EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANIZATION})
REFLEXIVE = ("self", "selves")


def find_addressees(scene: Scene, attribution: Attribution, nominals: Nominals) -> tuple[int, ...]:
    """The entities spoken to, by the words that hang on the cue and by vocatives; empty where none tell."""
    return told_addressees(scene, attribution, nominals) or ()


def told_addressees(scene: Scene, attribution: Attribution, nominals: Nominals) -> tuple[int, ...] | None:
    """The entities spoken to; empty where one speaks to oneself, None where no words tell.

    Those named in the reported words themselves ("Thank you, Jane") come first where these are direct speech, then the
    object of the cue.
    """
    called = find_vocatives(scene, attribution) if attribution.kind is QuoteKind.DIRECT else ()
    if called:
        return called
    told = False
    for word in scene.layout.words(attribution.cue):
        for head in _heads(scene, word, attribution):
            found = _entities(scene, head, nominals)
            if found:
                return found
            told = told or found is not None
    return () if told else None


def _heads(scene: Scene, word: Token, attribution: Attribution) -> Iterator[Token]:
    """The heads of the phrases that may name who is spoken to, likeliest first."""
    addresses = fold(word.lemma_) in scene.lexicon.addressing_verbs
    if addresses:
        yield from _objects(scene, word, attribution)
        yield from _asked(word)
    outside = (head for head in _parties(scene, word) if _is_outside(scene, head, attribution))
    yield from outside


def _objects(scene: Scene, verb: Token, attribution: Attribution) -> Iterator[Token]:
    """The object of a verb like "tell", also where the parser has it as the subject of what is asked of it."""
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return
    for child in verb.rights:
        if child.dep_ in OBJECTS and (_is_outside(scene, child, attribution) or _governs(verb)):
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


def _parties(scene: Scene, word: Token) -> Iterator[Token]:
    """Those with whom words are exchanged: "said to Roe", "in an interview with Roe", "asked by Roe, she said"."""
    lexicon = scene.lexicon
    verb = fold(word.lemma_)
    for child in word.children:
        key = fold(child.text)
        if child.dep_ in {"prep", "dative"} and verb in lexicon.speaking_verbs.get(key, ()):
            yield from _objects_of(child)
        if child.dep_ == "prep" and key == "on" and verb == "call":
            yield from _objects_of(child)
        if child.dep_ == "prep" and key in OCCASIONS:
            for noun in _objects_of(child):
                yield from _exchanged(scene, noun)
        if child.dep_ in MODIFYING and child.tag_ == "VBN" and fold(child.lemma_) in lexicon.addressing_verbs:
            yield from _agents(child)
    if word.pos_ == "NOUN":
        yield from _exchanged(scene, word)
    if word.dep_ == "relcl":
        yield from _exchanged(scene, word.head)


def _exchanged(scene: Scene, noun: Token) -> Iterator[Token]:
    """The other party of an exchange: "a letter to Roe", "a response to questions from Roe"."""
    if fold(noun.lemma_) not in scene.lexicon.exchanges:
        return
    for child in noun.rights:
        if child.dep_ in {"prep", "dative"} and fold(child.text) in PARTIES:
            for party in _objects_of(child):
                if fold(party.lemma_) in scene.lexicon.exchanges:
                    yield from _exchanged(scene, party)
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


def _is_outside(scene: Scene, head: Token, attribution: Attribution) -> bool:
    span = scene.layout.span(head.i, head.i + 1)
    return not any(other.overlaps(span) for other in (*attribution.content, *attribution.source))


def _entities(scene: Scene, head: Token, nominals: Nominals) -> tuple[int, ...] | None:
    """The entities of the phrase with that head; None where it tells of nobody."""
    kind = pronoun_class(head)
    if kind is not None:
        return _meant(scene, head)
    if head.i not in scene.name_at and head.pos_ not in {"NOUN", "PROPN"}:
        return None
    tokens = _phrase(head)
    if head.i not in scene.name_at and not _listens(scene, tokens):
        return None
    reading = read_source(scene, tokens, nominals)
    if reading.form is not MentionForm.NAME and len(reading.entities) == 1:
        scene.roster.mention((scene.span_of(tokens),), reading.form, reading.entities[0])
    return tuple(dict.fromkeys(m for entity in reading.entities for m in scene.roster.members(entity)))


def _meant(scene: Scene, pronoun: Token) -> tuple[int, ...] | None:
    """Whom a pronoun means, None where that isn't known; empty for "herself", who is no other than the speaker."""
    if fold(pronoun.text).endswith(REFLEXIVE):
        return ()
    mention = scene.roster.mention_at((scene.layout.span(pronoun.i, pronoun.i + 1),))
    entity = None if mention is None else scene.roster.mentions[mention].entity
    # One speaks to people: "them" that seems to mean a body is somebody else.
    if entity is None or scene.roster.drafts[entity].kind not in {EntityKind.PERSON, EntityKind.GROUP}:
        return None
    return scene.roster.members(entity)


def _listens(scene: Scene, tokens: Sequence[Token]) -> bool:
    """Whether a noun phrase is about people or a body, and not about words or things: "told lies", "to cheers"."""
    lexicon = scene.lexicon
    segment = first_segment(tokens, scene.name_at)
    if not segment:
        return False
    noun = fold(segment[-1].lemma_ or segment[-1].text)
    # In headings the tagger takes plurals for names, and leaves them as they are.
    noun = noun.removesuffix("s") if segment[-1].tag_ == "NNPS" else noun
    known = noun in lexicon.person_nouns or noun in lexicon.audiences or noun in lexicon.bodies
    named = noun in lexicon.titles or noun in lexicon.demonyms or segment[-1].i in scene.name_at
    return (known or named) and phrase_kind(segment, lexicon) in LISTENING


def _phrase(head: Token) -> Sequence[Token]:
    """The words of the phrase up to its head, and what is joined to that by "and"."""
    start = max(head.left_edge.i, head.i - LONGEST_ADDRESSEE)
    last = head
    for child in head.conjuncts:
        if last.i < child.i <= head.i + LONGEST_ADDRESSEE and child.pos_ in {"NOUN", "PROPN"}:
            last = child
    return list(head.doc[start : last.i + 1])
