"""The files of English pipelines as they were published, recognized by their checksums.

Anybody may upload to a package index, and a file may be damaged on its way to the disk. `checksums.json` has the
SHA-256 of each file of the pipelines that our figures were measured with, by package, version and file.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path


def differing_files(name: str) -> tuple[str, ...] | None:
    """The files of an installed pipeline that are not there or not as published; None for an unknown version.

    Args:
        name: The name of the pipeline's package, which isn't imported.
    """
    known = _known().get(name, {}).get(_version(name))
    if known is None:
        return None
    found = file_checksums(name)
    return tuple(file for file, expected in known.items() if found.get(file) != expected)


def file_checksums(name: str) -> dict[str, str]:
    """The SHA-256 of each file in a package's folder by its path there, as `checksums.json` lists them."""
    spec = find_spec(name)
    folders = [] if spec is None else spec.submodule_search_locations or []
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for folder in map(Path, folders)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@cache
def _known() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    known: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(
        files("quotesmith.pipeline").joinpath("checksums.json").read_text(encoding="utf-8")
    )
    return known


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
