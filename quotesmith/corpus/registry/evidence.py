"""What stands near two names in their documents: words beside both that few other names have beside them."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from quotesmith.corpus.duck import literal
from quotesmith.corpus.shards import shard_batches

if TYPE_CHECKING:
    import duckdb

NEAR: Final = 120
"""How many characters before and after a name's first mention in a document are looked at."""
DOCUMENTS: Final = 20
"""In how many documents of a name at most."""
SAMPLED: Final = 10_000
"""How many mentions tell which words are rare."""
RARE: Final = 0.01
"""Near what part of these mentions at most a word stands that tells something."""
FEW: Final = 2
"""Near how many it may stand in any case."""

_CHOSEN: Final = (
    """
CREATE TABLE looked_at AS
SELECT unit, number, min(entity) AS entity, false AS is_sample
FROM placed WHERE unit IN (SELECT unit FROM weak UNION SELECT other FROM weak)
GROUP BY unit, number
QUALIFY row_number() OVER (PARTITION BY unit ORDER BY hash(number), number) <= $documents
UNION ALL
(SELECT p.unit, p.number, p.entity, true
FROM placed AS p JOIN units AS u USING (unit) WHERE u.kind = 'person'
ORDER BY hash(p.number, p.entity), p.number, p.entity LIMIT $sampled)
""",
    "CREATE TABLE windows (unit BIGINT, number BIGINT, is_sample BOOLEAN, words VARCHAR[])",
)
_WINDOWS: Final = """
INSERT INTO windows
WITH mentioned AS (
    SELECT document, entity, min(spans[1]['start']) AS start, min_by(spans[1]['end'], spans[1]['start']) AS stop
    FROM read_parquet($mentions) WHERE form = 'name' GROUP BY document, entity
)
SELECT c.unit, c.number, c.is_sample, list_distinct(regexp_extract_all(lower(
    substr(t.text, greatest(m.start - $near, 0) + 1, m.stop + $near - greatest(m.start - $near, 0))), '\\p{L}{5,}'))
FROM looked_at AS c
JOIN documents AS d USING (number)
JOIN read_parquet($documents) AS t ON t.id = d.id
JOIN mentioned AS m ON m.document = d.id AND m.entity = c.entity
"""
_SHARED: Final = """
WITH told AS (
    SELECT word, count(*) AS times FROM (SELECT unnest(words) AS word FROM windows WHERE is_sample) GROUP BY word
), own AS (
    SELECT DISTINCT w.unit, w.number, w.word, coalesce(t.times, 0) AS times
    FROM (SELECT unit, number, unnest(words) AS word FROM windows WHERE NOT is_sample) AS w
    LEFT JOIN told AS t USING (word)
    WHERE coalesce(t.times, 0) <= greatest($few, $rare * (SELECT count(*) FROM windows WHERE is_sample))
)
SELECT k.unit, k.other, list(a.word ORDER BY a.times, a.word)[1]
FROM weak AS k
JOIN own AS a ON a.unit = k.unit
JOIN own AS b ON b.unit = k.other AND b.word = a.word AND b.number <> a.number
JOIN units AS u ON u.unit = k.unit JOIN units AS v ON v.unit = k.other
WHERE NOT contains(u.core || ' ' || v.core, a.word)
GROUP BY k.unit, k.other
"""


def shared_words(connection: "duckdb.DuckDBPyConnection", folder: Path) -> dict[tuple[int, int], str]:
    """For pairs of the table `weak`, the rarest word that stands near both names, in different documents."""
    if connection.execute("SELECT count(*) FROM weak").fetchall() == [(0,)]:
        return {}
    connection.execute(_CHOSEN[0], {"documents": DOCUMENTS, "sampled": SAMPLED})
    connection.execute(_CHOSEN[1])
    for places in shard_batches(folder):
        files = {name: [literal(place / f"{name}.parquet") for place in places] for name in ("mentions", "documents")}
        connection.execute(_WINDOWS, {**files, "near": NEAR})
    rows = connection.execute(_SHARED, {"few": FEW, "rare": RARE}).fetchall()
    return {(unit, other): word for unit, other, word in rows}
