"""The turns of a text as its lines are read."""

import re

from attrs import define, field

from quotesmith.extraction.speech_layout.lines import trimmed
from quotesmith.parsed_text import LabelledTurn, SpeechLayout
from quotesmith.records import TextSpan

# A letter, a digit, or what alone is an answer in a chat: a picture, "?!".
_SAID = re.compile(r"[^\W_]|[?!\u2600-\u27bf\U0001f300-\U0001faff]")
# Enough to see how a sentence ends.
_TAIL_LENGTH = 8
# What stands between two lines of one piece is shorter; longer gaps are never looked into.
_MAX_BREAK = 200


@define
class DraftTurn:
    """A turn whose words are not all read yet.

    Attributes:
        label: The words that name who says it.
        colon: The colon behind them; None where there is none.
        pieces: What is said so far.
    """

    label: TextSpan
    colon: TextSpan | None
    pieces: list[TextSpan]


@define
class TurnCollector:
    """The turns of a text as its lines are read, from the first to the last.

    Attributes:
        text: The text.
        silent: What nobody says, so far.
    """

    text: str
    silent: list[TextSpan] = field(factory=list)
    _turns: list[DraftTurn] = field(factory=list)
    _open: DraftTurn | None = None

    @property
    def is_open(self) -> bool:
        """Whether a turn goes on."""
        return self._open is not None

    @property
    def open_label(self) -> str:
        """The label of the open turn; empty where none is."""
        return "" if self._open is None else self._open.label.of(self.text)

    @property
    def tail(self) -> str:
        """The last characters of the open turn's words."""
        pieces = [] if self._open is None else self._open.pieces
        return self.text[max(pieces[-1].start, pieces[-1].end - _TAIL_LENGTH) : pieces[-1].end] if pieces else ""

    @property
    def has_begun(self) -> bool:
        """Whether there was a turn."""
        return bool(self._turns)

    @property
    def spoken(self) -> list[DraftTurn]:
        """The turns that have words."""
        return [turn for turn in self._turns if turn.pieces]

    @property
    def said(self) -> list[str]:
        """The words of each turn that has some."""
        return [self.text[turn.pieces[0].start : turn.pieces[-1].end] for turn in self.spoken]

    @property
    def labels(self) -> list[str]:
        """The label of each turn with words."""
        return [turn.label.of(self.text) for turn in self.spoken]

    def open(self, label: TextSpan, colon: TextSpan | None = None) -> DraftTurn:
        """Begin a turn."""
        named = trimmed(self.text, label.start, label.end)
        self._open = DraftTurn(label if named is None else named, colon, [])
        self._turns.append(self._open)
        return self._open

    def resume(self, turn: DraftTurn) -> None:
        """Go on with a turn that was begun before."""
        self._open = turn

    def say(self, start: int, end: int) -> None:
        """Add words to the open turn; those on the next line go on with the piece before."""
        said = trimmed(self.text, start, end)
        if said is None or self._open is None:
            return
        pieces = self._open.pieces
        if pieces and _is_one_break(self.text, pieces[-1].end, said.start):
            pieces[-1] = TextSpan(pieces[-1].start, said.end)
        elif _SAID.search(self.text, said.start, said.end):
            pieces.append(said)

    def skip(self, start: int, end: int) -> None:
        """Note words that nobody says."""
        silent = trimmed(self.text, start, end)
        if silent is not None and _SAID.search(self.text, silent.start, silent.end):
            self.silent.append(silent)

    def close(self) -> None:
        """End the open turn, if there is one."""
        self._open = None

    def layout(self, family: str) -> SpeechLayout:
        """What was read; turns without words are none, and their labels nobody's."""
        turns = [LabelledTurn(turn.label, turn.colon, tuple(turn.pieces)) for turn in self._turns if turn.pieces]
        unsaid = [turn.label for turn in self._turns if not turn.pieces]
        turns.sort(key=lambda turn: turn.content[0])
        return SpeechLayout(family, tuple(turns), tuple(sorted(self.silent + unsaid)))


def _is_one_break(text: str, start: int, end: int) -> bool:
    """Whether nothing but one line's end stands between two pieces."""
    if end - start > _MAX_BREAK:
        return False
    gap = text[start:end]
    return trimmed(gap, 0, len(gap)) is None and len(gap.splitlines()) <= 1 + (gap[-1:] not in "\r\n")
