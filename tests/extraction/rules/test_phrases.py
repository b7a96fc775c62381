import pytest
from spacy.tokens import Doc

from quotesmith.extraction.rules.phrases import (
    find_inline_label,
    find_labels,
    find_relays,
    find_signatures,
)
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.parsed_text import TokenRange
from tests.docs import VOCAB, find_pos, parsed_text
from tests.extraction.found import read_table, words_of


@pytest.mark.parametrize(
    ("table", "source", "pieces"),
    [
        pytest.param(
            """
            According  VBG  prep      failed     accord
            to         IN   prep      According
            Ann        NNP  compound  Lee        Ann     PERSON
            Lee        NNP  pobj      to         Lee     PERSON
            ,          ,    punct     failed
            it         PRP  nsubj     failed
            failed     VBD  ROOT      -          fail
            .          .    punct     failed
        """,
            "Ann Lee",
            [", it failed."],
            id="start",
        ),
        pytest.param(
            """
            It         PRP  nsubj     failed
            failed     VBD  ROOT      -          fail
            ,          ,    punct     failed
            according  VBG  prep      failed     accord
            to         IN   prep      according
            Ann        NNP  compound  Lee        Ann     PERSON
            Lee        NNP  pobj      to         Lee     PERSON
            .          .    punct     failed
        """,
            "Ann Lee",
            ["It failed,"],
            id="end",
        ),
        pytest.param(
            """
            The        DT   det       plan
            plan       NN   nsubj     failing
            ,          ,    punct     failing
            according  VBG  prep      failing    accord
            to         IN   prep      according
            Ann        NNP  compound  Lee        Ann     PERSON
            Lee        NNP  pobj      to         Lee     PERSON
            ,          ,    punct     failing
            was        VBD  aux       failing    be
            failing    VBG  ROOT      -          fail
            .          .    punct     failing
        """,
            "Ann Lee",
            ["The plan,", ", was failing."],
            id="middle",
        ),
        pytest.param(
            """
            In         IN   prep      failed
            May        NNP  pobj      In         May     DATE
            ,          ,    punct     failed
            according  VBG  prep      failed     accord
            to         IN   prep      according
            Ann        NNP  compound  Lee        Ann     PERSON
            Lee        NNP  pobj      to         Lee     PERSON
            ,          ,    punct     failed
            the        DT   det       plan
            plan       NN   nsubj     failed
            failed     VBD  ROOT      -          fail
            .          .    punct     failed
        """,
            "Ann Lee",
            ["In May,", ", the plan failed."],
            id="after-an-adjunct",
        ),
        pytest.param(
            """
            But        CC   cc        failed
            according  VBG  prep      failed     accord
            to         IN   prep      according
            Ann        NNP  compound  Lee        Ann     PERSON
            Lee        NNP  pobj      to         Lee     PERSON
            ,          ,    punct     failed
            it         PRP  nsubj     failed
            failed     VBD  ROOT      -          fail
            .          .    punct     failed
        """,
            "Ann Lee",
            [", it failed."],
            id="after-a-conjunction",
        ),
    ],
)
def test_according_to_splits_its_sentence(table: str, source: str, pieces: list[str]) -> None:
    reading = read_table(table)
    [draft] = find_relays(reading, load_reporting())
    assert words_of(reading, draft.source) == source
    assert [words_of(reading, piece) for piece in draft.pieces] == pieces


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("according VBG ROOT -", id="according-alone"),
        pytest.param("according VBG ROOT -\nto IN prep according", id="without-object"),
        pytest.param("according VBG ROOT -\nplans NNS dobj according", id="without-to"),
    ],
)
def test_according_to_needs_its_object(table: str) -> None:
    assert list(find_relays(read_table(table), load_reporting())) == []


@pytest.mark.parametrize(
    ("table", "source"),
    [
        pytest.param("PENCE NNP ROOT -\n: : punct PENCE\nNo UH intj PENCE", "PENCE", id="capitals"),
        pytest.param("Ann NNP ROOT - - PERSON\n: : punct Ann\nNo UH intj Ann", "Ann", id="known-to-ner"),
    ],
)
def test_name_and_colon_at_the_start_of_a_paragraph_label_it(table: str, source: str) -> None:
    reading = read_table(table)
    [draft] = find_labels(reading)
    assert words_of(reading, draft.source) == source
    assert [words_of(reading, piece) for piece in draft.pieces] == ["No"]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("Note NN ROOT -\n: : punct Note\nno UH intj Note", id="noun"),
        pytest.param("It PRP ROOT -\n: : punct It\nno UH intj It", id="pronoun"),
        pytest.param("A DT ROOT -\n: : punct A\nno UH intj A", id="letter-of-a-list"),
        pytest.param("PENCE NNP ROOT -\n: : punct PENCE", id="nothing-after"),
        pytest.param(": : ROOT -\nno UH intj :", id="nothing-before"),
        pytest.param(
            "“ `` punct PENCE\nPENCE NNP ROOT -\n” '' punct PENCE\n: : punct PENCE\nno UH intj PENCE", id="quoted"
        ),
    ],
)
def test_other_words_before_a_colon_are_no_label(table: str) -> None:
    assert list(find_labels(read_table(table))) == []


def test_proper_noun_and_colon_label_a_passage() -> None:
    reading = read_table("Roe NNP ROOT -\n: : punct Roe\n“ `` punct no\nno UH intj Roe\n” '' punct no")
    label = find_inline_label(reading, TokenRange(0, 2))
    assert label is not None
    assert words_of(reading, label.source) == "Roe"
    assert words_of(reading, label.cue) == ":"


def test_proper_noun_and_colon_before_plain_text_are_no_label() -> None:
    reading = read_table("Roe NNP ROOT -\n: : punct Roe\nno UH intj Roe")
    assert find_inline_label(reading, TokenRange(0, 2)) is None


@pytest.mark.parametrize(
    ("table", "source"),
    [
        pytest.param(
            """
            “     ``   punct     go   "
            We    PRP  nsubj     go
            go    VBP  ROOT      -
            .     .    punct     go
            ”     ''   punct     go   "
            —     :    punct     Roe
            Jane  NNP  compound  Roe  Jane  PERSON
            Roe   NNP  ROOT      -    Roe   PERSON
        """,
            "Jane Roe",
            id="name",
        ),
        pytest.param(
            """
            “            ``   punct     go     "
            We           PRP  nsubj     go
            go           VBP  ROOT      -
            .            .    punct     go
            ”            ''   punct     go     "
            —            :    punct     Roe
            Jane         NNP  compound  Roe    Jane         PERSON
            Roe          NNP  ROOT      -      Roe          PERSON
            ,            ,    punct     Roe
            mayor        NN   appos     Roe
            of           IN   prep      mayor
            Springfield  NNP  pobj      of     Springfield  GPE
            .            .    punct     Roe
        """,
            "Jane Roe, mayor of Springfield",
            id="with-office",
        ),
    ],
)
def test_dash_and_name_sign_the_passage_before(table: str, source: str) -> None:
    reading = read_table(table)
    [(position, draft)] = find_signatures(reading)
    assert (position, draft.passages) == (0, [0])
    assert (words_of(reading, draft.cue), words_of(reading, draft.source)) == ("—", source)


@pytest.mark.parametrize(
    ("words", "spaces", "cue"),
    [
        pytest.param(["Go", "”—", "Roe"], [False, False, False], "”—", id="glued-to-the-mark-and-the-name"),
        pytest.param(["Go", "”—", "Roe"], [False, True, False], "”—", id="glued-to-the-mark"),
        pytest.param(["Go", "”", "—", "\u00a0", "Roe"], [False, True, False, False, False], "—", id="no-break-space"),
        pytest.param(["Go", "”—", "\u00a0", "Roe"], [False] * 4, "”—", id="glued-before-a-no-break-space"),
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
    reading = parsed_text(doc)
    [(_, draft)] = find_signatures(reading)
    assert (words_of(reading, draft.cue), words_of(reading, draft.source)) == (cue, "Roe")


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            """
            “        ``   punct  go       "
            We       PRP  nsubj  go
            go       VBP  ROOT   -
            .        .    punct  go
            ”        ''   punct  go       "
            —        :    punct  stopped
            and      CC   cc     stopped
            the      DT   det    rain
            rain     NN   nsubj  stopped
            stopped  VBD  ROOT   -        stop
            .        .    punct  stopped
        """,
            id="no-name",
        ),
        pytest.param("“ `` punct Go\nGo VB ROOT -\n. . punct Go\n” '' punct Go\n— : punct Go", id="nothing-after"),
        pytest.param(
            """
            “     ``   punct  go    "
            We    PRP  nsubj  go
            go    VBP  ROOT   -
            .     .    punct  go
            ”     ''   punct  go    "
            She   PRP  nsubj  left
            left  VBD  ROOT   -     leave
            .     .    punct  left
        """,
            id="no-dash",
        ),
    ],
)
def test_passage_without_dash_and_name_is_unsigned(table: str) -> None:
    assert list(find_signatures(read_table(table))) == []
