"""Where a name begins and ends, of which some words are known."""

from collections.abc import Iterator

from attrs import frozen
from spacy.tokens import Doc, Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import POSSESSIVES, is_title_word
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import TokenRange
from quotesmith.speakers.noun_phrases import CLAUSE_WORDS, HYPHENS, OPENING_BRACKETS, PHRASE_HEADS, PLURAL_TAGS
from quotesmith.speakers.settings import NameSettings

FULL_NAME = 2
"""Words of a name with a given and a family name."""
# Tokens from the second syllable of a hyphened given name back to its first: that and the hyphen.
_SYLLABLE = 2
# What a recognizer calls a product or a work may be somebody it doesn't know.
UNSURE_LABELS = frozenset({"", "PRODUCT", "WORK_OF_ART"})


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
        while first > 0 and start - first < self.settings.max_person_tokens and not self.taken[first - 1]:
            if not is_title_word(self.doc[first - 1].text, self.lexicon):
                break
            first -= 1
        return tuple(token.text for token in self.doc[first:start])

    # People

    def person(self, tokens: TokenRange) -> TokenRange:
        """A person's name without titles; with a given name before it and a last word after it."""
        start, end = self.behind_opening(tokens).start, tokens.end
        while end - start > 1 and self._is_title(start, end):
            start += 1
        if start > 0 and self.completes(start - 1) and self._is_given(self.doc[start - 1]):
            start -= 1
        start = max((i + 1 for i in range(start, end - 1) if self._is_office(self.doc[i])), default=start)
        last = self.doc[end - 1]
        if end < len(self.doc) and self.completes(end) and last.dep_ == "compound" and last.head.i == end:
            end += 1
        while end + 1 < len(self.doc) and self._joins(self.doc[end]) and self._goes_on(end + 1):
            end += 2
        return TokenRange(start, end)

    def behind_opening(self, tokens: TokenRange) -> TokenRange:
        """The tokens without what may stand before a person's name in one entity: "Pilots Ana Cruz", "Beside Dana"."""
        start = tokens.start
        while tokens.end - start > 1 and self._opens_name(self.doc[start]):
            start += 1
        return TokenRange(start, tokens.end)

    def _opens_name(self, token: Token) -> bool:
        """Whether the word before another word of a name is a plural role, or one with a sentence's capital."""
        behind, lexicon = token.nbor(1), self.lexicon
        if lexicon.is_given_name(token.text) or not is_capitalised(behind):
            return False
        if token.tag_ in PLURAL_TAGS:
            singular = {fold(token.lemma_), fold(token.text).removesuffix("s")}
            return any(noun in lexicon.person_nouns or noun in lexicon.trades for noun in singular)
        is_first = bool(token.is_sent_start) or token.i == 0
        is_word = token.lower_ in lexicon.ordinary and lexicon.is_given_name(behind.text)
        return is_first and (is_word or lexicon.is_adverb(token.text))

    def people(self, tokens: TokenRange) -> Iterator[TokenRange]:
        """The capitalised words of each person: "Xi Jinping on Tuesday" has one, "Trump and Clinton" two."""
        position, is_joined = tokens.start, True
        while position < tokens.end:
            token = self.doc[position]
            end = self.run_end(position, limit=tokens.end)
            if not is_capitalised(token):
                is_joined = token.text in self.lexicon.names.person_joiners
            elif end > position:
                if is_joined:
                    yield TokenRange(position, end)
                is_joined = False
            # Before the first person stand words such as "Frantically".
            position = max(end, position + 1)

    def run_end(self, start: int, *, limit: int | None = None) -> int:
        """The end of the capitalised words from `start` on, small words inside them included."""
        limit = min(start + self.settings.max_person_tokens, len(self.doc)) if limit is None else limit
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
        if not is_capitalised(token) or (fold(token.text) in self.lexicon.calendar and not self._is_called(token)):
            return False
        if first and token.is_sent_start and self.lexicon.is_adverb(token.text):
            return False
        return token.pos_ not in CLAUSE_WORDS or (first and self.lexicon.is_given_name(token.text))

    def _is_called(self, token: Token) -> bool:
        """Whether the name of a month is a given name: "April" in "April Holm"."""
        is_given = self._is_given(token) and token.ent_type_ == "PERSON"
        return is_given and token.dep_ == "compound" and token.head.ent_type_ == "PERSON"

    def _is_given(self, token: Token) -> bool:
        """Whether the word is a given name; a full stop behind one ends a sentence: "said Jan. Pat laughed"."""
        is_ended = len(token) > len("X.") and token.text.endswith(".")
        return not is_ended and self.lexicon.is_given_name(token.text)

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
        """Whether the person's name begins after the word: "Acme CEO Jane Roe", "Acme's Jane Roe"."""
        if token.tag_ == "POS" or (token.text in POSSESSIVES and token.whitespace_):
            return True
        key = fold(token.text)
        is_known = key in self.lexicon.person_nouns or key in self.lexicon.bodies
        return is_known and not self.lexicon.is_given_name(token.text)

    # Bodies and places

    def body(self, tokens: TokenRange) -> TokenRange | None:
        """A body's or place's name, without article and noun before and behind it; None where no name is left."""
        start, end = tokens.start, tokens.end
        end = next((i for i in range(start + 1, end) if self._ends_body(self.doc[i])), end)
        while start < end and not (self._is_edge(self.doc[start]) and self._belongs(start, tokens)):
            start += 1
        while end > start and not (self._is_edge(self.doc[end - 1]) and self._adds(self.doc[end - 1])):
            end -= 1
        if not any(token.text[:1].isupper() or token.text[:1].isdigit() for token in self.doc[start:end]):
            return None
        return TokenRange(self.body_start(start, end), self._body_end(start, end))

    def _ends_body(self, token: Token) -> bool:
        """Whether a mark inside what the recognizer found parts the name from other words: "Tax Center - half"."""
        is_dash = token.text in HYPHENS and token.whitespace_ and token.nbor(-1).whitespace_
        return token.text in OPENING_BRACKETS or token.text == ":" or bool(is_dash)

    def _belongs(self, index: int, tokens: TokenRange) -> bool:
        """Whether a first word with a sentence's capital is one of the name: "Wearily" and "Beside" aren't."""
        token = self.doc[index]
        if token.text.islower() and token.pos_ == "NOUN":
            # "the state Division of Gaming"
            return index + 1 == tokens.end or not is_capitalised(token.nbor(1))
        if token.pos_ not in CLAUSE_WORDS or not (index == 0 or token.is_sent_start) or index + 1 == tokens.end:
            return True
        return token.pos_ != "ADP" and tokens.start <= token.head.i < tokens.end

    def body_start(self, start: int, end: int) -> int:
        """The start of a body's name with the words before "of" that the recognizer left out: "Port of Holm Authority".

        Only where the last word is a body's noun, and what stands before "of" is neither that nor a person's.
        """
        joiner, first = start - 1, start - 2
        if (
            first < 0
            or fold(self.doc[end - 1].text) not in self.lexicon.bodies
            or not is_capitalised(self.doc[end - 1])
        ):
            return start
        if fold(self.doc[joiner].text) not in self.lexicon.names.body_prepositions or not self.completes(first):
            return start
        word = self.doc[first]
        is_noun = word.tag_ == "NNP" and word.ent_type_ in UNSURE_LABELS
        key = fold(word.text)
        is_other = key in self.lexicon.person_nouns or key in self.lexicon.titles or key in self.lexicon.bodies
        return first if is_noun and not is_other else start

    def _body_end(self, start: int, end: int) -> int:
        """The end of a body's name with the words behind "of" or "for" that the recognizer left out."""
        behind = end
        if behind < len(self.doc) and fold(self.doc[behind].text) in self.lexicon.names.body_prepositions:
            behind += 1
        is_open = behind > end and self.doc[end].ent_iob_ == "I"
        is_body = any(fold(token.text) in self.lexicon.bodies for token in self.doc[start:end])
        if behind == end or not (is_body or is_open):
            return end
        behind += behind < len(self.doc) and fold(self.doc[behind].text) in self.lexicon.names.outer
        stop = behind
        limit = min(len(self.doc), behind + self.settings.max_person_tokens)
        while stop < limit and self._completes_body(self.doc[stop], is_open=is_open):
            stop += 1
        return stop if stop > behind else end

    def _completes_body(self, token: Token, *, is_open: bool) -> bool:
        is_capital = is_capitalised(token) and token.pos_ in {"PROPN", "ADJ"}
        # "for the 9th Circuit"
        is_capital = is_capital or (token.text[:1].isdigit() and not token.is_digit)
        return is_capital and (is_open or token.ent_type_ != "PERSON") and not self.taken[token.i]

    def _is_edge(self, token: Token) -> bool:
        """Whether a name can begin and end with the token."""
        key = fold(token.text)
        return token.text[:1].isalnum() and key not in self.lexicon.names.outer and key not in self.lexicon.calendar

    def _adds(self, token: Token) -> bool:
        """Whether a last word belongs to a body's name: "agency" in "Xinhua news agency" doesn't."""
        return is_capitalised(token) or fold(token.text) not in self.lexicon.generic_bodies
