"""What the words before a colon are: a person, a role, a letter, a number, or a thing that doesn't speak."""

import re
from enum import Enum

from attrs import field, frozen

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.label_words import LabelWords

_NUMBERED = re.compile(r"(?P<base>[^\W\d_]+)[ _#\-]{0,2}(?P<number>\d{1,4}|[A-Z])")
_INITIALS = re.compile(r"[^\W\d_](?:\.?[^\W\d_]){1,2}\.?")
_HANDLE = re.compile(r"[^\W\d_]{2}[\w.\-]{0,30}|[^\W\d_]\d{1,3}")
_NAME_SIGNS = frozenset({"-", "–", "&"})
_MOST_WORDS = 10
_MOST_HANDLE_WORDS = 2


class LabelKind(Enum):
    """What a label is by its words alone, from the surest speaker to the surest thing.

    "Q", "A" (letter), "Speaker 2" (numbered), "Mr. Roe" (titled), "Operator" (role), "Anna Kvist" (known: by its given
    name), "AK" (initials), "Kvist" (name), "anna", "tim92" (handle), "Ingredients" (thing).
    """

    LETTER = "letter"
    NUMBERED = "numbered"
    TITLED = "titled"
    ROLE = "role"
    KNOWN = "known"
    INITIALS = "initials"
    NAME = "name"
    HANDLE = "handle"
    THING = "thing"


@frozen(eq=False)
class LabelNames:
    """Tells what a label is; each spelling is read once.

    Attributes:
        words: What stands in labels besides names.
    """

    words: LabelWords
    _kinds: dict[str, LabelKind | None] = field(factory=dict, init=False, repr=False)

    def kind(self, label: str) -> LabelKind | None:
        """What a label is; None where the words are no label at all, as in most prose."""
        if label not in self._kinds:
            self._kinds[label] = self._read(label)
        return self._kinds[label]

    def key(self, label: str) -> str:
        """What two labels of one speaker share: the last word, or all of "Speaker 2"."""
        kind = self.kind(label)
        whole = kind in {LabelKind.NUMBERED, LabelKind.LETTER, LabelKind.THING, LabelKind.ROLE}
        return fold(label if whole else label.rsplit(maxsplit=1)[-1])

    def _read(self, label: str) -> LabelKind | None:
        # "lena 🌻", but "Ernst & Young".
        tokens = [token for token in label.split() if token in _NAME_SIGNS or any(map(str.isalnum, token))]
        folded = [fold(token).strip("'’,-") for token in tokens]
        if not folded or len(folded) > _MOST_WORDS or not label[0].isalpha():
            return None
        return self._read_sign(label, folded) or self._read_words(label, tokens, folded)

    def _read_sign(self, label: str, folded: list[str]) -> LabelKind | None:
        """What a letter, initials or a number say by their form."""
        if len(label) == 1 and not label.islower():
            return LabelKind.LETTER
        if label.isupper() and _INITIALS.fullmatch(label) and not self.words.is_heading(folded[0]):
            return LabelKind.INITIALS
        numbered = _NUMBERED.fullmatch(label)
        is_role = numbered is not None and self.words.is_role(fold(numbered["base"]))
        return LabelKind.NUMBERED if is_role else None

    def _read_words(self, label: str, tokens: list[str], folded: list[str]) -> LabelKind | None:
        if label.islower():
            return self._read_small(tokens, folded)
        if any(character.isdigit() for character in label):
            return LabelKind.HANDLE if _HANDLE.fullmatch(label) else None
        # "Woman in the back".
        if len(folded) > 1 and self.words.is_role(folded[0]) and folded[1] in self.words.places:
            return LabelKind.ROLE
        is_name = all(self._may_stand(token, word) for token, word in zip(tokens, folded, strict=True))
        return self._read_name(folded) if is_name else None

    def _may_stand(self, token: str, word: str) -> bool:
        """Whether a word may stand in a name or an office: in capitals or without case, or small among such."""
        first = next((letter for letter in token if letter.isalpha()), "")
        if not first:
            return token in _NAME_SIGNS
        has_capital = not first.islower() or any(letter.isupper() for letter in token)
        return has_capital or word in self.words.particles or word in self.words.joiners or self.words.is_role(word)

    def _read_small(self, tokens: list[str], folded: list[str]) -> LabelKind | None:
        if len(tokens) > _MOST_HANDLE_WORDS or not all(_HANDLE.fullmatch(token) for token in tokens):
            return None
        if self._is_thing(folded):
            return LabelKind.THING
        return LabelKind.KNOWN if self._opens_with_given_name(folded) else LabelKind.HANDLE

    def _read_name(self, folded: list[str]) -> LabelKind:
        people, several = self.words.people, len(folded) > 1
        if several and self._is_heading(folded[0]):
            return LabelKind.THING
        end = next((i for i, word in enumerate(folded) if i and word in self.words.joiners), len(folded))
        office = next((word for word in reversed(folded[:end]) if word not in self.words.particles), "")
        is_office = self.words.is_role(office) or office in people.titles
        if several and folded[0] in people.titles and not self.words.is_heading(folded[-1]):
            return LabelKind.ROLE if is_office and end == len(folded) else LabelKind.TITLED
        if is_office:
            return LabelKind.ROLE
        return self._read_plain(folded)

    def _read_plain(self, folded: list[str]) -> LabelKind:
        """What a label without title and office is."""
        if len(folded) == 1 and folded[0] in self.words.letters:
            return LabelKind.LETTER
        is_given = self._opens_with_given_name(folded)
        if not any(self.words.is_heading(word) for word in folded) and (is_given or self.words.is_role(folded[0])):
            return LabelKind.KNOWN
        return LabelKind.THING if self._is_thing(folded) else LabelKind.NAME

    def _opens_with_given_name(self, folded: list[str]) -> bool:
        # "Anne-Marie".
        first = folded[0] if self.words.people.is_given_name(folded[0]) else folded[0].split("-", 1)[0]
        return self.words.people.is_given_name(first) and first not in self.words.ordinary

    def _is_heading(self, word: str) -> bool:
        """Whether a word heads lists; "June" and "Paris" may, but people are called so, too."""
        is_person = self.words.people.is_given_name(word) and word not in self.words.headings
        return self.words.is_heading(word) and not is_person

    def _is_thing(self, folded: list[str]) -> bool:
        if any(self._is_heading(word) for word in folded):
            return True
        if self.words.people.is_given_name(folded[0]):
            return False
        # "Stated Roe", "Bottom line".
        opens_ordinary = len(folded) > 1 and folded[0] in self.words.ordinary
        known = (self.words.ordinary, self.words.joiners, self.words.particles)
        is_ordinary = all(any(word in words for words in known) for word in folded)
        return opens_ordinary or is_ordinary
