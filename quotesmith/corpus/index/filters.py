"""Which quotes a selection has, as SQL: assembled from fixed pieces, with parameters for everything that users give."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from attrs import evolve, frozen

from quotesmith.query.quotations import MIN_QUOTATION_SCORE, QUOTATION_ACTS
from quotesmith.records import Assertion

SAID: Final = "said"
ADDRESSED: Final = "to"
ABOUT: Final = "about"

# Both tables have the columns that conditions use; in the second, the quotes of one identity are stored together.
_ALL: Final = "SELECT number FROM quotes WHERE true"
_OF_SOMEBODY: Final = "SELECT DISTINCT number FROM links WHERE"
# The bounds, in most cases one number, let DuckDB skip what it needn't read.
_LINKED: Final = "relation = ? AND who BETWEEN ? AND ? AND list_contains(CAST(? AS INTEGER[]), who)"
_IN_LINKS: Final = ("number IN (SELECT number FROM links WHERE", ")")
# As `(?<!\w)...(?!\w)` in Python, whose word characters are letters, numbers and the low line.
_NO_WORD: Final = r"[^\pL\pN_]"


@frozen
class Condition:
    """A piece of SQL that holds for a quote or doesn't, and its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()


@frozen
class Filter:
    """Conditions that quotes must meet; `linked` is the first one that asks for somebody, or None."""

    conditions: tuple[Condition, ...] = ()
    linked: Condition | None = None

    def having(self, condition: Condition) -> "Filter":
        """The filter with one more condition."""
        return evolve(self, conditions=(*self.conditions, condition))

    def of(self, relation: str, whos: Sequence[int]) -> "Filter":
        """The filter for those of the quotes that have the relation to one of these identities."""
        condition = _linked(relation, whos)
        if self.linked is None:
            return evolve(self, linked=condition)
        return self.having(_inside(_IN_LINKS, condition))

    def numbers(self) -> Condition:
        """A query for the quotes' numbers, in any order."""
        if self.linked is None:
            head, parts = _ALL, self.conditions
        else:
            head, parts = " ".join([_OF_SOMEBODY, self.linked.sql]), (self.linked, *self.conditions)
        sql = " AND ".join([head, *(condition.sql for condition in self.conditions)])
        return Condition(sql, tuple(value for part in parts for value in part.parameters))

    def ordered(self) -> Condition:
        """A query for the quotes' numbers, in order."""
        found = self.numbers()
        return Condition(" ".join([found.sql, "ORDER BY number"]), found.parameters)

    def one_a_document(self) -> Condition:
        """A query for the number of the first of the quotes in each document that has some, in order."""
        found = self.numbers()
        head = "SELECT min(number) AS number FROM quotes WHERE number IN ("
        return Condition(" ".join([head, found.sql, ") GROUP BY document ORDER BY 1"]), found.parameters)

    def by_day(self) -> Condition:
        """A query for the numbers of those quotes that have a day, oldest first."""
        found = self.numbers()
        head = "SELECT number FROM quotes WHERE day IS NOT NULL AND number IN ("
        return Condition(" ".join([head, found.sql, ") ORDER BY day, number"]), found.parameters)

    def sliced(self, start: int, stop: int, step: int) -> "Filter":
        """The filter for every `step`th quote, in order, from place `start` to before place `stop`."""
        found = self.numbers()
        pieces = (
            "number IN (SELECT number FROM (SELECT number, row_number() OVER (ORDER BY number) - 1 AS place FROM (",
            ")) WHERE place >= ? AND place < ? AND (place - ?) % ? = 0)",
        )
        inside = _inside(pieces, found)
        return Filter((Condition(inside.sql, (*found.parameters, start, stop, start, step)),))

    def outer(self) -> "Filter":
        """The filter for the quotes that hold these."""
        found = self.numbers()
        return Filter((_inside(("number IN (SELECT parent FROM quotes WHERE number IN (", "))"), found),))

    def inner(self) -> "Filter":
        """The filter for the quotes inside these."""
        return Filter((_inside(("parent IN (", ")"), self.numbers()),))


def among(numbers: Sequence[int]) -> Condition:
    """Whether a quote is one of these."""
    return Condition("number IN (SELECT unnest(CAST(? AS BIGINT[])))", (list(numbers),))


def equals(column: str, value: str) -> Condition:
    """Whether a quote has that kind, act or assertion; `column` says which."""
    return Condition({"kind": "kind = ?", "act": "act = ?", "assertion": "assertion = ?"}[column], (value,))


def scored(least: float) -> Condition:
    """Whether a quote's score is at least that."""
    return Condition("score >= ?", (least,))


def is_quotation() -> Condition:
    """Whether a quote is outermost, speech or writing, asserted, and surely there, as `Selection.quotations` has it."""
    acts = sorted(act.value for act in QUOTATION_ACTS)
    return Condition(
        "(parent IS NULL AND list_contains(CAST(? AS VARCHAR[]), act) AND assertion = ? AND score >= ?)",
        (acts, Assertion.ASSERTED.value, MIN_QUOTATION_SCORE),
    )


def dated(first: date, last: date) -> Condition:
    """Whether a quote's document has a date, and one from the first to the last of these days."""
    return Condition("day BETWEEN ? AND ?", (first, last))


def published(outlet_key: str) -> Condition:
    """Whether a quote's document was published by the outlet of that folded name."""
    return Condition("document IN (SELECT number FROM documents WHERE outlet_key = ?)", (outlet_key,))


def holding(words: str) -> Condition:
    """Whether a quote has these folded words side by side, as whole words."""
    pattern = "".join(["(^|", _NO_WORD, ")", re.escape(words), "(", _NO_WORD, "|$)"])
    return Condition("(contains(words, ?) AND regexp_matches(words, ?))", (words, pattern))


def concerning(words: str | None, whos: Sequence[int]) -> Condition:
    """Whether a quote has these folded words or is about one of these identities."""
    about = _inside(_IN_LINKS, _linked(ABOUT, whos))
    if words is None:
        return about
    texts = holding(words)
    if not whos:
        return texts
    return Condition(" ".join(["(", texts.sql, "OR", about.sql, ")"]), (*texts.parameters, *about.parameters))


def _linked(relation: str, whos: Sequence[int]) -> Condition:
    return Condition(_LINKED, (relation, min(whos, default=0), max(whos, default=-1), list(whos)))


def _inside(edges: tuple[str, str], query: Condition) -> Condition:
    return Condition(" ".join([edges[0], query.sql, edges[1]]), query.parameters)
