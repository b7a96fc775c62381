"""Documents as brat standoff."""

import re
import tracemalloc
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

from quotesmith.errors import FormatError
from quotesmith.export.brat import annotation_lines, text_path, write_brat
from quotesmith.export.brat_reading import read_brat
from quotesmith.export.characters import without_surrogates
from quotesmith.records import Entity, Mention, Quote, QuoteDocument, TextSpan, TextSpans
from tests.cases import each_row
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
def test_every_id_is_there_once_on_a_line_of_its_own(document: QuoteDocument) -> None:
    ids = [line.split("\t")[0] for line in annotation_lines(document) if not line.startswith("*")]
    assert len(set(ids)) == len(ids)
    for line in lines(document, "R"):
        assert {end.split(":")[1] for end in line.split("\t")[1].split(" ")[1:]} <= set(ids)
    assert len(lines(document, "T")) >= sum(bool(carried(document, quote.content)) for quote in document.quotes)
    assert all(line.splitlines() == [line] for line in annotation_lines(document))


def test_split_quote_has_a_fragment_for_each_piece_and_line() -> None:
    [line] = [line for line in lines(summit(), "T") if line.startswith("T1\t")]
    assert line == ("T1\tQuote 0 50;100 119\t“We will not accept any change to the status quo,” “and that is that.”")
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


def test_text_lies_beside_and_may_be_there(tmp_path: Path) -> None:
    document = QuoteDocument("d", "a\r\nb\rc\x85\ud800é")
    write_brat(document, tmp_path / "d.ann")
    assert text_path(tmp_path / "d.ann").read_bytes() == "a\r\nb\rc\x85\ufffdé".encode()
    assert (tmp_path / "d.ann").read_bytes() == b""
    write_brat(summit(), tmp_path / "e.ann")
    write_brat(summit(), tmp_path / "e.ann")
    assert len((tmp_path / "e.ann").read_bytes().splitlines()) == len(list(annotation_lines(summit())))


def test_text_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("another")
    with pytest.raises(FormatError, match=r"d\.txt is there with another text than the document's; choose another"):
        write_brat(summit(), tmp_path / "d.ann")
    assert (tmp_path / "d.txt").read_text() == "another"
    assert not (tmp_path / "d.ann").exists()


# Documents from brat standoff: written by us, and drawn by hand


TEXT = "“Go home,” said Ann Lee. She told Bo to stay.\nLee smiled."


def through_files(document: QuoteDocument, folder: Path) -> QuoteDocument:
    path = folder / "d.ann"
    text_path(path).unlink(missing_ok=True)
    write_brat(document, path)
    return read_brat(path)


def read(folder: Path, *lines: str, text: str = TEXT) -> QuoteDocument:
    """The document of a file with these lines, in which T, A and so on are separated by tabs for blanks after ids."""
    path = folder / "d.ann"
    text_path(path).write_bytes(text.encode())
    path.write_bytes("\n".join(lines).encode())
    return read_brat(path)


def carried(document: QuoteDocument, spans: TextSpans) -> list[tuple[int, int]]:
    """The spans as brat can hold them: without line ends at edges, joined where only line ends are between."""
    ends = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
    inner = sorted(place for span in spans for place in range(span.start, span.end) if document.text[place] not in ends)
    found: list[tuple[int, int]] = []
    for place in inner:
        if found and not document.text[found[-1][1] : place].strip(ends):
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def kept(document: QuoteDocument) -> list[Any]:
    """What brat keeps of the quotes, without ids."""
    mentioned = {mention.entity for mention in document.mentions if carried(document, mention.spans)}

    def names(entities: tuple[str, ...]) -> list[str]:
        return [document.entity(entity).name for entity in entities if entity in mentioned]

    return sorted(
        (
            carried(document, quote.content),
            (quote.kind.value, quote.act.value, quote.assertion.value),
            carried(document, quote.cue),
            carried(document, document.source_spans(quote)),
            (names(quote.speakers), names(quote.addressees)),
            (quote.score, quote.speaker_score),
        )
        for quote in document.quotes
        if carried(document, quote.content)
    )


@given(documents())
def test_what_brat_carries_survives_and_what_was_read_wholly(
    tmp_path_factory: pytest.TempPathFactory, document: QuoteDocument
) -> None:
    found = through_files(document, tmp_path_factory.getbasetemp())
    assert found.text == without_surrogates(document.text)
    assert kept(found) == kept(document)
    assert sorted(entity.name for entity in found.entities) == sorted(
        entity.name
        for entity in document.entities
        if any(mention.entity == entity.id and carried(document, mention.spans) for mention in document.mentions)
    )
    assert through_files(found, tmp_path_factory.getbasetemp()) == found


def test_real_document_survives_but_for_its_evidence(tmp_path: Path) -> None:
    found = through_files(summit(), tmp_path)
    for before, after in zip(summit().quotes, found.quotes, strict=True):
        assert summit().names(before) == found.names(after)
        assert attrs.evolve(after, evidence=before.evidence, speakers=(), addressees=()) == attrs.evolve(
            before, speakers=(), addressees=()
        )
    assert {attrs.evolve(entity, id="e", members=()) for entity in found.entities} == {
        attrs.evolve(entity, id="e", members=()) for entity in summit().entities
    }
    assert found.quotes[3].speakers == ("e4",)
    assert [found.entity(member).name for member in found.entity("e4").members] == ["Xi Jinping", "Vladimir Putin"]
    assert (found.id, found.quotes[0].evidence.method) == ("d", "brat")


def test_annotations_drawn_by_hand_are_enough(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "T9\tPerson 16 23\tAnn Lee",
        "T2\tQuote 0 10\t“Go home,”",
        "R1\tSpeaker Arg1:T2 Arg2:T9",
        "T3\tPerson 25 28\tShe",
        "T4\tPerson 46 49\tLee\r",
        "*\tEquiv T3 T9 T4",
        "A1\tForm T3 pronoun",
        "#1\tAnnotatorNotes T2\tI'm not sure of this one",
        "T5\tLocation 46 49\tLee",
        "E1\tLocation:T5",
        "N1\tReference T9 Wikidata:Q1\tAnn",
        "R2\tLives_in Arg1:T9 Arg2:T5",
        "A2\tNegation T5",
        "",
    )
    [quote] = document.quotes
    assert (quote.kind, quote.text, quote.content) == ("direct", "Go home,", (TextSpan(0, 10),))
    assert document.names(quote) == ("Ann Lee",)
    [lee] = document.entities
    assert (lee.name, lee.aliases, lee.kind, lee.named) == ("Ann Lee", ("Lee",), "person", True)
    assert [mention.form.value for mention in document.mentions] == ["name", "pronoun", "name"]
    assert (quote.score, quote.speaker_score) == (1.0, 1.0)


def test_quote_without_marks_is_indirect_and_fragments_are_joined_over_line_ends(tmp_path: Path) -> None:
    document = read(tmp_path, "T1\tQuote 37 44\tto stay")
    [quote] = document.quotes
    assert (quote.kind, quote.text, quote.speakers, quote.speaker_score) == ("indirect", "to stay", (), 0.0)
    assert quote.evidence.reason == "the annotations name no speaker"
    document = read(tmp_path, "T1\tQuote 37 45;46 49;50 57\tto stay. Lee smiled.")
    assert document.quotes[0].content == (TextSpan(37, 49), TextSpan(50, 57))
    document = read(tmp_path, "T1\tQuote 1 3\tGo", text="\ufeffGo")
    assert (document.text, document.quotes[0].text) == ("\ufeffGo", "Go")


PEOPLE = ("T1\tQuote 0 10\t“Go home,”", "T2\tPerson 16 23\tAnn Lee", "T3\tCue 11 15\tsaid")


@each_row("line, message", "export", "bad lines of brat")
def test_bad_line_is_told_with_its_number(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(FormatError, match=r"d\.ann, line 4: " + re.escape(message)):
        read(tmp_path, *PEOPLE, line.replace("ENDLESS", "1" + "0" * 5_000))


def test_many_fragments_of_a_long_text_take_no_more_room_than_their_file(tmp_path: Path) -> None:
    text, lines = "a" * 1_000_000, [f"T{number}\tQuote {number} 1000000\ta" for number in range(1_000)]
    tracemalloc.start()
    with pytest.raises(FormatError, match=r"line 1: T0 is 'a', but where it says the text is 'aa'"):
        read(tmp_path, *lines, text=text)
    with pytest.raises(FormatError, match="fragments that overlap"):
        read(tmp_path, "T1\tQuote " + ";".join(["0 1000000"] * 1_000) + "\ta", text=text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_second_source_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"d\.ann, line 5: a second Source of T1"):
        read(tmp_path, *PEOPLE, "R1\tSource Arg1:T1 Arg2:T2", "R2\tSource Arg1:T1 Arg2:T2")


@each_row("lines, message", "export", "lines of brat that do not hold together")
def test_what_does_not_hold_together_is_told(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(FormatError, match=r"d\.ann: .*" + re.escape(message)):
        read(tmp_path, *PEOPLE, *lines)


@pytest.mark.parametrize("note", ['{"mine": 1}', "[1]", "{", "NaN", "[" * 10_000, ""])
def test_notes_of_others_are_left_out(tmp_path: Path, note: str) -> None:
    assert read(tmp_path, *PEOPLE, f"#1\tAnnotatorNotes T1\t{note}").quotes[0].score == 1.0


def test_files_that_are_missing_or_not_utf8_are_told(tmp_path: Path) -> None:
    (tmp_path / "d.ann").write_bytes(b"\n\xff")
    (tmp_path / "d.txt").write_bytes(b"")
    with pytest.raises(FormatError, match=r"d\.ann: not UTF-8: byte 0xff in line 2"):
        read_brat(tmp_path / "d.ann")
    (tmp_path / "d.txt").write_bytes(b"\xff")
    with pytest.raises(FormatError, match=r"d\.txt: not UTF-8: byte 0xff in line 1"):
        read_brat(tmp_path / "d.ann")
    (tmp_path / "e.ann").write_bytes(b"")
    with pytest.raises(FileNotFoundError, match=r"e\.txt"):
        read_brat(tmp_path / "e.ann")
