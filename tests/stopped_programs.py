"""The real program, ended by a signal at some moment of its life: what it says, and what it leaves."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[1]
# Far more than any machine takes: a program that is still there then hangs.
_SECONDS = 120
_SECONDS_TO_NOTICE = 30
_PROCESSES = Path("/proc")
CAN_BE_WATCHED = _PROCESSES.is_dir()


@frozen
class Stopped:
    """How a program ended.

    Attributes:
        status: Its exit status.
        output: What it wrote to standard output.
        complaint: What it wrote to standard error.
        left: The ids of processes that it had started and that were there after it.
    """

    status: int
    output: bytes
    complaint: str
    left: list[int]


def _hear_all() -> None:
    """Hear every signal, also where the tests were started to ignore some, as by `nohup`."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def stop(
    arguments: Sequence[object],
    moment: Callable[[int], bool],
    *,
    delay: float = 0,
    by: int = signal.SIGINT,
    all_processes: bool = True,
) -> Stopped:
    """Start the program, and send it a signal once the moment has come, unless it has ended before.

    Args:
        arguments: Of the command line.
        moment: Whether it has come, for the id of the process.
        delay: Seconds from then on.
        by: The signal.
        all_processes: Whether those that it started get the signal as well, as from a terminal.
    """
    command = [sys.executable, "-m", "quotesmith", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
        preexec_fn=_hear_all,  # noqa: PLW1509 - no thread holds a lock that the child would need
    ) as program:
        try:
            while program.poll() is None and not moment(program.pid):
                time.sleep(0.002)
            time.sleep(delay)
            if program.poll() is None and all_processes:
                os.killpg(program.pid, by)
            elif program.poll() is None:
                program.send_signal(by)
            output, complaint = program.communicate(timeout=_SECONDS)
        finally:
            program.kill()
        return Stopped(program.returncode, output, complaint.decode(), _left(program.pid))


def is_ready(program: int) -> bool:
    """Whether the program answers signals in its own way, and no longer as Python does."""
    try:
        lines = (_PROCESSES / str(program) / "status").read_text().splitlines()
    except OSError:
        return False
    caught = next((int(line.split()[1], 16) for line in lines if line.startswith("SigCgt")), 0)
    return bool(caught >> (signal.SIGTERM - 1) & 1)


def has_loaded(library: str) -> Callable[[int], bool]:
    """The moment when a program has a library of that name in its memory."""

    def moment(program: int) -> bool:
        try:
            return is_ready(program) and library in (_PROCESSES / str(program) / "maps").read_text()
        except OSError:
            return False

    return moment


def _left(leader: int) -> list[int]:
    """The processes of a session that don't end with its leader: they have some time to notice its end."""
    until = time.monotonic() + _SECONDS_TO_NOTICE
    while (left := _session(leader)) and time.monotonic() < until:
        time.sleep(0.02)
    return left


def _session(leader: int) -> list[int]:
    """The processes of a session, without those that have ended and only wait to be noticed."""
    found = []
    for place in _PROCESSES.glob("[0-9]*/stat"):
        try:
            state, _, _, session = place.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == leader and state != "Z":
            found.append(int(place.parent.name))
    return found


def leftovers(folder: Path) -> list[str]:
    """Unfinished files and folders of ours, anywhere in a folder."""
    return sorted(str(path) for path in folder.rglob("*") if path.name.startswith(".quotesmith-") or _is_partial(path))


def _is_partial(path: Path) -> bool:
    return path.parent.name == "partial"
