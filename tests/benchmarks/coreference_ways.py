"""Predictions for a gold corpus by each way to use coreference, for its scorer.

Run as `python -m tests.benchmarks.coreference_ways pronouns GOLD/gap/validation.jsonl.gz FOLDER`; the file
`FOLDER/WAY.jsonl` is what `quotesmith evaluate` writes, with `coref` set to that way. For "doc" a component before puts
clusters of all pronouns on the Doc, as a coreference component of one's own would: coreferee's, over the whole text.
"""

import json
import sys
from functools import partial
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import quotesmith
from quotesmith.coreference import CorefereeAdapter, pronoun_class
from quotesmith.evaluation import Task, iter_predictions
from quotesmith.records import TextSpan

WAYS = ("adapter", "doc", "none")


@Language.component("clusters_of_all_pronouns")
def put_clusters(doc: Doc) -> Doc:
    """The Doc with a span group for each of coreferee's clusters."""
    targets = tuple(TextSpan(t.idx, t.idx + len(t)) for t in doc if pronoun_class(t) is not None)
    for number, cluster in enumerate(CorefereeAdapter()(doc, targets), start=1):
        spans = (doc.char_span(span.start, span.end, alignment_mode="expand") for span in cluster.mentions)
        doc.spans[f"coref_clusters_{number}"] = [span for span in spans if span is not None]
    return doc


def load_way(way: str) -> Language:
    """The default pipeline with that way to use coreference."""
    nlp = quotesmith.load()
    nlp.remove_pipe("quotesmith")
    if way == "doc":
        nlp.add_pipe("clusters_of_all_pronouns")
    nlp.add_pipe("quotesmith", config={"coref": way})
    return nlp


def main() -> None:
    """Write the predictions of each way."""
    task, gold, folder = Task(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    for way in WAYS:
        nlp = load_way(way)
        with (folder / f"{way}.jsonl").open("w", encoding="utf-8") as file:
            for row in iter_predictions(task, gold, pipe=partial(quotesmith.pipe, nlp=nlp)):
                file.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
