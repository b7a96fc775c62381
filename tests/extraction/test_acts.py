import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotesmith.extraction.acts import find_act, find_assertion
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.records import Act, Assertion, TextSpan, TextSpans
from tests.docs import make_doc
from tests.random_docs import parsed_docs

LEXICON = load_reporting()


def spans_of(doc: Doc, words: str) -> TextSpans:
    """Where the words stand in the text; none where they don't."""
    start = doc.text.find(words)
    return () if start < 0 or not words else (TextSpan(start, start + len(words)),)


def act_of(table: str, cue: str) -> Act:
    doc = make_doc(table)
    return find_act(doc, spans_of(doc, cue), LEXICON)


def assertion_of(table: str, *, cue: str, content: str = "") -> Assertion:
    doc = make_doc(table)
    return find_assertion(doc, spans_of(doc, cue), spans_of(doc, content), LEXICON)


@pytest.mark.parametrize(
    ("table", "verb", "assertion"),
    [
        pytest.param(
            """
            She     PRP  nsubj  said
            said    VBD  ROOT   -       say
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  said    fail
            .       .    punct  said
        """,
            "said",
            Assertion.ASSERTED,
            id="said",
        ),
        pytest.param(
            """
            She     PRP  nsubj  said
            has     VBZ  aux    said    have
            said    VBN  ROOT   -       say
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  said    fail
            .       .    punct  said
        """,
            "said",
            Assertion.ASSERTED,
            id="has-said",
        ),
        pytest.param(
            """
            She     PRP  nsubj  say
            did     VBD  aux    say     do
            not     RB   neg    say
            say     VB   ROOT   -
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  say     fail
            .       .    punct  say
        """,
            "say",
            Assertion.NEGATED,
            id="did-not-say",
        ),
        pytest.param(
            """
            She     PRP  nsubj  said
            never   RB   neg    said
            said    VBD  ROOT   -       say
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  said    fail
            .       .    punct  said
        """,
            "said",
            Assertion.NEGATED,
            id="never-said",
        ),
        pytest.param(
            """
            She       PRP  nsubj  declined
            declined  VBD  ROOT   -         decline
            to        TO   aux    say
            say       VB   xcomp  declined
            that      IN   mark   failed
            it        PRP  nsubj  failed
            failed    VBD  ccomp  say       fail
            .         .    punct  declined
        """,
            "say",
            Assertion.NEGATED,
            id="declined-to-say",
        ),
        pytest.param(
            """
            She     PRP  nsubj  want
            did     VBD  aux    want    do
            not     RB   neg    want
            want    VB   ROOT   -
            to      TO   aux    say
            say     VB   xcomp  want
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  say     fail
            .       .    punct  want
        """,
            "say",
            Assertion.NEGATED,
            id="did-not-want-to-say",
        ),
        pytest.param(
            """
            She     PRP  nsubj  say
            might   MD   aux    say
            say     VB   ROOT   -
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  say     fail
            .       .    punct  say
        """,
            "say",
            Assertion.HYPOTHETICAL,
            id="might-say",
        ),
        pytest.param(
            """
            If      IN   mark   says
            she     PRP  nsubj  says
            says    VBZ  advcl  failed  say
            no      UH   intj   says
            ,       ,    punct  failed
            it      PRP  nsubj  failed
            failed  VBD  ROOT   -       fail
            .       .    punct  failed
        """,
            "says",
            Assertion.HYPOTHETICAL,
            id="if-she-says",
        ),
        pytest.param(
            """
            She     PRP  nsubj  say
            will    MD   aux    say
            say     VB   ROOT   -
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  say     fail
            .       .    punct  say
        """,
            "say",
            Assertion.FUTURE,
            id="will-say",
        ),
        pytest.param(
            """
            She     PRP  nsubj  say
            would   MD   aux    say
            not     RB   neg    say
            say     VB   ROOT   -
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  say     fail
            .       .    punct  say
        """,
            "say",
            Assertion.NEGATED,
            id="would-not-say",
        ),
    ],
)
def test_assertion_follows_helpers_and_verbs_above(table: str, verb: str, assertion: Assertion) -> None:
    assert assertion_of(table, cue=verb, content="that it failed") is assertion


@pytest.mark.parametrize(
    ("table", "assertion"),
    [
        pytest.param(
            """
            Did     VBD  aux    say     do
            she     PRP  nsubj  say
            say     VB   ROOT   -
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  say     fail
            ?       .    punct  say
        """,
            Assertion.QUESTION,
            id="helper-first",
        ),
        pytest.param(
            """
            Would   MD   aux    say
            she     PRP  nsubj  say
            say     VB   ROOT   -
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  say     fail
            ?       .    punct  say
        """,
            Assertion.QUESTION,
            id="would-she",
        ),
        pytest.param(
            """
            You     PRP  nsubj  say
            say     VBP  ROOT   -
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  say     fail
            ?       .    punct  say
        """,
            Assertion.ASSERTED,
            id="subject-first",
        ),
        pytest.param(
            """
            Do      VBP  aux    say
            say     VB   ROOT   -
            that    IN   mark   failed
            it      PRP  nsubj  failed
            failed  VBD  ccomp  say     fail
            ?       .    punct  say
        """,
            Assertion.ASSERTED,
            id="no-subject",
        ),
    ],
)
def test_inverted_question_asks(table: str, assertion: Assertion) -> None:
    assert assertion_of(table, cue="say", content="that it failed") is assertion


@pytest.mark.parametrize(
    ("table", "cue", "assertion"),
    [
        pytest.param(
            """
            Fox      NNP  nsubj  refused
            refused  VBD  ROOT   -        refuse
            to       TO   aux    answer
            answer   VB   xcomp  refused
        """,
            "refused",
            Assertion.NEGATED,
            id="refused-to-report",
        ),
        pytest.param(
            """
            Fox      NNP  nsubj  refused
            refused  VBD  ROOT   -        refuse
            to       TO   aux    sit
            sit      VB   xcomp  refused
        """,
            "refused",
            Assertion.ASSERTED,
            id="refused-something-else",
        ),
        pytest.param(
            """
            Fox   NNP  nsubj  left
            left  VBD  ROOT   -       leave
            without  IN  prep  left
            saying  VBG  pcomp  without  say
            so    RB   advmod saying
        """,
            "saying",
            Assertion.NEGATED,
            id="without-saying",
        ),
        pytest.param(
            """
            None  NN   nsubj  said
            of    IN   prep   None
            them  PRP  pobj   of
            said  VBD  ROOT   -     say
        """,
            "said",
            Assertion.NEGATED,
            id="none-of-them",
        ),
        pytest.param(
            """
            No       DT   det    senator
            senator  NN   nsubj  said
            said     VBD  ROOT   -        say
        """,
            "said",
            Assertion.NEGATED,
            id="no-senator",
        ),
        pytest.param(
            """
            He       PRP  nsubj   said
            no       RB   neg     longer
            longer   RB   advmod  said
            said     VBD  ROOT    -      say
        """,
            "said",
            Assertion.NEGATED,
            id="no-longer",
        ),
        pytest.param(
            """
            He         PRP  nsubj    confirmed
            neither    CC   preconj  confirmed
            confirmed  VBD  ROOT     -          confirm
            nor        CC   cc       confirmed
            denied     VBD  conj     confirmed  deny
        """,
            "denied",
            Assertion.NEGATED,
            id="nor-denied",
        ),
        pytest.param(
            """
            He    PRP  nsubj   said
            not   RB   neg     said
            only  RB   advmod  said
            said  VBD  ROOT    -     say
        """,
            "said",
            Assertion.ASSERTED,
            id="not-only-said",
        ),
        pytest.param(
            """
            There  EX   expl  was
            was    VBD  ROOT  -    be
            no     DT   det   claim
            claim  NN   attr  was
        """,
            "claim",
            Assertion.NEGATED,
            id="no-claim",
        ),
        pytest.param(
            """
            He       PRP  nsubj  make
            did      VBD  aux    make     do
            not      RB   neg    make
            make     VB   ROOT   -
            a        DT   det    promise
            promise  NN   dobj   make
        """,
            "promise",
            Assertion.NEGATED,
            id="did-not-make-a-promise",
        ),
        pytest.param(
            """
            They    PRP   nsubj  share
            did     VBD   aux    share   do
            not     RB    neg    share
            share   VB    ROOT   -
            her     PRP$  poss   belief
            belief  NN    dobj   share
        """,
            "belief",
            Assertion.ASSERTED,
            id="belief-not-shared",
        ),
        pytest.param(
            """
            He    PRP  nsubj  is
            is    VBZ  ROOT   -   be
            not   RB   neg    is
            sure  JJ   acomp  is
        """,
            "sure",
            Assertion.NEGATED,
            id="is-not-sure",
        ),
        pytest.param(
            """
            He   PRP  nsubj  go
            may  MD   aux    go
            go   VB   ROOT   -
            and  CC   cc     go
            say  VB   conj   go
            so   RB   advmod say
        """,
            "say",
            Assertion.HYPOTHETICAL,
            id="may-go-and-say",
        ),
        pytest.param(
            """
            They   PRP  nsubj  urged
            urged  VBD  ROOT   -      urge
            him    PRP  dobj   urged
            to     TO   aux    say
            say    VB   xcomp  urged
        """,
            "say",
            Assertion.HYPOTHETICAL,
            id="urged-to-say",
        ),
        pytest.param(
            """
            He      PRP  nsubj  had
            had     VBD  ROOT   -       have
            a       DT   det    chance
            chance  NN   dobj   had
            to      TO   aux    say
            say     VB   acl    chance
        """,
            "say",
            Assertion.HYPOTHETICAL,
            id="chance-to-say",
        ),
        pytest.param(
            """
            Say   VB   ROOT  -
            that  IN   mark  failed
            it    PRP  nsubj failed
            failed VBD ccomp Say  fail
        """,
            "Say",
            Assertion.HYPOTHETICAL,
            id="imperative",
        ),
        pytest.param(
            """
            He    PRP  nsubj  said
            'd    VBD  aux    said  have
            said  VBN  ROOT   -     say
        """,
            "said",
            Assertion.ASSERTED,
            id="he'd-said",
        ),
        pytest.param(
            """
            Will   MD   aux   wrote
            wrote  VBD  ROOT  -      write
            it     PRP  dobj  wrote
        """,
            "wrote",
            Assertion.ASSERTED,
            id="will-as-a-name",
        ),
        pytest.param(
            """
            He    PRP  nsubj  is
            is    VBZ  ROOT   -   be
            to    TO   aux    say
            say   VB   xcomp  is
        """,
            "say",
            Assertion.FUTURE,
            id="is-to-say",
        ),
        pytest.param(
            """
            It    PRP  nsubj  is
            is    VBZ  ROOT   -   be
            easy  JJ   acomp  is
            to    TO   aux    say
            say   VB   xcomp  is
        """,
            "say",
            Assertion.ASSERTED,
            id="easy-to-say",
        ),
        pytest.param(
            """
            He     PRP  nsubj  plans
            plans  VBZ  ROOT   -      plan
            to     TO   aux    say
            say    VB   xcomp  plans
        """,
            "say",
            Assertion.FUTURE,
            id="plans-to-say",
        ),
        pytest.param(
            """
            He    PRP  nsubj  came
            came  VBD  ROOT   -    come
            to    TO   aux    say
            say   VB   advcl  came
        """,
            "say",
            Assertion.ASSERTED,
            id="came-to-say",
        ),
        pytest.param(
            """
            Who   WP   nsubj  says
            says  VBZ  ROOT   -     say
            so    RB   advmod says
            ?     .    punct  says
        """,
            "says",
            Assertion.QUESTION,
            id="who-says",
        ),
        pytest.param(
            """
            Is    VBZ  ROOT   -   be
            he    PRP  nsubj  Is
            sure  JJ   acomp  Is
            ?     .    punct  Is
        """,
            "sure",
            Assertion.QUESTION,
            id="is-he-sure",
        ),
        pytest.param(
            """
            PENCE  NNP  ROOT   -
            :      :    punct  PENCE
            Never  RB   neg    PENCE
        """,
            ":",
            Assertion.ASSERTED,
            id="cue-without-a-word",
        ),
        pytest.param("Go VB ROOT -", "", Assertion.ASSERTED, id="no-cue"),
    ],
)
def test_assertion_follows_what_stands_around_the_main_word(table: str, cue: str, assertion: Assertion) -> None:
    assert assertion_of(table, cue=cue) is assertion


def test_words_of_the_content_deny_nothing() -> None:
    table = """
        Never  RB   advmod  said
        ,      ,    punct   said
        he     PRP  nsubj   said
        said   VBD  ROOT    -     say
    """
    assert assertion_of(table, cue="said", content="Never") is Assertion.ASSERTED
    assert assertion_of(table, cue="said") is Assertion.NEGATED


@pytest.mark.parametrize(
    ("table", "cue", "act"),
    [
        pytest.param("He PRP nsubj said\nsaid VBD ROOT - say", "said", Act.SPEECH, id="verb"),
        pytest.param("He PRP nsubj hoped\nhoped VBD ROOT - hop", "hoped", Act.THOUGHT, id="wrong-lemma"),
        pytest.param("He PRP nsubj restated\nrestated VBD ROOT - restate", "restated", Act.SPEECH, id="prefix"),
        pytest.param("his PRP$ poss belief\nbelief NN ROOT -", "his belief", Act.THOUGHT, id="noun"),
        pytest.param("her PRP$ poss rejection\nrejection NN ROOT -", "rejection", Act.ATTITUDE, id="noun-of-a-verb"),
        pytest.param(
            """
            He      PRP  nsubj  agreed
            agreed  VBD  ROOT   -       agree
            with    IN   prep   agreed
            her     PRP  pobj   with
        """,
            "agreed",
            Act.ATTITUDE,
            id="preposition-after-the-cue",
        ),
        pytest.param(
            """
            He        PRP  nsubj  declined
            declined  VBD  ROOT   -         decline
            to        TO   aux    think
            think     VB   xcomp  declined
        """,
            "declined to think",
            Act.THOUGHT,
            id="lowest-verb",
        ),
        pytest.param(
            """
            He       PRP  nsubj  took
            took     VBD  ROOT   -        take
            comfort  NN   dobj   took
            from     IN   prep   took
            the      DT   det    hope
            hope     NN   pobj   from
        """,
            "took comfort from the hope",
            Act.THOUGHT,
            id="noun-beside-a-light-verb",
        ),
        pytest.param(
            """
            He    PRP  nsubj  is
            is    VBZ  ROOT   -   be
            sure  JJ   acomp  is
        """,
            "is sure",
            Act.THOUGHT,
            id="adjective",
        ),
        pytest.param(
            """
            He     PRP  nsubj  is
            is     VBZ  ROOT   -     be
            on     IN   prep   is
            board  NN   pobj   on
        """,
            "is on board",
            Act.ATTITUDE,
            id="unknown-state",
        ),
        pytest.param("He PRP nsubj zorped\nzorped VBD ROOT - zorp", "zorped", Act.SPEECH, id="unknown-verb"),
        pytest.param(
            """
            according  VBG  prep   out
            to         IN   prep   according
            a          DT   det    memo
            memo       NN   pobj   to
            out        RB   ROOT   -
        """,
            "according to a memo",
            Act.WRITING,
            id="written-medium",
        ),
        pytest.param("PENCE NNP ROOT -\n: : punct PENCE", ":", Act.SPEECH, id="no-word"),
        pytest.param("Go VB ROOT -", "", Act.SPEECH, id="no-cue"),
        pytest.param("He PRP nsubj thought\nthought VBD ROOT - think", "hought", Act.THOUGHT, id="part-of-a-word"),
    ],
)
def test_act_follows_the_main_word_of_the_cue(table: str, cue: str, act: Act) -> None:
    assert act_of(table, cue) is act


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(doc=parsed_docs(), data=st.data())
def test_any_doc_and_spans_have_an_answer(doc: Doc, data: st.DataObject) -> None:
    edges = st.integers(0, len(doc.text))
    spans = st.tuples(edges, edges).filter(lambda pair: pair[0] != pair[1])
    cue, content = ((TextSpan(*sorted(data.draw(spans))),) if doc.text else () for _ in range(2))
    assert find_act(doc, cue, LEXICON) in Act
    assert find_assertion(doc, cue, content, LEXICON) in Assertion


def test_root_that_calls_itself_open_complement_ends() -> None:
    assert assertion_of("say VB xcomp say", cue="say") is Assertion.ASSERTED
