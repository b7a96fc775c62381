"""What the commands give."""

import io
import sys
from pathlib import Path

import pytest

from quotesmith.command_output import graph_output, print_data, write_graph_output
from quotesmith.errors import FormatError
from quotesmith.graph import build_graph
from tests.samples import summit


class Screen(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("screen", "shown"), [(Screen, "a\ufffd[2Jb\n"), (io.TextIOWrapper, "a\x1b[2Jb\n")])
def test_data_acts_on_no_terminal(monkeypatch: pytest.MonkeyPatch, screen: type[io.TextIOWrapper], shown: str) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", screen(out))
    print_data(b"a\x1b[2Jb\n")
    assert out.getvalue().decode() == shown


@pytest.mark.parametrize(
    ("name", "begins"), [("a.html", "<!doctype html>"), ("a.graphml", "<?xml"), ("a.gexf", "<?xml")]
)
def test_name_tells_what_a_graph_is_written_as(tmp_path: Path, name: str, begins: str) -> None:
    path = tmp_path / name
    write_graph_output(build_graph([summit()]), path, graph_output(path))
    assert path.read_text(encoding="utf-8").lower().startswith(begins)


def test_name_that_tells_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="fits no known format"):
        graph_output(tmp_path / "a.txt")
