"""Makes the README's picture: an article with its quotes marked, and its graph. Run as `python -m tests.picture`.

Needs a browser as `tests/render/browser.py` says, and matplotlib. Writes `docs/picture.png`.
"""

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import quotesmith
from quotesmith.records import QuoteDocument
from quotesmith.render.articles import document_to_page
from quotesmith.render.plots import plot_network
from tests.render.browser import launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURE = Path(__file__).parents[1] / "docs" / "picture.png"
WIDTH = 800  # CSS pixels, as the README shows it
COLORS = 96  # of the palette: text and flat colors need no more, and a page loads fast
# Made up for the picture, so short that it can be read at this width.
TEXT = """\
The old bridge over the Ember is closed after the flood, and the blame has begun.

“The bridge is closed,” Mayor Jane Roe told reporters on Monday. She accused Governor Paul Stein of having cut the \
money for repairs.

“Jane Roe never called,” Mr. Stein answered. He said that the mayor had never asked him for help.

Ann Lee, an engineer, had warned them both. “I wrote to Mr. Stein twice,” she said. According to Ms. Lee, repairs \
“will take a year.”

Bo Day drove the last bus across. “Ann Lee told me not to stop,” he said.
"""
_STYLE = """
body{margin:0;background:#fff;font-family:system-ui,sans-serif;color:#1b1b1b}
.card{display:flex;gap:22px;padding:18px 20px;border:1px solid #d0d0d0;border-radius:10px}
.side{flex:none}
h2{font:600 13px/1.3 ui-monospace,monospace;color:#595959;margin:0 0 8px}
img{display:block}
"""


def read_text() -> QuoteDocument:
    """The picture's text, read."""
    return quotesmith.read(TEXT, id="bridge")


def draw(document: QuoteDocument, browser: "Browser") -> bytes:
    """The picture as PNG, twice as fine as it is wide in CSS pixels."""
    article, network = _article(document, browser), _network(document)
    page = browser.new_page(viewport={"width": WIDTH, "height": 600}, device_scale_factor=2)
    page.set_content(
        f"<style>{_STYLE}</style><div class=card>"
        f"{_side('quotesmith html article.txt -o article.html', article, 412)}"
        f"{_side('plot_network(doc.graph())', network, 324)}</div>"
    )
    return _reduced(page.locator(".card").screenshot())


def _article(document: QuoteDocument, browser: "Browser") -> bytes:
    """The text as the document's page shows it, without what stands beside it."""
    page = browser.new_page(viewport={"width": 444, "height": 900}, device_scale_factor=2)
    page.set_content(document_to_page(document))
    return page.locator("main .text").screenshot()


def _network(document: QuoteDocument) -> bytes:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3.3, 4.6), layout="constrained")
    axes = plot_network(document.graph(), ax=figure.add_subplot())
    axes.set_title("", loc="left")
    file = BytesIO()
    figure.savefig(file, format="png", dpi=200)
    return file.getvalue()


def _side(title: str, png: bytes, width: int) -> str:
    data = b64encode(png).decode()
    return f"<div class=side><h2>{title}</h2><img width={width} src='data:image/png;base64,{data}'></div>"


def _reduced(png: bytes) -> bytes:
    from PIL import Image

    file = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(COLORS).save(file, format="png", optimize=True)
    return file.getvalue()


def main() -> None:
    """Write the picture."""
    with launched() as browser:
        PICTURE.write_bytes(draw(read_text(), browser))


if __name__ == "__main__":
    main()
