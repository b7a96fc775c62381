"""Each setting reaches the step that it is for: with another value, another thing is found."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import attrs
import pytest

from quotesmith.extraction import ExtractionSettings, LayoutReader, LearnedExtractor, RuleExtractor
from quotesmith.extraction.assembler import Clues, Origin, assemble
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.records import Act, TextSpan
from tests.docs import make_doc, of_text, parsed_text
from tests.extraction.encoded import find_inner_quotes, make_encoded
from tests.extraction.found import find_tagged

LEARNED = LearnedExtractor()
LEXICON = load_reporting()
SPLIT = "The bridge, the mayor said on Monday, will be closed for a year."
QUOTED = "“We will rebuild the school,” said the governor. The work starts in May."
NESTED = """
    Roe   source
    said  cue      Roe
    Lee   content  said  /  source
    says  +  /  cue      Lee
    no    +  /  content  says
"""
SPLIT_SPEECH = "“Out,” said Tom, “now.”"
TWO_PARAGRAPHS = "“Out.”\n\n“Now.”"
PARTED = "“Out,” said Tom.\n\n“Why?”"
HEADING = "Mill to reopen in spring, says mayor"
TALK = "Talk.\n\nROE: We will see about it.\n\nHOLM: So we shall, I say.\n\nROE: You said it works, yes."
CLOSED = """
    “      ``   punct  go
    We     PRP  nsubj  go
    go     VBP  ccomp  said
    ,      ,    punct  said
    ”      ''   punct  said
    Roe    NNP  nsubj  said  -    PERSON
    said   VBD  ROOT   -     say
    .      .    punct  said
"""
INTRODUCED = """
    He         PRP  nsubj  told
    told       VBD  ROOT   -     tell
    reporters  NNS  dobj   told  reporter
    :          :    punct  told
    “          ``   punct  go
    We         PRP  nsubj  go
    go         VBP  ccomp  told
    .          .    punct  told
    ”          ''   punct  told
"""
NAMING = """
    He      PRP  nsubj  called
    called  VBD  ROOT   -      call
    the     DT   det    plan
    plan    NN   nsubj  day
    “       ``   punct  day
    a       DT   det    day
    great   JJ   amod   day
    day     NN   oprd   called
    ”       ''   punct  day
    .       .    punct  called
"""
INVERTED = """
    “          ``   punct     go
    We         PRP  nsubj     go
    go         VBP  ccomp     said
    ,          ,    punct     said
    ”          ''   punct     said
    said       VBD  ROOT      -     say
    yesterday  RB   advmod    said
    Xi         NNP  dep       said  -    PERSON
    .          .    punct     said
"""
BARE = """
    He     PRP  nsubj  said
    said   VBD  ROOT   -     say
    “      ``   punct  go
    we     PRP  nsubj  go
    will   MD   aux    go
    go     VB   ccomp  said
    ”      ''   punct  go
    .      .    punct  said
"""
UNCUED = """
    The     DT   det    slogan
    slogan  NN   nsubj  hung
    “       ``   punct  go
    we      PRP  nsubj  go
    must    MD   aux    go
    home    RB   advmod  go
    now     RB   advmod  go
    go      VB   appos  slogan
    ”       ''   punct  go
    hung    VBD  ROOT   -     hang
    there   RB   advmod  hung
    .       .    punct  hung
"""
TITLE = """
    They    PRP  nsubj  showed
    showed  VBD  ROOT   -      show
    “       ``   punct  Left
    Ann     NNP  nsubj  Left
    Bell    NNP  dep    Left
    Left    VBD  dobj   showed  leave
    Home    NNP  dobj   Left
    ”       ''   punct  Left
    .       .    punct  showed
"""
NICKNAME = """
    Jane    NNP  compound  Roe    -     PERSON
    “       ``   punct     Roe
    the     DT   det       Hammer
    Hammer  NNP  nmod      Roe
    ”       ''   punct     Roe
    Roe     NNP  nsubj     said   -     PERSON
    said    VBD  ROOT      -      say
    it      PRP  nsubj     works
    works   VBZ  ccomp     said   work
    .       .    punct     said
"""
LABEL = """
    ROE   NNP  ROOT   -
    :     :    punct  ROE
    We    PRP  nsubj  go
    go    VBP  ROOT   -
    .     .    punct  go
"""
SIGNED = """
    “     ``   punct  is
    It    PRP  nsubj  is
    is    VBZ  ROOT   -    be
    done  VBN  acomp  is
    .     .    punct  is
    ”     ''   punct  is
    —     :    punct  Roe
    Roe   NNP  ROOT   -    -  PERSON
"""
HEADLINE = """
    “    ``   punct  Go
    Go   VB   ROOT   -
    ”    ''   punct  Go
    :    :    punct  Go
    all  NNS  appos  Go
"""


COMMENT = """
    Nobody  NN   nsubj      won
    ,       ,    punct      says
    Roe     NNP  nsubj      says  -    PERSON
    says    VBZ  appos      won   say
    ,       ,    punct      says
    has     VBZ  aux        won   have
    won     VBN  ROOT       -     win
    .       .    punct      won
"""
DASHES = """
    —     :    punct  Go
    Go    VB   ccomp  said
    ,     ,    punct  said
    said  VBD  ROOT   -     say
    Ann   NNP  nsubj  said  -    PERSON
    ?     .    punct  said

    —     :    punct  Why
    Why   WRB  ROOT   -
    ?     .    punct  Why
"""


def by_tags(text: str) -> Callable[[ExtractionSettings], object]:
    return lambda settings: find_tagged(LEARNED, text, settings)


def by_rules(table: str) -> Callable[[ExtractionSettings], object]:
    return lambda settings: RuleExtractor(settings=settings)(parsed_text(make_doc(table)))


def inside(settings: ExtractionSettings) -> object:
    return find_inner_quotes(make_encoded(NESTED), settings)


def repaired(text: str, *places: tuple[str, int], score: float = 0.9) -> Callable[[ExtractionSettings], object]:
    starts = [text.index(words, start) for words, start in places]
    quotes: Sequence[Attribution] = [
        Attribution(content=(TextSpan(start, start + len(words)),), act=Act.SPEECH, score=score, rule="tags")
        for start, (words, _) in zip(starts, places, strict=True)
    ]
    return lambda settings: assemble(of_text(text), quotes, Clues(LEXICON, settings, Origin.TAGS))


def turns_of(text: str) -> Callable[[ExtractionSettings], object]:
    return lambda settings: LayoutReader(settings=settings)(text)


CHAT = "[Ann] Did you go?\n[Bob] No.\n[Ann] It was late."


def titled(settings: ExtractionSettings) -> object:
    doc = make_doc("Adm. NNP compound Roe\nJohn NNP compound Roe\nRoe NNP nsubj won\nwon VBD ROOT -\n. . punct won")
    quote = Attribution(content=(TextSpan(14, 17),), source=(TextSpan(0, 4),), act=Act.SPEECH, score=0.9, rule="tags")
    return assemble(parsed_text(doc), [quote], Clues(LEXICON, settings, Origin.TAGS))


def unfinished(settings: ExtractionSettings) -> object:
    doc = make_doc("She PRP nsubj feared\nfeared VBD ROOT - fear\nany DT det war\nwar NN dobj feared")
    quote = Attribution(content=(TextSpan(11, 14),), cue=(TextSpan(4, 10),), act=Act.SPEECH, score=0.9, rule="tags")
    return assemble(parsed_text(doc), [quote], Clues(LEXICON, settings, Origin.TAGS))


def thought(settings: ExtractionSettings) -> object:
    rows = "It PRP nsubj works\nworks VBZ ccomp knew\n, , punct knew\nAnn NNP nsubj knew\nknew VBD ROOT - know"
    return assemble(parsed_text(make_doc(f"{rows}\n. . punct knew")), [], Clues(LEXICON, settings, Origin.TAGS))


PULLED = "It rained.\n\nOur old mill is lost for good\n\n— Ann Lee\n\nMen came to see it."
TWO_HEADINGS = f"{HEADING}\n\nYes.\n\n{HEADING}"


@pytest.mark.parametrize(
    ("find", "name", "value"),
    [
        (by_tags(QUOTED), "spoken_share", 1.0),
        (by_tags(SPLIT), "min_content_probability", 1.0),
        (inside, "min_inner_probability", 1.0),
        (repaired("It rains. It pours.", ("It pours", 0), score=0.5), "min_quote_probability", 0.4),
        (turns_of(TWO_HEADINGS), "min_heading_words", 8),
        (turns_of("READ MORE: Six dead"), "max_furniture_chars", 18),
        (turns_of("By Ann Lee"), "max_byline_chars", 9),
        (turns_of("It rained.\n\nOSLO — It fell."), "head_paragraphs", 1),
        (titled, "max_name_tokens", 1),
        (repaired(SPLIT_SPEECH, ("“Out,”", 0), ("“now.”", 0)), "min_join_probability", 1.0),
        (repaired(TWO_PARAGRAPHS, ("“Out.”", 0), ("“Now.”", 0)), "min_break_join_probability", 0.0),
        (repaired(PARTED, ("“Out,”", 0), ("“Why?”", 0), score=1.0), "min_doubtful_join", 0.0),
        (turns_of(TALK), "min_layout_probability", 1.0),
        (repaired(TALK), "turn_score", 0.5),
        (turns_of("INT. BARN - DAY\n\nANN\nNo.\n\nBOB\nYes."), "min_turns", 3),
        (turns_of("ROE. Did you go?\n\nLEE. No.\n\nROE. You didn't?"), "min_bare_turns", 4),
        (turns_of(CHAT), "min_speakers", 3),
        (turns_of("[Ann] I went.\n[Bob] You left.\n[Ann] I was late."), "min_repeated_share", 0.9),
        (turns_of("Roe: Did you?\n\nLee: I did not."), "nearest_labels", 0),
        (by_rules(COMMENT), "max_inserted_tokens", 1),
        (by_rules(DASHES), "min_dash_turns", 3),
        (by_rules(CLOSED), "max_cue_clause_tokens", 1),
        (by_rules(INTRODUCED), "max_cue_tail_tokens", 0),
        (by_rules(NAMING), "max_naming_tail_tokens", 1),
        (by_rules(NAMING.replace("plan    NN", "new JJ amod plan\n" * 2 + "plan NN")), "max_naming_tail_tokens", 3),
        (by_rules(NAMING.replace("plan    NN", "new JJ amod plan\n" * 3 + "plan NN")), "max_naming_tail_tokens", 5),
        (by_rules(INVERTED), "max_adverb_tokens", 0),
        (by_rules(BARE), "max_term_words", 3),
        (by_rules(UNCUED), "min_speech_words", 6),
        (by_rules(TITLE), "min_title_words", 5),
        (by_rules(NICKNAME), "max_nickname_tokens", 3),
        (by_rules(LABEL), "max_label_tokens", 1),
        (by_rules("ANN NNP ROOT -\n" * 6 + LABEL.strip()), "max_label_tokens", 7),
        (by_rules("ANN NNP ROOT -\n" * 7 + LABEL.strip()), "max_label_tokens", 9),
        (turns_of(f"“Go.” — Jane Roe,{' mayor' * 14}"), "max_signature_words", 15),
        (turns_of(f"“Go.” — Jane Roe,{' mayor' * 15}"), "max_signature_words", 17),
        (unfinished, "max_phrase_tail_tokens", 0),
        (thought, "max_thought_tokens", 1),
        (thought, "thought_score", 0.123),
        (turns_of(PULLED), "min_unstopped_words", 7),
        (by_rules(HEADLINE), "max_headline_tokens", 0),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_setting_decides(find: Callable[[ExtractionSettings], object], name: str, value: float) -> None:
    defaults, changes = ExtractionSettings(), cast("dict[str, Any]", {name: value})
    assert find(attrs.evolve(defaults, **changes)) != find(defaults)


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        pytest.param(CLOSED, "quotation", id="quotation"),
        pytest.param(UNCUED, "uncued", id="uncued"),
        pytest.param(LABEL, "label", id="label"),
        pytest.param(SIGNED, "signature", id="signature"),
        pytest.param(HEADLINE, "headline", id="headline"),
        pytest.param(DASHES, "dash", id="dash"),
        pytest.param(
            "He PRP nsubj said\nsaid VBD ROOT - say\nit PRP nsubj works\nworks VBZ ccomp said", "clause", id="clause"
        ),
    ],
)
def test_each_rule_has_its_score(table: str, rule: str) -> None:
    settings = attrs.evolve(ExtractionSettings(), **cast("dict[str, Any]", {f"{rule}_score": 0.123}))
    found = RuleExtractor(settings=settings)(parsed_text(make_doc(table)))[0]
    assert (found.rule.removeprefix("layout, "), found.score) == (rule, 0.123)
