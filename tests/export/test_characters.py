"""Characters that a file can't carry."""

from xml.etree import ElementTree

import pytest
from hypothesis import given

from quotesmith.errors import FormatError
from quotesmith.export.characters import decode_utf8, without_forbidden, without_surrogates
from tests.strategies import any_text


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
