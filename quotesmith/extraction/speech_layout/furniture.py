"""Furniture of a page: lines and parts of lines that nobody says, such as teasers, bylines, credits and datelines."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from attrs import evolve, frozen

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.lexicon.folding import fold_text
from quotesmith.lexicon.furniture import FurnitureWords
from quotesmith.marks import ends_sentence
from quotesmith.parsed_text import SpeechLayout
from quotesmith.records import TextSpan, TextSpans

_PAGE_WORD = re.compile(r"[\w@][\w’'@./\-]*")
_STOPS = frozenset(".!?…")
_QUOTATION = frozenset('"“”«»„‟')
# "Watch your step, she said, and shut the door.": a clause that narrates stands behind a comma.
_NARRATED = re.compile(r",\s(?:[\w’']{1,30}\s){0,3}[\w’']{1,30}[.,!?;]")
_PAGE_LINK = re.compile(r"https?://\S|www\.\S|<a\b|\w@\w")
_AT_NAME = re.compile(r"@\w")
_CREDIT_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,120})[)\]]")
_NAME = re.compile(r"(?:[A-Z][\w.’'\-]{1,20}\s){1,3}[A-Z][\w.’'\-]{1,20}")
# "Bob Roe/The Gazette"
_PHOTOGRAPHER = re.compile(rf"{_NAME.pattern}/[A-Z][\w.’'\-]{{1,20}}(?:\s[A-Z][\w.’'\-]{{1,20}}){{0,3}}")
_ENDING = re.compile(rf"(?<=[.!?”\"])(?P<credit>\s{_PHOTOGRAPHER.pattern})\Z")
_COPYRIGHT = re.compile(r"(?i:copyright\s)?(?:©|\([cC]\)\s?\d{4})|(?i:copyright)\s(?:by\s)?(?:\d{4}|[A-Z])")


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


def find_furniture(
    text: str, paragraphs: Sequence[TextSpan], words: FurnitureWords, settings: ExtractionSettings
) -> TextSpans:
    """What stands on the page beside its text, in text order, none overlapping another; linear in the text.

    Whole paragraphs are teasers ("READ MORE: ..."), buttons, advertisements, bylines, credits, counts and dates of
    publication; parts are datelines, of which the sentence behind stays, and credits of pictures.

    Args:
        text: The text.
        paragraphs: Its paragraphs.
        words: The words of furniture.
        settings: The thresholds.
    """
    datelines = _find_datelines(text, paragraphs, words, settings)
    found: list[TextSpan] = []
    for number, paragraph in enumerate(paragraphs):
        if _is_furniture(text, paragraph, words, settings, is_first=number == 0):
            found.append(paragraph)
            continue
        rest = paragraph
        if number in datelines:
            found.append(datelines[number])
            rest = TextSpan(datelines[number].end, paragraph.end)
        found.extend(_find_picture_credits(text, rest, words))
    return tuple(found)


def find_repeated_headings(text: str, paragraphs: Sequence[TextSpan], settings: ExtractionSettings) -> TextSpans:
    """The paragraphs that no stop ends and that are the same as one before, letter for letter.

    Pages show the title again below a picture or beside a link to it. Few words may stand twice by chance.
    """
    seen: set[str] = set()
    found = []
    for paragraph in paragraphs:
        heading = paragraph.of(text)
        if ends_sentence(text, paragraph) or len(heading.split()) < settings.min_heading_words:
            continue
        if heading in seen:
            found.append(paragraph)
        seen.add(heading)
    return tuple(found)


def add_furniture(layout: SpeechLayout, spans: Sequence[TextSpan]) -> SpeechLayout:
    """The layout, with furniture among what nobody says; words that belong to a turn are never furniture.

    Args:
        layout: The layout of a text.
        spans: The furniture of its page, in any order.
    """
    pieces = sorted(piece for turn in layout.turns for piece in (turn.label, *turn.content))
    ends = [piece.end for piece in pieces]
    silent = list(layout.silent)
    for span in spans:
        following = bisect_right(ends, span.start)
        if following == len(pieces) or pieces[following].start >= span.end:
            silent.append(span)
    return evolve(layout, silent=_merged(silent))


def _merged(spans: Sequence[TextSpan]) -> TextSpans:
    """The spans in order, those that overlap as one."""
    merged: list[TextSpan] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = TextSpan(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _is_byline(line: str, words: FurnitureWords, settings: ExtractionSettings) -> bool:
    """Whether a line says who wrote the text or took its pictures: "By Jane Roe", "Additional reporting by Bo Lee"."""
    if _credit_pattern(words).match(line):
        return True
    if len(line) > settings.max_byline_chars or not line.strip() or line[-1] in _STOPS:
        return False
    first, *rest = line.split()
    if fold_text(first) == "by" and rest:
        # "By Friday night, the vote was over."
        named = _without_staff(" ".join(rest), words).split()
        return all(
            word[0].isupper() or not word[0].isalpha() or fold_text(word) in words.byline_words for word in named
        )
    # "Jane Roe, Staff Writer"
    name, _, office = line.partition(",")
    return _NAME.fullmatch(name) is not None and fold_text(office) in words.staff


def _without_staff(names: str, words: FurnitureWords) -> str:
    """The names of a byline without what their bearers are."""
    name, _, office = names.partition(",")
    office_words = fold_text(office)
    return (
        name if any(office_words.startswith(staff) or office_words.endswith(staff) for staff in words.staff) else names
    )


def _is_furniture(
    text: str, paragraph: TextSpan, words: FurnitureWords, settings: ExtractionSettings, *, is_first: bool
) -> bool:
    if len(paragraph) > settings.max_furniture_chars:
        return False
    line = _Line.of(paragraph.of(text), is_first=is_first)
    if not line.words:
        return False
    return _is_byline(line.text, words, settings) or any(kind(line, words) for kind in _KINDS)


def _is_button(line: _Line, words: FurnitureWords) -> bool:
    """Whether a line is a button or a count: "Read more", "Advertisement", "12 comments"."""
    if line.is_sentence or line.text[0] in _QUOTATION:
        return False
    counted = " ".join(word for word in line.words if not word.isdigit())
    return line.plain in words.lines or (counted in words.counted and counted != line.plain)


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


def _is_copyright(line: _Line, _: FurnitureWords) -> bool:
    """Whether it says whose the page is: "Copyright 2021 The Gazette. All rights reserved."."""
    return _COPYRIGHT.match(line.text) is not None


def _is_contribution(line: _Line, words: FurnitureWords) -> bool:
    """Whether it says who helped: "Jane Roe contributed to this report."."""
    return any(phrase in line.plain for phrase in words.contributed) and not _QUOTATION.intersection(line.text)


def _is_trail(line: _Line, words: FurnitureWords) -> bool:
    """Whether it says where on the site the page is: "Home > News > Local"."""
    parts = re.split(r"\s[>|»›/]\s", line.text)
    return len(parts) > 1 and fold_text(parts[0]) in words.homes


_LONGEST_CALL = 16
_LONGEST_DATE = 12
_KINDS: Sequence[Callable[[_Line, FurnitureWords], bool]] = (
    _is_button,
    _is_teaser,
    _is_opening,
    _is_pointer,
    _is_follow,
    _is_dated,
    _is_copyright,
    _is_contribution,
    _is_trail,
)


@cache
def _label_pattern(words: FurnitureWords) -> re.Pattern[str]:
    labels = phrase_pattern(words.labels | words.unsure_labels)
    return re.compile(
        rf"[^\w\"“”«»„]{{0,4}}(?P<label>{labels})(?P<separator>\s?[:|»›>]|\s[–—-]|)\s{{1,3}}(?P<rest>\S.*)",
        re.IGNORECASE | re.DOTALL,
    )


@cache
def _credit_pattern(words: FurnitureWords) -> re.Pattern[str]:
    """How a line of credits begins: "Additional reporting by", "Photo:"."""
    modifiers, works, second = map(phrase_pattern, (words.work_modifiers, words.works, words.second_works))
    return re.compile(
        rf"[(\[—–\s]{{0,4}}(?i:(?:{modifiers}\s)?{works}(?:\sand\s{second})?(?:\s(?:by|courtesy\sof)\b|\s?:))"
        r"\s{0,3}(?=[A-Z@(\[]|\Z)"
    )


# Datelines

# "I — I won't."
_SHORTEST_PLACE = 3


def _find_datelines(
    text: str, paragraphs: Sequence[TextSpan], words: FurnitureWords, settings: ExtractionSettings
) -> dict[int, TextSpan]:
    """The dateline of each paragraph that has one, by its number.

    A place in capitals alone is one only at the head of the text, and where it stands once: a name and a dash before
    each line are a play's, and "NO — " is none.
    """
    pattern = _dateline_pattern(words)
    sure, bare = {}, {}
    for number, paragraph in enumerate(paragraphs):
        match = pattern.match(text, paragraph.start, paragraph.end)
        # Scene headings: "INT. KITCHEN - NIGHT".
        if match is None or text[match.end() : paragraph.end].isupper():
            continue
        span, place = TextSpan(paragraph.start, match.end()), match["place"]
        if match["alone"] or match["agency"] or _has_date(match["rest"], words) or (match["rest"] and place.isupper()):
            sure[number] = span
        elif place.isupper() and len(place) >= _SHORTEST_PLACE and number < settings.head_paragraphs:
            bare[number] = span
    return {**sure, **bare} if len(bare) == 1 else sure


def _has_date(rest: str, words: FurnitureWords) -> bool:
    return any(fold_text(word).strip(",.") in words.date_words for word in rest.split())


@cache
def _dateline_pattern(words: FurnitureWords) -> re.Pattern[str]:
    """How a dateline looks: "OSLO (AP) — ", "ELMFOOT, Thursday - ", "DES MOINES, Iowa, Aug. 10 (UPI) — "."""
    word = r"[A-Z][\w.’'\-]{0,20}"
    place = rf"(?P<place>{word}(?:\s(?:{word}|de|del|la|of|\d{{1,2}})){{0,3}})"
    rest = r"(?P<rest>(?:,\s[A-Z][\w.\-]{0,20}(?:\s(?:[A-Z][\w.\-]{0,20}|\d{1,4})){0,2}){0,3})"
    agency = rf"\({phrase_pattern(words.agencies)}\)"
    dash = r"\s?(?:—|–|--|(?<=\s)-)(?=\s|(?<=[—–])\w)\s{0,3}(?=\S)"
    return re.compile(rf"(?:{place}{rest}(?:\s?(?P<agency>{agency}))?|(?P<alone>{agency})){dash}")


# Pictures


def _find_picture_credits(text: str, paragraph: TextSpan, words: FurnitureWords) -> Iterator[TextSpan]:
    """Credits of pictures in brackets, and at the end of the paragraph."""
    for brackets in _CREDIT_BRACKETS.finditer(text, paragraph.start, paragraph.end):
        inside, is_last = brackets[1], brackets.end() >= paragraph.end - 1
        if _is_picture_credit(inside, words) or (is_last and _PHOTOGRAPHER.fullmatch(inside)):
            yield TextSpan(*brackets.span())
    start = max(paragraph.start, paragraph.end - _LONGEST_ENDING)
    ending = _ending_pattern(words).search(text, start, paragraph.end) or _ENDING.search(text, start, paragraph.end)
    if ending is not None:
        yield TextSpan(ending.start("credit"), paragraph.end)


def _is_picture_credit(inside: str, words: FurnitureWords) -> bool:
    """Whether brackets hold a credit: "(Photo: Ann Lee / AP)", "[Image by Bo]", "(Ann Lee/Getty Images)"."""
    if _bracket_pattern(words).match(inside):
        return True
    parts = [part.strip(" .") for part in re.split(r"/|\bvia\b", inside)]
    known = words.picture_sources if len(parts) == 1 else words.picture_sources | words.agencies
    return any(part in known for part in parts)


@cache
def _bracket_pattern(words: FurnitureWords) -> re.Pattern[str]:
    pictures, givers = phrase_pattern(words.pictures), phrase_pattern(words.credits)
    return re.compile(
        rf"(?:{pictures}s?(?:\scredit)?(?:\s?[:/]|\s(?:by|courtesy|from|via)\b)|{givers}(?:\s?[:/]|\s(?=[A-Z])|\sof\b|\Z)"
        rf"|{phrase_pattern(words.picture_sources)}/|(?:file\s|handout\s)?photo\Z|handout\Z)",
        re.IGNORECASE,
    )


@cache
def _ending_pattern(words: FurnitureWords) -> re.Pattern[str]:
    """How a caption ends that has a credit: "... — File photo", "... opens the fair. Photo: Ann Lee"."""
    pictures = phrase_pattern(words.pictures)
    capital = phrase_pattern(word.capitalize() for word in words.pictures | words.credits)
    name = r"[^\W\d_][^.:!?\n]{1,60}"
    return re.compile(
        rf"(?P<credit>\s[—–-]{{1,2}}\s(?i:file\sphoto|{pictures}s?(?:\sby|\scourtesy\sof|:)\s{name})"
        rf"|(?<=[.!?”\"\w])\s{capital}s?(?:\s(?:by|courtesy\sof)|:)\s(?=[A-Z]){name})[.\s]{{0,3}}\Z"
    )


_LONGEST_ENDING = 100
