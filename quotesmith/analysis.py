"""The one place that knows the order of the stages: Doc -> marks -> extraction -> speakers -> records."""

import hashlib
import logging
from collections.abc import Mapping
from functools import partial
from time import perf_counter
from typing import Any

from attrs import evolve, field, frozen
from spacy.tokens import Doc

from quotesmith.chapter_headings import find_chapters
from quotesmith.coreference import AntecedentScorer, CorefereeAdapter, CoreferenceResolver, LinkScorer, no_clusters
from quotesmith.encoder import Encoder, find_name_kinds
from quotesmith.extraction import Attribution, Extractor, LayoutReader, TextStyle, decide_style
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.progress import ReadingStage, report
from quotesmith.records import CHAPTERS_KEY, Evidence, Quote, QuoteDocument, chapters_data, pieces_text
from quotesmith.speakers import Decision, Gazetteer, SpeakerScore, SpeakerSettings, resolve_speakers, speaker_score

_LOG = logging.getLogger("quotesmith")
# The digits behind these are the rounding of sums, which differs between two runs on one machine.
_SCORE_DIGITS = 6


@frozen
class Analyzer:
    """Turns a parsed Doc into a QuoteDocument; reads the Doc and never changes it.

    Attributes:
        extractor: Finds content, cue and source of each quote.
        coreference: Finds clusters, which help where the scorer is unsure.
        read_layout: Finds the layout that says who speaks (labels, chats, scripts); `meta["layout"]` names it.
        marks: Which quotation marks are primary: "auto", "double", "single" or "dash".
        style: What texts are read as; None where each text decides. `meta["style"]` names it.
        encoder: Reads the text once, for the extractor and for the scorer.
        scorer: Finds what pronouns and descriptions refer to.
        gazetteer: Names that are known beforehand.
        people: Words about people; None for those of each Doc's language.
        speaker_settings: Thresholds and weights by which speakers are resolved.
        speaker_score: Turns the method that found the speakers, and how sure it is, into their score.
        timings: Whether the document's `meta` says how long each stage took.
    """

    extractor: Extractor
    coreference: CoreferenceResolver
    read_layout: LayoutReader = field(factory=LayoutReader)
    marks: str = "auto"
    style: TextStyle | None = None
    gazetteer: Gazetteer | None = None
    people: PeopleLexicon | None = None
    encoder: Encoder = field(factory=Encoder)
    scorer: LinkScorer = field(factory=AntecedentScorer)
    speaker_settings: SpeakerSettings = field(factory=SpeakerSettings)
    speaker_score: SpeakerScore = speaker_score
    timings: bool = False

    def __call__(
        self,
        doc: Doc,
        *,
        text: str | None = None,
        id: str | None = None,
        meta: Mapping[str, Any] | None = None,
    ) -> QuoteDocument:
        """The quotes, speakers and mentions of `doc`.

        Args:
            doc: With tags, lemmas, a dependency parse and named entities.
            text: The original text, where the Doc's was cleaned character by character; of the same length.
            id: The document's key; without one, a digest of the text.
            meta: The caller's own JSON data; what it has under "style", "layout", "chapters" and "timings" stays.
        """
        # A Doc joins its tokens each time that its text is asked for.
        watch = Stopwatch()
        read = doc.text
        original = read if text is None else text
        marks = pair_marks(read, style=self.marks)
        layout = self.read_layout(original)
        parsed = ParsedText.of(doc, marks, layout, original)
        watch.stop("marks")
        encoded = self.encoder(read, marks)
        watch.stop("encoder")
        report(ReadingStage.EXTRACTION, 0.0)
        attributions = self.extractor(parsed, encoded)
        style = decide_style(parsed) if self.style is None else self.style
        # Links, which only the extractor reads, take most: 280 MB in a novel of 900,000 characters.
        encoded = evolve(encoded, levels=())
        watch.stop("extraction")
        report(ReadingStage.SPEAKERS, 0.0)
        results = resolve_speakers(
            parsed,
            attributions,
            style=style,
            coreference=self._clusters(style),
            link=partial(self.scorer, doc, encoded),
            kinds=find_name_kinds(encoded.pieces, encoded.mentions),
            gazetteer=self.gazetteer,
            people=self.people,
            score=self.speaker_score,
            settings=self.speaker_settings,
        )
        watch.stop("speakers")
        quotes = [
            make_quote(position, attribution, decision, original)
            for position, (attribution, decision) in enumerate(zip(attributions, results.decisions, strict=True))
        ]
        _LOG.debug("%d characters, %d quotes; seconds: %s", len(read), len(quotes), watch.seconds)
        added: dict[str, Any] = {"style": style.value} | ({"timings": watch.seconds} if self.timings else {})
        if layout.family is not None:
            added["layout"] = layout.family
        chapters = find_chapters(original)
        if chapters:
            added[CHAPTERS_KEY] = chapters_data(chapters)
        return QuoteDocument(
            id=text_digest(original) if id is None else id,
            text=original,
            language=doc.lang_,
            quotes=quotes,
            entities=results.entities,
            mentions=results.mentions,
            meta=_with_own(meta or {}, added),
        )

    def _clusters(self, style: TextStyle) -> CoreferenceResolver:
        """What finds clusters: in fiction not coreferee, which changes .1 of 100 speakers there, and costs a tenth."""
        is_idle = style is TextStyle.FICTION and isinstance(self.coreference, CorefereeAdapter)
        return no_clusters if is_idle else self.coreference


def _with_own(meta: Mapping[str, Any], added: Mapping[str, Any]) -> Mapping[str, Any]:
    """The caller's data and what the analysis adds under keys that the caller doesn't use."""
    own: object = meta  # a caller without type checker may give anything; the record tells them
    return {**meta, **{key: added[key] for key in added if key not in meta}} if isinstance(own, Mapping) else meta


class Stopwatch:
    """Seconds of wall-clock time by stage, each from the end of the one before."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def stop(self, stage: str) -> None:
        """End a stage, which began with the end of the one before."""
        now = perf_counter()
        self.seconds[stage] = round(now - self._last, 6)
        self._last = now


def make_quote(position: int, attribution: Attribution, decision: Decision, text: str) -> Quote:
    """The record of one attribution and the decision on its speaker."""
    return Quote(
        id=f"q{position}",
        kind=attribution.kind,
        act=attribution.act,
        assertion=attribution.assertion,
        content=attribution.content,
        text=pieces_text(text, attribution.content, attribution.outer_marks),
        cue=attribution.cue,
        source=decision.source,
        speakers=decision.speakers,
        addressees=decision.addressees,
        parent=None if attribution.parent is None else f"q{attribution.parent}",
        score=round(attribution.score, _SCORE_DIGITS),
        speaker_score=round(decision.score, _SCORE_DIGITS),
        evidence=Evidence(
            extraction=attribution.rule,
            method=decision.method,
            chain=decision.chain,
            runners_up=[evolve(other, score=round(other.score, _SCORE_DIGITS)) for other in decision.runners_up],
            reason=decision.reason,
            grounds=decision.grounds,
        ),
    )


def text_digest(text: str) -> str:
    """Twelve hexadecimal digits that stand for the text: equal for equal texts."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
