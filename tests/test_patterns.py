"""No pattern backtracks badly: each takes time linear in texts made to be slow for it.

In CPU time, with a margin that a busy machine leaves: 10,000 characters take a linear pattern some 2 ms, hundreds if
it tries each start or each split anew.
"""

import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import quotesmith

LENGTH = 10_000
MOST_SECONDS = 0.06
TRIES = 3
# What is repeated; what stands before and behind makes the whole of it fail, or stands for nothing.
UNITS = (
    *"aA1 \n\t_*-—.,:;'\"’“”«`(<[&/\u0301\u2028\u3000é",
    *("a ", "A ", "Aa ", "A.", "A-", "a\n", "\n ", "\r\n", "- ", "— ", "' ", "''", "“ ", "(a", "(A ", "<a", "<a "),
    *("`a ", "1'1", "&#", "a,", ", ", "1 1;", "A\t", "http://", "a:", "Q ", "by ", "A, ", "DC (", "T1\t", ".”"),
    "[a]",
    "a" * 999 + " ",
)
EDGES = (("", ""), ("", "\0"), ("A", "\0"), ("“", "x"), ("<a", "!"), ("T1\tA ", "\0"))


def find_patterns() -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Each pattern that a module holds under a name of its own, with each way in which it is asked there."""
    for module in pkgutil.walk_packages(quotesmith.__path__, "quotesmith."):
        if module.name.startswith("quotesmith.training"):
            continue
        namespace = vars(importlib.import_module(module.name))
        source = Path(namespace["__file__"]).read_text(encoding="utf-8")
        handed_on = re.findall(r"\bpattern\.(\w+)\(", source)
        for name, value in namespace.items():
            if isinstance(value, re.Pattern):
                asked = re.findall(rf"\b{name}\.(\w+)\(", source) or handed_on
                ways = {way if way in {"match", "fullmatch"} else "finditer" for way in asked}
                yield from ((f"{module.name}.{name}", value, way) for way in sorted(ways or {"finditer"}))


PATTERNS = [pytest.param(pattern, way, id=f"{name}-{way}") for name, pattern, way in find_patterns()]


def seconds(pattern: re.Pattern[str], way: str, text: str) -> float:
    """CPU time to ask a pattern of a text, to the end of all matches where it may have several."""
    start = time.process_time()
    found = getattr(pattern, way)(text)
    if way == "finditer":
        for _ in found:
            pass
    return time.process_time() - start


@pytest.mark.parametrize(("pattern", "way"), PATTERNS)
def test_pattern_is_linear(pattern: re.Pattern[str], way: str) -> None:
    for unit, (before, behind) in itertools.product(UNITS, EDGES):
        text = before + (unit * LENGTH)[:LENGTH] + behind
        # Another process may have taken the caches meanwhile.
        tries = (seconds(pattern, way, text) for _ in range(TRIES))
        assert any(taken < MOST_SECONDS for taken in tries), f"{pattern.pattern!r} is slow on {text[:20]!r}..."
