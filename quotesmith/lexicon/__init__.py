"""Language data: word lists as JSON files, a folder for each language, with typed loaders; the folding of names."""

import json
from importlib.resources import files
from typing import Any

from quotesmith.errors import LanguageError


def languages() -> tuple[str, ...]:
    """The languages that have word lists, sorted."""
    return tuple(
        sorted(entry.name for entry in files(__name__).iterdir() if entry.joinpath("reporting.json").is_file())
    )


def read_words(language: str, name: str) -> Any:
    """The JSON data of one word list.

    Raises:
        LanguageError: if there are no word lists for the language.
    """
    if language not in languages():
        msg = f"there is no lexicon for language {language!r}, only for {', '.join(languages())}"
        raise LanguageError(msg)
    return json.loads(files(__name__).joinpath(language, f"{name}.json").read_text(encoding="utf-8"))
