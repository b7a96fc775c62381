"""Chats, subtitles, mails, scripts and plays: what is written in a format is read again; lookalikes give nothing."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotesmith.extraction import LayoutReader
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.marks import find_paragraphs
from quotesmith.parsed_text import SpeechLayout
from tests.odd_texts import odd_texts
from tests.steps import steps_of

FOLDER = Path(__file__).parents[1] / "data" / "layouts"
read = LayoutReader()
Turn = tuple[str, str]
Render = Callable[[Sequence[Turn]], str]


def lines(form: str, *, before: str = "", between: str = "\n") -> Render:
    """Each turn in one form; {n} is its number."""
    return lambda turns: (
        before
        + between.join(
            form.format(
                name=name, caps=name.upper(), words=words, n=number, s=f"{number % 60:02}", m=f"{number // 60 % 60:02}"
            )
            for number, (name, words) in enumerate(turns)
        )
    )


FORMATS: dict[str, tuple[str, Render]] = {
    "whatsapp android": ("chat", lines("12/03/2024, 10:{s} - {name}: {words}")),
    "whatsapp ios": ("chat", lines("\u200e[3/12/24, 10:{s}:00\u202fAM] {name}: {words}")),
    "whatsapp web": ("chat", lines("[10:{s}, 12.03.2024] {name}: {words}")),
    "slack": ("chat", lines("{name}  9:{s} AM\n{words}\n", between="\n")),
    "slack copied": ("chat", lines("{name}  [9:{s} AM]\n{words}\n")),
    "slack page": ("chat", lines("{name}\n  9:{s} AM\n{words}\n")),
    "teams": ("chat", lines("[Yesterday 9:{s}] {name}\n{words}\n")),
    "telegram": ("chat", lines("{name}, [12.03.24 10:{s}]\n{words}\n")),
    "discord": ("chat", lines("{name} — Today at 9:{s}\n{words}\n")),
    "discord export": ("chat", lines("[10-Jun-20 05:{s} PM] {name}\n{words}\n")),
    "brackets": ("chat", lines("[{name}] {words}")),
    "subrip": ("subtitles", lines("{n}\n00:{m}:{s},000 --> 00:{m}:{s},900\n{caps}: {words}\n")),
    "subrip dashes": ("subtitles", lines("{n}\n00:{m}:{s},000 --> 00:{m}:{s},900\n- {name}: {words}\n")),
    "webvtt": ("subtitles", lines("{m}:{s}.000 --> {m}:{s}.900\n<v {name}>{words}</v>\n", before="WEBVTT\n\n")),
    "sbv": ("subtitles", lines("0:{m}:{s}.000,0:{m}:{s}.900\n>> {caps}: {words}\n")),
    "screenplay": ("script", lines("{caps} (O.S.)\n(quietly)\n{words}\n", before="INT. BARN - NIGHT\n\nWind.\n\n")),
    "screenplay of a pdf": ("script", lines(f"{' ' * 25}{{caps}}\n{' ' * 15}{{words}}\n")),
    "play": ("play", lines("{caps}. {words}", before="ACT ONE\n\n")),
    "play with directions": ("play", lines("{caps} [aside]. {words} [Exit.]\n", before="SCENE II. A barn.\n\n")),
    "mail": ("mail", lines("Hm.\n\nOn Mon, Jun 3, 2024 at 9:{s}, {name} <a{n}@ex.org> wrote:\n> {words}\n")),
    "outlook": (
        "mail",
        lines("-----Original Message-----\nFrom: {name}\nSent: 3 June 2024\n\n{words}\n", before="Ok.\n\n"),
    ),
}
each_format = pytest.mark.parametrize(("family", "render"), FORMATS.values(), ids=FORMATS)

PEOPLE = ("Ilse", "Tom Brandt", "José", "Åsa Lund", "Grandma Roe", "O'Hara", "Mary-Ann", "Ngozi Eze")
NAMES = st.sampled_from(PEOPLE)
WORDS = st.sampled_from(["the", "boat", "late", "I", "you", "no", "yes:", "10:30", "well,", "Tom", "a.m.", "3", "to"])
SAID = st.lists(WORDS, min_size=1, max_size=8).map(lambda words: f"Do {' '.join(words)}?")


@st.composite
def conversations(draw: st.DrawFn) -> list[Turn]:
    """Three turns and more of people who answer each other."""
    people = draw(st.lists(NAMES, min_size=2, max_size=3, unique=True))
    return [(people[number % len(people)], draw(SAID)) for number in range(draw(st.integers(2 * len(people), 12)))]


def turns_of(text: str, layout: SpeechLayout) -> list[Turn]:
    return [(turn.label.of(text), " | ".join(piece.of(text) for piece in turn.content)) for turn in layout.turns]


def read_examples() -> list[tuple[str, str, list[Turn]]]:
    """Name, text and turns of each example; "/" is a line's end."""
    blocks = re.split(r"^=== (.*)\n", (FOLDER / "formats.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    examples = []
    for name, block in zip(blocks[1::2], blocks[2::2], strict=True):
        text, *expected = re.split(r"^:: ", block, flags=re.MULTILINE)
        turns = [turn.strip().replace("/", "\n").split(" | ", 1) for turn in expected]
        examples.append((name, text, [(label, words) for label, words in turns]))
    return examples


EXAMPLES = read_examples()


@pytest.mark.parametrize(("name", "text", "expected"), EXAMPLES, ids=[name for name, *_ in EXAMPLES])
def test_example(name: str, text: str, expected: list[Turn]) -> None:
    found = [(label, re.sub(r"\s*\n\s*", "\n", words)) for label, words in turns_of(text, read(text))]
    assert found == expected
    assert name.startswith("no: ") == (not expected)


@each_format
@settings(max_examples=15)
@given(conversation=conversations())
def test_what_is_written_is_read(family: str, render: Render, conversation: list[Turn]) -> None:
    text = render(conversation)
    layout = read(text)
    assert layout.family == family
    found = [(label.upper(), words) for label, words in turns_of(text, layout)]
    assert found == [(name.upper(), words) for name, words in conversation]
    assert are_apart(text, layout)


# Pieces of formats, to be put together at random.
SCRAPS = [
    *("Ann", "ANN", "Bo: ", "10:01", "12/03/2024, 10:01 - ", "[10:01] ", "<v Ann>", "<Ann> ", "</Ann>", "- ", ">> "),
    *("00:01 --> 00:02", "WEBVTT", "NOTE", "INT. A - B", "ACT I", "(aside)", "[Exit.]", "_Ann._ ", "ANN. ", "♪", "^"),
    *(
        "> ",
        "From: ",
        "Ann <a@ex.org> wrote:",
        "On 3 June 2024, ",
        "-- ",
        "/*",
        "*/",
        "[[",
        "]]",
        "```",
        "\u200e",
        " " * 20,
    ),
    *(
        "\u200e",
        " " * 20,
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "\u2028",
        "(",
        ")",
        "[",
        "]",
        "you?",
        "yes",
        "{\\an8}",
        "<i>",
        "<",
        "~",
        "@",
    ),
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join) | odd_texts())
def test_any_text_gets_pieces_apart(text: str) -> None:
    evidence = TurnEvidence(text, find_paragraphs(text), read.words, read.settings)
    for family in read.families:
        layout = family.find(evidence)
        assert layout is None or are_apart(text, layout), family.name


def are_apart(text: str, layout: SpeechLayout) -> bool:
    """Whether no pieces, labels and silent lines overlap, none has white space at its edges, and turns are in order."""
    spans = sorted([*layout.silent, *(span for turn in layout.turns for span in (turn.label, *turn.content))])
    starts = [turn.content[0].start for turn in layout.turns]
    return (
        all(before.end <= after.start for before, after in pairwise(spans))
        and all(span.stripped(text) == span for span in spans)
        and starts == sorted(starts)
    )


@each_format
def test_many_turns_take_work_in_proportion(family: str, render: Render) -> None:
    def steps(count: int) -> int:
        text = render([(PEOPLE[number % len(PEOPLE)], "Do you know?") for number in range(count)])
        assert len(read(text).turns) == count
        return steps_of(read, text)

    assert steps(1_000) < 12 * steps(100), family
