"""Names that no recognizer found: proper nouns that act, as people do."""

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from quotesmith.lexicon.people import PeopleLexicon, fold
from quotesmith.records import EntityKind
from quotesmith.speakers.layout import Layout
from quotesmith.speakers.mentions import Name, is_capitalised

ACTING = frozenset({"nsubj", "nsubjpass", "poss", "dobj", "pobj", "conj"})
CERTAIN = frozenset({"nsubj", "nsubjpass", "poss"})
# What a recognizer calls a product or a work may be somebody it doesn't know.
UNSURE = frozenset({"", "PRODUCT", "WORK_OF_ART"})
LONGEST = 3


def find_unrecognized(layout: Layout, names: Sequence[Name], lexicon: PeopleLexicon) -> list[Name]:
    """The names of kind OTHER that stand beside those found, in text order; linear in the tokens.

    A word counts where it is the subject of a verb or owns something at some place of the text, and is written with a
    capital letter at each. What they name, the pronouns that take them up may tell.
    """
    taken = {token for name in names for token in range(name.start, name.end)}
    small = {token.lower_ for token in layout.doc if token.text.islower()}
    found = [token for token in layout.doc if token.i not in taken and _is_name(token, lexicon, small)]
    certain = Counter(fold(token.text) for token in found if token.dep_ in CERTAIN)
    return [_name(token, taken) for token in found if certain[fold(token.text)]]


def _is_name(token: Token, lexicon: PeopleLexicon, small: set[str]) -> bool:
    if token.pos_ != "PROPN" or token.dep_ not in ACTING or token.ent_type_ not in UNSURE:
        return False
    if not is_capitalised(token) or token.is_upper or not token.is_alpha or token.lower_ in small:
        return False
    key = fold(token.text)
    known = (
        lexicon.calendar,
        lexicon.demonyms,
        lexicon.bodies,
        lexicon.documents,
        lexicon.titles,
        lexicon.person_nouns,
    )
    return not any(key in words for words in known)


def _name(token: Token, taken: set[int]) -> Name:
    start = token.i
    for before in _words_before(token):
        if before.i in taken or not is_capitalised(before) or before.pos_ != "PROPN" or before.head.i != token.i:
            break
        start = before.i
    words = tuple(word.text for word in token.doc[start : token.i + 1])
    return Name(start, token.i + 1, words, (), EntityKind.OTHER)


def _words_before(token: Token) -> Iterator[Token]:
    for index in range(token.i - 1, max(token.i - LONGEST, -1), -1):
        yield token.doc[index]
