"""Quotes as rows, and as a DataFrame."""

import sys

import pytest
from hypothesis import given

from quotesmith.errors import MissingPackageError
from quotesmith.export.tables import QUOTE_COLUMNS, quote_rows, to_pandas
from quotesmith.records import Entity, Quote, QuoteDocument
from tests.samples import summit
from tests.strategies import documents


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
    assert all(tuple(row) == QUOTE_COLUMNS for row in quote_rows([document]))


def test_data_frame_has_the_rows() -> None:
    frame = to_pandas([summit()])
    assert list(frame.columns) == list(QUOTE_COLUMNS)
    assert frame["text"].tolist() == [quote.text for quote in summit().quotes]
    assert frame["score"].mean() > 0.8


def test_data_frame_has_no_surrogates() -> None:
    document = QuoteDocument("d\ud800", "Go\udfff", quotes=[Quote("q0", "direct", [(0, 3)], "Go\udfff")])
    for frame in (document.to_pandas(), document.quotes.to_pandas()):
        assert (frame["document"][0], frame["text"][0]) == ("d\ufffd", "Go\ufffd")
    assert document.quotes.to_pandas()["context"][0] == "Go\ufffd"


def test_data_frame_of_no_quotes_has_the_columns() -> None:
    frame = QuoteDocument("d", "").to_pandas()
    assert (len(frame), list(frame.columns)) == (0, list(QUOTE_COLUMNS))


def test_without_pandas_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'quotesmith\[pandas\]'"):
        to_pandas([summit()])
