"""Interviews and hearings: letters for who asks and who answers ("Q: Why?", "A. Because."), other labels among them."""

import re
from collections.abc import Sequence
from functools import cache

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.contents import build_layout
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.label_names import LabelKind, LabelNames
from quotesmith.extraction.speech_layout.openers import Opener, find_labels, merge, opener_of
from quotesmith.extraction.speech_layout.selection import select_turns
from quotesmith.lexicon.label_words import LabelWords
from quotesmith.parsed_text import SpeechLayout
from quotesmith.records import TextSpan

# Of an interview's labels; the others are those of lawyers and of the chair.
_LETTER_SHARE = 0.3
_FEWEST_LETTERS = 2


def find_questions_and_answers(
    text: str, paragraphs: Sequence[TextSpan], words: LabelWords, settings: ExtractionSettings
) -> SpeechLayout | None:
    """The turns of a text in which letters ask and answer; None for other texts. Linear in the text."""
    evidence = TurnEvidence.of(text, paragraphs, words, settings)
    names = LabelNames(words)
    openers = merge(find_labels(text, evidence.lines, names), find_letters(evidence, names))
    keys = [opener.key for opener in openers if opener.kind is LabelKind.LETTER]
    letters = sum(key in words.letters for key in keys)
    if letters < max(_FEWEST_LETTERS, _LETTER_SHARE * len(openers)) or words.questions.isdisjoint(keys):
        return None
    return build_layout("interview", evidence, select_turns(evidence, openers))


def find_letters(evidence: TurnEvidence, names: LabelNames) -> list[Opener]:
    """The lines that a letter opens without a colon, with a full stop or, as the White House writes, a wide space.

    None where no letter asks: a list may have an "A." too.
    """
    pattern = _letter_pattern(evidence.words.letters)
    found = []
    for number, line in enumerate(evidence.lines):
        match = pattern.match(evidence.text, line.start, line.end)
        opener = None if match is None else opener_of(evidence.text, number, match, names)
        if opener is not None:
            found.append(opener)
    return found if any(opener.key in evidence.words.questions for opener in found) else []


@cache
def _letter_pattern(letters: frozenset[str]) -> re.Pattern[str]:
    single = "|".join(sorted(word.upper() for word in letters if len(word) == 1))
    return re.compile(
        rf"(?P<mark>\*{{2}})?(?P<name>{single})(?:\.(?:\*\*)?[ \t]+|\t[ \t]{{0,7}}|[ ][ \t]{{1,7}})"
        r"(?=[^\W_]|[“\"'‘(\[—…\\*])"
    )
