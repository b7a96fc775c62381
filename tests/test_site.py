"""The documentation site is built without a warning, fetches nothing, and its links lead somewhere."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest

from tests.cases import each_row
from tests.site_pages import ROOT, places, relinked, to_site, with_folders


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    return folder


def pages(site: Path) -> Iterator[tuple[Path, lxml.html.HtmlElement]]:
    return ((path, lxml.html.parse(path).getroot()) for path in sorted(site.rglob("*.html")) if path.name != "404.html")


def test_pages_fetch_nothing(site: Path) -> None:
    fetched = [
        (path.name, target)
        for path, page in pages(site)
        for target in page.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src | //iframe/@src")
        if urlsplit(target).netloc
    ]
    assert fetched == []


def test_links_lead_to_pages_and_to_places_in_them(site: Path) -> None:
    ids = {path: {*page.xpath("//@id"), *page.xpath("//a/@name")} for path, page in pages(site)}
    dead = []
    for path, page in pages(site):
        for target in page.xpath("//a/@href"):
            parts = urlsplit(target)
            place = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if parts.scheme or parts.netloc:
                continue
            if not place.exists() or (parts.fragment and place in ids and unquote(parts.fragment) not in ids[place]):
                dead.append((path.name, target))
    assert dead == []


def test_every_page_of_the_docs_is_on_the_site(site: Path) -> None:
    docs = ROOT / "docs"
    missing = [
        path.relative_to(docs)
        for path in docs.rglob("*.md")
        if not (site / path.relative_to(docs).with_suffix(".html")).exists()
    ]
    assert missing == []


@each_row("place, page", "site", "places of files")
def test_place_of_a_file_on_the_site(place: str, page: str | None) -> None:
    assert to_site(place, places()) == page


def test_links_are_turned_to_the_site_but_not_in_code() -> None:
    text = "[scores](docs/scores.md#news) `[scores](docs/scores.md)` [out](https://example.org/docs/scores.md)"
    assert relinked(text, "index.md", places()) == (
        "[scores](scores.md#news) `[scores](docs/scores.md)` [out](https://example.org/docs/scores.md)"
    )
    assert relinked("[log](../../CHANGELOG.md)", "decisions/0001.md", places()) == "[log](../changelog.md)"


def test_folder_in_the_navigation_stands_for_its_pages(tmp_path: Path) -> None:
    for name in ("b.md", "index.md", "a.md"):
        (tmp_path / "how" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "how" / name).touch()
    assert with_folders([{"How": ["how/"]}, "x.md"], tmp_path) == [
        {"How": ["how/index.md", "how/a.md", "how/b.md"]},
        "x.md",
    ]


def test_decisions_are_all_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "index.md").read_text(encoding="utf-8")
    heads = {path.name: path.read_text(encoding="utf-8").partition("\n")[0] for path in folder.glob("0*.md")}
    for name, head in heads.items():
        number, _, title = head.removeprefix("# ").partition(". ")
        assert f"| {number} | [{title}]({name}) |" in listed
