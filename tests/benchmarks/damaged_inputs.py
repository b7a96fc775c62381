"""Damaged files of inputs: each is read, or is an error or fault of ours with its place; no row is lost unnamed.

Run as `python -m tests.benchmarks.damaged_inputs`, with `--files N` and `--seed N`. Nothing is analysed.
"""

import argparse
import gzip
import io
import json
import random
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from quotesmith.corpus import Fault, InputDocument, iter_documents
from quotesmith.errors import QuotesmithError
from tests.benchmarks.measuring import print_head, print_row

ROWS = 12
READ = "read"
TOLD = "told with its place"
Damage = Callable[[bytes, random.Random], bytes]


def rows() -> list[dict[str, str]]:
    """The rows of a good file, with marks, commas and lines within cells."""
    return [
        {"id": f"d{number}", "title": f"Day {number}", "text": f'"Go, now," she said.\nIt rained {number} times.'}
        for number in range(ROWS)
    ]


def as_csv(delimiter: str) -> bytes:
    """The rows with all cells in quotation marks."""
    quoted = [
        delimiter.join('"{}"'.format(cell.replace('"', '""')) for cell in row)
        for row in (list(rows()[0]), *(list(row.values()) for row in rows()))
    ]
    return "\n".join(quoted).encode() + b"\n"


def as_parquet(**options: str) -> bytes:
    """The rows as Parquet."""
    data = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows()), data, **options)
    return data.getvalue()


def as_epub() -> bytes:
    """A book of one chapter."""
    data = io.BytesIO()
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
        '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>“Go,” she said.</p></body></html>'
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", container)
        book.writestr("p.opf", package)
        book.writestr("c.xhtml", page)
    return data.getvalue()


GOOD: Mapping[str, bytes] = {
    "a.csv": as_csv(","),
    "a.tsv": as_csv("\t"),
    "a.jsonl": b"".join(json.dumps(row).encode() + b"\n" for row in rows()),
    "a.jsonl.gz": gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in rows()), mtime=0),
    "a.parquet": as_parquet(),
    "a.txt": "“Go,” she said. It’s late.\n".encode() * 20,
    "a.html": "<html><body><article><p>“Go,” she said.</p></article></body></html>".encode() * 3,
    "a.epub": as_epub(),
}


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data)) if data else 0


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: _place(data, chance)]


def _insert(what: bytes) -> Damage:
    def insert(data: bytes, chance: random.Random) -> bytes:
        at = _place(data, chance)
        return data[:at] + what + data[at:]

    return insert


def _drop(what: bytes) -> Damage:
    def drop(data: bytes, chance: random.Random) -> bytes:
        places = [found.start() for found in re.finditer(re.escape(what), data)]
        if not places:
            return data[1:]
        at = chance.choice(places)
        return data[:at] + data[at + len(what) :]

    return drop


def _flip(data: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        flipped[_place(data, chance)] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _middle_missing(data: bytes, chance: random.Random) -> bytes:
    start = _place(data, chance)
    return data[:start] + data[start + chance.randint(1, 60) :]


DAMAGES: Mapping[str, Damage] = {
    "as it was": lambda data, _: data,
    "empty": lambda _data, _chance: b"",
    "cut": _cut,
    "bits flipped": _flip,
    "a stretch missing": _middle_missing,
    "a quotation mark missing": _drop(b'"'),
    "a quotation mark more": _insert(b'"'),
    "a line end missing": _drop(b"\n"),
    "a line end more": _insert(b"\n"),
    "a comma missing": _drop(b","),
    "a tab more": _insert(b"\t"),
    "a brace more": _insert(b"}"),
    "NUL": _insert(b"\x00"),
    "Latin-1": _insert(b"caf\xe9 "),
    "a lone surrogate in UTF-8": _insert(b"\xed\xa0\x80"),
    "UTF-8's mark": lambda data, _: b"\xef\xbb\xbf" + data,
    "UTF-16": lambda data, _: data.decode("latin-1").encode("utf-16"),
    "UTF-32": lambda data, _: data.decode("latin-1").encode("utf-32"),
    "carriage returns": lambda data, _: data.replace(b"\n", b"\r"),
    "both line ends": lambda data, _: data.replace(b"\n", b"\r\n"),
    "doubled": lambda data, _: data + data,
    "reversed": lambda data, _: data[::-1],
    "random": lambda _, chance: chance.randbytes(300),
    "zeros behind it": lambda data, _: data + bytes(100),
    "semicolons": lambda data, _: data.replace(b",", b";"),
    "an escape": _insert(b"\x1b[31m"),
    "another's content": lambda _, chance: chance.choice([*GOOD.values()]),
}


def judge(path: Path, *, expected: int) -> str:
    """What became of a file: read, an error or fault with its place, one without, or lost."""
    try:
        found = list(iter_documents(path))
    except QuotesmithError as error:
        return _told(str(error), path)
    except Exception as error:  # noqa: BLE001 - what a user would see as a traceback is what is looked for
        return f"foreign error: {type(error).__name__}: {str(error)[:80]}"
    faults = [str(item) for item in found if isinstance(item, Fault)]
    documents = [item for item in found if isinstance(item, InputDocument)]
    unplaced = [told for told in (_told(fault, path) for fault in faults) if told != TOLD]
    if faults:
        return unplaced[0] if unplaced else TOLD
    return READ if len(documents) >= expected else f"lost: {len(documents)} of {expected}"


def _told(message: str, path: Path) -> str:
    return TOLD if str(path) in message else f"told without a place: {message[:80]}"


def main() -> None:
    """Damage files, read them, and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    totals: Counter[tuple[str, str]] = Counter()
    pairs = [(name, kind) for kind in DAMAGES for name in GOOD]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(given.files):
            name, kind = pairs[number % len(pairs)]
            path = Path(folder) / f"{number}" / name
            path.parent.mkdir()
            data = DAMAGES[kind](GOOD[name], chance)
            path.write_bytes(data)
            outcome = judge(path, expected=expected_documents(name, kind))
            totals[kind, outcome if outcome in {READ, TOLD} else "else"] += 1
            if outcome not in {READ, TOLD}:
                print(f"{name}, {kind}: {outcome}")
    print_head("damage", "files", READ, TOLD, "else")
    for kind in DAMAGES:
        own = [totals[kind, outcome] for outcome in (READ, TOLD, "else")]
        print_row((kind, sum(own), *own))


def expected_documents(name: str, kind: str) -> int:
    """How many documents a file must give if nothing in it is told to be wrong.

    A file that ends between two rows is whole, as far as anybody can tell, and so is one whose lines are joined.
    """
    if name.startswith(("a.txt", "a.html", "a.epub")):
        return 1
    unknowable = (
        "empty",
        "cut",
        "random",
        "another's content",
        "a stretch missing",
        "bits flipped",
        "UTF-16",
        "UTF-32",
    )
    return 0 if kind in unknowable else ROWS


if __name__ == "__main__":
    main()
