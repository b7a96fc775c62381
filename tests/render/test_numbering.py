"""The numbers of a document's records on its page."""

import attrs

from quotesmith.records import Candidate, Evidence
from quotesmith.render.colors import NEUTRAL, PALETTE
from quotesmith.render.numbering import TONES_CSS, mention_chain, number_records
from tests.samples import summit


def test_speakers_come_first_among_people() -> None:
    document = summit()
    people = list(number_records(document).people)
    assert people[:5] == [speaker.id for speaker in document.speakers]
    assert people[5:] == ["e1"]


def test_runners_up_are_people_too() -> None:
    document = summit()
    [first, *others] = document.quotes
    first = attrs.evolve(first, evidence=Evidence(runners_up=[Candidate("e2", 0.1)]))
    assert "e2" in number_records(attrs.evolve(document, quotes=[first, *others])).people


def test_mentions_are_those_that_lead_to_a_speaker_in_text_order() -> None:
    assert dict(number_records(summit()).mentions) == {"m0": 0, "m2": 1, "m4": 2, "m5": 3, "m6": 4, "m8": 5}


def test_chain_starts_at_the_source_and_has_each_mention_once() -> None:
    document = summit()
    assert mention_chain(document.quote("q1")) == ("m2", "m0")
    assert mention_chain(document.quote("q0")) == ("m0",)
    assert mention_chain(document.quote("q6")) == ()


def test_style_is_that_of_the_speakers_tone() -> None:
    cast = number_records(summit())
    assert f".{cast.style(['e0'])}{{--hue:{PALETTE[0]};" in TONES_CSS
    assert f".{cast.style([])}{{--hue:{NEUTRAL};" in TONES_CSS
    assert cast.style(["e2"]) == cast.style([])
