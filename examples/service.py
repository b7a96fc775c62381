"""A small service: it reads texts for many callers at once and keeps its bounds whatever they send.

`python examples/service.py FILE...` sends it files and prints a line of JSON for each: who speaks in it, or what was
wrong.
"""

import argparse
import asyncio
import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import quotesmith


class RefusedError(Exception):
    """The service doesn't answer a request, and says why."""


class QuoteService:
    """Reads in a few processes, so that the event loop stays free and each core has work.

    Args:
        processes: How many texts are read at a time.
        most_waiting: How many requests may be open; further ones are refused at once.
        most_characters: How long a text may be.
        seconds: How long a request may take, waiting included.
    """

    def __init__(
        self, *, processes: int = 2, most_waiting: int = 100, most_characters: int = 200_000, seconds: float = 60
    ) -> None:
        # A process that is started anew shares no locks with the threads of the service.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(processes, mp_context=context, initializer=quotesmith.read, initargs=("",))
        self._most_waiting = most_waiting
        self._most_characters = most_characters
        self._seconds = seconds
        self._open = 0

    async def read(self, text: str) -> dict[str, Any]:
        """Who says what in a text, as `QuoteDocument.to_dict` gives it.

        Raises:
            RefusedError: if the text is too long, there are too many requests, or it takes too long.
            BrokenProcessPool: if the system has ended a process; the service must then be made anew.
        """
        if len(text) > self._most_characters:
            msg = f"the text has {len(text)} characters; at most {self._most_characters} are read"
            raise RefusedError(msg)
        if self._open >= self._most_waiting:
            msg = f"{self._open} texts are being read; try again later"
            raise RefusedError(msg)
        # A text that takes too long is read to its end all the same, and its process isn't free before.
        reading = self._pool.submit(read_as_data, text)
        self._open += 1
        loop = asyncio.get_running_loop()
        reading.add_done_callback(lambda _: loop.call_soon_threadsafe(self._close_one))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(reading), self._seconds)
        except TimeoutError:
            msg = f"the text was not read in {self._seconds:g} seconds"
            raise RefusedError(msg) from None

    def _close_one(self) -> None:
        self._open -= 1

    def stop(self) -> None:
        """End the processes, after what they are reading."""
        self._pool.shutdown(cancel_futures=True)


def read_as_data(text: str) -> dict[str, Any]:
    """What a process does: records travel as plain data."""
    return quotesmith.read(text).to_dict()


async def answer(service: QuoteService, path: Path) -> dict[str, Any]:
    """The row that is printed for a file."""
    try:
        document = quotesmith.QuoteDocument.from_dict(await service.read(path.read_text(encoding="utf-8")))
    except RefusedError as error:
        return {"file": path.name, "refused": str(error)}
    return {"file": path.name, "quotes": len(document.quotes), "speakers": [who.name for who in document.speakers]}


async def main() -> None:
    """Read all files at once and print the answers in their order."""
    parser = argparse.ArgumentParser(description="who says what in some files")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--most-waiting", type=int, default=100)
    parser.add_argument("--most-characters", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=60)
    options = vars(parser.parse_args())
    files = options.pop("files")
    service = QuoteService(**options)
    try:
        for row in await asyncio.gather(*[answer(service, path) for path in files]):
            print(json.dumps(row, ensure_ascii=False))
    finally:
        service.stop()


if __name__ == "__main__":
    asyncio.run(main())
