import pytest

from quotesmith.extraction.rules.quotations import assign_passages
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.records import Act
from tests.extraction.found import read_table, words_of

LEXICON = load_reporting()


def assigned(table: str) -> list[tuple[str, str, list[int]]]:
    """Cue, source and passages of each draft, in the order of their cues."""
    reading = read_table(table)
    drafts = [draft for _, draft in sorted(assign_passages(reading, LEXICON).items())]
    return [(words_of(reading, d.cue), words_of(reading, d.source), sorted(d.passages)) for d in drafts]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            """
            “     ``   punct  said  "
            We    PRP  nsubj  go
            go    VBP  ccomp  said
            ,     ,    punct  said
            ”     ''   punct  said  "
            she   PRP  nsubj  said
            said  VBD  ROOT   -     say
            .     .    punct  said
        """,
            [("said", "she", [0])],
            id="after",
        ),
        pytest.param(
            """
            “     ``   punct     said  "
            We    PRP  nsubj     go
            go    VBP  ccomp     said
            ,     ,    punct     said
            ”     ''   punct     said  "
            said  VBD  ROOT      -     say
            Ann   NNP  compound  Lee   Ann  PERSON
            Lee   NNP  nsubj     said  Lee  PERSON
            .     .    punct     said
        """,
            [("said", "Ann Lee", [0])],
            id="after-inverted",
        ),
        pytest.param(
            """
            “     ``   punct   go    "
            We    PRP  nsubj   go
            go    VBP  ROOT    -
            .     .    punct   go
            ”     ''   punct   go    "
            She   PRP  nsubj   said
            said  VBD  ROOT    -     say
            so    RB   advmod  said
            .     .    punct   said
        """,
            [],
            id="new-sentence-after-a-full-stop",
        ),
        pytest.param(
            """
            “        ``   punct  go       "
            We       PRP  nsubj  go
            go       VBP  ROOT   -
            !        .    punct  go
            ”        ''   punct  go       "
            she      PRP  nsubj  shouted
            shouted  VBD  ROOT   -        shout
            .        .    punct  shouted
        """,
            [("shouted", "she", [0])],
            id="after-an-exclamation",
        ),
        pytest.param(
            """
            She   PRP  nsubj  said
            said  VBD  ROOT   -     say
            ,     ,    punct  said
            “     ``   punct  said  "
            We    PRP  nsubj  go
            go    VBP  ccomp  said
            .     .    punct  said
            ”     ''   punct  said  "
        """,
            [("said", "She", [0])],
            id="before-with-comma",
        ),
        pytest.param(
            """
            She     PRP  nsubj  told
            told    VBD  ROOT   -      tell
            the     DT   det    crowd
            crowd   NN   dobj   told
            on      IN   prep   told
            Monday  NNP  pobj   on     Monday  DATE
            :       :    punct  told
            “       ``   punct  told   "
            We      PRP  nsubj  go
            go      VBP  ccomp  told
            .       .    punct  told
            ”       ''   punct  told   "
        """,
            [("told", "She", [0])],
            id="before-with-colon",
        ),
        pytest.param(
            """
            She   PRP  nsubj   said
            said  VBD  ROOT    -     say
            that  IN   mark    go
            “     ``   punct   go    "
            we    PRP  nsubj   go
            must  MD   aux     go
            go    VB   ccomp   said
            now   RB   advmod  go
            .     .    punct   said
            ”     ''   punct   said  "
        """,
            [("said", "She", [0])],
            id="before-with-that",
        ),
        pytest.param(
            """
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
        """,
            [("said", "she", [0, 1])],
            id="between",
        ),
        pytest.param(
            """
            “     ``   punct  said  "
            We    PRP  nsubj  go
            go    VBP  ccomp  said
            ,     ,    punct  said
            ”     ''   punct  said  "
            she   PRP  nsubj  said
            said  VBD  ROOT   -     say
            .     .    punct  said
            “     ``   punct  stay  "
            You   PRP  nsubj  stay
            stay  VBP  ROOT   -
            .     .    punct  stay
            ”     ''   punct  stay  "
        """,
            [("said", "she", [0, 1])],
            id="goes-on",
        ),
        pytest.param(
            """
            “        ``   punct  laughed  "
            We       PRP  nsubj  go
            go       VBP  ccomp  laughed
            ,        ,    punct  laughed
            ”        ''   punct  laughed  "
            she      PRP  nsubj  laughed
            laughed  VBD  ROOT   -        laugh
            .        .    punct  laughed
        """,
            [("laughed", "she", [0])],
            id="manner",
        ),
        pytest.param(
            """
            “          ``   punct  corrected  "
            We         PRP  nsubj  go
            go         VBP  ccomp  corrected
            ,          ,    punct  corrected
            ”          ''   punct  corrected  "
            she        PRP  nsubj  corrected
            corrected  VBD  ROOT   -          correct
            .          .    punct  corrected
        """,
            [("corrected", "she", [0])],
            id="unknown-verb-after-a-comma",
        ),
        pytest.param(
            """
            Angela  NNP  compound  Merkel  Angela  PERSON
            Merkel  NNP  npadvmod  go      Merkel  PERSON
            :       :    punct     Merkel
            “       ``   punct     Merkel  "
            We      PRP  nsubj     go
            go      VBP  ROOT      -
            .       .    punct     go
            ”       ''   punct     go      "
        """,
            [(":", "Angela Merkel", [0])],
            id="label",
        ),
        pytest.param(
            """
            She   PRP  nsubj  said
            said  VBD  ROOT   -     say
            :     :    punct  said

            “   ``   punct  go  "
            We  PRP  nsubj  go
            go  VBP  ROOT   -
            .   .    punct  go
            ”   ''   punct  go  "
        """,
            [("said", "She", [0])],
            id="paragraph-before",
        ),
    ],
)
def test_passage_belongs_to_the_cue_beside_it(table: str, expected: list[tuple[str, str, list[int]]]) -> None:
    assert assigned(table) == expected


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
            The      DT   det    rain
            rain     NN   nsubj  stopped
            stopped  VBD  ROOT   -        stop
            .        .    punct  stopped
        """,
            id="narrative-after",
        ),
        pytest.param(
            """
            “        ``   punct  go       "
            We       PRP  nsubj  go
            go       VBP  ROOT   -
            ,        ,    punct  go
            ”        ''   punct  go       "
            and      CC   cc     go
            the      DT   det    rain
            rain     NN   nsubj  stopped
            stopped  VBD  conj   go       stop
            .        .    punct  stopped
        """,
            id="conjunction-after",
        ),
        pytest.param(
            """
            The      DT   det    rain
            rain     NN   nsubj  stopped
            stopped  VBD  ROOT   -        stop
            .        .    punct  stopped
            “        ``   punct  go       "
            We       PRP  nsubj  go
            go       VBP  ROOT   -
            .        .    punct  go
            ”        ''   punct  go       "
        """,
            id="narrative-before",
        ),
        pytest.param(
            """
            She     PRP  nsubj  said
            said    VBD  ROOT   -       say
            the     DT   det    talks
            “       ``   punct  talks   "
            talks   NNS  nsubj  failed  talk
            ”       ''   punct  talks   "
            failed  VBD  ccomp  said    fail
            .       .    punct  said
        """,
            id="term",
        ),
        pytest.param(
            """
            She    PRP  nsubj   read
            read   VBD  ROOT    -
            “      ``   punct   read  "
            War    NNP  dobj    read  War    WORK_OF_ART
            and    CC   cc      War   -      WORK_OF_ART
            Peace  NNP  conj    War   Peace  WORK_OF_ART
            ”      ''   punct   read  "
            there  RB   advmod  read
            .      .    punct   read
        """,
            id="title",
        ),
        pytest.param(
            """
            “          ``   punct  go         "
            We         PRP  nsubj  go
            go         VBP  ROOT   -
            .          .    punct  go
            ”          ''   punct  go         "
            According  VBG  prep   stay       accord
            to         IN   prep   According
            her        PRP  pobj   to         she
            ,          ,    punct  stay
            “          ``   punct  stay       "
            we         PRP  nsubj  stay
            stay       VBP  ROOT   -
            .          .    punct  stay
            ”          ''   punct  stay       "
        """,
            id="according-to",
        ),
    ],
)
def test_passage_without_a_cue_beside_it_is_nobody_s(table: str) -> None:
    assert assigned(table) == []


def test_two_cues_have_their_own_passages() -> None:
    table = """
        “     ``   punct  said  "
        We    PRP  nsubj  go
        go    VBP  ccomp  said
        ,     ,    punct  said
        ”     ''   punct  said  "
        she   PRP  nsubj  said
        said  VBD  ROOT   -     say
        .     .    punct  said
        He    PRP  nsubj  said
        said  VBD  ROOT   -     say
        :     :    punct  said
        “     ``   punct  said  "
        I     PRP  nsubj  stay  I
        stay  VBP  ccomp  said
        .     .    punct  said
        ”     ''   punct  said  "
    """
    assert assigned(table) == [("said", "she", [0]), ("said", "He", [1])]


def test_cue_with_a_colon_after_a_finished_sentence_is_the_next_passage_s() -> None:
    table = """
        “     ``   punct  go    "
        We    PRP  nsubj  go
        go    VBP  ROOT   -
        !     .    punct  go
        ”     ''   punct  go    "
        He    PRP  nsubj  said
        said  VBD  ROOT   -     say
        :     :    punct  said
        “     ``   punct  said  "
        I     PRP  nsubj  stay  I
        stay  VBP  ccomp  said
        .     .    punct  said
        ”     ''   punct  said  "
    """
    assert assigned(table) == [("said", "He", [1])]


def test_passage_right_before_a_claimed_one_goes_with_it() -> None:
    assert assigned("""
        “     ``   punct  go    "
        We    PRP  nsubj  go
        go    VBP  ROOT   -
        .     .    punct  go
        ”     ''   punct  go    "
        “     ``   punct  said  "
        You   PRP  nsubj  stay
        stay  VBP  ccomp  said
        ,     ,    punct  said
        ”     ''   punct  said  "
        she   PRP  nsubj  said
        said  VBD  ROOT   -     say
        .     .    punct  said
    """) == [("said", "she", [0, 1])]


def test_name_beside_a_verb_without_subject_is_its_source() -> None:
    # The parser made the name an object.
    table = """
        “     ``   punct  said
        No    UH   ccomp  said
        ,     ,    punct  said
        ”     ''   punct  said
        said  VBD  ROOT   -     say
        Ann   NNP  dobj   said
        """
    assert assigned(table) == [("said", "Ann", [0])]


def test_act_is_that_of_the_verb() -> None:
    drafts = assign_passages(
        read_table("""
        “      ``   punct  wrote  "
        We     PRP  nsubj  go
        go     VBP  ccomp  wrote
        ,      ,    punct  wrote
        ”      ''   punct  wrote  "
        she    PRP  nsubj  wrote
        wrote  VBD  ROOT   -      write
        .      .    punct  wrote
    """),
        LEXICON,
    )
    assert [draft.act for draft in drafts.values()] == [Act.WRITING]


def test_start_of_the_sentence_that_a_passage_ends_is_a_piece() -> None:
    reading = read_table("""
        The    DT   det     talks
        talks  NNS  nsubj   went   talk
        “      ``   punct   went   "
        went   VBD  ccomp   said   go
        well   RB   advmod  went
        ,      ,    punct   said
        ”      ''   punct   said   "
        she    PRP  nsubj   said
        said   VBD  ROOT    -      say
        .      .    punct   said
    """)
    [draft] = assign_passages(reading, LEXICON).values()
    assert [words_of(reading, piece) for piece in draft.pieces] == ["The talks"]
