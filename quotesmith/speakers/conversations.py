"""Conversations: whom a turn of a dialogue is spoken to, by its words or else by who speaks before and after it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from quotesmith.extraction.attributions import Attribution
from quotesmith.records import QuoteKind
from quotesmith.speakers.addressees import told_addressees
from quotesmith.speakers.nominals import Nominals
from quotesmith.speakers.scene import Scene
from quotesmith.speakers.turns import OPENINGS

# A text tells dialogue where so many of its direct quotes open the paragraph after that of the quote before: in novels
# four to eight of ten do, in newspapers two. Of a text of few quotes some must stand without words for who speaks, too.
TURNS_SHARE = 0.35
UNSOURCED_SHARE = 0.2
FEWEST_QUOTES, MANY_QUOTES = 4, 10
# Who speaks within so many paragraphs and turns, before or after, takes part in the conversation.
NEAR_PARAGRAPHS = 3
NEAR_TURNS = 4
# One party of it is looked for further off.
FAR_PARAGRAPHS, FAR_TURNS = 4, 6
MARKS = "“”\"'‘’«»"


@frozen
class Turn:
    """A direct quote that nobody else quotes: its attribution's number, its paragraphs, and who speaks."""

    number: int
    first_paragraph: int
    last_paragraph: int
    speakers: tuple[int, ...]


def decide_addressees(
    scene: Scene,
    attributions: Sequence[Attribution],
    speakers: Sequence[tuple[int, ...]],
    nominals: Nominals,
) -> list[tuple[int, ...]]:
    """Who is spoken to in each attribution, never its speaker; empty where nothing tells.

    Words tell first: the object of the cue, and calls by name. In a text of dialogue a turn without such words is
    spoken to those others who speak near it. n log n in the attributions.
    """
    told = [told_addressees(scene, attribution, nominals) for attribution in attributions]
    decided = [
        found if found is None else tuple(entity for entity in found if entity not in own)
        for found, own in zip(told, speakers, strict=True)
    ]
    if tells_dialogue(scene, attributions):
        for turn, partners in _partners(_turns(scene, attributions, speakers)):
            # Words that tell of nobody else say that one speaks to oneself.
            if decided[turn.number] is None:
                decided[turn.number] = partners
    return [found or () for found in decided]


def tells_dialogue(scene: Scene, attributions: Iterable[Attribution]) -> bool:
    """Whether the direct quotes of the text are turns of dialogue, and not what a report cites."""
    direct = [quote for quote in attributions if _is_spoken(scene, quote)]
    if len(direct) < FEWEST_QUOTES:
        return False
    direct.sort(key=lambda quote: quote.extent)
    unsourced = sum(not quote.source for quote in direct)
    turns = sum(_follows(scene, before, after) for before, after in pairwise(direct))
    many = len(direct) >= MANY_QUOTES or unsourced >= UNSOURCED_SHARE * len(direct)
    return many and turns >= TURNS_SHARE * len(direct)


def _is_spoken(scene: Scene, quote: Attribution) -> bool:
    """Whether nobody else quotes the words, and they begin with a mark: one odd apostrophe makes speech seem mixed."""
    opens = scene.layout.text[quote.extent.start] in OPENINGS
    return quote.parent is None and (quote.kind is QuoteKind.DIRECT or (opens and quote.kind is QuoteKind.MIXED))


def _follows(scene: Scene, before: Attribution, after: Attribution) -> bool:
    """Whether a quote opens the paragraph after that in which the one before ends."""
    layout, start = scene.layout, after.extent.start
    is_next = layout.paragraph_at(start) - layout.paragraph_at(before.extent.end - 1) == 1
    return is_next and layout.opens_paragraph(start, marks=MARKS)


def _turns(scene: Scene, attributions: Sequence[Attribution], speakers: Sequence[tuple[int, ...]]) -> list[Turn]:
    paragraph_at = scene.layout.paragraph_at
    turns = [
        Turn(n, paragraph_at(quote.extent.start), paragraph_at(quote.extent.end - 1), speakers[n])
        for n, quote in enumerate(attributions)
        if _is_spoken(scene, quote)
    ]
    return sorted(turns, key=lambda turn: (attributions[turn.number].extent.start, turn.number))


def _partners(turns: Sequence[Turn]) -> Iterator[tuple[Turn, tuple[int, ...]]]:
    """Each turn with the others who speak near it: one who does nearest, and those who do in its conversation."""
    for position, turn in enumerate(turns):
        before = turns[max(0, position - FAR_TURNS) : position][::-1]
        after = turns[position + 1 : position + 1 + FAR_TURNS]
        near = [
            other
            for other in (*before[:NEAR_TURNS], *after[:NEAR_TURNS])
            if _distance(turn, other) <= NEAR_PARAGRAPHS and _is_other(turn, other)
        ]
        found = dict.fromkeys(speaker for other in near for speaker in other.speakers)
        yield turn, tuple(found) or _nearest(turn, before, after)


def _nearest(turn: Turn, before: Sequence[Turn], after: Sequence[Turn]) -> tuple[int, ...]:
    """Who speaks last before the turn, or, where that is nearer, first after it."""
    others = [next((other for other in side if _is_other(turn, other)), None) for side in (before, after)]
    known = [other for other in others if other is not None and _distance(turn, other) <= FAR_PARAGRAPHS]
    return min(known, key=lambda other: _distance(turn, other)).speakers if known else ()


def _distance(turn: Turn, other: Turn) -> int:
    """How many paragraphs lie from one turn to the other."""
    return max(turn.first_paragraph - other.last_paragraph, other.first_paragraph - turn.last_paragraph)


def _is_other(turn: Turn, other: Turn) -> bool:
    return bool(other.speakers) and not set(other.speakers) & set(turn.speakers)
