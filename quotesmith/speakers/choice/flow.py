"""Features of the quotes around a reference: who speaks before and behind it, and around it."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from math import log1p
from operator import attrgetter
from typing import Final

from attrs import frozen

from quotesmith.coreference import EntityNumber
from quotesmith.extraction.attributions import Attribution
from quotesmith.speakers.choice.candidates import CandidateSort, SpeakerCandidate
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.references import Reference

_FAR: Final = 25.0
_MOST_SENTENCES: Final = 20
_SOURCES: Final = 30
_MOST_RANK: Final = 8


@frozen(kw_only=True)
class FlowFeatures:
    """How the quotes around a reference speak for a candidate; what isn't so is 0.

    Attributes:
        gap: Sentences from the source before, whoever it names.
        previous_named: The source before names somebody.
        previous_alike: The source before is the same pronoun.
        sources: The logarithm of the sources that name the candidate.
        sources_before: Of those before.
        sources_behind: Of those behind.
        source_sentences: Sentences from the last source that names it.
        source_rank: How many others sources named since.
        last_source: The last source that names somebody names it.
        next_source: The next one names it.
        previous: The source before names it.
        following: The source behind names it.
        in_previous_content: The quote before names it.
        encloses: It speaks the quote around the reference.
        encloses_parent: It speaks the quote in whose words the quote stands.
        speaks_last: It speaks the last quote that begins before.
        linked: Another resolver puts it into one cluster with the reference.
    """

    gap: float = 0.0
    previous_named: float = 0.0
    previous_alike: float = 0.0
    sources: float = 0.0
    sources_before: float = 0.0
    sources_behind: float = 0.0
    source_sentences: float = _FAR
    source_rank: float = _MOST_RANK
    last_source: float = 0.0
    next_source: float = 0.0
    previous: float = 0.0
    following: float = 0.0
    in_previous_content: float = 0.0
    encloses: float = 0.0
    encloses_parent: float = 0.0
    speaks_last: float = 0.0
    linked: float = 0.0


@frozen(eq=False)
class QuoteFlow:
    """The quotes around references.

    Attributes:
        places: Where the text speaks of whom.
        attributions: The quotes.
    """

    places: EntityPlaces
    attributions: Sequence[Attribution]
    _named: dict[int, EntityNumber]

    @classmethod
    def of(cls, places: EntityPlaces, attributions: Sequence[Attribution]) -> "QuoteFlow":
        """The quotes of a text; linear in them."""
        return cls(places, attributions, {source.attribution: source.entity for source in places.sources})

    def features_of(
        self,
        reference: Reference,
        around: frozenset[EntityNumber],
        last: frozenset[EntityNumber],
        linked: frozenset[EntityNumber],
    ) -> Callable[[SpeakerCandidate], FlowFeatures]:
        """What gives the features of each candidate of a reference.

        Args:
            reference: The reference.
            around: The speakers of the quote in whose content it stands.
            last: The speakers of the quote before.
            linked: The entities that another resolver puts into one cluster with it.
        """
        before, behind = self._neighbours(reference)
        sources = self.places.sources
        place = bisect_left(sources, reference.start, key=attrgetter("token"))
        earlier = [source.entity for source in reversed(sources[max(place - _SOURCES, 0) : place])]
        order = list(dict.fromkeys(earlier))
        later = next((one.entity for one in sources[place : place + 2] if one.token >= reference.end), None)
        shared = self._shared(reference, before)
        parent = None if reference.attribution is None else self.attributions[reference.attribution].parent
        speaks_parent = None if parent is None else self._named.get(parent)

        def describe(candidate: SpeakerCandidate) -> FlowFeatures:
            if candidate.sort is not CandidateSort.ENTITY:
                return FlowFeatures(**shared)
            entity = candidate.entities[0]
            return FlowFeatures(
                **shared,
                **self._sources_of(reference, entity),
                source_rank=min(order.index(entity), _MOST_RANK) if entity in order else _MOST_RANK,
                last_source=bool(order) and order[0] == entity,
                next_source=later == entity,
                previous=before is not None and self._named.get(before) == entity,
                following=behind is not None and self._named.get(behind) == entity,
                in_previous_content=0 if before is None else self._named_in(before, entity),
                encloses=entity in around,
                speaks_last=entity in last,
                encloses_parent=speaks_parent == entity,
                linked=entity in linked,
            )

        return describe

    def _neighbours(self, reference: Reference) -> tuple[int | None, int | None]:
        """The attributions whose sources stand right before and behind a reference."""
        tokens, numbers = self.places.positions
        place = bisect_left(tokens, reference.start)
        before = numbers[place - 1] if place else None
        while place < len(tokens) and tokens[place] < reference.end:
            place += 1
        return before, numbers[place] if place < len(tokens) else None

    def _shared(self, reference: Reference, before: int | None) -> dict[str, float]:
        if before is None:
            return {"gap": _FAR}
        parsed = self.places.context.parsed
        words = parsed.words(self.attributions[before].source)
        gap = parsed.sentences[reference.start] - parsed.sentences[words[0].i]
        is_alike = reference.is_bare_pronoun and len(words) == 1 and words[0].lower_ == reference.head.lower_
        return {
            "gap": min(gap, _MOST_SENTENCES),
            "previous_named": before in self._named,
            "previous_alike": is_alike,
        }

    def _sources_of(self, reference: Reference, entity: EntityNumber) -> dict[str, float]:
        said, sentences = self.places.mentions(entity).said, self.places.context.parsed.sentences
        before = bisect_left(said, reference.start)
        behind = len(said) - bisect_left(said, reference.end)
        distance = _FAR if not before else sentences[reference.start] - sentences[said[before - 1]]
        return {
            "sources": log1p(before + behind),
            "sources_before": log1p(before),
            "sources_behind": log1p(behind),
            "source_sentences": min(distance, _MOST_SENTENCES) if before else _FAR,
        }

    def _named_in(self, number: int, entity: EntityNumber) -> int:
        mentions, parsed = self.places.mentions(entity), self.places.context.parsed
        tokens = [parsed.tokens(span) for span in self.attributions[number].content]
        return sum(mentions.count_before(one.stop) - mentions.count_before(one.start) for one in tokens)
