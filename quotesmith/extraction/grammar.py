"""What the parse knows better than the tags: whole names, and who is only spoken to."""

from collections.abc import Container

from spacy.tokens import Doc, Span, Token

from quotesmith.records import TextSpan, TextSpans

_OBJECTS = frozenset({"dobj", "dative"})
_QUESTION_TAGS = frozenset({"WP", "WRB", "WDT", "WP$"})
# "Rear Adm. John Paul"
_LONGEST_NAME = 4


def whole_name(doc: Doc, span: TextSpan, others: TextSpans) -> TextSpan:
    """The span, with the name behind it where it ends in an abbreviated title: "Mr." of "Mr. Roe".

    Tags cut words at every punctuation mark, so a title's full stop may end a fragment. A name that is, or stands
    behind, one of the quote's other words is a slip of the parser.
    """
    tokens = _tokens(doc, span)
    last = doc[tokens.end - 1]
    name = last.head
    if not last.text.endswith(".") or last.dep_ != "compound" or not 0 < name.i - last.i <= _LONGEST_NAME:
        return span
    whole = TextSpan(span.start, name.idx + len(name))
    return span if any(whole.overlaps(other) for other in others) else whole


def without_addressee(doc: Doc, content: TextSpans, cue: TextSpans) -> TextSpans:
    """The content without pronouns that are the object of its cue and stand alone or before a clause; never empty.

    "told her that ...", "asked him whether ...", but not "called him a liar", "urged them to go".
    """
    verbs = {token.i for span in cue for token in _tokens(doc, span)}
    kept = (_behind_addressee(doc, span, verbs) for span in content)
    return tuple(span for span in kept if span is not None) or content


def _behind_addressee(doc: Doc, span: TextSpan, verbs: Container[int]) -> TextSpan | None:
    """The span, or the clause behind the addressee that it begins with; None where it is but that."""
    tokens = _tokens(doc, span)
    if not tokens or not _is_object(tokens[0], verbs):
        return span
    if len(tokens) == 1:
        return None
    opens_clause = tokens[1].dep_ == "mark" or tokens[1].tag_ in _QUESTION_TAGS
    return TextSpan(tokens[1].idx, span.end) if opens_clause else span


def _is_object(token: Token, verbs: Container[int]) -> bool:
    return token.pos_ == "PRON" and token.dep_ in _OBJECTS and token.head.i in verbs


def _tokens(doc: Doc, span: TextSpan) -> Span:
    """The tokens that the span touches."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return doc[0:0] if tokens is None else tokens
