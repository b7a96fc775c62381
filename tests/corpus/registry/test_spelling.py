"""Given names that are spelled wrongly."""

import pytest

from quotesmith.corpus.registry.spelling import garbled_alike, is_misspelled


@pytest.mark.parametrize(
    ("wrong", "right", "is_one"),
    [
        pytest.param("kristen", "kirsten", True, id="swapped"),
        pytest.param("marko", "marco", True, id="replaced"),
        pytest.param("hilary", "hillary", True, id="left-out"),
        pytest.param("julian", "julia", False, id="another-end"),
        pytest.param("jon", "jan", False, id="short"),
        pytest.param("robert", "rupert", False, id="two-letters"),
    ],
)
def test_misspelled_name_is_one_letter_off(wrong: str, right: str, *, is_one: bool) -> None:
    assert is_misspelled(wrong, right) is is_one


@pytest.mark.parametrize("right", ["Raúl", "RAUL"])
def test_name_garbled_once_or_twice_is_known(right: str) -> None:
    once = "Raúl".encode().decode("latin-1")
    twice = once.encode().decode("latin-1")
    assert garbled_alike(once, right)
    assert garbled_alike(twice, right)
    assert garbled_alike(once.replace("º", "o"), right)


def test_name_that_is_not_garbled_is_like_none() -> None:
    assert not garbled_alike("Raúl", "Raúl")
    assert not garbled_alike("RaÃºl", "Rahel")
