"""The names in a Doc: what its entity recognizer found, corrected, and what it missed."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen
from spacy.tokens import Doc, Span, Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.gazetteer import GazetteerEntry
from quotesmith.lexicon.names import POSSESSIVES, is_title_word
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.marks import CLOSING_CHARACTERS, OPENING_CHARACTERS
from quotesmith.parsed_text import ParsedText, TokenRange
from quotesmith.records import EntityKind, TextSpan, TextSpans
from quotesmith.speakers.names.labels import find_label_words
from quotesmith.speakers.noun_phrases import (
    ACTORS,
    CLAUSE_WORDS,
    CLOSED_CLASSES,
    HYPHENS,
    OPENING_BRACKETS,
    PARTICIPANTS,
    PHRASE_HEADS,
    PLURAL_TAGS,
    first_segment,
)
from quotesmith.speakers.settings import NameSettings

FULL_NAME = 2
"""Words of a name with a given and a family name."""
# Tokens from the second syllable of a hyphened given name back to its first: that and the hyphen.
_SYLLABLE = 2
LABEL_KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "NORP": EntityKind.GROUP,
}
# What a recognizer calls a product or a work may be somebody it doesn't know.
UNSURE_LABELS = frozenset({"", "PRODUCT", "WORK_OF_ART"})
NICKNAME_OPENINGS, NICKNAME_CLOSINGS = OPENING_CHARACTERS | {"("}, CLOSING_CHARACTERS | {")"}


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
        while stop < min(len(self.doc), behind + self.settings.max_person_tokens) and self._completes_body(
            self.doc[stop]
        ):
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


@frozen
class Name:
    """A proper name at one place of the Doc.

    Attributes:
        start: Index of its first token, after titles and articles.
        end: Index after its last token, without the possessive ending.
        words: Its words, without titles; of a listed name, those of the entry's name.
        titles: The titles before it.
        kind: What it seems to name.
        entry: The gazetteer's entry that lists it.
        speaker: Position of the labelled speaker whose label it is; None outside of labels.
        label: Where that label stands, which may end inside a token.
    """

    start: int
    end: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    kind: EntityKind
    entry: GazetteerEntry | None = None
    speaker: int | None = None
    label: TextSpan | None = None


def head_token(doc: Doc, name: Name) -> Token:
    """The word of a name that its other words depend on."""
    inside = range(name.start, name.end)
    outer = (doc[i] for i in reversed(inside) if doc[i].head.i not in inside)
    return next(outer, doc[name.end - 1])


def recognize_names(
    parsed: ParsedText,
    sources: Iterable[TextSpans],
    lexicon: PeopleLexicon,
    listed: Iterable[Name],
    settings: NameSettings,
) -> list[Name]:
    """The names of people, bodies, places and groups, in text order; no two share a token.

    Args:
        parsed: The text.
        sources: The source spans of the attributions, which hold names that the recognizer may have missed.
        lexicon: Titles and given names.
        listed: Names that a gazetteer found, which win over all others; their titles are still to find.
        settings: Thresholds.
    """
    found = _Recognition(parsed, lexicon, settings)
    found.add_listed(name for name in listed if not any(parsed.in_label[name.start : name.end]))
    found.add_capitals(sources)
    found.add_nicknamed()
    found.add_apposed()
    found.add_entities()
    found.add_acronyms()
    found.add_titled()
    found.add_sources(sources)
    found.add_known_people()
    return sorted(found.names, key=lambda name: name.start)


class _Recognition:
    """The names found so far; each way of finding them adds its own, and a token belongs to the first that takes it."""

    def __init__(self, parsed: ParsedText, lexicon: PeopleLexicon, settings: NameSettings) -> None:
        self.names: list[Name] = []
        self._parsed = parsed
        self._doc: Doc = parsed.doc
        self._lexicon = lexicon
        self._settings = settings
        # Who labels mean is decided apart.
        self._taken = bytearray(parsed.in_label)
        self._extents = NameExtents(parsed.doc, lexicon, self._taken, settings)

    def add_listed(self, names: Iterable[Name]) -> None:
        """Names that are known beforehand, as they stand."""
        names = list(names)
        for name in names:
            self._taken[name.start : name.end] = b"\1" * (name.end - name.start)
        self.names.extend(evolve(name, titles=self._extents.titles_before(name.start)) for name in names)

    def add_capitals(self, sources: Iterable[TextSpans]) -> None:
        """The people of sources all in capitals, where the parts of speech are of little use: "DR. JANE DOE"."""
        longest = self._settings.max_person_tokens
        for spans in sources:
            tokens = self._parsed.words(spans)
            first = next((n for n, t in enumerate(tokens) if not is_title_word(t.text, self._lexicon)), len(tokens))
            words = tokens[first:]
            if not FULL_NAME <= len(words) <= longest or words[-1].i - words[0].i >= longest:
                continue
            is_known = self._lexicon.is_given_name(words[0].text) and fold(words[-1].text) not in self._lexicon.bodies
            if is_known and all(token.is_upper and token.pos_ not in CLOSED_CLASSES for token in words):
                self._add(TokenRange(words[0].i, words[-1].i + 1), EntityKind.PERSON)

    def add_nicknamed(self) -> None:
        """Names with a nickname between marks, which the recognizer cuts in two: 'Edwin “Buzz” Aldrin'."""
        longest = self._settings.max_nickname_tokens
        for token in self._doc:
            if token.text not in NICKNAME_OPENINGS or token.i == 0:
                continue
            end = token.i + 1
            while end < len(self._doc) and end - token.i <= longest and is_capitalised(self._doc[end]):
                end += 1
            if token.i + 1 < end < len(self._doc) - 1 and self._doc[end].text in NICKNAME_CLOSINGS:
                self._add_nicknamed(token.i, end)

    def _add_nicknamed(self, opening: int, closing: int) -> None:
        """The given names before the marks, the nickname and the family name after it, if all are there."""
        start, end = self._before(opening), self._extents.run_end(closing + 1)
        while start < opening and is_title_word(self._doc[start].text, self._lexicon):
            start += 1
        if start < opening and end > closing + 1:
            self._add(TokenRange(start, end), EntityKind.PERSON, left_out=range(opening, closing + 1))

    def add_apposed(self) -> None:
        """Capitalised words that an apposition calls a person: "Valeria Lyon, a nurse from Oslo"."""
        for noun in (t for t in self._doc if t.dep_ == "appos" and fold(t.lemma_) in self._lexicon.person_nouns):
            end = noun.head.i + 1
            start = self._before(end)
            if end - start == FULL_NAME and end < len(self._doc) and self._doc[end].text == ",":
                self._add_person(TokenRange(start, end))

    def _before(self, end: int) -> int:
        """The start of the proper nouns that end right before a token; `end` where there are none."""
        start = end
        while start > 0 and end - start < self._settings.max_person_tokens and self._extents.completes(start - 1):
            start -= 1
        return start

    def add_entities(self) -> None:
        """The recognizer's entities: cut at words that aren't of the name, and completed."""
        for entity in (line for whole in self._doc.ents for line in _lines(whole)):
            kind = LABEL_KINDS.get(entity.label_)
            tokens = TokenRange(entity.start, entity.end)
            if kind is EntityKind.PERSON or (kind is not None and self._is_person(entity)):
                if self._ends_as_body(entity):
                    self._add_body(tokens, EntityKind.ORGANIZATION)
                    continue
                for person in self._extents.people(tokens):
                    self._add_person(person)
            elif kind is not None and not _is_adjective(entity) and not self._is_common(entity):
                self._add_body(tokens, kind)

    def add_acronyms(self) -> None:
        """What stands in brackets after a body's name and begins as that does, here and wherever it stands again."""
        acronyms = set()
        for name in self.names:
            start = name.end + 1
            if name.kind not in {EntityKind.ORGANIZATION, EntityKind.PLACE} or len(name.words) == 1:
                continue
            if start + 1 < len(self._doc) and self._doc[start - 1].text == "(" and self._doc[start + 1].text == ")":
                short = self._doc[start].text
                if sum(map(str.isupper, short)) > 1 and fold(short[0]) == fold(name.words[0][0]):
                    acronyms.add(short)
        for token in self._doc:
            if token.text in acronyms:
                self._add(TokenRange(token.i, token.i + 1), EntityKind.ORGANIZATION)

    def add_titled(self) -> None:
        """Capitalised words after a title or a given name: "Mr. Okafor", "Ngozi Okafor"."""
        for token in self._doc:
            if self._taken[token.i] or not is_capitalised(token) or token.i + 1 >= len(self._doc):
                continue
            is_title = fold(token.text) in self._lexicon.titles and is_title_word(token.text, self._lexicon)
            first = token.i + 1 if is_title else token.i
            is_date = fold(token.text) in self._lexicon.calendar and token.nbor(1).like_num
            if not is_title and (is_date or not self._lexicon.is_given_name(token.text)):
                continue
            end = self._extents.run_end(first)
            if end > token.i + 1 or (not is_title and token.pos_ == "PROPN"):
                self._add_person(TokenRange(first, end))

    def add_sources(self, sources: Iterable[TextSpans]) -> None:
        """The capitalised words at the head of a source: "Latvian journalist Dainis Ivans"."""
        for spans in sources:
            tokens = [self._doc[i] for span in spans for i in self._parsed.tokens(span)]
            run: list[Token] = []
            for token in reversed(first_segment(tokens, {})):
                if not self._may_end_source(token) or len(run) >= self._settings.max_person_tokens:
                    break
                run.append(token)
            while run and is_title_word(run[-1].text, self._lexicon):
                run.pop()
            if run and not any(self._taken[token.i] for token in run):
                is_body = fold(run[0].text) in self._lexicon.bodies
                kind = EntityKind.ORGANIZATION if is_body else EntityKind.PERSON
                self._add(TokenRange(run[-1].i, run[0].i + 1), kind)

    def add_known_people(self) -> None:
        """Names, in full or by family name, of people whom the recognizer or a label has only elsewhere."""
        labelled = find_label_words(self._parsed, self._lexicon)
        people = [name.words for name in self.names if name.kind is EntityKind.PERSON and len(name.words) > 1]
        people += [words for words in labelled if len(words) > 1]
        families = {fold(words[-1]) for words in people} | {fold(words[0]) for words in labelled}
        full = {(fold(words[0]), fold(words[-1])) for words in people if len(words) == FULL_NAME}
        for token in self._doc:
            if self._taken[token.i] or not is_capitalised(token) or len(token) < self._settings.min_family_letters:
                continue
            after = token.i + 1
            if after < len(self._doc) and (fold(token.text), fold(self._doc[after].text)) in full:
                self._add(TokenRange(token.i, after + 1), EntityKind.PERSON)
            elif fold(token.text) in families and (token.pos_ == "PROPN" or token.is_upper):
                self._add(TokenRange(token.i, after), EntityKind.PERSON)

    def _is_person(self, entity: Span) -> bool:
        """Whether an entity of another label is a person's name by its first words."""
        if entity.label_ == "NORP" or not 1 < len(entity) <= self._settings.max_person_tokens:
            return False
        first, last = entity[0].text, entity[-1].text
        if fold(last) in self._lexicon.bodies or not all(is_capitalised(token) for token in entity):
            return False
        return self._lexicon.is_given_name(first) or (entity.label_ != "ORG" and fold(first) in self._lexicon.titles)

    def _ends_as_body(self, entity: Span) -> bool:
        """Whether what the recognizer calls a person ends like a body: "Oslo News"."""
        is_body = len(entity) > 1 and fold(entity[-1].text) in self._lexicon.generic_bodies
        return is_body and not self._lexicon.is_given_name(entity[0].text)

    def _is_common(self, entity: Span) -> bool:
        """Whether the entity is a common noun with a capital: "the Republican", "the Bank"."""
        if len(entity) > 1 + (entity[0].pos_ == "DET"):
            return False
        noun = fold(entity[-1].text)
        is_member = noun in self._lexicon.parties and noun in self._lexicon.person_nouns
        return is_member or (entity.label_ == "ORG" and noun in self._lexicon.generic_bodies)

    def _may_end_source(self, token: Token) -> bool:
        """Whether the word may belong to a name at the end of a source: no role noun, document or plural."""
        if not is_capitalised(token) or token.pos_ not in {"PROPN", "NOUN", "ADJ", "X"}:
            return False
        key = fold(token.lemma_)
        nouns = (self._lexicon.person_nouns, self._lexicon.documents, self._lexicon.demonyms)
        return token.tag_ not in PLURAL_TAGS and len(token) > 1 and not any(key in known for known in nouns)

    def _add_person(self, tokens: TokenRange) -> None:
        person = self._extents.person(tokens)
        if person:
            self._add(person, EntityKind.PERSON)

    def _add_body(self, tokens: TokenRange, kind: EntityKind) -> None:
        body = self._extents.body(tokens)
        if body is not None:
            self._add(body, kind)

    def _add(self, tokens: TokenRange, kind: EntityKind, *, left_out: range = range(0)) -> None:
        start, end = tokens.start, tokens.end
        while end - start > 1 and self._doc[end - 1].text in POSSESSIVES:
            end -= 1
        if any(self._taken[start:end]) or all(fold(t.text) in self._lexicon.title_roles for t in self._doc[start:end]):
            return
        self._taken[start:end] = b"\1" * (end - start)
        kept = "".join(token.text_with_ws for token in self._doc[start:end] if token.i not in left_out)
        self.names.append(Name(start, end, tuple(kept.split()), self._extents.titles_before(start), kind))


def _lines(entity: Span) -> Iterator[Span]:
    """The entity, cut where lines break: a name doesn't run over them."""
    start = entity.start
    for token in entity:
        if token.is_space:
            if token.i > start:
                yield Span(entity.doc, start, token.i, label=entity.label)
            start = token.i + 1
    if start < entity.end:
        yield Span(entity.doc, start, entity.end, label=entity.label)


def _is_adjective(entity: Span) -> bool:
    """Whether the entity describes a noun: "Russian gas"."""
    last = entity[-1]
    return entity.label_ == "NORP" and (last.pos_ == "ADJ" or last.dep_ in {"amod", "compound"})


def find_unrecognized(
    parsed: ParsedText, names: Sequence[Name], lexicon: PeopleLexicon, settings: NameSettings
) -> list[Name]:
    """The names of kind OTHER beside those found, in text order; linear in the tokens.

    A word is one if at some place of the text it is the subject of a verb or owns something, and the text writes it
    with a capital letter everywhere. Pronouns that take these names up may show what they name.
    """
    taken = {token for name in names for token in range(name.start, name.end)}
    taken.update(token for token, is_label in enumerate(parsed.in_label) if is_label)
    small = {token.lower_ for token in parsed.doc if token.text.islower()}
    found = [
        token
        for token in parsed.doc
        if token.i not in taken and not parsed.is_furniture(token.i) and _may_name_somebody(token, lexicon, small)
    ]
    actors = {fold(token.text) for token in found if token.dep_ in ACTORS}
    return [_unrecognized(token, taken, settings) for token in found if fold(token.text) in actors]


def _may_name_somebody(token: Token, lexicon: PeopleLexicon, small: set[str]) -> bool:
    if token.dep_ not in PARTICIPANTS or token.ent_type_ not in UNSURE_LABELS:
        return False
    if token.pos_ != "PROPN" and not _is_bare_subject(token, lexicon):
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


def _is_bare_subject(token: Token, lexicon: PeopleLexicon) -> bool:
    """Whether a rare word, which the tagger took for a noun, stands alone before a verb: "Birgit sat"."""
    is_rare = token.tag_ == "NN" and token.dep_ == "nsubj" and token.lower_ not in lexicon.ordinary
    return is_rare and token.left_edge.i == token.right_edge.i


def _unrecognized(token: Token, taken: set[int], settings: NameSettings) -> Name:
    """The name with that last word, and the proper nouns before it that depend on it."""
    start = token.i
    for index in range(token.i - 1, max(token.i - settings.max_unrecognized_tokens, -1), -1):
        before = token.doc[index]
        if before.i in taken or not is_capitalised(before) or before.pos_ != "PROPN" or before.head.i != token.i:
            break
        start = before.i
    words = tuple(word.text for word in token.doc[start : token.i + 1])
    return Name(start, token.i + 1, words, (), EntityKind.OTHER)
