"""The mentions of people, bodies, places, groups and things that the encoder's outputs show."""

from enum import IntEnum
from typing import Final


class MentionForm(IntEnum):
    """How a mention refers."""

    NAME = 0
    NOMINAL = 1
    PRONOUN = 2


class MentionKind(IntEnum):
    """What a mention refers to: a group is several people without a name of a body."""

    PERSON = 0
    BODY = 1
    PLACE = 2
    GROUP = 3
    THING = 4


MENTION_LABELS: Final = len(MentionForm) * len(MentionKind)
"""How many labels a mention may have: its form times the number of kinds, plus its kind."""
MENTION_SPAN_SIZE: Final = 48
"""Length of the vectors whose products score whether two words are the first and the last of a mention."""
MENTION_SIZE: Final = 2 * (MENTION_SPAN_SIZE + MENTION_LABELS)
"""What the encoder gives a piece: its vector as a first word, as a last word, and its labels' scores as each."""
MENTION_WORDS: Final = 30
"""How many words a mention has at most: of gold mentions, 1 in 200 has more."""
MENTION_OFFSET: Final = -4.0
"""Added to each product: before anything is learned, few stretches are mentions."""


def mention_label(form: MentionForm, kind: MentionKind) -> int:
    """The number of a label."""
    return form * len(MentionKind) + kind
