"""The ways in which messengers write who says something, and when.

WhatsApp (Android, iOS, web), Signal, Telegram, Skype, Slack, Teams, Zoom, Discord, IRC, and names in brackets.
"""

import re
from functools import cache

from attrs import frozen

from quotesmith.extraction.speech_layout.lines import TextLine
from quotesmith.extraction.speech_layout.times import SENT_PATTERN

_ANY_SPACE = r"[ \u00a0\u202f]"
# Behind a name: the colon of its line, or the time in a line above the words.
_BEFORE = r"(?P<label>[^\s:\[\]<>{}=/\\\"“”|][^:\[\]<>{}=/\\\"“”|\n]{0,39})"
_SENDER = r"(?P<label>[^\s:][^:\n]{0,39}?)(?:\s{1,4}to\s{1,4}[^:\n]{1,60})?"
_ABOVE = r"(?P<label>[^\s\[\]<>{}:;!?\"“”(),.—–*•\-][^\[\]<>{}:;!?\"“”—–\n,]{0,38}?(?:, [^\W\d_a-z][\w.]{0,9})?)"
# Unlike the tags of HTML that nothing need close.
_NICK = (
    r"<(?!(?:p|li|br|hr|td|th|tr|dt|dd|option)>)[ @+%&~!]?"
    r"(?P<label>[^\s<>=/\"]{1,40}(?: [^\s<>=/\"a-z][^\s<>=/\"]{0,30}){0,2})> (?=\S)"
)
# What IRC clients write before who comes, goes and acts.
_NOTICE = r"(?:\*{1,3}|-!-|--+>?|<--?|==)\s"
# Unlike a task ("[x] done") and the target of a link ("[home]: https://...").
_BRACKETED_NAME = re.compile(
    r"\[(?![xX]\])(?P<label>[^\W\d_][^\[\]\n]{0,30})\](?:(?P<colon>:)(?!\s\S+$)(?!\s(?:https?:|[<#/])))? (?=\S)"
)
_DAY_RULE = re.compile(r"[-—–]{2,80}+(?:[^-—–\n]{1,40}+[-—–]{2,80}+)?\Z")
_MAX_NAME_WORDS = 5


@frozen
class ChatFormat:
    """One way to write messages.

    Attributes:
        head: What begins a message, with the group "label" and perhaps "colon".
        is_above: Whether the head is a line of its own above the words.
        below: What the line below the head must be: the time, where it has a line of its own.
        silent: What begins lines that nobody says, which end a message.
        again: A time before what the same person says next.
        goes_on: Whether a message may have more lines than one.
        is_timed: Whether the head says when, as lines of prose never do.
        has_nicks: Whether the name stands in signs of its own, so that any word may be one.
        is_plain: Whether the name must look like one, for only a time stands behind it, as in programmes.
    """

    head: re.Pattern[str]
    is_above: bool = False
    below: re.Pattern[str] | None = None
    silent: re.Pattern[str] | None = None
    again: re.Pattern[str] | None = None
    goes_on: bool = True
    is_timed: bool = True
    has_nicks: bool = False
    is_plain: bool = False

    def match(self, text: str, line: TextLine) -> re.Match[str] | None:
        """The head that a line begins with, or is."""
        find = self.head.fullmatch if self.is_above else self.head.match
        found = find(text, line.start, line.end)
        return None if found is None or (self.is_plain and not _is_name(found["label"])) else found


def _is_name(label: str) -> bool:
    """Whether it can be a name: few words, the first in a capital unless it is all."""
    words = label.split()
    return len(words) == 1 or (len(words) <= _MAX_NAME_WORDS and not label[0].islower())


@cache
def chat_formats(days: frozenset[str]) -> tuple[ChatFormat, ...]:
    """The ways to write messages; where two fit as many lines of a text, it has the first.

    Args:
        days: Words for days that stand for a date ("today").
    """
    dated, stamp = _stamp_patterns(days)
    stamped = rf"(?:\[{dated}\]|{dated}(?: [-–]|:))[ \u00a0\u200e]{{1,2}}"
    timed = rf"\[?{stamp}\]?[ \t]{{1,3}}"
    boxed = rf"(?:\[{stamp}\]|{stamp})"
    # A time by itself may count from the start of a recording.
    clock = rf"(?:{dated}|{SENT_PATTERN}(?<=[Mm.]))"
    alone = re.compile(rf"[—–,]?\s?{boxed}\Z")
    return (
        ChatFormat(re.compile(rf"{stamped}(?:~{_ANY_SPACE}?)?{_BEFORE}(?P<colon>:)(?!\S)"), silent=re.compile(stamped)),
        # Zoom.
        ChatFormat(re.compile(rf"{SENT_PATTERN}\s{{1,4}}From\s{{1,4}}{_SENDER}\s?(?P<colon>:)(?!\S)")),
        ChatFormat(re.compile(timed + _NICK), silent=re.compile(rf"(?:{timed})?{_NOTICE}"), goes_on=False),
        ChatFormat(re.compile(_NICK), silent=re.compile(_NOTICE), goes_on=False, is_timed=False, has_nicks=True),
        ChatFormat(
            re.compile(rf"{_ABOVE}(?:\s?[—–]\s?{boxed}|,?[ \t\u00a0]{{1,8}}\[{stamp}\]):?"),
            is_above=True,
            silent=_DAY_RULE,
            again=re.compile(rf"\[{stamp}\]\s"),
        ),
        ChatFormat(re.compile(_ABOVE), is_above=True, below=alone, silent=_DAY_RULE, again=alone, is_plain=True),
        ChatFormat(
            re.compile(rf"{_ABOVE},?[ \t\u00a0]{{1,8}}{clock}:?"), is_above=True, silent=_DAY_RULE, is_plain=True
        ),
        ChatFormat(re.compile(rf"\[{stamp}\]\s{{1,4}}{_ABOVE}:?"), is_above=True, silent=_DAY_RULE),
        ChatFormat(_BRACKETED_NAME, is_timed=False),
    )


def _stamp_patterns(days: frozenset[str]) -> tuple[str, str]:
    """A date and a time in either order, and these or a time alone."""
    names = [word.capitalize() for word in days]
    day = "|".join(sorted({*names, *(name[:3] for name in names)}, key=len, reverse=True))
    month = r"[^\W\d_]{3,9}\.?"
    date = (
        rf"(?:(?:(?:{day}),?{_ANY_SPACE})?"
        rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\d{{1,2}}[ -]{month}[ ,-]{{1,2}}\d{{2,4}}"
        rf"|{month} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)|{day})"
    )
    dated = rf"(?:{date}(?:,? at|,)?(?:{_ANY_SPACE}{{1,2}}|T){SENT_PATTERN}|{SENT_PATTERN},?{_ANY_SPACE}{date})"
    return dated, rf"(?:{dated}|{SENT_PATTERN})"
