"""Gold corpora of mentions -> texts with the people, bodies, places, groups and things in them that they label.

Times are no mentions: nobody speaks or is taken up by them. Abstract things and events are: reports and statements say
something, and pronouns mean them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from attrs import frozen
from spacy.language import Language

from quotesmith.errors import FormatError
from quotesmith.records import EntityKind, MentionForm
from quotesmith.training.clusters import align_tokens, run_together
from quotesmith.training.corpora import GUM_HELD_OUT, PILOTS, CharSpan, join_tokens, read_rows, read_unzipped
from quotesmith.training.mention_labels import FoundMention, FoundText, GoldMention, MentionText, label_text

_EVERY_KIND: Final = frozenset(EntityKind)
_NO_THINGS: Final = _EVERY_KIND - {EntityKind.OTHER}
# One in this many of LitBank's excerpts that aren't of pilots is kept out of training.
_LITBANK_HELD_OUT: Final = 5
_LITBANK_PILOTS: Final = PILOTS | {"158_emma"}


def read_mentions(data: Path, nlp: Language, *, open_only: bool) -> list[MentionText]:
    """The texts to learn mentions from.

    Args:
        data: Folder of the gold corpora.
        nlp: Tags and parses.
        open_only: Whether to leave out the names of PolNeAR, whose texts have no licence.

    Raises:
        FormatError: if a file or one of its lines can't be read.
    """
    gum, litbank = _read_gum(data), _read_litbank(data)
    found = [text for number, text in enumerate(gum) if number % GUM_HELD_OUT]
    found += [text for number, text in enumerate(litbank) if not _is_held_out(number, text.name)]
    found += _read_meantime(data / "meantime" / "meantime.conll.gz")
    names = [] if open_only else _read_polnear_names(data / "polnear")
    return [*_label(found, nlp), *names]


def read_mentions_held_out(data: Path, nlp: Language) -> dict[str, list[MentionText]]:
    """The texts that figures of mentions are measured on, by corpus; their mentions aren't learned.

    Args:
        data: Folder of the gold corpora.
        nlp: Tags and parses.

    Raises:
        FormatError: if a file or one of its lines can't be read.
    """
    gum, litbank = _read_gum(data), _read_litbank(data)
    return {
        "GUM": _label((text for number, text in enumerate(gum) if not number % GUM_HELD_OUT), nlp),
        "LitBank": _label((text for number, text in enumerate(litbank) if _is_held_out(number, text.name)), nlp),
    }


def _label(texts: Iterable[FoundText], nlp: Language) -> list[MentionText]:
    found = list(texts)
    docs = nlp.pipe((text.text for text in found), disable=["quotesmith", "ner"])
    return [label_text(text, doc) for text, doc in zip(found, docs, strict=True)]


def _is_held_out(number: int, name: str) -> bool:
    return name.removesuffix("_brat") in _LITBANK_PILOTS or not number % _LITBANK_HELD_OUT


_GUM_KINDS: Final = {
    "person": EntityKind.PERSON,
    "organization": EntityKind.ORGANIZATION,
    "place": EntityKind.PLACE,
    **dict.fromkeys(("abstract", "animal", "event", "object", "plant", "substance"), EntityKind.OTHER),
}
# Entities are named by kind, number and, perhaps, title; round brackets in titles are escaped.
_GUM_BRACKET: Final = re.compile(r"\([^()]+\)?|[^()]+\)")


@frozen
class _Layout:
    doc_id: str
    text: str


def _read_gum(data: Path) -> list[FoundText]:
    """GUM (Zeldes 2017): texts of several genres, all mentions with their kinds, laid out as OntoGUM's."""
    path = data / "gum" / "coref.conll.gz"
    layouts = {row.doc_id: row.text for row in read_rows(data / "ontogum" / "pronouns.jsonl.gz", _Layout)}
    documents: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in _read_lines(path):
        if line.startswith("# begin document"):
            rows = documents.setdefault(line.split()[-1], [])
        elif "\t" in line:
            rows.append(line.split("\t"))
    return [_lay_out_gum(name, documents[name], layouts.get(name), path) for name in sorted(documents)]


def _lay_out_gum(name: str, rows: Sequence[Sequence[str]], text: str | None, path: Path) -> FoundText:
    words = [row[1] for row in rows]
    if text is None:
        text, spans = join_tokens(words)
    else:
        spans = list(align_tokens(words, text, path))
    brackets = ((position, _GUM_BRACKET.findall(row[2])) for position, row in enumerate(rows) if row[2] != "_")
    found = tuple(
        FoundMention((spans[first][0], spans[last][1]), _GUM_KINDS[kind])
        for label, first, last in _match_brackets(brackets)
        if (kind := label.partition("-")[0]) in _GUM_KINDS
    )
    return FoundText(name, text, found, _EVERY_KIND)


def _match_brackets(brackets: Iterable[tuple[int, Sequence[str]]]) -> Iterator[tuple[str, int, int]]:
    """Label, first and last token of what opening and closing brackets around labels mark; odd ones are left out."""
    opened: dict[str, list[int]] = defaultdict(list)
    for position, found in brackets:
        for bracket in found:
            label = bracket.strip("()")
            if bracket.startswith("("):
                opened[label].append(position)
            if bracket.endswith(")") and opened[label]:
                yield label, opened[label].pop(), position


_LITBANK_LABEL: Final = re.compile(r"T\d+\t(PROP|NOM|PRON)_([A-Z]+) (\d+) (\d+)\t")
_LITBANK_FORMS: Final = {"PROP": MentionForm.NAME, "NOM": MentionForm.NOMINAL, "PRON": MentionForm.PRONOUN}
_LITBANK_KINDS: Final = {
    "PER": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "VEH": EntityKind.OTHER,
    **dict.fromkeys(("FAC", "GPE", "LOC"), EntityKind.PLACE),
}


def _read_litbank(data: Path) -> list[FoundText]:
    """LitBank (Bamman et al. 2020): excerpts of novels, all people, bodies and places, and of things only vehicles."""
    found = []
    for path in sorted((data / "litbank" / "coref_brat").glob("*.ann")):
        labels = _LITBANK_LABEL.findall(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        laid_out = run_together(path.stem, text, [[(int(start), int(end)) for _, _, start, end in labels]])
        mentions = tuple(
            FoundMention(span, _LITBANK_KINDS[kind], _LITBANK_FORMS[form])
            for span, (form, kind, _, _) in zip(laid_out.clusters[0], labels, strict=True)
        )
        found.append(FoundText(path.stem, laid_out.text, mentions, _NO_THINGS))
    return found


_MEANTIME_KINDS: Final = {
    "PER": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "LOC": EntityKind.PLACE,
    "PRO": EntityKind.OTHER,
    "FIN": EntityKind.OTHER,
}
_MEANTIME_BRACKET: Final = re.compile(r"\(?(?:cross_|intra_)+[A-Z]{3}\d+\)?")
_MEANTIME_LABEL: Final = re.compile(r"(?:cross_|intra_)+([A-Z]{3})")


def _read_meantime(path: Path) -> list[FoundText]:
    """MEANTIME (Minard et al. 2016): news on companies; only what has a chain is labelled, and some of that."""
    documents: list[tuple[str, list[list[str]]]] = []
    for line in _read_lines(path):
        if line.startswith("#begin document"):
            documents.append((line.partition("(")[2].partition(")")[0], []))
        elif line.count("\t") >= 4:  # noqa: PLR2004 - columns: document, sentence, token, word, chains
            documents[-1][1].append(line.split("\t"))
    found = []
    for name, rows in documents:
        text, spans = join_tokens([row[3] for row in rows])
        brackets = ((position, _MEANTIME_BRACKET.findall(row[4])) for position, row in enumerate(rows))
        mentions = tuple(
            FoundMention((spans[first][0], spans[last][1]), _MEANTIME_KINDS[kind])
            for label, first, last in _match_brackets(brackets)
            if rows[first][1] == rows[last][1] and (kind := _MEANTIME_LABEL.match(label)[1]) in _MEANTIME_KINDS  # type: ignore[index]
        )
        found.append(FoundText(name, text, mentions, frozenset()))
    return found


def _read_lines(path: Path) -> list[str]:
    try:
        return read_unzipped(path).decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        msg = f"the corpus {path} can't be read as text: {error}"
        raise FormatError(msg) from error


@frozen
class _Source:
    id: str
    source: tuple[CharSpan, ...]


@frozen
class _Article:
    doc_id: str
    text: str
    attributions: tuple[_Source, ...]


@frozen
class _Meant:
    doc_id: str
    id: str
    form: str
    kind: str
    speakers: tuple[str, ...]
    unresolvable: bool
    sure: bool


_MEANT_KINDS: Final = {
    "person": EntityKind.PERSON,
    "organization": EntityKind.ORGANIZATION,
    "place": EntityKind.PLACE,
}


def _read_polnear_names(folder: Path) -> list[MentionText]:
    """PolNeAR's train articles, with the names of those who speak there; all else may be a mention or none."""
    meant: dict[str, list[_Meant]] = defaultdict(list)
    for row in read_rows(folder / "train_speakers.jsonl", _Meant):
        if row.kind in _MEANT_KINDS and row.sure and not row.unresolvable:
            meant[row.doc_id].append(row)
    return [
        MentionText(article.doc_id, article.text, _find_names(article, meant[article.doc_id]), frozenset())
        for article in read_rows(folder / "train.jsonl.gz", _Article)
        if article.doc_id in meant
    ]


def _find_names(article: _Article, meant: Sequence[_Meant]) -> tuple[GoldMention, ...]:
    """Where the full names of those who are meant stand, and what sources have of the names of people."""
    kinds = {name: _MEANT_KINDS[row.kind] for row in meant for name in row.speakers if name[:1].isupper()}
    found = {
        span: kinds[name]
        for span, name in _iter_full_names(article.text, kinds)
        if kinds[name] is not EntityKind.ORGANIZATION or not _ARTICLE_BEFORE.search(article.text[: span[0]][-5:])
    }
    sources = {row.id: row.source[0] for row in article.attributions if row.source}
    for row in meant:
        if row.form == "name" and row.kind == "person" and len(row.speakers) == 1 and row.id in sources:
            span = _find_last_words(article.text, sources[row.id], row.speakers[0].split())
            if span is not None and not any(span[0] < end and start < span[1] for start, end in found):
                found[span] = EntityKind.PERSON
    return tuple(GoldMention(span, MentionForm.NAME, kind) for span, kind in sorted(found.items()))


def _iter_full_names(text: str, names: Iterable[str]) -> Iterator[tuple[CharSpan, str]]:
    """Where the names stand, the longest where several begin.

    One word beside others with capitals may be part of a longer name, and is left out.
    """
    longest_first = sorted(names, key=len, reverse=True)
    if not longest_first:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for match in pattern.finditer(text):
        alone = " " in match[0] or not (
            _CAPITAL_BEHIND.match(text, match.end()) or _CAPITAL_BEFORE.search(text[: match.start()][-40:])
        )
        if alone:
            yield match.span(), match[0]


# The article belongs to a body's name, but not in "the Fox News anchor".
_ARTICLE_BEFORE: Final = re.compile(r"\b[Tt]he $")
_CAPITAL_BEHIND: Final = re.compile(r"[ -][A-Z]")
_CAPITAL_BEFORE: Final = re.compile(r"[A-Z][\w.]*[ -]$")


def _find_last_words(text: str, source: CharSpan, name: Sequence[str]) -> CharSpan | None:
    """Where the most last words of a name stand in a source."""
    for first in range(len(name)):
        match = re.compile(rf"(?<!\w){re.escape(' '.join(name[first:]))}(?!\w)", re.IGNORECASE).search(text, *source)
        if match is not None:
            return match.span()
    return None
