"""Sources that stop before the name in apposition."""

import pytest

from quotesmith.extraction import ExtractionSettings
from quotesmith.extraction.appositions import complete_appositions
from quotesmith.lexicon.people import load_people
from tests.docs import make_doc, parsed_text
from tests.extraction.worded import attribution

SAID = """
    It    PRP  nsubj  died
    died  VBD  ccomp  said
    ,     ,    punct  said
    said  VBD  ROOT   -     say
    the   DT   det    vet
    vet   NN   nsubj  said
"""
FRONTED = """
    the   DT   det    vet
    vet   NN   nsubj  said
    ,     ,    punct  vet
    Ann   NNP  compound  Roe
    Roe   NNP  appos  vet
    ,     ,    punct  vet
    said  VBD  ROOT   -     say
    it    PRP  nsubj  died
    died  VBD  ccomp  said
"""
NAME = ", , punct vet\nAnn NNP compound Roe\nRoe NNP appos vet"


def source_of(rows: str, before: str = "the vet", content: str = "It died") -> str:
    parsed = parsed_text(make_doc(rows))
    quote = attribution(parsed.text, content, cue="said", source=before)
    [found] = complete_appositions(parsed, [quote], load_people(), ExtractionSettings())
    [source] = found.source
    return source.of(parsed.text)


@pytest.mark.parametrize(
    "behind",
    [
        pytest.param("", id="end-of-the-text"),
        pytest.param(". . punct said", id="stop"),
        pytest.param("; : punct said\nall NN nsubj left\nleft VBD ccomp said", id="semicolon"),
        pytest.param(". . punct said\n“ `` punct Go\nGo VB ROOT -", id="quotation-behind"),
        pytest.param(", , punct said\nwho WP nsubj saw\nsaw VBD relcl Roe", id="relative-clause"),
        pytest.param(", , punct said\non IN prep said\nFriday NNP pobj on", id="day"),
        pytest.param(", , punct said\nand CC cc said\nleft VBD conj said", id="next-verb"),
    ],
)
def test_source_goes_on_to_the_end_of_the_name(behind: str) -> None:
    assert source_of(f"{SAID.rstrip()}\n{NAME}\n{behind}".rstrip()) == "the vet, Ann Roe"


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        pytest.param("Ann NNP appos vet", "the vet, Ann", id="one-word"),
        pytest.param(
            "Tom NNP compound Wit\nde NNP compound Wit\nWit NNP appos vet", "the vet, Tom de Wit", id="particle"
        ),
        pytest.param("Dr. NNP compound Roe\nRoe NNP appos vet", "the vet, Dr. Roe", id="title"),
    ],
)
def test_names_of_all_forms(name: str, whole: str) -> None:
    assert source_of(f"{SAID.rstrip()}\n, , punct vet\n{name}\n. . punct said") == whole


@pytest.mark.parametrize("before", ["the vet", "the vet,"])
def test_source_may_hold_the_comma_and_stand_before_its_cue(before: str) -> None:
    assert source_of(FRONTED, before, content="it died") == "the vet, Ann Roe"


@pytest.mark.parametrize(
    ("rows", "before"),
    [
        pytest.param(f"{SAID.rstrip()}\n{NAME}\nwas VBD ccomp said\nill JJ acomp was", "the vet", id="next-clause"),
        pytest.param(f"{SAID.rstrip()}\n{NAME}\nand CC cc Roe\nBo NNP conj Roe", "the vet", id="pair"),
        pytest.param(f"{SAID.rstrip()}\n{NAME}\n, , punct Roe\nBo NNP conj Roe", "the vet", id="list"),
        pytest.param(
            f"{SAID.rstrip()}\n{NAME}\n, , punct Roe\nand CC cc Roe\nBo NNP conj Roe", "the vet", id="comma-and"
        ),
        pytest.param(f"{SAID.rstrip()}\n, , punct said\nFriday NNP npadvmod said\n. . punct said", "the vet", id="day"),
        pytest.param(
            f"{SAID.rstrip()}\n, , punct said\nsmiling VBG advcl said\n. . punct said", "the vet", id="no-name"
        ),
        pytest.param(
            f"{SAID.rstrip().replace('NN   nsubj', 'NNS nsubj')}\n{NAME}\n. . punct said", "the vet", id="several"
        ),
        pytest.param(
            f"{SAID.rstrip().replace('NN   nsubj', 'NNP nsubj')}\n{NAME}\n. . punct said", "the vet", id="name-before"
        ),
        pytest.param(f"{SAID.rstrip()}\n. . punct said\nAnn NNP nsubj left\nleft VBD ROOT -", "the vet", id="sentence"),
    ],
)
def test_lists_and_next_clauses_are_no_appositions(rows: str, before: str) -> None:
    assert source_of(rows, before) == before


def test_source_grows_over_no_word_of_the_quote() -> None:
    assert source_of(FRONTED, "the vet", content="Ann Roe") == "the vet"
