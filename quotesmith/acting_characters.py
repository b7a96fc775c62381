"""Characters that could do something to a screen, made visible: texts, names and files may hold any."""

import re

# Controls (an escape starts a terminal's commands), surrogates (no encoding carries them), and the characters that turn
# the direction of what follows or hide a part of it. Tab, line feed, form feed and carriage return are white space.
_ACTING = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)

_TURNING = re.compile("[\u061c\u200e\u200f]")


def visible(text: str) -> str:
    """The text with U+FFFD for each character that acts on the screen; no other character changes or is lost."""
    # None of them is printable; most texts are, and that is known sooner.
    return text if text.isprintable() else _ACTING.sub("\ufffd", text)


def visible_in_line(text: str) -> str:
    """The visible text, with U+FFFD for marks of direction too: on a line of a terminal they move what isn't theirs.

    A page keeps them, where each text stands apart from what is around it.
    """
    return text if text.isprintable() else _TURNING.sub("\ufffd", visible(text))
