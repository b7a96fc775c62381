"""Characters that a file can't carry."""

from xml.etree import ElementTree

from hypothesis import given

from quotesmith.export.characters import without_forbidden
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
