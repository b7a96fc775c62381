"""All features of a reference's candidates, in one row each."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

import attrs
import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotesmith.coreference import EntityNumber
from quotesmith.extraction.attributions import Attribution
from quotesmith.speakers.choice.candidates import CandidateFinder, SpeakerCandidate
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.flow import FlowFeatures, QuoteFlow
from quotesmith.speakers.choice.head_nouns import HeadNouns, NounFeatures
from quotesmith.speakers.choice.links import LinkFeatures, chances_of, links_of
from quotesmith.speakers.choice.nearness import NearnessFeatures, nearness_of
from quotesmith.speakers.choice.profiles import ProfileFeatures, Profiles
from quotesmith.speakers.choice.references import Reference
from quotesmith.speakers.choice.sets import SetFeatures, sets_of
from quotesmith.speakers.choice.traits import TraitFeatures, gender_fits, kind_fits, traits_of
from quotesmith.speakers.choice.wording import ReferenceFeatures, WordingFeatures, describe_reference, wording_of
from quotesmith.speakers.pronouns.third_person import AntecedentDistribution

_GROUPS: Final[tuple[type[Any], ...]] = (
    WordingFeatures,
    NearnessFeatures,
    TraitFeatures,
    FlowFeatures,
    LinkFeatures,
    ProfileFeatures,
    SetFeatures,
    NounFeatures,
    ReferenceFeatures,
)
_FEATURE_NAMES: Final = tuple(tuple(one.name for one in attrs.fields(group)) for group in _GROUPS)
FEATURES: Final = tuple(name for names in _FEATURE_NAMES for name in names)
"""The names of all features, in the order of a row."""
FEATURE_GROUPS: Final[Mapping[str, str]] = {
    name: group.__name__ for group, names in zip(_GROUPS, _FEATURE_NAMES, strict=True) for name in names
}
"""The class to which each feature belongs."""
_GETTERS: Final = tuple(attrgetter(*names) for names in _FEATURE_NAMES)


@frozen(eq=False)
class FeatureReader:
    """Reads the features of a text's references.

    Attributes:
        places: Where the text speaks of whom.
        finder: What found the candidates, and knows the phrases before.
        profiles: What the text says of its entities.
        flow: Its quotes.
        nouns: Tables of head nouns.
    """

    places: EntityPlaces
    finder: CandidateFinder
    profiles: Profiles
    flow: QuoteFlow
    nouns: HeadNouns

    def __call__(
        self,
        reference: Reference,
        candidates: Sequence[SpeakerCandidate],
        distribution: AntecedentDistribution | None,
        *,
        around: frozenset[EntityNumber],
        last: frozenset[EntityNumber],
        quoted: bool,
        linked: frozenset[EntityNumber],
        own_words: str,
    ) -> NDArray[np.float32]:
        """The features of each candidate, (candidates, features).

        Args:
            reference: The reference.
            candidates: Whom it may mean.
            distribution: What the antecedent scorer says of it.
            around: The speakers of the quote in whose content it stands.
            last: The speakers of the quote before.
            quoted: Whether it stands in marks.
            linked: The entities that another resolver puts into one cluster with it.
            own_words: What would name an entity of its own.
        """
        context, attributions = self.places.context, self.flow.attributions
        quote = None if reference.attribution is None else attributions[reference.attribution]
        paragraph = self.places.paragraphs[reference.start]
        itself = describe_reference(
            context, reference, quote, paragraph, quoted=quoted, seen=self.finder.has_seen(own_words)
        )
        describers = (
            wording_of(context, self.finder, reference),
            nearness_of(self.places, reference, candidates, _content(quote), lambda one: _may_mean(reference, one)),
            traits_of(self.places, reference, chances_of(distribution)),
            self.flow.features_of(reference, around, last, linked),
            links_of(self.places, reference, distribution),
            self.profiles.features_of(reference),
            sets_of(self.places, self.profiles, reference, candidates),
        )
        nouns = self.nouns.describe(reference.noun, [(one.is_named, one.kind) for one in candidates])
        of_reference = _GETTERS[-1](itself)
        rows = []
        for candidate, noun in zip(candidates, nouns, strict=True):
            own = [describe(candidate) for describe in describers]
            rows.append([value for get, one in zip(_GETTERS, (*own, noun), strict=False) for value in get(one)])
        return np.array([[*row, *of_reference] for row in rows], dtype=np.float32)


def _content(attribution: Attribution | None) -> Any:
    return () if attribution is None else attribution.content


def _may_mean(reference: Reference, candidate: SpeakerCandidate) -> bool:
    return kind_fits(reference, candidate) and gender_fits(reference, candidate)
