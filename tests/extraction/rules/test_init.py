"""What the rules promise of whole texts; what holds for any text is in test_any_text."""

import pytest

from quotesmith.records import Act, Assertion, QuoteKind
from tests.extraction.found import find_quotes

MID_CLAUSE = """
    The     DT   det        museum
    museum  NN   nsubj      open
    ,       ,    punct      said
    Mr.     NNP  compound   Lee     Mr.
    Lee     NNP  nsubj      said    Lee  PERSON
    said    VBD  parataxis  open    say
    ,       ,    punct      said
    would   MD   aux        open
    open    VB   ROOT       -
    in      IN   prep       open
    May     NNP  pobj       in      May  DATE
    .       .    punct      open
"""


def test_cue_after_a_passage_closes_it() -> None:
    [quote] = find_quotes("""
        “       ``   punct     said    "
        The     DT   det       talks
        talks   NNS  nsubj     failed  talk
        failed  VBD  ccomp     said    fail
        ,       ,    punct     said
        ”       ''   punct     said    "
        Ann     NNP  compound  Lee     Ann     PERSON
        Lee     NNP  nsubj     said    Lee     PERSON
        said    VBD  ROOT      -       say
        on      IN   prep      said
        Monday  NNP  pobj      on      Monday  DATE
        .       .    punct     said
    """)
    assert (quote.content, quote.cue, quote.source) == (["“The talks failed,”"], "said", "Ann Lee")


def test_cue_before_a_passage_introduces_it() -> None:
    [quote] = find_quotes("""
        Ann        NNP  compound  Lee     Ann       PERSON
        Lee        NNP  nsubj     told    Lee       PERSON
        told       VBD  ROOT      -       tell
        reporters  NNS  dobj      told    reporter
        :          :    punct     told
        “          ``   punct     told    "
        The        DT   det       talks
        talks      NNS  nsubj     failed  talk
        failed     VBD  ccomp     told    fail
        .          .    punct     told
        ”          ''   punct     told    "
    """)
    assert (quote.content, quote.cue, quote.source) == (["“The talks failed.”"], "told", "Ann Lee")


def test_cue_between_the_halves_of_a_sentence_makes_one_quote() -> None:
    [quote] = find_quotes("""
        “          ``   punct     said    "
        The        DT   det       talks
        talks      NNS  nsubj     failed  talk
        failed     VBD  ccomp     said    fail
        ,          ,    punct     said
        ”          ''   punct     said    "
        Ann        NNP  compound  Lee     Ann   PERSON
        Lee        NNP  nsubj     said    Lee   PERSON
        said       VBD  ROOT      -       say
        ,          ,    punct     said
        “          ``   punct     said    "
        and        CC   cc        is
        nobody     NN   nsubj     is
        is         VBZ  ccomp     said    be
        surprised  JJ   acomp     is
        .          .    punct     said
        ”          ''   punct     said    "
    """)
    assert quote.content == ["“The talks failed,”", "“and nobody is surprised.”"]
    assert quote.source == "Ann Lee"


def test_sentence_after_a_closing_cue_goes_on_with_the_quote() -> None:
    [quote] = find_quotes("""
        “          ``   punct     said    "
        The        DT   det       talks
        talks      NNS  nsubj     failed  talk
        failed     VBD  ccomp     said    fail
        ,          ,    punct     said
        ”          ''   punct     said    "
        Ann        NNP  compound  Lee     Ann   PERSON
        Lee        NNP  nsubj     said    Lee   PERSON
        said       VBD  ROOT      -       say
        .          .    punct     said
        “          ``   punct     is      "
        Nobody     NN   nsubj     is
        is         VBZ  ROOT      -       be
        surprised  JJ   acomp     is
        .          .    punct     is
        ”          ''   punct     is      "
    """)
    assert quote.content == ["“The talks failed,”", "“Nobody is surprised.”"]


def test_cue_with_a_colon_after_a_finished_quote_belongs_to_the_next() -> None:
    first, second = find_quotes("""
        She   PRP  nsubj  said
        said  VBD  ROOT   -       say
        :     :    punct  said
        “     ``   punct  said    "
        Go    VB   xcomp  said
        .     .    punct  said#1
        ”     ''   punct  said#1  "
        He    PRP  nsubj  said
        said  VBD  ROOT   -       say
        :     :    punct  said
        “     ``   punct  said    "
        No    UH   intj   said
        .     .    punct  said
        ”     ''   punct  said    "
    """)
    assert (first.content, first.source) == (["“Go.”"], "She")
    assert (second.content, second.source) == (["“No.”"], "He")


def test_speech_of_many_paragraphs_is_one_quote() -> None:
    [quote] = find_quotes("""
        Ann     NNP  compound  Lee     Ann   PERSON
        Lee     NNP  nsubj     said    Lee   PERSON
        said    VBD  ROOT      -       say
        :       :    punct     said
        “       ``   punct     said    "
        The     DT   det       talks
        talks   NNS  nsubj     failed  talk
        failed  VBD  ccomp     said    fail
        .       .    punct     said

        “          ``   punct  is  "
        Nobody     NN   nsubj  is
        is         VBZ  ROOT   -   be
        surprised  JJ   acomp  is
        .          .    punct  is

        “     ``   punct   go  "
        We    PRP  nsubj   go
        go    VBP  ROOT    -
        home  RB   advmod  go
        .     .    punct   go
        ”     ''   punct   go  "
    """)
    assert quote.content == ["“The talks failed.", "“Nobody is surprised.", "“We go home.”"]
    assert quote.attribution.kind is QuoteKind.DIRECT


def test_adjacent_passages_are_one_quote() -> None:
    [quote] = find_quotes("""
        “       ``   punct     failed  "
        The     DT   det       talks
        talks   NNS  nsubj     failed  talk
        failed  VBD  ROOT      -       fail
        .       .    punct     failed
        ”       ''   punct     failed  "
        “       ``   punct     said    "
        We      PRP  nsubj     go
        go      VBP  ccomp     said
        home    RB   advmod    go
        ,       ,    punct     said
        ”       ''   punct     said    "
        Ann     NNP  compound  Lee     Ann   PERSON
        Lee     NNP  nsubj     said    Lee   PERSON
        said    VBD  ROOT      -       say
        .       .    punct     said
    """)
    assert quote.content == ["“The talks failed.” “We go home,”"]


def test_manner_verb_beside_a_passage_is_a_cue() -> None:
    [quote] = find_quotes("""
        “       ``   punct   smiled  "
        Go      VB   advcl   smiled
        home    RB   advmod  Go
        ,       ,    punct   smiled
        ”       ''   punct   smiled  "
        she     PRP  nsubj   smiled
        smiled  VBD  ROOT    -       smile
        .       .    punct   smiled
    """)
    assert (quote.content, quote.cue, quote.source) == (["“Go home,”"], "smiled", "she")


def test_start_of_the_sentence_that_a_passage_ends_belongs_to_the_quote() -> None:
    [quote] = find_quotes("""
        The    DT   det     talks
        talks  NNS  nsubj   went   talk
        “      ``   punct   went   "
        went   VBD  ccomp   said   go
        well   RB   advmod  went
        ”      ''   punct   said   "
        ,      ,    punct   said
        he     PRP  nsubj   said
        said   VBD  ROOT    -      say
        .      .    punct   said
    """)
    assert (quote.content, quote.source) == (["The talks “went well”"], "he")
    assert quote.attribution.kind is QuoteKind.MIXED


@pytest.mark.parametrize(
    ("table", "content"),
    [
        pytest.param(
            """
            According  VBG  prep      failed     accord
            to         IN   prep      According
            Ann        NNP  compound  Lee        Ann     PERSON
            Lee        NNP  pobj      to         Lee     PERSON
            ,          ,    punct     failed
            the        DT   det       talks
            talks      NNS  nsubj     failed     talk
            failed     VBD  ROOT      -          fail
            .          .    punct     failed
        """,
            ["the talks failed"],
            id="start",
        ),
        pytest.param(
            """
            But        CC   cc        failed
            according  VBG  prep      failed     accord
            to         IN   prep      according
            Ann        NNP  compound  Lee        Ann     PERSON
            Lee        NNP  pobj      to         Lee     PERSON
            ,          ,    punct     failed
            the        DT   det       talks
            talks      NNS  nsubj     failed     talk
            failed     VBD  ROOT      -          fail
            .          .    punct     failed
        """,
            ["the talks failed"],
            id="after-but",
        ),
        pytest.param(
            """
            The        DT   det       talks
            talks      NNS  nsubj     failing    talk
            ,          ,    punct     failing
            according  VBG  prep      failing    accord
            to         IN   prep      according
            Ann        NNP  compound  Lee        Ann     PERSON
            Lee        NNP  pobj      to         Lee     PERSON
            ,          ,    punct     failing
            were       VBD  aux       failing    be
            failing    VBG  ROOT      -          fail
            .          .    punct     failing
        """,
            ["The talks", "were failing"],
            id="middle",
        ),
        pytest.param(
            """
            The        DT   det       talks
            talks      NNS  nsubj     failed     talk
            failed     VBD  ROOT      -          fail
            ,          ,    punct     failed
            according  VBG  prep      failed     accord
            to         IN   prep      according
            Ann        NNP  compound  Lee        Ann     PERSON
            Lee        NNP  pobj      to         Lee     PERSON
            .          .    punct     failed
        """,
            ["The talks failed"],
            id="end",
        ),
    ],
)
def test_according_to_reports_the_rest_of_its_sentence(table: str, content: list[str]) -> None:
    [quote] = find_quotes(table)
    assert (quote.content, quote.cue.lower(), quote.source) == (content, "according to", "Ann Lee")


def test_label_of_a_transcript_is_a_source() -> None:
    [quote] = find_quotes("""
        PENCE  NNP  npadvmod  win  PENCE
        :      :    punct     win
        We     PRP  nsubj     win
        will   MD   aux       win
        win    VB   ROOT      -
        .      .    punct     win
    """)
    assert (quote.content, quote.cue, quote.source) == (["We will win"], ":", "PENCE")


def test_name_and_colon_before_a_passage_are_source_and_cue() -> None:
    [quote] = find_quotes("""
        Angela  NNP  compound  Merkel  Angela  PERSON
        Merkel  NNP  ROOT      -       Merkel  PERSON
        :       :    punct     Merkel
        “       ``   punct     Merkel  "
        We      PRP  nsubj     win
        will    MD   aux       win
        win     VB   acl       Merkel
        .       .    punct     Merkel
        ”       ''   punct     Merkel  "
    """)
    assert (quote.content, quote.cue, quote.source) == (["“We will win.”"], ":", "Angela Merkel")


def test_dash_and_name_after_a_passage_sign_it() -> None:
    [quote] = find_quotes("""
        “     ``   punct     win  "
        We    PRP  nsubj     win
        will  MD   aux       win
        win   VB   ROOT      -
        .     .    punct     win
        ”     ''   punct     win  "
        —     :    punct     Roe
        Jane  NNP  compound  Roe  Jane  PERSON
        Roe   NNP  ROOT      -    Roe   PERSON
    """)
    assert (quote.content, quote.cue, quote.source) == (["“We will win.”"], "—", "Jane Roe")


@pytest.mark.parametrize(
    ("table", "content"),
    [
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann   PERSON
            Lee     NNP  nsubj     said    Lee   PERSON
            said    VBD  ROOT      -       say
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     said    fail
            .       .    punct     said
        """,
            ["that the talks failed"],
            id="that",
        ),
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann   PERSON
            Lee     NNP  nsubj     said    Lee   PERSON
            said    VBD  ROOT      -       say
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     said    fail
            .       .    punct     said
        """,
            ["the talks failed"],
            id="no-that",
        ),
        pytest.param(
            """
            The     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     said    fail
            ,       ,    punct     said
            said    VBD  ROOT      -       say
            Ann     NNP  compound  Lee     Ann   PERSON
            Lee     NNP  nsubj     said    Lee   PERSON
            .       .    punct     said
        """,
            ["The talks failed"],
            id="inverted",
        ),
        pytest.param(
            """
                Ann     NNP  compound  Lee     Ann    PERSON
                Lee     NNP  nsubj     left    Lee    PERSON
                left    VBD  ROOT      -       leave
                the     DT   det       room
                room    NN   dobj      left
                and     CC   cc        left
                said    VBD  conj      left    say
                that    IN   mark      failed
                the     DT   det       talks
                talks   NNS  nsubj     failed  talk
                failed  VBD  ccomp     said    fail
                .       .    punct     left
            """,
            ["that the talks failed"],
            id="conjoined",
        ),
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann   PERSON
            Lee     NNP  nsubj     went    Lee   PERSON
            went    VBD  ROOT      -       go
            home    RB   advmod    went
            ,       ,    punct     went
            adding  VBG  advcl     went    add
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     adding  fail
            .       .    punct     went
        """,
            ["that the talks failed"],
            id="participle",
        ),
    ],
)
def test_reported_clause_is_content_of_its_verb(table: str, content: list[str]) -> None:
    [quote] = find_quotes(table)
    assert (quote.content, quote.source) == (content, "Ann Lee")
    assert quote.attribution.kind is QuoteKind.INDIRECT


def test_comment_clause_is_a_hole_in_its_content() -> None:
    [quote] = find_quotes(MID_CLAUSE)
    assert (quote.content, quote.source) == (["The museum", "would open in May"], "Mr. Lee")


def test_relative_pronoun_is_the_source_of_its_clause() -> None:
    [quote] = find_quotes("""
        Ann     NNP  compound  Lee     Ann   PERSON
        Lee     NNP  nsubj     went    Lee   PERSON
        ,       ,    punct     Lee
        who     WP   nsubj     said
        said    VBD  relcl     Lee     say
        that    IN   mark      failed
        the     DT   det       talks
        talks   NNS  nsubj     failed  talk
        failed  VBD  ccomp     said    fail
        ,       ,    punct     Lee
        went    VBD  ROOT      -       go
        home    RB   advmod    went
        .       .    punct     went
    """)
    assert (quote.content, quote.source) == (["that the talks failed"], "who")


def test_passive_without_an_agent_has_no_source() -> None:
    [quote] = find_quotes("""
        Ann     NNP  compound   Lee     Ann   PERSON
        Lee     NNP  nsubjpass  told    Lee   PERSON
        was     VBD  auxpass    told    be
        told    VBN  ROOT       -       tell
        that    IN   mark       failed
        the     DT   det        talks
        talks   NNS  nsubj      failed  talk
        failed  VBD  ccomp      told    fail
        .       .    punct      told
    """)
    assert (quote.content, quote.cue, quote.source) == (["that the talks failed"], "was told", "")


def test_clause_with_some_words_in_marks_is_mixed() -> None:
    [quote] = find_quotes("""
        Ann       NNP  compound  Lee    Ann   PERSON
        Lee       NNP  nsubj     said   Lee   PERSON
        said      VBD  ROOT      -      say
        the       DT   det       talks
        talks     NNS  nsubj     were   talk
        were      VBD  ccomp     said   be
        “         ``   punct     were   "
        a         DT   det       waste
        waste     NN   attr      were
        of        IN   prep      waste
        time      NN   pobj      of
        ”         ''   punct     waste  "
        for       IN   prep      waste
        everyone  NN   pobj      for
        .         .    punct     said
    """)
    assert quote.content == ["the talks were “a waste of time” for everyone"]
    assert quote.attribution.kind is QuoteKind.MIXED


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            """
            The      DT   det     experts
            “        ``   punct   experts  "
            experts  NNS  nsubj   went     expert
            ”        ''   punct   experts  "
            went     VBD  ROOT    -        go
            home     RB   advmod  went
            .        .    punct   went
        """,
            id="scare-quotes",
        ),
        pytest.param(
            """
            She    PRP  nsubj  read
            read   VBD  ROOT   -
            “      ``   punct  read   "
            War    NNP  dobj   read   War    WORK_OF_ART
            and    CC   cc     War    -      WORK_OF_ART
            Peace  NNP  conj   War    Peace  WORK_OF_ART
            ”      ''   punct  read   "
            on     IN   prep   read
            the    DT   det    train
            train  NN   pobj   on
            .      .    punct  read
        """,
            id="title",
        ),
        pytest.param(
            """
            Ann      NNP  compound  Lee      Ann    PERSON
            Lee      NNP  nsubj     thanked  Lee    PERSON
            thanked  VBD  ROOT      -        thank
            him      PRP  dobj      thanked  he
            .        .    punct     thanked
        """,
            id="pronoun-object",
        ),
        pytest.param("", id="empty"),
        pytest.param("”  ''  ROOT  -", id="only-a-mark"),
    ],
)
def test_text_without_speech_has_no_quote(table: str) -> None:
    assert find_quotes(table) == []


def test_speech_without_a_cue_is_a_quote_without_a_source() -> None:
    [quote] = find_quotes("""
        “      ``   punct   win    "
        We     PRP  nsubj   win
        will   MD   aux     win
        win    VB   ROOT    -
        this   DT   det     war
        war    NN   dobj    win
        .      .    punct   win
        ”      ''   punct   win    "
        The    DT   det     crowd
        crowd  NN   nsubj   went
        went   VBD  ROOT    -      go
        home   RB   advmod  went
        .      .    punct   went
    """)
    assert (quote.content, quote.cue, quote.source) == (["“We will win this war.”"], "", "")


def test_passage_that_is_a_predicate_takes_what_it_is_said_of() -> None:
    [quote] = find_quotes("""
        The      DT   det    plan
        plan     NN   nsubj  is
        “        ``   punct  is       "
        is       VBZ  ROOT   -        be
        not      RB   neg    is
        against  IN   prep   is
        anyone   NN   pobj   against
        ”        ''   punct  against  "
        in       IN   prep   is
        the      DT   det    region
        region   NN   pobj   in
        .        .    punct  is
    """)
    assert quote.content == ["The plan “is not against anyone”"]
    assert quote.attribution.kind is QuoteKind.MIXED


def test_title_in_a_source_is_no_content() -> None:
    [quote] = find_quotes("""
        “       ``   punct     said    "
        We      PRP  nsubj     win
        will    MD   aux       win
        win     VB   ccomp     said
        ,       ,    punct     said
        ”       ''   punct     said    "
        said    VBD  ROOT      -       say
        Ann     NNP  compound  Lee     Ann     PERSON
        Lee     NNP  nsubj     said    Lee     PERSON
        ,       ,    punct     Lee
        author  NN   appos     Lee
        of      IN   prep      author
        “       ``   punct     of      "
        War     NNP  pobj      of      War     WORK_OF_ART
        and     CC   cc        War     -       WORK_OF_ART
        Peace   NNP  conj      War     Peace   WORK_OF_ART
        ,       ,    punct     Lee
        ”       ''   punct     said    "
        on      IN   prep      said
        Monday  NNP  pobj      on      Monday  DATE
        .       .    punct     said
    """)
    assert quote.content == ["“We will win,”"]


@pytest.mark.parametrize(
    ("table", "assertion"),
    [
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann   PERSON
            Lee     NNP  nsubj     said    Lee   PERSON
            said    VBD  ROOT      -       say
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     said    fail
            .       .    punct     said
        """,
            Assertion.ASSERTED,
            id="said",
        ),
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann   PERSON
            Lee     NNP  nsubj     say     Lee   PERSON
            did     VBD  aux       say     do
            not     RB   neg       say
            say     VB   ROOT      -
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     say     fail
            .       .    punct     say
        """,
            Assertion.NEGATED,
            id="did-not-say",
        ),
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann   PERSON
            Lee     NNP  nsubj     say     Lee   PERSON
            would   MD   aux       say
            say     VB   ROOT      -
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     say     fail
            .       .    punct     say
        """,
            Assertion.HYPOTHETICAL,
            id="would-say",
        ),
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann   PERSON
            Lee     NNP  nsubj     say     Lee   PERSON
            will    MD   aux       say
            say     VB   ROOT      -
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     say     fail
            .       .    punct     say
        """,
            Assertion.FUTURE,
            id="will-say",
        ),
        pytest.param(
            """
            Did     VBD  aux       say     do
            Ann     NNP  compound  Lee     Ann   PERSON
            Lee     NNP  nsubj     say     Lee   PERSON
            say     VBP  ROOT      -
            that    IN   mark      failed
            the     DT   det       talks
            talks   NNS  nsubj     failed  talk
            failed  VBD  ccomp     say     fail
            ?       .    punct     say
        """,
            Assertion.QUESTION,
            id="did-she-say",
        ),
    ],
)
def test_assertion_follows_the_verb_group(table: str, assertion: Assertion) -> None:
    [quote] = find_quotes(table)
    assert quote.attribution.assertion is assertion


@pytest.mark.parametrize(
    ("table", "content", "act", "rule"),
    [
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann    PERSON
            Lee     NNP  nsubj     thinks  Lee    PERSON
            thinks  VBZ  ROOT      -       think
            that    IN   mark      end
            the     DT   det       war
            war     NN   nsubj     end
            will    MD   aux       end
            end     VB   ccomp     thinks
            .       .    punct     thinks
        """,
            "that the war will end",
            Act.THOUGHT,
            "clause",
            id="thinks",
        ),
        pytest.param(
            """
            Ann    NNP  compound  Lee    Ann    PERSON
            Lee    NNP  nsubj     wrote  Lee    PERSON
            wrote  VBD  ROOT      -      write
            that   IN   mark      end
            the    DT   det       war
            war    NN   nsubj     end
            will   MD   aux       end
            end    VB   ccomp     wrote
            .      .    punct     wrote
        """,
            "that the war will end",
            Act.WRITING,
            "clause",
            id="wrote",
        ),
        pytest.param(
            """
            Ann       NNP  compound  Lee       Ann      PERSON
            Lee       NNP  nsubj     promised  Lee      PERSON
            promised  VBD  ROOT      -         promise
            to        TO   aux       end
            end       VB   xcomp     promised
            the       DT   det       war
            war       NN   dobj      end
            .         .    punct     promised
        """,
            "to end the war",
            Act.SPEECH,
            "infinitive",
            id="promised",
        ),
        pytest.param(
            """
            Ann        NNP  compound  Lee        Ann      PERSON
            Lee        NNP  nsubj     condemned  Lee      PERSON
            condemned  VBD  ROOT      -          condemn
            the        DT   det       war
            war        NN   dobj      condemned
            .          .    punct     condemned
        """,
            "the war",
            Act.ATTITUDE,
            "nominal",
            id="condemned",
        ),
        pytest.param(
            """
            Ann      NNP  compound  Lee      Ann     PERSON
            Lee      NNP  nsubj     opposes  Lee     PERSON
            opposes  VBZ  ROOT      -        oppose
            the      DT   det       war
            war      NN   dobj      opposes
            .        .    punct     opposes
        """,
            "the war",
            Act.ATTITUDE,
            "nominal",
            id="opposes",
        ),
        pytest.param(
            """
            Ann     NNP  compound  Lee     Ann   PERSON
            Lee     NNP  nsubj     called  Lee   PERSON
            called  VBD  ROOT      -       call
            for     IN   prep      called
            peace   NN   pobj      for
            in      IN   prep      peace
            the     DT   det       region
            region  NN   pobj      in
            .       .    punct     called
        """,
            "peace in the region",
            Act.SPEECH,
            "prepositional",
            id="called-for",
        ),
    ],
)
def test_act_and_frame_follow_the_lexicon(table: str, content: str, act: Act, rule: str) -> None:
    [quote] = find_quotes(table)
    assert quote.content == [content]
    assert (quote.attribution.act, quote.attribution.rule) == (act, rule)


def test_quote_inside_a_quote_names_its_parent() -> None:
    outer, inner = find_quotes("""
        “     ``   punct     said  "
        He    PRP  nsubj     told
        told  VBD  ccomp     said  tell
        me    PRP  dobj      told  I
        that  IN   mark      was
        the   DT   det       war
        war   NN   nsubj     was
        was   VBD  ccomp     told  be
        over  RB   advmod    was
        ,     ,    punct     said
        ”     ''   punct     said  "
        Ann   NNP  compound  Lee   Ann   PERSON
        Lee   NNP  nsubj     said  Lee   PERSON
        said  VBD  ROOT      -     say
        .     .    punct     said
    """)
    assert (outer.source, outer.attribution.parent) == ("Ann Lee", None)
    assert (inner.content, inner.source, inner.attribution.parent) == (["that the war was over"], "He", 0)


def test_outer_marks_are_those_at_the_edges() -> None:
    [quote] = find_quotes("""
        “       ``   punct   smiled  "
        Go      VB   advcl   smiled
        home    RB   advmod  Go
        ,       ,    punct   smiled
        ”       ''   punct   smiled  "
        she     PRP  nsubj   smiled
        smiled  VBD  ROOT    -       smile
        .       .    punct   smiled
    """)
    text = "“Go home,” she smiled."
    assert [mark.of(text) for mark in quote.attribution.outer_marks] == ["“", "”"]


def test_signed_passage_does_not_go_on_with_the_quote_before() -> None:
    first, second = find_quotes("""
        “     ``   punct     said  "
        We    PRP  nsubj     go
        go    VBP  ccomp     said
        ,     ,    punct     said
        ”     ''   punct     said  "
        she   PRP  nsubj     said
        said  VBD  ROOT      -     say
        .     .    punct     said
        “     ``   punct     win   "
        We    PRP  nsubj     win
        will  MD   aux       win
        win   VB   ROOT      -
        .     .    punct     win
        ”     ''   punct     win   "
        —     :    punct     Roe
        Jane  NNP  compound  Roe   Jane  PERSON
        Roe   NNP  ROOT      -     Roe   PERSON
    """)
    assert (first.content, first.source) == (["“We go,”"], "she")
    assert (second.content, second.source) == (["“We will win.”"], "Jane Roe")


def test_clause_after_a_closing_cue_is_no_content() -> None:
    # The parser made the next clause an object of the cue.
    [quote] = find_quotes("""
        “      ``   punct  said
        We     PRP  nsubj  go
        go     VBP  ccomp  said
        ,      ,    punct  said
        ”      ''   punct  said
        she    PRP  nsubj  said
        said   VBD  ROOT   -     say
        ,      ,    punct  said
        he     PRP  nsubj  left
        left   VBD  ccomp  said  leave
        .      .    punct  said
    """)
    assert quote.content == ["“We go,”"]


def test_passage_after_a_colon_is_not_the_next_sentences() -> None:
    [found] = find_quotes("""
        Fox    NNP  nsubj  asked  -    PERSON
        asked  VBD  ROOT   -      ask
        :      :    punct  asked
        “      ``   punct  asked  "
        Why    WRB  ccomp  asked
        ?      .    punct  asked
        ”      ''   punct  asked  "
        He     PRP  nsubj  sighed
        sighed VBD  ROOT   -      sigh
        .      .    punct  sighed
    """)
    assert (found.cue, found.source, found.content) == ("asked", "Fox", ["“Why?”"])


@pytest.mark.parametrize(("who", "cue"), [pytest.param("he", "sighed", id="goes-on"), pytest.param("He", "", id="new")])
def test_capital_tells_a_new_sentence_after_a_question(who: str, cue: str) -> None:
    [found] = find_quotes(f"""
        “       ``   punct  Why  "
        Why     WRB  ROOT   -
        ?       .    punct  Why
        ”       ''   punct  Why  "
        {who}   PRP  nsubj  sighed
        sighed  VBD  ROOT   -    sigh
        .       .    punct  sighed
    """)
    assert found.cue == cue


def test_clause_in_a_statement_is_what_was_said() -> None:
    stated = """
        Ann        NNP  nsubj  said       -          PERSON
        said       VBD  ROOT   -          say
        in         IN   prep   said
        a          DT   det    statement
        statement  NN   pobj   in
        that       WDT  dobj   fell
        profits    NNS  nsubj  fell       profit
        fell       VBD  relcl  statement  fall
    """
    [found] = find_quotes(stated)
    assert (found.cue, found.source, found.content) == ("said", "Ann", ["that profits fell"])


def test_report_within_direct_speech_is_indirect_without_marks_of_its_own() -> None:
    inner = """
        “        ``   punct  praised  "
        We       PRP  nsubj  praised
        praised  VBD  ccomp  said     praise
        the      DT   det    plan
        plan     NN   dobj   praised
        ,        ,    punct  said
        ”        ''   punct  said     "
        Ann      NNP  nsubj  said     -       PERSON
        said     VBD  ROOT   -        say
    """
    outer, within = find_quotes(inner)
    assert (outer.attribution.kind, within.attribution.kind) == (QuoteKind.DIRECT, QuoteKind.INDIRECT)


def test_refusal_is_negated() -> None:
    refused = """
        Fox      NNP  nsubj  refused  -       PERSON
        refused  VBD  ROOT   -        refuse
        to       TO   aux    answer
        answer   VB   xcomp  refused
    """
    [found] = find_quotes(refused)
    assert found.attribution.assertion is Assertion.NEGATED
