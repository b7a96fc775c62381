"""Whom anaphors mean: chances of links between mentions, carried on to the entities that the mentions name.

A pronoun that takes up another pronoun means what that one means, so chances are decided by entity over the whole text
rather than link by link, and the gender that all of a text's pronouns give an entity tells for each of them.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from operator import attrgetter

from attrs import define, field, frozen

from quotesmith.coreference import Links, Pairs, PronounClass, Referring, Referrings
from quotesmith.records import Gender, MentionForm

# So many entities an anaphor is kept open between.
OPEN = 6
LEAST = 0.01
# What is taken for granted before any pronoun told a gender, counted in pronouns.
EVEN = 0.5
_SIDES = {PronounClass.HE: Gender.MASCULINE, PronounClass.SHE: Gender.FEMININE}


@frozen
class Meaning:
    """Whom an anaphor can mean.

    Attributes:
        ranked: Entities with their chances, best first. An entity that no name names is known by the mention that
            brings it up: the number is that mention's position, with all bits turned (`~place`).
        nobody: The chance that it takes up nothing that is there.
    """

    ranked: tuple[tuple[int, float], ...]
    nobody: float


@define(eq=False)
class Meanings:
    """The meanings of a text's anaphors.

    Attributes:
        mentions: The mentions.
        by_place: The meaning of each anaphor, by its position among the mentions.
        genders: How many pronouns, by their chances, make an entity masculine and feminine.
    """

    mentions: Referrings
    by_place: dict[int, Meaning]
    genders: dict[int, dict[Gender, float]]
    _by_head: dict[int, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._by_head = {self.mentions[place].head: place for place in self.by_place}

    def at(self, head: int) -> Meaning | None:
        """The meaning of the anaphor with that head token; None where there is none."""
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


def find_meanings(mentions: Referrings, pairs: Pairs, links: Links) -> Meanings:
    """The meanings of all anaphors; linear in the pairs."""
    first = _carry(mentions, pairs, links, {})
    genders = _count_genders(mentions, first)
    again = _carry(mentions, pairs, links, genders, own=first)
    return Meanings(mentions, again, _count_genders(mentions, again))


def _carry(
    mentions: Referrings,
    pairs: Pairs,
    links: Links,
    genders: Mapping[int, Mapping[Gender, float]],
    own: Mapping[int, Meaning] | None = None,
) -> dict[int, Meaning]:
    """Meanings in text order; what stands before an anaphor has its meaning already."""
    found: dict[int, Meaning] = {}
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


def _referents(mentions: Referrings, place: int, found: Mapping[int, Meaning]) -> tuple[tuple[int, float], ...]:
    mention = mentions[place]
    if mention.form is MentionForm.NAME:
        return ((mention.owner, 1.0),)
    meaning = found.get(place)
    if meaning is None:
        return ((~place, 1.0),)
    return (*meaning.ranked, (~place, meaning.nobody))


def _leave_out(
    genders: Mapping[int, Mapping[Gender, float]], own: Mapping[int, Meaning] | None, place: int, anaphor: Referring
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


def _settle(chances: Mapping[int, float], nobody: float, told: Mapping[int, float]) -> Meaning:
    weighed = {entity: chance * 2 * told.get(entity, 0.5) for entity, chance in chances.items()}
    total = sum(weighed.values()) + nobody
    ranked = sorted(((c / total, e) for e, c in weighed.items() if c > LEAST * total), key=lambda p: (-p[0], p[1]))
    return Meaning(tuple((entity, chance) for chance, entity in ranked[:OPEN]), nobody / total)


def _count_genders(mentions: Referrings, meanings: Mapping[int, Meaning]) -> dict[int, dict[Gender, float]]:
    counts: dict[int, dict[Gender, float]] = defaultdict(lambda: defaultdict(float))
    for place, meaning in meanings.items():
        pronoun = mentions[place].pronoun
        if pronoun in _SIDES:
            for entity, chance in meaning.ranked:
                counts[entity][_SIDES[pronoun]] += chance
    return counts
