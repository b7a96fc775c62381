"""Files and folders that take their place only once they are whole."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import quotesmith
from quotesmith.corpus import Corpus, find_inputs
from quotesmith.errors import ArgumentError, OptionError
from quotesmith.files import checked_path, create_folder_atomically, replace_atomically, write_atomically


def write(path: Path, words: str = "after") -> None:
    write_atomically(path, words.encode())


def test_file_takes_its_place_in_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("before")
    with replace_atomically(path) as part:
        part.write_text("after")
        assert part.name == "a.json"
        assert path.read_text() == "before"
    assert path.read_text() == "after"
    assert list(tmp_path.iterdir()) == [path]


def test_error_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("before")

    def fail() -> None:
        with replace_atomically(path) as part:
            part.write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_file_of_a_name_that_one_could_guess_is_left_alone(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "a.json.part").symlink_to(victim)
    write(tmp_path / "a.json")
    assert victim.read_text() == "mine"
    assert (tmp_path / "a.json.part").is_symlink()


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_folder_of_the_unfinished_file_is_its_owners_and_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.touch(mode=0o600)
    with replace_atomically(path) as part:
        part.write_text("after")
        assert stat.S_IMODE(part.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_link_leads_to_the_file_as_before(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    path = tmp_path / "a.json"
    path.symlink_to(tmp_path / "there" / "b.json")
    for words in ("first", "second"):
        write(path, words)
        assert path.is_symlink()
        assert (tmp_path / "there" / "b.json").read_text() == words


def test_link_to_itself_is_the_systems_own_error(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.symlink_to(path)
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)) as caught:
        write(path)
    assert (caught.value.errno, caught.value.filename, path.is_symlink()) == (errno.ELOOP, str(path), True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_what_is_no_file_is_written_to_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write(path)
    assert os.read(reading, 100) == b"after"
    os.close(reading)
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_folder_in_a_files_place_or_a_missing_one_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write(tmp_path)
    path = tmp_path / "missing" / "a.json"
    with pytest.raises(FileNotFoundError) as caught:
        write(path)
    assert caught.value.filename == str(path)


def test_folder_takes_its_place_in_the_end(tmp_path: Path) -> None:
    place = tmp_path / "new" / "place"
    with create_folder_atomically(place, tmp_path / "parts", "1-") as part:
        (part / "a").write_text("after")
        assert not place.exists()
    assert (place / "a").read_text() == "after"
    assert not part.exists()


def test_folder_that_another_process_has_made_stays(tmp_path: Path) -> None:
    with create_folder_atomically(tmp_path / "place", tmp_path, "part-") as part:
        (part / "a").write_text("ours")
        (tmp_path / "place").mkdir()
        (tmp_path / "place" / "a").write_text("theirs")
    assert (tmp_path / "place" / "a").read_text() == "theirs"
    assert not part.exists()


def test_unfinished_folder_of_another_process_is_no_hindrance(tmp_path: Path) -> None:
    with (
        create_folder_atomically(tmp_path / "place", tmp_path, "part-") as part,
        create_folder_atomically(tmp_path / "other", tmp_path, "part-") as other,
    ):
        assert part != other
    assert {path.name for path in tmp_path.iterdir()} == {"place", "other"}


def test_file_in_a_folders_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "place").touch()
    with pytest.raises(NotADirectoryError), create_folder_atomically(tmp_path / "place", tmp_path, "part-") as part:
        (part / "a").touch()
    assert list(tmp_path.iterdir()) == [tmp_path / "place"]


def test_error_leaves_no_folder(tmp_path: Path) -> None:
    def fail() -> None:
        with create_folder_atomically(tmp_path / "place", tmp_path, "part-") as part:
            (part / "a").touch()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert list(tmp_path.iterdir()) == []


PATH_TAKERS: dict[str, Callable[[Any], object]] = {
    "open": quotesmith.open,
    "open_graph": quotesmith.open_graph,
    "read_file": quotesmith.read_file,
    "write": quotesmith.QuoteDocument("d", "").write,
    "write_atomically": lambda path: write_atomically(path, b""),
    "inputs": find_inputs,
    "corpus": Corpus,
    "corpus-open": Corpus.open,
    "verify": Corpus.verify,
    "run": lambda path: Corpus.run("a.txt", path),
    "gazetteer": lambda path: quotesmith.load(gazetteer=path),
}


@pytest.mark.parametrize("take", PATH_TAKERS.values(), ids=list(PATH_TAKERS))
@pytest.mark.parametrize("path", ["a\0.json", "\0", Path("in\0side/a.json")], ids=["name", "alone", "folder"])
def test_nul_in_a_path_is_an_error_of_ours(take: Callable[[Any], object], path: str | Path) -> None:
    with pytest.raises(OptionError, match=r"has a NUL, which no name of a file can have"):
        take(path)


@pytest.mark.parametrize("path", [None, 3, b"a.json", ["a.json"]])
def test_what_is_no_path_is_an_error_of_ours(path: Any) -> None:
    with pytest.raises(ArgumentError, match="a path must be a string or a Path, not"):
        checked_path(path)
