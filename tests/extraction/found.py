"""What extraction finds, asked for in the tests' own terms: only this module and `encoded` know private functions."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from quotesmith.extraction import (
    Attribution,
    Extractor,
    LayoutReader,
    LearnedExtractor,
    RuleExtractor,
    attributions,
    insertions,
    joining,
    nested_sources,
    repairs,
    reported_speakers,
)
from quotesmith.extraction.attributions import with_parents
from quotesmith.extraction.fragments import SpeechPlaces
from quotesmith.extraction.inner_quotes import find_inner_quotes
from quotesmith.extraction.linking import Linked
from quotesmith.extraction.linking import find_quotes as _find_quotes
from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS, ExtractionSettings
from quotesmith.extraction.speech_layout import turns
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.marks import map_words, pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Act, QuoteKind, TextSpan, TextSpans
from tests.docs import make_doc, of_text, parsed_text

__all__ = ["LearnedExtractor", "with_parents"]
EXTRACTOR = RuleExtractor()
LEXICON = load_reporting()
BETWEEN = " | "
"""Between the pieces of a content."""
DEFAULTS = {"cue": "", "source": "", "act": "speech", "assertion": "asserted", "parent": "", "marks": ""}
"""What an expectation means that leaves a key out."""


def extract(doc: Doc, extractor: Extractor = EXTRACTOR) -> list[Attribution]:
    return extractor(parsed_text(doc))


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
    return attributions.find_kind(map_words(text, pair_marks(text)), content, cue)


def find_outer_marks(text: str, content: Sequence[TextSpan]) -> TextSpans:
    return attributions.find_outer_marks(of_text(text), tuple(content))


def nest(quotes: Sequence[Attribution]) -> list[Attribution]:
    return attributions.nest(of_text(""), quotes)


# Repairs


def complete_name(doc: Doc, source: TextSpan, cue: TextSpans) -> TextSpan:
    [found] = repairs.complete_names(parsed_text(doc), [_made((), cue, source)], DEFAULT_EXTRACTION_SETTINGS)
    return found.source[0]


def drop_addressee(doc: Doc, content: TextSpans, cue: TextSpans) -> TextSpans:
    [found] = repairs.drop_addressees(parsed_text(doc), [_made(content, cue)])
    return found.content


def _made(content: TextSpans, cue: TextSpans, *source: TextSpan) -> Attribution:
    return Attribution(content=content, cue=cue, source=source, act=Act.SPEECH, score=1.0, rule="tags")


def complete_cue(doc: Doc, content: TextSpans, cue: TextSpans) -> TextSpans:
    [found] = repairs.complete_cues(parsed_text(doc), [_made(content, cue)])
    return found.cue


def drop_function_words(doc: Doc, quotes: Sequence[Attribution]) -> list[Attribution]:
    return repairs.drop_function_words(parsed_text(doc), quotes)


def trim_contents(text: str, quotes: Sequence[Attribution]) -> list[Attribution]:
    return repairs.trim_contents(of_text(text), quotes)


def drop_doubtful(doc: Doc, quotes: Sequence[Attribution]) -> list[Attribution]:
    return repairs.drop_doubtful(parsed_text(doc), quotes, LEXICON, DEFAULT_EXTRACTION_SETTINGS)


def drop_furniture(text: str, quotes: Sequence[Attribution]) -> list[Attribution]:
    return repairs.drop_furniture(of_text(text), quotes)


def add_missing_cues(quotes: Sequence[Attribution], by_rules: Sequence[Attribution]) -> list[Attribution]:
    return repairs.add_missing_cues(of_text(""), quotes, lambda: by_rules)


def add_missing_sources(
    doc: Doc, quotes: Sequence[Attribution], by_rules: Sequence[Attribution] = ()
) -> list[Attribution]:
    return repairs.add_missing_sources(parsed_text(doc), quotes, LEXICON, DEFAULT_EXTRACTION_SETTINGS, lambda: by_rules)


def detach_nested_sources(doc: Doc, quotes: Sequence[Attribution]) -> list[Attribution]:
    return nested_sources.detach_nested_sources(parsed_text(doc), quotes, LEXICON)


def add_nested_source_quotes(
    source: str | Doc, quotes: Sequence[Attribution], by_rules: Sequence[Attribution]
) -> list[Attribution]:
    parsed = of_text(source) if isinstance(source, str) else parsed_text(source)
    return nested_sources.add_nested_source_quotes(
        parsed, quotes, LEXICON, DEFAULT_EXTRACTION_SETTINGS, lambda: by_rules
    )


def settle_reported_speakers(doc: Doc, quotes: Sequence[Attribution]) -> list[Attribution]:
    return reported_speakers.settle_reported_speakers(parsed_text(doc), quotes, LEXICON, DEFAULT_EXTRACTION_SETTINGS)


def join_interrupted_speech(parsed: ParsedText, quotes: Sequence[Attribution]) -> list[Attribution]:
    return insertions.join_interrupted_speech(parsed, quotes, LEXICON)


def join_pieces(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    settings: ExtractionSettings,
    by_rules: Sequence[Attribution] = (),
) -> list[Attribution]:
    return joining.join_pieces(parsed, quotes, LEXICON, settings, lambda: by_rules)


# Layouts


def find_turns(text: str) -> list[tuple[str, list[str]]]:
    """Label and contents of each turn."""
    found = LayoutReader()(text).turns
    return [(turn.label.of(text), words(text, turn.content)) for turn in found]


def add_labelled_turns(text: str, quotes: Sequence[Attribution]) -> list[Attribution]:
    return turns.add_labelled_turns(of_text(text), quotes, DEFAULT_EXTRACTION_SETTINGS)


# Quotes by tags, and those inside them


def find_tagged(
    extractor: LearnedExtractor, text: str, settings: ExtractionSettings = DEFAULT_EXTRACTION_SETTINGS
) -> list[Linked]:
    marks = pair_marks(text)
    level = extractor.encoder(text, marks).levels[0]
    return _find_quotes(level, text, SpeechPlaces.outermost(level.pieces, marks), settings)


def find_nested(extractor: LearnedExtractor, text: str) -> list[Linked]:
    nested = extractor.encoder(text, pair_marks(text)).levels[1]
    return find_inner_quotes(of_text(text), nested, find_tagged(extractor, text), DEFAULT_EXTRACTION_SETTINGS)
