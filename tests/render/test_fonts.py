"""Fonts for words of any script."""

import pytest
from hypothesis import given

from quotesmith.render.fonts import drawable
from tests.strategies import any_text

pytest.importorskip("matplotlib")


def test_words_that_the_default_font_has_stay() -> None:
    assert drawable("Анна “Lee” Müller")[0] == "Анна “Lee” Müller"


def test_character_of_no_font_is_replaced() -> None:
    assert drawable("a\U000e0fffb")[0] == "a\ufffdb"


def test_families_are_installed_ones_after_the_default() -> None:
    from matplotlib import font_manager

    _, families = drawable("習近平 नरेन्द्र ⠿ \U0001d538")
    assert families[0] == font_manager.FontProperties().get_family()[0]
    assert set(families[1:]) <= {font.name for font in font_manager.fontManager.ttflist}


@given(any_text())
def test_words_are_as_long(words: str) -> None:
    assert len(drawable(words)[0]) == len(words)
