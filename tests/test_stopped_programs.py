"""The program, ended by signals: a handful of the moments that `tests.benchmarks.interrupts` tries."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corpus.hand_made import write_articles
from tests.stopped_programs import CAN_BE_WATCHED, has_loaded, is_ready, leftovers, stop

pytestmark = pytest.mark.skipif(not CAN_BE_WATCHED, reason="looks into /proc")
TEXT = "“Go,” said Ann Lee. " * 2_000


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("by", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("delay", [0, 0.3])
def test_import_ends_without_a_word(delay: float, by: str) -> None:
    number = getattr(signal, by)
    ended = stop(["info"], is_ready, delay=delay, by=number)
    assert (ended.status, ended.output, ended.complaint, ended.left) == (128 + number, b"", "", [])


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
@pytest.mark.parametrize(
    ("moment", "by"),
    [
        pytest.param(has_loaded("spacy"), signal.SIGTERM, id="loads"),
        pytest.param(has_loaded("onnxruntime"), signal.SIGINT, id="reads"),
    ],
)
def test_reading_ends_without_a_word_and_leaves_what_was_there(
    text: Path, tmp_path: Path, moment: Callable[[int], bool], by: int
) -> None:
    (tmp_path / "out").mkdir()
    output = tmp_path / "out" / "quotes.json"
    output.write_text("before")
    ended = stop(["analyze", text, "-o", output], moment, delay=0.2, by=by)
    assert (ended.status, ended.complaint, ended.left) == (128 + by, "", [])
    assert output.read_text() == "before"
    assert leftovers(tmp_path) == []


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
@pytest.mark.parametrize(
    ("begun", "all_processes"),
    [pytest.param(False, True, id="workers start, all"), pytest.param(True, False, id="workers work, only the first")],
)
def test_workers_end_too(tmp_path: Path, *, begun: bool, all_processes: bool) -> None:
    articles, output = write_articles(tmp_path / "a.jsonl", 60), tmp_path / "corpus"

    def moment(program: int) -> bool:
        children = Path(f"/proc/{program}/task/{program}/children")
        return bool(list(output.glob("partial/*")) if begun else children.exists() and children.read_text())

    ended = stop(
        ["corpus", articles, "-o", output, "--jobs", 2, "--shard-documents", 4], moment, all_processes=all_processes
    )
    assert (ended.status, ended.left) == (130, [])
    assert "Traceback" not in ended.complaint
    assert "Error" not in ended.complaint
    assert leftovers(tmp_path) == []


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_reader_that_goes_away_ends_it_without_a_word(text: Path) -> None:
    command = [sys.executable, "-m", "quotesmith", "analyze", str(text)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 1


def test_signals_that_the_caller_ignores_are_ignored() -> None:
    code = (
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        "os.execv(sys.executable, [sys.executable, '-m', 'quotesmith', 'info', '--help'])"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as program:
        while program.poll() is None and not is_ready(program.pid):
            pass
        program.send_signal(signal.SIGHUP)
        output, _ = program.communicate()
    assert program.returncode == 0
    assert b"quotesmith info" in output
