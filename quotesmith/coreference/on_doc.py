"""Clusters that another component of the pipeline put on the Doc."""

from typing import Any

from spacy.tokens import Doc

from quotesmith.coreference.clusters import Cluster, about_targets
from quotesmith.records import TextSpan, TextSpans

SPANS_KEY = "coref_clusters_"


def clusters_on_doc(doc: Doc, targets: TextSpans) -> list[Cluster]:
    """The clusters in `doc._.coref_chains` (coreferee's component) and `doc.spans["coref_clusters_*"]`.

    Returns:
        Those with a mention that overlaps a target, in order of their first mention.
    """
    return about_targets([*_span_groups(doc), *_chains(doc)], targets)


def _span_groups(doc: Doc) -> list[Cluster]:
    groups = [group for key, group in doc.spans.items() if key.startswith(SPANS_KEY)]
    spans = [sorted({(span.start_char, span.end_char) for span in group if len(span)}) for group in groups]
    return [Cluster([TextSpan(start, end) for start, end in group]) for group in spans if group]


def _chains(doc: Doc) -> list[Cluster]:
    if not Doc.has_extension("coref_chains") or doc._.coref_chains is None:
        return []
    return [chain_cluster(doc, chain, offset=0) for chain in doc._.coref_chains]


def chain_cluster(doc: Doc, chain: Any, *, offset: int) -> Cluster:
    """The cluster of a coreferee chain on `doc`, moved by `offset` characters."""
    tokens = sorted({index for mention in chain for index in mention.token_indexes})
    spans = [(doc[index].idx, doc[index].idx + len(doc[index])) for index in tokens]
    return Cluster([TextSpan(start + offset, end + offset) for start, end in spans])
