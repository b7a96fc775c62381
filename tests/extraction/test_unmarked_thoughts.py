"""Thought without marks, by the clause inserted in it; each control says what no thought is."""

from typing import Any

import attrs
import pytest

from quotesmith.extraction import Attribution, ExtractionSettings
from quotesmith.extraction.acts import settle_acts
from quotesmith.extraction.unmarked_thoughts import add_unmarked_thoughts
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.records import Act, TextSpan
from tests.docs import make_doc, parsed_text

LEXICON = load_reporting()
SHE_THOUGHT = "She PRP nsubj thought\nthought VBD ROOT - think"
GO = "I PRP nsubj go\nmust MD aux go\ngo VB ccomp thought\n, , punct thought"
LATE = "it PRP nsubj was\nwas VBD ccomp thought be\nlate JJ acomp was\n. . punct thought"
STOP = ". . punct thought"


def thoughts(rows: str, *taken: Attribution) -> list[list[str]]:
    parsed = parsed_text(make_doc(rows))
    found = add_unmarked_thoughts(parsed, taken, LEXICON, ExtractionSettings())[len(taken) :]
    assert all(quote.act is Act.THOUGHT for quote in found)
    return [[span.of(parsed.text) for span in (*quote.content, *quote.source)] for quote in found]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(f"{GO}\n{SHE_THOUGHT}\n{STOP}", [["I must go", "She"]], id="behind"),
        pytest.param(
            f"{GO}\nthought VBD ROOT - think\nAnn NNP nsubj thought - PERSON\n{STOP}",
            [["I must go", "Ann"]],
            id="inverted",
        ),
        pytest.param(
            f"Now RB advmod was\n, , punct thought\n{SHE_THOUGHT}\n, , punct thought\n{LATE}",
            [["Now", "it was late", "She"]],
            id="inside",
        ),
        pytest.param(
            f"{GO}\n{SHE_THOUGHT}\n, , punct thought\nlaughing VBG advcl thought\n{STOP}",
            [["I must go", "She"]],
            id="what-one-does-is-told",
        ),
        pytest.param(
            "Was VBD ROOT -\nit PRP nsubj Was\n? . punct Was\n\nAnn NNP nsubj wondered - PERSON\n"
            "wondered VBD ROOT - wonder\n. . punct wondered",
            [],
            id="another-paragraph",
        ),
        pytest.param(
            "Dark JJ ROOT -\n! . punct Dark\nHe PRP nsubj felt\nfelt VBD ROOT - feel\n. . punct felt",
            [],
            id="a-sentence-of-its-own",
        ),
        pytest.param(
            "When WRB advmod came\nhe PRP nsubj came\ncame VBD advcl thought come\n, , punct thought\n"
            f"{SHE_THOUGHT}\n, , punct thought\n{LATE}",
            [],
            id="the-main-clause",
        ),
        pytest.param(f"“ `` punct go\n{GO}\n” '' punct go\n{SHE_THOUGHT}\n{STOP}", [], id="between-marks"),
        pytest.param(
            f"Ann NNP nsubj saw - PERSON\nsaw VBD ROOT - see\nit PRP dobj saw\n, , punct saw\n"
            f"thought VBD conj saw think\nnothing NN dobj thought\n{STOP}",
            [],
            id="an-object-thinks-nothing",
        ),
    ],
)
def test_an_inserted_clause_tells_whose_thought_a_sentence_is(rows: str, expected: list[list[str]]) -> None:
    assert thoughts(rows) == expected


@pytest.mark.parametrize(
    ("morph", "count"), [("Person=2", 0), ("Person=1", 1), ("Person=3", 1)], ids=["you", "i-thought", "she"]
)
def test_you_thought_is_no_report(morph: str, count: int) -> None:
    doc = make_doc(f"{GO}\n{SHE_THOUGHT}\n{STOP}")
    token: Any = doc[4]  # its stubs lack this method
    token.set_morph(morph)
    assert len(add_unmarked_thoughts(parsed_text(doc), [], LEXICON, ExtractionSettings())) == count


def test_words_of_another_quote_stay_its_own() -> None:
    taken = Attribution(content=(TextSpan(2, 6),), act=Act.SPEECH, score=0.9, rule="tags")
    assert thoughts(f"{GO}\n{SHE_THOUGHT}\n{STOP}", taken) == []


@pytest.mark.parametrize(
    ("behind", "act"),
    [
        pytest.param("to IN prep said\nherself PRP pobj to", Act.THOUGHT, id="to-oneself"),
        pytest.param("to IN prep said\nhim PRP pobj to", Act.SPEECH, id="to-another"),
        pytest.param("aloud RB advmod said\nto IN prep said\nherself PRP pobj to", Act.SPEECH, id="aloud"),
        pytest.param("inwardly RB advmod said", Act.THOUGHT, id="inwardly"),
    ],
)
def test_the_act_is_what_others_hear(behind: str, act: Act) -> None:
    parsed = parsed_text(
        make_doc(f"“ `` punct Go\nGo VB ccomp said\n” '' punct Go\nAnn NNP nsubj said\nsaid VBD ROOT - say\n{behind}")
    )
    start = parsed.text.index("said")
    quote = Attribution(
        content=(TextSpan(0, 4),), cue=(TextSpan(start, start + 4),), act=Act.SPEECH, score=0.9, rule="tags"
    )
    assert settle_acts(parsed, [quote], LEXICON) == [attrs.evolve(quote, act=act)]
