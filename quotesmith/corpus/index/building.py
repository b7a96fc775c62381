"""Builds the index of a corpus: its shards' tables and its registry, joined and sorted for queries.

The SQL uses the words of the tables (docs/corpora.md) and three more: a `number` stands for a document or quote,
counted over all shards in order; a `key` is a name folded for comparing; `who` stands for an identity: one person, body
or place across many documents. A named entity has the identity that the registry gives it, or else shares one with all
entities of its name and kind. An unnamed one ("analysts") shares one with all that are called the same, for each of its
forms: nobody knows whether they are the same people.
"""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quotesmith.corpus.database import add_functions, connect, literal, reported, write_files
from quotesmith.corpus.settings import REGISTRY_FOLDER, SETTINGS
from quotesmith.corpus.shards import MANIFEST, shard_batches, shard_places
from quotesmith.files import create_folder_atomically

if TYPE_CHECKING:
    import duckdb

INDEX_FORMAT: Final = 4
"""The version of an index' files."""
INDEX: Final = "index"
"""The folder of a corpus that has its index."""
PART: Final = "partial-"
"""How the name of an index' folder begins until the index is complete."""
GROUP_ROWS: Final = 20_480
"""How many rows a row group has: the least that is read for one row."""

CREATE_INDEX: Final = (
    """CREATE TABLE documents (number BIGINT, id VARCHAR, shard INTEGER, day DATE, outlet VARCHAR, outlet_key VARCHAR,
    title VARCHAR, url VARCHAR)""",
    """CREATE TABLE quotes (number BIGINT, document BIGINT, quote VARCHAR, parent BIGINT, day DATE, kind VARCHAR,
    act VARCHAR, assertion VARCHAR, score DOUBLE, speaker_score DOUBLE, speakers VARCHAR[], addressees VARCHAR[],
    text VARCHAR, words VARCHAR)""",
    """CREATE TABLE entities (document BIGINT, entity VARCHAR, name VARCHAR, kind VARCHAR, named BOOLEAN,
    aliases VARCHAR[], identifier VARCHAR, digest UBIGINT)""",
    "CREATE TABLE edges (document BIGINT, entity VARCHAR, relation VARCHAR, quote BIGINT)",
)
"""The tables that are filled batch by batch."""

ENTITY_FIELDS: Final = ("id", "name", "kind", "gender", "named", "aliases", "identifier", "members", "stands_for")
ENTITY_DIGEST: Final = """md5_number_lower(concat_ws(chr(31), {id}, {name}, {kind}, coalesce({gender}, ''), {named},
    array_to_string({aliases}, chr(30)), coalesce({identifier}, ''), array_to_string({members}, chr(30)),
    coalesce({stands_for}, '')))"""
"""A number that stands for all that an entity's record says, from SQL for each of its fields."""

REGISTRY_COLUMNS: Final = {
    "members": ("document", "entity", "identity"),
    "identities": ("identity", "name", "kind", "identifier"),
    "names": ("identity", "name"),
    "merged": ("identity", "now"),
}
"""The registry's tables, with the columns that are used."""

INDEX_DOCUMENTS: Final = """
INSERT INTO documents
SELECT (SELECT count(*) FROM documents) + row_number() OVER (ORDER BY shard, file_row_number) - 1,
    id, shard, day_of(date), outlet, folded(outlet), title, url
FROM (
    SELECT *, CAST(parse_path(filename, 'both_slash')[-2] AS INTEGER) AS shard
    FROM read_parquet(?, filename = true, file_row_number = true))
"""
"""Takes the files of a batch's documents."""

BATCH_ENTITIES: Final = " ".join(
    [
        "CREATE OR REPLACE TEMP TABLE batch_entities AS SELECT d.number AS document, e.id AS entity, e.name, e.kind,",
        "e.named, e.aliases, e.identifier, e.members, e.stands_for,",
        ENTITY_DIGEST.format_map({name: f"e.{name}" for name in ENTITY_FIELDS}),
        "AS digest FROM read_parquet(?) AS e JOIN documents AS d ON d.id = e.document AND d.number >= ?",
    ]
)
"""Takes the files of a batch's entities and the number of its first document; so do the next two statements."""

BATCH_QUOTES: Final = """
CREATE OR REPLACE TEMP TABLE batch_quotes AS
SELECT (SELECT count(*) FROM quotes) + row_number() OVER (ORDER BY d.number, q.file_row_number) - 1 AS number,
    d.number AS document, d.day, q.* EXCLUDE (document)
FROM read_parquet(?, file_row_number = true) AS q JOIN documents AS d ON d.id = q.document AND d.number >= ?
"""

BATCH_LINKS: Final = """
CREATE OR REPLACE TEMP TABLE batch_links AS
SELECT q.document, q.number AS quote, l.relation, l.entity
FROM read_parquet(?) AS l
JOIN documents AS d ON d.id = l.document AND d.number >= ?
JOIN batch_quotes AS q ON q.document = d.number AND q.id = l.quote
"""

ENTITIES: Final = """
INSERT INTO entities SELECT document, entity, name, kind, named, aliases, identifier, digest FROM batch_entities
"""

QUOTES: Final = """
INSERT INTO quotes
WITH roles AS (
    SELECT number, document, 'said' AS relation, unnest(speakers) AS entity, generate_subscripts(speakers, 1) AS place
    FROM batch_quotes
    UNION ALL
    SELECT number, document, 'to', unnest(addressees), generate_subscripts(addressees, 1) FROM batch_quotes
), names AS (
    SELECT r.number,
        list(e.name ORDER BY r.place) FILTER (r.relation = 'said') AS speakers,
        list(e.name ORDER BY r.place) FILTER (r.relation = 'to') AS addressees
    FROM roles AS r JOIN batch_entities AS e USING (document, entity)
    GROUP BY r.number
)
SELECT q.number, q.document, q.id, p.number, q.day, q.kind, q.act, q.assertion, q.score, q.speaker_score,
    coalesce(n.speakers, []), coalesce(n.addressees, []), q.text, folded(q.text)
FROM batch_quotes AS q
LEFT JOIN names AS n ON n.number = q.number
LEFT JOIN batch_quotes AS p ON p.document = q.document AND p.id = q.parent
"""

EDGES: Final = """
INSERT INTO edges
WITH RECURSIVE holds AS (
    SELECT document, entity AS holder, unnest(members) AS held FROM batch_entities
    UNION
    SELECT document, entity, stands_for FROM batch_entities WHERE stands_for IS NOT NULL
), reaches AS (
    SELECT document, holder, held FROM holds
    UNION
    SELECT r.document, r.holder, h.held
    FROM reaches AS r JOIN holds AS h ON h.document = r.document AND h.holder = r.held
), spoken AS (
    SELECT document, entity, relation, quote FROM batch_links WHERE relation <> 'about'
    UNION
    SELECT l.document, r.held, l.relation, l.quote
    FROM batch_links AS l JOIN reaches AS r ON r.document = l.document AND r.holder = l.entity
    WHERE l.relation <> 'about'
), members AS (
    SELECT document, entity AS whole, unnest(list_distinct(members)) AS entity, len(list_distinct(members)) AS count
    FROM batch_entities
)
SELECT document, entity, relation, quote FROM spoken
UNION
SELECT m.document, m.whole, s.relation, s.quote
FROM members AS m JOIN spoken AS s USING (document, entity)
GROUP BY m.document, m.whole, m.count, s.relation, s.quote
HAVING count(*) = m.count
UNION ALL
SELECT document, entity, relation, quote FROM batch_links WHERE relation = 'about'
"""
"""By which entities a quote is found. As in `quotesmith.query.groups`, what is said by or to an entity counts for the
members of a group, for those whom a metonym stands for, and for groups all of whose members are named; besides, each
quote is found by the entities that it is about."""

IDENTITIES: Final = (
    """
CREATE TABLE forms AS
SELECT name, name_key(name) AS key
FROM (SELECT name FROM entities UNION SELECT unnest(aliases) FROM entities)
""",
    """
CREATE TABLE casts AS
SELECT e.document, e.entity, e.name AS form, coalesce(m.identity, e.kind || ':' || f.key) AS identity
FROM entities AS e
JOIN forms AS f USING (name)
JOIN documents AS d ON d.number = e.document
LEFT JOIN registry_members AS m ON m.document = d.id AND m.entity = e.entity
WHERE e.named
UNION ALL
SELECT e.document, e.entity, min(e.name), 'unnamed:' || f.key
FROM (SELECT document, entity, unnest(list_prepend(name, aliases)) AS name FROM entities WHERE NOT named) AS e
JOIN forms AS f USING (name)
GROUP BY e.document, e.entity, f.key
""",
    """
CREATE TABLE described AS
WITH own AS (
    SELECT c.identity, c.form, e.kind, e.named, e.identifier
    FROM casts AS c JOIN entities AS e USING (document, entity)
    WHERE c.identity NOT IN (SELECT identity FROM registry_identities)
), counted AS (
    SELECT identity, form, kind, named, identifier, count(*) AS times FROM own GROUP BY ALL
)
SELECT identity, list(form ORDER BY times DESC, form)[1] AS name, list(kind ORDER BY times DESC, kind)[1] AS kind,
    bool_or(named) AS named,
    list(identifier ORDER BY times DESC, identifier) FILTER (identifier IS NOT NULL)[1] AS identifier
FROM counted GROUP BY identity
UNION ALL
SELECT identity, name, kind, true, identifier FROM registry_identities
WHERE identity IN (SELECT identity FROM casts)
""",
    """
CREATE TABLE whos AS SELECT CAST(row_number() OVER (ORDER BY identity) - 1 AS INTEGER) AS who, * FROM described
""",
    """
CREATE TABLE links AS
SELECT DISTINCT w.who, e.relation, e.quote
FROM edges AS e JOIN casts AS c USING (document, entity) JOIN whos AS w USING (identity)
""",
)
"""The identities and the quotes of each."""

INDEX_FILES: Final = {
    "documents": "SELECT * FROM documents ORDER BY number",
    "quotes": "SELECT * FROM quotes ORDER BY number",
    "links": """
SELECT l.who, l.relation, q.number, q.document, q.parent, q.day, q.kind, q.act, q.assertion, q.score,
    CASE WHEN l.relation <> 'about' THEN q.words END AS words
FROM links AS l JOIN quotes AS q ON q.number = l.quote
ORDER BY l.who, l.relation, q.number
""",
    "identities": """
WITH counts AS (
    SELECT who, count(*) FILTER (relation = 'said') AS said, count(*) FILTER (relation = 'to') AS addressed
    FROM links GROUP BY who
), seen AS (
    SELECT identity, count(DISTINCT document) AS documents FROM casts GROUP BY identity
)
SELECT w.who, w.identity, w.name, name_key(w.name) AS key, w.kind, w.named, w.identifier, s.documents,
    coalesce(c.said, 0) AS said, coalesce(c.addressed, 0) AS addressed
FROM whos AS w JOIN seen AS s USING (identity) LEFT JOIN counts AS c USING (who)
ORDER BY w.who
""",
    "names": """
WITH own AS (
    SELECT c.identity, unnest(CASE WHEN e.named THEN list_prepend(e.name, e.aliases) ELSE [c.form] END) AS name
    FROM casts AS c JOIN entities AS e USING (document, entity)
    WHERE c.identity NOT IN (SELECT identity FROM registry_names)
    UNION
    SELECT identity, name FROM registry_names
    UNION
    SELECT identity, name FROM whos
)
SELECT w.who, name_key(o.name) AS key, min(o.name) AS name
FROM own AS o JOIN whos AS w USING (identity)
GROUP BY w.who, name_key(o.name)
ORDER BY key, w.who
""",
    "merged": "SELECT identity, now FROM registry_merged ORDER BY identity",
    "members": """
SELECT c.document, c.entity, c.identity, e.named, e.digest FROM casts AS c JOIN entities AS e USING (document, entity)
ORDER BY c.document, c.entity, c.identity
""",
}
"""What each file of an index holds. Links repeat the columns by which quotes are selected, so that the quotes of one
speaker are stored together."""


def covered(folder: Path) -> str:
    """A digest, in 16 hexadecimal digits, of what is indexed: the settings, the shards' manifests and the registry.

    The registry's tables count by size and time of writing, all else by content.
    """
    found = hashlib.blake2b(str(INDEX_FORMAT).encode(), digest_size=8)
    found.update((folder / SETTINGS).read_bytes())
    for place in shard_places(folder):
        found.update(place.name.encode() + (place / MANIFEST).read_bytes())
    for path in sorted((folder / REGISTRY_FOLDER).glob("*.parquet")):
        state = path.stat()
        found.update(f"{path.name} {state.st_size} {state.st_mtime_ns}".encode())
    return found.hexdigest()


def build_index(folder: Path, place: Path) -> None:
    """Build the index of the corpus in the folder at a place that doesn't exist yet; it appears there once complete.

    Where another process builds the same index at the same time, one of the two is kept.

    Raises:
        CorpusError: if the tables can't be read or the index can't be written.
        MissingPackageError: if duckdb isn't installed.
    """
    with create_folder_atomically(place, place.parent, PART) as part:
        connection = connect(str(part / "work.duckdb"), part / "spill")
        try:
            with reported(f"{folder} can't be indexed"):
                _fill(connection, folder)
                write_files(connection, INDEX_FILES, part, row_group_size=GROUP_ROWS)
        finally:
            connection.close()
        (part / "work.duckdb").unlink()
        shutil.rmtree(part / "spill", ignore_errors=True)


def _fill(connection: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    add_functions(connection)
    for statement in CREATE_INDEX:
        connection.execute(statement)
    done = 0
    for places in shard_batches(folder):
        done += _add_batch(connection, places, done)
    for name, columns in REGISTRY_COLUMNS.items():
        _add_registry(connection, folder / REGISTRY_FOLDER / f"{name}.parquet", name, columns)
    for statement in IDENTITIES:
        connection.execute(statement)


def _add_batch(connection: "duckdb.DuckDBPyConnection", places: Sequence[Path], first: int) -> int:
    """Take in some shards, whose documents are numbered from `first` on; gives how many documents they have."""

    def files(table: str) -> list[str]:
        return [literal(place / f"{table}.parquet") for place in places]

    connection.execute(INDEX_DOCUMENTS, [files("documents")])
    connection.execute(BATCH_ENTITIES, [files("entities"), first])
    connection.execute(BATCH_QUOTES, [files("quotes"), first])
    connection.execute(BATCH_LINKS, [files("links"), first])
    for statement in (ENTITIES, QUOTES, EDGES):
        connection.execute(statement)
    [(documents,)] = connection.execute("SELECT count(*) FROM documents WHERE number >= ?", [first]).fetchall()
    return int(documents)


def _add_registry(connection: "duckdb.DuckDBPyConnection", path: Path, name: str, columns: Sequence[str]) -> None:
    """Take in a table of the registry, or an empty one where there is none."""
    if path.is_file():
        connection.from_parquet(literal(path)).select(*columns).create(f"registry_{name}")
    else:
        nothing = ", ".join(f"'' AS {column}" for column in columns)
        connection.from_query(f"SELECT {nothing}").limit(0).create(f"registry_{name}")
