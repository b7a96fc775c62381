"""`odd_text`: English reported speech as people, machines and mischief write it; `odd_texts`, the same for hypothesis.

All names are invented or common, and no sentence is anybody's.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from tests.noise import add_noise

SEEDS = 2**32
_SYMBOL = re.compile(r"\{(\w+)\}")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LEAST_WORDS = 30
_MOST_WORDS = 20_000

# Opening and closing mark, and those of a passage inside.
_MARKS = (
    *(("“", "”", "‘", "’"),) * 6,
    *(('"', '"', "'", "'"),) * 6,
    *(("‘", "’", "“", "”"), ("'", "'", '"', '"')) * 2,
    ("«", "»", "‹", "›"),
    ("« ", " »", "“", "”"),
    ("»", "«", "›", "‹"),
    ("„", "“", "‚", "‘"),
    ("„", "”", "’", "’"),
    ("”", "”", "’", "’"),
    ("``", "''", "`", "'"),
    ("''", "''", "'", "'"),
    ("「", "」", "『", "』"),
    ("〝", "〞", "「", "」"),
    ("＂", "＂", "'", "'"),
    ("— ", "", "“", "”"),
    ("&quot;", "&quot;", "&#39;", "&#39;"),
    ("&ldquo;", "&rdquo;", "&lsquo;", "&rsquo;"),
    ("“", '"', "'", "”"),
    ("", "", "", ""),
)
# A symbol's alternatives; those that come more often are there more than once. `_own_symbols` adds a document's own.
GRAMMAR: dict[str, Sequence[str]] = json.loads(
    Path(__file__).with_name("data").joinpath("odd_texts.json").read_text(encoding="utf-8")
)
GRAMMAR |= {
    "other": GRAMMAR["given"],
    **{name.upper(): [*map(str.upper, GRAMMAR[name])] for name in ("given", "family")},
}
_BREAKS = ("\n\n", "\n\n", "\n\n", "\n\n", "\n", "\n", "\r\n\r\n", "\r\n", "<br><br>", "</p>\n<p>", "\u2029", " ")
# So deep a sentence says no more.
_DEEPEST = 12


def odd_text(random: Random) -> str:
    """A document of about fifty words, seldom of thousands; any string may come, but for surrogates in pairs.

    JSON can't hold such pairs.
    """
    words = min(_MOST_WORDS, max(1, round(random.lognormvariate(math.log(_LEAST_WORDS), 1.0))))
    text = add_noise(random, _write(random, words))
    return _SURROGATE_PAIR.sub("\ufffd\ufffd", text)


def odd_texts() -> st.SearchStrategy[str]:
    """The documents of `odd_text`."""
    return st.integers(0, SEEDS - 1).map(lambda seed: odd_text(Random(seed)))


def _write(random: Random, words: int) -> str:
    """Blocks of at least so many words together, their marks and line ends of one style."""
    grammar = {**GRAMMAR, **_own_symbols(random)}
    blocks = []
    while words > 0:
        blocks.append(_expand(random, grammar, "{block}"))
        words -= max(1, len(blocks[-1].split()))
    return _expand(random, grammar, "{break}").join(blocks)


def _own_symbols(random: Random) -> Mapping[str, tuple[str, ...]]:
    """What holds for one document: marks, line ends, and a few people who come again under several forms."""
    marks = random.choice(_MARKS)
    people = [form for _ in range(random.randint(1, 4)) for form in _forms(random)]
    return {
        **{name: (mark,) for name, mark in zip(("open", "close", "open2", "close2"), marks, strict=True)},
        "break": (random.choice(_BREAKS),),
        "person": tuple(people),
    }


def _forms(random: Random) -> list[str]:
    """Three forms of one person's name."""
    given = random.choice(GRAMMAR["given"])
    family = random.choice(GRAMMAR["particle"]) + random.choice(GRAMMAR["family"])
    own = {"given": (given,), "family": (family,), "GIVEN": (given.upper(),), "FAMILY": (family.upper(),)}
    return [_expand(random, {**GRAMMAR, **own}, form) for form in random.choices(GRAMMAR["name form"], k=3)]


def _expand(random: Random, grammar: Mapping[str, Sequence[str]], text: str, depth: int = 0) -> str:
    """The text, each of its symbols one of the symbol's alternatives, expanded too."""
    if depth > _DEEPEST:
        return _SYMBOL.sub("it", text)
    return _SYMBOL.sub(lambda match: _expand(random, grammar, random.choice(grammar[match[1]]), depth + 1), text)
