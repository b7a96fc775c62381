"""Whole texts through a real parser: what must hold whichever model parses them."""

import pytest
from spacy.language import Language

from quotesmith.extraction import Attribution
from quotesmith.marks import pair_marks
from quotesmith.records import QuoteKind
from tests.extraction.found import extract

pytestmark = pytest.mark.model

NEWS = """\
The city council voted on Tuesday to close the old bridge. “The bridge is not safe,” Mayor Ruth Adler said. “Nobody \
should drive over it.” She said that repairs would take two years.

According to the engineers, the pillars are badly cracked. Shop owners near the river were angry.

“We will lose our customers,” said Paul Brandt, who sells bread on the north side, “and nobody asked us.”

The mayor told reporters: “I have heard their worries.

“But I will not gamble with lives.”

The city newspaper had called the plan a “monstrous waste.”
"""

NOVEL = """\
“You are late,” said Martha.

“The roads were bad.”

“They are always bad.”

“Then why do you ask?”

He sat down and laughed. “Is there any soup left?”
"""

TRANSCRIPT = """\
ADLER: We have closed the bridge.

BRANDT: When will you open it?

ADLER: In two years.
"""


def read(nlp: Language, text: str) -> list[Attribution]:
    return extract(nlp(text))


def words(text: str, attribution: Attribution) -> str:
    return " … ".join(span.of(text) for span in attribution.content)


def test_news_has_quotes_of_every_kind(nlp: Language) -> None:
    assert {a.kind for a in read(nlp, NEWS)} == set(QuoteKind)


def test_split_speech_in_news_is_one_quote(nlp: Language) -> None:
    [split] = [a for a in read(nlp, NEWS) if "lose our customers" in words(NEWS, a)]
    assert "nobody asked us" in words(NEWS, split)
    assert "Brandt" in split.source[0].of(NEWS)


def test_speech_over_two_paragraphs_of_news_is_one_quote(nlp: Language) -> None:
    [long] = [a for a in read(nlp, NEWS) if "heard their worries" in words(NEWS, a)]
    assert "gamble with lives" in words(NEWS, long)
    assert [cue.of(NEWS) for cue in long.cue] == ["told"]


def test_every_passage_of_news_is_in_one_quote(nlp: Language) -> None:
    found = read(nlp, NEWS)
    for pair in pair_marks(NEWS):
        holding = [a for a in found if any(span.contains(pair.span) for span in a.content)]
        assert len(holding) == 1, pair.span.of(NEWS)


def test_turns_of_a_dialogue_are_quotes_of_their_own(nlp: Language) -> None:
    assert [words(NOVEL, a) for a in read(nlp, NOVEL) if a.kind is QuoteKind.DIRECT and a.parent is None] == [
        "“You are late,”",
        "“The roads were bad.”",
        "“They are always bad.”",
        "“Then why do you ask?”",
        "“Is there any soup left?”",
    ]


def test_turns_of_a_transcript_have_their_labels_as_sources(nlp: Language) -> None:
    labelled = [a for a in read(nlp, TRANSCRIPT) if a.rule == "layout, labels"]
    assert [a.source[0].of(TRANSCRIPT) for a in labelled] == ["ADLER", "BRANDT", "ADLER"]


def test_doc_is_left_as_it_was(nlp: Language) -> None:
    doc = nlp(NEWS)
    before = doc.to_bytes()
    extract(doc)
    assert doc.to_bytes() == before
