"""Features of what sort of thing a candidate is, and of how much the text is about it."""

from collections.abc import Callable, Mapping
from math import log1p
from typing import Final

from attrs import frozen

from quotesmith.coreference import PronounClass
from quotesmith.lexicon.folding import fold
from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.choice.candidates import CandidateSort, SpeakerCandidate
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.references import Reference
from quotesmith.speakers.pronouns.third_person import Referent

_PERSON: Final = frozenset({EntityKind.PERSON})
_BODY: Final = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE})
_SEVERAL: Final = frozenset({EntityKind.GROUP, EntityKind.ORGANIZATION})
_THING: Final = frozenset({EntityKind.ORGANIZATION, EntityKind.OTHER})
_WANTED: Final[Mapping[EntityKind, frozenset[EntityKind]]] = {
    EntityKind.PERSON: _PERSON,
    EntityKind.ORGANIZATION: _BODY,
    EntityKind.PLACE: frozenset({EntityKind.PLACE}),
    EntityKind.GROUP: _SEVERAL,
    EntityKind.OTHER: _THING,
}
_PRIOR_VOTES: Final = 0.3
_MOST: Final = 10


@frozen(kw_only=True)
class TraitFeatures:
    """What sort of thing a candidate is; what isn't so is 0.

    Attributes:
        person_kind: It is a person.
        organization_kind: A body.
        place_kind: A place.
        group_kind: A group.
        other_kind: Something else.
        masculine: Its gender.
        feminine: Its gender.
        gender_agrees: It has the gender that the reference shows.
        gender_differs: It has another one.
        kind_fits: The reference may mean things of its kind.
        he_votes: The logarithm of the expected "he" that mean it, this reference left out.
        she_votes: Of "she".
        it_votes: Of "it".
        they_votes: Of "they".
        phrase_votes: Of phrases.
        gender_votes: How much its other pronouns are for the pronoun's gender, from -0.5 to 0.5.
        rank: How many of its kind are named more often.
        share: Its share of the names of people.
        given_name: Its name begins with a given name.
        body_noun: Its name ends in a noun for a body.
    """

    person_kind: float = 0.0
    organization_kind: float = 0.0
    place_kind: float = 0.0
    group_kind: float = 0.0
    other_kind: float = 0.0
    masculine: float = 0.0
    feminine: float = 0.0
    gender_agrees: float = 0.0
    gender_differs: float = 0.0
    kind_fits: float = 0.0
    he_votes: float = 0.0
    she_votes: float = 0.0
    it_votes: float = 0.0
    they_votes: float = 0.0
    phrase_votes: float = 0.0
    gender_votes: float = 0.0
    rank: float = 0.0
    share: float = 0.0
    given_name: float = 0.0
    body_noun: float = 0.0


def kind_fits(reference: Reference, candidate: SpeakerCandidate) -> bool:
    """Whether the reference may mean things of the candidate's kind."""
    if reference.pronoun is PronounClass.THEY:
        return candidate.kind in _SEVERAL
    if reference.pronoun is PronounClass.IT:
        return candidate.kind in _BODY
    return candidate.kind in _WANTED[reference.kind]


def gender_fits(reference: Reference, candidate: SpeakerCandidate) -> bool:
    """Whether the genders don't differ, as far as they are known."""
    return reference.gender is None or candidate.gender in {None, reference.gender}


def traits_of(
    places: EntityPlaces, reference: Reference, chances: Mapping[Referent, float]
) -> Callable[[SpeakerCandidate], TraitFeatures]:
    """What gives the features of each candidate of a reference.

    Args:
        places: Where the text speaks of whom.
        reference: The reference.
        chances: How likely the antecedent scorer takes each referent for what it means.
    """
    lexicon = places.context.lexicon

    def describe(candidate: SpeakerCandidate) -> TraitFeatures:
        entity = candidate.entities[0] if candidate.sort is CandidateSort.ENTITY else None
        first, last = _edge_words(candidate.words)
        return TraitFeatures(
            **{f"{kind.value}_kind": candidate.kind is kind for kind in EntityKind},
            masculine=candidate.gender is Gender.MASCULINE,
            feminine=candidate.gender is Gender.FEMININE,
            gender_agrees=reference.gender is not None and candidate.gender is reference.gender,
            gender_differs=not gender_fits(reference, candidate),
            kind_fits=kind_fits(reference, candidate),
            **_votes(places, reference, candidate, chances),
            rank=_MOST if entity is None else min(places.ranks.get(entity, _MOST), _MOST),
            share=0.0 if entity is None else len(places.mentions(entity).names) / (1 + len(places.names[0])),
            given_name=entity is not None and lexicon.name_gender(first) is not None,
            body_noun=entity is not None and last in lexicon.bodies,
        )

    return describe


def _edge_words(name: str) -> tuple[str, str]:
    words = fold(name).split() or [""]
    return words[0], words[-1]


def _votes(
    places: EntityPlaces, reference: Reference, candidate: SpeakerCandidate, chances: Mapping[Referent, float]
) -> dict[str, float]:
    if candidate.referent is None:
        return {}
    own = chances.get(candidate.referent, 0.0)
    votes = dict(places.mentions(candidate.referent).votes)
    votes[reference.pronoun] = max(votes.get(reference.pronoun, 0.0) - own, 0.0)
    he, she = votes.get(PronounClass.HE, 0.0), votes.get(PronounClass.SHE, 0.0)
    side = {PronounClass.HE: 1, PronounClass.SHE: -1}.get(reference.pronoun, 0) if reference.pronoun else 0
    return {
        "he_votes": log1p(he),
        "she_votes": log1p(she),
        "it_votes": log1p(votes.get(PronounClass.IT, 0.0)),
        "they_votes": log1p(votes.get(PronounClass.THEY, 0.0)),
        "phrase_votes": log1p(votes.get(None, 0.0)),
        "gender_votes": side * ((he + _PRIOR_VOTES) / (he + she + 2 * _PRIOR_VOTES) - 0.5),
    }
