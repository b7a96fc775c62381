"""Characters that a file can't carry."""

import re

from quotesmith.errors import FormatError

# XML 1.0 forbids these even as references: controls but tab and line ends, surrogates, U+FFFE and U+FFFF.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# BCP 47.
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def without_forbidden(text: str) -> str:
    """The text with U+FFFD for each character that XML forbids; no character is lost or moved."""
    return _FORBIDDEN.sub(REPLACEMENT, text)


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for each surrogate, which UTF-8 can't carry; no character is lost or moved."""
    return _SURROGATE.sub(REPLACEMENT, text)


def language_tag(language: str) -> str | None:
    """The language as XML may name it; None where it is no tag of BCP 47."""
    return language if _LANGUAGE_TAG.fullmatch(language) else None


def decode_utf8(data: bytes, where: str, *, first_line: int = 1) -> str:
    """The text that the bytes hold, line ends and a byte order mark as they are.

    Args:
        data: The bytes.
        where: The file, for the error.
        first_line: The number in that file of the first line of `data`.

    Raises:
        FormatError: if it isn't UTF-8; names the line.
    """
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = first_line + data.count(b"\n", 0, error.start)
        msg = f"{where}: not UTF-8: byte {data[error.start]:#04x} in line {line}"
        raise FormatError(msg) from error
