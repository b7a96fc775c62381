"""Characters that a file can't carry."""

import re

# XML 1.0 forbids these even as references: controls but tab and line ends, surrogates, U+FFFE and U+FFFF.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def without_forbidden(text: str) -> str:
    """The text with U+FFFD for each character that XML forbids; no character is lost or moved."""
    return _FORBIDDEN.sub(REPLACEMENT, text)


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for each surrogate, which UTF-8 can't carry; no character is lost or moved."""
    return _SURROGATE.sub(REPLACEMENT, text)
