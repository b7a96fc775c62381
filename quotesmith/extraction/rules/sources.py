"""The words that name who speaks, by the grammar of the reporting verb."""

from spacy.tokens import Doc, Token

from quotesmith.extraction.rules.reading import Reading, TokenRange

_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_DEPENDENT = frozenset({"conj", "xcomp", "advcl", "aux", "pcomp", "prep", "acl", "relcl", "dep", "acomp"})
_BARE = frozenset({"advcl", "acl"})
_RELATIVE_TAGS = frozenset({"WP", "WDT", "WRB", "WP$"})
# How far a subject is looked for up the tree: longer chains of conjoined verbs are lists, not clauses.
_MAX_CLIMB = 8
# A quoted passage inside a source is a nickname or a title; one of more than marks and six words is speech.
_MAX_NICKNAME = 8


def find_subject(reading: Reading, verb: Token) -> Token | None:
    """The token that heads the verb's own subject, active or passive."""
    return next((c for c in reading.children(verb) if c.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS), None)


def is_passive(reading: Reading, verb: Token) -> bool:
    """Whether the verb is passive: "was told", "a plan described by Ann", "Asked about it, she ..."."""
    children = reading.children(verb)
    bare = verb.tag_ == "VBN" and verb.dep_ in _BARE and not any(child.dep_ == "aux" for child in children)
    return bare or any(child.dep_ in _PASSIVE_SUBJECTS or child.dep_ == "auxpass" for child in children)


def find_source(reading: Reading, verb: Token) -> TokenRange | None:
    """The words that name who does what `verb` reports; None where the sentence doesn't.

    Looks at the verb's subject, the agent of a passive, the noun that a participle or relative clause
    modifies, and, for conjoined and dependent verbs, the subject of the verb above.
    """
    if is_passive(reading, verb):
        return _agent(reading, verb)
    current, link = verb, "conj"
    for _ in range(_MAX_CLIMB):
        subject = find_subject(reading, current)
        if subject is not None and reading.passage_at[subject.i] not in {-1, reading.passage_at[verb.i]}:
            # The parser hung the cue clause on the quoted words.
            return None
        if subject is not None:
            # "Ann was met and said ..." but not "The plan was met with anger, saying ...".
            is_met = link != "conj" and is_passive(reading, current)
            return None if is_met else find_noun_phrase(reading, subject, verb)
        if current.dep_ not in _DEPENDENT:
            return None
        current, link = current.head, current.dep_
        if current.pos_ in {"NOUN", "PROPN", "PRON"}:
            return _modified(reading, current, verb)
    return None


def _agent(reading: Reading, verb: Token) -> TokenRange | None:
    """Who does what a passive verb says: "by Ann"."""
    for child in reading.children(verb):
        if child.dep_ == "agent":
            noun = next((grandchild for grandchild in reading.children(child) if grandchild.dep_ == "pobj"), None)
            return None if noun is None else find_noun_phrase(reading, noun, verb)
    return None


def _modified(reading: Reading, noun: Token, verb: Token) -> TokenRange | None:
    """The noun that a participle modifies ("a statement saying"), as far as it goes before the verb."""
    if noun.i > verb.i:
        return None
    edges = [child.right_edge.i for child in reading.children(noun) if child.i > noun.i]
    end = max((edge for edge in edges if edge < verb.i), default=noun.i) + 1
    return _trimmed(reading, TokenRange(noun.left_edge.i, end), verb)


def find_noun_phrase(reading: Reading, noun: Token, verb: Token) -> TokenRange | None:
    """The words of the noun phrase that names who speaks, on its side of the cue word; None if none is left."""
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    if start <= verb.i < end:
        # The parser hung the verb's clause under its own subject: keep what is on the noun's side.
        start, end = (start, verb.i) if noun.i < verb.i else (verb.i + 1, end)
    return _trimmed(reading, TokenRange(start, end), verb)


def _trimmed(reading: Reading, tokens: TokenRange, verb: Token) -> TokenRange | None:
    """Within the verb's sentence, without a relative clause, long quoted passages, or marks at the edges."""
    tokens = tokens.within(reading.bounds[verb.i])
    relative = (i for i in range(tokens.start + 1, tokens.end - 1) if starts_relative_clause(reading.doc, i))
    end = next(relative, tokens.end)
    if not reading.is_quoted(verb):
        end = next((i for i in range(tokens.start, end) if _is_long_passage(reading, i)), end)
    start = tokens.start
    while start < end and (reading.doc[start].is_punct or reading.doc[start].is_space):
        start += 1
    while end > start and _is_edge(reading.doc[end - 1]):
        end -= 1
    return TokenRange(start, _title_end(reading, start, end)) if end > start else None


def starts_relative_clause(doc: Doc, index: int) -> bool:
    """Whether the token is a comma that a relative word follows: ", who", ", where"."""
    return doc[index].text == "," and index + 1 < len(doc) and doc[index + 1].tag_ in _RELATIVE_TAGS


def _is_long_passage(reading: Reading, index: int) -> bool:
    position = reading.passage_at[index]
    return position >= 0 and len(reading.passages[position].tokens) > _MAX_NICKNAME


def _title_end(reading: Reading, start: int, end: int) -> int:
    """The end of the tokens, or of the passage in them that they break off: the author of “Emma,” says."""
    position = reading.passage_at[end - 1]
    if position < 0 or reading.passages[position].tokens.start <= start:
        return end
    return reading.passages[position].tokens.end


def _is_edge(token: Token) -> bool:
    return (
        token.is_space
        or token.tag_ == "POS"
        or (token.is_punct and token.text not in {")", "]"})
        or token.text in {"(", "["}
    )
