from typing import Any

import pytest

from quotesmith.coreference import EntityNumber
from quotesmith.marks import find_paragraphs
from quotesmith.records import TextSpan
from quotesmith.speakers.dialogue.conversations import Conversation, SpokenTurn, Step, find_conversations
from tests.docs import of_text

IDA, ERIK = EntityNumber(0), EntityNumber(1)


def turn(text: str, words: str, **known: Any) -> SpokenTurn:
    start = text.index(words)
    span = TextSpan(start, start + len(words))
    paragraphs = find_paragraphs(text)
    [number] = [n for n, paragraph in enumerate(paragraphs) if paragraph.contains(span)]
    return SpokenTurn(
        number=0,
        content=(span,),
        paragraphs=paragraphs[number],
        first_paragraph=number,
        last_paragraph=number,
        **known,
    )


def conversations(text: str, *turns: SpokenTurn, max_gap: int = 9, max_turns: int = 9) -> list[Conversation]:
    return list(find_conversations(of_text(text), turns, max_gap=max_gap, max_turns=max_turns, near=2))


@pytest.mark.parametrize(
    ("between", "step"),
    [
        pytest.param("“a” “b”", Step.TOUCHING, id="nothing-between"),
        pytest.param("“a” It rained. “b”", Step.SAME_PARAGRAPH, id="narration-between"),
        pytest.param("“a”\n\n“b”", Step.NEXT_PARAGRAPH, id="next-paragraph"),
        pytest.param("“a\n\n“b”", Step.OPEN, id="left-open"),
        pytest.param("“a”\n\nIt rained.\n\n“b”", Step.NEAR, id="a-paragraph-between"),
        pytest.param("“a”\n\nIt rained.\n\nIt stopped.\n\n“b”", Step.FAR, id="two-between"),
    ],
)
def test_how_a_turn_follows(between: str, step: Step) -> None:
    first = "“a”" if "“a”" in between else "“a"
    [found] = conversations(between, turn(between, first), turn(between, "“b”"))
    assert found.steps == (step,)


def test_question_asks_for_an_answer() -> None:
    text = "“Why?”\n\n“b”"
    [found] = conversations(text, turn(text, "“Why?”"), turn(text, "“b”"))
    assert found.steps == (Step.ANSWER,)


@pytest.mark.parametrize(
    ("known", "step"),
    [
        ({"speakers": (IDA,), "has_source": True}, Step.INTERRUPTED),
        ({"speakers": (ERIK,), "has_source": True}, Step.SAME_PARAGRAPH),
        ({"before": (IDA,)}, Step.INTERRUPTED),
        ({}, Step.SAME_PARAGRAPH),
    ],
)
def test_somebody_else_who_acts_interrupts(known: dict[str, object], step: Step) -> None:
    text = "“a” Erik sighed. “b”"
    [found] = conversations(text, turn(text, "“a”", **known), turn(text, "“b”", before=(ERIK,)))
    assert found.steps == (step,)


def test_long_gaps_and_many_turns_end_a_conversation() -> None:
    text = "“a”\n\n“b”\n\nx\n\ny\n\n“c”"
    turns = [turn(text, f"“{letter}”") for letter in "abc"]
    assert [len(one.turns) for one in conversations(text, *turns, max_gap=2)] == [2, 1]
    assert [len(one.turns) for one in conversations(text, *turns, max_turns=1)] == [1, 1, 1]
    assert conversations(text) == []


def test_narration_between_is_that_of_paragraphs_of_its_own() -> None:
    text = "v\n\nw\n\nx\n\n“a”\n\ny\n\n“b” z"
    [found] = conversations(text, turn(text, "“a”"), turn(text, "“b”"))
    assert [None if gap is None else gap.of(text) for gap in found.gaps] == ["w\n\nx", "y"]
    assert found.extent.of(text) == text[3:]
