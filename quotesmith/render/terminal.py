"""A document in the terminal: who said what, in the order of the text."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from io import StringIO
from itertools import chain, groupby
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotesmith.query import Cast
from quotesmith.records import Act, Assertion, EntityId, Quote, QuoteDocument, QuoteKind
from quotesmith.render.characters import counted, in_lines, on_one_line, shortened, title_of
from quotesmith.render.colors import NO_SPEAKER, Tone, speaker_tones
from quotesmith.render.highlights import Highlight, iter_pieces
from quotesmith.render.wording import (
    addressee_words,
    alias_words,
    cast_note,
    chapter_words,
    source_words,
    speaker_words,
)

KIND_WIDTH: Final = max(map(len, QuoteKind)) + 2
"""How many columns the kind of a quote takes, with the space after it."""
MIN_WIDTH: Final = 20
"""How many columns the words of a quote take at least, however narrow the terminal is."""
_DEEPEST = 3
_ALIASES_LENGTH = 60  # characters of a character's aliases together
_TEXT_WIDTH = 100  # columns of a table that is no terminal's


def show_document(document: QuoteDocument, console: Console) -> None:
    """Print the document's quotes under their speakers, in text order, and a table of the speakers.

    Colors and width are the console's. Words of the text never act on the terminal, nor as rich's markup.
    """
    tones = speaker_tones(document)
    _show_title(document, console)
    depths = _depths(document)
    for _, quotes in groupby(document.quotes, key=lambda quote: quote.speakers):
        console.print()
        _show_turn(document, list(quotes), tones, depths, console)
    if document.speakers:
        console.print()
        console.print(_speaker_table(document, tones))


def show_by_speaker(document: QuoteDocument, console: Console) -> None:
    """Print each speaker once, those with most quotes first, with their quotes in text order; as `show_document` does.

    A quote of several speakers is shown under all of them together; quotes without a speaker come last, by reason.
    """
    tones = speaker_tones(document)
    _show_title(document, console)
    said: defaultdict[tuple[tuple[EntityId, ...], str], list[Quote]] = defaultdict(list)
    for quote in document.quotes:
        said[quote.speakers, "" if quote.speakers else speaker_words(document, quote)].append(quote)
    for key in sorted(said, key=lambda key: (not key[0], -len(said[key]))):
        console.print()
        _show_turn(document, said[key], tones, Counter(), console)


def show_text(document: QuoteDocument, console: Console) -> None:
    """Print the whole text with its quotes in their speakers' colors, and a table of the speakers.

    Before each quote stands the number that its speaker has in the table, in brackets; "?" where nobody is known.
    Colors and width are the console's. Words of the text never act on the terminal, nor as rich's markup.
    """
    tones = speaker_tones(document)
    numbers = {speaker.id: place for place, speaker in enumerate(document.speakers, start=1)}
    _show_title(document, console)
    console.print()
    opening: defaultdict[int, str] = defaultdict(str)
    marks = []
    for quote in document.quotes:
        speakers = ",".join(str(numbers[speaker]) for speaker in quote.speakers) or "?"
        opening[quote.content[0].start] += f"[{speakers}]"
        tone = tones[quote.speakers[0]] if quote.speakers else NO_SPEAKER
        marks += [Highlight(span, tone, "", "") for span in quote.content]
    text = Text()
    for start, end, inside in iter_pieces(marks, len(document.text)):
        text.append(opening[start], style="bold")
        text.append(in_lines(document.text[start:end]), style=f"underline {inside[-1].tone.color}" if inside else "")
    console.print(text)
    if document.speakers:
        console.print(_speaker_table(document, tones))


def show_cast(cast: Cast, console: Console) -> None:
    """Print a table of the cast, a character a row; colors and width are the console's.

    The chapters are left out where the document has none.
    """
    has_chapters = bool(cast.document.chapters)
    tones = speaker_tones(cast.document)
    console.print(Text(title_of(cast.document), style="bold"))
    console.print(Text(cast_note(cast), style="dim"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("Character", overflow="fold")
    table.add_column("Also", style="dim", overflow="fold")
    table.add_column("Gender", style="dim", no_wrap=True)
    for name in ("Lines", "Words", "Quotes", "Heard"):
        table.add_column(name, justify="right", no_wrap=True)
    if has_chapters:
        table.add_column("Chapters", overflow="fold")
    for who in cast:
        table.add_row(
            Text(on_one_line(who.name), style=tones.get(who.entity.id, NO_SPEAKER).color),
            Text(shortened(alias_words(who), _ALIASES_LENGTH)),
            Text(who.gender or ""),
            *(Text(f"{count:,}") for count in (who.lines, who.words, who.quotes, who.heard)),
            *([Text(chapter_words(who.chapters))] if has_chapters else []),
        )
    if len(cast):
        console.print(table)


def cast_to_text(cast: Cast) -> str:
    """The table of `show_cast` without colors, 100 columns wide."""
    console = Console(file=StringIO(), width=_TEXT_WIDTH, color_system=None)
    with console.capture() as shown:
        show_cast(cast, console)
    return "\n".join(line.rstrip() for line in shown.get().splitlines())


def _show_title(document: QuoteDocument, console: Console) -> None:
    counts = counted(len(document.quotes), "quote"), counted(len(document.speakers), "speaker")
    console.print(Text(title_of(document), style="bold"))
    console.print(Text(" · ".join(counts), style="dim"))


def _show_turn(
    document: QuoteDocument,
    quotes: list[Quote],
    tones: Mapping[EntityId, Tone],
    depths: Mapping[str, int],
    console: Console,
) -> None:
    """The speakers on a line, and below them the quotes: kind, words, and what else there is to say."""
    console.print(_heading(document, quotes[0], tones))
    for quote in quotes:
        indent = 2 * min(depths[quote.id], _DEEPEST)
        words, notes = Text(on_one_line(quote.text)), Text(_notes(document, quote), style="dim")
        lines = _wrapped(words, indent, console) + _wrapped(notes, indent, console)
        for number, line in enumerate(lines or [Text()]):
            kind = quote.kind.value if number == 0 else ""
            console.print(Text.assemble("  ", (kind.ljust(KIND_WIDTH), "dim"), " " * indent, line))


def _wrapped(text: Text, indent: int, console: Console) -> list[Text]:
    """Lines that stand beside the kind; none for no words. Wrapped here because a rich table pads every line."""
    width = max(console.width - 2 - KIND_WIDTH - indent, MIN_WIDTH)
    return list(text.wrap(console, width, overflow="fold")) if text else []


def _heading(document: QuoteDocument, quote: Quote, tones: Mapping[EntityId, Tone]) -> Text:
    if not quote.speakers:
        return Text(speaker_words(document, quote), style=f"bold {NO_SPEAKER.color}")
    names = [
        Text(on_one_line(document.entity(speaker).name), style=f"bold {tones[speaker].color}")
        for speaker in quote.speakers
    ]
    return Text(", ").join(names)


def _notes(document: QuoteDocument, quote: Quote) -> str:
    """What is unusual: another act than speech, not asserted, other words for the speaker."""
    source, addressees = source_words(document, quote), addressee_words(document, quote)
    notes = (
        quote.act.value if quote.act is not Act.SPEECH else "",
        quote.assertion.value if quote.assertion is not Assertion.ASSERTED else "",
        f"said as “{source}”" if source else "",
        f"to {addressees}" if addressees else "",
    )
    return " · ".join(note for note in notes if note)


def _depths(document: QuoteDocument) -> dict[str, int]:
    """How many quotes each quote stands in."""
    depths: dict[str, int] = {}
    for quote in document.quotes:
        path = []
        inner: Quote | None = quote
        while inner is not None and inner.id not in depths:
            path.append(inner.id)
            inner = None if inner.parent is None else document.quote(inner.parent)
        depth = -1 if inner is None else depths[inner.id]
        for place, quote_id in enumerate(reversed(path), start=1):
            depths[quote_id] = depth + place
    return depths


def _speaker_table(document: QuoteDocument, tones: Mapping[EntityId, Tone]) -> Table:
    counts = Counter(chain.from_iterable(quote.speakers for quote in document.quotes))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("", style="dim", justify="right")
    table.add_column("Speaker", overflow="fold")
    table.add_column("Kind", style="dim")
    table.add_column("Quotes", justify="right")
    for place, speaker in enumerate(document.speakers, start=1):
        name = Text(on_one_line(speaker.name), style=tones[speaker.id].color)
        table.add_row(Text(str(place)), name, Text(speaker.kind.value), Text(str(counts[speaker.id])))
    return table
