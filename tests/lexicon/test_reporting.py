import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotesmith.errors import ArgumentError, LanguageError, LexiconError
from quotesmith.lexicon import languages, read_words
from quotesmith.lexicon.reporting import Frame, load_reporting
from quotesmith.lexicon.reporting_verbs import ReportingVerb, read_reporting_verbs, verb_forms
from quotesmith.records import Act

LEXICON = load_reporting()
DATA = read_words("en", "reporting")


def frames() -> Iterator[tuple[str, str, list[str]]]:
    """Act, frame and words of each list."""
    for act, by_frame in DATA["verbs"].items():
        for frame, words in by_frame.items():
            yield act, frame, words.split("|") if frame == Frame.PREPOSITIONAL else words.split()


@pytest.mark.parametrize(
    ("lemma", "frame", "act"),
    [
        pytest.param("say", Frame.CLAUSE, Act.SPEECH, id="say-that"),
        pytest.param("write", Frame.CLAUSE, Act.WRITING, id="write-that"),
        pytest.param("think", Frame.CLAUSE, Act.THOUGHT, id="think-that"),
        pytest.param("promise", Frame.INFINITIVE, Act.SPEECH, id="promise-to"),
        pytest.param("condemn", Frame.NOMINAL, Act.ATTITUDE, id="condemn-it"),
        pytest.param("oppose", Frame.NOMINAL, Act.ATTITUDE, id="oppose-it"),
        pytest.param("call for", Frame.PREPOSITIONAL, Act.SPEECH, id="call-for"),
        pytest.param("say", Frame.NOMINAL, None, id="other-frame"),
        pytest.param("walk", Frame.CLAUSE, None, id="no-report"),
    ],
)
def test_act_follows_lemma_and_frame(lemma: str, frame: Frame, act: Act | None) -> None:
    assert LEXICON.act(lemma, frame) is act


def test_lexicon_is_loaded_once() -> None:
    assert load_reporting() is LEXICON


def test_language_without_lexicon_is_an_error() -> None:
    with pytest.raises(LanguageError, match="'xx'"):
        load_reporting("xx")


def test_manner_verbs_and_nouns_are_known() -> None:
    assert "smile" in LEXICON.manner
    assert LEXICON.nouns["claim"] is Act.SPEECH


@pytest.mark.parametrize("frame", list(Frame))
def test_verb_has_one_act_in_a_frame(frame: Frame) -> None:
    counts = Counter(word for _, name, words in frames() if name == frame for word in words)
    assert [word for word, count in counts.items() if count > 1] == []


def test_reporting_noun_has_one_act() -> None:
    counts = Counter(word for words in DATA["nouns"].values() for word in words.split())
    assert [word for word, count in counts.items() if count > 1] == []


def test_words_of_other_lists_occur_once() -> None:
    nouns = " ".join(DATA["nouns"].values()).split()
    cues = " ".join(DATA["cues"].values()).split()
    for words in (DATA["manner"].split(), DATA["light"].split(), nouns, cues):
        assert sorted(set(words)) == sorted(words)


def test_word_for_cues_alone_is_in_no_other_list() -> None:
    verbs = {word for _, frame, words in frames() if frame != Frame.PREPOSITIONAL for word in words}
    assert set(LEXICON.cues) & (verbs | set(LEXICON.nouns)) == set()


@pytest.mark.parametrize(
    ("word", "act"),
    [
        pytest.param("say", Act.SPEECH, id="verb"),
        pytest.param("belief", Act.THOUGHT, id="noun"),
        pytest.param("sure", Act.THOUGHT, id="cue-alone"),
        pytest.param("restate", Act.SPEECH, id="prefix"),
        pytest.param("condemnation", Act.ATTITUDE, id="suffix"),
        pytest.param("accusation", Act.SPEECH, id="suffix-for-an-ending"),
        pytest.param("approval", Act.ATTITUDE, id="silent-e"),
        pytest.param("walk", None, id="unknown"),
        pytest.param("like", Act.ATTITUDE, id="first-of-its-frames"),
        pytest.param("", None, id="empty"),
        pytest.param("re", None, id="only-a-prefix"),
        pytest.param("ment", None, id="only-a-suffix"),
    ],
)
def test_act_of_a_word_is_guessed_from_what_it_is_formed_of(word: str, act: Act | None) -> None:
    assert LEXICON.guess(word) is act


def test_assertion_words_are_read() -> None:
    assert "not" in LEXICON.assertion.negative
    assert "decline" in LEXICON.assertion.refusals
    assert LEXICON.assertion.future.isdisjoint(LEXICON.assertion.hypothetical)


def test_lemmas_are_in_small_letters() -> None:
    words = [word for _, _, listed in frames() for word in listed]
    assert words == [word.lower().strip() for word in words]


def test_prepositional_keys_have_a_verb_and_one_preposition() -> None:
    keys = [key for _, frame, listed in frames() if frame == Frame.PREPOSITIONAL for key in listed]
    assert all(len(key.split()) == 2 for key in keys)


def test_english_has_word_lists() -> None:
    assert "en" in languages()


def test_languages_are_sorted() -> None:
    assert list(languages()) == sorted(languages())


def test_words_are_the_data_of_a_list() -> None:
    assert "speech" in read_words("en", "reporting")["verbs"]


@pytest.mark.parametrize("language", ["xx", "", "../en", "people"])
def test_language_without_word_lists_is_an_error_that_names_those_there_are(language: str) -> None:
    with pytest.raises(LanguageError, match=r"no lexicon for language .*, only for en"):
        read_words(language, "reporting")


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
        pytest.param([{**SKEET, "verb": "re-post"}], "verb must have no hyphen, not 're-post'", id="hyphen"),
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
