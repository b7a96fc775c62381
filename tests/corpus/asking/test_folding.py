"""Functions of ours in SQL."""

from datetime import date
from pathlib import Path

import pytest

from quotesmith.corpus.asking.folding import add_functions, name_key
from quotesmith.corpus.duck import connect


@pytest.mark.parametrize(
    ("name", "key"),
    [("The  Élysée", "elysee"), ("the", "the"), ("a bank", "bank"), ("\u0301", "\u0301"), ("O’Neill", "o'neill")],
)
def test_name_is_compared_without_case_accents_and_article(name: str, key: str) -> None:
    assert name_key(name) == key


def test_sql_knows_them_and_leaves_null_alone(tmp_path: Path) -> None:
    connection = connect(":memory:", tmp_path)
    add_functions(connection)
    sql = "SELECT folded('Ça  VA'), name_key('The Bank'), day_of('2024-05-01T10:00:00Z'), day_of('May'), day_of(NULL)"
    assert connection.execute(sql).fetchall() == [("ca va", "bank", date(2024, 5, 1), None, None)]
