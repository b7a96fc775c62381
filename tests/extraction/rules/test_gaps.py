from quotesmith.extraction.rules.passages import find_gaps, first_part, last_part
from quotesmith.parsed_text import TokenRange
from tests.extraction.found import read_table, words_of

SPLIT = """
    She   PRP  nsubj  said
    said  VBD  ROOT   -     say
    :     :    punct  said
    “     ``   punct  said  "
    We    PRP  nsubj  go
    go    VBP  ccomp  said
    ,     ,    punct  said
    ”     ''   punct  said  "
    and   CC   cc     said
    he    PRP  nsubj  left
    left  VBD  ccomp  stay  leave
    ;     :    punct  stay
    “     ``   punct  stay  "
    You   PRP  nsubj  stay
    stay  VBP  conj   said
    .     .    punct  said
    ”     ''   punct  said  "
"""


def gaps_of(table: str) -> list[tuple[str, int | None, int | None]]:
    reading = read_table(table)
    return [(words_of(reading, gap.tokens), gap.before, gap.after) for gap in find_gaps(reading)]


def test_gaps_stand_before_between_and_after_the_passages_of_a_paragraph() -> None:
    assert gaps_of(SPLIT) == [("She said:", None, 0), ("and he left;", 0, 1), ("", 1, None)]


def test_gap_does_not_leave_its_paragraph() -> None:
    assert gaps_of("""
        “     ``   punct  said  "
        We    PRP  nsubj  go
        go    VBP  ccomp  said
        ,     ,    punct  said
        ”     ''   punct  said  "
        she   PRP  nsubj  said
        said  VBD  ROOT   -     say
        .     .    punct  said

        “     ``   punct  said  "
        You   PRP  nsubj  stay
        stay  VBP  ccomp  said
        ,     ,    punct  said
        ”     ''   punct  said  "
        he    PRP  nsubj  said
        said  VBD  ROOT   -     say
        .     .    punct  said
    """) == [
        ("", None, 0),
        ("she said.", 0, None),
        ("", None, 1),
        ("he said.", 1, None),
    ]


def test_gap_takes_in_the_paragraph_before_where_that_ends_with_a_colon() -> None:
    assert gaps_of("""
        She   PRP  nsubj  said
        said  VBD  ROOT   -     say
        :     :    punct  said

        “     ``   punct  stay  "
        You   PRP  nsubj  stay
        stay  VBP  ROOT   -
        .     .    punct  stay
        ”     ''   punct  stay  "
    """)[0] == ("She said:\n\n", None, 0)


def test_gap_after_a_passage_that_leads_in_another_starts_behind_it() -> None:
    gaps = gaps_of("""
        “     ``   punct  said  "
        We    PRP  nsubj  go
        go    VBP  ccomp  said
        ,     ,    punct  said
        ”     ''   punct  said  "
        she   PRP  nsubj  said
        said  VBD  ROOT   -     say
        :     :    punct  said

        “     ``   punct  stay  "
        You   PRP  nsubj  stay
        stay  VBP  ROOT   -
        .     .    punct  stay
        ”     ''   punct  stay  "
    """)
    assert gaps == [("", None, 0), ("she said:", 0, None), ("she said:\n\n", None, 1), ("", 1, None)]


def test_first_part_ends_before_the_sentence_does() -> None:
    reading = read_table("""
        She     PRP  nsubj  left
        left    VBD  ROOT   -       leave
        .       .    punct  left
        He      PRP  nsubj  stayed
        stayed  VBD  ROOT   -       stay
        .       .    punct  stayed
    """)
    assert words_of(reading, first_part(reading, TokenRange(0, 6))) == "She left"


def test_last_part_starts_after_the_sentence_before() -> None:
    reading = read_table("""
        She     PRP  nsubj  left
        left    VBD  ROOT   -       leave
        .       .    punct  left
        He      PRP  nsubj  stayed
        stayed  VBD  ROOT   -       stay
        on      IN   prep   stayed
    """)
    assert words_of(reading, last_part(reading, TokenRange(0, 6))) == "He stayed on"


def test_parts_are_no_longer_than_a_cue_clause() -> None:
    reading = read_table("\n".join(["rain NN dep rain#1"] * 100))
    everything = TokenRange(0, 100)
    assert first_part(reading, everything) == TokenRange(0, 40)
    assert last_part(reading, everything) == TokenRange(60, 100)


def test_parts_of_nothing_are_empty() -> None:
    reading = read_table("""
        She   PRP  nsubj  left
        left  VBD  ROOT   -     leave
        .     .    punct  left
    """)
    assert len(first_part(reading, TokenRange(1, 1))) == 0
    assert len(last_part(reading, TokenRange(1, 1))) == 0
