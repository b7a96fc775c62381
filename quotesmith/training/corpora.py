"""Gold corpora -> texts with labelled attributions, in one shape for all.

A corpus is a gzipped file of JSON Lines, one text a line. All offsets count characters (code points); spans are half
open. `Scope` says what a corpus leaves unlabelled.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar
from zlib import error as ZlibError  # noqa: N812 - a class

import attrs
from attrs import frozen
from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError
from cattrs.v import format_exception

from quotesmith.errors import FormatError, OptionError

CharSpan: TypeAlias = tuple[int, int]
_Style: TypeAlias = Mapping[str, str] | None
_Row = TypeVar("_Row")
_MARKS: Final = frozenset("“”‘’\"'")


PILOTS: Final = frozenset(
    {"AlicesAdventuresInWonderland", "HowardsEnd", "PrideAndPrejudice", "TheAgeOfInnocence", "TheGambler"}
    | {"TheSunAlsoRises", "11_alices_adventures_in_wonderland", "1342_pride_and_prejudice"}
    | {"2891_howards_end", "541_the_age_of_innocence"}
)
"""The novels on which the project is measured, and LitBank's excerpts of them: nothing that reads speech is fitted to
these."""


GUM_HELD_OUT: Final = 4
"""One text in this many of GUM, and of OntoGUM, in order of their names, is kept out of training."""


class Scope(Enum):
    """How much of a text's reported speech its corpus says."""

    NESTED = "content, cue, source and which belong together, quotes inside quotes too"
    WHOLE = "content, cue, source and which belong together, of the outermost quotes"
    TAGS = "content, cue and source"
    QUOTED = "which words between quotation marks are content"
    INNER = "content, cue and source of what is reported in it, all of which somebody says"
    UNLABELLED = "nothing"


@frozen
class Gold:
    """One attribution: the spans of each role, in text order; empty where it has none or the corpus doesn't say.

    Attributes:
        content: What is said.
        cue: The words that report it.
        source: Who says it.
        level: In how many others' contents its own lies.
    """

    content: tuple[CharSpan, ...] = ()
    cue: tuple[CharSpan, ...] = ()
    source: tuple[CharSpan, ...] = ()
    level: int = 0

    def shifted(self, by: int, deeper: int = 0) -> "Gold":
        """The same, `by` characters later and inside `deeper` more contents."""
        content, cue, source = (
            tuple((start + by, end + by) for start, end in spans) for spans in (self.content, self.cue, self.source)
        )
        return Gold(content, cue, source, self.level + deeper)


@frozen
class LabelledText:
    """A text and what its corpus says of it.

    Attributes:
        name: Which text of its corpus it is.
        text: The text.
        attributions: Its reported speech; offsets refer to `text`.
        scope: What else may be reported speech here.
    """

    name: str
    text: str
    attributions: tuple[Gold, ...]
    scope: Scope


def read_polnear(path: Path) -> list[LabelledText]:
    """PolNeAR (Newell et al. 2018): news, with whole attributions.

    Raises:
        FormatError: if the file or one of its lines can't be read; names both.
    """
    return [
        LabelledText(
            row.doc_id, row.text, tuple(Gold(a.content, a.cue, a.source) for a in row.attributions), Scope.WHOLE
        )
        for row in read_rows(path, _NewsArticle)
    ]


def read_clean(path: Path) -> list[LabelledText]:
    """Articles whose every attribution was marked by careful reading, those inside others too.

    Raises:
        FormatError: if the file or one of its lines can't be read; names both.
    """
    return [
        LabelledText(
            row.doc_id,
            row.text,
            _with_levels([Gold(a.content, a.cue, a.source) for a in row.attributions]),
            Scope.NESTED,
        )
        for row in read_rows(path, _NewsArticle)
    ]


def _with_levels(golds: Sequence[Gold]) -> tuple[Gold, ...]:
    """Each with its level; of two with one content the later lies in the earlier."""
    words = [frozenset(at for span in gold.content for at in range(*span)) for gold in golds]
    return tuple(
        attrs.evolve(
            gold,
            level=sum(
                own < other or (own == other and earlier < number)
                for earlier, other in enumerate(words)
                if earlier != number
            ),
        )
        for number, (gold, own) in enumerate(zip(golds, words, strict=True))
    )


def read_riqua(path: Path, rng: random.Random) -> list[LabelledText]:
    """RiQuA (Papay and Padó 2020): passages of novels as tokens, joined here in one of three ways at random.

    Raises:
        FormatError: if the file or one of its lines can't be read; names both.
    """
    return [
        _join_passage(f"{row.id}-{n}", row, rng.choice(_WRITTEN_MARKS))
        for n, row in enumerate(read_rows(path, _Passage))
    ]


def read_excerpts(
    path: Path, rng: random.Random, *, size: int, share: float, skip: frozenset[str]
) -> list[LabelledText]:
    """Novels with their quotes (PDNC, Vishnubhotla et al. 2022; LitBank, Sims and Bamman 2020), cut into excerpts.

    Args:
        path: The corpus.
        rng: Chooses the excerpts.
        size: Excerpts end at the first blank line after this many characters.
        share: How many of all excerpts are kept, in (0, 1].
        skip: Ids of novels to leave out.

    Raises:
        FormatError: if the file or one of its lines can't be read; names both.
        OptionError: if `size` or `share` is out of bounds.
    """
    if size < 1 or not 0 < share <= 1:
        msg = f"size must be at least 1 and share in (0, 1], not {size} and {share}"
        raise OptionError(msg)
    found: list[LabelledText] = []
    for row in read_rows(path, _Novel):
        if row.novel_id not in skip:
            found.extend(excerpt for excerpt in _iter_excerpts(row, size) if rng.random() < share)
    return found


INNER_QUOTES: Final = Path(__file__).with_name("inner_quotes.jsonl")
"""What is reported inside quotes of novels that are no pilots, read with care for this project: places, no texts."""
# Contents of one novel stand together in a text of about this many characters.
_TOGETHER: Final = 1000


def read_inner_quotes(data: Path) -> list[LabelledText]:
    """Contents of novels' quotes, in which every quote is labelled, as texts of some contents each.

    Args:
        data: Folder of the gold corpora, whose PDNC and LitBank have the texts.

    Raises:
        FormatError: if a file can't be read, or a novel is missing.
    """
    paths = {"pdnc": data / "pdnc" / "dev.jsonl.gz", "litbank": data / "litbank" / "quotations_dev.jsonl.gz"}
    texts = {(corpus, row.novel_id): row.text for corpus, path in paths.items() for row in read_rows(path, _Novel)}
    found: list[LabelledText] = []
    for row in read_rows(INNER_QUOTES, _Holder):
        if (row.corpus, row.doc_id) not in texts:
            msg = f"{INNER_QUOTES.name} has contents of {row.doc_id}, which {paths.get(row.corpus, row.corpus)} lacks"
            raise FormatError(msg)
        words, golds = _take_out(texts[row.corpus, row.doc_id], row)
        name = f"inner {row.doc_id}"
        if found and found[-1].name == name and len(found[-1].text) < _TOGETHER:
            before = found.pop()
            golds = (*before.attributions, *(gold.shifted(len(before.text) + 2) for gold in golds))
            words = f"{before.text}\n\n{words}"
        found.append(LabelledText(name, words, golds, Scope.INNER))
    return found


def _take_out(text: str, row: "_Holder") -> tuple[str, tuple[Gold, ...]]:
    """A content with the marks around it, and what is reported in it."""
    start, end = row.content
    start -= start > 0 and text[start - 1] in _MARKS
    end += end < len(text) and text[end] in _MARKS
    golds = (Gold(inner.content, inner.cue, inner.source, inner.level) for inner in row.inner)
    return text[start:end], tuple(gold.shifted(-start) for gold in golds)


# Rows as the corpora have them; what else a row holds is not read.


def _check_spans(text: str, spans: Sequence[CharSpan]) -> None:
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            msg = f"a label must lie within its text of {len(text)} characters, not at {start} to {end}"
            raise FormatError(msg)


@frozen
class _NewsAttribution:
    content: tuple[CharSpan, ...]
    cue: tuple[CharSpan, ...]
    source: tuple[CharSpan, ...]


@frozen
class _NewsArticle:
    doc_id: str
    text: str
    attributions: tuple[_NewsAttribution, ...]

    def __attrs_post_init__(self) -> None:
        for found in self.attributions:
            _check_spans(self.text, (*found.content, *found.cue, *found.source))


@frozen
class _Quotation:
    spans: tuple[CharSpan, ...]


@frozen
class _Novel:
    novel_id: str
    text: str
    quotes: tuple[_Quotation, ...]

    def __attrs_post_init__(self) -> None:
        for quote in self.quotes:
            _check_spans(self.text, quote.spans)


@frozen
class _Inner:
    content: tuple[CharSpan, ...]
    cue: tuple[CharSpan, ...]
    source: tuple[CharSpan, ...]
    level: int = 1


@frozen
class _Holder:
    corpus: str
    doc_id: str
    content: CharSpan
    inner: tuple[_Inner, ...]


_TAG_LABEL = re.compile("O|[BI]-(content|cue|source)")


@frozen
class _Passage:
    id: str
    tokens: tuple[str, ...]
    labels: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        if len(self.tokens) != len(self.labels):
            msg = f"each token must have a label, but there are {len(self.tokens)} and {len(self.labels)}"
            raise FormatError(msg)
        for before, label in zip(("O", *self.labels), self.labels, strict=False):
            if not _TAG_LABEL.fullmatch(label) or (label.startswith("I-") and before[2:] != label[2:]):
                msg = f"labels are O, B- and I- with a role, I- behind its role, not {label!r} behind {before!r}"
                raise FormatError(msg)


def _exactly(value: Any, kind: type[Any]) -> Any:
    # cattrs would turn 3 into "3" and 2.7 into 2: a file that is wrong must not be read as another.
    if type(value) is not kind:
        msg = f"expected {kind.__name__}, not {value!r}"
        raise FormatError(msg)
    return value


def _make_converter() -> Converter:
    converter = Converter()
    for kind in (str, int):
        converter.register_structure_hook(kind, _exactly)
    return converter


_ROW_CONVERTER: Final = _make_converter()


def read_rows(path: Path, kind: type[_Row]) -> Iterator[_Row]:
    """The rows of a file of JSON Lines, gzipped if so named, each made into a record of `kind`, without other fields.

    Raises:
        FormatError: if the file or one of its lines can't be read; names both.
    """
    for number, line in enumerate(read_unzipped(path).splitlines(), 1):
        yield _read_row(line, kind, f"{path}, line {number}")


def read_unzipped(path: Path) -> bytes:
    """What a file of a corpus holds, gzipped if so named; `FormatError` if it can't be read."""
    try:
        found = path.read_bytes()
        return gzip.decompress(found) if path.suffix == ".gz" else found
    except (OSError, EOFError, ZlibError) as error:
        msg = f"the corpus {path} can't be read as a gzipped file: {error}"
        raise FormatError(msg) from error


def _read_row(line: bytes, kind: type[_Row], where: str) -> _Row:
    try:
        return _ROW_CONVERTER.structure(json.loads(line), kind)
    except BaseValidationError as error:
        faults = "; ".join(transform_error(error, format_exception=_describe)).removesuffix(" @ $")
        msg = f"{where}: {faults}"
        raise FormatError(msg) from error
    except ValueError as error:
        msg = f"{where}: not JSON: {error}"
        raise FormatError(msg) from error


def _describe(error: BaseException, kind: type | None) -> str:
    return str(error) if isinstance(error, FormatError) else format_exception(error, kind)


# Treebank tokens that stand without a space before or behind them.
_TIED_BEFORE = frozenset((",", ".", ";", ":", "!", "?", ")", "]", "''"))
_TIED_BEHIND = frozenset(("(", "[", "``"))
# Running text with curly or with straight marks, or the bare tokens with spaces between them.
_RUNNING: Final[_Style] = {"``": "“", "''": "”"}
_WRITTEN_MARKS: Sequence[_Style] = (_RUNNING, {"``": '"', "''": '"'}, None)


def _join_passage(name: str, row: _Passage, style: _Style) -> LabelledText:
    text, spans = join_tokens(row.tokens, style)
    found: dict[str, list[CharSpan]] = {"content": [], "cue": [], "source": []}
    for span, label in zip(spans, row.labels, strict=True):
        prefix, _, role = label.partition("-")
        if prefix == "B":
            found[role].append(span)
        elif prefix == "I":
            found[role][-1] = (found[role][-1][0], span[1])
    # The corpus as given here doesn't say which of them belong together: each stands alone.
    golds = (
        *(Gold(content=(span,)) for span in found["content"]),
        *(Gold(cue=(span,)) for span in found["cue"]),
        *(Gold(source=(span,)) for span in found["source"]),
    )
    return LabelledText(name, text, golds, Scope.TAGS)


def join_tokens(tokens: Sequence[str], style: _Style = _RUNNING) -> tuple[str, list[CharSpan]]:
    """The text that the tokens make, and where each of them stands in it.

    Args:
        tokens: As treebanks have them.
        style: What their quotation marks are written as; None for the bare tokens with spaces between them.
    """
    parts: list[str] = []
    spans: list[CharSpan] = []
    length = 0
    tied = True
    for token in tokens:
        glued = tied or (style is not None and _is_tied_before(token))
        word = token if style is None else style.get(token, token)
        length += not glued
        parts.append(word if glued else f" {word}")
        spans.append((length, length + len(word)))
        length += len(word)
        tied = style is not None and token in _TIED_BEHIND
    return "".join(parts), spans


def _is_tied_before(token: str) -> bool:
    return token in _TIED_BEFORE or token.startswith("'") or token.lower() == "n't"


def _iter_excerpts(row: _Novel, size: int) -> Iterator[LabelledText]:
    start = 0
    while start < len(row.text):
        end = row.text.find("\n\n", start + size)
        end = len(row.text) if end < 0 else end
        spans = [
            tuple((s - start, e - start) for s, e in quote.spans if start <= s and e <= end) for quote in row.quotes
        ]
        golds = tuple(Gold(content) for content in spans if content)
        yield LabelledText(f"{row.novel_id}-{start}", row.text[start:end], golds, Scope.QUOTED)
        start = end
