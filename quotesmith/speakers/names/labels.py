"""One label of a layout ("Mr. LAUTNER", "The Deputy Speaker (Ms Hart)", "KM"): its parts, and its name for readers."""

import re
from collections.abc import Sequence

from attrs import frozen

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind

_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{0,80})[)\]]")
_EDGES = ' \t\r\n\u00a0"“”:,;'
# Behind the noun in "SPEAKER_01", "Person1", "#2".
_NUMBER_SIGNS = "0123456789_#-."
# "LaMOTTE", "McDONALD": capitals behind the small letters of a prefix.
_PREFIXED = re.compile(r"([A-Z][a-z]{1,2})([A-Z]{2,})\Z")
_WORD_PARTS = re.compile(r"[^\W\d_]+")
_NAME_VOWELS = frozenset("aeiouyæøœ")
# Two capitals are somebody's initials: "KM".
_FEWEST_NAME_LETTERS = 3
_MAC = "MC"


@frozen
class Label:
    """What the words of a label say.

    Attributes:
        words: Its words without titles, degrees and brackets; of a role also without the article before it.
        titles: The titles before the name.
        article: The article before a role; empty where there is none.
        is_role: Whether the words are a role or a number ("Operator", "Speaker 1") and no name.
    """

    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    article: str = ""
    is_role: bool = False

    @property
    def key(self) -> str:
        """What equal labels share."""
        return fold(" ".join(self.words))

    @property
    def is_full(self) -> bool:
        """Whether the label names somebody by more than one word."""
        return len(self.words) > 1 and not self.is_role


def read_label(text: str, lexicon: PeopleLexicon) -> Label:
    """The parts of a label.

    Examples:
        >>> from quotesmith.lexicon.people import load_people
        >>> read_label("Mireille Reece, PsyD", load_people()).words
        ('Mireille', 'Reece')
        >>> read_label("The PRESIDING OFFICER", load_people()).is_role
        True
    """
    plain = _BRACKETS.sub(" ", text).strip(_EDGES) or text.strip(_EDGES + "()[]") or text.strip() or text
    plain = plain.partition(",")[0].strip(_EDGES) or plain
    words = plain.split() or [text]
    # "Q." alone is no initial, and a play has a full stop behind each name; "Jr." keeps its own.
    if (len(words) == 1 or len(words[-1].rstrip(".")) > 1) and fold(words[-1]) not in lexicon.suffixes:
        words[-1] = words[-1].rstrip(".") or words[-1]
    article = words[0] if len(words) > 1 and fold(words[0]) in lexicon.labels.articles else ""
    rest = words[1:] if article else words
    titles = _count_titles(rest, lexicon)
    named = _without_seat(rest[titles:], lexicon) if titles else rest
    if _is_role(named, lexicon):
        return Label(tuple(rest), article=article, is_role=True)
    if article and not titles:
        return Label(tuple(rest), article=article, is_role=True)
    return Label(tuple(named), titles=tuple(rest[:titles]))


def find_label_words(parsed: ParsedText, lexicon: PeopleLexicon) -> list[tuple[str, ...]]:
    """The words of each label of the text's layout that is a name, once, in order."""
    texts = dict.fromkeys(turn.label.of(parsed.original) for turn in parsed.layout.turns)
    labels = (read_label(text, lexicon) for text in texts)
    return list(dict.fromkeys(label.words for label in labels if not label.is_role))


def read_holder(text: str, lexicon: PeopleLexicon) -> Label | None:
    """The person in brackets behind a role: "(Ms Hart)"; None where a seat, a party or a note stands there."""
    if not any(map(str.isalpha, text)) or "," in text:
        return None
    label = read_label(text, lexicon)
    is_given = label.is_full and lexicon.is_given_name(label.words[0])
    return label if not label.is_role and (label.titles or is_given) else None


def bracket_of(text: str) -> str:
    """What stands in the first brackets of a text; empty where there are none."""
    found = _BRACKETS.search(text)
    return found[1].strip() if found else ""


def label_kind(label: Label, lexicon: PeopleLexicon) -> EntityKind:
    """What speaks under the label: a person, unless its words are a body or several people."""
    head = _head(label.words, lexicon)
    if label.is_role:
        is_group = head in lexicon.labels.groups or (head not in lexicon.labels.roles and head.endswith("s"))
        many = head.removesuffix("s") in lexicon.labels.roles and head.endswith("s")
        return EntityKind.GROUP if is_group or many else EntityKind.PERSON
    is_body = len(label.words) > 1 and fold(label.words[-1]) in lexicon.bodies
    return EntityKind.ORGANIZATION if is_body and not label.titles else EntityKind.PERSON


def readable_name(label: Label, lexicon: PeopleLexicon) -> str:
    """The name as texts write it: "ROE" is Roe; initials, users' names and what has small letters stay.

    Examples:
        >>> from quotesmith.lexicon.people import load_people
        >>> readable_name(read_label("Mr. D'ALBA", load_people()), load_people())
        "D'Alba"
    """
    words = label.words
    is_given = len(words) > 1 and lexicon.is_given_name(words[0])
    capitals = all(
        _is_capitals(word) or not any(map(str.isalpha, word)) or fold(word) in lexicon.role_prepositions
        for word in words
    )
    if capitals or is_given:
        words = tuple(_readable_word(word, lexicon, is_first=n == 0) for n, word in enumerate(words))
    else:
        words = tuple(map(_without_prefix_capitals, words))
    article = label.article.capitalize() if label.article.isupper() else label.article
    return " ".join((article, *words) if article else words)


def _count_titles(words: Sequence[str], lexicon: PeopleLexicon) -> int:
    """How many titles, and words among titles ("Prime", "vice"), stand before the name."""
    count = 0
    while count < len(words) and (_is_title(words[count], lexicon) or fold(words[count]) in lexicon.title_modifiers):
        count += 1
    while count and not _is_title(words[count - 1], lexicon):
        count -= 1
    # "Dr. King" has a family name, "Madam President" hasn't.
    is_named = 1 < count == len(words) and fold(words[-1]) in lexicon.common_families
    return count - 1 if is_named else count


def _is_title(word: str, lexicon: PeopleLexicon) -> bool:
    """Whether the word is a title; "Earl" and "Dean" without a full stop are given names."""
    key = fold(word)
    is_known = key in lexicon.titles and (word.endswith(".") or not lexicon.is_given_name(word))
    return is_known or key in lexicon.labels.honorifics


def _without_seat(words: Sequence[str], lexicon: PeopleLexicon) -> Sequence[str]:
    """The name before "of Maine", by which a record tells two of one name apart."""
    cut = next((n for n, word in enumerate(words) if n > 0 and fold(word) in lexicon.role_prepositions), len(words))
    return words[:cut]


def _is_role(words: Sequence[str], lexicon: PeopleLexicon) -> bool:
    """Whether what follows the titles is no name: nothing, a number, "of Health" or the noun of a role."""
    if not any(map(str.isalpha, "".join(words))) or fold(words[0]) in lexicon.role_prepositions:
        return True
    head = _head(words, lexicon)
    first = words[0]
    if len(words) > 1 and fold(words[-1]) in lexicon.bodies:
        return False
    is_opening = fold(first) in lexicon.labels.roles or fold(first) in lexicon.labels.modifiers
    if len(words) > 1 and lexicon.is_given_name(first) and not is_opening:
        return False
    if len(words) == 1 and head == fold(first) and (head in lexicon.common_families or lexicon.is_given_name(first)):
        return False
    if len(words) > 1 and fold(first) in lexicon.labels.modifiers:
        return not lexicon.is_given_name(words[-1])
    singular = head.removesuffix("s")
    known = (lexicon.labels.roles, lexicon.labels.groups, lexicon.person_nouns, lexicon.titles)
    return any(head in nouns or singular in nouns for nouns in known)


def _head(words: Sequence[str], lexicon: PeopleLexicon) -> str:
    """The noun of a role, folded: "Minister" of "MINISTER OF HEALTH", "Speaker" of "SPEAKER_01"."""
    end = next((n for n, word in enumerate(words) if n > 0 and fold(word) in lexicon.role_prepositions), len(words))
    before = [word.rstrip(_NUMBER_SIGNS) for word in words[:end]]
    return fold(next((word for word in reversed(before) if word), words[0]))


def _is_capitals(word: str) -> bool:
    return word.isupper() or _PREFIXED.match(word) is not None


def _readable_word(word: str, lexicon: PeopleLexicon, *, is_first: bool) -> str:
    key = fold(word)
    if not word.isupper() or "_" in word or any(map(str.isdigit, word)) or key in lexicon.suffixes:
        return _without_prefix_capitals(word)
    if not is_first and (key in lexicon.role_prepositions or key in lexicon.particles):
        return word.lower()
    return _WORD_PARTS.sub(lambda part: _readable_part(part[0]), word) if _is_pronounced(key) else word


def _is_pronounced(key: str) -> bool:
    """Whether the word is read as one, and not letter by letter ("KM", "BBC")."""
    return len(key) >= _FEWEST_NAME_LETTERS and any(letter in _NAME_VOWELS for letter in key)


def _readable_part(part: str) -> str:
    if part.startswith(_MAC) and len(part) > len(_MAC) + 1:
        return _MAC.capitalize() + part[len(_MAC) :].capitalize()
    return part.capitalize()


def _without_prefix_capitals(word: str) -> str:
    found = _PREFIXED.match(word)
    return found[1] + found[2].capitalize() if found else word
