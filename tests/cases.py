"""Parse tables by name, and beside them what is expected of them, from the files in tests/data/cases.

`each_row` takes plain rows from tests/data/rows: JSON, in which each row of a table has a name.

A file holds blocks. "## " names one, "# " is a comment, "> key: value" says what is expected, and every other line
belongs to the table; blank lines inside a table are its paragraph breaks. The first key of a block starts a new
expectation each time that it comes again; "> nothing" expects none.

    ## a cue after a passage closes it
    “     ``   punct  said  "
    Go    VB   ccomp  said
    ,     ,    punct  said
    ”     ''   punct  said  "
    she   PRP  nsubj  said
    said  VBD  ROOT   -     say
    > quote: “Go,”
    > cue: said
"""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pytest
from attrs import frozen

FOLDER = Path(__file__).parent / "data" / "cases"
ROWS = FOLDER.with_name("rows")
_NOTHING = "nothing"


@frozen
class Case:
    """A table and what is expected of it; tests of no expectation have an empty tuple."""

    name: str
    table: str
    expected: Sequence[Mapping[str, str]]

    @property
    def only(self) -> Mapping[str, str]:
        """The one expectation of a case that has one."""
        [expected] = self.expected
        return expected


def each_case(file: str, *, keys: Collection[str]) -> pytest.MarkDecorator:
    """Calls a test with each `case` of a file; expectations have no other keys than these."""
    found = read_cases(FOLDER / f"{file}.txt", keys=keys)
    return pytest.mark.parametrize("case", [pytest.param(case, id=case.name.replace(" ", "-")) for case in found])


def each_row(arguments: str, file: str, table: str) -> pytest.MarkDecorator:
    """Calls a test with each row of a table in a file of tests/data/rows, its values as these arguments."""
    rows = json.loads((ROWS / f"{file}.json").read_text(encoding="utf-8"))[table]
    return pytest.mark.parametrize(arguments, [pytest.param(*row, id=name) for name, row in rows.items()])


def named_table(file: str, name: str) -> str:
    """The table of a name in a file without expectations."""
    tables = {case.name: case.table for case in read_cases(FOLDER / f"{file}.txt")}
    if name not in tables:
        msg = f"{file}.txt has no table {name!r}, but {', '.join(map(repr, tables))}"
        raise LookupError(msg)
    return tables[name]


def read_cases(path: Path, *, keys: Collection[str] | None = None) -> list[Case]:
    """The blocks of a file, in order.

    Args:
        path: The file.
        keys: Those that expectations may have; without them no block has any.

    Raises:
        ValueError: two blocks have one name; a block has no table, no expectation or another key than these.
    """
    head, *blocks = f"\n{path.read_text(encoding='utf-8')}".split("\n## ")
    found = [_read_block(block.splitlines(), f"{path.name}:", keys) for block in blocks]
    names = [case.name for case in found]
    for name in names:
        if names.count(name) > 1:
            msg = f"{path.name}: two blocks have the name {name!r}"
            raise ValueError(msg)
    if _without_comments(head.splitlines()):
        msg = f"{path.name}: lines before the first name: {head.strip()!r}"
        raise ValueError(msg)
    return found


def _read_block(lines: Sequence[str], where: str, keys: Collection[str] | None) -> Case:
    name, where = lines[0].strip(), f"{where} {lines[0].strip()!r}"
    rest = _without_comments(lines[1:])
    rows = [line for line in rest if not line.startswith(">")]
    stated = [line[1:].strip() for line in rest if line.startswith(">")]
    if not rows or rest != [*rows, *rest[len(rows) :]]:
        msg = f"{where} needs a table, and what is expected below it"
        raise ValueError(msg)
    if bool(stated) is (keys is None):
        msg = f"{where} says {'nothing of what' if keys else 'what nobody asks for:'} is expected"
        raise ValueError(msg)
    return Case(name, "\n".join(rows).strip("\n"), _read_expected(stated, where, keys or ()))


def _read_expected(stated: Sequence[str], where: str, keys: Collection[str]) -> Sequence[Mapping[str, str]]:
    expected: list[dict[str, str]] = []
    for line in stated if list(stated) != [_NOTHING] else []:
        key, _, value = line.partition(":")
        if key not in keys:
            msg = f"{where} expects {line!r}; keys are {', '.join(sorted(keys))}"
            raise ValueError(msg)
        if not expected or key == next(iter(expected[0])):
            expected.append({})
        if key in expected[-1]:
            msg = f"{where} says twice what {key!r} is"
            raise ValueError(msg)
        expected[-1][key] = value.strip()
    return tuple(expected)


def _without_comments(lines: Sequence[str]) -> list[str]:
    """Without comments, and without blank lines at either end."""
    return "\n".join(line for line in lines if not line.startswith("# ")).strip("\n").splitlines()
