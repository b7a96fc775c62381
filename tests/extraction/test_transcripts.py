import pytest

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.speech_layout.labels import add_labelled_turns, find_turns
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.marks import find_paragraphs
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan
from tests.docs import of_text

TALK = """Mayor Roe on the flood.

HOLM: Will the bridge open this year?

ROE: It will open in May, I think so.

There is nothing more to say about the bridge.

(CROSSTALK.)

HOLM: Thank you for your time.

Follow us for more news."""


def turns(text: str) -> list[tuple[str, list[str]]]:
    return [
        (turn.label.of(text), [span.of(text) for span in turn.content])
        for turn in find_turns(text, find_paragraphs(text), load_reporting())
    ]


def test_labels_open_turns_that_go_on_to_the_next_label() -> None:
    assert turns(TALK) == [
        ("HOLM", ["Will the bridge open this year?"]),
        ("ROE", ["It will open in May, I think so.", "There is nothing more to say about the bridge."]),
        ("HOLM", ["Thank you for your time."]),
    ]


def test_label_with_and_without_accents_is_one() -> None:
    text = TALK.replace("HOLM: Will", "Hölm: Will").replace("HOLM: Thank", "Holm: Thank")
    assert [label for label, _ in turns(text)] == ["Hölm", "ROE", "Holm"]


def test_letters_are_labels_too() -> None:
    text = "An interview.\n\nQ: Why did you go?\n\nA: I had to go.\n\nQ: Will you go again?\n\nA: I may go."
    assert [label for label, _ in turns(text)] == ["Q", "A", "Q", "A"]


def test_paragraph_without_words_is_no_part_of_a_turn() -> None:
    text = "An interview.\n\nQ: Why did you go?\n\n?\n\nA: I had to go.\n\nQ: Will you go again?"
    assert turns(text)[0] == ("Q", ["Why did you go?"])


def test_question_without_colon() -> None:
    text = "Briefing.\n\nMR. HOLM:  Good day to you all.\n\nQ    Will it rain today?\n\nMR. HOLM:  I can't say."
    assert [label for label, _ in turns(text)] == ["MR. HOLM", "Q", "MR. HOLM"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("Roe: We Won't Go.\n\nThe mayor said so.", id="heading"),
        pytest.param("Count.\n\nHolm: 547.\n\nRoe: 46.\n\nHolm: 12.\n\nRoe: 9.", id="table"),
        pytest.param("Towns.\n\nOslo: it rains there.\n\nBergen: it rains more.\n\nTroms: it snows.", id="list"),
        pytest.param(
            "Talk.\n\nYes: I came.\n\n" + "He went on.\n\n" * 9 + "Yes: I saw it.\n\n" + "So.\n\n" * 9, id="far"
        ),
    ],
)
def test_other_colons_make_no_transcript(text: str) -> None:
    assert find_turns(text, find_paragraphs(text), load_reporting()) == []


def attribution(*content: str, cue: str = "", text: str = TALK) -> Attribution:
    def place(words: str) -> TextSpan:
        return TextSpan(text.index(words), text.index(words) + len(words))

    return Attribution(
        content=tuple(place(words) for words in content),
        cue=(place(cue),) if cue else (),
        kind=QuoteKind.INDIRECT,
        act=Act.SPEECH,
        assertion=Assertion.ASSERTED,
        score=1.0,
        rule="tags",
    )


def found(*quotes: Attribution) -> list[tuple[str, list[str]]]:
    attributions = add_labelled_turns(of_text(TALK), quotes, load_reporting())
    return [(q.rule, [span.of(TALK) for span in q.content]) for q in attributions]


def test_content_without_cue_is_part_of_its_turn() -> None:
    assert [rule for rule, _ in found(attribution("It will open in May"))] == ["label"] * 3


def test_quote_in_a_turn_keeps_what_stands_in_it() -> None:
    quote = attribution("It will open in May", "Thank you for your time", cue="I think")
    assert found(quote)[0] == ("tags", ["It will open in May"])


def test_text_without_transcript_is_left_alone() -> None:
    text = "He said no."
    quote = attribution("no", cue="said", text=text)
    assert add_labelled_turns(of_text(text), [quote], load_reporting()) == [quote]


def test_ten_thousand_turns_are_found() -> None:
    text = "Talk.\n\n" + "ROE: We will see about that.\n\nHOLM: So we shall.\n\n" * 5_000
    assert len(find_turns(text, find_paragraphs(text), load_reporting())) == 10_000
