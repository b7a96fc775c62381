import pytest
from spacy.tokens import Token

from quotesmith.extraction.rules.clauses import find_source, find_subject, is_passive, starts_relative_clause
from quotesmith.parsed_text import ParsedText
from tests.extraction.found import read_table, words_of

SAID = """
    Ann     NNP  compound  Lee     Ann   PERSON
    Lee     NNP  nsubj     said    Lee   PERSON
    said    VBD  ROOT      -       say
    that    IN   mark      failed
    the     DT   det       talks
    talks   NNS  nsubj     failed  talk
    failed  VBD  ccomp     said    fail
    .       .    punct     said
"""
TOLD = """
    Ann     NNP  compound   Lee     Ann   PERSON
    Lee     NNP  nsubjpass  told    Lee   PERSON
    was     VBD  auxpass    told    be
    told    VBN  ROOT       -       tell
    that    IN   mark       failed
    the     DT   det        talks
    talks   NNS  nsubj      failed  talk
    failed  VBD  ccomp      told    fail
    .       .    punct      told
"""


def verb_of(reading: ParsedText, form: str) -> Token:
    return next(token for token in reading.doc if token.text == form)


@pytest.mark.parametrize(
    ("table", "verb", "source"),
    [
        pytest.param(SAID, "said", "Ann Lee", id="subject"),
        pytest.param(
            """
            “     ``   punct     said  "
            Go    VB   ccomp     said
            home  RB   advmod    Go
            ,     ,    punct     said
            ”     ''   punct     said  "
            said  VBD  ROOT      -     say
            Ann   NNP  compound  Lee   Ann  PERSON
            Lee   NNP  nsubj     said  Lee  PERSON
            .     .    punct     said
        """,
            "said",
            "Ann Lee",
            id="subject-after-the-verb",
        ),
        pytest.param(
            """
            The        DT   det        plan
            plan       NN   nsubjpass  described
            was        VBD  auxpass    described  be
            described  VBN  ROOT       -          describe
            by         IN   agent      described
            Ann        NNP  compound   Lee        Ann       PERSON
            Lee        NNP  pobj       by         Lee       PERSON
            as         IN   prep       described
            a          DT   det        mistake
            mistake    NN   pobj       as
            .          .    punct      described
        """,
            "described",
            "Ann Lee",
            id="agent",
        ),
        pytest.param(TOLD, "told", "", id="passive-without-agent"),
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann    PERSON
            Lee     NNP  nsubj     left    Lee    PERSON
            left    VBD  ROOT      -       leave
            and     CC   cc        left
            said    VBD  conj      left    say
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     said    fail
            .       .    punct     left
        """,
            "said",
            "Ann Lee",
            id="conjoined",
        ),
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann    PERSON
            Lee     NNP  nsubj     left    Lee    PERSON
            left    VBD  ROOT      -       leave
            ,       ,    punct     left
            saying  VBG  advcl     left    say
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     saying  fail
            .       .    punct     left
        """,
            "saying",
            "Ann Lee",
            id="participle",
        ),
        pytest.param(
            """
            A          DT   det    statement
            statement  NN   ROOT   -
            saying     VBG  acl    statement  say
            that       IN   mark   failed
            the        DT   det    talks
            talks      NNS  nsubj  failed     talk
            failed     VBD  ccomp  saying     fail
            surprised  VBD  ccomp  saying     surprise
            us         PRP  dobj   surprised  we
            .          .    punct  statement
        """,
            "saying",
            "A statement",
            id="modified-noun",
        ),
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann   PERSON
            Lee     NNP  ROOT      -       Lee   PERSON
            ,       ,    punct     Lee
            who     WP   nsubj     said
            said    VBD  relcl     Lee     say
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     said    fail
            ,       ,    punct     failed
            left    JJ   advcl     said
            .       .    punct     Lee
        """,
            "said",
            "who",
            id="relative-pronoun",
        ),
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann    PERSON
            Lee     NNP  nsubj     said    Lee    PERSON
            ,       ,    punct     Lee
            who     WP   nsubj     left
            left    VBD  relcl     Lee     leave
            ,       ,    punct     Lee
            said    VBD  ROOT      -       say
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     said    fail
            .       .    punct     said
        """,
            "said",
            "Ann Lee",
            id="without-relative-clause",
        ),
        pytest.param(
            """
            The     DT     det    mayor
            mayor   NN     nsubj  said
            of      IN     prep   mayor
            the     DT     det    town
            town    NN     pobj   of
            (       -LRB-  punct  mayor
            a       DT     det    friend
            friend  NN     appos  mayor
            )       -RRB-  punct  mayor
            said    VBD    ROOT   -       say
            that    IN     mark   failed
            the     DT     det    talks
            talks   NNS    nsubj  failed  talk
            failed  VBD    ccomp  said    fail
            .       .      punct  said
        """,
            "said",
            "The mayor of the town (a friend)",
            id="with-brackets",
        ),
        pytest.param(
            """
            Say     VB   ROOT   -
            that    IN   mark   failed
            the     DT   det    talks
            talks   NNS  nsubj  failed  talk
            failed  VBD  ccomp  Say     fail
            .       .    punct  Say
        """,
            "Say",
            "",
            id="imperative",
        ),
    ],
)
def test_source_is_who_does_what_the_verb_says(table: str, verb: str, source: str) -> None:
    reading = read_table(table)
    assert words_of(reading, find_source(reading, verb_of(reading, verb))) == source


def test_title_at_the_end_of_a_source_keeps_its_marks() -> None:
    reading = read_table(
        """
            Ann     NNP  compound  Lee     Ann    PERSON
            Lee     NNP  nsubj     said    Lee    PERSON
            ,       ,    punct     Lee
            the     DT   det       host
            host    NN   appos     Lee
            of      IN   prep      host
            “       ``   punct     of      "
            Late    NNP  compound  Night   Late   WORK_OF_ART
            Night   NNP  pobj      of      Night  WORK_OF_ART
            ,       ,    punct     said
            ”       ''   punct     said    "
            said    VBD  ROOT      -       say
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     said    fail
            .       .    punct     said
        """
    )
    source = words_of(reading, find_source(reading, verb_of(reading, "said")))
    assert source == "Ann Lee, the host of “Late Night,”"


def test_speech_in_a_subject_is_no_part_of_the_source() -> None:
    # The parser took the speech before the name for a part of the subject.
    reading = read_table(
        """
        Ann   NNP  nsubj    said  -  PERSON
        “     ``   punct    Ann
        we    PRP  nsubj    will
        will  MD   relcl    Ann
        go    VB   ccomp    will
        to    IN   prep     go
        the   DT   det      sea
        sea   NN   pobj     to
        now   RB   advmod   go
        ”     ''   punct    Ann
        said  VBD  ROOT     -     say
        """
    )
    assert words_of(reading, find_source(reading, verb_of(reading, "said"))) == "Ann"


def test_subject_is_the_verb_s_own() -> None:
    reading = read_table(SAID)
    subject = find_subject(reading, verb_of(reading, "failed"))
    assert subject is not None
    assert subject.text == "talks"


def test_verb_without_subject_has_none() -> None:
    reading = read_table("""
        Say     VB   ROOT   -
        that    IN   mark   failed
        the     DT   det    talks
        talks   NNS  nsubj  failed  talk
        failed  VBD  ccomp  Say     fail
        .       .    punct  Say
    """)
    assert find_subject(reading, verb_of(reading, "Say")) is None


def test_passive_is_told_by_its_helper() -> None:
    reading = read_table(TOLD)
    assert is_passive(reading, verb_of(reading, "told"))
    assert not is_passive(reading, verb_of(reading, "failed"))


def test_comma_before_a_relative_word_starts_a_relative_clause() -> None:
    doc = read_table("""
        Ann     NNP  compound  Lee     Ann    PERSON
        Lee     NNP  nsubj     said    Lee    PERSON
        ,       ,    punct     Lee
        who     WP   nsubj     left
        left    VBD  relcl     Lee     leave
        ,       ,    punct     Lee
        said    VBD  ROOT      -       say
        that    IN   mark      failed
        the     DT   det       talks
        talks   NNS  nsubj     failed  talk
        failed  VBD  ccomp     said    fail
        .       .    punct     said
    """).doc
    assert [token.i for token in doc if starts_relative_clause(doc, token.i)] == [2]


MET = """
    Ann     NNP  nsubjpass  met    -    PERSON
    was     VBD  auxpass    met    be
    met     VBN  ROOT       -      meet
    and     CC   cc         met
    saying  VBG  {link}     met    say
    so      RB   advmod     saying
"""


@pytest.mark.parametrize(
    ("link", "source"),
    [pytest.param("conj", "Ann", id="conjoined"), pytest.param("advcl", "", id="dependent")],
)
def test_subject_of_a_passive_speaks_only_in_a_conjoined_verb(link: str, source: str) -> None:
    reading = read_table(MET.format(link=link))
    assert words_of(reading, find_source(reading, verb_of(reading, "saying"))) == source


def test_bare_participle_has_not_the_main_subject_as_source() -> None:
    asked = """
        Asked    VBN  advcl  smiled  ask
        whether  IN   mark   rise
        taxes    NNS  nsubj  rise    tax
        rise     VBP  ccomp  Asked
        ,        ,    punct  smiled
        Ann      NNP  nsubj  smiled  -     PERSON
        smiled   VBD  ROOT   -       smile
    """
    reading = read_table(asked)
    assert find_source(reading, reading.doc[0]) is None
