import pytest
import spacy
from spacy.language import Language

from quotesmith.pipeline.memory import MOST_LEMMAS, forgetting, in_zone


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
