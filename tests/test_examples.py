"""The examples run, and do what they say."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import quotesmith

ROOT = Path(__file__).parents[1]


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

    def test_it_refuses_too_many_and_what_takes_too_long(self) -> None:
        rows = serve("--most-waiting", "1", "--seconds", "0.01", *["examples/apollo-11.txt"] * 2)
        assert [row["refused"] for row in rows] == [
            "the text was not read in 0.01 seconds",
            "1 texts are being read; try again later",
        ]
