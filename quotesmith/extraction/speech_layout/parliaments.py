"""Parliaments: members and offices before a colon ("Ms Farrow (Kelso North):"), or before a full stop ("Mr. ROE.")."""

import re
from collections.abc import Iterator, Sequence

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.contents import build_layout
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.interviews import find_letters
from quotesmith.extraction.speech_layout.label_names import LabelKind, LabelNames
from quotesmith.extraction.speech_layout.openers import Opener, find_labels, merge, opener_of
from quotesmith.extraction.speech_layout.selection import select_turns
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.label_words import LabelWords
from quotesmith.parsed_text import SpeechLayout
from quotesmith.records import TextSpan

_CAPITALS = r"(?:[A-Z]\.|(?=[^\s.]{0,20}[A-Z]['’]?[A-Z])[\w'’\-]{2,30}+)"
_MEMBER = re.compile(
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?|Senator|The(?:[ ]Acting)?)[ \u00a0]{1,3}"
    rf"{_CAPITALS}(?:[ ]{_CAPITALS}){{0,5}}"
    r"(?:[ ]pro[ ]tempore)?)(?:[ ]of[ ][A-Z]\w{1,20}(?:[ ][A-Z]\w{1,20})?)?\.(?=[ \t\u00a0])"
)
_FEWEST_MEMBERS = 2
_MEMBER_SHARE = 0.5
_OFFICIAL = frozenset({LabelKind.TITLED, LabelKind.ROLE})


def find_members(
    text: str, paragraphs: Sequence[TextSpan], words: LabelWords, settings: ExtractionSettings
) -> SpeechLayout | None:
    """The turns of a text whose labels are those of members and offices; None for other texts. Linear in the text."""
    evidence = TurnEvidence.of(text, paragraphs, words, settings)
    names = LabelNames(words)
    in_record = list(_find_record_labels(evidence, names))
    openers = merge(find_labels(text, evidence.lines, names), in_record, find_letters(evidence, names))
    official = sum(opener.kind in _OFFICIAL for opener in openers)
    if official < max(_FEWEST_MEMBERS, _MEMBER_SHARE * len(openers)):
        return None
    labels = {opener.label.of(text) for opener in openers}
    if not in_record and not any(_is_of_chamber(label, words) for label in labels):
        return None
    return build_layout("parliament", evidence, select_turns(evidence, openers))


def _is_of_chamber(label: str, words: LabelWords) -> bool:
    return any(fold(word) in words.chambers for word in label.split())


def _find_record_labels(evidence: TurnEvidence, names: LabelNames) -> Iterator[Opener]:
    """The lines that begin as in the Congressional Record: title and name in capitals, a full stop."""
    for number, line in enumerate(evidence.lines):
        match = _MEMBER.match(evidence.text, line.start, line.end)
        opener = None if match is None else opener_of(evidence.text, number, match, names)
        if opener is not None:
            yield opener
