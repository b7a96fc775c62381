import pytest

from quotesmith.extraction import Attribution
from quotesmith.extraction.acts import settle_assertions
from quotesmith.extraction.kinds import settle_kinds
from quotesmith.extraction.rules.drafts import Draft, claim, claimed, finish
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.parsed_text import ParsedText, TokenRange
from quotesmith.records import Act, Assertion, QuoteKind
from tests.extraction.found import read_table

LEXICON = load_reporting()
SPLIT = """
    “     ``   punct  said  "
    We    PRP  nsubj  go
    go    VBP  ccomp  said
    ,     ,    punct  said
    ”     ''   punct  said  "
    she   PRP  nsubj  said
    said  VBD  ROOT   -     say
    ,     ,    punct  said
    “     ``   punct  said  "
    and   CC   cc     stay
    you   PRP  nsubj  stay
    stay  VBP  ccomp  said
    .     .    punct  said
    ”     ''   punct  said  "
"""
MIXED = """
    She    PRP  nsubj   said
    said   VBD  ROOT    -      say
    the    DT   det     talks
    talks  NNS  nsubj   were   talk
    were   VBD  ccomp   said   be
    “      ``   punct   were   "
    a      DT   det     waste
    waste  NN   attr    were
    of     IN   prep    waste
    time   NN   pobj    of
    ”      ''   punct   waste  "
    there  RB   advmod  waste
    .      .    punct   said
"""


def make_draft(
    *pieces: tuple[int, int],
    passages: tuple[int, ...] = (),
    cue: tuple[int, int] | None = None,
    source: tuple[int, int] | None = None,
) -> Draft:
    return Draft(
        rule="clause",
        act=Act.WRITING,
        cue=None if cue is None else TokenRange(*cue),
        source=None if source is None else TokenRange(*source),
        pieces=[TokenRange(*piece) for piece in pieces],
        passages=list(passages),
    )


def finished(reading: ParsedText, draft: Draft) -> Attribution:
    attribution = finish(reading, draft)
    assert attribution is not None
    [settled] = settle_assertions(reading, settle_kinds(reading, [attribution]), LEXICON)
    return settled


def content_of(table: str, draft: Draft) -> list[str]:
    reading = read_table(table)
    return [span.of(reading.text) for span in finished(reading, draft).content]


def test_passages_are_content_with_their_marks() -> None:
    assert content_of(SPLIT, make_draft(passages=(0, 1))) == ["“We go,”", "“and you stay.”"]


@pytest.mark.parametrize(
    ("table", "piece", "content"),
    [
        pytest.param("it PRP nsubj failed\nfailed VBD ROOT -\n. . punct failed", (0, 3), "it failed", id="full-stop"),
        pytest.param(", , punct it\nit PRP ROOT -\n, , punct it", (0, 3), "it", id="commas"),
        pytest.param("— : punct it\nit PRP ROOT -\n: : punct it", (0, 3), "it", id="dash-and-colon"),
        pytest.param("it PRP ROOT -\n( -LRB- punct it", (0, 2), "it", id="bracket-that-another-closes"),
    ],
)
def test_punctuation_at_the_edges_is_no_content(table: str, piece: tuple[int, int], content: str) -> None:
    assert content_of(table, make_draft(piece)) == [content]


def test_piece_that_cuts_a_passage_grows_over_it() -> None:
    assert content_of(MIXED, make_draft((2, 8))) == ["the talks were “a waste of time”"]


def test_piece_of_the_passage_that_its_cue_is_in_does_not_grow() -> None:
    table = """
        “       ``   punct  added   "
        He      PRP  nsubj  said
        said    VBD  ccomp  added   say
        that    IN   mark   failed
        it      PRP  nsubj  failed
        failed  VBD  ccomp  said    fail
        ,       ,    punct  added
        ”       ''   punct  added   "
        she     PRP  nsubj  added
        added   VBD  ROOT   -       add
        .       .    punct  added
    """
    assert content_of(table, make_draft((3, 6), cue=(2, 3))) == ["that it failed"]


def test_cue_and_source_are_holes_in_a_piece() -> None:
    table = """
        The     DT   det        plan
        plan    NN   nsubj      failed
        ,       ,    punct      said
        she     PRP  nsubj      said
        said    VBD  parataxis  failed  say
        ,       ,    punct      said
        failed  VBD  ROOT       -       fail
        .       .    punct      failed
    """
    assert content_of(table, make_draft((0, 8), cue=(4, 5), source=(3, 4))) == ["The plan", "failed"]


def test_cue_in_one_token_with_a_passage_is_no_content() -> None:
    table = """
        “      ``   punct  No
        No     UH   ROOT   -
        .”cried  VBD  dep    No
        Ann    NNP  dep    No
    """
    assert content_of(table, make_draft(passages=(0,), cue=(2, 3))) == ["“No"]


def test_pieces_that_only_space_parts_are_one() -> None:
    assert content_of(MIXED, make_draft((2, 4), (4, 5))) == ["the talks were"]


def test_title_in_the_source_is_no_content() -> None:
    table = """
        “       ``   punct  said    "
        We      PRP  nsubj  go
        go      VBP  ccomp  said
        ,       ,    punct  said
        ”       ''   punct  said    "
        said    VBD  ROOT   -       say
        the     DT   det    author
        author  NN   nsubj  said
        of      IN   prep   author
        “       ``   punct  of      "
        War     NNP  pobj   of      War    WORK_OF_ART
        and     CC   cc     War     -      WORK_OF_ART
        Peace   NNP  conj   War     Peace  WORK_OF_ART
        .       .    punct  said
        ”       ''   punct  said    "
    """
    assert content_of(table, make_draft(passages=(0, 1), cue=(5, 6), source=(6, 15))) == ["“We go,”"]


def test_source_among_its_own_words_is_dropped() -> None:
    reading = read_table(SPLIT)
    assert finished(reading, make_draft(passages=(0,), source=(1, 2))).source == ()


def test_source_around_its_cue_keeps_its_longer_side() -> None:
    reading = read_table("""
        The     DT   det     mayor
        mayor   NN   nsubj   said
        later   RB   advmod  said
        said    VBD  ROOT    -       say
        that    IN   mark    failed
        it      PRP  nsubj   failed
        failed  VBD  ccomp   said    fail
        .       .    punct   said
    """)
    draft = make_draft((5, 7), cue=(2, 4), source=(0, 5))
    assert [span.of(reading.text) for span in finished(reading, draft).source] == ["The mayor"]


@pytest.mark.parametrize(
    "draft", [pytest.param(make_draft(), id="nothing"), pytest.param(make_draft((7, 8)), id="signs")]
)
def test_draft_without_a_word_of_content_is_none(draft: Draft) -> None:
    assert finish(read_table(SPLIT), draft) is None


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        pytest.param(make_draft((6, 10)), QuoteKind.DIRECT, id="all-in-marks"),
        pytest.param(make_draft((2, 12)), QuoteKind.MIXED, id="some-in-marks"),
        pytest.param(make_draft((2, 5)), QuoteKind.INDIRECT, id="none-in-marks"),
    ],
)
def test_kind_follows_the_marks(draft: Draft, kind: QuoteKind) -> None:
    assert finished(read_table(MIXED), draft).kind is kind


def test_marks_around_a_mixed_quote_are_no_outer_marks() -> None:
    reading = read_table(MIXED)
    assert finished(reading, make_draft((2, 12))).outer_marks == ()
    assert [mark.of(reading.text) for mark in finished(reading, make_draft((6, 10))).outer_marks] == ["“", "”"]


def test_draft_hands_on_what_it_knows() -> None:
    attribution = finished(read_table(SPLIT), make_draft(passages=(0,)))
    assert (attribution.rule, attribution.score, attribution.act) == ("clause", 0.8, Act.WRITING)


def test_question_is_asked_outside_of_the_content() -> None:
    reading = read_table("""
        Did     VBD  aux    say     do
        she     PRP  nsubj  say
        say     VB   ROOT   -
        that    IN   mark   failed
        it      PRP  nsubj  failed
        failed  VBD  ccomp  say     fail
        ?       .    punct  say
    """)
    draft = make_draft((3, 6), cue=(2, 3))
    assert finished(reading, draft).assertion is Assertion.QUESTION


def test_question_inside_the_content_is_the_speaker_s() -> None:
    reading = read_table("""
        Did   VBD  aux    say   do
        she   PRP  nsubj  say
        say   VB   ROOT   -
        :     :    punct  say
        “     ``   punct  say   "
        Who   WP   nsubj  goes
        goes  VBZ  ccomp  say   go
        ?     .    punct  say
        ”     ''   punct  say   "
    """)
    draft = make_draft(passages=(0,), cue=(2, 3))
    assert finished(reading, draft).assertion is Assertion.ASSERTED


def test_claimed_passage_is_known_to_draft_and_owner() -> None:
    owner: dict[int, Draft] = {}
    draft = make_draft(passages=(0,))
    claim(owner, draft, 2)
    assert (draft.passages, owner) == ([0, 2], {2: draft})


def test_claimed_passages_are_those_of_all_drafts() -> None:
    assert claimed([make_draft(passages=(0, 2)), make_draft(), make_draft(passages=(1,))]) == {0, 1, 2}
