"""Documents from brat standoff: the annotations that `quotesmith.export.brat` describes, also those drawn by hand.

Annotations of other types are left out, and notes that aren't JSON of ours. What isn't said is taken from the text: a
quote without `Kind` is direct where marks enclose it, an entity without a note is named by the longest name among its
mentions.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn

from attrs import field, frozen

from quotesmith.errors import FormatError
from quotesmith.export.brat import LINE_ENDS, text_path
from quotesmith.export.characters import decode_utf8
from quotesmith.export.json_data import decode_json
from quotesmith.records import (
    Act,
    Assertion,
    EntityKind,
    MentionForm,
    QuoteDocument,
    QuoteKind,
    TextSpan,
    TextSpans,
    pieces_text,
)
from quotesmith.records.codec import SCHEMA

_BOUND = re.compile(r"(T\S+)\t(\S+) ([0-9]{1,15} [0-9]{1,15}(?:;[0-9]{1,15} [0-9]{1,15})*)\t(.*)")
_RELATION = re.compile(r"R\S+\t(\S+) [^\s:]+:(\S+) [^\s:]+:(\S+)\s*")
_ATTRIBUTE = re.compile(r"[AM]\S+\t(\S+) (\S+)(?: (\S+))?\s*")
_EQUIV = re.compile(r"\*\t(\S+)((?: \S+)+)\s*")
_NOTE = re.compile(r"#\S+\t\S+ (\S+)(?:\t(.*))?")
_QUOTATION_MARKS = frozenset("\"'«»‘’‚‛“”„‟‹›「」『』")

_KIND_OF_LABEL = {kind.value.capitalize(): kind for kind in EntityKind}
_CHOICES: Mapping[str, type[StrEnum]] = {"Kind": QuoteKind, "Act": Act, "Assertion": Assertion, "Form": MentionForm}
# What a relation leads from, and to.
_ENDS = {
    "Cued_by": ("quote", "cue"),
    "Source": ("quote", "mention"),
    "Speaker": ("quote", "mention"),
    "Addressee": ("quote", "mention"),
    "Inside": ("quote", "quote"),
    "Member": ("mention", "mention"),
    "Stands_for": ("mention", "mention"),
}
_NOTED = {
    "quote": {"score", "speaker_score"},
    "mention": {"name", "named", "aliases", "gender", "identifier"},
}


def read_brat(path: str | PathLike[str]) -> QuoteDocument:
    """The document of an `.ann` file and of the `.txt` file beside it; its id is the file's name without `.ann`.

    Raises:
        FormatError: if a line isn't what it begins as, names what isn't there, or gives words that don't stand where it
            says; names the file and line.
        FileNotFoundError: if one of the two files is missing.
    """
    text = decode_utf8(text_path(path).read_bytes(), str(text_path(path)))
    lines = decode_utf8(Path(path).read_bytes(), str(path)).removeprefix("\ufeff").split("\n")
    annotations = _BratAnnotations(text, str(path))
    for number, line in enumerate(lines, start=1):
        annotations.add(line.removesuffix("\r"), number)
    try:
        return QuoteDocument.from_dict({"id": Path(path).stem, **_document(annotations)})
    except FormatError as error:
        msg = f"{path}: {error}"
        raise FormatError(msg) from error


@frozen
class _Bound:
    """A text-bound annotation: of a quote, a cue, a mention, or of something else (an empty role)."""

    id: str
    role: str
    type: str
    spans: TextSpans


@frozen
class _BratAnnotations:
    """What the lines say, each checked by itself as it is added; lines may stand in any order."""

    text: str
    where: str
    bounds: dict[str, _Bound] = field(factory=dict, init=False)
    relations: list[tuple[int, str, str, str]] = field(factory=list, init=False)
    equivs: list[tuple[int, list[str]]] = field(factory=list, init=False)
    values: dict[tuple[str, str], str] = field(factory=dict, init=False)
    notes: dict[str, dict[str, Any]] = field(factory=dict, init=False)

    def add(self, line: str, number: int) -> None:
        readers: Mapping[str, tuple[re.Pattern[str], Callable[..., None]]] = {
            "T": (_BOUND, self._add_bound),
            "R": (_RELATION, self._add_relation),
            "A": (_ATTRIBUTE, self._add_value),
            "M": (_ATTRIBUTE, self._add_value),
            "*": (_EQUIV, self._add_equiv),
            "#": (_NOTE, self._add_note),
        }
        if line[:1] not in readers:
            return
        pattern, read = readers[line[0]]
        match = pattern.fullmatch(line)
        if match is None:
            self.fail(number, f"not an annotation of brat: {line!r:.80}")
        read(number, *match.groups())

    def fail(self, number: int, fault: str) -> NoReturn:
        msg = f"{self.where}, line {number}: {fault}"
        raise FormatError(msg)

    def _add_bound(self, number: int, id: str, type: str, places: str, words: str) -> None:
        if id in self.bounds:
            self.fail(number, f"a second {id}")
        fragments = sorted(tuple(map(int, place.split(" "))) for place in places.split(";"))
        for start, end in fragments:
            if not start < end <= len(self.text):
                self.fail(number, f"{id} has the fragment {start} {end}, but the text has {len(self.text)} characters")
        if any(after[0] < before[1] for before, after in pairwise(fragments)):
            self.fail(number, f"{id} has fragments that overlap: {places:.80}")
        # No further than the line's own words reach: many short lines must not copy a long text each.
        there = " ".join(self.text[start : min(end, start + len(words) + 1)] for start, end in fragments)
        if words != there:
            self.fail(number, f"{id} is {words!r:.80}, but where it says the text is {there!r:.80}")
        role = {"Quote": "quote", "Cue": "cue"}.get(type) or ("mention" if type in _KIND_OF_LABEL else "")
        self.bounds[id] = _Bound(id, role, type, _joined(self.text, fragments))

    def _add_relation(self, number: int, name: str, one: str, other: str) -> None:
        if name in _ENDS:
            self.relations.append((number, name, one, other))

    def _add_equiv(self, number: int, name: str, ids: str) -> None:
        if name == "Equiv":
            self.equivs.append((number, ids.split()))

    def _add_value(self, number: int, name: str, bound: str, value: str | None) -> None:
        if name not in _CHOICES:
            return
        if value not in list(_CHOICES[name]):
            self.fail(number, f"{name} is {value!r}, not {', '.join(_CHOICES[name])}")
        self.values[bound, name] = value

    def _add_note(self, _number: int, bound: str, note: str | None) -> None:
        try:
            noted = decode_json((note or "").encode(), "")
        except FormatError:
            return  # somebody's words
        if isinstance(noted, dict):
            self.notes.setdefault(bound, {}).update(noted)


def _joined(text: str, fragments: Iterable[tuple[int, ...]]) -> TextSpans:
    """The fragments as spans, those with only line ends between them as one."""
    spans: list[TextSpan] = []
    for start, end in fragments:
        if spans and spans[-1].end <= start and not text[spans[-1].end : start].strip(LINE_ENDS):
            spans[-1] = TextSpan(spans[-1].start, end)
        else:
            spans.append(TextSpan(start, end))
    return tuple(spans)


class _Links:
    """The relations by name and first argument, once all annotations are known."""

    def __init__(self, annotations: _BratAnnotations) -> None:
        self._ends: dict[tuple[str, str], list[_Bound]] = {}
        for number, name, *ends in annotations.relations:
            one, other = (_known(annotations, number, end) for end in ends)
            if (one.role, other.role) != _ENDS[name]:
                annotations.fail(
                    number, f"{name} leads from a {' to a '.join(_ENDS[name])}, not from {one.type} to {other.type}"
                )
            found = self._ends.setdefault((name, one.id), [])
            if name in ("Source", "Inside", "Stands_for") and found:
                annotations.fail(number, f"a second {name} of {one.id}")
            found.append(other)

    def all(self, name: str, bound: str) -> list[_Bound]:
        return self._ends.get((name, bound), [])

    def ids(self, name: str, bound: str, ids: Mapping[str, str]) -> list[str]:
        """The ids of the records that the relation leads to, each once."""
        return list(dict.fromkeys(ids[other.id] for other in self.all(name, bound)))

    def id(self, name: str, bound: str, ids: Mapping[str, str]) -> str | None:
        return next(iter(self.ids(name, bound, ids)), None)


def _known(annotations: _BratAnnotations, number: int, bound: str) -> _Bound:
    if bound not in annotations.bounds:
        annotations.fail(number, f"there is no {bound}")
    return annotations.bounds[bound]


def _document(annotations: _BratAnnotations) -> dict[str, Any]:
    """The document as data of `QuoteDocument.to_dict`, without its id."""
    links = _Links(annotations)
    bounds = sorted(annotations.bounds.values(), key=lambda bound: (bound.spans[0].start, -bound.spans[-1].end))
    quotes = [bound for bound in bounds if bound.role == "quote"]
    mentions = [bound for bound in bounds if bound.role == "mention"]
    ids = {bound.id: f"q{number}" for number, bound in enumerate(quotes)}
    ids |= {bound.id: f"m{number}" for number, bound in enumerate(mentions)}
    clusters = _clusters(annotations, mentions)
    entities = {bound.id: f"e{number}" for number, cluster in enumerate(clusters) for bound in cluster}
    return {
        "schema": SCHEMA,
        "text": annotations.text,
        "quotes": [_quote(annotations, links, quote, ids, entities) for quote in quotes],
        "entities": [_entity(annotations, links, cluster, entities) for cluster in clusters],
        "mentions": [
            {
                "id": ids[mention.id],
                "spans": _pairs(mention.spans),
                "form": annotations.values.get((mention.id, "Form"), "name"),
                "entity": entities[mention.id],
            }
            for mention in mentions
        ],
    }


def _quote(
    annotations: _BratAnnotations, links: _Links, quote: _Bound, ids: Mapping[str, str], entities: Mapping[str, str]
) -> dict[str, Any]:
    text = annotations.text
    marks = _outer_marks(text, quote.spans)
    whole = len(marks) == 2 * len(quote.spans)
    kind = annotations.values.get((quote.id, "Kind"), "direct" if whole else "indirect")
    speakers = links.ids("Speaker", quote.id, entities)
    return {
        "id": ids[quote.id],
        "kind": kind,
        "content": _pairs(quote.spans),
        "text": pieces_text(text, quote.spans, marks if kind == "direct" else ()),
        "act": annotations.values.get((quote.id, "Act"), "speech"),
        "assertion": annotations.values.get((quote.id, "Assertion"), "asserted"),
        "cue": _pairs(sorted(span for cue in links.all("Cued_by", quote.id) for span in cue.spans)),
        "source_mention": links.id("Source", quote.id, ids),
        "speakers": speakers,
        "addressees": links.ids("Addressee", quote.id, entities),
        "parent": links.id("Inside", quote.id, ids),
        "speaker_score": 1.0 if speakers else 0.0,
        "evidence": {
            "extraction": "brat",
            "method": "brat" if speakers else "none",
            "reason": None if speakers else "the annotations name no speaker",
        },
        **_noted(annotations, quote),
    }


def _entity(
    annotations: _BratAnnotations, links: _Links, cluster: list[_Bound], entities: Mapping[str, str]
) -> dict[str, Any]:
    names = [mention for mention in cluster if annotations.values.get((mention.id, "Form"), "name") == "name"]
    words = [" ".join(span.of(annotations.text) for span in mention.spans) for mention in names or cluster[:1]]
    noted: dict[str, Any] = {}
    members: list[str] = []
    meant: list[str] = []
    for mention in cluster:
        noted |= _noted(annotations, mention)
        members += links.ids("Member", mention.id, entities)
        meant += links.ids("Stands_for", mention.id, entities)
    name = noted.get("name", max(words, key=len))
    return {
        "id": entities[cluster[0].id],
        "kind": _KIND_OF_LABEL[cluster[0].type].value,
        "named": bool(names),
        "aliases": [] if noted else list(dict.fromkeys(word for word in words if word != name)),
        "members": list(dict.fromkeys(members)),
        "stands_for": next(iter(meant), None),
        **noted,
        "name": name,
    }


def _noted(annotations: _BratAnnotations, bound: _Bound) -> dict[str, Any]:
    noted = annotations.notes.get(bound.id, {})
    return noted if noted.keys() <= _NOTED[bound.role] else {}


def _clusters(annotations: _BratAnnotations, mentions: list[_Bound]) -> list[list[_Bound]]:
    """The mentions of each entity in text order, the entities by their first mention."""
    ids = {mention.id: [mention.id] for mention in mentions}
    for number, equiv in annotations.equivs:
        same = [bound for bound in equiv if _known(annotations, number, bound).role == "mention"]
        for other in same[1:]:
            small, large = sorted((ids[same[0]], ids[other]), key=len)
            if small is not large:
                large.extend(small)
                ids.update(dict.fromkeys(small, large))
    clusters: dict[int, list[_Bound]] = {}
    for mention in mentions:
        clusters.setdefault(id(ids[mention.id]), []).append(mention)
    return list(clusters.values())


def _outer_marks(text: str, content: TextSpans) -> TextSpans:
    edges = (edge for span in content for edge in (span.start, span.end - 1))
    return tuple(TextSpan(edge, edge + 1) for edge in edges if text[edge] in _QUOTATION_MARKS)


def _pairs(spans: Iterable[TextSpan]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
