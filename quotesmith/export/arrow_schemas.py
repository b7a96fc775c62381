"""The columns of documents in Arrow and Parquet, with their types.

Needs pyarrow, so it is imported only where such a file is written or read.
"""

from collections.abc import Mapping

import pyarrow as pa

from quotesmith.records.codec import SCHEMA

VERSION = b"quotesmith.schema"


def _list(kind: "pa.DataType") -> "pa.DataType":
    return pa.list_(pa.field("element", kind, nullable=False))


def struct(types: Mapping[str, "pa.DataType"]) -> "pa.DataType":
    """A struct of the fields; one whose name ends in a question mark may be null."""
    return pa.struct([pa.field(name.rstrip("?"), kind, nullable=name.endswith("?")) for name, kind in types.items()])


_TEXT = pa.string()
_SCORE = pa.float64()
_TEXTS = _list(_TEXT)
_SPANS = _list(struct({"start": pa.int64(), "end": pa.int64()}))
_EVIDENCE = struct(
    {
        "extraction": _TEXT,
        "method": _TEXT,
        "chain": _TEXTS,
        "runners_up": _list(struct({"entity": _TEXT, "score": _SCORE})),
        "reason?": _TEXT,
    }
)
QUOTE = struct(
    {
        "id": _TEXT,
        "kind": _TEXT,
        "content": _SPANS,
        "text": _TEXT,
        "act": _TEXT,
        "assertion": _TEXT,
        "cue": _SPANS,
        "source": _SPANS,
        "source_mention?": _TEXT,
        "speakers": _TEXTS,
        "addressees": _TEXTS,
        "parent?": _TEXT,
        "score": _SCORE,
        "speaker_score": _SCORE,
        "evidence": _EVIDENCE,
    }
)
ENTITY = struct(
    {
        "id": _TEXT,
        "name": _TEXT,
        "kind": _TEXT,
        "named": pa.bool_(),
        "aliases": _TEXTS,
        "gender?": _TEXT,
        "members": _TEXTS,
        "stands_for?": _TEXT,
        "identifier?": _TEXT,
    }
)
MENTION = struct({"id": _TEXT, "spans": _SPANS, "form": _TEXT, "entity": _TEXT})
_DOCUMENT = struct(
    {
        "id": _TEXT,
        "text": _TEXT,
        "language": _TEXT,
        "meta": _TEXT,
        "quotes": _list(QUOTE),
        "entities": _list(ENTITY),
        "mentions": _list(MENTION),
    }
)
DOCUMENT_SCHEMA = pa.schema(list(_DOCUMENT), metadata={VERSION: str(SCHEMA).encode()})


def schema_fault(schema: pa.Schema) -> str | None:
    """Why a file of that schema isn't one of documents, or None where it is."""
    version = (schema.metadata or {}).get(VERSION)
    if version is None:
        return f"its metadata has no {VERSION.decode()}"
    if version != str(SCHEMA).encode():
        return f"its schema is {version.decode(errors='replace')}, and this version reads schema {SCHEMA}"
    return None if schema.equals(DOCUMENT_SCHEMA) else f"its columns aren't those of schema {SCHEMA}"
