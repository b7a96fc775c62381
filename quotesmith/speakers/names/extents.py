"""Where a name begins and ends: which of the words around a capital belong to a person's or a body's name."""

from collections.abc import Iterator

from attrs import frozen
from spacy.tokens import Doc, Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import is_title_word
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import TokenRange
from quotesmith.speakers.grammar import CLAUSE_WORDS, HYPHENS, OPENING_BRACKETS, PHRASE_HEADS
from quotesmith.speakers.names.settings import NameSettings

FULL_NAME = 2
"""Words of a name with a given and a family name."""
# Tokens from the second syllable of a hyphened given name back to its first: that and the hyphen.
_SYLLABLE = 2


def is_capitalised(token: Token) -> bool:
    """Whether the word begins with a capital letter."""
    return token.text[:1].isupper()


@frozen(eq=False)
class NameExtents:
    """Finds the whole of a name of which some tokens are known.

    Attributes:
        doc: The Doc.
        lexicon: Titles, given names and nouns.
        taken: For each token whether it belongs to another name; kept up to date by whoever takes names.
        settings: Thresholds.
    """

    doc: Doc
    lexicon: PeopleLexicon
    taken: bytearray
    settings: NameSettings

    def completes(self, index: int) -> bool:
        """Whether the token is a proper noun with a capital that no other name has."""
        token = self.doc[index]
        return not self.taken[index] and token.pos_ == "PROPN" and is_capitalised(token)

    def titles_before(self, start: int) -> tuple[str, ...]:
        """The titles that end right before a token."""
        first = start
        while first > 0 and start - first < self.settings.longest_person and not self.taken[first - 1]:
            if not is_title_word(self.doc[first - 1].text, self.lexicon):
                break
            first -= 1
        return tuple(token.text for token in self.doc[first:start])

    # People

    def person(self, tokens: TokenRange) -> TokenRange:
        """A person's name without titles; with a given name before it and a last word after it."""
        start, end = tokens.start, tokens.end
        while end - start > 1 and self._is_title(start, end):
            start += 1
        if start > 0 and self.completes(start - 1) and self.lexicon.is_given_name(self.doc[start - 1].text):
            start -= 1
        start = max((i + 1 for i in range(start, end - 1) if self._is_office(self.doc[i])), default=start)
        last = self.doc[end - 1]
        if end < len(self.doc) and self.completes(end) and last.dep_ == "compound" and last.head.i == end:
            end += 1
        while end + 1 < len(self.doc) and self._joins(self.doc[end]) and self._goes_on(end + 1):
            end += 2
        return TokenRange(start, end)

    def people(self, tokens: TokenRange) -> Iterator[TokenRange]:
        """The capitalised words of each person: "Xi Jinping on Tuesday" has one, "Trump and Clinton" two."""
        position, is_joined = tokens.start, True
        while position < tokens.end:
            token = self.doc[position]
            if not is_capitalised(token):
                is_joined = token.text in self.lexicon.names.person_joiners
                position += 1
                continue
            end = self.run_end(position, limit=tokens.end)
            if is_joined:
                yield TokenRange(position, end)
            position, is_joined = max(end, position + 1), False

    def run_end(self, start: int, *, limit: int | None = None) -> int:
        """The end of the capitalised words from `start` on, small words inside them included."""
        limit = min(start + self.settings.longest_person, len(self.doc)) if limit is None else limit
        end = position = start
        while position < limit and not self.taken[position]:
            token = self.doc[position]
            if self._names_person(token, first=position == start) or self._ends_hyphened(position):
                end = position + 1
            elif position == start or not self._joins(token):
                break
            position += 1
        return end

    def _names_person(self, token: Token, *, first: bool) -> bool:
        if not is_capitalised(token) or fold(token.text) in self.lexicon.calendar:
            return False
        return token.pos_ not in CLAUSE_WORDS or (first and self.lexicon.is_given_name(token.text))

    def _ends_hyphened(self, index: int) -> bool:
        """Whether the word is the small second part of a given name: "hye" in "Park Geun-hye"."""
        token = self.doc[index]
        if index < _SYLLABLE or not token.text.islower() or not self._is_hyphen(self.doc[index - 1]):
            return False
        is_named = token.ent_type_ == "PERSON" and token.ent_iob_ == "I" and token.pos_ not in {"ADJ", "VERB"}
        # The head of a phrase, unlike "era" in "the Ngozi Okafor-era rules", after two words of a name.
        follows_family = index > _SYLLABLE and self.doc[index - _SYLLABLE - 1].ent_type_ == "PERSON"
        is_head = follows_family and token.pos_ == "NOUN" and token.dep_ in PHRASE_HEADS
        return is_capitalised(self.doc[index - _SYLLABLE]) and (is_named or is_head or token.pos_ == "PROPN")

    def _is_hyphen(self, token: Token) -> bool:
        """Whether the token joins the words beside it, no space between them."""
        return token.text in HYPHENS and token.i > 0 and not (token.whitespace_ or token.nbor(-1).whitespace_)

    def _joins(self, token: Token) -> bool:
        """Whether the token can stand inside a person's name: "bin", or the hyphen of "Crouse-Mays"."""
        return fold(token.text) in self.lexicon.particles or self._is_hyphen(token)

    def _goes_on(self, index: int) -> bool:
        return self.completes(index) or (not self.taken[index] and self._ends_hyphened(index))

    def _is_title(self, index: int, end: int) -> bool:
        """Whether a title stands at the index; "Earl" behind "Gov." and before two words is a given name."""
        word = self.doc[index].text
        if fold(word) in self.lexicon.given_titles and index > 0 and end - index > FULL_NAME:
            return fold(self.doc[index - 1].text) not in self.lexicon.titles
        return is_title_word(word, self.lexicon)

    def _is_office(self, token: Token) -> bool:
        """Whether the person's name begins after the word: "Acme CEO Jane Roe"."""
        key = fold(token.text)
        is_known = key in self.lexicon.person_nouns or key in self.lexicon.bodies
        return is_known and not self.lexicon.is_given_name(token.text)

    # Bodies and places

    def body(self, tokens: TokenRange) -> TokenRange | None:
        """A body's or place's name, without article and noun before and behind it; None where no name is left."""
        start, end = tokens.start, tokens.end
        end = next((i for i in range(start + 1, end) if self.doc[i].text in OPENING_BRACKETS), end)
        while start < end and not self._is_edge(self.doc[start]):
            start += 1
        while end > start and not (self._is_edge(self.doc[end - 1]) and self._adds(self.doc[end - 1])):
            end -= 1
        if not any(token.text[:1].isupper() or token.text[:1].isdigit() for token in self.doc[start:end]):
            return None
        return TokenRange(start, self._body_end(start, end))

    def _body_end(self, start: int, end: int) -> int:
        """The end of a body's name with the words behind "of" or "for" that the recognizer left out."""
        behind = end
        if behind < len(self.doc) and fold(self.doc[behind].text) in self.lexicon.names.body_prepositions:
            behind += 1
        if behind == end or not any(fold(token.text) in self.lexicon.bodies for token in self.doc[start:end]):
            return end
        behind += behind < len(self.doc) and fold(self.doc[behind].text) in self.lexicon.names.outer
        stop = behind
        while stop < min(len(self.doc), behind + self.settings.longest_person) and self._completes_body(self.doc[stop]):
            stop += 1
        return stop if stop > behind else end

    def _completes_body(self, token: Token) -> bool:
        is_capital = is_capitalised(token) and token.pos_ in {"PROPN", "ADJ"}
        return is_capital and token.ent_type_ != "PERSON" and not self.taken[token.i]

    def _is_edge(self, token: Token) -> bool:
        """Whether a name can begin and end with the token."""
        key = fold(token.text)
        return token.text[:1].isalnum() and key not in self.lexicon.names.outer and key not in self.lexicon.calendar

    def _adds(self, token: Token) -> bool:
        """Whether a last word belongs to a body's name: "agency" in "Xinhua news agency" doesn't."""
        return is_capitalised(token) or fold(token.text) not in self.lexicon.generic_bodies
