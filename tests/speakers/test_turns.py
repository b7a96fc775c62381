import pytest

from quotesmith.records import TextSpan
from quotesmith.speakers.dialogue.turns import Turns
from quotesmith.speakers.document_context import DocumentContext, Sight
from tests.speakers.scenes import context_of_doc, doc_of, place

DIALOGUE = "\n\n".join(f"“ `` punct w{n}\nw{n} NN ROOT -\n” '' punct w{n}" for n in range(4))


def context() -> DocumentContext:
    return context_of_doc(doc_of(DIALOGUE))


def line(context: DocumentContext, number: int, *, closed: bool = True) -> TextSpan:
    span = place(context.parsed.doc, f"w{number}")
    return TextSpan(span.start - 1, span.end + closed)


def test_first_quote_without_source_has_a_reason() -> None:
    turn = Turns(context()).decide(TextSpan(0, 3))
    assert (turn.speakers, turn.reason) == ((), "no source words and no quote before")


def test_speaker_goes_on_in_the_paragraph() -> None:
    text = context()
    turns = Turns(text)
    turns.add(TextSpan(0, 1), (7,))
    assert turns.decide(TextSpan(1, 4)).speakers == (7,)


def test_report_of_a_quote_takes_no_turn() -> None:
    text = context()
    turns = Turns(text)
    turns.add(TextSpan(0, 1), (7,))
    turns.add(TextSpan(0, 1), (8,))
    assert turns.decide(TextSpan(1, 4)).speakers == (7,)


def test_two_take_turns_in_a_dialogue() -> None:
    text = context()
    turns = Turns(text)
    turns.add(line(text, 0), (7,))
    turns.add(line(text, 1), (8,))
    assert turns.decide(line(text, 2)).speakers == (7,)


def test_open_quotation_goes_on_in_the_next_paragraph() -> None:
    text = context()
    turns = Turns(text)
    turns.add(line(text, 0), (7,))
    turns.add(line(text, 1, closed=False), (8,))
    assert turns.decide(line(text, 2)).speakers == (8,)


def test_quote_far_from_the_last_one_has_no_speaker() -> None:
    text = context()
    turns = Turns(text)
    turns.add(line(text, 0), (7,))
    assert turns.decide(line(text, 3)).reason == "no source words, and the quote before is too far"


def test_quote_after_one_without_speaker_has_none() -> None:
    text = context()
    turns = Turns(text)
    turns.add(line(text, 0), ())
    assert "has no speaker" in (turns.decide(line(text, 1)).reason or "")


@pytest.mark.parametrize(
    ("subject", "expected"), [pytest.param(True, (0,), id="subject"), pytest.param(False, (), id="object")]
)
def test_subject_before_the_quote_speaks(*, subject: bool, expected: tuple[int, ...]) -> None:
    doc = doc_of("Ruth NNP nsubj stood - PERSON\nstood VBD ROOT -\n. . punct stood\nWell UH ROOT -")
    text = context_of_doc(doc)
    text.discourse.see(0, Sight(0, 0, subject=subject))
    assert Turns(text).decide(place(doc, "Well")).speakers == expected
