"""Documents as JSON and JSON Lines."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import FormatError
from quotesmith.export.characters import decode_utf8, without_forbidden, without_surrogates
from quotesmith.export.json_data import decode_json, encode_json, plain_data
from quotesmith.export.json_files import document_json, read_json, read_jsonl, write_json, write_jsonl
from quotesmith.records import QuoteDocument
from tests.samples import summit
from tests.strategies import any_text, documents, json_values


@given(documents())
def test_document_takes_one_line_of_utf8_and_survives_a_file(
    tmp_path_factory: pytest.TempPathFactory, document: QuoteDocument
) -> None:
    path = tmp_path_factory.getbasetemp() / "one.json"
    write_json([document], path)
    assert list(read_json(path)) == [document]
    data = document_json(document)
    assert data.count(b"\n") == 1
    assert data.endswith(b"\n")
    data.decode("utf-8")


@given(st.lists(documents(), max_size=3))
def test_documents_survive_a_file_in_order(
    tmp_path_factory: pytest.TempPathFactory, written: list[QuoteDocument]
) -> None:
    path = tmp_path_factory.getbasetemp() / "many.jsonl"
    write_jsonl(written, path)
    assert list(read_jsonl(path)) == written
    path = tmp_path_factory.getbasetemp() / "many.json"
    write_json(written, path)
    assert isinstance(json.loads(path.read_bytes()), dict if len(written) == 1 else list)
    assert list(read_json(path)) == written


def test_text_is_written_as_itself() -> None:
    assert "“We will" in document_json(summit()).decode()


def test_halves_of_a_surrogate_pair_are_replaced_one_by_one(tmp_path: Path) -> None:
    write_json([QuoteDocument("d", "a\ud83d\ude00b\ude00\ud83d")], tmp_path / "d.json")
    [document] = read_json(tmp_path / "d.json")
    assert document.text == "a\ufffd\ufffdb\ude00\ud83d"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes"])
def test_meta_that_is_not_json_is_refused_and_writes_nothing(tmp_path: Path, value: object) -> None:
    path = tmp_path / "d.json"
    with pytest.raises(FormatError, match="the meta of document 'summit' isn't JSON"):
        write_json([attrs.evolve(summit(), meta={"x": value})], path)
    assert not path.exists()


def test_meta_without_end_is_refused() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(FormatError, match="isn't JSON"):
        document_json(QuoteDocument("d", "", meta={"deep": deep}))


def test_lines_are_written_as_documents_come(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    sizes = []

    def watching() -> Iterator[QuoteDocument]:
        for _ in range(3):
            sizes.append(sum(part.stat().st_size for part in tmp_path.glob("*/d.jsonl")))
            yield QuoteDocument("d", "x" * 100_000)

    write_jsonl(watching(), path)
    assert 0 == sizes[0] < 50_000 < sizes[1] < sizes[1] + 100_000 <= sizes[2] < path.stat().st_size


def test_lines_marks_and_layout_of_other_writers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_bytes(b"\n" + document_json(summit("a")) + b"  \r\n" + document_json(summit("b")))
    assert [document.id for document in read_jsonl(path)] == ["a", "b"]
    write_jsonl([QuoteDocument("d", "a\u2028b\x85c\x0bd")], path)
    assert [document.text for document in read_jsonl(path)] == ["a\u2028b\x85c\x0bd"]
    path = tmp_path / "d.json"
    path.write_bytes(b"\xef\xbb\xbf" + document_json(summit()))
    assert list(read_json(path)) == [summit()]
    path.write_text(json.dumps(summit().to_dict(), indent=2), encoding="utf-8")
    assert list(read_json(path)) == [summit()]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b'{\n"a": \xff}', r"bad\.json: not UTF-8: byte 0xff in line 2", id="not-utf8"),
        pytest.param(b'{\n\n"a" 1}', r"bad\.json: not JSON: .* in line 3, column 5", id="not-json"),
        pytest.param(b"", r"bad\.json: not JSON: .* in line 1", id="empty"),
        pytest.param(b'{"schema": NaN}', r"bad\.json: .*NaN is not a number", id="nan"),
        pytest.param(b"1" * 5000, r"bad\.json: not JSON that can be read", id="endless-number"),
        pytest.param(b"[" * 100_000, r"bad\.json: not JSON that can be read", id="endless-nesting"),
        pytest.param(b"1", r"bad\.json: expected a mapping", id="not-a-document"),
        pytest.param(b"[1]", r"bad\.json, document 1: expected a mapping", id="list-of-others"),
        pytest.param(b'{"schema": 9}', r"bad\.json: schema 9 is not known", id="schema"),
    ],
)
def test_bad_file_is_told_with_path_and_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=message):
        list(read_json(path))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(b'{"a": \xff}\n', r"bad\.jsonl, line 3: not UTF-8: byte 0xff in line 3", id="not-utf8"),
        pytest.param(b'{"a" 1}\n', r"bad\.jsonl, line 3: not JSON: .* in line 3", id="not-json"),
        pytest.param(b"{}\n", r"bad\.jsonl, line 3: .*'schema' is missing", id="not-a-document"),
    ],
)
def test_bad_line_is_told_with_its_number_after_those_before_are_read(
    tmp_path: Path, line: bytes, message: str
) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(document_json(summit()) + b"\n" + line)
    lines = read_jsonl(path)
    assert next(lines) == summit()
    with pytest.raises(FormatError, match=message):
        next(lines)


# JSON data as bytes and back


@given(json_values())
def test_data_survives_as_one_line(value: Any) -> None:
    data = encode_json(value, "it")
    assert data.count(b"\n") == 1
    assert data.endswith(b"\n")
    assert decode_json(data, "here") == value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes"])
def test_what_is_no_json_is_told(value: object) -> None:
    with pytest.raises(FormatError, match=r"^the meta isn't JSON data: "):
        encode_json([value], "the meta")


def test_places_count_from_the_files_first_line() -> None:
    with pytest.raises(FormatError, match=r"^x, line 7: not JSON: .* in line 8, column 2"):
        decode_json(b"{\n ?}", "x, line 7", first_line=7)
    with pytest.raises(FormatError, match=r"^here: not UTF-8: byte 0xe9 in line 8$"):
        decode_utf8(b"a\n\nb\xe9", "here", first_line=6)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b'{"a": NaN}', "NaN is not a number of JSON", id="nan"),
        pytest.param(b"[-Infinity]", "-Infinity is not a number of JSON", id="infinity"),
        pytest.param(b"[-1e999]", "the number -1e999 is too large", id="too-large"),
        pytest.param(b"1" * 10_000, "4300 digits", id="long-number"),
        pytest.param(b'[{"id": 1, "b": 2, "id": 3}]', "an object has the key 'id' more than once", id="key-twice"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, "recursion", id="deep"),
    ],
)
def test_what_readers_would_take_differently_or_not_at_all_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=f"^here: not JSON that can be read: .*{message}"):
        decode_json(data, "here")


def test_byte_order_mark_of_data_is_no_harm() -> None:
    assert decode_json(b'\xef\xbb\xbf{"a": "\\ud800"}', "here") == {"a": "\ud800"}


@given(json_values())
def test_plain_data_can_be_encoded_and_keeps_all_else(value: Any) -> None:
    plain = plain_data(value)
    data = encode_json(plain, "it")
    assert b"\\ud" not in data.lower().replace(b"\\\\", b"")
    assert plain_data(plain) == plain
    assert len(repr(plain_data(value))) <= len(repr(value))


def test_surrogates_become_replacements_one_by_one() -> None:
    assert plain_data({"\ud800": ["a\udfffb", ("c",), 1, None]}) == {"\ufffd": ["a\ufffdb", ["c"], 1, None]}


# Characters that a file can't carry


@given(any_text())
def test_cleaned_text_is_as_long_and_xml_can_carry_it(text: str) -> None:
    clean = without_forbidden(text)
    element = ElementTree.Element("t", value=clean)
    # Read back as an attribute, where XML keeps every kind of white space that is written as a reference.
    assert ElementTree.fromstring(ElementTree.tostring(element, "utf-8")).get("value") == clean  # noqa: S314
    assert len(clean) == len(text)


def test_forbidden_characters_become_replacements_and_others_stay() -> None:
    assert without_forbidden("a\0b\x1bc\ud800d\uffffe") == "a\ufffdb\ufffdc\ufffdd\ufffde"
    text = "“Übung”,\tshe said\r\n— 你好 👋 \u202e \x85"
    assert without_forbidden(text) == text


@given(any_text())
def test_text_without_surrogates_is_as_long_and_survives_utf8(text: str) -> None:
    clean = without_surrogates(text)
    assert clean.encode().decode() == clean
    assert [(one, other) for one, other in zip(text, clean, strict=True) if one != other] == [
        (character, "\ufffd") for character in text if "\ud800" <= character <= "\udfff"
    ]
    assert decode_utf8(clean.encode(), "here") == clean
