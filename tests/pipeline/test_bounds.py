import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from quotesmith.pipeline.bounds import MAX_PART, MAX_RUN, RUN_PIECE, clean_text, join_docs, split_text
from quotesmith.pipeline.memory import MOST_LEMMAS, forgetting, in_zone
from quotesmith.pipeline.paragraphs import start_sentences

anything = st.text(st.characters(codec=None), max_size=200)


@given(anything)
def test_cleaned_text_is_as_long_and_can_be_encoded(text: str) -> None:
    cleaned = clean_text(text)
    assert len(cleaned) == len(text)
    cleaned.encode("utf-8")


def test_only_lone_surrogates_are_replaced() -> None:
    assert clean_text("a\udc80\U0001f600\0é") == "a\ufffd\U0001f600\0é"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<p>Go</p>", "\n\n Go\n\n  ", id="block"),
        pytest.param('a <b class="x">c</b>', "a " + 13 * " " + "c    ", id="inline"),
        pytest.param("1 < 2 and 3 > 2", "1 < 2 and 3 > 2", id="signs"),
        pytest.param("<3 and <- >", "<3 and <- >", id="arrows"),
    ],
)
def test_tags_become_white_space(text: str, expected: str) -> None:
    assert clean_text(text) == expected


@given(st.lists(st.sampled_from(["word ", "\n\n", "\n", ". ", "x" * 1500, '"' * 700, "é" * 5000]), max_size=40))
def test_parts_joined_are_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    parts = split_text(text)
    assert "".join(parts) == text
    assert all(len(part) <= MAX_PART for part in parts)


@pytest.mark.parametrize(
    ("unit", "ending"),
    [
        pytest.param("A sentence here. Another one.\n\n", "\n\n", id="paragraphs"),
        pytest.param("A sentence here. Another one.\n", "\n", id="lines"),
        pytest.param("A sentence here. Another one. ", ". ", id="sentences"),
        pytest.param("words and words ", " ", id="white space"),
    ],
)
def test_long_text_is_cut_at_its_best_break(unit: str, ending: str) -> None:
    parts = split_text(unit * (3 * MAX_PART // len(unit)))
    assert len(parts) > 1
    assert all(part.endswith(ending) for part in parts[:-1])


def test_a_run_without_white_space_is_cut_small() -> None:
    parts = split_text("before " + '"' * (MAX_RUN + 1) + " after")
    assert parts[0] == "before "
    assert max(map(len, parts[1:-1])) == RUN_PIECE
    assert parts[-1] == " after"


def test_a_run_that_is_just_not_too_long_stays_whole() -> None:
    text = ("x" * MAX_RUN + " ") * 3
    assert split_text(text) == [text]


def test_empty_text_is_one_empty_part() -> None:
    assert split_text("") == [""]


def test_joined_docs_have_the_text_and_the_offsets_of_all() -> None:
    tokenizer = spacy.blank("en")
    parts = ["One two.\n\n", "", " Three", "four"]
    joined = join_docs([tokenizer(part) for part in parts])
    assert joined.text == "".join(parts)
    assert [joined.text[token.idx : token.idx + len(token)] for token in joined] == [token.text for token in joined]


def test_each_paragraph_starts_a_sentence() -> None:
    doc = start_sentences(spacy.blank("en")("A headline\n\nThe text. More text.\n\n  An end"))
    assert [token.text for token in doc if token.is_sent_start] == ["A", "The", "An"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("LONDON (Reuters) - The mayor left.", "The", id="agency"),
        pytest.param("NEW YORK, Jan. 5, 2024 — She left.", "She", id="date"),
        pytest.param("Oslo (AP) -- He left.", "He", id="small-letters"),
    ],
)
def test_sentence_starts_after_a_dateline(text: str, first: str) -> None:
    doc = start_sentences(spacy.blank("en")(text))
    assert [token.text for token in doc if token.is_sent_start][1:] == [first]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The mayor - a former judge - left.", id="apposition"),
        pytest.param("PENCE: We will - I say - go.", id="label"),
        pytest.param("“GO NOW — please,” she said.", id="quoted"),
        pytest.param("NATO-led troops left.", id="hyphen"),
    ],
)
def test_other_dashes_start_no_sentence(text: str) -> None:
    doc = start_sentences(spacy.blank("en")(text))
    assert sum(token.is_sent_start is True for token in doc) == 1


def test_empty_doc_stays_empty() -> None:
    assert len(start_sentences(spacy.blank("en")(""))) == 0


@pytest.fixture
def nlp() -> Language:
    return spacy.blank("en")


def test_new_words_are_forgotten_and_old_ones_kept(nlp: Language) -> None:
    before = nlp.make_doc("Qwertz spoke.")
    with forgetting(nlp):
        assert nlp.make_doc("Qwertz met Asdf.").text == "Qwertz met Asdf."
        assert "Asdf" in nlp.vocab.strings
    assert "Asdf" not in nlp.vocab.strings
    assert before.text == "Qwertz spoke."
    assert nlp.make_doc("Asdf met Qwertz.").text == "Asdf met Qwertz."


def test_zone_of_the_caller_goes_on(nlp: Language) -> None:
    with nlp.memory_zone():
        doc = nlp.make_doc("Qwertz spoke.")
        with forgetting(nlp):
            nlp.make_doc("Asdf spoke.")
        assert in_zone(nlp)
        assert doc.text == "Qwertz spoke."
    assert "Asdf" not in nlp.vocab.strings


def test_error_within_leaves_nothing_behind(nlp: Language) -> None:
    def fail() -> None:
        nlp.make_doc("Qwertz spoke.")
        raise KeyError

    with pytest.raises(KeyError), forgetting(nlp):
        fail()
    assert not in_zone(nlp)
    assert "Qwertz" not in nlp.vocab.strings


@pytest.mark.parametrize(("remembered", "kept"), [(MOST_LEMMAS, MOST_LEMMAS), (MOST_LEMMAS + 1, 0)])
def test_lemmas_are_bounded(nlp: Language, remembered: int, kept: int) -> None:
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.cache.update({(word, 0, 0): ["be"] for word in range(remembered)})  # type: ignore[attr-defined]
    with forgetting(nlp):
        pass
    assert len(lemmatizer.cache) == kept  # type: ignore[attr-defined]
