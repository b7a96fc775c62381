"""Lines with labels -> the turns of a transcript: which of them begin turns, and where each turn's words stand."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import field, frozen

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.evidence import SURE_KINDS, Heard, TurnEvidence
from quotesmith.extraction.speech_layout.label_names import LabelKind
from quotesmith.extraction.speech_layout.lines import TextLine, find_lines
from quotesmith.extraction.speech_layout.openers import Opener
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.label_words import LabelWords
from quotesmith.marks import ends_sentence
from quotesmith.parsed_text import LabelledTurn, SpeechLayout
from quotesmith.records import TextSpan

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
# "(CROSSTALK.)", "[Applause]", "*laughs*", "….", "14:05", "12", "---": no words of a turn.
_ASIDE = re.compile(
    r"[\"“]?(?:\\?[(\[][^()\[\]]*[)\]]|\*[^*]{1,200}\*|_[^_]{1,200}_|\d{1,2}:\d{2}(?::\d{2})?|\d{1,4}|[\W_]+)[.\"”]?"
)
_MARKED_HEADING = re.compile(r"#{1,6}\s")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
# In a text that has turns, things that the turns speak of stand among the labels; so many are no list.
_MOST_THINGS = 0.25


@frozen(eq=False)
class Transcript:
    """A text whose turns are looked for.

    Attributes:
        text: The text.
        paragraphs: Its paragraphs.
        words: The words of labels and of talk.
        settings: The thresholds.
    """

    text: str
    paragraphs: Sequence[TextSpan]
    words: LabelWords
    settings: ExtractionSettings

    @cached_property
    def lines(self) -> list[TextLine]:
        """Its lines, but for those of code."""
        return find_lines(self.text, self.paragraphs)
