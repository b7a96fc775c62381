"""What grammar, lexicon and rules know better than the tags: which quotes are doubtful, missing cues and sources."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Sequence

import attrs
from spacy.tokens import Token

from quotesmith.extraction.acts import find_lemma, find_main_word, is_known_cue
from quotesmith.extraction.attributions import Attribution, find_kind
from quotesmith.extraction.nested_sources import has_nested_source
from quotesmith.extraction.rules.clauses import find_source
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import ParsedText, TokenRange
from quotesmith.records import QuoteKind, TextSpan, TextSpans

_WORD_CHARACTER = re.compile(r"\w")
_LEADING_MARK = re.compile(r"[:,;]\s+")
_CUE_VERBS = frozenset({"VERB", "AUX"})
_ADDRESSED_OBJECTS = frozenset({"dobj", "dative"})
_MODIFIERS = frozenset({"det", "nummod", "amod"})
_BEFORE_VERB = frozenset({"aux", "auxpass", "neg"})
_FUNCTION_WORD_TAGS = frozenset({"CC", "DT", "IN", "PRP", "PRP$", "TO"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_JOINING_TAGS = frozenset({"CC", "DT", "IN"})
_NOUN_PHRASE_TAGS = frozenset({"CC", "CD", "DT", "HYPH", "IN", "JJ", "NN", "NNP", "NNPS", "NNS", "POS", "PRP$"})
_QUESTION_WORD_TAGS = frozenset({"WP", "WRB", "WDT", "WP$"})


def drop_doubtful(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
) -> list[Attribution]:
    """The attributions without those that only the tags support, where they are improbable.

    Other support is quotation marks, or a source together with a cue that is known to report.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        quotes: Attributions by tags.
        lexicon: The reporting words.
        settings: The thresholds.
    """
    return [
        quote
        for quote in quotes
        if quote.score >= settings.min_quote_probability or not _is_doubtful(parsed, quote, lexicon)
    ]


def drop_furniture(parsed: ParsedText, quotes: Sequence[Attribution]) -> list[Attribution]:
    """The attributions without what nobody says: a quote that reaches into it is cut, one inside of it is left out."""
    if not parsed.furniture:
        return list(quotes)
    cut = (
        attrs.evolve(
            quote,
            content=_said(parsed, quote.content),
            cue=_said(parsed, quote.cue),
            source=_said(parsed, quote.source),
        )
        for quote in quotes
    )
    return [quote for quote in cut if quote.content]


def _is_doubtful(parsed: ParsedText, quote: Attribution, lexicon: ReportingLexicon) -> bool:
    kind = find_kind(parsed.marked_words, quote.content, quote.cue)
    return kind is QuoteKind.INDIRECT and not (quote.source and is_known_cue(parsed, quote.cue, lexicon))


def _said(parsed: ParsedText, spans: TextSpans) -> TextSpans:
    """What is left of the spans outside of furniture, of which only parts with words count."""
    parts = []
    for span in spans:
        start = span.start
        first = bisect_right(parsed.furniture, span.start, key=lambda silent: silent.end)
        for position in range(first, bisect_left(parsed.furniture, span.end, key=lambda silent: silent.start)):
            parts.append((start, parsed.furniture[position].start))
            start = parsed.furniture[position].end
        parts.append((start, span.end))
    if len(parts) == len(spans):
        return spans
    kept = (TextSpan(start, end).stripped(parsed.text) for start, end in parts if start < end)
    return tuple(
        span for span in kept if span is not None and _WORD_CHARACTER.search(parsed.text, span.start, span.end)
    )


def add_missing_cues(
    parsed: ParsedText, found: Sequence[Attribution], by_rules: Callable[[], Iterable[Attribution]]
) -> list[Attribution]:
    """The attributions; one without a cue takes that of a rule whose content starts at the same place.

    Signatures ("..." — Jane Roe) and labels (ROE: ...) are rare in running news: there the rules know more. The cue
    must stand beside the content, and be nobody's yet. All content stays.

    Args:
        parsed: The text.
        found: Attributions by tags, of the text's outermost level.
        by_rules: Finds attributions by rules.
    """
    if all(quote.cue for quote in found):
        return list(found)
    rules = {span.start: rule for rule in by_rules() if rule.cue and rule.parent is None for span in rule.content}
    taken = {span.start for quote in found for span in quote.cue}
    result = []
    for quote in found:
        rule = None if quote.cue else rules.get(quote.content[0].start)
        cue = () if rule is None else _beside(rule.cue, quote.content)
        if rule is None or not cue or cue[0].start in taken or not _is_near(parsed, quote.content, cue[0]):
            result.append(quote)
            continue
        taken.add(cue[0].start)
        source, rules_named = _beside(rule.source, quote.content), f"{quote.rule}, {rule.rule}"
        result.append(attrs.evolve(quote, cue=cue, source=source, act=rule.act, rule=rules_named))
    return result


def _is_near(parsed: ParsedText, content: TextSpans, cue: TextSpan) -> bool:
    """Whether no other passage stands between a content and a cue, nor beside the cue in a paragraph of its own."""
    span = min(content, key=lambda part: max(part.start - cue.end, cue.start - part.end))
    first, last = sorted((parsed.tokens(span), parsed.tokens(cue)), key=lambda tokens: tokens.start)
    if parsed.passages_in(TokenRange(first.stop, max(first.stop, last.start))):
        return False
    own = parsed.paragraph_at(cue.start)
    is_own = parsed.paragraph_at(span.start) <= own <= parsed.paragraph_at(span.end - 1)
    return is_own or not parsed.passages_in(parsed.paragraph_tokens[own])


def _beside(spans: TextSpans, content: TextSpans) -> TextSpans:
    """The spans without what is content: one token may hold the closing mark and the dash of a signature."""
    beside = []
    for span in spans:
        start, end = span.start, span.end
        for part in content:
            if part.start <= start:
                start = max(start, part.end)
            else:
                end = min(end, part.start)
        if start < end:
            beside.append(TextSpan(start, end))
    return tuple(beside)


def add_missing_sources(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
    by_rules: Callable[[], Iterable[Attribution]],
) -> list[Attribution]:
    """The attributions; a known cue without a source nearby takes the one whom grammar or a rule gives it.

    "He voted for the bill and promptly criticised it": he. "She left. The mayor said ...": the mayor, whoever the tags
    take from the sentence before. "It is clear that" names nobody. A rule knows whom the tag behind a passage names
    where the parser takes what is quoted for the subject: "“Nothing,” muttered Dan."

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        quotes: Attributions by tags.
        lexicon: The reporting words.
        settings: The thresholds.
        by_rules: Finds attributions by rules.
    """
    sentences = [token.idx for token in parsed.doc if token.is_sent_start]
    lacking = {
        position: main
        for position, quote in enumerate(quotes)
        if quote.cue
        and not has_nested_source(parsed.text, quote, lexicon)
        and not _has_source_near(sentences, quote)
        and is_known_cue(parsed, quote.cue, lexicon)
        if (main := find_main_word(parsed, quote.cue, lexicon)) is not None and main.pos_ in _CUE_VERBS
    }
    found = list(quotes)
    unknown = {}
    for position, main in lacking.items():
        quote = found[position]
        source = _find_source(parsed, main, lexicon, settings)
        if (
            source is None
            and quote.source
            and find_kind(parsed.marked_words, quote.content, quote.cue) is QuoteKind.DIRECT
        ):
            unknown[position] = quote.cue[0].start
        if source is not None and not any(source.overlaps(span) for span in (*quote.content, *quote.cue)):
            found[position] = attrs.evolve(quote, source=(source,))
    tags = {rule.cue[0].start: rule for rule in by_rules() if rule.cue and rule.source} if unknown else {}
    for position, cue in unknown.items():
        if cue in tags and _has_source_near(sentences, tags[cue]):
            found[position] = attrs.evolve(found[position], source=tags[cue].source)
    return found


def _has_source_near(sentences: Sequence[int], quote: Attribution) -> bool:
    """Whether the source reaches into the sentence of the cue; `sentences` are the characters that they start with."""
    here = bisect_right(sentences, quote.cue[0].start)
    return any(
        bisect_right(sentences, span.start) <= here <= bisect_right(sentences, span.end - 1) for span in quote.source
    )


def _find_source(
    parsed: ParsedText, verb: Token, lexicon: ReportingLexicon, settings: ExtractionSettings
) -> TextSpan | None:
    tokens = find_source(parsed, verb, settings)
    if tokens is None or parsed.is_furniture(tokens.start) or parsed.is_furniture(tokens.end - 1):
        return None
    if parsed.doc[tokens.start].lower_ in lexicon.expletives and find_lemma(verb, lexicon) in lexicon.copulas:
        return None
    return parsed.span(tokens.start, tokens.end)


def add_reports_of_added_verbs(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    by_rules: Callable[[], Iterable[Attribution]],
) -> list[Attribution]:
    """The attributions, and what the rules find by a verb that the user added where they overlap no other's content.

    The tags never learned such a verb.

    Args:
        parsed: The text.
        quotes: Attributions of the text's outermost level.
        lexicon: The reporting words.
        by_rules: Finds attributions by rules.
    """
    if not lexicon.added or not any(lexicon.is_added(token.text) for token in parsed.doc):
        return list(quotes)
    taken = sorted(span for quote in quotes for span in quote.content)
    ends = [span.end for span in taken]

    def is_free(span: TextSpan) -> bool:
        following = bisect_right(ends, span.start)
        return following == len(taken) or taken[following].start >= span.end

    reports = (
        rule
        for rule in by_rules()
        if rule.parent is None
        and any(lexicon.is_added(token.text) for token in parsed.words(rule.cue))
        and all(map(is_free, (*rule.content, *rule.cue)))
    )
    return [*quotes, *reports]


def drop_addressees(parsed: ParsedText, quotes: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, their contents without pronouns that only name who is spoken to."""
    return [attrs.evolve(quote, content=_without_addressee(parsed, quote.content, quote.cue)) for quote in quotes]


def trim_contents(parsed: ParsedText, quotes: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, their contents without the colon or comma before the first word: ", nobody came"."""
    return [
        attrs.evolve(quote, content=tuple(_trimmed(parsed.text, span) for span in quote.content)) for quote in quotes
    ]


def _trimmed(text: str, span: TextSpan) -> TextSpan:
    mark = _LEADING_MARK.match(text, span.start, span.end)
    return span if mark is None or mark.end() == span.end else TextSpan(mark.end(), span.end)


def drop_function_words(parsed: ParsedText, quotes: Sequence[Attribution]) -> list[Attribution]:
    """The attributions without those whose content is one word that tells nothing, as "them" of "warned them both".

    Between marks, one word may be what is said.
    """
    return [quote for quote in quotes if not _is_function_word(parsed, quote)]


def _is_function_word(parsed: ParsedText, quote: Attribution) -> bool:
    words = parsed.words(quote.content)
    if len(words) != 1 or words[0].tag_ not in _FUNCTION_WORD_TAGS:
        return False
    return find_kind(parsed.marked_words, quote.content, quote.cue) is QuoteKind.INDIRECT


def complete_cues(parsed: ParsedText, quotes: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, their cues with what denies them right before the verb: "did not say", "never said"."""
    return [attrs.evolve(quote, cue=_with_negation(parsed, quote)) for quote in quotes]


def _with_negation(parsed: ParsedText, quote: Attribution) -> TextSpans:
    verb = next((token for token in parsed.words(quote.cue) if token.pos_ in _CUE_VERBS), None)
    if verb is None or not any(span.start == verb.idx for span in quote.cue):
        return quote.cue
    first = verb.i
    while first > 0 and parsed.doc[first - 1].head == verb and parsed.doc[first - 1].dep_ in _BEFORE_VERB:
        first -= 1
    denied = any(token.dep_ == "neg" for token in parsed.doc[first : verb.i])
    start = parsed.doc[first].idx
    if not denied or any(span.end > start and span.start < verb.idx for span in (*quote.content, *quote.source)):
        return quote.cue
    return tuple(TextSpan(start, span.end) if span.start == verb.idx else span for span in quote.cue)


def complete_names(
    parsed: ParsedText, quotes: Sequence[Attribution], settings: ExtractionSettings
) -> list[Attribution]:
    """The attributions, their sources with the names behind titles that a full stop ends."""
    return [
        attrs.evolve(
            quote,
            source=tuple(
                _whole_name(parsed, span, (*quote.content, *quote.cue), settings.max_name_tokens)
                for span in quote.source
            ),
        )
        for quote in quotes
    ]


def complete_sources(
    parsed: ParsedText, quotes: Sequence[Attribution], settings: ExtractionSettings
) -> list[Attribution]:
    """The attributions, their sources with the noun that they lack: "One" of "One placard read" is "One placard"."""
    return [
        attrs.evolve(quote, source=tuple(_whole_source(parsed, span, quote, settings) for span in quote.source))
        for quote in quotes
    ]


def _whole_source(parsed: ParsedText, span: TextSpan, quote: Attribution, settings: ExtractionSettings) -> TextSpan:
    span = _first_sentence(parsed, span, quote)
    tokens = parsed.token_range(span)
    if len(tokens) == 0:
        return span
    last = parsed.doc[tokens.end - 1]
    end = last.i + 1
    if last.tag_ in _JOINING_TAGS and len(tokens) > 1:
        return _behind_joiner(parsed, span, quote, settings)
    if last.dep_ in _MODIFIERS and last.head.pos_ == "NOUN" and 0 < last.head.i - last.i <= settings.max_name_tokens:
        end = last.head.i + 1
    whole = TextSpan(span.start, max(span.end, parsed.ends[end - 1]))
    return span if any(whole.overlaps(other) for other in (*quote.content, *quote.cue)) else whole


def _first_sentence(parsed: ParsedText, span: TextSpan, quote: Attribution) -> TextSpan:
    """The span, without the subject of the next sentence where the source ends its own: "said Al. Pat" is Al."""
    tokens = parsed.token_range(span)
    behind = next((i for i in range(tokens.start + 1, tokens.end) if parsed.doc[i].is_sent_start), None)
    if behind is None or not quote.cue or quote.cue[-1].end > span.start or not parsed.doc[behind - 1].is_punct:
        return span
    is_next = any(
        parsed.doc[i].dep_ in _SUBJECTS and parsed.doc[i].head.i == tokens.end for i in range(behind, tokens.end)
    )
    end = parsed.doc[behind - 1].idx
    return TextSpan(span.start, end) if is_next and end > span.start else span


def _behind_joiner(parsed: ParsedText, span: TextSpan, quote: Attribution, settings: ExtractionSettings) -> TextSpan:
    """The span with the words of the noun phrase behind a joiner that ends it; without the joiner where none are."""
    tokens = parsed.token_range(span)
    taken = {i for other in (*quote.content, *quote.cue) for i in parsed.tokens(other)}
    end = stop = tokens.end
    limit = min(len(parsed.doc), end + settings.max_phrase_tail_tokens)
    while stop < limit and stop not in taken and _goes_on(parsed.doc[stop]):
        stop += 1
        end = stop if parsed.doc[stop - 1].pos_ in {"NOUN", "PROPN"} else end
    if end == tokens.end and parsed.doc[end - 1].tag_ != "DT":
        end -= 1
    return TextSpan(span.start, parsed.ends[end - 1])


def _goes_on(token: Token) -> bool:
    """Whether the word may belong to a phrase that a joiner opens; a day doesn't: "the board on Monday"."""
    return token.tag_ in _NOUN_PHRASE_TAGS and token.ent_type_ not in {"DATE", "TIME"}


def _whole_name(parsed: ParsedText, span: TextSpan, others: TextSpans, longest: int) -> TextSpan:
    """The span, with the name behind it where it ends in an abbreviated title: "Mr." of "Mr. Roe".

    Tags cut words at every punctuation mark, so a title's full stop may end a fragment. A name that is, or stands
    behind, one of the quote's other words is a slip of the parser.
    """
    last = parsed.doc[parsed.tokens(span)[-1]]
    name = last.head
    if not last.text.endswith(".") or last.dep_ != "compound" or not 0 < name.i - last.i <= longest:
        return span
    whole = TextSpan(span.start, name.idx + len(name))
    return span if any(whole.overlaps(other) for other in others) else whole


def _without_addressee(parsed: ParsedText, content: TextSpans, cue: TextSpans) -> TextSpans:
    """The content without pronouns that are the object of its cue and stand alone or before a clause; never empty.

    "told her that ...", "asked him whether ...", but not "called him a liar", "urged them to go".
    """
    verbs = {index for span in cue for index in parsed.tokens(span)}
    kept = (_behind_addressee(parsed, span, verbs) for span in content)
    return tuple(span for span in kept if span is not None) or content


def _behind_addressee(parsed: ParsedText, span: TextSpan, verbs: Container[int]) -> TextSpan | None:
    """The span, or the clause behind the addressee that it begins with; None if nothing else is left."""
    tokens = [parsed.doc[index] for index in parsed.tokens(span)]
    if not tokens or not _is_object(tokens[0], verbs):
        return span
    if len(tokens) == 1:
        return None
    opens_clause = tokens[1].dep_ == "mark" or tokens[1].tag_ in _QUESTION_WORD_TAGS
    return TextSpan(tokens[1].idx, span.end) if opens_clause else span


def _is_object(token: Token, verbs: Container[int]) -> bool:
    return token.pos_ == "PRON" and token.dep_ in _ADDRESSED_OBJECTS and token.head.i in verbs
