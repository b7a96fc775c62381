"""Two neighbouring pieces of speech: what the text shows of whether one speaker says both in one go."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import log1p

from attrs import field, frozen
from spacy.tokens import Token

from quotesmith.extraction.acts import find_lemma
from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.passage_pairs import HABITS, QUESTION, Pair, SpeechPiece, SpeechPieces
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import TokenRange
from quotesmith.records import TextSpan

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CUE_VERBS = frozenset({"VERB", "AUX"})
_NAMING_WORDS = frozenset({"PROPN", "NOUN"})
_PERSONAL_WORDS = frozenset({"PRON"})
_GAP_STOPS = frozenset({".", "!", "?", "…", "...", ";"})
_CALL_EDGES = frozenset(",.!?…;:—–-“”\"'‘’«»") | {"--", "..."}
_STOP_CHARACTERS = frozenset(".…")
# Keep the work linear in the text: tags and beats are shorter, and a call stands near an edge of what is said.
_MAX_GAP_TOKENS = 120
_MAX_TAG_TOKENS = 30
_MAX_CALL_TOKENS = 30

EVIDENCE = (
    "same_quote",
    "rule_joins",
    "rule_parts",
    "sources_differ",
    "before_cued",
    "after_cued",
    "before_sourced",
    "between",
    "before_quoted",
    "after_quoted",
    "breaks",
    "unclosed",
    "words_between",
    "words_behind",
    "words_ahead",
    "words_before",
    "words_after",
    "before_whole",
    "after_whole",
    "before_opens",
    "after_opens",
    "ends_question",
    "ends_exclamation",
    "ends_comma",
    "ends_stop",
    "ends_bare",
    "small_letter",
    "answers",
    "stops_between",
    "capital_between",
    "verb_between",
    "colon",
    "cue_behind",
    "cue_ahead",
    "cue_after",
    "cue_before",
    "replies",
    "same_acts",
    "pronoun_acts",
    "named_acts",
    "noun_acts",
    "pronoun_source",
    "calls_source",
    "calls_next",
    "length_before",
    "length_after",
    *HABITS,
)
"""The names of the evidence, in the order in which the decision takes it."""


@frozen(eq=False)
class EvidenceReader:
    """Reads the evidence about pairs of pieces of one text.

    Attributes:
        pieces: The text's pieces.
        rules: By the character that a piece starts at, the attribution that the rules give it a cue by.
        lexicon: The reporting words.
    """

    pieces: SpeechPieces
    rules: Mapping[int, Attribution]
    lexicon: ReportingLexicon
    _calls: dict[TextSpan, frozenset[str]] = field(factory=dict, init=False, repr=False)

    @cached_property
    def _cues(self) -> Sequence[int]:
        """The tokens that cues start at, in order."""
        quotes = (*self.pieces.quotes, *self.rules.values())
        token_at = self.pieces.parsed.token_at
        return sorted({token_at(span.start) for quote in quotes for span in quote.cue})

    def __call__(self, pair: Pair, habits: Mapping[str, float]) -> dict[str, float]:
        """The evidence by name.

        Args:
            pair: Two pieces.
            habits: What `measure_habits` gives for the text.
        """
        found = {
            **self._links(pair),
            **self._places(pair),
            **self._words(pair),
            **self._tags(pair),
            **self._beats(pair),
            **habits,
        }
        return {name: float(found[name]) for name in EVIDENCE}

    def says_more(self, pair: Pair) -> bool:
        """Whether nothing stands between the pieces, and the second or its cue says that the speaker goes on.

        "“We go.” “And we stay,” he added", "“We go,” “and they stay,” he said": one quote each, which "“Shall we?” “We
        go,” he said" is not.
        """
        if pair.breaks or self.pieces.parsed.count_words(pair.gap):
            return False
        if pair.before.ending == "," and self._opens_small(pair.after):
            return True
        after = self._cue_in(self.pieces.behind(pair.after, _MAX_TAG_TOKENS))
        return after is not None and find_lemma(self.pieces.parsed.doc[after], self.lexicon) in self.lexicon.continuing

    def has_two_tags(self, pair: Pair) -> bool:
        """Whether a sentence with a cue ends between the pieces, one of them without marks, and another cue follows.

        "“Yes,” said Ann. I will not, said Bo." are two quotes, which "“Yes,” said Ann, if it rains" is not.
        """
        if pair.before.is_quoted == pair.after.is_quoted:
            return False
        tags = self._tags(pair)
        return bool(tags["cue_behind"] and tags["cue_after"] and tags["stops_between"])

    def _links(self, pair: Pair) -> dict[str, float]:
        """What was thought of them before."""
        before, after = (self.pieces.quotes[piece.quote] for piece in (pair.before, pair.after))
        starts = (pair.before.span.start, pair.after.span.start)
        rules = [self.rules[start] for start in starts if start in self.rules]
        known = len(rules) == len(starts)
        same = known and rules[0].cue == rules[1].cue
        return {
            "same_quote": pair.before.quote == pair.after.quote,
            "rule_joins": same,
            "rule_parts": known and not same,
            "sources_differ": known and not same and self._differ(rules[0], rules[1]),
            "before_cued": bool(before.cue),
            "after_cued": bool(after.cue),
            "before_sourced": bool(before.source),
            "between": min(pair.between, 2),
            "before_quoted": pair.before.is_quoted,
            "after_quoted": pair.after.is_quoted,
        }

    def _places(self, pair: Pair) -> dict[str, float]:
        """Where they stand."""
        parsed = self.pieces.parsed
        unclosed = pair.before.is_quoted and pair.before.span.end not in parsed.mark_edges
        return {
            "breaks": min(pair.breaks, 3),
            "unclosed": unclosed,
            "before_whole": pair.before.is_whole,
            "after_whole": pair.after.is_whole,
            "before_opens": pair.before.opens,
            "after_opens": pair.after.opens,
        }

    def _words(self, pair: Pair) -> dict[str, float]:
        """What they say, and how much."""
        parsed = self.pieces.parsed
        ending = pair.before.ending
        first = self._first_word(pair.after)
        sizes = {
            "words_between": pair.gap,
            "words_behind": self.pieces.behind(pair.before, _MAX_GAP_TOKENS),
            "words_ahead": self.pieces.ahead(pair.after, _MAX_GAP_TOKENS),
            "words_before": self.pieces.ahead(pair.before, _MAX_GAP_TOKENS),
            "words_after": self.pieces.behind(pair.after, _MAX_GAP_TOKENS),
            "length_before": pair.before.tokens,
            "length_after": pair.after.tokens,
        }
        return {
            **{name: log1p(min(parsed.count_words(tokens), _MAX_GAP_TOKENS)) for name, tokens in sizes.items()},
            "ends_question": ending == QUESTION,
            "ends_exclamation": ending == "!",
            "ends_comma": ending == ",",
            "ends_stop": ending in _STOP_CHARACTERS,
            "ends_bare": ending.isalnum(),
            "small_letter": self._opens_small(pair.after),
            "answers": first is not None and first.lower_ in self.lexicon.answers,
        }

    def _first_word(self, piece: SpeechPiece) -> Token | None:
        return next((token for token in self.pieces.parsed.doc_span(_head(piece.tokens)) if token.is_alpha), None)

    def _opens_small(self, piece: SpeechPiece) -> bool:
        first = self._first_word(piece)
        return first is not None and first.text[0].islower()

    def _tags(self, pair: Pair) -> dict[str, float]:
        """Where cues stand beside them."""
        parsed = self.pieces.parsed
        between = self._cue_in(self.pieces.behind(pair.before, _MAX_TAG_TOKENS).within(pair.gap))
        ahead = self._cue_in(self.pieces.ahead(pair.after, _MAX_TAG_TOKENS).within(pair.gap)) if pair.breaks else None
        after = self._cue_in(self.pieces.behind(pair.after, _MAX_TAG_TOKENS))
        before = self._cue_in(self.pieces.ahead(pair.before, _MAX_TAG_TOKENS))
        gap = [token for token in parsed.doc_span(_tail(pair.gap)) if not token.is_space]
        opening = next((token for token in parsed.doc_span(_head(pair.gap)) if token.is_alpha), None)
        return {
            "cue_behind": between is not None,
            "cue_ahead": ahead is not None,
            "cue_after": after is not None,
            "cue_before": before is not None,
            "replies": after is not None and find_lemma(parsed.doc[after], self.lexicon) in self.lexicon.replying,
            "stops_between": min(3, sum(token.text in _GAP_STOPS for token in gap)),
            "capital_between": opening is not None and opening.text[0].isupper(),
            "verb_between": opening is not None and opening.pos_ in _CUE_VERBS,
            "colon": bool(gap) and gap[-1].text == ":",
        }

    def _cue_in(self, tokens: TokenRange) -> int | None:
        position = bisect_left(self._cues, tokens.start)
        return self._cues[position] if position < len(self._cues) and self._cues[position] in tokens else None

    # Who acts between them, and who is called

    def _beats(self, pair: Pair) -> dict[str, float]:
        quotes = self.pieces.quotes
        quote, following = quotes[pair.before.quote], quotes[pair.after.quote]
        tag = quote if quote.cue else self.rules.get(pair.before.span.start, quote)
        if not following.cue or following is quote:
            following = self.rules.get(pair.after.span.start, following)
        names, next_names = self._names(tag), self._names(following)
        acting = next(self._subject_kinds(pair.gap, names), None)
        return {
            **{f"{kind}_acts": kind == acting for kind in ("same", "pronoun", "named", "noun")},
            "pronoun_source": any(word.tag_ == "PRP" for word in self.pieces.parsed.words(tag.source)),
            "calls_source": not names.isdisjoint(self._calls_in(pair.after)),
            "calls_next": not next_names.isdisjoint(self._calls_in(pair.before)),
        }

    def _differ(self, one: Attribution, other: Attribution) -> bool:
        """Whether two sources have other names or nouns, or other pronouns."""
        words = [self.pieces.parsed.words(quote.source) for quote in (one, other)]
        for kinds in (_NAMING_WORDS, _PERSONAL_WORDS):
            first, second = ({fold(word.text) for word in source if word.pos_ in kinds} for source in words)
            if first and second:
                return first.isdisjoint(second)
        return False

    def _names(self, quote: Attribution) -> frozenset[str]:
        words = self.pieces.parsed.words(quote.source)
        return frozenset(fold(word.text) for word in words if word.pos_ in _NAMING_WORDS)

    def _subject_kinds(self, tokens: TokenRange, names: frozenset[str]) -> Iterator[str]:
        """Who acts in the tokens, outside of the sentences of cues, the last one first; not who does nothing.

        "same" for the one who is named, "pronoun", "named" for another name, "noun" for anybody or anything else.
        """
        parsed = self.pieces.parsed
        tokens = _tail(tokens)
        told = {parsed.sentences[index] for index in self._cues_in(tokens)}
        for index in range(tokens.end - 1, tokens.start - 1, -1):
            token = parsed.doc[index]
            if token.dep_ not in _SUBJECTS or token.head.i not in tokens or parsed.sentences[index] in told:
                continue
            if any(child.dep_ == "neg" for child in parsed.children(token.head)):
                continue
            if fold(token.text) in names:
                yield "same"
            elif token.pos_ == "PRON":
                yield "pronoun"
            else:
                yield "named" if token.pos_ == "PROPN" or token.ent_type_ == "PERSON" else "noun"

    def _cues_in(self, tokens: TokenRange) -> Sequence[int]:
        return self._cues[bisect_left(self._cues, tokens.start) : bisect_left(self._cues, tokens.end)]

    def _calls_in(self, piece: SpeechPiece) -> frozenset[str]:
        """The capitalized words that stand between marks near an edge of a piece, as calls do."""
        if piece.span not in self._calls:
            self._calls[piece.span] = frozenset(fold(token.text) for token in self._iter_calls(piece))
        return self._calls[piece.span]

    def _iter_calls(self, piece: SpeechPiece) -> Iterator[Token]:
        doc = self.pieces.parsed.doc
        edges = (_head(piece.tokens, _MAX_CALL_TOKENS), _tail(piece.tokens, _MAX_CALL_TOKENS))
        for token in (token for edge in edges for token in self.pieces.parsed.doc_span(edge)):
            index = token.i
            if token.text[:1].isupper() and token.pos_ in _NAMING_WORDS and index + 1 < len(doc):
                before = index - 1
                while before > piece.tokens.start and doc[before].text[:1].isupper():
                    before -= 1
                if doc[index + 1].text in _CALL_EDGES and (before < 0 or doc[before].text in _CALL_EDGES):
                    yield token


def _head(tokens: TokenRange, longest: int = _MAX_TAG_TOKENS) -> TokenRange:
    return TokenRange(tokens.start, min(tokens.end, tokens.start + longest))


def _tail(tokens: TokenRange, longest: int = _MAX_GAP_TOKENS) -> TokenRange:
    return TokenRange(max(tokens.start, tokens.end - longest), tokens.end)
