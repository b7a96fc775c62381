"""Whose words a word is: by the quotation marks around it and the quotes that hold it."""

from collections.abc import Sequence
from enum import Enum

from attrs import define, field

from quotesmith.extraction.attributions import Attribution
from quotesmith.parsed_text import ParsedText
from quotesmith.records import QuoteKind
from quotesmith.speakers.settings import SpeakerSettings


class Unattributed(Enum):
    """Why no attribution accounts for a word."""

    NARRATION = "the writer of the text says it"
    NESTED = "it stands in marks that no attribution explains"


@define(eq=False)
class QuotationLevels:
    """For each word the attribution that gives it word by word.

    "He said that I “was late”": "late" is given as he said it, "I" is the writer's.
    """

    _parsed: ParsedText
    _attributions: Sequence[Attribution]
    _settings: SpeakerSettings
    _innermost: list[int | None]
    _verbatim: dict[int, range] = field(factory=dict)

    @classmethod
    def of(
        cls, parsed: ParsedText, attributions: Sequence[Attribution], settings: SpeakerSettings
    ) -> "QuotationLevels":
        """The levels of a text; linear in its tokens and contents."""
        spans = []
        for number, attribution in enumerate(attributions):
            for span in attribution.content:
                tokens = parsed.tokens(span)
                spans.append((tokens.start, -tokens.stop, number))
        return cls(parsed, attributions, settings, _find_innermost(sorted(spans), len(parsed.starts)))

    def innermost(self, token: int) -> int | None:
        """The number of the innermost attribution around the word; None where no content holds it."""
        return self._innermost[token]

    def is_quoted(self, token: int) -> bool:
        """Whether the word stands in the content of an attribution, in marks or in a turn that a layout gives."""
        number = self._innermost[token]
        if number is None:
            return False
        return self._attributions[number].is_turn or self._parsed.passage_at[token] >= 0

    def saying(self, token: int) -> int | Unattributed:
        """The number of the attribution whose speaker said the word so, or why there is none."""
        depth, number = self._parsed.quotation_depths[token], self._innermost[token]
        while number is not None:
            verbatim = self._verbatim_depths(number)
            if depth in verbatim:
                return number
            if verbatim and depth >= verbatim.stop:
                return Unattributed.NESTED
            number = self._attributions[number].parent
        return Unattributed.NARRATION if depth == 0 else Unattributed.NESTED

    def _verbatim_depths(self, number: int) -> range:
        """The depths of marks at which the attribution gives words as they were said; empty where it gives none so."""
        if number not in self._verbatim:
            self._verbatim[number] = self._find_depths(self._attributions[number])
        return self._verbatim[number]

    def _find_depths(self, attribution: Attribution) -> range:
        if attribution.is_turn:
            # Marks inside a turn hold what others say, marks around it nothing.
            depths = self._parsed.quotation_depths
            words = self._parsed.words(attribution.content)
            outer = min((depths[word.i] for word in words), default=0)
            return range(outer, outer + 1)
        content = self._parsed.quotation_depths[self._parsed.token_at(self._first_word(attribution))]
        if attribution.kind is QuoteKind.DIRECT:
            return range(max(content, 1), max(content, 1) + 1)
        reporting = attribution.cue or attribution.source
        outside = self._parsed.quotation_depths[self._parsed.token_at(reporting[0].start)] if reporting else 0
        # A transcript or a letter after a colon needs no marks.
        start = outside if content == outside and self._follows_colon(attribution) else outside + 1
        return range(start, outside + 1 + (attribution.kind is QuoteKind.MIXED))

    def _first_word(self, attribution: Attribution) -> int:
        words = self._parsed.words(attribution.content)
        return words[0].idx if words else attribution.content[0].start

    def _follows_colon(self, attribution: Attribution) -> bool:
        start = attribution.content[0].start
        before = self._parsed.text[max(0, start - self._settings.colon_reach) : start].rstrip()
        return before.endswith(":")


def _find_innermost(spans: list[tuple[int, int, int]], size: int) -> list[int | None]:
    """The number of the last opened span at each token, from (start, -end, number) in order."""
    innermost: list[int | None] = [None] * size
    opened: list[tuple[int, int]] = []
    position = 0
    for token in range(size):
        while position < len(spans) and spans[position][0] <= token:
            opened.append((-spans[position][1], spans[position][2]))
            position += 1
        while opened and opened[-1][0] <= token:
            opened.pop()
        if opened:
            innermost[token] = opened[-1][1]
    return innermost
