"""JSON data as bytes and back."""

from typing import Any

import pytest
from hypothesis import given

from quotesmith.errors import FormatError
from quotesmith.export.json_data import decode_json, encode_json, plain_data
from tests.strategies import json_values


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
