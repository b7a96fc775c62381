"""Beats: who acts in the narration beside a direct quote, in the quote's own paragraph."""

from collections.abc import Iterator, Sequence

from attrs import frozen
from spacy.tokens import Token

from quotesmith.coreference import GENDERS, PronounClass, pronoun_class
from quotesmith.extraction.attributions import Attribution
from quotesmith.marks import OPENING_CHARACTERS
from quotesmith.parsed_text import TokenRange, near_children
from quotesmith.records import EntityKind, QuoteKind
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.nominals import phrase_kind
from quotesmith.speakers.noun_phrases import SUBJECTS

# Keep work linear: tokens on each side of a quote in which beats are looked for, and words of a phrase up to its head.
MAX_BEAT_TOKENS = 80
MAX_ACTOR_TOKENS = 12
# Clauses in which somebody else than the one who speaks may act: "the man who owned it", "as she left".
SUBORDINATE = frozenset({"relcl", "acl", "advcl", "pcomp", "csubj"})
PERSONAL = frozenset({*GENDERS, PronounClass.I, PronounClass.WE})


@frozen
class Beats:
    """Who acts beside a quote: the head words of subjects, the nearest to the quote first.

    Attributes:
        before: Those between the quote before, or the paragraph's start, and this one.
        behind: Those between this one and the next, or the paragraph's end, and those between its pieces.
    """

    before: tuple[Token, ...] = ()
    behind: tuple[Token, ...] = ()


def is_spoken(context: DocumentContext, quote: Attribution) -> bool:
    """Whether nobody else quotes the words, and they begin with a mark: one odd apostrophe makes speech seem mixed."""
    opens = context.parsed.text[quote.extent.start] in OPENING_CHARACTERS
    return quote.parent is None and (quote.kind is QuoteKind.DIRECT or (opens and quote.kind is QuoteKind.MIXED))


def find_beats(context: DocumentContext, quotes: Sequence[Attribution]) -> list[Beats]:
    """The beats of spoken quotes, which are in text order; linear in the tokens around them.

    Args:
        context: The text, its names read.
        quotes: Its spoken quotes.
    """
    parsed = context.parsed
    inside = [[parsed.tokens(span) for span in quote.content] for quote in quotes]
    found = []
    for number, quote in enumerate(quotes):
        first, last = inside[number][0], inside[number][-1]
        own = parsed.paragraph_tokens[parsed.paragraph_at(quote.extent.start)]
        closing = parsed.paragraph_tokens[parsed.paragraph_at(quote.extent.end - 1)]
        start = max(own.start, inside[number - 1][-1].stop if number else 0, first.start - MAX_BEAT_TOKENS)
        before = [
            actor for actor in _actors(context, TokenRange(start, first.start)) if start == own.start or _does(actor)
        ]
        after = inside[number + 1][0].start if number + 1 < len(quotes) else closing.end
        end = min(closing.end, max(after, last.stop), last.stop + MAX_BEAT_TOKENS)
        gaps = zip(inside[number], inside[number][1:], strict=False)
        between = [TokenRange(one.stop, min(other.start, one.stop + MAX_BEAT_TOKENS)) for one, other in gaps]
        stretches = [*between, TokenRange(last.stop, end)]
        found.append(
            Beats(
                tuple(before[::-1]),
                tuple(actor for stretch in stretches for actor in _actors(context, stretch)),
            )
        )
    return found


def _actors(context: DocumentContext, stretch: TokenRange) -> Iterator[Token]:
    """The subjects of main clauses in a stretch of narration who may be people, in order."""
    for index in range(stretch.start, stretch.end):
        token = context.parsed.doc[index]
        verb = token.head
        if token.dep_ not in SUBJECTS or verb.i not in stretch or verb.dep_ in SUBORDINATE:
            continue
        # What the narration itself reports, and not the parser's tie to the quote.
        if verb.dep_ == "ccomp" and verb.head.i in stretch and verb.head.i != verb.i:
            continue
        if may_act(context, token):
            yield token


def _does(actor: Token) -> bool:
    """Whether a subject does something: who "did not move" between two turns of a paragraph takes none of them.

    Who "was not convinced" may.
    """
    children = near_children(actor.head)
    is_state = actor.head.lemma_ == "be" or any(child.dep_ == "auxpass" for child in children)
    return is_state or not any(child.dep_ == "neg" for child in children)


def may_act(context: DocumentContext, token: Token) -> bool:
    """Whether a subject may be somebody who speaks: a person's name, "he", "she", "I", "we", or a noun for a person."""
    kind = pronoun_class(token)
    if kind is not None:
        return kind in PERSONAL
    if token.i in context.name_at:
        return True
    return token.pos_ in {"NOUN", "PROPN"} and phrase_kind(actor_phrase(token), context.lexicon) is EntityKind.PERSON


def actor_phrase(head: Token) -> list[Token]:
    """The words of a subject up to its head."""
    start = max(head.left_edge.i, head.i - MAX_ACTOR_TOKENS)
    return list(head.doc[start : head.i + 1])
