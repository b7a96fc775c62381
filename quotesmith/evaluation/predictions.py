"""What quotesmith predicts for a gold document, in the rows that the scorers read.

news      attributions with source, cue, content and speakers (PolNeAR and the like). Quotes inside quotes are left out,
          since these corpora annotate none.
lit       quoted stretches with a speaker (PDNC, LitBank).
pronouns  all mentions with their entities (GAP, OntoGUM).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import Any

from quotesmith.evaluation.gold import iter_gold
from quotesmith.marks import pair_marks
from quotesmith.records import MentionForm, Quote, QuoteDocument, TextSpan, TextSpans


class Task(StrEnum):
    """A sort of gold corpus."""

    NEWS = "news"
    LIT = "lit"
    PRONOUNS = "pronouns"


def iter_predictions(
    task: Task, gold: Path, *, pipe: Callable[[Iterable[str]], Iterable[QuoteDocument]]
) -> Iterator[dict[str, Any]]:
    """One row for each gold document, in order.

    Args:
        task: The sort of corpus.
        gold: Its file.
        pipe: Gives the documents of some texts, in order.

    Raises:
        FormatError: if the gold file isn't of that sort.
    """
    key, make_row = TASKS[task]
    documents = pipe(row["text"] for row in iter_gold(gold, key=key))
    for row, document in zip(iter_gold(gold, key=key), documents, strict=True):
        yield {key: row[key], **make_row(document)}


def news_row(document: QuoteDocument) -> dict[str, Any]:
    """The document's attributions; those inside others have `nested`."""
    return {
        "attributions": [
            {
                "id": quote.id,
                "kind": quote.kind.value,
                "source": _pairs(document.source_spans(quote)),
                "cue": _pairs(quote.cue),
                "content": _pairs(quote.content),
                "speakers": list(document.names(quote)),
                **({} if quote.parent is None else {"nested": True}),
            }
            for quote in document.quotes
        ]
    }


def lit_row(document: QuoteDocument) -> dict[str, Any]:
    """The document's quoted stretches without their marks, grouped by quote; each stretch in one quote only.

    Of a passage that holds the narrator's words too, a turn behind a dash for one, what the quote has of it.
    """
    outermost = (pair.inner for pair in pair_marks(document.text) if pair.depth == 0)
    passages = [inner for inner in outermost if inner is not None]
    taken: set[TextSpan] = set()
    rows = []
    for quote in document.quotes:
        spans = [span for span in _stretches(passages, quote) if span not in taken]
        if spans and quote.parent is None:
            taken.update(spans)
            rows.append({"spans": _pairs(tuple(spans)), **_speaker(document, quote)})
    return {"quotes": rows}


def pronouns_row(document: QuoteDocument) -> dict[str, Any]:
    """All mentions, one row a span."""
    return {
        "mentions": [
            {"span": [span.start, span.end], "entity": mention.entity}
            for mention in document.mentions
            for span in mention.spans
        ]
    }


TASKS: dict[Task, tuple[str, Callable[[QuoteDocument], dict[str, Any]]]] = {
    Task.NEWS: ("doc_id", news_row),
    Task.LIT: ("novel_id", lit_row),
    Task.PRONOUNS: ("doc_id", pronouns_row),
}


def _pairs(spans: TextSpans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _stretches(passages: list[TextSpan], quote: Quote) -> list[TextSpan]:
    """What the quote's content has of the passages, in order: whole ones, or the parts of one."""
    found = []
    for content in quote.content:
        position = bisect_right(passages, content.start, key=attrgetter("end"))
        while position < len(passages) and passages[position].start < content.end:
            passage = passages[position]
            found.append(TextSpan(max(content.start, passage.start), min(content.end, passage.end)))
            position += 1
    return found


def _speaker(document: QuoteDocument, quote: Quote) -> dict[str, Any]:
    """The speaker's name and other names, and a mention that names it; nobody unless there is just one speaker.

    A pronoun doesn't count: the scorer would look up its meaning in the gold data.
    """
    row: dict[str, Any] = {"speaker": None}
    if len(quote.speakers) == 1:
        entity = document.entity(quote.speakers[0])
        row = {"speaker": entity.name, "names": list(entity.aliases)}
    naming = quote.evidence.chain[-1] if quote.evidence.chain else quote.source
    if naming is not None and document.mention(naming).form != MentionForm.PRONOUN:
        first = document.mention(naming).spans[0]
        row["mention"] = [first.start, first.end]
    return row
