"""`parsed_docs`: a hypothesis strategy of Docs with any words and any parse."""

from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from hypothesis import strategies as st
from spacy.tokens import Doc

from tests.docs import VOCAB, find_pos

_Token: TypeAlias = tuple[str, str, str]

# Word, tag and relation of each token.
_PHRASES = Path(__file__).with_name("data").joinpath("phrases.txt").read_text(encoding="utf-8").splitlines()
_LEMMAS = {"said": "say", "says": "say", "saying": "say", "told": "tell", "promised": "promise", "smiled": "smile"}
_LEMMAS |= {"called": "call", "claims": "claim", "went": "go", "was": "be"}
_SIGNS = [*"\"\"''“”‘’«»„—,.?!:…(", "--", "\n", "\n\n", " ", "\t", "\u2028", "\x00", "\u00a0"]
# Tokenizers may leave several signs, and words with them, in one token.
_SIGNS += ["”“", "a\n\nb", ".”", "“Go"]
_TAGS = ["VBD", "VBZ", "VB", "NN", "NNP", "PRP", "IN", "TO", "MD", "WP", "RB", ",", ".", ":", "``", "''"]
_DEPS = ["nsubj", "nsubjpass", "aux", "neg", "ccomp", "xcomp", "advcl", "conj", "relcl", "acl", "dobj", "pobj"]
_DEPS += ["agent", "prep", "prt", "parataxis", "mark", "advmod", "punct", "oprd", "attr", "dep"]
_NUMBERS = st.integers(0, 2**16)


def _phrases() -> st.SearchStrategy[list[_Token]]:
    """Phrases of reports as a parser has them, and single tokens as none has them."""
    words = st.sampled_from(_SIGNS) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3)
    words |= st.sampled_from(["said", "told", "called", "Ann", "plan"])
    anything = st.tuples(words, st.sampled_from(_TAGS), st.sampled_from(_DEPS))
    return st.sampled_from(_PHRASES).map(_split_phrase) | anything.map(lambda token: [token])


def _split_phrase(line: str) -> list[_Token]:
    fields = line.split()
    return list(zip(fields[::3], fields[1::3], fields[2::3], strict=True))


@st.composite
def parsed_docs(draw: st.DrawFn, *, max_size: int = 12) -> Doc:
    """Docs of up to `max_size` phrases, words and marks in any order, under trees that no parser may give."""
    tokens = [token for phrase in draw(st.lists(_phrases(), max_size=max_size)) for token in phrase]
    numbers = draw(st.lists(_NUMBERS, min_size=len(tokens), max_size=len(tokens)))
    roots = {number % len(tokens) for number in draw(st.lists(_NUMBERS, max_size=3))} if tokens else set()
    heads: list[int] = []
    for start, end in pairwise(sorted({0, len(tokens)} | roots)):
        heads.extend(_grow_tree(start, tokens[start:end], numbers[start:end]))
    return Doc(
        VOCAB,
        words=[word for word, *_ in tokens],
        spaces=[number % 8 > 0 for number in numbers],
        tags=["_SP" if word.isspace() else tag for word, tag, _ in tokens],
        pos=["SPACE" if word.isspace() else find_pos(tag, dep) for word, tag, dep in tokens],
        deps=["ROOT" if heads[index] == index else dep for index, (*_, dep) in enumerate(tokens)],
        heads=heads,
        lemmas=[_LEMMAS.get(word, word) for word, *_ in tokens],
        ents=[
            "B-PERSON" if tag == "NNP" and number % 3 else "O"
            for (_, tag, _), number in zip(tokens, numbers, strict=True)
        ],
    )


def _grow_tree(start: int, tokens: list[_Token], numbers: list[int]) -> list[int]:
    """The heads of tokens from `start` on: verbs above, most words under the nearest, some under any."""
    order = sorted(range(len(tokens)), key=lambda index: (tokens[index][1][0] != "V", numbers[index] % 101))
    heads = [start] * len(tokens)
    for place, index in enumerate(order):
        above = order[:place] or [index]
        near = min(above, key=lambda other: abs(other - index))
        heads[index] = start + (above[numbers[index] % place] if place and numbers[index] % 4 == 0 else near)
    return heads
