"""Documents as TEI, as lxml reads it."""

from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quotesmith.export.characters import without_forbidden
from quotesmith.export.overlaps import MAX_DEPTH, nested_pieces
from quotesmith.export.tei import document_tei
from quotesmith.records import Act, Entity, EntityKind, Quote, QuoteDocument, TextSpan
from tests.samples import summit
from tests.steps import steps_of
from tests.strategies import documents

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def parsed(document: QuoteDocument) -> Any:
    """The root element, read with nothing fetched or expanded."""
    return etree.fromstring(document_tei(document), etree.XMLParser(resolve_entities=False, no_network=True))


def said(root: Any, quote: str) -> list[Any]:
    return [element for element in root.iter(f"{TEI}said") if element.get("n") == quote]


@given(documents())
def test_text_pieces_and_pointers_are_whole(document: QuoteDocument) -> None:
    root = parsed(document)
    assert "".join(root.find(f".//{TEI}ab").itertext()) == without_forbidden(document.text)
    for quote in document.quotes:
        pieces = said(root, quote.id)
        words = "".join("".join(piece.itertext()) for piece in pieces)
        assert words == without_forbidden("".join(span.of(document.text) for span in quote.content))
        assert (pieces[0].get("prev"), pieces[-1].get("next")) == (None, None)
        for before, after in pairwise(pieces):
            assert before.get("next") == f"#{after.get(ID)}"
            assert after.get("prev") == f"#{before.get(ID)}"
    ids = [element.get(ID) for element in root.iter() if element.get(ID)]
    assert len(set(ids)) == len(ids)
    for element in root.iter():
        for name in ("who", "toWhom", "ana", "corresp", "ref", "next", "prev", "active", "passive"):
            for pointer in element.get(name, "").split():
                assert pointer.removeprefix("#") in ids


def test_quote_tells_who_to_whom_how_and_in_which_pieces() -> None:
    root = parsed(summit())
    [never] = said(root, "q5")
    [mother, source] = [root.find(f".//{TEI}person[@n='{entity}']") for entity in ("e6", "e5")]
    assert never.get("who") == f"#{mother.get(ID)}"
    assert never.get("toWhom") == f"#{source.get(ID)}"
    assert mother.find(f"{TEI}persName").text == "My mother"
    assert (never.get("direct"), never.get("aloud"), never.get("ana")) == ("true", "true", "#direct #speech #asserted")
    assert never.getparent() in said(root, "q4")
    [denied] = said(root, "q2")
    assert (denied.get("direct"), denied.get("ana")) == ("false", "#indirect #speech #negated")
    first, second = said(root, "q0")
    assert (first.get("next"), second.get("prev")) == ("#q0.2", "#q0")
    assert second.text == "“and that is that.”"
    [negated] = said(root, "q2")
    partners = [root.xpath("//*[@xml:id=$id]", id=pointer[1:])[0] for pointer in negated.get("corresp").split()]
    assert [(partner.tag, partner.text) for partner in partners] == [
        (f"{TEI}seg", "did not say"),
        (f"{TEI}rs", "Vladimir Putin"),
    ]


@pytest.mark.parametrize(
    ("act", "aloud"), [(Act.SPEECH, "true"), (Act.THOUGHT, "false"), (Act.WRITING, None), (Act.ATTITUDE, None)]
)
def test_only_what_is_known_to_be_heard_or_not_says_so(act: Act, aloud: str | None) -> None:
    document = QuoteDocument("d", "Go", quotes=[Quote("q0", "direct", [(0, 2)], "Go", act=act)])
    assert said(parsed(document), "q0")[0].get("aloud") == aloud


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (EntityKind.PERSON, "listPerson/person/persName"),
        (EntityKind.GROUP, "listPerson/personGrp/persName"),
        (EntityKind.ORGANIZATION, "listOrg/org/orgName"),
        (EntityKind.PLACE, "listPlace/place/placeName"),
        (EntityKind.OTHER, "listObject/object/objectIdentifier/objectName"),
    ],
)
def test_each_kind_of_entity_has_its_list(kind: EntityKind, path: str) -> None:
    entity = Entity("e0", "A & B <i>", kind, aliases=["A"], identifier="Q1")
    root = parsed(QuoteDocument("d", "", entities=[entity]))
    steps = "/".join(f"{TEI}{step}" for step in path.split("/"))
    names = root.find(f"{TEI}standOff").findall(steps)
    assert [(name.text, name.get("type")) for name in names] == [("A & B <i>", None), ("A", "alias")]
    assert root.find(f".//{TEI}idno").text == "Q1"


def test_groups_and_metonyms_are_related() -> None:
    entities = [Entity("a", "Ann"), Entity("b", "both", members=["a"]), Entity("c", "Beijing", stands_for="a")]
    root = parsed(QuoteDocument("d", "", entities=entities))
    assert [dict(relation.attrib) for relation in root.iter(f"{TEI}relation")] == [
        {"name": "member", "active": "#e1", "passive": "#e0"},
        {"name": "stands_for", "active": "#e2", "passive": "#e0"},
    ]


@pytest.mark.parametrize(("language", "told"), [("en", "en"), ("zh-Hant", "zh-Hant"), ("", None), ("a b", None)])
def test_language_is_told_where_it_is_one(language: str, told: str | None) -> None:
    root = parsed(QuoteDocument("d", "", language))
    assert root.find(f"{TEI}text").get("{http://www.w3.org/XML/1998/namespace}lang") == told


def test_title_is_that_of_the_meta_and_line_ends_survive() -> None:
    assert parsed(summit()).find(f".//{TEI}title").text == "No deal"
    assert parsed(attrs.evolve(summit(), meta={"title": 3})).find(f".//{TEI}title").text == "summit"
    root = parsed(QuoteDocument("d", "a\r\nb\rc\x85\u2028\0\ud800]]>&amp;"))
    assert "".join(root.find(f".//{TEI}ab").itertext()) == "a\r\nb\rc\x85\u2028\ufffd\ufffd]]>&amp;"


def test_deep_nesting_can_still_be_read() -> None:
    text = "“" * 500 + "”" * 500
    quotes = [Quote(f"q{n}", "direct", [(n, 1_000 - n)], "") for n in range(500)]
    root = parsed(QuoteDocument("d", text, quotes=quotes))
    assert len(list(root.iter(f"{TEI}said"))) == MAX_DEPTH
    assert "".join(root.find(f".//{TEI}ab").itertext()) == text


# Overlapping spans as nested pieces


SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda pair: TextSpan(pair[0], sum(pair))))


@given(SPANS)
def test_pieces_of_a_span_make_it_and_nest_or_are_apart(spans: list[TextSpan]) -> None:
    pieces = nested_pieces(spans)
    for place, span in enumerate(spans):
        own = [piece for piece in pieces if piece.span == place]
        assert (own[0].start, own[-1].end) == (span.start, span.end)
        assert all(before.end == after.start for before, after in pairwise(own))
    for place, one in enumerate(pieces):
        assert one.start < one.end
        for later in pieces[place + 1 :]:
            # The one that begins first is never inside the later one.
            assert later.start >= one.start
            assert later.start >= one.end or later.end <= one.end


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        pytest.param([], [], id="none"),
        pytest.param([(0, 3), (3, 5)], [(0, 3, 0), (3, 5, 1)], id="side-by-side"),
        pytest.param([(2, 3), (0, 5)], [(0, 5, 1), (2, 3, 0)], id="nested"),
        pytest.param([(0, 5), (0, 5)], [(0, 5, 0), (0, 5, 1)], id="equal"),
        pytest.param([(0, 2), (0, 5)], [(0, 5, 1), (0, 2, 0)], id="same-start"),
        pytest.param([(0, 5), (3, 5)], [(0, 5, 0), (3, 5, 1)], id="same-end"),
        pytest.param([(0, 4), (2, 6)], [(0, 4, 0), (2, 4, 1), (4, 6, 1)], id="crossing"),
        pytest.param(
            [(0, 4), (1, 6), (2, 8)],
            [(0, 4, 0), (1, 4, 1), (2, 4, 2), (4, 6, 1), (4, 6, 2), (6, 8, 2)],
            id="three-crossing",
        ),
    ],
)
def test_spans_are_cut_where_they_cross(spans: list[tuple[int, int]], pieces: list[tuple[int, int, int]]) -> None:
    found = nested_pieces([TextSpan(*span) for span in spans])
    assert [(piece.start, piece.end, piece.span) for piece in found] == pieces


def test_what_is_too_deep_is_left_out_and_work_stays_small() -> None:
    def steps(count: int) -> int:
        spans = [TextSpan(start, 100_000 - start) for start in range(count)]
        assert [piece.span for piece in nested_pieces(spans)] == list(range(MAX_DEPTH))
        return steps_of(nested_pieces, spans)

    assert steps(20_000) < 15 * steps(2_000)
