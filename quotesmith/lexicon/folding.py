"""The one form in which names, words and texts are compared: without case and accents."""

import unicodedata
from functools import lru_cache

# The Turkish "ı" is the small letter of "I", which a text in capitals shares with "i".
_PLAIN = str.maketrans("’‘ʼı", "'''i")


@lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """A name or a word for comparing: as of `fold_text`, and without full stops.

    What has no letters to compare ("…", white space) stays as it is, but for full stops.

    Examples:
        >>> fold("Ph.D."), fold("José  O’Neill"), fold("Straße")
        ('phd', "jose o'neill", 'strasse')
    """
    unstopped = name.replace(".", "")
    return " ".join(fold_text(unstopped).replace(".", "").split()) or unstopped


def fold_text(text: str) -> str:
    """A text for comparing: no case, no accents, straight apostrophes, single spaces, none at the edges.

    Letters that no accent makes, such as "ø" and "ł", stay as they are; ligatures and wide letters count as plain ones.

    Note:
        Linear in the text's length; folding what is folded changes nothing.
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unaccented(unicodedata.normalize("NFKD", text))
    # Composed again for the sake of Hangul, whose syllables are letters and not accents.
    return " ".join(unicodedata.normalize("NFC", plain.casefold().translate(_PLAIN)).split())


def fold_case(word: str) -> str:
    r"""A word for comparing where accents count: composed, without case.

    Examples:
        >>> fold_case("A\u030asa") == fold_case("ÅSA") == "åsa"
        True
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())


def unaccented(text: str) -> str:
    """The text without accents, all else as it is; accents that are letters of their own ("ø") stay.

    No sign comes in that means something in a regular expression.
    """
    letters = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
