"""Lists of quotations: each quotation ends at its own name."""

from collections.abc import Iterator
from itertools import product
from typing import Final

import pytest

from quotesmith.extraction import LayoutReader
from tests.extraction.found import find_quotes

READ = LayoutReader()
SAID: Final = (
    "A feast of a book.",
    "I laughed on every page!",
    "Was it worth the wait? It was.",
    "Cold chips and warm beer",
    "The sea, I was told, is nobody's friend.",
)
NAMES: Final = ("Ann Lee", "Joost van der Hagen", "Rhona", "The Okafors", "Dr. Bo Roe")
TAILS: Final = ("", ", Dundee", ", carpenter and mayor of Holm", ", The Northern Courier", " (@AnnLee) June 4, 2021")
MARKS: Final = (("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"))
BETWEEN: Final = (" — ", " – ", " -- ", " - ", " ~ ", "\n— ", "\n-- ", "\n~ ", "\n- ", "\n", ": ", "—")
GAPS: Final = ("\n", "\n\n")


def lists() -> Iterator[object]:
    """Lists of all ways to sign and to part quotations, with marks and tails in turn."""
    for number, (between, gap, bullet) in enumerate(product(BETWEEN, GAPS, ("", "{}. ", "* "))):
        if between == "\n" and bullet:
            continue
        opening, closing = MARKS[number % len(MARKS)]
        rows = []
        for place in range(2 + number % 4):
            said = SAID[(number + place) % len(SAID)].replace("'", "’")
            tail = TAILS[(number + 2 * place) % len(TAILS)]
            rows.append((f"{opening}{said}{closing}", NAMES[(number + place) % len(NAMES)], tail))
        text = gap.join(
            bullet.format(place) + said + between + name + tail for place, (said, name, tail) in enumerate(rows)
        )
        expected = [(name, [said]) for said, name, _ in rows]
        yield pytest.param(text, expected, id=f"{number}-{between!r}-{gap!r}-{bullet}")


def found(text: str) -> list[tuple[str, list[str]]]:
    return [(turn.label.of(text), [piece.of(text) for piece in turn.content]) for turn in READ(text).turns]


@pytest.mark.parametrize(("text", "expected"), list(lists()))
def test_each_quotation_of_a_list_ends_at_its_own_name(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert found(text) == expected
    assert READ(text).family == "quotations"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It rained.\n\n“Stay in. Bring a book.” — Holm Council", ["Holm Council"], id="in-prose"),
        pytest.param("“Para one.\n\n“Para two.” — Ann Lee", ["Ann Lee"], id="two-paragraphs"),
        pytest.param("“No.” “Never.” — Ann Lee", ["Ann Lee"], id="two-passages"),
        pytest.param("“No,” said Tom. “Never.” — Ann Lee", ["Ann Lee"], id="behind-another"),
        pytest.param("One wrote: “Never.” — Ann Lee", ["Ann Lee"], id="behind-a-colon"),
        pytest.param(
            "Reaction from Clara Ito: “No.”\n\nReaction from Jon Ro: “Yes.”", ["Clara Ito", "Jon Ro"], id="from"
        ),
        pytest.param("And from Chairwoman Ito:\n\n“Clara will do.”", ["Chairwoman Ito"], id="sender"),
        pytest.param("Ann Lee, Mail: “A feast.”\nBo Roe, Post: “I laughed.”", ["Ann Lee", "Bo Roe"], id="outlets"),
        pytest.param("Measure twice.\n— Amos Tully\n\n“Go.”\n— Inga Rask", ["Amos Tully", "Inga Rask"], id="epigraph"),
        pytest.param("Measure twice. — Amos Tully\nGo home. — Inga Rask", ["Amos Tully", "Inga Rask"], id="no-marks"),
        pytest.param("Six dead. — Holm Post (@holmpost) May 2, 2021", ["Holm Post"], id="embedded-post"),
        pytest.param("“A.” — a regular guest\n“B.” — Ann", ["a regular guest", "Ann"], id="role"),
        pytest.param("“A.” — old saying\n“B.” — Ann", ["old saying", "Ann"], id="saying"),
        pytest.param("And from the mayor:\n\n“It is safe.”", ["the mayor"], id="sender-with-an-office"),
        pytest.param('" I saw it with her . " : Mark', ["Mark"], id="spaced-marks"),
        pytest.param("“We go.” — Jane Roe, mayor of Holm.", ["Jane Roe"], id="stop-behind-an-office"),
    ],
)
def test_who_signs(text: str, expected: list[str]) -> None:
    assert [label for label, _ in found(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "“It has been raining,” Ilse said — Marta had not noticed.",
        "“A clock and a coat,” she said – the coat was her father's. “Ask me for anything else.”",
        "It took three goes. Gail Pritchard, mayor of Ashcombe, broke the bottle.",
        "It's shocking that nobody planned for this. Gail Pritchard, mayor of Ashcombe",
        "“Go.” — Tom had left.",
        "“Go.” — Tom, laughing, left.",
        "“Go.” — Where?",
        "He called it “a good day” — Reuters.",
        "“Heart of Glass” — Blondie\n“Emma” — Jane Austen",
        '"Iran: Signals on 5 Diplomats" — The Washington Post, April 15, 2007',
        "“The Last Bus” — film by Roe",
        "“We need hands.”\n- Carpenters\n- Nurses",
        "Measure twice.\n— Amos Tully",
        "— I will not.\n— Yes\n— Never",
        "“Yes.”\n\nFielding\n\nIt rained.",
        "On Friday, Ann Lee, mayor: “No.”",
        "“The Okafors’ — house",
        "“” — Ann Lee",
        ": — Ann",
        "— Ann Lee",
    ],
)
def test_dashes_and_names_of_prose_sign_nothing(text: str) -> None:
    assert found(text) == []


def test_one_quotation_in_prose_makes_no_layout() -> None:
    assert READ("It rained.\n\n“Stay in.” — Ann Lee").family is None


HEADLINE = """
“        ``   punct  asked
They     PRP  nsubj  asked
never    RB   neg    asked
asked    VBD  ROOT   -
”        ''   punct  asked
{sign}   :    punct  asked
"""
SOURCES = {
    "the parents": "the DT det parents\nparents NNS nsubj speak\nspeak VBP ROOT -\nout RP prt speak",
    "nurses that left": "nurses NNS ROOT -\nthat WDT nsubj left\nleft VBD relcl nurses",
    "Ann Lee": "Ann NNP compound Lee\nLee NNP appos asked\non IN prep Lee\nher PRP$ poss day\nday NN pobj on",
    "boy": "boy NN appos asked\n, , punct boy\n9 CD appos boy",
    "nurses, cooks": "nurses NNS nsubj react\n, , punct nurses\ncooks NNS conj nurses\nreact VBP ROOT -",
}


@pytest.mark.parametrize(("source", "sign"), list(product(SOURCES, (":", "—"))))
def test_headline_names_who_says_its_words(source: str, sign: str) -> None:
    [quote] = find_quotes(HEADLINE.format(sign=sign).strip() + f"\n{SOURCES[source]}")
    assert (quote["quote"], quote["cue"], quote["source"]) == ("“They never asked”", sign, source)


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("what WP dobj saw\nthey PRP nsubj saw\nsaw VBD ROOT -", id="question-word"),
        pytest.param("inside IN prep asked\nthe DT det town\ntown NN pobj inside", id="preposition"),
        pytest.param("Wikinews NNP appos asked\n, , punct Wikinews\n2008 CD npadvmod Wikinews", id="outlet"),
        pytest.param("parents NNS nsubj speak\nspeak VBP ROOT -\n. . punct speak", id="sentence"),
    ],
)
def test_other_headlines_name_nobody(rest: str) -> None:
    assert all(quote["source"] == "" for quote in find_quotes(HEADLINE.format(sign="—").strip() + f"\n{rest}"))
