"""docs/scores.md shows what docs/scores.json has, and so does README."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.score_tables import PAGE, TABLES, read_figures, with_tables

README = Path(__file__).parents[1] / "README.md"


def test_tables_are_those_of_the_figures() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_tables(page, read_figures()) == page


@pytest.mark.parametrize("name", TABLES)
def test_page_without_a_place_for_a_table_is_an_error(name: str) -> None:
    page = PAGE.read_text(encoding="utf-8").replace(f"<!-- table: {name} -->", "")
    with pytest.raises(KeyError, match=f"no place for the table {name}"):
        with_tables(page, read_figures())


def test_another_figure_makes_another_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    figures: dict[str, Any] = {**read_figures()}
    figures["gap"] = {**figures["gap"], "all": {**figures["gap"]["all"], "items": 123456}}
    assert "| GAP validation | 123456 |" in with_tables(page, figures)


def test_readme_has_the_figures() -> None:
    news, rules = (read_figures()[key] for key in ("news", "news by rules"))
    wanted = {
        "content found": ("all", "det"),
        "content found and source right": ("all", "head"),
        "the same, direct quotes": ("direct", "head"),
        "the same, mixed": ("mixed", "head"),
        "the same, indirect": ("indirect", "head"),
    }
    rows = dict(re.findall(r"^\| ([^|]+) \| ([\d.]+ \| [\d.]+) \|", README.read_text(encoding="utf-8"), re.MULTILINE))
    shown = {
        name: " | ".join(f"{100 * run[f'AR/{sort}'][unit][2]:.1f}" for run in (news, rules))
        for name, (sort, unit) in wanted.items()
    }
    assert {name: rows.get(name) for name in wanted} == shown
