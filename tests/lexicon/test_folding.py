"""Folding: what counts as the same name, word or text."""

import unicodedata
from collections.abc import Iterable, Iterator

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.lexicon.folding import fold, fold_text, unaccented
from quotesmith.lexicon.people import load_people
from tests.strategies import any_text


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        pytest.param("José Álvarez", "jose alvarez", id="accents"),
        pytest.param("Sine\u0301ad", "sinead", id="accent-apart"),
        pytest.param("Ph.D.", "phd", id="full-stops"),
        pytest.param("J. K.  Rowling\n", "j k rowling", id="white-space"),
        pytest.param("O’Neill", "o'neill", id="apostrophe"),
        pytest.param("O‘Neill", "o'neill", id="apostrophe-the-wrong-way"),
        pytest.param("Großmann", "grossmann", id="sharp-s"),
        pytest.param("GROẞMANN", "grossmann", id="capital-sharp-s"),
        pytest.param("İlyas", "ilyas", id="turkish-capital-i-with-dot"),
        pytest.param("Yıldız", "yildiz", id="turkish-i-without-dot"),
        pytest.param("YILDIZ", "yildiz", id="its-capital"),
        pytest.param("ﬁnn", "finn", id="ligature"),
        pytest.param("Ｆｉｎｎ", "finn", id="wide-letters"),
        pytest.param("Bjørn Wałęsa", "bjørn wałesa", id="strokes-are-no-accents"),
        pytest.param("Æthelred Œuvre", "æthelred œuvre", id="letters-of-two"),
        pytest.param("김정은", "김정은", id="hangul"),
        pytest.param(unicodedata.normalize("NFD", "김정은"), "김정은", id="hangul-in-parts"),
        pytest.param("…", "…", id="nothing-to-compare"),
        pytest.param("\u0301", "\u0301", id="accent-alone"),
        pytest.param("...", "", id="full-stops-alone"),
    ],
)
def test_name_is_folded(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param(" It’s  5 p.m.\nin Bogotá. ", "it's 5 p.m. in bogota.", id="full-stops-stay"),
        pytest.param("\u0301", "", id="nothing-left"),
    ],
)
def test_text_is_folded(text: str, folded: str) -> None:
    assert fold_text(text) == folded


@pytest.mark.parametrize("folding", [fold, fold_text, unaccented])
@given(text=any_text())
def test_folding_again_changes_nothing(folding: type[str], text: str) -> None:
    assert folding(folding(text)) == folding(text)


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_case_and_composition_count_for_nothing(text: str) -> None:
    forms = (text, text.upper(), unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text))
    assert {fold_text(form) for form in forms} == {fold_text(text)}


def tables(words: attrs.AttrsInstance) -> Iterator[Iterable[str]]:
    """The tables of words in a lexicon and its groups of words, but for letters that count as they are written."""
    for own in attrs.fields(type(words)):
        value = getattr(words, own.name)
        if attrs.has(type(value)):
            yield from tables(value)
        elif own.name not in {"party_letters", "articles", "governments"}:
            yield value


def test_keys_of_the_lexicon_are_folded() -> None:
    lexicon = load_people()
    assert [key for table in tables(lexicon) for key in table if fold(key) != key] == []
    assert [name for names in lexicon.nicknames.values() for name in names if fold(name) != name] == []
