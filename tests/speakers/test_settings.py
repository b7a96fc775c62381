"""Each of these settings changes what is found."""

import re
from typing import Any

import pytest
from attrs import evolve

from quotesmith.coreference import no_clusters
from quotesmith.extraction import Attribution, TextStyle
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan
from quotesmith.speakers import resolve_speakers
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS, SpeakerSettings
from tests.docs import parsed_text
from tests.speakers.scenes import PlainChoice, attribution, doc_of, nearest, place, quote, talk, turn_attributions

WHY = "“ `` punct Why\nWhy WRB ROOT -\n” '' punct Why\n"
IDA_ASKED = f"{WHY}asked VBD ROOT - ask\nIda NNP nsubj asked - PERSON\n. . punct asked\n"
IDA_NODDED = "Ida NNP nsubj nodded - PERSON\nnodded VBD ROOT -\n. . punct nodded\n"
ERIK_LEFT = "Erik NNP nsubj left - PERSON\nleft VBD ROOT -\n. . punct left\n"
IT_RAINED = "It PRP nsubj rained\nrained VBD ROOT -\n. . punct rained\n"
SO = "“ `` punct So\nSo UH ROOT -\n” '' punct So\n"
CALLS_IDA = "“ `` punct Yes\nYes UH ROOT -\n, , punct Yes\nIda NNP npadvmod Yes - PERSON\n” '' punct Yes\n"
ALL_DECIDED = evolve(DEFAULT_SPEAKER_SETTINGS, exchange_turns=0)


def told(*paragraphs: str) -> tuple[ParsedText, list[Attribution]]:
    """A text, and what stands between its marks; "Ida" behind "asked" is a source."""
    doc = doc_of("\n\n".join(paragraph.strip() for paragraph in paragraphs))
    source = place(doc, "asked Ida") if "asked Ida" in doc.text else None
    found = []
    for number, quoted in enumerate(re.finditer("“[^”]*”", doc.text)):
        own = () if source is None or number else (TextSpan(source.start + len("asked "), source.end),)
        found.append(attribution(TextSpan(*quoted.span()), own))
    return parsed_text(doc), found


def labelled() -> tuple[ParsedText, list[Attribution]]:
    parsed = talk("Roe: Yes.\nLee: No.")
    return parsed, turn_attributions(parsed)


def behind_another_gender() -> tuple[ParsedText, list[Attribution]]:
    ann = "Ann NNP compound Lee - PERSON\nLee NNP nsubj came - PERSON\ncame VBD ROOT -\n. . punct came"
    doctor = "The DT det doctor\ndoctor NN nsubj left\nleft VBD ROOT -\n. . punct left"
    doc = doc_of(ann, doctor, "He PRP nsubj said\nsaid VBD ROOT - say\nyes UH dobj said")
    return parsed_text(doc), [quote(doc, "yes", "He")]


@pytest.mark.parametrize(
    ("scene", "name", "value", "base"),
    [
        (told(IDA_ASKED), "min_speaker_score", 1.0, DEFAULT_SPEAKER_SETTINGS),
        (labelled(), "label_score", 0.5, DEFAULT_SPEAKER_SETTINGS),
        (told(IDA_ASKED, IT_RAINED, SO), "continued_paragraphs", 1, DEFAULT_SPEAKER_SETTINGS),
        (told(IDA_ASKED, ERIK_LEFT + SO, SO), "exchange_turns", 1, DEFAULT_SPEAKER_SETTINGS),
        (told(IDA_ASKED, IT_RAINED, SO), "conversation_gap", 1, ALL_DECIDED),
        (told(IDA_ASKED + ERIK_LEFT, CALLS_IDA, SO), "max_conversation_turns", 1, ALL_DECIDED),
        (told(IDA_NODDED, ERIK_LEFT, SO), "introduction_paragraphs", 1, ALL_DECIDED),
        (told(IDA_NODDED + SO), "nobody_turn_factor", 1e9, DEFAULT_SPEAKER_SETTINGS),
    ],
)
def test_setting_changes_who_speaks_or_how_surely(
    scene: tuple[ParsedText, list[Attribution]], name: str, value: float, base: SpeakerSettings
) -> None:
    parsed, attributions = scene

    def found(settings: SpeakerSettings) -> list[tuple[tuple[str, ...], float]]:
        results = resolve_speakers(
            parsed,
            attributions,
            coreference=no_clusters,
            link=nearest,
            choice=PlainChoice(),
            score=lambda _, raw: raw,
            settings=settings,
        )
        return [(decision.speakers, round(decision.score, 3)) for decision in results.decisions]

    changed: dict[str, Any] = {name: value}
    assert found(base) != found(evolve(base, **changed))


def test_line_of_fiction_keeps_the_speaker_whom_its_source_names() -> None:
    parsed, attributions = told(IDA_ASKED)
    settings = evolve(DEFAULT_SPEAKER_SETTINGS, min_speaker_score=1.0, line_share=1.0)
    [decision] = resolve_speakers(
        parsed,
        attributions,
        style=TextStyle.FICTION,
        coreference=no_clusters,
        link=nearest,
        choice=PlainChoice(),
        score=lambda method, _: float(method != "dialogue"),
        settings=settings,
    ).decisions
    assert decision.speakers == ("e0",)
    assert decision.method == "name"


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_line_of_fiction_has_a_speaker_who_is_sure_enough(share: float) -> None:
    parsed, attributions = told(IDA_NODDED + SO, WHY)
    results = resolve_speakers(
        parsed,
        attributions,
        style=TextStyle.FICTION,
        coreference=no_clusters,
        link=nearest,
        choice=PlainChoice(),
        score=lambda _, raw: raw / 2,
        settings=evolve(DEFAULT_SPEAKER_SETTINGS, min_speaker_score=1.0, line_share=share),
    )
    assert [bool(decision.speakers) for decision in results.decisions] == [share == 0.0] * 2
