"""The parts of a noun phrase, and the tags and relations that all rules about phrases ask for."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from attrs import frozen
from spacy.tokens import Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon, load_people

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "iobj", "dative", "obj"})
# What acts or owns is somebody rather than a place, which is where something happens.
ACTORS = SUBJECTS | {"poss"}
PARTICIPANTS = ACTORS | {"dobj", "pobj", "conj"}
# Relations of the head of a noun phrase.
PHRASE_HEADS = PARTICIPANTS | {"iobj", "dative", "attr", "appos", "oprd"}
# Relations by which a word stands in the clause where its head does.
SAME_PLACE = frozenset({"conj", "appos", "compound"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# Headings write verbs with capitals too: "Okafor Breaks With Lindqvist".
CLAUSE_WORDS = frozenset({"VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PRON", "DET", "ADV", "PART"})
CLOSED_CLASSES = CLAUSE_WORDS - {"VERB", "ADV"}
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_FINAL_MARKS = frozenset({".", "!", "?"})
PHRASE_BREAKS = frozenset({",", "(", "[", ";", ":", "–", "—", "-"})
OPENING_BRACKETS = frozenset({"(", "["})
HYPHENS = frozenset({"-", "‐", "‑"})
# Bounds that keep work linear in the tokens: heads that are followed upwards, words of a complement.
CLIMB = 5
LONGEST_COMPLEMENT = 9


def clause_head(token: Token) -> Token:
    """The word by which a mention with that head stands in its clause: "Roe" of "Roe, the mayor" for "mayor"."""
    for _ in range(CLIMB):
        if token.dep_ not in SAME_PLACE:
            break
        token = token.head
    return token


@frozen
class Description:
    """What a noun phrase says of an entity; all words are folded.

    Attributes:
        head: Its head noun.
        modifiers: The words before its head.
        affiliations: The countries, states and parties that these words and those of the complement name.
        proper: The names among its words.
        complement: The content words of the prepositional phrase behind it ("head of the school board").
    """

    head: str
    modifiers: frozenset[str] = frozenset()
    affiliations: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()
    complement: frozenset[str] = frozenset()


def first_segment(tokens: Sequence[Token], name_at: Mapping[int, int]) -> list[Token]:
    """The words up to the head of the phrase: up to the first comma, conjunction, preposition or clause.

    Args:
        tokens: The phrase.
        name_at: For each token in a name, which name that is: a name is never cut.
    """
    segment: list[Token] = []
    for token in tokens:
        if token.is_space or (token.is_punct and not segment):
            continue
        inside = segment and name_at.get(token.i, -1) == name_at.get(segment[-1].i, -2)
        if segment and not inside and _ends_segment(token, segment, named=segment[-1].i in name_at):
            break
        segment.append(token)
    while segment and (segment[-1].is_punct or segment[-1].tag_ == "POS"):
        segment.pop()
    return segment


def _ends_segment(token: Token, segment: list[Token], *, named: bool) -> bool:
    if is_break(token) or is_relative(token):
        return True
    if named and token.pos_ in {"DET", "ADV"} and fold(token.text) not in _lexicon(token).bodies:
        # "the Holm Institute this month"
        return True
    if token.dep_ == "cc" or token.pos_ == "CCONJ":
        return named or (segment[-1].pos_ in NOMINALS and segment[-1].dep_ not in {"compound", "amod"})
    if token.tag_ == "VBG" and _opens_role(token):
        return False
    if token.pos_ in {"ADP", "SCONJ"} or token.dep_ in {"relcl", "acl"}:
        return segment[-1].pos_ in NOMINALS
    return token.tag_ in {"VBD", "VBG", "VBN", "VBZ", "VBP"} and segment[-1].pos_ in NOMINALS


def _opens_role(token: Token) -> bool:
    """Whether the participle belongs to the role of the one named behind it: "Holm running mate Ann Lee"."""
    if token.i + 2 >= len(token.doc):
        return False
    noun, lexicon = fold(token.nbor(1).lemma_ or token.nbor(1).text), _lexicon(token)
    is_role = noun in lexicon.person_nouns or noun in lexicon.trades
    return is_role and token.nbor(1).text.islower() and token.nbor(2).pos_ == "PROPN"


def is_break(token: Token) -> bool:
    """Whether the token parts a phrase: a comma, bracket or dash, but no hyphen between the parts of a word."""
    if token.text not in PHRASE_BREAKS:
        return False
    return not (token.text in HYPHENS and token.i > 0 and not (token.whitespace_ or token.nbor(-1).whitespace_))


def rest_segments(tokens: Sequence[Token]) -> list[list[Token]]:
    """The words after the first comma, bracket or dash, cut at each further one."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if is_break(token):
            parts.append([])
        elif not token.is_space:
            parts[-1].append(token)
    return [part for part in parts[1:] if part]


def describe(
    segment: Sequence[Token], lexicon: PeopleLexicon, *, complement: Sequence[Token] = ()
) -> Description | None:
    """What a segment of a phrase says of an entity, with the words of its complement; None where it has no words."""
    words = [token for token in segment if token.text[:1].isalnum()]
    if not words:
        return None
    head = fold(words[-1].lemma_ or words[-1].text)
    modifiers = {fold(word.text) for word in words[:-1]} - lexicon.phrases.determiners
    behind = [token for token in complement if token.pos_ in {"NOUN", "PROPN", "ADJ"}]
    proper = {fold(word.text) for word in (*words[:-1], *behind) if word.pos_ == "PROPN" and word.text[0].isupper()}
    return Description(
        head=lexicon.title_roles.get(head, head),
        modifiers=frozenset(modifiers),
        affiliations=_find_affiliations([*words, *behind], lexicon),
        proper=frozenset(proper - lexicon.titles.keys() - lexicon.title_modifiers),
        complement=frozenset(fold(token.text) for token in behind),
    )


def _find_affiliations(words: Sequence[Token], lexicon: PeopleLexicon) -> frozenset[str]:
    """The countries, states and parties among the words, those of two words ("South Carolina") included."""
    found: set[str] = set()
    position = 0
    while position < len(words):
        pair = " ".join(token.text for token in words[position : position + 2])
        both, one = lexicon.affiliation(pair), lexicon.affiliation(words[position].text)
        found |= {affiliation for affiliation in (both or one,) if affiliation is not None}
        position += 2 if both else 1
    return frozenset(found)


def complement_of(tokens: Sequence[Token], segment: Sequence[Token]) -> list[Token]:
    """The words of the prepositional phrase right behind a segment of the tokens; empty where there is none."""
    if not segment:
        return []
    behind = [token for token in tokens if token.i > segment[-1].i]
    if not behind or fold(behind[0].text) not in _lexicon(behind[0]).phrases.complements:
        return []
    size = next(
        (n for n, token in enumerate(behind) if token.text in PHRASE_BREAKS or _ends_clause(token)), len(behind)
    )
    return behind[1 : min(size, LONGEST_COMPLEMENT)]


def _ends_clause(token: Token) -> bool:
    ends_sentence = token.text in _FINAL_MARKS or bool(token.is_sent_start)
    return ends_sentence or is_relative(token) or token.tag_ in {"VBD", "VBZ", "VBP", "MD"}


def coordinated(tokens: Sequence[Token], name_at: Mapping[int, int]) -> list[list[Token]]:
    """The phrases that "and" or "or" joins, in order; all tokens where there is only one.

    The parse decides: a conjunct counts if it depends on the phrase's own head, not on a modifier.
    """
    inside = {token.i for token in tokens}
    segment = first_segment(tokens, name_at)
    if not segment:
        return [list(tokens)]
    heads = [segment[-1]]
    resumed = _resumed_after(tokens, name_at) if segment[-1].i in name_at else None
    if resumed is not None:
        heads.append(resumed)
    for token in tokens:
        if token.i <= heads[-1].i or _is_state_of_party(token):
            continue
        if token.dep_ == "conj" and token.head.i in {head.i for head in heads[-2:]}:
            heads.append(token)
    starts = [
        tokens[0].i,
        *(_phrase_start(head, previous, inside) for previous, head in pairwise(heads)),
    ]
    ends = [*starts[1:], tokens[-1].i + 1]
    indexes = [token.i for token in tokens]
    cuts = ((bisect_left(indexes, start), bisect_left(indexes, end)) for start, end in zip(starts, ends, strict=True))
    parts = [list(tokens[start:end]) for start, end in cuts]
    spoken = [part for part in map(_trim, parts) if part and not is_relative(part[0])]
    return spoken or [list(tokens)]


def _resumed_after(tokens: Sequence[Token], name_at: Mapping[int, int]) -> Token | None:
    """The head of the phrase that is joined to a name, where the parse joins it to the name's apposition instead.

    "Ann Lee, head of the National Centre, and other scientists": the scientists.
    """
    others = _lexicon(tokens[0]).phrases.others
    for before, joint, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.text == "," and fold(joint.text) == "and" and (after.i in name_at or fold(after.text) in others):
            behind = [token for token in tokens if token.i >= after.i]
            return first_segment(behind, name_at)[-1]
    return None


def _is_state_of_party(token: Token) -> bool:
    """Whether the word is a state behind the letter of a politician's party: "Tenn." in "R-Tenn."."""
    return token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).text in _lexicon(token).party_letters


def _phrase_start(head: Token, previous: Token, inside: set[int]) -> int:
    start = head.i
    while start - 1 > previous.i and start - 1 in inside:
        before = head.doc[start - 1]
        if before.dep_ == "cc" or is_break(before):
            break
        start -= 1
    return start


def _trim(part: list[Token]) -> list[Token]:
    while part and (part[-1].dep_ == "cc" or part[-1].is_punct or part[-1].is_space):
        part.pop()
    return part


def is_determiner(token: Token) -> bool:
    """Whether the word is an article or a demonstrative."""
    return fold(token.text) in _lexicon(token).phrases.determiners


def is_indefinite(token: Token) -> bool:
    """Whether a phrase that begins with the word brings up somebody new ("another")."""
    return fold(token.text) in _lexicon(token).phrases.indefinite


def is_relative(token: Token) -> bool:
    """Whether the word is a relative pronoun."""
    return fold(token.text) in _lexicon(token).phrases.relatives


def _lexicon(token: Token) -> PeopleLexicon:
    """The lexicon of the token's language, which is read once."""
    return load_people(token.lang_ or "en")
