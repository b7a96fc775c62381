"""The user's corrections of a registry: an append-only log of names, valid for rebuilt tables too, and their effect."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import asdict, evolve, field, fields, frozen
from networkx.utils import UnionFind

from quotesmith.corpus.registry import statements
from quotesmith.errors import ArgumentError, CorpusError, FormatError, OptionError
from quotesmith.export.json_data import decode_json
from quotesmith.files import write_atomically
from quotesmith.query.names import name_key

if TYPE_CHECKING:
    import duckdb

CORRECTIONS: Final = "corrections.jsonl"

# A folded name, and the only document in which it is meant; None for all documents.
Ref: TypeAlias = tuple[str, str | None]


class CorrectionKind(StrEnum):
    """What a correction does to two names."""

    JOIN = "join"
    PART = "part"
    NAME = "name"


def _doing(value: object) -> CorrectionKind:
    known = [own.value for own in CorrectionKind]
    if value not in known:
        msg = f"a correction can {', '.join(known)}, not {value!r}"
        raise OptionError(msg)
    return CorrectionKind(value)


@frozen(kw_only=True)
class Correction:
    """A correction by the user.

    Attributes:
        do: "join": both names mean the same person, body or place; "part": they mean different ones; "name": whoever
            has the first name is called by the other from now on.
        one: A name as documents write it.
        other: Another name; with a `document` it may be the same name, as meant in all other documents.
        document: The id of the only document whose `one` is meant; None for all documents.
        note: Why.
        at: When, in UTC.
    """

    do: CorrectionKind = field(converter=_doing)
    one: str
    other: str
    document: str | None = None
    note: str = ""
    at: str = ""

    def __attrs_post_init__(self) -> None:
        for name in ("one", "other", "note", "at"):
            _check_string(name, getattr(self, name))
        if self.document is not None:
            _check_string("document", self.document)
        if not self.one.strip() or not self.other.strip():
            msg = f"a correction needs two names, not {self.one!r} and {self.other!r}"
            raise OptionError(msg)
        if self.do is CorrectionKind.NAME and self.document is not None:
            msg = "a name is given in all documents; leave the document out"
            raise OptionError(msg)
        if self.do is not CorrectionKind.NAME and self.refs[0] == self.refs[1]:
            msg = f"{self.one!r} and {self.other!r} are the same name; say in which document it is another's"
            raise OptionError(msg)

    @property
    def refs(self) -> tuple[Ref, Ref]:
        """The two names for comparing, each with its document."""
        return (name_key(self.one), self.document), (name_key(self.other), None)

    def __str__(self) -> str:
        where = "" if self.document is None else f" in document {self.document!r}"
        return f"{self.do} {self.one!r}{where} and {self.other!r}" + (f" ({self.note})" if self.note else "")


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a log, in order; none where there is no log.

    Raises:
        FormatError: if a line is no correction; names the line.
        CorpusError: if they contradict each other; shows both.
    """
    if not path.is_file():
        return ()
    lines = path.read_text(encoding="utf-8").split("\n")
    found = tuple(_read(line, f"{path}, line {number}") for number, line in enumerate(lines, start=1) if line.strip())
    check_corrections(found)
    return found


def add_correction(path: Path, correction: Correction) -> None:
    """Append a correction to a log, with the time, unless it is there already.

    Raises:
        CorpusError: if it contradicts what is there; shows both.
        FormatError: if the log has a line that is no correction.
    """
    known = read_corrections(path)
    check_corrections([*known, correction])
    if correction.do is not CorrectionKind.NAME and any(
        (own.do, own.refs) == (correction.do, correction.refs) for own in known
    ):
        return
    dated = evolve(correction, at=correction.at or datetime.now(UTC).isoformat(timespec="seconds"))
    # All anew, so that a full disk leaves the old log.
    before = path.read_bytes() if path.is_file() else b""
    end = b"" if not before or before.endswith(b"\n") else b"\n"
    write_atomically(path, before + end + json.dumps(asdict(dated)).encode() + b"\n")


def check_corrections(corrections: Sequence[Correction]) -> None:
    """Raise `CorpusError` where two names are both joined, directly or through others, and kept apart."""
    joined = UnionFind()
    joins = [own for own in corrections if own.do is CorrectionKind.JOIN]
    for own in joins:
        joined.union(*own.refs)
    for own in corrections:
        if own.do is CorrectionKind.PART and joined[own.refs[0]] == joined[own.refs[1]]:
            raise contradiction(own, [join for join in joins if joined[join.refs[0]] == joined[own.refs[0]]])


def contradiction(part: Correction, others: Iterable[object]) -> CorpusError:
    """The error that shows a correction that parts names and what contradicts it."""
    listed = " and ".join(map(str, others))
    msg = f"corrections contradict each other: {part}, but {listed}; delete one of them from registry/{CORRECTIONS}"
    return CorpusError(msg)


def _read(line: str, where: str) -> Correction:
    data: Any = decode_json(line.encode(), where)
    known = {own.name for own in fields(Correction)}
    if not isinstance(data, dict) or not {"do", "one", "other"} <= data.keys() <= known:
        msg = f"{where} is no correction: it needs do, one and other, and can have document, note and at"
        raise FormatError(msg)
    try:
        return Correction(**data)
    except (ArgumentError, OptionError) as error:
        msg = f"{where} is no correction: {error}"
        raise FormatError(msg) from error


def _check_string(what: str, value: object) -> None:
    if not isinstance(value, str):
        msg = f"{what} must be a string, not {type(value).__name__}"
        raise ArgumentError(msg)


@frozen(eq=False)
class Ruling:
    """A correction with the units of its two names; a new name of "name" has none."""

    correction: Correction
    one: tuple[int, ...]
    other: tuple[int, ...]

    @property
    def fits(self) -> bool:
        """Whether its names are there, so that it has an effect."""
        return bool(self.one) and (bool(self.other) or self.correction.do is CorrectionKind.NAME)


@frozen(eq=False)
class UnitRulings:
    """The corrections applied to units.

    Attributes:
        rulings: In the order of the log.
        apart: For each unit those that must not share its identity.
        placed: Units of a single document that the user joined to others: nothing else decides about them.
    """

    rulings: tuple[Ruling, ...] = ()
    apart: Mapping[int, frozenset[int]] = field(factory=dict)
    placed: frozenset[int] = frozenset()

    @property
    def unused(self) -> list[Correction]:
        """The corrections whose names are in no document."""
        return [ruling.correction for ruling in self.rulings if not ruling.fits]


def put_refs(connection: "duckdb.DuckDBPyConnection", corrections: Sequence[Correction]) -> None:
    """Write the names in the corrections to the table `refs`."""
    for number, own in enumerate(corrections):
        rows = [(2 * number, own.one, own.document), (2 * number + 1, own.other, None)]
        connection.executemany("INSERT INTO refs VALUES (?, ?, ?)", rows[: 1 if own.do is CorrectionKind.NAME else 2])


def read_rulings(connection: "duckdb.DuckDBPyConnection", corrections: Sequence[Correction]) -> UnitRulings:
    """The corrections applied to the table `units`.

    Raises:
        CorpusError: if they contradict each other; shows both.
    """
    if not corrections:
        return UnitRulings()
    found: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for ref, *unit in connection.execute(statements.REFS).fetchall():
        found[ref].append((unit[0], unit[1], unit[2]))
    rulings = tuple(
        Ruling(own, *_of_one_kind(found.get(2 * number, []), found.get(2 * number + 1, [])))
        for number, own in enumerate(corrections)
    )
    joins = [ruling for ruling in rulings if ruling.correction.do is CorrectionKind.JOIN and ruling.fits]
    placed = frozenset(unit for ruling in joins if ruling.correction.document is not None for unit in ruling.one)
    return UnitRulings(rulings, _apart(rulings, joins), placed)


def _of_one_kind(
    one: Sequence[tuple[int, str, int]], other: Sequence[tuple[int, str, int]]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The units of two names: of the commonest kind that both have, or else each of its own commonest kind."""
    counts = Counter({kind: 0 for _, kind, _ in one})
    for _, kind, documents in (*one, *other):
        counts[kind] += documents
    shared = {kind for _, kind, _ in one} & {kind for _, kind, _ in other}
    kinds = [_commonest(shared or {kind for _, kind, _ in units}, counts) for units in (one, other)]
    first, second = (
        tuple(unit for unit, kind, _ in units if kind == wanted)
        for units, wanted in zip((one, other), kinds, strict=True)
    )
    return first, tuple(unit for unit in second if unit not in first)


def _commonest(kinds: Iterable[str], counts: Mapping[str, int]) -> str | None:
    return min(kinds, key=lambda kind: (-counts[kind], kind), default=None)


def _apart(rulings: Iterable[Ruling], joins: Sequence[Ruling]) -> dict[int, frozenset[int]]:
    """Which units must not share an identity: those that are kept apart, and all that the user joins with either."""
    joined = UnionFind()
    for ruling in joins:
        joined.union(*ruling.one, *ruling.other)
    members = {joined[next(iter(units))]: units for units in joined.to_sets()}
    apart: dict[int, set[int]] = defaultdict(set)
    for ruling in rulings:
        if ruling.correction.do is not CorrectionKind.PART:
            continue
        ones, others = ({joined[unit] for unit in units} for units in (ruling.one, ruling.other))
        if ones & others:
            found = [join.correction for join in joins if joined[join.one[0]] in ones & others]
            raise contradiction(ruling.correction, found)
        left, right = (frozenset(m for root in roots for m in members.get(root, [root])) for roots in (ones, others))
        for unit in left:
            apart[unit] |= right
        for unit in right:
            apart[unit] |= left
    return {unit: frozenset(others) for unit, others in apart.items()}
