import attrs
import pytest

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.repairs import drop_doubtful, drop_repeated_headings
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.records import QuoteKind
from tests.docs import make_doc, of_text, parsed_text
from tests.extraction.worded import attribution

DOC = make_doc("""
    She        PRP  nsubj  said
    said       VBD  ROOT   -      say
    it         PRP  nsubj  failed
    failed     VBD  ccomp  said   fail
    .          .    punct  said

    She        PRP  nsubj  baked
    baked      VBD  ROOT   -      bake
    a          DT   det    cake
    cake       NN   dobj   baked
    .          .    punct  baked
""")
HEADING = "Mill to reopen in spring, says mayor"


def unsure(content: str, *, cue: str = "", source: str = "", kind: QuoteKind = QuoteKind.INDIRECT) -> Attribution:
    return attribution(DOC.text, content, cue=cue, source=source, kind=kind, score=0.5)


@pytest.mark.parametrize(
    ("found", "is_kept"),
    [
        pytest.param(unsure("it failed", cue="said", source="She"), True, id="named-and-known"),
        pytest.param(unsure("it failed", cue="said"), False, id="nobody-named"),
        pytest.param(unsure("a cake", cue="baked", source="She"), False, id="unknown-cue"),
        pytest.param(unsure("it failed", source="She"), False, id="no-cue"),
        pytest.param(unsure("a cake", cue=".", source="She"), True, id="a-mark-is-the-cue"),
        pytest.param(attrs.evolve(unsure("it failed", cue="said"), score=0.7), True, id="sure"),
    ],
)
def test_doubtful_are_unsure_quotes_that_nothing_else_speaks_for(found: Attribution, *, is_kept: bool) -> None:
    assert drop_doubtful(parsed_text(DOC), [found], load_reporting()) == ([found] if is_kept else [])


@pytest.mark.parametrize("content", ["“it failed”", "said “it failed”"])
def test_quotes_with_marks_are_not_doubtful(content: str) -> None:
    text = of_text("She said “it failed” again")
    quote = attribution(text.text, content, score=0.5)
    assert drop_doubtful(text, [quote], load_reporting()) == [quote]


def kept_places(text: str) -> list[int]:
    """In which paragraphs a quote is left, of one in each that begins with the heading's words."""
    starts = [start for start in range(len(text)) if text.startswith("Mill to reopen", start)]
    quote = attribution("Mill to reopen", "Mill to reopen")
    quotes = [attrs.evolve(quote, content=(quote.extent.shifted(start),)) for start in starts]
    return [text.count("\n\n", 0, quote.extent.start) for quote in drop_repeated_headings(of_text(text), quotes)]


@pytest.mark.parametrize(
    ("paragraphs", "kept"),
    [
        pytest.param([HEADING, "Yes.", HEADING, HEADING], [0], id="again-and-again"),
        pytest.param([HEADING, HEADING + " again"], [0, 1], id="other-words"),
        pytest.param([HEADING + ".", HEADING + "."], [0, 1], id="sentences"),
        pytest.param([f"“{HEADING}!”", f"“{HEADING}!”"], [0, 1], id="speech"),
        pytest.param(["Mill to reopen", "Mill to reopen"], [0, 1], id="few-words"),
        pytest.param([], [], id="no-text"),
    ],
)
def test_heading_that_stands_again_is_not_read_again(paragraphs: list[str], kept: list[int]) -> None:
    assert kept_places("\n\n".join(paragraphs)) == kept
