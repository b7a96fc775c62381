"""Whose words a word is, as they were said: by the quotation marks around it and the quotes that hold it."""

from collections.abc import Sequence
from itertools import accumulate

from attrs import define, field

from quotesmith.extraction.attributions import Attribution
from quotesmith.marks import MarkPair
from quotesmith.records import QuoteKind
from quotesmith.speakers.layout import Layout
from quotesmith.speakers.quotations import Quotations

OUTSIDE, NESTED = -1, -2
NEAR_COLON = 4


@define(eq=False)
class Levels:
    """For each word the attribution that gives it word by word.

    "He said that I “was late”": "late" is given as he said it, "I" is the writer's.
    """

    _layout: Layout
    _attributions: Sequence[Attribution]
    _quotations: Quotations
    _depths: list[int]
    _verbatim: dict[int, range] = field(factory=dict)

    @classmethod
    def of(
        cls, layout: Layout, attributions: Sequence[Attribution], quotations: Quotations, marks: Sequence[MarkPair]
    ) -> "Levels":
        """The levels of a text; linear in its tokens and marks."""
        changes = [0] * (len(layout.starts) + 1)
        for pair in marks:
            tokens = layout.tokens(pair.span)
            changes[tokens.start] += 1
            changes[tokens.stop] -= 1
        return cls(layout, attributions, quotations, list(accumulate(changes[:-1])))

    def saying(self, token: int) -> int:
        """The number of the attribution whose speaker said the word so.

        OUTSIDE where the writer of the text says it, NESTED where it stands in marks that no attribution explains.
        """
        depth, number = self._depths[token], self._quotations.attribution[token]
        while number >= 0:
            verbatim = self._verbatim_depths(number)
            if depth in verbatim:
                return number
            if verbatim and depth >= verbatim.stop:
                return NESTED
            parent = self._attributions[number].parent
            number = OUTSIDE if parent is None else parent
        return OUTSIDE if depth == 0 else NESTED

    def _verbatim_depths(self, number: int) -> range:
        """In how many marks stands what the attribution gives word by word; empty where it gives nothing so."""
        if number not in self._verbatim:
            self._verbatim[number] = self._find_depths(self._attributions[number])
        return self._verbatim[number]

    def _find_depths(self, attribution: Attribution) -> range:
        content = self._depths[self._layout.token_at(self._first_word(attribution))]
        if attribution.kind is QuoteKind.DIRECT:
            return range(max(content, 1), max(content, 1) + 1)
        reporting = attribution.cue or attribution.source
        outside = self._depths[self._layout.token_at(reporting[0].start)] if reporting else 0
        # A transcript or a letter after a colon needs no marks.
        start = outside if content == outside and self._follows_colon(attribution) else outside + 1
        return range(start, outside + 1 + (attribution.kind is QuoteKind.MIXED))

    def _first_word(self, attribution: Attribution) -> int:
        words = self._layout.words(attribution.content)
        return words[0].idx if words else attribution.content[0].start

    def _follows_colon(self, attribution: Attribution) -> bool:
        start = attribution.content[0].start
        before = self._layout.text[max(0, start - NEAR_COLON) : start].rstrip()
        return before.endswith(":")
