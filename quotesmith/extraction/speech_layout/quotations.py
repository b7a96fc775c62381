"""Lists of quotations: quoted words, and who said them behind or before (“...” — Jane Roe; Roe, Mail: “...”)."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from attrs import frozen

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.lines import TextLine, trimmed
from quotesmith.extraction.speech_layout.pull_quotes import PullQuotes
from quotesmith.extraction.speech_layout.signatures import (
    SIGNATURE_REACH,
    Signature,
    has_title_case,
    read_signature,
    sender_pattern,
)
from quotesmith.lexicon.label_words import LabelWords
from quotesmith.marks import CLOSING_CHARACTERS, OPENING_CHARACTERS, pair_marks
from quotesmith.parsed_text import LabelledTurn, SpeechLayout
from quotesmith.records import TextSpan, TextSpans

_SIGN_DASHES = r"(?:—|–|―|--?|~)"
# A closing mark, and what may part it from a name; a hyphen without a space belongs to a word.
_SIGNED = re.compile(rf"[{''.join(sorted(CLOSING_CHARACTERS))}]\s{{0,3}}(?P<sign>{_SIGN_DASHES}|:)(?=\s{{0,3}}\S)")
_OWN_LINE = re.compile(rf"(?P<sign>{_SIGN_DASHES})\s{{0,3}}(?=[\w@])")
_UNMARKED = re.compile(rf"[.!?…]\s{{1,3}}(?P<sign>{_SIGN_DASHES})\s{{0,3}}(?=[\w@])")
_STOPS = frozenset(".!?…")
_WORD_CHARACTER = re.compile(r"\w")
# As Markdown marks what somebody else said.
_QUOTE_SIGN = re.compile(r"(?:>[ \t]?){1,3}(?!>)")
_BULLET = re.compile(r"(?:[*•‣◦·–-]|\(?\d{1,3}[.)])\s{1,3}")
# Paragraphs of one quotation before the one that is signed.
_MOST_ENTRIES = 8


@frozen
class _Signed:
    """A quotation and its signature.

    Attributes:
        turn: What is said, and by whom.
        entries: Its first line, and the one behind its last.
        is_sure: Whether it needs no others of its kind beside it.
        is_title: Whether a work's title stands between the marks, as in a list of sources or of films.
        has_stop: Whether what is said ends like a sentence.
        in_list: Whether it is one only right beside another.
    """

    turn: LabelledTurn
    entries: tuple[int, int]
    is_sure: bool
    is_title: bool = False
    has_stop: bool = True
    in_list: bool = False


def find_quotations(evidence: TurnEvidence) -> SpeechLayout | None:
    """The signed quotations of a text, each with the name that signs it; None where there are none.

    Quotation marks and a dash before a name are enough for one in the midst of prose, and so is a paragraph without
    marks above a dash and a name where the text goes on; else, what has no marks, or no dash, is a quotation only among
    others. Two of them are a list, which gives the layout its name. Linear in the text.
    """
    text = evidence.text
    reader = _QuotationReader(text, list(_find_entries(evidence)), evidence.words, evidence.settings)
    found = list(reader.read())
    has_titles = any(signed.is_title for signed in found)
    # Where some entries are titles, words without a stop are taken for titles as well.
    kept = [signed for signed in found if not signed.is_title and (signed.has_stop or not has_titles)]
    starts, ends = ({signed.entries[side] for signed in kept} for side in (0, 1))
    kept = [signed for signed in kept if not signed.in_list or signed.entries[0] in ends or signed.entries[1] in starts]
    if len(kept) == 1 and not kept[0].is_sure:
        return None
    turns = tuple(signed.turn for signed in kept)
    return SpeechLayout("quotations" if len(turns) > 1 else None, turns) if turns else None


def _find_entries(evidence: TurnEvidence) -> Iterator[TextSpan]:
    """The paragraphs, those of several lines cut where a line may begin another quotation, or sign the one before."""
    text = evidence.text
    for _, lines in groupby(evidence.lines, key=attrgetter("paragraph")):
        entry: TextSpan | None = None
        for line in filter(None, (_without_quote_sign(text, line) for line in lines)):
            opens = (
                text[line.start] in OPENING_CHARACTERS
                or _BULLET.match(text, line.start)
                or _OWN_LINE.match(text, line.start)
            )
            closes = entry is not None and text[entry.end - 1] in CLOSING_CHARACTERS and text[line.start].isupper()
            if entry is not None and (opens or closes):
                yield entry
                entry = None
            entry = TextSpan(line.start if entry is None else entry.start, line.end)
        if entry is not None:
            yield entry


def _without_quote_sign(text: str, line: TextLine) -> TextSpan | None:
    sign = _QUOTE_SIGN.match(text, line.start, line.end)
    return line.span if sign is None else trimmed(text, sign.end(), line.end)


@frozen(eq=False)
class _QuotationReader:
    """Reads the lines of one text in order: paragraphs, and lines of them that stand by themselves."""

    text: str
    entries: Sequence[TextSpan]
    words: LabelWords
    settings: ExtractionSettings

    def read(self) -> Iterator[_Signed]:
        """The signed quotations, in order, none overlapping another."""
        free = 0
        for number in range(len(self.entries)):
            for find in (self._on_its_line, self._below, self._introduced, self._unmarked):
                signed = find(number) if number >= free else None
                if signed is not None and signed.entries[0] >= free:
                    yield signed
                    free = signed.entries[1]
                    break

    # The ways in which a quotation has its name

    def _on_its_line(self, number: int) -> _Signed | None:
        """Behind it: "“A feast of a book.” — Ann Lee", "“Never again.”: Ann Lee"."""
        entry = self.entries[number]
        for match in reversed(
            list(_SIGNED.finditer(self.text, max(entry.start, entry.end - SIGNATURE_REACH), entry.end))
        ):
            sign = TextSpan(*match.span("sign"))
            signature = self._signature(sign.end, entry.end)
            if signature is None:
                continue
            content, first = self._quoted_before(number, match.start() + 1)
            if content:
                return self._signed(content, sign, signature, (first, number + 1), in_list=signature.is_unnamed)
        return None

    def _below(self, number: int) -> _Signed | None:
        """On the line below, behind a dash or, in a list, alone; what stands above a dash may lack marks."""
        if number == 0:
            return None
        entry, before = self.entries[number], self.entries[number - 1]
        dash = _OWN_LINE.match(self.text, entry.start, entry.end)
        signature = self._signature(entry.start if dash is None else dash.end("sign"), entry.end)
        if signature is None or (self._is_item(number + 1) if dash is not None else not self._ends_quotation(number)):
            return None
        content, first = self._quoted_before(number - 1, before.end)
        if not content:
            return None if dash is None else self._unmarked_above(number, TextSpan(*dash.span("sign")), signature)
        sign = None if dash is None else TextSpan(*dash.span("sign"))
        is_doubtful = signature.is_unnamed and not self._pull_quotes.is_sure(number, signature)
        return self._signed(content, sign, signature, (first, number + 1), in_list=dash is None or is_doubtful)

    def _unmarked_above(self, number: int, sign: TextSpan, signature: Signature) -> _Signed | None:
        """A paragraph without marks above the line: a pull quote; beside another quotation, an epigraph."""
        if self._is_item(number - 1) or not self._pull_quotes.may_be_signed(number, signature):
            return None
        is_sure = self._pull_quotes.is_sure(number, signature)
        if not is_sure and signature.size == 1:
            return None
        turn = LabelledTurn(signature.name, sign, (self._said(self.entries[number - 1]),))
        return _Signed(turn, entries=(number - 1, number + 1), is_sure=is_sure, in_list=not is_sure)

    @cached_property
    def _pull_quotes(self) -> PullQuotes:
        return PullQuotes(self.text, self.entries, self.words, self.settings)

    def _introduced(self, number: int) -> _Signed | None:
        """Before it: "Ann Lee, The Courier: “A feast of a book.”", "And from Chairwoman Ito:" above it."""
        entry = self.entries[number]
        position = self.text.find(":", entry.start, min(entry.end, entry.start + SIGNATURE_REACH))
        if position < 0:
            return None
        colon, start = TextSpan(position, position + 1), self._said(entry).start
        is_above = colon.end == entry.end
        last = number + is_above
        sender = sender_pattern(self.words.signatures).match(self.text, start, position)
        if is_above and (sender is None or last == len(self.entries)):
            return None
        signature = self._signature(start if sender is None else sender.end(), position)
        if signature is None or not (sender or signature.has_tail):
            return None
        content, first = self._quoted_before(last, self.entries[last].end)
        lead = self.entries[last].start if is_above else colon.end
        if not content or first != last or self.text[lead : content[0].start].strip():
            return None
        return self._signed(content, colon, signature, (number, last + 1), in_list=not is_above)

    def _unmarked(self, number: int) -> _Signed | None:
        """Without marks: "Measure twice. — Amos Tully" in a list; with a handle, as of an embedded post, anywhere."""
        entry = self.entries[number]
        for match in reversed(
            list(_UNMARKED.finditer(self.text, max(entry.start, entry.end - SIGNATURE_REACH), entry.end))
        ):
            signature = self._signature(match.end("sign"), entry.end)
            if signature is not None and signature.size > 1 and self.text[entry.end - 1] not in _STOPS:
                content = self._said(TextSpan(entry.start, match.start() + 1))
                turn = LabelledTurn(signature.name, TextSpan(*match.span("sign")), (content,))
                return _Signed(turn, entries=(number, number + 1), is_sure=signature.has_handle)
        return None

    def _signed(
        self,
        content: TextSpans,
        sign: TextSpan | None,
        signature: Signature,
        entries: tuple[int, int],
        *,
        in_list: bool,
    ) -> _Signed:
        """The quotation between marks; `in_list` where it is one only right beside another."""
        said = (
            TextSpan(content[0].start, content[-1].end)
            .of(self.text)
            .strip("".join(OPENING_CHARACTERS | CLOSING_CHARACTERS) + " ")
        )
        has_stop = said[-1:] in _STOPS
        is_citation = signature.has_date and not signature.has_handle
        return _Signed(
            LabelledTurn(signature.name, sign, content),
            entries,
            is_sure=not in_list,
            is_title=(not has_stop and (has_title_case(said) or is_citation)) or (said[-1:] == "?" and is_citation),
            has_stop=has_stop,
            in_list=in_list,
        )

    # Their parts

    def _quoted_before(self, number: int, end: int) -> tuple[TextSpans, int]:
        """The passages that end there with nothing between them, and the line of the first; () where none does.

        Earlier lines belong to the quotation where each opens with a mark that isn't closed.
        """
        content = self._passages(self.entries[number].start, end)
        lead = self.text[self._said(self.entries[number]).start : content[0].start].rstrip() if content else ""
        # A reporter signs a whole item that ends in quoted words: '... was “still the No. 1 force.” — Jane Roe'.
        if lead and lead[-1] not in ".!?…:":
            return (), number
        first = number
        while content and first > 0 and content[0].start == self.entries[first].start:
            before = self.entries[first - 1]
            if self.text[before.start] not in OPENING_CHARACTERS or number - first >= _MOST_ENTRIES:
                break
            pairs = [pair for pair in pair_marks(before.of(self.text)) if pair.depth == 0]
            if not pairs or pairs[0].span.start > 0 or pairs[0].closing is not None:
                break
            content.insert(0, before)
            first -= 1
        return tuple(content), first

    def _passages(self, start: int, end: int) -> list[TextSpan]:
        """The outermost passages that end at the character, from the last one back to where words stand between."""
        pairs = [pair for pair in pair_marks(self.text[start:end]) if pair.depth == 0]
        content: list[TextSpan] = []
        following = end
        for pair in reversed(pairs):
            span = pair.span.shifted(start)
            if pair.closing is None or self.text[span.end : following].strip(" \t\n\r\u00a0.…"):
                break
            content.insert(0, span)
            following = span.start
        has_words = any(_WORD_CHARACTER.search(self.text, span.start, span.end) for span in content)
        return content if has_words and content[-1].end == end else []

    def _signature(self, start: int, end: int) -> Signature | None:
        whole = TextSpan(start, end).stripped(self.text) if start < end else None
        return None if whole is None else read_signature(self.text, whole, self.words, self.settings)

    def _is_item(self, number: int) -> bool:
        """Whether a line begins with a dash: two of them are items of a list, or turns."""
        entry = self.entries[number] if number < len(self.entries) else None
        return entry is not None and _OWN_LINE.match(self.text, entry.start, entry.end) is not None

    def _ends_quotation(self, number: int) -> bool:
        """Whether the text ends behind a line, or goes on with another quotation."""
        following = number + 1
        return following == len(self.entries) or self.text[self.entries[following].start] in OPENING_CHARACTERS

    def _said(self, span: TextSpan) -> TextSpan:
        """The span without the bullet or number of an item."""
        bullet = _BULLET.match(self.text, span.start, span.end)
        return span if bullet is None else TextSpan(bullet.end(), span.end)
