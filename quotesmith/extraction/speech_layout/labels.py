"""Transcripts: lines that a speaker's label and a colon open ("ROE: We will.", "**Roe:** We will.")."""

from collections.abc import Sequence

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.contents import build_layout
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.interviews import find_letters
from quotesmith.extraction.speech_layout.label_names import LabelNames
from quotesmith.extraction.speech_layout.openers import find_labels, merge
from quotesmith.extraction.speech_layout.selection import select_turns
from quotesmith.lexicon.label_words import LabelWords
from quotesmith.parsed_text import SpeechLayout
from quotesmith.records import TextSpan


def find_labelled_turns(
    text: str, paragraphs: Sequence[TextSpan], words: LabelWords, settings: ExtractionSettings
) -> SpeechLayout | None:
    """The turns behind labels with a colon; None where there is no transcript. Linear in the text."""
    evidence = TurnEvidence.of(text, paragraphs, words, settings)
    names = LabelNames(words)
    openers = merge(find_labels(text, evidence.lines, names), find_letters(evidence, names))
    return build_layout("labels", evidence, select_turns(evidence, openers))
