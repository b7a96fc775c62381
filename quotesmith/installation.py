"""What is installed: versions, extras, the English pipeline and the weights, as data that `quotesmith info` shows."""

import platform
import re
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from typing import Any

import quotesmith
from quotesmith.encoder.weights import SHIPPED, read_card, read_file
from quotesmith.errors import QuotesmithError
from quotesmith.pipeline.checksums import differing_files
from quotesmith.pipeline.loading import find_pipeline

_REQUIREMENT = re.compile(r"([\w.-]+)[^;]*(?:;.*extra == ['\"](\w+)['\"])?")
# What changing quotesmith needs, not using it.
_NOT_FOR_USERS = ("dev", "training")


def describe_installation() -> dict[str, Any]:
    """Plain JSON data: versions (None where a package isn't installed), and what checks of files say.

    Files are read and compared with their checksums, which takes a tenth of a second.
    """
    extras = _requirements()
    return {
        "quotesmith": quotesmith.__version__,
        "python": f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        "packages": extras.pop("", {}),
        "extras": {name: extras[name] for name in extras if name not in _NOT_FOR_USERS},
        "pipeline": _pipeline(),
        "weights": _weights(),
    }


def _requirements() -> dict[str, dict[str, str | None]]:
    """The packages that each extra names, under "" those that are always needed, with their versions."""
    found: dict[str, dict[str, str | None]] = {}
    for line in requires("quotesmith") or ():
        match = _REQUIREMENT.match(line)
        if match is not None:
            name, extra = match.groups(default="")
            found.setdefault(extra, {})[name] = _version(name)
    return found


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _pipeline() -> dict[str, Any]:
    try:
        name = find_pipeline()
    except QuotesmithError as error:
        return {"fault": str(error)}
    found = _version(name)
    differing = differing_files(name)
    return {
        "name": name,
        "version": found,
        "licence": None if found is None else metadata(name).json.get("license"),
        "files": "not known" if differing is None else f"differs: {', '.join(differing)}" if differing else "as known",
    }


def _weights() -> dict[str, Any]:
    try:
        card = read_card(SHIPPED)
        return {
            "date": card["date"],
            "licence": card["base"]["licence"],
            "files": {name: {**entry, "check": _check(name)} for name, entry in card["files"].items()},
        }
    except QuotesmithError as error:
        return {"fault": str(error)}


def _check(name: str) -> str:
    try:
        read_file(SHIPPED, name)
    except QuotesmithError as error:
        return str(error)
    return "as its card says"
