"""Who is spoken to in the lines of fiction: a learned decision for each who may be."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import Final

from attrs import asdict, frozen

from quotesmith.coreference import EntityNumber
from quotesmith.encoder import SHIPPED, read_file
from quotesmith.extraction.attributions import Attribution
from quotesmith.speakers.dialogue.listener_evidence import ListenerEvidence, find_listener_evidence
from quotesmith.speakers.dialogue.spoken_lines import LineReader
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.settings import SpeakerSettings

LISTENERS_FILE: Final = "listeners.json"
"""Its file in a weights folder."""


@frozen
class ListenerModel:
    """A logistic regression, fitted to novels in which it is known who is spoken to.

    Attributes:
        intercept: The log odds of somebody for whom nothing speaks.
        weights: What each sort of evidence adds to them.
    """

    intercept: float
    weights: Mapping[str, float]

    def __call__(self, evidence: ListenerEvidence) -> float:
        """The probability that the line is spoken to them, in (0, 1)."""
        odds = sum(self.weights[name] * value for name, value in asdict(evidence).items())
        return 1 / (1 + exp(-self.intercept - odds))


@cache
def read_listener_model(folder: Path = SHIPPED) -> ListenerModel:
    """The model in a weights folder, read once.

    Raises:
        WeightsError: if it is missing or damaged.
    """
    data = json.loads(read_file(folder, LISTENERS_FILE))
    return ListenerModel(data["intercept"], data["weights"])


def decide_listeners(
    context: DocumentContext,
    attributions: Sequence[Attribution],
    speakers: Sequence[tuple[EntityNumber, ...]],
    addressed: Sequence[tuple[EntityNumber, ...] | None],
) -> list[tuple[EntityNumber, ...]]:
    """Who is spoken to in each attribution of fiction, never its speaker; what is no line by its words alone.

    n log n in the attributions and mentions.

    Args:
        context: The text, all of its mentions read.
        attributions: Its quotes.
        speakers: Who speaks in each of them.
        addressed: Who is spoken to by the words of each; None where no words show it.

    Raises:
        WeightsError: if the weights are missing or damaged.
    """
    model = read_listener_model()
    decided = [tuple(found or ()) for found in addressed]
    read = LineReader.of(context, attributions, speakers, addressed)
    for position, line in enumerate(read.lines):
        evidence = find_listener_evidence(context.entities, read(position))
        chances = {entity: model(own) for entity, own in evidence.items()}
        decided[line.number] = choose_listeners(chances, context.settings)
    return [tuple(e for e in found if e not in own) for found, own in zip(decided, speakers, strict=True)]


def choose_listeners(chances: Mapping[EntityNumber, float], settings: SpeakerSettings) -> tuple[EntityNumber, ...]:
    """Those who are likely enough, likeliest first; if nobody is, the likeliest, unless that is too unlikely."""
    ordered = sorted(chances, key=lambda entity: -chances[entity])
    likely = tuple(entity for entity in ordered if chances[entity] >= settings.min_listener_probability)
    return likely or tuple(entity for entity in ordered[:1] if chances[entity] >= settings.min_likeliest_listener)
