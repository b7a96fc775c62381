"""Tokens that English pipelines run together: a word, its quotation mark, and a dash right behind it."""

import re
from typing import Any, Final

from spacy.language import Language

from quotesmith.marks import CLOSING_CHARACTERS, DASHES, OPENING_CHARACTERS

_BESIDE_DASH: Final = "".join(sorted(OPENING_CHARACTERS | CLOSING_CHARACTERS))
_ONE_DASH: Final = f"(?:[{DASHES.replace('-', '')}]|--)"
# Each splits off one token: 'cap,”—she' is a word, a comma, a mark, a dash and a word.
_BESIDE_DASHES: Final = (
    rf"(?<=\w)[,.?!](?=[{_BESIDE_DASH}]{_ONE_DASH})",
    rf"(?<=[\w,.?!])[{_BESIDE_DASH}](?={_ONE_DASH})",
    rf"(?<=[{_BESIDE_DASH}]){_ONE_DASH}(?=\w)",
    rf"(?<=\w){_ONE_DASH}(?=[{_BESIDE_DASH}])",
    rf"(?<=[{re.escape(DASHES)}])[{_BESIDE_DASH}](?=\w)",
)
# They hold for the whole of a pattern, so that nothing may stand before them.
_FLAGS: Final = re.compile(r"\(\?[aiLmsux]+\)")


def split_at_dashes(nlp: Language) -> None:
    """Make the tokenizer part words from the marks and dashes between them; other tokens stay as they are.

    “It stays our”—she bent—“secret.” has "our”—she" as one word in spaCy's English pipelines.

    Args:
        nlp: A pipeline; one whose tokenizer is not spaCy's keeps it, and so does one whose pattern begins with flags,
            as in "(?i)".
    """
    tokenizer: Any = nlp.tokenizer
    # spaCy's own has the method of a compiled pattern.
    finder = getattr(getattr(tokenizer, "infix_finditer", None), "__self__", None)
    if not isinstance(finder, re.Pattern) or _BESIDE_DASHES[0] in finder.pattern or _FLAGS.match(finder.pattern):
        return
    tokenizer.infix_finditer = re.compile("|".join((*_BESIDE_DASHES, finder.pattern)), finder.flags).finditer
