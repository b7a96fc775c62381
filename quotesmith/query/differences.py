"""The differences between two readings of one text."""

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen

from quotesmith.errors import InvalidRecordError, OptionError
from quotesmith.lexicon.folding import fold
from quotesmith.records import Entity, Quote, QuoteDocument, TextSpan, TextSpans

MARGIN = 0.05
# Two quotes whose contents overlap less than this (Dice coefficient of their characters) are different ones.
MIN_OVERLAP = 0.3
# How many open pieces a piece is compared with, at most: deep nesting would make it quadratic.
MAX_OPEN_PIECES = 64

Value: TypeAlias = str | float | tuple[str, ...] | TextSpans
_Pair: TypeAlias = tuple[int, int]


@frozen
class Change:
    """What differs between two readings of a quote.

    Attributes:
        what: "content", "kind", "act", "assertion", "cue", "source", "speakers", "addressees", "parent", "score" or
            "speaker_score".
        before: Spans (of a parent: those of its content), names, a word or a score, depending on `what`.
        after: The same in the other reading.
    """

    what: str
    before: Value
    after: Value


@frozen
class QuoteDifference:
    """A quote that two readings disagree on; one of the two is None where only the other has it."""

    before: Quote | None
    after: Quote | None
    changes: tuple[Change, ...] = ()

    @property
    def start(self) -> int:
        """Where the content begins, in the reading in which it begins first."""
        return min(quote.content[0].start for quote in (self.before, self.after) if quote is not None)


@frozen
class DocumentDifference:
    """Two readings of a text and the quotes that they disagree on, in text order.

    One of the two is None where only the other has the document, which is a difference too.
    """

    before: QuoteDocument | None
    after: QuoteDocument | None
    quotes: tuple[QuoteDifference, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether both readings say the same."""
        return not self.quotes and self.before is not None and self.after is not None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data: the ids, and for each quote its two ids and texts, and the changes; spans are pairs."""
        return {
            "before": None if self.before is None else self.before.id,
            "after": None if self.after is None else self.after.id,
            "quotes": [
                {
                    "before": _quote_row(self.before, quote.before),
                    "after": _quote_row(self.after, quote.after),
                    "changes": {
                        change.what: {"before": _plain(change.before), "after": _plain(change.after)}
                        for change in quote.changes
                    },
                }
                for quote in self.quotes
            ],
        }


@frozen
class _ReadQuote:
    """A quote and the document that has it."""

    document: QuoteDocument
    quote: Quote

    def entities(self, role: str) -> list[Entity]:
        """The speakers or the addressees."""
        return [self.document.entity(entity) for entity in getattr(self.quote, role)]


def _quote_row(document: QuoteDocument | None, quote: Quote | None) -> dict[str, Any] | None:
    if document is None or quote is None:
        return None
    return {
        "id": quote.id,
        "content": _plain(quote.content),
        "text": quote.text,
        "speakers": list(document.names(quote)),
    }


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return [[item.start, item.end] if isinstance(item, TextSpan) else item for item in value]
    return value


def find_differences(before: QuoteDocument, after: QuoteDocument, *, margin: float = MARGIN) -> DocumentDifference:
    """The differences between the quotes of two documents of one text.

    Quotes are paired by their contents: equal ones first, then by overlap, largest first. Speakers and addressees are
    the same where the name of one is a name or alias of the other; ids, evidence, meta and mentions that are no source
    don't count.

    Args:
        before: One reading.
        after: The other.
        margin: Scores that differ by no more than this are the same; in [0, 1].

    Raises:
        InvalidRecordError: if the texts differ; says where.
        OptionError: if the margin isn't a number between 0 and 1.
    """
    if not isinstance(margin, int | float) or not 0 <= margin <= 1:
        msg = f"margin must be a number between 0 and 1, not {margin!r}"
        raise OptionError(msg)
    _check_texts(before, after)
    pairs = _pair(before, after)
    partners = {before.quotes[a].id: after.quotes[b].id for a, b in pairs}
    found = []
    for a, b in pairs:
        one, other = before.quotes[a], after.quotes[b]
        changes = tuple(_changes(_ReadQuote(before, one), _ReadQuote(after, other), partners, margin))
        if changes:
            found.append(QuoteDifference(one, other, changes))
    paired = {a for a, _ in pairs}, {b for _, b in pairs}
    found += [QuoteDifference(quote, None) for a, quote in enumerate(before.quotes) if a not in paired[0]]
    found += [QuoteDifference(None, quote) for b, quote in enumerate(after.quotes) if b not in paired[1]]
    return DocumentDifference(before, after, tuple(sorted(found, key=lambda difference: difference.start)))


def pair_documents(
    before: Iterable[QuoteDocument], after: Iterable[QuoteDocument]
) -> Iterator[tuple[QuoteDocument | None, QuoteDocument | None]]:
    """The documents of two collections in pairs to compare: those of one id, in the order of the first collection.

    A single document on each side makes a pair, whatever the ids. None stands for a document that a side lacks.

    Raises:
        InvalidRecordError: if two documents of one side have the same id.
    """
    sides = list(before), list(after)
    if len(sides[0]) == len(sides[1]) == 1:
        yield sides[0][0], sides[1][0]
        return
    by_id = [_by_id(documents) for documents in sides]
    for key in by_id[0] | by_id[1]:
        yield by_id[0].get(key), by_id[1].get(key)


def _by_id(documents: Sequence[QuoteDocument]) -> dict[str, QuoteDocument]:
    twice = [key for key, number in Counter(document.id for document in documents).items() if number > 1]
    if twice:
        msg = f"documents are paired by id, but these ids occur more than once on one side: {', '.join(twice)}"
        raise InvalidRecordError(msg)
    return {document.id: document for document in documents}


def _check_texts(before: QuoteDocument, after: QuoteDocument) -> None:
    if before.text == after.text:
        return
    # Texts that are equal up to some length are equal up to every shorter one.
    shortest = min(len(before.text), len(after.text))
    place = bisect_left(range(shortest), 1, key=lambda end: before.text[: end + 1] != after.text[: end + 1])
    there = [repr(document.text[place : place + 20]) for document in (before, after)]
    msg = (
        f"documents {before.id!r} and {after.id!r} have different texts, so their quotes can't be compared: from "
        f"character {place} on {there[0]} and {there[1]}"
    )
    raise InvalidRecordError(msg)


def _changes(one: _ReadQuote, other: _ReadQuote, partners: Mapping[str, str], margin: float) -> Iterator[Change]:
    plain = _plain_values(one), _plain_values(other)
    yield from (Change(what, plain[0][what], plain[1][what]) for what in plain[0] if plain[0][what] != plain[1][what])
    for what in ("speakers", "addressees"):
        entities = one.entities(what), other.entities(what)
        if not _same_bearers(*entities):
            yield Change(what, _names(entities[0]), _names(entities[1]))
    if not _same_parent(one.quote, other.quote, partners):
        yield Change("parent", _parent_spans(one), _parent_spans(other))
    for what in ("score", "speaker_score"):
        scores = getattr(one.quote, what), getattr(other.quote, what)
        if abs(scores[0] - scores[1]) > margin:
            yield Change(what, *scores)


def _plain_values(reading: _ReadQuote) -> dict[str, Value]:
    """The values that differ unless they are equal."""
    quote = reading.quote
    return {
        "content": quote.content,
        "kind": quote.kind.value,
        "act": quote.act.value,
        "assertion": quote.assertion.value,
        "cue": quote.cue,
        "source": reading.document.source_spans(quote),
    }


def _same_parent(one: Quote, other: Quote, partners: Mapping[str, str]) -> bool:
    if one.parent is None or other.parent is None:
        return one.parent is other.parent
    return partners.get(one.parent) == other.parent


def _names(entities: Iterable[Entity]) -> tuple[str, ...]:
    return tuple(entity.name for entity in entities)


def _parent_spans(reading: _ReadQuote) -> TextSpans:
    return () if reading.quote.parent is None else reading.document.quote(reading.quote.parent).content


def _same_bearers(ones: Sequence[Entity], others: Sequence[Entity]) -> bool:
    """Whether the entities are the same by name, in any order."""
    if len(ones) != len(others):
        return False
    by_name: dict[str, list[int]] = defaultdict(list)
    by_form: dict[str, list[int]] = defaultdict(list)
    for place, entity in enumerate(others):
        by_name[fold(entity.name)].append(place)
        for form in entity.aliases:
            by_form[fold(form)].append(place)
    free = set(range(len(others)))
    for entity in ones:
        name = fold(entity.name)
        fitting = [*by_name[name], *by_form[name], *(p for form in entity.aliases for p in by_name[fold(form)])]
        found = next((place for place in fitting if place in free), None)
        if found is None:
            return False
        free.remove(found)
    return True


def _pair(before: QuoteDocument, after: QuoteDocument) -> list[_Pair]:
    """Positions of the quotes that are the same one, in the order of the first document."""
    ones, others = tuple(before.quotes), tuple(after.quotes)
    pairs: list[_Pair] = []
    keys: tuple[tuple[Callable[[Quote], Hashable], Callable[[Quote], Hashable]], ...] = (
        (
            lambda quote: (quote.content, quote.cue, before.source_spans(quote)),
            lambda quote: (quote.content, quote.cue, after.source_spans(quote)),
        ),
        (lambda quote: quote.content, lambda quote: quote.content),
    )
    free = list(range(len(ones))), list(range(len(others)))
    for key, other_key in keys:
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for b in free[1]:
            waiting[other_key(others[b])].append(b)
        pairs += [(a, found.popleft()) for a in free[0] if (found := waiting[key(ones[a])])]
        free = _free(pairs, len(ones), len(others))
    left = set(free[0]), set(free[1])
    for _, a, b in sorted(_overlapping(ones, others, free)):
        if a in left[0] and b in left[1]:
            pairs.append((a, b))
            left[0].remove(a)
            left[1].remove(b)
    return sorted(pairs)


def _free(pairs: Sequence[_Pair], ones: int, others: int) -> tuple[list[int], list[int]]:
    taken = {a for a, _ in pairs}, {b for _, b in pairs}
    return [a for a in range(ones) if a not in taken[0]], [b for b in range(others) if b not in taken[1]]


def _overlapping(
    ones: Sequence[Quote], others: Sequence[Quote], free: tuple[Sequence[int], Sequence[int]]
) -> Iterator[tuple[float, int, int]]:
    """Minus the Dice coefficient, and positions, of free quotes whose contents overlap enough."""
    pieces = [
        (span.start, span.end, side, place)
        for side, (quotes, places) in enumerate(((ones, free[0]), (others, free[1])))
        for place in places
        for span in quotes[place].content
    ]
    shared: Counter[_Pair] = Counter()
    opened: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, place in sorted(pieces):
        across = opened[1 - side]
        while across and across[-1][0] <= start:
            across.pop()
        for other_end, other in across[-MAX_OPEN_PIECES:]:
            pair = (place, other) if side == 0 else (other, place)
            shared[pair] += max(0, min(end, other_end) - start)
        opened[side].append((end, place))
    for (a, b), characters in shared.items():
        dice = 2 * characters / sum(map(len, (*ones[a].content, *others[b].content)))
        if dice >= MIN_OVERLAP:
            yield -dice, a, b
