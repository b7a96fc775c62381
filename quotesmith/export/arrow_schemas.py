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


_TEXT_TYPE = pa.string()
_SCORE_TYPE = pa.float64()
_TEXTS = _list(_TEXT_TYPE)
_SPANS = _list(struct({"start": pa.int64(), "end": pa.int64()}))
_EVIDENCE = struct(
    {
        "extraction": _TEXT_TYPE,
        "method": _TEXT_TYPE,
        "chain": _TEXTS,
        "runners_up": _list(struct({"entity": _TEXT_TYPE, "score": _SCORE_TYPE})),
        "reason?": _TEXT_TYPE,
        "grounds": _TEXTS,
    }
)
QUOTE = struct(
    {
        "id": _TEXT_TYPE,
        "kind": _TEXT_TYPE,
        "content": _SPANS,
        "text": _TEXT_TYPE,
        "act": _TEXT_TYPE,
        "assertion": _TEXT_TYPE,
        "cue": _SPANS,
        "source": _SPANS,
        "source_mention?": _TEXT_TYPE,
        "speakers": _TEXTS,
        "addressees": _TEXTS,
        "parent?": _TEXT_TYPE,
        "score": _SCORE_TYPE,
        "speaker_score": _SCORE_TYPE,
        "evidence": _EVIDENCE,
    }
)
ENTITY = struct(
    {
        "id": _TEXT_TYPE,
        "name": _TEXT_TYPE,
        "kind": _TEXT_TYPE,
        "named": pa.bool_(),
        "aliases": _TEXTS,
        "gender?": _TEXT_TYPE,
        "members": _TEXTS,
        "stands_for?": _TEXT_TYPE,
        "identifier?": _TEXT_TYPE,
    }
)
MENTION = struct({"id": _TEXT_TYPE, "spans": _SPANS, "form": _TEXT_TYPE, "entity": _TEXT_TYPE})
_DOCUMENT_FIELDS = struct(
    {
        "id": _TEXT_TYPE,
        "text": _TEXT_TYPE,
        "language": _TEXT_TYPE,
        "meta": _TEXT_TYPE,
        "quotes": _list(QUOTE),
        "entities": _list(ENTITY),
        "mentions": _list(MENTION),
    }
)
DOCUMENT_SCHEMA = pa.schema(list(_DOCUMENT_FIELDS), metadata={VERSION: str(SCHEMA).encode()})


def schema_fault(schema: pa.Schema) -> str | None:
    """Why a file of that schema isn't one of documents, or None where it is."""
    version = (schema.metadata or {}).get(VERSION)
    if version is None:
        return f"its metadata has no {VERSION.decode()}"
    if version != str(SCHEMA).encode():
        return f"its schema is {version.decode(errors='replace')}, and this version reads schema {SCHEMA}"
    return None if schema.equals(DOCUMENT_SCHEMA) else f"its columns aren't those of schema {SCHEMA}"
