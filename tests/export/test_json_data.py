"""JSON data as bytes and back."""

from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given

from quotesmith.errors import FormatError
from quotesmith.export.characters import decode_utf8, without_forbidden, without_surrogates
from quotesmith.export.json_data import decode_json, encode_json, plain_data
from tests.strategies import any_text, json_values


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


def test_place_counts_from_the_files_first_line() -> None:
    with pytest.raises(FormatError, match=r"^x, line 7: not JSON: .* in line 8, column 2"):
        decode_json(b"{\n ?}", "x, line 7", first_line=7)


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


def test_byte_order_mark_is_no_harm() -> None:
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


def test_ordinary_text_stays() -> None:
    text = "“Übung”,\tshe said\r\n— 你好 👋 \u202e \x85"
    assert without_forbidden(text) == text


def test_forbidden_characters_become_replacements() -> None:
    assert without_forbidden("a\0b\x1bc\ud800d\uffffe") == "a\ufffdb\ufffdc\ufffdd\ufffde"


@given(any_text())
def test_text_without_surrogates_is_as_long_and_utf8(text: str) -> None:
    clean = without_surrogates(text)
    assert clean.encode().decode() == clean
    assert [(one, other) for one, other in zip(text, clean, strict=True) if one != other] == [
        (character, "\ufffd") for character in text if "\ud800" <= character <= "\udfff"
    ]


@given(any_text())
def test_utf8_is_decoded_as_it_is(text: str) -> None:
    clean = without_surrogates(text)
    assert decode_utf8(clean.encode(), "here") == clean


def test_what_is_not_utf8_is_told_with_its_line() -> None:
    with pytest.raises(FormatError, match=r"^here: not UTF-8: byte 0xe9 in line 8$"):
        decode_utf8(b"a\n\nb\xe9", "here", first_line=6)
