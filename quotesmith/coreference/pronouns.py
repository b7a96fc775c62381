"""Pronouns: which are which, and what they tell of whom they mean."""

from enum import StrEnum

from spacy.tokens import Token

from quotesmith.lexicon.folding import fold
from quotesmith.records import EntityKind, Gender


class PronounClass(StrEnum):
    """What a pronoun tells of whom it means."""

    HE = "he"
    SHE = "she"
    IT = "it"
    THEY = "they"
    I = "i"  # noqa: E741 - the pronoun
    WE = "we"
    YOU = "you"
    WHO = "who"


_FORMS = {
    PronounClass.HE: "he him his himself",
    PronounClass.SHE: "she her hers herself",
    PronounClass.IT: "it its itself",
    PronounClass.THEY: "they them their theirs themselves",
    PronounClass.I: "i me my mine myself",
    PronounClass.WE: "we us our ours ourselves",
    PronounClass.YOU: "you your yours yourself yourselves",
    PronounClass.WHO: "who whom whose which that",
}
CLASSES = {word: kind for kind, words in _FORMS.items() for word in words.split()}
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
    # "US" is a country, and "I" alone is also a numeral: capitals tell.
    if token.text == "US":
        return None
    return CLASSES.get(fold(token.text))
