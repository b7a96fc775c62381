"""The lines and labels of one text, and whether they are turns of talk: one scored decision over the whole text."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise
from math import exp
from typing import Final

from attrs import frozen

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.label_names import LabelKind, LabelNames
from quotesmith.extraction.speech_layout.lines import NO_PARAGRAPH, TextLine, find_lines
from quotesmith.extraction.speech_layout.openers import Opener, find_openers
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.label_words import LabelWords
from quotesmith.records import TextSpan

SURE_KINDS: Final = frozenset({LabelKind.LETTER, LabelKind.NUMBERED, LabelKind.TITLED})
"""Labels that only speakers have."""
KNOWN_KINDS: Final = frozenset({LabelKind.KNOWN, LabelKind.ROLE, LabelKind.INITIALS})
"""Labels that look like a person's by a word that is known."""
INTERCEPT: Final = -7.0
"""The log odds of turns where all features are 0."""
WEIGHTS: Final[Mapping[str, float]] = {
    "sure": 3.5,
    "known": 2.0,
    "thing": -5.0,
    "meets": 1.5,
    "asks": 1.0,
    "opens": 2.0,
    "shortens": 3.0,
    "echoes": 2.5,
    "sentence": 3.0,
    "small": -0.5,
    "called": 2.5,
    "unspoken": -1.8,
    "described": -2.5,
    "returns": 3.2,
    "list": -1.7,
    "near": 3.0,
    "dressed": 2.5,
    "alone": -0.5,
}
"""Log odds that each feature adds: as `python -m quotesmith.training.layouts` fits them (2026-11-30), rounded by hand.

Of 1,360 such texts, each read with weights fitted to others, 3 in 100 were read wrongly, nearly all of them talk of two
or three turns in which nothing sounds like it. "sure" is higher than the fit: "Q:" and "A:" need no other evidence.
"described" is lower, and "near" higher: pages of people and places, and articles with a section a person, are no talk.
"""
_FEWEST_TURNS = 2
_LIST = 4
_MIN_ECHO = 4
# Characters that are read at both ends of a turn: long turns are no better evidence than short ones.
_READ = 200
_FIRST_LETTER = re.compile(r"[^\W_]")
_SPOKEN_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CALL = re.compile(r"(?:^|(?<=[,!] ))(?:[^\W\d_]{1,20}\.? )?([^\W\d_][\w'’\-]{1,30})(?=[,.?!])")
_QUOTED_WORDS = re.compile(r"“[^“”]*”|\"[^\"]*\"|‘[^‘’]{12,}’(?!\w)")
_FEWEST_BESIDE = 2
_END = re.compile(r"[.!?…—–\-][\"”'’)\]*_]{0,4}\Z")


@frozen
class Heard:
    """How the words behind a label sound.

    Attributes:
        personal: Whether they have "I" or "you".
        meets: Whether they have both.
        asks: Whether they ask something.
        opens: Whether they begin like an answer ("Yes", "Well").
        calls: Whether they call another speaker by the label's name ("Sit down, Roe.").
        shortens: Whether they shorten words as talk does ("isn't", "it's").
        echoes: Whether they take up a word of the turn before.
        sentence: Whether they begin and end like a sentence.
        small: Whether they begin with a small letter, though the label doesn't.
    """

    personal: bool
    meets: bool
    asks: bool
    opens: bool
    calls: bool
    shortens: bool
    echoes: bool
    sentence: bool
    small: bool

    @property
    def is_spoken(self) -> bool:
        """Whether they sound like talk."""
        return self.personal or self.asks or self.opens or self.calls or self.shortens


_HEARD_FEATURES: Final = ("meets", "asks", "opens", "shortens", "echoes", "sentence", "small")


@frozen(eq=False)
class TurnEvidence:
    """The lines of one text and its labels, each found once, and whether such lines are turns of talk.

    Attributes:
        text: The text.
        paragraphs: Its paragraphs.
        words: The words of labels and of talk.
        settings: The thresholds.
    """

    text: str
    paragraphs: Sequence[TextSpan]
    words: LabelWords
    settings: ExtractionSettings

    @cached_property
    def lines(self) -> Sequence[TextLine]:
        """The lines of the paragraphs."""
        return [line for line in self.all_lines if line.paragraph != NO_PARAGRAPH]

    @cached_property
    def all_lines(self) -> Sequence[TextLine]:
        """All lines, those without a paragraph too."""
        return find_lines(self.text, self.paragraphs)

    @cached_property
    def names(self) -> LabelNames:
        """What labels are."""
        return LabelNames(self.words)

    @cached_property
    def labels(self) -> Sequence[Opener]:
        """The lines that labels open, in order."""
        return find_openers(self.text, self.lines, self.names)

    def probability(self, openers: Sequence[Opener]) -> float:
        """How sure it is, in [0, 1], that the openers begin turns; 0 for fewer than two."""
        if len(openers) < _FEWEST_TURNS:
            return 0.0
        features = self.describe(openers)
        odds = INTERCEPT + sum(weight * features[name] for name, weight in WEIGHTS.items())
        return 1 / (1 + exp(-odds))

    def describe(self, openers: Sequence[Opener]) -> dict[str, float]:
        """What the decision is made of, by name; shares of the turns where nothing else is said.

        sure      labels that can only be speakers: "Q", "Speaker 1", "Mr Roe"
        known     labels with a known given name, a role, or initials
        thing     labels of ordinary words
        asks      turns in which somebody asks; the other fields of `Heard` are counted in the same way
        called    1 where one speaker calls another by the name of the label
        unspoken  1 where no turn sounds like talk
        described 1 where, besides, no label returns or can only be a speaker: people or things, each with a description
        returns   labels that stand there several times
        list      1 where many labels stand there and none of them returns
        near      labels that have the next one near
        dressed   labels behind a time, a number or ">>"
        alone     1 where only one label stands there
        """
        counts = Counter(opener.key for opener in openers)
        numbers = [self.lines[opener.line].paragraph for opener in openers]
        sounds = [sound for sound in self.hear(openers) if sound is not None]
        returns = repeated_share([opener.key for opener in openers])
        unspoken = not any(sound.is_spoken for sound in sounds)
        sure = _share(opener.kind in SURE_KINDS or opener.is_caption for opener in openers)
        return {
            "sure": sure,
            "known": _share(opener.kind in KNOWN_KINDS for opener in openers),
            "thing": _share(opener.kind is LabelKind.THING for opener in openers),
            **{name: _share(getattr(sound, name) for sound in sounds) for name in _HEARD_FEATURES},
            "called": float(any(sound.calls for sound in sounds)),
            "unspoken": float(unspoken),
            "described": float(unspoken and not returns and not sure),
            "returns": returns,
            "list": float(len(openers) >= _LIST and len(counts) == len(openers)),
            "near": _share(after - before <= self.settings.nearest_labels for before, after in pairwise(numbers)),
            "dressed": _share(opener.is_dressed for opener in openers),
            "alone": float(len(counts) == 1),
        }

    def hear(self, openers: Sequence[Opener]) -> list[Heard | None]:
        """How the words behind each opener sound, up to the next; None where there are no words."""
        labels = {opener.label.of(self.text) for opener in openers}
        names = {label: _name_words(label) for label in labels}
        called = frozenset(word for own in names.values() for word in own)
        ends = [*(self.lines[after.line].start for after in openers[1:]), len(self.text)]
        heard: list[Heard | None] = []
        before: frozenset[str] = frozenset()
        for opener, end in zip(openers, ends, strict=True):
            said = self._said(opener, end)
            if said is None:
                heard.append(None)
                continue
            label = opener.label.of(self.text)
            calls = any(name in called and name not in names[label] for name in map(fold, _CALL.findall(said)))
            heard.append(self._hear(label, said, before, calls=calls))
            before = self._content_words(said)
        return heard

    def _said(self, opener: Opener, end: int) -> str | None:
        """The words behind a label, to the end of their paragraph or to the next label; of many, the first and last."""
        first = _FIRST_LETTER.search(self.text, opener.end, end)
        if first is None:
            return None
        paragraph = self.paragraphs[bisect_right(self.paragraphs, first.start(), key=lambda span: span.start) - 1]
        start, end = max(paragraph.start, opener.end), min(end, paragraph.end)
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        if end - start > 2 * _READ:
            return f"{self.text[start : start + _READ]} {self.text[end - _READ : end]}".rstrip()
        return self.text[start:end].rstrip()

    def _hear(self, label: str, said: str, before: frozenset[str], *, calls: bool) -> Heard:
        whole, said = said, _without_quotes(said)
        found = [fold(word) for word in _SPOKEN_WORD.findall(said)]
        has_first = any(word in self.words.first_person for word in found)
        has_second = any(word in self.words.second_person for word in found)
        is_small = whole[:1].islower() and not label.islower()
        return Heard(
            personal=has_first or has_second,
            meets=has_first and has_second,
            asks="?" in said,
            opens=bool(found) and found[0] in self.words.openings,
            calls=calls,
            shortens=_shortened_pattern(self.words).search(said) is not None,
            echoes=not before.isdisjoint(self._content_words(whole)),
            sentence=bool(found) and not is_small and (label.islower() or _END.search(whole[-12:]) is not None),
            small=is_small,
        )

    def _content_words(self, said: str) -> frozenset[str]:
        """The words that the next speaker may take up."""
        words = (word.casefold() for word in _SPOKEN_WORD.findall(said) if len(word) >= _MIN_ECHO)
        return frozenset(word for word in words if word not in self.words.echo_stops)


@cache
def _shortened_pattern(words: LabelWords) -> re.Pattern[str]:
    """Words that talk shortens ("isn't", "I'll", "it's"); no names ("Roe's")."""
    endings, whole = phrase_pattern(words.shortened_endings), phrase_pattern(words.shortened_words)
    return re.compile(rf"\b(?:\w{{1,20}}{endings}|{whole})\b", re.IGNORECASE)


def repeated_share(labels: Sequence[str]) -> float:
    """The share of the turns, in [0, 1], whose label stands before another turn too."""
    counts = Counter(labels)
    return _share(counts[label] > 1 for label in labels)


def _share(values: Iterable[bool]) -> float:
    """The mean; 0 where there is nothing."""
    known = list(values)
    return sum(known) / len(known) if known else 0.0


def _without_quotes(said: str) -> str:
    """What is said, without words between marks where others stand beside them: a reporter's own words."""
    beside = _QUOTED_WORDS.sub(" ", said)
    return beside if len(_SPOKEN_WORD.findall(beside)) >= _FEWEST_BESIDE else said


def _name_words(label: str) -> frozenset[str]:
    """The words by which a speaker may be called."""
    return frozenset(word for word in map(fold, _SPOKEN_WORD.findall(label)) if len(word) > 1)
