"""Documents as scripts, SSML and segments in JSON."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from lxml import etree

from quotesmith.errors import AmbiguousNameError, ArgumentError, NameNotFoundError, OptionError
from quotesmith.export import Voices, document_format, write_ssml
from quotesmith.export.characters import REPLACEMENT, without_forbidden
from quotesmith.export.scripts import document_script, segment_rows, segments_json
from quotesmith.export.ssml import chapters_ssml, document_ssml
from quotesmith.records import Entity, Quote, QuoteDocument
from tests.samples import novella, summit
from tests.steps import steps_of
from tests.strategies import any_text, documents

SSML = "{http://www.w3.org/2001/10/synthesis}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def story(**changes: Any) -> QuoteDocument:
    """Three paragraphs: two that share voices, and one of narration between two lines of signs."""
    text = "“Go,” said Ann Lee.\n“No!” Bo Day \t cried. “Why, Ann?”\n\n* * *\n\nShe <went> & he\tstayed.\n\n***\n"
    rows = [("q0", (0, 5), ["e0"]), ("q1", (20, 25), ["e1"]), ("q2", (42, 53), [])]
    quotes = [Quote(name, "direct", [span], "", speakers=speakers) for name, span, speakers in rows]
    entities = [Entity("e0", "Ann Lee", "person"), Entity("e1", "Bo Day", "person"), Entity("e2", "Cy Day", "person")]
    return QuoteDocument(**{"id": "story", "text": text, "quotes": quotes, "entities": entities, **changes})


def test_script_has_a_block_a_segment_and_a_line_a_paragraph() -> None:
    assert document_script(story()).split("\n\n") == [
        "ANN LEE: Go,",
        "NARRATOR: said Ann Lee.",
        "BO DAY: No!",
        "NARRATOR: Bo Day cried.",
        "SPEAKER ?: Why, Ann?",
        "NARRATOR: She <went> & he stayed.\n",
    ]
    two = QuoteDocument("d", "It was late.\n\nIt rained.")
    assert document_script(two) == "NARRATOR: It was late.\nNARRATOR: It rained.\n"
    assert document_script(QuoteDocument("d", " ")) == "\n"


def test_several_speakers_are_named_and_a_name_is_on_one_line() -> None:
    quotes = [
        Quote("q0", "direct", [(0, 2)], "Go", speakers=["e0", "e1"]),
        Quote("q1", "direct", [(3, 5)], "No", speakers=["e2"]),
    ]
    entities = [Entity("e0", "Ann"), Entity("e1", "Bo\n\nBOB: I"), Entity("e2", " \n")]
    document = QuoteDocument("d", "Go No", quotes=quotes, entities=entities)
    assert document_script(document) == "ANN, BO BOB: I: Go\n\nSPEAKER ?: No\n"
    assert [voice.get("name") for voice in voices_of(document)] == ["Ann-Bo-BOB:-I", "SPEAKER-?"]


@given(documents())
def test_every_line_of_a_script_has_a_label_and_all_words_are_there(document: QuoteDocument) -> None:
    lines = document_script(document).removesuffix("\n").split("\n")
    labels = {"NARRATOR", "SPEAKER ?"}
    labels |= {" ".join(", ".join(document.names(quote)).upper().split()) for quote in document.quotes}
    allowed = tuple(f"{without_forbidden(label)}: " for label in labels)
    assert all(line.startswith(allowed) for line in lines if line)
    words = "".join("".join(segment.words) for segment in document.segments())
    assert sum(map(str.isalnum, words)) == sum(map(str.isalnum, document.text))


def test_chapters_have_their_titles_before_the_first_block() -> None:
    assert document_script(novella()).split("\n\n")[:8] == [
        "NARRATOR: A note.",
        "# I. Morning",
        "NARRATOR: I. Morning",
        "ANN LEE: Bo!",
        "NARRATOR: Ann Lee cried.",
        "ANN LEE: Do come.",
        "BO: I will,",
        "NARRATOR: said Bo.",
    ]
    assert document_script(novella()).count("# II. Night\n\nNARRATOR: II. Night\nNARRATOR: “Cy, my boy,”") == 1


# SSML


def parsed(document: QuoteDocument, voices: Voices | None = None) -> Any:
    return etree.fromstring(document_ssml(document, voices=voices), etree.XMLParser(resolve_entities=False))


def voices_of(document: QuoteDocument, voices: Voices | None = None) -> list[Any]:
    return list(parsed(document, voices).iter(f"{SSML}voice"))


@given(documents())
def test_ssml_of_any_document_has_the_structure_of_the_standard(document: QuoteDocument) -> None:
    # By its sections 3.1 and 3.2: what may stand in what; a list of voices is parted by white space.
    root = parsed(document)
    assert (root.tag, root.get("version"), root.get(LANGUAGE)) == (f"{SSML}speak", "1.1", document.language)
    assert not "".join([root.text, *(voice.tail for voice in root)]).strip()
    for voice in root:
        assert (voice.tag, voice.keys(), len(voice.get("name").split())) == (f"{SSML}voice", ["name"], 1)
        for child in voice:
            assert (child.tag, dict(child.attrib), len(child)) in [
                (f"{SSML}p", {}, 0),
                (f"{SSML}break", {"strength": "strong"}, 0),
            ]
    names = [voice.get("name") for voice in root]
    assert all(before != after for before, after in pairwise(names))
    words = "".join("".join(segment.words) for segment in document.segments())
    spoken = without_forbidden(words).replace(REPLACEMENT, "")
    assert "".join("".join(root.itertext()).split()) == "".join(spoken.split())


def test_ssml_has_a_voice_a_speaker_and_marks_paragraphs() -> None:
    lines = document_ssml(story()).decode().splitlines()
    assert lines[2:-1] == [
        '<voice name="Ann-Lee">Go,</voice>',
        '<voice name="NARRATOR">said Ann Lee.<break strength="strong"/></voice>',
        '<voice name="Bo-Day">No!</voice>',
        '<voice name="NARRATOR">Bo Day cried.</voice>',
        '<voice name="SPEAKER-?">Why, Ann?</voice>',
        '<voice name="NARRATOR"><p>She &lt;went&gt; &amp; he stayed.</p></voice>',
    ]


def test_voices_are_given_by_name_or_entity_and_the_narrator_reads_the_rest() -> None:
    voices: dict[str | Entity | None, str] = {"lee": "en-GB-SoniaNeural  en-GB", story().entities[1]: '"B"'}
    assert [voice.get("name") for voice in voices_of(story(), {**voices, None: "N"})] == [
        "en-GB-SoniaNeural en-GB",
        "N",
        '"B"',
        "N",
    ]
    for narrator in ("NARRATOR", "Narrator", "narrator"):
        assert voices_of(story(), {narrator: "N"})[0].get("name") == "N"
    [only] = voices_of(story(), {})
    assert only.get("name") == "NARRATOR"
    assert [p.text for p in only] == ["Go, said Ann Lee.", "No! Bo Day cried. Why, Ann?", "She <went> & he stayed."]
    group = story(quotes=[Quote("q0", "direct", [(0, 5)], "", speakers=["e0", "e1"])])
    assert voices_of(group, {"Bo Day": "B"})[0].get("name") == "B"


def test_gender_gives_a_voice_to_those_without_one() -> None:
    spoken = [
        (voice.get("name"), "".join(voice.itertext())) for voice in voices_of(novella(), {"feminine": "F", None: "N"})
    ]
    assert [words for name, words in spoken if name == "F"] == ["Bo!", "Do come.", "And we laughed,"]
    both = {"MASCULINE": "M", "Bo": "B", "feminine": "F"}
    assert {voice.get("name") for voice in voices_of(novella(), both)} == {"NARRATOR", "B", "F"}


def test_chapters_begin_with_marks_after_a_pause() -> None:
    lines = document_ssml(novella(), voices={}).decode().splitlines()
    assert lines[2:5] == [
        '<voice name="NARRATOR"><p>A note.</p><break strength="x-strong"/></voice>',
        '<mark name="chapter-1"/>',
        '<voice name="NARRATOR"><p>I. Morning</p>',
    ]
    assert [mark.get("name") for mark in parsed(novella()).iter(f"{SSML}mark")] == ["chapter-1", "chapter-2"]


def test_each_chapter_is_a_file_of_its_own(tmp_path: Path) -> None:
    files = chapters_ssml(novella(), voices={"Ann": "A"})
    assert list(files) == ["00.ssml", "01-i-morning.ssml", "02-ii-night.ssml"]
    roots = [etree.fromstring(ssml) for ssml in files.values()]
    assert not any(list(root.iter(f"{SSML}mark")) for root in roots)
    whole = "".join(document_ssml(novella(), voices={}).decode().split())
    assert all("".join("".join(root.itertext()).split()) in re.sub("<[^>]*>", "", whole) for root in roots)
    assert "The end." in files["02-ii-night.ssml"].decode()
    novella().write(tmp_path / "a.chapters.zip", voices={"Ann": "A"})
    with ZipFile(tmp_path / "a.chapters.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


@given(title=any_text(min_size=1))
def test_no_title_makes_a_name_that_is_a_path(title: str) -> None:
    document = QuoteDocument("d", "Go", meta={"chapters": [{"title": title, "start": 0, "end": 2}]})
    [name] = chapters_ssml(document)
    assert re.fullmatch(r"01(-[a-z0-9]+)*\.ssml", name)


@pytest.mark.parametrize(
    ("voices", "error", "told"),
    [
        pytest.param({"Anne Lee": "A"}, NameNotFoundError, "close: Ann Lee", id="unknown"),
        pytest.param({Entity("e9", "Ann"): "A"}, NameNotFoundError, "take one of doc.entities", id="strange-entity"),
        pytest.param({"Day": "A"}, AmbiguousNameError, "Bo Day", id="two-of-the-name"),
        pytest.param({"Ann": "A", "Lee": "B"}, OptionError, "two voices, 'A' and 'B'", id="two-voices"),
        pytest.param({"NARRATOR": "A", None: "B"}, OptionError, "two voices", id="two-narrators"),
        pytest.param({"Ann": " \0"}, OptionError, "the voice of 'Ann' is empty", id="empty"),
        pytest.param({"Ann": 1}, ArgumentError, "must be a string, not int", id="no-string"),
        pytest.param({1: "A"}, ArgumentError, "a speaker's name, an entity or None, not int", id="no-name"),
        pytest.param(["Ann"], ArgumentError, "a mapping", id="no-mapping"),
    ],
)
def test_wrong_voices_are_told_and_nothing_is_written(
    tmp_path: Path, voices: Any, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        write_ssml(story(), tmp_path / "a.ssml", voices=voices)
    assert list(tmp_path.iterdir()) == []


def test_voices_are_written_by_suffix_and_refused_by_other_formats(tmp_path: Path) -> None:
    story().write(tmp_path / "a.ssml", voices={"Ann": "A"})
    assert '<voice name="A">Go,' in (tmp_path / "a.ssml").read_text(encoding="utf-8")
    with pytest.raises(OptionError, match=r"a \.script\.txt file has no voices; these have: \.ssml, \.chapters\.zip"):
        story().write(tmp_path / "a.script.txt", voices={"Ann": "A"})
    assert document_format("a.csv").voiced(None) is document_format("a.csv")


def test_language_that_xml_cannot_name_is_undetermined() -> None:
    assert parsed(story(language="?")).get(LANGUAGE) == "und"


# JSON


@given(documents())
def test_segments_in_json_are_the_text(document: QuoteDocument) -> None:
    rows = json.loads(b"".join(segments_json([document, document])))
    assert rows == [*segment_rows(document)] * 2
    assert "".join(row["text"] for row in segment_rows(document)) == document.text


def test_segment_in_json_tells_who_says_it() -> None:
    rows = list(segment_rows(summit()))
    assert rows[4] == {
        "document": "summit",
        "start": 157,
        "end": 171,
        "text": "“not for sale”",
        "quote": "q1",
        "kind": "mixed",
        "speakers": ["Xi Jinping"],
    }
    assert (rows[1]["quote"], rows[1]["kind"], rows[1]["speakers"]) == (None, "narration", [])
    assert b"".join(segments_json([])) == b"[]\n"
    assert len(b"".join(segments_json([summit()])).splitlines()) == len(rows) + 2


def test_work_of_writing_grows_with_the_text() -> None:
    def steps(count: int) -> int:
        text = "“Go,” he said.\n" * count
        quotes = [Quote(f"q{place}", "direct", [(15 * place, 15 * place + 5)], "Go,") for place in range(count)]
        document = QuoteDocument("d", text, quotes=quotes)
        assert document_script(document).count("SPEAKER ?") == len(voices_of(document)) / 2 == count
        return steps_of(document_script, document) + steps_of(voices_of, document)

    assert steps(1_000) < 12 * steps(100)
