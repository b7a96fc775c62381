"""What the rules find in whole sentences: the cases of tests/data/cases/rules."""

import pytest
from spacy.tokens import Doc

from tests.cases import FOLDER, Case, each_case, read_cases
from tests.docs import VOCAB, find_pos, make_doc
from tests.extraction.found import DEFAULTS, extract, find_quotes

KEYS = {"quote", "kind", "rule", *DEFAULTS}


def check(case: Case) -> None:
    assert find_quotes(case.table) == [{**DEFAULTS, **expected} for expected in case.expected]


@each_case("rules/quotations", keys=KEYS)
def test_quotation_belongs_to_the_cue_beside_it(case: Case) -> None:
    check(case)


@each_case("rules/passages", keys=KEYS)
def test_passage_without_a_cue_is_speech_where_it_says_something(case: Case) -> None:
    check(case)


@each_case("rules/reports", keys=KEYS)
def test_verb_reports_what_the_grammar_gives_it(case: Case) -> None:
    check(case)


@each_case("rules/nouns", keys=KEYS)
def test_noun_reports_its_clause(case: Case) -> None:
    check(case)


@each_case("rules/phrases", keys=KEYS)
def test_phrase_names_who_speaks(case: Case) -> None:
    check(case)


@each_case("rules/sources", keys=KEYS)
def test_source_is_who_does_what_the_verb_says(case: Case) -> None:
    check(case)


def test_empty_text_has_no_quote() -> None:
    assert find_quotes("") == []


CLOSED = "“ `` punct Go\nGo VB ROOT -\n, , punct Go\n” '' punct Go\nthe DT det man\n"


@pytest.mark.parametrize(
    ("adverbs", "cue"), [pytest.param(37, "said", id="longest"), pytest.param(38, "", id="one-too-many")]
)
def test_cue_clause_has_at_most_forty_tokens(adverbs: int, cue: str) -> None:
    [quote] = find_quotes(CLOSED + "very RB dep man\n" * adverbs + "man NN nsubj said\nsaid VBD ROOT - say")
    assert (quote["quote"], quote["cue"]) == ("“Go,”", cue)


def test_lead_of_a_passage_has_at_most_forty_tokens() -> None:
    lead = "rain NN dep went\n" * 50
    [quote] = find_quotes(
        f"{lead}“ `` punct went\nwent VBD ROOT -\n” '' punct went\n, , punct said\nhe PRP nsubj said\n"
        "said VBD ROOT - say"
    )
    assert quote["quote"] == "rain " * 40 + "“went”"


@pytest.mark.parametrize(
    ("words", "spaces", "cue"),
    [
        pytest.param(["Go", "”—", "Roe"], [False, False, False], "—", id="glued-to-the-mark-and-the-name"),
        pytest.param(["Go", "”—", "Roe"], [False, True, False], "—", id="glued-to-the-mark"),
        pytest.param(["Go", "”", "—", "\u00a0", "Roe"], [False, True, False, False, False], "—", id="no-break-space"),
        pytest.param(["Go", "”—", "\u00a0", "Roe"], [False] * 4, "—", id="glued-before-a-no-break-space"),
        pytest.param(["Go", "”", "--", "Roe"], [False] * 4, "--", id="two-hyphens"),
    ],
)
def test_dash_signs_whatever_token_it_stands_in(words: list[str], spaces: list[bool], cue: str) -> None:
    tags = ["NNP" if word == "Roe" else "_SP" if word.isspace() else "VB" if word == "Go" else ":" for word in words]
    doc = Doc(
        VOCAB,
        words=["“", *words],
        spaces=[False, *spaces],
        tags=["``", *tags],
        pos=[find_pos(tag, "dep") for tag in ["``", *tags]],
    )
    [quote] = find_quotes(doc)
    assert (quote["rule"], quote["cue"], quote["source"]) == ("layout, signature", cue, "Roe")


SCORES = {"clause": 0.8, "infinitive": 0.5, "prepositional": 0.5, "nominal": 0.4, "quotation": 0.9, "uncued": 0.5}
SCORES |= {"according-to": 0.85, "label": 0.8, "layout, signature": 0.95, "noun": 0.7}


def test_score_is_how_often_quotes_of_a_rule_are_right() -> None:
    cases = [case for file in (FOLDER / "rules").iterdir() for case in read_cases(file, keys=KEYS)]
    assert {quote.rule: quote.score for case in cases for quote in extract(make_doc(case.table))} == SCORES
