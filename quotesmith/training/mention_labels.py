"""Mentions as corpora have them -> mentions with form and kind, by rules that are the same for all corpora.

A mention is a whole noun phrase, without the possessive ending ("'s") behind it. Where a person's name stands in a
longer phrase ("President Donald Trump", "Mr. Bennet"), the bare name is a mention of its own: so the shortest named
mention is the name, and the longest what the text calls the person.

What a corpus doesn't say comes from spaCy's tags of a mention's head: a proper noun is a NAME unless it is a title, a
role or a noun for any body ("the President", "the University"); a mention of persons is a GROUP if its head is plural
or joined to another by "and".
"""

import re
from collections import Counter
from typing import Final

import attrs
from attrs import frozen
from spacy.tokens import Doc, Span, Token

from quotesmith.coreference.pronouns import CLASSES, PronounClass
from quotesmith.errors import FormatError
from quotesmith.lexicon import read_words
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon, load_people
from quotesmith.records import EntityKind, MentionForm
from quotesmith.training.corpora import CharSpan


@frozen
class GoldMention:
    """A mention that a corpus labels.

    Attributes:
        span: Where it stands.
        form: How it refers.
        kind: What it refers to.
    """

    span: CharSpan
    form: MentionForm
    kind: EntityKind


@frozen
class MentionText:
    """A text and what its corpus says of mentions in it.

    Attributes:
        name: Which text of its corpus it is.
        text: The text.
        mentions: In text order, no two with the same span.
        kinds: The kinds of which every mention is labelled; there may be others of the other kinds.
    """

    name: str
    text: str
    mentions: tuple[GoldMention, ...]
    kinds: frozenset[EntityKind]


@frozen
class FoundMention:
    """A mention as its corpus has it: persons are no GROUP yet, and the form is None if the corpus doesn't say it."""

    span: CharSpan
    kind: EntityKind
    form: MentionForm | None = None


@frozen
class FoundText:
    """As `MentionText`, with mentions in any order."""

    name: str
    text: str
    mentions: tuple[FoundMention, ...]
    kinds: frozenset[EntityKind]


_POSSESSIVE: Final = re.compile(r"\s*(?:['’]s|(?<=s)['’])?\s*$")
_PROPER_TAGS: Final = frozenset({"NNP", "NNPS"})
_DETERMINERS: Final = frozenset({"DT", "PDT", "PRP$", "JJ", "CD"})
_RELATIVE_PRONOUN_TAGS: Final = frozenset({"WDT", "WP", "WP$"})
_DEMONSTRATIVES: Final = frozenset({"this", "that", "these", "those"})
_PLURAL_PRONOUNS: Final = frozenset({PronounClass.THEY, PronounClass.WE})
_PLURAL_LISTS: Final = read_words("en", "people/plurals")
_PLURAL_WORDS: Final = frozenset(_PLURAL_LISTS["pronouns"])
_PLURAL_HEADS: Final = frozenset(_PLURAL_LISTS["pronouns"] + _PLURAL_LISTS["collectives"])


def label_text(text: FoundText, doc: Doc) -> MentionText:
    """The text with forms, groups and bare names; of mentions with the same span the first counts.

    Args:
        text: As its corpus has it.
        doc: The same, tagged and parsed; other things that it knows aren't used.

    Raises:
        FormatError: if a mention has no token.
    """
    lexicon = load_people()
    spans = [(mention, _find_span(text.text, doc, mention.span)) for mention in text.mentions]
    ends = {span.end for _, span in spans}
    names = {mention: _find_bare_name(mention.kind, span, lexicon, ends - {span.end}) for mention, span in spans}
    families = frozenset(
        name[-1].text
        for mention, name in names.items()
        if name is not None and len(name) > 1 and mention.kind is EntityKind.PERSON
    )
    found: dict[CharSpan, GoldMention] = {}
    bare: dict[CharSpan, GoldMention] = {}
    for mention, span in spans:
        # A chain's relative pronouns and adjectives of countries; only one corpus counts them as mentions.
        if len(span) == 1 and not text.kinds and (span.root.tag_ in _RELATIVE_PRONOUN_TAGS or span.root.tag_ == "JJ"):
            continue
        labelled = _Labeller(span, lexicon, families).label(mention)
        found.setdefault(labelled.span, labelled)
        name = names[mention]
        if labelled.form is MentionForm.NAME and labelled.kind is mention.kind and name is not None:
            place = (name.start_char, name.end_char)
            bare.setdefault(place, attrs.evolve(labelled, span=place))
    if any(mention.form is None for mention in text.mentions):
        found = _take_majority(text.text, found)
    ordered = sorted({**bare, **found}.values(), key=lambda mention: mention.span)
    return MentionText(text.name, text.text, tuple(ordered), text.kinds)


def _take_majority(text: str, mentions: dict[CharSpan, GoldMention]) -> dict[CharSpan, GoldMention]:
    """The mentions; words with capitals are a NAME everywhere if they mostly are: the tagger errs on some."""
    counts: Counter[str] = Counter()
    for span, mention in mentions.items():
        words = text[slice(*span)]
        if words[:1].isupper() and mention.form is not MentionForm.PRONOUN:
            counts[words] += 1 if mention.form is MentionForm.NAME else -1
    return {
        span: attrs.evolve(mention, form=MentionForm.NAME) if counts[text[slice(*span)]] > 0 else mention
        for span, mention in mentions.items()
    }


def _find_span(text: str, doc: Doc, span: CharSpan) -> Span:
    """The tokens of a mention without its possessive ending."""
    start, end = span
    ending = _POSSESSIVE.search(text[start:end])
    if ending is not None and ending.start():
        end = start + ending.start()
    found = doc.char_span(start, end, alignment_mode="expand")
    if found is None:
        msg = f"a mention of {text[start:end]!r} at {start} has no token"
        raise FormatError(msg)
    return found


@frozen
class _Labeller:
    """Says how a stretch of a parsed text refers; `families` are last words of the text's longer names."""

    span: Span
    lexicon: PeopleLexicon
    families: frozenset[str]

    def label(self, mention: FoundMention) -> GoldMention:
        is_pronoun = self._is_pronoun()
        form = mention.form
        if form is None:
            form = MentionForm.PRONOUN if is_pronoun else self._find_form(mention.kind)
        kind = mention.kind
        if kind is EntityKind.PERSON and (self._is_plural_pronoun() if is_pronoun else self._is_several()):
            kind = EntityKind.GROUP
        return GoldMention((self.span.start_char, self.span.end_char), form, kind)

    @property
    def _is_joined(self) -> bool:
        return any(self.span.start <= word.i < self.span.end for word in self.span.root.conjuncts)

    @property
    def _is_family(self) -> bool:
        return len(self.span) == 1 and self.span.text in self.families

    def _is_pronoun(self) -> bool:
        word = self.span.text.lower()
        return (word in CLASSES and self.span.text != "US") or word in _DEMONSTRATIVES

    def _is_plural_pronoun(self) -> bool:
        word = self.span.text.lower()
        return CLASSES.get(word) in _PLURAL_PRONOUNS or word in _PLURAL_WORDS

    def _find_form(self, kind: EntityKind) -> MentionForm:
        head = self.span.root
        if self._is_family:
            return MentionForm.NAME
        if not _is_proper(head):
            return MentionForm.NOMINAL
        is_name = True
        if kind is EntityKind.PERSON:
            is_name = not self._is_joined and self._names_person(head)
        elif kind is EntityKind.ORGANIZATION:
            is_name = not all(_is_any_body(word, self.lexicon) for word in self.span if word.text[:1].isupper())
        return MentionForm.NAME if is_name else MentionForm.NOMINAL

    def _names_person(self, head: Token) -> bool:
        """Whether a phrase names one: "Martin Luther King" does, "Apple CEO" doesn't."""
        return not _is_description(head, self.lexicon) or self.lexicon.is_given_name(self.span[0].text)

    def _is_several(self) -> bool:
        head = self.span.root
        if self._is_joined:
            return True
        if head.tag_ == "NNPS" or (head.tag_ == "NNS" and self._is_family):
            # The tagger takes many a family name for a plural.
            is_name = self._is_family or (len(self.span) > 1 and self.span[0].tag_ not in _DETERMINERS)
            return not is_name
        word = fold(head.text)
        return head.tag_ == "NNS" or word in _PLURAL_HEADS or (head.tag_ == "CD" and word != "one")


def _is_proper(word: Token) -> bool:
    return word.tag_ in _PROPER_TAGS and not word.text[:1].islower()


def _is_description(word: Token, lexicon: PeopleLexicon) -> bool:
    """Whether a proper noun describes a person: a title, a role, a people."""
    key = fold(word.text)
    singular = key.removesuffix("s")
    return (
        any(form in lexicon.titles and form not in lexicon.given_titles for form in (key, singular))
        or key in lexicon.person_nouns
        or key in lexicon.title_modifiers
        or key in lexicon.demonyms
        or singular in lexicon.demonyms
    )


def _is_any_body(word: Token, lexicon: PeopleLexicon) -> bool:
    key = fold(word.text)
    return word.tag_ == "DT" or (key in lexicon.bodies and key not in lexicon.national_bodies)


_BARE_NAME_TAGS: Final = frozenset({"NNP", "NNPS", "HYPH", "NFP", "''", "``"})
_CLAUSE_TAGS: Final = frozenset({"WRB", "WDT", "WP", "WP$", "VBN", "VBG", "DT"})


def _find_bare_name(kind: EntityKind, span: Span, lexicon: PeopleLexicon, ends: set[int]) -> Span | None:
    """The name in a longer phrase that names a person or body; None where there is none."""
    if not _is_proper(span.root):
        return None
    if kind is EntityKind.PERSON:
        return _find_person(span, lexicon, ends)
    return _find_body(span) if kind is EntityKind.ORGANIZATION else None


def _find_person(span: Span, lexicon: PeopleLexicon, ends: set[int]) -> Span | None:
    """The proper nouns about the head, without titles."""
    head = span.root
    first = head.i
    while first > span.start and _may_precede(span.doc[first - 1], lexicon, ends):
        first -= 1
    last = head.i + 1
    while last < span.end and _may_follow(span.doc[last], lexicon):
        last += 1
    while first < head.i and not span.doc[first].text[:1].isalnum():
        first += 1
    found = span.doc[first:last]
    if _is_description(head, lexicon) and len(found) == 1:
        return None
    return found if found.text[:1].isupper() else None


def _find_body(span: Span) -> Span | None:
    """What stands before a clause or phrase that says more: "Duke University, located in ..."."""
    for word in span.doc[span.root.i + 1 : span.end - 1]:
        if word.text == "," and word.nbor().tag_ in _CLAUSE_TAGS:
            return span.doc[span.start : word.i]
    return None


def _may_precede(word: Token, lexicon: PeopleLexicon, ends: set[int]) -> bool:
    """Whether the name may begin with a word or before it: no title, and no end of another mention ("U.S.")."""
    if word.i + 1 in ends or _is_description(word, lexicon):
        return False
    return word.tag_ in _BARE_NAME_TAGS or fold(word.text) in lexicon.particles or word.text == "-"


def _may_follow(word: Token, lexicon: PeopleLexicon) -> bool:
    return _is_proper(word) or fold(word.text) in lexicon.suffixes
