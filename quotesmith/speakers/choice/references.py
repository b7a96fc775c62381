"""The words whose bearer is to be found, and what they say by themselves."""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen
from spacy.tokens import Token

from quotesmith.coreference import GENDERS, EntityNumber, PronounClass, pronoun_class
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import is_title_word
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.nominals import phrase_kind
from quotesmith.speakers.noun_phrases import (
    PLURAL_TAGS,
    Description,
    complement_of,
    describe,
    first_segment,
    is_determiner,
)
from quotesmith.speakers.sources import find_told_name

_CHOSEN_BY: Final = (PronounClass.HE, PronounClass.SHE, PronounClass.IT, PronounClass.THEY)
_LINKING_WORDS: Final = frozenset({"of", "s"})
_OWN_PRONOUNS: Final = frozenset({"PRON", "DET"})


@frozen(eq=False)
class Reference:
    """Words that mean somebody.

    Attributes:
        tokens: The words and what stands between them, without a preposition before them.
        segment: Those up to the head noun; empty for a pronoun.
        head: The head noun, or the pronoun.
        pronoun: The class of a pronoun of the third person; None of other words.
        kind: What sort of thing the words are about, as far as they say.
        gender: The gender that they show.
        said: What they say of whom they mean; None for a pronoun.
        words: The words without articles, folded.
        noun: The head noun as the tables of nouns have it; empty where it is a name or a pronoun.
        name: The position of the name that the phrase is about, as grammar has it.
        named: The entity of that name.
        is_only_name: Whether it is just that name, with titles and articles.
        inside: The entities that it names, each with the tokens of its names, in order.
        is_plural: Whether the words are about several.
        attribution: The attribution whose source it is, or is part of; None for other words.
        is_part: Whether the source names others beside it.
    """

    tokens: Sequence[Token]
    segment: Sequence[Token]
    head: Token
    pronoun: PronounClass | None
    kind: EntityKind
    gender: Gender | None
    said: Description | None
    words: frozenset[str]
    noun: str
    name: int | None
    named: EntityNumber | None
    is_only_name: bool
    inside: Mapping[EntityNumber, Sequence[int]]
    is_plural: bool
    attribution: int | None = None
    is_part: bool = False

    @property
    def start(self) -> int:
        """The index of its first token."""
        return self.tokens[0].i

    @property
    def end(self) -> int:
        """The index after its last token."""
        return self.tokens[-1].i + 1

    @property
    def is_bare_pronoun(self) -> bool:
        """Whether it is a pronoun of any sort: "he", "both", "some"."""
        return self.pronoun is not None or (len(self.tokens) == 1 and self.head.pos_ in _OWN_PRONOUNS)


def read_reference(
    context: DocumentContext, tokens: Sequence[Token], attribution: int | None = None, *, is_part: bool = False
) -> Reference:
    """What some words say of whom they mean.

    Args:
        context: The text.
        tokens: Adjacent tokens; at least one is a word.
        attribution: The attribution whose source they are, or are part of.
        is_part: Whether the source names others beside them.
    """
    kind = pronoun_class(tokens[0]) if len(tokens) == 1 else None
    if kind in _CHOSEN_BY:
        return _pronoun_reference(tokens[0], kind, attribution)
    segment = first_segment(tokens, context.name_at)
    words = [token for token in tokens if token.text[:1].isalnum()] or list(tokens)
    head = segment[-1] if segment else words[-1]
    folded = frozenset(fold(token.text) for token in words) - context.lexicon.phrases.determiners - _LINKING_WORDS
    place = find_told_name(context, tokens)
    named = None if place is None else context.owners[place]
    inside = _names_inside(context, tokens)
    return Reference(
        tokens=tokens,
        segment=segment,
        head=head,
        pronoun=None,
        kind=phrase_kind(segment, context.lexicon),
        gender=_gender(context, tokens, head),
        said=describe(segment, context.lexicon, complement=complement_of(tokens, segment)),
        words=folded,
        noun=head_noun(context, head),
        name=place,
        named=named,
        is_only_name=named is not None and _is_only_name(context, words, inside.get(named, ())),
        inside=inside,
        is_plural=head.tag_ in PLURAL_TAGS,
        attribution=attribution,
        is_part=is_part,
    )


def _pronoun_reference(token: Token, kind: PronounClass, attribution: int | None) -> Reference:
    gender = GENDERS.get(kind)
    return Reference(
        tokens=(token,),
        segment=(),
        head=token,
        pronoun=kind,
        kind=EntityKind.OTHER if gender is None else EntityKind.PERSON,
        gender=gender,
        said=None,
        words=frozenset(),
        noun="",
        name=None,
        named=None,
        is_only_name=False,
        inside={},
        is_plural=kind is PronounClass.THEY,
        attribution=attribution,
    )


def _gender(context: DocumentContext, tokens: Sequence[Token], head: Token) -> Gender | None:
    """The gender of the head noun, or else of a title among the words."""
    lexicon = context.lexicon
    titles = (lexicon.titles.get(fold(token.text)) for token in tokens if token.text[:1].isupper())
    shown = (lexicon.person_nouns.get(fold(head.lemma_ or head.text)), *titles)
    return next((gender for gender in shown if gender is not None), None)


def head_noun(context: DocumentContext, head: Token) -> str:
    """The head noun by which tables know a phrase; empty for a name, which no table may hold."""
    noun = fold(head.lemma_ or head.text)
    if head.i in context.name_at or not (head.text.islower() or _is_known(noun, context.lexicon)):
        return ""
    return noun


def _is_known(noun: str, lexicon: PeopleLexicon) -> bool:
    return any(
        noun in words
        for words in (lexicon.person_nouns, lexicon.bodies, lexicon.documents, lexicon.place_nouns, lexicon.titles)
    )


def _is_only_name(context: DocumentContext, words: Sequence[Token], name: Sequence[int]) -> bool:
    others = [token for token in words if token.i not in name]
    is_small = (is_determiner(token) or is_title_word(token.text, context.lexicon) for token in others)
    return len(others) < len(words) and all(is_small)


def _names_inside(context: DocumentContext, tokens: Sequence[Token]) -> dict[EntityNumber, list[int]]:
    found: dict[EntityNumber, list[int]] = {}
    for token in tokens:
        if token.i in context.name_at:
            found.setdefault(context.owners[context.name_at[token.i]], []).append(token.i)
    return found
