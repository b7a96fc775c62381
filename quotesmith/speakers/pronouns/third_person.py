"""Pronouns of the third person: whom they mean, by what was learned and by the quotes around them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping
from operator import attrgetter

from attrs import define, field, frozen
from spacy.tokens import Token

from quotesmith.coreference import MEANT, Links, MentionCandidate, MentionCandidates, Pairs, PronounClass
from quotesmith.records import EntityKind, Gender, MentionForm
from quotesmith.speakers.document_context import DocumentContext

# So many entities an anaphor is kept open between.
OPEN = 6
LEAST = 0.01
# What is taken for granted before any pronoun told a gender, counted in pronouns.
EVEN = 0.5
_SIDES = {PronounClass.HE: Gender.MASCULINE, PronounClass.SHE: Gender.FEMININE}
PHRASE_TOKENS = 40
# What a hint makes of a chance, before all are weighed against each other.
LINKED = 3.0
REPORTED = 1.5
RESUMED = 2.5
SPOKEN = 0.1
# The same for nobody: a pronoun of the third person seldom means none that is there. Chosen on GAP validation.
NOBODY = 0.6


@frozen
class AntecedentDistribution:
    """Whom an anaphor can mean.

    Attributes:
        ranked: Entities with their chances, best first. An entity that no name names is known by the mention that
            brings it up: the number is that mention's position, with all bits turned (`~place`).
        nobody: The chance that it takes up nothing that is there.
    """

    ranked: tuple[tuple[int, float], ...]
    nobody: float


@define(eq=False)
class AntecedentDistributions:
    """The distributions of a text's anaphors.

    Attributes:
        mentions: The mentions.
        by_place: The distribution of each anaphor, by its position among the mentions.
        genders: How many pronouns, by their chances, make an entity masculine and feminine.
    """

    mentions: MentionCandidates
    by_place: dict[int, AntecedentDistribution]
    genders: dict[int, dict[Gender, float]]
    _by_head: dict[int, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._by_head = {self.mentions[place].head: place for place in self.by_place}

    def at(self, head: int) -> AntecedentDistribution | None:
        """The distribution of the anaphor with that head token; None where there is none."""
        place = self._by_head.get(head)
        return None if place is None else self.by_place[place]

    def places(self, tokens: range) -> range:
        """The positions of the mentions that begin among the tokens."""
        starts = attrgetter("start")
        low, high = (bisect_left(self.mentions, edge, key=starts) for edge in (tokens.start, tokens.stop))
        return range(low, high)

    def gender(self, entity: int) -> Gender | None:
        """The gender that the text's pronouns give an entity; None where they give none, or both."""
        counts = self.genders.get(entity, {})
        masculine, feminine = counts.get(Gender.MASCULINE, 0.0), counts.get(Gender.FEMININE, 0.0)
        if max(masculine, feminine) < EVEN or min(masculine, feminine) * 3 > max(masculine, feminine):
            return None
        return Gender.MASCULINE if masculine > feminine else Gender.FEMININE


def find_distributions(mentions: MentionCandidates, pairs: Pairs, links: Links) -> AntecedentDistributions:
    """The distributions of all anaphors; linear in the pairs."""
    first = _carry(mentions, pairs, links, {})
    genders = _count_genders(mentions, first)
    again = _carry(mentions, pairs, links, genders, own=first)
    return AntecedentDistributions(mentions, again, _count_genders(mentions, again))


def _carry(
    mentions: MentionCandidates,
    pairs: Pairs,
    links: Links,
    genders: Mapping[int, Mapping[Gender, float]],
    own: Mapping[int, AntecedentDistribution] | None = None,
) -> dict[int, AntecedentDistribution]:
    """AntecedentDistributions in text order; what stands before an anaphor has its distribution already."""
    found: dict[int, AntecedentDistribution] = {}
    link_chances, nobody = links.pairs.tolist(), links.nobody.tolist()
    for number, place in enumerate(pairs.anaphors.tolist()):
        anaphor = mentions[place]
        chances: dict[int, float] = defaultdict(float)
        rows = range(pairs.bounds[number], pairs.bounds[number + 1])
        for row, candidate in zip(rows, pairs.candidates[rows.start : rows.stop].tolist(), strict=True):
            for entity, share in _referents(mentions, candidate, found):
                chances[entity] += link_chances[row] * share
        told = _leave_out(genders, own, place, anaphor) if anaphor.pronoun in _SIDES else {}
        found[place] = _settle(chances, nobody[number], told)
    return found


def _referents(
    mentions: MentionCandidates, place: int, found: Mapping[int, AntecedentDistribution]
) -> tuple[tuple[int, float], ...]:
    mention = mentions[place]
    if mention.form is MentionForm.NAME:
        return ((mention.owner, 1.0),)
    distribution = found.get(place)
    if distribution is None:
        return ((~place, 1.0),)
    return (*distribution.ranked, (~place, distribution.nobody))


def _leave_out(
    genders: Mapping[int, Mapping[Gender, float]],
    own: Mapping[int, AntecedentDistribution] | None,
    place: int,
    anaphor: MentionCandidate,
) -> dict[int, float]:
    """For each entity the share of its pronouns, but this one, that have the anaphor's gender."""
    if own is None or anaphor.pronoun is None:
        return {}
    side = _SIDES[anaphor.pronoun]
    told = {}
    for entity, chance in own[place].ranked:
        counts = genders.get(entity, {})
        same = max(counts.get(side, 0.0) - chance, 0.0)
        total = max(sum(counts.values()) - chance, 0.0)
        told[entity] = (same + EVEN) / (total + 2 * EVEN)
    return told


def _settle(chances: Mapping[int, float], nobody: float, told: Mapping[int, float]) -> AntecedentDistribution:
    weighed = {entity: chance * 2 * told.get(entity, 0.5) for entity, chance in chances.items()}
    total = sum(weighed.values()) + nobody
    ranked = sorted(((c / total, e) for e, c in weighed.items() if c > LEAST * total), key=lambda p: (-p[0], p[1]))
    return AntecedentDistribution(tuple((entity, chance) for chance, entity in ranked[:OPEN]), nobody / total)


def _count_genders(
    mentions: MentionCandidates, distributions: Mapping[int, AntecedentDistribution]
) -> dict[int, dict[Gender, float]]:
    counts: dict[int, dict[Gender, float]] = defaultdict(lambda: defaultdict(float))
    for place, distribution in distributions.items():
        pronoun = mentions[place].pronoun
        if pronoun in _SIDES:
            for entity, chance in distribution.ranked:
                counts[entity][_SIDES[pronoun]] += chance
    return counts


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
    context: DocumentContext,
    distributions: AntecedentDistributions,
    token: Token,
    kind: PronounClass,
    *,
    hints: Hints,
    bring_up: Callable[[int], int],
) -> Antecedents:
    """Whom a pronoun of the third person means; empty where it more likely means nobody that is there.

    Args:
        context: The text.
        distributions: The chances of its anaphors.
        token: The pronoun.
        kind: Its class.
        hints: What the quotes tell.
        bring_up: Makes an entity of the mention at a position, for one that no name names.
    """
    if kind is PronounClass.THEY:
        pair = context.discourse.pair_since(context.parsed.sentences[token.i] - 1)
        if pair and not set(pair) & hints.spoken_by:
            return Antecedents(pair, chance=0.5)
    distribution = distributions.at(token.i)
    if distribution is None:
        return Antecedents()
    weighed = [
        (chance * _weight(entity, hints), entity)
        for entity, chance in distribution.ranked
        if entity < 0 or _can_be(context, entity, kind)
    ]
    nobody = distribution.nobody * NOBODY
    total = sum(chance for chance, _ in weighed) + nobody
    ranked = sorted(((chance / total, entity) for chance, entity in weighed), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < nobody / total:
        return Antecedents()
    best = ranked[0][1] if ranked[0][1] >= 0 else bring_up(~ranked[0][1])
    if not _can_be(context, best, kind):
        return Antecedents()
    named = [(ranked[0][0], best), *((chance, entity) for chance, entity in ranked[1:] if entity >= 0)]
    return Antecedents((best,), tuple(named), ranked[0][0])


def _weight(entity: int, hints: Hints) -> float:
    weight = LINKED if entity in hints.linked else 1.0
    weight *= REPORTED if entity in hints.reporters else 1.0
    weight *= RESUMED if entity in hints.resumed else 1.0
    return weight * (SPOKEN if entity in hints.spoken_by | hints.spoken_of else 1.0)


def _can_be(context: DocumentContext, entity: int, kind: PronounClass) -> bool:
    draft = context.roster.drafts[entity]
    return draft.kind in MEANT[kind] or (draft.kind is EntityKind.OTHER and not draft.named)


def modified_noun(token: Token) -> list[Token]:
    """The phrase that a relative pronoun stands for ("Premier Li, who said"); empty where there is none."""
    noun = next((ancestor.head for ancestor in token.ancestors if ancestor.dep_ == "relcl"), None)
    if noun is None or noun.i >= token.i:
        return []
    start = max(noun.left_edge.i, noun.i - PHRASE_TOKENS)
    return [word for word in token.doc[start : noun.i + 1] if not word.is_space]
