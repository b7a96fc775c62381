"""Gold quotes put in as attributions, so that what comes after extraction is measured alone."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from attrs import define, field
from spacy.tokens import Doc

from quotesmith.coreference import AntecedentScorer, Cluster, CorefereeAdapter, CoreferenceResolver
from quotesmith.encoder import Encoder
from quotesmith.extraction.acts import find_act, find_assertion
from quotesmith.extraction.attributions import Attribution, find_kind, with_parents
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.marks import MarkPair
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan, TextSpans
from quotesmith.speakers.resolver import PairScorer


def gold_attributions(
    doc: Doc, marks: Sequence[MarkPair], rows: Sequence[dict[str, Any]]
) -> tuple[list[Attribution], list[int]]:
    """The attributions of rows with `content`, `cue` and `source`, in text order, and the row of each."""
    parsed, lexicon = ParsedText.of(doc, marks), load_reporting()
    order = sorted(range(len(rows)), key=lambda n: (rows[n]["content"][0][0], -rows[n]["content"][-1][1]))
    found = []
    for number in order:
        content, cue = spans_of(rows[number]["content"]), spans_of(rows[number]["cue"])
        found.append(
            Attribution(
                content=content,
                cue=cue,
                source=spans_of(rows[number]["source"]),
                kind=find_kind(parsed.marked_words, content),
                act=find_act(parsed, cue, lexicon),
                assertion=find_assertion(parsed, cue, content, lexicon),
                score=1.0,
                rule="gold",
            )
        )
    return with_parents(found), order


def spans_of(pairs: Sequence[Sequence[int]]) -> TextSpans:
    """Spans of pairs of offsets."""
    return tuple(TextSpan(start, end) for start, end in pairs)


def once(make: Callable[[], CoreferenceResolver] = CorefereeAdapter) -> CoreferenceResolver:
    """A resolver that looks at the same Doc and targets only once."""
    resolver = make()

    @cache
    def clusters(doc: Doc, targets: TextSpans) -> list[Cluster]:
        return resolver(doc, targets)

    return clusters


@define
class Linking:
    """The scorer of antecedents as the default pipeline has it, loaded once."""

    _encoder: Encoder = field(factory=Encoder)
    _scorer: AntecedentScorer = field(factory=AntecedentScorer)

    def __call__(self, doc: Doc, marks: Sequence[MarkPair]) -> PairScorer:
        """What says how likely each pair of the Doc's mentions is."""
        return partial(self._scorer, doc, self._encoder(doc.text, marks))
