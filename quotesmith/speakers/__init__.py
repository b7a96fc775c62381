"""Mentions -> entities -> the speaker of each quote."""

from quotesmith.speakers.cast import Cast, Decision
from quotesmith.speakers.gazetteer import Gazetteer
from quotesmith.speakers.resolve import SpeakerScore, resolve_speakers
from quotesmith.speakers.scores import speaker_score

__all__ = ["Cast", "Decision", "Gazetteer", "SpeakerScore", "resolve_speakers", "speaker_score"]
