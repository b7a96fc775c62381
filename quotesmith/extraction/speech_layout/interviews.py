"""Interviews and hearings: letters for who asks and who answers ("Q: Why?", "A. Because."), other labels among them."""

from quotesmith.extraction.speech_layout.contents import build_layout
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.label_names import LabelKind
from quotesmith.extraction.speech_layout.selection import select_turns
from quotesmith.parsed_text import SpeechLayout

# Of an interview's labels; the others are those of lawyers and of the chair.
_LETTER_SHARE = 0.3
_FEWEST_LETTERS = 2


def find_questions_and_answers(evidence: TurnEvidence) -> SpeechLayout | None:
    """The turns of a text in which letters ask and answer; None for other texts. Linear in the text."""
    words, openers = evidence.words, evidence.labels
    keys = [opener.key for opener in openers if opener.kind is LabelKind.LETTER]
    letters = sum(key in words.letters for key in keys)
    if letters < max(_FEWEST_LETTERS, _LETTER_SHARE * len(openers)) or words.questions.isdisjoint(keys):
        return None
    return build_layout("interview", evidence, select_turns(evidence, openers))
