"""Parliaments: members and offices before a colon ("Ms Farrow (Kelso North):"), or before a full stop ("Mr. ROE.")."""

import re
from collections.abc import Iterator
from functools import cache

from quotesmith.extraction.speech_layout.contents import build_layout
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.label_names import LabelKind
from quotesmith.extraction.speech_layout.openers import Opener, merge, opener_of
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.extraction.speech_layout.selection import select_turns
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.format_words import FormatWords
from quotesmith.parsed_text import SpeechLayout

_CAPITALS = r"(?:[A-Z]\.|(?=[^\s.]{0,20}[A-Z]['’]?[A-Z])[\w'’\-]{2,30}+)"
_FEWEST_MEMBERS = 2
_MEMBER_SHARE = 0.5
_OFFICIAL = frozenset({LabelKind.TITLED, LabelKind.ROLE})


def find_members(evidence: TurnEvidence) -> SpeechLayout | None:
    """The turns of a text whose labels are those of members and offices; None for other texts. Linear in the text."""
    in_record = list(_find_record_labels(evidence))
    openers = merge(evidence.labels, in_record)
    official = sum(opener.kind in _OFFICIAL for opener in openers)
    if official < max(_FEWEST_MEMBERS, _MEMBER_SHARE * len(openers)):
        return None
    labels = {opener.label.of(evidence.text) for opener in openers}
    chambers = evidence.words.chambers
    if not in_record and not any(fold(word) in chambers for label in labels for word in label.split()):
        return None
    return build_layout("parliament", evidence, select_turns(evidence, openers))


def _find_record_labels(evidence: TurnEvidence) -> Iterator[Opener]:
    """The lines that begin as in the Congressional Record: title and name in capitals, a full stop."""
    pattern = _member_pattern(evidence.words.formats)
    for number, line in enumerate(evidence.lines):
        match = pattern.match(evidence.text, line.start, line.end)
        opener = None if match is None else opener_of(evidence.text, number, match, evidence.names)
        if opener is not None:
            yield opener


@cache
def _member_pattern(words: FormatWords) -> re.Pattern[str]:
    titles = phrase_pattern(map(str.title, words.record_titles))
    joiners, additions = phrase_pattern(words.record_joiners), phrase_pattern(words.record_additions)
    return re.compile(
        rf"(?P<name>{titles}\.?[ \u00a0]{{1,3}}{_CAPITALS}(?:[ ]{_CAPITALS}){{0,5}}(?:[ ]{additions})?)"
        rf"(?:[ ]{joiners}[ ][A-Z]\w{{1,20}}(?:[ ][A-Z]\w{{1,20}})?)?\.(?=[ \t\u00a0])"
    )
