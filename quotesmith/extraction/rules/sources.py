"""The words that name who speaks, by the grammar of the reporting verb."""

from spacy.tokens import Doc, Token

from quotesmith.parsed_text import OUTSIDE_PASSAGES, ParsedText, TokenRange

_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_DEPENDENT = frozenset({"conj", "xcomp", "advcl", "aux", "pcomp", "prep", "acl", "relcl", "dep", "acomp"})
_BARE = frozenset({"advcl", "acl"})
_RELATIVE_TAGS = frozenset({"WP", "WDT", "WRB", "WP$"})
# How far a subject is looked for up the tree: longer chains of conjoined verbs are lists, not clauses.
_MAX_CLIMB = 8
# A quoted passage inside a source is a nickname or a title; one of more than marks and six words is speech.
_MAX_NICKNAME = 8


def find_subject(parsed: ParsedText, verb: Token) -> Token | None:
    """The token that heads the verb's own subject, active or passive."""
    return next((c for c in parsed.children(verb) if c.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS), None)


def is_passive(parsed: ParsedText, verb: Token) -> bool:
    """Whether the verb is passive: "was told", "a plan described by Ann", "Asked about it, she ..."."""
    children = parsed.children(verb)
    bare = verb.tag_ == "VBN" and verb.dep_ in _BARE and not any(child.dep_ == "aux" for child in children)
    return bare or any(child.dep_ in _PASSIVE_SUBJECTS or child.dep_ == "auxpass" for child in children)


def find_source(parsed: ParsedText, verb: Token) -> TokenRange | None:
    """The words that name who does what `verb` reports; None where the sentence doesn't.

    Looks at the verb's subject, the agent of a passive, the noun that a participle or relative clause
    modifies, and, for conjoined and dependent verbs, the subject of the verb above.
    """
    if is_passive(parsed, verb):
        return _agent(parsed, verb)
    current, link = verb, "conj"
    for _ in range(_MAX_CLIMB):
        subject = find_subject(parsed, current)
        if subject is not None and parsed.passage_at[subject.i] not in {OUTSIDE_PASSAGES, parsed.passage_at[verb.i]}:
            # The parser hung the cue clause on the quoted words.
            return None
        if subject is not None:
            # "Ann was met and said ..." but not "The plan was met with anger, saying ...".
            is_met = link != "conj" and is_passive(parsed, current)
            return None if is_met else find_noun_phrase(parsed, subject, verb)
        if current.dep_ not in _DEPENDENT:
            return None
        current, link = current.head, current.dep_
        if current.pos_ in {"NOUN", "PROPN", "PRON"}:
            return _modified(parsed, current, verb)
    return None


def _agent(parsed: ParsedText, verb: Token) -> TokenRange | None:
    """Who does what a passive verb says: "by Ann"."""
    for child in parsed.children(verb):
        if child.dep_ == "agent":
            noun = next((grandchild for grandchild in parsed.children(child) if grandchild.dep_ == "pobj"), None)
            return None if noun is None else find_noun_phrase(parsed, noun, verb)
    return None


def _modified(parsed: ParsedText, noun: Token, verb: Token) -> TokenRange | None:
    """The noun that a participle modifies ("a statement saying"), as far as it goes before the verb."""
    if noun.i > verb.i:
        return None
    edges = [child.right_edge.i for child in parsed.children(noun) if child.i > noun.i]
    end = max((edge for edge in edges if edge < verb.i), default=noun.i) + 1
    return _trimmed(parsed, TokenRange(noun.left_edge.i, end), verb)


def find_noun_phrase(parsed: ParsedText, noun: Token, verb: Token) -> TokenRange | None:
    """The words of the noun phrase that names who speaks, on its side of the cue word; None if none is left."""
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    if start <= verb.i < end:
        # The parser hung the verb's clause under its own subject: keep what is on the noun's side.
        start, end = (start, verb.i) if noun.i < verb.i else (verb.i + 1, end)
    return _trimmed(parsed, TokenRange(start, end), verb)


def _trimmed(parsed: ParsedText, tokens: TokenRange, verb: Token) -> TokenRange | None:
    """Within the verb's sentence, without a relative clause, long quoted passages, or marks at the edges."""
    tokens = tokens.within(parsed.bounds(verb.i))
    relative = (i for i in range(tokens.start + 1, tokens.end - 1) if starts_relative_clause(parsed.doc, i))
    end = next(relative, tokens.end)
    if not parsed.is_quoted(verb):
        end = next((i for i in range(tokens.start, end) if _is_long_passage(parsed, i)), end)
    start = tokens.start
    while start < end and (parsed.doc[start].is_punct or parsed.doc[start].is_space):
        start += 1
    while end > start and _is_edge(parsed.doc[end - 1]):
        end -= 1
    return TokenRange(start, _title_end(parsed, start, end)) if end > start else None


def starts_relative_clause(doc: Doc, index: int) -> bool:
    """Whether the token is a comma that a relative word follows: ", who", ", where"."""
    return doc[index].text == "," and index + 1 < len(doc) and doc[index + 1].tag_ in _RELATIVE_TAGS


def _is_long_passage(parsed: ParsedText, index: int) -> bool:
    position = parsed.passage_at[index]
    return position >= 0 and len(parsed.passages[position].tokens) > _MAX_NICKNAME


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
