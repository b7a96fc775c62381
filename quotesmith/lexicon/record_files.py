"""Records that the user gives, in memory or in a file (JSON, JSON Lines, CSV), each with its place for errors."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path

from attrs import frozen

from quotesmith.errors import ArgumentError, QuotesmithError
from quotesmith.files import checked_path

SUFFIXES = (".json", ".jsonl", ".csv")


@frozen
class RecordSort:
    """How records of one sort are called and read.

    Attributes:
        name: What they are called together in an error, with an article ("a gazetteer").
        entry: What one of them is called ("entry").
        required: The columns that a CSV file must have.
        optional: Those that it may have.
        error: What is raised where a file is malformed.
    """

    name: str
    entry: str
    required: Sequence[str]
    optional: Sequence[str]
    error: type[QuotesmithError]

    def read(self, source: object) -> Iterator[tuple[str, object]]:
        """Place and data of each record of a file or of a sequence, in order.

        Raises:
            QuotesmithError: as `error`, if the suffix of a file is unknown or the file is malformed.
            ArgumentError: if the source is neither a path nor a sequence.
            OSError: if a file can't be read.
        """
        if isinstance(source, str | PathLike):
            yield from RecordFile(checked_path(source), self).records()
        elif isinstance(source, Iterable) and not isinstance(source, Mapping | bytes):
            yield from ((f"{self.entry} {number}", record) for number, record in enumerate(source, start=1))
        else:
            msg = f"{self.name} must be a path or a sequence of records, not {type(source).__name__}"
            raise ArgumentError(msg)


@frozen
class RecordFile:
    """A file of records of one sort.

    Attributes:
        path: Where it is.
        sort: What the records are.
    """

    path: Path
    sort: RecordSort

    def records(self) -> Iterator[tuple[str, object]]:
        """Place and data of each record, in order; a CSV record is a dict of its cells that aren't empty.

        Raises:
            QuotesmithError: as the sort's `error`, if the suffix is unknown or the file is malformed.
            OSError: if it can't be read.
        """
        readers = dict(zip(SUFFIXES, (self._json_records, self._jsonl_records, self._csv_records), strict=True))
        suffix = self.path.suffix.lower()
        if suffix not in readers:
            known = ", ".join(SUFFIXES)
            msg = f"the name {str(self.path)!r} has no known suffix; {self.sort.name} can be read from {known}"
            raise self.sort.error(msg)
        data = self.path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = 1 + data.count(b"\n", 0, error.start)
            msg = f"{self.path}, line {line}: not UTF-8: byte {data[error.start]:#04x}"
            raise self.sort.error(msg) from error
        yield from readers[suffix](text)

    def _json_records(self, text: str) -> Iterator[tuple[str, object]]:
        records = self._parsed(text, first_line=1)
        if not isinstance(records, list):
            msg = f"{self.path}: expected a list of records, not {type(records).__name__}"
            raise self.sort.error(msg)
        for number, record in enumerate(records, start=1):
            yield f"{self.path}, entry {number}", record

    def _jsonl_records(self, text: str) -> Iterator[tuple[str, object]]:
        # Not splitlines: a JSON string may hold U+2028 and others that are no line ends here.
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield f"{self.path}, line {number}", self._parsed(line, first_line=number)

    def _parsed(self, text: str, *, first_line: int) -> object:
        try:
            return json.loads(text, object_pairs_hook=_without_doubles)
        except json.JSONDecodeError as error:
            msg = f"{self.path}, line {first_line + error.lineno - 1}: not JSON: {error.msg}"
            raise self.sort.error(msg) from error
        except (ValueError, RecursionError) as error:
            msg = f"{self.path}, line {first_line}: not JSON that can be read: {error}"
            raise self.sort.error(msg) from error

    def _csv_records(self, text: str) -> Iterator[tuple[str, object]]:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            header = [cell.strip() for cell in next(rows, [])]
            self._check_header(header, f"{self.path}, line 1")
            for row in rows:
                where = f"{self.path}, line {rows.line_num}"
                if row:
                    yield where, self._csv_record(header, row, where)
        except csv.Error as error:
            msg = f"{self.path}, line {rows.line_num}: not CSV: {error}"
            raise self.sort.error(msg) from error

    def _check_header(self, header: Sequence[str], where: str) -> None:
        has_all = set(self.sort.required) <= set(header)
        if not has_all or set(header) - {*self.sort.required, *self.sort.optional} or len(set(header)) < len(header):
            others = f" and any of {', '.join(self.sort.optional)}" if self.sort.optional else ""
            found = ", ".join(header) or "none"
            msg = f"{where}: the columns must be {' and '.join(self.sort.required)}{others}, not {found}"
            raise self.sort.error(msg)

    def _csv_record(self, header: Sequence[str], row: Sequence[str], where: str) -> dict[str, str]:
        if len(row) != len(header):
            msg = f"{where}: expected {len(header)} cells, as in the header, not {len(row)}"
            raise self.sort.error(msg)
        return {key: cell.strip() for key, cell in zip(header, row, strict=True) if cell.strip()}


def _without_doubles(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        [(twice, _)] = Counter(key for key, _ in pairs).most_common(1)
        msg = f"an object has the key {twice!r:.80} more than once"
        raise ValueError(msg)
    return record
