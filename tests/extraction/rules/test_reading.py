import pytest

from quotesmith.parsed_text import ParsedText, TokenRange
from quotesmith.records import TextSpan
from tests.docs import make_doc, parsed_text
from tests.extraction.found import read_table

TWO_SENTENCES = """
    “     ``   punct  go    "
    We    PRP  nsubj  go
    go    VBP  ROOT   -
    .     .    punct  go
    You   PRP  nsubj  stay
    stay  VBP  ccomp  said
    ,     ,    punct  said
    ”     ''   punct  said  "
    she   PRP  nsubj  said
    said  VBD  ROOT   -     say
    .     .    punct  said
    He    PRP  nsubj  left
    left  VBD  ROOT   -     leave
    .     .    punct  left
"""
CONTINUED = """
    “   ``   punct  go  "
    We  PRP  nsubj  go
    go  VBP  ROOT   -
    .   .    punct  go

    “     ``   punct  stay  "
    You   PRP  nsubj  stay
    stay  VBP  ROOT   -
    .     .    punct  stay
    ”     ''   punct  stay  "
"""


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        pytest.param(TokenRange(0, 2), False, id="before"),
        pytest.param(TokenRange(1, 3), True, id="across-the-start"),
        pytest.param(TokenRange(3, 4), True, id="inside"),
        pytest.param(TokenRange(5, 6), False, id="after"),
    ],
)
def test_ranges_overlap_where_they_share_a_token(other: TokenRange, overlaps: bool) -> None:  # noqa: FBT001
    assert TokenRange(2, 5).overlaps(other) is overlaps


def test_range_within_bounds_is_what_they_share() -> None:
    assert TokenRange(2, 5).within(TokenRange(3, 9)) == TokenRange(3, 5)
    assert len(TokenRange(2, 5).within(TokenRange(7, 9))) == 0


def test_range_knows_its_tokens() -> None:
    tokens = TokenRange(2, 5)
    assert len(tokens) == 3
    assert [index for index in range(8) if index in tokens] == [2, 3, 4]


def test_range_with_its_end_before_its_start_is_empty() -> None:
    assert len(TokenRange(5, 2)) == 0


def test_passage_has_its_tokens_with_and_without_marks() -> None:
    reading = read_table(TWO_SENTENCES)
    [passage] = reading.passages
    assert reading.doc_span(passage.tokens).text == "“We go. You stay,”"
    assert reading.doc_span(passage.inner).text == "We go. You stay,"
    assert passage.span.of(reading.text) == "“We go. You stay,”"


def test_inner_tokens_do_not_hold_a_mark_that_a_space_follows() -> None:
    doc = make_doc(
        """
        «   ``  punct  go
        We  PRP nsubj  go
        go  VB  ROOT   -
        .   .   punct  go
        »   ''  punct  go
        """
    )
    spaced = type(doc)(doc.vocab, words=[token.text for token in doc], spaces=[True] * len(doc))
    reading = parsed_text(spaced)
    [passage] = reading.passages
    assert reading.doc_span(passage.inner).text == "We go ."


def test_nested_passage_is_none_of_its_own() -> None:
    reading = read_table("""
        “     ``   punct  said    "
        He    PRP  nsubj  said
        said  VBD  ccomp  said#2  say
        ‘     ``   punct  said    '
        no    UH   intj   said
        ’     ''   punct  said    '
        to    IN   prep   said
        me    PRP  pobj   to      I
        ,     ,    punct  said
        ”     ''   punct  said    "
        she   PRP  nsubj  said
        said  VBD  ROOT   -       say
        .     .    punct  said
    """)
    assert [passage.span.of(reading.text) for passage in reading.passages] == ["“He said ‘no’ to me,”"]


def test_passage_knows_the_one_it_continues() -> None:
    reading = read_table(CONTINUED)
    assert [(passage.paragraph, passage.continues) for passage in reading.passages] == [(0, None), (1, 0)]


def test_bounds_outside_of_a_passage_go_across_it() -> None:
    reading = read_table(TWO_SENTENCES)
    said = next(token.i for token in reading.doc if token.text == "said")
    assert reading.doc_span(reading.bounds(said)).text == "“We go. You stay,” she said."


def test_bounds_inside_a_passage_do_not_leave_it() -> None:
    reading = read_table(TWO_SENTENCES)
    stay = next(token.i for token in reading.doc if token.text == "stay")
    assert reading.doc_span(reading.bounds(stay)).text == "You stay,"


def test_bounds_do_not_leave_their_paragraph() -> None:
    reading = read_table(
        """
        We    PRP  nsubj  go
        go    VB   ROOT   -

        home  RB   ROOT   -
        """
    )
    assert [reading.doc_span(bounds).text for bounds in map(reading.bounds, range(len(reading.doc)))] == [
        "We go",
        "We go",
        "\n\n",
        "home",
    ]


def test_sentence_without_end_is_cut() -> None:
    doc = make_doc("\n".join(["rain NN dep rain#1"] * 700))
    reading = ParsedText.of(doc, ())
    assert max(map(len, map(reading.bounds, range(len(doc))))) == 300
    assert all(index in bounds for index, bounds in enumerate(map(reading.bounds, range(len(doc)))))


def test_children_are_those_of_a_sentence_s_reach() -> None:
    doc = make_doc("\n".join(["rain NN dep rain#1"] * 700))
    assert [child.i for child in ParsedText.of(doc, ()).children(doc[0])] == list(range(1, 301))


def test_children_are_in_order() -> None:
    reading = read_table("""
        Ann     NNP  nsubj  said    Ann   PERSON
        said    VBD  ROOT   -       say
        that    IN   mark   failed
        it      PRP  nsubj  failed
        failed  VBD  ccomp  said    fail
        .       .    punct  said
    """)
    assert [child.text for child in reading.children(reading.doc[1])] == ["Ann", "failed", "."]


def test_span_leaves_out_the_space_after_its_last_token() -> None:
    reading = read_table("""
        Ann     NNP  nsubj  said    Ann   PERSON
        said    VBD  ROOT   -       say
        that    IN   mark   failed
        it      PRP  nsubj  failed
        failed  VBD  ccomp  said    fail
        .       .    punct  said
    """)
    assert reading.span(0, 2) == TextSpan(0, 8)


def test_ending_is_the_last_character_that_is_no_mark() -> None:
    reading = read_table("""
        “     ``   punct  said    "
        He    PRP  nsubj  said
        said  VBD  ccomp  said#2  say
        ‘     ``   punct  said    '
        no    UH   intj   said
        ,     ,    punct  said
        ’     ''   punct  said    '
        ”     ''   punct  said    "
        she   PRP  nsubj  said
        said  VBD  ROOT   -       say
        .     .    punct  said
    """)
    assert reading.ending(reading.passages[0]) == ","


def test_passage_of_nothing_has_no_ending() -> None:
    reading = read_table("“ `` ROOT -\n” '' punct “")
    assert [reading.ending(passage) for passage in reading.passages] == [""]


def test_words_are_told_from_signs() -> None:
    reading = read_table("""
        “     ``   punct  go    "
        We    PRP  nsubj  go
        go    VBP  ROOT   -
        .     .    punct  go
        ”     ''   punct  go    "
        She   PRP  nsubj  left
        left  VBD  ROOT   -     leave
        .     .    punct  left
    """)
    assert reading.has_words(TokenRange(0, 3))
    assert not reading.has_words(TokenRange(3, 5))
    assert not reading.has_words(TokenRange(2, 1))


def test_passages_in_tokens_are_those_that_hold_any() -> None:
    reading = read_table("""
        “    ``   punct  Go   "
        Go   VB   ROOT   -
        .    .    punct  Go
        ”    ''   punct  Go   "
        “    ``   punct  No   "
        No   UH   ROOT   -
        .    .    punct  No
        ”    ''   punct  No   "
        “    ``   punct  Why  "
        Why  WRB  ROOT   -
        ?    .    punct  Why
        ”    ''   punct  Why  "
    """)
    starts = [passage.tokens.start for passage in reading.passages]
    assert list(reading.passages_in(TokenRange(starts[0] + 1, starts[1] + 1))) == [0, 1]
    assert list(reading.passages_in(TokenRange(starts[1], starts[2]))) == [1]


def test_quoted_tokens_are_those_in_passages_with_their_marks() -> None:
    reading = read_table("""
        “     ``   punct  said  "
        We    PRP  nsubj  go
        go    VBP  ccomp  said
        ,     ,    punct  said
        ”     ''   punct  said  "
        she   PRP  nsubj  said
        said  VBD  ROOT   -     say
        .     .    punct  said
    """)
    assert [token.text for token in reading.doc if reading.is_quoted(token)] == ["“", "We", "go", ",", "”"]


def test_empty_doc_has_an_empty_reading() -> None:
    reading = read_table("")
    assert (reading.passages, reading.paragraph_tokens) == ([], [])
