"""Selections as SQL."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.corpus.index import filters
from quotesmith.corpus.index.filters import Condition, Filter
from quotesmith.lexicon.folding import fold_text
from quotesmith.query.phrases import holds_phrase
from quotesmith.records import Quote, QuoteDocument


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    made = duckdb.connect()
    made.execute("CREATE TABLE texts (words VARCHAR)")
    made.execute(
        """CREATE TABLE quotes AS SELECT n AS number, n // 2 AS document, CASE WHEN n = 5 THEN 4 END AS parent,
        DATE '2024-01-01' + CAST(9 - n AS INTEGER) AS day, 'direct' AS kind, 'speech' AS act, 'asserted' AS assertion,
        n / 10 AS score, 'word ' || n AS words FROM range(10) AS t(n)"""
    )
    made.execute(
        """CREATE TABLE links AS SELECT who, 'said' AS relation, q.* FROM quotes AS q
        JOIN (VALUES (7, 1), (7, 3), (7, 5), (8, 5), (9, 2)) AS l(who, number) USING (number)"""
    )
    yield made
    made.close()


def found(connection: duckdb.DuckDBPyConnection, query: Condition) -> list[int]:
    return [number for (number,) in connection.execute(query.sql, list(query.parameters)).fetchall()]


DAYS = filters.dated(date(2024, 1, 2), date(2024, 1, 4))
NARROWED = Filter().having(filters.scored(0.5)).having(DAYS)


@pytest.mark.parametrize(
    ("condition", "numbers"),
    [
        pytest.param(Filter().ordered(), list(range(10)), id="none"),
        pytest.param(Filter().of("said", [7, 8]).ordered(), [1, 3, 5], id="somebody's-once-each"),
        pytest.param(Filter().of("said", [7, 9]).ordered(), [1, 2, 3, 5], id="in-order"),
        pytest.param(Filter().having(filters.scored(0.2)).of("said", [7]).of("said", [8]).ordered(), [5], id="of-both"),
        pytest.param(Filter().of("said", []).ordered(), [], id="of-nobody"),
        pytest.param(Filter().of("to", [7]).ordered(), [], id="other-relation"),
        pytest.param(NARROWED.ordered(), [6, 7, 8], id="all-together"),
        pytest.param(NARROWED.having(filters.equals("kind", "mixed")).ordered(), [], id="other-kind"),
        pytest.param(NARROWED.having(filters.among([1, 7])).ordered(), [7], id="among"),
        pytest.param(Filter().having(filters.among([])).ordered(), [], id="among-none"),
        pytest.param(Filter().of("said", [7]).sliced(1, 3, 1).ordered(), [3, 5], id="slice"),
        pytest.param(Filter().sliced(1, 9, 3).having(filters.scored(0.2)).ordered(), [4, 7], id="slice-narrowed"),
        pytest.param(Filter().of("said", [8]).outer().ordered(), [4], id="around"),
        pytest.param(Filter().having(filters.among([4])).inner().ordered(), [5], id="inside"),
        pytest.param(Filter().of("said", [7]).by_day(), [5, 3, 1], id="oldest-first"),
    ],
)
def test_condition_finds(connection: duckdb.DuckDBPyConnection, condition: Condition, numbers: list[int]) -> None:
    assert found(connection, condition) == numbers


def test_topic_is_somebody_or_words(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("UPDATE links SET relation = 'about' WHERE who = 9")
    assert found(connection, Filter().having(filters.concerning("word 4", [9])).ordered()) == [2, 4]
    assert found(connection, Filter().having(filters.concerning("word 4", [])).ordered()) == [4]


TEXTS = st.text(st.sampled_from("aé_1. -(’ß中²\n") | st.characters(exclude_categories=["Cs"]), max_size=8)


@given(TEXTS, TEXTS.filter(lambda text: any(map(str.isalnum, fold_text(text)))))
def test_words_are_whole_as_in_selections_of_documents(
    connection: duckdb.DuckDBPyConnection, text: str, phrase: str
) -> None:
    quote = Quote("q0", "direct", [(0, 1)], text)
    document = QuoteDocument("d", "x", "en", [quote])
    condition = filters.holding(fold_text(phrase))
    sql = " ".join(["SELECT", condition.sql, "FROM (SELECT ? AS words)"])
    [(holds,)] = connection.execute(sql, [*condition.parameters, fold_text(text)]).fetchall()
    assert holds == holds_phrase(document, phrase)(quote)
