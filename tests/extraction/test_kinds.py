import pytest

from quotesmith.extraction.kinds import find_assertion, find_kind, map_words
from quotesmith.marks import pair_marks
from quotesmith.records import Assertion, QuoteKind, TextSpan
from tests.docs import make_doc


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("“We go.”", QuoteKind.DIRECT, id="direct"),
        pytest.param("we “go” now", QuoteKind.MIXED, id="mixed"),
        pytest.param("we go", QuoteKind.INDIRECT, id="indirect"),
        pytest.param("“He said ‘no’ to me”", QuoteKind.DIRECT, id="nested-marks"),
        pytest.param("“We go.” — “You stay.”", QuoteKind.DIRECT, id="signs-between-passages"),
        pytest.param("“…” we go", QuoteKind.INDIRECT, id="only-signs-in-marks"),
        pytest.param("...", QuoteKind.INDIRECT, id="no-word"),
    ],
)
def test_kind_tells_how_many_words_stand_in_marks(text: str, kind: QuoteKind) -> None:
    assert find_kind(map_words(text, pair_marks(text)), [TextSpan(0, len(text))]) is kind


def test_kind_looks_at_the_content_alone() -> None:
    text = "we “go” now"
    words = map_words(text, pair_marks(text))
    assert find_kind(words, [TextSpan(3, 7)]) is QuoteKind.DIRECT
    assert find_kind(words, [TextSpan(0, 2), TextSpan(8, 11)]) is QuoteKind.INDIRECT


def test_map_has_a_byte_for_each_character() -> None:
    text = "a 𝔘 “b”"
    assert len(map_words(text, pair_marks(text))) == len(text)


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
    token = next(token for token in make_doc(table) if token.text == verb)
    assert find_assertion(token, is_question=False) is assertion


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
    token = next(token for token in make_doc(table) if token.text == "say")
    assert find_assertion(token, is_question=True) is assertion


def test_root_that_calls_itself_open_complement_ends() -> None:
    token = make_doc("say VB xcomp say")[0]
    assert find_assertion(token, is_question=False) is Assertion.ASSERTED
