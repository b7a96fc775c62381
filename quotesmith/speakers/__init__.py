"""Mentions -> entities -> the speaker of each quote."""

from quotesmith.speakers.calibration import speaker_score
from quotesmith.speakers.names import Gazetteer
from quotesmith.speakers.resolver import SpeakerScore, resolve_speakers
from quotesmith.speakers.results import Decision, SpeakerResults

__all__ = ["Decision", "Gazetteer", "SpeakerResults", "SpeakerScore", "resolve_speakers", "speaker_score"]
