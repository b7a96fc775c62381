"""Runs the notebooks of examples/ as a reader would, and says what their outputs say.

A notebook runs in a copy of examples/, so that nothing it writes stays, with the package of this tree. What is compared
is text: what cells print, the plain form of what they show, and the sorts of its other forms (HTML, pictures).
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
NAMES = ("news_article", "fact_checkers_week", "novel", "spacy_pipeline")
_SECONDS = 300  # for one cell
_INLINE = "module://matplotlib_inline.backend_inline"  # as a notebook draws, whatever the tests say
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def read_notebook(name: str) -> nbformat.NotebookNode:
    """The notebook of that name as it is saved."""
    return nbformat.read(EXAMPLES / f"{name}.ipynb", as_version=4)


def run_notebook(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """The notebook with the outputs that it has now, run in a copy of examples/ in the folder."""
    place = folder / "examples"
    shutil.copytree(EXAMPLES, place)
    run = nbformat.from_dict({**notebook, "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}}})
    for cell in run.cells:
        cell.metadata = nbformat.NotebookNode()
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        run, timeout=_SECONDS, resources={"metadata": {"path": str(place)}}, record_timing=False, kernel_name="python3"
    )
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    client.execute(env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "MPLBACKEND": _INLINE})
    run.metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}}
    return run


def write_notebook(name: str, notebook: nbformat.NotebookNode) -> None:
    """Save the notebook, checked, under that name in examples/."""
    nbformat.validate(notebook)
    nbformat.write(notebook, EXAMPLES / f"{name}.ipynb")


def shown(notebook: nbformat.NotebookNode) -> str:
    """All that the code cells give out, as text to be compared line by line."""
    lines = []
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            lines += [f"# cell {number}", *(line for output in _whole(cell.outputs) for line in _iter_lines(output))]
    return "\n".join(lines)


def _whole(outputs: Sequence[Any]) -> Iterator[Any]:
    """The outputs; what a stream printed without another output between is one, however often it was flushed."""
    for name, group in groupby(outputs, lambda output: output.get("name", id(output))):
        pieces = list(group)
        yield (
            pieces[0]
            if len(pieces) == 1
            else nbformat.v4.new_output("stream", name=name, text="".join(piece.text for piece in pieces))
        )


def _iter_lines(output: Any) -> Iterator[str]:
    """An output's text, and the sorts of what else it has."""
    if output.output_type == "stream":
        yield f"## {output.name}"
        yield from output.text.splitlines()
    elif output.output_type == "error":
        yield f"## {output.ename}: {output.evalue}"
    else:
        yield f"## {', '.join(sorted(output.data))}"
        yield from output.data.get("text/plain", "").splitlines()
