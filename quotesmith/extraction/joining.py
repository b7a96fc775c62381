"""Which neighbouring pieces of speech are one quote: the one place that decides it, for both extractors."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.passage_pairs import Pair, PassagePairs
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan

_QUESTION = "?"
_STOPS = ".!?…"


def part_speakers(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
    by_rules: Callable[[], Sequence[Attribution]],
) -> list[Attribution]:
    """The attributions, each cut where its next piece is somebody else's, or said in another breath.

    The part beside the cue keeps it with the source; another part takes the cue that the rules give it, if that is
    nobody's, or has none.
    """
    if not any(len(quote.content) > 1 for quote in quotes):
        return list(quotes)
    rules = by_rules() or quotes
    tags = {rule.content[0].start: rule for rule in rules if rule.cue and rule.parent is None}
    pairs = PassagePairs(parsed, quotes, lexicon, tags)
    is_dialogue = _is_dialogue(pairs, settings)
    cut = {
        pair.after.span
        for pair in pairs.pairs
        if pair.before.quote == pair.after.quote
        and not _goes_on(pairs, pair, quotes[pair.before.quote], is_dialogue=is_dialogue)
    }
    taken = {span for quote in quotes for span in quote.cue}
    return [part for quote in quotes for part in _split(parsed, quote, cut, tags, taken)]


def _goes_on(pairs: PassagePairs, pair: Pair, quote: Attribution, *, is_dialogue: bool) -> bool:
    """Whether the speaker of the first piece plainly goes on with the second."""
    if pairs.continues(pair):
        return True
    if pair.breaks:
        return not is_dialogue and _goes_on_below(pairs, pair, quote)
    if not (pair.before.is_quoted and pair.after.is_quoted):
        return True
    tag = pairs.own_tag(pair.after)
    if tag is not None and tag.cue != quote.cue and not pairs.has_cue_in(tag, pair.gap):
        return False
    if pairs.words(pair.gap):
        return pairs.other_subject(pair, pair.gap, quote) != "other"
    return pairs.ending(pair.before) not in _STOPS


def _goes_on_below(pairs: PassagePairs, pair: Pair, quote: Attribution) -> bool:
    """Whether a closed passage goes on in the next paragraph, as in news."""
    if pair.breaks > 1 or not pairs.is_whole_paragraph(pair.after) or not pair.before.is_quoted:
        return False
    return pairs.ending(pair.before) != _QUESTION and not pairs.words(pairs.ahead(pair))


def _is_dialogue(pairs: PassagePairs, settings: ExtractionSettings) -> bool:
    """Whether paragraphs of nothing but a closed passage stand side by side, as turns do."""
    numbers = {
        piece.first
        for piece in pairs.pieces
        if piece.is_quoted
        and pairs.parsed.passages[piece.passage].continues is None
        and pairs.is_whole_paragraph(piece)
    }
    following = sum(number - 1 in numbers for number in numbers)
    return following > len(numbers) * settings.dialogue_share


def _split(
    parsed: ParsedText,
    quote: Attribution,
    cut: set[TextSpan],
    tags: Mapping[int, Attribution],
    taken: set[TextSpan],
) -> Iterator[Attribution]:
    parts: list[list[TextSpan]] = [[]]
    for span in quote.content:
        if span in cut:
            parts.append([])
        parts[-1].append(span)
    if len(parts) == 1:
        yield quote
        return
    own = min(range(len(parts)), key=lambda number: _distance(parsed, parts[number], quote)) if quote.cue else -1
    for number, part in enumerate(parts):
        tag = tags.get(part[0].start)
        if number == own:
            yield attrs.evolve(quote, content=tuple(part))
        elif tag is not None and taken.isdisjoint(tag.cue):
            rule = f"{quote.rule}, {tag.rule}"
            yield attrs.evolve(quote, content=tuple(part), cue=tag.cue, source=tag.source, act=tag.act, rule=rule)
        else:
            yield attrs.evolve(quote, content=tuple(part), cue=(), source=())


def _distance(parsed: ParsedText, part: Sequence[TextSpan], quote: Attribution) -> tuple[int, int]:
    """How far a part is from the words of its tag: sentences and paragraphs between, then characters."""
    spans = [*quote.cue, *quote.source]
    start, end = min(span.start for span in quote.cue), max(span.end for span in quote.cue)
    near = [span for span in quote.source if parsed.sentence_at(span.start) == parsed.sentence_at(start)]
    start, end = min([start, *(s.start for s in near)]), max([end, *(s.end for s in near)])
    return min(_gap(parsed, span, start, end) for span in part)


def _gap(parsed: ParsedText, span: TextSpan, start: int, end: int) -> tuple[int, int]:
    left, right = (span.end, start) if span.end <= start else (end, span.start)
    between = parsed.text[left:right]
    ends = sum(between.count(stop) for stop in _STOPS) + between.count("\n")
    return ends, max(0, right - left)
