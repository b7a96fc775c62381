"""Quotes by grammar, by the place of quotation marks, and by labels: no learned parts but the parse."""

from collections.abc import Iterator, Sequence

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.rules.clauses import find_content, find_cue, find_source
from quotesmith.extraction.rules.drafts import Draft, claimed, finish
from quotesmith.extraction.rules.passages import find_uncued, join_continued
from quotesmith.extraction.rules.phrases import find_labels, find_nested_sources, find_noun_reports
from quotesmith.extraction.rules.quotations import assign_passages
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import Frame, ReportingLexicon
from quotesmith.parsed_text import ParsedText, TokenRange


def find_by_rules(parsed: ParsedText, lexicon: ReportingLexicon, settings: ExtractionSettings) -> list[Attribution]:
    """The attributions that grammar and layout give, in no order, none the parent of another.

    Args:
        parsed: The text; its Doc has tags, lemmas, a dependency parse and named entities.
        lexicon: The reporting words.
        settings: The thresholds.

    Note:
        In n log n of the text's length.
    """
    drafts = [
        *_find_verbal(parsed, lexicon, settings),
        *find_noun_reports(parsed, lexicon, settings),
        *find_nested_sources(parsed, lexicon),
    ]
    drafts = _with_labels(parsed, drafts, settings)
    join_continued(parsed, drafts)
    drafts.extend(find_uncued(parsed, drafts, settings))
    finished = (finish(parsed, draft, settings) for draft in drafts)
    return [attribution for attribution in finished if attribution is not None]


def _find_verbal(parsed: ParsedText, lexicon: ReportingLexicon, settings: ExtractionSettings) -> list[Draft]:
    """Drafts of all reporting verbs: content by grammar, by marks, or by both."""
    drafts = assign_passages(parsed, lexicon, settings)
    for token in parsed.doc:
        if token.pos_ != "VERB":
            continue
        content = find_content(parsed, token, lexicon)
        if content is None:
            continue
        if token.i in drafts:
            drafts[token.i].act = content.act
            if content.frame == Frame.CLAUSE:
                drafts[token.i].pieces.extend(_beside_passages(parsed, drafts[token.i], content.pieces))
        else:
            drafts[token.i] = Draft(
                rule=content.frame.value,
                act=content.act,
                cue=find_cue(parsed, token),
                source=find_source(parsed, token, settings),
                pieces=list(content.pieces),
            )
    return [drafts[index] for index in sorted(drafts)]


def _with_labels(parsed: ParsedText, drafts: list[Draft], settings: ExtractionSettings) -> list[Draft]:
    """The drafts and those of labelled paragraphs, but where a passage in one has a cue of its own."""
    taken = claimed(drafts)
    labels = (label for label in find_labels(parsed, settings) if taken.isdisjoint(_passages_in(parsed, label)))
    return [*drafts, *labels]


def _passages_in(parsed: ParsedText, draft: Draft) -> Iterator[int]:
    return (position for piece in draft.pieces for position in parsed.passages_in(piece))


def _beside_passages(parsed: ParsedText, draft: Draft, pieces: Sequence[TokenRange]) -> list[TokenRange]:
    """The pieces; only those before the cue where it closes its passages: the others are its own clause."""
    if draft.cue is None or any(parsed.passages[p].tokens.start >= draft.cue.end for p in draft.passages):
        return list(pieces)
    return [piece for piece in pieces if piece.start < draft.cue.start]
