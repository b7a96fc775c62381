"""The words in which a quote is described."""

import attrs
import pytest

from quotesmith.records import Evidence
from quotesmith.render.wording import addressee_words, kind_words, source_words, speaker_words
from tests.samples import summit


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        pytest.param("q0", "Xi Jinping", id="speaker"),
        pytest.param("q6", "no speaker: nobody is named near it", id="reason"),
    ],
)
def test_speakers_are_named_or_the_reason_given(quote: str, words: str) -> None:
    document = summit()
    assert speaker_words(document, document.quote(quote)) == words


def test_without_speaker_and_reason_that_much_is_said() -> None:
    document = summit()
    assert speaker_words(document, attrs.evolve(document.quote("q6"), evidence=Evidence())) == "no speaker"


@pytest.mark.parametrize(
    ("quote", "words"), [("q0", "direct speech"), ("q2", "indirect speech, negated"), ("q3", "indirect attitude")]
)
def test_kind_is_told_with_the_act_and_what_is_not_asserted(quote: str, words: str) -> None:
    assert kind_words(summit().quote(quote)) == words


@pytest.mark.parametrize(("quote", "words"), [("q0", ""), ("q1", "He"), ("q6", "")])
def test_source_is_told_where_it_is_not_the_name(quote: str, words: str) -> None:
    document = summit()
    assert source_words(document, document.quote(quote)) == words


def test_addressees_are_named() -> None:
    document = summit()
    assert addressee_words(document, document.quote("q0")) == "reporters"
