"""Where a text speaks of each entity: by name, by pronouns that may mean it, and as the source of quotes."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate, islice
from operator import itemgetter

from attrs import frozen

from quotesmith.coreference import EntityNumber, PronounClass
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.records import EntityKind, Gender, QuoteKind
from quotesmith.speakers.choice.questions import Questions
from quotesmith.speakers.collectives import find_named_groups
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.noun_phrases import SUBJECTS, Description
from quotesmith.speakers.pronouns.third_person import AntecedentDistribution, AntecedentDistributions, Referent
from quotesmith.speakers.sources import find_name

# From this probability on a pronoun counts as a mention of an entity.
_LIKELY_TAKEN = 0.5
_LEADING = 3
# Keep work linear.
_LAST_NAMED, _NAMES_BACK = 12, 120


@frozen
class NamedSource:
    """A source that names its speaker: its first token, the entity, and its attribution."""

    token: int
    entity: EntityNumber
    attribution: int


@frozen(eq=False)
class EntityMentions:
    """The places of one entity; tokens in order.

    Attributes:
        names: The first tokens of its names.
        subjects: For each of these whether it is a subject.
        takers: The pronouns and phrases that may take it up, with their probabilities.
        votes: The expected number of these by class; None for phrases.
        likely: The tokens of those that probably mean it.
        said: The tokens of the sources that name it.
        as_subject: How many of its names are subjects.
    """

    names: Sequence[int] = ()
    subjects: Sequence[bool] = ()
    takers: Sequence[tuple[int, float]] = ()
    votes: Mapping[PronounClass | None, float] = {}
    likely: Sequence[int] = ()
    said: Sequence[int] = ()
    as_subject: int = 0
    _sums: Sequence[float] = (0.0,)

    @classmethod
    def of(
        cls,
        names: Sequence[tuple[int, bool]],
        takers: Sequence[tuple[int, float, PronounClass | None]],
        said: Sequence[int],
    ) -> "EntityMentions":
        """The places of an entity from its names, with whether each is a subject, and what may take it up."""
        votes: dict[PronounClass | None, float] = defaultdict(float)
        for _, probability, pronoun in takers:
            votes[pronoun] += probability
        ordered = sorted((token, probability) for token, probability, _ in takers)
        subjects = [subject for _, subject in names]
        return cls(
            [token for token, _ in names],
            subjects,
            ordered,
            votes,
            [token for token, probability in ordered if probability > _LIKELY_TAKEN],
            said,
            sum(subjects),
            list(accumulate((probability for _, probability in ordered), initial=0.0)),
        )

    def named_at(self, token: int) -> "EntityMentions":
        """The same of one that has no name, as if it were named where a phrase brings it up."""
        return EntityMentions([token], [False], self.takers, self.votes, self.likely, self.said, 0, self._sums)

    def count_before(self, token: int) -> int:
        """How many of its names stand before a token."""
        return bisect_left(self.names, token)

    def last_before(self, token: int) -> int | None:
        """The last of its names before a token."""
        return _last_before(self.names, token)

    def taken_before(self, token: int) -> int | None:
        """The last of what probably takes it up before a token."""
        return _last_before(self.likely, token)

    def seen_before(self, token: int) -> int | None:
        """The last of its names and of what probably takes it up before a token."""
        places = (self.last_before(token), self.taken_before(token))
        return max((place for place in places if place is not None), default=None)

    def first_after(self, token: int) -> int | None:
        """The first of its names at a token or behind it."""
        return _first_after(self.names, token)

    def taken_after(self, token: int) -> int | None:
        """The first of what probably takes it up at a token or behind it."""
        return _first_after(self.likely, token)

    def takers_before(self, token: int, count: int) -> Sequence[tuple[int, float]]:
        """The last of what may take it up before a token, at most so many."""
        place = bisect_left(self.takers, (token, 0.0))
        return self.takers[max(place - count, 0) : place]

    def taken_in(self, tokens: range) -> float:
        """The expected number of what takes it up among some tokens."""
        low, high = (bisect_left(self.takers, (edge, 0.0)) for edge in (tokens.start, tokens.stop))
        return self._sums[high] - self._sums[low]


def _last_before(places: Sequence[int], token: int) -> int | None:
    place = bisect_left(places, token)
    return places[place - 1] if place else None


def _first_after(places: Sequence[int], token: int) -> int | None:
    place = bisect_left(places, token)
    return places[place] if place < len(places) else None


_UNMENTIONED = EntityMentions()


@frozen(eq=False)
class EntityPlaces:
    """The places of all entities that a text names, as they are before any source is decided.

    Attributes:
        context: The text.
        entities: The places of each entity; names in furniture don't count.
        unnamed: The same for what mentions bring up that are no names.
        names: The first tokens of all names in order, and the entity of each.
        sources: The sources that name their speaker, in order, but those inside of direct speech.
        positions: The first token of each attribution's source in order, and the attribution.
        kinds: What sort of thing each entity is.
        genders: The gender of each.
        ranks: How many entities of its kind the text names more often.
        leading: The entities of each kind that it names most.
        described: What the text says of each.
        by_word: The entities whose names have a word, the most named first.
        groups: The names that "and" joins: the first token and the entities of each.
        paragraphs: The number of each token's paragraph.
        pronouns: The pronouns of each class in order, and what they may mean.
        distributions: What the antecedent scorer says.
        questions: Where those stand who ask, and who are asked.
    """

    context: DocumentContext
    entities: Mapping[EntityNumber, EntityMentions]
    unnamed: Mapping[Referent, EntityMentions]
    names: tuple[Sequence[int], Sequence[EntityNumber]]
    sources: Sequence[NamedSource]
    positions: tuple[Sequence[int], Sequence[int]]
    kinds: Mapping[EntityNumber, EntityKind]
    genders: Mapping[EntityNumber, Gender | None]
    ranks: Mapping[EntityNumber, int]
    leading: Mapping[EntityKind, Sequence[EntityNumber]]
    described: Mapping[EntityNumber, Sequence[Description]]
    by_word: Mapping[str, Sequence[EntityNumber]]
    groups: Sequence[tuple[int, tuple[EntityNumber, ...]]]
    paragraphs: Sequence[int]
    pronouns: Mapping[PronounClass, tuple[Sequence[int], Sequence[AntecedentDistribution]]]
    distributions: AntecedentDistributions
    questions: Questions

    @classmethod
    def of(
        cls, context: DocumentContext, attributions: Sequence[Attribution], distributions: AntecedentDistributions
    ) -> "EntityPlaces":
        """The places of a text's entities; n log n in its names, pronouns and attributions."""
        names = _find_names(context)
        sources, positions = _find_sources(context, attributions)
        takers = _find_takers(distributions)
        spoken: dict[EntityNumber, list[int]] = defaultdict(list)
        for source in sources:
            spoken[source.entity].append(source.token)
        entities = {
            entity: EntityMentions.of(tokens, takers.get(entity, ()), spoken.get(entity, ()))
            for entity, tokens in names.items()
        }
        ordered = sorted((token, entity) for entity, tokens in names.items() for token, _ in tokens)
        described: dict[EntityNumber, list[Description]] = defaultdict(list)
        for pairs in context.described.values():
            for entity, said in pairs:
                described[entity].append(said)
        kinds = {entity: context.entities[entity].kind for entity in entities}
        frequent = sorted(entities, key=lambda entity: (-len(entities[entity].names), entity))
        return cls(
            context,
            entities,
            {one: EntityMentions.of((), found, ()) for one, found in takers.items() if one not in entities},
            ([token for token, _ in ordered], [entity for _, entity in ordered]),
            sources,
            positions,
            kinds,
            {entity: context.entities[entity].gender for entity in entities},
            _rank(frequent, kinds),
            {
                kind: list(islice((entity for entity in frequent if kinds[entity] is kind), _LEADING))
                for kind in EntityKind
            },
            described,
            _index_words(context, frequent),
            find_named_groups(context),
            [context.parsed.paragraph_at(start) for start in context.parsed.starts],
            _find_pronouns(distributions),
            distributions,
            Questions.of(context),
        )

    def mentions(self, referent: Referent | None) -> EntityMentions:
        """The places of an entity or of what a mention brings up."""
        if referent is None:
            return _UNMENTIONED
        found = self.entities.get(referent) if isinstance(referent, int) else self.unnamed.get(referent)
        return _UNMENTIONED if found is None else found

    def pronouns_around(
        self, token: int, pronoun: PronounClass | None
    ) -> tuple[Mapping[Referent, float], Mapping[Referent, float]]:
        """What the last pronoun of a class before a token and the next one behind it may mean; empty without one."""
        tokens, distributions = self.pronouns.get(pronoun, ((), ())) if pronoun is not None else ((), ())
        place = bisect_left(tokens, token)
        behind = place + (place < len(tokens) and tokens[place] == token)
        found = [distributions[n] if 0 <= n < len(tokens) else None for n in (place - 1, behind)]
        before, after = (dict(one.ranked) if one is not None else {} for one in found)
        return before, after

    def groups_before(self, token: int, count: int = 2) -> Sequence[tuple[EntityNumber, ...]]:
        """The last groups that the text joins by "and" before a token, in order."""
        place = bisect_left(self.groups, token, key=itemgetter(0))
        return [members for _, members in self.groups[max(place - count, 0) : place]]

    def last_named(self, token: int) -> list[EntityNumber]:
        """The entities named last before a token, the latest first: at most twelve, among the last 120 names."""
        tokens, owners = self.names
        place = bisect_left(tokens, token)
        return list(islice(dict.fromkeys(reversed(owners[max(place - _NAMES_BACK, 0) : place])), _LAST_NAMED))

    def last_people(self, token: int) -> list[EntityNumber]:
        """The people among the entities named last before a token, the latest first."""
        return [entity for entity in self.last_named(token) if self.kinds[entity] is EntityKind.PERSON]

    def next_named(self, token: int, count: int, reach: int) -> list[EntityNumber]:
        """The entities named next from a token on, the nearest first."""
        tokens, owners = self.names
        place = bisect_left(tokens, token)
        return list(islice(dict.fromkeys(owners[place : place + reach]), count))


def _find_names(context: DocumentContext) -> dict[EntityNumber, list[tuple[int, bool]]]:
    found: dict[EntityNumber, list[tuple[int, bool]]] = defaultdict(list)
    for name, owner in zip(context.names, context.owners, strict=True):
        if not context.parsed.is_furniture(name.start):
            found[owner].append((name.start, context.head_token(name).dep_ in SUBJECTS))
    return dict(found)


def _find_sources(
    context: DocumentContext, attributions: Sequence[Attribution]
) -> tuple[list[NamedSource], tuple[list[int], list[int]]]:
    """The named sources in order, and where each attribution's source begins."""
    sources, positions = [], []
    for number, attribution in enumerate(attributions):
        words = context.parsed.words(attribution.source)
        if not words:
            continue
        positions.append((words[0].i, number))
        place = find_name(context, words)
        parent = None if attribution.parent is None else attributions[attribution.parent]
        if place is not None and (parent is None or parent.kind is not QuoteKind.DIRECT):
            sources.append(NamedSource(words[0].i, context.owners[place], number))
    positions.sort()
    ordered = [token for token, _ in positions], [number for _, number in positions]
    return sorted(sources, key=lambda source: (source.token, source.attribution)), ordered


def _find_takers(
    distributions: AntecedentDistributions,
) -> dict[Referent, list[tuple[int, float, PronounClass | None]]]:
    found: dict[Referent, list[tuple[int, float, PronounClass | None]]] = defaultdict(list)
    for place, distribution in distributions.by_place.items():
        mention = distributions.mentions[place]
        for referent, probability in distribution.ranked:
            found[referent].append((mention.head, probability, mention.pronoun))
    return found


def _find_pronouns(
    distributions: AntecedentDistributions,
) -> dict[PronounClass, tuple[list[int], list[AntecedentDistribution]]]:
    found: dict[PronounClass, list[tuple[int, AntecedentDistribution]]] = defaultdict(list)
    for place, distribution in distributions.by_place.items():
        mention = distributions.mentions[place]
        if mention.pronoun is not None:
            found[mention.pronoun].append((mention.head, distribution))
    ordered = {pronoun: sorted(own, key=itemgetter(0)) for pronoun, own in found.items()}
    return {pronoun: ([head for head, _ in own], [one for _, one in own]) for pronoun, own in ordered.items()}


def _rank(frequent: Sequence[EntityNumber], kinds: Mapping[EntityNumber, EntityKind]) -> dict[EntityNumber, int]:
    counts: Counter[EntityKind] = Counter()
    ranks = {}
    for entity in frequent:
        ranks[entity] = counts[kinds[entity]]
        counts[kinds[entity]] += 1
    return ranks


def _index_words(context: DocumentContext, frequent: Sequence[EntityNumber]) -> dict[str, list[EntityNumber]]:
    found: dict[str, list[EntityNumber]] = defaultdict(list)
    for entity in frequent:
        for word in dict.fromkeys(fold(context.entities[entity].name).replace("-", " ").split()):
            found[word].append(entity)
    return dict(found)
