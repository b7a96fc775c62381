"""Whom a bare surname means that several people bear."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log2

from attrs import define, field

from quotesmith.coreference import GENDERS, pronoun_class
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import OUTSIDE_PASSAGES, ParsedText
from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.names.forms import MOST_COMPARED
from quotesmith.speakers.names.genders import told_gender
from quotesmith.speakers.names.recognition import Name, head_token
from quotesmith.speakers.noun_phrases import SUBJECTS, clause_head
from quotesmith.speakers.settings import NameSettings


def resolve_surnames(
    contested: Mapping[int, Sequence[int]],
    names: Sequence[Name],
    owned: Sequence[Sequence[int]],
    parsed: ParsedText,
    lexicon: PeopleLexicon,
    *,
    settings: NameSettings,
) -> dict[int, int]:
    """For each bare name with several bearers, the one who is meant.

    A title and its gender decide. Otherwise these count: how often the text means each bearer, who was the subject
    just before in the paragraph, a gendered pronoun behind the name, who was named in full last, and who is called by
    given name alone, as a relative is.

    Args:
        contested: For the position of each such name its bearers.
        names: The names in text order.
        owned: For each person the positions of the names that are certainly theirs.
        parsed: The text.
        lexicon: Titles and given names.
        settings: Thresholds.

    Note:
        Linear in the names: at most `MOST_COMPARED` bearers of one name are looked at.
    """
    bearers = _Bearers(names, parsed, lexicon, settings)
    owners = {place: number for number, places in enumerate(owned) for place in places}
    for place, number in owners.items():
        bearers.learn(place, number)
    found = {}
    for place in range(len(names)):
        if place in contested:
            found[place] = bearers.choose(place, contested[place][:MOST_COMPARED])
        elif place in owners:
            bearers.see(place, owners[place])
    return found


def is_relatives_name(
    bare: int, full: Sequence[int], names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon
) -> bool:
    """Whether a bare name belongs to somebody else than the relative who is named in full.

    "Holm is the daughter of Bo Holm": Holm isn't Bo.

    Args:
        bare: Position of the first bare name.
        full: Positions of the full names of the only person who bears it.
        names: The names in text order.
        parsed: The text.
        lexicon: Titles, given names and relations.
    """
    first = min(full)
    if bare > first or fold(names[first].words[-1]) != fold(names[bare].words[-1]):
        return False
    head = clause_head(head_token(parsed.doc, names[first]))
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        head = head.head.head
    return fold(head.lemma_) in lexicon.relations


@define(eq=False)
class _Bearers:
    """What is known of the people, and who has been named up to the place that is being read."""

    _names: Sequence[Name]
    _parsed: ParsedText
    _lexicon: PeopleLexicon
    _settings: NameSettings
    _titles: dict[int, set[str]] = field(factory=lambda: defaultdict(set))
    # How often a person is called by each single word of the name.
    _alone: dict[int, Counter[str]] = field(factory=lambda: defaultdict(Counter))
    _genders: dict[int, set[Gender]] = field(factory=lambda: defaultdict(set))
    _counts: dict[int, int] = field(factory=lambda: defaultdict(int))
    _last: dict[int, int] = field(factory=dict)

    def learn(self, place: int, number: int) -> None:
        """Count a name that is certainly a person's, wherever it stands, and its titles and gender."""
        name = self._names[place]
        self._titles[number] |= _roles(name, self._lexicon)
        # In their own words people call each other by given name.
        if len(name.words) == 1 and self._parsed.passage_at[name.start] == OUTSIDE_PASSAGES:
            self._alone[number][fold(name.words[0])] += 1
        shown = (told_gender(name, self._parsed, self._lexicon), self._lexicon.name_gender(name.words[0]))
        self._genders[number] |= {gender for gender in shown[: len(name.words)] if gender is not None}
        self._counts[number] += 1

    def see(self, place: int, number: int) -> None:
        """Remember that a person is named in full at that place."""
        self._last[number] = place

    def choose(self, place: int, candidates: Sequence[int]) -> int:
        """The person meant by the bare name, which counts as theirs from now on."""
        name = self._names[place]
        gender = told_gender(name, self._parsed, self._lexicon)
        fitting = [n for n in candidates if gender is None or self._may_be(n, gender)] or candidates
        roles = _roles(name, self._lexicon)
        pronoun = self._pronoun_gender(place)
        last = max(fitting, key=lambda n: self._last.get(n, -1))
        by_given = {n: self._given_alone(n, fold(name.words[0])) for n in fitting}
        most = max(by_given.values())
        settings, scores = self._settings, {}
        for number in fitting:
            score = log2(1 + self._counts[number]) + settings.last_in_full * (number == last)
            score += settings.not_yet_named * (number not in self._last)
            score += settings.just_subject * self._was_subject(number, place)
            score += settings.pronoun_agrees * (pronoun is not None and self._genders[number] == {pronoun})
            score += settings.called_by_given * (0 < by_given[number] == most)
            scores[number] = (len(roles & self._titles[number]), score, self._last.get(number, -1))
        chosen = max(fitting, key=scores.__getitem__)
        self._counts[chosen] += 1
        return chosen

    def _given_alone(self, number: int, surname: str) -> int:
        """How often a person is called by given name alone."""
        return sum(count for word, count in self._alone[number].items() if word != surname)

    def _may_be(self, number: int, gender: Gender) -> bool:
        return not self._genders[number] or gender in self._genders[number]

    def _was_subject(self, number: int, place: int) -> bool:
        """Whether the person, named in full, was the subject just before in the same paragraph."""
        if number not in self._last:
            return False
        before, here = (self._parsed.doc[self._names[p].start] for p in (self._last[number], place))
        if self._parsed.paragraph_at(before.idx) != self._parsed.paragraph_at(here.idx):
            return False
        name = self._names[self._last[number]]
        return any(token.dep_ in SUBJECTS for token in self._parsed.doc[name.start : name.end])

    def _pronoun_gender(self, place: int) -> Gender | None:
        """The gender of the first such pronoun after the name, in its sentence and before another person's name."""
        sentences, end = self._parsed.sentences, self._names[place].end
        following = self._names[place + 1 : place + 2]
        stop = min(end + self._settings.pronoun_reach, len(sentences))
        if following and following[0].kind is EntityKind.PERSON:
            stop = min(stop, following[0].start)
        for index in range(end, stop):
            if sentences[index] != sentences[end - 1]:
                return None
            kind = pronoun_class(self._parsed.doc[index])
            if kind in GENDERS:
                return GENDERS[kind]
        return None


def _roles(name: Name, lexicon: PeopleLexicon) -> set[str]:
    """The titles before a name, written out."""
    titles = (fold(title) for title in name.titles)
    return {lexicon.title_roles.get(title, title) for title in titles if title in lexicon.titles}
