"""What is installed, in the terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotesmith.render.characters import on_one_line

_DIGITS = 16  # of a checksum: enough to tell two files apart


def show_installation(data: Mapping[str, Any], console: Console) -> None:
    """Print the data of `quotesmith.installation.describe_installation`, one item a line."""
    table = Table.grid(padding=(0, 2))
    for name, words in _rows(data):
        table.add_row(Text(name), Text(on_one_line(words), overflow="fold"))
    console.print(table)


def _rows(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "quotesmith", data["quotesmith"]
    yield "python", data["python"]
    yield "packages", _versions(data["packages"])
    for extra, packages in data["extras"].items():
        yield f"extra {extra}", _versions(packages)
    yield "pipeline", _pipeline(data["pipeline"])
    yield from _weights(data["weights"])


def _versions(packages: Mapping[str, str | None]) -> str:
    return ", ".join(f"{name} {found or '(not installed)'}" for name, found in packages.items())


def _pipeline(data: Mapping[str, str | None]) -> str:
    if "fault" in data:
        return str(data["fault"])
    told = (f"{data['name']} {data['version']}", data["licence"], f"files {data['files']}")
    return ", ".join(word for word in told if word)


def _weights(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "fault" in data:
        yield "weights", data["fault"]
        return
    yield "weights", f"of {data['date']}, {data['licence']}"
    for name, file in data["files"].items():
        yield f"  {name}", f"{file['bytes'] / 1e3:,.0f} kB, SHA-256 {file['sha256'][:_DIGITS]}…, {file['check']}"
