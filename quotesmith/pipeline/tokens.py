"""Tokens that English pipelines run together: a word, its quotation mark, and a dash right behind it."""

import re
from typing import Any, Final

from spacy.language import Language

_BESIDE_DASH: Final = "\"“”‘’«»'"
_ONE_DASH: Final = "(?:[—–]|--)"
# Each splits off one token: 'cap,”—she' is a word, a comma, a mark, a dash and a word.
_BESIDE_DASHES: Final = (
    rf"(?<=\w)[,.?!](?=[{_BESIDE_DASH}]{_ONE_DASH})",
    rf"(?<=[\w,.?!])[{_BESIDE_DASH}](?={_ONE_DASH})",
    rf"(?<=[{_BESIDE_DASH}]){_ONE_DASH}(?=\w)",
    rf"(?<=\w){_ONE_DASH}(?=[{_BESIDE_DASH}])",
    rf"(?<=[—–-])[{_BESIDE_DASH}](?=\w)",
)


def split_at_dashes(nlp: Language) -> None:
    """Make the tokenizer part words from the marks and dashes between them; other tokens stay as they are.

    “It stays our”—she bent—“secret.” has "our”—she" as one word in spaCy's English pipelines.

    Args:
        nlp: A pipeline; one whose tokenizer is not spaCy's keeps it.
    """
    tokenizer: Any = nlp.tokenizer
    # spaCy's own has the method of a compiled pattern.
    finder = getattr(getattr(tokenizer, "infix_finditer", None), "__self__", None)
    pattern = getattr(finder, "pattern", None)
    if pattern is None or _BESIDE_DASHES[0] in pattern:
        return
    tokenizer.infix_finditer = re.compile("|".join((*_BESIDE_DASHES, pattern))).finditer
