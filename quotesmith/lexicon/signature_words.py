"""The words that tell a name below or behind a quotation from the rest of a sentence."""

from functools import cache

from attrs import frozen

from quotesmith.lexicon import read_words


@frozen
class SignatureWords:
    """What stands in signatures besides names, and what can't be one; in small letters.

    Attributes:
        joiners: Words without a capital inside the name of a body, or between two names ("of").
        no_names: Words with a capital that are no name by themselves ("Never").
        openers: Words that open no name, alone or before others ("When").
        senders: Prepositions before a name above a quotation ("from Chairwoman Ito:").
        leads: Words before these ("and").
        tails: What stands behind a name, before a place, an outlet or an age ("via").
        unnamed: What opens a signature that names nobody ("a regular guest").
        documents: Nouns without a capital behind the name of a body ("Holm Council report").
    """

    joiners: frozenset[str]
    no_names: frozenset[str]
    openers: frozenset[str]
    senders: frozenset[str]
    leads: frozenset[str]
    tails: frozenset[str]
    unnamed: frozenset[str]
    documents: frozenset[str]


@cache
def load_signature_words(language: str = "en") -> SignatureWords:
    """The signature words of a language.

    Raises:
        LanguageError: if there is no lexicon for the language.
    """
    data = read_words(language, "signatures")
    return SignatureWords(**{name: frozenset(words.split()) for name, words in data.items()})
