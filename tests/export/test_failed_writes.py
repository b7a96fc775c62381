"""Whatever fails while a file is written, what was there before is there afterwards; then it works."""

import re
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotesmith import cli
from quotesmith.export.formats import DOCUMENT_FORMATS, GRAPH_FORMATS, DocumentFormat, GraphFormat
from quotesmith.files import write_atomically
from quotesmith.graph import build_graph
from quotesmith.render.articles import document_to_page
from quotesmith.render.chapter_plots import plot_chapters, write_plot
from tests.samples import summit

Write = Callable[[Path], object]
OLD = b"what was there before"


def write_documents(known: DocumentFormat, path: Path) -> None:
    known.write([summit()], path)


def write_graph(known: GraphFormat, path: Path) -> None:
    known.write(build_graph([summit()]), path)


WRITERS: dict[str, Write] = {
    **{f"a{known.suffix}": partial(write_documents, known) for known in DOCUMENT_FORMATS},
    **{f"g{known.suffix}": partial(write_graph, known) for known in GRAPH_FORMATS},
    "page.html": lambda path: write_atomically(path, document_to_page(summit()).encode()),
    "plot.png": lambda path: write_plot(plot_chapters(summit().cast()), path),
    "plot.svg": lambda path: write_plot(plot_chapters(summit().cast()), path),
}


@contextmanager
def full_disk(after: int) -> Iterator[None]:
    """No file can be made longer than that many bytes, as on a disk that is nearly full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (after, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def fill(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", WRITERS)
def test_full_disk_leaves_what_was_there(name: str, tmp_path: Path) -> None:
    write = WRITERS[name]
    write(fill(tmp_path / "good") / name)
    good = contents(tmp_path / "good")
    size = len(good[name])
    for number, after in enumerate((0, size // 2, size - 1)):
        for old in (None, OLD):
            folder = fill(tmp_path / f"{number} {old is None}")
            if old is not None:
                (folder / name).write_bytes(old)
            before = contents(folder)
            with full_disk(after), pytest.raises(OSError, match=re.escape(str(folder / name))):
                write(folder / name)
            # brat's text may be there already: it is whole, and blocks nothing.
            left = {own: data for own, data in contents(folder).items() if data != good.get(own)}
            assert left == before
            write(folder / name)
            assert contents(folder).keys() == good.keys()
            assert len((folder / name).read_bytes()) == size


@pytest.mark.parametrize(
    ("command", "name"),
    [
        *(("convert", f"out{known.suffix}") for known in DOCUMENT_FORMATS),
        ("graph", "out.graphml"),
        ("graph", "out.html"),
    ],
)
def test_command_that_fails_leaves_what_was_there_and_names_it(command: str, name: str, tmp_path: Path) -> None:
    summit().write(tmp_path / "in.json")
    output = tmp_path / name
    output.write_bytes(OLD)
    with full_disk(3):
        found = CliRunner().invoke(cli.app, [command, str(tmp_path / "in.json"), "-o", str(output)])
    assert isinstance(found.exception, OSError)
    assert str(output) in str(found.exception)
    assert output.read_bytes() == OLD
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "out.txt") == sorted(["in.json", name])


def test_folder_in_place_of_a_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    for name, write in WRITERS.items():
        folder = fill(tmp_path / name)
        with pytest.raises(OSError, match=name):
            write(folder)
        assert list(folder.iterdir()) == []


def test_longest_name_is_written(tmp_path: Path) -> None:
    suffix = ".json"
    path = tmp_path / ("x" * (255 - len(suffix)) + suffix)
    summit().write(path)
    assert [own.name for own in tmp_path.iterdir()] == [path.name]
