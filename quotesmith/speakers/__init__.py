"""Mentions -> entities -> the speaker of each quote."""

from quotesmith.speakers.cast import Cast, Decision
from quotesmith.speakers.gazetteer import Gazetteer
from quotesmith.speakers.resolve import resolve_speakers

__all__ = ["Cast", "Decision", "Gazetteer", "resolve_speakers"]
