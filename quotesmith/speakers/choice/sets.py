"""Features of several entities that a reference may mean together."""

from collections.abc import Callable, Sequence
from math import log1p
from typing import Final

from attrs import frozen

from quotesmith.coreference import EntityNumber
from quotesmith.records import EntityKind
from quotesmith.speakers.choice.candidates import CandidateSort, SpeakerCandidate
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.profiles import Profiles
from quotesmith.speakers.choice.references import Reference
from quotesmith.speakers.choice.wording import told_number
from quotesmith.speakers.collectives import find_pair

_FAR: Final = 25.0
_MOST_SENTENCES: Final = 20
_PAIR: Final = 2


@frozen(kw_only=True)
class SetFeatures:
    """What is known of a set of entities; all 0 where the candidate is one.

    Attributes:
        members: How many they are.
        members_inside: The reference names them all.
        members_described: How many have the description's head noun.
        members_affiliated: How many have an affiliation that it names.
        members_counted: They are as many as the reference tells.
        members_miscounted: They are not.
        members_joined: The text joins them by "and" before.
        members_paired: They are those whom the words for a pair take up by rule.
        members_latest: They are the two people named last.
        members_leading: How many of them are the two people whom the text names most.
        members_people: They are people.
        members_speak: How many are named by sources.
        members_names: The mean logarithm of their names.
        members_far: Sentences from the one named longest ago.
        members_near: Sentences from the one named last.
    """

    members: float = 0.0
    members_inside: float = 0.0
    members_described: float = 0.0
    members_affiliated: float = 0.0
    members_counted: float = 0.0
    members_miscounted: float = 0.0
    members_joined: float = 0.0
    members_paired: float = 0.0
    members_latest: float = 0.0
    members_leading: float = 0.0
    members_people: float = 0.0
    members_speak: float = 0.0
    members_names: float = 0.0
    members_far: float = 0.0
    members_near: float = 0.0


_ONE: Final = SetFeatures()


def sets_of(
    places: EntityPlaces, profiles: Profiles, reference: Reference, candidates: Sequence[SpeakerCandidate]
) -> Callable[[SpeakerCandidate], SetFeatures]:
    """What gives the features of each candidate of a reference."""
    if not any(candidate.sort is CandidateSort.SET for candidate in candidates):
        return lambda _: _ONE
    context = places.context
    latest = frozenset(places.last_people(reference.start)[:_PAIR])
    leading = set(places.leading.get(EntityKind.PERSON, ())[:_PAIR])
    paired = frozenset(find_pair(context, reference.tokens)) if reference.pronoun is None else frozenset()
    joined = {frozenset(members) for members in places.groups_before(reference.start)}
    said, number = reference.said, told_number(reference)

    def describe(candidate: SpeakerCandidate) -> SetFeatures:
        if candidate.sort is not CandidateSort.SET:
            return _ONE
        members = frozenset(candidate.entities)
        distances = [_sentences_from(places, member, reference.start) for member in members]
        affiliations = frozenset() if said is None else said.affiliations
        return SetFeatures(
            members=len(members),
            members_inside=members <= reference.inside.keys(),
            members_described=0 if said is None else sum(said.head in profiles[one].heads for one in members),
            members_affiliated=sum(bool(affiliations & context.affiliations.get(one, frozenset())) for one in members),
            members_counted=number == len(members),
            members_miscounted=number not in {0, len(members)},
            members_joined=members in joined,
            members_paired=members == paired,
            members_latest=members == latest,
            members_leading=len(members & leading),
            members_people=all(places.kinds.get(one) is EntityKind.PERSON for one in members),
            members_speak=sum(bool(places.mentions(one).said) for one in members),
            members_names=sum(log1p(len(places.mentions(one).names)) for one in members) / len(members),
            members_far=max(distances),
            members_near=min(distances),
        )

    return describe


def _sentences_from(places: EntityPlaces, entity: EntityNumber, start: int) -> float:
    token = places.mentions(entity).last_before(start)
    sentences = places.context.parsed.sentences
    return _FAR if token is None else min(sentences[start] - sentences[token], _MOST_SENTENCES)
