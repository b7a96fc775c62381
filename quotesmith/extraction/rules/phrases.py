"""Cues that are no verb: "according to", a colon after a name, a noun ("her claim that ...")."""

from collections.abc import Iterator

from spacy.tokens import Token

from quotesmith.extraction.acts import find_lemma
from quotesmith.extraction.rules.clauses import find_noun_phrase, find_source, last_clause_start
from quotesmith.extraction.rules.drafts import Draft
from quotesmith.extraction.rules.inline_labels import find_labelled_paragraphs
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import Frame, ReportingLexicon
from quotesmith.parsed_text import ParsedText, TokenRange

_PREPOSITION_OBJECTS = frozenset({"pobj", "pcomp"})
_CLAUSES = frozenset({"acl", "ccomp"})


def find_nested_sources(parsed: ParsedText, lexicon: ReportingLexicon) -> Iterator[Draft]:
    """One draft for each "according to X", its content the rest of the sentence."""
    for token in parsed.doc:
        cue = _phrase_at(parsed, token, lexicon)
        if cue is None:
            continue
        bounds = parsed.bounds(token.i)
        source = _object_of(parsed, parsed.doc[cue.end - 1]).within(bounds)
        if len(source) == 0:
            continue
        before = TokenRange(last_clause_start(parsed, bounds.start, token.i), token.i)
        after = TokenRange(source.end, bounds.end)
        is_split = not _is_clause(parsed, before) or _goes_on(parsed, after)
        pieces = [before, after] if is_split else [before]
        yield Draft(
            rule="according-to",
            cue=cue,
            source=source,
            pieces=[piece for piece in pieces if _has_content(parsed, piece)],
        )


def _phrase_at(parsed: ParsedText, token: Token, lexicon: ReportingLexicon) -> TokenRange | None:
    """The tokens of the phrase before a nested source that begins at the token; None where none does."""
    for phrase in lexicon.nested_source_phrases:
        if token.lower_ == phrase[0]:
            end = token.i + len(phrase)
            if tuple(word.lower_ for word in parsed.doc[token.i : end]) == phrase:
                return TokenRange(token.i, end)
    return None


def _object_of(parsed: ParsedText, preposition: Token) -> TokenRange:
    """The noun phrase after the preposition; empty where there is none."""
    start = preposition.i + 1
    ends = [child.right_edge.i + 1 for child in parsed.children(preposition) if child.dep_ in _PREPOSITION_OBJECTS]
    return _without_tail(parsed, TokenRange(start, max(start, ends[0]) if ends else start))


def _is_clause(parsed: ParsedText, tokens: TokenRange) -> bool:
    """Whether the tokens say something by themselves, unlike "In March" before ", according to X, he won"."""
    return any(word.pos_ in {"VERB", "AUX"} for word in parsed.doc_span(tokens))


def _has_content(parsed: ParsedText, tokens: TokenRange) -> bool:
    """Whether there is more than the "But" that opens a sentence."""
    return any(word.is_alpha and word.pos_ != "CCONJ" for word in parsed.doc_span(tokens))


def _goes_on(parsed: ParsedText, tokens: TokenRange) -> bool:
    """Whether the sentence goes on after a comment in its midst: "the law, according to X, was passed"."""
    words = [word for word in parsed.doc_span(tokens) if not word.is_space]
    return len(words) > 1 and words[0].text == "," and words[1].pos_ in {"AUX", "VERB"}


def find_labels(parsed: ParsedText, settings: ExtractionSettings) -> Iterator[Draft]:
    """One draft for each paragraph that a name and a colon open, as in transcripts: PENCE: We will."""
    for label, content in find_labelled_paragraphs(parsed, settings):
        draft = draft_of_label(label)
        draft.pieces.append(content)
        yield draft


def draft_of_label(label: TokenRange) -> Draft:
    """A draft without content, its source the name before a colon."""
    return Draft(rule="label", cue=TokenRange(label.end, label.end + 1), source=label)


def _without_tail(parsed: ParsedText, tokens: TokenRange) -> TokenRange:
    """Without white space and punctuation outside of passages at the end."""
    end = tokens.end
    while end > tokens.start and (parsed.doc[end - 1].is_punct or parsed.doc[end - 1].is_space):
        end -= 1
    return TokenRange(tokens.start, end)


def find_noun_reports(parsed: ParsedText, lexicon: ReportingLexicon, settings: ExtractionSettings) -> Iterator[Draft]:
    """One draft for each reporting noun that a "that" clause explains."""
    for noun in parsed.doc:
        act = lexicon.nouns.get(find_lemma(noun, lexicon)) if noun.pos_ == "NOUN" else None
        clause = None if act is None or _is_beside_verb(noun, lexicon) else _that_clause(parsed, noun, lexicon)
        if act is None or clause is None:
            continue
        content = TokenRange(clause.left_edge.i, clause.right_edge.i + 1).within(parsed.bounds(noun.i))
        yield Draft(
            rule="noun",
            act=act,
            cue=TokenRange(noun.i, noun.i + 1),
            source=_find_holder(parsed, noun, content.start, lexicon, settings),
            pieces=[content],
        )


def _is_beside_verb(noun: Token, lexicon: ReportingLexicon) -> bool:
    """Whether a verb reports what the noun would: "said in a statement that ..."."""
    verb = noun.head.head
    return noun.dep_ == "pobj" and lexicon.act(find_lemma(verb, lexicon), Frame.CLAUSE) is not None


def _that_clause(parsed: ParsedText, noun: Token, lexicon: ReportingLexicon) -> Token | None:
    for child in parsed.children(noun):
        if child.dep_ in _CLAUSES and child.left_edge.i > noun.i:
            marks = (part for part in parsed.children(child) if part.dep_ == "mark")
            if any(mark.lower_ in lexicon.complementizers for mark in marks):
                return child
    return None


def _find_holder(
    parsed: ParsedText, noun: Token, end: int, lexicon: ReportingLexicon, settings: ExtractionSettings
) -> TokenRange | None:
    """Whose claim it is: "her claim", "complaints from teachers", or who voices it."""
    for child in parsed.children(noun):
        if child.dep_ == "poss":
            return find_noun_phrase(parsed, child, noun, settings)
        if child.lower_ in lexicon.holders and noun.i < child.i < end:
            for holder in parsed.children(child):
                if holder.dep_ == "pobj":
                    return find_noun_phrase(parsed, holder, noun, settings)
    is_voiced = noun.dep_ == "dobj" and noun.head.pos_ == "VERB"
    return find_source(parsed, noun.head, settings) if is_voiced else None
