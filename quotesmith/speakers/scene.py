"""What is known of a text before its quotes are read: whom its names name, and how these are described."""

from collections import defaultdict
from collections.abc import Sequence

from attrs import field, frozen
from spacy.tokens import Token

from quotesmith.lexicon.names import title_gender
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import EntityKind, Gender, MentionForm, TextSpan, TextSpans
from quotesmith.speakers.aliases import NamedEntity, cluster_names
from quotesmith.speakers.bylines import split_writers
from quotesmith.speakers.descriptions import Describer, head_token
from quotesmith.speakers.discourse import Discourse, Sight
from quotesmith.speakers.gazetteer import Gazetteer, as_listed, keep_together
from quotesmith.speakers.headings import cut_headings
from quotesmith.speakers.layout import Layout
from quotesmith.speakers.mentions import Name, find_names
from quotesmith.speakers.phrases import SUBJECTS, Description, clause_head
from quotesmith.speakers.roster import Draft, Roster, name_forms
from quotesmith.speakers.unrecognized import find_unrecognized


@frozen(eq=False)
class Scene:
    """A text, the people and bodies it names, and who is in play while it is read.

    Attributes:
        layout: Positions.
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

    layout: Layout
    lexicon: PeopleLexicon
    roster: Roster
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
        cls, layout: Layout, sources: Sequence[TextSpans], lexicon: PeopleLexicon, gazetteer: Gazetteer | None = None
    ) -> "Scene":
        """The scene of a Doc, all its names read; what the gazetteer lists wins over guesses."""
        listed = [] if gazetteer is None else gazetteer.find(layout, lexicon)
        found, writers = split_writers(find_names(layout, sources, lexicon, listed), layout)
        found = sorted([*found, *find_unrecognized(layout, found, lexicon)], key=lambda name: name.start)
        names = list(cut_headings(found, layout, lexicon))
        roster = Roster()
        owners = [0] * len(names)
        for entity in keep_together(cluster_names(names, layout, lexicon), names):
            number = roster.add(_draft(entity, names, layout, lexicon))
            for place in entity.names:
                owners[place] = number
        name_at = {token: place for place, name in enumerate(names) for token in range(name.start, name.end)}
        describer = Describer(layout, lexicon, name_at)
        scene = cls(layout, lexicon, roster, Discourse(roster), names, owners, name_at, writers=writers)
        told: set[tuple[int, Description]] = set()
        for place, name in enumerate(names):
            roster.mention((layout.span(name.start, name.end),), MentionForm.NAME, owners[place])
            for said in ((owners[place], description) for description in describer(name)):
                if said in told:
                    continue
                told.add(said)
                scene.described[said[1].head].append(said)
                scene.lands[said[0]] |= said[1].lands
        return scene

    def people_called(self, role: str) -> frozenset[int]:
        """The people whom a role noun describes; looked for once, when it is known who is a person."""
        if role not in self._called:
            said = (entity for entity, _ in self.described.get(role, ()))
            people = (entity for entity in said if self.roster.drafts[entity].kind is EntityKind.PERSON)
            self._called[role] = frozenset(people)
        return self._called[role]

    def span_of(self, tokens: Sequence[Token]) -> TextSpan:
        """The characters from the first to the last of the tokens."""
        return self.layout.span(tokens[0].i, tokens[-1].i + 1)

    def sight(self, token: Token) -> Sight:
        """How the mention with that head word stands in its sentence."""
        head = clause_head(token)
        return Sight(head.i, self.layout.sentences[head.i], head.dep_ in SUBJECTS)

    def name_mention(self, place: int) -> int:
        """The number of the mention that is the name at that position of `names`."""
        name = self.names[place]
        return self.roster.mention((self.layout.span(name.start, name.end),), MentionForm.NAME, self.owners[place])

    def head_token(self, name: Name) -> Token:
        """The word of a name on which its others hang."""
        return head_token(self.layout.doc, name)


def _draft(entity: NamedEntity, names: Sequence[Name], layout: Layout, lexicon: PeopleLexicon) -> Draft:
    own = [names[place] for place in entity.names]
    forms = [layout.span(name.start, name.end).of(layout.text) for name in own]
    fullest, others = name_forms(forms)
    gender = _gender(own, lexicon) if entity.kind is EntityKind.PERSON else None
    draft = Draft(fullest, entity.kind, aliases=others, gender=gender)
    return as_listed(draft, next((name.entry for name in own if name.entry is not None), None), forms)


def _gender(names: Sequence[Name], lexicon: PeopleLexicon) -> Gender | None:
    told = [title_gender(name.titles, lexicon) for name in names]
    told += [lexicon.name_gender(name.words[0]) for name in names if len(name.words) > 1]
    told += [lexicon.name_gender(name.words[0]) for name in names if len(name.words) == 1]
    return next((gender for gender in told if gender is not None), None)
