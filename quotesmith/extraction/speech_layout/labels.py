"""Transcripts: lines that a speaker's label and a colon open ("ROE: We will.", "**Roe:** We will.")."""

from quotesmith.extraction.speech_layout.contents import build_layout
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.selection import select_turns
from quotesmith.parsed_text import SpeechLayout


def find_labelled_turns(evidence: TurnEvidence) -> SpeechLayout | None:
    """The turns behind labels with a colon; None where there is no transcript. Linear in the text."""
    return build_layout("labels", evidence, select_turns(evidence, evidence.labels))
