"""First and second person in reported words: whom "I", "we" and "you" mean."""

from collections.abc import Sequence

from attrs import frozen
from spacy.tokens import Token

from quotesmith.coreference import PronounClass, pronoun_class
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.people import fold
from quotesmith.records import EntityKind, MentionForm
from quotesmith.speakers.levels import Levels
from quotesmith.speakers.narrators import is_pronoun
from quotesmith.speakers.nominals import Nominals
from quotesmith.speakers.phrases import CLIMB
from quotesmith.speakers.representatives import BODIES, Representatives
from quotesmith.speakers.scene import Scene

PERSONS = frozenset({PronounClass.I, PronounClass.WE, PronounClass.YOU})
FILLERS = frozenset({"know", "see", "mean"})
CONDITIONS = frozenset({"if", "when", "whenever", "once", "unless", "where", "until", "because"})
GENERIC_HELPERS = frozenset({"can", "could", "have", "need", "get", "ought", "would", "want"})
# Question and answer in a printed interview.
LABELS = frozenset({"q", "a"})
NEAR = 20


@frozen
class Reported:
    """Who speaks and is spoken to in each attribution, and whether the text tells dialogue."""

    attributions: Sequence[Attribution]
    speakers: Sequence[tuple[int, ...]]
    addressees: Sequence[tuple[int, ...]]
    dialogue: bool


def read_persons(scene: Scene, reported: Reported, levels: Levels, nominals: Nominals) -> None:
    """Give each pronoun of the first and second person in quotes its entity, where something can be said.

    "I" is the speaker of the words around it. "We" is the speaker where that is a body
    or several people, else the body for which the speaker speaks. "You" is the one who is spoken to, where it isn't
    anybody ("if you look at it"). Linear in the tokens.

    Args:
        scene: The text, all its quotes read.
        reported: Its quotes.
        levels: Whose words its words are.
        nominals: The unnamed entities so far.
    """
    representatives = Representatives(scene, nominals)
    for token in scene.layout.doc:
        if pronoun_class(token) not in PERSONS or not is_pronoun(token):
            continue
        number = levels.saying(token.i)
        entity = _entity(scene, reported, number, token, representatives) if number >= 0 else None
        if entity is not None:
            scene.roster.mention((scene.layout.span(token.i, token.i + 1),), MentionForm.PRONOUN, entity)


def _entity(scene: Scene, reported: Reported, number: int, token: Token, bodies: Representatives) -> int | None:
    """Whom a pronoun in the words of an attribution means."""
    kind = pronoun_class(token)
    if kind is PronounClass.I:
        return _one_person(scene, reported.speakers[number])
    if kind is PronounClass.WE:
        return _body(scene, reported, number, token, bodies)
    return _hearer(scene, reported, number, token)


def _one_person(scene: Scene, speakers: tuple[int, ...]) -> int | None:
    """The one who speaks; nobody where that is a text or the letter of a question and answer ("A: I came home").

    A body says "I" too, where somebody writes for it.
    """
    if len(speakers) != 1:
        return None
    name = fold(scene.roster.drafts[speakers[0]].name)
    is_text = name.rpartition(" ")[2] in scene.lexicon.documents
    return None if is_text or name in LABELS else speakers[0]


def _body(scene: Scene, reported: Reported, number: int, token: Token, representatives: Representatives) -> int | None:
    """The speakers together, or the body that speaks, or that for which the speaker does."""
    speakers = reported.speakers[number]
    if not speakers or _is_shared(scene, token):
        return None
    if len(speakers) > 1:
        return scene.roster.add_group(speakers)
    if scene.roster.drafts[speakers[0]].kind in BODIES:
        return speakers[0]
    source = scene.layout.words(reported.attributions[number].source)
    return representatives.body_of(speakers[0], source)


def _is_shared(scene: Scene, token: Token) -> bool:
    """Whether everybody is meant: "our country", "we Americans"."""
    if token.dep_ == "poss":
        return fold(token.head.lemma_) in scene.lexicon.shared
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return following is not None and following.tag_ in {"NNS", "NNPS"}


def _hearer(scene: Scene, reported: Reported, number: int, token: Token) -> int | None:
    """The one who is spoken to, or the several together; nobody where "you" is anybody."""
    addressees = reported.addressees[number]
    kinds = {scene.roster.drafts[entity].kind for entity in addressees}
    if not addressees or kinds - {EntityKind.PERSON, EntityKind.GROUP}:
        return None
    if _is_filler(token) or (not reported.dialogue and _is_generic(token)):
        return None
    return addressees[0] if len(addressees) == 1 else scene.roster.add_group(addressees)


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
