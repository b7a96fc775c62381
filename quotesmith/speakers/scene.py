"""What is known of a text before its quotes are read: whom its names name, and how these are described."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from attrs import field, frozen
from spacy.tokens import Token

from quotesmith.lexicon.people import PeopleLexicon, fold
from quotesmith.records import EntityKind, Gender, MentionForm, TextSpan, TextSpans
from quotesmith.speakers.aliases import NamedEntity, cluster_names
from quotesmith.speakers.discourse import Discourse, Sight
from quotesmith.speakers.headings import cut_headings
from quotesmith.speakers.layout import Layout
from quotesmith.speakers.mentions import Name, find_names
from quotesmith.speakers.names import title_gender
from quotesmith.speakers.phrases import ARTICLES, BREAKS, NOUNS, Description, describe, first_segment
from quotesmith.speakers.roster import Draft, Roster, name_forms

DESCRIBED_WORDS = 8
CLIMB = 5
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


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
    """

    layout: Layout
    lexicon: PeopleLexicon
    roster: Roster
    discourse: Discourse
    names: list[Name]
    owners: list[int]
    name_at: dict[int, int]
    described: dict[str, list[tuple[int, Description]]] = field(factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, layout: Layout, sources: Sequence[TextSpans], lexicon: PeopleLexicon) -> "Scene":
        """The scene of a Doc, all its names read."""
        names = list(cut_headings(find_names(layout, sources, lexicon), layout, lexicon))
        roster = Roster()
        owners = [0] * len(names)
        for entity in cluster_names(names, layout, lexicon):
            number = roster.add(_draft(entity, names, layout, lexicon))
            for place in entity.names:
                owners[place] = number
        name_at = {token: place for place, name in enumerate(names) for token in range(name.start, name.end)}
        scene = cls(layout, lexicon, roster, Discourse(roster), names, owners, name_at)
        for place, name in enumerate(names):
            roster.mention((layout.span(name.start, name.end),), MentionForm.NAME, owners[place])
            for description in _descriptions(scene, name):
                scene.described[description.head].append((owners[place], description))
        return scene

    def span_of(self, tokens: Sequence[Token]) -> TextSpan:
        """The characters from the first to the last of the tokens."""
        return self.layout.span(tokens[0].i, tokens[-1].i + 1)

    def sight(self, token: Token) -> Sight:
        """How the mention with that head word stands in its sentence."""
        for _ in range(CLIMB):
            if token.dep_ not in {"conj", "appos", "compound"}:
                break
            token = token.head
        subject = token.dep_ in SUBJECTS
        return Sight(
            token.i,
            self.layout.sentences[token.i],
            self.layout.paragraph_at(token.idx),
            subject,
            token.head.i if subject else -1,
        )

    def name_mention(self, place: int) -> int:
        """The number of the mention that is the name at that position of `names`."""
        name = self.names[place]
        return self.roster.mention((self.layout.span(name.start, name.end),), MentionForm.NAME, self.owners[place])

    def head_token(self, name: Name) -> Token:
        """The word of a name on which its others hang."""
        doc = self.layout.doc
        inside = range(name.start, name.end)
        outer = (doc[i] for i in reversed(inside) if doc[i].head.i not in inside)
        return next(outer, doc[name.end - 1])


def _draft(entity: NamedEntity, names: Sequence[Name], layout: Layout, lexicon: PeopleLexicon) -> Draft:
    own = [names[place] for place in entity.names]
    fullest, others = name_forms([layout.span(name.start, name.end).of(layout.text) for name in own])
    gender = _gender(own, lexicon) if entity.kind is EntityKind.PERSON else None
    return Draft(fullest, entity.kind, aliases=others, gender=gender)


def _gender(names: Sequence[Name], lexicon: PeopleLexicon) -> Gender | None:
    told = [title_gender(name.titles, lexicon) for name in names]
    told += [lexicon.name_gender(name.words[0]) for name in names if len(name.words) > 1]
    told += [lexicon.name_gender(name.words[0]) for name in names if len(name.words) == 1]
    return next((gender for gender in told if gender is not None), None)


def _descriptions(scene: Scene, name: Name) -> Iterator[Description]:
    """What the words around a name say of its bearer (titles, appositions, "is a"), and a body's own name."""
    lexicon, doc = scene.lexicon, scene.layout.doc
    if name.kind is not EntityKind.PERSON:
        segment = first_segment(list(doc[name.start : name.end]), {})
        found = describe(segment, lexicon)
        if found is not None:
            yield found
    before = _words_before(scene, name.start)
    if before:
        found = describe(before, lexicon)
        if found is not None:
            yield found
        around = frozenset(fold(token.text) for token in before)
        for title in map(fold, name.titles):
            yield Description(lexicon.title_roles.get(title, title), around - {title})
    yield from _appositions(scene, name)
    head = scene.head_token(name)
    if head.dep_ in SUBJECTS and head.head.lemma_ == "be":
        for child in head.head.rights:
            if child.dep_ == "attr":
                found = describe([*child.lefts, child], lexicon)
                if found is not None:
                    yield found


def _words_before(scene: Scene, end: int) -> list[Token]:
    """The words right before a name that describe it, as in "presidential nominee Jane Roe"."""
    doc, words = scene.layout.doc, []
    for index in range(end - 1, max(end - 1 - DESCRIBED_WORDS, -1), -1):
        token = doc[index]
        if token.pos_ not in {"ADJ", "NOUN", "PROPN", "NUM"} and token.tag_ != "HYPH":
            break
        words.append(token)
    return words[::-1]


def _appositions(scene: Scene, name: Name) -> Iterator[Description]:
    doc, lexicon = scene.layout.doc, scene.lexicon
    after = list(doc[name.end : min(name.end + 1 + DESCRIBED_WORDS, len(doc))])
    if len(after) > 1 and after[0].text == "," and (fold(after[1].text) in ARTICLES or after[1].pos_ in NOUNS):
        segment = first_segment(after[1:], scene.name_at)
        found = describe(segment, lexicon)
        if found is not None and _is_described(found, lexicon):
            yield found
    start = name.start - len(name.titles)
    if start > 1 and doc[start - 1].text == ",":
        before = list(doc[max(start - 1 - DESCRIBED_WORDS, 0) : start - 1])
        cut = max(
            (n for n, token in enumerate(before) if fold(token.text) in ARTICLES or token.text in BREAKS),
            default=-1,
        )
        found = describe(first_segment(before[cut:], scene.name_at), lexicon) if cut >= 0 else None
        if found is not None and _is_described(found, lexicon):
            yield found


def _is_described(description: Description, lexicon: PeopleLexicon) -> bool:
    head = description.head
    return head in lexicon.person_nouns or head in lexicon.bodies or head in lexicon.titles
