"""The pages in a headless browser: they fetch nothing, run nothing of a text's, and work by pointer and keyboard."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotesmith.acting_characters import visible
from quotesmith.records import Entity, Evidence, Mention, Quote, QuoteDocument
from quotesmith.render.articles import document_to_page
from quotesmith.render.characters import on_one_line
from quotesmith.render.graph_pages import graph_to_page
from tests.benchmarks.pages import novel
from tests.render.browser import Visit, launched, visited
from tests.samples import SUMMIT_TEXT, summit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., AbstractContextManager[Visit]]
HOSTILE = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "</style><img src=x onerror=window.hit=1>",
    "\"onmouseover='window.hit=1' x=\"",
    "<!--<script>",
    "]]>&lt;b&gt;&#60;",
    "\u202eesrever\u2066 שלום עולם مرحبا",
    "a\0b\x1b[31m\ud800\uffff",
    "a\rb\r\nc\td\fe\u2028f",
    "javascript:window.hit=1//",
    "$$x^2$$ \\(x\\) @name{safe} $x",
)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with launched() as browser:
        yield browser


@pytest.fixture
def opened(browser: "Browser", tmp_path: Path) -> Open:
    """Opens a page of that HTML."""

    def open_page(html: str, **options: Any) -> AbstractContextManager[Visit]:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8", newline="")
        return visited(browser, path, **options)

    return open_page


def hostile() -> QuoteDocument:
    """Every string of it wants to be run, or at least to break out."""
    text = "\n".join(HOSTILE) + "\n" + "x" * 1_000_000
    words = "".join(HOSTILE)
    ends = [sum(map(len, HOSTILE[:place])) + place for place in range(len(HOSTILE) + 1)]
    entities = [Entity(name, name, "person", aliases=[name], identifier=name) for name in HOSTILE]
    return QuoteDocument(
        words,
        text,
        words,
        [
            Quote(
                f"q{place}{name}",
                ("direct", "mixed", "indirect")[place % 3],
                [(ends[place], ends[place + 1])],
                name,
                cue=[(ends[place], ends[place] + 2)],
                source=name,
                speakers=[name],
                addressees=[HOSTILE[place - 1]],
                evidence=Evidence(name, name, [name, HOSTILE[0]], reason=name),
            )
            for place, name in enumerate(HOSTILE)
        ],
        entities,
        [Mention(name, [(ends[place], ends[place] + 5)], "name", name) for place, name in enumerate(HOSTILE)],
        {
            "title": words,
            "chapters": [
                {"title": name, "start": ends[place], "end": ends[place + 1]} for place, name in enumerate(HOSTILE)
            ],
        },
    )


def panel(page: "Page") -> str:
    return page.inner_text("#about")


def assert_quiet(visit: Visit) -> None:
    assert visit.requests == []
    assert visit.complaints == []


def test_what_a_page_asks_for_would_be_counted(opened: Open) -> None:
    with opened("<img src='https://example.org/x.png'><script>console.error('oh')</script>") as visit:
        assert visit.requests == ["https://example.org/x.png"]
        assert "oh" in visit.complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_in_the_page_is_the_documents(opened: Open, scheme: str) -> None:
    with opened(document_to_page(summit()), scheme=scheme) as visit:
        assert visit.page.evaluate("document.querySelector('.text').textContent") == SUMMIT_TEXT
        paper = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 22, 22)"}[scheme]
        assert_quiet(visit)


def test_hostile_article_stays_words(opened: Open) -> None:
    document = hostile()
    with opened(document_to_page(document)) as visit:
        for place in range(len(HOSTILE)):
            visit.page.evaluate(f"document.getElementById('q{place}').focus()")
            assert "spoken to" in panel(visit.page).lower()
        assert visit.page.evaluate("window.hit") is None
        assert visit.page.evaluate("document.querySelector('.text').textContent") == visible(document.text)
        assert visit.page.evaluate("document.querySelectorAll('img,script:not([type]),style').length") == 2
        assert visit.page.evaluate("document.querySelectorAll('a:not([href^=\\'#\\'])').length") == 0
        assert_quiet(visit)


def test_pointing_shows_and_clicking_keeps(opened: Open) -> None:
    with opened(document_to_page(summit())) as visit:
        page = visit.page
        page.hover("text=did not say")
        assert "Vladimir Putin" in panel(page)
        page.click("mark >> text=that Ukraine")
        page.hover("text=did not say")
        assert "Xi Jinping" in panel(page)
        assert "“added”" in panel(page)
        assert "coreference, 80 %" in panel(page)
        page.keyboard.press("Escape")
        assert "Point at a quote" in panel(page)


def test_pronoun_leads_to_its_name_and_an_address_to_its_quote(opened: Open, tmp_path: Path) -> None:
    with opened(document_to_page(summit())) as visit:
        page = visit.page
        page.click("main a.m >> text=He")
        assert page.evaluate("document.querySelector(':target').textContent") == "Xi Jinping"
        page.click("#about a >> text=He")
        assert page.evaluate("document.querySelector(':target').textContent") == "He"
    with opened(document_to_page(summit())) as visit:
        visit.page.goto("about:blank")
        visit.page.goto((tmp_path / "page.html").as_uri() + "#q2")
        assert "Vladimir Putin" in panel(visit.page)


def test_tab_goes_through_quotes_and_enter_into_the_panel(opened: Open) -> None:
    with opened(document_to_page(summit())) as visit:
        page = visit.page
        page.focus("#q0")
        assert "Xi Jinping" in panel(page)
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "panel"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "q0"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "q1"
        for key in ("n", "ArrowRight", "p"):
            page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == "q2"
        assert "3 of 7" in panel(page)
        assert_quiet(visit)


def test_filters_hide_quotes_but_no_words_and_buttons_pass_these_over(opened: Open) -> None:
    with opened(document_to_page(summit())) as visit:
        page = visit.page
        marked = "[...document.querySelectorAll('mark:not(.off)')].map((mark) => mark.textContent).join('|')"
        page.uncheck("input[name=kind][value='0']")
        assert page.evaluate(marked) == "that Ukraine’s borders were “not for sale”|that talks would go on|the tariffs"
        assert page.inner_text("#shown") == "3 of 7 quotes shown"
        page.click("#none")
        assert page.evaluate(marked) == ""
        assert page.locator("main .n:visible").count() == 0
        assert page.evaluate("document.querySelector('.text').textContent") == SUMMIT_TEXT
        page.click("#all")
        page.check("input[name=kind][value='0']")
        assert page.inner_text("#shown") == "7 of 7 quotes shown"
    with opened(document_to_page(summit())) as visit:
        page = visit.page
        page.uncheck("input[name=speaker][value='0']")
        page.click("#next")
        assert page.evaluate("document.activeElement.id") == "q2"
        page.click("#previous")
        assert "3 of 7" in panel(page)
    with opened(document_to_page(summit())) as visit:
        page = visit.page
        page.uncheck("input[name=speaker][value='4']")
        page.click("mark >> text=Never trust")
        assert "a source close to the talks" in panel(page)


def test_jump_over_parts_that_were_not_laid_out_lands_on_the_quote(opened: Open) -> None:
    document = novel(quotes=1_000)
    with opened(document_to_page(document)) as visit:
        visit.page.click("#previous")
        assert 0 < visit.page.evaluate("document.getElementById('q999').getBoundingClientRect().y") < 900
        assert "1000 of 1000" in panel(visit.page)
        assert visit.page.evaluate("document.getElementById('panel').getBoundingClientRect().height") > 200


@pytest.mark.parametrize("width", [1280, 360])
def test_jump_to_a_chapter_lands_there_and_marks_it(opened: Open, width: int) -> None:
    current = "[...document.querySelectorAll('#chapters [aria-current]')].map((link) => link.textContent)"
    with opened(document_to_page(novel(quotes=1_000)), width=width) as visit:
        page = visit.page
        assert page.evaluate("document.getElementById('chapters').open") == (width == 1280)
        page.evaluate("document.getElementById('chapters').open = true")
        page.click("#chapters a >> text=Chapter 8")
        page.wait_for_selector("#chapters [aria-current] >> text='Chapter 8'", state="attached")
        assert 0 < page.evaluate("document.getElementById('c8').getBoundingClientRect().y") < 200
        assert page.evaluate("document.getElementById('chapters').open") == (width == 1280)
        page.evaluate("window.scrollTo(0, 0)")
        page.wait_for_selector("#chapters [aria-current] >> text='Chapter 1'", state="attached")
        assert page.evaluate(current) == ["Chapter 1"]
        assert_quiet(visit)


def test_narrow_page_does_not_scroll_sideways(opened: Open) -> None:
    with opened(document_to_page(summit()), width=360) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert visit.page.is_hidden("#panel")
        visit.page.click("mark >> text=that Ukraine")
        assert visit.page.is_visible("#panel")


# The middles of the dots, in pixels of the window.
DOTS = """() => {
  const [view] = Object.values(Bokeh.index);
  const {x, y} = view.model.renderers.at(-1).data_source.data;
  const {frame} = view, box = view.el.getBoundingClientRect();
  return Array.from(x, (_, i) => [box.x + frame.x_scale.compute(x[i]), box.y + frame.y_scale.compute(y[i])]);
}"""


@pytest.mark.parametrize("document", [summit(), hostile()], ids=["summit", "hostile"])
def test_graph_is_drawn_offline_and_names_stay_words(opened: Open, document: QuoteDocument) -> None:
    pytest.importorskip("bokeh")
    with opened(graph_to_page(document.graph())) as visit:
        page = visit.page
        page.wait_for_function("window.Bokeh && Object.values(Bokeh.index).some((view) => view.is_idle)")
        names = page.locator("table >> nth=0 >> tbody td:first-child").all_text_contents()
        dots = page.evaluate(DOTS)
        assert len(names) == len(dots) == len({on_one_line(entity.name) for entity in document.entities})
        for name, dot in zip(names, dots, strict=True):
            page.mouse.move(*dot)
            page.locator(".bk-tooltip-content").filter(has_text=name).first.wait_for()
        assert page.evaluate("window.hit") is None
        assert page.locator("img").count() == 0
        assert_quiet(visit)
