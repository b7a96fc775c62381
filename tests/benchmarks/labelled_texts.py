"""Turns of talk written in the layouts that people use, and where each turn's words and speaker then are."""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import field, frozen

from quotesmith.lexicon.folding import unaccented
from quotesmith.lexicon.people import load_people
from quotesmith.records import Gender, TextSpan

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_SUBTITLE_CHARS = 80
_PARTIES = ("Con", "Lab", "LD", "SNP", "Green")
Turn: TypeAlias = tuple[str, str]
"""The name of who speaks, as published, and the words."""


@frozen
class WrittenTurn:
    """A turn in a text that was made.

    Attributes:
        person: Who speaks.
        spans: Where the words stand.
        called: What the speaker may be called, in small letters.
    """

    person: str
    spans: tuple[TextSpan, ...]
    called: frozenset[str]


@frozen
class LabelledText:
    """A text that was made of turns."""

    text: str
    turns: tuple[WrittenTurn, ...]


class Pages:
    """A text in the making."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def add(self, text: str) -> int:
        """Write on; gives where it begins."""
        self._parts.append(text)
        self._length += len(text)
        return self._length - len(text)

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)


@frozen
class Cast:
    """Who speaks in a text, in order of appearance.

    Attributes:
        people: Their names.
        first: The number of the first turn of each, from 1.
    """

    people: tuple[str, ...]
    first: tuple[int, ...]

    @classmethod
    def of(cls, turns: Sequence[Turn]) -> "Cast":
        """The cast of turns."""
        first: dict[str, int] = {}
        for number, (person, _) in enumerate(turns, start=1):
            first.setdefault(person, number)
        return cls(tuple(first), tuple(first.values()))

    def number(self, person: str) -> int:
        """The person's place, from 1."""
        return self.people.index(person) + 1


@frozen
class Layout:
    """A way to write turns.

    Attributes:
        name: What it is.
        before: What stands before the words, by person, number of the turn and the cast; the first time or later.
        after: What stands behind them.
        head: What the text begins with, by the people in order of appearance.
        called: What a person may be called besides the name.
        split: The pieces in which the words are written, each behind what `before` gives for it.
    """

    name: str
    before: Callable[[str, int, Cast], str]
    after: str = "\n\n"
    head: Callable[[Cast], str] = field(default=lambda _: "")
    called: Callable[[str, Cast], Sequence[str]] = field(default=lambda person, _: (person,))
    split: bool = False

    def write(self, turns: Sequence[Turn]) -> LabelledText:
        """The turns in this layout."""
        cast = Cast.of(turns)
        pages, number = Pages(), 0
        written: list[WrittenTurn] = []
        pages.add(self.head(cast))
        for person, words in turns:
            spans: list[TextSpan] = []
            for piece in _pieces(words) if self.split else [words]:
                number += 1
                label = self.before(person, number, cast)
                # Subtitles name who speaks at the first of the speaker's cues.
                pages.add(label if not spans or "<v" in label else label[: label.rfind("\n") + 1])
                start = pages.add(piece)
                spans.append(TextSpan(start, start + len(piece)))
                pages.add(self.after)
            called = frozenset(name.casefold() for name in (*self.called(person, cast), _plain(person)))
            written.append(WrittenTurn(person, tuple(spans), called))
        return LabelledText(pages.text, tuple(written))


def _pieces(words: str) -> list[str]:
    """The words in cues of subtitles: sentences, and long ones cut at a space."""
    pieces: list[str] = []
    for sentence in _SENTENCE_END.split(words):
        rest = sentence
        while len(rest) > _SUBTITLE_CHARS:
            cut = rest.rfind(" ", 0, _SUBTITLE_CHARS)
            if cut <= 0:
                break
            pieces.append(rest[:cut])
            rest = rest[cut + 1 :]
        pieces.append(rest)
    return [piece for piece in pieces if piece.strip()]


def _plain(person: str) -> str:
    """The name without degrees."""
    return person.partition(",")[0]


def _first(person: str) -> str:
    return person.split(maxsplit=1)[0]


def _family(person: str) -> str:
    return _plain(person).split()[-1]


def _nick(person: str) -> str:
    return unaccented(_first(person)).lower()


def _clock(number: int) -> str:
    return f"{number // 60:02}:{number % 60:02}"


def _subtitle_time(number: int) -> str:
    return f"00:{_clock(number)}"


def _titled(person: str) -> str:
    title = "Ms" if load_people().name_gender(_first(person)) is Gender.FEMININE else "Mr"
    return f"{title} {_family(person)}"


def _initials(person: str) -> str:
    return "".join(word[0] for word in _plain(person).split()).upper()


def _preamble(cast: Cast) -> str:
    return f"{_plain(cast.people[-1])} talked about work and life with a visitor who had many questions.\n\n"


def _letter(person: str, cast: Cast) -> str:
    return "Q" if cast.number(person) == 1 else "A"


def _full_then_initials(person: str, number: int, cast: Cast) -> str:
    return f"{_plain(person) if number in cast.first else _initials(person)}: "


LAYOUTS: tuple[Layout, ...] = (
    Layout("Name: on lines", lambda person, *_: f"{person}: ", "\n"),
    Layout("Name: on paragraphs", lambda person, *_: f"{person}: "),
    Layout("**Name:**", lambda person, *_: f"**{person}:** "),
    Layout("NAME:", lambda person, *_: f"{_plain(person).upper()}: "),
    Layout("[00:01:07] Name:", lambda person, number, _: f"[00:{_clock(number)}] {_plain(person)}: ", "\n"),
    Layout("Name [00:01:07]:", lambda person, number, _: f"{_plain(person)} [00:{_clock(number)}]: "),
    Layout(">> NAME:", lambda person, *_: f">> {_family(person).upper()}: ", "\n", called=lambda p, _: (_family(p),)),
    Layout("Name (00:03): above", lambda person, number, _: f"{_plain(person)} ({_clock(number)}):\n"),
    Layout(
        "screenplay",
        lambda person, *_: f"{_first(person).upper()}\n",
        head=lambda _: "INT. STUDIO - DAY\n\nA table with microphones.\n\n",
        called=lambda person, _: (_first(person),),
    ),
    Layout(
        "play",
        lambda person, *_: f"{_first(person).upper()}. ",
        "\n",
        head=lambda _: "ACT ONE\n\nA studio.\n\n",
        called=lambda person, _: (_first(person),),
    ),
    Layout("WhatsApp", lambda person, number, _: f"[12/03/24, 10:{_clock(number)}] {_plain(person)}: ", "\n"),
    Layout("Slack", lambda person, number, _: f"{_plain(person)}  9:{number % 60:02} AM\n"),
    Layout(
        "Discord",
        lambda person, number, _: f"{_nick(person)} — 04/11/2023 18:{number % 60:02}\n",
        called=lambda person, _: (_nick(person),),
    ),
    Layout("IRC", lambda person, *_: f"<{_nick(person)}> ", "\n", called=lambda person, _: (_nick(person),)),
    Layout(
        "SRT",
        lambda person, number, _: (
            f"{number}\n{_subtitle_time(number)},000 --> {_subtitle_time(number + 1)},000\n{_plain(person)}: "
        ),
        split=True,
    ),
    Layout(
        "WebVTT",
        lambda person, number, _: (
            f"{_subtitle_time(number)}.000 --> {_subtitle_time(number + 1)}.000\n<v {_plain(person)}>"
        ),
        head=lambda _: "WEBVTT\n\n",
        split=True,
    ),
    Layout(
        "Hansard",
        lambda person, _, cast: f"{_titled(person)} ({_PARTIES[cast.number(person) % len(_PARTIES)]}): ",
        called=lambda person, _: (_family(person), _titled(person)),
    ),
    Layout(
        "Q: and A:",
        lambda person, _, cast: f"{_letter(person, cast)}: ",
        head=_preamble,
        called=lambda person, cast: ("q",) if cast.number(person) == 1 else ("a",),
    ),
    Layout(
        "Speaker 1:",
        lambda person, _, cast: f"Speaker {cast.number(person)}: ",
        "\n",
        called=lambda person, cast: (f"speaker {cast.number(person)}",),
    ),
    Layout("initials", _full_then_initials),
)
"""The layouts, of which "Q: and A:" has two speakers only."""


def is_for_two(layout: Layout) -> bool:
    """Whether the layout can name two people only."""
    return layout.name == "Q: and A:"


def joined_turns(turns: Sequence[Sequence[str]], most_words: int | None = None) -> list[Turn]:
    """The turns that have words, those of one speaker in a row as one, and each cut to its first sentences.

    Args:
        turns: Speaker and words of each.
        most_words: Words of a turn, at most; a sentence that goes on is kept whole. None for all.
    """
    joined: list[tuple[str, list[str]]] = []
    for person, words in turns:
        # Notes of the publisher ("[laughter]") are no words.
        plain = re.sub(r"\\?\[[^\[\]]{0,60}\\?\]", "", " ".join(words.split())).strip()
        if not re.search(r"\w", plain):
            continue
        if joined and joined[-1][0] == person:
            joined[-1][1].append(plain)
        else:
            joined.append((person, [plain]))
    return [(person, _cut(" ".join(words), most_words)) for person, words in joined]


def _cut(words: str, most_words: int | None) -> str:
    if most_words is None:
        return words
    kept: list[str] = []
    for sentence in _SENTENCE_END.split(words):
        if kept and sum(len(one.split()) for one in kept) + len(sentence.split()) > most_words:
            break
        kept.append(sentence)
    return " ".join(kept)
