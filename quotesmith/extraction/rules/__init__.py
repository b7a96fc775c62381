"""The rule extractor: parse and lexicon, no learned parts but the spaCy pipeline's."""

from collections.abc import Iterator, Sequence

import attrs
from spacy.tokens import Doc

from quotesmith.encoder import Encoded
from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.nesting import with_parents
from quotesmith.extraction.rules.clauses import find_content, find_cue
from quotesmith.extraction.rules.drafts import Draft, claimed, finish
from quotesmith.extraction.rules.nouns import find_noun_reports
from quotesmith.extraction.rules.passages import find_uncued, join_continued, without_unspoken
from quotesmith.extraction.rules.phrases import find_according_to, find_labels, find_signatures
from quotesmith.extraction.rules.quotations import assign_passages
from quotesmith.extraction.rules.reading import Reading, TokenRange, read
from quotesmith.extraction.rules.sources import find_source
from quotesmith.lexicon.reporting import Frame, ReportingLexicon, load_reporting
from quotesmith.marks import MarkPair

# How often content of each frame is right, measured on news.
_SCORES = {Frame.CLAUSE: 0.8, Frame.INFINITIVE: 0.5, Frame.PREPOSITIONAL: 0.5, Frame.NOMINAL: 0.4}


@attrs.frozen
class RuleExtractor:
    """Finds quotes by the grammar of reporting verbs and by the place of quotation marks.

    Needs tags, lemmas, a dependency parse and named entities on the Doc.
    """

    lexicon: ReportingLexicon = attrs.field(factory=load_reporting)

    def __call__(
        self,
        doc: Doc,
        marks: Sequence[MarkPair],
        encoded: Encoded | None = None,  # noqa: ARG002 - rules need none
        /,
    ) -> list[Attribution]:
        """The attributions of `doc` in order of their content's start; takes n log n of its length."""
        reading = read(doc, marks)
        drafts = [*self._verbal(reading), *find_noun_reports(reading, self.lexicon), *find_according_to(reading)]
        drafts = _with_signatures(reading, drafts)
        drafts = _with_labels(reading, drafts)
        join_continued(reading, drafts)
        drafts.extend(find_uncued(reading, drafts))
        drafts = without_unspoken(reading, drafts)
        finished = (finish(reading, draft, self.lexicon) for draft in drafts)
        found = [attribution for attribution in finished if attribution is not None]
        return with_parents(sorted(found, key=lambda a: (a.extent.start, -a.extent.end, a.cue)))

    def _verbal(self, reading: Reading) -> list[Draft]:
        """Drafts of all reporting verbs: content by grammar, by marks, or by both."""
        drafts = assign_passages(reading, self.lexicon)
        for token in reading.doc:
            if token.pos_ != "VERB":
                continue
            content = find_content(reading, token, self.lexicon)
            if content is None:
                continue
            if token.i in drafts:
                drafts[token.i].act = content.act
                if content.frame == Frame.CLAUSE:
                    drafts[token.i].pieces.extend(_beside_passages(reading, drafts[token.i], content.pieces))
            else:
                drafts[token.i] = Draft(
                    rule=content.frame.value,
                    score=_SCORES[content.frame],
                    act=content.act,
                    cue=find_cue(reading, token),
                    source=find_source(reading, token),
                    pieces=list(content.pieces),
                )
        return [drafts[index] for index in sorted(drafts)]


def _with_signatures(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """The drafts and those of signed passages, which belong to nobody else."""
    signed = dict(find_signatures(reading))
    for draft in drafts:
        draft.passages = [position for position in draft.passages if position not in signed]
    return [*(draft for draft in drafts if draft.passages or draft.pieces), *signed.values()]


def _with_labels(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """The drafts and those of labelled paragraphs, but where a passage in one has a cue of its own."""
    taken = claimed(drafts)
    labels = (label for label in find_labels(reading) if taken.isdisjoint(_passages_in(reading, label)))
    return [*drafts, *labels]


def _passages_in(reading: Reading, draft: Draft) -> Iterator[int]:
    return (position for piece in draft.pieces for position in reading.passages_in(piece))


def _beside_passages(reading: Reading, draft: Draft, pieces: Sequence[TokenRange]) -> list[TokenRange]:
    """The pieces; only those before the cue where it closes its passages: the others are its own clause."""
    if draft.cue is None or any(reading.passages[p].tokens.start >= draft.cue.end for p in draft.passages):
        return list(pieces)
    return [piece for piece in pieces if piece.start < draft.cue.start]
