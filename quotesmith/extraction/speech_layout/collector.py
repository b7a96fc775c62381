"""The turns of a text as its lines are read."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache

from attrs import define, field

from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.label_names import LabelKind
from quotesmith.extraction.speech_layout.lines import trimmed
from quotesmith.extraction.speech_layout.openers import Opener
from quotesmith.lexicon.folding import fold
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


def sound_like_talk(evidence: TurnEvidence, turns: TurnCollector, *, are_nicks: bool = False) -> bool:
    """Whether turns of several are talk by the evidence that tells labels with a colon from other lines.

    At least one must ask, call another, shorten words or open like an answer and speak of "I" or "you"; where labels
    come again, one must sound like talk in any way.

    Args:
        evidence: The text.
        turns: Its turns.
        are_nicks: Whether the labels are marked as such, so that any word may be one.
    """
    settings = evidence.settings
    starts = [line.start for line in evidence.lines]
    openers = []
    for turn in turns.spoken:
        label = turn.label.of(turns.text)
        kind = evidence.names.kind(label)
        if kind is None or (are_nicks and kind is LabelKind.THING):
            kind = LabelKind.HANDLE
        number = max(bisect_right(starts, turn.label.start) - 1, 0)
        start = turn.pieces[0].start
        openers.append(Opener(number, turn.label, turn.colon, start, kind, fold(label), ""))
    several = len({opener.key for opener in openers}) >= settings.min_speakers
    if not several or evidence.probability(openers) < settings.min_layout_probability:
        return False
    sounds = [sound for sound in evidence.hear(openers) if sound is not None]
    return any(sound.asks or sound.calls or sound.shortens or (sound.opens and sound.personal) for sound in sounds) or (
        repeated_share(turns.labels) >= settings.min_repeated_share and any(sound.is_spoken for sound in sounds)
    )


def are_recurring(evidence: TurnEvidence, labels: Sequence[str]) -> bool:
    """Whether labels without a time or a heading are several speakers who come again, and not words for things."""
    settings = evidence.settings
    things = sum(evidence.names.kind(label) is LabelKind.THING for label in labels)
    return (
        len(labels) >= settings.min_bare_turns
        and len(set(labels)) >= settings.min_speakers
        and repeated_share(labels) >= settings.min_repeated_share
        and 2 * things <= len(labels)
    )


@cache
def phrase_pattern(phrases: frozenset[str]) -> str:
    """A pattern of any of these, the longest first."""
    return rf"(?:{'|'.join(sorted(map(re.escape, phrases), key=len, reverse=True))})"


def repeated_share(labels: Sequence[str]) -> float:
    """The share of the turns, in [0, 1], whose label stands before another turn too."""
    counts = Counter(labels)
    return sum(count for count in counts.values() if count > 1) / len(labels) if labels else 0.0
