"""The table of what inputs may be: how names of such files end, and what reads their rows."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from attrs import frozen

from quotesmith.corpus.reading.csv_rows import iter_csv, iter_tsv
from quotesmith.corpus.reading.json_lines import iter_json_lines
from quotesmith.corpus.reading.opening import PACKED
from quotesmith.corpus.reading.parquet_rows import iter_parquet
from quotesmith.corpus.reading.rows import Position, Row
from quotesmith.corpus.reading.text_files import iter_html, iter_text
from quotesmith.errors import OptionError


@frozen(kw_only=True)
class InputFormat:
    """A format of inputs.

    Attributes:
        name: What it is called on the command line.
        suffixes: How names of its files end; .gz may follow if it can be `packed`.
        rows: Gives a file's rows from a position on, of Parquet only the columns that are named.
        unit: What a row is called, for people; empty where a file is one document.
        packed: Whether gzip may have packed it.
    """

    name: str
    suffixes: tuple[str, ...]
    rows: Callable[[Path, Position, Mapping[str, str]], Iterator[Row]]
    unit: str = ""
    packed: bool = True


INPUT_FORMATS = (
    InputFormat(name="text", suffixes=(".txt",), rows=iter_text),
    InputFormat(name="html", suffixes=(".html", ".htm"), rows=iter_html),
    InputFormat(name="jsonl", suffixes=(".jsonl", ".ndjson"), rows=iter_json_lines, unit="line"),
    InputFormat(name="csv", suffixes=(".csv",), rows=iter_csv, unit="line"),
    InputFormat(name="tsv", suffixes=(".tsv",), rows=iter_tsv, unit="line"),
    InputFormat(name="parquet", suffixes=(".parquet",), rows=iter_parquet, unit="row", packed=False),
)


def input_format(name: str) -> InputFormat:
    """The format of that name.

    Raises:
        OptionError: if there is none; lists those that there are.
    """
    found = next((known for known in INPUT_FORMATS if known.name == name), None)
    if found is None:
        msg = f"{name!r} is no format of inputs; there are {', '.join(known.name for known in INPUT_FORMATS)}"
        raise OptionError(msg)
    return found


def format_of(path: Path) -> InputFormat | None:
    """The format that the file's name tells; None where it tells none."""
    name = path.name.lower()
    plain = name.removesuffix(PACKED)
    return next(
        (known for known in INPUT_FORMATS if (plain if known.packed else name).endswith(known.suffixes)),
        None,
    )
