"""Who is spoken to: the object of "told", the press in "said to the press"."""

from collections.abc import Sequence

from spacy.tokens import Token

from quotesmith.coreference import pronoun_class
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.people import fold
from quotesmith.records import EntityKind, MentionForm
from quotesmith.speakers.nominals import Nominals
from quotesmith.speakers.phrases import OBJECTS
from quotesmith.speakers.scene import Scene
from quotesmith.speakers.sources import read_source

LONGEST_ADDRESSEE = 12


def find_addressees(scene: Scene, attribution: Attribution, nominals: Nominals) -> tuple[int, ...]:
    """The entities spoken to, by the words that hang on the cue; empty where none do."""
    for word in scene.layout.words(attribution.cue):
        for child in word.rights:
            head = _addressed(scene, word, child)
            if head is not None and _is_outside(scene, head, attribution):
                return _entities(scene, head, nominals)
    return ()


def _addressed(scene: Scene, cue: Token, child: Token) -> Token | None:
    if child.dep_ in OBJECTS and fold(cue.lemma_) in scene.lexicon.addressing_verbs:
        return child
    if child.dep_ in {"prep", "dative"} and fold(child.text) == "to":
        return next((token for token in child.rights if token.dep_ == "pobj"), None)
    return None


def _is_outside(scene: Scene, head: Token, attribution: Attribution) -> bool:
    span = scene.layout.span(head.i, head.i + 1)
    return not any(other.overlaps(span) for other in (*attribution.content, *attribution.source))


def _entities(scene: Scene, head: Token, nominals: Nominals) -> tuple[int, ...]:
    if pronoun_class(head) is not None:
        mention = scene.roster.mention_at((scene.layout.span(head.i, head.i + 1),))
        entity = None if mention is None else scene.roster.mentions[mention].entity
        # One speaks to people: "them" that seems to mean a body is somebody else.
        if entity is None or scene.roster.drafts[entity].kind not in {EntityKind.PERSON, EntityKind.GROUP}:
            return ()
        return scene.roster.members(entity)
    if head.i not in scene.name_at and head.pos_ not in {"NOUN", "PROPN"}:
        return ()
    tokens = _phrase(head)
    reading = read_source(scene, tokens, nominals)
    if reading.form is not MentionForm.NAME:
        scene.roster.mention((scene.span_of(tokens),), reading.form, reading.entities[0])
    return reading.entities if len(reading.entities) == 1 or reading.form is MentionForm.NAME else ()


def _phrase(head: Token) -> Sequence[Token]:
    """The words of the phrase that stand before its head, and the head."""
    start = max(head.left_edge.i, head.i - LONGEST_ADDRESSEE)
    return list(head.doc[start : head.i + 1])
