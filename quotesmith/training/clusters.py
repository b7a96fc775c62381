"""Gold corpora of coreference -> texts with what their pronouns and phrases mean, in one shape for all.

All offsets count characters (code points); spans are half open.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

from quotesmith.coreference.pronouns import CLASSES
from quotesmith.errors import FormatError
from quotesmith.training.corpora import CharSpan, join_tokens, read_rows


@frozen
class Question:
    """A pronoun for which a corpus says which of some names it means.

    Attributes:
        pronoun: Where it stands.
        right: The names that it means; none where it means none of those asked about.
        wrong: The others asked about.
    """

    pronoun: CharSpan
    right: tuple[CharSpan, ...]
    wrong: tuple[CharSpan, ...]


@frozen
class ClusteredText:
    """A text and what its corpus says of coreference in it.

    Attributes:
        name: Which text of its corpus it is.
        text: The text.
        clusters: Each entity's mentions, in text order. Whatever is in none of them refers to nothing else.
        questions: Where a corpus asks about single pronouns; such a text has no clusters.
    """

    name: str
    text: str
    clusters: tuple[tuple[CharSpan, ...], ...] = ()
    questions: tuple[Question, ...] = ()


@frozen
class _Item:
    pronoun: CharSpan
    names: tuple[CharSpan, ...]
    others: tuple[CharSpan, ...]


@frozen
class _Snippet:
    doc_id: str
    text: str
    items: tuple[_Item, ...]


def read_gap(path: Path) -> list[ClusteredText]:
    """GAP (Webster et al. 2018): snippets of Wikipedia with one ambiguous pronoun and two names.

    Raises:
        FormatError: if the file or one of its lines can't be read; names both.
    """
    return [
        ClusteredText(
            row.doc_id,
            row.text,
            questions=tuple(Question(item.pronoun, item.names, item.others) for item in row.items),
        )
        for row in read_rows(path, _Snippet)
    ]


def read_ontogum(folder: Path) -> list[ClusteredText]:
    """OntoGUM (Zhu et al. 2021): whole texts of several genres, all coreference but of single mentions.

    Texts whose characters `pronouns.jsonl.gz` has are laid out as there, others by their tokens.

    Raises:
        FormatError: if a file can't be read, or its tokens aren't those of the text.
    """
    laid_out = {row.doc_id: row.text for row in read_rows(folder / "pronouns.jsonl.gz", _Snippet)}
    return [_read_conll(path, laid_out.get(path.stem)) for path in sorted(folder.glob("*.conll"))]


def _read_conll(path: Path, text: str | None) -> ClusteredText:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
    words = [row[1] for row in rows]
    if text is None:
        text, spans = join_tokens(words)
    else:
        spans = list(align_tokens(words, text, path))
    clusters: dict[str, list[CharSpan]] = defaultdict(list)
    opened: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        for bracket in re.findall(r"\(?\d+\)?", row[2]):
            number = bracket.strip("()")
            if bracket.startswith("("):
                opened[number].append(position)
            if bracket.endswith(")"):
                if not opened[number]:
                    msg = f"{path}: token {position} ends a mention of entity {number} that none began"
                    raise FormatError(msg)
                clusters[number].append((spans[opened[number].pop()][0], spans[position][1]))
    return ClusteredText(path.stem, text, tuple(_join_names(text, [sorted(found) for found in clusters.values()])))


_NAME_PATTERN: Final = re.compile(r"[A-Z]\w+(?:[ .-]+[A-Z]\w*)*")


def _join_names(text: str, clusters: Sequence[Sequence[CharSpan]]) -> Iterator[tuple[CharSpan, ...]]:
    """The clusters, joined where they have the same name.

    The corpus was made by leaving out links of kinds that OntoNotes lacks, which cuts many entities in two.
    """
    groups: list[list[CharSpan]] = []
    by_name: dict[str, list[CharSpan]] = {}
    for cluster in clusters:
        words = {text[start:end].removesuffix("'s").removesuffix("’s").strip() for start, end in cluster}
        names = sorted(word for word in words if _NAME_PATTERN.fullmatch(word) and word.lower() not in CLASSES)
        group = next((by_name[name] for name in names if name in by_name), None)
        if group is None:
            group = []
            groups.append(group)
        group.extend(cluster)
        by_name.update(dict.fromkeys(names, group))
    return (tuple(sorted(group)) for group in groups)


_WORD_CHARACTER: Final = re.compile(r"\w")


def align_tokens(words: Sequence[str], text: str, path: Path) -> Iterator[CharSpan]:
    """Where the tokens stand in the text that they were made from."""
    position = 0
    for word in words:
        start = text.find(word, position)
        if start < 0 or _WORD_CHARACTER.search(text, position, start):
            msg = f"{path}: the text has no {word!r} at {position} but {text[position : position + 20]!r}"
            raise FormatError(msg)
        position = start + len(word)
        yield start, position


_CHAIN: Final = re.compile(r"T\d+\t(\S+-\d+) (\d+) (\d+)\t")
# LitBank's texts are tokens with a space between them; a line is a sentence.
_SPACED: Final = re.compile(r" (?=[,.;:!?’”)\]]|['’](?:s|d|ll|re|ve|m)\b|n['’]t\b)|(?<=[“‘(\[]) ")


def read_litbank(folder: Path) -> list[ClusteredText]:
    """LitBank (Bamman et al. 2020): excerpts of novels, coreference of people and places, laid out as running text.

    Raises:
        FormatError: if a file of annotations has no text beside it.
    """
    found = []
    for path in sorted(folder.glob("*.ann")):
        if not path.with_suffix(".txt").is_file():
            msg = f"{path} has no text beside it"
            raise FormatError(msg)
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        clusters: dict[str, set[CharSpan]] = defaultdict(set)
        for label, start, end in _CHAIN.findall(path.read_text(encoding="utf-8")):
            clusters[label].add((int(start), int(end)))
        found.append(run_together(path.stem, text, [sorted(spans) for spans in clusters.values()]))
    return found


def run_together(name: str, text: str, clusters: Sequence[Sequence[CharSpan]]) -> ClusteredText:
    """The text without the spaces of its tokens; a line that begins with a quotation mark begins a paragraph."""
    parts: list[str] = []
    moved = [0] * (len(text) + 1)
    length = position = 0
    for gap in _SPACED.finditer(text):
        for old in range(position, gap.start()):
            moved[old] = length + old - position
        parts.append(text[position : gap.start()])
        length += gap.start() - position
        moved[gap.start()] = length
        position = gap.end()
    for old in range(position, len(text) + 1):
        moved[old] = length + old - position
    joined = "".join([*parts, text[position:]])
    joined = re.sub(r"\n(?![“\"\n])", " ", joined)
    spans = tuple(tuple((moved[start], moved[end - 1] + 1) for start, end in cluster) for cluster in clusters)
    return ClusteredText(name, joined, spans)
