"""Hooks of the documentation site: pages that stand beside docs/, links to them, folders in the navigation.

README.md and its like stay where readers of the source look for them, with links that hold there. The site takes them
in as pages of its own and turns each link to a file of the repository into one to the file's place on the site.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
# What the site takes in from beside docs/, by its place in the repository.
TAKEN = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "reporting.md",
    "examples/README.md": "examples.md",
}
_FILES = ("CITATION.cff", "NOTICE")
_FOLDERS = ("examples", "quotesmith/weights")
_KINDS = (".py", ".txt", ".json", ".ipynb", ".html", ".png", ".svg", ".jsonl")
_LARGEST = 400_000  # bytes: the site is no place for weights
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(\]\()([^)\s#:]+)(#[^)\s]*)?(\))")


def places() -> dict[str, str]:
    """Where on the site each file of the repository is that stands beside docs/, by its place there."""
    found = {**TAKEN, **{place: place for place in _FILES}}
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).iterdir()):
            place = path.relative_to(ROOT).as_posix()
            if path.suffix in _KINDS and path.stat().st_size <= _LARGEST:
                found[place] = place
    return found


def to_site(place: str, known: Mapping[str, str]) -> str | None:
    """Where on the site a file or folder of the repository is; None where it isn't there."""
    if place in known:
        return known[place]
    if place.startswith("docs/"):
        inside = place.removeprefix("docs/")
        return f"{inside}/index.md" if (ROOT / place).is_dir() else inside
    return None


def relinked(markdown: str, page: str, known: Mapping[str, str]) -> str:
    """The page's text with its links to the repository's files as links to their places on the site.

    Args:
        markdown: The text; code in it is left alone.
        page: The page's place on the site.
        known: As `places` gives them.
    """
    source = next((place for place, own in known.items() if own == page), f"docs/{page}")
    folder = str(PurePosixPath(source).parent)

    def turned(match: re.Match[str]) -> str:
        before, target, anchor, after = match.groups(default="")
        place = to_site(normpath(f"{folder}/{target}"), known)
        if place is None:
            return match.group()
        return f"{before}{relpath(place, str(PurePosixPath(page).parent))}{anchor}{after}"

    return "".join(part if is_code else _LINK.sub(turned, part) for part, is_code in _parts(markdown))


def _parts(markdown: str) -> Iterator[tuple[str, bool]]:
    """The text cut into what is code and what isn't."""
    position = 0
    for match in _CODE.finditer(markdown):
        yield markdown[position : match.start()], False
        yield match.group(), True
        position = match.end()
    yield markdown[position:], False


def with_folders(nav: list[Any], docs: Path) -> list[Any]:
    """The navigation with each entry that is a folder in place of all of its pages, in the order of their names."""
    found: list[Any] = []
    for entry in nav:
        if isinstance(entry, str) and entry.endswith("/"):
            found.extend(path.relative_to(docs).as_posix() for path in _pages(docs / entry))
        elif isinstance(entry, dict):
            found.append(
                {name: with_folders(part, docs) if isinstance(part, list) else part for name, part in entry.items()}
            )
        else:
            found.append(entry)
    return found


def _pages(folder: Path) -> list[Path]:
    """The pages of a folder in the order of their names, the one about all of them first."""
    return sorted(folder.glob("*.md"), key=lambda path: (path.name != "index.md", path.name))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Puts pages in place of folders."""
    config.nav = with_folders(config.nav or [], Path(config.docs_dir))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Takes in what stands beside docs/."""
    for place, own in places().items():
        files.append(File.generated(config, own, abs_src_path=str(ROOT / place)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - the hook's
    """Turns links to the repository's files into links to their places on the site."""
    return relinked(markdown, page.file.src_uri, places())
