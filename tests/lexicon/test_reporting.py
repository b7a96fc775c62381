from collections import Counter
from collections.abc import Iterator

import pytest

from quotesmith.errors import LanguageError
from quotesmith.lexicon import languages, read_words
from quotesmith.lexicon.reporting import Frame, load_reporting
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
