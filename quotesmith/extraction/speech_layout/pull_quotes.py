"""Paragraphs without marks that a line behind a dash signs, among others that nobody signs: pull quotes, epigraphs."""

import re
from collections.abc import Sequence
from functools import cached_property

from attrs import frozen

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.signatures import Signature, has_title_case
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.label_words import LabelWords
from quotesmith.marks import CLOSING_CHARACTERS, OPENING_CHARACTERS
from quotesmith.records import TextSpan

_STOPS = frozenset(".!?…")
_OPEN_ENDS = frozenset(":,;—–-")
# "“Go,” said Ann.": who writes so tells what others say.
_TOLD = re.compile(r"[,.!?…][”\"]\s{1,3}[^\W\d_]")
_LONGER_WORD = re.compile(r"\w[\w'’\-]{1,40}")
_LINE_DASHES = frozenset("—–―-~")
_INITIAL_LAST = re.compile(r"\b(?:Jr|Sr|[A-Z]|[A-Z][\w.]{0,4}\.[A-Z])\.\Z")
# Words of the paragraph behind; shorter ones are headings, times and rules.
_FEWEST_BEHIND = 4


@frozen(eq=False)
class PullQuotes:
    """Says which paragraphs of a text the line below them may sign, though no marks stand around their words.

    Reporters sign what they wrote in the same way, but at its end, and nobody speaks of them in it; headings between
    dashes and items of lists are no names.

    Attributes:
        text: The text.
        entries: Its paragraphs, and lines of them that stand by themselves.
        words: The words of labels.
        settings: The thresholds.
    """

    text: str
    entries: Sequence[TextSpan]
    words: LabelWords
    settings: ExtractionSettings

    def may_be_signed(self, number: int, signature: Signature) -> bool:
        """Whether the line may sign the paragraph above it, at least where other such lines do."""
        said = self.entries[number - 1].of(self.text)
        if self._is_no_signature(number, signature) or _TOLD.search(said):
            return False
        if said[-1] in _STOPS:
            return True
        is_open = said[-1] in _OPEN_ENDS or said[-1] in CLOSING_CHARACTERS
        is_heading = number == 1 or len(said.split()) < self.settings.min_unstopped_words or has_title_case(said)
        return not is_open and not is_heading

    def _is_no_signature(self, number: int, signature: Signature) -> bool:
        """Whether the line ends in a stop, as headings between dashes and answers do, or is a label or a date."""
        line = self.entries[number].of(self.text)
        is_day = signature.has_date or fold(signature.name.of(self.text)) in self.words.people.calendar
        is_stopped = line[-1] in _STOPS and _INITIAL_LAST.search(line) is None
        return is_stopped or ":" in line or (signature.size == 1 and is_day)

    def is_sure(self, number: int, signature: Signature) -> bool:
        """Whether the line signs the paragraph above it by itself.

        Either the text goes on below, and the line names somebody for sure; or the text speaks of who is named.
        """
        last = fold(signature.name.of(self.text).split()[-1])
        is_known = last in self._spoken_of
        if not self.goes_on(number):
            return signature.size > 1 and is_known and not (signature.has_date or signature.is_unnamed)
        if signature.is_unnamed:
            return signature.has_role
        is_epigraph = number == 1 and last not in self.words.ordinary
        return signature.size > 1 or signature.has_tail or is_known or is_epigraph

    def goes_on(self, number: int) -> bool:
        """Whether prose follows the line."""
        if number + 1 >= len(self.entries):
            return False
        following = self.entries[number + 1]
        first, last = self.text[following.start], self.text[following.end - 1]
        is_prose = (last in _STOPS or last in CLOSING_CHARACTERS) and (first.isalnum() or first in OPENING_CHARACTERS)
        return is_prose and len(following.of(self.text).split(maxsplit=_FEWEST_BEHIND)) >= _FEWEST_BEHIND

    @cached_property
    def _spoken_of(self) -> frozenset[str]:
        """The words with a capital, folded, outside of lines that a dash opens."""
        return frozenset(
            fold(word.removesuffix("'s").removesuffix("’s"))
            for entry in self.entries
            if self.text[entry.start] not in _LINE_DASHES
            for word in _LONGER_WORD.findall(self.text, entry.start, entry.end)
            if word[0].isupper()
        )
