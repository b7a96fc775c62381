"""Labelled texts written otherwise: other quotation marks, letter case or lines, and quotes put inside quotes."""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import attrs

from quotesmith.encoder import LEVELS
from quotesmith.marks import find_paragraphs, pair_marks
from quotesmith.training.corpora import CharSpan, Gold, LabelledText, Scope

# How many texts are changed in each way.
_RESTYLED: Final = 0.15
_RECASED: Final = 0.04
_REBROKEN: Final = 0.08
_ENCLOSED: Final = 0.6


def vary(text: LabelledText, rng: random.Random) -> LabelledText:
    """The text, changed by chance in none, one or several of these ways."""
    ways: tuple[tuple[float, Callable[[LabelledText, random.Random], LabelledText]], ...] = (
        (_ENCLOSED if text.scope is Scope.NESTED else 0.0, enclose),
        (_RESTYLED, restyle),
        (_RECASED, recase),
        (_REBROKEN, rebreak),
    )
    for share, change in ways:
        if rng.random() < share:
            text = change(text, rng)
    return text


# Quotation marks of one character, in the order that random choices count on: British, French, German, plain and
# American; None means a text that has lost its marks.
_DRAWN_MARKS: Final = (("‘", "’"), ("«", "»"), ("„", "“"), ('"', '"'), ("“", "”"), None)
_LOST: Final = (" ", " ")
# How many texts lose closing marks, and how many of its closing marks such a text loses.
_CARELESS_TEXTS: Final = 0.3
_CARELESS_MARKS: Final = 0.3


def restyle(text: LabelledText, rng: random.Random) -> LabelledText:
    """The text with other outer quotation marks, or with some or all of them lost; no character moves.

    Contents are trimmed of white space, which a lost mark leaves at their ends; one that was nothing but a mark is
    left out.
    """
    characters = list(text.text)
    style = rng.choice(_DRAWN_MARKS)
    is_careless = rng.random() < _CARELESS_TEXTS
    opening, closing = style or _LOST
    for pair in pair_marks(text.text):
        if pair.depth or len(pair.opening) != 1:
            continue
        characters[pair.opening.start] = opening
        if pair.closing is not None and len(pair.closing) == 1:
            loses = is_careless and rng.random() < _CARELESS_MARKS
            characters[pair.closing.start] = " " if loses else closing
    changed = "".join(characters)
    golds = tuple(attrs.evolve(gold, content=_trim(changed, gold.content)) for gold in text.attributions)
    return attrs.evolve(text, text=changed, attributions=golds)


def _trim(text: str, spans: Iterable[CharSpan]) -> tuple[CharSpan, ...]:
    """The spans without the white space at their ends; none where there is nothing else."""
    found = []
    for start, end in spans:
        words = text[start:end].lstrip()
        if words:
            found.append((end - len(words), end - len(words) + len(words.rstrip())))
    return tuple(found)


def recase(text: LabelledText, rng: random.Random) -> LabelledText:
    """The text in capitals or in small letters; letters whose other case is two letters stay."""
    change = rng.choice((str.upper, str.lower))
    return attrs.evolve(
        text, text="".join(other if len(other := change(letter)) == 1 else letter for letter in text.text)
    )


_WRAPPED_AT: Final = 72


def rebreak(text: LabelledText, rng: random.Random) -> LabelledText:
    """The text with its paragraphs run together, or with its lines broken; no character moves."""
    if rng.random() < 1 / 2:
        return attrs.evolve(text, text=text.text.replace("\n", " "))
    lines = re.sub(rf".{{{_WRAPPED_AT // 2},{_WRAPPED_AT}}}[ ](?=\S)", _end_line, text.text)
    return attrs.evolve(text, text=lines)


def _end_line(line: "re.Match[str]") -> str:
    return line[0][:-1] + "\n"


# How many of a text's paragraphs that report something are put into somebody's mouth.
_SPOKEN: Final = 0.3
_MAX_SPOKEN: Final = 500
_MAX_SOURCE: Final = 60
_OPENING_MARKS: Final = frozenset('“"')
_SINGLE_MARKS: Final = str.maketrans('“”"', "‘’'")


def enclose(text: LabelledText, rng: random.Random) -> LabelledText:
    """The text with some of its paragraphs as the words of somebody whom it quotes elsewhere.

    What they report is then inside a quote: corpora have few such, and most have none.
    """
    speakers = [_spoken_by(text, gold) for gold in text.attributions if gold.level == 0]
    named = [pair for pair in speakers if pair is not None]
    parts: list[str] = []
    golds: list[Gold] = []
    length = position = 0
    for start, end, inside in _iter_reporting(text):
        if not named or rng.random() >= _SPOKEN:
            continue
        parts.append(text.text[position:start])
        length += start - position
        golds.extend(gold.shifted(length - start) for gold in _between(text, position, start))
        words, shift, outer = _speak(text.text[start:end], *rng.choice(named), rng)
        golds.append(outer.shifted(length))
        golds.extend(gold.shifted(length + shift - start, 1) for gold in inside)
        parts.append(words)
        length += len(words)
        position = end
    parts.append(text.text[position:])
    golds.extend(gold.shifted(length - position) for gold in _between(text, position, len(text.text) + 1))
    return attrs.evolve(text, text="".join(parts), attributions=tuple(golds))


def _spoken_by(text: LabelledText, gold: Gold) -> tuple[str, str] | None:
    """The words that name who speaks and those that report it, where both are short and the content is in marks."""
    is_direct = bool(gold.content) and text.text[gold.content[0][0]] in _OPENING_MARKS
    if not is_direct or len(gold.source) != 1 or len(gold.cue) != 1:
        return None
    source, cue = (text.text[span[0] : span[1]] for span in (*gold.source, *gold.cue))
    is_plain = re.fullmatch(r"[\w .’'-]+", source) and re.fullmatch(r"[a-z]+", cue)
    return (source, cue) if is_plain and len(source) <= _MAX_SOURCE else None


def _iter_reporting(text: LabelledText) -> Iterator[tuple[int, int, list[Gold]]]:
    """The paragraphs that report something and lie apart from what others report, with what they report."""
    for paragraph in find_paragraphs(text.text):
        start, end = paragraph.start, paragraph.start + len(text.text[paragraph.start : paragraph.end].rstrip())
        touched = [gold for gold in text.attributions if any(s < end and e > start for s, e in _spans(gold))]
        within = all(start <= s and e <= end for gold in touched for s, e in _spans(gold))
        is_flat = all(gold.level < LEVELS - 1 for gold in touched)
        is_closed = text.text.count("“", start, end) == text.text.count("”", start, end)
        if touched and within and is_flat and is_closed and end - start <= _MAX_SPOKEN:
            yield start, end, touched


def _spans(gold: Gold) -> tuple[CharSpan, ...]:
    return (*gold.content, *gold.cue, *gold.source)


def _between(text: LabelledText, start: int, end: int) -> list[Gold]:
    """The attributions whose first word stands from `start` to `end`."""
    return [gold for gold in text.attributions if (spans := _spans(gold)) and start <= min(spans)[0] < end]


def _speak(paragraph: str, source: str, cue: str, rng: random.Random) -> tuple[str, int, Gold]:
    """A paragraph as somebody's words; how far it moves in them; and the attribution, counted from their start."""
    words = paragraph.translate(_SINGLE_MARKS)
    if rng.random() < 1 / 3:
        before = f"{source} {cue}" + rng.choice((": ", ", "))
        content = (len(before), len(before) + len(words) + 2)
        return f"{before}“{words}”", len(before) + 1, _attribution(content, 0, source, len(source) + 1, cue)
    quoted = f"“{words[:-1]},”" if words.endswith(".") else f"“{words}”"
    turned = rng.random() < 1 / 4
    first, second = (cue, source) if turned else (source, cue)
    at, then = len(quoted) + 1, len(quoted) + 2 + len(first)
    gold = _attribution((0, len(quoted)), then if turned else at, source, at if turned else then, cue)
    return f"{quoted} {first} {second}.", 1, gold


def _attribution(content: CharSpan, source_at: int, source: str, cue_at: int, cue: str) -> Gold:
    return Gold((content,), ((cue_at, cue_at + len(cue)),), ((source_at, source_at + len(source)),))
