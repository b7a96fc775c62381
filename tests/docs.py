"""`make_doc`: a parsed spaCy Doc from a table, without a model and with the parse in sight; `parsed_text` reads it."""

import re

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from quotesmith.extraction import LayoutReader
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText

_POS = {
    "CC": "CCONJ",
    "CD": "NUM",
    "DT": "DET",
    "EX": "PRON",
    "IN": "ADP",
    "MD": "AUX",
    "NNP": "PROPN",
    "NNPS": "PROPN",
    "POS": "PART",
    "RP": "ADP",
    "TO": "PART",
    "UH": "INTJ",
    "WP": "PRON",
    "WDT": "PRON",
    "WRB": "SCONJ",
    "_SP": "SPACE",
}
_POS_BY_LETTER = {"N": "NOUN", "V": "VERB", "J": "ADJ", "R": "ADV", "P": "PRON"}
_CLOSING = re.compile(r"[,.!?:;)\]”’»…]|n['’]t|['’](s|d|ll|re|ve|m)")
_OPENING = re.compile(r"[(\[“‘«„$#]")
VOCAB = spacy.blank("en").vocab
_BREAK = "\n\n"
_PARAGRAPH_BREAK = (_BREAK, "_SP", "dep", "-")
_FEWEST_FIELDS, _MOST_FIELDS = 4, 6


def make_doc(table: str, *, vocab: Vocab = VOCAB) -> Doc:
    """The Doc of a table with a token a line: word, tag, dep, head, and where needed lemma and entity label.

    The head is a word of the same paragraph, the nearest of that form, or `word#2` for the second one there;
    "-" makes the token its own head, a sentence's root. A lemma left out or "-" is the word in small letters.
    Equal labels side by side are one entity. An empty line is a blank line of the text. The part of speech
    follows from tag and relation, the white space from the words; straight marks open and close in turn.

    Example:
        >>> doc = make_doc('''
        ...     Ann    NNP  nsubj  said  -    PERSON
        ...     said   VBD  ROOT   -     say
        ...     “      ``   punct  no
        ...     no     UH   intj   said
        ...     .      .    punct  no
        ...     ”      ''   punct  no
        ... ''')
        >>> doc.text, doc.ents[0].text, doc[3].head.text
        ('Ann said “no.”', 'Ann', 'said')
    """
    rows = [line.split() for line in table.strip().splitlines()]
    for row in rows:
        if row and not _FEWEST_FIELDS <= len(row) <= _MOST_FIELDS:
            msg = f"a token has word, tag, dep, head, lemma and label at most, not {len(row)} fields: {' '.join(row)!r}"
            raise ValueError(msg)
    fields = [[*row, *["-"] * (_MOST_FIELDS - len(row))] for row in (row or _PARAGRAPH_BREAK for row in rows)]
    words = [field[0] for field in fields]
    return Doc(
        vocab,
        words=words,
        spaces=_find_spaces(words),
        tags=[field[1] for field in fields],
        pos=[find_pos(field[1], field[2]) for field in fields],
        deps=["ROOT" if field[3] == "-" else field[2] for field in fields],
        heads=[_find_head(words, index, field[3]) for index, field in enumerate(fields)],
        lemmas=[field[0].lower() if field[4] == "-" else field[4] for field in fields],
        ents=_find_entities([field[5] for field in fields]),
    )


def parsed_text(doc: Doc) -> ParsedText:
    """The reading of a Doc, with the quotation marks and the layout of its text."""
    return ParsedText.of(doc, pair_marks(doc.text), LayoutReader()(doc.text))


def find_pos(tag: str, dep: str) -> str:
    if dep in {"aux", "auxpass"} and tag != "TO":
        return "AUX"
    return _POS.get(tag) or _POS_BY_LETTER.get(tag[0], "PUNCT")


def _find_head(words: list[str], index: int, head: str) -> int:
    if head == "-":
        return index
    start = max((i + 1 for i in range(index) if words[i] == _BREAK), default=0)
    end = next((i for i in range(index, len(words)) if words[i] == _BREAK), len(words))
    form, _, number = head.partition("#")
    places = [i for i in range(start, end) if words[i] == form]
    if not places or int(number or 1) > len(places):
        msg = f"token {index} ({words[index]!r}) has the head {head!r}, which its paragraph doesn't have"
        raise ValueError(msg)
    return places[int(number) - 1] if number else min(places, key=lambda place: abs(place - index))


def _find_spaces(words: list[str]) -> list[bool]:
    spaces = []
    open_marks: set[str] = set()
    for word, following in zip(words, [*words[1:], _BREAK], strict=False):
        opens = bool(_OPENING.fullmatch(word))
        if word in {'"', "'"}:
            opens = word not in open_marks
            open_marks ^= {word}
        closes = bool(_CLOSING.fullmatch(following)) or following in open_marks
        spaces.append(not opens and not closes and _BREAK not in {word, following})
    return spaces


def _find_entities(labels: list[str]) -> list[str]:
    before = ["-", *labels]
    return [
        "O" if label == "-" else f"{'I' if label == last else 'B'}-{label}"
        for last, label in zip(before, labels, strict=False)
    ]


def of_text(text: str) -> ParsedText:
    """A text without a parse, its marks paired and its layout read."""
    return parsed_text(Doc(VOCAB, words=[text] if text else [], spaces=[False] if text else []))
