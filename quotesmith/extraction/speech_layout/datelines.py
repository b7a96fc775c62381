"""Datelines: the place, the date and the agency before the first sentence of a report ("OSLO (AP) — ...")."""

import re
from collections.abc import Sequence
from functools import cache

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.lexicon.folding import fold_text
from quotesmith.lexicon.furniture import FurnitureWords
from quotesmith.records import TextSpan

# "I — I won't."
_SHORTEST_PLACE = 3


def find_datelines(
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
    place = rf"(?P<place>{word}(?:\s(?:{word}|{phrase_pattern(words.place_particles)}|\d{{1,2}})){{0,3}})"
    rest = r"(?P<rest>(?:,\s[A-Z][\w.\-]{0,20}(?:\s(?:[A-Z][\w.\-]{0,20}|\d{1,4})){0,2}){0,3})"
    agency = rf"\({phrase_pattern(words.agencies)}\)"
    dash = r"\s?(?:—|–|--|(?<=\s)-)(?=\s|(?<=[—–])\w)\s{0,3}(?=\S)"
    return re.compile(rf"(?:{place}{rest}(?:\s?(?P<agency>{agency}))?|(?P<alone>{agency})){dash}")
