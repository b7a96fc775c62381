"""Pronouns of the third person: whom they mean, by the learned scorer and by the quotes around them."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TypeAlias

from attrs import define, field, frozen
from spacy.tokens import Token

from quotesmith.coreference import (
    GENDERS,
    CoreferenceResolver,
    EntityNumber,
    Links,
    MentionCandidate,
    MentionCandidates,
    Pairs,
    PronounClass,
    pronoun_class,
)
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.names import NameKinds
from quotesmith.speakers.settings import SpeakerSettings

# Keep work linear: entities that an anaphor may mean, and words of a phrase with a relative clause.
MAX_REFERENTS = 6
MAX_RELATIVE_TOKENS = 40
_OWNERS = frozenset({PronounClass.I, PronounClass.WE})
MISTAKABLE_KINDS = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.OTHER})


@frozen(eq=False)
class UnnamedReferent:
    """An entity that no name names, known by the mention that brings it up; one object for each mention.

    Attributes:
        place: Position of the mention among the candidates.
    """

    place: int


Referent: TypeAlias = EntityNumber | UnnamedReferent
"""What an anaphor can mean."""


@frozen
class AntecedentDistribution:
    """Whom an anaphor can mean.

    Attributes:
        ranked: Referents with their probabilities, best first.
        nobody: The probability that it takes up nothing that is there.
    """

    ranked: tuple[tuple[Referent, float], ...]
    nobody: float


@define(eq=False)
class AntecedentDistributions:
    """The distributions of a text's anaphors.

    Attributes:
        mentions: The mentions.
        by_place: The distribution of each anaphor, by its position among the mentions.
        genders: The expected number of masculine and feminine pronouns of each referent.
        settings: Thresholds.
    """

    mentions: MentionCandidates
    by_place: Mapping[int, AntecedentDistribution]
    genders: Mapping[Referent, Mapping[Gender, float]]
    settings: SpeakerSettings
    _by_head: dict[int, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._by_head = {self.mentions[place].head: place for place in self.by_place}

    def at(self, head: int) -> AntecedentDistribution | None:
        """The distribution of the anaphor with that head token; None where there is none."""
        place = self._by_head.get(head)
        return None if place is None else self.by_place[place]

    def gender(self, entity: Referent) -> Gender | None:
        """The gender that the text's pronouns give an entity; None where they give none, or both."""
        counts = self.genders.get(entity, {})
        masculine, feminine = counts.get(Gender.MASCULINE, 0.0), counts.get(Gender.FEMININE, 0.0)
        more, fewer = max(masculine, feminine), min(masculine, feminine)
        if more < self.settings.gender_prior or fewer * self.settings.gender_majority > more:
            return None
        return Gender.MASCULINE if masculine > feminine else Gender.FEMININE


def find_distributions(
    mentions: MentionCandidates,
    pairs: Pairs,
    links: Links,
    settings: SpeakerSettings,
    said_by: Mapping[int, EntityNumber] | None = None,
) -> AntecedentDistributions:
    """The distributions of all anaphors; linear in the pairs.

    Args:
        mentions: The mentions.
        pairs: The anaphors and what each may take up.
        links: How likely each pair is.
        settings: Thresholds.
        said_by: Who says the mentions of others in labelled turns, by their positions among the mentions.
    """
    unnamed = [UnnamedReferent(place) for place in range(len(mentions))]
    carrier = _Carrier(mentions, pairs, links, unnamed, settings, said_by or {})
    first = carrier.carry({}, {})
    again = carrier.carry(_count_genders(mentions, first), first)
    return AntecedentDistributions(mentions, again, _count_genders(mentions, again), settings)


def find_others_of_turns(context: DocumentContext, mentions: MentionCandidates) -> dict[int, EntityNumber]:
    """Who says the mentions of others in the turns that a layout gives, by position among the mentions.

    "He", "she" and "my teacher" never mean the one who says them.
    """
    starts = attrgetter("start")
    found: dict[int, EntityNumber] = {}
    for turn in context.parsed.layout.turns:
        for span in turn.content:
            tokens = context.parsed.tokens(span)
            low, high = (bisect_left(mentions, edge, key=starts) for edge in (tokens.start, tokens.stop))
            others = (place for place in range(low, high) if _is_another(context, mentions[place]))
            found.update(dict.fromkeys(others, context.labelled[turn.label]))
    return found


def _is_another(context: DocumentContext, mention: MentionCandidate) -> bool:
    is_owned = mention.pronoun is None and pronoun_class(context.parsed.doc[mention.start]) in _OWNERS
    return is_owned or mention.pronoun in GENDERS


@frozen(eq=False)
class _Carrier:
    """Carries the probabilities of pairs from mention to mention to what these refer to."""

    mentions: MentionCandidates
    pairs: Pairs
    links: Links
    unnamed: Sequence[UnnamedReferent]
    settings: SpeakerSettings
    said_by: Mapping[int, EntityNumber]

    def carry(
        self, genders: Mapping[Referent, Mapping[Gender, float]], own: Mapping[int, AntecedentDistribution]
    ) -> dict[int, AntecedentDistribution]:
        """The distributions in text order; what stands before an anaphor has its distribution already.

        Args:
            genders: The expected pronouns of each referent by a first reading; empty at that.
            own: The distributions of the first reading.
        """
        found: dict[int, AntecedentDistribution] = {}
        pairs = self.pairs
        link_probabilities, nobody = self.links.pairs.tolist(), self.links.nobody.tolist()
        for number, place in enumerate(pairs.anaphors.tolist()):
            probabilities: dict[Referent, float] = defaultdict(float)
            rows = range(pairs.bounds[number], pairs.bounds[number + 1])
            for row, candidate in zip(rows, pairs.candidates[rows.start : rows.stop].tolist(), strict=True):
                for referent, share in self._referents(candidate, found):
                    # Who speaks is "I".
                    if referent != self.said_by.get(place):
                        probabilities[referent] += link_probabilities[row] * share
            fits = self._gender_fits(genders, own[place], self.mentions[place]) if own else {}
            found[place] = self._settle(probabilities, nobody[number], fits)
        return found

    def _referents(self, place: int, found: Mapping[int, AntecedentDistribution]) -> tuple[tuple[Referent, float], ...]:
        mention = self.mentions[place]
        if mention.owner is not None:
            return ((mention.owner, 1.0),)
        distribution = found.get(place)
        if distribution is None:
            return ((self.unnamed[place], 1.0),)
        return (*distribution.ranked, (self.unnamed[place], distribution.nobody))

    def _gender_fits(
        self,
        genders: Mapping[Referent, Mapping[Gender, float]],
        own: AntecedentDistribution,
        anaphor: MentionCandidate,
    ) -> dict[Referent, float]:
        """For each referent the share of its other pronouns that have the anaphor's gender."""
        gender = None if anaphor.pronoun is None else GENDERS.get(anaphor.pronoun)
        if gender is None:
            return {}
        prior, fits = self.settings.gender_prior, {}
        for referent, probability in own.ranked:
            counts = genders.get(referent, {})
            same = max(counts.get(gender, 0.0) - probability, 0.0)
            total = max(sum(counts.values()) - probability, 0.0)
            fits[referent] = (same + prior) / (total + 2 * prior)
        return fits

    def _settle(
        self, probabilities: Mapping[Referent, float], nobody: float, fits: Mapping[Referent, float]
    ) -> AntecedentDistribution:
        weighed = {
            referent: probability * 2 * fits.get(referent, 0.5) for referent, probability in probabilities.items()
        }
        total = sum(weighed.values()) + nobody
        least = self.settings.min_referent_probability * total
        kept = ((referent, probability / total) for referent, probability in weighed.items() if probability > least)
        ranked = sorted(kept, key=lambda pair: (-pair[1], _order(pair[0])))
        return AntecedentDistribution(tuple(ranked[:MAX_REFERENTS]), nobody / total)


def _order(referent: Referent) -> int:
    """Which of two equally likely referents comes first: the last that a mention brings up, then by number."""
    return -1 - referent.place if isinstance(referent, UnnamedReferent) else referent


def _count_genders(
    mentions: MentionCandidates, distributions: Mapping[int, AntecedentDistribution]
) -> dict[Referent, dict[Gender, float]]:
    counts: dict[Referent, dict[Gender, float]] = defaultdict(lambda: defaultdict(float))
    for place, distribution in distributions.items():
        pronoun = mentions[place].pronoun
        if pronoun in GENDERS:
            for referent, probability in distribution.ranked:
                counts[referent][GENDERS[pronoun]] += probability
    return counts


def find_mistaken_people(context: DocumentContext, distributions: AntecedentDistributions) -> Iterator[EntityNumber]:
    """The entities that "he" and "she" take up, and that the recognizer took for a place, a body or nothing known.

    Where the encoder has read the text, a place or body stays one if it takes fewer of its names for a person's.
    """
    mistaken = list(_find_taken_up(context, distributions))
    if mistaken and context.kinds is not None:
        people = _count_people(context, context.kinds)
        return (e for e in mistaken if people[e] >= 0 or context.entities[e].kind is EntityKind.OTHER)
    return iter(mistaken)


def _count_people(context: DocumentContext, kinds: NameKinds) -> Counter[EntityNumber]:
    """How many more of an entity's names are a person's than a body's, place's or group's."""
    people: Counter[EntityNumber] = Counter()
    by_end: dict[int, EntityKind] = {}
    for span, kind in kinds.items():
        # Of those that end at one place the longest counts.
        by_end.setdefault(span.end, kind)
    for name, entity in zip(context.names, context.owners, strict=True):
        kind = by_end.get(context.parsed.span(name.start, name.end).end, EntityKind.OTHER)
        if kind is not EntityKind.OTHER:
            people[entity] += 1 if kind is EntityKind.PERSON else -1
    return people


def _find_taken_up(context: DocumentContext, distributions: AntecedentDistributions) -> Iterator[EntityNumber]:
    for entity, counts in distributions.genders.items():
        if isinstance(entity, UnnamedReferent):
            continue
        draft = context.entities[entity]
        known = fold(draft.name) in context.lexicon.countries or fold(draft.name) in context.lexicon.places
        is_taken_up = sum(counts.values()) > context.settings.min_person_pronouns
        if draft.kind in MISTAKABLE_KINDS and not known and is_taken_up:
            yield entity


def find_linked(
    context: DocumentContext,
    attributions: Sequence[Attribution],
    distributions: AntecedentDistributions,
    coreference: CoreferenceResolver,
) -> dict[int, frozenset[EntityNumber]]:
    """For the tokens of unsure pronouns that are sources, the named entities that coreference puts into a cluster."""
    parsed = context.parsed
    pronouns = _unsure_sources(context, attributions, distributions)
    linked: dict[int, frozenset[EntityNumber]] = dict.fromkeys(pronouns, frozenset())
    for cluster in coreference(parsed.doc, tuple(parsed.span(i, i + 1) for i in pronouns)):
        tokens = [index for span in cluster.mentions for index in parsed.tokens(span)]
        named = frozenset(context.owners[context.name_at[i]] for i in tokens if i in context.name_at)
        for index in tokens:
            if index in linked:
                linked[index] |= named
    return linked


def _unsure_sources(
    context: DocumentContext, attributions: Sequence[Attribution], distributions: AntecedentDistributions
) -> list[int]:
    """The pronouns that name a speaker, and of which no referent is likely enough."""
    found = set()
    for attribution in attributions:
        words = context.parsed.words(attribution.source)
        distribution = distributions.at(words[0].i) if len(words) == 1 else None
        if distribution is None:
            continue
        if not distribution.ranked or distribution.ranked[0][1] < context.settings.sure_probability:
            found.add(words[0].i)
    return sorted(found)


def unnamed_person(token: Token, kind: PronounClass) -> EntityDraft:
    """The entity of a pronoun of which nothing else is known."""
    is_person = kind in {PronounClass.HE, PronounClass.SHE, PronounClass.I}
    entity_kind = EntityKind.PERSON if is_person else EntityKind.OTHER
    return EntityDraft(token.text, entity_kind, named=False, gender=GENDERS.get(kind))


def modified_noun(token: Token) -> list[Token]:
    """The phrase that a relative pronoun stands for ("Premier Li, who said"); empty where there is none."""
    noun = next((ancestor.head for ancestor in token.ancestors if ancestor.dep_ == "relcl"), None)
    if noun is None or noun.i >= token.i:
        return []
    start = max(noun.left_edge.i, noun.i - MAX_RELATIVE_TOKENS)
    return [word for word in token.doc[start : noun.i + 1] if not word.is_space]
