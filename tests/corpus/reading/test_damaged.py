"""Files that are damaged are read or told with their place; what is no file is left out with a warning."""

import os
import random
import socket
from pathlib import Path

import pytest

from quotesmith.corpus import Fault, InputDocument, find_inputs, iter_documents
from quotesmith.errors import FormatError, QuotesmithWarning
from tests.benchmarks.damaged_inputs import DAMAGES, GOOD, READ, TOLD, expected_documents, judge


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("name", GOOD)
def test_damaged_file_is_read_or_told_with_its_place(name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / name
    for seed in range(3):
        path.write_bytes(DAMAGES[kind](GOOD[name], random.Random(f"{name} {kind} {seed}")))
        assert judge(path, expected=expected_documents(name, kind)) in {READ, TOLD}


def read(path: Path) -> list[str]:
    """The ids of documents, and what is told of faults, without the folder."""
    return [
        str(found).replace(f"{path.parent}{os.sep}", "") if isinstance(found, Fault) else found.id
        for found in iter_documents(path)
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["1,“Go.”", '2,"never closed', "3,Go", "4,Go"],
            ["1", "a.csv, line 3: a quotation mark is never closed; the record reaches to line 5"],
            id="to-the-end",
        ),
        pytest.param(
            ['1,"never closed', '2,"Go"', '3,"Go"'],
            ["a.csv, line 2: not CSV: ',' expected after '\"'; the record reaches to line 3", "3"],
            id="to-the-next-mark",
        ),
        pytest.param(
            ['1,"He said "no""', "2,Go"], ["a.csv, line 2: not CSV: ',' expected after '\"'", "2"], id="inside"
        ),
        pytest.param(['1,"Go,', "", 'now"', "2,Go"], ["1", "2"], id="paragraphs"),
        pytest.param(['1,"He said ""no"""', '2,5" pipes'], ["1", "2"], id="marks-of-the-text"),
    ],
)
def test_mark_that_is_never_closed_is_a_fault_with_its_lines(
    lines: list[str], expected: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["id,text", *lines]) + "\n")
    assert read(path) == expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl"])
def test_rows_in_another_encoding_are_told(name: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("text\nGo\n", encoding=encoding)
    [fault] = iter_documents(path)
    assert str(fault) == (
        f"{path}: the file begins as UTF-16 or UTF-32 does, and rows are read as UTF-8; save it as UTF-8"
    )


def test_what_is_no_file_of_a_folder_is_left_out_with_a_warning(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "outside.txt"
    folder.mkdir()
    outside.write_text("“No.”")
    (folder / "a.txt").write_text("“Go.”")
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "nowhere.txt").symlink_to(tmp_path / "missing")
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket.txt"))
        with pytest.warns(QuotesmithWarning) as told:
            found = find_inputs(folder)
    assert [Path(file.name).name for file in found] == ["a.txt", "inside.txt"]
    reasons = sorted(str(one.message).removeprefix(f"{folder}{os.sep}") for one in told)
    assert reasons == [
        "itself.txt is left out: it is a link that leads nowhere",
        "nowhere.txt is left out: it is a link that leads nowhere",
        "out.txt is left out: it is a link out of the folder",
        "pipe.txt is left out: it is a pipe",
        "socket.txt is left out: it is a socket",
    ]


def test_named_pipe_or_device_is_an_error_and_a_named_link_is_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(FormatError, match="is a pipe, and inputs must be files or folders"):
        find_inputs(tmp_path / "pipe.txt")
    with pytest.raises(FormatError, match="is a device"):
        find_inputs("/dev/null", format="text")
    (tmp_path / "a.txt").write_text("“Go.”")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "link.txt").symlink_to(tmp_path / "a.txt")
    [document] = iter_documents(tmp_path / "b" / "link.txt")
    assert isinstance(document, InputDocument)
    assert document.text == "“Go.”"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_folder_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "a.txt").write_text("“Go.”")
    with pytest.raises(PermissionError):
        find_inputs(tmp_path)
