"""Clusters of mentions, and the seam where they come in."""

from typing import Protocol

from attrs import field, frozen
from spacy.tokens import Doc

from quotesmith.records import TextSpans
from quotesmith.records.spans import as_spans


@frozen
class Cluster:
    """Mentions of one entity.

    Attributes:
        mentions: Spans of characters in text order; of a long mention at least its head word. Two members of
            a coordination ("Xi and Putin ... they") may both be there.
    """

    mentions: TextSpans = field(converter=as_spans)


class CoreferenceResolver(Protocol):
    """Finds what the mentions of a Doc refer to; never changes the Doc."""

    def __call__(self, doc: Doc, targets: TextSpans, /) -> list[Cluster]:
        """Clusters that say something of the targets, in order of their first mention.

        Args:
            doc: The Doc; offsets are characters of `doc.text`.
            targets: The mentions that need an antecedent (pronouns, nominals), in text order.
        """


def no_clusters(doc: Doc, targets: TextSpans) -> list[Cluster]:  # noqa: ARG001 - the seam's signature
    """No clusters: names, grammar and the flow of quotes alone decide."""
    return []


def about_targets(clusters: list[Cluster], targets: TextSpans) -> list[Cluster]:
    """The clusters with a mention that overlaps a target, in order of their first mention."""
    points = sorted((mention, number) for number, c in enumerate(clusters) for mention in c.mentions)
    wanted: set[int] = set()
    opened: list[tuple[int, int]] = []
    position = 0
    for target in sorted(targets):
        while position < len(points) and points[position][0].start < target.end:
            mention, number = points[position]
            opened.append((mention.end, number))
            position += 1
        opened = [(end, number) for end, number in opened if end > target.start]
        wanted.update(number for _, number in opened)
    chosen = [clusters[number] for number in wanted]
    return sorted(chosen, key=lambda cluster: cluster.mentions)
