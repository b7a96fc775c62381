"""Where reported words begin and end, in plain texts: a table of words, and what the rules make of them."""

import pytest

from quotesmith.extraction import Attribution, ExtractionSettings
from quotesmith.extraction.assembler import Clues, Origin, assemble
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan
from tests.docs import make_doc, of_text, parsed_text

CLUES = Clues(load_reporting(), ExtractionSettings(), Origin.TAGS)
FELL = "It PRP nsubj fell\nfell VBD ROOT - fall\n, , punct fell"
GO_ON = "has VBZ aux won have\nwon VBN ROOT - win\n. . punct won"


def quote(text: str, *contents: str, cue: str = "", source: str = "") -> Attribution:
    def place(words: str) -> TextSpan:
        return TextSpan(text.index(words), text.index(words) + len(words))

    return Attribution(
        content=tuple(place(words) for words in contents),
        cue=(place(cue),) if cue else (),
        source=(place(source),) if source else (),
        act=Act.SPEECH,
        score=0.9,
        rule="tags",
    )


def contents(text: str, found: list[Attribution]) -> list[str]:
    return [" | ".join(span.of(text) for span in one.content) for one in found]


@pytest.mark.parametrize(
    ("text", "pieces", "kept"),
    [
        pytest.param("It rains. “Go,” said Ann.", ["It rains.", "“Go,”"], "“Go,”", id="narration"),
        pytest.param("It rains. It is late. “Go,” said Ann.", ["It rains", "It is late", "“Go,”"], "“Go,”", id="two"),
        pytest.param("It rains. “Go,” said Ann.", ["It rains. “Go,”"], "“Go,”", id="in-one-piece"),
        pytest.param("Ann said it was “late.”", ["it was “late.”"], "it was “late.”", id="cue-before-it"),
        pytest.param(
            "The gate “is shut,” said Ann.", ["The gate", "“is shut,”"], "The gate | “is shut,”", id="subject"
        ),
    ],
)
def test_sentences_before_quoted_words(text: str, pieces: list[str], kept: str) -> None:
    found = assemble(of_text(text), [quote(text, *pieces, cue="said", source="Ann")], CLUES)
    assert contents(text, found) == [kept]


@pytest.mark.parametrize(
    ("before", "clause", "behind", "content"),
    [
        pytest.param(
            "Nobody NN nsubj won", "Roe NNP nsubj says\nsays VBZ appos won say", GO_ON, "Nobody | has won", id="subject"
        ),
        pytest.param(
            "Nobody NN nsubj won",
            "says VBZ appos won say\nRoe NNP nsubj says",
            GO_ON,
            "Nobody | has won",
            id="inverted",
        ),
        pytest.param(
            "Nobody NN nsubj won",
            "according VBG prep won\nto IN prep according\nRoe NNP pobj to",
            GO_ON,
            "Nobody | has won",
            id="according-to",
        ),
        pytest.param("Nobody NN nsubj won", "not RB neg Roe\nRoe NNP appos Nobody", GO_ON, "", id="no-cue"),
        pytest.param("Nobody NN nsubj won", "asked VBN acl Nobody ask\non IN prep asked", GO_ON, "", id="no-source"),
        pytest.param(
            "Ann NNP nsubj won - PERSON\nlost VBD conj won",
            "Roe NNP nsubj says\nsays VBZ appos won say",
            GO_ON,
            "",
            id="a-verb-before",
        ),
    ],
)
def test_clause_inside_what_it_reports(before: str, clause: str, behind: str, content: str) -> None:
    doc = make_doc("\n".join((before, ", , punct won", clause, ", , punct won", behind)))
    found = contents(doc.text, assemble(parsed_text(doc), [], CLUES))
    assert found == ([content] if content else [])


@pytest.mark.parametrize(
    ("table", "content", "cue"),
    [
        pytest.param(
            "Ann NNP nsubj said\nsaid VBD ROOT - say\nnothing NN dobj said\nmore JJR amod nothing",
            "nothing more",
            "said",
            id="nothing",
        ),
        pytest.param(
            "Ann NNP nsubj declined\ndeclined VBD ROOT - decline\nto TO aux comment\ncomment VB xcomp declined",
            "to comment",
            "declined",
            id="comment",
        ),
        pytest.param(
            "Ann NNP nsubj said\nsaid VBD ROOT - say\nnothing NN dobj said\nof IN prep nothing\nit PRP pobj of",
            "nothing of it",
            "said",
            id="nothing-of-a-thing",
        ),
        pytest.param(
            "Ann NNP nsubj said\nsaid VBD ROOT - say\nnothing NN dobj said\n"
            "as IN mark left\nBo NNP nsubj left\nleft VBD advcl said",
            "as Bo left",
            "said nothing",
            id="behind-nothing",
        ),
        pytest.param(
            "Ann NNP nsubj declined\ndeclined VBD ROOT - decline\nto TO aux comment\ncomment VB xcomp declined\n"
            "citing VBG advcl declined cite\na DT det risk\nrisk NN dobj citing",
            "a risk",
            "citing",
            id="why-no-comment",
        ),
        pytest.param(
            f"{FELL}\nciting VBG advcl fell cite\na DT det minister\nminister NN dobj citing",
            "a minister",
            "citing",
            id="whom",
        ),
    ],
)
def test_words_that_report_nothing(table: str, content: str, cue: str) -> None:
    doc = make_doc(table)
    assert not assemble(parsed_text(doc), [quote(doc.text, content, cue=cue)], CLUES)


@pytest.mark.parametrize(
    ("table", "content", "cue"),
    [
        pytest.param(
            "“ `` punct said\nNothing NN ccomp said\n, , punct said\n” '' punct said\n"
            "said VBD ROOT - say\nAnn NNP nsubj said",
            "“Nothing,”",
            "said",
            id="said",
        ),
        pytest.param(
            f"{FELL}\nciting VBG advcl fell cite\na DT det risk\nrisk NN dobj citing",
            "a risk",
            "citing",
            id="what",
        ),
        pytest.param(
            "Ann NNP nsubj declined\ndeclined VBD ROOT - decline\nto TO aux go\ngo VB xcomp declined",
            "to go",
            "declined",
            id="else",
        ),
    ],
)
def test_words_that_report_something(table: str, content: str, cue: str) -> None:
    doc = make_doc(table)
    assert contents(doc.text, assemble(parsed_text(doc), [quote(doc.text, content, cue=cue)], CLUES)) == [content]


@pytest.mark.parametrize(
    ("table", "source", "expected"),
    [
        pytest.param("Nobody NN nsubj spoke\nspoke VBD ROOT - speak", "Nobody", "", id="nobody"),
        pytest.param("Ann NNP nsubj spoke\nspoke VBD ROOT - speak", "Ann", "Ann", id="somebody"),
        pytest.param("spoke VBD ROOT - speak\nnobody NN nsubj spoke", "nobody", "nobody", id="a-tag"),
    ],
)
@pytest.mark.parametrize("stop", [".", ","])
def test_sentence_that_nobody_spoke_is_no_cue_of_what_stands_beside_it(
    table: str, source: str, expected: str, stop: str
) -> None:
    speech = "“ `` punct Bo\nBo UH ROOT -\n? . punct Bo\n” '' punct Bo"
    tag = f"{table}\n{stop} . punct spoke"
    for parts in ((speech, tag), (tag, speech)):
        doc = make_doc("\n".join(parts))
        [found] = assemble(parsed_text(doc), [quote(doc.text, "“Bo?”", cue="spoke", source=source)], CLUES)
        leads_to_speech = parts[0] == tag and stop == ","
        kept = source if leads_to_speech else expected
        assert "".join(span.of(doc.text) for span in found.source) == kept


@pytest.mark.parametrize(
    ("tag", "behind", "words", "number"),
    [
        pytest.param("VBN", "", "Salt Air", 0, id="of-a-film"),
        pytest.param("VBN", "by IN agent called\nBo NNP pobj by\n", "Salt Air", 1, id="by-somebody"),
        pytest.param("VBD", "", "Salt Air", 1, id="finite-verb"),
        pytest.param("VBN", "", "Salt air", 1, id="no-title"),
    ],
)
def test_title_behind_a_participle_is_no_speech(tag: str, behind: str, words: str, number: int) -> None:
    first, last = words.split()
    table = f"""
        Films   NNS  nsubj     sell
        called  {tag}  acl       Films    call
        “       ``   punct     {last}
        {first}    NNP  compound  {last}
        {last}     NNP  oprd      called
        ,       ,    punct     {last}
        ”       ''   punct     {last}
        {behind}sell VBP ROOT -
    """
    doc = make_doc(table)
    assert len(assemble(parsed_text(doc), [quote(doc.text, f"“{words},”", cue="called")], CLUES)) == number


DASHED = """
    —     :    punct  Go
    Go    VB   ccomp  {verb}
    {sign}     ,    punct  {verb}
    {clause}
    .     .    punct  {verb}
    {behind}

    —     :    punct  Why
    Why   WRB  ROOT   -
    ?     .    punct  Why
"""


@pytest.mark.parametrize(
    ("sign", "clause", "behind", "content"),
    [
        pytest.param(",", "said VBD ROOT - say\nAnn NNP nsubj said", "", "— Go,", id="verb-first"),
        pytest.param(
            ",",
            "Ann NNP nsubj said\nsaid VBD ROOT - say",
            "You PRP nsubj run\nrun VBP ROOT -\n. . punct run",
            "— Go, | You run.",
            id="goes-on",
        ),
        pytest.param(
            "—",
            "Ann NNP nsubj said\nsaid VBD ROOT - say",
            "— : punct run\nYou PRP nsubj run\nrun VBP ROOT -\n. . punct run",
            "— Go | You run.",
            id="dashes",
        ),
        pytest.param(
            ",",
            "said VBD ROOT - say\nAnn NNP nsubj said",
            "She PRP nsubj ran\nran VBD ROOT -\n. . punct ran",
            "— Go,",
            id="narration",
        ),
        pytest.param(
            ",",
            "said VBD ROOT - say\nAnn NNP nsubj said\n, , punct said\nlaughing VBG advcl said",
            "",
            "— Go,",
            id="how",
        ),
    ],
)
def test_turn_of_dash_dialogue(sign: str, clause: str, behind: str, content: str) -> None:
    doc = make_doc(DASHED.format(sign=sign, clause=clause, behind=behind, verb="said").replace("\n    \n\n", "\n\n"))
    first, second = assemble(parsed_text(doc), [], CLUES)
    assert contents(doc.text, [first, second]) == [content, "— Why?"]
    assert (first.kind, second.kind, second.cue) == (QuoteKind.DIRECT, QuoteKind.DIRECT, ())
    assert [span.of(doc.text) for span in first.source] == ["Ann"]


@pytest.mark.parametrize(("stop", "expected"), [("?", ["— Salt?"]), (",", [])])
def test_lone_turn_of_dash_dialogue_is_talk(stop: str, expected: list[str]) -> None:
    table = f"""
        —     :    punct  Salt
        Salt  NN   ccomp  said
        {stop}  .    punct  Salt
        said  VBD  ROOT   -     say
        Ann   NNP  nsubj  said  -    PERSON
        .     .    punct  said
    """
    doc = make_doc(table)
    assert contents(doc.text, assemble(parsed_text(doc), [], CLUES)) == expected


def test_list_with_dashes_is_no_dialogue() -> None:
    table = "— : punct loaves\ntwo CD nummod loaves\nloaves NNS ROOT -\n\n— : punct salt\nsalt NN ROOT -"
    assert not assemble(parsed_text(make_doc(table)), [], CLUES)


HABIT = """
    “      ``   punct  say
    Go     VB   ccomp  say
    ,      ,    punct  say
    ”      ''   punct  say
    Ann    NNP  nsubj  say
    would  MD   aux    say
    say    VB   ROOT   -
"""
INDIRECT = "Ann NNP nsubj say\nwould MD aux say\nsay VB ROOT -\nit PRP nsubj works\nworks VBZ ccomp say"


@pytest.mark.parametrize(
    ("table", "content", "cue", "assertion"),
    [
        pytest.param(HABIT, "“Go,”", "would say", Assertion.ASSERTED, id="habit"),
        pytest.param(
            f"{HABIT.rstrip()}\nif IN mark asked\nasked VBN advcl say",
            "“Go,”",
            "would say",
            Assertion.HYPOTHETICAL,
            id="condition",
        ),
        pytest.param(INDIRECT, "it works", "would say", Assertion.HYPOTHETICAL, id="indirect"),
        pytest.param(
            INDIRECT.replace("say VB", "always RB advmod say\nsay VB"),
            "it works",
            "would always say",
            Assertion.ASSERTED,
            id="indirect-and-usual",
        ),
        pytest.param(
            INDIRECT + "\nwhenever WRB advmod asked\nasked VBN advcl say",
            "it works",
            "would say",
            Assertion.ASSERTED,
            id="whenever",
        ),
        pytest.param(
            INDIRECT.replace("say VB", "always RB advmod say\nsay VB") + "\nif IN mark asked\nasked VBN advcl say",
            "it works",
            "would always say",
            Assertion.HYPOTHETICAL,
            id="usual-on-a-condition",
        ),
        pytest.param(
            "According VBG prep failed\nto IN prep According\nAnn NNP pobj to\n, , punct failed\n"
            "talks NNS nsubj failed\nfailed VBD ROOT - fail",
            "talks failed",
            "According to",
            Assertion.ASSERTED,
            id="according-to",
        ),
    ],
)
def test_assertion(table: str, content: str, cue: str, assertion: Assertion) -> None:
    doc = make_doc(table)
    [found] = assemble(parsed_text(doc), [quote(doc.text, content, cue=cue)], CLUES)
    assert found.assertion is assertion
