"""The marked text of a document's page."""

import re
from html.parser import HTMLParser

from hypothesis import given

from quotesmith.records import Entity, Evidence, Mention, Quote, QuoteDocument
from quotesmith.render.characters import visible
from quotesmith.render.numbering import number_records
from quotesmith.render.passages import marked_text
from tests.samples import summit
from tests.strategies import documents


class Reader(HTMLParser):
    """The words of a fragment, and its start tags; fails where tags are not closed in order."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(fragment)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A browser would close the link around a link.
        assert tag != "a" or "a" not in self.open
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def read(document: QuoteDocument) -> Reader:
    return Reader(marked_text(number_records(document)))


def classes(reader: Reader, name: str) -> list[dict[str, str | None]]:
    return [attributes for _, attributes in reader.tags if name in (attributes.get("class") or "").split()]


@given(documents())
def test_text_is_whole_and_its_tags_are_few(document: QuoteDocument) -> None:
    reader = read(document)
    assert reader.words == visible(document.text)
    assert {tag for tag, _ in reader.tags} <= {"div", "a", "span", "mark"}


@given(documents())
def test_each_quote_has_one_link(document: QuoteDocument) -> None:
    ids = [attributes["id"] for attributes in classes(read(document), "n")]
    assert sorted(map(str, ids)) == sorted(f"q{number}" for number in range(len(document.quotes)))


def test_quote_link_is_labelled_and_numbered() -> None:
    links = classes(read(summit()), "n")
    assert links[1]["aria-label"] == "Quote 2: Xi Jinping, mixed speech"
    assert [link["data-n"] for link in links] == ["1", "1", "2", "3", "4", "5", "?"]


def test_pronoun_leads_to_the_name() -> None:
    text = marked_text(number_records(summit()))
    assert re.search(r'<a id="m1" href="#m0" class="m t0" data-q="1">He</a>', text)
    assert re.search(r'<span id="m0" class="m t0" data-q="0 1">Xi Jinping</span>', text)


def test_cue_belongs_to_its_quote() -> None:
    assert '<span class="c" data-q="2">did not say</span>' in marked_text(number_records(summit()))


def test_inner_quote_belongs_to_the_outer_too() -> None:
    assert re.search(r'<mark class="t4" data-q="4 5">‘Never', marked_text(number_records(summit())))


def test_both_mentions_that_begin_in_one_place_can_be_led_to() -> None:
    document = QuoteDocument(
        "d",
        "the mayor's wife said no",
        quotes=[Quote("q0", "indirect", [(22, 24)], "no", evidence=Evidence(chain=["m0", "m1"]))],
        entities=[Entity("e0", "Ann"), Entity("e1", "Bo")],
        mentions=[Mention("m0", [(0, 16)], "nominal", "e0"), Mention("m1", [(0, 9)], "nominal", "e1")],
    )
    assert {attributes.get("id") for attributes in classes(read(document), "m")} >= {"m0", "m1"}


def test_lines_are_blocks_however_they_end() -> None:
    reader = read(QuoteDocument("d", "a\rb\r\nc\nd"))
    assert [attributes["class"] for _, attributes in reader.tags] == ["part", *["line"] * 4]


def test_many_lines_are_in_parts() -> None:
    reader = read(QuoteDocument("d", "a\n" * 100))
    assert len(classes(reader, "part")) == 3
