import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from quotesmith.errors import FormatError
from quotesmith.evaluation import Task, gold, iter_gold, iter_predictions
from quotesmith.evaluation.predictions import lit_row, news_row, pronouns_row
from quotesmith.records import Entity, Evidence, Mention, Quote, QuoteDocument

TEXT = "“He said ‘no,’” said Ann. “So there.” Talks “went on,” she said."
CHAIN = Evidence(chain=["m1", "m0"])


@pytest.fixture
def document() -> QuoteDocument:
    quotes = [
        Quote("q0", "direct", [(0, 15), (26, 37)], "", cue=[(16, 20)], source="m0", speakers=["e0"]),
        Quote("q1", "direct", [(9, 14)], "no,", cue=[(4, 8)], parent="q0"),
        Quote("q2", "mixed", [(38, 54)], "", cue=[(59, 63)], source="m1", speakers=["e0"], evidence=CHAIN),
    ]
    mentions = [Mention("m0", [(21, 24)], "name", "e0"), Mention("m1", [(55, 58)], "pronoun", "e0")]
    return QuoteDocument("d", TEXT, quotes=quotes, entities=[Entity("e0", "Ann", aliases=["Annie"])], mentions=mentions)


def test_news_lit_and_pronouns_give_their_rows(document: QuoteDocument) -> None:
    first, inner, second = news_row(document)["attributions"]
    assert first == {
        "id": "q0",
        "kind": "direct",
        "source": [[21, 24]],
        "cue": [[16, 20]],
        "content": [[0, 15], [26, 37]],
        "speakers": ["Ann"],
    }
    assert [(row["id"], row.get("nested", False)) for row in (inner, second)] == [("q1", True), ("q2", False)]
    assert lit_row(document) == {
        "quotes": [
            {"spans": [[1, 14], [27, 36]], "speaker": "Ann", "names": ["Annie"], "mention": [21, 24]},
            {"spans": [[45, 53]], "speaker": "Ann", "names": ["Annie"], "mention": [21, 24]},
        ]
    }
    assert pronouns_row(document) == {
        "mentions": [{"span": [21, 24], "entity": "e0"}, {"span": [55, 58], "entity": "e0"}]
    }


def test_a_turn_behind_a_dash_gives_its_pieces() -> None:
    text = "— Go, he said. Now!\n\n— Why?\n\n— Because."
    content = [[(0, 5), (15, 19)], [(21, 27)], [(29, 39)]]
    quotes = [Quote(f"q{n}", "direct", spans, "") for n, spans in enumerate(content)]
    rows = lit_row(QuoteDocument("d", text, quotes=quotes))["quotes"]
    assert [row["spans"] for row in rows] == [[[1, 5], [15, 19]], [[22, 27]], [[30, 39]]]


def test_each_gold_document_gets_its_row(tmp_path: Path, document: QuoteDocument) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps({"novel_id": key, "text": TEXT}) + "\n" for key in "ab"))

    def pipe(texts: Iterable[str]) -> Iterator[QuoteDocument]:
        return (document for text in texts if text == TEXT)

    rows = list(iter_predictions(Task.LIT, gold, pipe=pipe))
    assert [row["novel_id"] for row in rows] == ["a", "b"]
    assert rows[0]["quotes"] == lit_row(document)["quotes"]


ROWS = [{"doc_id": "a", "text": "“Go,” he said."}, {"doc_id": "b", "text": "é"}]
LINES = "\n".join(json.dumps(row) for row in ROWS) + "\n"


def test_plain_and_gzipped_files_are_read(tmp_path: Path) -> None:
    plain, zipped = tmp_path / "gold.jsonl", tmp_path / "gold.jsonl.gz"
    plain.write_text(LINES, encoding="utf-8")
    zipped.write_bytes(gzip.compress(LINES.encode()))
    assert list(iter_gold(plain, key="doc_id")) == list(iter_gold(zipped, key="doc_id")) == ROWS


@pytest.mark.parametrize(
    "line",
    ["{", "[" * 100_000, "[]", '{"doc_id": 3, "text": "a"}', '{"novel_id": "a", "text": "a"}', '{"doc_id": "a"}'],
)
def test_other_line_is_an_error_that_names_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(LINES + line, encoding="utf-8")
    with pytest.raises(FormatError, match="line 3"):
        list(iter_gold(path, key="doc_id"))


ZIPPED = gzip.compress(LINES.encode() * 100)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ZIPPED[:-20], id="cut"),
        pytest.param(ZIPPED[:-8] + bytes(8), id="checksum"),
        pytest.param(ZIPPED[:12] + b"\xff" * 16, id="damaged"),
    ],
)
def test_damaged_gzip_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(data)
    with pytest.raises(FormatError, match="not gzip that can be read"):
        list(iter_gold(path, key="doc_id"))


def test_endless_line_of_a_small_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gold, "_MAX_LINE_BYTES", 1_000)
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"doc_id": "a", "text": "x" * 1_000_000}).encode()))
    with pytest.raises(FormatError, match=r"line 1: longer than 1,000 bytes"):
        list(iter_gold(path, key="doc_id"))
