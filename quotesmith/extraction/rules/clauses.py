"""The grammar of a reporting verb: its cue, its content, and the words that name who speaks."""

from attrs import frozen
from spacy.tokens import Doc, Token

from quotesmith.extraction.acts import find_lemma
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import Frame, ReportingLexicon
from quotesmith.parsed_text import OUTSIDE_PASSAGES, ParsedText, TokenRange
from quotesmith.records import Act

_CUE_PARTS = frozenset({"aux", "auxpass", "neg", "prt"})
_TAIL = frozenset({"prep", "oprd", "xcomp", "ccomp", "attr", "acomp", "dobj", "advcl"})
_NAMES = frozenset({"oprd", "ccomp", "xcomp", "acomp", "attr"})
_COMMENT = frozenset({"parataxis", "advcl"})
_COMMENT_PARTS = frozenset({"mark", "nsubj", "aux", "neg", "advmod", "dative", "dobj", "prep", "npadvmod", "prt"})
# Keeps work linear in the text.
_COMMENT_BOUND = 40
_Pieces = tuple[TokenRange, ...]
_Found = tuple[Act | None, _Pieces]
_NOTHING: _Found = (None, ())
_ACTIVE_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_DEPENDENT = frozenset({"conj", "xcomp", "advcl", "aux", "pcomp", "prep", "acl", "relcl", "dep", "acomp"})
_BARE = frozenset({"advcl", "acl"})
_RELATIVE_TAGS = frozenset({"WP", "WDT", "WRB", "WP$"})
# Keeps work linear in the text: longer chains of conjoined verbs are lists, not clauses.
_CLIMB_BOUND = 8


@frozen
class Content:
    """What the grammar gives as content of a verb: token ranges in order, its act, and how it was found."""

    pieces: _Pieces
    act: Act
    frame: Frame


def find_cue(parsed: ParsedText, verb: Token) -> TokenRange:
    """The verb with its helpers and particle: "has not said", "pointed out"."""
    start = end = verb.i
    parts = {
        child.i
        for child in parsed.children(verb)
        if child.dep_ in _CUE_PARTS or (child.dep_ == "advmod" and abs(child.i - verb.i) == 1)
    }
    while start - 1 in parts:
        start -= 1
    while end + 1 in parts:
        end += 1
    return TokenRange(start, end + 1)


def find_content(parsed: ParsedText, verb: Token, lexicon: ReportingLexicon) -> Content | None:
    """The content that the grammar gives the verb; None where the verb reports nothing in its frame."""
    for frame, find in (
        (Frame.CLAUSE, _clause),
        (Frame.INFINITIVE, _infinitive),
        (Frame.PREPOSITIONAL, _prepositional),
        (Frame.NOMINAL, _nominal),
    ):
        act, pieces = find(parsed, verb, lexicon)
        if act is not None and pieces:
            return Content(pieces=pieces, act=act, frame=frame)
    return None


def _clause(parsed: ParsedText, verb: Token, lexicon: ReportingLexicon) -> _Found:
    act = lexicon.act(find_lemma(verb, lexicon), Frame.CLAUSE)
    if act is None:
        return _NOTHING
    clauses = [child for child in parsed.children(verb) if child.dep_ == "ccomp"]
    after = [clause for clause in clauses if clause.i > verb.i]
    if after:
        return act, _after(parsed, verb, after[0], after[-1])
    stated = _stated(parsed, verb, lexicon)
    if stated is not None:
        return act, _after(parsed, verb, stated, stated)
    if clauses:
        return act, _around(parsed, verb, clauses[0])
    if verb.dep_ in _COMMENT and _is_comment(parsed, verb):
        return act, _around(parsed, verb, verb.head)
    return _NOTHING


def _stated(parsed: ParsedText, verb: Token, lexicon: ReportingLexicon) -> Token | None:
    """The "that" clause that the parser attaches to the noun between: "said in a statement that profits fell"."""
    for preposition in _rights(parsed, verb):
        if preposition.dep_ != "prep":
            continue
        for noun in parsed.children(preposition):
            for clause in parsed.children(noun):
                is_that = clause.dep_ in {"relcl", "acl"} and clause.left_edge.lower_ in lexicon.complementizers
                if is_that and clause.left_edge.i > noun.i and find_subject(parsed, clause) is not None:
                    return clause
    return None


def _is_comment(parsed: ParsedText, verb: Token) -> bool:
    """Whether the verb's clause only comments on the one above it: "it is, he said, late", "as I say"."""
    head = verb.head
    children = parsed.children(verb)
    if head.pos_ not in {"VERB", "AUX"} or any(child.dep_ in {"dobj", "xcomp", "ccomp"} for child in children):
        return False
    if verb.dep_ == "advcl":
        # "Freddy, as he was known, ..." gives a name rather than a source.
        is_name = any(child.dep_ == "nsubjpass" for child in children)
        return not is_name and any(child.lower_ == "as" and child.dep_ == "mark" for child in children)
    return find_subject(parsed, verb) is not None


def _infinitive(parsed: ParsedText, verb: Token, lexicon: ReportingLexicon) -> _Found:
    act = lexicon.act(find_lemma(verb, lexicon), Frame.INFINITIVE)
    if act is None:
        return _NOTHING
    for child in _rights(parsed, verb):
        if child.dep_ in {"xcomp", "ccomp"} and any(
            part.tag_ == "TO" and part.i < child.i for part in parsed.children(child)
        ):
            return act, _after(parsed, verb, child, child)
    return _NOTHING


def _prepositional(parsed: ParsedText, verb: Token, lexicon: ReportingLexicon) -> _Found:
    rights = _rights(parsed, verb)
    for child in rights:
        if child.dep_ not in {"prep", "prt"}:
            continue
        act = lexicon.act(f"{find_lemma(verb, lexicon)} {child.lower_}", Frame.PREPOSITIONAL)
        last = max((part.right_edge.i for part in rights if part.dep_ in _TAIL and part.i >= child.i), default=-1)
        if act is not None and last > child.i:
            return act, _phrase(parsed, verb, child.i + 1, last + 1)
    return _NOTHING


def _nominal(parsed: ParsedText, verb: Token, lexicon: ReportingLexicon) -> _Found:
    act = lexicon.act(find_lemma(verb, lexicon), Frame.NOMINAL)
    if act is None or is_passive(parsed, verb):
        return _NOTHING
    rights = _rights(parsed, verb)
    objects = [child for child in rights if child.dep_ in {"dobj", "oprd", "ccomp"}]
    # "thanked him" says nothing of what was said.
    if not objects or all(child.pos_ == "PRON" or child.dep_ == "punct" for child in rights):
        return _NOTHING
    if find_lemma(verb, lexicon) in lexicon.naming and not any(child.dep_ in _NAMES for child in rights):
        return _NOTHING
    end = objects[0].right_edge.i + 1
    for child in rights:
        if child.i > objects[0].i and child.dep_ in _TAIL and child.left_edge.i == end:
            end = child.right_edge.i + 1
    return act, _phrase(parsed, verb, objects[0].left_edge.i, end)


def _rights(parsed: ParsedText, verb: Token) -> list[Token]:
    return [child for child in parsed.children(verb) if child.i > verb.i]


def _after(parsed: ParsedText, verb: Token, first: Token, last: Token) -> _Pieces:
    """A clause to the right of its verb, from its first word ("that") on."""
    subject = find_subject(parsed, verb)
    start = max(first.left_edge.i, verb.i + 1)
    if subject is not None and verb.i < subject.i < first.i:
        start = max(start, subject.right_edge.i + 1 if subject.right_edge.i < first.i else subject.i + 1)
    return _nonempty(TokenRange(start, last.right_edge.i + 1).within(parsed.bounds(verb.i)))


def _around(parsed: ParsedText, verb: Token, clause: Token) -> _Pieces:
    """A clause that stands before its verb, or on both sides of it."""
    bounds = parsed.bounds(verb.i)
    group = _comment_range(parsed, verb).within(bounds)
    start = min(max(clause.left_edge.i, bounds.start), bounds.end)
    if not any(token.pos_ == "VERB" for token in parsed.doc[bounds.start : start]):
        start = bounds.start
    start = last_clause_start(parsed, start, group.start)
    end = bounds.end if _is_enclosed(parsed, group) else clause.right_edge.i + 1
    return _nonempty(TokenRange(start, group.start), TokenRange(group.end, min(end, bounds.end)))


def last_clause_start(parsed: ParsedText, start: int, end: int) -> int:
    """Where the last of the clauses between semicolons begins."""
    semicolons = (i for i in range(end - 1, start - 1, -1) if parsed.doc[i].text == ";" and parsed.passage_at[i] < 0)
    return next(semicolons, start - 1) + 1


def _is_enclosed(parsed: ParsedText, group: TokenRange) -> bool:
    """Whether commas stand on both sides of a comment, and the sentence around it goes on after it."""
    doc = parsed.doc
    if group.start == 0 or group.end + 1 >= len(doc):
        return False
    goes_on = doc[group.end + 1].tag_ not in {"VBG", "WDT", "WP"}
    return doc[group.start - 1].text == "," and doc[group.end].text == "," and goes_on


def _comment_range(parsed: ParsedText, verb: Token) -> TokenRange:
    """The tokens of a comment clause: its verb, its subject and their dependents, without content."""
    start = end = verb.i
    for child in parsed.children(verb):
        if child.dep_ in _COMMENT_PARTS and abs(child.i - verb.i) < _COMMENT_BOUND:
            start, end = min(start, child.left_edge.i), max(end, child.right_edge.i)
    return TokenRange(start, end + 1)


def _phrase(parsed: ParsedText, verb: Token, start: int, end: int) -> _Pieces:
    """A noun phrase without the relative clause that a comma adds: that is the writer's."""
    tokens = TokenRange(start, end).within(parsed.bounds(verb.i))
    relative = (i for i in range(tokens.start, tokens.end - 1) if starts_relative_clause(parsed.doc, i))
    return _nonempty(TokenRange(tokens.start, next(relative, tokens.end)))


def _nonempty(*pieces: TokenRange) -> _Pieces:
    return tuple(piece for piece in pieces if len(piece) > 0)


def find_subject(parsed: ParsedText, verb: Token) -> Token | None:
    """The token that heads the verb's own subject, active or passive."""
    return next((c for c in parsed.children(verb) if c.dep_ in _ACTIVE_SUBJECTS | _PASSIVE_SUBJECTS), None)


def is_passive(parsed: ParsedText, verb: Token) -> bool:
    """Whether the verb is passive: "was told", "a plan described by Ann", "Asked about it, she ..."."""
    children = parsed.children(verb)
    bare = verb.tag_ == "VBN" and verb.dep_ in _BARE and not any(child.dep_ == "aux" for child in children)
    return bare or any(child.dep_ in _PASSIVE_SUBJECTS or child.dep_ == "auxpass" for child in children)


def find_source(parsed: ParsedText, verb: Token, settings: ExtractionSettings) -> TokenRange | None:
    """The words that name who does what `verb` reports; None where the sentence doesn't.

    Looks at the verb's subject, the agent of a passive, the noun that a participle or relative clause
    modifies, and, for conjoined and dependent verbs, the subject of the verb above.
    """
    if is_passive(parsed, verb):
        return _agent(parsed, verb, settings)
    reported = _reported_as(parsed, verb)
    if reported is not None:
        return find_noun_phrase(parsed, reported, verb, settings)
    return _find_above(parsed, verb, settings)


def _find_above(parsed: ParsedText, verb: Token, settings: ExtractionSettings) -> TokenRange | None:
    """The subject of the verb, or of one above it; the noun that it modifies."""
    current, link = verb, "conj"
    for _ in range(_CLIMB_BOUND):
        subject = find_subject(parsed, current)
        if subject is not None and parsed.passage_at[subject.i] not in {OUTSIDE_PASSAGES, parsed.passage_at[verb.i]}:
            # The parser attached the cue clause to the quoted words.
            return None
        if subject is not None:
            # "Ann was met and said ..." but not "The plan was met with anger, saying ...".
            is_met = link != "conj" and is_passive(parsed, current)
            return None if is_met else find_noun_phrase(parsed, subject, verb, settings)
        if current.dep_ not in _DEPENDENT:
            return None
        current, link = current.head, current.dep_
        if current.pos_ in {"NOUN", "PROPN", "PRON"}:
            return _modified(parsed, current, verb, settings)
    return None


def reporting_verb_above(verb: Token) -> Token | None:
    """The verb that reports somebody "as saying" what `verb` does: "quoted"; None where there is none."""
    preposition = verb.head
    is_reported = verb.tag_ == "VBG" and preposition.lower_ == "as" and preposition.dep_ == "prep"
    return preposition.head if is_reported and preposition.head.pos_ == "VERB" else None


def _reported_as(parsed: ParsedText, verb: Token) -> Token | None:
    """Whom a verb reports "as saying": its object, "quoted Ann as saying", or a passive's subject."""
    above = reporting_verb_above(verb)
    if above is None:
        return None
    if is_passive(parsed, above):
        return find_subject(parsed, above)
    objects = (child for child in parsed.children(above) if child.dep_ == "dobj" and above.i < child.i < verb.i)
    return next(objects, None)


def _agent(parsed: ParsedText, verb: Token, settings: ExtractionSettings) -> TokenRange | None:
    """Who does what a passive verb says: "by Ann"."""
    for child in parsed.children(verb):
        if child.dep_ == "agent":
            noun = next((grandchild for grandchild in parsed.children(child) if grandchild.dep_ == "pobj"), None)
            return None if noun is None else find_noun_phrase(parsed, noun, verb, settings)
    return None


def _modified(parsed: ParsedText, noun: Token, verb: Token, settings: ExtractionSettings) -> TokenRange | None:
    """The noun that a participle modifies ("a statement saying"), as far as it goes before the verb."""
    if noun.i > verb.i:
        return None
    edges = [child.right_edge.i for child in parsed.children(noun) if child.i > noun.i]
    end = max((edge for edge in edges if edge < verb.i), default=noun.i) + 1
    return _trimmed(parsed, TokenRange(noun.left_edge.i, end), verb, settings)


def find_noun_phrase(parsed: ParsedText, noun: Token, verb: Token, settings: ExtractionSettings) -> TokenRange | None:
    """The words of the noun phrase that names who speaks, on its side of the cue word; None if none is left."""
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    if start <= verb.i < end:
        # The parser attached the verb's clause to its own subject: keep the noun's side.
        start, end = (start, verb.i) if noun.i < verb.i else (verb.i + 1, end)
    return _trimmed(parsed, TokenRange(start, end), verb, settings)


def _trimmed(parsed: ParsedText, tokens: TokenRange, verb: Token, settings: ExtractionSettings) -> TokenRange | None:
    """Within the verb's sentence, without a relative clause, long quoted passages, or marks at the edges."""
    tokens = tokens.within(parsed.bounds(verb.i))
    relative = (i for i in range(tokens.start + 1, tokens.end - 1) if starts_relative_clause(parsed.doc, i))
    end = next(relative, tokens.end)
    if not parsed.is_quoted(verb):
        end = next(
            (i for i in range(tokens.start, end) if _is_long_passage(parsed, i, settings.max_nickname_tokens)), end
        )
    start = tokens.start
    while start < end and (parsed.doc[start].is_punct or parsed.doc[start].is_space):
        start += 1
    while end > start and _is_edge(parsed.doc[end - 1]):
        end -= 1
    return TokenRange(start, _title_end(parsed, start, end)) if end > start else None


def starts_relative_clause(doc: Doc, index: int) -> bool:
    """Whether the token is a comma that a relative word follows: ", who", ", where"."""
    return doc[index].text == "," and index + 1 < len(doc) and doc[index + 1].tag_ in _RELATIVE_TAGS


def _is_long_passage(parsed: ParsedText, index: int, longest: int) -> bool:
    position = parsed.passage_at[index]
    return position >= 0 and len(parsed.passages[position].tokens) > longest


def _title_end(parsed: ParsedText, start: int, end: int) -> int:
    """The end of the tokens, or of the passage in them that they break off: the author of “Emma,” says."""
    position = parsed.passage_at[end - 1]
    if position < 0 or parsed.passages[position].tokens.start <= start:
        return end
    return parsed.passages[position].tokens.end


def _is_edge(token: Token) -> bool:
    return (
        token.is_space
        or token.tag_ == "POS"
        or (token.is_punct and token.text not in {")", "]"})
        or token.text in {"(", "["}
    )
