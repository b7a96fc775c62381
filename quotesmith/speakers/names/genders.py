"""The gender that a text tells of the bearer of a name: by a title, or by what a noun beside it says."""

from spacy.tokens import Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import title_gender
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Gender
from quotesmith.speakers.names.recognition import Name
from quotesmith.speakers.noun_phrases import PLURAL_TAGS, is_determiner


def told_gender(name: Name, parsed: ParsedText, lexicon: PeopleLexicon) -> Gender | None:
    """The gender that the words around a name tell: "Ms. Holm", "her husband, Bo Holm,", "the actress Ann Lee".

    None where they tell none, or where a noun that is no relation tells another one than the given name, and may be
    another's.
    """
    gender = title_gender(name.titles, lexicon)
    if gender is not None:
        return gender
    noun = _noun_before(name, parsed)
    if noun is None or noun.tag_ in PLURAL_TAGS:
        return None
    key = fold(noun.lemma_)
    gender = lexicon.person_nouns.get(key)
    return gender if key in lexicon.relations or lexicon.name_gender(name.words[0]) in {None, gender} else None


def _noun_before(name: Name, parsed: ParsedText) -> Token | None:
    """The noun right before a name, its titles and a comma, where the two are one phrase."""
    doc, before = parsed.doc, name.start - len(name.titles) - 1
    if before < 0:
        return None
    if doc[before].text != ",":
        noun = doc[before]
        is_one = noun.head.i in range(name.start, name.end) or doc[name.end - 1].head == noun
        return noun if noun.pos_ == "NOUN" and is_one else None
    # A list, or words that somebody is told, have no mark right behind the name.
    noun = doc[before - 1] if before > 0 else doc[before]
    is_closed = name.end < len(doc) and doc[name.end].is_punct
    opening = doc[noun.left_edge.i]
    is_known = is_determiner(opening) or opening.dep_ == "poss" or opening.tag_ == "PRP$"
    return noun if noun.pos_ == "NOUN" and is_closed and is_known else None
