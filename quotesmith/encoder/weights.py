"""The encoder's weights on disk, read once and checked against their card."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from quotesmith.errors import WeightsError

GRAPH: Final = "encoder.onnx"
"""The network, in ONNX."""
TOKENIZER: Final = "tokenizer.json"
"""Its WordPiece tokenizer."""
CARD: Final = "card.json"
"""How the two were made, and their checksums."""
WEIGHTS_FORMAT: Final = 1
"""The version of the card that this package reads."""
SHIPPED: Final = Path(__file__).parents[1] / "weights"
"""The folder of the weights that come with this package."""

_REMEDY = "reinstall quotesmith: pip install --force-reinstall --no-deps quotesmith"


@frozen(eq=False)
class Weights:
    """The content of a weights folder, as its card describes it.

    Attributes:
        graph: The bytes of `encoder.onnx`.
        tokenizer: The text of `tokenizer.json`.
        card: The data of `card.json`.
    """

    graph: bytes
    tokenizer: str
    card: Mapping[str, Any]


def read_weights(folder: Path) -> Weights:
    """The weights in `folder`, each file read once and checked as it is read.

    Raises:
        WeightsError: if a file is missing, or is not the one that the card describes.
    """
    card = read_card(folder)
    return Weights(_read_checked(folder, GRAPH, card), _read_checked(folder, TOKENIZER, card).decode(), card)


def read_file(folder: Path, name: str) -> bytes:
    """The bytes of one file of the folder, checked against the card.

    Raises:
        WeightsError: as in `read_weights`.
    """
    return _read_checked(folder, name, read_card(folder))


def expected_checksum(folder: Path, name: str) -> str:
    """The SHA-256 that the folder's card gives for a file.

    Raises:
        WeightsError: if the card can't be read, or has none.
    """
    return _expected(folder / CARD, name, read_card(folder))


def checksum(content: bytes) -> str:
    """The SHA-256 of `content`, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_card(folder: Path) -> dict[str, Any]:
    """The data of the folder's card.

    Raises:
        WeightsError: if it is missing, or not in a format that this package reads.
    """
    path = folder / CARD
    try:
        card = json.loads(path.read_bytes())
    except OSError as error:
        msg = f"the encoder's weights need {path}, which can't be read ({error.strerror}); {_REMEDY}"
        raise WeightsError(msg) from error
    except (ValueError, RecursionError) as error:
        msg = f"{path} is not JSON ({error}); {_REMEDY}"
        raise WeightsError(msg) from error
    if not isinstance(card, dict) or card.get("format") != WEIGHTS_FORMAT:
        found = card.get("format") if isinstance(card, dict) else type(card).__name__
        msg = f"{path} has format {found!r}, and this quotesmith reads format {WEIGHTS_FORMAT}; {_REMEDY}"
        raise WeightsError(msg)
    return card


def _read_checked(folder: Path, name: str, card: Mapping[str, Any]) -> bytes:
    path = folder / name
    expected = _expected(folder / CARD, name, card)
    try:
        content = path.read_bytes()
    except OSError as error:
        msg = (
            f"the encoder's weights need {path}, which can't be read ({error.strerror}): "
            f"found no SHA-256, expected {expected}; {_REMEDY}"
        )
        raise WeightsError(msg) from error
    found = checksum(content)
    if found != expected:
        msg = f"{path} is damaged or was changed: found SHA-256 {found}, expected {expected}; {_REMEDY}"
        raise WeightsError(msg)
    return content


def _expected(path: Path, name: str, card: Mapping[str, Any]) -> str:
    files = card.get("files")
    entry = files.get(name) if isinstance(files, dict) else None
    expected = entry.get("sha256") if isinstance(entry, dict) else None
    if not isinstance(expected, str):
        msg = f"{path} has no SHA-256 for {name}: found {entry!r}; {_REMEDY}"
        raise WeightsError(msg)
    return expected
