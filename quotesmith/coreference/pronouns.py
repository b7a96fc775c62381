"""Pronouns: their classes, and what sort of entity each class can mean."""

from enum import StrEnum

from spacy.tokens import Token

from quotesmith.lexicon import read_words
from quotesmith.lexicon.folding import fold
from quotesmith.records import EntityKind, Gender


class PronounClass(StrEnum):
    """What a pronoun shows of the one it means."""

    HE = "he"
    SHE = "she"
    IT = "it"
    THEY = "they"
    I = "i"  # noqa: E741 - the pronoun
    WE = "we"
    YOU = "you"
    WHO = "who"


CLASSES = {
    word: PronounClass(kind) for kind, words in read_words("en", "people/pronoun_classes").items() for word in words
}
"""The class of each English pronoun, in small letters."""
GENDERS = {PronounClass.HE: Gender.MASCULINE, PronounClass.SHE: Gender.FEMININE}
MEANT = {
    PronounClass.HE: frozenset({EntityKind.PERSON}),
    PronounClass.SHE: frozenset({EntityKind.PERSON}),
    PronounClass.IT: frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.OTHER}),
    PronounClass.THEY: frozenset({EntityKind.GROUP, EntityKind.ORGANIZATION}),
}
"""The kinds of entity that a pronoun of the third person can mean."""


def pronoun_class(token: Token) -> PronounClass | None:
    """The class of a pronoun; None of any other word."""
    # "US" is a country, and "I" alone is also a numeral: only capitals distinguish them.
    if token.text == "US":
        return None
    return CLASSES.get(fold(token.text))
