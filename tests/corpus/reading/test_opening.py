"""Packed files."""

import gzip
from pathlib import Path

import pytest

from quotesmith.corpus.reading.opening import opened
from quotesmith.errors import FormatError


@pytest.mark.parametrize(
    "cut", [pytest.param(slice(5), id="header"), pytest.param(slice(-20), id="end"), slice(10, 50)]
)
def test_broken_packed_file_is_an_error(tmp_path: Path, cut: slice) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 100)[cut])
    with pytest.raises(FormatError, match="can't be unpacked"), opened(path) as file:
        file.read()


def test_plain_file_is_given_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x1f\x8b")
    with opened(tmp_path / "a") as file:
        assert file.read() == b"\x1f\x8b"
