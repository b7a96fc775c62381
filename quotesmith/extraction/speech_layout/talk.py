"""Whether turns that were read line by line, without a colon or a time to know them by, are talk."""

from bisect import bisect_right
from collections.abc import Sequence

from quotesmith.extraction.speech_layout.collector import TurnCollector
from quotesmith.extraction.speech_layout.evidence import TurnEvidence, repeated_share
from quotesmith.extraction.speech_layout.label_names import LabelKind
from quotesmith.extraction.speech_layout.openers import Opener
from quotesmith.lexicon.folding import fold


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
