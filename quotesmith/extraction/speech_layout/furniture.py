"""Furniture of a page: lines and parts of lines that nobody says, such as teasers, bylines, credits and datelines."""

from bisect import bisect_right
from collections.abc import Sequence

from attrs import evolve

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.datelines import find_datelines
from quotesmith.extraction.speech_layout.page_credits import find_picture_credits
from quotesmith.extraction.speech_layout.page_lines import is_page_line
from quotesmith.lexicon.furniture import FurnitureWords
from quotesmith.marks import ends_sentence
from quotesmith.parsed_text import SpeechLayout
from quotesmith.records import TextSpan, TextSpans


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
    datelines = find_datelines(text, paragraphs, words, settings)
    found: list[TextSpan] = []
    for number, paragraph in enumerate(paragraphs):
        if is_page_line(text, paragraph, words, settings, is_first=number == 0):
            found.append(paragraph)
            continue
        rest = paragraph
        if number in datelines:
            found.append(datelines[number])
            rest = TextSpan(datelines[number].end, paragraph.end)
        found.extend(find_picture_credits(text, rest, words))
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
