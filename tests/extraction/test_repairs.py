from collections import Counter
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotesmith.extraction import Attribution, ExtractionSettings
from quotesmith.extraction.repairs import complete_sources
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan
from tests.cases import Case, each_case, named_table
from tests.docs import VOCAB, make_doc, parsed_text
from tests.extraction.found import (
    BETWEEN,
    add_missing_cues,
    add_missing_sources,
    complete_cue,
    complete_name,
    drop_addressee,
    drop_doubtful,
    drop_function_words,
    drop_furniture,
    trim_contents,
    words,
)
from tests.extraction.worded import Offsets, attribution, place, quote_at


@each_case("repairs/names", keys={"source", "cue", "whole"})
def test_name_behind_an_abbreviated_title_is_the_sources(case: Case) -> None:
    doc = make_doc(case.table)
    for expected in case.expected:
        [source] = place(doc.text, expected["source"])
        assert complete_name(doc, source, place(doc.text, expected.get("cue", ""))).of(doc.text) == expected["whole"]


@each_case("repairs/addressees", keys={"content", "cue", "kept"})
def test_addressee_is_no_content(case: Case) -> None:
    doc = make_doc(case.table)
    for expected in case.expected:
        spans: list[TextSpan] = []
        for piece in expected["content"].split(BETWEEN):
            spans.extend(place(doc.text, piece))
        found = drop_addressee(doc, tuple(spans), place(doc.text, expected.get("cue", "")))
        assert BETWEEN.join(words(doc.text, found)) == expected["kept"]


@each_case("repairs/sources", keys={"cue", "content", "before", "source"})
def test_source_that_is_missing_or_of_another_sentence_is_who_does_what_the_cue_says(case: Case) -> None:
    doc = make_doc(case.table)
    for expected in case.expected:
        quote = attribution(doc.text, expected["content"], cue=expected["cue"], source=expected.get("before", ""))
        [found] = add_missing_sources(doc, [quote])
        assert attrs.evolve(found, source=()) == attrs.evolve(quote, source=())
        assert "".join(words(doc.text, found.source)) == expected["source"]


@pytest.mark.parametrize(
    ("content", "tag", "source"),
    [
        pytest.param("“Nothing,”", "Lee", "Lee", id="a-tag-that-a-rule-knows"),
        pytest.param("“Nothing,”", "", "Roe", id="no-rule"),
        pytest.param("“Nothing,”", "Roe", "Roe", id="a-rule-of-another-sentence"),
        pytest.param("Lee", "“Nothing,”", "Roe", id="no-speech-between-marks"),
    ],
)
def test_source_of_another_sentence_gives_way_to_the_tag_of_a_rule(content: str, tag: str, source: str) -> None:
    doc = make_doc(named_table("extraction/repairs", "tag"))
    quote = attribution(doc.text, content, cue="muttered", source="Roe")
    rule = attrs.evolve(quote, source=place(doc.text, tag))
    [found] = add_missing_sources(doc, [quote], [rule])
    assert words(doc.text, found.source) == [source]


DOC = make_doc(named_table("extraction/repairs", "doc"))


def unsure(content: str, *, cue: str = "", source: str = "") -> Attribution:
    return attribution(DOC.text, content, cue=cue, source=source, score=0.5)


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
    assert drop_doubtful(DOC, [found]) == ([found] if is_kept else [])


@pytest.mark.parametrize("content", ["“it failed”", "said “it failed”"])
def test_quotes_with_marks_are_not_doubtful(content: str) -> None:
    doc = Doc(VOCAB, words=["She", "said", "“it", "failed”", "again"])
    quote = attribution(doc.text, content, score=0.5)
    assert drop_doubtful(doc, [quote]) == [quote]


TEASER = "Ann said\n\nREAD MORE: Six dead\n\nthat it fell. (Photo: Bo) It rained."


@pytest.mark.parametrize(
    ("content", "cue", "source", "kept"),
    [
        pytest.param("Six dead", "READ MORE", "", None, id="inside"),
        pytest.param("that it fell", "READ", "MORE", (["that it fell"], [], []), id="cue-and-source"),
        pytest.param("Six dead\n\nthat it fell", "said", "Ann", (["that it fell"], ["said"], ["Ann"]), id="reaches-in"),
        pytest.param(
            "that it fell. (Photo: Bo) It rained",
            "said",
            "Ann",
            (["that it fell.", "It rained"], ["said"], ["Ann"]),
            id="goes-on",
        ),
        pytest.param(
            "dead\n\nthat it fell. (", "said", "Ann", (["that it fell."], ["said"], ["Ann"]), id="no-words-behind"
        ),
    ],
)
def test_furniture_is_cut_out_of_quotes(
    content: str, cue: str, source: str, kept: tuple[list[str], ...] | None
) -> None:
    found = drop_furniture(TEASER, [attribution(TEASER, content, cue=cue, source=source)])
    assert [(words(TEASER, q.content), words(TEASER, q.cue), words(TEASER, q.source)) for q in found] == (
        [] if kept is None else [kept]
    )


def quote(*content: Offsets, **values: Any) -> Attribution:
    return quote_at(*content, **{"kind": QuoteKind.DIRECT, **values})


def by_rule(*content: Offsets, cue: Offsets | None = (40, 44), source: Offsets | None = (45, 48)) -> Attribution:
    found = quote(*content, cue=cue, source=source)
    return attrs.evolve(found, rule="label", act=Act.WRITING, assertion=Assertion.FUTURE, score=0.9)


def test_quote_without_a_cue_takes_the_rule_s() -> None:
    [found] = add_missing_cues([quote((0, 9))], [by_rule((0, 12))])
    assert found == attrs.evolve(quote((0, 9), cue=(40, 44), source=(45, 48)), act=Act.WRITING, rule="tags, label")


@pytest.mark.parametrize(
    ("found", "rule"),
    [
        pytest.param(quote((0, 9), cue=(10, 14)), by_rule((0, 9)), id="has-a-cue"),
        pytest.param(quote((0, 9)), by_rule((0, 9), cue=None), id="rule-without-a-cue"),
        pytest.param(quote((0, 9)), by_rule((1, 9)), id="rule-starts-elsewhere"),
        pytest.param(quote((0, 9)), attrs.evolve(by_rule((0, 9)), parent=0), id="rule-inside-another"),
        pytest.param(quote((0, 60)), by_rule((0, 9)), id="cue-among-its-own-words"),
    ],
)
def test_quote_stays_as_it_is(found: Attribution, rule: Attribution) -> None:
    assert add_missing_cues([found], [rule]) == [found]


def test_nothing_found_is_nothing() -> None:
    assert add_missing_cues([], [by_rule((0, 9))]) == []


def test_source_among_its_own_words_is_none() -> None:
    [found] = add_missing_cues([quote((0, 9), (30, 39))], [by_rule((0, 9), source=(31, 34))])
    assert (found.cue, found.source) == ((TextSpan(40, 44),), ())


@pytest.mark.parametrize(
    ("cue", "left"),
    [pytest.param((8, 10), (9, 10), id="at-the-end"), pytest.param((18, 21), (18, 20), id="at-the-start")],
)
def test_cue_in_one_token_with_a_mark_of_the_content_is_what_stands_beside(cue: Offsets, left: Offsets) -> None:
    [found] = add_missing_cues([quote((0, 9), (20, 29))], [by_rule((0, 9), cue=cue)])
    assert found.cue == (TextSpan(*left),)


def test_second_content_of_the_rule_counts_too() -> None:
    [found] = add_missing_cues([quote((20, 29))], [by_rule((0, 9), (20, 29))])
    assert found.cue == (TextSpan(40, 44),)


def test_cue_that_another_quote_has_stays_with_that_one() -> None:
    other = quote((50, 59), cue=(40, 44), source=(45, 48), marks=((50, 51), (58, 59)))
    found = [quote((0, 9), marks=((0, 1), (8, 9))), other]
    assert add_missing_cues(found, [by_rule((0, 9))]) == found


def test_first_of_two_quotes_that_one_rule_would_complete_has_the_cue() -> None:
    first, second = add_missing_cues([quote((0, 9)), quote((20, 29))], [by_rule((0, 9), (20, 29))])
    assert (first.cue, second.cue) == ((TextSpan(40, 44),), ())


@st.composite
def attributions(draw: st.DrawFn) -> list[Attribution]:
    """Quotes whose parts lie apart, as the tags give them; some without a cue."""
    places = iter(draw(st.permutations(range(30))))
    found = []
    for _ in range(draw(st.integers(0, 6))):
        content = sorted((3 * next(places), 2) for _ in range(draw(st.integers(1, 2))))
        cue = 3 * next(places) if draw(st.booleans()) else None
        found.append(
            quote(
                *((start, start + length) for start, length in content),
                cue=None if cue is None else (cue, cue + 2),
                kind=draw(st.sampled_from(QuoteKind)),
            )
        )
    return found


@given(attributions(), attributions(), st.data())
def test_no_content_is_lost_or_doubled_and_no_cue_is_content(
    found: list[Attribution], by_rules: list[Attribution], data: st.DataObject
) -> None:
    starts = [quote.content[0].start for quote in found]
    aimed = [
        attrs.evolve(rule, content=(TextSpan(start := data.draw(st.sampled_from(starts)), start + 2),))
        if bool(starts) and data.draw(st.booleans())
        else rule
        for rule in by_rules
    ]
    result = add_missing_cues(found, aimed)
    assert Counter(span for quote in result for span in quote.content) == Counter(
        span for quote in found for span in quote.content
    )
    for completed in result:
        assert list(completed.content) == sorted(completed.content)
        assert not any(cue.overlaps(span) for cue in completed.cue for span in completed.content)
    assert {cue for quote in found for cue in quote.cue} <= {cue for quote in result for cue in quote.cue}


@pytest.mark.parametrize(
    ("words", "tag", "is_kept"),
    [
        pytest.param(["them"], "PRP", False, id="who-is-told"),
        pytest.param(["that"], "IN", False, id="what-opens-a-clause"),
        pytest.param(["why"], "WRB", True, id="question"),
        pytest.param(["yes"], "UH", True, id="answer"),
        pytest.param(["“", "Them", "”"], "PRP", True, id="between-marks"),
        pytest.param(["them", "all"], "PRP", True, id="two-words"),
    ],
)
def test_word_that_tells_nothing_is_no_content(words: list[str], tag: str, *, is_kept: bool) -> None:
    doc = Doc(VOCAB, words=["She", "said", *words], tags=["PRP", "VBD", *(tag for _ in words)])
    content = doc[2:].text
    found = attribution(doc.text, content)
    assert drop_function_words(doc, [found]) == ([found] if is_kept else [])


@pytest.mark.parametrize(
    ("verbs", "cue", "whole"),
    [
        pytest.param("did VBD aux say\nnot RB neg say\nsay VB ROOT -", "say", "did not say", id="did-not"),
        pytest.param("never RB neg said\nsaid VBD ROOT -", "said", "never said", id="never"),
        pytest.param("has VBZ aux said\nsaid VBN ROOT -", "said", "said", id="not-denied"),
        pytest.param("never RB neg went\nwent VBD ROOT -\nsaid VBD conj went", "said", "said", id="another-verb"),
    ],
)
def test_cue_has_what_denies_it(verbs: str, cue: str, whole: str) -> None:
    doc = make_doc(f"She PRP nsubj {cue}\n{verbs}\nit PRP nsubj works\nworks VBZ ccomp {cue}")
    found = attribution(doc.text, "it works", cue=cue)
    assert [span.of(doc.text) for span in complete_cue(doc, found.content, found.cue)] == [whole]


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (": nobody came", "nobody came"),
        (", nobody came", "nobody came"),
        (":\n“Go,”", "“Go,”"),
        (":) nobody came", ":) nobody came"),
        ("nobody: Roe came", "nobody: Roe came"),
        (": ", ": "),
    ],
)
def test_content_begins_with_no_mark_of_narration(content: str, kept: str) -> None:
    text = f"Roe said{content}"
    [found] = trim_contents(text, [attribution(text, content, cue="said")])
    assert words(text, found.content) == [kept]


def test_cue_grows_over_no_content() -> None:
    doc = make_doc("not RB neg said\nsaid VBD ROOT -")
    found = attribution(doc.text, "not", cue="said")
    assert complete_cue(doc, found.content, found.cue) == found.cue


JOINED = """
    Ann     NNP  nsubj     said   -  PERSON
    and     CC   cc        Ann
    the     DT   det       council
    city    NN   compound  council
    council NN   conj      Ann
    said    VBD  ROOT      -
    no      UH   intj      said
"""
NEXT = """
    said    VBD  ROOT      -
    Al      NNP  nsubj     said    -  PERSON
    .       .    punct     said
    Pat     NNP  nsubj     passed  -  PERSON
    passed  VBD  ROOT      -
    it      PRP  dobj      passed
"""


@pytest.mark.parametrize(
    ("table", "content", "before", "source"),
    [
        pytest.param(JOINED, "no", "Ann and", "Ann and the city council", id="joiner"),
        pytest.param(JOINED, "no", "Ann and the", "Ann and the city council", id="article"),
        pytest.param(JOINED, "no", "Ann", "Ann", id="whole"),
        pytest.param(JOINED.replace("the     DT", "said    VBD", 1), "no", "Ann and", "Ann", id="nothing-behind"),
        pytest.param(NEXT, "it", "Al. Pat", "Al", id="next-sentence"),
    ],
)
def test_source_ends_where_its_phrase_does(table: str, content: str, before: str, source: str) -> None:
    parsed = parsed_text(make_doc(table))
    quote = attribution(parsed.text, content, cue="said", source=before)
    [found] = complete_sources(parsed, [quote], ExtractionSettings())
    assert words(parsed.text, found.source) == [source]
