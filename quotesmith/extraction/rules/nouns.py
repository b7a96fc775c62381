"""Reports by a noun: "her claim that ...", "complaints from teachers that ...", "voiced fears that ..."."""

from collections.abc import Iterator

from spacy.tokens import Token

from quotesmith.extraction.rules.drafts import Draft
from quotesmith.extraction.rules.sources import find_noun_phrase, find_source
from quotesmith.lexicon.reporting import Frame, ReportingLexicon
from quotesmith.parsed_text import ParsedText, TokenRange

_CLAUSES = frozenset({"acl", "ccomp"})
_HOLDERS = frozenset({"from", "by", "among"})


def find_noun_reports(parsed: ParsedText, lexicon: ReportingLexicon) -> Iterator[Draft]:
    """One draft for each reporting noun that a "that" clause explains."""
    for noun in parsed.doc:
        act = lexicon.nouns.get(noun.lemma_.lower()) if noun.pos_ == "NOUN" else None
        clause = None if act is None or _is_beside_verb(noun, lexicon) else _that_clause(parsed, noun)
        if act is None or clause is None:
            continue
        content = TokenRange(clause.left_edge.i, clause.right_edge.i + 1).within(parsed.bounds(noun.i))
        yield Draft(
            rule="noun",
            score=0.7,
            act=act,
            cue=TokenRange(noun.i, noun.i + 1),
            source=_find_holder(parsed, noun, content.start),
            pieces=[content],
        )


def _is_beside_verb(noun: Token, lexicon: ReportingLexicon) -> bool:
    """Whether a verb reports what the noun would: "said in a statement that ..."."""
    verb = noun.head.head
    return noun.dep_ == "pobj" and lexicon.act(verb.lemma_.lower(), Frame.CLAUSE) is not None


def _that_clause(parsed: ParsedText, noun: Token) -> Token | None:
    for child in parsed.children(noun):
        if child.dep_ in _CLAUSES and child.left_edge.i > noun.i:
            marks = (part for part in parsed.children(child) if part.dep_ == "mark")
            if any(mark.lower_ == "that" for mark in marks):
                return child
    return None


def _find_holder(parsed: ParsedText, noun: Token, end: int) -> TokenRange | None:
    """Whose claim it is: "her claim", "complaints from teachers", or who voices it."""
    for child in parsed.children(noun):
        if child.dep_ == "poss":
            return find_noun_phrase(parsed, child, noun)
        if child.lower_ in _HOLDERS and noun.i < child.i < end:
            for holder in parsed.children(child):
                if holder.dep_ == "pobj":
                    return find_noun_phrase(parsed, holder, noun)
    is_voiced = noun.dep_ == "dobj" and noun.head.pos_ == "VERB"
    return find_source(parsed, noun.head) if is_voiced else None
