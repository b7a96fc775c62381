"""How far the reading of a text is, told to whoever watches.

The stages report it without being asked, and nobody listens unless somebody watches in this thread.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Final, TypeAlias


class ReadingStage(StrEnum):
    """A stage of the reading, in order."""

    PARSE = "parsing"
    ENCODER = "encoding"
    EXTRACTION = "finding quotes"
    SPEAKERS = "finding speakers"


# Of the time that a novel takes (900,000 characters: 108 s of CPU), how much each stage has.
_SHARES: Final = {
    ReadingStage.PARSE: 0.52,
    ReadingStage.ENCODER: 0.27,
    ReadingStage.EXTRACTION: 0.06,
    ReadingStage.SPEAKERS: 0.15,
}
ReadingWatcher: TypeAlias = Callable[[ReadingStage, float], None]
"""Is told the stage at work, and how much of the whole reading is done, from 0 to 1."""
_watcher: ContextVar[ReadingWatcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: ReadingWatcher) -> Iterator[None]:
    """A context in which the watcher is told how far the reading of one text in this thread is."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def report(stage: ReadingStage, done: float) -> None:
    """Tell whoever watches that a stage is done to this share, from 0 to 1."""
    watcher = _watcher.get()
    if watcher is not None:
        before = sum(share for other, share in _SHARES.items() if [*_SHARES].index(other) < [*_SHARES].index(stage))
        watcher(stage, before + _SHARES[stage] * min(done, 1.0))
