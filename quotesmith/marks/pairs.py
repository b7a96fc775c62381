"""Pairs the quotation marks of a text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import frozen

from quotesmith.errors import OptionError
from quotesmith.marks.dashes import find_dashes, is_dialogue
from quotesmith.marks.going_on import PairDraft, ParagraphMarks, close_over_paragraphs
from quotesmith.marks.habits import Habits, find_habits
from quotesmith.marks.nesting import MarkedPassage, nest_marks
from quotesmith.marks.scanner import iter_marks
from quotesmith.marks.singles import pair_singles
from quotesmith.marks.styles import FAMILIES, OPENING_STYLES, Family, MarkStyle
from quotesmith.marks.tokens import Fit, Mark
from quotesmith.records import TextSpan
from quotesmith.records.paragraphs import find_paragraphs

_AUTO: Final = "auto"
_DOUBLE: Final = "double"
_SINGLE: Final = "single"
_DASH: Final = "dash"
STYLES: Final = (_AUTO, _DOUBLE, _SINGLE, _DASH)
"""The choices of `pair_marks` for `style`."""


@frozen
class MarkPair:
    """Two quotation marks that belong together, or an opening mark whose passage is never closed.

    Attributes:
        opening: The opening mark itself: one or two characters; in dash dialogue the dash.
        closing: The closing mark; None where the passage is unclosed, as every dash's is.
        end: Where the quoted passage ends: with its closing mark, or, unclosed, with its paragraph.
        style: How the passage is marked.
        depth: How many quoted passages it stands in.
        continues: Position, in the result of `pair_marks`, of the unclosed passage in the paragraph before
            that this one continues.
    """

    opening: TextSpan
    closing: TextSpan | None
    end: int
    style: MarkStyle
    depth: int
    continues: int | None

    @property
    def span(self) -> TextSpan:
        """The quoted passage with its marks."""
        return TextSpan(self.opening.start, self.end)

    @property
    def inner(self) -> TextSpan | None:
        """What stands between the marks; None where nothing does."""
        end = self.end if self.closing is None else self.closing.start
        return TextSpan(self.opening.end, end) if self.opening.end < end else None


def pair_marks(text: str, *, style: str = _AUTO) -> tuple[MarkPair, ...]:
    """The quotation marks of `text` in pairs, ordered by where they open; offsets are characters of `text`.

    Pairs never cross and every mark belongs to one pair at most. A passage stays within its paragraph; speech
    that runs over several paragraphs, each with an opening mark, is linked by `MarkPair.continues`. Only where no mark
    stands between an opening one and a closing one of a paragraph soon after it, the passage runs from one to the
    other, with the verse or the letter in it. Another closing mark that nothing opened, and an opening mark whose own
    passage would outrun the one around it, give no pair. In dash dialogue a passage is the whole paragraph, with the
    narrator's words in it.

    Args:
        text: Any text.
        style: Which marks the text's speech has: "double" (guillemets too), "single" or "dash"; "auto"
            decides by the text. All marks are paired in each; with "single", single marks may stay unclosed,
            and with "dash", dashes at the start of paragraphs are opening marks.

    Raises:
        ArgumentError: if `text` is no string.
        OptionError: if `style` is none of the four.

    Examples:
        >>> [pair.span.of('“Go,” he said.') for pair in pair_marks('“Go,” he said.')]
        ['“Go,”']
    """
    if style not in STYLES:
        msg = f"style must be one of {', '.join(map(repr, STYLES))}, not {style!r}"
        raise OptionError(msg)
    paragraphs = find_paragraphs(text)
    habits = find_habits(text)
    found = [_pair_paragraph(text, paragraph, habits) for paragraph in paragraphs]
    dashes = find_dashes(text, paragraphs)
    if style == _AUTO:
        style = _decide_style(text, [paragraphs[position] for position in dashes], (row.passages for row in found))
    if style != _DASH:
        dashes = {}
    drafts = [
        _draft_paragraph(paragraph, row.passages, dashes.get(position), keep_singles=style == _SINGLE)
        for position, (paragraph, row) in enumerate(zip(paragraphs, found, strict=True))
    ]
    close_over_paragraphs(drafts, [row.leading for row in found])
    return tuple(_link(text, paragraphs, drafts))


def _pair_paragraph(text: str, paragraph: TextSpan, habits: Habits) -> ParagraphMarks:
    """The passages of one paragraph; those unclosed inside a closed one left out."""
    firm: list[Mark] = []
    singles: list[Mark] = []
    for mark in iter_marks(text, paragraph, habits):
        (singles if mark.family is Family.SINGLE else firm).append(mark)
    passages = nest_marks(firm)
    used = {mark.start for passage in passages for mark in (passage.opening, passage.closing) if mark is not None}
    leading = next(iter(firm), None)
    if leading is not None and (leading.closes is not Fit.SURE or leading.start in used):
        leading = None
    for group in _group_singles(singles, passages):
        passages.extend(pair_singles(group))
    passages.sort(key=lambda passage: passage.opening.start)
    kept = []
    closed_until = 0
    for passage in passages:
        if passage.closing is not None:
            closed_until = max(closed_until, passage.closing.end)
        elif passage.opening.start < closed_until:
            continue
        kept.append(passage)
    return ParagraphMarks(kept, leading)


def _group_singles(singles: Iterable[Mark], passages: Iterable[MarkedPassage]) -> Iterable[list[Mark]]:
    """Single marks by the innermost closed passage around them: pairs within a group can't cross others."""
    bounds: list[tuple[int, bool]] = []
    for passage in passages:
        if passage.closing is not None:
            bounds += [(passage.opening.start, True), (passage.closing.start, False)]
    bounds.sort(reverse=True)
    around = [-1]
    groups: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in singles:
        while bounds and bounds[-1][0] < mark.start:
            start, opens = bounds.pop()
            if opens:
                around.append(start)
            else:
                around.pop()
        groups[around[-1]].append(mark)
    return groups.values()


def _decide_style(text: str, spoken: Sequence[TextSpan], found: Iterable[Sequence[MarkedPassage]]) -> str:
    """The primary marks: those of most outermost passages; single marks count only where they look like speech."""
    doubles = singles = 0
    for passages in found:
        end = -1
        for passage in passages:
            if passage.opening.start < end:
                continue
            closing = passage.closing
            end = closing.end if closing is not None else len(text)
            if passage.opening.family is not Family.SINGLE:
                doubles += 1
            elif passage.opening.opens is Fit.SURE and closing is not None and closing.closes is Fit.SURE:
                singles += 1
    if is_dialogue(text, spoken, doubles + singles):
        return _DASH
    return _SINGLE if singles > doubles else _DOUBLE


def _draft_paragraph(
    paragraph: TextSpan, passages: Sequence[MarkedPassage], dash: TextSpan | None, *, keep_singles: bool
) -> list[PairDraft]:
    drafts = [] if dash is None else [PairDraft(dash, None, paragraph.end, MarkStyle.DASH)]
    for passage in passages:
        opening, closing = passage.opening, passage.closing
        if closing is None and opening.family is Family.SINGLE and not keep_singles:
            # Among doubles it is an apostrophe, unless a quote inside an unclosed one goes on: “‘And then
            before = drafts[-1] if drafts else None
            if before is None or before.closing is not None or before.opening.end != opening.start:
                continue
        end = paragraph.end if closing is None else closing.end
        drafts.append(
            PairDraft(
                TextSpan(opening.start, opening.end),
                None if closing is None else TextSpan(closing.start, closing.end),
                end,
                OPENING_STYLES[opening.glyph],
            )
        )
    return drafts


def _link(text: str, paragraphs: Sequence[TextSpan], drafts: Sequence[Sequence[PairDraft]]) -> Iterator[MarkPair]:
    """The finished pairs: each with its depth, and with the passage that it continues."""
    position = 0
    ends: list[int] = []
    unclosed: dict[Family, int] = {}
    for paragraph, row in zip(paragraphs, drafts, strict=True):
        before, unclosed = unclosed, {}
        leading = _count_leading(text, paragraph, row)
        for place, draft in enumerate(row):
            while ends and ends[-1] <= draft.opening.start:
                ends.pop()
            family = FAMILIES[draft.style]
            continues = before.pop(family, None) if place < leading else None
            yield MarkPair(draft.opening, draft.closing, draft.end, draft.style, len(ends), continues)
            if draft.closing is None and family is not Family.DASH:
                unclosed[family] = position
            ends.append(draft.end)
            position += 1


def _count_leading(text: str, paragraph: TextSpan, row: Iterable[PairDraft]) -> int:
    """How many passages open before the paragraph's first word: “‘And then opens two."""
    start, count = paragraph.start, 0
    for draft in row:
        if text[start : draft.opening.start].strip(" \u00a0_*"):
            break
        start = draft.opening.end
        count += 1
    return count
