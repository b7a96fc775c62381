"""The records: what they hold, how they convert it and what they refuse."""

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from quotesmith.errors import InvalidRecordError
from quotesmith.records import (
    Act,
    Assertion,
    Candidate,
    Entity,
    EntityKind,
    Evidence,
    Mention,
    MentionForm,
    Quote,
    QuoteKind,
    TextSpan,
)
from quotesmith.records.checks import check_unique


def make_quote(**changes: Any) -> Quote:
    return Quote(**{"id": "q0", "kind": "direct", "content": [(0, 4)], "text": "Go", **changes})


def test_quote_takes_plain_values() -> None:
    quote = Quote("q0", "mixed", [(0, 4)], "Go", act="thought", assertion="future", speakers=["e0"])
    assert (quote.kind, quote.act, quote.assertion) == (QuoteKind.MIXED, Act.THOUGHT, Assertion.FUTURE)
    assert (quote.content, quote.speakers) == ((TextSpan(0, 4),), ("e0",))


def test_quote_is_an_asserted_speech_of_nobody_unless_told() -> None:
    quote = Quote("q0", QuoteKind.DIRECT, [TextSpan(0, 4)], "Go")
    assert (quote.act, quote.assertion, quote.speakers) == (Act.SPEECH, Assertion.ASSERTED, ())
    assert quote.evidence == Evidence(method="none")


def test_mention_takes_plain_values() -> None:
    mention = Mention("m0", [(0, 2)], "pronoun", "e0")
    assert (mention.spans, mention.form) == ((TextSpan(0, 2),), MentionForm.PRONOUN)


def test_entity_is_named_and_of_kind_other_unless_told() -> None:
    entity = Entity("e0", "Xi")
    assert (entity.named, entity.kind, entity.gender) == (True, EntityKind.OTHER, None)


def test_kind_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="alien"):
        Entity("e0", "Zork", "alien")


def test_choices_are_their_words() -> None:
    assert f"{QuoteKind.INDIRECT} {Act.ATTITUDE} {EntityKind.PERSON}" == "indirect attitude person"


def test_record_can_be_a_key() -> None:
    assert {Entity("e0", "Xi", aliases=["X"]): 1}[Entity("e0", "Xi", aliases=("X",))] == 1


def test_record_does_not_change() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Entity("e0", "Xi").name = "Putin"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: make_quote(content=[(5, 9), (0, 4)]), "Quote.content must be in order and apart", id="order"
        ),
        pytest.param(lambda: make_quote(cue=[(0, 4), (3, 9)]), "Quote.cue must be in order and apart", id="overlap"),
        pytest.param(lambda: make_quote(content=[]), "Quote.content must not be empty", id="no-content"),
        pytest.param(lambda: Mention("m0", [], "name", "e0"), "Mention.spans must not be empty", id="no-spans"),
        pytest.param(lambda: Entity("e0", ""), "Entity.name must not be empty", id="no-name"),
        *(
            pytest.param(
                lambda score=score: Candidate("e0", score),
                "Candidate.score must lie between 0 and 1",
                id=f"score{score}",
            )
            for score in (-0.01, 1.01, float("nan"), float("inf"))
        ),
    ],
)
def test_record_that_contradicts_itself_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidRecordError, match=message):
        make()


def test_pieces_may_touch() -> None:
    assert len(make_quote(content=[(0, 4), (4, 9)]).content) == 2


@pytest.mark.parametrize("score", [0, 1, 0.5])
def test_probability_is_taken(score: float) -> None:
    assert make_quote(score=score).score == score


def test_ids_that_occur_twice_are_listed() -> None:
    check_unique("quote", ["q1", "q2"])
    with pytest.raises(InvalidRecordError, match=r"quote ids must differ.*: q1, q2$"):
        check_unique("quote", ["q1", "q2", "q2", "q3", "q1"])
