"""The records: what they hold and how they convert it."""

import attrs
import pytest

from quotesmith.records import (
    Act,
    Assertion,
    Entity,
    EntityKind,
    Evidence,
    Mention,
    MentionForm,
    Quote,
    QuoteKind,
    TextSpan,
)


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
