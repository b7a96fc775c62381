"""Features of head nouns: what sort of thing each mostly is, and whether texts name whom it means."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import log1p
from typing import Final

from attrs import field, frozen

from quotesmith.records import EntityKind

_PRIOR_SOURCES: Final = 4.0
_NOUN_KINDS: Final = tuple(EntityKind)
_NOUN_COUNTS: Final = 2 + len(_NOUN_KINDS)
_NO_COUNTS: Final = (0,) * _NOUN_COUNTS


@frozen(kw_only=True)
class NounFeatures:
    """What sources of the same head noun mean in texts whose speakers are known.

    Attributes:
        noun_count: The logarithm of how many there were.
        noun_named: The share of those whom the text names; 0 for a candidate without a name.
        noun_unnamed: The share of those whom it doesn't; 0 for a candidate with a name.
        noun_kind: The share of those of the candidate's kind.
    """

    noun_count: float = 0.0
    noun_named: float = 0.0
    noun_unnamed: float = 0.0
    noun_kind: float = 0.0


_NO_NOUN: Final = NounFeatures()


@frozen(eq=False)
class HeadNouns:
    """For each head noun how many sources had it, how many of these meant somebody named, and of which kinds.

    Attributes:
        counts: For each noun its sources: all, those that mean somebody named, those of each kind as in `EntityKind`.
    """

    counts: Mapping[str, Sequence[int]] = field(factory=dict)

    @classmethod
    def count(cls, sources: Iterable[tuple[str, bool, EntityKind]], least: int) -> "HeadNouns":
        """The tables of some sources: each one's noun, whether it means somebody named, and of which kind.

        Args:
            sources: The sources.
            least: How often a noun must be there.
        """
        counts: dict[str, list[int]] = {}
        for noun, is_named, kind in sources:
            row = counts.setdefault(noun, [0] * _NOUN_COUNTS)
            row[0] += 1
            row[1] += is_named
            row[2 + _NOUN_KINDS.index(kind)] += 1
        return cls({noun: row for noun, row in sorted(counts.items()) if row[0] >= least})

    @cached_property
    def _means(self) -> Sequence[float]:
        """The shares of all nouns together."""
        sums = [sum(column) for column in zip(*self.counts.values(), strict=True)] or list(_NO_COUNTS)
        return [(value + 1) / (sums[0] + 2) for value in sums]

    def describe(self, noun: str, candidates: Iterable[tuple[bool, EntityKind]]) -> list[NounFeatures]:
        """The features of a reference's candidates, of each of which is told whether it has a name, and its kind."""
        if not noun:
            return [_NO_NOUN for _ in candidates]
        row = self.counts.get(noun, _NO_COUNTS)
        shares = [
            (value + _PRIOR_SOURCES * mean) / (row[0] + _PRIOR_SOURCES)
            for value, mean in zip(row, self._means, strict=True)
        ]
        count = log1p(row[0])
        return [
            NounFeatures(
                noun_count=count,
                noun_named=shares[1] if is_named else 0.0,
                noun_unnamed=0.0 if is_named else 1 - shares[1],
                noun_kind=shares[2 + _NOUN_KINDS.index(kind)],
            )
            for is_named, kind in candidates
        ]
