"""Chapters of a plain text, found by their headings: "CHAPTER I", "Chapter 12. The Storm", "PART TWO", "IV.".

A heading stands alone on its line, and its title may follow on the next ones. The headings of a table of contents have
no text between them and come again later. Numbers alone are headings only where they count from one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from quotesmith.lexicon.chapter_words import ChapterWords, load_chapter_words
from quotesmith.records import Chapter, TextSpan, find_line_groups

# A longer line is a paragraph. Characters; the longest heading with its title in fourteen novels has 67.
_MAX_HEADING: Final = 120
# A title over several lines, in characters: the longest of these novels has 214.
_MAX_TITLE: Final = 400
# A title in small letters on a line of its own; chosen by reading.
_MAX_PLAIN_TITLE: Final = 80
# Of a table of contents, an entry has at most this share of its chapter's text; chosen by reading.
_ENTRY_SHARE: Final = 0.25
# And at most so many characters below it; chosen by reading.
_MAX_ENTRY: Final = 400
# A text with fewer headings has no chapters.
_MIN_CHAPTERS: Final = 2
_MAX_NUMBER: Final = 300
_LAST_NUMBER: Final = -1

_DECORATION: Final = " \t_*#=~[]<>"
_NUMERAL: Final = re.compile(r"(?=[ivxlc])c{0,2}(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_HEADING_WORD: Final = re.compile(r"[^\W\d_]+\.?")
_HEADING_NUMBER: Final = re.compile(r"(\d{1,3}|[^\W\d_]+(?:-[^\W\d_]+)?)(?!\w)")
_TITLE_GAP: Final = re.compile(r"[ \t]*(?:[.:,;—–]|-{1,2})[.:—–-]{0,2}[ \t]*|[ \t]+|\Z")
# "Down the Rabbit-Hole . . . . 11"
_LEADERS: Final = re.compile(r"(?<![ \t.·…_])[ \t.·…_]{2,80}\d{1,4}\Z")
_TITLE_START: Final = re.compile(r"[\W_]{0,3}(?:[A-Z\d]|[^\W\d_a-z])")
_TITLE_WORD: Final = re.compile(r"[^\W\d_][^\W_]*")
_SENTENCE_MARKS: Final = (".", ",", ";", ":", "!", "?", "”", '"', "’", "'", "-", "—")


class _HeadingFamily(StrEnum):
    """What sort of heading it is; of numbers alone, one sort heads the chapters of a text."""

    PART = "part"
    CHAPTER = "chapter"
    NAMED = "named"
    TITLED_ROMAN = "titled-roman"
    ROMAN = "roman"
    WORD = "word"
    TITLED_DIGITS = "titled-digits"
    DIGITS = "digits"


_NUMBER_FAMILIES: Final = (
    _HeadingFamily.TITLED_ROMAN,
    _HeadingFamily.ROMAN,
    _HeadingFamily.WORD,
    _HeadingFamily.TITLED_DIGITS,
    _HeadingFamily.DIGITS,
)
# Items of a list are short. Characters below each heading, on average; chosen by reading.
_MIN_ITEM: Final = {_HeadingFamily.TITLED_DIGITS: 1_500, _HeadingFamily.DIGITS: 1_500}


@frozen
class _Heading:
    """A line that may head a chapter.

    Attributes:
        family: What sort it is.
        key: What it counts, without its title: equal in the table of contents and in the text.
        number: Which one it is; 0 for a name, -1 for the last.
        label: The heading without its title.
        title: Its title; empty where it has none.
        start: Where it begins.
        text_start: Where the text below it begins.
        text_end: Where that ends: at the next heading.
    """

    family: _HeadingFamily
    key: str
    number: int
    label: str
    title: str
    start: int
    text_start: int
    text_end: int = 0

    @property
    def length(self) -> int:
        return self.text_end - self.text_start

    @property
    def kind(self) -> str:
        """The word of the heading, or the sort of number."""
        return self.key.split()[0]

    def titled(self) -> str:
        """Heading and title on one line."""
        return f"{self.label}: {self.title}" if self.title else self.label


def find_chapters(text: str, *, language: str = "en") -> tuple[Chapter, ...]:
    """The chapters of a text by their headings, in order; none where there are fewer than two.

    Text before the first heading is in no chapter. In books of several volumes or parts, these are named before the
    chapters' titles: "VOLUME II, CHAPTER I".

    Note:
        Linear in the text's length.
    """
    words = load_chapter_words(language)
    headings = list(_iter_headings(text, words))
    if len(headings) < _MIN_CHAPTERS:
        return ()
    chosen = _chosen(text, headings)
    if all(heading.family is _HeadingFamily.NAMED for heading in chosen):
        return ()
    chapters = tuple(_chapters(text, chosen))
    return chapters if len(chapters) >= _MIN_CHAPTERS else ()


def first_title(text: str, *, language: str = "en") -> str | None:
    """The heading with which a text begins, as a chapter in a file of its own does; None where it has none."""
    heading = next(_iter_headings(text, load_chapter_words(language)), None)
    if heading is None or text[: heading.start].strip() or not text[heading.text_start :].strip():
        return None
    return heading.titled()


def part_label(title: str, *, language: str = "en") -> str | None:
    """What a title calls a part of several chapters ("PART ONE" of "PART ONE. THE SEA"); None for other titles."""
    found = _read_heading(title, load_chapter_words(language))
    return found.label if found is not None and found.family is _HeadingFamily.PART else None


def _iter_headings(text: str, words: ChapterWords) -> Iterator[_Heading]:
    groups: Sequence[Sequence[TextSpan]] = find_line_groups(text)
    for position, group in enumerate(groups):
        lines, after = group, groups[position + 1 : position + 3]
        found = _leading(text, lines, words)
        if not found:
            found, lines, after = _split_heading(text, lines, after, words)
        own, below = found[:2], lines[len(found) :]
        is_part = len(own) > 1 and own[0].family is _HeadingFamily.PART and own[1].family is not _HeadingFamily.PART
        if not found or len(found) > 1 + is_part:
            # No heading, or the lines of a table of contents without a blank one between them.
            continue
        yield from own[:-1]
        heading = _with_title(text, own[-1], below, after, words)
        if heading is not None:
            yield heading


def _leading(text: str, lines: Sequence[TextSpan], words: ChapterWords) -> list[_Heading]:
    """The headings with which the lines of a paragraph begin; at most three, which are a table of contents."""
    found: list[_Heading] = []
    for line in lines[:3]:
        heading = _read_heading(line.of(text), words) if len(line) <= _MAX_HEADING else None
        if heading is None:
            break
        found.append(evolve(heading, start=line.start, text_start=line.end))
    return found


def _split_heading(
    text: str, lines: Sequence[TextSpan], after: Sequence[Sequence[TextSpan]], words: ChapterWords
) -> tuple[list[_Heading], Sequence[TextSpan], Sequence[Sequence[TextSpan]]]:
    """Read "CHAPTER" with its number below: the heading, its paragraph's lines, and the paragraphs behind it."""
    first = lines[0]
    word = first.of(text).strip(_DECORATION) if len(first) <= _MAX_HEADING else ""
    if word.lower() not in words.chapters | words.parts or not word[0].isupper():
        return [], lines, after
    if len(lines) == 1 and after:
        lines, after = [first, *after[0]], after[1:]
    number = lines[1].of(text).strip(_DECORATION + ".") if len(lines) > 1 and len(lines[1]) <= _MAX_HEADING else ""
    if _value(number, words, roman=True) is None:
        return [], lines, after
    heading = _read_heading(f"{word} {number}", words)
    whole = [TextSpan(first.start, lines[1].end), *lines[2:]]
    return ([] if heading is None else [evolve(heading, start=first.start, text_start=lines[1].end)]), whole, after


def _read_heading(line: str, words: ChapterWords) -> _Heading | None:
    """The heading that a line is, without its place."""
    line = line.strip(_DECORATION)
    return _read_named(line, words) or _read_divided(line, words) or _read_number(line, words)


def _read_named(line: str, words: ChapterWords) -> _Heading | None:
    name = line.lower().replace("’", "'").rstrip(" .:")
    for article in words.articles:
        name = name.removeprefix(f"{article} ")
    if name not in words.named or not line[:1].isupper():
        return None
    return _Heading(_HeadingFamily.NAMED, name, 0, line.rstrip(" .:"), "", 0, 0)


def _read_divided(line: str, words: ChapterWords) -> _Heading | None:
    """Read a word and its number: "CHAPTER I", "BOOK THE FIRST. SOWING", "Part Two"."""
    first = _HEADING_WORD.match(line)
    if first is None or not line[0].isupper():
        return None
    word = first.group().rstrip(".").lower()
    if word in words.parts:
        family = _HeadingFamily.PART
    elif word in words.chapters:
        family = _HeadingFamily.CHAPTER
    else:
        return None
    rest = line[first.end() :].lstrip()
    for article in words.articles:
        if rest.lower().startswith(f"{article} "):
            rest = rest[len(article) :].lstrip()
    if rest == line[first.end() :]:
        return None
    counted = _HEADING_NUMBER.match(rest)
    number = None if counted is None else _value(counted.group(), words, roman=True)
    if counted is None or number is None:
        return None
    title = _title_behind(rest[counted.end() :])
    if title is None:
        return None
    label = line[: len(line) - len(rest) + counted.end()]
    return _Heading(family, f"{word} {number}", number, label, title, 0, 0)


def _read_number(line: str, words: ChapterWords) -> _Heading | None:
    """Read a number: "IV.", "12", "TWO", "II. The Red-headed League"."""
    counted = _HEADING_NUMBER.match(line)
    if counted is None:
        return None
    label, rest = counted.group(), line[counted.end() :]
    alone = not rest.strip(" .:")
    number = _value(label, words, roman=label.isupper())
    if number is None or number < 1 or not (alone or rest.startswith((". ", ": ", ".—"))):
        return None
    title = "" if alone else _title_behind(rest)
    if title is None or not (label.isdigit() or label[0].isupper()):
        return None
    if label.isdigit():
        family = _HeadingFamily.DIGITS if alone else _HeadingFamily.TITLED_DIGITS
    elif label.lower() in words.numbers:
        family = _HeadingFamily.WORD
    else:
        family = _HeadingFamily.ROMAN if alone else _HeadingFamily.TITLED_ROMAN
    if family is _HeadingFamily.WORD and not alone:
        return None
    return _Heading(family, f"{family} {number}", number, label, title, 0, 0)


def _value(word: str, words: ChapterWords, *, roman: bool) -> int | None:
    small = word.lower()
    if small.isdecimal():
        value = int(small)
    elif small in words.last:
        return _LAST_NUMBER
    elif small in words.numbers:
        value = words.numbers[small]
    elif roman and _NUMERAL.fullmatch(small):
        value = _roman_value(small)
    else:
        return None
    return value if 0 < value <= _MAX_NUMBER else None


def _roman_value(numeral: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in pairwise([*values, 0]))


def _title_behind(rest: str) -> str | None:
    """The title behind a number on the same line, "" for none; None where the line is running text."""
    gap = _TITLE_GAP.match(rest)
    if gap is None:
        return None
    title = _LEADERS.sub("", rest[gap.end() :]).strip(_DECORATION)
    if not title:
        return ""
    if gap.group().strip():
        return title
    # "Chapter 3 describes the bridge", "Part Two Rivers was closed."
    return title if _TITLE_START.match(title) and not title.endswith((".", ",", ";", ":")) else None


def _with_title(
    text: str,
    heading: _Heading,
    rest: Sequence[TextSpan],
    after: Sequence[Sequence[TextSpan]],
    words: ChapterWords,
) -> _Heading | None:
    """The heading with the title below it; None where the line is the first of a paragraph."""
    if rest:
        below = _title_of(text, rest)
        if below is not None:
            title = f"{heading.title} {below}".strip()
            return evolve(heading, title=title, text_start=rest[-1].end)
        return None if heading.title or heading.family in _NUMBER_FAMILIES else heading
    if heading.title or heading.family is _HeadingFamily.NAMED or len(after) == 0:
        return heading
    below = _title_of(text, after[0])
    if below is None or _read_heading(after[0][0].of(text), words) is not None:
        return heading
    return evolve(heading, title=below, text_start=after[0][-1].end)


def _title_of(text: str, lines: Sequence[TextSpan]) -> str | None:
    """The lines as a title; None where they are running text."""
    if lines[-1].end - lines[0].start > _MAX_TITLE:
        return None
    title = " ".join(_LEADERS.sub("", line.of(text)).strip(_DECORATION) for line in lines)
    found = _TITLE_WORD.findall(title)
    if not found:
        return None
    if title.upper() == title:
        return title
    long = [word for word in found if len(word) > 3] or found  # noqa: PLR2004 - "of" and "the" have small letters
    plain = len(title) <= _MAX_PLAIN_TITLE and not title.endswith(_SENTENCE_MARKS) and _TITLE_START.match(title)
    return title if plain and 2 * sum(word[0].isupper() for word in long) > len(long) else None


def _with_ends(text_end: int, headings: Iterable[_Heading]) -> list[_Heading]:
    """The headings in text order, each with the end of the text below it."""
    ordered = sorted(headings, key=lambda heading: heading.start)
    ends = [*(heading.start for heading in ordered), text_end][1:]
    return [evolve(heading, text_end=end) for heading, end in zip(ordered, ends, strict=True)]


def _chosen(text: str, headings: Sequence[_Heading]) -> list[_Heading]:
    """The headings that divide the text: those with a word, or else one sort of numbers."""
    others = [heading for heading in headings if heading.family in (_HeadingFamily.PART, _HeadingFamily.NAMED)]
    for family in (_HeadingFamily.CHAPTER, *_NUMBER_FAMILIES):
        own = [heading for heading in headings if heading.family is family]
        if len(own) < _MIN_CHAPTERS:
            continue
        kept = _without_contents(text, _with_ends(len(text), [*others, *own]))
        if family in _NUMBER_FAMILIES:
            kept = _with_ends(len(text), _counting(kept, family))
        if _is_division([heading for heading in kept if heading.family is family]):
            return kept
    rest = [heading for heading in headings if heading.family is _HeadingFamily.CHAPTER]
    return _without_contents(text, _with_ends(len(text), [*others, *rest]))


def _counting(headings: Sequence[_Heading], family: _HeadingFamily) -> Iterator[_Heading]:
    """All but those numbers that don't count from one, which they do again behind each part."""
    last, may_restart = 0, True
    for heading in headings:
        if heading.family is family:
            # The first chapter of a book or part may have no number.
            if heading.number != last + 1 and not (may_restart and heading.number in (1, 2)):
                continue
            last, may_restart = heading.number, False
        may_restart = may_restart or heading.family is _HeadingFamily.PART
        yield heading


def _is_division(headings: Sequence[_Heading]) -> bool:
    if len(headings) < _MIN_CHAPTERS:
        return False
    least = _MIN_ITEM.get(headings[0].family, 0)
    return sum(heading.text_end - heading.text_start for heading in headings) >= least * len(headings)


def _without_contents(text: str, headings: list[_Heading]) -> list[_Heading]:
    """The headings without those of a table of contents, with the ends of the text below each."""
    entries = _empty_rows(text, headings) | _repeated_rows(headings)
    return _with_ends(len(text), [one for position, one in enumerate(headings) if position not in entries])


def _empty_rows(text: str, headings: Sequence[_Heading]) -> set[int]:
    """The positions of several headings of one kind in a row that have no text below them."""
    empty = [not text[one.text_start : one.text_end].strip() for one in headings]
    later = Counter(one.key for one in headings)
    entries: set[int] = set()
    row: list[int] = []
    for position, one in enumerate(headings):
        later[one.key] -= 1
        row.append(position)
        if empty[position]:
            continue
        kinds = Counter(headings[own].kind for own in row[:-1])
        if kinds and max(kinds.values()) >= _MIN_CHAPTERS:
            entries.update(row[: _first_kept(headings, row, later)])
        row = []
    return entries


def _first_kept(headings: Sequence[_Heading], row: Sequence[int], later: Counter[str]) -> int:
    """Where in a row of headings without text the text's own begin: at the last, with the parts right before it."""
    last = headings[row[-1]]
    before = next((headings[own] for own in reversed(row[:-1]) if headings[own].family is last.family), None)
    if last.family is _HeadingFamily.NAMED:
        goes_on = later[last.key] > 0
    else:
        goes_on = before is not None and last.number in (before.number + 1, _LAST_NUMBER)
    if goes_on:
        return len(row)
    first = len(row) - 1
    while (
        first > 0 and last.family is not _HeadingFamily.PART and headings[row[first - 1]].family is _HeadingFamily.PART
    ):
        first -= 1
    return first


def _repeated_rows(headings: Sequence[_Heading]) -> set[int]:
    """The positions of headings in a row that have little text, come again later and have more there."""
    longest: dict[str, int] = {}
    is_brief, comes_again = [], []
    for one in reversed(headings):
        again = one.length < _ENTRY_SHARE * longest.get(one.key, 0)
        comes_again.append(again)
        is_brief.append(again and one.length <= _MAX_ENTRY)
        longest[one.key] = max(one.length, longest.get(one.key, 0))
    comes_again.reverse()
    is_brief.reverse()
    entries = {own for pair in pairwise(range(len(headings))) if all(is_brief[one] for one in pair) for own in pair}
    # The last entry has all that stands between the table and the first chapter.
    ends = {own + 1 for own in entries if own + 1 < len(headings) and own + 1 not in entries}
    goes_on = {own for own in ends if headings[own].number in (headings[own - 1].number + 1, 0, _LAST_NUMBER)}
    return entries | {own for own in goes_on if comes_again[own]}


def _chapters(text: str, headings: Sequence[_Heading]) -> Iterator[Chapter]:
    """The chapters; a part without text of its own begins with its first chapter."""
    parts: dict[str, str] = {}
    start: int | None = None
    for position, heading in enumerate(headings):
        title = heading.titled()
        if heading.family is _HeadingFamily.PART:
            for kind in [*parts][[*parts, heading.kind].index(heading.kind) :]:
                del parts[kind]
            title = ", ".join([*parts.values(), title])
            parts[heading.kind] = heading.label
            is_last = position + 1 == len(headings)
            if not is_last and not text[heading.text_start : heading.text_end].strip():
                start = heading.start if start is None else start
                continue
        elif heading.family is not _HeadingFamily.NAMED:
            title = ", ".join([*parts.values(), title])
        yield Chapter(title, TextSpan(heading.start if start is None else start, heading.text_end))
        start = None
