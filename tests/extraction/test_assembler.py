"""The list of repairs: each does its work, stands where it must, and asks for the rules only where it needs them."""

from collections.abc import Sequence

import attrs
import pytest
from spacy.tokens import Doc

from quotesmith.extraction import Attribution, ExtractionSettings, assembler
from quotesmith.extraction.assembler import REPAIRS, Clues, Origin, assemble
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan, TextSpans
from tests.cases import named_table
from tests.docs import make_doc, of_text, parsed_text

NAMES = [repair.name for repair in REPAIRS]
LEXICON = load_reporting()
SAID = """
    Ann     NNP  nsubj  said   -     PERSON
    said    VBD  ROOT   -      say
    it      PRP  nsubj  works
    works   VBZ  ccomp  said   work
    .       .    punct  said
"""
NOT_SAID = named_table("extraction/assembler", "not said")
TOLD = named_table("extraction/assembler", "told")
TITLED = named_table("extraction/assembler", "titled")
NESTED_SOURCE = named_table("extraction/assembler", "nested source")
HEADLINE = named_table("extraction/assembler", "headline")
SKEETED = """
    Ann      NNP  nsubj  skeeted  -       PERSON
    skeeted  VBD  ROOT   -        skeete
    it       PRP  nsubj  works
    works    VBZ  ccomp  skeeted  work
    .        .    punct  skeeted
"""
ADDED = "She PRP nsubj added\nadded VBD ROOT - add\nit PRP nsubj helps\nhelps VBZ ccomp added help"
SAID_TWICE = f"{SAID.rstrip()}\n{ADDED}"
ONE_SAID = SAID.replace("Ann     NNP  nsubj  said   -     PERSON", "One CD nummod sign\n    sign NN nsubj said")
QUOTED = """
    Ann     NNP  nsubj  quoted  -      PERSON
    quoted  VBD  ROOT   -       quote
    Roe     NNP  dobj   quoted  -      PERSON
    as      IN   prep   quoted
    saying  VBG  pcomp  as      say
    it      PRP  nsubj  works
    works   VBZ  ccomp  saying  work
"""
ASKED = (
    "Asked VBN advcl laughed ask\nif IN mark works\nit PRP nsubj works\nworks VBZ ccomp Asked work\n, , punct laughed\n"
    "Ann NNP nsubj laughed - PERSON\nlaughed VBD ROOT - laugh"
)
VET_SAID = SAID.replace("    Ann ", "    vet NN nsubj said\n    , , punct vet\n    Ann ").replace(
    "    said ", "    , , punct vet\n    said "
)
NOTHING = "Ann NNP nsubj said - PERSON\nsaid VBD ROOT - say\nnothing NN dobj said"
PLANS = "old JJ amod plans\nand CC cc old\nnew JJ conj old\nplans NNS dobj feared\nfeared VBD ROOT -"
TITLE = "See VB ROOT -\n“ `` punct Bell\nAnn NNP compound Bell\nBell NNP dobj See\n” '' punct Bell"
ASIDE = (
    "“ `` punct no\nAh UH intj no\n( -LRB- punct no\nsmiling VBG advcl no smile\n) -RRB- punct no\nno UH ROOT -\n"
    "” '' punct no"
)
TO_HERSELF = SAID.replace("    it  ", "    to IN prep said\n    herself PRP pobj to\n    it  ")
THOUGHT = (
    "It PRP nsubj works\nworks VBZ ccomp thought work\n, , punct thought\nAnn NNP nsubj thought - PERSON\n"
    "thought VBD ROOT - think\n. . punct thought"
)
COMMENT = """
    Nobody  NN   nsubj      won
    ,       ,    punct      says
    Roe     NNP  nsubj      says  -    PERSON
    says    VBZ  parataxis  won   say
    ,       ,    punct      says
    has     VBZ  aux        won   have
    won     VBN  ROOT       -     win
    .       .    punct      won
"""
STANDING = """
    “      ``   punct  Go
    Go     VB   ROOT   -
    ,      ,    punct  Go
    ”      ''   punct  Go
    —      :    punct  stood
    Roe    NNP  nsubj  stood  -      PERSON
    stood  VBD  ROOT   -      stand
    —      :    punct  stood
    “      ``   punct  now
    now    RB   ROOT   -
    .      .    punct  now
    ”      ''   punct  now
"""
INSIDE = """
    “     ``   punct  said
    Ann   NNP  nsubj  said  -    PERSON
    said  VBD  ROOT   -     say
    ,     ,    punct  said
    ‘     ``   punct  Go
    Go    VB   ccomp  said
    .     .    punct  Go
    ’     ''   punct  Go
    ”     ''   punct  said
"""
DASHES = """
    —     :    punct  Go
    Go    VB   ccomp  said
    ,     ,    punct  said
    said  VBD  ROOT   -     say
    Ann   NNP  nsubj  said  -    PERSON
    .     .    punct  said

    —     :    punct  Why
    Why   WRB  ROOT   -
    ?     .    punct  Why
"""
TEASER = "READ MORE: Mill reopens, says mayor"
TALK = "Talk.\n\nROE: We will see about that.\n\nHOLM: So we shall, I say.\n\nROE: You said it works, yes."


def quote(text: str, content: str, *, cue: str = "", source: str = "", score: float = 0.9) -> Attribution:
    """A candidate whose words stand where the text has them first."""

    def place(words: str) -> TextSpans:
        return (TextSpan(text.index(words), text.index(words) + len(words)),) if words else ()

    return Attribution(
        content=place(content), cue=place(cue), source=place(source), act=Act.SPEECH, score=score, rule="tags"
    )


@attrs.frozen
class Scenario:
    """A text and what an extractor found in it."""

    text: ParsedText
    candidates: Sequence[Attribution]
    clues: Clues

    @classmethod
    def of(
        cls,
        text: str | Doc,
        *candidates: Attribution,
        by_rules: Sequence[Attribution] = (),
        inner: Sequence[Attribution] = (),
        verbs: Sequence[str] = (),
        origin: Origin = Origin.TAGS,
    ) -> "Scenario":
        lexicon = LEXICON.with_verbs([{"verb": verb, "act": "writing"} for verb in verbs])
        clues = Clues(lexicon, ExtractionSettings(), origin, inner, lambda: by_rules)
        return cls(of_text(text) if isinstance(text, str) else parsed_text(text), candidates, clues)

    def assembled(self) -> list[Attribution]:
        return assemble(self.text, self.candidates, self.clues)


def table(rows: str, content: str, *, cue: str, source: str = "", score: float = 0.9) -> Scenario:
    doc = make_doc(rows)
    return Scenario.of(doc, quote(doc.text, content, cue=cue, source=source, score=score))


def nested_sources() -> Scenario:
    doc = make_doc(NESTED_SOURCE)
    return Scenario.of(
        doc,
        quote(doc.text, "Go,", cue="said", source="Ann"),
        quote(doc.text, "They wait", cue="according to", source="Tass"),
    )


def added_verb() -> Scenario:
    doc = make_doc(SKEETED)
    return Scenario.of(doc, by_rules=[quote(doc.text, "it works", cue="skeeted", source="Ann")], verbs=["skeet"])


def narration() -> Scenario:
    text = "It rained. “Go,” said Ann."
    said = quote(text, "“Go,”", cue="said", source="Ann")
    return Scenario.of(text, attrs.evolve(said, content=(TextSpan(0, 10), *said.content)))


def own_report() -> Scenario:
    doc = make_doc(SAID_TWICE)
    said = quote(doc.text, "it works", cue="said", source="Ann")
    return Scenario.of(doc, attrs.evolve(said, content=(*said.content, *quote(doc.text, "it helps").content)))


def nested_clause() -> Scenario:
    text = "Ann said she left, according to Tass."
    outer = quote(text, "Ann said she left", cue="according to", source="Tass")
    return Scenario.of(text, outer, by_rules=[quote(text, "she left", cue="said", source="Ann")])


INNER = "“Ann told us that it works,” he said."
REPORTED = "“He said, ‘Go,’ and I went,” Ann told us."
COLON = "Ann said : it works"
GOES_ON = "“Go.\n\n“Stay.”"
SCENARIOS = {
    "join_interrupted_speech": Scenario.of(make_doc(STANDING), quote(make_doc(STANDING).text, "“Go,”")),
    "drop_narration": narration(),
    "split_own_reports": own_report(),
    "drop_empty_reports": table(NOTHING, "nothing", cue="said", source="Ann"),
    "drop_unspoken": Scenario.of(make_doc(TITLE), quote(make_doc(TITLE).text, "“Ann Bell”")),
    "complete_interrupted": Scenario.of(make_doc(COMMENT)),
    "end_at_own_marks": Scenario.of(REPORTED, quote(REPORTED, "Go,’ and I went", cue="said", source="He")),
    "add_nested_passages": Scenario.of(make_doc(INSIDE)),
    "complete_sources": table(ONE_SAID, "it works", cue="said", source="One"),
    "settle_participles": table(ASKED, "it works", cue="Asked", source="Ann"),
    "complete_appositions": table(VET_SAID, "it works", cue="said", source="vet"),
    "add_dash_turns": Scenario.of(make_doc(DASHES)),
    "drop_furniture": Scenario.of(
        TEASER, quote(TEASER, "Mill reopens", cue="says", source="mayor"), origin=Origin.RULES
    ),
    "detach_nested_sources": nested_sources(),
    "join_pieces": Scenario.of(GOES_ON, quote(GOES_ON, "“Go."), quote(GOES_ON, "“Stay.”")),
    "add_missing_cues": Scenario.of(
        "“Go” is Ann's",
        quote("“Go” is Ann's", "“Go”"),
        by_rules=[quote("“Go” is Ann's", "“Go”", cue="is", source="Ann")],
    ),
    "add_headline_quotes": Scenario.of(make_doc(HEADLINE)),
    "drop_doubtful": Scenario.of("It rains. It pours.", quote("It rains. It pours.", "It pours", score=0.5)),
    "settle_reported_speakers": table(QUOTED, "it works", cue="saying", source="Ann"),
    "add_missing_sources": table(SAID, "it works", cue="said"),
    "add_reports_of_added_verbs": added_verb(),
    "add_inner_quotes": Scenario.of(
        INNER,
        quote(INNER, "“Ann told us that it works,”", cue="said", source="he"),
        inner=[quote(INNER, "that it works", cue="told", source="Ann")],
    ),
    "drop_addressees": Scenario.of(
        make_doc(TOLD),
        attrs.evolve(
            quote("Ann told her it works.", "her", cue="told", source="Ann"),
            content=(TextSpan(9, 12), TextSpan(13, 21)),
        ),
    ),
    "finish_phrases": table(PLANS, "old and", cue="feared"),
    "drop_function_words": table(TOLD, "her", cue="told", source="Ann"),
    "trim_contents": Scenario.of(COLON, quote(COLON, ": it works", cue="said", source="Ann")),
    "complete_cues": table(NOT_SAID, "it works", cue="say", source="Ann"),
    "complete_names": table(TITLED, "it works", cue="said", source="Adm."),
    "add_labelled_turns": Scenario.of(TALK),
    "add_nested_source_quotes": nested_clause(),
    "settle_kinds": Scenario.of("“Go,” he said.", quote("“Go,” he said.", "“Go,”", cue="said", source="he")),
    "cut_asides": Scenario.of(make_doc(ASIDE), quote(make_doc(ASIDE).text, "“Ah (smiling) no”")),
    "add_unmarked_thoughts": Scenario.of(make_doc(THOUGHT)),
    "settle_acts": table(TO_HERSELF, "it works", cue="said", source="Ann"),
    "settle_assertions": table(NOT_SAID, "it works", cue="say", source="Ann"),
    "settle_sources": Scenario.of("“Go, Ann” said", quote("“Go, Ann” said", "“Go, Ann”", cue="said", source="Ann")),
    "nest": Scenario.of(
        INNER,
        quote(INNER, "that it works", cue="told", source="Ann"),
        quote(INNER, "“Ann told us that it works,”", cue="said", source="he"),
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_each_repair_has_work_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = SCENARIOS[name]
    repaired = scenario.assembled()
    monkeypatch.setattr(assembler, "REPAIRS", tuple(repair for repair in REPAIRS if repair.name != name))
    assert scenario.assembled() != repaired


def test_each_repair_has_a_scenario() -> None:
    assert set(NAMES) == set(SCENARIOS)


def test_names_are_unique() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param("join_interrupted_speech", "add_missing_cues", id="a-dash-in-speech-signs-nothing"),
        pytest.param("drop_doubtful", "complete_interrupted", id="what-is-completed-is-sure"),
        pytest.param("detach_nested_sources", "add_missing_cues", id="what-is-detached-gets-a-cue"),
        pytest.param("join_pieces", "add_missing_cues", id="what-is-parted-gets-a-cue"),
        pytest.param("drop_doubtful", "add_missing_sources", id="a-subject-beside-any-verb-is-none"),
        pytest.param("drop_doubtful", "add_unmarked_thoughts", id="a-dropped-one-leaves-its-place-to-a-thought"),
        pytest.param("drop_doubtful", "add_reports_of_added_verbs", id="a-dropped-one-leaves-its-place"),
        pytest.param("add_inner_quotes", "add_missing_sources", id="inner-quotes-have-sources"),
        pytest.param("add_inner_quotes", "drop_addressees", id="inner-quotes-have-addressees"),
        pytest.param("add_inner_quotes", "add_labelled_turns", id="inner-quotes-stay-in-their-turn"),
        pytest.param("add_inner_quotes", "add_nested_source_quotes", id="inner-cues-are-taken"),
        pytest.param("add_nested_source_quotes", "settle_kinds", id="content-is-final"),
        pytest.param("settle_sources", "nest", id="spans-are-final"),
    ],
)
def test_order(earlier: str, later: str) -> None:
    assert NAMES.index(earlier) < NAMES.index(later)


def test_a_doubtful_quote_leaves_its_place_to_an_added_verb() -> None:
    scenario = added_verb()
    doubtful = quote(scenario.text.text, "it works", score=0.4)
    [found] = attrs.evolve(scenario, candidates=[doubtful]).assembled()
    assert found.cue
    sure = attrs.evolve(doubtful, score=0.9, cue=(TextSpan(20, 21),))
    [kept] = attrs.evolve(scenario, candidates=[sure]).assembled()
    assert kept.cue == sure.cue


def test_candidates_of_rules_are_only_settled_and_nested() -> None:
    text = "“Go,” he said."
    doubtful = quote(text, "“Go,”", cue="said", source="he", score=0.1)
    clues = Clues(LEXICON, ExtractionSettings(), Origin.RULES)
    [found] = assemble(of_text(text), [doubtful], clues)
    assert found == attrs.evolve(doubtful, kind=QuoteKind.DIRECT, outer_marks=(TextSpan(0, 1), TextSpan(4, 5)))


def test_what_follows_from_content_and_cue_is_settled_at_the_end() -> None:
    [found] = SCENARIOS["settle_assertions"].assembled()
    assert found.assertion is Assertion.NEGATED


def test_rules_are_asked_once_and_only_where_needed() -> None:
    asked: list[None] = []

    def find() -> Sequence[Attribution]:
        asked.append(None)
        return []

    def times(scenario: Scenario) -> int:
        asked.clear()
        attrs.evolve(scenario, clues=attrs.evolve(scenario.clues, find_by_rules=find)).assembled()
        return len(asked)

    assert times(SCENARIOS["settle_kinds"]) == 0
    assert times(SCENARIOS["add_missing_cues"]) == 1
    both = Scenario.of("“Go” — Ann, according to Tass", quote("“Go” — Ann, according to Tass", "“Go”"))
    assert times(both) == 1
