"""Whom a name, an entity or a topic means in a corpus, and which outlet a name means."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import frozen

from quotesmith.corpus.index.building import ENTITY_DIGEST, ENTITY_FIELDS
from quotesmith.corpus.index.filters import ABOUT, SAID
from quotesmith.corpus.index.indexes import Index
from quotesmith.errors import AmbiguousNameError, NameNotFoundError
from quotesmith.query.names import check_string, name_key, similar_names
from quotesmith.query.outlets import find_outlet
from quotesmith.records import Entity, EntityKind

MIN_QUOTE_SHARE: Final = 0.9
"""A name means one of those whom it fits who has at least this share of all their quotes."""
_CHOICES_LISTED: Final = 5
_SOMEBODY_COLUMNS: Final = (
    "w.who, w.identity, w.name, w.key, w.kind, w.named, w.identifier, w.documents, w.said, w.addressed"
)
_BY_ID: Final = " ".join(
    [
        "SELECT",
        _SOMEBODY_COLUMNS,
        "FROM identities AS w WHERE w.identity = ? OR w.identifier = ?",
        "OR w.identity = (SELECT now FROM merged WHERE identity = ?)",
    ]
)
_FIELD_TYPES: Final = {"named": "BOOLEAN", "aliases": "VARCHAR[]", "members": "VARCHAR[]"}
_BY_RECORD: Final = " ".join(
    [
        "SELECT d.id, d.shard, m.identity FROM members AS m JOIN documents AS d ON d.number = m.document",
        "WHERE m.digest =",
        ENTITY_DIGEST.format_map({name: f"CAST(? AS {_FIELD_TYPES.get(name, 'VARCHAR')})" for name in ENTITY_FIELDS}),
        "ORDER BY m.document, m.identity LIMIT 1",
    ]
)
_BY_NAME: Final = " ".join(
    [
        "SELECT CASE WHEN bool_or(n.key = ?) THEN 0 WHEN bool_or(ends_with(n.key, ' ' || ?)) THEN 1 ELSE 2 END AS fit,",
        _SOMEBODY_COLUMNS,
        "FROM names AS n JOIN identities AS w USING (who)",
        "WHERE n.key = ? OR (w.kind = 'person' AND w.named",
        "AND (ends_with(n.key, ' ' || ?) OR starts_with(n.key, ? || ' ')))",
        "GROUP BY ALL ORDER BY fit, w.who",
    ]
)


@frozen
class Somebody:
    """An identity: somebody or something that is the same across the documents of a corpus.

    Attributes:
        who: A number, in this index only.
        identity: The id in the corpus' registry ("i17"), which `by` takes as a name.
        name: The name.
        key: The name for comparing.
        kind: As of an entity.
        named: Whether the name is a proper one. Unnamed entities ("analysts") share an identity with all others of that
            name.
        identifier: The user's own key, or None.
        documents: How many documents mention them.
        said: How many quotes they speak, also in a group or through a metonym.
        addressed: How many quotes are spoken to them.
    """

    who: int
    identity: str
    name: str
    key: str
    kind: str
    named: bool
    identifier: str | None
    documents: int
    said: int
    addressed: int

    def quotes(self, relation: str) -> int:
        """How many quotes they speak, or are spoken to."""
        return self.said if relation == SAID else self.addressed

    def __str__(self) -> str:
        what = self.kind if self.named else "unnamed"
        return f"{self.name} ({what}, {self.identity})"


@frozen
class NameMatch:
    """Whom a name was taken to mean.

    Attributes:
        relation: What was asked: "said", "to" or "about".
        typed: The name as it was given.
        taken: Those who are meant; empty for a topic that is only words, and for an entity without a proper name.
        passed_over: Those whom the name fits as well but doesn't mean.
    """

    relation: str
    typed: str
    taken: tuple[Somebody, ...]
    passed_over: tuple[Somebody, ...] = ()

    @property
    def whos(self) -> list[int]:
        """The numbers of those who are meant."""
        return [own.who for own in self.taken]


def find_speaker(index: Index, name: str, relation: str) -> NameMatch:
    """Whom a name means, among those who speak or are spoken to.

    The candidates are those whom the name fits best: as a whole name, as the last words of a person's name, as its
    first words. Places, bodies and groups that have exactly this name count as one candidate, as in selections of
    documents. Of several candidates, the one with nine tenths of the quotes is meant, or else the one whose main name
    it is, unless it is a single word and others have more quotes. People who are known by that single word only are
    taken to be the person meant; where only such people have it as a whole name, those whom it fits second best are
    candidates too.

    Raises:
        NameNotFoundError: if it fits nobody; lists close names.
        AmbiguousNameError: if it fits several; lists them, those with most quotes first.
        ArgumentError: if it isn't a string.
    """
    fitting = _fitting(index, name)
    if not fitting:
        raise _not_found(index, name)
    chosen = _chosen(fitting, name_key(name), relation)
    if chosen is None:
        raise _ambiguous(name, fitting, relation)
    passed_over = tuple(own for own in fitting if own not in chosen)
    return NameMatch(relation, name, tuple(sorted(chosen, key=lambda own: -own.quotes(relation))), passed_over)


@frozen
class FoundEntity:
    """An entity of one of the documents, and who it is in the corpus.

    Attributes:
        somebody: Who the registry says it is; None for an entity without a proper name, known in its document only.
        document: The id of the first document that has it.
        shard: The number of the shard that has the document.
    """

    somebody: Somebody | None
    document: str
    shard: int


def find_entity(index: Index, entity: Entity) -> FoundEntity:
    """Where an entity of one of the documents is, and who it is in the corpus.

    Raises:
        NameNotFoundError: if no document has it.
    """
    found = next(index.rows(_BY_RECORD, [getattr(entity, name) for name in ENTITY_FIELDS]), None)
    if found is None:
        msg = f"{entity.name!r} ({entity.id}) is in no document of this corpus; take one of a document's entities"
        raise NameNotFoundError(msg)
    document, shard, identity = found
    known = index.rows(_BY_ID, [identity] * 3) if entity.named else iter(())
    return FoundEntity(next((Somebody(*row) for row in known), None), document, shard)


def find_topic(index: Index, topic: str) -> NameMatch:
    """Whom a topic means: all whom it fits best, as candidates of `find_speaker`; nobody where it is only words.

    Raises:
        ArgumentError: if it isn't a string.
    """
    return NameMatch(ABOUT, topic, tuple(_fitting(index, topic)))


def _fitting(index: Index, name: str) -> list[Somebody]:
    """Those whom the name fits best, or the identity whose id or identifier it is."""
    check_string("a name or topic", name)
    known = [Somebody(*row) for row in index.rows(_BY_ID, [name] * 3)]
    if known:
        return known
    key = name_key(name)
    by_fit: dict[int, list[Somebody]] = {}
    for fit, *row in index.rows(_BY_NAME, [key] * 5):
        by_fit.setdefault(fit, []).append(Somebody(*row))
    best, *others = by_fit.values() or ([],)
    # "Alvarez" may be José Álvarez, whom other documents name in full.
    return best + others[0] if others and all(_has_one_word(own, key) for own in best) else best


def _chosen(fitting: Sequence[Somebody], key: str, relation: str) -> list[Somebody] | None:
    """Those who are meant; None where that isn't clear."""
    lone = [own for own in fitting if _has_one_word(own, key)]
    choices = list(_choices([own for own in fitting if own not in lone], key))
    if not choices:
        return lone
    counts = [sum(own.quotes(relation) for own in choice) for choice in choices]
    place = max(range(len(choices)), key=counts.__getitem__)
    if len(choices) > 1 and (not counts[place] or counts[place] < MIN_QUOTE_SHARE * sum(counts)):
        called = [number for number, choice in enumerate(choices) if choice[0].key == key]
        # One word is often the short name of somebody else of whom much more is quoted.
        if len(called) != 1 or (" " not in key and called != [place]):
            return None
        [place] = called
    chosen = choices[place]
    return [*chosen, *lone] if _is_named_person(chosen[0]) else chosen


def _choices(fitting: Iterable[Somebody], key: str) -> Iterator[list[Somebody]]:
    """The candidates for a name: several that count as one are a list."""
    together = []
    for own in fitting:
        if own.key == key and not _is_named_person(own):
            together.append(own)
        else:
            yield [own]
    if together:
        yield together


def _has_one_word(own: Somebody, key: str) -> bool:
    """Whether it is a person who is known by this single word only."""
    return own.key == key and _is_named_person(own) and " " not in key


def _is_named_person(own: Somebody) -> bool:
    return own.named and own.kind == EntityKind.PERSON


def _ambiguous(name: str, fitting: Sequence[Somebody], relation: str) -> AmbiguousNameError:
    most_first = sorted(fitting, key=lambda own: -own.quotes(relation))
    listed = ", ".join(f"{own}: {own.quotes(relation):,} quotes" for own in most_first[:_CHOICES_LISTED])
    more = f" and {len(fitting) - _CHOICES_LISTED} more" if len(fitting) > _CHOICES_LISTED else ""
    what = f"{name!r} fits {len(fitting)} in this corpus: {listed}{more}"
    return AmbiguousNameError(f"{what}; give a full name, or the id in brackets")


def _not_found(index: Index, name: str) -> NameNotFoundError:
    known = dict(index.rows("SELECT key, name FROM names"))
    names = {**{key.rsplit(" ", 1)[-1]: name for key, name in known.items()}, **known}
    close = similar_names(name_key(name), names, limit=_CHOICES_LISTED)
    hint = ", ".join(dict.fromkeys(names[key] for key in close))
    msg = f"nobody in this corpus is called {name!r}; {f'close: {hint}' if hint else 'nor nearly so'}"
    return NameNotFoundError(msg)


def outlet_key(index: Index, outlet: str) -> str:
    """The folded name of an outlet; errors as in `find_outlet`."""
    known = dict(index.rows("SELECT outlet_key, min(outlet) FROM documents WHERE outlet <> '' GROUP BY outlet_key"))
    return find_outlet(outlet, known, "of this corpus")
