"""The table of layouts that say who speaks, and which of them a text has."""

from collections.abc import Callable
from typing import TypeAlias

from attrs import field, frozen

from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS, ExtractionSettings
from quotesmith.extraction.speech_layout.chats import find_chat
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.furniture import add_furniture, find_furniture, find_repeated_headings
from quotesmith.extraction.speech_layout.interviews import find_questions_and_answers
from quotesmith.extraction.speech_layout.labels import find_labelled_turns
from quotesmith.extraction.speech_layout.mails import find_mails
from quotesmith.extraction.speech_layout.names_above import find_bare_names, find_numbered_names, find_timed_names
from quotesmith.extraction.speech_layout.parliaments import find_members
from quotesmith.extraction.speech_layout.plays import find_play
from quotesmith.extraction.speech_layout.quotations import find_quotations
from quotesmith.extraction.speech_layout.scripts import find_script
from quotesmith.extraction.speech_layout.subtitles import find_subtitles
from quotesmith.extraction.speech_layout.unread import find_unread
from quotesmith.lexicon.furniture import FurnitureWords, load_furniture
from quotesmith.lexicon.label_words import LabelWords, load_label_words
from quotesmith.marks import find_paragraphs
from quotesmith.parsed_text import PROSE, UNREAD, SpeechLayout

LayoutFinder: TypeAlias = Callable[[TurnEvidence], SpeechLayout | None]
"""Gives the layout of a text; None where the text has another one. Linear in the text."""


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


LAYOUT_FAMILIES: tuple[LayoutFamily, ...] = (
    LayoutFamily(
        "subtitles",
        "Cues with times, which name who speaks: SubRip, WebVTT, SBV.",
        "1\n00:00:02,000 --> 00:00:04,100\nNORA: Who is it?\n\n2\n00:00:04,600 --> 00:00:06,000\n- Eamon: Me.\n",
        find_subtitles,
    ),
    LayoutFamily(
        "mail",
        'The mails that a mail quotes, behind ">" or below their fields; its own words are no turn.',
        "It is.\n\nOn Mon, Jun 3, 2024 at 9:01, Ann Lee <ann@example.org> wrote:\n> Is it open?\n",
        find_mails,
    ),
    LayoutFamily(
        "chat",
        "A name, mostly with a time, before or above each message: WhatsApp, Slack, Discord, IRC.",
        "12/03/2024, 10:01 - Ilse: Did you get it?\n12/03/2024, 10:07 - Tom: Yes!\n",
        find_chat,
    ),
    LayoutFamily(
        "script",
        "A name in capitals on a line of its own above the words: screenplays, Fountain.",
        "INT. BOATHOUSE - NIGHT\n\nTEODORA\nYou came on foot?\n\nSANJAY\n(quietly)\nThe road is gone.\n",
        find_script,
    ),
    LayoutFamily(
        "earnings call",
        "Names with numbers, and perhaps a company and an office, on lines of their own: calls with investors.",
        "Operator [1]\n\nPlease go ahead.\n\nAnna Roe, Holm Inc. - CEO [2]\n\nThank you. We sold more soup.\n",
        find_numbered_names,
    ),
    LayoutFamily(
        "timed names",
        "Names with times on lines of their own, the words below: meetings and calls that were recorded.",
        "Anna Roe 00:03\nCan you hear me?\n\nBo Lee 00:11\nLoud and clear.\n",
        find_timed_names,
    ),
    LayoutFamily(
        "parliament",
        "Members and offices before a colon or, in capitals, a full stop; seats and parties may follow in brackets.",
        "Ms Roe (Holm North): Will the Minister name a date?\n\nThe Minister of State (Mr Lee): I can name a season.\n",
        find_members,
    ),
    LayoutFamily(
        "interview",
        "Letters that ask and answer, with a colon or a full stop: interviews, hearings of witnesses.",
        "Q. Where were you?\n\nA. At home.\n\nMR. ROE: Objection.\n\nQ. All night?\n\nA. All night.\n",
        find_questions_and_answers,
    ),
    LayoutFamily(
        "play",
        "A name and a full stop before the words, or above them: printed plays.",
        "ACT ONE\n\nHESTER. He has taken the good umbrella.\nCORMAC [aside]. It isn't raining.\n",
        find_play,
    ),
    LayoutFamily(
        "labels",
        "A name and a colon before each turn, perhaps with a time or in bold type: transcripts of any kind.",
        "ROE: Will the bridge open?\n\nLEE: In May.\n",
        find_labelled_turns,
    ),
    LayoutFamily(
        "names",
        "Names alone, or with an office, on lines of their own, the words below; most names return.",
        "Operator\n\nPlease go ahead.\n\nAnna Roe - CEO\n\nThank you. We sold more soup.\n\n"
        "Operator\n\nIs that all?\n\nAnna Roe - CEO\n\nIt is.\n",
        find_bare_names,
    ),
    LayoutFamily(
        "quotations",
        "Quoted words, each with the name of who said them: reviews, testimonials, epigraphs, pull quotes, embedded "
        "posts.",
        "“A feast of a book.” — Ann Lee\n\n“I laughed on every page.” — Bo Roe, The Courier\n",
        find_quotations,
    ),
    LayoutFamily(
        UNREAD,
        "Plainly turns, but in a layout that none of these reads: no turns are given, and no quotes without cue and "
        "source.",
        "{Roe} Will the bridge open?\n{Lee} In May.\n{Roe} Which May?\n{Lee} Next May.\n",
        find_unread,
    ),
)
"""All families, in the order in which they are tried: the first that finds a layout has the text."""


@frozen
class LayoutReader:
    """Says which layout a text has, and which of its lines nobody says.

    Attributes:
        words: What stands in labels besides names.
        furniture: The words of lines that stand on a page beside its text.
        settings: The thresholds.
        families: Those that are tried, in order.
    """

    words: LabelWords = field(factory=load_label_words)
    furniture: FurnitureWords = field(factory=load_furniture)
    settings: ExtractionSettings = DEFAULT_EXTRACTION_SETTINGS
    families: tuple[LayoutFamily, ...] = LAYOUT_FAMILIES

    def __call__(self, text: str) -> SpeechLayout:
        """The layout of a text; linear in it."""
        paragraphs = find_paragraphs(text)
        furniture = find_furniture(text, paragraphs, self.furniture, self.settings)
        # "RELATED: ..." is no label, and a turn goes on behind it.
        beside = set(furniture)
        written = [paragraph for paragraph in paragraphs if paragraph not in beside]
        evidence = TurnEvidence(text, written, self.words, self.settings)
        found = (family.find(evidence) for family in self.families)
        layout = next((layout for layout in found if layout is not None), PROSE)
        return add_furniture(layout, [*furniture, *find_repeated_headings(text, paragraphs, self.settings)])
