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


@given(json_values())
def test_plain_data_can_be_encoded_and_keeps_all_else(value: Any) -> None:
    plain = plain_data(value)
    data = encode_json(plain, "it")
    assert b"\\ud" not in data.lower().replace(b"\\\\", b"")
    assert plain_data(plain) == plain
    assert len(repr(plain_data(value))) <= len(repr(value))


def test_surrogates_become_replacements_one_by_one() -> None:
    assert plain_data({"\ud800": ["a\udfffb", ("c",), 1, None]}) == {"\ufffd": ["a\ufffdb", ["c"], 1, None]}
