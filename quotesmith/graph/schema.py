"""What a quote graph holds: its nodes' and edges' attributes and its relations, each with its meaning.

Every node has all attributes of its `node_type`, every edge all of `EDGE_ATTRIBUTES`; values are plain
strings, whole numbers, floats and booleans, so that any graph format can carry them.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

import networkx as nx
from attrs import frozen

PlainType: TypeAlias = type[str] | type[int] | type[float] | type[bool]


@frozen
class Attribute:
    """The type of an attribute's values, and what they mean."""

    type: PlainType
    meaning: str


_NODE = {
    "node_type": Attribute(str, '"entity", "quote" or "document"'),
    "document": Attribute(str, "id of the document; empty for an entity that several documents have"),
}
NODE_ATTRIBUTES: Mapping[str, Mapping[str, Attribute]] = MappingProxyType(
    {
        "entity": MappingProxyType(
            {
                **_NODE,
                "kind": Attribute(str, "person, organization, place, group or other"),
                "name": Attribute(str, "fullest name that the text gives, or an unnamed one's words"),
                "named": Attribute(bool, "whether `name` is a proper name"),
                "identifier": Attribute(str, "the caller's own key; empty where there is none"),
                "document_count": Attribute(int, "in how many documents it takes part"),
            }
        ),
        "quote": MappingProxyType(
            {
                **_NODE,
                "kind": Attribute(str, "direct, mixed or indirect"),
                "act": Attribute(str, "speech, writing, thought or attitude"),
                "assertion": Attribute(str, "asserted, negated, hypothetical, question or future"),
                "text": Attribute(str, "the quote's words without its outer marks"),
                "start": Attribute(int, "first character of the content, as an offset into the text"),
                "end": Attribute(int, "offset after the content's last character"),
                "score": Attribute(float, "how sure it is that the quote is there, in [0, 1]"),
                "speaker_score": Attribute(float, "how sure it is that its speakers are right, in [0, 1]"),
            }
        ),
        "document": MappingProxyType(
            {
                **_NODE,
                "title": Attribute(str, "of the document's meta, like the next three; empty where it has none"),
                "date": Attribute(str, "as the meta has it, ISO 8601"),
                "outlet": Attribute(str, "who published it"),
                "url": Attribute(str, "where it stands"),
            }
        ),
    }
)
EDGE_ATTRIBUTES: Mapping[str, Attribute] = MappingProxyType(
    {"relation": Attribute(str, "what the edge says, one of the relations; also the edge's key")}
)
RELATIONS: Mapping[str, str] = MappingProxyType(
    {
        "said": "from a speaker to the quote",
        "to": "from a quote to an entity that it is spoken to",
        "about": "from a quote to an entity that its content mentions",
        "inside": "from a quote to the one inside whose content it stands, or else to its document",
        "member": "from a group to an entity in it",
        "stands_for": "from a metonym to the entity that it means",
    }
)


def iter_faults(graph: "nx.MultiDiGraph[str]") -> Iterator[str]:
    """Faults that keep the graph from being a quote graph, a sentence each; none where it is one."""
    for node, data in graph.nodes(data=True):
        known = NODE_ATTRIBUTES.get(data.get("node_type", ""))
        if known is None:
            yield f"node {node!r} has node_type {data.get('node_type')!r}, not {', '.join(NODE_ATTRIBUTES)}"
        else:
            yield from _attribute_faults(f"node {node!r}", data, known)
    for source, target, data in graph.edges(data=True):
        where = f"edge {source!r} -> {target!r}"
        yield from _attribute_faults(where, data, EDGE_ATTRIBUTES)
        if data.get("relation") not in RELATIONS:
            yield f"{where} has relation {data.get('relation')!r}, not {', '.join(RELATIONS)}"


def _attribute_faults(where: str, data: Mapping[str, Any], known: Mapping[str, Attribute]) -> Iterator[str]:
    if data.keys() != known.keys():
        yield f"{where} has the attributes {', '.join(map(str, data))}, not {', '.join(known)}"
        return
    for name, value in data.items():
        if type(value) is not known[name].type:
            yield f"{where} has {name} {value!r}, not a {known[name].type.__name__}"
