from collections import Counter

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.extraction import Attribution
from quotesmith.extraction.uncued import with_rules_cues
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan

_Span = tuple[int, int]


def quote(
    *content: _Span,
    cue: _Span | None = None,
    source: _Span | None = None,
    kind: QuoteKind = QuoteKind.DIRECT,
    marks: tuple[_Span, ...] = (),
) -> Attribution:
    return Attribution(
        content=tuple(TextSpan(*span) for span in content),
        cue=() if cue is None else (TextSpan(*cue),),
        source=() if source is None else (TextSpan(*source),),
        kind=kind,
        act=Act.SPEECH,
        assertion=Assertion.ASSERTED,
        outer_marks=tuple(TextSpan(*mark) for mark in marks),
        score=0.5,
        rule="tags",
    )


def by_rule(*content: _Span, cue: _Span | None = (40, 44), source: _Span | None = (45, 48)) -> Attribution:
    found = quote(*content, cue=cue, source=source)
    return attrs.evolve(found, rule="label", act=Act.WRITING, assertion=Assertion.FUTURE, score=0.9)


def test_quote_without_a_cue_takes_the_rule_s() -> None:
    [found] = with_rules_cues([quote((0, 9))], [by_rule((0, 12))])
    assert found == attrs.evolve(
        quote((0, 9), cue=(40, 44), source=(45, 48)),
        act=Act.WRITING,
        assertion=Assertion.FUTURE,
        rule="tags, label",
    )


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
    assert with_rules_cues([found], [rule]) == [found]


def test_nothing_found_is_nothing() -> None:
    assert with_rules_cues([], [by_rule((0, 9))]) == []


def test_source_among_its_own_words_is_none() -> None:
    [found] = with_rules_cues([quote((0, 9), (30, 39))], [by_rule((0, 9), source=(31, 34))])
    assert (found.cue, found.source) == ((TextSpan(40, 44),), ())


@pytest.mark.parametrize(
    ("cue", "left"),
    [pytest.param((8, 10), (9, 10), id="at-the-end"), pytest.param((18, 21), (18, 20), id="at-the-start")],
)
def test_cue_in_one_token_with_a_mark_of_the_content_is_what_stands_beside(cue: _Span, left: _Span) -> None:
    [found] = with_rules_cues([quote((0, 9), (20, 29))], [by_rule((0, 9), cue=cue)])
    assert found.cue == (TextSpan(*left),)


def test_second_content_of_the_rule_counts_too() -> None:
    [found] = with_rules_cues([quote((20, 29))], [by_rule((0, 9), (20, 29))])
    assert found.cue == (TextSpan(40, 44),)


def test_content_of_a_cue_that_another_quote_has_becomes_that_one_s() -> None:
    other = quote((50, 59), cue=(40, 44), source=(45, 48), marks=((50, 51), (58, 59)))
    [found] = with_rules_cues([quote((0, 9), marks=((0, 1), (8, 9))), other], [by_rule((0, 9))])
    assert found == attrs.evolve(
        other,
        content=(TextSpan(0, 9), TextSpan(50, 59)),
        outer_marks=tuple(TextSpan(*mark) for mark in ((0, 1), (8, 9), (50, 51), (58, 59))),
    )


def test_two_quotes_that_one_rule_completes_are_one() -> None:
    [found] = with_rules_cues([quote((0, 9)), quote((20, 29))], [by_rule((0, 9), (20, 29))])
    assert (found.content, found.cue) == ((TextSpan(0, 9), TextSpan(20, 29)), (TextSpan(40, 44),))


def test_all_paragraphs_that_one_rule_completes_are_one_quote() -> None:
    spans = [(start, start + 9) for start in range(50, 90, 10)]
    [found] = with_rules_cues([quote(span) for span in spans], [by_rule(*spans)])
    assert found.content == tuple(TextSpan(*span) for span in spans)


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
    result = with_rules_cues(found, aimed)
    assert Counter(span for quote in result for span in quote.content) == Counter(
        span for quote in found for span in quote.content
    )
    for completed in result:
        assert list(completed.content) == sorted(completed.content)
        assert not any(cue.overlaps(span) for cue in completed.cue for span in completed.content)
    assert {cue for quote in found for cue in quote.cue} <= {cue for quote in result for cue in quote.cue}
