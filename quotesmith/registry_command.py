"""The command about people and bodies across a corpus' documents: registry."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from quotesmith.errors import OptionError
from quotesmith.render.characters import on_one_line

if TYPE_CHECKING:
    from quotesmith.corpus import Registry


def registry(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of tables that `corpus` has made.")],
    *,
    gazetteer: Annotated[
        Path | None, typer.Option(help="Names that are known: .json, .jsonl or .csv; kept for later updates.")
    ] = None,
    join: Annotated[list[str] | None, typer.Option(metavar="A=B", help="A and B are the same.")] = None,
    part: Annotated[list[str] | None, typer.Option(metavar="A=B", help="A and B are different.")] = None,
    rename: Annotated[list[str] | None, typer.Option(metavar="A=B", help="A is called B from now on.")] = None,
    document: Annotated[
        str | None, typer.Option(metavar="ID", help="--join and --part mean A in this document only.")
    ] = None,
    note: Annotated[str, typer.Option(help="Why, for all corrections of this command.")] = "",
    explain: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Show why names were taken to be the same: a name or an id."),
    ] = None,
) -> None:
    """Show who is the same across the documents of a corpus, and correct it; corrections also hold for later documents.

    Example: quotesmith registry tables --join "Jeb Bush=John Ellis Bush" --explain "Jeb Bush"
    """
    from quotesmith.corpus import Corpus

    errors = Console(stderr=True)
    tables = Corpus(folder)
    corrections = [*_pairs("--join", join), *_pairs("--part", part), *_pairs("--rename", rename)]
    if not corrections and (note or document is not None):
        msg = "--note and --document belong to a correction; add --join, --part or --rename"
        raise OptionError(msg)
    known = tables.update_registry(gazetteer, watch=lambda line: _note(errors, line))
    for option, one, other in corrections:
        if option == "--rename":
            known.rename(one, other, note=note)
        else:
            (known.join if option == "--join" else known.part)(one, other, document=document, note=note)
    if corrections:
        known = tables.update_registry(watch=lambda line: _note(errors, line))
    for correction in known.unused:
        _note(errors, f"a correction fits nothing in the documents: {correction}")
    for name in explain or ():
        _show(str(known.explain(name)))
    if not explain:
        _show(_summary(known))


def _pairs(option: str, pairs: Iterable[str] | None) -> Iterable[tuple[str, str, str]]:
    """The option and the names of "A=B"."""
    for pair in pairs or ():
        one, sign, other = (piece.strip() for piece in pair.partition("="))
        if not (one and sign and other):
            msg = f"{option} takes two names, as in 'Jane Roe=J. Roe', not {pair!r}"
            raise OptionError(msg)
        yield option, one, other


def _summary(known: "Registry") -> str:
    kinds: dict[str, int] = {}
    for own in known:
        kinds[own.kind] = kinds.get(own.kind, 0) + 1
    listed = ", ".join(f"{kind} {number:,}" for kind, number in sorted(kinds.items(), key=lambda own: -own[1]))
    return f"{known.folder}: {sum(kinds.values()):,} identities" + (f": {listed}" if listed else "")


def _show(text: str) -> None:
    for line in text.splitlines():
        # Names come from documents: no control character of theirs reaches the terminal.
        typer.echo(line[: len(line) - len(line.lstrip(" "))] + on_one_line(line))


def _note(console: Console, line: str) -> None:
    console.print(on_one_line(line), markup=False, highlight=False, soft_wrap=True)
