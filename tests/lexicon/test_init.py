import pytest

from quotesmith.errors import LanguageError
from quotesmith.lexicon import languages, read_words


def test_english_has_word_lists() -> None:
    assert "en" in languages()


def test_languages_are_sorted() -> None:
    assert list(languages()) == sorted(languages())


def test_words_are_the_data_of_a_list() -> None:
    assert "speech" in read_words("en", "reporting")["verbs"]


@pytest.mark.parametrize("language", ["xx", "", "../en", "people"])
def test_language_without_word_lists_is_an_error_that_names_those_there_are(language: str) -> None:
    with pytest.raises(LanguageError, match=r"no lexicon for language .*, only for en"):
        read_words(language, "reporting")
