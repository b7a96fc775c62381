"""The names in a Doc: what its entity recognizer found, corrected, and what it missed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve, frozen
from spacy.tokens import Doc, Span, Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.gazetteer import GazetteerEntry
from quotesmith.lexicon.names import POSSESSIVES, is_title_word, without_article
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.marks import CLOSING_CHARACTERS, OPENING_CHARACTERS
from quotesmith.parsed_text import ParsedText, TokenRange
from quotesmith.records import EntityKind, TextSpan, TextSpans
from quotesmith.speakers.names.extents import FULL_NAME, UNSURE_LABELS, NameExtents, is_capitalised
from quotesmith.speakers.names.labels import find_label_words
from quotesmith.speakers.noun_phrases import (
    ACTORS,
    CLOSED_CLASSES,
    HYPHENS,
    PARTICIPANTS,
    PLURAL_TAGS,
    first_segment,
    is_indefinite,
)
from quotesmith.speakers.settings import NameSettings

LABEL_KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "NORP": EntityKind.GROUP,
}
NameKinds: TypeAlias = Mapping[TextSpan, EntityKind]
"""What another reader of a text takes the names in it for; by start, the longer before those inside them."""
NICKNAME_OPENINGS, NICKNAME_CLOSINGS = OPENING_CHARACTERS | {"("}, CLOSING_CHARACTERS | {")"}


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
    *,
    kinds: NameKinds | None = None,
) -> list[Name]:
    """The names of people, bodies, places and groups, in text order; no two share a token.

    Args:
        parsed: The text.
        sources: The source spans of the attributions, which hold names that the recognizer may have missed.
        lexicon: Titles and given names.
        listed: Names that a gazetteer found, which win over all others; their titles are still to find.
        settings: Thresholds.
        kinds: What the encoder takes names for; None without one.
    """
    found = _Recognition(parsed, lexicon, settings)
    found.add_listed(name for name in listed if not any(parsed.in_label[name.start : name.end]))
    found.add_capitals(sources)
    found.add_nicknamed()
    found.add_apposed()
    found.add_stems()
    found.add_told()
    found.add_entities(parsed.doc.ents)
    found.add_bodies()
    found.add_acronyms()
    found.add_titled()
    found.add_sources(sources)
    found.add_known_people()
    found.add_confirmed(kinds or {})
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

    def add_entities(self, entities: Iterable[Span]) -> None:
        """Entities with a recognizer's labels, whoever found them: cut at words that aren't of the name, and completed.

        Of two that share a token the first counts.
        """
        for entity in (line for whole in entities for line in _lines(whole)):
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

    def add_bodies(self) -> None:
        """The proper nouns that "of" joins to those that end in a body's noun: "Port of Holm Authority"."""
        for token in self._doc:
            if token.pos_ != "PROPN" or fold(token.text) not in self._lexicon.bodies:
                continue
            start = self._before(token.i + 1)
            if start < token.i and self._extents.body_start(start, token.i + 1) < start:
                self._add_body(TokenRange(start, token.i + 1), EntityKind.ORGANIZATION)

    def add_stems(self) -> None:
        """Bodies' names without the legal form that stands elsewhere: "Oslo Marine" beside "Oslo Marine AB"."""
        forms = self._lexicon.names.legal_forms
        stems = {
            tuple(word.text for word in self._doc[entity.start : entity.end - 1])
            for entity in self._doc.ents
            if entity.label_ == "ORG" and len(entity) > FULL_NAME and fold(entity[-1].text) in forms
        }
        for tokens in self._written(stems):
            behind = self._doc[tokens.end : tokens.end + 1]
            is_whole = not behind or fold(behind[0].text) not in forms
            if is_whole:
                self._add(tokens, EntityKind.ORGANIZATION)

    def add_told(self) -> None:
        """Other names of bodies that the recognizer cuts in two, where they are told and elsewhere: "Russia Today"."""
        told = set()
        for token in self._doc:
            before = self._doc[max(0, token.i - 1)]
            is_told = fold(token.text) in self._lexicon.aliases.prepositions and fold(before.text) == "known"
            if not is_told and fold(token.text) not in self._lexicon.aliases.former:
                continue
            start = end = token.i + 1
            while (
                end < len(self._doc) and end - start < self._settings.max_person_tokens and self._extents.completes(end)
            ):
                end += 1
            run = self._doc[start:end]
            # A place where somebody is born has one label.
            is_cut = len({word.ent_type_ for word in run}) > 1
            if is_cut and not any(map(self._is_of_person, run)):
                told.add(tuple(word.text for word in self._doc[start:end]))
        for tokens in self._written(told):
            self._add(tokens, EntityKind.ORGANIZATION)

    def _is_of_person(self, token: Token) -> bool:
        """Whether a word shows that those beside it are no body's name, but a person's, an office or a date."""
        key, lexicon = fold(token.text), self._lexicon
        is_role = key in lexicon.person_nouns or key in lexicon.titles or key in lexicon.title_modifiers
        return is_role or token.ent_type_ == "PERSON" or lexicon.is_given_name(token.text) or self._is_date(token)

    def _is_date(self, token: Token) -> bool:
        return fold(token.text) in self._lexicon.calendar and token.i + 1 < len(self._doc) and token.nbor(1).like_num

    def _written(self, forms: Collection[tuple[str, ...]]) -> Iterator[TokenRange]:
        """The places where the text has one of the forms; of two that begin alike the longer one counts."""
        sizes: dict[str, int] = {}
        for form in forms:
            sizes[form[0]] = max(len(form), sizes.get(form[0], 0))
        for token in self._doc if sizes else ():
            end = token.i + sizes.get(token.text, 0)
            if tuple(word.text for word in self._doc[token.i : end]) in forms:
                yield TokenRange(token.i, end)

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
            is_month = fold(token.text) in self._lexicon.calendar
            is_date = (is_month and token.nbor(1).like_num) or (
                token.ent_type_ == "DATE" and not is_capitalised(token.nbor(1))
            )
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
            is_free = run and not any(self._taken[token.i] for token in run)
            if is_free and not self._is_cut(run) and not self._is_office(run, tokens):
                is_body = fold(run[0].text) in self._lexicon.bodies
                kind = EntityKind.ORGANIZATION if is_body else EntityKind.PERSON
                self._add(TokenRange(run[-1].i, run[0].i + 1), kind)

    def add_known_people(self) -> None:
        """Names, in full or by family name, of people whom the recognizer or a label has only elsewhere."""
        labelled = find_label_words(self._parsed, self._lexicon)
        people = [name.words for name in self.names if name.kind is EntityKind.PERSON and len(name.words) > 1]
        people += [words for words in labelled if len(words) > 1]
        families = {fold(words[-1]) for words in people} | {fold(words[0]) for words in labelled}
        families |= {without_article(family, self._lexicon) for family in families}
        full = {(fold(words[0]), fold(words[-1])) for words in people if len(words) == FULL_NAME}
        for token in self._doc:
            if self._taken[token.i] or not is_capitalised(token) or len(token) < self._settings.min_family_letters:
                continue
            after = token.i + 1
            if after < len(self._doc) and (fold(token.text), fold(self._doc[after].text)) in full:
                self._add(TokenRange(token.i, after + 1), EntityKind.PERSON)
            elif fold(token.text) in families and (token.pos_ == "PROPN" or token.is_upper):
                self._add(TokenRange(token.i, after), EntityKind.PERSON)

    def add_confirmed(self, kinds: NameKinds) -> None:
        """Names of people found elsewhere, where the encoder sees a person: "Owl" in "“Go on, Owl!” said Roe".

        Its other names stay out: of those that nobody else finds, few are people, in news and in novels.
        """
        people = {tuple(map(fold, name.words)) for name in self.names if name.kind is EntityKind.PERSON}
        for span, kind in kinds.items():
            tokens = self._parsed.words((span,)) if kind is EntityKind.PERSON else []
            while len(tokens) > 1 and is_title_word(tokens[0].text, self._lexicon):
                tokens = tokens[1:]
            words = tuple(fold(token.text) for token in tokens)
            is_title = all(word in self._lexicon.titles for word in words)
            if words in people and not is_title and all(map(is_capitalised, tokens)):
                self._add(TokenRange(tokens[0].i, tokens[-1].i + 1), EntityKind.PERSON)

    def _is_person(self, entity: Span) -> bool:
        """Whether an entity of another label is a person's name by its first words."""
        if entity.label_ == "NORP" or not 1 < len(entity) <= self._settings.max_person_tokens:
            return False
        entity = entity.doc[self._extents.behind_opening(TokenRange(entity.start, entity.end)).start : entity.end]
        first, last = entity[0].text, entity[-1].text
        if fold(last) in self._lexicon.suffixes and not entity[-1].is_upper:
            # "Bell Jr."
            return True
        if fold(last) in self._lexicon.bodies or not all(is_capitalised(token) for token in entity):
            return False
        return self._lexicon.is_given_name(first) or (entity.label_ != "ORG" and fold(first) in self._lexicon.titles)

    def _ends_as_body(self, entity: Span) -> bool:
        """Whether what the recognizer calls a person ends like a body: "Oslo News"."""
        last, lexicon = entity[-1], self._lexicon
        is_firm = fold(last.text) in lexicon.names.legal_forms and (last.is_upper or len(last) > len("As"))
        is_body = len(entity) > 1 and (fold(last.text) in lexicon.generic_bodies or is_firm)
        return is_body and not self._lexicon.is_given_name(entity[0].text)

    def _is_common(self, entity: Span) -> bool:
        """Whether the entity is a common noun with a capital: "the Republican", "the Bank"."""
        if len(entity) > 1 + (entity[0].pos_ == "DET"):
            return False
        noun = fold(entity[-1].text)
        is_member = noun in self._lexicon.parties and noun in self._lexicon.person_nouns
        is_body = noun in self._lexicon.generic_bodies or (noun in self._lexicon.bodies and _is_indefinite(entity))
        # "Oslo's MP"
        is_role = entity[-1].is_upper and noun in self._lexicon.person_nouns
        return is_member or is_role or (entity.label_ == "ORG" and is_body)

    def _may_end_source(self, token: Token) -> bool:
        """Whether the word may belong to a name at the end of a source: no role noun, document or plural."""
        if not is_capitalised(token) or token.pos_ not in {"PROPN", "NOUN", "ADJ", "X"}:
            return False
        key = fold(token.lemma_)
        nouns = (
            self._lexicon.person_nouns,
            self._lexicon.titles.keys() - self._lexicon.given_titles,
            self._lexicon.documents,
            self._lexicon.demonyms,
        )
        return token.tag_ not in PLURAL_TAGS and len(token) > 1 and not any(key in known for known in nouns)

    def _is_office(self, run: Sequence[Token], tokens: Sequence[Token]) -> bool:
        """Whether one word before "of" opens the office of a person behind it: "North of Oslo prosecutor Jane Roe"."""
        behind = [token for token in tokens if token.i > run[0].i]
        is_open = len(run) == 1 and bool(behind) and fold(behind[0].text) in self._lexicon.names.body_prepositions
        return is_open and behind[-1].ent_type_ == "PERSON"

    def _is_cut(self, run: Sequence[Token]) -> bool:
        """Whether a word at the end of a source goes on: "Co" in "Co-anchor", "North" in "North of Oslo"."""
        last = run[0]
        behind = self._doc[last.i + 1] if last.i + 1 < len(self._doc) else None
        if behind is None or len(run) > 1 or self._lexicon.is_given_name(last.text):
            return False
        joins = behind.text in HYPHENS and not last.whitespace_
        is_word = last.lower_ in self._lexicon.ordinary and fold(behind.text) in self._lexicon.phrases.complements
        return joins or is_word

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
        if any(self._taken[start:end]) or all(self._is_bare_title(token, kind) for token in self._doc[start:end]):
            return
        self._taken[start:end] = b"\1" * (end - start)
        kept = "".join(token.text_with_ws for token in self._doc[start:end] if token.i not in left_out)
        self.names.append(Name(start, end, tuple(kept.split()), self._extents.titles_before(start), kind))

    def _is_bare_title(self, token: Token, kind: EntityKind) -> bool:
        """Whether the word is a title, which alone names nobody: "Chief Minister"."""
        key = fold(token.text)
        is_title = kind is EntityKind.PERSON and is_title_word(token.text, self._lexicon)
        return key in self._lexicon.title_roles or (
            is_title and key in self._lexicon.titles.keys() - self._lexicon.given_titles
        )


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


def _is_indefinite(entity: Span) -> bool:
    """Whether an article brings up somebody new: "a super PAC"."""
    return any(child.pos_ == "DET" and is_indefinite(child) for child in entity.root.children)


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
    # What "and" joins to a name is one too: "the Lantern Trust and Open Door".
    actors = {fold(token.text) for token in found if token.dep_ in ACTORS or _is_beside(token, taken)}
    return [_unrecognized(token, taken, settings) for token in found if fold(token.text) in actors]


def _is_beside(token: Token, taken: set[int]) -> bool:
    return token.dep_ == "conj" and token.pos_ == "PROPN" and token.head.i in taken


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
