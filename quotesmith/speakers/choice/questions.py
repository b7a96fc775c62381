"""Who asks and who is asked beside a reference: who is asked speaks next, and who asks rarely does."""

from collections.abc import Iterator
from itertools import chain

from attrs import frozen
from spacy.tokens import Token

from quotesmith.parsed_text import near_children
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.noun_phrases import OBJECTS, SUBJECTS

_AGENTS = frozenset({"agent", "prep"})
_ASKED = OBJECTS | {"dative", "nsubjpass"}


@frozen(eq=False)
class Questions:
    """The tokens of a text at which somebody who asks, or who is asked, is mentioned: heads, and where these begin.

    Attributes:
        askers: Of those who ask: "Roe asked him", "asked by Roe".
        asked: Of those who are asked: "they asked Roe", "Roe was asked".
    """

    askers: frozenset[int]
    asked: frozenset[int]

    @classmethod
    def of(cls, context: DocumentContext) -> "Questions":
        """The questions of a text; linear in its tokens."""
        verbs = [
            token
            for token in context.parsed.doc
            if token.pos_ == "VERB" and token.lemma_.lower() in context.lexicon.phrases.asking
        ]
        askers = chain.from_iterable(map(_askers, verbs))
        asked = chain.from_iterable(map(_asked, verbs))
        return cls(frozenset(_places(context, askers)), frozenset(_places(context, asked)))


def _askers(verb: Token) -> Iterator[Token]:
    children = near_children(verb)
    if verb.tag_ != "VBN":
        yield from (child for child in children if child.dep_ in SUBJECTS and child.dep_ != "nsubjpass")
    for child in children:
        if child.dep_ in _AGENTS and child.lower_ == "by":
            yield from (noun for noun in near_children(child) if noun.dep_ == "pobj")


def _asked(verb: Token) -> Iterator[Token]:
    yield from (child for child in near_children(verb) if child.dep_ in _ASKED)


def _places(context: DocumentContext, heads: Iterator[Token]) -> Iterator[int]:
    """Where the mentions with these heads are known to stand: at the head, and where its name or phrase begins."""
    for head in heads:
        yield head.i
        place = context.name_at.get(head.i)
        yield head.left_edge.i if place is None else context.names[place].start
