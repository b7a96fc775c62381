"""Names in headings, whose other words have capitals too, and names beside the text, as of those who wrote it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import define, evolve

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind
from quotesmith.speakers.names.extents import FULL_NAME
from quotesmith.speakers.names.recognition import Name
from quotesmith.speakers.settings import NameSettings

SENTENCE_ENDS: Final = (".", "!", "?")


def split_writers(names: Sequence[Name], parsed: ParsedText) -> tuple[list[Name], list[Name]]:
    """The names of those written about, and of the people whom only furniture names; both in text order.

    Bylines and credits name who made the page. Other names that stand only in furniture are left out: a link to another
    text names nobody in this one. Linear in the names.
    """
    beside = [parsed.is_furniture(name.start) for name in names]
    written = {_family(name) for name, is_beside in zip(names, beside, strict=True) if not is_beside}
    about: list[Name] = []
    writers: list[Name] = []
    for name, is_beside in zip(names, beside, strict=True):
        if not is_beside or _family(name) in written:
            about.append(name)
        elif name.kind is EntityKind.PERSON:
            writers.append(name)
    return about, writers


def _family(name: Name) -> str:
    return fold(name.words[-1])


def _paragraph_text(parsed: ParsedText, paragraph: int) -> str:
    return parsed.paragraphs[paragraph].of(parsed.text)


def cut_headings(
    names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon, settings: NameSettings
) -> Iterator[Name]:
    """The names in their order, those with a heading's word beside a family name cut to that.

    "Okafor Plan" is cut where "Ngozi Okafor" shows that Okafor is a family name, and "Battered Okafor" in a heading
    where the text has Okafor alone, and nobody else by that whole name.
    """
    cutter = _HeadingCutter.of(names, parsed, lexicon, settings)
    for name in names:
        start, end = cutter.kept(name)
        yield name if end - start == len(name.words) else _part(name, start, end)


def _part(name: Name, start: int, end: int) -> Name:
    """Some words of a name: a person's, whatever the recognizer took the whole heading for."""
    titles, kind = name.titles if start == 0 else (), EntityKind.PERSON
    return evolve(
        name, kind=kind, start=name.start + start, end=name.start + end, words=name.words[start:end], titles=titles
    )


@define(eq=False)
class _HeadingCutter:
    """Which family names the text shows, and which paragraphs are headings."""

    _parsed: ParsedText
    _lexicon: PeopleLexicon
    _settings: NameSettings
    _families: Counter[str]
    _givens: frozenset[str]
    _alone: frozenset[str]
    _forms: Counter[tuple[str, ...]]
    _headings: dict[int, bool]

    @classmethod
    def of(
        cls, names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon, settings: NameSettings
    ) -> "_HeadingCutter":
        people = [name for name in names if name.kind is EntityKind.PERSON]
        full = [name.words for name in people if len(name.words) > 1 and lexicon.is_given_name(name.words[0])]
        return cls(
            parsed,
            lexicon,
            settings,
            families=Counter(fold(words[-1]) for words in full),
            givens=frozenset(key for key, count in Counter(fold(words[0]) for words in full).items() if count > 1),
            alone=frozenset(fold(name.words[0]) for name in people if len(name.words) == 1),
            forms=Counter(tuple(map(fold, name.words)) for name in people),
            headings={},
        )

    def kept(self, name: Name) -> tuple[int, int]:
        """Which words of a name are the name: from, and up to."""
        size = len(name.words)
        # A name with marks inside has tokens that are no words of it.
        if name.entry is not None or size == 1 or name.end - name.start != size:
            return 0, size
        return self._kept_of_person(name) if name.kind is EntityKind.PERSON else (0, self._person_in_body(name))

    def _kept_of_person(self, name: Name) -> tuple[int, int]:
        size = len(name.words)
        first, last = fold(name.words[0]), fold(name.words[-1])
        is_given = self._lexicon.is_given_name(first)
        is_odd = not name.titles and self._forms[tuple(map(fold, name.words))] == 1 and self._is_heading(name)
        is_word = is_odd and last not in self._alone and self._families[last] == 1
        if first in self._families and (not is_given or is_word):
            return 0, 1
        known = self._known_start(name)
        if known:
            return 0, known
        # "Said Holm": a given name elsewhere.
        is_word = self._parsed.doc[name.start].pos_ in {"VERB", "AUX"}
        is_word = is_word or (size == FULL_NAME and not is_given and self._begins_odd(name))
        if is_word and last in self._families and self._forms[first, last] == 1:
            return 1, size
        if is_given or size > FULL_NAME:
            return 0, size
        return (1, size) if is_odd and last in self._alone else (0, size)

    def _person_in_body(self, name: Name) -> int:
        """How many words of what the recognizer takes for a body in a heading are a person's; all of them elsewhere."""
        size, first = len(name.words), fold(name.words[0])
        is_long = size > FULL_NAME or fold(name.words[-1]) not in self._lexicon.bodies
        if name.kind is not EntityKind.ORGANIZATION or not is_long or not self._is_heading(name):
            return size
        is_family = first in self._families and not self._lexicon.is_given_name(first)
        return 1 if is_family else self._known_start(name) or size

    def _known_start(self, name: Name) -> int:
        """How many words of a heading's name are somebody's whom the text names elsewhere; 0 where none are."""
        words = tuple(map(fold, name.words))
        if self._forms[words] > 1 or not self._is_heading(name):
            return 0
        known = next((end for end in range(len(words) - 1, 1, -1) if self._forms[words[:end]]), 0)
        is_given = words[0] in self._givens and words[-1] not in self._families
        return known or int(is_given and len(words) == FULL_NAME)

    def _begins_odd(self, name: Name) -> bool:
        """Whether the first word may have a heading's capital, or that of a sentence's first word, which is a word."""
        token = self._parsed.doc[name.start]
        is_word = token.pos_ != "PROPN" or token.lower_ in self._lexicon.ordinary
        return ((bool(token.is_sent_start) or token.i == 0) and is_word) or self._is_heading(name)

    def _is_heading(self, name: Name) -> bool:
        """Whether the name's paragraph is one sentence most of whose words have capitals."""
        paragraph = self._parsed.paragraph_at(self._parsed.starts[name.start])
        if paragraph not in self._headings:
            self._headings[paragraph] = self._has_capitals(_paragraph_text(self._parsed, paragraph).split())
        return self._headings[paragraph]

    def _has_capitals(self, words: Sequence[str]) -> bool:
        settings = self._settings
        if any(word.endswith(SENTENCE_ENDS) and len(word) > settings.small_word for word in words[:-1]):
            return False
        long = [word for word in words if len(word) > settings.small_word and word[0].isalpha()]
        capital = sum(word[0].isupper() for word in long)
        return len(long) >= settings.heading_words and capital >= settings.heading_capitals * len(long)
