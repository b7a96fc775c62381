"""What extraction finds, asked for in the tests' own terms: only this module and `encoded` know private functions."""

from collections.abc import Callable, Mapping, Sequence

from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from quotesmith.extraction.dialogue import split_turns as _split_turns
from quotesmith.extraction.edges import find_outer_marks as _find_outer_marks
from quotesmith.extraction.grammar import whole_name, without_addressee
from quotesmith.extraction.inner import InnerText
from quotesmith.extraction.inner import take_out as _take_out
from quotesmith.extraction.kinds import find_kind as _find_kind
from quotesmith.extraction.learned import LearnedExtractor
from quotesmith.extraction.learned import find_inner_quotes as _find_inner_quotes
from quotesmith.extraction.learned import find_quotes as _find_quotes
from quotesmith.extraction.learned import find_reporting as _find_reporting
from quotesmith.extraction.linking import Linked
from quotesmith.extraction.nesting import with_parents
from quotesmith.extraction.relays import has_relays, with_own_sources, with_relayed, without_relays
from quotesmith.extraction.rules import RuleExtractor
from quotesmith.extraction.sifting import without_doubtful, without_repeated_headings
from quotesmith.extraction.transcripts import find_turns as _find_turns
from quotesmith.extraction.transcripts import with_turns
from quotesmith.extraction.uncued import with_rules_cues
from quotesmith.extraction.unsourced import with_grammars_sources
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.marks import map_words, mark_edges, pair_marks
from quotesmith.records import QuoteKind, TextSpan, TextSpans
from tests.docs import make_doc

__all__ = ["InnerText", "LearnedExtractor", "has_relays", "with_parents"]
EXTRACTOR = RuleExtractor()
LEXICON = load_reporting()
BETWEEN = " | "
"""Between the pieces of a content."""
DEFAULTS = {"cue": "", "source": "", "act": "speech", "assertion": "asserted", "parent": "", "marks": ""}
"""What an expectation means that leaves a key out."""


def extract(doc: Doc, extractor: RuleExtractor | LearnedExtractor = EXTRACTOR) -> list[Attribution]:
    return extractor(doc, pair_marks(doc.text))


def find_quotes(source: str | Doc) -> list[Mapping[str, str]]:
    """All that the rules find of each quote in a Doc or a table."""
    doc = make_doc(source) if isinstance(source, str) else source
    return [describe(doc.text, found) for found in extract(doc)]


def describe(text: str, found: Attribution) -> Mapping[str, str]:
    """The roles of an attribution in words of the text, a line break written \\n, and its other values."""
    return {
        "quote": BETWEEN.join(words(text, found.content)).replace("\n", "\\n"),
        "cue": "".join(words(text, found.cue)),
        "source": "".join(words(text, found.source)),
        "kind": found.kind.value,
        "rule": found.rule,
        "act": found.act.value,
        "assertion": found.assertion.value,
        "parent": "" if found.parent is None else str(found.parent),
        "marks": " ".join(words(text, found.outer_marks)),
    }


def words(text: str, spans: TextSpans) -> list[str]:
    return [span.of(text) for span in spans]


# Kinds and marks


def find_kind(text: str, content: Sequence[TextSpan], cue: Sequence[TextSpan] = ()) -> QuoteKind:
    return _find_kind(map_words(text, pair_marks(text)), content, cue)


def find_outer_marks(text: str, content: Sequence[TextSpan]) -> TextSpans:
    marks = pair_marks(text)
    return _find_outer_marks(map_words(text, marks), mark_edges(marks), tuple(content))


# Repairs


def complete_name(doc: Doc, source: TextSpan, cue: TextSpans) -> TextSpan:
    return whole_name(doc, source, cue)


def drop_addressee(doc: Doc, content: TextSpans, cue: TextSpans) -> TextSpans:
    return without_addressee(doc, content, cue)


def drop_doubtful(doc: Doc, quotes: Sequence[Attribution]) -> list[Attribution]:
    return without_doubtful(doc, quotes, LEXICON)


def drop_repeated_headings(text: str, quotes: Sequence[Attribution]) -> list[Attribution]:
    return without_repeated_headings(text, quotes)


def add_missing_cues(quotes: Sequence[Attribution], by_rules: Sequence[Attribution]) -> list[Attribution]:
    return with_rules_cues(quotes, by_rules)


def add_missing_sources(doc: Doc, quotes: Sequence[Attribution]) -> list[Attribution]:
    return with_grammars_sources(doc, pair_marks(doc.text), quotes, LEXICON)


def detach_relays(doc: Doc, quotes: Sequence[Attribution]) -> list[Attribution]:
    return without_relays(doc, quotes)


def restore_own_sources(text: str, quotes: Sequence[Attribution], by_rules: Sequence[Attribution]) -> list[Attribution]:
    return with_own_sources(text, quotes, by_rules)


def add_relayed_quotes(text: str, quotes: Sequence[Attribution], by_rules: Sequence[Attribution]) -> list[Attribution]:
    return with_relayed(text, quotes, by_rules)


# Layouts


def split_turns(text: str, quotes: Sequence[Linked]) -> list[Linked]:
    return _split_turns(text, pair_marks(text), quotes)


def find_turns(text: str) -> list[tuple[str, list[str]]]:
    """Label and contents of each turn."""
    return [(turn.label.of(text), words(text, turn.content)) for turn in _find_turns(text)]


def add_labelled_turns(text: str, quotes: Sequence[Attribution]) -> list[Attribution]:
    marks = pair_marks(text)
    return with_turns(text, quotes, map_words(text, marks), mark_edges(marks))


# Quotes by tags, and those inside them


def find_tagged(extractor: LearnedExtractor, text: str) -> list[Linked]:
    marks = pair_marks(text)
    return _find_quotes(extractor.encoder(text, marks), text, marks)


def find_inner_quotes(extractor: LearnedExtractor, text: str, may_report: Callable[[TextSpan], bool]) -> list[Linked]:
    return _find_inner_quotes(extractor.encoder, text, pair_marks(text), find_tagged(extractor, text), may_report)


def may_report(doc: Doc, content: TextSpan) -> bool:
    return _find_reporting(doc, doc.text, LEXICON)(content)


def take_out(text: str, stretches: Sequence[TextSpan]) -> InnerText:
    return _take_out(text, stretches, pair_marks(text))
