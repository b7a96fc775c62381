"""The licences of what quotesmith stands on, as the packages themselves say. Run as `python -m tests.licences`.

Writes `docs/licences.md` anew, from what is installed: what a plain install brings, and what each extra for users adds.
"""

from importlib.metadata import distribution, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path(__file__).parents[1] / "docs" / "licences.md"
EXTRAS = ("corpus", "en", "html", "pandas", "parquet", "plots")
ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "CNRI-Python",
    "ISC",
    "MIT",
    "MIT-CMU",
    "MPL-1.1",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}
_OSI = "License :: OSI Approved :: "
_HEAD = """\
# Licences

quotesmith's code is under the MIT licence, its weights are under Apache-2.0; [NOTICE](../NOTICE), which every install
has, says what is under which, with the word lists, the examples and the training data.

The packages that an install brings on Linux with CPython 3.11, each in its newest version, with the licence in its
metadata. `python -m tests.licences` writes this page; a test fails if an install brings a package that isn't listed, or
one with a licence that `tests/licences.py` doesn't allow. All of them let you use, change and sell what you build on
them; MPL-2.0 (certifi, tqdm) and MPL-1.1 (tld, which offers GPL and LGPL as alternatives) require changes to their own
files to be published.

Not listed are the extras `ray` and `fuzz`: ray, msgpack and atheris are under Apache-2.0, and jsonschema,
jsonschema-specifications, referencing and rpds-py under MIT.

| package | only with the extra | licence | required by |
| --- | --- | --- | --- |"""
_TAIL = """
Older releases within the bounds also bring coloredlogs, humanfriendly, sympy and mpmath (onnxruntime), typer-slim
(spaCy) and pytz (pandas), all under MIT or BSD-3-Clause.
"""
# What those are that a page written beside the newest releases can't tell.
OLDER = frozenset({"coloredlogs", "humanfriendly", "mpmath", "pytz", "sympy", "typer-slim"})
# What packages write that have no licence expression in their metadata.
_NAMES = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "3-clause bsd license": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
}


def needed(*extras: str) -> dict[str, set[str]]:
    """The packages that an install brings, with these extras or plain, each with those that ask for it."""
    found: dict[str, set[str]] = {}
    waiting = [("quotesmith", extra) for extra in ("", *extras)]
    while waiting:
        name, extra = waiting.pop()
        for requirement in map(Requirement, requires(name) or ()):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                own = canonicalize_name(requirement.name)
                if own not in found:
                    waiting += [(own, further) for further in ("", *requirement.extras)]
                found.setdefault(own, set()).add(name)
    return found


def licence(name: str) -> str:
    """The package's licence as an SPDX expression; its own words where it has none that we know."""
    told = distribution(name).metadata.json
    classifiers = [line.rsplit(" :: ", 1)[1] for line in told.get("classifier", ()) if _OSI in line]
    stated = str(told.get("license_expression") or " AND ".join(classifiers) or told.get("license") or "none stated")
    return _NAMES.get(stated.lower(), stated)


def is_allowed(expression: str) -> bool:
    """Whether each part of the expression is an allowed licence, or offers one to choose."""
    parts = (part.strip("()").split(" OR ") for part in expression.split(" AND "))
    return all(any(option in ALLOWED for option in options) for options in parts)


def page() -> str:
    """The content of `docs/licences.md`."""
    plain = needed()
    added = {extra: needed(extra).keys() - plain.keys() for extra in EXTRAS}
    rows = [_row(name, plain[name], "") for name in sorted(plain)]
    for extra, names in added.items():
        rows += [_row(name, needed(extra)[name], extra) for name in sorted(names)]
    return "\n".join((_HEAD, *rows, _TAIL))


def _row(name: str, asking: set[str], extra: str) -> str:
    return f"| {name} | {extra} | {licence(name)} | {', '.join(sorted(asking))} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
