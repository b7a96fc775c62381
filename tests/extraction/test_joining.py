"""Which neighbouring pieces of speech become one quote, with the decision that is shipped."""

from collections.abc import Sequence

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.extraction import Attribution, ExtractionSettings
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from tests.docs import make_doc, parsed_text
from tests.extraction.found import BETWEEN, join_interrupted_speech, join_pieces, words
from tests.extraction.worded import attribution, quote_at
from tests.steps import steps_of

TOKENS = spacy.blank("en")


def joined(text: str, *quotes: Attribution) -> list[tuple[str, str]]:
    """Content and cue of each quote that the quotes become, the text's words without a parse."""
    parsed = ParsedText.of(TOKENS(text), pair_marks(text))
    return _described(text, join_pieces(parsed, quotes, ExtractionSettings()))


def _described(text: str, quotes: Sequence[Attribution]) -> list[tuple[str, str]]:
    found = sorted(quotes, key=lambda quote: quote.content)
    return [(BETWEEN.join(words(text, quote.content)), "".join(words(text, quote.cue))) for quote in found]


SPLIT = "“Out,” said Tom, “now.”"
ASKED = "“Have you seen the boat?” asked Kit.\n\n“Not one.”"
GOES_ON = "“It was late,” said Tom. “I went.\n\n“I ran.\n\n“I fell.”"
TWO_TAGS = "“Who is it?” asked Ann. “Nobody,” said Tom."


@pytest.mark.parametrize(
    ("text", "quotes", "expected"),
    [
        pytest.param(SPLIT, [(["“Out,”", "“now.”"], "said")], [("“Out,” | “now.”", "said")], id="split-by-its-tag"),
        pytest.param(
            SPLIT, [(["“Out,”"], "said"), (["“now.”"], "")], [("“Out,” | “now.”", "said")], id="split-and-not-linked"
        ),
        pytest.param(
            ASKED,
            [(["“Have you seen the boat?”", "“Not one.”"], "asked")],
            [("“Have you seen the boat?”", "asked"), ("“Not one.”", "")],
            id="reply-in-a-new-paragraph",
        ),
        pytest.param(
            GOES_ON,
            [(["“It was late,”", "“I went."], "said"), (["“I ran."], ""), (["“I fell.”"], "")],
            [("“It was late,” | “I went. | “I ran. | “I fell.”", "said")],
            id="opening-marks-that-repeat-an-unclosed-one",
        ),
        pytest.param(
            "“Is it?” asked Ann.\n\n“It is.”",
            [(["“Is it?”"], ""), (["“It is.”"], "asked")],
            [("“Is it?”", "asked"), ("“It is.”", "")],
            id="tag-is-of-the-piece-before-it",
        ),
        pytest.param(
            "“It is.” She went on:\n\n“I fell.”",
            [(["“It is.”"], ""), (["“I fell.”"], "went on")],
            [("“It is.”", ""), ("“I fell.”", "went on")],
            id="colon-leads-to-the-piece-below",
        ),
        pytest.param(
            "“I went.\n\n“I fell,” said Tom.",
            [(["“I went."], ""), (["“I fell,”"], "said")],
            [("“I went. | “I fell,”", "said")],
            id="unclosed-mark-before-the-cue",
        ),
        pytest.param(
            "“I went.\n\n“I fell,” said Tom.",
            [(["“I went."], "said"), (["“I fell,”"], "Tom")],
            [("“I went.", "said"), ("“I fell,”", "Tom")],
            id="two-cues-never-come-together",
        ),
        pytest.param(
            "He said it was late.\n\n“I went home.”",
            [(["it was late", "“I went home.”"], "said")],
            [("it was late", "said"), ("“I went home.”", "")],
            id="indirect-and-the-next-paragraph",
        ),
        pytest.param(
            "He said it was “late” and we “went”.",
            [(["it was", "“late”", "and", "we", "“went”"], "said")],
            [("it was | “late” | and | we | “went”", "said")],
            id="mixed-within-a-paragraph",
        ),
    ],
)
def test_pieces(text: str, quotes: list[tuple[list[str], str]], expected: list[tuple[str, str]]) -> None:
    assert joined(text, *(attribution(text, *content, cue=cue) for content, cue in quotes)) == expected


@pytest.mark.parametrize("linked", ["asked", "said"])
def test_each_of_two_tags_keeps_its_own_piece(linked: str) -> None:
    """Whichever cue the tags give both, and with the other cue, which only the rules know."""
    doc = TOKENS(TWO_TAGS)
    for token in doc:
        token.pos_ = "PROPN" if token.text in {"Ann", "Tom"} else "X"
    rules = [
        attribution(TWO_TAGS, "“Who is it?”", cue="asked", source="Ann"),
        attribution(TWO_TAGS, "“Nobody,”", cue="said", source="Tom"),
    ]
    quote = attribution(TWO_TAGS, "“Who is it?”", "“Nobody,”", cue=linked)
    parsed = ParsedText.of(doc, pair_marks(TWO_TAGS))
    found = _described(TWO_TAGS, join_pieces(parsed, [quote], ExtractionSettings(), rules))
    assert found == [("“Who is it?”", "asked" * (linked == "asked")), ("“Nobody,”", "said" * (linked == "said"))]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("“Yes,” said Ann. — I will not, said Tom.", 2, id="two-tags"),
        pytest.param("I will not, said Ann. “Yes,” said Tom.", 2, id="marks-behind"),
        pytest.param("“Yes,” said Ann. I will not go.", 1, id="one-tag"),
        pytest.param("“Yes,” said Ann, and I will not, said Tom.", 1, id="one-sentence"),
    ],
)
def test_tags_of_two_sentences_part_what_has_marks_from_what_has_none(text: str, number: int) -> None:
    parsed = ParsedText.of(TOKENS(text), pair_marks(text))
    rules = [attribution(text, "I will not", cue="said Tom")] if "said Tom" in text else []
    quote = attribution(text, *sorted(["“Yes,”", "I will not"], key=text.index), cue="said Ann", source="Ann")
    assert len(join_pieces(parsed, [quote], ExtractionSettings(), rules)) == number


BEAT = """
“     ``   punct  ready
Ready JJ   ROOT   -
?     .    punct  ready
”     ''   punct  ready
asked VBD  ROOT   -      ask
Tom   NNP  nsubj  asked  -    PERSON
.     .    punct  asked
{who}
shook VBD  ROOT   -      shake
{more}
it    PRP  dobj   shook
.     .    punct  shook
“     ``   punct  Yes
Yes   UH   ROOT   -
.     .    punct  Yes
”     ''   punct  Yes
"""


@pytest.mark.parametrize(
    ("who", "more", "pieces"),
    [
        pytest.param("Sue NNP nsubj shook - PERSON", "", 2, id="somebody-else"),
        pytest.param("guests NNS nsubj shook", "", 2, id="others"),
        pytest.param("Sue NNP nsubj shook - PERSON", "not RB neg shook", 1, id="somebody-does-nothing"),
        pytest.param("He PRP nsubj shook", "", 1, id="he"),
        pytest.param("Tom NNP nsubj shook - PERSON", "", 1, id="the-speaker"),
    ],
)
def test_another_s_act_between_two_pieces_parts_them(who: str, more: str, pieces: int) -> None:
    doc = make_doc(BEAT.format(who=who, more=more).replace("\n\n", "\n").strip().replace("ready", "Ready"))
    contents = doc.text[: doc.text.index("”") + 1], doc.text[doc.text.rindex("“") :]
    quote = attribution(doc.text, *contents, cue="asked", source="Tom")
    assert len(join_pieces(parsed_text(doc), [quote], ExtractionSettings())) == pieces


def test_score_is_at_most_what_the_joins_are_sure_of() -> None:
    parsed = ParsedText.of(TOKENS(SPLIT), pair_marks(SPLIT))
    [found] = join_pieces(parsed, [attribution(SPLIT, "“Out,”", "“now.”", cue="said")], ExtractionSettings())
    assert 0.6 < found.score < 1
    [alone] = join_pieces(parsed, [attribution(SPLIT, "“Out,”", cue="said")], ExtractionSettings())
    assert alone.score == 1


def test_a_sure_cut_leaves_the_score_alone() -> None:
    parsed = ParsedText.of(TOKENS(ASKED), pair_marks(ASKED))
    quotes = [attribution(ASKED, "“Have you seen the boat?”", cue="asked"), attribution(ASKED, "“Not one.”")]
    assert [quote.score for quote in join_pieces(parsed, quotes, ExtractionSettings())] == [1, 1]


PARTS = ["“Go.”", "“Stay,”", "“No", "said", "Tom", "\n\n", ".", ":"]


@given(st.lists(st.sampled_from(PARTS), max_size=12), st.data())
def test_no_piece_is_lost_or_doubled(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    parsed = ParsedText.of(TOKENS(text), pair_marks(text))
    spans = [passage.span for passage in parsed.passages]
    owners = [data.draw(st.integers(0, 2)) for _ in spans]
    quotes = [
        quote_at(*content)
        for number in range(3)
        if (content := [(s.start, s.end) for s, owner in zip(spans, owners, strict=True) if owner == number])
    ]
    found = join_pieces(parsed, quotes, ExtractionSettings())
    assert sorted(span for quote in found for span in quote.content) == spans


TOUCHING = """
    “      ``   punct  go
    We     PRP  nsubj  go
    go     VBP  ccomp  said
    .      .    punct  go
    ”      ''   punct  go
    “      ``   punct  stay
    They   PRP  nsubj  stay
    stay   VBP  ccomp  said
    ,      ,    punct  said
    ”      ''   punct  said
    said   VBD  ROOT   -     LEMMA
    Tom    NNP  nsubj  said  -     PERSON
"""


@pytest.mark.parametrize(("lemma", "number"), [("add", 1), ("continue", 1), ("reply", 2), ("say", 2)])
def test_passages_that_touch_are_one_quote_where_the_cue_says_so(lemma: str, number: int) -> None:
    parsed = parsed_text(make_doc(TOUCHING.replace("LEMMA", lemma)))
    quotes = [attribution(parsed.text, "“We go.”"), attribution(parsed.text, "“They stay,”", cue="said")]
    assert len(join_pieces(parsed, quotes, ExtractionSettings())) == number


@pytest.mark.parametrize(("stop", "word", "number"), [(",", "they", 1), (",", "They", 2), ("?", "they", 2)])
def test_passages_that_touch_are_one_quote_where_the_sentence_goes_on(stop: str, word: str, number: int) -> None:
    table = TOUCHING.replace("LEMMA", "say").replace(".      .  ", f"{stop}      {stop}  ").replace("They", word)
    parsed = parsed_text(make_doc(table))
    quotes = [
        attribution(parsed.text, f"“We go{stop}”"),
        attribution(parsed.text, f"“{word} stay,”", cue="said"),
    ]
    assert len(join_pieces(parsed, quotes, ExtractionSettings())) == number


def test_many_interrupted_passages_are_joined_once() -> None:
    def steps(count: int) -> int:
        text = "“a b”—he sat—" * count
        parsed = ParsedText.of(TOKENS(text), pair_marks(text))
        quotes = [quote_at((passage.span.start, passage.span.end)) for passage in parsed.passages]
        [found] = join_interrupted_speech(parsed, quotes)
        assert len(found.content) == count
        return steps_of(join_interrupted_speech, parsed, quotes)

    # Sorting the passages counts: a square would be 100.
    assert steps(2_000) < 20 * steps(200)


def test_passages_without_a_quote_do_not_join_others() -> None:
    text = "“Go”—he sat—“on”—he rose—“and”—he sat—“on,”—he rose—“now.”"
    parsed = ParsedText.of(TOKENS(text), pair_marks(text))
    found = join_interrupted_speech(parsed, [attribution(text, "“Go”"), attribution(text, "“now.”")])
    assert _described(text, found) == [("“Go” | “on”", ""), ("“on,” | “now.”", "")]
