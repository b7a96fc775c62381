"""Who made a page: bylines, credits of texts and pictures, copyrights."""

import re
from collections.abc import Iterator
from functools import cache

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.lexicon.folding import fold_text
from quotesmith.lexicon.furniture import FurnitureWords
from quotesmith.records import TextSpan

_STOPS = frozenset(".!?…")
_NAME = re.compile(r"(?:[A-Z][\w.’'\-]{1,20}\s){1,3}[A-Z][\w.’'\-]{1,20}")
# "Bob Roe/The Gazette"
_PHOTOGRAPHER = re.compile(rf"{_NAME.pattern}/[A-Z][\w.’'\-]{{1,20}}(?:\s[A-Z][\w.’'\-]{{1,20}}){{0,3}}")
_ENDING = re.compile(rf"(?<=[.!?”\"])(?P<credit>\s{_PHOTOGRAPHER.pattern})\Z")
_CREDIT_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,120})[)\]]")
_LONGEST_ENDING = 100


def is_byline(line: str, words: FurnitureWords, settings: ExtractionSettings) -> bool:
    """Whether a line says who wrote the text or took its pictures: "By Jane Roe", "Additional reporting by Bo Lee"."""
    if _credit_pattern(words).match(line):
        return True
    if len(line) > settings.max_byline_chars or not line.strip() or line[-1] in _STOPS:
        return False
    first, *rest = line.split()
    if fold_text(first) in words.authors and rest:
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


@cache
def _credit_pattern(words: FurnitureWords) -> re.Pattern[str]:
    """How a line of credits begins: "Additional reporting by", "Photo:"."""
    modifiers, works, second = map(phrase_pattern, (words.work_modifiers, words.works, words.second_works))
    links = phrase_pattern(words.credit_links)
    return re.compile(
        rf"[(\[—–\s]{{0,4}}(?i:(?:{modifiers}\s)?{works}(?:\sand\s{second})?(?:\s{links}\b|\s?:))"
        r"\s{0,3}(?=[A-Z@(\[]|\Z)"
    )


def is_copyright(line: str, words: FurnitureWords) -> bool:
    """Whether a line says whose the page is: "Copyright 2021 The Gazette. All rights reserved."."""
    return _copyright_pattern(words).match(line) is not None


@cache
def _copyright_pattern(words: FurnitureWords) -> re.Pattern[str]:
    right, authors = phrase_pattern(words.copyrights), phrase_pattern(words.authors)
    return re.compile(rf"(?i:{right}\s)?(?:©|\([cC]\)\s?\d{{4}})|(?i:{right})\s(?:{authors}\s)?(?:\d{{4}}|[A-Z])")


def find_picture_credits(text: str, paragraph: TextSpan, words: FurnitureWords) -> Iterator[TextSpan]:
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
    parts = [part.strip(" .") for part in _source_pattern(words).split(inside)]
    known = words.picture_sources if len(parts) == 1 else words.picture_sources | words.agencies
    return any(part in known for part in parts)


@cache
def _bracket_pattern(words: FurnitureWords) -> re.Pattern[str]:
    pictures, givers = phrase_pattern(words.pictures), phrase_pattern(words.credits)
    links = phrase_pattern(words.credit_links | words.picture_links)
    return re.compile(
        rf"(?:{pictures}s?(?:\s{givers})?(?:\s?[:/]|\s{links}\b)|{givers}(?:\s?[:/]|\s(?=[A-Z])|\sof\b|\Z)"
        rf"|{phrase_pattern(words.picture_sources)}/|{phrase_pattern(words.unnamed_pictures)}\Z)",
        re.IGNORECASE,
    )


@cache
def _ending_pattern(words: FurnitureWords) -> re.Pattern[str]:
    """How a caption ends that has a credit: "... — File photo", "... opens the fair. Photo: Ann Lee"."""
    pictures = phrase_pattern(words.pictures)
    # One word may end a sentence.
    unnamed = phrase_pattern(phrase for phrase in words.unnamed_pictures if " " in phrase)
    links = phrase_pattern(words.credit_links)
    capital = phrase_pattern(word.capitalize() for word in words.pictures | words.credits)
    name = r"[^\W\d_][^.:!?\n]{1,60}"
    return re.compile(
        rf"(?P<credit>\s[—–-]{{1,2}}\s(?i:{unnamed}|{pictures}s?(?:\s{links}|:)\s{name})"
        rf"|(?<=[.!?”\"\w])\s{capital}s?(?:\s{links}|:)\s(?=[A-Z]){name})[.\s]{{0,3}}\Z"
    )


@cache
def _source_pattern(words: FurnitureWords) -> re.Pattern[str]:
    """What stands between the parts of a credit: "Ann Lee/AP", "Ann Lee via AP"."""
    return re.compile(rf"/|\b{phrase_pattern(words.source_links)}\b")
