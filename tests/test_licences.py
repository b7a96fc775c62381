"""Whatever an install brings is in the table of licences, under a licence that we allow."""

import re
from importlib.util import find_spec

import pytest

from tests.licences import EXTRAS, PAGE, is_allowed, licence, needed, page

ROWS = dict(re.findall(r"^\| (\S+) \| \w* \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def test_what_is_installed_is_in_the_table_with_its_licence() -> None:
    installed = {name: licence(name) for name in needed()}
    assert {"spacy", "attrs", "click"} <= installed.keys()
    assert {name: ROWS.get(name) for name in installed} == installed


def test_every_licence_of_the_table_is_allowed() -> None:
    assert [name for name, stated in ROWS.items() if not is_allowed(stated)] == []


@pytest.mark.skipif(not all(map(find_spec, ("pandas", "pyarrow", "bokeh"))), reason="not all extras are installed")
def test_written_page_has_a_row_for_each_package() -> None:
    assert {name for name, _ in re.findall(r"^\| (\S+) \| (\w*) \|", page(), re.MULTILINE)} >= needed(*EXTRAS).keys()


@pytest.mark.parametrize("expression", ["MIT", "Apache-2.0 OR GPL-2.0-only", "(MIT OR GPL-2.0-only) AND BSD-3-Clause"])
def test_licence_is_allowed_where_every_part_or_one_of_a_choice_is(expression: str) -> None:
    assert is_allowed(expression)


@pytest.mark.parametrize("expression", ["GPL-3.0-only", "MIT AND GPL-2.0-only", "GPL-2.0 OR GPL-3.0", "none stated"])
def test_other_licence_is_not(expression: str) -> None:
    assert not is_allowed(expression)
