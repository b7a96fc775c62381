"""Where the words of each turn stand: from its label to the next, without what nobody says."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.openers import TIME_PATTERN, Opener
from quotesmith.lexicon.folding import fold
from quotesmith.marks import ends_sentence
from quotesmith.parsed_text import LabelledTurn, SpeechLayout
from quotesmith.records import TextSpan

_SAID_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
# "(CROSSTALK.)", "[Applause]", "*laughs*", "….", "14:05", "12", "---": no words of a turn.
_ASIDE = re.compile(
    rf"[\"“]?(?:\\?[(\[][^()\[\]]*[)\]]|\*[^*]{1, 200}\*|_[^_]{1, 200}_|{TIME_PATTERN}|\d{1, 4}|[\W_]+)"
    r"[.\"”]?"
)
_HEADING_LINE = re.compile(r"#{1,6}\s|={3,}|-{3,}")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_LONGEST_HEADING = 80
_MOST_REACTION = 4


def build_layout(family: str, evidence: TurnEvidence, openers: Sequence[Opener]) -> SpeechLayout | None:
    """The turns that the openers begin, and the lines among them that nobody says; None where no turn has words.

    A turn goes on over paragraphs without a label. The last one does so only as long as they sound like it: the text
    may go on without turns. Linear in the text.
    """
    turns: list[LabelledTurn] = []
    silent: list[TextSpan] = []
    several = 0
    is_alone = len({opener.key for opener in openers}) == 1
    for position, opener in enumerate(openers):
        is_last = position == len(openers) - 1
        end = len(evidence.text) if is_last else evidence.lines[openers[position + 1].line].start
        pieces = list(_iter_pieces(evidence, opener.end, end))
        content = [
            piece for number, piece in enumerate(pieces) if not _is_silent(evidence, piece, is_first=number == 0)
        ]
        if is_alone and len(content) > 1 and evidence.text.endswith("?", 0, content[-1].end):
            # Somebody without a label asks.
            content = content[:-1]
        if is_last:
            goes_on = 2 * several > len(turns)
            content = content[: _end_of_last(evidence, content, openers, goes_on=goes_on)]
        elif len(content) > 1:
            several += 1
        until = end if not is_last else content[-1].end if content else opener.end
        silent += [piece for piece in pieces if piece not in content and piece.end <= until]
        if content:
            turns.append(LabelledTurn(opener.label, opener.colon, tuple(content)))
        else:
            silent.append(TextSpan(opener.label.start, opener.end))
    return SpeechLayout(family, tuple(turns), tuple(sorted(silent))) if turns else None


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


def _is_silent(evidence: TurnEvidence, piece: TextSpan, *, is_first: bool) -> bool:
    """Whether nobody says a piece: asides, times, headings, "Mr Roe interjecting—"."""
    said = piece.of(evidence.text)
    if _SAID_WORD.search(said) is None or _ASIDE.fullmatch(said) or _HEADING_LINE.match(said):
        return True
    if len(said) > _LONGEST_HEADING or is_first:
        return False
    words = [fold(word) for word in _SAID_WORD.findall(said)]
    if said.isupper() and not said.endswith((".", "!", "?")):
        return True
    is_reaction = len(words) <= _MOST_REACTION and words[0] in evidence.words.pronouns and words[1:2]
    return bool(is_reaction and words[1] in evidence.words.reactions) or (
        words[-1] in evidence.words.interruptions and not ends_sentence(evidence.text, piece)
    )


def _end_of_last(
    evidence: TurnEvidence, pieces: Sequence[TextSpan], openers: Sequence[Opener], *, goes_on: bool
) -> int:
    """How many of the pieces behind the last label are its turn's.

    Args:
        evidence: The text.
        pieces: From the label to the end of the text.
        openers: All labels.
        goes_on: Whether most other turns have several paragraphs.
    """
    names = {fold(opener.label.of(evidence.text).split()[-1]) for opener in openers}
    count = min(len(pieces), 1)
    for piece in pieces[1:]:
        said = _QUOTED.sub(" ", piece.of(evidence.text))
        words = [fold(word) for word in _SAID_WORD.findall(said)]
        personal = any(word in evidence.words.first_person or word in evidence.words.second_person for word in words)
        is_note = any(word in evidence.words.notes for word in words)
        is_about = not personal and any(word in names for word in words)
        if is_note or is_about or not (personal or goes_on):
            break
        count += 1
    return count
