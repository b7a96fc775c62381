"""Entities and mentions while a text is being read; numbered at the end."""

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import define, field

from quotesmith.records import Entity, EntityId, EntityKind, Gender, Mention, MentionForm, MentionId, TextSpans

# More whom a text lists speak as one group, and no pronoun takes them up: else each quote would be as long as the list.
MOST_MEMBERS = 50


@define
class EntityDraft:
    """An entity in the making; the fields are those of `Entity`, other entities being numbers in the roster."""

    name: str
    kind: EntityKind
    named: bool = True
    aliases: tuple[str, ...] = ()
    gender: Gender | None = None
    members: tuple[int, ...] = ()
    stands_for: int | None = None
    identifier: str | None = None


@define
class MentionDraft:
    """A mention in the making; `entity` is a number in the roster."""

    spans: TextSpans
    form: MentionForm
    entity: int


@define(eq=False)
class EntityTable:
    """The entities and mentions found so far, each known by its number, in the order they were found."""

    drafts: list[EntityDraft] = field(factory=list)
    mentions: list[MentionDraft] = field(factory=list)
    _by_spans: dict[TextSpans, int] = field(factory=dict)
    _groups: dict[tuple[int, ...], int] = field(factory=dict)

    def add(self, draft: EntityDraft) -> int:
        """The number of a new entity."""
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def add_group(self, members: Sequence[int]) -> int:
        """The number of the group of just these members, named by their names."""
        key = tuple(sorted(set(members)))
        if key not in self._groups:
            drafts = [self.drafts[member] for member in members]
            name = " and ".join([", ".join(draft.name for draft in drafts[:-1]), drafts[-1].name])
            named = all(draft.named for draft in drafts)
            self._groups[key] = self.add(EntityDraft(name, EntityKind.GROUP, named, members=tuple(members)))
        return self._groups[key]

    def mention(self, spans: TextSpans, form: MentionForm, entity: int) -> int:
        """The number of the mention at these spans; what was said of it before is replaced."""
        if spans in self._by_spans:
            number = self._by_spans[spans]
            self.mentions[number] = MentionDraft(spans, form, entity)
            return number
        self.mentions.append(MentionDraft(spans, form, entity))
        self._by_spans[spans] = len(self.mentions) - 1
        return len(self.mentions) - 1

    def mention_at(self, spans: TextSpans) -> int | None:
        """The number of the mention at just these spans."""
        return self._by_spans.get(spans)

    def members(self, entity: int) -> tuple[int, ...]:
        """The members of a group of at most `MOST_MEMBERS`; else the entity itself."""
        members = self.drafts[entity].members
        return members if 0 < len(members) <= MOST_MEMBERS else (entity,)

    def learn_gender(self, entity: int, gender: Gender | None) -> None:
        """Remember the gender that a pronoun gives a person of whom none was known."""
        draft = self.drafts[entity]
        if draft.gender is None and draft.kind is EntityKind.PERSON:
            draft.gender = gender

    def number(self, speakers: Iterable[int]) -> "Numbering":
        """Ids for everything: mentions in text order, entities in order of first mention, then `speakers`."""
        order = sorted(range(len(self.mentions)), key=lambda number: (self.mentions[number].spans, number))
        used = dict.fromkeys(self.mentions[number].entity for number in order)
        used.update(dict.fromkeys(speakers))
        # A member of a group may stand nowhere else.
        used.update(dict.fromkeys(m for entity in list(used) for m in self.drafts[entity].members))
        used.update(dict.fromkeys(meant for e in list(used) if (meant := self.drafts[e].stands_for) is not None))
        return Numbering(
            self,
            {number: f"m{position}" for position, number in enumerate(order)},
            {number: f"e{position}" for position, number in enumerate(used)},
        )


@define(eq=False)
class Numbering:
    """A finished roster with its ids."""

    _roster: EntityTable
    mention_ids: dict[int, MentionId]
    entity_ids: dict[int, EntityId]

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities that are mentioned, in order of first mention."""
        drafts = self._roster.drafts
        return tuple(
            Entity(
                id=name,
                name=drafts[number].name,
                kind=drafts[number].kind,
                named=drafts[number].named,
                aliases=drafts[number].aliases,
                gender=drafts[number].gender,
                members=tuple(self.entity_ids[member] for member in drafts[number].members),
                stands_for=None if (meant := drafts[number].stands_for) is None else self.entity_ids[meant],
                identifier=drafts[number].identifier,
            )
            for number, name in self.entity_ids.items()
        )

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions in text order."""
        drafts = self._roster.mentions
        return tuple(
            Mention(name, drafts[number].spans, drafts[number].form, self.entity_ids[drafts[number].entity])
            for number, name in self.mention_ids.items()
        )


def name_forms(forms: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The fullest of the forms of a name, and the others in order of first occurrence.

    Forms in capitals give way to others; of two equally long, the more frequent.
    """
    counts = Counter(forms)
    fullest = max(counts, key=lambda form: (not form.isupper(), len(form.split()), counts[form]))
    return fullest, tuple(form for form in counts if form != fullest)
