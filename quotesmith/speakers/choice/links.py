"""Features of what the antecedent scorer says of a candidate."""

from collections.abc import Callable, Mapping
from math import log
from typing import Final

from attrs import frozen

from quotesmith.speakers.choice.candidates import CandidateSort, SpeakerCandidate
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.references import Reference
from quotesmith.speakers.pronouns.third_person import AntecedentDistribution, Referent

_FLOOR: Final = 0.01
_UNRANKED: Final = 9


@frozen(kw_only=True)
class LinkFeatures:
    """How likely the antecedent scorer takes a candidate for what a reference means.

    Attributes:
        scored: It says something of the reference.
        nobody: The probability that it takes up nothing.
        probability: That it means the candidate.
        log_probability: The logarithm of that.
        link_rank: How many are likelier.
        margin: How much likelier it is than the best other one.
        several: The sum of the probabilities of the members of a set.
        before: The probability that the last pronoun of the class before means the candidate.
        behind: The same of the next one.
    """

    scored: float = 0.0
    nobody: float = 0.0
    probability: float = 0.0
    log_probability: float = log(_FLOOR)
    link_rank: float = _UNRANKED
    margin: float = 0.0
    several: float = 0.0
    before: float = 0.0
    behind: float = 0.0


def chances_of(distribution: AntecedentDistribution | None) -> dict[Referent, float]:
    """How likely each referent is."""
    return {} if distribution is None else dict(distribution.ranked)


def links_of(
    places: EntityPlaces, reference: Reference, distribution: AntecedentDistribution | None
) -> Callable[[SpeakerCandidate], LinkFeatures]:
    """What gives the features of each candidate of a reference."""
    chances = chances_of(distribution)
    ranked = sorted(chances.values(), reverse=True)
    before, behind = places.pronouns_around(reference.start, reference.pronoun)
    shared = {"scored": distribution is not None, "nobody": 0.0 if distribution is None else distribution.nobody}

    def describe(candidate: SpeakerCandidate) -> LinkFeatures:
        if candidate.sort is CandidateSort.SET:
            return LinkFeatures(**shared, several=sum(chances.get(member, 0.0) for member in candidate.entities))
        own = _chance(chances, candidate)
        others = ranked[1] if len(ranked) > 1 and own >= ranked[0] else ranked[0] if ranked and own < ranked[0] else 0.0
        return LinkFeatures(
            **shared,
            probability=own,
            log_probability=log(own + _FLOOR),
            link_rank=sum(other > own for other in ranked) if own else _UNRANKED,
            margin=own - others,
            before=_chance(before, candidate),
            behind=_chance(behind, candidate),
        )

    return describe


def _chance(chances: Mapping[Referent, float], candidate: SpeakerCandidate) -> float:
    return 0.0 if candidate.referent is None else chances.get(candidate.referent, 0.0)
