"""QuoteDocument: what it refuses, what it finds, and corrections."""

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given

from quotesmith.errors import ArgumentError, FormatError, InvalidRecordError, NameNotFoundError
from quotesmith.records import (
    Act,
    Assertion,
    Candidate,
    Entity,
    EntityKind,
    Evidence,
    Mention,
    MentionForm,
    Quote,
    QuoteDocument,
    QuoteKind,
    TextSpan,
    pieces_text,
)
from quotesmith.records.checks import check_unique
from tests.samples import summit
from tests.steps import steps_of
from tests.strategies import documents

TEXT = "“Go,” she said, “now.”"


def make_quote(quote_id: str = "q0", **changes: Any) -> Quote:
    return Quote(**{"id": quote_id, "kind": "direct", "content": [(0, 5)], "text": "Go,", **changes})


def make_document(**changes: Any) -> QuoteDocument:
    parts = {
        "id": "d",
        "text": TEXT,
        "quotes": [make_quote(source="m0", speakers=["e0"])],
        "entities": [Entity("e0", "she", named=False)],
        "mentions": [Mention("m0", [(6, 9)], "pronoun", "e0")],
    }
    return QuoteDocument(**{**parts, **changes})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"quotes": [make_quote(), make_quote()]}, "quote ids must differ", id="same-quote"),
        pytest.param({"entities": [Entity("e0", "a"), Entity("e0", "b")]}, "entity ids must differ", id="same-entity"),
        ({"mentions": [Mention("m0", [(0, 1)], "name", "e0")] * 2}, "mention ids must differ"),
        pytest.param({"quotes": [make_quote(speakers=["e9"])]}, "quote q0 names entity 'e9'", id="unknown-speaker"),
        pytest.param({"quotes": [make_quote(addressees=["e9"])]}, "quote q0 names entity 'e9'", id="unknown-addressee"),
        pytest.param({"quotes": [make_quote(source="m9")]}, "quote q0 names mention 'm9'", id="unknown-source"),
        pytest.param({"quotes": [make_quote(parent="q9")]}, "quote q0 names quote 'q9'", id="unknown-parent"),
        pytest.param({"entities": []}, "names entity 'e0'", id="mention-of-nobody"),
        ({"entities": [Entity("e0", "she", members=["e8"])]}, "entity e0 names entity 'e8'"),
        ({"entities": [Entity("e0", "she", stands_for="e8")]}, "entity e0 names entity 'e8'"),
        ({"quotes": [make_quote(content=[(0, len(TEXT) + 1)])]}, "the text .* ends at"),
        pytest.param({"quotes": [make_quote(cue=[(0, len(TEXT) + 1)])]}, "the text .* ends at", id="cue-too-long"),
        ({"mentions": [Mention("m0", [(0, len(TEXT) + 1)], "name", "e0")]}, "mention m0 .* ends at"),
        pytest.param({"quotes": [make_quote(parent="q0")]}, "inside itself", id="own-parent"),
        ({"quotes": [make_quote("q0", parent="q1"), make_quote("q1", parent="q0")]}, "inside itself"),
    ],
)
def test_document_that_does_not_hold_together_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRecordError, match=message):
        make_document(**changes)


def test_records_are_found_by_their_ids() -> None:
    document = summit()
    found = document.quote("q2").text, document.entity("e3").name, document.mention("m2").entity
    assert found == ("that talks would go on", "Vladimir Putin", "e0")


@pytest.mark.parametrize("kind", ["quote", "entity", "mention"])
def test_id_that_nothing_has_is_an_error_that_names_it(kind: str) -> None:
    with pytest.raises(NameNotFoundError, match=f"has no {kind} 'x9'"):
        getattr(summit(), kind)("x9")


def test_quote_of_another_document_or_its_id_is_no_quote_here() -> None:
    other = make_document(quotes=[make_quote()]).quotes[0]
    with pytest.raises(NameNotFoundError, match=r"take it from doc\.quotes"):
        summit().names(other)
    with pytest.raises(ArgumentError, match="not str"):
        summit().names("q0")  # type: ignore[arg-type]


@pytest.mark.parametrize("fault", [{"id": 3}, {"text": b""}, {"language": None}, {"meta": [1]}])
def test_document_of_other_types_is_refused(fault: dict[str, object]) -> None:
    with pytest.raises(InvalidRecordError, match=f"QuoteDocument.{next(iter(fault))} must be"):
        QuoteDocument(**{"id": "d", "text": "", **fault})  # type: ignore[arg-type]


def test_names_are_those_of_the_speakers_most_quotes_first() -> None:
    document = make_document(
        entities=[Entity("e0", "Ann"), Entity("e1", "Bo")], quotes=[make_quote(speakers=["e1", "e0"])]
    )
    assert document.names(document.quotes[0]) == ("Bo", "Ann")
    document = make_document(
        entities=[Entity("e0", "Ann"), Entity("e1", "Bo"), Entity("e2", "Cy"), Entity("e3", "Di")],
        quotes=[
            make_quote(f"q{number}", speakers=[speaker]) for number, speaker in enumerate(["e2", "e0", "e1", "e1"])
        ],
    )
    assert [entity.name for entity in document.speakers] == ["Bo", "Cy", "Ann"]


def test_source_spans_are_those_of_the_mention_if_any() -> None:
    document = make_document()
    assert [span.of(TEXT) for span in document.source_spans(document.quotes[0])] == ["she"]
    document = make_document(quotes=[make_quote()])
    assert document.source_spans(document.quotes[0]) == ()


def test_correction_takes_a_name_before_an_alias() -> None:
    document = summit()
    corrected = document.with_speaker(document.quote("q2"), "Xi")
    assert corrected.quote("q2").speakers == ("e0",)
    assert corrected.entities == document.entities
    document = make_document(entities=[Entity("e0", "Ann", aliases=["Bo"]), Entity("e1", "Bo")])
    assert document.with_speaker(document.quotes[0], "Bo").quotes[0].speakers == ("e1",)


def test_correction_to_a_new_name_adds_an_entity_of_a_free_id() -> None:
    document = make_document(entities=[Entity("e0", "she"), Entity("e2", "Bo")])
    corrected = document.with_speaker(document.quotes[0], "Ann")
    assert [entity.id for entity in corrected.entities] == ["e0", "e2", "e3"]
    assert corrected.names(corrected.quotes[0]) == ("Ann",)


def test_correction_is_sure_and_changes_nothing_else() -> None:
    document = summit()
    corrected = document.with_speaker(document.quote("q2"), "Xi")
    assert document == summit()
    assert [q for q in corrected.quotes if q.id != "q2"] == [q for q in document.quotes if q.id != "q2"]
    quote = document.with_speaker(document.quote("q6"), "Xi").quote("q6")
    assert (quote.evidence.method, quote.evidence.reason, quote.speaker_score) == ("user", None, 1.0)
    assert quote.evidence.extraction == document.quote("q6").evidence.extraction


def test_quote_of_another_document_is_not_corrected() -> None:
    document = summit()
    foreign = attrs.evolve(document.quote("q2"), text="another")
    with pytest.raises(NameNotFoundError, match="'q2' is not a quote of document 'summit'"):
        document.with_speaker(foreign, "Xi")


def test_document_says_what_it_holds() -> None:
    assert repr(make_document()) == "<QuoteDocument 'd': 1 quotes, 1 entities, 22 characters>"


@given(documents())
def test_document_may_be_a_key(document: QuoteDocument) -> None:
    assert len({document, attrs.evolve(document)}) == 1


@pytest.mark.parametrize(
    ("content", "marks", "words"),
    [
        pytest.param([(0, 5)], [(0, 1), (4, 5)], "Go,", id="whole"),
        pytest.param([(0, 5), (16, 22)], [(0, 1), (4, 5), (16, 17), (21, 22)], "Go, … now.", id="split"),
        pytest.param([(0, 5)], [], "“Go,”", id="no-marks"),
        pytest.param([(0, 22)], [(4, 5), (16, 17)], TEXT, id="marks-inside-stay"),
        pytest.param([(0, 1), (1, 5)], [(0, 1), (4, 5)], "Go,", id="piece-of-a-mark-alone"),
        pytest.param([(0, 1)], [(0, 1)], "", id="mark-alone"),
    ],
)
def test_pieces_are_joined_without_their_outer_marks(
    content: list[tuple[int, int]], marks: list[tuple[int, int]], words: str
) -> None:
    spans = tuple(TextSpan(*span) for span in content)
    assert pieces_text(TEXT, spans, tuple(TextSpan(*mark) for mark in marks)) == words


@pytest.mark.parametrize(
    ("between", "words"),
    [("—", "a—b"), (" – ", "a – b"), (" ", "a b"), (", ", "a b"), ("\n— ", "a\nb"), (" no — ", "a … b"), ("", "a b")],
)
def test_pieces_keep_the_dash_between_them(between: str, words: str) -> None:
    text = f"“a”{between}“b”"
    spans = (TextSpan(0, 3), TextSpan(len(text) - 3, len(text)))
    marks = tuple(TextSpan(place, place + 1) for span in spans for place in (span.start, span.end - 1))
    assert pieces_text(text, spans, marks) == words


def test_quotes_may_nest_deeply() -> None:
    quotes = [make_quote(f"q{n}", parent=f"q{n + 1}" if n < 20_000 else None) for n in range(20_001)]
    assert make_document(quotes=quotes).quote("q0").parent == "q1"


def test_each_quote_is_taken_by_work_that_does_not_grow_with_their_number() -> None:
    def steps(count: int) -> int:
        document = make_document(quotes=[make_quote(f"q{n}") for n in range(count)])
        assert all(document.quotes[place].id == f"q{place}" for place in range(count))
        return steps_of(lambda: document.quotes[count // 2])

    assert steps(2_000) == steps(20)


# The records: what they hold, how they convert it and what they refuse


def test_quotes_and_mentions_take_plain_values() -> None:
    quote = Quote("q0", "mixed", [(0, 4)], "Go", act="thought", assertion="future", speakers=["e0"])
    assert (quote.kind, quote.act, quote.assertion) == (QuoteKind.MIXED, Act.THOUGHT, Assertion.FUTURE)
    assert (quote.content, quote.speakers) == ((TextSpan(0, 4),), ("e0",))
    mention = Mention("m0", [(0, 2)], "pronoun", "e0")
    assert (mention.spans, mention.form) == ((TextSpan(0, 2),), MentionForm.PRONOUN)


def test_quotes_and_entities_have_defaults() -> None:
    quote = Quote("q0", QuoteKind.DIRECT, [TextSpan(0, 4)], "Go")
    assert (quote.act, quote.assertion, quote.speakers) == (Act.SPEECH, Assertion.ASSERTED, ())
    assert quote.evidence == Evidence(method="none")
    entity = Entity("e0", "Xi")
    assert (entity.named, entity.kind, entity.gender) == (True, EntityKind.OTHER, None)


def test_choices_are_their_words_and_no_others() -> None:
    assert f"{QuoteKind.INDIRECT} {Act.ATTITUDE} {EntityKind.PERSON}" == "indirect attitude person"
    with pytest.raises(ValueError, match="alien"):
        Entity("e0", "Zork", "alien")


def test_record_can_be_a_key_and_does_not_change() -> None:
    assert {Entity("e0", "Xi", aliases=["X"]): 1}[Entity("e0", "Xi", aliases=("X",))] == 1
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Entity("e0", "Xi").name = "Putin"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: make_quote(content=[(5, 9), (0, 4)]), "Quote.content must be in order and apart"),
        pytest.param(lambda: make_quote(cue=[(0, 4), (3, 9)]), "Quote.cue must be in order and apart", id="overlap"),
        pytest.param(lambda: make_quote(content=[]), "Quote.content must not be empty", id="no-content"),
        pytest.param(lambda: Mention("m0", [], "name", "e0"), "Mention.spans must not be empty", id="no-spans"),
        pytest.param(lambda: Entity("e0", ""), "Entity.name must not be empty", id="no-name"),
        *(
            pytest.param(
                lambda score=score: Candidate("e0", score),
                "Candidate.score must lie between 0 and 1",
                id=f"score{score}",
            )
            for score in (-0.01, 1.01, float("nan"), float("inf"))
        ),
    ],
)
def test_record_that_contradicts_itself_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidRecordError, match=message):
        make()


def test_pieces_may_touch() -> None:
    assert len(make_quote(content=[(0, 4), (4, 9)]).content) == 2


@pytest.mark.parametrize("score", [0, 1, 0.5])
def test_probability_is_taken(score: float) -> None:
    assert make_quote(score=score).score == score


def test_ids_that_occur_twice_are_listed() -> None:
    check_unique("quote", ["q1", "q2"])
    with pytest.raises(InvalidRecordError, match=r"quote ids must differ.*: q1, q2$"):
        check_unique("quote", ["q1", "q2", "q2", "q3", "q1"])


SPAN = [(0, 2)]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Quote("", "direct", SPAN, "Go"), id="quote"),
        pytest.param(lambda: Entity("", "Ann"), id="entity"),
        pytest.param(lambda: Mention("", SPAN, "name", "e0"), id="mention"),
    ],
)
def test_empty_id_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(InvalidRecordError, match="id must not be empty"):
        make()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Quote("q0", "direct", SPAN, "Go", speakers=["e0", "e1", "e0"]), id="speakers"),
        pytest.param(lambda: Quote("q0", "direct", SPAN, "Go", addressees=["e0", "e0"]), id="addressees"),
        pytest.param(lambda: Entity("g", "both", "group", members=["e0", "e0"]), id="members"),
    ],
)
def test_id_that_is_there_twice_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(InvalidRecordError, match="must have each id once, but 'e0' is there twice"):
        make()


def test_what_may_be_is_taken() -> None:
    ring = [Entity("a", "A", members=["b"]), Entity("b", "B", members=["a", "b"], stands_for="b")]
    to_himself = Quote("q0", "direct", SPAN, "Go", speakers=["a"], addressees=["a"], cue=[(1, 3)])
    document = QuoteDocument("", "Go on", quotes=[to_himself], entities=ring)
    assert QuoteDocument.from_dict(document.to_dict()) == document


@pytest.mark.parametrize("schema", [True, 1.0, "1", None, [1], 2])
def test_schema_is_the_whole_number(schema: object) -> None:
    with pytest.raises(FormatError, match=r"schema .* is not known to this version, which reads schema 1"):
        QuoteDocument.from_dict({**QuoteDocument("d", "Go").to_dict(), "schema": schema})
