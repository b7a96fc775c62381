"""Who is who in a text: the table of its entities and mentions, which nothing but its own methods changes."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NewType, TypeAlias

from attrs import define, evolve, field, frozen

from quotesmith.coreference import EntityNumber
from quotesmith.lexicon.folding import unaccented
from quotesmith.records import Entity, EntityId, EntityKind, Gender, Mention, MentionForm, MentionId, TextSpans

MentionNumber = NewType("MentionNumber", int)
"""A mention of the table, in the order in which they were placed."""


@frozen
class EntityDraft:
    """An entity in the making; the fields are those of `Entity`, other entities being numbers in the table."""

    name: str
    kind: EntityKind
    named: bool = True
    aliases: tuple[str, ...] = ()
    gender: Gender | None = None
    members: tuple[EntityNumber, ...] = ()
    stands_for: EntityNumber | None = None
    identifier: str | None = None


@frozen
class MentionDraft:
    """A mention in the making."""

    spans: TextSpans
    form: MentionForm
    entity: EntityNumber


ProposedEntity: TypeAlias = EntityNumber | EntityDraft
"""What a finder proposes: an entity of the table, or one to add to it."""


@define(eq=False)
class EntityTable:
    """The entities and mentions found so far, each known by its number; what it gives out is frozen.

    At any spans stands at most one mention. Numbers stay valid: that of an entity that was merged into another one
    gives the other's draft from then on.

    Attributes:
        max_members: Members of a group that is spoken of as its members, as in `SpeakerSettings`.
    """

    max_members: int
    _drafts: list[EntityDraft] = field(factory=list)
    _mentions: dict[MentionNumber, MentionDraft] = field(factory=dict)
    _placed: int = 0
    _by_spans: dict[TextSpans, MentionNumber] = field(factory=dict)
    _groups: dict[frozenset[EntityNumber], EntityNumber] = field(factory=dict)
    _merged: dict[EntityNumber, EntityNumber] = field(factory=dict)

    # Reading

    def __getitem__(self, entity: EntityNumber) -> EntityDraft:
        """What is known of an entity."""
        return self._drafts[self.current(entity)]

    def __len__(self) -> int:
        """How many entities were added."""
        return len(self._drafts)

    def current(self, entity: EntityNumber) -> EntityNumber:
        """The number of the entity into which the entity was merged, or else its own."""
        while entity in self._merged:
            entity = self._merged[entity]
        return entity

    def mention(self, mention: MentionNumber) -> MentionDraft:
        """A mention that was placed and not withdrawn."""
        return self._mentions[mention]

    def mentions(self) -> Iterator[MentionDraft]:
        """All mentions, in the order in which they were placed."""
        yield from self._mentions.values()

    def mention_at(self, spans: TextSpans) -> MentionNumber | None:
        """The number of the mention at just these spans."""
        return self._by_spans.get(spans)

    def entity_at(self, spans: TextSpans) -> EntityNumber | None:
        """The entity that the words at just these spans mention."""
        mention = self._by_spans.get(spans)
        return None if mention is None else self._mentions[mention].entity

    def members(self, entity: EntityNumber) -> tuple[EntityNumber, ...]:
        """The members of a group, if it has at most `max_members`; otherwise the entity itself."""
        members = self[entity].members
        return members if 0 < len(members) <= self.max_members else (entity,)

    # Entities

    def add(self, draft: EntityDraft) -> EntityNumber:
        """The number of a new entity."""
        body = None if draft.stands_for is None else self.current(draft.stands_for)
        draft = evolve(draft, members=tuple(dict.fromkeys(map(self.current, draft.members))), stands_for=body)
        self._drafts.append(draft)
        entity = EntityNumber(len(self._drafts) - 1)
        if draft.members:
            self._groups.setdefault(self._group_key(draft.members), entity)
        return entity

    def add_group(self, members: Sequence[EntityNumber]) -> EntityNumber:
        """The number of the group of just these members, named by their names; added where it is new.

        One member is no group: the number is that member's.

        Raises:
            ValueError: if there are no members.
        """
        own = tuple(dict.fromkeys(map(self.current, members)))
        if not own:
            msg = "a group needs members, but there are none"
            raise ValueError(msg)
        if len(own) == 1:
            return own[0]
        known = self._groups.get(self._group_key(own))
        if known is not None:
            return known
        drafts = [self[member] for member in own]
        name = " and ".join([", ".join(draft.name for draft in drafts[:-1]), drafts[-1].name])
        return self.add(EntityDraft(name, EntityKind.GROUP, all(draft.named for draft in drafts), members=own))

    def add_proposed(self, proposed: ProposedEntity) -> EntityNumber:
        """The number of what a finder proposes, which is added where it is new."""
        return self.add(proposed) if isinstance(proposed, EntityDraft) else proposed

    def rename(self, entity: EntityNumber, name: str) -> None:
        """Call an entity by another name."""
        self._replace(entity, evolve(self[entity], name=name))

    def set_kind(self, entity: EntityNumber, kind: EntityKind) -> None:
        """Say what sort of thing an entity is."""
        self._replace(entity, evolve(self[entity], kind=kind))

    def set_stands_for(self, entity: EntityNumber, body: EntityNumber) -> None:
        """Say for which body an entity, such as a capital, stands.

        Raises:
            ValueError: if the body is the entity itself, stands for it, or has it as a member.
        """
        entity, body = self.current(entity), self.current(body)
        if entity in self._with_linked([body]):
            msg = f"{self[body].name!r} can't be what {self[entity].name!r} stands for: nothing stands for itself"
            raise ValueError(msg)
        self._replace(entity, evolve(self[entity], stands_for=body))

    def learn_gender(self, entity: EntityNumber, gender: Gender | None) -> None:
        """Give a person of unknown gender the one that a pronoun shows; others keep what they have."""
        draft = self[entity]
        if gender is not None and draft.gender is None and draft.kind is EntityKind.PERSON:
            self._replace(entity, evolve(draft, gender=gender))

    def merge(self, kept: EntityNumber, other: EntityNumber) -> None:
        """Make two entities one: `kept`, with the other's mentions, and with its names as aliases.

        Groups that have the same members then are one too.

        Raises:
            ValueError: if one is a member of the other or stands for it, or both are members of one group; the table
                is as before then. The same holds for the groups that would be one.
        """
        before = self._drafts[:], dict(self._mentions), dict(self._groups), dict(self._merged)
        try:
            self._merge(self.current(kept), self.current(other))
        except ValueError:
            self._drafts, self._mentions, self._groups, self._merged = before
            raise

    def _merge(self, kept: EntityNumber, other: EntityNumber) -> None:
        if kept == other:
            return
        self._check_apart(kept, other)
        self._replace(kept, _merge_drafts(self[kept], self[other]))
        self._merged[other] = kept
        self._drafts = [_follow(draft, other, kept) for draft in self._drafts]
        for number, mention in self._mentions.items():
            if mention.entity == other:
                self._mentions[number] = evolve(mention, entity=kept)
        groups, self._groups = self._groups, {}
        for group in groups.values():
            # Two groups that had one of the entities each may be one group now.
            known = self._groups.setdefault(self._group_key(self[group].members), group)
            self._merge(self.current(known), self.current(group))

    def _check_apart(self, one: EntityNumber, other: EntityNumber) -> None:
        apart = any({one, other} <= set(draft.members) for draft in self._drafts)
        if apart or other in self._with_linked([one]) or one in self._with_linked([other]):
            msg = f"{self[one].name!r} and {self[other].name!r} stand in one group or for each other, so they are two"
            raise ValueError(msg)

    def split(self, mentions: Iterable[MentionNumber], draft: EntityDraft) -> EntityNumber:
        """The number of a new entity, which takes the mentions away from those that had them.

        Raises:
            KeyError: if one of the mentions isn't there; nothing changes then.
        """
        forms = {mention: self._mentions[mention].form for mention in mentions}
        entity = self.add(draft)
        for mention, form in forms.items():
            self.move_mention(mention, form, entity)
        return entity

    # Mentions

    def place_mention(self, spans: TextSpans, form: MentionForm, entity: EntityNumber) -> MentionNumber:
        """The number of a mention; placed here, or there already and the same.

        Raises:
            ValueError: if another mention stands at these spans; `move_mention` moves that.
            IndexError: if there is no such entity.
        """
        self._check_known(entity)
        draft = MentionDraft(spans, form, self.current(entity))
        number = self._by_spans.get(spans)
        if number is None:
            number = self._by_spans[spans] = MentionNumber(self._placed)
            self._placed += 1
            self._mentions[number] = draft
        elif self._mentions[number] != draft:
            msg = f"a mention stands at {spans} already: {self._mentions[number]}; move it, or leave it as it is"
            raise ValueError(msg)
        return number

    def move_mention(self, mention: MentionNumber, form: MentionForm, entity: EntityNumber) -> None:
        """Give a mention to an entity, another one than before or the same.

        Raises:
            IndexError: if there is no such entity.
        """
        self._check_known(entity)
        self._mentions[mention] = MentionDraft(self._mentions[mention].spans, form, self.current(entity))

    def revise_mention(self, spans: TextSpans, form: MentionForm, entity: EntityNumber) -> MentionNumber:
        """The number of the mention at these spans, after all that is known by now.

        What stands there already was a guess and moves, but a name stays with its bearer.
        """
        number = self._by_spans.get(spans)
        if number is None:
            return self.place_mention(spans, form, entity)
        if self._mentions[number].form is not MentionForm.NAME:
            self.move_mention(number, form, entity)
        return number

    def withdraw_mention(self, mention: MentionNumber) -> None:
        """Take a mention back, as if it had never been placed."""
        del self._by_spans[self._mentions.pop(mention).spans]

    # The end

    def number(self, speakers: Iterable[EntityNumber]) -> "Numbering":
        """Ids for everything: mentions in text order, entities in order of first mention, then `speakers`."""
        order = sorted(self._mentions, key=lambda number: self._mentions[number].spans)
        mentioned = (self._mentions[number].entity for number in order)
        # A member of a group, or that for which something stands, may stand nowhere else.
        used = self._with_linked([*mentioned, *map(self.current, speakers)])
        return Numbering(
            self,
            {number: f"m{position}" for position, number in enumerate(order)},
            {number: f"e{position}" for position, number in enumerate(used)},
        )

    def _with_linked(self, entities: Iterable[EntityNumber]) -> dict[EntityNumber, None]:
        """The entities, their members, those for which they stand, and so on; each once, in that order."""
        found = dict.fromkeys(entities)
        new = list(found)
        while new:
            members = [member for entity in new for member in self[entity].members]
            bodies = [body for entity in (*new, *members) if (body := self[entity].stands_for) is not None]
            new = [entity for entity in dict.fromkeys((*members, *bodies)) if entity not in found]
            found.update(dict.fromkeys(new))
        return found

    def _check_known(self, entity: EntityNumber) -> None:
        if not 0 <= entity < len(self._drafts):
            msg = f"the table has {len(self._drafts)} entities, so none is number {entity}"
            raise IndexError(msg)

    def _group_key(self, members: Iterable[EntityNumber]) -> frozenset[EntityNumber]:
        return frozenset(map(self.current, members))

    def _replace(self, entity: EntityNumber, draft: EntityDraft) -> None:
        self._drafts[self.current(entity)] = draft


@frozen(eq=False)
class Numbering:
    """A finished table with its ids."""

    _table: EntityTable
    _mention_ids: dict[MentionNumber, MentionId]
    _entity_ids: dict[EntityNumber, EntityId]

    def entity_id(self, entity: EntityNumber) -> EntityId:
        """The id of an entity that is mentioned, speaks or is a member of those."""
        return self._entity_ids[self._table.current(entity)]

    def has_id(self, entity: EntityNumber) -> bool:
        """Whether the entity is among the records."""
        return self._table.current(entity) in self._entity_ids

    def mention_id(self, mention: MentionNumber) -> MentionId:
        """The id of a mention."""
        return self._mention_ids[mention]

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities that are mentioned, in order of first mention."""
        return tuple(self._entity(name, self._table[number]) for number, name in self._entity_ids.items())

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions in text order."""
        drafts = ((name, self._table.mention(number)) for number, name in self._mention_ids.items())
        return tuple(Mention(name, draft.spans, draft.form, self.entity_id(draft.entity)) for name, draft in drafts)

    def _entity(self, name: EntityId, draft: EntityDraft) -> Entity:
        return Entity(
            id=name,
            name=draft.name,
            kind=draft.kind,
            named=draft.named,
            aliases=draft.aliases,
            gender=draft.gender,
            members=tuple(map(self.entity_id, draft.members)),
            stands_for=None if draft.stands_for is None else self.entity_id(draft.stands_for),
            identifier=draft.identifier,
        )


def name_forms(forms: Sequence[str], *, former: Container[str] = ()) -> tuple[str, tuple[str, ...]]:
    """The fullest of the forms of a name, and the others in order of first occurrence.

    Names of the past and forms in capitals give way to others; of two with as many words, a shortened one ("Ken Holm"
    beside "Kenneth Holm") and one with fewer accents do, or else the less frequent.
    """
    counts = Counter(forms)
    fullest = max(
        counts,
        key=lambda form: (
            form not in former,
            not form.isupper(),
            len(form.split()),
            _accents(form),
            counts[form],
        ),
    )
    for form in counts:
        if _is_shortened(fullest, form) and form not in former:
            fullest = form
    return fullest, tuple(form for form in counts if form != fullest)


def _is_shortened(form: str, other: str) -> bool:
    """Whether a form is another one with a word cut short: "Ken Holm", "J. Holm" beside "Jon Holm"."""
    words, others = form.split(), other.split()
    return (
        form != other
        and len(words) == len(others) > 1
        and words[-1] == others[-1]
        and all(full.startswith(word.removesuffix(".")) for word, full in zip(words, others, strict=True))
    )


def _accents(form: str) -> int:
    """How many letters of a form have accents."""
    return sum(unaccented(letter) != letter for letter in form)


def _merge_drafts(kept: EntityDraft, other: EntityDraft) -> EntityDraft:
    """What is known of two entities that are one; the words for an unnamed one are no alias."""
    forms = (*kept.aliases, *((other.name,) if other.named else ()), *other.aliases)
    return evolve(
        kept,
        aliases=tuple(form for form in dict.fromkeys(forms) if form != kept.name),
        gender=kept.gender or other.gender,
        stands_for=other.stands_for if kept.stands_for is None else kept.stands_for,
        identifier=kept.identifier or other.identifier,
    )


def _follow(draft: EntityDraft, merged: EntityNumber, kept: EntityNumber) -> EntityDraft:
    """The draft with the number of an entity in the place of one that was merged into it."""
    if merged not in draft.members and draft.stands_for != merged:
        return draft
    members = tuple(kept if member == merged else member for member in draft.members)
    return evolve(draft, members=members, stands_for=kept if draft.stands_for == merged else draft.stands_for)
