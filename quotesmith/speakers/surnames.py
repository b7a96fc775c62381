"""Whom a bare name means that several people bear: "Holm" where the text has an Ann and a Bo Holm."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log2

from attrs import define, field
from spacy.tokens import Token

from quotesmith.coreference import GENDERS, pronoun_class
from quotesmith.lexicon.names import title_gender
from quotesmith.lexicon.people import PeopleLexicon, fold
from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.descriptions import head_token
from quotesmith.speakers.layout import Layout
from quotesmith.speakers.mentions import Name
from quotesmith.speakers.phrases import SUBJECTS, clause_head

# A bare name is compared with no more than so many of its bearers, so that ten thousand Smiths stay linear.
COMPARED = 8
PRONOUN_REACH = 25

# What speaks for a bearer, beside how often the text has meant it so far (per doubling: 1).
JUST_SUBJECT, PRONOUN_AGREES, LAST_IN_FULL, NOT_YET_NAMED = 1.5, 1.5, 1.0, -3.0


def settle_bearers(
    contested: Mapping[int, Sequence[int]],
    names: Sequence[Name],
    owned: Sequence[Sequence[int]],
    layout: Layout,
    lexicon: PeopleLexicon,
) -> dict[int, int]:
    """For each bare name that several people bear the one whom it means.

    Title and its gender decide; else how often the text means whom, who was the subject just before in the paragraph,
    a gendered pronoun behind the name, and who was named in full last.

    Args:
        contested: For the position of each such name the people who bear it.
        names: The names in text order.
        owned: For each person the positions of the names that are certain.
        layout: The Doc.
        lexicon: Titles and given names.

    Note:
        Linear in the names: at most `COMPARED` bearers of one name are looked at.
    """
    bearers = _Bearers(names, layout, lexicon)
    owners = {place: number for number, places in enumerate(owned) for place in places}
    for place, number in owners.items():
        bearers.learn(place, number)
    found = {}
    for place in range(len(names)):
        if place in contested:
            found[place] = bearers.choose(place, contested[place][:COMPARED])
        elif place in owners:
            bearers.see(place, owners[place])
    return found


def is_relatives_name(
    bare: int, full: Sequence[int], names: Sequence[Name], layout: Layout, lexicon: PeopleLexicon
) -> bool:
    """Whether a bare name is of somebody whose relative alone is named in full: "Holm is the daughter of Bo Holm".

    Args:
        bare: Position of the first of the bare names.
        full: Positions of the names of the only one who bears it.
        names: The names in text order.
        layout: The Doc.
        lexicon: Titles, given names and relations.
    """
    first = min(full)
    if bare > first or fold(names[first].words[-1]) != fold(names[bare].words[-1]):
        return False
    head = clause_head(head_token(layout.doc, names[first]))
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        head = head.head.head
    return fold(head.lemma_) in lexicon.relations


@define(eq=False)
class _Bearers:
    """What is known of the people, and whom the text has named so far."""

    _names: Sequence[Name]
    _layout: Layout
    _lexicon: PeopleLexicon
    _titles: dict[int, set[str]] = field(factory=lambda: defaultdict(set))
    _genders: dict[int, set[Gender]] = field(factory=lambda: defaultdict(set))
    _counts: dict[int, int] = field(factory=lambda: defaultdict(int))
    _last: dict[int, int] = field(factory=dict)

    def learn(self, place: int, number: int) -> None:
        """A name that is certain, wherever it stands, tells titles, gender and weight."""
        name = self._names[place]
        self._titles[number] |= _roles(name, self._lexicon)
        told = (title_gender(name.titles, self._lexicon), self._lexicon.name_gender(name.words[0]))
        self._genders[number] |= {gender for gender in told[: len(name.words)] if gender is not None}
        self._counts[number] += 1

    def see(self, place: int, number: int) -> None:
        """A person is named in full at that place."""
        self._last[number] = place

    def choose(self, place: int, candidates: Sequence[int]) -> int:
        """Whom the bare name means; it counts for that person from now on."""
        name = self._names[place]
        gender = title_gender(name.titles, self._lexicon)
        fitting = [n for n in candidates if gender is None or self._may_be(n, gender)] or candidates
        roles = _roles(name, self._lexicon)
        pronoun = self._pronoun_gender(place)
        last = max(fitting, key=lambda n: self._last.get(n, -1))
        scores = {}
        for number in fitting:
            score = log2(1 + self._counts[number]) + LAST_IN_FULL * (number == last)
            score += NOT_YET_NAMED * (number not in self._last)
            score += JUST_SUBJECT * self._was_subject(number, place)
            score += PRONOUN_AGREES * (pronoun is not None and self._genders[number] == {pronoun})
            scores[number] = (len(roles & self._titles[number]), score, self._last.get(number, -1))
        chosen = max(fitting, key=scores.__getitem__)
        self._counts[chosen] += 1
        return chosen

    def _may_be(self, number: int, gender: Gender) -> bool:
        return not self._genders[number] or gender in self._genders[number]

    def _was_subject(self, number: int, place: int) -> bool:
        """Whether the person, named in full, was the subject just before in the same paragraph."""
        if number not in self._last:
            return False
        before, here = (self._layout.doc[self._names[p].start] for p in (self._last[number], place))
        if self._layout.paragraph_at(before.idx) != self._layout.paragraph_at(here.idx):
            return False
        return any(token.dep_ in SUBJECTS for token in self._tokens(self._last[number]))

    def _pronoun_gender(self, place: int) -> Gender | None:
        """The gender of the first such pronoun after the name, in its sentence and before another person's name."""
        sentences, end = self._layout.sentences, self._names[place].end
        following = self._names[place + 1 : place + 2]
        stop = min(end + PRONOUN_REACH, len(sentences))
        if following and following[0].kind is EntityKind.PERSON:
            stop = min(stop, following[0].start)
        for index in range(end, stop):
            if sentences[index] != sentences[end - 1]:
                return None
            kind = pronoun_class(self._layout.doc[index])
            if kind in GENDERS:
                return GENDERS[kind]
        return None

    def _tokens(self, place: int) -> Sequence[Token]:
        return list(self._layout.doc[self._names[place].start : self._names[place].end])


def _roles(name: Name, lexicon: PeopleLexicon) -> set[str]:
    """The titles before a name, written out."""
    titles = (fold(title) for title in name.titles)
    return {lexicon.title_roles.get(title, title) for title in titles if title in lexicon.titles}
