"""How far a reading is, as a bar in a terminal or notebook."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from markupsafe import escape

from quotesmith.progress import ReadingStage, watched


@contextmanager
def shown_progress(name: str) -> Iterator[None]:
    """A context in which the reading of one text is shown: on standard error if it is a terminal, or in a notebook.

    Elsewhere nothing is shown. The bar is gone when the reading is done.
    """
    if _in_notebook():
        with _in_page(name):
            yield
    elif sys.stderr.isatty():
        with _in_terminal(name):
            yield
    else:
        yield


@contextmanager
def _in_terminal(name: str) -> Iterator[None]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    from quotesmith.render.characters import on_one_line

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(on_one_line(name), total=1.0)

        def show(stage: ReadingStage, done: float) -> None:
            bar.update(task, completed=done, description=f"{on_one_line(name)}: {stage}")

        with watched(show):
            yield


@contextmanager
def _in_page(name: str) -> Iterator[None]:
    # It is there where there is a notebook, and needed nowhere else.
    from IPython.display import HTML, display

    handle = display(HTML(bar_html(name, 0.0)), display_id=True)
    shown = [0]

    def show(stage: ReadingStage, done: float) -> None:
        # Each update is a message to the browser.
        if int(100 * done) > shown[0]:
            shown[0] = int(100 * done)
            handle.update(HTML(bar_html(f"{name}: {stage}", done)))

    with watched(show):
        yield
    handle.update(HTML(""))


def bar_html(label: str, done: float) -> str:
    """A bar for a page, with its label; `done` is from 0 to 1."""
    return f'<div><progress max="100" value="{100 * done:.0f}"></progress> {escape(label)} ({done:.0%})</div>'


def _in_notebook() -> bool:
    """Whether a notebook shows what is displayed: IPython is there already, with a kernel."""
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    return shell is not None and hasattr(shell, "kernel")
