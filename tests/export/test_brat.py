"""Documents as brat standoff."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from quotesmith.errors import FormatError
from quotesmith.export.brat import annotation_lines, text_path, write_brat
from quotesmith.export.characters import without_surrogates
from quotesmith.records import Entity, Mention, Quote, QuoteDocument
from tests.samples import summit
from tests.strategies import documents


def lines(document: QuoteDocument, first: str) -> list[str]:
    return [line for line in annotation_lines(document) if line.startswith(first)]


@given(documents())
def test_each_annotation_is_the_text_between_its_offsets(document: QuoteDocument) -> None:
    text = without_surrogates(document.text)
    for line in lines(document, "T"):
        _, type_and_places, words = line.split("\t", 2)
        places = [place.split() for place in type_and_places.split(" ", 1)[1].split(";")]
        assert words == " ".join(text[int(start) : int(end)] for start, end in places)


@given(documents())
def test_no_annotation_runs_over_a_line_end(document: QuoteDocument) -> None:
    assert all(line.splitlines() == [line] for line in annotation_lines(document))


@given(documents())
def test_every_id_is_there_once(document: QuoteDocument) -> None:
    ids = [line.split("\t")[0] for line in annotation_lines(document) if not line.startswith("*")]
    assert len(set(ids)) == len(ids)
    for line in lines(document, "R"):
        assert {end.split(":")[1] for end in line.split("\t")[1].split(" ")[1:]} <= set(ids)


def test_split_quote_has_two_fragments() -> None:
    [line] = [line for line in lines(summit(), "T") if line.startswith("T1\t")]
    assert line == ("T1\tQuote 0 50;100 119\t“We will not accept any change to the status quo,” “and that is that.”")


def test_quote_over_a_line_end_has_two_fragments() -> None:
    document = QuoteDocument("d", "“Go\r\n\u2028on”", quotes=[Quote("q0", "direct", [(0, 9)], "Go on")])
    assert lines(document, "T") == ["T1\tQuote 0 3;6 9\t“Go on”"]


def test_what_is_only_line_ends_and_all_that_points_to_it_is_left_out() -> None:
    document = QuoteDocument(
        "d",
        "\n\nAnn",
        quotes=[Quote("q0", "direct", [(0, 2)], "", source="m0", speakers=["e0"])],
        entities=[Entity("e0", "Ann")],
        mentions=[Mention("m0", [(2, 5)], "name", "e0")],
    )
    assert [line.split("\t")[0] for line in annotation_lines(document)] == ["T1", "A1", "#1"]


def test_speaker_is_pointed_at_by_name_and_source_where_it_stands() -> None:
    said = [line.split("\t")[1] for line in lines(summit(), "R")]
    # T2 is "that Ukraine’s borders …", T13 "Xi Jinping", T15 "He".
    assert {"Source Arg1:T2 Arg2:T15", "Speaker Arg1:T2 Arg2:T13"} <= set(said)
    assert "*\tEquiv T13 T15" in lines(summit(), "*")


def test_notes_are_one_line_whatever_a_name_holds() -> None:
    document = QuoteDocument(
        "d",
        "Ann",
        entities=[Entity("e0", "A\nn\x85\u2028\ud800é", aliases=["\t"], identifier="Q1")],
        mentions=[Mention("m0", [(0, 3)], "name", "e0")],
    )
    [note] = lines(document, "#")
    assert note == (
        '#1\tAnnotatorNotes T1\t{"name": "A\\nn\\u0085\\u2028\\ud800é", "named": true, "aliases": ["\\t"], '
        '"identifier": "Q1"}'
    )


def test_text_lies_beside(tmp_path: Path) -> None:
    document = QuoteDocument("d", "a\r\nb\rc\x85\ud800é")
    write_brat(document, tmp_path / "d.ann")
    assert text_path(tmp_path / "d.ann").read_bytes() == "a\r\nb\rc\x85\ufffdé".encode()
    assert (tmp_path / "d.ann").read_bytes() == b""


def test_text_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("another")
    with pytest.raises(FormatError, match=r"d\.txt is there with another text than the document's; choose another"):
        write_brat(summit(), tmp_path / "d.ann")
    assert (tmp_path / "d.txt").read_text() == "another"
    assert not (tmp_path / "d.ann").exists()


def test_the_same_text_may_be_there(tmp_path: Path) -> None:
    write_brat(summit(), tmp_path / "d.ann")
    write_brat(summit(), tmp_path / "d.ann")
    assert len((tmp_path / "d.ann").read_bytes().splitlines()) == len(list(annotation_lines(summit())))


def test_golden_annotations(golden: Callable[[str, str], None], tmp_path: Path) -> None:
    write_brat(summit(), tmp_path / "d.ann")
    golden((tmp_path / "d.ann").read_bytes().decode(), "summit.ann")
