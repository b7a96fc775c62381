"""Names in headings, whose other words have capitals too, and names in bylines, of those who wrote."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import define, evolve

from quotesmith.lexicon.people import PeopleLexicon, fold
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind
from quotesmith.speakers.names.recognition import Name

LEAST_WORDS = 3
CAPITAL_SHARE = 0.8
# Shorter words are small in headings too.
SMALL_WORD = 3
ENDS = (".", "!", "?")
_BYLINE = re.compile(r"by\s+\S", re.IGNORECASE)
_CREDIT = re.compile(
    r"[(\[—–\s]*(?:additional |further )?(?:reporting|writing|editing|compiled|photos?|photograph|image|graphics?)"
    r"(?: and (?:writing|editing|reporting))?(?:\s+by\b|\s*:)",
    re.IGNORECASE,
)
# A longer paragraph that begins with "By" is running text.
_LONGEST_BYLINE = 80


def cut_headings(names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon) -> Iterator[Name]:
    """The names in their order, those with a heading's word beside a family name cut to that.

    "Okafor Plan" is cut where "Ngozi Okafor" shows Okafor to be a family name, and "Battered Okafor" in a heading where
    the text has no such person, and Okafor by itself.
    """
    cutter = _Cutter.of(names, parsed, lexicon)
    for name in names:
        start, end = cutter.kept(name)
        yield name if end - start == len(name.words) else _part(name, start, end)


def _part(name: Name, start: int, end: int) -> Name:
    titles = name.titles if start == 0 else ()
    return evolve(name, start=name.start + start, end=name.start + end, words=name.words[start:end], titles=titles)


@define(eq=False)
class _Cutter:
    """Which family names the text shows, and which lines are headings."""

    _parsed: ParsedText
    _lexicon: PeopleLexicon
    _families: Counter[str]
    _alone: frozenset[str]
    _forms: Counter[tuple[str, ...]]
    _headings: dict[int, bool]

    @classmethod
    def of(cls, names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon) -> "_Cutter":
        people = [name for name in names if name.kind is EntityKind.PERSON]
        full = [name.words for name in people if len(name.words) > 1 and lexicon.is_given_name(name.words[0])]
        return cls(
            parsed,
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
        token = self._parsed.doc[name.start]
        return bool(token.is_sent_start) or token.i == 0 or self._is_heading(name)

    def _is_heading(self, name: Name) -> bool:
        """Whether the name's paragraph is one sentence most of whose words have capitals."""
        paragraph = self._parsed.paragraph_at(self._parsed.starts[name.start])
        if paragraph not in self._headings:
            self._headings[paragraph] = self._has_capitals(paragraph)
        return self._headings[paragraph]

    def _has_capitals(self, paragraph: int) -> bool:
        starts = self._parsed.paragraph_starts
        end = starts[paragraph + 1] if paragraph + 1 < len(starts) else len(self._parsed.text)
        words = self._parsed.text[starts[paragraph] : end].split()
        if any(word.endswith(ENDS) and len(word) > SMALL_WORD for word in words[:-1]):
            return False
        long = [word for word in words if len(word) > SMALL_WORD and word[0].isalpha()]
        capital = sum(word[0].isupper() for word in long)
        return len(long) >= LEAST_WORDS and capital >= CAPITAL_SHARE * len(long)


def split_writers(names: Sequence[Name], parsed: ParsedText) -> tuple[list[Name], list[Name]]:
    """The names of those written about, and of the people whom only bylines and credits name; both in their order.

    Linear in the names.
    """
    kinds: dict[int, bool] = {}
    in_byline = []
    for name in names:
        paragraph = parsed.paragraph_at(parsed.starts[name.start])
        if paragraph not in kinds:
            kinds[paragraph] = _is_byline(parsed, paragraph)
        in_byline.append(kinds[paragraph] and name.kind is EntityKind.PERSON)
    pairs = list(zip(names, in_byline, strict=True))
    elsewhere = {fold(word) for name, is_writer in pairs if not is_writer for word in name.words[-1:]}
    writers = [name for name, is_writer in pairs if is_writer and fold(name.words[-1]) not in elsewhere]
    return [name for name, is_writer in pairs if not is_writer or fold(name.words[-1]) in elsewhere], writers


def _is_byline(parsed: ParsedText, paragraph: int) -> bool:
    starts, text = parsed.paragraph_starts, parsed.text
    end = starts[paragraph + 1] if paragraph + 1 < len(starts) else len(text)
    line = text[starts[paragraph] : end].strip()
    if _CREDIT.match(line):
        return True
    # "By Friday night, the vote was over."
    words = line.split()
    capital = all(word[0].isupper() or word.casefold() in {"and", "&", "of", "the"} for word in words[1:] if word)
    return bool(_BYLINE.match(line)) and len(line) <= _LONGEST_BYLINE and capital and line[-1] not in ".!?"
