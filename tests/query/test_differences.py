"""What two readings of one text say differently: which quotes are the same one, and what of them differs."""

import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from quotesmith.errors import InvalidRecordError, OptionError
from quotesmith.query.differences import Change, DocumentDifference, find_differences, pair_documents
from quotesmith.records import Entity, Mention, Quote, QuoteDocument, TextSpan
from tests.samples import summit
from tests.steps import steps_of
from tests.strategies import documents


def changed(quote_id: str, **fields: Any) -> QuoteDocument:
    """The sample with other fields of one quote."""
    return with_quotes(*(evolve(q, **fields) if q.id == quote_id else q for q in summit().quotes))


def with_quotes(*quotes: Quote) -> QuoteDocument:
    return evolve(summit(), quotes=quotes)


def changes(after: QuoteDocument, before: QuoteDocument | None = None, **options: Any) -> list[Change]:
    """All that differs from the sample, if no quote is in one reading only."""
    difference = find_differences(summit() if before is None else before, after, **options)
    assert all(quote.before is not None and quote.after is not None for quote in difference.quotes)
    return [change for quote in difference.quotes for change in quote.changes]


def make(*spans: tuple[int, int], text: str = "x" * 100) -> QuoteDocument:
    """A document with a quote for each span."""
    return QuoteDocument("d", text, "en", [Quote(f"q{n}", "direct", [span], "x") for n, span in enumerate(spans)])


def pairs(before: QuoteDocument, after: QuoteDocument) -> list[tuple[str | None, str | None]]:
    """The ids of the quotes that differ, as pairs."""
    return [
        (q.before and q.before.id, q.after and q.after.id)  # type: ignore[misc]
        for q in find_differences(before, after).quotes
    ]


def test_same_document_has_no_differences() -> None:
    assert find_differences(summit(), summit("other")) == DocumentDifference(summit(), summit("other"))
    assert find_differences(summit(), summit()).is_empty


@pytest.mark.parametrize(
    ("quote", "fields", "expected"),
    [
        pytest.param("q2", {"kind": "mixed"}, Change("kind", "indirect", "mixed"), id="kind"),
        pytest.param("q2", {"act": "thought"}, Change("act", "speech", "thought"), id="act"),
        pytest.param("q2", {"assertion": "asserted"}, Change("assertion", "negated", "asserted"), id="assertion"),
        pytest.param("q6", {"cue": [(0, 1)]}, Change("cue", (), (TextSpan(0, 1),)), id="cue"),
        pytest.param(
            "q2",
            {"source": "m0"},
            Change("source", summit().mention("m4").spans, summit().mention("m0").spans),
            id="source",
        ),
        pytest.param(
            "q2", {"speakers": ["e0"]}, Change("speakers", ("Vladimir Putin",), ("Xi Jinping",)), id="speakers"
        ),
        pytest.param("q2", {"speakers": []}, Change("speakers", ("Vladimir Putin",), ()), id="no-speaker"),
        pytest.param("q0", {"addressees": []}, Change("addressees", ("reporters",), ()), id="addressees"),
        pytest.param("q5", {"parent": None}, Change("parent", summit().quote("q4").content, ()), id="parent"),
        pytest.param("q2", {"score": 0.5}, Change("score", 0.7, 0.5), id="score"),
        pytest.param("q2", {"speaker_score": 0.5}, Change("speaker_score", 0.9, 0.5), id="speaker-score"),
    ],
)
def test_change_says_what_was_and_what_is(quote: str, fields: dict[str, Any], expected: Change) -> None:
    assert changes(changed(quote, **fields)) == [expected]


def test_changed_extent_is_of_the_same_quote() -> None:
    [span] = summit().quote("q2").content
    shorter = TextSpan(span.start + 5, span.end)
    assert changes(changed("q2", content=[shorter])) == [Change("content", (span,), (shorter,))]


@pytest.mark.parametrize("fields", [{"score": 0.73}, {"text": "other"}, {"id": "q9"}])
def test_what_does_not_count_is_no_difference(fields: dict[str, Any]) -> None:
    assert changes(changed("q2", **fields)) == []


def test_margin_tells_how_far_scores_may_be_apart() -> None:
    assert changes(changed("q2", score=0.73), margin=0.01) == [Change("score", 0.7, 0.73)]
    assert changes(changed("q2", score=0.1), margin=1) == []


@pytest.mark.parametrize("margin", [-1, 2, float("nan"), "0"])
def test_margin_that_is_none_is_an_error(margin: Any) -> None:
    with pytest.raises(OptionError, match="between 0 and 1"):
        find_differences(summit(), summit(), margin=margin)


def test_quotes_of_one_reading_only_are_told_in_text_order() -> None:
    before, after = make((0, 10), (40, 50)), make((20, 30), (40, 50))
    assert pairs(before, after) == [("q0", None), (None, "q0")]


def test_best_overlap_comes_first() -> None:
    assert pairs(make((0, 20), (22, 40)), make((2, 40))) == [("q0", None), ("q1", "q0")]
    assert pairs(make((0, 20), (22, 40)), make((0, 38))) == [("q0", "q0"), ("q1", None)]


def test_equal_content_is_paired_by_cue_and_source() -> None:
    quotes = [Quote(f"q{n}", "direct", [(0, 9)], "x", cue=[(20 + n, 21 + n)]) for n in range(3)]
    before, after = (QuoteDocument("d", "x" * 30, "en", own) for own in (quotes, quotes[::-1]))
    assert find_differences(before, after).is_empty


def test_little_overlap_makes_no_pair() -> None:
    assert pairs(make((0, 50)), make((45, 95))) == [("q0", None), (None, "q0")]


def test_split_quote_is_paired_by_all_its_pieces() -> None:
    quotes = [Quote("q0", "direct", spans, "x") for spans in ([(0, 10), (20, 30)], [(0, 30)])]
    before, after = (QuoteDocument("d", "x" * 30, "en", [quote]) for quote in quotes)
    assert pairs(before, after) == [("q0", "q0")]


def test_speakers_are_compared_by_name_and_alias_not_by_id() -> None:
    def said_by(*entities: Entity) -> QuoteDocument:
        quote = Quote("q0", "direct", [(0, 2)], "Go", speakers=[entity.id for entity in entities])
        return QuoteDocument("d", "Go", "en", [quote], entities)

    xi = said_by(Entity("e0", "Xi Jinping", aliases=["Xi"]), Entity("e1", "Ann"))
    assert changes(said_by(Entity("x", "ann"), Entity("y", "Xi")), xi) == []
    assert changes(said_by(Entity("x", "Ann"), Entity("y", "Mr. Xi", aliases=["Xi Jinping"])), xi) == []
    assert len(changes(said_by(Entity("x", "Ann"), Entity("y", "Ann")), xi)) == 1
    assert len(changes(said_by(Entity("x", "Ann")), xi)) == 1


def test_quote_in_a_quote_that_moved_still_stands_in_it() -> None:
    [outer] = summit().quote("q4").content
    after = changed("q4", content=[(outer.start, outer.end - 1)], id="q4")
    assert [change.what for change in changes(after)] == ["content"]


def test_different_texts_are_an_error_that_says_where() -> None:
    with pytest.raises(InvalidRecordError, match=r"from character 3 on 'd' and 'x'"):
        find_differences(QuoteDocument("a", "abcd"), QuoteDocument("b", "abcx"))
    with pytest.raises(InvalidRecordError, match=r"from character 2 on '' and 'c'"):
        find_differences(QuoteDocument("a", "ab"), QuoteDocument("b", "abc"))


def test_documents_are_paired_by_id_in_order() -> None:
    a, b, c = (QuoteDocument(key, "") for key in "abc")
    assert list(pair_documents([b, a], [c, a])) == [(b, None), (a, a), (None, c)]


def test_two_single_documents_are_a_pair_whatever_their_ids() -> None:
    a, b = QuoteDocument("a", ""), QuoteDocument("b", "")
    assert list(pair_documents([a], [b])) == [(a, b)]


def test_id_that_occurs_twice_is_an_error_that_names_it() -> None:
    with pytest.raises(InvalidRecordError, match="more than once on one side: a"):
        list(pair_documents([QuoteDocument("a", "")] * 2, []))


def test_document_of_one_side_only_is_a_difference() -> None:
    assert not DocumentDifference(summit(), None).is_empty
    assert DocumentDifference(None, summit()).to_dict() == {"before": None, "after": "summit", "quotes": []}


def test_plain_data_is_json() -> None:
    row = find_differences(summit(), changed("q2", cue=())).to_dict()
    assert json.loads(json.dumps(row)) == row
    [quote] = row["quotes"]
    [cue] = summit().quote("q2").cue
    assert quote["changes"] == {"cue": {"before": [[cue.start, cue.end]], "after": []}}
    assert quote["after"]["speakers"] == ["Vladimir Putin"]


def test_deep_nesting_and_many_quotes_take_no_square_of_their_number() -> None:
    def steps(size: int) -> int:
        nested = make(*((n, 4 * size - n) for n in range(size)), text="x" * 4 * size)
        shifted = make(*((n + 1, 4 * size - n) for n in range(size)), text="x" * 4 * size)
        assert len(find_differences(nested, shifted).quotes) > 0
        return steps_of(find_differences, nested, shifted)

    # Each quote is compared with some around it: a square would be 100.
    assert steps(2_000) < 20 * steps(200)


@given(documents(), documents())
def test_differences_of_any_documents_are_symmetric(one: QuoteDocument, other: QuoteDocument) -> None:
    # On one text; spans that don't fit it are left out.
    kept = tuple(
        evolve(q, parent=None, speakers=(), addressees=(), source=None, evidence=type(q.evidence)())
        for q in other.quotes
        if q.content[-1].end <= len(one.text) and (not q.cue or q.cue[-1].end <= len(one.text))
    )
    after = QuoteDocument("other", one.text, "en", kept)
    there, back = find_differences(one, after), find_differences(after, one)
    assert there.is_empty == back.is_empty
    assert len([q for q in there.quotes if q.after is None]) == len([q for q in back.quotes if q.before is None])
    assert find_differences(one, one).is_empty


def test_mentions_that_are_no_source_do_not_count() -> None:
    more = evolve(summit(), mentions=(*summit().mentions, Mention("m9", [(0, 1)], "pronoun", "e0")))
    assert find_differences(summit(), more).is_empty
