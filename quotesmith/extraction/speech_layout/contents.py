"""Where the words of each turn stand: from its label to the next, without what nobody says."""

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence

from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.openers import Opener
from quotesmith.extraction.speech_layout.times import TIME_PATTERN
from quotesmith.lexicon.folding import fold
from quotesmith.marks import ends_sentence
from quotesmith.parsed_text import LabelledTurn, SpeechLayout
from quotesmith.records import TextSpan

_SAID_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
# "(CROSSTALK.)", "[Applause]", "*laughs*", "….", "14:05", "12", "---": no words of a turn.
_ASIDE = re.compile(
    rf"[\"“]?(?:(?:\*\*[^*]{{1,40}}:\*\*\s)?\\?[(\[][^()\[\]]*[)\]]|\*[^*]{{1,200}}\*|_[^_]{{1,200}}_|{TIME_PATTERN}"
    r"|\d{1,4}|[\W_]+)[.\"”]?"
)
# "[laughs]", "(LAUGHTER)" between sentences; unlike "[it](https://...)" and "(that is, in May)".
_TRANSCRIPT_NOTE = re.compile(
    r"(?:(?<=[.!?…—\"”’\])])\s{1,3}|\A)"
    r"(?:\[(?P<square>[^\[\]()\n]{2,60})\](?!\()|\((?P<round>[^\[\]()\n]{2,60})\))\.?"
    r"(?=\s{0,3}\Z|\s{1,3}[\"“‘'—…(\[]?[^\W_a-z])"
)
# Behind a label, unlike the number of a page.
_NUMBER = re.compile(rf"(?:{TIME_PATTERN}|\d{{1,4}})[.?!]?")
_MOST_NOTE = 6
_HEADING_LINE = re.compile(r"#{1,6}\s|={3,}|-{3,}")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_LONGEST_HEADING = 80
_MOST_REACTION = 4


def build_layout(family: str, evidence: TurnEvidence, openers: Sequence[Opener]) -> SpeechLayout | None:
    """The turns that the openers begin, and the lines among them that nobody says; None where no turn has words.

    A turn goes on over paragraphs without a label, up to one that speaks of a speaker far behind the label. The last
    turn does so only as long as its paragraphs sound like it: the text may go on without turns. Linear in the text.
    """
    starts = [evidence.lines[opener.line].start for opener in openers]
    parted = [
        _part(evidence, opener.end, end)
        for opener, end in zip(openers, [*starts[1:], len(evidence.text)], strict=bool(openers))
    ]
    if openers and len({opener.key for opener in openers}) == 1:
        parted = [(_without_question(evidence, content), silent) for content, silent in parted]
    names = frozenset(fold(opener.label.of(evidence.text).split()[-1]) for opener in openers)
    goes_on = 2 * sum(len(content) > 1 for content, _ in parted[:-1]) > len(parted) - 1
    turns, silent = [], []
    for position, (opener, (content, asides)) in enumerate(zip(openers, parted, strict=True)):
        is_last = position == len(openers) - 1
        least = 1 if is_last else evidence.settings.nearest_labels
        kept = content[: _count_said(evidence, content, names, least, needs_person=is_last and not goes_on)]
        silent += [aside for aside in asides if not is_last or not kept or aside.end < kept[-1].end]
        if kept:
            turns.append(LabelledTurn(opener.label, opener.colon, tuple(kept)))
        else:
            silent.append(TextSpan(opener.label.start, opener.end))
    return SpeechLayout(family, tuple(turns), tuple(sorted(silent))) if turns else None


def _part(evidence: TurnEvidence, start: int, end: int) -> tuple[list[TextSpan], list[TextSpan]]:
    """What is said between a label and the next, and what nobody says there."""
    content: list[TextSpan] = []
    silent: list[TextSpan] = []
    is_loud = False
    for number, piece in enumerate(_iter_pieces(evidence, start, end)):
        if number == 0:
            is_loud = piece.of(evidence.text).isupper()
        is_answer = number == 0 and _NUMBER.fullmatch(piece.of(evidence.text)) is not None
        is_said = (is_answer or not _is_mute(evidence, piece)) and (
            number == 0 or is_loud or not _is_heading_or_direction(evidence, piece)
        )
        if is_said:
            content += _without_notes(evidence, piece, silent)
        else:
            silent.append(piece)
    return content, silent


def _without_notes(evidence: TurnEvidence, piece: TextSpan, silent: list[TextSpan]) -> Iterator[TextSpan]:
    """What is left of a piece without the notes of a transcript in it, which are added to what nobody says."""
    text = piece.of(evidence.text)
    at = 0
    for match in _TRANSCRIPT_NOTE.finditer(text) if "[" in text or "(" in text else ():
        if not _is_note(evidence, match):
            continue
        yield from _stripped(evidence, piece.start + at, piece.start + match.start())
        silent.append(TextSpan(piece.start + match.start(), piece.start + match.end()).stripped(evidence.text) or piece)
        at = match.end()
    yield from _stripped(evidence, piece.start + at, piece.end)


def _stripped(evidence: TurnEvidence, start: int, end: int) -> Iterator[TextSpan]:
    span = TextSpan(start, end).stripped(evidence.text) if start < end else None
    if span is not None and _SAID_WORD.search(evidence.text, span.start, span.end):
        yield span


def _is_note(evidence: TurnEvidence, match: re.Match[str]) -> bool:
    """Whether brackets between sentences hold a sound or what somebody does; round ones hold words said, too."""
    note = match["square"] or match["round"]
    words = [fold(word) for word in _SAID_WORD.findall(note)]
    if not 0 < len(words) <= _MOST_NOTE:
        return False
    does = words[0] in evidence.words.pronouns and len(words) > 1
    return bool(match["square"]) or note.isupper() or words[does] in evidence.words.reactions


def _without_question(evidence: TurnEvidence, content: list[TextSpan]) -> list[TextSpan]:
    """The content but for its last paragraph if that asks: where one label stands alone, somebody without one asks."""
    asks = len(content) > 1 and evidence.text.endswith("?", 0, content[-1].end)
    return content[:-1] if asks else content


def _iter_pieces(evidence: TurnEvidence, start: int, end: int) -> Iterator[TextSpan]:
    """What of each paragraph lies between two offsets, if there is something."""
    first = max(bisect_right(evidence.paragraphs, start, key=lambda span: span.start) - 1, 0)
    for number in range(first, len(evidence.paragraphs)):
        paragraph = evidence.paragraphs[number]
        if paragraph.start >= end:
            return
        low, high = max(paragraph.start, start), min(paragraph.end, end)
        piece = TextSpan(low, high).stripped(evidence.text) if low < high else None
        if piece is not None:
            yield piece


def _is_mute(evidence: TurnEvidence, piece: TextSpan) -> bool:
    """Whether a piece is an aside, a time, a rule or a heading by its signs."""
    said = piece.of(evidence.text)
    return bool(_SAID_WORD.search(said) is None or _ASIDE.fullmatch(said) or _HEADING_LINE.match(said))


def _is_heading_or_direction(evidence: TurnEvidence, piece: TextSpan) -> bool:
    """Whether a piece is a heading in capitals, "She laughs.", or "Mr Roe interjecting—"."""
    said = piece.of(evidence.text)
    if len(said) > _LONGEST_HEADING:
        return False
    words = [fold(word) for word in _SAID_WORD.findall(said)]
    is_heading = said.isupper() and not said.endswith((".", "!", "?"))
    reacts = 1 < len(words) <= _MOST_REACTION and words[1] in evidence.words.reactions
    interrupts = words[-1] in evidence.words.interruptions and not ends_sentence(evidence.text, piece)
    return is_heading or interrupts or (reacts and words[0] in evidence.words.pronouns)


def _count_said(
    evidence: TurnEvidence, pieces: Sequence[TextSpan], names: Container[str], least: int, *, needs_person: bool
) -> int:
    """How many of the pieces behind a label are its turn's, before narration begins.

    Args:
        evidence: The text.
        pieces: Those up to the next label or the end of the text.
        names: The last words of all labels, folded: narration speaks of the speakers.
        least: Pieces that are the turn's in any case.
        needs_person: Whether a piece without "I" and "you" is narration, as where no other turn goes on so long.
    """
    count = min(len(pieces), least)
    for piece in pieces[count:]:
        said = _QUOTED.sub(" ", piece.of(evidence.text))
        words = [fold(word) for word in _SAID_WORD.findall(said)]
        personal = any(word in evidence.words.first_person or word in evidence.words.second_person for word in words)
        is_note = least == 1 and any(word in evidence.words.notes for word in words)
        is_about = not personal and any(word in names for word in words)
        if is_note or is_about or (needs_person and not personal):
            break
        count += 1
    return count
