"""The tables of a shard, documents made of them again, and DuckDB, bounded."""

from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.corpus import database
from quotesmith.corpus.database import add_functions, connect
from quotesmith.corpus.tables import LINK_RELATIONS, SCHEMAS, read_documents, read_quotes, write_tables
from quotesmith.errors import FormatError
from quotesmith.export.json_data import plain_data
from quotesmith.graph import RELATIONS
from quotesmith.query.names import name_key
from quotesmith.records import QuoteDocument
from tests.samples import summit
from tests.strategies import documents


@given(written=st.lists(documents(), max_size=4))
def test_documents_are_made_again_of_the_tables(
    tmp_path_factory: pytest.TempPathFactory, written: list[QuoteDocument]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    own = [evolve(document, id=f"{number}{document.id}") for number, document in enumerate(written)]
    counts = write_tables([(document, "a.txt") for document in own], folder)
    assert counts["documents"] == len(own)
    assert counts["quotes"] == sum(len(document.quotes) for document in own)
    # Arrow's strings can't hold surrogates; the meta is JSON, which can.
    kept = [QuoteDocument.from_dict({**plain_data(one.to_dict()), "meta": one.to_dict()["meta"]}) for one in own]
    assert list(read_documents(folder)) == kept


def test_rows_are_typed_and_versioned(tmp_path: Path) -> None:
    document = evolve(summit(), meta={"date": "2026-11-25", "outlet": "Daily", "pages": 3})
    write_tables([(document, "a.jsonl, line 7")], tmp_path)
    for name, schema in SCHEMAS.items():
        table = pq.read_table(tmp_path / f"{name}.parquet")
        assert table.schema.equals(schema)
        assert table.schema.metadata == {b"quotesmith.schema": b"1", b"quotesmith.corpus": b"1"}
    [row] = pq.read_table(tmp_path / "documents.parquet").to_pylist()
    assert (row["id"], row["date"], row["outlet"], row["title"]) == ("summit", "2026-11-25", "Daily", None)
    assert row["place"] == "a.jsonl, line 7"
    quote = pq.read_table(tmp_path / "quotes.parquet").to_pylist()[1]
    assert (quote["document"], quote["id"], quote["source_mention"]) == ("summit", "q1", "m2")
    assert quote["source"] == [{"start": span.start, "end": span.end} for span in document.mention("m2").spans]


def test_links_lead_from_quotes_to_who_speaks_is_spoken_to_and_about(tmp_path: Path) -> None:
    write_tables([(summit(), "a.txt")], tmp_path)
    links = pq.read_table(tmp_path / "links.parquet").to_pylist()
    found = {(link["quote"], link["relation"], link["entity"]) for link in links}
    assert {("q0", "said", "e0"), ("q0", "to", "e1"), ("q1", "about", "e2"), ("q5", "said", "e6")} <= found
    assert {link["document"] for link in links} == {"summit"}
    assert {link["relation"] for link in links} == set(LINK_RELATIONS) <= RELATIONS.keys()


def test_links_are_the_graphs_edges(tmp_path: Path) -> None:
    write_tables([(summit(), "a.txt")], tmp_path)
    links = [tuple(row.values()) for row in pq.read_table(tmp_path / "links.parquet").to_pylist()]
    edges = set()
    for start, end, relation in summit().graph().nx.edges(keys=True):
        if relation in LINK_RELATIONS:
            quote, entity = (end, start) if relation == "said" else (start, end)
            edges.add(("summit", quote.removeprefix("summit/"), relation, entity.removeprefix("summit/")))
    assert set(links) == edges


def test_tables_that_contradict_each_other_are_an_error(tmp_path: Path) -> None:
    write_tables([(summit(), "a.txt")], tmp_path)
    entities = pq.read_table(tmp_path / "entities.parquet")
    pq.write_table(entities.slice(0, 2), tmp_path / "entities.parquet")
    with pytest.raises(FormatError, match="document 'summit'"):
        list(read_documents(tmp_path))


def test_some_documents_and_quotes_are_read_alone(tmp_path: Path) -> None:
    write_tables([(summit(name), "") for name in "abc"], tmp_path)
    assert list(read_documents(tmp_path, {"c", "a", "elsewhere"})) == [summit("a"), summit("c")]
    assert list(read_documents(tmp_path, ())) == []
    wanted = [("b", "q1"), ("c", "q5"), ("c", "q9")]
    assert read_quotes(tmp_path, wanted) == {("b", "q1"): summit().quotes[1], ("c", "q5"): summit().quotes[5]}


def test_connection_is_bounded_and_fetches_no_extensions(tmp_path: Path) -> None:
    connection = database.connect(":memory:", tmp_path / "spill")
    [row] = connection.execute(
        """SELECT current_setting('memory_limit'), current_setting('temp_directory'),
        current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"""
    ).fetchall()
    assert row == ("953.6 MiB", str(tmp_path / "spill"), False, False)


def test_path_is_no_pattern(tmp_path: Path) -> None:
    made = tmp_path / "[a]*?.parquet"
    connection = duckdb.connect()
    connection.from_query("SELECT 1 AS one").write_parquet(str(made))
    connection.from_query("SELECT 2 AS one").write_parquet(str(tmp_path / "axx.parquet"))
    found = connection.execute("SELECT * FROM read_parquet(?)", [database.literal(made)]).fetchall()
    assert found == [(1,)]


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
