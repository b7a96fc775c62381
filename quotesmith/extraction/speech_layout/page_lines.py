"""Lines that stand on a page beside its text: teasers, buttons, counts, dates of publication, links to other media."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from attrs import frozen

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.page_credits import is_byline, is_copyright
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.lexicon.folding import fold_text
from quotesmith.lexicon.furniture import FurnitureWords
from quotesmith.records import TextSpan

_PAGE_WORD = re.compile(r"[\w@][\w’'@./\-]*")
_QUOTATION = frozenset('"“”«»„‟')
# "Watch your step, she said, and shut the door.": a clause that narrates stands behind a comma.
_NARRATED = re.compile(r",\s(?:[\w’']{1,30}\s){0,3}[\w’']{1,30}[.,!?;]")
_PAGE_LINK = re.compile(r"https?://\S|www\.\S|<a\b|\w@\w")
_AT_NAME = re.compile(r"@\w")
_STOPS = frozenset(".!?…")
_LONGEST_CALL = 16
_LONGEST_DATE = 12


@frozen
class _Line:
    """A paragraph short enough to be furniture.

    Attributes:
        text: As it stands.
        words: Its words, folded.
        plain: These with spaces between.
        is_first: Whether the text begins with it, as with its own headline.
    """

    text: str
    words: Sequence[str]
    plain: str
    is_first: bool

    @classmethod
    def of(cls, text: str, *, is_first: bool) -> "_Line":
        words = [fold_text(word).rstrip("./-'") for word in _PAGE_WORD.findall(text)]
        return cls(text, words, " ".join(words), is_first)

    @property
    def is_sentence(self) -> bool:
        """Whether a stop ends it."""
        return self.text[-1] in _STOPS


def is_page_line(
    text: str, paragraph: TextSpan, words: FurnitureWords, settings: ExtractionSettings, *, is_first: bool
) -> bool:
    """Whether nobody says a paragraph, for it stands on the page beside the text.

    Args:
        text: The text.
        paragraph: One of its paragraphs.
        words: The words of furniture.
        settings: The thresholds.
        is_first: Whether the text begins with it.
    """
    if len(paragraph) > settings.max_furniture_chars:
        return False
    line = _Line.of(paragraph.of(text), is_first=is_first)
    if not line.words:
        return False
    return (
        is_byline(line.text, words, settings)
        or is_copyright(line.text, words)
        or any(kind(line, words) for kind in _KINDS)
    )


def _is_button(line: _Line, words: FurnitureWords) -> bool:
    """Whether a line is a button or a count: "Read more", "Advertisement", "12 comments"."""
    if line.is_sentence or line.text[0] in _QUOTATION:
        return False
    counted = " ".join(word for word in line.words if not word.isdigit())
    return (
        line.plain in words.lines or line.plain in words.labels or (counted in words.counted and counted != line.plain)
    )


def _is_teaser(line: _Line, words: FurnitureWords) -> bool:
    """Whether it links to another text: "READ MORE: City mourns six", "WATCH What He Did"."""
    match = _label_pattern(words).match(line.text)
    if match is None:
        return False
    label, separator, rest = match["label"], match["separator"].strip(), match["rest"]
    is_sure = fold_text(label) in words.labels
    if not separator and not (label.isupper() and _is_heading_word(rest, is_sure=is_sure)):
        return False
    if is_sure:
        return True
    # "Listen: it is late."; the text's own headline may be "Watch: ...".
    is_link = label.isupper() or rest[0].isupper()
    return is_link and not line.is_first and (not separator or rest[-1] not in '.…"”')


def _is_heading_word(rest: str, *, is_sure: bool) -> bool:
    """Whether what stands behind a label in capitals is no more of the same: "WATCH What He Did", not "WATCH OUT"."""
    first = rest.split(maxsplit=1)[0]
    return not first.isupper() and (is_sure or first[0].isupper())


def _is_opening(line: _Line, words: FurnitureWords) -> bool:
    """Whether it leads the reader on: "Story continues below advertisement", "Sign up for our newsletter."."""
    if len(line.words) > _LONGEST_CALL or _QUOTATION.intersection(line.text) or _NARRATED.search(line.text):
        return False
    openings = {" ".join(line.words[:size]) for size in range(1, 7)}
    if not openings.isdisjoint(words.calls):
        return True
    return not line.is_sentence and not openings.isdisjoint(words.openings)


def _is_pointer(line: _Line, words: FurnitureWords) -> bool:
    """Whether it points at other media: "Watch the full interview below:"."""
    opening = {line.words[0], " ".join(line.words[:2])}
    if (
        len(line.words) == 1
        or opening.isdisjoint(words.imperatives)
        or _QUOTATION.intersection(line.text)
        or _NARRATED.search(line.text)
    ):
        return False
    points = not words.pointers.isdisjoint(line.words[1:]) or _PAGE_LINK.search(line.text) is not None
    return points and (not words.media.isdisjoint(line.words[1:]) or line.words[1] in words.pointers)


def _is_follow(line: _Line, words: FurnitureWords) -> bool:
    """Whether it names a place on a platform: "Follow Ann Lee on Twitter @AnnLee."."""
    if line.words[0] not in words.follows:
        return False
    if len(line.words) > 1 and _AT_NAME.match(line.words[1]):
        return True
    places = [number for number, word in enumerate(line.words) if word in words.platforms]
    if not places or line.words[places[0] - 1] not in words.platform_links:
        return False
    behind = line.words[places[0] :]
    known = (word in words.platforms or word in words.platform_links or "@" in word or "/" in word for word in behind)
    return all(known) or _AT_NAME.search(line.text) is not None


def _is_dated(line: _Line, words: FurnitureWords) -> bool:
    """Whether it says when the page was made: "Last updated 3 June 2021, 10:15"."""
    size = next((size for size in (2, 1) if " ".join(line.words[:size]) in words.dated), 0)
    rest = line.words[size:]
    if not size or not 0 < len(rest) <= _LONGEST_DATE or not any(map(str.isdigit, line.text)):
        return False
    # "Updated figures show 40 dead", "Published 40 years ago, it sold well."
    dates = sum(word in words.date_words or not word.isalpha() for word in rest)
    return dates >= len(rest) - 2 and (rest[0] in words.date_words or not rest[0].isalpha())


def _is_contribution(line: _Line, words: FurnitureWords) -> bool:
    """Whether it says who helped: "Jane Roe contributed to this report."."""
    return any(phrase in line.plain for phrase in words.contributed) and not _QUOTATION.intersection(line.text)


def _is_trail(line: _Line, words: FurnitureWords) -> bool:
    """Whether it says where on the site the page is: "Home > News > Local"."""
    parts = re.split(r"\s[>|»›/]\s", line.text)
    return len(parts) > 1 and fold_text(parts[0]) in words.homes


@cache
def _label_pattern(words: FurnitureWords) -> re.Pattern[str]:
    labels = phrase_pattern(words.labels | words.unsure_labels)
    return re.compile(
        rf"[^\w\"“”«»„]{{0,4}}(?P<label>{labels})(?P<separator>\s?[:|»›>]|\s[–—-]|)\s{{1,3}}(?P<rest>\S.*)",
        re.IGNORECASE | re.DOTALL,
    )


_KINDS: Sequence[Callable[[_Line, FurnitureWords], bool]] = (
    _is_button,
    _is_teaser,
    _is_opening,
    _is_pointer,
    _is_follow,
    _is_dated,
    _is_contribution,
    _is_trail,
)
