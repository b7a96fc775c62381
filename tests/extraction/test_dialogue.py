import pytest

from quotesmith.extraction.fragments import Stretch, Tagged
from quotesmith.extraction.linking import Linked
from quotesmith.extraction.speech_layout.dialogue import split_turns
from quotesmith.records import TextSpan
from tests.docs import of_text

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
        cue_chance=0.9,
    )
    found = split_turns(of_text(text), [quote])
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
    assert split_turns(of_text(text), []) == []
