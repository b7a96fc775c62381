"""What sort of report a quote is: direct, mixed or indirect; asserted or not."""

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from quotesmith.marks import MarkPair
from quotesmith.records import Assertion, QuoteKind, TextSpan

_WORD = re.compile(r"\w+")
_INSIDE, _OUTSIDE = b"i", b"o"
_HELPERS = frozenset({"aux", "neg", "auxpass"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_HYPOTHETICAL = frozenset({"would", "could", "should", "might", "may", "can", "must", "'d", "’d"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
_REFUSALS = frozenset({"decline", "refuse", "fail", "neglect"})
# "seemed to refuse to say"
_MAX_CHAIN = 4
# A verb's helpers stand near it; to go through all that hangs on it takes as long as its sentence is.
_REACH = 20


def map_words(text: str, marks: Iterable[MarkPair], *, depth: int = 0) -> bytes:
    """A byte for each character of `text`: whether a word's, and that inside or outside of quotation marks.

    Made once a text, for `find_kind` of all its quotes. With `depth` 1 only marks inside other marks count: what
    somebody reports within direct speech is direct only where marks of its own stand around it.
    """
    words = bytearray(len(text))
    for word in _WORD.finditer(text):
        words[word.start() : word.end()] = _OUTSIDE * len(word.group())
    for pair in marks:
        if pair.depth == depth:
            start, end = pair.span.start, pair.span.end
            words[start:end] = words[start:end].replace(_OUTSIDE, _INSIDE)
    return bytes(words)


def find_kind(words: bytes, content: Sequence[TextSpan]) -> QuoteKind:
    """Direct where all words of the content lie between marks, indirect where none does, else mixed.

    Args:
        words: What `map_words` gives for the text.
        content: The spans of the content.
    """
    inside = any(words.find(_INSIDE, span.start, span.end) >= 0 for span in content)
    outside = any(words.find(_OUTSIDE, span.start, span.end) >= 0 for span in content)
    if inside and not outside:
        return QuoteKind.DIRECT
    return QuoteKind.MIXED if inside else QuoteKind.INDIRECT


def find_assertion(verb: Token, *, is_question: bool) -> Assertion:
    """Whether the text asserts what the reporting verb says.

    Args:
        verb: The reporting verb.
        is_question: Whether its sentence ends in a question mark outside of the content.
    """
    verbs = [verb]
    while verbs[-1].dep_ == "xcomp" and len(verbs) < _MAX_CHAIN:
        verbs.append(verbs[-1].head)
    top = _near_children(verbs[-1])
    helpers = [child for v in verbs for child in _near_children(v) if child.dep_ in _HELPERS]
    words = {helper.lower_ for helper in helpers}
    is_negated = any(helper.dep_ == "neg" for helper in helpers)
    if is_negated or any(v.lemma_ in _REFUSALS for v in verbs):
        return Assertion.NEGATED
    if is_question and _is_inverted(top):
        return Assertion.QUESTION
    if words & _HYPOTHETICAL or any(
        child.lower_ in _CONDITIONS for child in top if child.dep_ == "mark" and child.i < verbs[-1].i
    ):
        return Assertion.HYPOTHETICAL
    if words & _FUTURE:
        return Assertion.FUTURE
    return Assertion.ASSERTED


def _near_children(verb: Token) -> list[Token]:
    near = verb.doc[max(0, verb.i - _REACH) : verb.i + _REACH]
    return [token for token in near if token.head.i == verb.i and token.i != verb.i]


def _is_inverted(children: Iterable[Token]) -> bool:
    """Whether a helper stands before the subject: "did he say"."""
    order = [child.dep_ in _HELPERS for child in children if child.dep_ in _HELPERS | _SUBJECTS]
    return order[:1] == [True] and not all(order)
