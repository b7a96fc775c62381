"""E-mail: the mails that a mail quotes, each by who wrote it.

Replies quote below "On 3 June 2024, Ann Lee wrote:" in lines that begin with ">", or below the fields of the mail
("From: Ann Lee"), as Outlook does and mails that are sent on.
"""

import re
from collections.abc import Sequence
from functools import cache

from attrs import frozen

from quotesmith.extraction.speech_layout.collector import DraftTurn, TurnCollector
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.lines import TextLine, trimmed
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.extraction.speech_layout.times import SENT_PATTERN
from quotesmith.parsed_text import SpeechLayout
from quotesmith.records import TextSpan

_QUOTE_MARKS = re.compile(r"(?:>[ \t\u00a0]?){1,40}")
_ADDRESS = re.compile(r"[<(\[]{0,2}(?:mailto:)?[^\s<>()\[\]:]{1,80}@[^\s<>()\[\]]{1,80}[>)\]]{0,2}")
# What stands before a name: a year, or a time and its zone.
_MAIL_TIME = re.compile(
    rf"(?:\b{SENT_PATTERN}|\b\d{{4}}|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
    r"(?:\s\(?(?:UTC|GMT|[A-Z]{1,4}T)?(?:[+-]\d{2}:?\d{2})?\)?)?[,\s]{1,3}"
)
_AUTHOR_WORD = r"[^\W\d_][^\s,;:<>()\[\]\"@]{0,30}"
_AUTHOR = re.compile(rf"{_AUTHOR_WORD}(?:(?:,\s|\s|\n\s?){_AUTHOR_WORD}){{0,4}}")
_MAIL_RULE = re.compile(r"(?:[-–—_=*]{4,}|-{2,}\s?[^-\n]{1,40}\s?-{2,})\Z")
_SIGNATURE_RULE = re.compile(r"--\s{0,3}\Z")
_ANY_DIGIT = re.compile(r"\d")
_ANY_LETTER = re.compile(r"[^\W\d_]")
_AROUND_NAME = " \t\n\"'*,;()[]<>"
_HEADER_LINES = 3


@frozen
class _MailLine:
    """A line: how many marks of quotation stand before its words, and where these are."""

    depth: int
    start: int
    end: int

    @property
    def is_blank(self) -> bool:
        return self.start == self.end


@frozen
class _Header:
    """What says who wrote the mail below.

    Attributes:
        label: The name, or the address.
        depth: How deep the lines of that mail are quoted.
        last: The number of its last line.
    """

    label: TextSpan
    depth: int
    last: int


def find_mails(evidence: TurnEvidence) -> SpeechLayout | None:
    """What a mail quotes of other mails, each mail one turn; None for other texts.

    One quoted mail is enough, for no prose looks like it. What the mail itself says is nobody's turn. Linear in the
    text.
    """
    text, words = evidence.text, evidence.words.formats
    sender, other = _field_patterns(words.senders, words.mail_fields)
    if ">" not in text and sender.search(text) is None:
        return None
    lines = [_mail_line(text, line) for line in evidence.all_lines]
    headers = _find_replies(text, lines, words.replies) | _find_fields(text, lines, sender, other)
    if not headers:
        return None
    turns = TurnCollector(text)
    authors: dict[int, DraftTurn] = {}
    header, signed = None, -1
    for number, line in enumerate(lines):
        if number in headers:
            header, signed = headers[number], -1
            # Deeper lines are again of somebody not known yet.
            authors = {depth: author for depth, author in authors.items() if depth < header.depth}
            authors[header.depth] = turns.open(header.label)
        if header is not None and (number <= header.last or _MAIL_RULE.match(text, line.start, line.end)):
            _skip_around(turns, line, header.label)
        elif line.depth == signed or (line.depth in authors and _SIGNATURE_RULE.match(text, line.start, line.end)):
            turns.skip(line.start, line.end)
            signed = line.depth
        elif line.depth in authors:
            turns.resume(authors[line.depth])
            turns.say(line.start, line.end)
    return turns.layout("mail") if turns.labels else None


def _mail_line(text: str, line: TextLine) -> _MailLine:
    quoted = _QUOTE_MARKS.match(text, line.start, line.end)
    if quoted is None:
        return _MailLine(0, line.start, line.end)
    return _MailLine(quoted[0].count(">"), quoted.end(), line.end)


def _skip_around(turns: TurnCollector, line: _MailLine, label: TextSpan) -> None:
    """Nobody says a line; its label names somebody."""
    if label.start < line.end and line.start < label.end:
        turns.skip(line.start, max(line.start, label.start))
        turns.skip(min(label.end, line.end), line.end)
    else:
        turns.skip(line.start, line.end)


# Headers like "On 3 June 2024, Ann Lee wrote"


def _find_replies(text: str, lines: Sequence[_MailLine], replies: frozenset[str]) -> dict[int, _Header]:
    """The headers of quoted lines, by the number of their first line."""
    found = {}
    verb = _reply_pattern(replies)
    last = None
    for number, line in enumerate(lines):
        if line.is_blank:
            continue
        if last is not None and line.depth > lines[last].depth and text[lines[last].end - 1] == ":":
            first = _first_line(text, lines, last)
            label = _find_author(text, TextSpan(lines[first].start, lines[last].end), verb)
            if label is not None:
                found[first] = _Header(label, line.depth, last)
        last = number
    return found


def _first_line(text: str, lines: Sequence[_MailLine], last: int) -> int:
    """Where the header that ends in a line begins: the nearest line with a number, as dates have."""
    for number in range(last, max(last - _HEADER_LINES, -1), -1):
        line = lines[number]
        if line.is_blank or line.depth != lines[last].depth:
            break
        if _ANY_DIGIT.search(text, line.start, line.end):
            return number
    return last


@cache
def _reply_pattern(replies: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\s{phrase_pattern(replies)}\b[^\n]{{0,80}}:\Z")


def _find_author(text: str, header: TextSpan, verb: re.Pattern[str]) -> TextSpan | None:
    """Who wrote, by the words above a quotation: the name behind the date, or else the address."""
    reply = verb.search(text, header.start, header.end)
    end = header.end - 1 if reply is None else reply.start()
    addresses = list(_ADDRESS.finditer(text, header.start, end))
    if reply is None and not addresses:
        return None
    start = max((moment.end() for moment in _MAIL_TIME.finditer(text, header.start, end)), default=header.start)
    reach = end
    if addresses:
        last = addresses[-1]
        # "In article <1@ex.org>, Ann Lee wrote" has the name behind; before others, the address is the author's.
        if _ANY_LETTER.search(text, last.end(), end):
            start = max(start, last.end())
        elif last.start() >= start:
            reach = last.start()
    label = _find_name(text, start, reach)
    if label is None and addresses:
        return _find_address(text, addresses[-1])
    # Without a date and an address, all of it must be the name.
    is_plain = (
        addresses
        or start > header.start
        or (label is not None and all(word[0].isupper() for word in label.of(text).split()))
    )
    return label if is_plain else None


def _find_name(text: str, start: int, end: int) -> TextSpan | None:
    """The name that fills a stretch but for marks at its edges, or what stands there behind the last comma."""
    comma = text.rfind(",", start, end)
    for first in (start, comma + 1) if comma > 0 else (start,):
        span = trimmed(text, first, end, _AROUND_NAME)
        if span is not None and _AUTHOR.fullmatch(text, span.start, span.end) and not text[span.start].islower():
            return span
    return None


def _find_address(text: str, match: re.Match[str]) -> TextSpan | None:
    return trimmed(text, match.start() + len("mailto:") * ("mailto:" in match[0]), match.end(), "<>()[]")


# Fields like "From" and "Sent"


@cache
def _field_patterns(senders: frozenset[str], others: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """The field that names the author, and the others."""
    return tuple(
        re.compile(rf"\*?{phrase_pattern(fields)}:\*?[ \t\u00a0]{{0,8}}", re.IGNORECASE) for fields in (senders, others)
    )


def _find_fields(
    text: str, lines: Sequence[_MailLine], sender: re.Pattern[str], other: re.Pattern[str]
) -> dict[int, _Header]:
    """The fields that stand above mails, by the number of their first line; those of the text itself are none."""
    found = {}
    number, has_before, after_rule = 0, False, False
    while number < len(lines):
        line = lines[number]
        last = _last_field(text, lines, number, sender, other)
        if last > number and has_before:
            header = _read_fields(text, lines, number, last, sender, is_sure=after_rule)
            if header is not None:
                found[number] = header
        if not line.is_blank:
            after_rule = _MAIL_RULE.match(text, line.start, line.end) is not None
            has_before = True
        number = max(last, number) + 1
    return found


def _last_field(
    text: str, lines: Sequence[_MailLine], first: int, sender: re.Pattern[str], other: re.Pattern[str]
) -> int:
    """The last line of the fields that begin in a line; -1 where none do."""
    last, goes_on = -1, False
    for number in range(first, len(lines)):
        line = lines[number]
        if line.is_blank or line.depth != lines[first].depth:
            break
        is_field = any(pattern.match(text, line.start, line.end) for pattern in (sender, other))
        if not is_field and not goes_on:
            break
        last = number
        # A long list of addresses has more lines than one.
        goes_on = text[line.end - 1] in ",;"
    return last


def _read_fields(
    text: str, lines: Sequence[_MailLine], first: int, last: int, sender: re.Pattern[str], *, is_sure: bool
) -> _Header | None:
    """The header that some fields make, if they name an author and, but for a rule above, an address or a date."""
    block = lines[first : last + 1]
    values = [(match.end(), line.end) for line in block if (match := sender.match(text, line.start, line.end))]
    if not values:
        return None
    start, end = values[0]
    address = _ADDRESS.search(text, start, end)
    if not (is_sure or address is not None or _MAIL_TIME.search(text, block[0].start, block[-1].end)):
        return None
    label = _find_name(text, start, end if address is None else address.start())
    if label is None and address is not None:
        label = _find_address(text, address)
    return None if label is None else _Header(label, block[0].depth, last)
