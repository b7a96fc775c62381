"""Which quoted passage belongs to which cue, by where both stand in the paragraph."""

from collections.abc import Sequence

from attrs import define, field
from spacy.tokens import Token

from quotesmith.extraction.acts import find_lemma
from quotesmith.extraction.rules.clauses import find_cue, find_source, find_subject
from quotesmith.extraction.rules.drafts import Draft, claim
from quotesmith.extraction.rules.inline_labels import find_inline_label
from quotesmith.extraction.rules.passages import Gap, find_gaps, first_part, is_title, last_part
from quotesmith.extraction.rules.phrases import draft_of_label
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import Frame, ReportingLexicon
from quotesmith.parsed_text import ParsedText, QuotedPassage, TokenRange
from quotesmith.records import Act

_DASHES = frozenset({"—", "–", "-"})
_SENTENCE_STOPS = frozenset({".", "?", "!", "…"})
_CLOSABLE = frozenset({",", "?", "!", "…", ".", *_DASHES})
_MODIFYING = frozenset({"relcl", "acl", "amod", "aux", "auxpass"})
# After a quotation the parser takes "said" for a modifier of its subject: '..., said Mr. Xi'.
_INVERTED = frozenset({("VBD", "amod"), ("VBD", "aux"), ("VBD", "acl")})
_CONTENT_OBJECTS = frozenset({"ccomp", "dobj", "xcomp"})
_NAME_PARTS = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ"})
_NOUNS = frozenset({"PROPN", "NOUN", "PRON"})
_SPEAKING = (Frame.CLAUSE, Frame.NOMINAL, Frame.INFINITIVE)


@define
class _Assigned:
    """The drafts so far.

    Attributes:
        drafts: By the token of the verb or colon.
        owner: By the position of each passage that has one.
    """

    drafts: dict[int, Draft] = field(factory=dict)
    owner: dict[int, Draft] = field(factory=dict)


def assign_passages(parsed: ParsedText, lexicon: ReportingLexicon, settings: ExtractionSettings) -> dict[int, Draft]:
    """Drafts by the token of their reporting verb (or colon), each with the passages that its clause brings.

    A clause right after a passage closes it ("...," he said); else one right before introduces it
    (He said: "..."); a clause between two does both; a passage right after the sentence of such a clause goes
    on with it.
    """
    gaps = list(find_gaps(parsed))
    found = _Assigned()
    owner = found.owner
    # A colon leaves no doubt: He said: "No." She left.
    with_colon = [gap for gap in gaps if _ends_with_colon(parsed, gap, settings)]
    _introduce_passages(parsed, with_colon, lexicon, settings, found)
    _close_passages(parsed, gaps, lexicon, settings, found)
    _introduce_passages(parsed, gaps, lexicon, settings, found)
    for gap in gaps:
        if gap.before in owner and gap.after is not None and gap.after not in owner:
            draft = owner[gap.before]
            if not parsed.has_words(gap.tokens) or _is_cue_clause(parsed, gap, draft, settings):
                claim(owner, draft, gap.after)
    for gap in reversed(gaps):
        if gap.before is None or gap.before in owner or gap.after not in owner:
            continue
        if not parsed.has_words(gap.tokens):
            claim(owner, owner[gap.after], gap.before)
    return found.drafts


def _close_passages(
    parsed: ParsedText,
    gaps: Sequence[Gap],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
    found: _Assigned,
) -> None:
    gap_before = {gap.after: gap for gap in gaps}
    for gap in gaps:
        if gap.before is None or gap.before in found.owner:
            continue
        verb = _closing_verb(parsed, gap, parsed.passages[gap.before], lexicon, settings)
        if verb is None:
            continue
        source = find_source(parsed, verb, settings) or _adjacent_source(parsed, verb, gap, settings)
        draft = found.drafts.setdefault(verb.i, _verb_draft(parsed, verb, source, lexicon))
        draft.pieces.extend(_lead(parsed, gap_before.get(gap.before), lexicon, settings))
        claim(found.owner, draft, gap.before)


def _ends_with_colon(parsed: ParsedText, gap: Gap, settings: ExtractionSettings) -> bool:
    words = [word for word in parsed.doc_span(last_part(parsed, gap.tokens, settings)) if not word.is_space]
    return bool(words) and words[-1].text == ":"


def _introduce_passages(
    parsed: ParsedText,
    gaps: Sequence[Gap],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
    found: _Assigned,
) -> None:
    for gap in gaps:
        if gap.after is None or gap.after in found.owner:
            continue
        verb = _introducing_verb(parsed, gap, lexicon, settings)
        if verb is not None:
            source = find_source(parsed, verb, settings)
            draft = found.drafts.setdefault(verb.i, _verb_draft(parsed, verb, source, lexicon))
            claim(found.owner, draft, gap.after)
            continue
        label = find_inline_label(parsed, last_part(parsed, gap.tokens, settings), settings)
        if label is not None:
            draft = found.drafts[gap.tokens.end - 1] = draft_of_label(label)
            claim(found.owner, draft, gap.after)


def _verb_draft(parsed: ParsedText, verb: Token, source: TokenRange | None, lexicon: ReportingLexicon) -> Draft:
    acts = (lexicon.act(find_lemma(verb, lexicon), frame) for frame in _SPEAKING)
    act = next((act for act in acts if act is not None), Act.SPEECH)
    return Draft(rule="quotation", act=act, cue=find_cue(parsed, verb), source=source)


def _lead(
    parsed: ParsedText, gap: Gap | None, lexicon: ReportingLexicon, settings: ExtractionSettings
) -> list[TokenRange]:
    """The start of the sentence that a closed passage ends, from the gap before it: The talks “went well”."""
    if gap is None or _introducing_verb(parsed, gap, lexicon, settings) is not None:
        return []
    part = last_part(parsed, gap.tokens, settings)
    if part.start <= gap.tokens.start and gap.before is not None:
        return []
    words = [word for word in parsed.doc_span(part) if word.is_alpha]
    if not words or parsed.doc[part.end - 1].is_punct:
        return []
    if any(_reports(word, lexicon) or _opens_nested_source(word, lexicon) for word in words):
        return []
    return [part]


def _closing_verb(
    parsed: ParsedText, gap: Gap, passage: QuotedPassage, lexicon: ReportingLexicon, settings: ExtractionSettings
) -> Token | None:
    """The verb of the clause after the passage that closes it: "...," said Xi in Beijing."""
    part = first_part(parsed, gap.tokens, settings)
    words = list(parsed.doc_span(part))
    ending = parsed.ending(passage)
    opening = next((word for word in words if word.is_alpha), None)
    if opening is None or opening.pos_ in {"CCONJ", "SCONJ"} or _starts_sentence(words, opening, ending):
        return None
    if ending not in _CLOSABLE and words[0].text not in {",", *_DASHES}:
        return None
    verbs = [word for word in words if _is_main_verb(parsed, word, lexicon) and _may_close(parsed, word)]
    known = [verb for verb in verbs if _quotes(verb, lexicon)]
    if ending == "." and words[0].text != ",":
        # '... peace." Xi said so.': a new sentence, unless it is a bare cue clause.
        bare = (verb for verb in known if not _has_object(parsed, verb))
        is_bare = opening.pos_ in {"PROPN", "PRON", "VERB"} and len(part) <= settings.max_cue_tail_tokens
        return next(bare, None) if is_bare else None
    if known or ending != "," or len(part) > settings.max_cue_tail_tokens:
        return next(iter(known), None)
    # Any verb may report right after a passage that a comma ends, if its subject is there: "Go," she smiled.
    subjects = ((verb, find_subject(parsed, verb)) for verb in verbs)
    return next((verb for verb, subject in subjects if subject is not None and subject.i in part), None)


def _starts_sentence(words: Sequence[Token], opening: Token, ending: str) -> bool:
    """Whether the words after a passage are a sentence of their own.

    '“Go.” He said: “No.”' has the cue of what comes next; '“Why?” He sighed.' is new, '“Why?” he asked.' is not.
    """
    if ending == "," or words[0].text == "," or not opening.text[0].isupper():
        return False
    return words[-1].text == ":" or (ending in _SENTENCE_STOPS and opening.pos_ in {"PRON", "DET"})


def _may_close(parsed: ParsedText, verb: Token) -> bool:
    """Not "..., adding that" nor '... did not respond': they say no more of the passage before."""
    is_negated = any(child.dep_ == "neg" for child in parsed.children(verb))
    return not is_negated and (verb.tag_ != "VBG" or find_subject(parsed, verb) is not None)


def _has_object(parsed: ParsedText, verb: Token) -> bool:
    return any(child.dep_ in _CONTENT_OBJECTS and child.i > verb.i for child in parsed.children(verb))


def _introducing_verb(
    parsed: ParsedText, gap: Gap, lexicon: ReportingLexicon, settings: ExtractionSettings
) -> Token | None:
    """The verb of the clause that introduces the passage after the gap: He told reporters: "..."."""
    words = [word for word in parsed.doc_span(last_part(parsed, gap.tokens, settings)) if not word.is_space]
    verbs = [word for word in words if _is_main_verb(parsed, word, lexicon) and _reports(word, lexicon)]
    if not verbs or gap.after is None:
        return None
    verb = verbs[-1]
    tail = [word for word in words if word.i > verb.i and not word.is_punct]
    if words[-1].text in {",", ":"}:
        return verb if len(tail) <= settings.max_cue_tail_tokens else None
    links = len(tail) == 0 or (len(tail) == 1 and tail[0].lower_ in lexicon.links)
    # 'He called the plan "a great day for us".'
    links = links or (find_lemma(verb, lexicon) in lexicon.naming and len(tail) <= settings.max_naming_tail_tokens)
    return verb if links and _may_be_said(parsed, parsed.passages[gap.after], settings) else None


def _may_be_said(parsed: ParsedText, passage: QuotedPassage, settings: ExtractionSettings) -> bool:
    """Whether the words may be somebody's own: several, or a sentence's start, but no term."""
    words = [word for word in parsed.doc_span(passage.inner) if word.is_alpha]
    if is_title(parsed, passage, settings):
        return False
    return len(words) > settings.max_term_words or any(word.is_title or word.is_upper for word in words[:1])


def _is_cue_clause(parsed: ParsedText, gap: Gap, draft: Draft, settings: ExtractionSettings) -> bool:
    """Whether the gap holds one sentence, and in it the draft's cue."""
    if draft.cue is None or draft.cue.start not in gap.tokens:
        return False
    rest = TokenRange(first_part(parsed, gap.tokens, settings).end + 1, gap.tokens.end)
    return not parsed.has_words(rest)


def _is_main_verb(parsed: ParsedText, token: Token, lexicon: ReportingLexicon) -> bool:
    """A verb that may head a cue clause; not the "according" of "according to", nor a bare participle."""
    if token.pos_ != "VERB" or parsed.is_quoted(token) or _opens_nested_source(token, lexicon):
        return False
    return token.dep_ not in _MODIFYING or token.tag_ in {"VBZ", "VBP", "VBG"} or (token.tag_, token.dep_) in _INVERTED


def _opens_nested_source(word: Token, lexicon: ReportingLexicon) -> bool:
    """Whether the phrase before a nested source begins like that: "according"."""
    return any(word.lower_ == phrase[0] for phrase in lexicon.nested_source_phrases)


def _quotes(verb: Token, lexicon: ReportingLexicon) -> bool:
    """Whether the verb takes a quotation."""
    lemma = find_lemma(verb, lexicon)
    return lemma in lexicon.manner or lexicon.act(lemma, Frame.CLAUSE) is not None


def _reports(verb: Token, lexicon: ReportingLexicon) -> bool:
    lemma = find_lemma(verb, lexicon)
    return lemma in lexicon.manner or any(lexicon.act(lemma, frame) is not None for frame in _SPEAKING)


def _adjacent_source(parsed: ParsedText, verb: Token, gap: Gap, settings: ExtractionSettings) -> TokenRange | None:
    """The noun phrase beside a closing verb that has no subject in the parse: ", said Xi Jinping"."""
    doc = parsed.doc
    start = next((i for i in range(gap.tokens.start, verb.i) if doc[i].is_alpha), verb.i)
    end = next((i + 1 for i in range(verb.i - 1, start - 1, -1) if doc[i].is_alpha), start)
    names = [word for word in doc[start:end] if word.is_alpha]
    is_name = bool(names) and all(word.text[0].isupper() for word in names)
    if is_name or (any(word.pos_ in _NOUNS for word in names) and not any(word.pos_ == "VERB" for word in names)):
        return TokenRange(start, end)
    reach = min(gap.tokens.end, verb.i + settings.max_cue_tail_tokens)
    # "said yesterday Mr. Xi"
    start = next(
        (
            i
            for i in range(verb.i + 1, min(reach, verb.i + 2 + settings.max_adverb_tokens))
            if doc[i].pos_ in _NAME_PARTS
        ),
        reach,
    )
    end = next((i for i in range(start, reach) if doc[i].pos_ not in _NAME_PARTS), reach)
    return TokenRange(start, end) if any(word.pos_ in _NOUNS for word in doc[start:end]) else None
