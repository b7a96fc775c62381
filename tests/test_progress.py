"""How far a reading is: what watchers are told, and how it is shown."""

import sys
from types import SimpleNamespace
from typing import Any

import pytest

import quotesmith
from quotesmith.progress import ReadingStage, report, watched
from quotesmith.render.progress import bar_html, shown_progress


def test_watchers_are_told_how_much_of_all_is_done() -> None:
    told: list[tuple[ReadingStage, float]] = []
    report(ReadingStage.PARSE, 0.5)
    with watched(lambda stage, done: told.append((stage, done))):
        for stage in ReadingStage:
            report(stage, 0.0)
        report(ReadingStage.SPEAKERS, 1.5)
    report(ReadingStage.PARSE, 0.5)
    shares = [done for _, done in told]
    assert [stage for stage, _ in told[:4]] == [*ReadingStage]
    assert [shares[0], shares[-1]] == pytest.approx([0.0, 1.0])
    assert shares == sorted(shares)


@pytest.mark.parametrize("is_terminal", [True, False])
def test_terminal_alone_shows_a_bar(
    *, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_terminal: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    monkeypatch.setenv("TERM", "xterm")
    with shown_progress("a [red]\x1b]\nnovel"):
        report(ReadingStage.ENCODER, 0.5)
    out, err = capsys.readouterr()
    assert (out, "a [red]" in err) == ("", is_terminal)
    assert "\x1b]" not in err


def test_notebook_shows_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    handle = SimpleNamespace(update=shown.append)

    def display(html: str, **_: Any) -> SimpleNamespace:
        shown.append(html)
        return handle

    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=None)))
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(HTML=str, display=display))
    with shown_progress("<novel>"):
        for done in (0.5, 0.501):
            report(ReadingStage.PARSE, done)
    assert shown == [bar_html("<novel>", 0.0), bar_html("<novel>: parsing", 0.26), ""]
    assert "&lt;novel&gt; (0%)" in shown[0]


@pytest.mark.model
def test_reading_reports_all_stages() -> None:
    told: list[tuple[ReadingStage, float]] = []
    with watched(lambda stage, done: told.append((stage, done))):
        quotesmith.read("“Go,” said Ann Lee.", progress=True)
    assert list(dict.fromkeys(stage for stage, _ in told)) == [*ReadingStage]
