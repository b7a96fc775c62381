import pytest

from quotesmith.coreference import EntityNumber
from quotesmith.records import TextSpan
from quotesmith.speakers.dialogue.turns import Turns
from quotesmith.speakers.document_context import DocumentContext, Sight
from tests.speakers.scenes import context_of_doc, doc_of, place

DIALOGUE = "\n\n".join(f"“ `` punct w{n}\nw{n} NN ROOT -\n” '' punct w{n}" for n in range(4))


def context() -> DocumentContext:
    return context_of_doc(doc_of(DIALOGUE))


Place = tuple[int, int] | int
"""Offsets, or the number of a line."""
OPEN = -1
"""The line 1, not closed."""


def span_at(context: DocumentContext, place: Place) -> TextSpan:
    if isinstance(place, tuple):
        return TextSpan(*place)
    return line(context, abs(place), closed=place != OPEN)


def line(context: DocumentContext, number: int, *, closed: bool = True) -> TextSpan:
    span = place(context.parsed.doc, f"w{number}")
    return TextSpan(span.start - 1, span.end + closed)


@pytest.mark.parametrize(
    ("before", "asked", "speakers"),
    [
        pytest.param([((0, 1), 7)], (1, 4), (7,), id="speaker-goes-on-in-the-paragraph"),
        pytest.param([((0, 1), 7), ((0, 1), 8)], (1, 4), (7,), id="report-of-a-quote-takes-no-turn"),
        pytest.param([(0, 7), (1, 8)], 2, (7,), id="two-take-turns"),
        pytest.param([(0, 7), (OPEN, 8)], 2, (8,), id="open-quotation-goes-on-in-the-next-paragraph"),
        pytest.param([], (0, 3), "no source words and no quote before", id="first"),
        pytest.param([(0, 7)], 2, (7,), id="goes-on-behind-a-paragraph-that-mentions-nobody"),
        pytest.param([(0, 7)], 3, "no source words, and the quote before is too far", id="far"),
        pytest.param([(0, None)], 1, "has no speaker", id="after-one-without-speaker"),
    ],
)
def test_quote_without_source_by_those_before(
    before: list[tuple[Place, int | None]], asked: Place, speakers: tuple[int, ...] | str
) -> None:
    text = context()
    turns = Turns(text)
    for where, speaker in before:
        turns.add(span_at(text, where), () if speaker is None else (EntityNumber(speaker),))
    turn = turns.decide(span_at(text, asked))
    if isinstance(speakers, str):
        assert turn.speakers == ()
        assert speakers in (turn.reason or "")
    else:
        assert turn.speakers == speakers


@pytest.mark.parametrize(
    ("subject", "expected"), [pytest.param(True, (0,), id="subject"), pytest.param(False, (), id="object")]
)
def test_subject_before_the_quote_speaks(*, subject: bool, expected: tuple[int, ...]) -> None:
    doc = doc_of("Ruth NNP nsubj stood - PERSON\nstood VBD ROOT -\n. . punct stood\nWell UH ROOT -")
    text = context_of_doc(doc)
    text.discourse.see(EntityNumber(0), Sight(0, 0, subject=subject))
    assert Turns(text).decide(place(doc, "Well")).speakers == expected


def test_source_does_not_go_on_behind_a_paragraph_that_mentions_somebody_else() -> None:
    table = "A NN ROOT -\n\nRuth NNP nsubj sat - PERSON\nsat VBD ROOT -\n\nB NN ROOT -"
    text = context_of_doc(doc_of(table))
    turns = Turns(text)
    turns.add(place(text.parsed.doc, "A"), (EntityNumber(7),))
    assert turns.decide(place(text.parsed.doc, "B")).speakers == (EntityNumber(7),)
    text.discourse.see(text.owners[0], text.sight(text.head_token(text.names[0])))
    assert turns.decide(place(text.parsed.doc, "B")).speakers == ()


@pytest.mark.parametrize(("sentences", "expected"), [(1, (0,)), (2, ())])
def test_how_far_back_the_subject_speaks(sentences: int, expected: tuple[int, ...]) -> None:
    rain = ["It PRP nsubj rained\nrained VBD ROOT -\n. . punct rained"] * sentences
    doc = doc_of("Ruth NNP nsubj stood - PERSON\nstood VBD ROOT -\n. . punct stood", *rain, "Well UH ROOT -")
    text = context_of_doc(doc)
    text.discourse.see(text.owners[0], Sight(0, 0, subject=True))
    assert Turns(text).decide(place(doc, "Well")).speakers == expected


def test_raw_scores_of_turns() -> None:
    # The calibration that comes with the package was fitted to these.
    text = context()
    turns = Turns(text)
    ida, erik = (EntityNumber(7),), (EntityNumber(8),)
    turns.add(line(text, 0), ida)
    scores = {"next": turns.decide(line(text, 1)).score, "same": turns.decide(line(text, 0)).score}
    turns.add(line(text, 1), erik)
    scores["alternation"] = turns.decide(line(text, 2)).score
    turns.add(line(text, 2, closed=False), ida)
    scores["continued"] = turns.decide(line(text, 3)).score
    doc = doc_of("Ruth NNP nsubj stood - PERSON\nstood VBD ROOT -\n. . punct stood\nWell UH ROOT -")
    text = context_of_doc(doc)
    text.discourse.see(text.owners[0], Sight(0, 0, subject=True))
    scores["subject"] = Turns(text).decide(place(doc, "Well")).score
    assert scores == {"next": 0.5, "same": 0.75, "alternation": 0.6, "continued": 0.85, "subject": 0.55}
