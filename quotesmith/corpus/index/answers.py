"""The answer to a query: lines for the terminal and rows of a table."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.text import Text

from quotesmith.corpus.index.filters import ABOUT
from quotesmith.export.tables import QUOTE_COLUMNS, Cell, selection_rows
from quotesmith.records import Act, Assertion
from quotesmith.render.characters import counted, on_one_line
from quotesmith.render.terminal import KIND_WIDTH, MIN_WIDTH

if TYPE_CHECKING:
    from quotesmith.corpus.index.indexes import Finding
    from quotesmith.corpus.index.names import NameMatch, Somebody
    from quotesmith.corpus.index.selections import CorpusSelection

_NAMES_SHOWN: Final = 3
_RELATION_WORDS: Final = {"said": "by", "to": "to", "about": "about"}
_INDENT: Final = 4 + KIND_WIDTH


def show_selection(selection: "CorpusSelection", console: Console, *, limit: int) -> None:
    """Print the number of quotes, whom the names were taken to mean, and the first quotes under their articles.

    Text of the corpus is never interpreted, neither by the terminal nor as rich's markup.
    """
    console.print(Text(counted(len(selection), "quote"), style="bold"))
    for name_match in selection.name_matches:
        console.print(Text(name_match_words(name_match), style="dim"))
    shown = selection[:limit].findings()
    for _, findings in groupby(shown, key=lambda finding: finding.document):
        console.print()
        _show_article(list(findings), console)
    if len(selection) > limit:
        console.print()
        console.print(Text(f"{len(selection) - limit:,} more; --limit says how many to show", style="dim"))


def name_match_words(name_match: "NameMatch") -> str:
    """Whom a name was taken to mean and whom not, on one line: "by Roe: Jane Roe (person, i7); not Ann Roe (...)"."""
    what = f"{_RELATION_WORDS[name_match.relation]} {name_match.typed}: "
    if name_match.relation == ABOUT:
        named = _listed(name_match.taken)
        return on_one_line(what + (f"{named}, or the words themselves" if named else "the words themselves"))
    others = f"; not {_listed(name_match.passed_over)}" if name_match.passed_over else ""
    return on_one_line(what + _listed(name_match.taken) + others)


def _listed(somebody: "Sequence[Somebody]") -> str:
    more = f" and {len(somebody) - _NAMES_SHOWN} more" if len(somebody) > _NAMES_SHOWN else ""
    return ", ".join(map(str, somebody[:_NAMES_SHOWN])) + more


def _show_article(findings: "Sequence[Finding]", console: Console) -> None:
    first = findings[0]
    day = "" if first.day is None else first.day.isoformat()
    heading = " · ".join(part for part in (day, first.outlet, first.title or first.document) if part)
    console.print(Text(on_one_line(heading), style="bold"))
    for speakers, said in groupby(findings, key=lambda finding: finding.speakers):
        console.print(Text(f"  {on_one_line(', '.join(speakers)) or 'no speaker'}", style="bold cyan"))
        for finding in said:
            for line in _lines(finding, console):
                console.print(line)


def _lines(finding: "Finding", console: Console) -> Iterator[Text]:
    """The kind and the words of a quote, and below them whatever is unusual about it."""
    notes = (
        finding.act if finding.act != Act.SPEECH else "",
        finding.assertion if finding.assertion != Assertion.ASSERTED else "",
        f"to {', '.join(finding.addressees)}" if finding.addressees else "",
    )
    words, note = Text(on_one_line(finding.text)), on_one_line(" · ".join(filter(None, notes)))
    width = max(console.width - _INDENT, MIN_WIDTH)
    for number, row in enumerate(words.wrap(console, width, overflow="fold") or [Text()]):
        kind = finding.kind if number == 0 else ""
        yield Text.assemble("    ", (kind.ljust(KIND_WIDTH), "dim"), row)
    if note:
        yield Text(" " * _INDENT + note, style="dim")


PUBLISHED: Final = ("date", "outlet", "title", "url")
ROW_COLUMNS: Final = (*QUOTE_COLUMNS, "context", *PUBLISHED)


def iter_rows(selection: "CorpusSelection", *, width: int) -> Iterator[dict[str, Cell]]:
    """One row a quote, in order, read in batches; the keys are `ROW_COLUMNS`.

    Args:
        selection: The quotes.
        width: How many characters of context to give on either side.

    Raises:
        OptionError: if the width isn't a whole number of at least 0.
    """
    for pair, finding in zip(selection.pairs, selection.findings(), strict=True):
        [row] = selection_rows([pair], width=width)
        day = None if finding.day is None else finding.day.isoformat()
        yield {**row, "date": day, "outlet": finding.outlet, "title": finding.title, "url": finding.url}


def name_match_row(name_match: "NameMatch") -> dict[str, Any]:
    """Whom a name was taken to mean, as JSON data."""
    parts = {"taken": name_match.taken, "passed_over": name_match.passed_over}
    return {
        "relation": name_match.relation,
        "typed": name_match.typed,
        **{name: list(map(_somebody_row, somebody)) for name, somebody in parts.items()},
    }


def _somebody_row(own: "Somebody") -> dict[str, Any]:
    return {"identity": own.identity, "name": own.name, "kind": own.kind, "quotes": own.said}
