"""Pronouns of the third person: whom they mean, by what was learned and by what the text's quotes tell."""

from collections.abc import Callable

from attrs import frozen
from spacy.tokens import Token

from quotesmith.coreference import MEANT, PronounClass
from quotesmith.records import EntityKind
from quotesmith.speakers.meanings import Meanings
from quotesmith.speakers.scene import Scene

PHRASE_TOKENS = 40

# What a hint makes of a chance, before all are weighed against each other.
LINKED = 3.0
REPORTED = 1.5
RESUMED = 2.5
SPOKEN = 0.1
# The same for nobody: a pronoun of the third person seldom means none that is there. Chosen on GAP validation.
NOBODY = 0.6


@frozen(kw_only=True)
class Hints:
    """What the quotes around a pronoun tell of whom it means.

    Attributes:
        linked: Entities that another resolver puts into one cluster with it.
        reporters: The speakers of the indirect speech it stands in: "Roe said that she was ill".
        resumed: The speakers of the quote before, with whom the text may go on.
        spoken_of: Entities that no name names and that the direct speech whose source it is brings up.
        spoken_by: The speakers of the direct speech it stands in, who would call themselves "I".
    """

    linked: frozenset[int] = frozenset()
    reporters: frozenset[int] = frozenset()
    resumed: frozenset[int] = frozenset()
    spoken_by: frozenset[int] = frozenset()
    spoken_of: frozenset[int] = frozenset()


@frozen
class Antecedents:
    """Whom a pronoun means and whom else it could: entities with chances, best first.

    Attributes:
        entities: Whom it means; none where nothing can be said.
        ranked: All that it could mean.
        chance: How likely the first of them is.
    """

    entities: tuple[int, ...] = ()
    ranked: tuple[tuple[float, int], ...] = ()
    chance: float = 0.0


def find_antecedents(
    scene: Scene,
    meanings: Meanings,
    token: Token,
    kind: PronounClass,
    *,
    hints: Hints,
    bring_up: Callable[[int], int],
) -> Antecedents:
    """Whom a pronoun of the third person means; empty where it more likely means nobody that is there.

    Args:
        scene: The text.
        meanings: The chances of its anaphors.
        token: The pronoun.
        kind: Its class.
        hints: What the quotes tell.
        bring_up: Makes an entity of the mention at a position, for one that no name names.
    """
    if kind is PronounClass.THEY:
        pair = scene.discourse.pair_since(scene.layout.sentences[token.i] - 1)
        if pair and not set(pair) & hints.spoken_by:
            return Antecedents(pair, chance=0.5)
    meaning = meanings.at(token.i)
    if meaning is None:
        return Antecedents()
    weighed = [
        (chance * _weight(entity, hints), entity)
        for entity, chance in meaning.ranked
        if entity < 0 or _can_be(scene, entity, kind)
    ]
    nobody = meaning.nobody * NOBODY
    total = sum(chance for chance, _ in weighed) + nobody
    ranked = sorted(((chance / total, entity) for chance, entity in weighed), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < nobody / total:
        return Antecedents()
    best = ranked[0][1] if ranked[0][1] >= 0 else bring_up(~ranked[0][1])
    if not _can_be(scene, best, kind):
        return Antecedents()
    named = [(ranked[0][0], best), *((chance, entity) for chance, entity in ranked[1:] if entity >= 0)]
    return Antecedents((best,), tuple(named), ranked[0][0])


def _weight(entity: int, hints: Hints) -> float:
    weight = LINKED if entity in hints.linked else 1.0
    weight *= REPORTED if entity in hints.reporters else 1.0
    weight *= RESUMED if entity in hints.resumed else 1.0
    return weight * (SPOKEN if entity in hints.spoken_by | hints.spoken_of else 1.0)


def _can_be(scene: Scene, entity: int, kind: PronounClass) -> bool:
    draft = scene.roster.drafts[entity]
    return draft.kind in MEANT[kind] or (draft.kind is EntityKind.OTHER and not draft.named)


def modified_noun(token: Token) -> list[Token]:
    """The phrase that a relative pronoun stands for ("Premier Li, who said"); empty where there is none."""
    noun = next((ancestor.head for ancestor in token.ancestors if ancestor.dep_ == "relcl"), None)
    if noun is None or noun.i >= token.i:
        return []
    start = max(noun.left_edge.i, noun.i - PHRASE_TOKENS)
    return [word for word in token.doc[start : noun.i + 1] if not word.is_space]
