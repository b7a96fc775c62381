"""Who is spoken to in lines of fiction: what stands around a line, and what is decided by it."""

import json
import shutil
from pathlib import Path

import attrs
import pytest

from quotesmith.coreference import EntityNumber
from quotesmith.encoder import SHIPPED
from quotesmith.errors import WeightsError
from quotesmith.records import TextSpan
from quotesmith.speakers.dialogue.listener_evidence import (
    LISTENER_EVIDENCE,
    ListenerEvidence,
    find_listener_evidence,
)
from quotesmith.speakers.dialogue.listeners import (
    LISTENERS_FILE,
    ListenerModel,
    choose_listeners,
    decide_listeners,
    read_listener_model,
)
from quotesmith.speakers.dialogue.spoken_lines import LineReader
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS
from tests.speakers.scenes import attribution, context_of_doc, doc_of

SAID = "“ `` punct {0}\n{0} UH ROOT -\n” '' punct {0}\n"
CALLS = "“ `` punct {0}\n{0} UH ROOT -\n, , punct {0}\nIda NNP npadvmod {0} - PERSON\n” '' punct {0}\n"
NODDED = "{0} NNP nsubj nodded - PERSON\nnodded VBD ROOT -\n. . punct nodded\n"
IDA, ERIK, AMSEL = (EntityNumber(number) for number in range(3))
PEOPLE = {"Ida": IDA, "Erik": ERIK, "Amsel": AMSEL}
CAST = "".join(NODDED.format(name) for name in PEOPLE)


def reader_of(*paragraphs: str, speakers: str, **settings: float) -> LineReader:
    """Reads paragraphs behind one in which Ida, Erik and Amsel nod; the name of each line's speaker, "-" for nobody."""
    doc = doc_of("\n\n".join([CAST.strip(), *(paragraph.strip() for paragraph in paragraphs)]))
    context: DocumentContext = attrs.evolve(
        context_of_doc(doc),
        settings=attrs.evolve(DEFAULT_SPEAKER_SETTINGS, **settings),  # type: ignore[arg-type]
    )
    opens = [place for place, sign in enumerate(doc.text) if sign == "“"]
    quotes = [attribution(TextSpan(start, doc.text.index("”", start) + 1)) for start in opens]
    said = [() if name == "-" else (PEOPLE[name],) for name in speakers.split()]
    return LineReader.of(context, quotes, said, [None] * len(quotes))


def evidence_of(reader: LineReader, line: int) -> dict[EntityNumber, ListenerEvidence]:
    return find_listener_evidence(reader.context.entities, reader(line))


def test_order_of_lines_is_seen_from_each_line() -> None:
    reader = reader_of(*map(SAID.format, "abcd"), speakers="Ida Erik Ida Amsel")
    found = evidence_of(reader, 2)
    assert list(found) == [ERIK, AMSEL]
    erik, amsel = found[ERIK], found[AMSEL]
    assert (erik.spoke_last, erik.spoke_just, erik.speaks_next, erik.nobody_named) == (1, 1, 0, 1)
    assert (amsel.spoke_last, amsel.speaks_next, amsel.speaks_just) == (0, 1, 1)
    assert erik.paragraphs_back < amsel.paragraphs_back
    assert (erik.share_near, erik.alone, erik.crowd) == (0.5, 0, 0)


def test_calls_and_mentions_count_for_those_whom_they_mean() -> None:
    reader = reader_of(NODDED.format("Amsel") + CALLS.format("a"), SAID.format("b"), speakers="Erik Ida")
    first, second = evidence_of(reader, 0), evidence_of(reader, 1)
    assert (first[IDA].called, first[IDA].told_of, first[IDA].told_by_name) == (1, 1, 0)
    assert (first[AMSEL].beside, first[IDA].beside, first[AMSEL].told_of) == (1, 0, 0)
    assert second[ERIK].calls_speaker == 1


def test_lines_of_one_speaker_in_a_paragraph_are_to_the_same() -> None:
    reader = reader_of(CALLS.format("a") + SAID.format("b"), speakers="Erik Erik")
    lines = [attrs.evolve(reader.lines[0], addressed=(IDA,)), reader.lines[1]]
    second = evidence_of(attrs.evolve(reader, lines=lines), 1)
    assert (second[IDA].addressed_here, second[AMSEL].others_addressed_here) == (1, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [("listener_lines", 1), ("listener_paragraphs", 0), ("listener_narration", 0), ("listener_mentions", 0)],
)
def test_setting_bounds_what_is_seen(name: str, value: int) -> None:
    talk = (*map(SAID.format, "abc"),)
    seen, bounded = (reader_of(*talk, speakers="Ida Erik Amsel", **own) for own in ({}, {name: value}))
    assert evidence_of(seen, 0) != evidence_of(bounded, 0)


def test_settings_decide_who_is_likely_enough() -> None:
    chances = {IDA: 0.3, ERIK: 0.6, AMSEL: 0.7}
    settings = DEFAULT_SPEAKER_SETTINGS
    assert choose_listeners(chances, attrs.evolve(settings, min_listener_probability=0.5)) == (AMSEL, ERIK)
    assert choose_listeners(chances, attrs.evolve(settings, min_listener_probability=0.8)) == (AMSEL,)
    unlikely = attrs.evolve(settings, min_listener_probability=0.8, min_likeliest_listener=0.75)
    assert choose_listeners(chances, unlikely) == choose_listeners({}, settings) == ()


def test_two_who_talk_speak_to_each_other_and_never_to_themselves() -> None:
    reader = reader_of(*map(SAID.format, "abcdef"), speakers="Ida Erik Ida Erik Ida Erik")
    quotes = [attribution(line.content[0]) for line in reader.lines]
    speakers = [tuple(line.speakers) for line in reader.lines]
    found = decide_listeners(reader.context, quotes, speakers, [None] * len(quotes))
    assert found[2:4] == [(ERIK,), (IDA,)]
    assert decide_listeners(reader.context, quotes, [(IDA, ERIK, AMSEL)] * 6, [None] * 6) == [()] * 6


def test_what_is_no_line_is_spoken_to_whom_its_words_name() -> None:
    reader = reader_of(SAID.format("a"), speakers="Ida")
    report = attribution(TextSpan(0, 3), kind="indirect")
    assert decide_listeners(reader.context, [report], [(IDA,)], [(ERIK, IDA)]) == [(ERIK,)]
    assert decide_listeners(reader.context, [report], [(IDA,)], [None]) == [()]


def test_model_adds_up_log_odds() -> None:
    model = ListenerModel(-1.0, {name: float(name == "called") for name in LISTENER_EVIDENCE})
    assert model(ListenerEvidence(called=1.0)) == 0.5 > model(ListenerEvidence(spoke_last=1.0))


def test_shipped_model_weighs_all_evidence() -> None:
    assert read_listener_model().weights.keys() == set(LISTENER_EVIDENCE)


def test_file_that_is_not_the_cards_is_refused(tmp_path: Path) -> None:
    for name in ("card.json", LISTENERS_FILE):
        shutil.copy(SHIPPED / name, tmp_path)
    data = json.loads((tmp_path / LISTENERS_FILE).read_text())
    (tmp_path / LISTENERS_FILE).write_text(json.dumps({**data, "intercept": 9}))
    with pytest.raises(WeightsError, match=LISTENERS_FILE):
        read_listener_model(tmp_path)
