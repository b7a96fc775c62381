"""Names in headings, whose verbs and nouns have capitals too: "Okafor Plan", "Okafor Breaks With Lindqvist"."""

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import define, evolve

from quotesmith.lexicon.people import PeopleLexicon, fold
from quotesmith.records import EntityKind
from quotesmith.speakers.layout import Layout
from quotesmith.speakers.mentions import Name

LEAST_WORDS = 3
CAPITAL_SHARE = 0.8
# Shorter words are small in headings too.
SMALL_WORD = 3
ENDS = (".", "!", "?")


def cut_headings(names: Sequence[Name], layout: Layout, lexicon: PeopleLexicon) -> Iterator[Name]:
    """The names in their order, those with a heading's word beside a family name cut to that.

    "Okafor Plan" is cut where "Ngozi Okafor" shows Okafor to be a family name, and "Battered Okafor" in a heading where
    the text has no such person, and Okafor by itself.
    """
    cutter = _Cutter.of(names, layout, lexicon)
    for name in names:
        start, end = cutter.kept(name)
        yield name if end - start == len(name.words) else _part(name, start, end)


def _part(name: Name, start: int, end: int) -> Name:
    titles = name.titles if start == 0 else ()
    return evolve(name, start=name.start + start, end=name.start + end, words=name.words[start:end], titles=titles)


@define(eq=False)
class _Cutter:
    """Which family names the text shows, and which lines are headings."""

    _layout: Layout
    _lexicon: PeopleLexicon
    _families: Counter[str]
    _alone: frozenset[str]
    _forms: Counter[tuple[str, ...]]
    _headings: dict[int, bool]

    @classmethod
    def of(cls, names: Sequence[Name], layout: Layout, lexicon: PeopleLexicon) -> "_Cutter":
        people = [name for name in names if name.kind is EntityKind.PERSON]
        full = [name.words for name in people if len(name.words) > 1 and lexicon.is_given_name(name.words[0])]
        return cls(
            layout,
            lexicon,
            families=Counter(fold(words[-1]) for words in full),
            alone=frozenset(fold(name.words[0]) for name in people if len(name.words) == 1),
            forms=Counter(tuple(map(fold, name.words)) for name in people),
            headings={},
        )

    def kept(self, name: Name) -> tuple[int, int]:
        """Which words of a name are the name: from, and up to."""
        size = len(name.words)
        # A name with marks inside has tokens that are no words of it.
        if name.entry is not None or name.kind is not EntityKind.PERSON or size == 1 or name.end - name.start != size:
            return 0, size
        first, last = fold(name.words[0]), fold(name.words[-1])
        is_given = self._lexicon.is_given_name(first)
        is_odd = not name.titles and self._forms[tuple(map(fold, name.words))] == 1 and self._is_heading(name)
        is_word = is_odd and last not in self._alone and self._families[last] == 1
        if first in self._families and (not is_given or is_word):
            return 0, 1
        if is_given or size > 2:  # noqa: PLR2004 - one word more than the family name
            return 0, size
        if last in self._families and self._opens_sentence(name) and self._forms[first, last] == 1:
            return 1, size
        return (1, size) if is_odd and last in self._alone else (0, size)

    def _opens_sentence(self, name: Name) -> bool:
        """Whether a capital may be that of a sentence's first word."""
        token = self._layout.doc[name.start]
        return bool(token.is_sent_start) or token.i == 0 or self._is_heading(name)

    def _is_heading(self, name: Name) -> bool:
        """Whether the name's paragraph is one sentence most of whose words have capitals."""
        paragraph = self._layout.paragraph_at(self._layout.starts[name.start])
        if paragraph not in self._headings:
            self._headings[paragraph] = self._has_capitals(paragraph)
        return self._headings[paragraph]

    def _has_capitals(self, paragraph: int) -> bool:
        starts = self._layout.paragraphs
        end = starts[paragraph + 1] if paragraph + 1 < len(starts) else len(self._layout.text)
        words = self._layout.text[starts[paragraph] : end].split()
        if any(word.endswith(ENDS) and len(word) > SMALL_WORD for word in words[:-1]):
            return False
        long = [word for word in words if len(word) > SMALL_WORD and word[0].isalpha()]
        capital = sum(word[0].isupper() for word in long)
        return len(long) >= LEAST_WORDS and capital >= CAPITAL_SHARE * len(long)
