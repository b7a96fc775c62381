"""`add_noise`: what typists, converters and mischief do to a text."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Final

_GAP: Final = re.compile(r"\s+")
_LINE_END: Final = re.compile(r"\r\n|[\n\r]")
_QUOTATION_MARK: Final = re.compile("[“”‘’\"'«»„‚‹›`「」]")
_MARKS: Final = "“”‘’\"'«»„‚‹›`「」『』＂—"
_LINE_ENDS: Final = ("\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\n\n", "\n \n", "\n\t", " ", "")
# Strings that are put anywhere, by sort.
_ODD: Final[Sequence[Sequence[str]]] = json.loads(
    Path(__file__).with_name("data").joinpath("noise.json").read_text(encoding="utf-8")
)
_FILL: Final[tuple[str, ...]] = (*"a“\"'-—. \n\u0301<&9👍", "Q: A: ", "he said ", "“a” ")
_LONGEST_FILL: Final = 4000
_PLAIN_SHARE: Final = 0.25
_MOST_NOISES: Final = 4


def add_noise(random: Random, text: str) -> str:
    """The text, mostly with one to four sorts of noise."""
    if random.random() < _PLAIN_SHARE:
        return text
    for noise in random.choices(tuple(_NOISES), tuple(_NOISES.values()), k=random.randint(1, _MOST_NOISES)):
        text = noise(random, text)
    return text


def _insert_odd(random: Random, text: str) -> str:
    odd = random.choice(_ODD)
    for _ in range(random.randint(1, 6)):
        place = random.randint(0, len(text))
        text = text[:place] + random.choice(odd) + text[place:]
    return text


def _change_line_ends(random: Random, text: str) -> str:
    end = random.choice(_LINE_ENDS)
    return _LINE_END.sub(lambda _: end, text)


def _mix_line_ends(random: Random, text: str) -> str:
    return _LINE_END.sub(lambda _: random.choice(_LINE_ENDS), text)


def _wrap(random: Random, text: str) -> str:
    """Lines of one width, as mailers make them."""
    width = random.choice((10, 40, 60, 72, 80, 100))
    return re.sub(rf"(.{{1,{width}}}) ", r"\1\n", text)


def _change_gaps(random: Random, text: str) -> str:
    gap = random.choice(("\u00a0", "  ", "\t", "", "\n", "_", "\u200b", "&nbsp;", " \r\n"))
    return _GAP.sub(lambda match: gap if random.random() < 0.5 else match.group(), text)


def _change_case(random: Random, text: str) -> str:
    change = random.choice((str.upper, str.lower, str.swapcase, str.title, str.casefold))
    start, end = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
    return change(text) if random.random() < 0.5 else text[:start] + change(text[start:end]) + text[end:]


def _change_words(random: Random, text: str) -> str:
    """Words dropped, doubled, swapped with the next one."""
    words = text.split(" ")
    for _ in range(random.randint(1, 5)):
        place = random.randrange(len(words))
        words[place : place + 2] = random.choice(((), words[place : place + 1] * 2, words[place : place + 2][::-1]))
        words = words or [""]
    return " ".join(words)


def _change_characters(random: Random, text: str) -> str:
    """Characters dropped, doubled, swapped with the next one."""
    for _ in range(random.randint(1, 8)):
        place = random.randint(0, len(text))
        two = text[place : place + 2]
        text = text[:place] + random.choice(("", two[:1] * 2 + two[1:], two[::-1])) + text[place + 2 :]
    return text


def _change_marks(random: Random, text: str) -> str:
    """Quotation marks dropped, doubled, made others."""
    share = random.choice((0.1, 0.3, 1.0))

    def change(match: re.Match[str]) -> str:
        mark = match.group()
        return random.choice(("", mark * 2, random.choice(_MARKS))) if random.random() < share else mark

    return _QUOTATION_MARK.sub(change, text)


def _straighten(random: Random, text: str) -> str:
    """All marks one and the same."""
    mark = random.choice(_MARKS)
    return _QUOTATION_MARK.sub(lambda _: mark, text)


def _fill(random: Random, text: str) -> str:
    """One thing again and again."""
    place = random.randint(0, len(text))
    fill = random.choice(_FILL)
    return text[:place] + fill * (int(random.paretovariate(0.8) * 10) % _LONGEST_FILL // len(fill) + 1) + text[place:]


def _add_tags(random: Random, text: str) -> str:
    """Elements of HTML around words."""
    name = random.choice(
        ("b", "em", "q", "span class='x'", "p", "blockquote", 'a href="https://example.org/?q=“"', "H2")
    )
    closing = f"</{name.split()[0]}>"
    return re.sub(r"\w+", lambda m: f"<{name}>{m.group()}{closing}" if random.random() < 0.1 else m.group(), text)


def _cut(random: Random, text: str) -> str:
    start, end = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
    return random.choice((text[:end], text[start:], text[start:end]))


def _repeat(random: Random, text: str) -> str:
    return random.choice(("", " ", "\n\n")).join([text] * random.choice((2, 2, 3)))


def _quote_all(random: Random, text: str) -> str:
    """The whole text as one passage, or each of its lines as a quoted one of a mail."""
    return random.choice((f"“{text}”", f'"{text}"', f"'{text}", "> " + text.replace("\n", "\n> "), f"{text}”"))


def _shuffle(random: Random, text: str) -> str:
    """The characters of a stretch in any order."""
    start = random.randint(0, len(text))
    end = start + random.randint(0, 60)
    return text[:start] + "".join(random.sample(text[start:end], len(text[start:end]))) + text[end:]


_NOISES: Final[dict[Callable[[Random, str], str], int]] = {
    _insert_odd: 12,
    _change_marks: 6,
    _change_characters: 5,
    _change_words: 4,
    _mix_line_ends: 3,
    _change_line_ends: 3,
    _wrap: 3,
    _change_gaps: 2,
    _change_case: 3,
    _straighten: 2,
    _fill: 2,
    _add_tags: 2,
    _cut: 2,
    _repeat: 1,
    _quote_all: 2,
    _shuffle: 2,
}
