"""Decides which units of a registry share an identity: first within each family name, then across all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
from attrs import evolve, field, frozen
from networkx.utils import UnionFind

from quotesmith.corpus.database import Numbers, RowWriter, iter_rows, literal
from quotesmith.corpus.registry import statements
from quotesmith.corpus.registry.bodies import Body, ShortName, find_acronyms, settle_bodies
from quotesmith.corpus.registry.corrections import CorrectionKind, UnitRulings, contradiction
from quotesmith.corpus.registry.people import Group, NameContext, settle_family, weak_pairs
from quotesmith.corpus.registry.person_names import Form, parse_person
from quotesmith.corpus.shards import shard_batches
from quotesmith.lexicon.people import PeopleLexicon, load_people
from quotesmith.records import Gender

if TYPE_CHECKING:
    import duckdb

EVIDENCE_WINDOW: Final = 120
"""How many characters before and after a name's first mention in a document count as near it."""
EVIDENCE_DOCUMENTS: Final = 20
"""The most documents of a name that are looked at."""
EVIDENCE_SAMPLE: Final = 10_000
"""How many mentions are sampled to find out which words are rare."""
MAX_RARE_SHARE: Final = 0.01
"""A word is rare if it stands near at most this share of the sampled mentions."""
MAX_RARE_MENTIONS: Final = 2
"""A word is rare in any case if it stands near at most this many of them."""

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
WITH sampled AS (
    SELECT word, count(*) AS times FROM (SELECT unnest(words) AS word FROM windows WHERE is_sample) GROUP BY word
), own AS (
    SELECT DISTINCT w.unit, w.number, w.word, coalesce(t.times, 0) AS times
    FROM (SELECT unit, number, unnest(words) AS word FROM windows WHERE NOT is_sample) AS w
    LEFT JOIN sampled AS t USING (word)
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
_NOWHERE: Numbers = np.empty(0, dtype=np.int64)


def decide(connection: "duckdb.DuckDBPyConnection", folder: Path, unit_rulings: UnitRulings) -> None:
    """Fill the tables `decided`, `refused`, `roots` and `renamed` from `units` and `placed`.

    Only the numbers of the documents that have a name are in memory, for one family name at a time.

    Raises:
        CorpusError: if corrections contradict each other or an identifier; shows both.
    """
    lexicon = load_people()
    weak = RowWriter(connection, "weak", ("unit", "other"))
    for forms in _families(connection, lexicon, has_documents=False):
        weak.add(weak_pairs(forms, lexicon))
    weak.flush()
    words = shared_words(connection, folder)
    context = NameContext(
        lexicon, lambda one, other: words.get((one, other)) or words.get((other, one)), unit_rulings.apart
    )
    decided = RowWriter(connection, "decided", ("unit", "cluster", "reason"))
    refused = RowWriter(connection, "refused", ("unit", "other", "reason"))
    for forms in _families(connection, lexicon, has_documents=True):
        free = [form for form in forms if form.unit not in unit_rulings.placed]
        groups, refusals = settle_family(free, context)
        groups += [Group((form,)) for form in forms if form.unit in unit_rulings.placed]
        decided.add(row for group in groups for row in _decisions(group))
        refused.add((own.unit, own.other, own.reason) for own in refusals)
    for bodies in _bodies(connection):
        free_bodies = [body for body in bodies if body.unit not in unit_rulings.placed]
        made, refusals = settle_bodies(free_bodies, unit_rulings.apart)
        made += [[body.unit] for body in bodies if body.unit in unit_rulings.placed]
        decided.add((unit, units[0], None) for units in made for unit in units)
        refused.add((own.unit, own.other, own.reason) for own in refusals)
    decided.flush()
    refused.flush()
    _unite(connection, unit_rulings)


def _families(
    connection: "duckdb.DuckDBPyConnection", lexicon: PeopleLexicon, *, has_documents: bool
) -> Iterator[list[Form]]:
    """The forms of people's names, one family name at a time."""
    people = iter_rows(connection.cursor().execute(statements.PEOPLE_BY_FAMILY))
    numbers = _documents(connection) if has_documents else iter(())
    for _, rows in groupby(people, key=itemgetter(1)):
        forms = [
            Form(unit, name, core, parse_person(name, lexicon), _NOWHERE, gender and Gender(gender), tag)
            for unit, _, name, core, gender, tag in rows
        ]
        # Every unit has documents, and both queries are in the order of units.
        yield [evolve(form, documents=next(numbers)) for form in forms] if has_documents else forms


def _documents(connection: "duckdb.DuckDBPyConnection") -> Iterator[Numbers]:
    rows = iter_rows(connection.cursor().execute(statements.PEOPLES_DOCUMENTS))
    for _, found in groupby(rows, key=itemgetter(0)):
        yield np.fromiter((number for _, number in found), dtype=np.int64)


def _bodies(connection: "duckdb.DuckDBPyConnection") -> Iterator[list[Body]]:
    for _, rows in groupby(iter_rows(connection.cursor().execute(statements.BODIES_BY_NAME)), key=itemgetter(1, 2)):
        yield [Body(unit, tag, cut, is_noun=is_noun) for unit, _, _, tag, cut, is_noun in rows]


def _decisions(group: Group) -> Iterator[tuple[int, int, str | None]]:
    main, *others = group.forms
    yield main.unit, main.unit, None
    for form in others:
        # The form that the group began with has no reason of its own: the main form was joined to it.
        yield form.unit, main.unit, group.reasons.get(form.unit) or group.reasons.get(main.unit)


@frozen(eq=False)
class _Clusters:
    """Which clusters are one, and why.

    Attributes:
        units: The cluster of each unit that is asked for.
        reasons: Why a cluster was united with others.
    """

    units: Mapping[int, int]
    reasons: dict[int, str] = field(factory=dict)
    _united: UnionFind = field(factory=UnionFind)
    _firsts: dict[int, int] = field(factory=dict)

    def root(self, unit: int) -> int:
        """The cluster that stands for all that are united with the unit's."""
        return self.root_of(self.units[unit])

    def root_of(self, cluster: int) -> int:
        """The cluster that stands for all that are united with this one."""
        # The first one, whatever the sizes of the sets: new identities are numbered by these roots.
        name: int = self._united[cluster]
        return self._firsts.get(name, name)

    def unite(self, one: int, other: int, reason: str) -> None:
        root, joined = self.root(one), self.root(other)
        if root != joined:
            # The name of either may turn out to be the commoner one, so both get a reason.
            self.reasons.setdefault(joined, reason)
            self.reasons.setdefault(root, reason)
            self._united.union(root, joined)
            self._firsts[self._united[root]] = root

    def roots(self) -> Iterator[tuple[int, int]]:
        """Each cluster that is united with others, and the one that stands for them."""
        return ((cluster, self.root_of(cluster)) for cluster in list(self._united))


def _unite(connection: "duckdb.DuckDBPyConnection", unit_rulings: UnitRulings) -> None:
    """Unite clusters across family names and kinds: by acronyms, by tags and by the user's corrections."""
    acronyms = find_acronyms(ShortName(*row) for row in iter_rows(connection.cursor().execute(statements.SHORT_NAMES)))
    tagged: dict[str, list[int]] = defaultdict(list)
    for tag, cluster in connection.execute(statements.TAGGED_CLUSTERS).fetchall():
        tagged[tag].append(cluster)
    wanted = {unit for ruling in unit_rulings.rulings for unit in (*ruling.one, *ruling.other)}
    wanted |= {unit for pair in acronyms for unit in pair} | {cluster for own in tagged.values() for cluster in own}
    clusters = _Clusters(_clusters_of(connection, wanted))
    for full, short in acronyms:
        if full not in unit_rulings.apart.get(short, frozenset()):
            clusters.unite(full, short, "documents have it as an acronym")
    for tag, own in tagged.items():
        reason = "the same identifier" if tag.startswith("id:") else "the same entry of the gazetteer"
        for cluster in own[1:]:
            clusters.unite(own[0], cluster, reason)
    _rule(clusters, unit_rulings)
    tags = {cluster: tag for tag, own in tagged.items() for cluster in own}
    _check(clusters, unit_rulings, tags)
    roots = RowWriter(connection, "roots", ("cluster", "root", "reason"))
    roots.add((cluster, root, clusters.reasons.get(cluster)) for cluster, root in clusters.roots())
    roots.flush()
    renamed = RowWriter(connection, "renamed", ("cluster", "name"))
    named = {
        clusters.root(ruling.one[0]): ruling.correction.other
        for ruling in unit_rulings.rulings
        if ruling.correction.do is CorrectionKind.NAME and ruling.fits
    }
    renamed.add(named.items())
    renamed.flush()


def _rule(clusters: _Clusters, unit_rulings: UnitRulings) -> None:
    for ruling in unit_rulings.rulings:
        if ruling.correction.do is CorrectionKind.JOIN and ruling.fits:
            note = ruling.correction.note
            for unit in (*ruling.one[1:], *ruling.other):
                clusters.unite(ruling.one[0], unit, f"you joined them{f': {note}' if note else ''}")


def _check(clusters: _Clusters, unit_rulings: UnitRulings, tags: Mapping[int, str]) -> None:
    """Raise `CorpusError` where the outcome violates a correction or gives one identity two identifiers."""
    joins = [own for own in unit_rulings.rulings if own.correction.do is CorrectionKind.JOIN and own.fits]
    for ruling in unit_rulings.rulings:
        both = {clusters.root(unit) for unit in ruling.one} & {clusters.root(unit) for unit in ruling.other}
        if ruling.correction.do is CorrectionKind.PART and both:
            causes: list[object] = [own.correction for own in joins if clusters.root(own.one[0]) in both]
            raise contradiction(ruling.correction, causes or ["both have the same identifier"])
    for ruling in joins:
        root = clusters.root(ruling.one[0])
        found = sorted({tag for cluster, tag in tags.items() if clusters.root_of(cluster) == root})
        if len(found) > 1:
            raise contradiction(ruling.correction, [f"they have the identifiers {' and '.join(found)}"])


def _clusters_of(connection: "duckdb.DuckDBPyConnection", units: Iterable[int]) -> dict[int, int]:
    wanted = pa.table({"unit": pa.array(sorted(units), pa.int64())})  # noqa: F841 - the query's
    query = "SELECT unit, cluster FROM decided JOIN wanted USING (unit)"
    return dict(connection.execute(query).fetchall())


def shared_words(connection: "duckdb.DuckDBPyConnection", folder: Path) -> dict[tuple[int, int], str]:
    """For each pair of the table `weak`, the rarest word that stands near both names, in different documents."""
    if connection.execute("SELECT count(*) FROM weak").fetchall() == [(0,)]:
        return {}
    connection.execute(_CHOSEN[0], {"documents": EVIDENCE_DOCUMENTS, "sampled": EVIDENCE_SAMPLE})
    connection.execute(_CHOSEN[1])
    for places in shard_batches(folder):
        files = {name: [literal(place / f"{name}.parquet") for place in places] for name in ("mentions", "documents")}
        connection.execute(_WINDOWS, {**files, "near": EVIDENCE_WINDOW})
    rows = connection.execute(_SHARED, {"few": MAX_RARE_MENTIONS, "rare": MAX_RARE_SHARE}).fetchall()
    return {(unit, other): word for unit, other, word in rows}
