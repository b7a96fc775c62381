"""Mentions -> entities -> the speaker of each quote."""

from quotesmith.speakers.calibration import speaker_score
from quotesmith.speakers.names import Gazetteer
from quotesmith.speakers.resolver import resolve_speakers
from quotesmith.speakers.results import Decision, SpeakerResults, SpeakerScore
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS, SpeakerSettings

__all__ = [
    "DEFAULT_SPEAKER_SETTINGS",
    "Decision",
    "Gazetteer",
    "SpeakerResults",
    "SpeakerScore",
    "SpeakerSettings",
    "resolve_speakers",
    "speaker_score",
]
