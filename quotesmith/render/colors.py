"""A color for each speaker, the same in HTML and the terminal."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import cycle

from attrs import frozen

from quotesmith.graph import QuoteGraph
from quotesmith.records import EntityId, QuoteDocument

# Found by search: any two stay apart in OKLab (by 0.14 or more) for full color vision and for each kind of
# color blindness, and each has a contrast of 3:1 or more to white and to near black.
PALETTE = ("#2052e8", "#fe5007", "#884c90", "#3897f5", "#be2404")
LINES = ("solid", "dashed", "dotted", "double")
NEUTRAL = "#767676"


@frozen
class Tone:
    """A color as "#rrggbb", and the style of the line under the words, which differs where colors repeat."""

    color: str
    line: str


NO_SPEAKER = Tone(NEUTRAL, LINES[0])
TONES = tuple(Tone(color, line) for line in LINES for color in PALETTE)


def speaker_tones(document: QuoteDocument) -> Mapping[EntityId, Tone]:
    """The tone of each entity that speaks, in the order of their first quotes; where the tones don't suffice, by turns.

    There are 20. Of more speakers, those with most quotes come first, so that no two of these share a tone.
    """
    return _toned(speaker for quote in document.quotes for speaker in quote.speakers)


def graph_tones(graph: QuoteGraph) -> Mapping[str, Tone]:
    """The tone of each entity of a graph that speaks, by its key; for one document they are its own tones."""
    return _toned(speaker for quote in graph.keys("quote") for speaker in graph.speakers_of(quote))


def _toned(speakers: Iterable[str]) -> Mapping[str, Tone]:
    """The tones of speakers, each of whom is given once for each quote."""
    counts = Counter(speakers)
    ranked = counts if len(counts) <= len(TONES) else [speaker for speaker, _ in counts.most_common()]
    return dict(zip(ranked, cycle(TONES)))


# displaCy writes a kind of quote in black on its color, and underlines it on white.
KIND_COLORS = {"direct": "#6f85ea", "mixed": "#d9782d", "indirect": "#8f8f8f"}
