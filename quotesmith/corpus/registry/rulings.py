"""What the user's corrections say of the units of a registry that is being made."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import field, frozen

from quotesmith.corpus.registry import statements
from quotesmith.corpus.registry.corrections import Correction, Doing, contradiction
from quotesmith.corpus.registry.uniting import Sets

if TYPE_CHECKING:
    import duckdb


@frozen(eq=False)
class Ruling:
    """A correction with the units of its two names; a new name has none."""

    correction: Correction
    one: tuple[int, ...]
    other: tuple[int, ...]

    @property
    def fits(self) -> bool:
        """Whether there is anything that it can do."""
        return bool(self.one) and (bool(self.other) or self.correction.do is Doing.NAME)


@frozen(eq=False)
class UnitRulings:
    """All rulings.

    Attributes:
        rulings: In the order of the log.
        apart: For a unit those that must not be one with it.
        placed: Units of one document whose place a ruling tells, so that nothing else decides on them.
    """

    rulings: tuple[Ruling, ...] = ()
    apart: Mapping[int, frozenset[int]] = field(factory=dict)
    placed: frozenset[int] = frozenset()

    @property
    def unused(self) -> list[Correction]:
        """The corrections whose names aren't there."""
        return [ruling.correction for ruling in self.rulings if not ruling.fits]


def put_refs(connection: "duckdb.DuckDBPyConnection", corrections: Sequence[Correction]) -> None:
    """Write the names of which corrections speak to the table `refs`."""
    for number, own in enumerate(corrections):
        rows = [(2 * number, own.one, own.document), (2 * number + 1, own.other, None)]
        connection.executemany("INSERT INTO refs VALUES (?, ?, ?)", rows[: 1 if own.do is Doing.NAME else 2])


def read_rulings(connection: "duckdb.DuckDBPyConnection", corrections: Sequence[Correction]) -> UnitRulings:
    """What the corrections say of the table `units`.

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
    joins = [ruling for ruling in rulings if ruling.correction.do is Doing.JOIN and ruling.fits]
    placed = frozenset(unit for ruling in joins if ruling.correction.document is not None for unit in ruling.one)
    return UnitRulings(rulings, _apart(rulings, joins), placed)


def _of_one_kind(
    one: Sequence[tuple[int, str, int]], other: Sequence[tuple[int, str, int]]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The units of two names, of the kind that both have most often, or else each of its own commonest."""
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
    """Who must not be one: those who are parted, and all that the user joins with either."""
    sets = Sets[int]()
    for ruling in joins:
        for unit in (*ruling.one, *ruling.other):
            sets.join(ruling.one[0], unit)
    members = sets.groups()
    apart: dict[int, set[int]] = defaultdict(set)
    for ruling in rulings:
        if ruling.correction.do is not Doing.PART:
            continue
        ones, others = ({sets.root(unit) for unit in units} for units in (ruling.one, ruling.other))
        if ones & others:
            found = [join.correction for join in joins if sets.root(join.one[0]) in ones & others]
            raise contradiction(ruling.correction, found)
        left, right = (frozenset(m for root in roots for m in members.get(root, [root])) for roots in (ones, others))
        for unit in left:
            apart[unit] |= right
        for unit in right:
            apart[unit] |= left
    return {unit: frozenset(others) for unit, others in apart.items()}
