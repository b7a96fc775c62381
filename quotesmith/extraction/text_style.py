"""Whether a text is news or fiction, as its words, names and numbers show it."""

import json
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from math import exp
from pathlib import Path
from typing import Final

from attrs import asdict, frozen

from quotesmith.encoder import SHIPPED, read_file
from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS, ExtractionSettings
from quotesmith.parsed_text import OUTSIDE_PASSAGES, ParsedText, TokenRange

TEXT_STYLE_FILE: Final = "text_style.json"
"""Its file in a weights folder."""
_PRESENT: Final = frozenset({"VBZ", "VBP"})
_BODIES: Final = frozenset({"ORG", "GPE", "NORP"})
_CALLING: Final = frozenset("?!")
_HEARER_WORDS: Final = frozenset({"we", "us", "our", "you", "your"})


class TextStyle(StrEnum):
    """What a text is read as: who speaks is found in other ways in a novel than in an article."""

    NEWS = "news"
    FICTION = "fiction"


@frozen(kw_only=True)
class StyleEvidence:
    """What a text shows of its style; bounded, so that no sort of evidence decides alone.

    Attributes:
        calls: Quoted passages that end in a question or an exclamation, for 100 words, at most 3.
        past: Share of the past tense among the finite verbs outside of quoted passages, in [0, 1].
        bodies: Names of bodies, states and nations outside of quoted passages, for 100 words there, at most 5.
        numbers: Words with a digit, for 100 words, at most 1.
        hearers: "We", "you" and their forms outside of quoted passages, for 100 words there, at most 3.
    """

    calls: float
    past: float
    bodies: float
    numbers: float
    hearers: float


@frozen
class StyleDecision:
    """A logistic decision, fitted to novels and to articles, biographies, interviews and essays.

    Attributes:
        intercept: The log odds of fiction where there is no evidence.
        weights: What each sort of evidence adds to them, for each unit.
    """

    intercept: float
    weights: Mapping[str, float]

    def __call__(self, evidence: StyleEvidence) -> float:
        """The probability that the text is fiction, in (0, 1)."""
        odds = sum(self.weights[name] * value for name, value in asdict(evidence).items())
        return 1 / (1 + exp(-self.intercept - odds))


@cache
def read_style_decision(folder: Path = SHIPPED) -> StyleDecision:
    """The decision in a weights folder, read once.

    Raises:
        WeightsError: if it is missing or damaged.
    """
    data = json.loads(read_file(folder, TEXT_STYLE_FILE))
    return StyleDecision(data["intercept"], data["weights"])


def decide_style(parsed: ParsedText, settings: ExtractionSettings = DEFAULT_EXTRACTION_SETTINGS) -> TextStyle:
    """The style of a text; news where it is short or has a layout that says who speaks, which show too little.

    Linear in the text.

    Raises:
        WeightsError: if the weights are missing or damaged.
    """
    words = parsed.count_words(TokenRange(0, len(parsed.doc)))
    if parsed.layout.family is not None or words < settings.min_style_words:
        return TextStyle.NEWS
    is_fiction = read_style_decision()(find_style_evidence(parsed)) >= least_probability(words, settings)
    return TextStyle.FICTION if is_fiction else TextStyle.NEWS


def least_probability(words: int, settings: ExtractionSettings) -> float:
    """The probability from which a text of so many words is fiction; a short one, which chance shapes, needs more."""
    is_long = words >= settings.long_style_words
    return settings.min_fiction_probability if is_long else settings.min_short_fiction


def find_style_evidence(parsed: ParsedText) -> StyleEvidence:
    """What the text shows of its style; linear in the text."""
    outside, words, numbers = Counter[str](), 0, 0
    for token, passage in zip(parsed.doc, parsed.passage_at, strict=True):
        numbers += any(sign.isdigit() for sign in token.text)
        words += token.is_alpha
        if token.is_alpha and passage == OUTSIDE_PASSAGES:
            outside.update(("word", token.tag_))
            outside["hearer"] += token.lower_ in _HEARER_WORDS
    bodies = sum(
        entity.label_ in _BODIES and parsed.passage_at[entity.start] == OUTSIDE_PASSAGES for entity in parsed.doc.ents
    )
    calls = sum(parsed.ending(passage) in _CALLING for passage in parsed.passages)
    present = sum(outside[tag] for tag in _PRESENT)
    return StyleEvidence(
        calls=min(3.0, _for_100(calls, words)),
        past=outside["VBD"] / max(1, outside["VBD"] + present),
        bodies=min(5.0, _for_100(bodies, outside["word"])),
        numbers=min(1.0, _for_100(numbers, words)),
        hearers=min(3.0, _for_100(outside["hearer"], outside["word"])),
    )


def _for_100(number: int, words: int) -> float:
    return 100 * number / max(1, words)
