"""Sources within reports of others: "..., said Roe, according to Tass", "Roe said she left, Tass reports"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

import attrs
from attrs import frozen

from quotesmith.extraction.acts import find_lemma
from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.rules.clauses import find_cue, find_source
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import Frame, ReportingLexicon
from quotesmith.parsed_text import ParsedText, TokenRange
from quotesmith.records import Act, TextSpan, TextSpans

_WORD_CHARACTER = re.compile(r"\w")
# What a report may say of its addressee, place and time: "told reporters in Rome on Monday,".
_ADDRESSEE_TAIL = re.compile(r"[\w '’-]{0,100},? {0,2}")
_TRAILING_STOPS = ".!?"
_STOP_MARKS = frozenset(_TRAILING_STOPS)
_PIECE_EDGES = " \t\r\n\u00a0,"


def detach_nested_sources(
    parsed: ParsedText, quotes: Sequence[Attribution], lexicon: ReportingLexicon
) -> list[Attribution]:
    """Takes from "according to" the content of the next sentence, where the speaker quoted before continues.

    "“...,” said Roe, according to the agency. It “...”" The content becomes a quote without a cue.
    """
    text = parsed.text
    spoken = sorted(span.start for quote in quotes if not has_nested_source(text, quote, lexicon) for span in quote.cue)
    return [
        attrs.evolve(quote, cue=(), source=())
        if has_nested_source(text, quote, lexicon)
        and _goes_on_behind(parsed, quote)
        and _follows_cue(parsed, quote, spoken)
        else quote
        for quote in quotes
    ]


def add_nested_source_quotes(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
    by_rules: Callable[[], Sequence[Attribution]],
) -> list[Attribution]:
    """The attributions, and both reports of a sentence in which a clause with "according to" passes one on.

    "Roe said she left, according to the agency"; "Roe said, according to the agency, that she left". The outer content
    has the words that name the inner speaker; an inner quote without a source takes the one that the rules know. In
    n log n of the attributions.

    Args:
        parsed: The text.
        quotes: Attributions of all levels.
        lexicon: The reporting words.
        settings: The thresholds.
        by_rules: Finds those by rules.
    """
    if not any(phrase in parsed.text.casefold() for phrase in map(" ".join, lexicon.nested_source_phrases)):
        return list(quotes)
    rules = sorted((rule for rule in by_rules() if rule.cue and rule.source), key=lambda rule: rule.cue)
    found = list(quotes)
    positions = {span.start: position for position, quote in enumerate(quotes) for span in quote.cue}
    for relay, passed_on in _each_relay(_find_relays(parsed, quotes, rules, lexicon), rules):
        # What the rules alone know is too little for an outer quote.
        if relay.position is None and not any(
            rule.cue[0].start in positions and _is_beside(parsed.text, relay, rule) for rule in passed_on
        ):
            continue
        that_clause = _that_clause(parsed, relay, lexicon, settings)
        content, reports = relay.content, list[tuple[int | None, Attribution]]()
        for rule in passed_on or ([that_clause] if that_clause is not None else []):
            position = positions.get(rule.cue[0].start)
            report = _passed_on(parsed, relay, rule, None if position is None else found[position])
            grown = None if report is None else _outer_content(parsed, relay, content, report)
            if report is not None and grown is not None:
                content = grown
                reports.append((position, report))
        if reports:
            reports.append((relay.position, attrs.evolve(relay.quote, content=content)))
        for position, report in reports:
            if position is None:
                positions[report.cue[0].start] = len(found)
                found.append(report)
            else:
                found[position] = report
    return _without_crossing(found, len(quotes))


@frozen
class _Relay:
    """A clause with "according to", and where the words stand that it is about.

    Attributes:
        quote: What it reports by the tags, or by the rules where the tags know nothing of it.
        position: Which of the attributions it is; None where only the rules know it.
        content: The quote's content without narration of sentences before; empty where nothing else is left.
        span: The clause.
        fore: What stands before the clause, from the start of its sentence or of the content on; None for nothing.
        aft: What stands behind it in its sentence, as far as the next such clause; None for nothing.
    """

    quote: Attribution
    position: int | None
    content: TextSpans
    span: TextSpan
    fore: TextSpan | None
    aft: TextSpan | None

    @property
    def sides(self) -> TextSpans:
        return tuple(side for side in (self.fore, self.aft) if side is not None)

    @property
    def end(self) -> int:
        """Where its sentence ends, or the next such clause begins."""
        return self.span.end if self.aft is None else self.aft.end


def _find_relays(
    parsed: ParsedText, quotes: Sequence[Attribution], rules: Sequence[Attribution], lexicon: ReportingLexicon
) -> list[_Relay]:
    """The clauses in order; those of the rules only where no attribution has their cue."""
    taken = {span.start for quote in quotes for span in quote.cue}
    candidates: list[tuple[Attribution, int | None]] = [(quote, position) for position, quote in enumerate(quotes)]
    candidates += [(attrs.evolve(rule, parent=None), None) for rule in rules if rule.cue[0].start not in taken]
    nested = sorted(
        (
            (quote, position)
            for quote, position in candidates
            # A source in front of the cue is another's.
            if has_nested_source(parsed.text, quote, lexicon)
            and quote.source
            and quote.source[0].start >= quote.cue[0].end
        ),
        key=lambda candidate: candidate[0].cue,
    )
    spans = [TextSpan(quote.cue[0].start, quote.source[-1].end) for quote, _ in nested]
    following = [*(span.start for span in spans), len(parsed.text)][1:]
    return [
        _relay(parsed, quote, position, span, end)
        for (quote, position), span, end in zip(nested, spans, following, strict=True)
    ]


def _relay(parsed: ParsedText, quote: Attribution, position: int | None, span: TextSpan, following: int) -> _Relay:
    sentence = parsed.bounds(parsed.token_at(span.start))
    sentence_start = _sentence_start(parsed, TokenRange(sentence.start, parsed.token_at(span.start)))
    start = min(sentence_start, span.start)
    end = max(span.end, min(parsed.ends[sentence.end - 1], following))
    spoken = _without_narration(parsed, quote.content, start, end)
    if spoken:
        first = parsed.bounds(parsed.token_at(spoken[0].start))
        start = min(start, parsed.starts[first.start], spoken[0].start)
    fore = TextSpan(start, span.start) if start < span.start else None
    aft = TextSpan(span.end, end) if span.end < end else None
    if position is None:
        sides = [side for side in (fore, aft) if side is not None]
        spoken = _clipped(parsed.text, quote.content, sides) or quote.content
    return _Relay(quote, position, spoken, span, fore, aft)


def _sentence_start(parsed: ParsedText, tokens: TokenRange) -> int:
    """Where the last sentence of the tokens begins: some begin with a passage that the parser has in the one before."""
    for position in reversed(parsed.passages_in(tokens)):
        start = parsed.passages[position].span.start
        if parsed.text[max(0, start - 2) : start].rstrip()[-1:] in _STOP_MARKS:
            return start
    return parsed.starts[tokens.start]


def _without_narration(parsed: ParsedText, content: TextSpans, start: int, end: int) -> TextSpans:
    """The spans as far as they are between marks or lie in the sentence from `start` to `end`."""
    kept = []
    for span in content:
        first, last = span.start, span.end
        if first < start and not _has_passage(parsed, first, min(last, start)):
            first = start
        if last > end and not _has_passage(parsed, max(first, end), last):
            last = min(first, end) + len(parsed.text[min(first, end) : end].rstrip(_PIECE_EDGES + _TRAILING_STOPS))
        if first < last:
            kept.append(TextSpan(first, last))
    return tuple(kept)


def _has_passage(parsed: ParsedText, start: int, end: int) -> bool:
    return start < end and len(parsed.passages_in(parsed.token_range(TextSpan(start, end)))) > 0


def _each_relay(
    relays: Sequence[_Relay], rules: Sequence[Attribution]
) -> Iterator[tuple[_Relay, Sequence[Attribution]]]:
    """Each clause with what the rules find that it may pass on; both in order.

    A report is passed on by the next clause behind its cue, or by the one before it.
    """
    starts = [relay.span.start for relay in relays]
    passed_on: list[list[Attribution]] = [[] for _ in relays]
    for rule in rules:
        cue = rule.cue[0].start
        behind = bisect_right(starts, cue)
        near = (number for number in (behind, behind - 1) if 0 <= number < len(relays) and starts[number] != cue)
        number = next((number for number in near if _names_inside(relays[number], rule)), None)
        if number is not None:
            passed_on[number].append(rule)
    return zip(relays, passed_on, strict=True)


def _names_inside(relay: _Relay, rule: Attribution) -> bool:
    """Whether cue and source stand beside the clause: behind it, only in what it is known to report."""
    fore = () if relay.fore is None else (relay.fore,)
    reported = (*fore, *(span for span in relay.content if span.start < relay.end))
    return all(span.end <= relay.end and _is_held(span, reported) for span in (*rule.cue, *rule.source))


def _that_clause(
    parsed: ParsedText, relay: _Relay, lexicon: ReportingLexicon, settings: ExtractionSettings
) -> Attribution | None:
    """What "that" reports right behind the clause, however it is parsed: "Roe told us, according to X, that".

    The verb is the last one before the clause that may report.
    """
    fore, aft = ((parsed.token_range(side) if side is not None else None) for side in (relay.fore, relay.aft))
    if fore is None or aft is None or relay.position is None:
        return None
    words = [token for token in parsed.doc_span(aft) if not (token.is_punct or token.is_space)]
    if not words or words[0].lower_ not in lexicon.complementizers:
        return None
    near = range(fore.end - 1, max(fore.start, fore.end - settings.max_cue_clause_tokens) - 1, -1)
    verbs = (parsed.doc[i] for i in near if parsed.doc[i].pos_ == "VERB" and not parsed.is_quoted(parsed.doc[i]))
    verb = next((verb for verb in verbs if lexicon.act(find_lemma(verb, lexicon), Frame.CLAUSE) is not None), None)
    source = None if verb is None else find_source(parsed, verb, settings)
    if verb is None or source is None:
        return None
    cue = find_cue(parsed, verb)
    return Attribution(
        content=tuple(span for span in relay.content if span.start >= relay.span.end),
        cue=(parsed.span(cue.start, cue.end),),
        source=(parsed.span(source.start, source.end),),
        act=lexicon.act(find_lemma(verb, lexicon), Frame.CLAUSE) or Act.SPEECH,
        score=settings.clause_score,
        rule="clause",
    )


def _is_beside(text: str, relay: _Relay, rule: Attribution) -> bool:
    """Whether nothing stands between the cue or source and the clause but a place or time: "he said Monday"."""
    last = max(span.end for span in (*rule.cue, *rule.source))
    return last <= relay.span.start and _ADDRESSEE_TAIL.fullmatch(text, last, relay.span.start) is not None


def _passed_on(parsed: ParsedText, relay: _Relay, rule: Attribution, own: Attribution | None) -> Attribution | None:
    """The inner quote: the one that has the rule's cue, or the rule's; None where the clause reports other words."""
    text = parsed.text
    report = attrs.evolve(rule, parent=None)
    if own is not None:
        start = relay.span.start if relay.fore is None else relay.fore.start
        spoken = _without_narration(parsed, own.content, start, relay.end)
        report = attrs.evolve(own, content=spoken or rule.content)
    if not report.source or any(span.overlaps(relay.span) for span in report.source):
        report = attrs.evolve(report, source=rule.source)
    if own is not None and any(span.contains(relay.span) for span in own.content):
        # The report of "said that, according to Tass, she left" holds the clause.
        return None
    beyond = tuple(span for span in report.content if span.start >= relay.end)
    if own is not None and relay.position is not None and not all(_is_held(span, relay.content) for span in beyond):
        return None
    fore, aft = (_clipped(text, report.content, () if s is None else (s,)) for s in (relay.fore, relay.aft))
    # The comment's own tail is nothing that it passes on: "according to Tass, which has the letter".
    behind = tuple(span for span in aft if not fore or any(span.overlaps(part) for part in relay.content))
    content = (*fore, *behind, *(beyond if own is not None else ()))
    if not content:
        return None
    report = attrs.evolve(report, content=_with_marks(text, content, rule.content))
    is_reported = (
        _is_reported(text, relay, report) if relay.content else own is not None and _is_beside(text, relay, rule)
    )
    return report if is_reported and _is_all(text, relay, report) else None


def _with_marks(text: str, content: TextSpans, marked: TextSpans) -> TextSpans:
    """The spans, each as one of `marked` that has nothing but marks beside its words."""
    found = []
    for span in content:
        around = (
            whole
            for whole in marked
            if whole.contains(span)
            and not _WORD_CHARACTER.search(text, whole.start, span.start)
            and not _WORD_CHARACTER.search(text, span.end, whole.end)
        )
        found.append(next(around, span))
    return tuple(found)


def _is_reported(text: str, relay: _Relay, report: Attribution) -> bool:
    """Whether what the clause reports has words of the report, or is nothing but its source."""
    if all(_is_held(span, report.source) for span in relay.content):
        return True
    if report.content[0].start >= relay.span.end:
        return bool(_clipped(text, relay.content, (*report.content, *report.cue)))
    is_before = any(span.start < relay.span.start for span in relay.content)
    return is_before and bool(_clipped(text, relay.content, report.content))


def _is_all(text: str, relay: _Relay, report: Attribution) -> bool:
    """Whether a report behind the clause is all that this reports: "According to Tass, Roe said she left"."""
    parts = sorted((*report.content, *report.cue, *report.source))
    if parts[0].start < relay.span.end:
        return True
    start, end = relay.content[0].start, min(relay.content[-1].end, relay.end)
    edges = ((start, parts[0].start), (max(part.end for part in parts), end))
    return not any(_WORD_CHARACTER.search(text, first, last) for first, last in edges)


def _is_held(span: TextSpan, holders: Sequence[TextSpan]) -> bool:
    return any(holder.contains(span) for holder in holders)


def _outer_content(parsed: ParsedText, relay: _Relay, content: TextSpans, report: Attribution) -> TextSpans | None:
    """The content with the whole of an inner quote: one piece on each side; None where the outer source is in it."""
    text = parsed.text
    parts = (*content, *report.content, *report.cue, *report.source)
    pieces = [span for span in {*content, *report.content} if span.start >= relay.end]
    for side in relay.sides:
        inside = [span for span in parts if span.overlaps(side)]
        if not inside:
            continue
        start, end = min(span.start for span in inside), max(span.end for span in inside)
        if side is relay.fore and _ADDRESSEE_TAIL.fullmatch(text, end, relay.span.start):
            end = relay.span.start
        piece = _trimmed(text, start, end)
        if piece is not None:
            pieces.append(piece)
    pieces.sort()
    is_apart = not any(span.overlaps(piece) for span in (*relay.quote.cue, *relay.quote.source) for piece in pieces)
    return tuple(pieces) if pieces and is_apart else None


def _clipped(text: str, spans: TextSpans, sides: Sequence[TextSpan]) -> TextSpans:
    """The spans as far as they lie in the sides and have words there, without commas at the edges."""
    cut = ((max(span.start, side.start), min(span.end, side.end)) for span in spans for side in sides)
    pieces = (_trimmed(text, start, end) for start, end in cut if start < end)
    return tuple(piece for piece in pieces if piece is not None)


def _trimmed(text: str, start: int, end: int) -> TextSpan | None:
    """The stretch without white space and commas at its edges; None where no word is left."""
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip(_PIECE_EDGES))
    end = start + len(stretch.strip(_PIECE_EDGES))
    return TextSpan(start, end) if _WORD_CHARACTER.search(text, start, end) else None


def _without_crossing(quotes: Sequence[Attribution], first_added: int) -> list[Attribution]:
    """The attributions without added ones whose content crosses another's: each lies inside, around or apart.

    Args:
        quotes: The attributions.
        first_added: The position of the first one that was added.
    """
    openings = sorted(
        ((span, position) for position, quote in enumerate(quotes) for span in quote.content),
        key=lambda opening: (opening[0].start, -opening[0].end),
    )
    crossing: set[int] = set()
    # Ends fall from the bottom to the top.
    stack: list[tuple[int, int]] = []
    for span, position in openings:
        while stack and stack[-1][0] <= span.start:
            stack.pop()
        if position >= first_added and stack and stack[-1][0] < span.end:
            crossing.add(position)
            continue
        while stack and stack[-1][0] < span.end:
            other = stack.pop()[1]
            if other >= first_added:
                crossing.add(other)
        stack.append((span.end, position))
    return [quote for position, quote in enumerate(quotes) if position not in crossing]


def has_nested_source(text: str, quote: Attribution, lexicon: ReportingLexicon) -> bool:
    """Whether the cue is a phrase like "according to"."""
    return bool(quote.cue) and quote.cue[0].of(text).casefold().startswith(
        tuple(map(" ".join, lexicon.nested_source_phrases))
    )


def _goes_on_behind(parsed: ParsedText, quote: Attribution) -> bool:
    """Whether all content begins behind the sentence of the cue."""
    cue = parsed.doc[parsed.tokens(quote.cue[0])[-1]]
    return all(span.start >= cue.sent.end_char for span in quote.content)


def _follows_cue(parsed: ParsedText, quote: Attribution, spoken: Sequence[int]) -> bool:
    """Whether the sentence has another cue before this one."""
    cue = parsed.doc[parsed.tokens(quote.cue[0])[0]]
    position = bisect_left(spoken, quote.cue[0].start)
    return position > 0 and spoken[position - 1] >= cue.sent.start_char
