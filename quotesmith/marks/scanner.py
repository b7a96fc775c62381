"""Finds the quotation marks of a paragraph, and how well each would open and close a passage."""

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from quotesmith.marks.apostrophes import closing_fit, opening_fit
from quotesmith.marks.contexts import Context, context_of
from quotesmith.marks.habits import Habits
from quotesmith.marks.styles import CLOSING_FAMILIES, OPENING_STYLES, Family, family_of
from quotesmith.marks.tokens import Fit, Fits, Mark
from quotesmith.records import TextSpan

_CHARACTERS: Final = re.escape("".join(sorted({sign for glyph in OPENING_STYLES | CLOSING_FAMILIES for sign in glyph})))
# Signs of emphasis stand between a mark and its words, "_Go_," or _"Go,"_; signs of direction are invisible.
_RUN: Final = re.compile(f"[{_CHARACTERS}_*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_SINGLE_CHARACTER: Final = re.compile(f"[{_CHARACTERS}]")
_MARK: Final = re.compile(f"``|‘‘|’’|{_SINGLE_CHARACTER.pattern}")
# Of three singles in a row the inner one stands alone: ''' opens '' and then ', and closes ' and then ''.
_MARK_DOUBLED_OPENING: Final = re.compile(f"''|{_MARK.pattern}")
_MARK_DOUBLED_CLOSING: Final = re.compile(f"''(?!')|{_MARK.pattern}")

# Feet and inches, minutes and seconds: 6'2", 5' 10½", 40°26'46".
_MEASURE: Final = re.compile(r"\d['’][ \u00a0]?\d[\d./½¼¾]{0,4}[\"”]")
_MARKUP_TAG: Final = re.compile(r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?>")
# A line of backticks and perhaps a language begins or ends a block of code; ```Go' is what he said'' is a passage.
_CODE_FENCE: Final = re.compile(r"^[ \t]*+`{3,}+[\w+#.-]*+[ \t]*+$", re.MULTILINE)
# Backticks on both sides mark code; `this' and `that' are passages.
_CODE: Final = re.compile(r"(?<!`)`(?=\S)[^`\n]+(?<=\S)`(?![`\w])")
_LINE_EDGE: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

_OPENS: Final[Fits] = (Fit.SURE, Fit.NONE)
_CLOSES: Final[Fits] = (Fit.NONE, Fit.SURE)
_EITHER: Final[Fits] = (Fit.FAIR, Fit.FAIR)
_NEITHER: Final[Fits] = (Fit.NONE, Fit.NONE)


@frozen
class _Run:
    """Adjacent marks, which share the evidence of what stands beside them."""

    text: str
    paragraph: TextSpan
    start: int
    end: int
    context: Context

    @property
    def before(self) -> str:
        return self.text[max(self.start - 1, self.paragraph.start) : self.start]


def iter_marks(text: str, paragraph: TextSpan, habits: Habits) -> Iterator[Mark]:
    """The quotation marks of `paragraph` in order, without those that are plainly something else.

    Left out are apostrophes inside words, measures, ditto marks, and the marks of code and of tags.
    """
    others = _find_others(text, paragraph)
    for match in _RUN.finditer(text, paragraph.start, paragraph.end):
        if not _SINGLE_CHARACTER.search(text, match.start(), match.end()):
            continue
        run = _Run(text, paragraph, match.start(), match.end(), _context(text, paragraph, match))
        for mark in _pattern(run, habits).finditer(text, run.start, run.end):
            if mark.start() in others:
                continue
            opens, closes = _fits(run, mark, habits)
            if opens or closes:
                yield Mark(mark.start(), mark.group(), opens, closes)


def _context(text: str, paragraph: TextSpan, run: re.Match[str]) -> Context:
    context = context_of(text, run.start(), run.end())
    first, last = run.start() == paragraph.start, run.end() == paragraph.end
    if context is Context.UNCLEAR and first is not last:
        return Context.OPENING if first else Context.CLOSING
    return context


def _pattern(run: _Run, habits: Habits) -> re.Pattern[str]:
    if not habits.doubled:
        return _MARK
    return _MARK_DOUBLED_CLOSING if run.context is Context.CLOSING else _MARK_DOUBLED_OPENING


def _find_others(text: str, paragraph: TextSpan) -> set[int]:
    """Places of marks that are not quotation marks."""
    found: set[int] = set()
    for match in _MEASURE.finditer(text, paragraph.start, paragraph.end):
        found |= {match.start() + 1, match.end() - 1}
    for pattern in (_CODE, _CODE_FENCE, _MARKUP_TAG):
        for match in pattern.finditer(text, paragraph.start, paragraph.end):
            found.update(range(match.start(), match.end()))
    return found


def _fits(run: _Run, mark: re.Match[str], habits: Habits) -> Fits:
    """How well a mark opens and how well it closes a passage."""
    glyph = mark.group()
    family = family_of(glyph)
    if family is Family.SINGLE:
        return _single_fits(run, mark)
    if family is Family.DOUBLE:
        return _NEITHER if glyph == '"' and _is_ditto(run, mark) else _double_fits(run, glyph)
    opening = habits.openings.get(family, glyph if glyph in OPENING_STYLES else None)
    # Spaces inside the marks are French: in a text of inward guillemets they need not follow its direction.
    spaced = opening in {"»", "›"} and run.context is Context.UNCLEAR
    if family in habits.openings and (opening is None or spaced):
        return _fits_by_place(run.context)
    return _OPENS if glyph == opening else _CLOSES


def _fits_by_place(context: Context) -> Fits:
    if context is Context.UNCLEAR:
        return _EITHER
    return _OPENS if context is Context.OPENING else _CLOSES


def _double_fits(run: _Run, glyph: str) -> Fits:
    if glyph in {"„", "``", "‘‘"}:
        return _OPENS
    if glyph in {"“", "‟"}:
        # After words it closes: „so“, or “so“ in bad typography.
        return _EITHER if run.context is Context.CLOSING else _OPENS
    if run.before.isdigit():
        return Fit.NONE, Fit.WEAK
    if glyph in {"”", "’’"}:
        return _EITHER if run.context is Context.OPENING and glyph == "”" else _CLOSES
    return _fits_by_place(run.context)


def _single_fits(run: _Run, mark: re.Match[str]) -> Fits:
    opens = closes = Fit.NONE
    if run.context is Context.OPENING:
        opens = opening_fit(run.text, run.start, mark.end(), run.paragraph.start)
    elif run.context is Context.CLOSING:
        closes = closing_fit(run.text, run.start)
    elif not run.before.isalnum():
        opens, closes = _EITHER
    glyph = mark.group()
    return opens if glyph in OPENING_STYLES else Fit.NONE, closes if glyph in CLOSING_FAMILIES else Fit.NONE


def _is_ditto(run: _Run, mark: re.Match[str]) -> bool:
    """Whether a straight mark stands in a column of its own, for the word above it."""
    left, right = run.text[max(0, mark.start() - 2) : mark.start()], run.text[mark.end() : mark.end() + 2]
    wide = [_is_wide(left, left[-1:]), _is_wide(right, right[:1])]
    edge = [not left or bool(_LINE_EDGE.match(left[-1])), not right or bool(_LINE_EDGE.match(right[0]))]
    return any(wide) and all(w or e for w, e in zip(wide, edge, strict=True))


def _is_wide(gap: str, nearest: str) -> bool:
    return nearest == "\t" or (len(gap) > 1 and gap.isspace() and not _LINE_EDGE.search(gap))
