"""The names in a Doc: what its entity recognizer found, mended, and what it missed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen
from spacy.tokens import Doc, Span, Token

from quotesmith.lexicon.gazetteer import GazetteerEntry
from quotesmith.lexicon.names import POSSESSIVES, is_title_word
from quotesmith.lexicon.people import PeopleLexicon, fold
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, TextSpans
from quotesmith.speakers.noun_phrases import first_segment

KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "NORP": EntityKind.GROUP,
}
LONGEST_PERSON = 7
# Headings write verbs with capitals too: "Okafor Breaks With Lindqvist".
CLAUSE_WORDS = frozenset({"VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PRON", "DET", "ADV", "PART"})
BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE})
CLOSED_CLASSES = CLAUSE_WORDS - {"VERB", "ADV"}
HYPHENS, BRACKETS = frozenset({"-", "‐", "‑"}), frozenset({"(", "["})
OF = frozenset({"of", "for"})
NICKNAME_OPENINGS, NICKNAME_CLOSINGS = frozenset("“\"'‘("), frozenset("”\"'’)")
NICKNAME_WORDS = 2
FULL_NAME = 2
SHORTEST_NAME = 2
MIN_BEFORE_SYLLABLE = 2
HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "appos", "attr"})
ACTING = frozenset({"nsubj", "nsubjpass", "poss", "dobj", "pobj", "conj"})
CERTAIN = frozenset({"nsubj", "nsubjpass", "poss"})
# What a recognizer calls a product or a work may be somebody it doesn't know.
UNSURE = frozenset({"", "PRODUCT", "WORK_OF_ART"})
LONGEST = 3


@frozen
class Name:
    """A proper name at one place of the Doc.

    Attributes:
        start: Index of its first token, after titles and articles.
        end: Index after its last token, without the possessive ending.
        words: Its words, without titles; of a listed name, those of the entry's name.
        titles: The titles before it.
        kind: What sort of thing it seems to name.
        entry: The gazetteer's entry that lists it.
    """

    start: int
    end: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    kind: EntityKind
    entry: GazetteerEntry | None = None


def find_names(
    parsed: ParsedText, sources: Iterable[TextSpans], lexicon: PeopleLexicon, listed: Iterable[Name] = ()
) -> list[Name]:
    """The names of the Doc, apart from each other, in text order.

    Args:
        parsed: The text.
        sources: The source spans of the attributions, which hold names that the recognizer may have missed.
        lexicon: Titles and given names.
        listed: Names that a gazetteer found, which win over all others; their titles are still to find.
    """
    finder = _NameFinder(parsed, lexicon)
    finder.take_listed(listed)
    finder.take_capitals(sources)
    finder.take_nicknamed()
    finder.take_apposed()
    finder.take_entities()
    finder.take_acronyms()
    finder.take_titled()
    finder.take_sources(sources)
    finder.take_known_people()
    return sorted(finder.names, key=lambda name: name.start)


class _NameFinder:
    """Takes names one way after another; a token belongs to the first name that takes it."""

    def __init__(self, parsed: ParsedText, lexicon: PeopleLexicon) -> None:
        self.names: list[Name] = []
        self._parsed = parsed
        self._doc: Doc = parsed.doc
        self._lexicon = lexicon
        self._taken = bytearray(len(parsed.doc))

    def take_listed(self, names: Iterable[Name]) -> None:
        """Names that are known beforehand, as they stand."""
        names = list(names)
        for name in names:
            self._taken[name.start : name.end] = b"\1" * (name.end - name.start)
        self.names.extend(evolve(name, titles=self._titles_before(name.start)) for name in names)

    def take_capitals(self, sources: Iterable[TextSpans]) -> None:
        """The people of sources all in capitals, where the parts of speech tell little: "DR. JANE DOE"."""
        for spans in sources:
            tokens = self._parsed.words(spans)
            first = next((n for n, t in enumerate(tokens) if not is_title_word(t.text, self._lexicon)), len(tokens))
            words = tokens[first:]
            if not FULL_NAME <= len(words) <= LONGEST_PERSON or words[-1].i - words[0].i >= LONGEST_PERSON:
                continue
            known = self._lexicon.is_given_name(words[0].text) and fold(words[-1].text) not in self._lexicon.bodies
            if known and all(self._is_capital_name(token) for token in words):
                self._take(words[0].i, words[-1].i + 1, EntityKind.PERSON)

    def _is_capital_name(self, token: Token) -> bool:
        return token.is_upper and token.pos_ not in CLOSED_CLASSES

    def take_nicknamed(self) -> None:
        """Names with a nickname between marks, which the recognizer cuts in two: 'Edwin “Buzz” Aldrin'."""
        for token in self._doc:
            if token.text not in NICKNAME_OPENINGS or token.i == 0:
                continue
            end = token.i + 1
            while end < len(self._doc) and end - token.i <= NICKNAME_WORDS and is_capitalised(self._doc[end]):
                end += 1
            if token.i + 1 < end < len(self._doc) - 1 and self._doc[end].text in NICKNAME_CLOSINGS:
                self._take_nicknamed(token.i, end)

    def _take_nicknamed(self, opening: int, closing: int) -> None:
        """The given names before the marks, the nickname and the family name after it, if all are there."""
        start, end = opening, self._run_end(closing + 1)
        while start > 0 and opening - start < LONGEST_PERSON and self._completes(start - 1):
            start -= 1
        while start < opening and is_title_word(self._doc[start].text, self._lexicon):
            start += 1
        if start < opening and end > closing + 1:
            self._take(start, end, EntityKind.PERSON, left_out=range(opening, closing + 1))

    def take_apposed(self) -> None:
        """Capitalised words that an apposition calls a person: "Valeria Lyon, a nurse from Oslo"."""
        for noun in (t for t in self._doc if t.dep_ == "appos" and fold(t.lemma_) in self._lexicon.person_nouns):
            end = start = noun.head.i + 1
            while start > 0 and end - start < LONGEST_PERSON and self._completes(start - 1):
                start -= 1
            if end - start == FULL_NAME and end < len(self._doc) and self._doc[end].text == ",":
                self._take_person(start, end)

    def take_entities(self) -> None:
        """The recognizer's entities: cut at words that aren't of the name, and completed."""
        for entity in (line for whole in self._doc.ents for line in _lines(whole)):
            kind = KINDS.get(entity.label_)
            if kind is EntityKind.PERSON or (kind is not None and self._is_person(entity)):
                if self._ends_as_body(entity):
                    self._take_body(entity.start, entity.end, EntityKind.ORGANIZATION)
                    continue
                for start, end in self._person_runs(entity.start, entity.end):
                    self._take_person(start, end)
            elif kind is not None and not self._describes(entity) and not self._is_common(entity):
                self._take_body(entity.start, entity.end, kind)

    def take_acronyms(self) -> None:
        """What stands in brackets after a body's name and begins as that does, here and wherever it stands again."""
        opened = {name.end + 1: name.words for name in self.names if name.kind in BODIES and len(name.words) > 1}
        acronyms = set()
        for start, words in opened.items():
            if start + 1 < len(self._doc) and self._doc[start - 1].text == "(" and self._doc[start + 1].text == ")":
                short = self._doc[start].text
                if sum(map(str.isupper, short)) > 1 and fold(short[0]) == fold(words[0][0]):
                    acronyms.add(short)
        for token in self._doc:
            if token.text in acronyms:
                self._take(token.i, token.i + 1, EntityKind.ORGANIZATION)

    def take_titled(self) -> None:
        """Capitalised words after a title or a given name: "Mr. Okafor", "Ngozi Okafor"."""
        for token in self._doc:
            if self._taken[token.i] or not is_capitalised(token) or token.i + 1 >= len(self._doc):
                continue
            is_title = fold(token.text) in self._lexicon.titles and is_title_word(token.text, self._lexicon)
            first = token.i + 1 if is_title else token.i
            is_date = fold(token.text) in self._lexicon.calendar and token.nbor(1).like_num
            if not is_title and (is_date or not self._lexicon.is_given_name(token.text)):
                continue
            end = self._run_end(first)
            if end > token.i + 1 or (not is_title and token.pos_ == "PROPN"):
                self._take_person(first, end)

    def take_sources(self, sources: Iterable[TextSpans]) -> None:
        """The capitalised words at the head of a source: "Latvian journalist Dainis Ivans"."""
        for spans in sources:
            tokens = [self._doc[i] for span in spans for i in self._parsed.tokens(span)]
            run: list[Token] = []
            for token in reversed(first_segment(tokens, {})):
                if not self._is_name_word(token) or len(run) >= LONGEST_PERSON:
                    break
                run.append(token)
            while run and is_title_word(run[-1].text, self._lexicon):
                run.pop()
            if run and not any(self._taken[token.i] for token in run):
                body = fold(run[0].text) in self._lexicon.bodies
                kind = EntityKind.ORGANIZATION if body else EntityKind.PERSON
                self._take(run[-1].i, run[0].i + 1, kind)

    def take_known_people(self) -> None:
        """Names, in full or by family name, of people whom the recognizer found only elsewhere."""
        people = [name.words for name in self.names if name.kind is EntityKind.PERSON and len(name.words) > 1]
        families = {fold(words[-1]) for words in people}
        full = {(fold(words[0]), fold(words[-1])) for words in people if len(words) == FULL_NAME}
        for token in self._doc:
            if self._taken[token.i] or not is_capitalised(token) or len(token) < SHORTEST_NAME:
                continue
            after = token.i + 1
            if after < len(self._doc) and (fold(token.text), fold(self._doc[after].text)) in full:
                self._take(token.i, after + 1, EntityKind.PERSON)
            elif fold(token.text) in families and (token.pos_ == "PROPN" or token.is_upper):
                self._take(token.i, after, EntityKind.PERSON)

    def _is_person(self, entity: Span) -> bool:
        """Whether an entity of another label is a person's name by its first words."""
        if entity.label_ == "NORP" or not 1 < len(entity) <= LONGEST_PERSON:
            return False
        first, last = entity[0].text, entity[-1].text
        if fold(last) in self._lexicon.bodies or not all(is_capitalised(token) for token in entity):
            return False
        return self._lexicon.is_given_name(first) or (entity.label_ != "ORG" and fold(first) in self._lexicon.titles)

    def _ends_as_body(self, entity: Span) -> bool:
        """Whether what the recognizer calls a person ends like a body: "Oslo News"."""
        is_body = len(entity) > 1 and fold(entity[-1].text) in self._lexicon.generic_bodies
        return is_body and not self._lexicon.is_given_name(entity[0].text)

    def _describes(self, entity: Span) -> bool:
        """Whether the entity is an adjective: "Russian gas"."""
        last = entity[-1]
        return entity.label_ == "NORP" and (last.pos_ == "ADJ" or last.dep_ in {"amod", "compound"})

    def _is_common(self, entity: Span) -> bool:
        """Whether the entity is a common noun with a capital: "the Republican", "the Bank"."""
        if len(entity) > 1 + (entity[0].pos_ == "DET"):
            return False
        noun = fold(entity[-1].text)
        member = noun in self._lexicon.parties and noun in self._lexicon.person_nouns
        return member or (entity.label_ == "ORG" and noun in self._lexicon.generic_bodies)

    def _person_runs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The capitalised stretches: "Xi Jinping on Tuesday" has one, "Trump and Clinton" two."""
        position, joined = start, True
        while position < end:
            if not is_capitalised(self._doc[position]):
                joined = self._doc[position].text in {"and", "&", ","}
                position += 1
                continue
            stop = self._run_end(position, limit=end)
            if joined:
                yield position, stop
            position, joined = max(stop, position + 1), False

    def _run_end(self, start: int, *, limit: int | None = None) -> int:
        """The end of the capitalised words from `start` on, small words inside them included."""
        limit = min(start + LONGEST_PERSON, len(self._doc)) if limit is None else limit
        end = position = start
        while position < limit and not self._taken[position]:
            token = self._doc[position]
            if self._names_person(token, first=position == start) or self._ends_hyphened(position):
                end = position + 1
            elif position == start or not self._joins(token):
                break
            position += 1
        return end

    def _names_person(self, token: Token, *, first: bool) -> bool:
        if not is_capitalised(token) or fold(token.text) in self._lexicon.calendar:
            return False
        return token.pos_ not in CLAUSE_WORDS or (first and self._lexicon.is_given_name(token.text))

    def _ends_hyphened(self, index: int) -> bool:
        """Whether the word is the small second part of a given name: "hye" in "Park Geun-hye"."""
        token = self._doc[index]
        if index < MIN_BEFORE_SYLLABLE or not token.text.islower() or not self._is_hyphen(self._doc[index - 1]):
            return False
        named = token.ent_type_ == "PERSON" and token.ent_iob_ == "I" and token.pos_ not in {"ADJ", "VERB"}
        # The head of a phrase, unlike "era" in "the Ngozi Okafor-era rules", after two words of a name.
        family = index > MIN_BEFORE_SYLLABLE and self._doc[index - 3].ent_type_ == "PERSON"
        head = family and token.pos_ == "NOUN" and token.dep_ in HEADS
        return is_capitalised(self._doc[index - 2]) and (named or head or token.pos_ == "PROPN")

    def _is_hyphen(self, token: Token) -> bool:
        """Whether the token joins the words beside it, no space between them."""
        return token.text in HYPHENS and token.i > 0 and not (token.whitespace_ or token.nbor(-1).whitespace_)

    def _joins(self, token: Token) -> bool:
        """Whether the token can stand inside a person's name: "bin", or the hyphen of "Crouse-Mays"."""
        return fold(token.text) in self._lexicon.particles or self._is_hyphen(token)

    def _take_person(self, start: int, end: int) -> None:
        """A person's name, without titles; with a given name before it and a last word after it."""
        while end - start > 1 and self._is_title(start, end):
            start += 1
        if start > 0 and self._completes(start - 1) and self._lexicon.is_given_name(self._doc[start - 1].text):
            start -= 1
        start = max((i + 1 for i in range(start, end - 1) if self._is_office(self._doc[i])), default=start)
        last = self._doc[end - 1]
        if end < len(self._doc) and self._completes(end) and last.dep_ == "compound" and last.head.i == end:
            end += 1
        while end + 1 < len(self._doc) and self._joins(self._doc[end]) and self._goes_on(end + 1):
            end += 2
        if end > start:
            self._take(start, end, EntityKind.PERSON)

    def _is_title(self, index: int, end: int) -> bool:
        """Whether a title stands at the index; "Earl" behind "Gov." and before two words is a given name."""
        word = self._doc[index].text
        if fold(word) in self._lexicon.given_titles and index > 0 and end - index > FULL_NAME:
            return fold(self._doc[index - 1].text) not in self._lexicon.titles
        return is_title_word(word, self._lexicon)

    def _is_office(self, token: Token) -> bool:
        """Whether the person's name begins after the word: "Acme CEO Jane Roe"."""
        key = fold(token.text)
        known = key in self._lexicon.person_nouns or key in self._lexicon.bodies
        return known and not self._lexicon.is_given_name(token.text)

    def _goes_on(self, index: int) -> bool:
        return self._completes(index) or (not self._taken[index] and self._ends_hyphened(index))

    def _completes(self, index: int) -> bool:
        token = self._doc[index]
        return not self._taken[index] and token.pos_ == "PROPN" and is_capitalised(token)

    def _take_body(self, start: int, end: int, kind: EntityKind) -> None:
        end = next((i for i in range(start + 1, end) if self._doc[i].text in BRACKETS), end)
        while start < end and not self._is_part(self._doc[start]):
            start += 1
        while end > start and not (self._is_part(self._doc[end - 1]) and self._adds(self._doc[end - 1])):
            end -= 1
        if any(token.text[:1].isupper() or token.text[:1].isdigit() for token in self._doc[start:end]):
            self._take(start, self._body_end(start, end), kind)

    def _body_end(self, start: int, end: int) -> int:
        """The end of a body's name with the words behind "of" or "for" that the recognizer left out."""
        behind = end + 1 if end < len(self._doc) and fold(self._doc[end].text) in OF else end
        if behind == end or not any(fold(token.text) in self._lexicon.bodies for token in self._doc[start:end]):
            return end
        behind += behind < len(self._doc) and fold(self._doc[behind].text) == "the"
        stop = behind
        while stop < min(len(self._doc), behind + LONGEST_PERSON) and self._completes_body(self._doc[stop]):
            stop += 1
        return stop if stop > behind else end

    def _completes_body(self, token: Token) -> bool:
        capital = is_capitalised(token) and token.pos_ in {"PROPN", "ADJ"}
        return capital and token.ent_type_ != "PERSON" and not self._taken[token.i]

    def _is_part(self, token: Token) -> bool:
        """Whether a name can begin and end with the token."""
        key = fold(token.text)
        return token.text[:1].isalnum() and key != "the" and key not in self._lexicon.calendar

    def _adds(self, token: Token) -> bool:
        """Whether a last word belongs to a body's name: "agency" in "Xinhua news agency" doesn't."""
        return is_capitalised(token) or fold(token.text) not in self._lexicon.generic_bodies

    def _is_name_word(self, token: Token) -> bool:
        if not is_capitalised(token) or token.pos_ not in {"PROPN", "NOUN", "ADJ", "X"}:
            return False
        key = fold(token.lemma_)
        nouns = (self._lexicon.person_nouns, self._lexicon.documents, self._lexicon.demonyms)
        return token.tag_ not in {"NNS", "NNPS"} and len(token) > 1 and not any(key in known for known in nouns)

    def _take(self, start: int, end: int, kind: EntityKind, *, left_out: range = range(0)) -> None:
        while end - start > 1 and self._doc[end - 1].text in POSSESSIVES:
            end -= 1
        if any(self._taken[start:end]) or all(fold(t.text) in self._lexicon.title_roles for t in self._doc[start:end]):
            return
        self._taken[start:end] = b"\1" * (end - start)
        kept = "".join(token.text_with_ws for token in self._doc[start:end] if token.i not in left_out)
        words = tuple(kept.split())
        self.names.append(Name(start, end, words, self._titles_before(start), kind))

    def _titles_before(self, start: int) -> tuple[str, ...]:
        first = start
        while first > 0 and start - first < LONGEST_PERSON and not self._taken[first - 1]:
            if not is_title_word(self._doc[first - 1].text, self._lexicon):
                break
            first -= 1
        return tuple(token.text for token in self._doc[first:start])


def is_capitalised(token: Token) -> bool:
    """Whether the word begins with a capital letter."""
    return token.text[:1].isupper()


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


def find_unrecognized(parsed: ParsedText, names: Sequence[Name], lexicon: PeopleLexicon) -> list[Name]:
    """The names of kind OTHER that stand beside those found, in text order; linear in the tokens.

    A word counts where it is the subject of a verb or owns something at some place of the text, and is written with a
    capital letter at each. What they name, the pronouns that take them up may tell.
    """
    taken = {token for name in names for token in range(name.start, name.end)}
    small = {token.lower_ for token in parsed.doc if token.text.islower()}
    found = [token for token in parsed.doc if token.i not in taken and _is_name(token, lexicon, small)]
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
