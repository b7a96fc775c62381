"""Features of what the whole text says of a candidate, held against what a reference says."""

from collections.abc import Callable, Mapping, Sequence
from math import log1p
from typing import Final

from attrs import define, field, frozen

from quotesmith.coreference import EntityNumber
from quotesmith.records import EntityKind
from quotesmith.speakers.choice.candidates import CandidateSort, SpeakerCandidate
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.references import Reference
from quotesmith.speakers.nominals import Roles
from quotesmith.speakers.noun_phrases import Description

_DESCRIBED_KINDS: Final = (EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE)
_MOST_DESCRIPTIONS: Final = 100


@frozen
class Profile:
    """What a text says of an entity, all descriptions together; words are folded.

    Attributes:
        heads: The head nouns.
        words: All words, head nouns included.
        distinguishing: Those like "vice" and "former".
        descriptions: How many descriptions there are.
    """

    heads: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    distinguishing: frozenset[str] = frozenset()
    descriptions: int = 0


_NOTHING_SAID: Final = Profile()


@define(eq=False)
class Profiles:
    """The profiles of a text's entities, each made when it is first asked for."""

    _places: EntityPlaces
    _roles: Roles
    _known: dict[EntityNumber, Profile] = field(factory=dict)

    @classmethod
    def of(cls, places: EntityPlaces, roles: Roles) -> "Profiles":
        """The profiles of a text."""
        return cls(places, roles)

    def __getitem__(self, entity: EntityNumber) -> Profile:
        """What the text says of an entity."""
        if entity not in self._known:
            said = self._places.described.get(entity, ())[:_MOST_DESCRIPTIONS]
            self._known[entity] = _join(self._places, said) if said else _NOTHING_SAID
        return self._known[entity]

    def features_of(self, reference: Reference) -> Callable[[SpeakerCandidate], "ProfileFeatures"]:
        """What gives the features of each candidate of a reference."""
        said = reference.said
        if said is None:
            return lambda candidate: ProfileFeatures(descriptions=self._count(candidate))
        fits = {
            kind: dict(self._roles.fitting(said, kind)) for kind in dict.fromkeys((reference.kind, *_DESCRIBED_KINDS))
        }
        own = fits[reference.kind]
        best = max(own.values(), default=0.0)
        fitting = sum(fit >= best for fit in own.values())
        heads = {said.head, *self._places.context.lexicon.synonyms.get(said.head, ())}

        def describe(candidate: SpeakerCandidate) -> ProfileFeatures:
            if candidate.sort is not CandidateSort.ENTITY:
                return ProfileFeatures(best_fit=best, fitting=len(own))
            entity = candidate.entities[0]
            fit = own.get(entity, 0.0)
            return ProfileFeatures(
                best_fit=best,
                fitting=len(own),
                fit=fit,
                any_fit=max((fit_of.get(entity, 0.0) for fit_of in fits.values()), default=0.0),
                fits_best=fit > 0 and fit >= best,
                fits_alone=fit > 0 and fit >= best and fitting == 1,
                **self._compare(said, heads, entity),
            )

        return describe

    def _count(self, candidate: SpeakerCandidate) -> float:
        return log1p(self[candidate.entities[0]].descriptions) if candidate.sort is CandidateSort.ENTITY else 0.0

    def _compare(self, said: Description, heads: set[str], entity: EntityNumber) -> Mapping[str, float]:
        context, profile = self._places.context, self[entity]
        asked = said.modifiers | said.complement
        known = context.affiliations.get(entity, frozenset())
        special = asked & (context.lexicon.distinguishing | context.lexicon.former)
        return {
            "descriptions": log1p(profile.descriptions),
            "same_head": said.head in profile.heads,
            "like_head": not heads.isdisjoint(profile.heads),
            "head_said": said.head in profile.words,
            "words_said": len(asked & profile.words),
            "share_said": len(asked & profile.words) / max(len(asked), 1),
            "proper_said": len(said.proper & profile.words),
            "proper_missing": len(said.proper - profile.words),
            "affiliation": len(said.affiliations & known),
            "other_affiliation": bool(said.affiliations and known and not said.affiliations & known),
            "distinguished": special <= profile.distinguishing,
            "more_distinguished": len(profile.distinguishing - special),
        }


def _join(places: EntityPlaces, said: Sequence[Description]) -> Profile:
    lexicon = places.context.lexicon
    words = frozenset(word for one in said for word in (*one.modifiers, *one.complement, one.head) if word)
    return Profile(
        frozenset(one.head for one in said if one.head),
        words,
        words & (lexicon.distinguishing | lexicon.former),
        len(said),
    )


@frozen(kw_only=True)
class ProfileFeatures:
    """How what the text says of a candidate fits a description; what isn't so is 0.

    Attributes:
        best_fit: How well the description fits anybody of its kind.
        fitting: How many it fits.
        fit: How well it fits the candidate.
        any_fit: How well it fits, if it may be of another kind.
        fits_best: It fits nobody better.
        fits_alone: It fits nobody else as well.
        descriptions: The logarithm of how much is said of the candidate.
        same_head: The head noun is said of it.
        like_head: That or a noun like it is.
        head_said: The head noun is among the words said of it.
        words_said: Other words of the description that are said of it.
        share_said: Their share.
        proper_said: Names in the description that are said of it.
        proper_missing: Names that aren't.
        affiliation: Countries, states and parties that are its own.
        other_affiliation: It has others.
        distinguished: Words like "vice" and "former" are said of it, if the description has some.
        more_distinguished: Such words said of it that the description lacks.
    """

    best_fit: float = 0.0
    fitting: float = 0.0
    fit: float = 0.0
    any_fit: float = 0.0
    fits_best: float = 0.0
    fits_alone: float = 0.0
    descriptions: float = 0.0
    same_head: float = 0.0
    like_head: float = 0.0
    head_said: float = 0.0
    words_said: float = 0.0
    share_said: float = 0.0
    proper_said: float = 0.0
    proper_missing: float = 0.0
    affiliation: float = 0.0
    other_affiliation: float = 0.0
    distinguished: float = 0.0
    more_distinguished: float = 0.0
