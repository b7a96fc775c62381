"""Whether the narration between two pieces of speech turns to somebody else, who then says the second."""

from collections.abc import Iterator

from spacy.tokens import Token

from quotesmith.extraction.passage_pairs import Pair, SpeechPieces
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import TokenRange, near_children

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NAMING_WORDS = frozenset({"PROPN", "NOUN"})
# Keeps work linear: the narration between two pieces that is looked at.
_MAX_TOKENS = 120


def others_speak(pieces: SpeechPieces, pair: Pair, lexicon: ReportingLexicon) -> bool:
    """Whether somebody else than whom the first piece's tag names is spoken of last, in a sentence of narration.

    The writer, where the tag has "he" or "she", and the other way round: "I asked. He shook his head."; or one who
    isn't what the first says: "But Roe, who lives opposite, was not convinced." Who only does not do something takes
    no turn: "Roe did not move."

    Args:
        pieces: The text's pieces.
        pair: Two of them.
        lexicon: The reporting words.
    """
    if pair.breaks or pair.before.quote < 0:
        return False
    source = pieces.parsed.words(pieces.quotes[pair.before.quote].source)
    if not source or source[0].i < pair.gap.start or source[-1].i >= pair.gap.end:
        return False
    subject = next(_subjects_behind(pieces, TokenRange(source[-1].i + 1, pair.gap.end)), None)
    if subject is None:
        return False
    tag, actor = source[0].lower_, subject.lower_
    turns = {(tag in lexicon.writers, actor in lexicon.told), (tag in lexicon.told, actor in lexicon.writers)}
    if len(source) == 1 and (True, True) in turns:
        return True
    names = {fold(word.text) for word in source if word.pos_ in _NAMING_WORDS}
    return subject.pos_ == "PROPN" and bool(names) and _is_unlike(subject.head) and not _shares(subject, names)


def _is_unlike(verb: Token) -> bool:
    """Whether a clause says what somebody isn't: "was not convinced"."""
    children = near_children(verb)
    is_state = verb.lemma_ == "be" or any(child.dep_ == "auxpass" for child in children)
    return is_state and any(child.dep_ == "neg" for child in children)


def _shares(subject: Token, names: set[str]) -> bool:
    start = subject.left_edge.i
    return any(fold(word.text) in names for word in subject.doc[start : subject.i + 1])


def _subjects_behind(pieces: SpeechPieces, tokens: TokenRange) -> Iterator[Token]:
    """The subjects of main clauses in the narration, the last first, of sentences that begin in it."""
    doc, sentences = pieces.parsed.doc, pieces.parsed.sentences
    tag = sentences[tokens.start - 1]
    for index in range(tokens.end - 1, max(tokens.start, tokens.end - _MAX_TOKENS) - 1, -1):
        token = doc[index]
        is_main = (
            token.dep_ in _SUBJECTS and token.head.i in tokens and token.head.dep_ not in {"relcl", "advcl", "acl"}
        )
        if is_main and sentences[index] != tag:
            yield token
