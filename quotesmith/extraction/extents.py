"""Where reported words begin and end: narration before them, cues of their own, words that say nothing."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import attrs
from spacy.tokens import Token

from quotesmith.extraction.acts import find_lemma, find_main_word
from quotesmith.extraction.attributions import Attribution, find_kind
from quotesmith.extraction.nested_sources import has_nested_source
from quotesmith.extraction.rules.clauses import find_cue, find_source
from quotesmith.extraction.rules.passages import has_title_case, is_title
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.lexicon.reporting import Frame, ReportingLexicon
from quotesmith.parsed_text import ParsedText, QuotedPassage, TokenRange, near_children
from quotesmith.records import Act, QuoteKind, TextSpan

_FULL_STOPS: Final = ".!?…"
_STOP_BEHIND: Final = re.compile(r"\s*[.!?…]")
_FIRST_PERSON: Final = "Person=1"
_BEFORE_SENTENCE: Final = frozenset(".!?:")
_TENSED_VERB_TAGS: Final = frozenset({"VBD", "VBZ", "VBP"})
_SAYING: Final = frozenset({Act.SPEECH, Act.WRITING})
_BODY_LABELS: Final = frozenset({"PERSON", "ORG", "NORP"})


def is_marked(parsed: ParsedText, span: TextSpan) -> bool:
    """Whether all words of the span stand between quotation marks."""
    return find_kind(parsed.marked_words, (span,)) is QuoteKind.DIRECT


def has_mark(parsed: ParsedText, span: TextSpan) -> bool:
    """Whether any word of the span stands between quotation marks."""
    return find_kind(parsed.marked_words, (span,)) is not QuoteKind.INDIRECT


# Narration


def drop_narration(parsed: ParsedText, quotes: Sequence[Attribution]) -> list[Attribution]:
    """The attributions without whole sentences of narration right before their quoted words.

    "It is late. “Go home,” said Roe.": the first sentence has no cue and no marks, so nobody is said to say it.
    """
    return [_without_lead(parsed, quote) for quote in quotes]


def _without_lead(parsed: ParsedText, quote: Attribution) -> Attribution:
    if not quote.cue:
        return quote
    first = next((n for n, span in enumerate(quote.content) if has_mark(parsed, span)), 0)
    if quote.content[first].start > quote.cue[0].start:
        return quote
    ended = (n for n in range(first, 0, -1) if _ends_sentence(parsed, *quote.content[n - 1 : n + 1]))
    begin = next(ended, 0)
    speech = quote.content[first]
    whole = TextSpan(_speech_start(parsed, speech), speech.end)
    return attrs.evolve(quote, content=(*quote.content[begin:first], whole, *quote.content[first + 1 :]))


def _ends_sentence(parsed: ParsedText, span: TextSpan, after: TextSpan) -> bool:
    """Whether a stop stands at the end of the span or right behind it."""
    return (
        parsed.text[span.end - 1] in _FULL_STOPS or _STOP_BEHIND.match(parsed.text, span.end, after.start) is not None
    )


def _speech_start(parsed: ParsedText, span: TextSpan) -> int:
    """Where the passage begins that a sentence without marks precedes in the span; its start where none does."""
    if is_marked(parsed, span):
        return span.start
    for position in parsed.passages_in(parsed.token_range(span)):
        start = parsed.passages[position].span.start
        if start > span.start and start < span.end:
            before = parsed.text[span.start : start].rstrip()
            return start if before[-1:] in _FULL_STOPS and before else span.start
    return span.start


# Sentences with a cue of their own


def split_own_reports(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
) -> list[Attribution]:
    """The attributions; a sentence that another verb reports becomes a quote of its own.

    "Roe said it would close. It added that no jobs would go.": two quotes. After "according to Roe", the next sentence
    is the writer's again, unless it is quoted.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        quotes: Attributions of the outermost level.
        lexicon: The reporting words.
        settings: The thresholds.
    """
    taken = {index for quote in quotes for span in quote.cue for index in parsed.tokens(span)}
    found: list[Attribution] = []
    for quote in quotes:
        kept = []
        for span in quote.content:
            if not quote.cue or parsed.sentence_at(span.start) == parsed.sentence_at(quote.cue[0].start):
                kept.append(span)
                continue
            verb = _reporting_head(parsed, span, lexicon)
            source = None if verb is None or verb.i in taken else find_source(parsed, verb, settings)
            own = (
                None
                if verb is None or source is None
                else _reported_by(parsed, attrs.evolve(quote, content=(span,)), verb, source, lexicon)
            )
            # A cue of several words ("said so") may reach into what the tags took for content.
            if verb is not None and own is not None and not span.overlaps(own.cue[0]):
                taken.add(verb.i)
                found.append(own)
            elif not _follows_nested_source(parsed, quote, span, lexicon):
                kept.append(span)
        if kept:
            found.append(attrs.evolve(quote, content=tuple(kept)))
    return found


def _reporting_head(parsed: ParsedText, span: TextSpan, lexicon: ReportingLexicon) -> Token | None:
    """The reporting verb before the span whose clause it is."""
    tokens = parsed.tokens(span)
    for index in tokens:
        token = parsed.doc[index]
        head = token.head
        if head.i in tokens:
            continue
        is_clause = token.dep_ == "ccomp" and head.i < tokens.start and head.pos_ == "VERB"
        is_finite = head.tag_ in _TENSED_VERB_TAGS or any(child.dep_ == "aux" for child in near_children(head))
        # What is known, hoped or thought elsewhere is seldom a quote that the tags would miss.
        if is_clause and is_finite and lexicon.act(find_lemma(head, lexicon), Frame.CLAUSE) in _SAYING:
            return head
    return None


def _reported_by(
    parsed: ParsedText, quote: Attribution, verb: Token, source: TokenRange, lexicon: ReportingLexicon
) -> Attribution:
    cue = find_cue(parsed, verb)
    act = lexicon.act(find_lemma(verb, lexicon), Frame.CLAUSE)
    return attrs.evolve(
        quote,
        cue=(parsed.span(cue.start, cue.end),),
        source=(parsed.span(source.start, source.end),),
        act=quote.act if act is None else act,
    )


def _follows_nested_source(parsed: ParsedText, quote: Attribution, span: TextSpan, lexicon: ReportingLexicon) -> bool:
    """Whether the span stands without marks in a sentence behind that of an "according to"."""
    if span.start < quote.cue[0].start or not has_nested_source(parsed.text, quote, lexicon):
        return False
    return not has_mark(parsed, span)


# Words that report nothing


def drop_empty_reports(
    parsed: ParsedText, quotes: Sequence[Attribution], lexicon: ReportingLexicon, people: PeopleLexicon
) -> list[Attribution]:
    """The attributions without those that only say that nothing is said, or whom somebody cites.

    "declined to comment", "said nothing", "citing a minister"; “Nothing,” said Roe, is speech. What stands between
    marks beside a sentence of its own that nobody spoke ("“Roe?” Nobody answered.") stays, without that cue.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        quotes: Attributions of the outermost level.
        lexicon: The reporting words.
        people: The words for people and bodies.
    """
    return [
        attrs.evolve(quote, cue=(), source=()) if _is_silence(parsed, quote, lexicon) else quote
        for quote in quotes
        if not _is_empty(parsed, quote, lexicon, people)
    ]


def _is_silence(parsed: ParsedText, quote: Attribution, lexicon: ReportingLexicon) -> bool:
    """Whether cue and source are a sentence that nobody spoke, apart from all that the quote has between marks."""
    source = parsed.words(quote.source)
    if not source or not quote.cue or source[0].lower_ not in lexicon.assertion.negative:
        return False
    start, end = source[0].idx, quote.cue[-1].end
    opens = source[0].is_sent_start or source[0].text[0].isupper()
    return opens and all(
        is_marked(parsed, span) and (span.end <= start or _STOP_BEHIND.match(parsed.text, end, span.start) is not None)
        for span in quote.content
    )


def _is_empty(parsed: ParsedText, quote: Attribution, lexicon: ReportingLexicon, people: PeopleLexicon) -> bool:
    words = parsed.words(quote.content)
    if not quote.cue or not words or any(has_mark(parsed, span) for span in quote.content):
        return False
    cue = parsed.words(quote.cue)
    if words[0].lower_ in lexicon.empty.nothing:
        is_topic = len(words) > 1 and words[1].lower_ in lexicon.empty.topics
        return is_topic or all(word.lower_ in lexicon.empty.nothing | lexicon.empty.more for word in words)
    if len(cue) > 1 and cue[-1].lower_ in lexicon.empty.nothing and cue[-1].i < words[0].i:
        return True
    if any(find_lemma(word, lexicon) in lexicon.assertion.refusals for word in cue):
        first = next((word for word in words if word.tag_ != "TO"), words[0])
        return find_lemma(first, lexicon) in lexicon.empty.comments
    main = find_main_word(parsed, quote.cue, lexicon)
    if main is None or find_lemma(main, lexicon) not in lexicon.empty.citing:
        return False
    return _is_body(words, people) or _refuses_comment(main, lexicon)


def _refuses_comment(citing: Token, lexicon: ReportingLexicon) -> bool:
    """Whether somebody cites the reason for not speaking: "declined to comment, citing the inquiry"."""
    above = (citing.head, citing.head.head)
    lemmas = {find_lemma(word, lexicon) for word in above}
    return not lemmas.isdisjoint(lexicon.assertion.refusals) and any(
        find_lemma(child, lexicon) in lexicon.empty.comments for word in above for child in (word, *near_children(word))
    )


def _is_body(words: Sequence[Token], people: PeopleLexicon) -> bool:
    """Whether the words are one noun phrase that means people or a body: "a minister", "port officials", "Tass"."""
    if any(word.pos_ in {"VERB", "AUX"} for word in words):
        return False
    first, last = words[0], words[-1]
    head = next((word for word in words if not first.i <= word.head.i <= last.i or word.head.i == word.i), last)
    lemma = head.lemma_.lower()
    return head.ent_type_ in _BODY_LABELS or lemma in people.person_nouns or lemma in people.bodies


# What is no speech though marks or tags say so


def drop_unspoken(
    parsed: ParsedText, quotes: Sequence[Attribution], lexicon: ReportingLexicon, settings: ExtractionSettings
) -> list[Attribution]:
    """The attributions without titles, and without the writer's own words in the first person.

    Both have no cue: "Welcome to “Dead Air”", "My name is Roe and I collect doors." What one sings or plays is a title
    too, where it is written as one.

    Args:
        parsed: The text; its Doc has tags and morphology.
        quotes: Attributions of the outermost level.
        lexicon: The reporting words.
        settings: The thresholds.
    """
    bare = [position for position, quote in enumerate(quotes) if _is_bare(parsed, quote)]
    own = {position for position in bare if _has_first_person(parsed.words(quotes[position].content))}
    if own and not _tells_of_itself(parsed, quotes, bare):
        own = set()
    return [
        quote
        for position, quote in enumerate(quotes)
        if position not in own and not _is_title(parsed, quote, lexicon, settings)
    ]


def _is_bare(parsed: ParsedText, quote: Attribution) -> bool:
    """Whether neither marks nor words say that somebody says it."""
    return not (quote.cue or quote.source or any(has_mark(parsed, span) for span in quote.content))


def _has_first_person(words: Iterable[Token]) -> bool:
    return any(_FIRST_PERSON in str(word.morph) for word in words)


def _tells_of_itself(parsed: ParsedText, quotes: Sequence[Attribution], bare: Sequence[int]) -> bool:
    """Whether the text's narrator is "I", or bare contents are most of what stands outside of quotes.

    Where others are told of, a bare content is a passage that is set off without marks.
    """
    in_bare = {index for position in bare for span in quotes[position].content for index in parsed.tokens(span)}
    in_quotes = {index for quote in quotes for span in quote.content for index in parsed.tokens(span)}
    narration = [
        token for token in parsed.doc if token.i not in in_quotes and token.is_alpha and not parsed.is_quoted(token)
    ]
    return len(in_bare) >= len(narration) or _has_first_person(narration)


def _is_title(parsed: ParsedText, quote: Attribution, lexicon: ReportingLexicon, settings: ExtractionSettings) -> bool:
    main = find_main_word(parsed, quote.cue, lexicon)
    if main is not None and not quote.source and _names_work(main, lexicon):
        # "A film called “Dead Air,” ...": the comma belongs to the sentence.
        return all(_is_title_in_sentence(parsed, span, settings, has_title_case) for span in quote.content)
    may_be_title = not quote.cue or (main is not None and find_lemma(main, lexicon) in lexicon.performing)
    return may_be_title and all(_is_title_in_sentence(parsed, span, settings, is_title) for span in quote.content)


def _names_work(word: Token, lexicon: ReportingLexicon) -> bool:
    """Whether a participle says what something is called, and not by whom."""
    is_participle = word.tag_ == "VBN" and find_lemma(word, lexicon) in lexicon.titling
    return is_participle and not any(child.dep_ == "agent" for child in near_children(word))


def _is_title_in_sentence(
    parsed: ParsedText,
    span: TextSpan,
    settings: ExtractionSettings,
    is_written_so: Callable[[ParsedText, QuotedPassage, ExtractionSettings], bool],
) -> bool:
    """Whether the span is a passage that is written as titles are, with words before it in its sentence."""
    tokens = parsed.token_range(span)
    positions = parsed.passages_in(tokens)
    if len(positions) != 1:
        return False
    passage = parsed.passages[positions[0]]
    start = passage.tokens.start
    before = parsed.doc[start - 1] if start else None
    follows = before is not None and not before.is_space and before.text not in _BEFORE_SENTENCE
    return follows and passage.span == span and is_written_so(parsed, passage, settings)
