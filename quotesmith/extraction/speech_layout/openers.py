"""Where turns may begin: lines that open with a label, however dressed ("**Roe:**", "[00:07] ROE:", ">> ROE:")."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from attrs import frozen

from quotesmith.extraction.speech_layout.label_names import LabelKind, LabelNames
from quotesmith.extraction.speech_layout.lines import TextLine
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.extraction.speech_layout.times import CLOCK_PATTERN, TIME_PATTERN
from quotesmith.lexicon.folding import fold
from quotesmith.records import TextSpan

# Labels with offices and times are shorter, and every search for one ends here.
_REACH = 200
_LABEL_WORD = rf"(?!{CLOCK_PATTERN})[^\s:：;()\[\]{{}}<>|\"“”„«»!?=…/\\*#]{{1,40}}+"
NAME_PATTERN: Final = rf"(?=[^\W\d_]){_LABEL_WORD}(?:[ \t\u00a0]{{1,3}}{_LABEL_WORD}){{0,11}}+"
_LABEL_MARK = r"@(?=\w)|\*{1,3}|\[|_{1,2}(?=[^\W_])|</?(?:b|strong|i|em)>"
_EXTRA = rf"(?:[ \t]?(?:\([^()\n]{{1,80}}\)|\[[^\[\]\n]{{1,80}}\]|{CLOCK_PATTERN}))"
_EXTRA_TIME = re.compile(rf"[ \t]?[\[(]?{CLOCK_PATTERN}")
_LABEL_LINE = re.compile(
    rf"(?P<lead>>{{2,3}}[ ]?|[-–—•*][ \t]++|\d{{1,4}}[.)]?[ \t]++|#{{1,6}}[ \t]++)?"
    rf"(?P<time>{TIME_PATTERN}[ \t]*+(?:[-–—|][ \t]*+)?)?"
    rf"(?P<mark>{_LABEL_MARK})?[\"“]?(?P<name>{NAME_PATTERN})(?P<extra>{_EXTRA}{{0,3}})"
    rf"(?:\*{{1,3}}|\]|_{{1,2}}|</(?:b|strong|i|em)>)?[ \u00a0]?(?P<colon>[:：])"
    rf"(?:\*{{1,3}}|_{{1,2}}|</(?:b|strong|i|em)>)?(?:[ \t]*+[\[(]{CLOCK_PATTERN}[\])])?"
    r"(?=\s|\Z|[\"“‘'(\[…—]|[^\W\d_a-z])"
)
# As Wikinews marks who asks, "((WN)) Will you stand again?".
_BRACKETED = re.compile(rf"\(\((?P<name>{NAME_PATTERN})\)\)(?P<colon>:)?(?=[ \t])")
# What follows the name: a role, a degree, a company.
_ADDITION = re.compile(r",\s|\s[-–—]+\s")
_SUFFIX = re.compile(r",\s(?:Jr|Sr|II|III|IV)\b\.?")
_WORD_BEHIND = re.compile(r"[^\W\d_]{1,40}")
_FEWEST_GLUED = 2


@frozen
class Opener:
    """The beginning of a turn, if it is one.

    Attributes:
        line: The number of its line.
        label: The name alone.
        colon: The colon behind it; None where there is none.
        end: Where the words of the turn begin, on this line or behind it.
        kind: What the label is.
        key: What two labels of one speaker share.
        dress: What stands around the name, as one string: labels of one transcript are dressed alike.
        is_dressed: Whether that is a time, a number or ">>", which things seldom have.
    """

    line: int
    label: TextSpan
    colon: TextSpan | None
    end: int
    kind: LabelKind
    key: str
    dress: str
    is_dressed: bool = False

    @property
    def is_caption(self) -> bool:
        """Whether ">>" stands before it, as in captions and nowhere else."""
        return self.dress.startswith(">>")


def find_labels(text: str, lines: Sequence[TextLine], names: LabelNames) -> Iterator[Opener]:
    """The lines that a label and a colon open, in order; linear in the text."""
    for number, line in enumerate(lines):
        start = line.start
        end = min(line.end, start + _REACH)
        if text.startswith("((", start):
            match = _BRACKETED.match(text, start, line.end)
        elif text.find(":", start, end) < 0 and text.find("：", start, end) < 0:
            continue
        else:
            match = _LABEL_LINE.match(text, start, line.end)
        opener = None if match is None else opener_of(text, number, match, names)
        if opener is not None:
            yield opener


def find_openers(text: str, lines: Sequence[TextLine], names: LabelNames) -> list[Opener]:
    """The lines that a label opens, with a colon, or a letter in an interview, in order; linear in the text."""
    with_colon, letters = list(find_labels(text, lines, names)), _find_letters(text, lines, names)
    glued = _find_glued_letters(text, lines, names, merge(with_colon, letters))
    # A list may have an "A." too.
    has_questions = any(opener.key in names.words.questions for opener in (*letters, *glued))
    return merge(glued, with_colon, letters if has_questions else ())


def _find_letters(text: str, lines: Sequence[TextLine], names: LabelNames) -> list[Opener]:
    """The lines that a letter opens without a colon, with a full stop or, as the White House writes, a wide space."""
    return list(_match_lines(_letter_pattern(names.words.letters), text, lines, names))


def _find_glued_letters(
    text: str, lines: Sequence[TextLine], names: LabelNames, labels: Sequence[Opener]
) -> list[Opener]:
    """The lines whose first word a letter touches, as pages lose what stands between ("QWhy now?").

    In the order of all letters, each stands beside the other one only; most open a word that texts write in small
    letters, which "QAnon" does not. Where all letters touch words, there are two questions and answers at least.

    Args:
        text: The text.
        lines: Those of its paragraphs.
        names: Tells what labels are.
        labels: The lines that other labels open.
    """
    letters, questions = names.words.letters, names.words.questions
    touching = list(_match_lines(_glued_pattern(letters), text, lines, names))
    apart = [opener for opener in labels if opener.key in letters]
    row = merge(touching, apart)
    asks = [opener.key in questions for opener in row]
    glued = {opener.line for opener in touching}
    found = [opener for position, opener in enumerate(row) if opener.line in glued and _alternates(asks, position)]
    found = _without_doubtful_answers(text, found, questions)
    plain = sum(_opens_plainly(text, opener, names) for opener in found)
    asked = sum(opener.key in questions for opener in found)
    are_several = bool(apart) or min(asked, len(found) - asked) >= _FEWEST_GLUED
    return found if are_several and 2 * plain >= len(found) else []


def _without_doubtful_answers(text: str, openers: Sequence[Opener], questions: frozenset[str]) -> list[Opener]:
    """The openers without answers that begin as "AI think", unless another answer shows that letters touch words."""
    before_i = {opener.line for opener in openers if text.startswith("I ", opener.end)}
    is_shown = any(opener.line not in before_i and opener.key not in questions for opener in openers)
    return [opener for opener in openers if is_shown or opener.key in questions or opener.line not in before_i]


def _opens_plainly(text: str, opener: Opener, names: LabelNames) -> bool:
    """Whether an ordinary word, or "I", stands behind a label."""
    word = _WORD_BEHIND.match(text, opener.end)
    return word is not None and (fold(word[0]) in names.words.ordinary or fold(word[0]) in names.words.first_person)


def _alternates(asks: Sequence[bool], position: int) -> bool:
    """Whether no value beside the one at `position` is the same."""
    return asks[position] not in (*asks[max(position - 1, 0) : position], *asks[position + 1 : position + 2])


def _match_lines(pattern: re.Pattern[str], text: str, lines: Sequence[TextLine], names: LabelNames) -> Iterator[Opener]:
    for number, line in enumerate(lines):
        match = pattern.match(text, line.start, line.end)
        opener = None if match is None else opener_of(text, number, match, names)
        if opener is not None:
            yield opener


@cache
def _letter_pattern(letters: frozenset[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<mark>\*{{2}})?(?P<name>{_single(letters)})(?:\.(?:\*\*)?[ \t]+|\t[ \t]{{0,7}}|[ ][ \t]{{1,7}})"
        r"(?=[^\W_]|[“\"'‘(\[—…\\*])"
    )


@cache
def _glued_pattern(letters: frozenset[str]) -> re.Pattern[str]:
    """A letter before a word with a capital ("QWhy", "QI see"); "Q4" and "QA" have none."""
    return re.compile(rf"(?P<name>{_single(letters)})(?=[A-Z][a-z]|I[’' ])")


def _single(letters: frozenset[str]) -> str:
    return phrase_pattern(frozenset(word.upper() for word in letters if len(word) == 1))


def merge(*found: Iterable[Opener]) -> list[Opener]:
    """All openers in order; of two on one line the first."""
    by_line: dict[int, Opener] = {}
    for openers in found:
        for opener in openers:
            by_line.setdefault(opener.line, opener)
    return [by_line[line] for line in sorted(by_line)]


def opener_of(text: str, number: int, match: re.Match[str], names: LabelNames) -> Opener | None:
    """The opener that a pattern with the groups name, colon, time and mark found; None where the name is none."""
    start = match.start("name")
    label = TextSpan(start, start + len(_without_addition(match["name"])))
    kind = names.kind(label.of(text))
    if kind is None:
        return None
    groups = match.groupdict()
    colon = TextSpan(*match.span("colon")) if groups.get("colon") else None
    lead, time, mark = ((groups.get(name) or "").strip() for name in ("lead", "time", "mark"))
    if lead[:1].isdecimal():
        lead = "1"
    return Opener(
        number,
        label,
        colon,
        match.end(),
        kind,
        names.key(label.of(text)),
        dress=f"{lead} {'time' if time else ''} {mark}",
        is_dressed=bool(time) or lead.startswith(">>") or _EXTRA_TIME.match(groups.get("extra") or "") is not None,
    )


def _without_addition(name: str) -> str:
    """The name without role or degree, and without marks that close behind it."""
    suffix = _SUFFIX.search(name)
    addition = _ADDITION.search(name, 0 if suffix is None else suffix.end())
    kept = name if addition is None else name[: addition.start()]
    return kept.rstrip("_,-–— ")
