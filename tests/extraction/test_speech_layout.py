import pytest

from quotesmith.extraction import Attribution
from quotesmith.records import TextSpan
from tests.extraction.encoded import Linked, Stretch, Tagged
from tests.extraction.found import add_labelled_turns, find_turns, split_turns, words
from tests.extraction.worded import attribution

TURNS = "“Out,” said Tom. “I told you.”\n\n“You did not.”\n\n“I did!”\n\n“No.”"
SPEECH = (
    "“We begin in May,” said Tom.\n\n“The money is there.”\n\nThe council meets today.\n\n“We are glad.”\n\nIt rained."
)


def tagged(text: str, words: str, *, is_quoted: bool = True) -> Tagged:
    start = text.index(words)
    return Tagged(Stretch(start, start + len(words)), TextSpan(start, start + len(words)), 0.9, is_quoted)


def split(text: str, *contents: str, cue: str | None = "said") -> list[tuple[list[str], bool]]:
    """The contents of each quote that one quote becomes, and whether it has a cue."""
    source = tagged(text, "Tom", is_quoted=False)
    quote = Linked(
        contents=tuple(tagged(text, words) for words in contents),
        cue=None if cue is None else tagged(text, cue, is_quoted=False),
        source=None if cue is None else source,
        cue_probability=0.9,
    )
    found = split_turns(text, [quote])
    assert all((part.cue is None) == (part.source is None) for part in found)
    return [([content.span.of(text) for content in part.contents], part.cue is not None) for part in found]


def test_turns_in_other_paragraphs_than_the_cue_are_quotes_without_one() -> None:
    assert split(TURNS, "“Out,”", "“I told you.”", "“You did not.”", "“I did!”") == [
        (["“Out,”", "“I told you.”"], True),
        (["“You did not.”"], False),
        (["“I did!”"], False),
    ]


def test_paragraphs_of_speech_that_stand_alone_go_on_with_it() -> None:
    contents = ["“We begin in May,”", "“The money is there.”", "“We are glad.”"]
    assert split(SPEECH, *contents) == [(contents, True)]


def test_speech_whose_closing_mark_is_missing_goes_on() -> None:
    text = "“Out,” said Tom. “I told you.\n\n“I told you all.”\n\n“You did not.”\n\n“I did!”"
    assert split(text, "“Out,”", "“I told you.", "“I told you all.”") == [
        (["“Out,”", "“I told you.", "“I told you all.”"], True)
    ]


def test_quote_without_a_cue_stays_as_it_is() -> None:
    assert split(TURNS, "“You did not.”", "“I did!”", cue=None) == [(["“You did not.”", "“I did!”"], False)]


@pytest.mark.parametrize("text", ["", "No marks.", "“”", "“"])
def test_text_without_quotes_has_none(text: str) -> None:
    assert split_turns(text, []) == []


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


def test_text_without_transcript_is_left_alone() -> None:
    text = "He said no."
    quote = attribution(text, "no", cue="said")
    assert add_labelled_turns(text, [quote]) == [quote]


def test_ten_thousand_turns_are_found() -> None:
    text = "Talk.\n\n" + "ROE: We will see about that.\n\nHOLM: So we shall.\n\n" * 5_000
    assert len(find_turns(text)) == 10_000
