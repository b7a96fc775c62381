"""What the steps of this room read: what the names of a text say, which is fixed, and who is in play, which changes."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, evolve, field, frozen
from spacy.tokens import Token

from quotesmith.coreference import EntityNumber
from quotesmith.extraction.text_style import TextStyle
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, Gender, MentionForm, TextSpan, TextSpans
from quotesmith.speakers.entities import EntityDraft, EntityTable, MentionNumber, name_forms
from quotesmith.speakers.fiction.cast import read_cast
from quotesmith.speakers.names import (
    Describer,
    Gazetteer,
    LabelledSpeaker,
    Name,
    NamedEntity,
    NameKinds,
    TextNames,
    as_listed,
    head_token,
    read_names,
    told_gender,
)
from quotesmith.speakers.noun_phrases import SUBJECTS, Description, clause_head
from quotesmith.speakers.settings import SpeakerSettings

# Keeps work linear: a pronoun costs the same wherever it stands.
MAX_ENTITIES_IN_PLAY = 24
MAX_PAIRS_IN_PLAY = 8
# Words of a name that may be a person's though the recognizer takes it for a body's.
_LONGEST_PERSON = 3


@frozen
class Sight:
    """The last place where an entity was mentioned: token, sentence, whether as subject."""

    token: int
    sentence: int
    subject: bool


@define(eq=False)
class Discourse:
    """Who is in play at the place that is being read; fed in text order."""

    _entities: EntityTable
    _sights: dict[EntityNumber, Sight] = field(factory=dict)
    _pair: tuple[tuple[EntityNumber, ...], int] | None = None
    _pairs: deque[tuple[EntityNumber, ...]] = field(factory=lambda: deque(maxlen=MAX_PAIRS_IN_PLAY))

    def see(self, entity: EntityNumber, sight: Sight) -> None:
        """An entity is mentioned."""
        # Taken out and put in again: a dict keeps the order of last mention.
        self._sights.pop(entity, None)
        self._sights[entity] = sight
        members = self._entities[entity].members
        if members:
            self.see_pair(members, sight.sentence)

    def see_pair(self, members: tuple[EntityNumber, ...], sentence: int) -> None:
        """Entities are mentioned together; more than `max_members` are a list that nothing takes up."""
        self._pair = (members, sentence) if len(members) <= self._entities.max_members else None
        if self._pair is not None:
            self._pairs.appendleft(members)

    def in_play(self) -> Iterable[tuple[EntityNumber, Sight]]:
        """The entities mentioned last with their last places, latest first."""
        for number, (entity, sight) in enumerate(reversed(self._sights.items())):
            if number >= MAX_ENTITIES_IN_PLAY:
                return
            yield entity, sight

    def last_of(self, kind: EntityKind, count: int) -> tuple[EntityNumber, ...]:
        """The `count` entities of a kind that were mentioned last, or fewer, the earlier mentioned first."""
        found = [entity for entity, _ in self.in_play() if self._entities[entity].kind is kind]
        return tuple(reversed(found[:count]))

    def last_pair(self, kind: EntityKind | None) -> tuple[EntityNumber, ...]:
        """The members of the group mentioned last, if they are of the kind; otherwise the last two that are."""
        if self._pair is not None and all(kind in (None, self._entities[member].kind) for member in self._pair[0]):
            return self._pair[0]
        return self.last_of(kind, 2) if kind is not None else ()

    def pairs(self) -> Iterable[tuple[EntityNumber, ...]]:
        """The members of the groups mentioned last, latest first."""
        return self._pairs


@frozen(eq=False)
class DocumentContext:
    """A text, the people and bodies that it names, and who is in play while it is read.

    The first attributes are fixed when the names are read; `entities` and `discourse` change with each step, the
    entities only through the methods of their table.

    Attributes:
        parsed: The text, its positions looked up.
        lexicon: Words about people.
        settings: Thresholds and weights.
        names: The names in text order.
        owners: The entity of each name.
        name_mentions: The mention that each name is.
        name_at: The position in `names` of the name that covers a token.
        described: The entities that a role noun describes, with all that is said of them.
        affiliations: The countries, states and parties of the entities of which the text names some.
        writers: The names of people whom only furniture names: in bylines, those who wrote the text.
        labelled: The entity of each label of a layout.
        entities: Entities and mentions found so far.
        discourse: Who is in play at the place that is being read.
        kinds: What the encoder takes the names for; None without an encoder.
    """

    parsed: ParsedText
    lexicon: PeopleLexicon
    settings: SpeakerSettings
    names: Sequence[Name]
    owners: Sequence[EntityNumber]
    name_mentions: Sequence[MentionNumber]
    name_at: Mapping[int, int]
    described: Mapping[str, Sequence[tuple[EntityNumber, Description]]]
    affiliations: Mapping[EntityNumber, frozenset[str]]
    writers: Sequence[Name]
    labelled: Mapping[TextSpan, EntityNumber]
    entities: EntityTable
    discourse: Discourse
    kinds: NameKinds | None = None
    _called: dict[str, frozenset[EntityNumber]] = field(factory=dict, init=False, repr=False)

    @classmethod
    def of(
        cls,
        parsed: ParsedText,
        sources: Sequence[TextSpans],
        lexicon: PeopleLexicon,
        gazetteer: Gazetteer | None,
        settings: SpeakerSettings,
        *,
        kinds: NameKinds | None = None,
        style: TextStyle = TextStyle.NEWS,
    ) -> "DocumentContext":
        """The context of a Doc, all its names read; what the gazetteer lists wins over guesses."""
        if style is TextStyle.FICTION:
            found = read_cast(parsed, sources, lexicon, gazetteer, settings, kinds=kinds)
        else:
            found = read_names(parsed, sources, lexicon, gazetteer, settings.names, kinds=kinds)
        names = found.names
        entities = EntityTable(settings.max_members)
        owners = _add_named(entities, found, parsed, lexicon)
        mentions = [
            entities.place_mention((name.label or parsed.span(name.start, name.end),), MentionForm.NAME, owner)
            for name, owner in zip(names, owners, strict=True)
        ]
        labelled = _add_labelled(entities, found, owners, parsed)
        name_at = {token: place for place, name in enumerate(names) for token in range(name.start, name.end)}
        described, affiliations = _describe_named(names, owners, Describer(parsed, lexicon, name_at, settings.names))
        for entity in _find_people_by_roles(entities, described, lexicon):
            entities.set_kind(entity, EntityKind.PERSON)
        return cls(
            parsed,
            lexicon,
            settings,
            names,
            owners,
            mentions,
            name_at,
            described,
            affiliations,
            found.writers,
            labelled,
            entities,
            Discourse(entities),
            kinds,
        )

    def people_called(self, role: str) -> frozenset[EntityNumber]:
        """The people whom a role noun describes; looked for once, when it is known who is a person."""
        if role not in self._called:
            said = (entity for entity, _ in self.described.get(role, ()))
            self._called[role] = frozenset(entity for entity in said if self.is_person(entity))
        return self._called[role]

    def is_person(self, entity: EntityNumber) -> bool:
        """Whether an entity is a person, as far as is known by now."""
        return self.entities[entity].kind is EntityKind.PERSON

    def span_of(self, tokens: Sequence[Token]) -> TextSpan:
        """The characters from the first to the last of the tokens."""
        return self.parsed.span(tokens[0].i, tokens[-1].i + 1)

    def entity_of(self, token: Token) -> EntityNumber | None:
        """The entity that a mention of just this word means."""
        return self.entities.entity_at((self.parsed.span(token.i, token.i + 1),))

    def sight(self, token: Token) -> Sight:
        """How the mention with that head word stands in its sentence."""
        head = clause_head(token)
        return Sight(head.i, self.parsed.sentences[head.i], head.dep_ in SUBJECTS)

    def head_token(self, name: Name) -> Token:
        """The word of a name on which its others depend."""
        return head_token(self.parsed.doc, name)


def _add_named(
    entities: EntityTable, found: TextNames, parsed: ParsedText, lexicon: PeopleLexicon
) -> list[EntityNumber]:
    """The entity of each name, all of them added in order of their first names."""
    owners: dict[int, EntityNumber] = {}
    drafts = [_draft(entity, found, parsed, lexicon) for entity in found.entities]
    called = Counter(fold(draft.name) for draft in drafts if draft.kind is EntityKind.PERSON)
    for entity, draft in zip(found.entities, drafts, strict=True):
        number = entities.add(_with_title(draft, entity, found) if called[fold(draft.name)] > 1 else draft)
        owners.update(dict.fromkeys(entity.names, number))
    return [owners[place] for place in range(len(found.names))]


def _add_labelled(
    entities: EntityTable, found: TextNames, owners: Sequence[EntityNumber], parsed: ParsedText
) -> dict[TextSpan, EntityNumber]:
    """The entity of each label, each a mention; those of roles are added, since they are no names."""
    known = {name.speaker: owner for name, owner in zip(found.names, owners, strict=True) if name.speaker is not None}
    for number, speaker in enumerate(found.labelled.speakers):
        if number not in known and not speaker.members:
            known[number] = entities.add(_unnamed_draft(speaker))
    for number, speaker in enumerate(found.labelled.speakers):
        if speaker.members:
            known[number] = entities.add_group([known[member] for member in speaker.members])
    labelled: dict[TextSpan, EntityNumber] = {}
    for turn, number in zip(parsed.layout.turns, found.labelled.of_turns, strict=True):
        speaker = found.labelled.speakers[number]
        form = MentionForm.NAME if speaker.named else MentionForm.NOMINAL
        if turn.label not in labelled:
            entities.place_mention((turn.label,), form, known[number])
            labelled[turn.label] = known[number]
    return labelled


def _unnamed_draft(speaker: LabelledSpeaker) -> EntityDraft:
    forms = dict.fromkeys(form for form in speaker.labels if form != speaker.name)
    return EntityDraft(speaker.name, speaker.kind, speaker.named, aliases=tuple(forms))


def _describe_named(
    names: Sequence[Name], owners: Sequence[EntityNumber], describer: Describer
) -> tuple[dict[str, list[tuple[EntityNumber, Description]]], dict[EntityNumber, frozenset[str]]]:
    """What the text says of each entity, by role noun and without repetition; and its affiliations."""
    described = defaultdict(list)
    affiliations: dict[EntityNumber, frozenset[str]] = defaultdict(frozenset)
    said = ((owner, description) for name, owner in zip(names, owners, strict=True) for description in describer(name))
    for entity, description in dict.fromkeys(said):
        described[description.head].append((entity, description))
        affiliations[entity] |= description.affiliations
    return dict(described), dict(affiliations)


def _find_people_by_roles(
    entities: EntityTable, described: Mapping[str, Sequence[tuple[EntityNumber, Description]]], lexicon: PeopleLexicon
) -> Iterator[EntityNumber]:
    """What the recognizer took for a body, and to which the text gives a role that only people have."""
    roles = (lexicon.person_nouns.keys() | lexicon.trades | lexicon.titles.keys()) - lexicon.shared_roles
    for entity in {entity for role in roles for entity, _ in described.get(role, ())}:
        draft = entities[entity]
        words = [fold(word) for word in draft.name.split()]
        is_short = 1 < len(words) <= _LONGEST_PERSON and draft.identifier is None
        is_body = any(word in lexicon.bodies or word in roles or word in lexicon.ordinary for word in words)
        if draft.kind in {EntityKind.ORGANIZATION, EntityKind.OTHER} and is_short and not is_body:
            yield entity


def _draft(entity: NamedEntity, found: TextNames, parsed: ParsedText, lexicon: PeopleLexicon) -> EntityDraft:
    own = [found.names[place] for place in entity.names]
    written = [name for name in own if name.speaker is None]
    forms = [parsed.span(name.start, name.end).of(parsed.text) for name in written]
    speakers = dict.fromkeys(name.speaker for name in own if name.speaker is not None)
    labelled = [found.labelled.speakers[number] for number in speakers]
    if labelled:
        fullest, others = _labelled_forms(forms, labelled)
    else:
        old = {form for place, form in zip(entity.names, forms, strict=True) if place in entity.former}
        fullest, others = name_forms(forms, former=old)
    gender = (entity.gender or _gender(own, parsed, lexicon)) if entity.kind is EntityKind.PERSON else None
    if entity.name is not None:
        fullest, others = entity.name, tuple(form for form in entity.aliases if form != entity.name)
    draft = EntityDraft(fullest, entity.kind, aliases=others, gender=gender)
    entry = next((name.entry for name in own if name.entry is not None), None)
    return as_listed(draft, entry, [fullest, *others] if labelled else forms)


def _with_title(draft: EntityDraft, entity: NamedEntity, found: TextNames) -> EntityDraft:
    """A person who bears the name of another is known by the title too, as the text writes it: "Mrs. Holm"."""
    own = [found.names[place] for place in entity.names]
    titles = Counter(name.titles for name in own if name.titles and name.speaker is None)
    if draft.kind is not EntityKind.PERSON or not titles or any(name.speaker is not None for name in own):
        return draft
    [(title, _)] = titles.most_common(1)
    return evolve(draft, name=" ".join((*title, draft.name)), aliases=(draft.name, *draft.aliases))


def _labelled_forms(forms: Sequence[str], labelled: Sequence[LabelledSpeaker]) -> tuple[str, tuple[str, ...]]:
    """The name of a labelled speaker, or a longer one that the text has; and all other forms."""
    name = labelled[0].name
    fullest = name_forms([name, *forms])[0]
    chosen = fullest if len(fullest.split()) > len(name.split()) else name
    others = (name, *forms, *(label for speaker in labelled for label in speaker.labels))
    return chosen, tuple(form for form in dict.fromkeys(others) if form != chosen)


def _gender(names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon) -> Gender | None:
    """The gender of a person: as told, else by given name in full, else by a name that stands alone."""
    known = [told_gender(name, parsed, lexicon) for name in names]
    known += [lexicon.name_gender(name.words[0]) for name in names if len(name.words) > 1]
    known += [lexicon.name_gender(name.words[0]) for name in names if len(name.words) == 1]
    return next((gender for gender in known if gender is not None), None)
