"""The learned extractor: the encoder's tags say what is speech, its links whose, the quotation marks where it ends."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

import attrs

from quotesmith.encoder import Encoded, Encoder
from quotesmith.extraction.acts import find_act, find_assertion
from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.dialogue import split_turns
from quotesmith.extraction.edges import find_outer_marks
from quotesmith.extraction.fragments import MarkedText, Tagged, read_fragments
from quotesmith.extraction.grammar import whole_name, without_addressee
from quotesmith.extraction.inner import InnerText, take_out
from quotesmith.extraction.kinds import find_kind
from quotesmith.extraction.linking import Linked, link
from quotesmith.extraction.nesting import with_parents
from quotesmith.extraction.relays import apart, has_relays, with_own_sources, with_relayed, without_relays
from quotesmith.extraction.rules import RuleExtractor
from quotesmith.extraction.scores import Calibration, read_calibration
from quotesmith.extraction.sifting import without_doubtful, without_repeated_headings
from quotesmith.extraction.transcripts import with_turns
from quotesmith.extraction.uncued import with_rules_cues
from quotesmith.extraction.unsourced import with_grammars_sources
from quotesmith.lexicon.reporting import ReportingLexicon, load_reporting
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan

_WORD = re.compile(r"\w")
# "I heard you say no." Shorter contents seldom hold another quote.
_LEAST_SPACES = 4
# A content read without what stands around it is read less well: what is less sure than this is left.
_SURE = 0.65


@attrs.frozen
class LearnedExtractor:
    """Finds quotes with a small encoder trained on news and novels (see the card beside its weights).

    Needs tags, lemmas, a dependency parse and named entities on the Doc: for act and assertion, and for the rules that
    give a cue where the tags give none.

    Attributes:
        encoder: Gives tags and links.
        lexicon: The reporting words.
        calibration: Makes scores of chances.
    """

    encoder: Encoder = attrs.field(factory=Encoder)
    lexicon: ReportingLexicon = attrs.field(factory=load_reporting)
    calibration: Calibration = attrs.field()

    @calibration.default
    def _shipped_calibration(self) -> Calibration:
        return read_calibration(self.encoder.path)

    def __call__(self, parsed: ParsedText, encoded: Encoded | None = None, /) -> list[Attribution]:
        """The attributions in order of their content's start; linear in the text's length."""
        outer = find_quotes(self.encoder(parsed.text, parsed.marks) if encoded is None else encoded, parsed)
        inner = find_inner_quotes(self.encoder, parsed, outer, find_reporting(parsed, self.lexicon))
        describe = _Describer(parsed, self.lexicon, self.calibration)
        found = [describe(quote) for quote in outer]
        found = without_relays(parsed, found)
        relays = has_relays(parsed.text, found)
        by_rules = RuleExtractor(self.lexicon)(parsed) if relays or any(not quote.cue for quote in found) else []
        found = with_own_sources(parsed, with_rules_cues(found, by_rules), by_rules)
        found = without_repeated_headings(parsed, without_doubtful(parsed, found, self.lexicon))
        # A subject that grammar finds beside any verb is no evidence for a doubtful quote: these are gone by now.
        found = with_grammars_sources(parsed, found, self.lexicon)
        found = [*found, *map(describe, inner)]
        found = with_turns(parsed, found)
        found = with_relayed(parsed, found, by_rules)
        # The steps before give some another cue, less content, or content up to marks that lie behind its source.
        found = [
            attrs.evolve(
                a,
                kind=find_kind(parsed.marked_words, a.content, a.cue),
                source=apart(a.source, (*a.content, *a.cue)),
            )
            for a in found
        ]
        return with_parents(sorted(found, key=lambda a: (a.extent.start, -a.extent.end, a.cue)))


@attrs.frozen
class _Describer:
    """Makes attributions of linked fragments: kind, act, assertion, score."""

    parsed: ParsedText
    lexicon: ReportingLexicon
    calibration: Calibration

    def __call__(self, quote: Linked) -> Attribution:
        """The attribution of a quote."""
        doc = self.parsed.doc
        cue = () if quote.cue is None else (quote.cue.span,)
        content = without_addressee(doc, tuple(part.span for part in quote.contents), cue)
        return Attribution(
            content=content,
            cue=cue,
            source=() if quote.source is None else (whole_name(doc, quote.source.span, (*content, *cue)),),
            kind=find_kind(self.parsed.marked_words, content, cue),
            act=find_act(doc, cue, self.lexicon),
            assertion=find_assertion(doc, cue, content, self.lexicon),
            outer_marks=find_outer_marks(self.parsed, content),
            score=self.calibration(quote),
            rule="tags",
        )


def find_quotes(encoded: Encoded, text: MarkedText) -> list[Linked]:
    """The quotes of a text that lie in no other, in order of their first content."""
    fragments = read_fragments(encoded, text.marks)
    contents, sources = (
        [part for part in parts if _WORD.search(text.text, part.span.start, part.span.end)]
        for parts in (fragments.contents, fragments.sources)
    )
    linked = link(encoded, attrs.evolve(fragments, contents=contents, sources=sources), text.marks)
    return split_turns(text, linked)


def find_inner_quotes(
    encoder: Encoder,
    parsed: ParsedText,
    quotes: Sequence[Linked],
    may_report: Callable[[TextSpan], bool],
) -> list[Linked]:
    """The quotes that have their cue and all their words inside one content of `quotes`.

    Args:
        encoder: Reads the contents as one text of their own.
        parsed: The text.
        quotes: Those of the text that lie in no other.
        may_report: Whether it is worth reading a content, given without its outer marks.
    """
    contents = sorted(_without_marks(parsed, part.span) for quote in quotes for part in quote.contents)
    inner = take_out(parsed, [span for span in contents if may_report(span)])
    # Contents have nothing to say about each other.
    read = encoder(inner.text, inner.marks, overlap=0)
    found = []
    for quote in find_quotes(read, inner):
        stretches = {inner.stretch_at(part.span) for part in quote.parts}
        is_sure = all(part.score >= _SURE for part in quote.parts)
        if quote.cue is not None and is_sure and len(stretches) == 1:
            found.append(
                attrs.evolve(
                    quote,
                    contents=tuple(_moved(part, inner) for part in quote.contents),
                    cue=_moved(quote.cue, inner),
                    source=None if quote.source is None else _moved(quote.source, inner),
                )
            )
    return found


def find_reporting(parsed: ParsedText, lexicon: ReportingLexicon) -> Callable[[TextSpan], bool]:
    """Whether a content may hold a quote: it has words enough, and among them one that is known to report.

    Args:
        parsed: The text; its Doc has lemmas.
        lexicon: The reporting words.
    """
    text, doc = parsed.text, parsed.doc
    lemmas = {token.lemma: token.lemma_.lower() for token in doc}
    reporting = {key for key, lemma in lemmas.items() if lexicon.guess(lemma) is not None}
    cues = [token.idx for token in doc if token.lemma in reporting]

    def may_report(content: TextSpan) -> bool:
        has_cue = bisect_left(cues, content.start) < bisect_left(cues, content.end)
        return has_cue and text.count(" ", content.start, content.end) >= _LEAST_SPACES

    return may_report


def _moved(part: Tagged, inner: InnerText) -> Tagged:
    return attrs.evolve(part, span=inner.outer(part.span))


def _without_marks(parsed: ParsedText, span: TextSpan) -> TextSpan:
    """The span without a quotation mark at its start and one at its end, and without white space inside of them."""
    edges = parsed.mark_edges
    opening, closing = edges.get(span.start), edges.get(span.end)
    start = span.start if opening is None else opening.end
    end = span.end if closing is None else closing.start
    words = TextSpan(start, end).stripped(parsed.text) if start < end else None
    return span if words is None else words
