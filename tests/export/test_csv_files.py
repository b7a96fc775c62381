"""Quotes as comma-separated values."""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import MissingPackageError
from quotesmith.export.csv_files import csv_lines, documents_csv, neutralized, write_csv
from quotesmith.export.tables import QUOTE_COLUMNS, quote_rows, to_pandas
from quotesmith.records import Entity, Quote, QuoteDocument
from tests.samples import summit
from tests.strategies import any_text, documents


@given(st.lists(documents(), max_size=2))
def test_csv_module_reads_the_neutralized_cells_back(
    tmp_path_factory: pytest.TempPathFactory, written: list[QuoteDocument]
) -> None:
    path = tmp_path_factory.getbasetemp() / "quotes.csv"
    write_csv(written, path)
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert tuple(head) == QUOTE_COLUMNS
    assert rows == [
        ["" if cell is None else str(neutralized(cell)) for cell in row.values()] for row in quote_rows(written)
    ]


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t1", "\r1", "\n1", "＝1", "＋1", "－1", "＠SUM(A1)", '=HYPERLINK("http://x")'],
)
def test_formula_gets_an_apostrophe(cell: str) -> None:
    assert neutralized(cell) == f"'{cell}"


@pytest.mark.parametrize("separator", [";", "\t", "\n", "\r\n"])
@pytest.mark.parametrize("formula", ["=1+1", '"=1+1"', "@SUM(A1)"])
def test_formula_gets_an_apostrophe_where_another_separator_begins_a_cell(separator: str, formula: str) -> None:
    assert neutralized(f"Go{separator}{formula}") == f"Go{separator}'{formula}"


@pytest.mark.parametrize("cell", ["", "a=1", "'=1", " =1", "“=1”", "a; b", "a\nb", 1, -1, -0.5, None])
def test_cell_that_is_no_formula_stays(cell: str | float | None) -> None:
    assert neutralized(cell) == cell


@given(any_text())
def test_no_cell_starts_a_formula(text: str) -> None:
    cell = neutralized(text)
    assert isinstance(cell, str)
    for part in re.split("[;\t\r\n]", cell):
        assert not part.strip('"').startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_surrogates_are_replaced_and_a_file_ends_with_a_line_end(tmp_path: Path) -> None:
    assert neutralized("a\ud800b") == "a\ufffdb"
    path = tmp_path / "quotes.csv"
    write_csv([summit()], path)
    assert path.read_bytes().endswith(b"\r\n")


def test_lines_come_one_by_one_with_only_the_columns_that_are_asked_for() -> None:
    rows: Iterator[dict[str, str | int | float | None]] = ({"a": f"={number}", "b": number} for number in range(2))
    lines = csv_lines(["b", "a"], rows)
    assert next(lines) == "b,a\r\n"
    assert next(lines) == "0,'=0\r\n"
    assert list(lines) == ["1,'=1\r\n"]


# Quotes as rows, and as a DataFrame


def test_row_tells_of_its_quote() -> None:
    row = list(quote_rows([summit("d")]))[5]
    assert row == {
        "document": "d",
        "quote": "q5",
        "speakers": "My mother",
        "addressees": "a source close to the talks",
        "kind": "direct",
        "act": "speech",
        "assertion": "asserted",
        "text": "Never trust a café with no cats",
        "source": "My mother",
        "cue": "",
        "start": summit().text.index("‘Never"),
        "end": summit().text.index("cats’") + 5,
        "parent": "q4",
        "score": 0.9,
        "speaker_score": 0.6,
        "method": "nominal",
    }


def test_rows_stand_in_order_of_documents_and_quotes() -> None:
    rows = [f"{row['document']}/{row['quote']}" for row in quote_rows([summit("b"), summit("a")])]
    assert rows == [f"{document}/q{number}" for document in "ba" for number in range(7)]
    assert len(documents_csv([summit("a"), summit("b")]).splitlines()) == 1 + 2 * 7


def test_speakers_and_pieces_are_joined() -> None:
    document = QuoteDocument(
        "d",
        "Go they did say",
        quotes=[Quote("q0", "direct", [(0, 2)], "Go", cue=[(8, 11), (12, 15)], speakers=["e1", "e0"])],
        entities=[Entity("e0", "Ann"), Entity("e1", "Bo")],
    )
    [row] = quote_rows([document])
    assert (row["speakers"], row["cue"]) == ("Bo; Ann", "did … say")


@given(documents())
def test_every_row_has_the_columns_in_order(document: QuoteDocument) -> None:
    rows = list(quote_rows([document]))
    assert len(rows) == len(document.quotes)
    assert all(tuple(row) == QUOTE_COLUMNS for row in rows)


def test_data_frame_has_the_rows_without_surrogates_or_the_columns_alone() -> None:
    frame = to_pandas([summit()])
    assert list(frame.columns) == list(QUOTE_COLUMNS)
    assert frame["text"].tolist() == [quote.text for quote in summit().quotes]
    assert frame["score"].mean() > 0.8
    document = QuoteDocument("d\ud800", "Go\udfff", quotes=[Quote("q0", "direct", [(0, 3)], "Go\udfff")])
    for frame in (document.to_pandas(), document.quotes.to_pandas()):
        assert (frame["document"][0], frame["text"][0]) == ("d\ufffd", "Go\ufffd")
    assert document.quotes.to_pandas()["context"][0] == "Go\ufffd"
    frame = QuoteDocument("d", "").to_pandas()
    assert (len(frame), list(frame.columns)) == (0, list(QUOTE_COLUMNS))


def test_without_pandas_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'quotesmith\[pandas\]'"):
        to_pandas([summit()])
