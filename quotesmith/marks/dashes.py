"""Finds the dashes that open a paragraph of speech: "— Go away, he said."."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from quotesmith.records import TextSpan

_LEADING_DASH: Final = re.compile(r"(?:[—―–]+|--+|-(?=[ \u00a0]))(?=[ \u00a0]*[\w¿¡.…_*\"'“‘«])")
_TRAILING_DASH: Final = re.compile(r"[ \u00a0][—―–-][.]?\Z")
_POINT_AT_END: Final = re.compile(r"[.,:;!?…—―–-][\"'”’»_*]{0,3}\Z")
_TALK: Final = re.compile(r"[?!]")
_SIGNATURE_LENGTH: Final = 40


def find_dashes(text: str, paragraphs: Sequence[TextSpan]) -> Mapping[int, TextSpan]:
    """The dash at the start of each paragraph that may be speech, by the paragraph's position, in order.

    Headings ("– Red line –") and signatures ("— Jane") are not speech.
    """
    found = {}
    for position, paragraph in enumerate(paragraphs):
        dash = _LEADING_DASH.match(text, paragraph.start, paragraph.end)
        if dash is None or _TRAILING_DASH.search(text, max(dash.end(), paragraph.end - 3), paragraph.end):
            continue
        pointed = _POINT_AT_END.search(text, max(dash.end(), paragraph.end - 4), paragraph.end)
        if pointed or paragraph.end - dash.end() > _SIGNATURE_LENGTH:
            found[position] = TextSpan(dash.start(), dash.end())
    return found


def is_dialogue(text: str, spoken: Sequence[TextSpan], passages: int) -> bool:
    """Whether dashes mark the text's speech, rather than the items of a list.

    Dialogue has several such paragraphs, some with questions or exclamations, not all questions, and few
    other marks.

    Args:
        text: The whole text.
        spoken: The paragraphs that start with a dash.
        passages: How many passages other primary marks open.
    """
    talk = sum(bool(_TALK.search(text, paragraph.start, paragraph.end)) for paragraph in spoken)
    questions = sum("?" in text[max(0, paragraph.end - 2) : paragraph.end] for paragraph in spoken)
    several = len(spoken) > 1 and questions < len(spoken)
    return several and talk * 6 >= len(spoken) and passages * 4 <= len(spoken)
