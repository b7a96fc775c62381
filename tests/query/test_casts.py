"""The cast of a document, and who speaks to whom in which chapter."""

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given

from quotesmith.export import addressee_rows, cast_rows, write_addressees_graphml
from quotesmith.graph import project_addressees
from quotesmith.query import chapter_number, chapter_of, chapters_begun
from quotesmith.records import Entity, Quote, QuoteDocument
from quotesmith.render.terminal import cast_to_text
from tests.samples import novella
from tests.steps import steps_of
from tests.strategies import documents


def rows(document: QuoteDocument) -> list[tuple[Any, ...]]:
    return [(who.name, who.lines, who.words, who.quotes, who.heard, who.chapters) for who in document.cast()]


def test_cast_is_who_speaks_most_lines_first_then_who_is_only_spoken_to() -> None:
    assert rows(novella()) == [
        ("Ann Lee", 3, 6, 4, 1, (1, 2)),
        ("Bo", 2, 4, 2, 3, (1, 2)),
        ("the old man", 0, 0, 1, 0, (2,)),
        ("Cy", 0, 0, 0, 1, (2,)),
    ]
    cast = novella().cast()
    assert (cast.lines, cast.without_speaker) == (6, 1)
    assert repr(cast) == "<Cast of 'novella': 4 characters, 6 lines>"


def test_character_knows_entity_and_chapters() -> None:
    ann, bo, *_ = novella().cast()
    assert (ann.entity.id, ann.aliases, ann.gender) == ("e0", ("Ann", "ANN"), "feminine")
    assert {number: (count.lines, count.words) for number, count in ann.by_chapter.items()} == {1: (2, 3), 2: (1, 3)}
    [only] = novella().cast()[1:2]
    assert (only, novella().cast()[1:2].to_dicts()) == (bo, novella().cast().to_dicts()[1:2])
    with pytest.raises(IndexError, match="there are 4"):
        novella().cast()[4]


def test_without_chapters_all_is_counted_under_none() -> None:
    [who] = [who for who in QuoteDocument.from_dict({**novella().to_dict(), "meta": {}}).cast() if who.name == "Bo"]
    assert (list(who.by_chapter), who.chapters, who.words) == ([0], (), 4)


@given(documents())
def test_cast_of_any_document_has_all_who_speak_or_are_spoken_to(document: QuoteDocument) -> None:
    cast = document.cast()
    said = [speaker for quote in document.quotes for speaker in quote.speakers]
    heard = [addressee for quote in document.quotes for addressee in quote.addressees]
    assert {who.entity.id: (who.quotes, who.heard) for who in cast} == {
        key: (said.count(key), heard.count(key)) for key in {*said, *heard}
    }
    assert all(who.lines <= who.quotes and bool(who.words) <= bool(who.lines) for who in cast)
    assert [who.lines for who in cast] == sorted((who.lines for who in cast), reverse=True)
    assert len(list(cast_rows([cast]))) == len(cast.to_dicts()) == len(cast)
    assert str(cast) == cast_to_text(cast)


@pytest.mark.parametrize(
    ("place", "number", "begun"),
    [("A note.", 0, 0), ("I. Morning", 1, 1), ("“Cy", 2, 2), ("The end.", 0, 2)],
)
def test_place_has_the_number_of_its_chapter(place: str, number: int, begun: int) -> None:
    document = novella()
    position = document.text.index(place)
    assert (chapter_number(document, position), chapters_begun(document, position)) == (number, begun)
    assert [chapter_of(document, quote) for quote in document.quotes] == [1, 1, 1, 2, 2, 2, 2, 2]


def test_table_has_rows_as_data() -> None:
    assert novella().cast().to_dicts()[0] == {
        "document": "novella",
        "character": "Ann Lee",
        "aliases": "Ann; ANN",
        "gender": "feminine",
        "lines": 3,
        "words": 6,
        "quotes": 4,
        "heard": 1,
        "chapters": "1; 2",
    }
    pytest.importorskip("pandas")
    frame = novella().cast().to_pandas()
    assert frame["character"].tolist() == ["Ann Lee", "Bo", "the old man", "Cy"]
    chapters = novella().cast().chapters_to_pandas().pivot(index="character", columns="title", values="words")
    assert chapters.loc["Ann Lee"].to_dict() == {"I. Morning": 3, "II. Night": 3}


def test_who_speaks_to_whom_is_counted_by_chapter() -> None:
    graph = project_addressees(novella())
    assert [
        (*edge[:3], edge[3]["title"], edge[3]["quotes"], edge[3]["words"]) for edge in graph.edges(keys=True, data=True)
    ] == [
        ("novella/e0", "novella/e1", 1, "I. Morning", 2, 3),
        ("novella/e0", "novella/e1", 2, "II. Night", 1, 3),
        ("novella/e1", "novella/e0", 1, "I. Morning", 1, 2),
        ("novella/e3", "novella/e2", 2, "II. Night", 1, 3),
    ]
    assert graph.nodes["novella/e0"] == {"name": "Ann Lee", "kind": "person", "gender": "feminine", "quote_count": 4}
    assert [(row["chapter"], row["speaker"], row["quotes"]) for row in addressee_rows([novella()])] == [
        (1, "Ann Lee", 2),
        (1, "Bo", 1),
        (2, "Ann Lee", 1),
        (2, "the old man", 1),
    ]


def test_who_speaks_to_whom_can_be_a_file(tmp_path: Path) -> None:
    write_addressees_graphml(novella(), tmp_path / "a.graphml")
    found = nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)
    assert {one: data["name"] for one, data in found.nodes(data=True)} == dict(
        project_addressees(novella()).nodes(data="name")
    )
    assert sorted(data["weight"] for *_, data in found.edges(data=True)) == [1, 1, 1, 2]


def test_work_for_a_cast_grows_with_the_text() -> None:
    def steps(count: int) -> int:
        text, people = "“Go,” he said.\n" * count, count // 20
        quotes = [
            Quote(f"q{place}", "direct", [(15 * place, 15 * place + 5)], "Go,", speakers=[f"e{place % people}"])
            for place in range(count)
        ]
        document = QuoteDocument("d", text, "en", quotes, [Entity(f"e{n}", f"Ann {n}") for n in range(people)])
        assert len(document.cast()) == people
        return steps_of(document.cast)

    assert steps(2_000) < 12 * steps(200)
