"""Quotes inside quotes by their marks: where one ends, and who said it by the words in front of it."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import attrs
from spacy.tokens import Token

from quotesmith.extraction.acts import find_lemma
from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.rules.clauses import find_cue, find_source
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import Frame, ReportingLexicon
from quotesmith.marks import MarkPair
from quotesmith.parsed_text import ParsedText, near_children
from quotesmith.records import Act, TextSpan

_SPEECH_ENDS: Final = frozenset(",.?!…")
_ASKING_TAGS: Final = frozenset({"WP", "WDT"})
_BEFORE_MARK: Final = frozenset({",", ":"})


def end_at_own_marks(parsed: ParsedText, quotes: Sequence[Attribution]) -> list[Attribution]:
    """The attributions; one that begins with a mark inside another's passage ends with the mark that closes it.

    “He said, ‘Hand me the rope,’ and I did”: the stop inside says that his words end there.
    """
    pairs = {start: pair for pair in _nested(parsed) for start in (pair.opening.start, pair.opening.end)}
    return [
        attrs.evolve(quote, content=tuple(_ended(parsed, span, quote, pairs) for span in quote.content))
        for quote in quotes
    ]


def _nested(parsed: ParsedText) -> list[MarkPair]:
    return [pair for pair in parsed.marks if pair.depth > 0 and pair.closing is not None]


def _ended(parsed: ParsedText, span: TextSpan, quote: Attribution, pairs: dict[int, MarkPair]) -> TextSpan:
    pair = pairs.get(span.start)
    if pair is None or pair.closing is None or not quote.cue or quote.cue[0].start > span.start:
        return span
    if span.end <= pair.end or parsed.text[pair.closing.start - 1] not in _SPEECH_ENDS:
        return span
    return pair.span


def add_nested_passages(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
) -> list[Attribution]:
    """The attributions, and the passages inside others that a reporting clause introduces, where none has them.

    “My father used to say, ‘Let them.’”; “You know what the psalm says,” said Roe. “‘Let them.’” Linear in the marks.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        quotes: Attributions of all levels.
        lexicon: The reporting words.
        settings: The thresholds.
    """
    contents = sorted(span.start for quote in quotes for span in quote.content)
    taken = {index for quote in quotes for span in quote.cue for index in parsed.tokens(span)}
    found = list(quotes)
    for pair in _nested(parsed):
        if bisect_right(contents, pair.opening.end) > bisect_right(contents, pair.opening.start - 1):
            continue
        verb = _introducing(parsed, pair, lexicon)
        source = None if verb is None or verb.i in taken else find_source(parsed, verb, settings)
        if verb is not None and source is not None:
            taken.add(verb.i)
            cue = find_cue(parsed, verb)
            is_before = parsed.passage_at[verb.i] != parsed.passage_at[parsed.token_at(pair.opening.start)]
            found.append(
                Attribution(
                    content=(pair.span,),
                    # Words of another passage can't be the cue of a quote inside this one.
                    cue=() if is_before else (parsed.span(cue.start, cue.end),),
                    source=(parsed.span(source.start, source.end),),
                    act=_reported_act(verb, lexicon) or Act.SPEECH,
                    score=settings.quotation_score,
                    rule="quotation",
                )
            )
    return found


def _introducing(parsed: ParsedText, pair: MarkPair, lexicon: ReportingLexicon) -> Token | None:
    """The reporting verb right before a passage, or that the passage before ends with ("what the psalm says")."""
    doc = parsed.doc
    index = parsed.token_at(pair.opening.start) - 1
    while index >= 0 and (doc[index].text in _BEFORE_MARK or doc[index].is_space):
        index -= 1
    if index < 0:
        return None
    passage = parsed.passage_at[parsed.token_at(pair.opening.start)]
    if index >= parsed.passages[passage].inner.start:
        # Without a comma it may be a title: “He wrote ‘Peter Pan.’”
        is_introduced = doc[index + 1].text in _BEFORE_MARK
        return doc[index] if is_introduced and _reported_act(doc[index], lexicon) is not None else None
    if passage == 0:
        return None
    before = parsed.passages[passage - 1]
    sentence = parsed.bounds(before.inner.end - 1) if len(before.inner) > 0 else before.inner
    verbs = (doc[i] for i in range(before.inner.end - 1, sentence.start - 1, -1) if _asks_what(doc[i], lexicon))
    return next(verbs, None) if before.paragraph == parsed.passages[passage].paragraph else None


def _asks_what(word: Token, lexicon: ReportingLexicon) -> bool:
    is_asked = any(child.tag_ in _ASKING_TAGS and child.i < word.i for child in near_children(word))
    return is_asked and _reported_act(word, lexicon) is not None


def _reported_act(word: Token, lexicon: ReportingLexicon) -> Act | None:
    return lexicon.act(find_lemma(word, lexicon), Frame.CLAUSE) if word.pos_ == "VERB" else None
