"""Documents, selections and graphs as HTML."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.acting_characters import visible
from quotesmith.records import Entity, Mention, Quote, QuoteDocument
from quotesmith.render.colors import PALETTE
from quotesmith.render.html import cast_to_html, document_to_html, graph_to_html, segments_to_html, selection_to_html
from tests.cases import each_row
from tests.samples import novella, summit
from tests.strategies import documents

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><b>",
    "</div></td></table>",
    "\"onmouseover='alert(1)' x=\"",
    "'><img src=x onerror=alert(1)>",
    "<!-- ",
    "]]>",
    "&lt;b&gt; &amp; &#60;",
    "\u202eesrever",
    "a\0b\x1b[31m\ud800",
)


class Reader(HTMLParser):
    """What a browser would make of a fragment: its tags with attributes, its words, and its tooltips."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.tooltips: list[str] = []
        self.pieces: list[str] = []
        self.open: list[str] = []
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "meta":  # the one tag without an end
            self.open.append(tag)
        self.attributes.update(name for name, _ in attrs)
        self.tooltips += [value or "" for name, value in attrs if name == "title"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    @property
    def words(self) -> str:
        return "".join(self.pieces)


TAGS = {"div", "style", "p", "ul", "li", "span", "mark", "table", "thead", "tbody", "tr", "th", "td", "b"}
ATTRIBUTES = {"class", "style", "title", "dir"}


def assert_harmless(fragment: str) -> None:
    reader = Reader(fragment)
    assert set(reader.tags) <= TAGS
    assert reader.attributes <= ATTRIBUTES
    assert reader.tags.count("style") == 1
    assert reader.open == []
    fragment.encode("utf-8")
    assert visible(fragment) == fragment


def say(words: str) -> QuoteDocument:
    """A document all of whose strings are the words."""
    return QuoteDocument(
        words,
        words,
        "en",
        [
            Quote("q0", "direct", [(0, len(words))], words, source="m0", speakers=["e0"], addressees=["e0"]),
            Quote("q1", "direct", [(0, 1)], words),
        ],
        [Entity("e0", words, aliases=[words])],
        [Mention("m0", [(0, len(words))], "name", "e0")],
        {"title": words},
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    document = say(words)
    fragments = (
        document_to_html(document),
        segments_to_html(document.segments()),
        selection_to_html(document.quotes),
        cast_to_html(document.cast()),
    )
    for fragment in (*fragments, graph_to_html(document.graph())):
        assert_harmless(fragment)
    assert visible(words) in Reader(document_to_html(document)).words


@given(documents())
def test_no_text_and_no_record_can_break_out(document: QuoteDocument) -> None:
    assert_harmless(document_to_html(document))
    assert_harmless(selection_to_html(document.quotes))
    assert_harmless(segments_to_html(document.segments()))
    assert_harmless(cast_to_html(document.cast()))
    assert_harmless(graph_to_html(document.graph()))
    for fragment in (
        *(entity._repr_html_() for entity in document.entities),
        *(mention._repr_html_() for mention in document.mentions),
    ):
        assert_harmless(fragment)


@given(documents(), st.sampled_from(HOSTILE))
def test_text_is_whole_and_in_order(document: QuoteDocument, words: str) -> None:
    changed = attrs.evolve(document, text=document.text + words)
    assert Reader(document_to_html(changed)).words.rstrip("\n").endswith(visible(changed.text).rstrip("\n"))


def test_quotes_and_legend_are_in_their_speakers_colors() -> None:
    fragment = document_to_html(summit())
    assert f'style="--qs-hue:{PALETTE[0]};--qs-line:solid" title="Xi Jinping (mixed speech)">that Ukraine' in fragment
    tooltips = Reader(document_to_html(summit())).tooltips
    assert tooltips.count("Xi Jinping (direct speech) to reporters") == 2
    words = Reader(document_to_html(summit())).words
    assert "Xi Jinping 2Vladimir Putin 1" in words
    assert "no speaker 1" in words


@each_row("tooltip", "render", "tooltips")
def test_tooltip_tells(tooltip: str) -> None:
    assert tooltip in Reader(document_to_html(summit())).tooltips


def test_selection_is_a_table_in_the_documents_colors() -> None:
    assert PALETTE[1] in selection_to_html(summit().quotes.by("Putin")[:1])
    words = Reader(selection_to_html(summit().quotes[2:3])).words
    assert "SpeakerKindQuote" in words
    assert "Vladimir Putinindirect speech, negatedVladimir Putin did not say that talks would go on." in words


def test_graph_is_a_table_of_speakers_and_numbers() -> None:
    words = Reader(graph_to_html(summit().graph())).words
    assert "15 nodes · 18 edges" in words
    assert "Xi Jinping2" in words


def test_cast_is_a_table_of_characters_with_their_chapters() -> None:
    fragment = cast_to_html(novella().cast())
    assert novella().cast()._repr_html_() == fragment
    assert re.findall(r'class="qs-name" style="--qs-hue:(#\w+)[^>]*>([^<]*)', fragment)[:2] == [
        (PALETTE[0], "Ann Lee"),
        (PALETTE[1], "Bo"),
    ]
    numbers = "".join(f'<td class="qs-number">{count}</td>' for count in (3, 6, 4, 1))
    assert f'<td>Ann</td><td class="qs-short">feminine</td>{numbers}<td>1-2</td>' in fragment
    assert "<th>Chapters</th>" not in cast_to_html(summit().cast())


def test_golden_fragment(golden: Callable[[str, str], None]) -> None:
    golden(document_to_html(summit()), "summit.html")


def test_record_shows_what_is_known_escaped() -> None:
    fragment = Quote(id="q0", kind="direct", content=[(0, 5)], text="<b>Go</b>")._repr_html_()
    assert "&lt;b&gt;Go&lt;/b&gt;" in fragment
    assert "direct" in fragment
    entity = Entity("e0", "<b>Roe</b>", "person", aliases=["the mayor"], gender="feminine", identifier="Q1")
    assert Reader(entity._repr_html_()).words.strip() == "<b>Roe</b>person · feminine · also the mayor · Q1"
    words = Reader(Mention("m0", [(0, 2), (4, 6)], "nominal", "<e0>")._repr_html_()).words
    assert words.strip() == "nominal at 0-2, 4-6means <e0>"
