import pytest
from attrs import evolve

from quotesmith.extraction import Attribution
from tests.cases import named_table
from tests.docs import make_doc
from tests.extraction.found import settle_reported_speakers, words
from tests.extraction.worded import attribution

OBJECT, PASSIVE, IN_PAPER, MANNER = (
    make_doc(named_table("extraction/reported_speakers", name))
    for name in ("object", "passive", "passive in a paper", "manner")
)


def described(text: str, quotes: list[Attribution]) -> list[tuple[str, ...]]:
    """Content, cue and source of each."""
    return [tuple("|".join(words(text, spans)) for spans in (q.content, q.cue, q.source)) for q in quotes]


@pytest.mark.parametrize("source", ["", "Tass", "Roe"])
@pytest.mark.parametrize("content", ["Roe as", "Roe as saying it works", "as saying"])
def test_object_says_it_and_the_subject_reports_that(source: str, content: str) -> None:
    text = OBJECT.text
    above = attribution(text, content, cue="quoted", source="Tass")
    said = attribution(text, "it works", cue="saying", source=source)
    assert described(text, settle_reported_speakers(OBJECT, [above, said])) == [
        ("Roe as saying it works", "quoted", "Tass"),
        ("it works", "saying", "Roe"),
    ]


def test_pieces_that_the_report_holds_are_no_others_beside_it() -> None:
    text = OBJECT.text
    above = attribution(text, "Roe as saying it works", cue="quoted", source="Tass")
    said = attribution(text, "it", cue="saying")
    pieces = (*said.content, *attribution(text, "works", cue="saying").content)
    [found, _] = settle_reported_speakers(OBJECT, [above, evolve(said, content=pieces)])
    assert words(text, found.content) == ["Roe as saying it works"]


def test_report_that_nothing_found_is_added() -> None:
    text = OBJECT.text
    said = attribution(text, "it works", cue="saying", source="Tass")
    assert described(text, settle_reported_speakers(OBJECT, [said])) == [
        ("it works", "saying", "Roe"),
        ("Roe as saying it works", "quoted", "Tass"),
    ]


def test_subject_of_a_passive_says_it_and_nobody_else_does() -> None:
    text = PASSIVE.text
    above = attribution(text, "as saying it works", cue="quoted")
    said = attribution(text, "it works", cue="saying")
    expected = [("it works", "quoted as saying", "Roe")]
    assert described(text, settle_reported_speakers(PASSIVE, [above, said])) == expected


def test_cue_of_two_places_has_two_pieces() -> None:
    text = IN_PAPER.text
    above, said = attribution(text, "in Life", cue="quoted"), attribution(text, "it works", cue="saying")
    expected = [("it works", "quoted|saying", "Roe")]
    assert described(text, settle_reported_speakers(IN_PAPER, [above, said])) == expected


def test_passive_with_a_source_of_its_own_stays() -> None:
    text = IN_PAPER.text
    above = attribution(text, "as saying it works", cue="quoted", source="Life")
    said = attribution(text, "it works", cue="saying")
    assert described(text, settle_reported_speakers(IN_PAPER, [above, said])) == [
        ("as saying it works", "quoted", "Life"),
        ("it works", "saying", "Roe"),
    ]


@pytest.mark.parametrize("source", ["", "Roe"])
def test_subject_who_does_something_saying_so_is_left(source: str) -> None:
    said = attribution(MANNER.text, "it works", cue="saying", source=source)
    assert settle_reported_speakers(MANNER, [said]) == [said]
