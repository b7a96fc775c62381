"""What is known of a text before its quotes are read: whom its names name, and how these are described."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from attrs import define, field, frozen
from spacy.tokens import Token

from quotesmith.lexicon.names import title_gender
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, Gender, MentionForm, TextSpan, TextSpans
from quotesmith.speakers.entities import MOST_MEMBERS, EntityDraft, EntityTable, name_forms
from quotesmith.speakers.grammar import SUBJECTS
from quotesmith.speakers.names import (
    Describer,
    Gazetteer,
    Name,
    NamedEntity,
    as_listed,
    head_token,
    read_names,
)
from quotesmith.speakers.noun_phrases import Description, clause_head

# Further back nobody is looked for, so that a pronoun costs the same wherever it stands.
IN_PLAY = 24


@frozen
class Sight:
    """The last place where an entity was mentioned: token, sentence, whether as subject."""

    token: int
    sentence: int
    subject: bool


@define(eq=False)
class Discourse:
    """The entities mentioned so far; fed in text order."""

    _roster: EntityTable
    _sights: dict[int, Sight] = field(factory=dict)
    _pair: tuple[tuple[int, ...], int] | None = None
    last_speakers: tuple[int, ...] = ()

    def see(self, entity: int, sight: Sight) -> None:
        """An entity is mentioned."""
        # Taken out and put in again: a dict keeps the order of last mention.
        self._sights.pop(entity, None)
        self._sights[entity] = sight
        if self._roster.drafts[entity].members:
            self.see_pair(self._roster.drafts[entity].members, sight.sentence)

    def see_pair(self, members: tuple[int, ...], sentence: int) -> None:
        """Entities are mentioned together; more than `MOST_MEMBERS` are a list that nothing takes up."""
        self._pair = (members, sentence) if len(members) <= MOST_MEMBERS else None

    def in_play(self) -> Iterable[tuple[int, Sight]]:
        """The entities mentioned last with their last places, latest first."""
        for number, (entity, sight) in enumerate(reversed(self._sights.items())):
            if number >= IN_PLAY:
                return
            yield entity, sight

    def last_of(self, kind: EntityKind, count: int) -> tuple[int, ...]:
        """The `count` entities of a kind that were mentioned last, or fewer, the earlier mentioned first."""
        found = [entity for entity, _ in self.in_play() if self._roster.drafts[entity].kind is kind]
        return tuple(reversed(found[:count]))

    def last_pair(self, kind: EntityKind | None) -> tuple[int, ...]:
        """The members of the group mentioned last, if they are of the kind; else the last two that are."""
        drafts = self._roster.drafts
        if self._pair is not None and all(kind in (None, drafts[m].kind) for m in self._pair[0]):
            return self._pair[0]
        return self.last_of(kind, 2) if kind is not None else ()

    def pair_since(self, sentence: int) -> tuple[int, ...]:
        """The members of the group mentioned last, if that was in this sentence or after it."""
        return self._pair[0] if self._pair is not None and self._pair[1] >= sentence else ()


@frozen(eq=False)
class DocumentContext:
    """A text, the people and bodies it names, and who is in play while it is read.

    Attributes:
        parsed: The text, its positions looked up.
        lexicon: Words about people.
        roster: Entities and mentions found so far.
        discourse: Who is in play at the place that is being read.
        names: The names in text order.
        owners: The entity of each name.
        name_at: The position in `names` of the name that covers a token.
        described: The entities that a role noun describes, with all that is said of them.
        lands: The countries, states and parties of each entity, as far as the text tells.
        voices: Who speaks under the labels of an interview ("Q").
        writers: The names of those who wrote the text, whom only its bylines name.
    """

    parsed: ParsedText
    lexicon: PeopleLexicon
    roster: EntityTable
    discourse: Discourse
    names: list[Name]
    owners: list[int]
    name_at: dict[int, int]
    described: dict[str, list[tuple[int, Description]]] = field(factory=lambda: defaultdict(list))
    lands: dict[int, frozenset[str]] = field(factory=lambda: defaultdict(frozenset))
    voices: dict[str, int] = field(factory=dict)
    writers: list[Name] = field(factory=list)
    _called: dict[str, frozenset[int]] = field(factory=dict, init=False, repr=False)

    @classmethod
    def of(
        cls,
        parsed: ParsedText,
        sources: Sequence[TextSpans],
        lexicon: PeopleLexicon,
        gazetteer: Gazetteer | None = None,
    ) -> "DocumentContext":
        """The context of a Doc, all its names read; what the gazetteer lists wins over guesses."""
        found = read_names(parsed, sources, lexicon, gazetteer)
        names, writers = list(found.names), list(found.writers)
        roster = EntityTable()
        owners = [0] * len(names)
        for entity in found.entities:
            number = roster.add(_draft(entity, names, parsed, lexicon))
            for place in entity.names:
                owners[place] = number
        name_at = {token: place for place, name in enumerate(names) for token in range(name.start, name.end)}
        describer = Describer(parsed, lexicon, name_at)
        context = cls(parsed, lexicon, roster, Discourse(roster), names, owners, name_at, writers=writers)
        told: set[tuple[int, Description]] = set()
        for place, name in enumerate(names):
            roster.mention((parsed.span(name.start, name.end),), MentionForm.NAME, owners[place])
            for said in ((owners[place], description) for description in describer(name)):
                if said in told:
                    continue
                told.add(said)
                context.described[said[1].head].append(said)
                context.lands[said[0]] |= said[1].lands
        return context

    def people_called(self, role: str) -> frozenset[int]:
        """The people whom a role noun describes; looked for once, when it is known who is a person."""
        if role not in self._called:
            said = (entity for entity, _ in self.described.get(role, ()))
            people = (entity for entity in said if self.roster.drafts[entity].kind is EntityKind.PERSON)
            self._called[role] = frozenset(people)
        return self._called[role]

    def span_of(self, tokens: Sequence[Token]) -> TextSpan:
        """The characters from the first to the last of the tokens."""
        return self.parsed.span(tokens[0].i, tokens[-1].i + 1)

    def sight(self, token: Token) -> Sight:
        """How the mention with that head word stands in its sentence."""
        head = clause_head(token)
        return Sight(head.i, self.parsed.sentences[head.i], head.dep_ in SUBJECTS)

    def name_mention(self, place: int) -> int:
        """The number of the mention that is the name at that position of `names`."""
        name = self.names[place]
        return self.roster.mention((self.parsed.span(name.start, name.end),), MentionForm.NAME, self.owners[place])

    def head_token(self, name: Name) -> Token:
        """The word of a name on which its others hang."""
        return head_token(self.parsed.doc, name)


def _draft(entity: NamedEntity, names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon) -> EntityDraft:
    own = [names[place] for place in entity.names]
    forms = [parsed.span(name.start, name.end).of(parsed.text) for name in own]
    fullest, others = name_forms(forms)
    gender = _gender(own, lexicon) if entity.kind is EntityKind.PERSON else None
    draft = EntityDraft(fullest, entity.kind, aliases=others, gender=gender)
    return as_listed(draft, next((name.entry for name in own if name.entry is not None), None), forms)


def _gender(names: Sequence[Name], lexicon: PeopleLexicon) -> Gender | None:
    told = [title_gender(name.titles, lexicon) for name in names]
    told += [lexicon.name_gender(name.words[0]) for name in names if len(name.words) > 1]
    told += [lexicon.name_gender(name.words[0]) for name in names if len(name.words) == 1]
    return next((gender for gender in told if gender is not None), None)
