import json
from pathlib import Path
from typing import Any

import pytest

from quotesmith.errors import ArgumentError, LexiconError
from quotesmith.lexicon.reporting import Frame, load_reporting
from quotesmith.lexicon.reporting_verbs import ReportingVerb, read_reporting_verbs, verb_forms
from quotesmith.records import Act

SKEET = {"verb": "skeet", "act": "writing"}
VERBS = (ReportingVerb("skeet", "writing"), ReportingVerb("vibe", "attitude"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("verbs.json", json.dumps([verb.to_dict() for verb in VERBS]), id="json"),
        pytest.param("verbs.jsonl", "".join(json.dumps(verb.to_dict()) + "\n" for verb in VERBS), id="json-lines"),
        pytest.param("verbs.csv", "verb,act\nskeet,writing\nvibe,attitude\n", id="csv"),
        pytest.param("VERBS.CSV", "act, verb\nwriting, Skeet\n\nattitude, vibe \n", id="csv-columns-in-any-order"),
    ],
)
def test_files_and_records_give_the_same_verbs(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert read_reporting_verbs(path) == read_reporting_verbs(str(path)) == VERBS
    assert read_reporting_verbs([verb.to_dict() for verb in VERBS]) == read_reporting_verbs(VERBS) == VERBS


def test_a_verb_that_comes_again_is_one() -> None:
    assert read_reporting_verbs([SKEET, {"verb": " Skeet", "act": Act.WRITING}]) == VERBS[:1]


@pytest.mark.parametrize(
    ("records", "message"),
    [
        pytest.param([{**SKEET, "act": "shouting"}], "verb 1: act must be one of speech.*'shouting'", id="unknown-act"),
        pytest.param([{**SKEET, "act": []}], r"verb 1: act must be one of .*\[\]", id="act-of-another-type"),
        pytest.param([{**SKEET, "verb": " "}], "verb 1: verb must be a string of one word", id="empty-verb"),
        pytest.param([{**SKEET, "verb": 7}], "verb 1: verb must be a string of one word, not 7", id="no-string"),
        pytest.param([{**SKEET, "verb": "go on"}], "of one word, not 'go on'", id="two-words"),
        pytest.param([{"verb": "skeet"}], "verb 1: the record has no act; its keys are verb and act", id="no-act"),
        pytest.param([{}], "has no verb and no act", id="nothing"),
        pytest.param([{**SKEET, "gender": "x"}], "unknown keys 'gender'", id="unknown-key"),
        pytest.param(["skeet"], "verb 1: expected a ReportingVerb or a mapping", id="no-record"),
        pytest.param([SKEET, {**SKEET, "act": "speech"}], "verb 2: 'skeet' is there as writing already", id="two-acts"),
    ],
)
def test_malformed_records_name_their_place(records: list[Any], message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        read_reporting_verbs(records)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("verbs.txt", "skeet", "no known suffix; .* from .json, .jsonl, .csv", id="suffix"),
        pytest.param("verbs.json", "{}", "expected a list of records, not dict", id="no-list"),
        pytest.param("verbs.jsonl", "\n{", "line 2: not JSON", id="no-json"),
        pytest.param("verbs.csv", "verb\nskeet\n", "line 1: the columns must be verb and act, not verb", id="columns"),
        pytest.param("verbs.csv", "verb,act\nskeet\n", "line 2: expected 2 cells", id="cells"),
        pytest.param("verbs.csv", "verb,act\nskeet,\n", "line 2: the record has no act", id="empty-cell"),
        pytest.param("verbs.csv", 'verb,act\n"skeet,writing', "line 2: not CSV", id="no-csv"),
    ],
)
def test_malformed_files_name_their_line(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        read_reporting_verbs(path)


def test_bytes_that_are_no_text_name_their_line(tmp_path: Path) -> None:
    path = tmp_path / "verbs.csv"
    path.write_bytes(b"verb,act\n\xff,writing\n")
    with pytest.raises(LexiconError, match="line 2: not UTF-8: byte 0xff"):
        read_reporting_verbs(path)


@pytest.mark.parametrize("source", [7, SKEET, b"skeet"])
def test_what_is_neither_path_nor_records_is_an_argument_error(source: Any) -> None:
    with pytest.raises(ArgumentError, match="must be a path or a sequence of records"):
        read_reporting_verbs(source)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        pytest.param("skeet", {"skeets", "skeeted", "skeeting"}, id="plain"),
        pytest.param("vibe", {"vibes", "vibed", "vibing"}, id="mute-e"),
        pytest.param("vlog", {"vlogs", "vlogged", "vlogging"}, id="doubled-consonant"),
        pytest.param("reply", {"replies", "replied", "replying"}, id="y-after-a-consonant"),
        pytest.param("relay", {"relays", "relayed", "relaying"}, id="y-after-a-vowel"),
        pytest.param("kvetch", {"kvetches", "kvetched", "kvetching"}, id="hiss"),
        pytest.param("x", {"xes", "xed", "xing"}, id="one-letter"),
    ],
)
def test_verb_has_its_regular_forms(verb: str, forms: set[str]) -> None:
    assert {verb, *forms} <= set(verb_forms(verb))


def test_added_verb_is_known_in_all_forms_and_the_lexicon_stays() -> None:
    lexicon = load_reporting()
    more = lexicon.with_verbs([SKEET])
    assert {more.lemma(form, "skeete") for form in verb_forms("skeet")} == {"skeet"}
    assert (more.lemma("baked", "bake"), more.lemma("said", "say")) == ("bake", "say")
    assert more.act("skeet", Frame.CLAUSE) is more.guess("skeet") is Act.WRITING
    assert lexicon.act("skeet", Frame.CLAUSE) is None
    assert more.with_verbs([{"verb": "vibe", "act": "attitude"}]).lemma("skeeted", "") == "skeet"


def test_added_verb_that_is_another_s_form_stays_itself() -> None:
    lexicon = load_reporting().with_verbs([{"verb": "skeet", "act": "writing"}, {"verb": "skeeted", "act": "speech"}])
    assert lexicon.lemma("skeeted", "") == "skeeted"


def test_known_verb_takes_the_act_of_its_record() -> None:
    lexicon = load_reporting().with_verbs([{"verb": "say", "act": "writing"}])
    assert lexicon.act("say", Frame.CLAUSE) is Act.WRITING
    assert lexicon.act("tell", Frame.CLAUSE) is Act.SPEECH
