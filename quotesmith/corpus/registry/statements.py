"""The SQL by which a registry is built.

A `sighting` is a named entity of one document. A `unit` is all sightings that surely mean the same: they have one kind,
one name however it is spelled, and one tag; where the user corrects a name in one document, that document's sightings
are a unit of their own (`cut`). A `tag` is an identifier or an entry of the user's gazetteer. A `cluster` is the units
that share an identity.
"""

from typing import Final

CREATE_REGISTRY: Final = (
    "CREATE TABLE documents (number BIGINT, id VARCHAR)",
    """CREATE TABLE sightings (number BIGINT, entity VARCHAR, name VARCHAR, kind VARCHAR, gender VARCHAR,
    identifier VARCHAR, aliases VARCHAR[])""",
    "CREATE TABLE refs (ref INTEGER, name VARCHAR, document VARCHAR)",
    "CREATE TABLE entries (tag VARCHAR, kind VARCHAR, name VARCHAR)",
    "CREATE TABLE weak (unit BIGINT, other BIGINT)",
    "CREATE TABLE decided (unit BIGINT, cluster BIGINT, reason VARCHAR)",
    "CREATE TABLE refused (unit BIGINT, other BIGINT, reason VARCHAR)",
    "CREATE TABLE roots (cluster BIGINT, root BIGINT, reason VARCHAR)",
    "CREATE TABLE renamed (cluster BIGINT, name VARCHAR)",
    "CREATE TABLE old_members (document VARCHAR, entity VARCHAR, identity VARCHAR)",
    "CREATE TABLE old_merged (identity VARCHAR, now VARCHAR)",
)
"""The tables that are filled from outside."""

REGISTRY_DOCUMENTS: Final = """
INSERT INTO documents
SELECT (SELECT count(*) FROM documents) + row_number() OVER (ORDER BY shard, file_row_number) - 1, id
FROM (
    SELECT id, file_row_number, CAST(parse_path(filename, 'both_slash')[-2] AS INTEGER) AS shard
    FROM read_parquet(?, filename = true, file_row_number = true))
"""
"""Takes the files of a batch's documents."""

SIGHTINGS: Final = """
INSERT INTO sightings
SELECT d.number, e.id, e.name, e.kind, e.gender, e.identifier, e.aliases
FROM read_parquet(?) AS e JOIN documents AS d ON d.id = e.document AND d.number >= ?
WHERE e.named
"""
"""Takes the files of a batch's entities and the number of its first document."""

UNITS: Final = (
    """
CREATE TABLE spelled AS
SELECT kind, name, family, core, kind <> 'person' AND is_noun(core) AS is_noun
FROM (
    SELECT kind, name, person_key(name) AS person, name_key(name) AS key
    FROM (SELECT DISTINCT kind, name FROM sightings)), LATERAL (
    SELECT CASE WHEN kind = 'person' THEN split_part(person, chr(10), 1) ELSE '' END AS family,
        CASE WHEN kind = 'person' AND person <> chr(10) THEN split_part(person, chr(10), 2) ELSE key END AS core)
""",
    """
CREATE TABLE entry_keys AS
SELECT DISTINCT kind, CASE WHEN kind = 'person' THEN person_key(name) ELSE name_key(name) END AS key, tag FROM entries
""",
    """
CREATE TABLE ref_keys AS
SELECT ref, true AS is_person, split_part(person, chr(10), 1) AS family, split_part(person, chr(10), 2) AS core,
    coalesce(document, '') AS cut
FROM (SELECT *, person_key(name) AS person FROM refs)
UNION ALL
SELECT ref, false, '', name_key(name), coalesce(document, '') FROM refs
""",
    """
CREATE TABLE tagged AS
SELECT s.number, s.entity, s.name, s.kind, s.gender, s.aliases, p.family, p.core,
    coalesce('id:' || s.identifier, g.tag, '') AS tag,
    p.is_noun AND s.identifier IS NULL AND g.tag IS NULL AS is_noun,
    CASE WHEN c.cut IS NOT NULL OR (p.is_noun AND s.identifier IS NULL AND g.tag IS NULL) THEN d.id ELSE '' END AS cut
FROM sightings AS s
JOIN spelled AS p USING (kind, name)
JOIN documents AS d USING (number)
LEFT JOIN entry_keys AS g
    ON g.kind = s.kind AND g.key = CASE WHEN s.kind = 'person' THEN p.family || chr(10) || p.core ELSE p.core END
LEFT JOIN (SELECT DISTINCT cut, is_person, family, core FROM ref_keys WHERE cut <> '') AS c
    ON c.cut = d.id AND c.is_person = (s.kind = 'person') AND c.family = p.family AND c.core = p.core
""",
    """
CREATE TABLE unit_keys AS
SELECT row_number() OVER (ORDER BY kind <> 'person', kind, family, core, tag, cut) - 1 AS unit,
    kind, family, core, tag, cut, is_noun, documents
FROM (
    SELECT kind, family, core, tag, cut, is_noun, count(DISTINCT number) AS documents
    FROM tagged GROUP BY kind, family, core, tag, cut, is_noun)
""",
    """
CREATE TABLE placed AS
SELECT u.unit, t.number, t.entity, t.name, t.gender, t.aliases
FROM tagged AS t JOIN unit_keys AS u USING (kind, family, core, tag, cut)
""",
    "DROP TABLE tagged",
    """
CREATE TABLE units AS
WITH names AS (
    SELECT unit, list(name ORDER BY times DESC, name)[1] AS name
    FROM (SELECT unit, name, count(*) AS times FROM placed GROUP BY unit, name) GROUP BY unit
), genders AS (
    SELECT unit, list(gender ORDER BY times DESC, gender)[1] AS gender
    FROM (SELECT unit, gender, count(*) AS times FROM placed WHERE gender IS NOT NULL GROUP BY unit, gender)
    GROUP BY unit
)
SELECT u.unit, u.kind, u.kind = 'person' AS is_person, u.family, u.core, u.tag, u.cut, u.is_noun, u.documents,
    n.name, g.gender
FROM unit_keys AS u JOIN names AS n USING (unit) LEFT JOIN genders AS g USING (unit)
""",
)
"""Groups sightings into units; after sightings, refs and entries are there."""

PEOPLE_BY_FAMILY: Final = """
SELECT unit, family, name, core, gender, tag FROM units WHERE kind = 'person' ORDER BY unit
"""
PEOPLES_DOCUMENTS: Final = """
SELECT DISTINCT p.unit, p.number FROM placed AS p JOIN units AS u USING (unit)
WHERE u.kind = 'person' ORDER BY p.unit, p.number
"""
BODIES_BY_NAME: Final = """
SELECT unit, kind, core, tag, cut, is_noun FROM units WHERE kind <> 'person' ORDER BY unit
"""
SHORT_NAMES: Final = """
WITH aliases AS (
    SELECT u.unit, u.kind, u.core, min(alias) AS alias, name_key(alias) AS short, count(DISTINCT number) AS documents
    FROM units AS u JOIN (SELECT unit, number, unnest(aliases) AS alias FROM placed) USING (unit)
    WHERE u.kind <> 'person' AND u.cut = '' AND regexp_full_match(alias, '[A-Z][A-Za-z.&]*[A-Z][.]?')
    GROUP BY u.unit, u.kind, u.core, short
)
SELECT a.unit, a.core, a.alias, s.unit, a.documents
FROM aliases AS a JOIN units AS s ON s.kind = a.kind AND s.core = a.short
WHERE s.core <> a.core AND s.tag = '' AND s.cut = ''
ORDER BY 4, 1, 3
"""
"""Names with aliases that may be acronyms, and the units of which these are the names."""

REFS: Final = """
SELECT r.ref, u.unit, u.kind, u.documents
FROM ref_keys AS r JOIN units AS u
    ON (u.cut = r.cut OR (u.is_noun AND r.cut = ''))
    AND u.is_person = r.is_person AND u.family = r.family AND u.core = r.core
ORDER BY r.ref, u.unit
"""
"""The units of which the corrections speak."""

TAGGED_CLUSTERS: Final = """
SELECT u.tag, d.cluster FROM units AS u JOIN decided AS d USING (unit) WHERE u.tag <> ''
GROUP BY u.tag, d.cluster ORDER BY u.tag, d.cluster
"""

CLUSTERS: Final = (
    """
CREATE TABLE parts AS
SELECT u.unit, coalesce(r.root, d.cluster) AS cluster, u.kind, u.name, u.gender, u.tag, u.documents,
    u.kind = 'person' AND u.core = u.family AS is_short,
    coalesce(d.reason, r.reason, '') AS reason
FROM units AS u JOIN decided AS d USING (unit) LEFT JOIN roots AS r USING (cluster)
""",
    """
CREATE TABLE cast_members AS
SELECT p.number, p.entity, c.cluster FROM placed AS p JOIN parts AS c USING (unit)
""",
    """
CREATE TABLE clusters AS
WITH kinds AS (
    SELECT cluster, list(kind ORDER BY times DESC, kind)[1] AS kind
    FROM (SELECT cluster, kind, sum(documents) AS times FROM parts GROUP BY cluster, kind) GROUP BY cluster
), genders AS (
    SELECT cluster, list(gender ORDER BY times DESC, gender)[1] AS gender
    FROM (SELECT cluster, gender, sum(documents) AS times FROM parts WHERE gender IS NOT NULL GROUP BY cluster, gender)
    GROUP BY cluster
), names AS (
    SELECT cluster, list(name ORDER BY is_short, documents DESC, name)[1] AS name, max(nullif(tag, '')) AS tag
    FROM parts GROUP BY cluster
), counts AS (
    SELECT cluster, count(DISTINCT number) AS documents, min(number) AS first FROM cast_members GROUP BY cluster
)
SELECT n.cluster, coalesce(w.name, g.name, n.name) AS name, coalesce(g.kind, k.kind) AS kind,
    coalesce(g.gender, s.gender) AS gender,
    coalesce(g.identifier, CASE WHEN starts_with(n.tag, 'id:') THEN n.tag[4:] END) AS identifier,
    c.documents, c.first
FROM names AS n JOIN kinds AS k USING (cluster) JOIN counts AS c USING (cluster)
LEFT JOIN genders AS s USING (cluster) LEFT JOIN known AS g ON g.tag = n.tag
LEFT JOIN (SELECT cluster, max(name) AS name FROM renamed GROUP BY cluster) AS w USING (cluster)
""",
)
"""The clusters, once all is decided; `known` are the entries of the gazetteer."""

IDS: Final = (
    """
CREATE TABLE meetings AS
SELECT m.cluster, o.identity, count(*) AS shared
FROM cast_members AS m JOIN documents AS d USING (number)
JOIN old_members AS o ON o.document = d.id AND o.entity = m.entity
GROUP BY m.cluster, o.identity
""",
    """
CREATE TABLE kept AS
WITH wanted AS (
    SELECT cluster, identity, shared FROM meetings
    QUALIFY row_number() OVER (PARTITION BY cluster ORDER BY shared DESC, id_number(identity)) = 1
)
SELECT cluster, identity FROM wanted
QUALIFY row_number() OVER (PARTITION BY identity ORDER BY shared DESC, cluster) = 1
""",
    """
CREATE TABLE ids AS
SELECT cluster, identity FROM kept
UNION ALL
SELECT cluster, 'i' || (? + row_number() OVER (ORDER BY first, cluster) - 1)
FROM clusters WHERE cluster NOT IN (SELECT cluster FROM kept)
""",
    """
CREATE TABLE merged AS
WITH gone AS (
    SELECT o.identity, i.identity AS now
    FROM meetings AS o JOIN ids AS i USING (cluster)
    WHERE o.identity NOT IN (SELECT identity FROM ids)
    QUALIFY row_number() OVER (PARTITION BY o.identity ORDER BY o.shared DESC, id_number(i.identity)) = 1
)
SELECT identity, now FROM gone
UNION ALL
SELECT o.identity, coalesce(g.now, o.now) FROM old_merged AS o LEFT JOIN gone AS g ON g.identity = o.now
""",
)
"""The id of each cluster, that of the old identity with which it shares most or a new one, and what became of ids that
are gone. The third statement takes the next free number."""

REGISTRY_FILES: Final = {
    "identities": """
SELECT i.identity, c.name, c.kind, c.gender, c.identifier, c.documents
FROM clusters AS c JOIN ids AS i USING (cluster) ORDER BY id_number(i.identity)
""",
    "names": """
WITH written AS (
    SELECT u.cluster, p.name, p.number, CASE WHEN p.name = u.name THEN u.reason
        ELSE coalesce(nullif(u.reason, ''), 'the same name, spelled otherwise') END AS reason, 0 AS rank
    FROM placed AS p JOIN parts AS u USING (unit)
    UNION ALL
    SELECT u.cluster, a.alias, a.number, 'stands for ' || a.name || ' in the same document', 1
    FROM (SELECT unit, number, name, unnest(aliases) AS alias FROM placed) AS a JOIN parts AS u USING (unit)
), counted AS (
    SELECT cluster, name, count(DISTINCT number) AS documents, list(reason ORDER BY rank, reason)[1] AS reason
    FROM written GROUP BY cluster, name
)
SELECT * FROM (
    SELECT i.identity, w.name, w.documents, CASE WHEN w.name = c.name THEN ''
        ELSE coalesce(nullif(w.reason, ''), 'the name in the documents') END AS reason
    FROM counted AS w JOIN ids AS i USING (cluster) JOIN clusters AS c USING (cluster)
    UNION ALL
    SELECT i.identity, c.name, 0, '' FROM clusters AS c JOIN ids AS i USING (cluster)
    WHERE NOT EXISTS (SELECT 1 FROM counted AS w WHERE w.cluster = c.cluster AND w.name = c.name)
) ORDER BY id_number(identity), documents DESC, name
""",
    "members": """
SELECT d.id AS document, m.entity, i.identity
FROM cast_members AS m JOIN documents AS d USING (number) JOIN ids AS i USING (cluster)
ORDER BY d.id, m.entity
""",
    "apart": """
SELECT DISTINCT a.identity, u.name, b.identity AS other, v.name AS other_name, r.reason
FROM refused AS r
JOIN parts AS u ON u.unit = r.unit JOIN parts AS v ON v.unit = r.other
JOIN ids AS a ON a.cluster = u.cluster JOIN ids AS b ON b.cluster = v.cluster
WHERE u.cluster <> v.cluster
ORDER BY 1, 2, 3, 4, 5
""",
    "merged": "SELECT identity, now FROM merged ORDER BY id_number(identity)",
}
"""What each file of a registry holds."""
