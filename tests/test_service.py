"""The example of a service: by real sockets of this machine, with a work of no cost, and as it is."""

import asyncio
import importlib
import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeAlias

import pytest

import quotesmith
from quotesmith.records import QuoteDocument

ROOT = Path(__file__).parents[1]
Service: TypeAlias = Any
# A test that waits longer has failed.
_SECONDS = 100
_CLIENTS = 200


def work(text: str) -> dict[str, Any]:
    """Waits for a file, ends its process, or gives the text back."""
    kind, _, rest = text.partition(" ")
    if kind == "wait":
        until = time.monotonic() + _SECONDS
        while not Path(rest).exists() and time.monotonic() < until:
            time.sleep(0.01)
    elif kind == "die":
        os._exit(9)
    return {"text": text}


def request(body: bytes, *, head: str = "POST / HTTP/1.1", length: int | None = None) -> bytes:
    return f"{head}\r\nContent-Length: {len(body) if length is None else length}\r\n\r\n".encode() + body


class Caller:
    """Somebody who is connected to the service."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, port: int) -> "Caller":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def answer(self) -> tuple[int, dict[str, Any]]:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        body = json.loads(await self._reader.read())
        await self.leave()
        return int(head.split()[1]), body

    async def leave(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()


Talk: TypeAlias = Callable[[Service, int], Awaitable[None]]


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Callable[[Talk], None]:
    """Has a function talk with a service whose process has begun; then it must still serve, with nothing open."""
    monkeypatch.syspath_prepend(ROOT / "examples")
    module = importlib.import_module("service")

    async def all_of(function: Talk) -> None:
        service = module.QuoteService(processes=1, most_waiting=2 * _CLIENTS, seconds=_SECONDS, work=work)
        try:
            async with await module.HttpEdge(service).start(0) as server:
                port = server.sockets[0].getsockname()[1]
                assert await ask(port, b"first") == (200, {"text": "first"})
                await function(service, port)
                service.seconds, service.most_waiting = _SECONDS, 1
                assert await ask(port, b"last") == (200, {"text": "last"})
        finally:
            service.stop()

    def run(function: Talk) -> None:
        asyncio.run(asyncio.wait_for(all_of(function), 3 * _SECONDS))
        assert not multiprocessing.active_children()

    return run


async def ask(port: int, body: bytes) -> tuple[int, dict[str, Any]]:
    return await send(port, request(body))


async def send(port: int, data: bytes) -> tuple[int, dict[str, Any]]:
    caller = await Caller.connect(port)
    await caller.send(data)
    return await caller.answer()


def test_many_callers_get_each_their_answer(talk: Callable[[Talk], None]) -> None:
    async def function(_: Service, port: int) -> None:
        texts = [f"text {number} “é”" for number in range(_CLIENTS)]
        answers = await asyncio.gather(*[ask(port, text.encode()) for text in texts])
        assert answers == [(200, {"text": text}) for text in texts]

    talk(function)


def test_callers_beyond_the_most_that_wait_are_refused_at_once(talk: Callable[[Talk], None], tmp_path: Path) -> None:
    async def function(service: Service, port: int) -> None:
        service.most_waiting = 60
        gate, refused = tmp_path / "gate", asyncio.Event()
        answers: list[tuple[int, dict[str, Any]]] = []

        async def one() -> None:
            answers.append(await ask(port, f"wait {gate}".encode()))
            if len(answers) == _CLIENTS - 60:
                refused.set()

        callers = [asyncio.create_task(one()) for _ in range(_CLIENTS)]
        await refused.wait()
        assert {status for status, _ in answers} == {503}
        assert answers[0][1] == {"refused": "60 texts are being read; try again later"}
        gate.touch()
        await asyncio.gather(*callers)
        assert Counter(status for status, _ in answers) == {503: _CLIENTS - 60, 200: 60}

    talk(function)


def test_text_that_takes_too_long_is_refused(talk: Callable[[Talk], None], tmp_path: Path) -> None:
    async def function(service: Service, port: int) -> None:
        service.seconds = 0.2
        answer = await ask(port, f"wait {tmp_path / 'gate'}".encode())
        assert answer == (504, {"refused": "the text was not read in 0.2 seconds"})
        (tmp_path / "gate").touch()
        service.seconds = _SECONDS
        assert (await ask(port, b"next"))[0] == 200

    talk(function)


def test_slow_caller_is_refused_and_holds_nobody_up(talk: Callable[[Talk], None]) -> None:
    async def function(service: Service, port: int) -> None:
        service.seconds = 0.5
        slow = await Caller.connect(port)
        await slow.send(request(b"", length=1000))
        # So that it is being received before the limit is as it was.
        await asyncio.sleep(0.1)
        service.seconds = _SECONDS
        answered = asyncio.create_task(slow.answer())
        sent = 0
        while not answered.done():
            if sent < 999:
                await slow.send(b"x")
                sent += 1
            assert (await ask(port, b"meanwhile"))[0] == 200
            await asyncio.sleep(0.05)
        status, row = await answered
        assert status == 408
        assert "the request did not arrive in" in row["refused"]

    talk(function)


@pytest.mark.parametrize("sent", [b"", b"POST", request(b"half", length=100), request(b"all of it")])
def test_caller_who_goes_away_is_nobodys_concern(talk: Callable[[Talk], None], sent: bytes) -> None:
    async def function(_: Service, port: int) -> None:
        for _ in range(20):
            caller = await Caller.connect(port)
            await caller.send(sent)
            await caller.leave()
        assert (await ask(port, b"next"))[0] == 200

    talk(function)


def test_texts_of_a_process_that_ends_are_refused(talk: Callable[[Talk], None]) -> None:
    async def function(_: Service, port: int) -> None:
        for _ in range(2):
            status, row = await ask(port, b"die now")
            assert status == 503
            assert "a process ended while it was reading; try again" in row["refused"]
            assert (await ask(port, b"next"))[0] == 200

    talk(function)


@pytest.mark.parametrize(
    ("sent", "status", "reason"),
    [
        (request(b"Caf\xe9!"), 400, "the text isn't UTF-8: byte 0xe9 at offset 3; send it in UTF-8"),
        (request(b"\xff\xfea\0"), 400, "the text isn't UTF-8: byte 0xff at offset 0; send it in UTF-8"),
        (request("“".encode()[:2]), 400, "the text isn't UTF-8: byte 0xe2 at offset 0; send it in UTF-8"),
        (request(b"x" * 200_001), 413, "the text has 200001 characters; at most 200000 are read"),
        (request(b"x" * 5_000_000), 413, "the text has 5000000 bytes; at most 200000 characters are read"),
        (request(b"x", head="GET / HTTP/1.1"), 405, "send a text with POST, not GET"),
        (b"POST / HTTP/1.1\r\n\r\n", 411, "Content-Length must say how many bytes the text has"),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 411, "Content-Length must say how many bytes the text has"),
        (b"hello\r\n\r\n", 400, "the request isn't HTTP/1.1"),
        (b"\x16\x03\x01\xff\r\n\r\n", 400, "the request isn't HTTP/1.1"),
        (b"POST / HTTP/1.1\r\nA: " + b"x" * 200_000, 431, "the head of the request is too long"),
    ],
)
def test_bad_request_is_told_what_is_wrong(talk: Callable[[Talk], None], sent: bytes, status: int, reason: str) -> None:
    async def function(_: Service, port: int) -> None:
        assert await send(port, sent) == (status, {"refused": reason})

    talk(function)


@pytest.mark.parametrize("text", ["", "a text", "“é” \0 \U0001f600", "x" * 200_000])
def test_right_request_is_answered(talk: Callable[[Talk], None], text: str) -> None:
    async def function(_: Service, port: int) -> None:
        assert await ask(port, text.encode()) == (200, {"text": text})

    talk(function)


def serve(*arguments: str) -> list[dict[str, Any]]:
    """The rows that examples/service.py prints."""
    command = [sys.executable, "-W", "error", "examples/service.py", *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
class TestService:
    def test_it_answers_many_at_once_and_refuses_what_is_too_long(self, tmp_path: Path, article: str) -> None:
        long = tmp_path / "long.txt"
        long.write_text("word " * 5000)
        document = quotesmith.read(article)
        answer = {
            "file": "apollo-11.txt",
            "quotes": len(document.quotes),
            "speakers": [who.name for who in document.speakers],
        }
        rows = serve("--most-characters", "20000", *["examples/apollo-11.txt"] * 3, str(long))
        assert rows[:3] == [answer] * 3
        assert rows[3]["file"] == "long.txt"
        assert "25000 characters" in rows[3]["refused"]

    def test_file_that_is_not_utf8_or_not_there_is_refused_alone(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes("Ann said: “Go.”".encode("cp1252"))
        rows = serve(str(tmp_path / "a.txt"), "examples/ferry.txt", str(tmp_path / "b.txt"))
        assert "the text isn't UTF-8: byte 0x93 at offset 10" in rows[0]["refused"]
        assert rows[1]["speakers"]
        assert "No such file" in rows[2]["refused"]

    def test_it_answers_http(self, article: str) -> None:
        command = [sys.executable, "-W", "error", "examples/service.py", "--port", "0"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as program:
            assert program.stdout is not None
            try:
                port = json.loads(program.stdout.readline())["port"]
                for _ in range(2):
                    connection = HTTPConnection("127.0.0.1", port, timeout=120)
                    connection.request("POST", "/", article.encode())
                    answer = connection.getresponse()
                    assert answer.status == 200
                    assert QuoteDocument.from_dict(json.load(answer)) == quotesmith.read(article)
                    connection.close()
            finally:
                program.terminate()
                # Its processes hold its output: that ends when they have ended.
                program.stdout.read()

    def test_it_refuses_too_many_and_what_takes_too_long(self) -> None:
        rows = serve("--most-waiting", "1", "--seconds", "0.01", *["examples/apollo-11.txt"] * 2)
        assert [row["refused"] for row in rows] == [
            "the text was not read in 0.01 seconds",
            "1 texts are being read; try again later",
        ]
