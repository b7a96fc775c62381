"""The words that report speech, writing, thought and attitude, and what each takes as content."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from attrs import frozen

from quotesmith.lexicon import read_words
from quotesmith.records import Act


class Frame(StrEnum):
    """How a reporting verb takes its content.

    "said that he won" (clause), "promised to go" (infinitive), "condemned the plan" (nominal),
    "called for peace" (prepositional; the verb's key holds the preposition).
    """

    CLAUSE = "clause"
    INFINITIVE = "infinitive"
    NOMINAL = "nominal"
    PREPOSITIONAL = "prepositional"


@frozen
class ReportingLexicon:
    """The reporting words of one language.

    Attributes:
        verbs: The act of each (lemma, frame); with a preposition the lemma is "call for".
        nouns: The act of each reporting noun lemma ("claim" in "her claim that ...").
        naming: Lemmas whose object needs a name for it ("called the plan a mistake"); "called him" reports nothing.
        manner: Lemmas that report only next to a quotation ("she smiled").
    """

    verbs: Mapping[tuple[str, Frame], Act]
    nouns: Mapping[str, Act]
    naming: frozenset[str]
    manner: frozenset[str]

    def act(self, lemma: str, frame: Frame) -> Act | None:
        """The act that the verb reports in that frame; None where it reports none."""
        return self.verbs.get((lemma, frame))


@cache
def load_reporting(language: str = "en") -> ReportingLexicon:
    """The reporting words of a language.

    Raises:
        LanguageError: if there is no lexicon for the language.
    """
    data = read_words(language, "reporting")
    verbs: dict[tuple[str, Frame], Act] = {}
    for act, by_frame in data["verbs"].items():
        for frame, words in by_frame.items():
            for lemma in words.split("|" if frame == Frame.PREPOSITIONAL else None):
                verbs[lemma, Frame(frame)] = Act(act)
    return ReportingLexicon(
        verbs=verbs,
        nouns={lemma: Act(act) for act, words in data["nouns"].items() for lemma in words.split()},
        naming=frozenset(data["naming"].split()),
        manner=frozenset(data["manner"].split()),
    )
