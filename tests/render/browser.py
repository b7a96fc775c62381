"""A headless browser for tests of pages: one that counts what a page asks for and says."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from attrs import define, field

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@define
class Visit:
    """A page in a browser, the addresses that it asked for beside its own, and what it complained of."""

    page: "Page"
    requests: list[str] = field(factory=list)
    complaints: list[str] = field(factory=list)


@contextmanager
def launched() -> Iterator["Browser"]:
    """A browser; the test is skipped where there is none, or no playwright to drive it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("no Chromium or Chrome is installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def visited(
    browser: "Browser", path: Path, *, scheme: Literal["light", "dark"] = "light", width: int = 1280
) -> Iterator[Visit]:
    """The file as a browser shows it; whatever else it asks for is noted and refused."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    visit = Visit(context.new_page())
    address = path.as_uri()

    def answer(route: "Route") -> None:
        if route.request.url.split("#", 1)[0] == address:
            route.continue_()
        else:
            visit.requests.append(route.request.url)
            route.abort()

    visit.page.route("**/*", answer)
    visit.page.on(
        "console", lambda said: visit.complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.goto(address)
    yield visit
    context.close()
