"""A document as segments: a partition of its text, by who says the words between marks."""

from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from spacy.tokens import Doc

from quotesmith.extraction import RuleExtractor
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Entity, Evidence, Mention, Quote, QuoteDocument, Segments
from tests.random_docs import parsed_docs
from tests.samples import summit
from tests.steps import steps_of
from tests.strategies import documents


def assert_partition(document: QuoteDocument) -> None:
    segments = document.segments()
    assert "".join(segment.text for segment in segments) == document.text
    done = 0
    for segment in segments:
        assert (segment.start, segment.end) == (done, done + len(segment.text))
        assert done < segment.end
        done = segment.end
        assert segment.names == (() if segment.quote is None else document.names(segment.quote))
        for piece in segment.pieces:
            assert segment.span.contains(piece)
    owners = [None if segment.quote is None else segment.quote.id for segment in segments]
    assert all(before != after for before, after in pairwise(owners))


@given(documents())
def test_segments_of_any_records_are_the_text_character_by_character(document: QuoteDocument) -> None:
    assert_partition(document)
    for segment in document.segments():
        assert segment.quote is None or segment.quote.kind != "indirect"


@given(parsed_docs())
def test_segments_of_quotes_that_rules_find_are_the_text(doc: Doc) -> None:
    found = RuleExtractor()(ParsedText.of(doc, pair_marks(doc.text)))
    quotes = [Quote(f"q{place}", quote.kind, quote.content, "") for place, quote in enumerate(found)]
    assert_partition(QuoteDocument("d", doc.text, quotes=quotes))


def make_document(text: str, *rows: tuple[str, str, str], **changes: Any) -> QuoteDocument:
    """Quotes by kind, content (pieces parted by "|") and speaker, an entity of one letter; "?" is nobody."""
    quotes = [
        Quote(
            f"q{place}",
            kind,
            [(text.index(piece), text.index(piece) + len(piece)) for piece in content.split("|")],
            "",
            speakers=[speaker] if speaker != "?" else [],
        )
        for place, (kind, content, speaker) in enumerate(rows)
    ]
    entities = [Entity(name, name) for name in sorted({speaker for *_, speaker in rows} - {"?"})]
    return QuoteDocument("d", text, quotes=quotes, entities=entities, **changes)


def shown(document: QuoteDocument) -> list[str]:
    """Each segment after its speaker: "n" for the narrator, "?" for nobody known."""
    return [f"{'n' if s.quote is None else ''.join(s.names) or '?'}:{s.text}" for s in document.segments()]


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        pytest.param("", [], [], id="no-text"),
        pytest.param("It was late.", [], ["n:It was late."], id="no-quote"),
        pytest.param(
            "“Go,” he said, “now.”",
            [("direct", "“Go,”|“now.”", "A")],
            ["A:“Go,”", "n: he said, ", "A:“now.”"],
            id="split",
        ),
        pytest.param(
            "He said that he left.", [("indirect", "that he left", "A")], ["n:He said that he left."], id="indirect"
        ),
        pytest.param(
            "It “will take a year” at “most”, he said.",
            [("mixed", "It “will take a year” at “most”", "A")],
            ["n:It ", "A:“will take a year”", "n: at ", "A:“most”", "n:, he said."],
            id="mixed",
        ),
        pytest.param(
            "“She said: ‘Go.’ I went,” he said.",
            [("direct", "“She said: ‘Go.’ I went,”", "A"), ("direct", "‘Go.’", "B")],
            ["A:“She said: ‘Go.’ I went,”", "n: he said."],
            id="inner-quote-stays-in-the-outer-voice",
        ),
        pytest.param(
            "He says she cried “Go” and “now”.",
            [("mixed", "she cried “Go” and “now”", "A"), ("direct", "“Go”", "B")],
            ["n:He says she cried ", "B:“Go”", "n: and ", "A:“now”", "n:."],
            id="direct-quote-in-a-mixed-one",
        ),
        pytest.param(
            "A says B says it is “mad”.",
            [("mixed", "B says it is “mad”", "A"), ("mixed", "it is “mad”", "B")],
            ["n:A says B says it is ", "B:“mad”", "n:."],
            id="mixed-quote-in-a-mixed-one",
        ),
        pytest.param(
            "“Go,” he said.", [("direct", "Go,", "A")], ["A:“Go,”", "n: he said."], id="marks-left-out-of-the-content"
        ),
        pytest.param(
            "“Go,” “No,”", [("direct", "“Go,”", "A"), ("direct", "“No,”", "?")], ["A:“Go,”", "n: ", "?:“No,”"], id="two"
        ),
        pytest.param("A: Go.", [("direct", "Go.", "A")], ["n:A: ", "A:Go."], id="turn-without-marks"),
        pytest.param("He left “it”.", [("mixed", "left", "A")], ["n:He left “it”."], id="mixed-without-marks"),
        pytest.param(
            "abcdef", [("direct", "bcd", "A"), ("direct", "cde", "B")], ["n:a", "A:bcd", "B:e", "n:f"], id="crossing"
        ),
        pytest.param("abc", [("direct", "abc", "A"), ("direct", "abc", "B")], ["A:abc"], id="twice"),
        pytest.param("abcd", [("direct", "ab|cd", "A")], ["A:abcd"], id="touching-pieces"),
    ],
)
def test_segments_are(text: str, rows: list[tuple[str, str, str]], expected: list[str]) -> None:
    assert shown(make_document(text, *rows)) == expected


def test_of_equal_quotes_the_one_without_a_parent_has_the_words() -> None:
    inner, outer = Quote("q0", "direct", [(0, 2)], "Go", parent="q1"), Quote("q1", "direct", [(0, 2)], "Go")
    [segment] = QuoteDocument("d", "Go", quotes=[inner, outer]).segments()
    assert segment.quote == outer


@pytest.mark.parametrize(
    ("text", "content", "words"),
    [
        pytest.param("“Go,” he said.", "“Go,”", [("Go,",), ("he said.",)], id="marks"),
        pytest.param("“‘Go,’ he said.”", "“‘Go,’ he said.”", [("‘Go,’ he said.",)], id="inner-marks-stay"),
        pytest.param("'Tis “late” now", "'Tis “late” now", [("'Tis “late” now",)], id="no-outer-marks"),
        pytest.param(
            "“Go,” he had said. I left.",
            "“Go,” he had said. I left.",
            [("“Go,” he had said. I left.",)],
            id="a-passage-that-is-a-part",
        ),
        pytest.param(
            "“One.\n\n“Two.”\n\n* * *\n\nEnd", "“One.\n\n“Two.”", [("One.", "Two."), ("End",)], id="paragraphs"
        ),
        pytest.param(
            "It is “so”; he  left\tit.", "“so”", [("It is",), ("so",), ("he left it.",)], id="sign-that-goes-on"
        ),
        pytest.param("He (“Go.”) left", "“Go.”", [("He",), ("Go.",), ("left",)], id="brackets-around"),
        pytest.param("“Go.”\n\n“", "“Go.”", [("Go.",), ()], id="nothing-to-read"),
        pytest.param("\r\n “…” ", "“…”", [(), (), ()], id="signs-alone"),
    ],
)
def test_words_to_read_are(text: str, content: str, words: list[tuple[str, ...]]) -> None:
    assert [segment.words for segment in make_document(text, ("direct", content, "A")).segments()] == words


def make_turn(text: str, label: str, content: str, way: str) -> QuoteDocument:
    """A quote with the label that says who speaks it, found in a way."""
    spans = [(text.index(words), text.index(words) + len(words)) for words in (label, content)]
    mention = Mention("m0", spans[:1], "name", "e0")
    evidence = Evidence(extraction=way, method="label" if way.startswith("layout") else "name")
    quote = Quote("q0", "direct", spans[1:], content, source="m0", speakers=["e0"], evidence=evidence)
    return QuoteDocument("d", text, quotes=[quote], entities=[Entity("e0", "Ann")], mentions=[mention])


def all_words(document: QuoteDocument) -> list[tuple[str, ...]]:
    return [segment.words for segment in document.segments()]


def test_label_number_and_time_of_a_turn_are_not_read_where_the_layout_says_so() -> None:
    text = "1\n00:01 --> 00:02\nANN: Go.\n\nShe goes."
    turn = make_turn(text, "ANN", "Go.", "layout, subtitles")
    assert all_words(turn) == [(), ("Go.",), ("She goes.",)]
    assert all_words(evolve(turn, quotes=[evolve(turn.quotes[0], cue=[(0, 1)])]))[0] == ("ANN:",)
    prose = evolve(make_turn(text, "ANN", "Go.", "network"), meta={"layout": "two-column"})
    assert all_words(prose)[0] == ("1", "00:01 --> 00:02", "ANN:")


@pytest.mark.parametrize(
    ("way", "words"),
    [
        pytest.param("layout, labels", [(), ("Go.",), ("She goes.",)], id="sounds-of-a-transcript"),
        pytest.param("layout, play", [("[Music]", "[Up]"), ("Go.",), ("(laughs)", "She goes.")], id="stage-directions"),
        pytest.param("rules", [("[Music]", "ANN: [Up]"), ("Go.",), ("(laughs)", "She goes.")], id="prose"),
    ],
)
def test_brackets_alone_are_read_but_in_transcripts(way: str, words: list[tuple[str, ...]]) -> None:
    text = "[Music]\n\nANN: [Up] Go.\n\n(laughs)\n\nShe goes."
    assert all_words(make_turn(text, "ANN", "Go.", way)) == words


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        pytest.param("“Go.” — Ann", (), id="dash"),
        pytest.param("“Go.”\n\n— Ann (The Courier)\n\nIt rains.", ("It rains.",), id="line-of-its-own"),
        pytest.param("“Go.” — Ann, The U.S. Courier. It (1) rains.\n\n12:30", ("It (1) rains.", "12:30"), id="prose"),
        pytest.param("“Go.” – *Ann*. It rains.", ("It rains.",), id="emphasis"),
        pytest.param("“Go.” He saw Ann.", ("He saw Ann.",), id="words-before-it"),
    ],
)
def test_signature_is_not_read(text: str, behind: tuple[str, ...]) -> None:
    assert all_words(make_turn(text, "Ann", "“Go.”", "layout, signature"))[1] == behind


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param("I go,", "I go,", id="left-out"),
        pytest.param("— I go,", "— I go,", id="kept"),
        pytest.param("", "— I go,", id="no-text"),
    ],
)
def test_dash_before_a_quote_is_read_as_its_text_has_it(said: str, words: str) -> None:
    document = make_turn("“So?”\n\n— I go, said Ann.", "Ann", "— I go,", "dash")
    assert all_words(evolve(document, quotes=[evolve(document.quotes[0], text=said)]))[1] == (words,)


def test_segments_are_a_sequence_that_shows_itself() -> None:
    segments = summit().segments()
    assert repr(segments) == "<Segments: 10 of 'summit', 5 of them of quotes>"
    assert isinstance(segments[:3], Segments)
    assert (len(segments[:3]), segments[-1].text) == (3, " someone shouted.\n")
    assert segments[0] in segments
    assert repr(segments[4]).endswith("quote=q1, speakers=['Xi Jinping'])")
    assert segments == summit().segments() != segments[1:]
    html = segments._repr_html_()
    assert "10 segments of No deal" in html
    assert html.count("narration") == 5


def test_work_grows_with_the_text_alone() -> None:
    def steps(count: int) -> int:
        text = "It is “so”, he said. " * count
        mixed = [Quote(f"m{place}", "mixed", [(place, len(text) - place)], "") for place in range(count)]
        direct = [Quote(f"d{place}", "direct", [(place * 21 + 6, place * 21 + 10)], "") for place in range(count)]
        document = QuoteDocument("d", text, quotes=[*mixed, *direct])
        assert len(document.segments()) == 2 * count + 1
        return steps_of(document.segments)

    assert steps(2_000) < 12 * steps(200)
