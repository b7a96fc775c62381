import pytest

from quotesmith.extraction.rules.drafts import Draft
from quotesmith.extraction.rules.passages import find_uncued, is_title, join_continued, without_unspoken
from quotesmith.parsed_text import ParsedText, TokenRange
from tests.extraction.found import read_table, words_of

UNCLOSED = """
    “   ``   punct  go  "
    We  PRP  nsubj  go
    go  VBP  ROOT   -
    .   .    punct  go

    “     ``   punct  stay  "
    You   PRP  nsubj  stay
    stay  VBP  ROOT   -
    .     .    punct  stay

    “   ``  punct  No  "
    No  UH  ROOT   -
    .   .   punct  No
    ”   ''  punct  No  "
"""
NEWS = """
    “   ``   punct  go  "
    We  PRP  nsubj  go
    go  VBP  ROOT   -
    .   .    punct  go
    ”   ''   punct  go  "

    “     ``   punct  stay  "
    You   PRP  nsubj  stay
    stay  VBP  ROOT   -
    .     .    punct  stay
    ”     ''   punct  stay  "
"""
NARRATIVE_BETWEEN = """
    “   ``   punct  go  "
    We  PRP  nsubj  go
    go  VBP  ROOT   -
    .   .    punct  go
    ”   ''   punct  go  "

    Rain  NN   nsubj  fell
    fell  VBD  ROOT   -     fall
    .     .    punct  fell

    “     ``   punct  stay  "
    You   PRP  nsubj  stay
    stay  VBP  ROOT   -
    .     .    punct  stay
    ”     ''   punct  stay  "
"""
DIALOGUE = """
    “   ``   punct  go  "
    We  PRP  nsubj  go
    go  VBP  ROOT   -
    .   .    punct  go
    ”   ''   punct  go  "

    “     ``   punct  stay  "
    You   PRP  nsubj  stay
    stay  VBP  ROOT   -
    .     .    punct  stay
    ”     ''   punct  stay  "

    “   ``  punct  No  "
    No  UH  ROOT   -
    .   .   punct  No
    ”   ''  punct  No  "

    “    ``   punct  Why  "
    Why  WRB  ROOT   -
    ?    .    punct  Why
    ”    ''   punct  Why  "

    “   ``  punct  So  "
    So  RB  ROOT   -
    .   .   punct  So
    ”   ''  punct  So  "
"""


def draft_of(*passages: int) -> Draft:
    return Draft(rule="test", passages=list(passages))


def uncued(table: str) -> list[list[int]]:
    return [draft.passages for draft in find_uncued(read_table(table), [])]


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [
        pytest.param(UNCLOSED, [0], [0, 1, 2], id="unclosed-goes-on"),
        pytest.param(UNCLOSED, [2], [0, 1, 2], id="unclosed-before-the-cue"),
        pytest.param(NEWS, [0], [0, 1], id="bare-paragraph-goes-on"),
        pytest.param(NEWS, [1], [1], id="bare-paragraph-before-is-another"),
        pytest.param(NARRATIVE_BETWEEN, [0], [0], id="narrative-between"),
        pytest.param(DIALOGUE, [0], [0], id="turns-of-a-dialogue"),
    ],
)
def test_speech_goes_on_in_the_next_paragraph(table: str, before: list[int], after: list[int]) -> None:
    draft = draft_of(*before)
    join_continued(read_table(table), [draft])
    assert sorted(draft.passages) == after


def test_paragraph_of_another_draft_stays_its_own() -> None:
    first, second = draft_of(0), draft_of(1)
    join_continued(read_table(NEWS), [first, second])
    assert (first.passages, second.passages) == ([0], [1])


def test_speech_that_grammar_found_goes_on_too() -> None:
    reading = read_table(NEWS)
    draft = Draft(rule="test", pieces=[reading.passages[0].tokens])
    join_continued(reading, [draft])
    assert draft.passages == [1]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            """
            “     ``   punct   go    "
            We    PRP  nsubj   go
            go    VBP  ROOT    -
            home  RB   advmod  go
            .     .    punct   go
            ”     ''   punct   go    "
            She   PRP  nsubj   left
            left  VBD  ROOT    -     leave
            .     .    punct   left
        """,
            id="sentence",
        ),
        pytest.param(
            """
            “     ``   punct  No    "
            No    UH   ROOT   -
            .     .    punct  No
            ”     ''   punct  No    "
            She   PRP  nsubj  left
            left  VBD  ROOT   -     leave
            .     .    punct  left
        """,
            id="short-sentence",
        ),
        pytest.param(
            """
            The    DT  det       war
            war    NN  nsubj     end
            “      ``  punct     end   "
            will   MD  aux       end
            not    RB  neg       end
            end    VB  ROOT      -
            this   DT  det       year  -  DATE
            year   NN  npadvmod  end   -  DATE
            ”      ''  punct     end   "
            there  RB  advmod    end
            .      .   punct     end
        """,
            id="finite-verb",
        ),
        pytest.param(
            """
            “     ``   punct  said  "
            He    PRP  nsubj  said
            said  VBD  ROOT   -     say
            ‘     ``   punct  said  '
            no    UH   intj   said
            .     .    punct  said
            ’     ''   punct  said  '
            ”     ''   punct  said  "
            She   PRP  nsubj  left
            left  VBD  ROOT   -     leave
            .     .    punct  left
        """,
            id="stop-inside-an-inner-mark",
        ),
    ],
)
def test_passage_that_says_something_is_speech(table: str) -> None:
    assert uncued(table) == [[0]]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            """
            The      DT   det    experts
            “        ``   punct  experts  "
            experts  NNS  nsubj  left     expert
            ”        ''   punct  experts  "
            left     JJ   ROOT   -
            .        .    punct  left
        """,
            id="scare-quotes",
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
            The      DT   det     plan
            “        ``   punct   plan     "
            so       RB   advmod  helpful
            very     RB   advmod  helpful
            helpful  JJ   amod    plan
            old      JJ   amod    plan
            plan     NN   nsubj   failed
            ”        ''   punct   plan     "
            failed   VBD  ROOT    -        fail
            .        .    punct   failed
        """,
            id="no-finite-verb",
        ),
        pytest.param(
            """
            The    DT   det    word
            word   NN   nsubj  is
            “      ``   punct  go    "
            go     VB   acl    word
            .      .    punct  word
            ”      ''   punct  word  "
            is     VBZ  ROOT   -     be
            short  JJ   acomp  is
            .      .    punct  is
        """,
            id="stop-inside-a-sentence",
        ),
        pytest.param("“ `` ROOT -\n… . punct “\n” '' punct “", id="no-word"),
    ],
)
def test_passage_that_says_nothing_is_no_speech(table: str) -> None:
    assert uncued(table) == []


def test_passages_side_by_side_are_one_quote() -> None:
    assert uncued("""
        “     ``   punct  go    "
        We    PRP  nsubj  go
        go    VBP  ROOT   -
        .     .    punct  go
        ”     ''   punct  go    "
        “     ``   punct  stay  "
        You   PRP  nsubj  stay
        stay  VBP  ROOT   -
        .     .    punct  stay
        ”     ''   punct  stay  "
        She   PRP  nsubj  left
        left  VBD  ROOT   -     leave
        .     .    punct  left
    """) == [[0, 1]]


def test_paragraphs_of_an_unclosed_speech_are_one_quote() -> None:
    assert uncued(UNCLOSED) == [[0, 1, 2]]


def test_passages_that_have_a_cue_are_left_out() -> None:
    reading = read_table(NEWS)
    assert [draft.passages for draft in find_uncued(reading, [draft_of(0)])] == [[1]]


def test_passages_inside_content_are_left_out() -> None:
    reading = read_table(NEWS)
    everything = Draft(rule="test", pieces=[TokenRange(0, len(reading.doc))])
    assert find_uncued(reading, [everything]) == []


def test_predicate_takes_what_it_is_said_of() -> None:
    reading = read_table("""
        She      PRP  nsubj   left
        left     VBD  ROOT    -        leave
        .        .    punct   left
        The      DT   det     plan
        plan     NN   nsubj   is
        “        ``   punct   is       "
        is       VBZ  ROOT    -        be
        not      RB   neg     is
        against  IN   prep    is
        anyone   NN   pobj    against
        ”        ''   punct   is       "
        there    RB   advmod  is
        .        .    punct   is
    """)
    [draft] = find_uncued(reading, [])
    assert [words_of(reading, piece) for piece in draft.pieces] == ["The plan"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
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
            True,
            id="important-words",
        ),
        pytest.param(
            """
            She    PRP  nsubj  read
            read   VBD  ROOT   -
            “      ``   punct  read   "
            War    NNP  dobj   read   War    WORK_OF_ART
            and    CC   cc     War    -      WORK_OF_ART
            Peace  NNP  conj   War    Peace  WORK_OF_ART
            .      .    punct  read
            ”      ''   punct  read   "
            there  RB   ROOT   -
            .      .    punct  there
        """,
            False,
            id="with-a-stop",
        ),
        pytest.param(
            """
            She    PRP  nsubj   read
            read   VBD  ROOT    -
            “      ``   punct   read  "
            Emma   NNP  dobj    read  Emma  PERSON
            ”      ''   punct   read  "
            there  RB   advmod  read
            .      .    punct   read
        """,
            False,
            id="one-word",
        ),
        pytest.param(
            """
            She    PRP  nsubj   read
            read   VBD  ROOT    -
            “      ``   punct   read  "
            STOP   VB   xcomp   read  -    WORK_OF_ART
            THE    DT   det     WAR   -    WORK_OF_ART
            WAR    NNP  dobj    STOP  WAR  WORK_OF_ART
            ”      ''   punct   STOP  "
            there  RB   advmod  STOP
            .      .    punct   read
        """,
            False,
            id="capitals",
        ),
        pytest.param(
            """
            It       PRP  nsubj   is
            “        ``   punct   is       "
            is       VBZ  ROOT    -        be
            not      RB   neg     is
            against  IN   prep    is
            anyone   NN   pobj    against
            ”        ''   punct   is       "
            there    RB   advmod  is
            .        .    punct   is
        """,
            False,
            id="only-small-words",
        ),
        pytest.param(
            """
            “        ``   punct  is       "
            We       PRP  nsubj  marched
            marched  VBD  prep   “        march
            to       IN   prep   marched
            Rome     NNP  pobj   to       Rome   GPE
            ”        ''   punct  marched  "
            is       VBZ  ROOT   -        be
            short    JJ   acomp  is
            .        .    punct  is
        """,
            False,
            id="sentence",
        ),
    ],
)
def test_title_is_told_by_its_capitals(table: str, expected: bool) -> None:  # noqa: FBT001
    reading = read_table(table)
    assert is_title(reading, reading.passages[0]) is expected


def draft_at(reading: ParsedText, form: str) -> Draft:
    place = next(token.i for token in reading.doc if token.text == form)
    return Draft(rule="test", cue=TokenRange(place, place + 1))


def test_cue_in_a_title_is_dropped() -> None:
    reading = read_table("""
        Her   PRP$  poss    book
        book  NN    nsubj   sold
        “     ``    punct   book  "
        What  WP    dobj    Said
        Ann   NNP   nsubj   Said  Ann   PERSON
        Said  VBD   appos   book  say   PERSON
        ”     ''    punct   Said  "
        sold  VBD   ROOT    -     sell
        well  RB    advmod  sold
        .     .     punct   sold
    """)
    outside = draft_at(reading, "sold")
    assert without_unspoken(reading, [draft_at(reading, "Said"), outside]) == [outside]


def test_cue_in_a_title_is_dropped_with_its_own_content() -> None:
    reading = read_table("""
        Her   PRP$  poss    book
        book  NN    nsubj   sold
        “     ``    punct   book  "
        What  WP    dobj    Said
        Ann   NNP   nsubj   Said  Ann   PERSON
        Said  VBD   appos   book  say   PERSON
        ”     ''    punct   Said  "
        sold  VBD   ROOT    -     sell
        well  RB    advmod  sold
        .     .     punct   sold
    """)
    draft = draft_at(reading, "Said")
    draft.pieces.append(TokenRange(3, 5))
    assert without_unspoken(reading, [draft]) == []


def test_cue_in_speech_is_kept() -> None:
    reading = read_table("""
        “     ``   punct  said  "
        He    PRP  nsubj  said
        said  VBD  ROOT   -     say
        no    UH   intj   said
        .     .    punct  said
        ”     ''   punct  said  "
        She   PRP  nsubj  left
        left  VBD  ROOT   -     leave
        .     .    punct  left
    """)
    drafts = [draft_at(reading, "said"), draft_of(0)]
    assert without_unspoken(reading, drafts) == drafts


def test_cue_in_a_passage_of_another_s_content_is_kept() -> None:
    reading = read_table("""
        “     ``   punct  said  "
        He    PRP  nsubj  said
        said  VBD  ROOT   -     say
        no    UH   intj   said
        .     .    punct  said
        ”     ''   punct  said  "
        She   PRP  nsubj  left
        left  VBD  ROOT   -     leave
        .     .    punct  left
    """)
    drafts = [draft_at(reading, "said"), Draft(rule="test", pieces=[TokenRange(0, 6)])]
    assert without_unspoken(reading, drafts) == drafts
