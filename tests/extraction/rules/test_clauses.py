import pytest
from spacy.tokens import Token

from quotesmith.extraction.rules.clauses import find_content, find_cue
from quotesmith.lexicon.reporting import Frame, load_reporting
from quotesmith.parsed_text import ParsedText
from tests.extraction.found import find_quotes, read_table, words_of

LEXICON = load_reporting()


def verb_of(reading: ParsedText, form: str) -> Token:
    return next(token for token in reading.doc if token.text == form)


@pytest.mark.parametrize(
    ("table", "verb", "cue"),
    [
        pytest.param(
            """
            Ann     NNP  nsubj  said    Ann   PERSON
            said    VBD  ROOT   -       say
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  said    fail
            .       .    punct  said
        """,
            "said",
            "said",
            id="bare",
        ),
        pytest.param(
            """
            Ann     NNP  nsubj  said    Ann   PERSON
            has     VBZ  aux    said    have
            not     RB   neg    said
            said    VBN  ROOT   -       say
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  said    fail
            .       .    punct  said
        """,
            "said",
            "has not said",
            id="helpers",
        ),
        pytest.param(
            """
            Ann      NNP  nsubj  pointed  Ann    PERSON
            pointed  VBD  ROOT   -        point
            out      RP   prt    pointed
            that     IN   mark   failed
            it       PRP  nsubj  failed
            failed   VBD  ccomp  pointed  fail
            .        .    punct  pointed
        """,
            "pointed",
            "pointed out",
            id="particle",
        ),
        pytest.param(
            """
            Ann     NNP  nsubj   said    Ann
            later   RB   advmod  said
            said    VBD  ROOT    -       say
            that    IN   mark    failed
            it      PRP  nsubj   failed
            failed  VBD  ccomp   said    fail
            .       .    punct   said
        """,
            "said",
            "later said",
            id="adverb-beside",
        ),
        pytest.param(
            """
            Did     VBD  aux    say     do
            Ann     NNP  nsubj  say     Ann   PERSON
            say     VB   ROOT   -
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  say     fail
            ?       .    punct  say
        """,
            "say",
            "say",
            id="helper-apart",
        ),
    ],
)
def test_cue_is_the_verb_with_what_belongs_to_it(table: str, verb: str, cue: str) -> None:
    reading = read_table(table)
    assert words_of(reading, find_cue(reading, verb_of(reading, verb))) == cue


@pytest.mark.parametrize(
    ("table", "verb", "frame", "pieces"),
    [
        pytest.param(
            """
            Ann     NNP  nsubj  said    Ann   PERSON
            said    VBD  ROOT   -       say
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  said    fail
            .       .    punct  said
        """,
            "said",
            Frame.CLAUSE,
            ["that it failed"],
            id="clause-after",
        ),
        pytest.param(
            """
            It      PRP  nsubj  failed
            failed  VBD  ccomp  said    fail
            ,       ,    punct  said
            Ann     NNP  nsubj  said    Ann   PERSON
            said    VBD  ROOT   -       say
            .       .    punct  said
        """,
            "said",
            Frame.CLAUSE,
            ["It failed,"],
            id="clause-before",
        ),
        pytest.param(
            """
            The     DT   det        plan
            plan    NN   nsubj      failed
            ,       ,    punct      said
            Ann     NNP  nsubj      said    Ann   PERSON
            said    VBD  parataxis  failed  say
            ,       ,    punct      said
            failed  VBD  ROOT       -       fail
            last    JJ   amod       year    -     DATE
            year    NN   npadvmod   failed  -     DATE
            .       .    punct      failed
        """,
            "said",
            Frame.CLAUSE,
            ["The plan,", ", failed last year."],
            id="clause-around",
        ),
        pytest.param(
            """
            The     DT   det    plan
            plan    NN   nsubj  failed
            failed  VBD  ROOT   -       fail
            ,       ,    punct  failed
            as      IN   mark   points
            Ann     NNP  nsubj  points  Ann    PERSON
            points  VBZ  advcl  failed  point
            out     RP   prt    points
            .       .    punct  failed
        """,
            "points",
            Frame.CLAUSE,
            ["The plan failed,", "."],
            id="as-clause",
        ),
        pytest.param(
            """
            Ann       NNP  nsubj   promised  Ann      PERSON
            promised  VBD  ROOT    -         promise
            to        TO   aux     go
            go        VB   xcomp   promised
            home      RB   advmod  go
            .         .    punct   promised
        """,
            "promised",
            Frame.INFINITIVE,
            ["to go home"],
            id="infinitive",
        ),
        pytest.param(
            """
            Ann     NNP  nsubj  called  Ann   PERSON
            called  VBD  ROOT   -       call
            for     IN   prep   called
            peace   NN   pobj   for
            with    IN   prep   peace
            Rome    NNP  pobj   with    Rome  GPE
            .       .    punct  called
        """,
            "called",
            Frame.PREPOSITIONAL,
            ["peace with Rome"],
            id="prepositional",
        ),
        pytest.param(
            """
            Ann        NNP  nsubj  condemned  Ann      PERSON
            condemned  VBD  ROOT   -          condemn
            the        DT   det    war
            war        NN   dobj   condemned
            ,          ,    punct  war
            which      WDT  nsubj  began
            began      VBD  relcl  war        begin
            in         IN   prep   began
            May        NNP  pobj   in         May      DATE
            .          .    punct  condemned
        """,
            "condemned",
            Frame.NOMINAL,
            ["the war"],
            id="nominal-without-relative-clause",
        ),
        pytest.param(
            """
            Ann      NNP  nsubj  called   Ann   PERSON
            called   VBD  ROOT   -        call
            the      DT   det    war
            war      NN   dobj   called
            a        DT   det    mistake
            mistake  NN   oprd   called
            .        .    punct  called
        """,
            "called",
            Frame.NOMINAL,
            ["the war a mistake"],
            id="nominal-with-predicate",
        ),
    ],
)
def test_content_is_what_the_frame_gives(table: str, verb: str, frame: Frame, pieces: list[str]) -> None:
    reading = read_table(table)
    content = find_content(reading, verb_of(reading, verb), LEXICON)
    assert content is not None
    assert content.frame is frame
    assert [words_of(reading, piece) for piece in content.pieces] == pieces


@pytest.mark.parametrize(
    ("table", "verb"),
    [
        pytest.param(
            """
            Ann      NNP  nsubj  walked  Ann   PERSON
            walked   VBD  ROOT   -       walk
            because  IN   mark   failed
            it       PRP  nsubj  failed
            failed   VBD  advcl  walked  fail
            .        .    punct  walked
        """,
            "walked",
            id="no-reporting-verb",
        ),
        pytest.param(
            """
            Ann   NNP  nsubj   said  Ann  PERSON
            said  VBD  ROOT    -     say
            so    RB   advmod  said
            .     .    punct   said
        """,
            "said",
            id="no-clause",
        ),
        pytest.param(
            """
            Ann        NNP  nsubj  condemned  Ann      PERSON
            condemned  VBD  ROOT   -          condemn
            it         PRP  dobj   condemned
            .          .    punct  condemned
        """,
            "condemned",
            id="pronoun",
        ),
        pytest.param(
            """
            The        DT   det        war
            war        NN   nsubjpass  condemned
            was        VBD  auxpass    condemned  be
            condemned  VBN  ROOT       -          condemn
            in         IN   prep       condemned
            Rome       NNP  pobj       in         Rome     GPE
            .          .    punct      condemned
        """,
            "condemned",
            id="passive",
        ),
        pytest.param(
            """
            Ann    NNP  nsubj  asked  Ann  PERSON
            asked  VBD  ROOT   -      ask
            .      .    punct  asked
        """,
            "asked",
            id="verb-alone",
        ),
        pytest.param(
            """
            Freddy  NNP  nsubj      left    Freddy  PERSON
            ,       ,    punct      Freddy
            as      IN   mark       known
            he      PRP  nsubjpass  known
            was     VBD  auxpass    known   be
            known   VBN  advcl      Freddy  know
            ,       ,    punct      Freddy
            left    JJ   ROOT       -
            .       .    punct      left
        """,
            "known",
            id="name-in-passing",
        ),
    ],
)
def test_verb_without_content_in_its_frame_has_none(table: str, verb: str) -> None:
    reading = read_table(table)
    assert find_content(reading, verb_of(reading, verb), LEXICON) is None


def test_clause_in_a_passage_that_a_sentence_parts_from_the_verb_is_not_its_content() -> None:
    reading = read_table(
        """
        “      ``   punct  went
        Go     VB   ccomp  said
        .      .    punct  went
        ”      ''   punct  went
        Rain   NN   nsubj  went
        went   VBD  ROOT   -
        on     RP   prt    went
        .      .    punct  went
        Ann    NNP  nsubj  said
        said   VBD  conj   went  say
        """
    )
    assert find_content(reading, verb_of(reading, "said"), LEXICON) is None


def test_sentence_around_a_comment_goes_on_beyond_what_the_parser_gives_it() -> None:
    # The parser took the sentence's verb for one of the comment's own.
    reading = read_table("""
        The     DT   det    plan
        plan    NN   ccomp  said
        ,       ,    punct  said
        Ann     NNP  nsubj  said
        said    VBD  ROOT   -       say
        ,       ,    punct  said
        failed  VBD  conj   said    fail
        .       .    punct  said
    """)
    content = find_content(reading, verb_of(reading, "said"), LEXICON)
    assert content is not None
    assert [words_of(reading, piece) for piece in content.pieces] == ["The plan,", ", failed."]


def test_naming_verb_without_a_name_reports_nothing() -> None:
    called = """
        He      PRP  nsubj  called
        called  VBD  ROOT   -       call
        an      DT   det    vote
        early   JJ   amod   vote
        vote    NN   dobj   called
    """
    assert find_quotes(called) == []


def test_content_before_its_verb_ends_at_a_semicolon() -> None:
    growth = """
        Prices  NNS  nsubj  fell   price
        fell    VBD  ccomp  rose   fall
        ;       :    punct  rose
        rents   NNS  nsubj  rose   rent
        rose    VBD  ccomp  said   rise
        ,       ,    punct  said
        Ann     NNP  nsubj  said   -     PERSON
        said    VBD  ROOT   -      say
    """
    [found] = find_quotes(growth)
    assert found.content == ["rents rose"]
