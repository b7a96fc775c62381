"""Clauses that the narrator puts into reported words: "Nobody, Roe says, ever came", “It stays”—he bent—“here.”."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import attrs
from attrs import frozen
from spacy.tokens import Token

from quotesmith.extraction.acts import find_lemma
from quotesmith.extraction.attributions import Attribution, overlaps_any
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import Frame, ReportingLexicon
from quotesmith.marks import DASHES
from quotesmith.parsed_text import ParsedText, QuotedPassage, TokenRange
from quotesmith.records import Act, TextSpan

_TENSED_TAGS: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUN_TAGS: Final = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP"})
_NAME_TAGS: Final = _NOUN_TAGS | {"DT", "PDT", "JJ", "JJR", "JJS", "PRP$", "POS", "CD", "FW", "IN", "VBG", "VBN"}
_ADVERB_TAGS: Final = frozenset({"RB", "RBR", "RP"})
# Small models take a verb at the end of an inserted clause for a noun: "Miss Okoro remembers".
_VERB_TAGS: Final = frozenset({"VBD", "VBZ", "VBP", "VBN", "VB", "NNS", "NN"})
_OBJECT_CASE: Final = "Case=Acc"
_LONG_DASHES: Final = frozenset(DASHES)
_STOP_INSIDE: Final = re.compile(r"[.!?…]\s")


@frozen
class InsertedClause:
    """A clause of nothing but who says it and the verb: "says ferryman Jock Tait", "Roe points out".

    Attributes:
        verb: The reporting verb.
        cue: The verb and its particle.
        source: Who says it.
        act: What the verb reports.
    """

    verb: Token
    cue: TokenRange
    source: TokenRange
    act: Act


def read_inserted_clause(
    parsed: ParsedText, tokens: TokenRange, lexicon: ReportingLexicon, settings: ExtractionSettings
) -> InsertedClause | None:
    """The inserted clause that the tokens are; None where they are anything else.

    Args:
        parsed: The text; its Doc has tags and lemmas.
        tokens: What stands between two commas, dashes or stops.
        lexicon: The reporting words.
        settings: The thresholds.
    """
    words = [token for token in parsed.doc_span(tokens) if not (token.is_space or token.is_punct)]
    if not 1 < len(words) <= settings.max_inserted_tokens:
        return None
    named = _behind_phrase(words, lexicon)
    if named and _is_name(named):
        return InsertedClause(words[0], TokenRange(words[0].i, named[0].i), _range(named), Act.SPEECH)
    act = _reported_act(words[0], lexicon)
    if act is not None and words[0].tag_ not in _NOUN_TAGS and _is_name(_name_behind(words)):
        name = _name_behind(words)
        return InsertedClause(words[0], TokenRange(words[0].i, words[0].i + 1), _range(name), act)
    for position in range(1, len(words)):
        verb = words[position]
        act = _reported_act(verb, lexicon)
        name = [word for word in words[:position] if word.tag_ not in _ADVERB_TAGS]
        if act is not None and _is_name(name) and _is_tail(words[position + 1 :], verb):
            end = position + 1
            while end < len(words) and words[end].tag_ == "RP":
                end += 1
            return InsertedClause(verb, TokenRange(verb.i, words[end - 1].i + 1), _range(name), act)
    return None


def _behind_phrase(words: Sequence[Token], lexicon: ReportingLexicon) -> Sequence[Token]:
    """The words behind "according to"; none where it doesn't open the clause."""
    opening = tuple(word.lower_ for word in words)
    size = next((len(phrase) for phrase in lexicon.nested_source_phrases if opening[: len(phrase)] == phrase), 0)
    return words[size:] if size else ()


def _reported_act(word: Token, lexicon: ReportingLexicon) -> Act | None:
    if word.tag_ not in _VERB_TAGS:
        return None
    lemma = find_lemma(word, lexicon)
    return Act.SPEECH if lemma in lexicon.manner else lexicon.act(lemma, Frame.CLAUSE)


def _name_behind(words: Sequence[Token]) -> list[Token]:
    """The noun phrase behind the verb that opens the clause, without what a preposition adds but "of"."""
    name: list[Token] = []
    for word in words[1:]:
        if word.tag_ in {"IN", "TO"} and name and word.lower_ != "of":
            break
        if word.tag_ in _ADVERB_TAGS and not _is_capitalized(word):
            break
        name.append(word)
    return name


def _is_name(words: Sequence[Token]) -> bool:
    """Whether the words are a noun phrase that may be a subject."""
    tags = [_tag(word) for word in words]
    if not tags or tags[0] in {"IN", "VBG", "VBN", "POS"} or any(tag not in _NAME_TAGS for tag in tags):
        return False
    if words[0].tag_ == "PRP":
        return len(words) == 1 and _OBJECT_CASE not in str(words[0].morph)
    is_time = all(word.ent_type_ in {"DATE", "TIME"} for word in words)
    return not is_time and tags[-1] in _NOUN_TAGS | {"CD", "DT", "JJ", "JJS"} and not _NOUN_TAGS.isdisjoint(tags)


def _tag(word: Token) -> str:
    """The word's tag; of a word with a capital that is no noun to a small model, that of a name."""
    return "NNP" if _is_capitalized(word) and word.tag_ not in _NAME_TAGS - {"IN", "VBG", "VBN", "JJ"} else word.tag_


def _is_capitalized(word: Token) -> bool:
    return word.text[:1].isupper()


def _has_noun(words: Sequence[Token]) -> bool:
    return any(word.tag_ in _NOUN_TAGS for word in words)


def _is_tail(words: Sequence[Token], verb: Token) -> bool:
    """Whether the words behind the verb of a clause only say how, where or to whom."""
    if not words:
        return True
    if verb.tag_ in _NOUN_TAGS or any(word.tag_ in _TENSED_TAGS | {"TO", "WP", "WDT", "WRB"} for word in words):
        return False
    return words[0].tag_ in _ADVERB_TAGS | {"IN"}


def _range(words: Sequence[Token]) -> TokenRange:
    return TokenRange(words[0].i, words[-1].i + 1)


# Indirect reports


def complete_interrupted(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
) -> list[Attribution]:
    """The attributions; what a clause between commas reports has its subject in front of it and the rest behind.

    "Nobody, Roe points out, has ever applied": tags often leave out the one or the other, and so lose the quote.
    Linear in the text: each pair of commas is looked at once.

    Args:
        parsed: The text; its Doc has tags, lemmas and sentences.
        quotes: Attributions of the outermost level.
        lexicon: The reporting words.
        settings: The thresholds.
    """
    found = list(quotes)
    owners = {
        index: position for position, quote in enumerate(found) for span in quote.cue for index in parsed.tokens(span)
    }
    for clause, pieces in _iter_interrupted(parsed, lexicon, settings):
        position = owners.get(clause.verb.i)
        if position is None:
            found.append(
                Attribution(
                    content=pieces,
                    cue=(parsed.span(clause.cue.start, clause.cue.end),),
                    source=(parsed.span(clause.source.start, clause.source.end),),
                    act=clause.act,
                    score=settings.clause_score,
                    rule="clause",
                )
            )
        else:
            found[position] = _completed(parsed, found[position], clause, pieces)
    return found


def _completed(
    parsed: ParsedText, quote: Attribution, clause: InsertedClause, pieces: tuple[TextSpan, TextSpan]
) -> Attribution:
    before, after = pieces
    whole = TextSpan(before.start, after.end)
    inside = [span for span in quote.content if span.overlaps(whole)]
    # The tags know better where it ends, if they saw it begin.
    end = max((span.end for span in inside if span.end > after.start), default=after.end)
    others = [span for span in quote.content if not span.overlaps(whole)]
    source = (parsed.span(clause.source.start, clause.source.end),)
    return attrs.evolve(
        quote,
        content=tuple(sorted([*others, before, TextSpan(after.start, end)])),
        source=quote.source if any(span.overlaps(source[0]) for span in quote.source) else source,
    )


def _iter_interrupted(
    parsed: ParsedText, lexicon: ReportingLexicon, settings: ExtractionSettings
) -> Iterator[tuple[InsertedClause, tuple[TextSpan, TextSpan]]]:
    doc = parsed.doc
    commas = [token.i for token in doc if token.text == "," and not parsed.is_quoted(token)]
    for first, second in pairwise(commas):
        sentence = parsed.bounds(first)
        if second not in sentence or second - first > 2 * settings.max_inserted_tokens:
            continue
        before, after = _trimmed(parsed, sentence.start, first), _trimmed(parsed, second + 1, sentence.end)
        if not (_is_subject(parsed, before) and _goes_on(parsed, after)):
            continue
        clause = read_inserted_clause(parsed, TokenRange(first + 1, second), lexicon, settings)
        if clause is not None:
            yield clause, (parsed.span(before.start, before.end), parsed.span(after.start, after.end))


def _trimmed(parsed: ParsedText, start: int, end: int) -> TokenRange:
    """The tokens without white space, stops and joining words at the edges."""
    doc = parsed.doc
    while start < end and (doc[start].is_space or doc[start].text in DASHES or doc[start].tag_ == "CC"):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in {".", "!", "?"}):
        end -= 1
    return TokenRange(start, end)


def _is_subject(parsed: ParsedText, tokens: TokenRange) -> bool:
    """Whether a noun phrase stands before the clause and no verb of its own."""
    words = list(parsed.doc_span(tokens))
    if not words or words[0].tag_ in {"IN", "TO", "RB", "WRB", "VBG", "VBN", "UH"} or not _has_noun(words):
        return False
    is_time = all(word.ent_type_ in {"DATE", "TIME"} for word in words)
    return not is_time and not any(word.tag_ in _TENSED_TAGS | {"VB"} or parsed.is_quoted(word) for word in words)


def _goes_on(parsed: ParsedText, tokens: TokenRange) -> bool:
    """Whether a verb without a subject stands right behind the clause."""
    word = next((word for word in parsed.doc_span(tokens) if word.tag_ not in _ADVERB_TAGS), None)
    return word is not None and word.pos_ in {"VERB", "AUX"} and word.tag_ not in {"VBG", "VB"}


# Quoted speech


def join_interrupted_speech(
    parsed: ParsedText, quotes: Sequence[Attribution], lexicon: ReportingLexicon
) -> list[Attribution]:
    """The attributions; two passages with nothing but narration in dashes between them are one quote.

    “I would have come,”—Roe looked at his boots—“but the road was gone.”: by the one who acts in between, where no cue
    says otherwise. Linear in the text.

    Args:
        parsed: The text; its Doc has tags.
        quotes: Attributions of the outermost level.
        lexicon: The reporting words.
    """
    starts = sorted((span.start, position) for position, quote in enumerate(quotes) for span in quote.content)
    joined_to: dict[int, int] = {}
    chains: list[tuple[int, _Interrupted]] = []
    for chain in _iter_chains(parsed, starts):
        owners = [_root(joined_to, owner) for owner in _owners(starts, chain.extent)]
        kept = min(owners)
        joined_to.update({owner: kept for owner in owners if owner != kept})
        chains.append((kept, chain))
    chains_of: defaultdict[int, list[_Interrupted]] = defaultdict(list)
    for owner, chain in chains:
        chains_of[_root(joined_to, owner)].append(chain)
    parts_of: defaultdict[int, list[Attribution]] = defaultdict(list)
    for position, quote in enumerate(quotes):
        parts_of[_root(joined_to, position)].append(quote)
    return [
        _joined_around(parsed, parts, chains_of[kept], lexicon) if kept in chains_of else parts[0]
        for kept, parts in parts_of.items()
    ]


@frozen
class _Interrupted:
    """Passages of one paragraph, and the narration in dashes between each and the next."""

    passages: Sequence[TextSpan]
    narrations: Sequence[TextSpan]

    @property
    def extent(self) -> TextSpan:
        return TextSpan(self.passages[0].start, self.passages[-1].end)


def _iter_chains(parsed: ParsedText, starts: Sequence[tuple[int, int]]) -> Iterator[_Interrupted]:
    """The interrupted passages in order, as far as attributions have content in each two that are neighbours."""
    passages: list[TextSpan] = []
    narrations: list[TextSpan] = []
    for first, second in pairwise(parsed.passages):
        narration = _narration_between(parsed, first, second)
        whole = TextSpan(first.span.start, second.span.end)
        if narration is None or next(_owners(starts, whole), None) is None:
            if narrations:
                yield _Interrupted(passages, narrations)
            passages, narrations = [], []
            continue
        if not narrations:
            passages.append(first.span)
        passages.append(second.span)
        narrations.append(narration)
    if narrations:
        yield _Interrupted(passages, narrations)


def _root(joined_to: dict[int, int], owner: int) -> int:
    root = owner
    while root in joined_to:
        root = joined_to[root]
    while owner != root:
        following = joined_to[owner]
        joined_to[owner] = root
        owner = following
    return root


def _owners(starts: Sequence[tuple[int, int]], whole: TextSpan) -> Iterator[int]:
    """The positions of the attributions with content that begins in the span."""
    for index in range(bisect_left(starts, (whole.start, -1)), len(starts)):
        start, position = starts[index]
        if start >= whole.end:
            return
        yield position


def _narration_between(parsed: ParsedText, first: QuotedPassage, second: QuotedPassage) -> TextSpan | None:
    """The words between two passages of one paragraph that dashes set off, outside of the marks or inside."""
    if first.paragraph != second.paragraph or first.inner_span is None or second.inner_span is None:
        return None
    gap = TextSpan(first.span.end, second.span.start) if first.span.end < second.span.start else None
    words = None if gap is None else gap.stripped(parsed.text)
    if words is None:
        return None
    text = words.of(parsed.text)
    inner = text.strip(DASHES + " \u00a0")
    outside = text[0] in DASHES and text[-1] in DASHES
    inside = first.inner_span.of(parsed.text).rstrip()[-1:] in _LONG_DASHES and (
        second.inner_span.of(parsed.text).lstrip()[:1] in _LONG_DASHES
    )
    if not (outside or inside) or not any(map(str.isalpha, inner)) or _STOP_INSIDE.search(inner):
        return None
    start = words.start + text.index(inner)
    return TextSpan(start, start + len(inner))


def _joined_around(
    parsed: ParsedText, parts: Sequence[Attribution], chains: Sequence[_Interrupted], lexicon: ReportingLexicon
) -> Attribution:
    extents = [chain.extent for chain in chains]
    others = (span for part in parts for span in part.content if not overlaps_any(span, extents))
    content = tuple(sorted({*others, *(passage for chain in chains for passage in chain.passages)}))
    cued = [part for part in parts if part.cue and part.cue[0].of(parsed.text).strip(DASHES + " ")]
    # A verb in the narration reports ("he asked"), or is what the tags took for one.
    outside = [part for part in cued if not overlaps_any(part.cue[0], extents)]
    main = next(iter((*outside, *cued)), parts[0])
    narrations = [narration for chain in chains for narration in chain.narrations]
    cue = main.cue[:1] if cued else ()
    with_cue = [narration for narration in narrations if any(span.overlaps(narration) for span in cue)]
    sources = (_acting(parsed, narration) for narration in with_cue or narrations)
    source = next((words for words in sources if words is not None), None)
    if outside or source is None:
        return attrs.evolve(main, content=content)
    reports = any(_reported_act(word, lexicon) is not None for word in parsed.words(main.cue))
    return attrs.evolve(main, content=content, cue=main.cue if reports else (), source=(source,))


def _acting(parsed: ParsedText, narration: TextSpan) -> TextSpan | None:
    """The words before the first verb of the narration: who acts."""
    words = parsed.words((narration,))
    verb = next((position for position, word in enumerate(words) if word.tag_ in _TENSED_TAGS), 0)
    name = [word for word in words[:verb] if word.tag_ not in _ADVERB_TAGS or _is_capitalized(word)]
    return parsed.span(name[0].i, name[-1].i + 1) if _is_name(name) else None
