import pytest

from quotesmith.extraction import Attribution
from quotesmith.query.quotations import MIN_QUOTATION_SCORE
from tests.extraction.found import add_labelled_turns, find_turns, words
from tests.extraction.worded import attribution

TALK = """Mayor Roe on the flood.

HOLM: Will the bridge open this year?

ROE: It will open in May, I think so.

There is nothing more to say about the bridge.

(CROSSTALK.)

HOLM: Thank you for your time.

Follow us for more news."""


def test_labels_open_turns_that_go_on_to_the_next_label() -> None:
    assert find_turns(TALK) == [
        ("HOLM", ["Will the bridge open this year?"]),
        ("ROE", ["It will open in May, I think so.", "There is nothing more to say about the bridge."]),
        ("HOLM", ["Thank you for your time."]),
    ]


def test_label_with_and_without_accents_is_one() -> None:
    text = TALK.replace("HOLM: Will", "Hölm: Will").replace("HOLM: Thank", "Holm: Thank")
    assert [label for label, _ in find_turns(text)] == ["Hölm", "ROE", "Holm"]


def test_letters_are_labels_too() -> None:
    text = "An interview.\n\nQ: Why did you go?\n\nA: I had to go.\n\nQ: Will you go again?\n\nA: I may go."
    assert [label for label, _ in find_turns(text)] == ["Q", "A", "Q", "A"]


def test_paragraph_without_words_is_no_part_of_a_turn() -> None:
    text = "An interview.\n\nQ: Why did you go?\n\n?\n\nA: I had to go.\n\nQ: Will you go again?"
    assert find_turns(text)[0] == ("Q", ["Why did you go?"])


def test_question_without_colon() -> None:
    text = "Briefing.\n\nMR. HOLM:  Good day to you all.\n\nQ    Will it rain today?\n\nMR. HOLM:  I can't say."
    assert [label for label, _ in find_turns(text)] == ["MR. HOLM", "Q", "MR. HOLM"]


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
    assert find_turns(text) == []


def found(*quotes: Attribution) -> list[tuple[str, list[str]]]:
    return [(quote.rule, words(TALK, quote.content)) for quote in add_labelled_turns(TALK, quotes)]


def test_content_without_cue_is_part_of_its_turn() -> None:
    assert [rule for rule, _ in found(attribution(TALK, "It will open in May"))] == ["layout, labels"] * 3


def test_quote_in_a_turn_keeps_what_stands_in_it() -> None:
    quote = attribution(TALK, "It will open in May", "Thank you for your time", cue="I think")
    assert found(quote)[0] == ("tags", ["It will open in May"])


REPORT = """HOLM: He said "the water is high" and left. I think so.

ROE: Did he call you?

HOLM: He did."""


@pytest.mark.parametrize("scores", [(0.7, 0.9), (0.9, 0.7)])
@pytest.mark.parametrize(
    ("contents", "kept"),
    [
        pytest.param(('"the water is high"', '"the water is high" and left'), 0, id="marks"),
        pytest.param(('"the water is high" and left', '"the water is high"'), 1, id="marks-behind"),
        pytest.param(("the water is", "the water"), None, id="surest"),
    ],
)
def test_one_quote_for_a_cue_inside_a_turn(
    contents: tuple[str, str], kept: int | None, scores: tuple[float, float]
) -> None:
    quotes = [
        attribution(REPORT, content, cue="said", score=score) for content, score in zip(contents, scores, strict=True)
    ]
    [found] = [quote for quote in add_labelled_turns(REPORT, quotes) if not quote.is_turn]
    assert words(REPORT, found.content) == [contents[scores.index(max(scores)) if kept is None else kept]]


@pytest.mark.parametrize("text", [TALK, "“It is done, and we are glad.” — Jane Roe, mayor"])
def test_turns_are_sure_enough_for_quotations(text: str) -> None:
    scores = [quote.score for quote in add_labelled_turns(text, [])]
    assert scores
    assert min(scores) >= MIN_QUOTATION_SCORE


def test_text_without_transcript_is_left_alone() -> None:
    text = "He said no."
    quote = attribution(text, "no", cue="said")
    assert add_labelled_turns(text, [quote]) == [quote]


def test_ten_thousand_turns_are_found() -> None:
    text = "Talk.\n\n" + "ROE: We will see about that.\n\nHOLM: So we shall.\n\n" * 5_000
    assert len(find_turns(text)) == 10_000
