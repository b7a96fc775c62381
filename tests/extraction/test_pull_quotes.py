"""A line behind a dash signs the paragraph above it, where it is plain that nobody else does."""

from itertools import product
from typing import Final

import pytest

from quotesmith.extraction import LayoutReader

READ = LayoutReader()
NEWS: Final = "The old mill in Tarn Street will close in March. It had stood there for two hundred years."
MORE: Final = "Residents gathered outside on Tuesday. Some of them carried candles."
SAID: Final = "We were promised that the mill would outlive us all. Nobody asked us."
STOPLESS: Final = "It is a sad day for the valley, and a sadder one for us"
SIGNS: Final = ("— ", "– ", "- ", "-- ", "―")
TAILS: Final = ("", ", baker", ", head of the Tarn Trust", " in a letter to the council")


def found(text: str) -> list[tuple[str, str]]:
    return [(turn.label.of(text), turn.content[0].of(text)) for turn in READ(text).turns]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(("break_", "gap"), list(product(("\n", "\n\n"), ("\n", "\n\n"))))
def test_pull_quote_in_prose(sign: str, break_: str, gap: str) -> None:
    tail = TAILS[(SIGNS.index(sign) + len(gap)) % len(TAILS)]
    for said in (SAID, STOPLESS, f"“{SAID}”", f'"{SAID}"'):
        text = gap.join((NEWS, f"{said}{break_}{sign}Priya Anand{tail}", MORE))
        assert found(text) == [("Priya Anand", said)]
        assert READ(text).family is None


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Angela Rask", "Angela Rask"),
        ("Amos Tully Jr.", "Amos Tully Jr."),
        ("Joost van der Hagen", "Joost van der Hagen"),
        ("Faris al-Hayder", "Faris al-Hayder"),
        ("Prime Minister Roe", "Prime Minister Roe"),
        ("retired civil defence spokesman Owen Pell", "Owen Pell"),
        ("Spokeswoman, Tarn Mills", "Spokeswoman"),
        ("Resident of Holm, college graduate", "Resident of Holm"),
        ("A resident of Tarn Street", "A resident of Tarn Street"),
        ("a witness", "a witness"),
        ("Tarn Street shopkeeper", "Tarn Street shopkeeper"),
        ("Anonymous villager, 54", "Anonymous villager"),
        ("Bank of Oslo", "Bank of Oslo"),
        ("Holm Trust statement", "Holm Trust statement"),
        ("CIA report", "CIA report"),
        ("Bo Roe posting on a forum as Tully", "Bo Roe"),
        ("Tarn", "Tarn"),
    ],
)
def test_who_may_sign(line: str, label: str) -> None:
    assert found(f"{NEWS}\n\n{SAID}\n\n— {line}\n\n{MORE}") == [(label, SAID)]


def test_several_pull_quotes_are_quotations() -> None:
    text = f"{NEWS}\n\n{SAID}\n\n— Ann Lee\n\n{MORE}\n\n{STOPLESS}\n\n— Bo Roe, baker\n\n{NEWS}"
    assert found(text) == [("Ann Lee", SAID), ("Bo Roe", STOPLESS)]
    assert READ(text).family == "quotations"


@pytest.mark.parametrize("name", ["Ann Lee, Letters", "Voltaire"])
def test_epigraph_before_the_text(name: str) -> None:
    assert [said for _, said in found(f"{SAID}\n\n— {name}\n\n{NEWS}")] == [SAID]


def test_at_the_end_only_those_sign_of_whom_the_text_speaks() -> None:
    assert found(f"{NEWS} Ann Lee's mother wept.\n\n{SAID}\n\n— Ann Lee") == [("Ann Lee", SAID)]
    assert found(f"{NEWS} Ann Roe wept.\n\n{SAID}\n\n— Ann Lee") == []


def test_signature_at_the_end_is_the_reporters_though_there_is_a_pull_quote() -> None:
    text = f"{NEWS}\n\n{SAID}\n\n— Ann Lee\n\n{NEWS}\n\n{MORE}\n\n— Bo Roe"
    assert found(text) == [("Ann Lee", SAID)]


def test_pull_quote_whose_words_stand_in_the_text_too() -> None:
    text = f"{NEWS}\n\n{SAID}\n\n— Ann Lee\n\n{MORE} “{SAID}” Ann Lee said."
    assert found(text) == [("Ann Lee", SAID)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{NEWS}\n\n– Country less safe –\n\n{MORE}", id="heading-between-dashes"),
        pytest.param(f"{NEWS}\n\n– Country less safe –.\n\n{MORE}", id="heading-and-stop"),
        pytest.param(f"{NEWS}\n\n– Old Hands –\n\n{MORE}", id="heading-with-capitals"),
        pytest.param(f"{NEWS}\n\n— Chapter 2\n\n{MORE}", id="chapter"),
        pytest.param(f"{NEWS}\n\n— May, 1998\n\n{MORE}", id="month"),
        pytest.param(f"{NEWS}\n\n— Friday\n\n{MORE} On Friday it rained.", id="day"),
        pytest.param(f"{NEWS}\n\n- Amber Phillips.\n\n60.\n\n{MORE}", id="reporter-and-stop"),
        pytest.param(f"{NEWS}\n\n- Amber Phillips\n\nMills at risk\n\n{MORE}", id="reporter-before-a-heading"),
        pytest.param(
            f"{NEWS}\n\n— Correspondent Julie Pace\n\n___\n\n4:43 p.m.\n\n{MORE}", id="reporter-before-a-rule"
        ),
        pytest.param(f"“No,” said Bo. {NEWS}\n\n— Ann Lee\n\n{MORE}", id="reporter-who-quotes"),
        pytest.param(f"{NEWS}\n\n{NEWS}\n\n— Reuters\n\n{MORE}", id="one-word-that-the-text-lacks"),
        pytest.param(f"{NEWS}\n\n{MORE}\n\n— Ann Lee, Holm", id="letter"),
        pytest.param(f"{SAID}\n\nYours,\n\n— Ann Lee\n\n{MORE}", id="letter-and-greeting"),
        pytest.param(f"{NEWS}\n\n-Roe leads in Indiana. [Post]\n\n-Lee leads in Ohio. [Mail]\n\n{MORE}", id="list"),
        pytest.param(f"{NEWS}\n\n— Ann Lee\n\n— Bo Roe\n\n{MORE}", id="list-of-names"),
        pytest.param(f"{NEWS} The winner is:\n\n— Ann Lee\n\n{MORE}", id="list-of-one"),
        pytest.param(f"{NEWS}\n\n— Is all well? — he asks.\n\n{MORE}", id="dialogue"),
        pytest.param(f"{NEWS}\n\n— Ann Lee.\n\n{MORE}", id="answer"),
        pytest.param(f"{NEWS}\n\n— Ann Lee — she said.\n\n{MORE}", id="answer-and-tag"),
        pytest.param(f"{NEWS}\n\n— Yes\n\n{MORE}", id="yes"),
        pytest.param(f"Mill in Holm to close\n\n— Ann Lee\n\n{NEWS}", id="byline"),
        pytest.param(f"{NEWS}\n\nWhat comes next\n\n— Ann Lee\n\n{MORE}", id="byline-of-a-part"),
        pytest.param(f"{NEWS}\n\n- Photo: Ann Lee\n\n{MORE}", id="credit"),
    ],
)
def test_other_lines_behind_dashes_sign_nothing(text: str) -> None:
    assert found(text) == []
