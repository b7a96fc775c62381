"""The marked text of a document's page."""

import re
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.acting_characters import visible
from quotesmith.records import Candidate, Entity, Evidence, Mention, Quote, QuoteDocument, TextSpan
from quotesmith.render.colors import NEUTRAL, NO_SPEAKER, PALETTE
from quotesmith.render.highlights import Highlight, iter_pieces
from quotesmith.render.numbering import TONES_CSS, mention_chain, number_records
from quotesmith.render.passages import marked_text
from quotesmith.render.wording import addressee_words, kind_words, source_words, speaker_words
from tests.samples import novella, summit
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
def test_text_is_whole_with_one_link_for_each_quote(document: QuoteDocument) -> None:
    reader = read(document)
    assert reader.words == visible(document.text)
    assert {tag for tag, _ in reader.tags} <= {"div", "a", "span", "mark"}
    ids = [attributes["id"] for attributes in classes(read(document), "n")]
    assert sorted(map(str, ids)) == sorted(f"q{number}" for number in range(len(document.quotes)))


def test_quote_link_is_labelled_and_numbered() -> None:
    links = classes(read(summit()), "n")
    assert links[1]["aria-label"] == "Quote 2: Xi Jinping, mixed speech"
    assert [link["data-n"] for link in links] == ["1", "1", "2", "3", "4", "5", "?"]


def test_each_record_is_marked_with_its_quotes() -> None:
    assert '<span class="c" data-q="2">did not say</span>' in marked_text(number_records(summit()))
    text = marked_text(number_records(summit()))
    assert re.search(r'<a id="m1" href="#m0" class="m t0" data-q="1">He</a>', text)
    assert re.search(r'<span id="m0" class="m t0" data-q="0 1">Xi Jinping</span>', text)
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


def test_lines_are_blocks_in_parts_however_they_end() -> None:
    reader = read(QuoteDocument("d", "a\rb\r\nc\nd"))
    assert [attributes["class"] for _, attributes in reader.tags] == ["part", *["line"] * 4]
    reader = read(QuoteDocument("d", "a\n" * 100))
    assert len(classes(reader, "part")) == 3


def test_chapters_begin_parts_and_have_headings_without_words() -> None:
    reader = read(novella())
    assert reader.words == novella().text
    headings = classes(reader, "chapter")
    assert [(heading["id"], heading["aria-label"]) for heading in headings] == [
        ("c1", "I. Morning"),
        ("c2", "II. Night"),
    ]
    assert (
        marked_text(number_records(novella())).count('<div class="part"><div class="line" dir="auto"><span id="c') == 2
    )


def test_chapters_that_begin_within_a_line_are_there() -> None:
    chapters = [{"title": name, "start": at, "end": at + 1} for at, name in ((1, "<b>"), (2, "2"), (6, "3"))]
    reader = read(QuoteDocument("d", "a b\nc d", meta={"chapters": chapters}))
    assert reader.words == "a b\nc d"
    assert [heading["aria-label"] for heading in classes(reader, "chapter")] == ["<b>", "2", "3"]


# The numbers of a document's records on its page


def test_people_are_speakers_first_and_runners_up() -> None:
    document = summit()
    people = list(number_records(document).people)
    assert people[:5] == [speaker.id for speaker in document.speakers]
    assert people[5:] == ["e1"]
    [first, *others] = document.quotes
    first = attrs.evolve(first, evidence=Evidence(runners_up=[Candidate("e2", 0.1)]))
    assert "e2" in number_records(attrs.evolve(document, quotes=[first, *others])).people


def test_mentions_lead_to_a_speaker_from_the_source_on() -> None:
    assert dict(number_records(summit()).mentions) == {"m0": 0, "m2": 1, "m4": 2, "m5": 3, "m6": 4, "m8": 5}
    document = summit()
    assert mention_chain(document.quote("q1")) == ("m2", "m0")
    assert mention_chain(document.quote("q0")) == ("m0",)
    assert mention_chain(document.quote("q6")) == ()


def test_style_is_that_of_the_speakers_tone() -> None:
    cast = number_records(summit())
    assert f".{cast.style(['e0'])}{{--hue:{PALETTE[0]};" in TONES_CSS
    assert f".{cast.style([])}{{--hue:{NEUTRAL};" in TONES_CSS
    assert cast.style(["e2"]) == cast.style([])


# The words in which a quote is described


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        pytest.param("q0", "Xi Jinping", id="speaker"),
        pytest.param("q6", "no speaker: nobody is named near it", id="reason"),
    ],
)
def test_speakers_are_named_or_the_reason_given(quote: str, words: str) -> None:
    document = summit()
    assert speaker_words(document, document.quote(quote)) == words


def test_without_speaker_that_is_said_and_addressees_are_named() -> None:
    document = summit()
    assert speaker_words(document, attrs.evolve(document.quote("q6"), evidence=Evidence())) == "no speaker"
    assert addressee_words(document, document.quote("q0")) == "reporters"


@pytest.mark.parametrize(
    ("quote", "words"), [("q0", "direct speech"), ("q2", "indirect speech, negated"), ("q3", "indirect attitude")]
)
def test_kind_is_told_with_the_act_and_what_is_not_asserted(quote: str, words: str) -> None:
    assert kind_words(summit().quote(quote)) == words


@pytest.mark.parametrize(("quote", "words"), [("q0", ""), ("q1", "He"), ("q6", "")])
def test_source_is_told_where_it_is_not_the_name(quote: str, words: str) -> None:
    document = summit()
    assert source_words(document, document.quote(quote)) == words


# A text cut at the edges of its marks


def mark(start: int, end: int, label: str = "") -> Highlight:
    return Highlight(TextSpan(start, end), NO_SPEAKER, "", label)


def cut(marks: list[Highlight], length: int) -> list[tuple[int, int, str]]:
    return [(start, end, "".join(one.label for one in found)) for start, end, found in iter_pieces(marks, length)]


NESTED = [(0, 1, ""), (1, 2, "a"), (2, 4, "ab"), (4, 6, "a"), (6, 7, "")]


@pytest.mark.parametrize(
    ("marks", "length", "pieces"),
    [
        pytest.param([], 5, [(0, 5, "")], id="no-marks"),
        pytest.param([], 0, [], id="empty"),
        pytest.param([mark(2, 4, "b"), mark(1, 6, "a")], 7, NESTED, id="nested"),
        pytest.param([mark(0, 4, "a"), mark(2, 6, "b")], 6, [(0, 2, "a"), (2, 4, "ab"), (4, 6, "b")], id="overlap"),
        pytest.param([mark(0, 2, "b"), mark(0, 4, "a")], 4, [(0, 2, "ab"), (2, 4, "a")], id="of-one-start-the-longer"),
        pytest.param([mark(0, 2, "a"), mark(0, 2, "b")], 2, [(0, 2, "ab")], id="of-equal-ones-the-first"),
    ],
)
def test_outer_marks_stand_first(marks: list[Highlight], length: int, pieces: list[tuple[int, int, str]]) -> None:
    assert cut(marks, length) == pieces


def test_pieces_are_cut_where_asked_and_told_to_four() -> None:
    found = [(start, end, len(marks)) for start, end, marks in iter_pieces([mark(1, 5)], 6, cuts=[3])]
    assert found == [(0, 1, 0), (1, 3, 1), (3, 5, 1), (5, 6, 0)]
    nested = [mark(place, 20 - place, "abcdef"[place]) for place in range(6)]
    assert cut(nested, 20)[5] == (5, 15, "cdef")


@st.composite
def marked_lengths(draw: st.DrawFn) -> tuple[list[Highlight], int]:
    length = draw(st.integers(1, 20))
    pairs = st.tuples(st.integers(0, length), st.integers(0, length)).filter(lambda pair: pair[0] != pair[1])
    return [mark(min(pair), max(pair)) for pair in draw(st.lists(pairs, max_size=4))], length


@given(marked_lengths())
def test_pieces_cover_the_text_and_know_their_marks(case: tuple[list[Highlight], int]) -> None:
    marks, length = case
    offsets: list[int] = []
    for start, end, found in iter_pieces(marks, length):
        offsets += range(start, end)
        piece = TextSpan(start, end)
        assert sorted(one.span for one in found) == sorted(one.span for one in marks if one.span.contains(piece))
        assert all(one in found or not one.span.overlaps(piece) for one in marks)
    assert offsets == list(range(length))
