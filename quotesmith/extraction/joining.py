"""Which pieces of speech are one quote: the one place that decides it, for both extractors."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs
from attrs import define, field

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.join_decision import read_join_decision
from quotesmith.extraction.joining_evidence import EvidenceReader
from quotesmith.extraction.other_speakers import others_speak
from quotesmith.extraction.passage_pairs import Pair, SpeechPiece, SpeechPieces, measure_habits
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Act, TextSpan

_PARTING = ".!?…\n"
_EVEN = 0.5


def join_pieces(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
    by_rules: Callable[[], Sequence[Attribution]],
) -> list[Attribution]:
    """The attributions, their pieces joined and parted so that each is what one speaker says in one go.

    The piece beside a cue keeps it, with the source, for all that is joined with it; the others are quotes without cue
    and source. The score of a quote is at most the probability of its joins, and of its cuts where these are in doubt.
    Pieces of a paragraph that are not all between marks stay as they are. In n log n of the pieces.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        quotes: Candidates of the text's outermost level.
        lexicon: The reporting words.
        settings: The thresholds.
        by_rules: Gives what the rules know of the text; nothing where they found the candidates.
    """
    pieces = SpeechPieces.of(parsed, quotes)
    pairs = pieces.pairs()
    if not any(is_open(pair) or pair.before.quote == pair.after.quote for pair in pairs):
        return list(quotes)
    reader = EvidenceReader(pieces, rules_by_start(by_rules() or quotes), lexicon)
    habits = measure_habits(quotes, pieces.found)
    decide = read_join_decision()
    groups = _Groups(pieces, _owners(pieces))
    for pair in pairs:
        if pieces.goes_on(pair) or (_stays(pair) and not reader.has_two_tags(pair)):
            groups.join(pair)
        elif is_open(pair):
            evidence = reader(pair, habits)
            said_below = pair.breaks and evidence["colon"] and evidence["same_quote"]
            if said_below or reader.says_more(pair):
                # "“We go,” she said:", and below what she said; "“We go.” “We stay,” she added."
                groups.join(pair)
            elif not is_ruled_out(evidence) and not others_speak(pieces, pair, lexicon):
                groups.decide(pair, decide(evidence), settings)
    return list(groups.attributions())


def rules_by_start(rules: Sequence[Attribution]) -> Mapping[int, Attribution]:
    """The outermost attributions with a cue, by the character that each of their pieces starts at."""
    return {span.start: rule for rule in rules if rule.cue and rule.parent is None for span in rule.content}


def is_open(pair: Pair) -> bool:
    """Whether it is a question for the evidence that two pieces are one quote.

    Both stand between marks, in one paragraph or in neighbouring ones.
    """
    return pair.before.is_quoted and pair.after.is_quoted and pair.breaks <= 1


def _least_probability(pair: Pair, settings: ExtractionSettings) -> float:
    """From which probability two pieces are one quote."""
    return settings.min_break_join_probability if pair.breaks else settings.min_join_probability


def _stays(pair: Pair) -> bool:
    """Whether two pieces of one candidate stay together, for marks say nothing about them.

    Words of the narrator's grammar within a paragraph, and unmarked paragraphs, as below "She wrote:". What stands
    between marks begins a quote of its own in a new paragraph: "He said it was late.", then "“I went home.”".
    """
    is_marked = pair.before.is_quoted or pair.after.is_quoted
    return pair.before.quote == pair.after.quote and not is_open(pair) and not (pair.breaks and is_marked)


def is_ruled_out(evidence: Mapping[str, float]) -> bool:
    """Whether two pieces are two quotes, whatever else speaks for one.

    Each has a tag of its own, and these name different speakers; or somebody else acts between them ("Sue shook her
    head."), and no sentence goes on over that; or the first ends its sentence and the next begins with the cue of the
    second ("“Go.” According to Roe, “we stay.”"), unless the network links them. The trees saw too few of the middle
    ones: in novels, 18 of 74 such pairs with a tag behind the first are one quote. Of the last, 7 of the 8 that they
    would join are two.
    """
    somebody_acts = bool(evidence["named_acts"] or evidence["noun_acts"]) and not evidence["small_letter"]
    begins_anew = evidence["ends_stop"] and evidence["capital_between"] and evidence["cue_behind"]
    return bool(evidence["sources_differ"] or somebody_acts or (begins_anew and not evidence["same_quote"]))


@define
class _Groups:
    """The pieces that are joined so far.

    Attributes:
        pieces: The pieces.
        owners: For each quote with a cue, the piece beside it.
    """

    pieces: SpeechPieces
    owners: Mapping[int, int]
    _group: dict[int, int] = field(factory=dict, init=False)
    _parts: list[list[SpeechPiece]] = field(factory=list, init=False)
    _cue_of: dict[int, int] = field(factory=dict, init=False)
    _certainty: dict[int, float] = field(factory=dict, init=False)

    def decide(self, pair: Pair, probability: float, settings: ExtractionSettings) -> None:
        """Join two pieces where that is probable enough; in doubt, the quotes are no surer than that either way."""
        if pair.after.position in self._group or not self._fits(pair):
            return
        is_joined = probability >= _least_probability(pair, settings)
        if is_joined:
            self.join(pair)
        elif probability < settings.min_doubtful_join:
            return
        sure = max(probability if is_joined else 1 - probability, _EVEN)
        for piece in (pair.before, pair.after):
            self._certainty[piece.position] = min(self._certainty.get(piece.position, 1.0), sure)

    def join(self, pair: Pair) -> None:
        """Put the second piece to the first, unless that brings two cues together."""
        if pair.after.position not in self._group and self._fits(pair):
            self._add(self._number(pair.before), pair.after)

    def _fits(self, pair: Pair) -> bool:
        own, other = self._cue_of.get(self._number(pair.before)), self.owners.get(pair.after.position)
        return own is None or other is None or own == other

    def _number(self, piece: SpeechPiece) -> int:
        if piece.position not in self._group:
            self._parts.append([])
            self._add(len(self._parts) - 1, piece)
        return self._group[piece.position]

    def _add(self, number: int, piece: SpeechPiece) -> None:
        self._group[piece.position] = number
        self._parts[number].append(piece)
        if piece.position in self.owners:
            self._cue_of.setdefault(number, self.owners[piece.position])

    def attributions(self) -> Iterator[Attribution]:
        """A quote for each group, in text order of its first piece."""
        for piece in self.pieces.found:
            self._number(piece)
        for number, parts in enumerate(self._parts):
            owner = self._cue_of.get(number)
            quote = self.pieces.quotes[parts[0].quote if owner is None else owner]
            if owner is None:
                quote = attrs.evolve(quote, cue=(), source=(), act=Act.SPEECH)
            score = min(quote.score, *(self._certainty.get(part.position, 1.0) for part in parts))
            yield attrs.evolve(quote, content=tuple(sorted(part.span for part in parts)), score=score)


# Which piece a cue stands beside


def _owners(pieces: SpeechPieces) -> Mapping[int, int]:
    """The quote with a cue that each piece beside a cue has."""
    parts: defaultdict[int, list[SpeechPiece]] = defaultdict(list)
    for piece in pieces.found:
        parts[piece.quote].append(piece)
    nearest = {
        number: _nearest(pieces.parsed, parts[number], quote) for number, quote in enumerate(pieces.quotes) if quote.cue
    }
    taken = frozenset(nearest.values())
    return {_before_cue(pieces, own, pieces.quotes[number], taken): number for number, own in nearest.items()}


def _before_cue(pieces: SpeechPieces, own: int, quote: Attribution, taken: frozenset[int]) -> int:
    """The piece to which a cue belongs: where a free one stands right before it, not one in the next paragraph.

    "“Is it bad?” asked Ann.", and in the next paragraph "“It is.”".
    """
    cue = quote.cue[0]
    position = bisect_left(pieces.found, cue.start, key=lambda piece: piece.span.start) - 1
    if position < 0 or pieces.found[own].first <= pieces.parsed.paragraph_at(cue.start):
        return own
    piece = pieces.found[position]
    start = min(part.start for part in (*quote.cue, *quote.source))
    gap = pieces.parsed.text[piece.span.end : start] if piece.span.end <= start else "\n"
    ahead = pieces.parsed.text[cue.start : pieces.found[own].span.start]
    # "She went on:" is of what stands below.
    is_free = piece.is_quoted and position not in taken and ":" not in ahead
    is_free = is_free and not gap.strip() and "\n" not in gap
    return position if is_free else own


def _nearest(parsed: ParsedText, pieces: Sequence[SpeechPiece], quote: Attribution) -> int:
    """The position of the piece with the fewest stops and breaks, then characters, to the words of its tag."""
    sentences = {parsed.sentence_at(cue.start) for cue in quote.cue}
    tag = [*quote.cue, *(source for source in quote.source if parsed.sentence_at(source.start) in sentences)]
    start, end = min(part.start for part in tag), max(part.end for part in tag)
    behind = bisect_left(pieces, end, key=lambda piece: piece.span.start)
    near = pieces[max(0, behind - 1) : behind + 1]
    return min(near, key=lambda piece: _distance(parsed.text, piece.span, start, end)).position


def _distance(text: str, span: TextSpan, start: int, end: int) -> tuple[int, int]:
    left, right = (span.end, start) if span.end <= start else (end, span.start)
    return sum(map(text[left:right].count, _PARTING)), max(0, right - left)
