"""A small service: it reads texts for many callers at once and keeps its bounds whatever they send.

`python examples/service.py FILE...` sends it files and prints a line of JSON for each: who speaks in it, or what was
wrong.

`python examples/service.py --port 8000` answers HTTP on this machine: POST a text in UTF-8 and get its document as
JSON, or an error that says what was wrong. `curl --data-binary @article.txt http://127.0.0.1:8000` asks it.

| status | what was wrong |
| --- | --- |
| 400 | the text isn't UTF-8, or the request isn't HTTP or was cut off |
| 405, 411, 431 | the method isn't POST, there is no Content-Length, the head of the request is too long |
| 408 | the caller took too long to send |
| 413 | the text is too long |
| 503 | too many requests are open, or a process ended while it read; try again |
| 504 | the reading took too long |
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

import quotesmith

MOST_BYTES_A_CHARACTER = 4
MOST_DIGITS = 18
# Some of those who are connected have sent their text only in part.
CONNECTIONS_A_REQUEST = 4
# How long those who are answered before they have sent all may go on, so that they come to read the answer.
LAST_SECONDS = 2


class RefusedError(Exception):
    """The service doesn't answer a request, and says why."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class QuoteService:
    """Reads in a few processes, so that the event loop stays free and each core has work.

    Args:
        processes: How many texts are read at a time.
        most_waiting: How many requests may be open; further ones are refused at once.
        most_characters: How long a text may be.
        seconds: How long a request may take to arrive, and then to be answered, waiting included.
        work: What a process does with a text; it is called with an empty one first.
    """

    def __init__(
        self,
        *,
        processes: int = 2,
        most_waiting: int = 100,
        most_characters: int = 200_000,
        seconds: float = 60,
        work: "Callable[[str], dict[str, Any]] | None" = None,
    ) -> None:
        self.most_waiting = most_waiting
        self.most_characters = most_characters
        self.seconds = seconds
        self._processes = processes
        self._work = work or read_as_data
        self._open = 0
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        # A process that is started anew shares no locks with the threads of the service.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._processes, mp_context=context, initializer=begin, initargs=(self._work,))

    async def read(self, data: bytes) -> dict[str, Any]:
        """Who says what in a text in UTF-8, as `QuoteDocument.to_dict` gives it.

        If the system ends a process, for want of memory, whatever was open is refused, and new processes are started.

        Raises:
            RefusedError: if the data isn't UTF-8, the text is too long, there are too many requests, it takes too long,
                or a process ended.
        """
        text = self._text(data)
        if self._open >= self.most_waiting:
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, f"{self._open} texts are being read; try again later")
        pool = self._pool
        try:
            # A text that takes too long is read to its end all the same, and its process isn't free before.
            reading = pool.submit(self._work, text)
            self._open += 1
            loop = asyncio.get_running_loop()
            reading.add_done_callback(lambda _: loop.call_soon_threadsafe(self._close_one))
            return await asyncio.wait_for(asyncio.wrap_future(reading), self.seconds)
        except TimeoutError:
            msg = f"the text was not read in {self.seconds:g} seconds"
            raise RefusedError(HTTPStatus.GATEWAY_TIMEOUT, msg) from None
        except BrokenProcessPool:
            if self._pool is pool:
                self._pool = self._new_pool()
            msg = "a process ended while it was reading; try again, and if it ends again, with a shorter text"
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, msg) from None

    def _text(self, data: bytes) -> str:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            msg = f"the text isn't UTF-8: byte {data[error.start]:#04x} at offset {error.start}; send it in UTF-8"
            raise RefusedError(HTTPStatus.BAD_REQUEST, msg) from None
        if len(text) > self.most_characters:
            msg = f"the text has {len(text)} characters; at most {self.most_characters} are read"
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, msg)
        return text

    def _close_one(self) -> None:
        self._open -= 1

    def stop(self) -> None:
        """End the processes, after what they are reading."""
        self._pool.shutdown(cancel_futures=True)


def begin(work: "Callable[[str], dict[str, Any]]") -> None:
    """What a process does first: it is for the service to hear Ctrl+C, and it ends with the service, however that ends.

    Its pipeline is loaded before a text waits for it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_service, daemon=True).start()
    work("")


def _end_with_service() -> None:
    service = multiprocessing.parent_process()
    if service is not None:
        service.join()
        os._exit(1)


def read_as_data(text: str) -> dict[str, Any]:
    """What a process does: records travel as plain data."""
    return quotesmith.read(text).to_dict()


class HttpEdge:
    """The service by HTTP/1.1, a connection for each request."""

    def __init__(self, service: QuoteService) -> None:
        self._service = service
        self._connections = 0

    async def start(self, port: int) -> asyncio.Server:
        """Listen on this machine's own address; port 0 takes a free one."""
        return await asyncio.start_server(self._serve, "127.0.0.1", port)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        try:
            # Who has gone away needs no answer.
            with suppress(ConnectionError):
                await self._answer(reader, writer)
        finally:
            self._connections -= 1
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        status, row = HTTPStatus.OK, {}
        try:
            row = await self._service.read(await self._received(reader, writer))
        except RefusedError as error:
            status, row = error.status, {"refused": str(error)}
        body = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/json\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        with suppress(TimeoutError):
            # Who doesn't take the answer isn't waited for.
            await asyncio.wait_for(writer.drain(), self._service.seconds)
        if status is not HTTPStatus.OK:
            writer.write_eof()
            with suppress(TimeoutError):
                await asyncio.wait_for(_all_dropped(reader), LAST_SECONDS)

    async def _received(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        if self._connections > CONNECTIONS_A_REQUEST * self._service.most_waiting:
            msg = f"{self._connections} callers are connected; try again later"
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, msg)
        try:
            return await asyncio.wait_for(self._body(reader, writer), self._service.seconds)
        except TimeoutError:
            msg = f"the request did not arrive in {self._service.seconds:g} seconds"
            raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, msg) from None
        except asyncio.IncompleteReadError as error:
            msg = f"the request was cut off: {len(error.partial)} bytes came, and then no more"
            raise RefusedError(HTTPStatus.BAD_REQUEST, msg) from None
        except asyncio.LimitOverrunError:
            msg = "the head of the request is too long"
            raise RefusedError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, msg) from None

    async def _body(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        method, _, protocol = first.partition(" ")
        if not protocol.split()[1:] or not protocol.split()[1].startswith("HTTP/1."):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "the request isn't HTTP/1.1")
        if method != "POST":
            raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, f"send a text with POST, not {method}")
        given = headers.get("content-length", "")
        if not (given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS):
            raise RefusedError(HTTPStatus.LENGTH_REQUIRED, "Content-Length must say how many bytes the text has")
        length, most = int(given), MOST_BYTES_A_CHARACTER * self._service.most_characters
        if length > most:
            msg = f"the text has {length} bytes; at most {self._service.most_characters} characters are read"
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, msg)
        if headers.get("expect", "").lower() == "100-continue":
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return await reader.readexactly(length)


async def _all_dropped(reader: asyncio.StreamReader) -> None:
    while await reader.read(65_536):
        pass


async def answer(service: QuoteService, path: Path) -> dict[str, Any]:
    """The row that is printed for a file."""
    try:
        document = quotesmith.QuoteDocument.from_dict(await service.read(path.read_bytes()))
    except (RefusedError, OSError) as error:
        return {"file": path.name, "refused": str(error)}
    return {"file": path.name, "quotes": len(document.quotes), "speakers": [who.name for who in document.speakers]}


async def main() -> None:
    """Read all files at once and print the answers in their order, or serve."""
    parser = argparse.ArgumentParser(description="who says what in some files, or in what callers send")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--port", type=int, help="serve there instead; 0 takes a free one")
    parser.add_argument("--most-waiting", type=int, default=100)
    parser.add_argument("--most-characters", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=60)
    options = vars(parser.parse_args())
    files, port = options.pop("files"), options.pop("port")
    if (port is None) != bool(files):
        parser.error("name files, or a --port")
    service = QuoteService(**options)
    try:
        if port is not None:
            async with await HttpEdge(service).start(port) as server:
                print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
                await server.serve_forever()
        for row in await asyncio.gather(*[answer(service, path) for path in files]):
            print(json.dumps(row, ensure_ascii=False))
    finally:
        service.stop()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(main())
