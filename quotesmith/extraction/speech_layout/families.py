"""The table of layouts that say who speaks, and which of them a text has."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import field, frozen

from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS, ExtractionSettings
from quotesmith.extraction.speech_layout.furniture import (
    add_furniture,
    find_furniture,
    find_repeated_headings,
)
from quotesmith.extraction.speech_layout.labels import find_turns
from quotesmith.extraction.speech_layout.quotations import find_quotations
from quotesmith.lexicon.furniture import FurnitureWords, load_furniture
from quotesmith.lexicon.reporting import LabelWords, load_reporting
from quotesmith.marks import find_paragraphs
from quotesmith.parsed_text import PROSE, SpeechLayout
from quotesmith.records import TextSpan

LayoutFinder: TypeAlias = Callable[[str, Sequence[TextSpan], LabelWords, ExtractionSettings], SpeechLayout | None]
"""Gives the layout of a text by its paragraphs; None where the text has another one. Linear in the text."""


@frozen
class LayoutFamily:
    """One kind of layout.

    Attributes:
        name: As `meta["layout"]` gives it.
        description: What it is, for readers of the docs.
        example: A few lines that have it.
        find: Finds it.
    """

    name: str
    description: str
    example: str
    find: LayoutFinder


FAMILIES: tuple[LayoutFamily, ...] = (
    LayoutFamily(
        "labels",
        "A name and a colon before each turn: transcripts, minutes, interviews.",
        "ROE: Will the bridge open?\n\nLEE: In May.\n",
        find_turns,
    ),
    LayoutFamily(
        "quotations",
        "Quoted words, each with the name of who said them: reviews, testimonials, epigraphs, embedded posts.",
        "“A feast of a book.” — Ann Lee\n\n“I laughed on every page.” — Bo Roe, The Courier\n",
        find_quotations,
    ),
)
"""All families, in the order in which they are tried: the first that finds turns has the text."""


@frozen
class LayoutReader:
    """Says which layout a text has, and which of its lines nobody says.

    Attributes:
        words: What stands in labels besides names.
        furniture: The words of lines that stand on a page beside its text.
        settings: The thresholds.
        families: Those that are tried, in order.
    """

    words: LabelWords = field(factory=lambda: load_reporting().labels)
    furniture: FurnitureWords = field(factory=load_furniture)
    settings: ExtractionSettings = DEFAULT_EXTRACTION_SETTINGS
    families: tuple[LayoutFamily, ...] = FAMILIES

    def __call__(self, text: str) -> SpeechLayout:
        """The layout of a text; linear in it."""
        paragraphs = find_paragraphs(text)
        furniture = find_furniture(text, paragraphs, self.furniture, self.settings)
        # "RELATED: ..." is no label, and a turn goes on behind it.
        beside = set(furniture)
        written = [paragraph for paragraph in paragraphs if paragraph not in beside]
        found = (family.find(text, written, self.words, self.settings) for family in self.families)
        layout = next((layout for layout in found if layout is not None), PROSE)
        return add_furniture(layout, [*furniture, *find_repeated_headings(text, paragraphs, self.settings)])
