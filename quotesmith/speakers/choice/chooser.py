"""The choice whom a reference means, among its candidates."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final, Protocol, TypeAlias

import numpy as np
from attrs import define, evolve, frozen
from numpy.typing import NDArray

from quotesmith.coreference import GENDERS, EntityNumber, MentionCandidate
from quotesmith.extraction.attributions import Attribution
from quotesmith.records import QuoteKind
from quotesmith.speakers.choice.candidates import CandidateFinder, CandidateSort, SeenPhrase, SpeakerCandidate
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.features import FEATURES, FeatureReader
from quotesmith.speakers.choice.flow import QuoteFlow
from quotesmith.speakers.choice.grounds import find_grounds
from quotesmith.speakers.choice.head_nouns import HeadNouns
from quotesmith.speakers.choice.profiles import Profiles
from quotesmith.speakers.choice.references import Reference
from quotesmith.speakers.nominals import Roles
from quotesmith.speakers.pronouns.third_person import AntecedentDistribution, UnnamedReferent
from quotesmith.speakers.quotation_levels import QuotationLevels, Unattributed

# What is learned from news takes the main character of a novel for anybody: of "said the Owl" and the like in two
# novels, 75 of 100 were right by it, 88 with this. So a name decides there, with this chance.
_NAMED_IN_DIALOGUE: Final = 0.9
# Where the antecedent scorer takes a pronoun that is no source for an entity by this chance, that is right in 95.3 of
# 100 places, and the choice in 95.6 (5,164 of PolNeAR train); it costs ten times as much.
_SURE_LINK: Final = 0.9
# Keeps work linear: quotes among which the one before is looked for.
_QUOTES_BACK: Final = 6

CandidateFeatures: TypeAlias = NDArray[np.float32]
"""The features of a reference's candidates, (candidates, features)."""
CandidateChances: TypeAlias = NDArray[np.float64]
"""How likely a reference means each of its candidates, (candidates,); they sum up to 1."""


class ChoiceModel(Protocol):
    """Says whom a reference means."""

    @property
    def nouns(self) -> HeadNouns:
        """The tables of head nouns of which it knows."""

    def __call__(
        self, reference: Reference, candidates: Sequence[SpeakerCandidate], features: CandidateFeatures, /
    ) -> CandidateChances:
        """How likely each candidate is."""

    def weigh(self, features: NDArray[np.float32], other: NDArray[np.float32]) -> Mapping[str, float]:
        """How much each feature in which they differ speaks for a candidate against another, by its name."""


@frozen(eq=False)
class SpeakerChoice:
    """Whom a reference means.

    Attributes:
        reference: The reference.
        ranked: The candidates with their chances, the likeliest first.
        grounds: What weighed most for the likeliest against the next one, most first.
    """

    reference: Reference
    ranked: Sequence[tuple[float, SpeakerCandidate]]
    grounds: tuple[str, ...] = ()

    @property
    def best(self) -> SpeakerCandidate:
        """The likeliest."""
        return self.ranked[0][1]

    @property
    def chance(self) -> float:
        """The chance that the likeliest is right; one without a name is, if any without a name is.

        But which of those a pronoun means matters.
        """
        if self.best.is_named or (self.best.sort is CandidateSort.PHRASE and self.reference.pronoun is not None):
            return self.ranked[0][0]
        return min(1.0, sum(chance for chance, candidate in self.ranked if not candidate.is_named))

    @property
    def method(self) -> str:
        """How the words refer to the likeliest: "name", "group", "coreference" or "nominal"."""
        if self.best.sort is CandidateSort.SET:
            return "group"
        if self.reference.pronoun is not None:
            return "coreference"
        is_name = self.best.sort is CandidateSort.ENTITY and self.best.entities[0] == self.reference.named
        return "name" if is_name else "nominal"

    def without_names(self) -> "SpeakerChoice":
        """The same with those who have no name first."""
        return evolve(self, ranked=sorted(self.ranked, key=lambda pair: pair[1].is_named), grounds=())


@frozen(eq=False)
class ReferenceSurroundings:
    """What is known of the places where references stand.

    Attributes:
        levels: Whose words each word is.
        linked: For some tokens the entities that another resolver puts into one cluster with them.
        speakers: The speakers of the attributions as far as they are decided; whoever decides adds to it.
        is_dialogue: Whether the text is a dialogue, as novels are.
    """

    levels: QuotationLevels
    linked: Mapping[int, frozenset[EntityNumber]]
    speakers: Mapping[int, tuple[EntityNumber, ...]]
    is_dialogue: bool = False

    def speakers_around(self, reference: Reference) -> frozenset[EntityNumber]:
        """The speakers of the quote in whose content a reference stands, but not of its own."""
        around = self.levels.innermost(reference.start)
        is_other = around is not None and around != reference.attribution
        return frozenset(self.speakers.get(around, ())) if around is not None and is_other else frozenset()

    def never_meant(self, reference: Reference) -> frozenset[EntityNumber]:
        """Who says "he" or "she" word by word, and so isn't meant: that one would say "I"."""
        number = self.levels.saying(reference.start)
        if reference.pronoun not in GENDERS or isinstance(number, Unattributed) or number == reference.attribution:
            return frozenset()
        return frozenset(self.speakers.get(number, ()))


@define(eq=False)
class SpeakerChooser:
    """Chooses whom references mean, which are asked about in text order."""

    _reader: FeatureReader
    _surroundings: ReferenceSurroundings
    _model: ChoiceModel

    @classmethod
    def of(
        cls,
        places: EntityPlaces,
        attributions: Sequence[Attribution],
        roles: Roles,
        surroundings: ReferenceSurroundings,
        model: ChoiceModel,
    ) -> "SpeakerChooser":
        """A chooser that has seen nothing of a text yet.

        Args:
            places: Where the text speaks of whom.
            attributions: Its quotes.
            roles: Its entities by what it says of them.
            surroundings: What is known of the places where references stand.
            model: Says how likely each candidate is.
        """
        finder, flow = (
            CandidateFinder.of(places, roles, dialogue=surroundings.is_dialogue),
            QuoteFlow.of(places, attributions),
        )
        reader = FeatureReader(places, finder, Profiles.of(places, roles), flow, model.nouns)
        return cls(reader, surroundings, model)

    def see(self, phrase: SeenPhrase) -> None:
        """A phrase brings up an entity of its own."""
        self._reader.finder.see(phrase)

    def see_several(self, entities: tuple[EntityNumber, ...]) -> None:
        """A reference means several entities together."""
        self._reader.finder.see_several(entities)

    def see_named(self, reference: Reference) -> None:
        """A reference means somebody who has a name."""
        self._reader.finder.see_named(reference.start)

    def mention_of(self, referent: UnnamedReferent) -> MentionCandidate:
        """The mention that brings up a referent."""
        return self._reader.places.distributions.mentions[referent.place]

    def choose(self, reference: Reference, own_words: str) -> SpeakerChoice:
        """Whom a reference means.

        Args:
            reference: The reference.
            own_words: What would name an entity of its own.
        """
        reader, head = self._reader, reference.head.i
        distribution = reader.places.distributions.at(head)
        if self._surroundings.is_dialogue and reference.named is not None:
            return SpeakerChoice(reference, [(_NAMED_IN_DIALOGUE, reader.finder.entity(reference.named))])
        never = self._surroundings.never_meant(reference)
        sure = _sure_link(reference, distribution)
        if sure is not None and sure[1] not in never:
            return SpeakerChoice(reference, [(sure[0], reader.finder.entity(sure[1]))])
        found = reader.finder.find(reference, own_words, distribution)
        candidates = [candidate for candidate in found if never.isdisjoint(candidate.entities)]
        features = reader(
            reference,
            candidates,
            distribution,
            around=self._surroundings.speakers_around(reference),
            last=self._last_speakers(reference),
            quoted=self._surroundings.levels.is_quoted(reference.start),
            linked=self._surroundings.linked.get(head, frozenset()),
            own_words=own_words,
        )
        chances = self._model(reference, candidates, features)
        if reference.is_only_name:
            chances = _without_other_names(chances, candidates, reference.named)
        order = np.argsort(-chances, kind="stable").tolist()
        grounds = self._find_grounds(features, order) if reference.attribution is not None else ()
        return SpeakerChoice(reference, [(float(chances[place]), candidates[place]) for place in order], grounds)

    def _last_speakers(self, reference: Reference) -> frozenset[EntityNumber]:
        """The speakers of the last quote that begins before a reference, is not its own and doesn't hold it.

        What somebody quotes word by word doesn't count.
        """
        quotes = self._reader.flow.attributions
        start, around = reference.head.idx, self._surroundings.levels.innermost(reference.start)
        place = bisect_left(quotes, start, key=lambda quote: quote.content[0].start)
        for number in range(place - 1, max(place - 1 - _QUOTES_BACK, -1), -1):
            parent = quotes[number].parent
            is_inside = parent is not None and quotes[parent].kind is QuoteKind.DIRECT
            speakers = self._surroundings.speakers.get(number, ())
            if speakers and not is_inside and number not in {reference.attribution, around}:
                return frozenset(speakers)
        return frozenset()

    def _find_grounds(self, features: CandidateFeatures, order: Sequence[int]) -> tuple[str, ...]:
        """What weighed most for the first of the candidates against the second; nothing where there is only one."""
        if len(order) == 1:
            return ()
        best, next_one = features[order[0]], features[order[1]]
        return find_grounds(self._model.weigh(best, next_one), dict(zip(FEATURES, best.tolist(), strict=True)))


def _sure_link(reference: Reference, distribution: AntecedentDistribution | None) -> tuple[float, EntityNumber] | None:
    """The entity that a pronoun means for sure, with its chance; None for sources, about which everything is asked."""
    if reference.attribution is not None or reference.pronoun is None or distribution is None:
        return None
    entity, chance = next(iter(distribution.ranked), (None, 0.0))
    return (chance, entity) if isinstance(entity, int) and chance >= _SURE_LINK else None


def _without_other_names(
    chances: CandidateChances, candidates: Sequence[SpeakerCandidate], named: EntityNumber | None
) -> CandidateChances:
    """The chances of a bare name's candidates: which of its bearers it means, the names of the text say as well.

    The choice differs in 16 of 1,310 places in articles left out, and is right in 3 of these, the names in 6.
    """
    is_other = np.array([one.is_named and one.entities != (named,) for one in candidates])
    kept = np.where(is_other, 0.0, chances)
    return kept / kept.sum() if kept.any() else chances
