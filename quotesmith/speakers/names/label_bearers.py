"""Whom a short label ("ROE", "KM", "J. Roe") may shorten: full labels, and full names in the text before."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import are_compatible, parse_words, title_gender
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, TextSpan
from quotesmith.speakers.names.labels import Label
from quotesmith.speakers.names.recognition import Name

# Keeps work linear: with more bearers of a word nobody is meant anyway.
_MOST_BEARERS = 8
# Longer words in capitals are names ("BRIAN"), no initials.
_MOST_INITIALS = 4
# A name that answers the question for it stands at the head of the answer.
_ANSWER_CHARS = 40
# "I am", "name is".
_OWN_TOKENS = 2


def is_abbreviation(label: Label) -> bool:
    """Whether the label may be the initials of a name, or some letters of one: "KM", "WN"."""
    letters = label.words[0].replace(".", "")
    is_short = len(label.words) == 1 and letters.isalpha() and len(letters) <= _MOST_INITIALS
    # "DvB" has a small letter for a small word.
    return is_short and letters[0].isupper() and letters[-1].isupper()


def is_word_label(label: Label) -> bool:
    """Whether the label is one word that capitals may abbreviate."""
    return len(label.words) == 1 and not label.is_role and len(label.words[0]) > _MOST_INITIALS


def abbreviates(letters: str, word: str) -> bool:
    """Whether the letters are the first one and later ones of a word, in order: "wn" of "wikinews".

    Examples:
        >>> abbreviates("wn", "wikinews"), abbreviates("nw", "wikinews")
        (True, False)
    """
    rest = iter(word)
    return len(letters) > 1 and letters[0] == word[0] and all(letter in rest for letter in letters)


class Bearers:
    """Full names by all that may shorten them."""

    def __init__(self, lexicon: PeopleLexicon) -> None:
        self._lexicon = lexicon
        self._words: dict[str, tuple[str, ...]] = {}
        self._titles: dict[str, tuple[str, ...]] = {}
        self._by_short: dict[str, list[str]] = defaultdict(list)
        self._by_initials: dict[str, list[str]] = defaultdict(list)

    def add(self, key: str, words: Sequence[str], titles: Iterable[str] = ()) -> None:
        """A full name, by the key under which it is given out."""
        if key in self._words:
            return
        self._words[key], self._titles[key] = tuple(words), tuple(titles)
        folded = [fold(word) for word in words]
        shorts = {folded[0], *(" ".join(folded[start:]) for start in range(1, min(len(folded), _MOST_BEARERS)))}
        for short in shorts:
            self._by_short[short].append(key)
        gaps = self._lexicon.names.acronym_gaps
        letters = [word[:1] for word in folded]
        capitals = [word[:1] for word in folded if word not in gaps and word not in self._lexicon.particles]
        for initials in {"".join(letters), "".join(capitals), letters[0], letters[0] + letters[-1]}:
            self._by_initials[initials].append(key)

    def fitting(self, label: Label) -> list[str]:
        """The keys of the full names that the label may shorten, but for those of another gender.

        By first name, family name or initials, or by an initial and the family name. What looks like a role may be
        initials: "MR".
        """
        if label.is_role:
            return [key for key in self._by_letters(label) if len(label.words[0]) > 1]
        found = self._by_short.get(label.key, []) or self._by_initial_and_family(label) or self._by_letters(label)
        return [key for key in found[:_MOST_BEARERS] if self._may_be(key, label)]

    def _by_initial_and_family(self, label: Label) -> list[str]:
        if len(label.words) == 1 or len(fold(label.words[0])) > 1:
            return []
        short = parse_words(label.words, self._lexicon)
        near = self._by_short.get(fold(short.family), [])[:_MOST_BEARERS]
        full = ((key, parse_words(self._words[key], self._lexicon)) for key in near)
        return [key for key, name in full if len(fold(name.given)) > 1 and are_compatible(short, name, self._lexicon)]

    def _by_letters(self, label: Label) -> list[str]:
        return self._by_initials.get(fold(label.words[0]), []) if is_abbreviation(label) else []

    def _may_be(self, key: str, label: Label) -> bool:
        gender, words = title_gender(label.titles, self._lexicon), self._words[key]
        shown = title_gender(self._titles[key], self._lexicon) or self._lexicon.name_gender(words[0])
        return gender is None or shown is None or gender is shown


class NamesBefore:
    """The full names of people and bodies in a text with turns, by where they stand."""

    def __init__(self, parsed: ParsedText, names: Iterable[Name], lexicon: PeopleLexicon) -> None:
        self._parsed = parsed
        self._lexicon = lexicon
        self._turns = parsed.layout.turns
        self._starts = parsed.starts
        self._names = [name for name in names if name.kind in {EntityKind.PERSON, EntityKind.ORGANIZATION}]
        self._by_key: dict[str, Name] = {}
        self._first_outside: dict[str, int] = {}
        self._in_turns: dict[str, set[int]] = defaultdict(set)
        self._introduced: dict[str, set[int]] = defaultdict(set)
        self._people, self._all = Bearers(lexicon), Bearers(lexicon)
        for name in self._names:
            self._add(name)

    def _add(self, name: Name) -> None:
        if len(name.words) == 1:
            return
        key = fold(" ".join(name.words))
        self._by_key.setdefault(key, name)
        turn = self._turn_at(self._starts[name.start])
        if turn is not None:
            self._in_turns[key].add(turn)
            if self._is_own(name):
                self._introduced[key].add(turn)
        else:
            self._first_outside.setdefault(key, self._starts[name.start])
        if name.kind is EntityKind.PERSON:
            self._people.add(key, name.words, name.titles)
        self._all.add(key, name.words, name.titles)

    def _turn_at(self, offset: int) -> int | None:
        """The turn in whose extent the character stands."""
        position = bisect_right(self._turns, offset, key=lambda turn: turn.extent.start) - 1
        return position if position >= 0 and offset < self._turns[position].extent.end else None

    def _is_own(self, name: Name) -> bool:
        """Whether one says one's own name: "I am Jane Roe", "my name is Jane Roe"."""
        before = [fold(token.text) for token in self._parsed.doc[max(0, name.start - _OWN_TOKENS) : name.start]]
        if len(before) < _OWN_TOKENS or before[-1] not in self._lexicon.pronouns.naming_verbs:
            return False
        return before[-2] == "i" or before[-2] in self._lexicon.labels.naming

    def fitting(self, label: Label, turns: Sequence[int]) -> list[Name]:
        """The names that the label may shorten, of those before it outside of turns, right before it, or its own.

        Own are those by which somebody is introduced in a turn with that label.

        Args:
            label: The label.
            turns: Positions of the turns that have it, in order.
        """
        first = turns[0]
        start = self._turns[first].label.start
        is_initials = len(label.words) == 1 and label.words[0].isupper()
        keys = self._people.fitting(label) or (self._all.fitting(label) if is_initials else [])
        return [
            self._by_key[key]
            for key in keys
            if self._first_outside.get(key, start) < start
            or first - 1 in self._in_turns.get(key, ())
            or not self._introduced.get(key, set()).isdisjoint(turns)
        ]

    def most_named(self, first: int, *, others: Container[str]) -> Name | None:
        """The person whom the text outside of turns names most before a turn; of several the first.

        Args:
            first: Position of the turn.
            others: Folded family names of others, who aren't meant.
        """
        before = [
            name
            for name in self._names
            if name.kind is EntityKind.PERSON
            and fold(name.words[-1]) not in others
            and self._starts[name.start] < self._turns[first].extent.start
            and self._turn_at(self._starts[name.start]) is None
        ]
        families = Counter(fold(name.words[-1]) for name in before)
        fullest: dict[str, Name] = {}
        for name in before:
            known = fullest.get(fold(name.words[-1]))
            if known is None or len(known.words) < len(name.words):
                fullest[fold(name.words[-1])] = name
        return fullest[families.most_common(1)[0][0]] if families else None

    def first_full_in(self, content: TextSpan) -> tuple[str, ...]:
        """The words of the full name of a person at the head of an answer; empty where none stands there."""
        for name in self._inside(content):
            if name.kind is EntityKind.PERSON and len(name.words) > 1:
                return name.words
        return ()

    def _inside(self, content: TextSpan) -> Iterator[Name]:
        end = min(content.end, content.start + _ANSWER_CHARS)
        place = bisect_right(self._names, content.start - 1, key=lambda name: self._starts[name.start])
        while place < len(self._names) and self._starts[self._names[place].start] < end:
            yield self._names[place]
            place += 1
