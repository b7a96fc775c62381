from quotesmith.lexicon.people import load_people
from quotesmith.records import EntityKind
from quotesmith.speakers.names.recognition import find_names, find_unrecognized
from tests.docs import parsed_text
from tests.speakers.scenes import doc_of


def found(*sentences: str) -> list[str]:
    parsed = parsed_text(doc_of(*sentences))
    names = find_names(parsed, [], load_people())
    more = find_unrecognized(parsed, names, load_people())
    assert all(name.kind is EntityKind.OTHER for name in more)
    return [" ".join(name.words) for name in more]


def test_capitalised_word_that_acts_is_a_name_wherever_it_stands() -> None:
    assert found("Zorbo NNP nsubj drew\ndrew VBD ROOT -", "They PRP nsubj saw\nsaw VBD ROOT -\nZorbo NNP dobj saw") == [
        "Zorbo",
        "Zorbo",
    ]


def test_words_before_it_belong_to_it() -> None:
    assert found("Quorl NNP compound Zorbo\nZorbo NNP nsubj drew\ndrew VBD ROOT -") == ["Quorl Zorbo"]


def test_word_that_never_acts_is_none() -> None:
    assert found("They PRP nsubj saw\nsaw VBD ROOT -\nZorbo NNP dobj saw") == []


def test_word_that_the_text_writes_small_is_none() -> None:
    assert found("Zorbo NNP nsubj fell\nfell VBD ROOT -\na DT det zorbo\nzorbo NN dobj fell") == []


def test_what_the_recognizer_knows_and_what_the_lexicon_knows_are_left() -> None:
    assert found("Oslo NNP nsubj grew - GPE\ngrew VBD ROOT -") == []
    assert found("Monday NNP nsubj came\ncame VBD ROOT -") == []
