"""The program `quotesmith`: the command line, and what ends it from outside.

Interrupts (Ctrl+C), requests to end (SIGTERM) and a closed terminal (SIGHUP) end it without a word at any moment, with
128 and the signal's number as exit status. What it was writing is gone, and what was there before stays.
"""

import atexit
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
# For cleaning up. What is still there then waits for something that may not come.
_SECONDS_TO_END = 5.0


class _Ending:
    """How the program ends, once a signal has asked for it."""

    def __init__(self) -> None:
        self.status: int | None = None

    def at_once(self, number: int, _: FrameType | None) -> NoReturn:
        """End while there is nothing to clean up: modules that are being imported may take an exception badly."""
        os._exit(128 + number)

    def orderly(self, number: int, _: FrameType | None) -> NoReturn:
        """End by way of all that is being done; after a while, or at the next signal, end all the same."""
        self.status = 128 + number
        for other in _handled():
            signal.signal(other, self.at_once)
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, lambda *_: os._exit(128 + number))
            signal.setitimer(signal.ITIMER_REAL, _SECONDS_TO_END)
        # What is destroyed meanwhile may complain, which nobody asked to hear.
        sys.unraisablehook = lambda _: None
        raise SystemExit(self.status)


def _handled() -> list[signal.Signals]:
    """The signals that end the program: a caller may have made it deaf to some, as `nohup` does."""
    return [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]


def main() -> None:
    """Run the command line as this process's only purpose."""
    ending = _Ending()
    if hasattr(signal, "setitimer"):
        # Registered first, it comes last: after it nothing can hang, and Python would take an alarm in its own way.
        atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)
    for number in _handled():
        signal.signal(number, ending.at_once)
    from quotesmith import cli

    try:
        for number in _handled():
            signal.signal(number, ending.orderly)
        cli.main()
    finally:
        for number in _handled():
            signal.signal(number, ending.at_once)
        # Whatever a library made of the signal on its way up.
        if ending.status is not None:
            raise SystemExit(ending.status)


if __name__ == "__main__":
    main()
