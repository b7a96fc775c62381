"""Corrections of speakers: whom a name means, and what follows from it."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import AmbiguousNameError, ArgumentError, NameNotFoundError, OptionError
from quotesmith.export.json_files import document_json
from quotesmith.query.corrections import correct_speaker
from quotesmith.records import Entity, EntityKind, Mention, MentionForm, Quote, QuoteDocument
from tests.samples import summit
from tests.strategies import any_text, documents


def corrected(quote: str, speaker: Any, document: QuoteDocument | None = None, **options: Any) -> QuoteDocument:
    document = summit() if document is None else document
    return correct_speaker(document, document.quote(quote), speaker, **options)


def owner(document: QuoteDocument, mention: str) -> str:
    return document.entity(document.mention(mention).entity).name


@pytest.mark.parametrize(
    "speaker",
    [
        pytest.param("Vladimir Putin", id="name"),
        pytest.param("vladimir PUTIN", id="case"),
        pytest.param("Putin", id="last-name"),
        pytest.param("e3", id="entity-id"),
        pytest.param(summit().entity("e3"), id="entity"),
        pytest.param(["Putin", "Vladimir Putin"], id="twice"),
    ],
)
def test_speaker_may_be_told_by_name_entity_or_id(speaker: Any) -> None:
    document = corrected("q0", speaker)
    assert document.quote("q0").speakers == ("e3",)
    assert document.entities == summit().entities


def test_new_name_is_a_new_named_person_or_what_is_said() -> None:
    assert corrected("q0", "Ann Lee").entities[-1] == Entity("e7", "Ann Lee", EntityKind.PERSON)
    assert corrected("q0", "Acme", kind="organization").entities[-1].kind is EntityKind.ORGANIZATION


def test_kind_of_a_known_entity_stays() -> None:
    assert corrected("q0", "Putin", kind="place").entities == summit().entities


def test_several_speakers_stand_in_the_order_given() -> None:
    document = corrected("q6", ["Putin", "Ann Lee", "Xi"])
    assert document.names(document.quote("q6")) == ("Vladimir Putin", "Ann Lee", "Xi Jinping")


def test_no_speaker_has_the_user_s_word_as_reason() -> None:
    quote = corrected("q0", ()).quote("q0")
    assert (quote.speakers, quote.speaker_score, quote.evidence.method) == ((), 1.0, "user")
    assert quote.evidence.reason == "the user says that nobody is known to speak"


def test_ambiguous_name_is_an_error_that_lists_the_choices() -> None:
    document = evolve(summit(), entities=(*summit().entities, Entity("e7", "Ida Putin", "person")))
    with pytest.raises(AmbiguousNameError, match=r"Vladimir Putin \(e3\), Ida Putin \(e7\)"):
        corrected("q0", "Putin", document)


@pytest.mark.parametrize(
    ("speaker", "options", "error", "message"),
    [
        pytest.param(" ", {}, ArgumentError, "at least one word; ' ' has none", id="empty"),
        pytest.param(3, {}, ArgumentError, "not int", id="number"),
        pytest.param(["Xi", 3], {}, ArgumentError, "each speaker must be a name or an entity, not int", id="in-a-list"),
        pytest.param({"Xi": 1}, {}, ArgumentError, "not dict", id="mapping"),
        pytest.param("Ann", {"kind": "robot"}, OptionError, "not 'robot'", id="kind"),
        pytest.param(Entity("e0", "Ann"), {}, NameNotFoundError, r"'Ann' \(e0\) is not in document", id="foreign"),
    ],
)
def test_what_names_nobody_is_an_error(speaker: Any, options: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        corrected("q0", speaker, **options)


def test_pronoun_and_description_that_are_the_source_mean_the_new_speaker() -> None:
    assert owner(corrected("q1", "Putin"), "m2") == "Vladimir Putin"
    assert owner(corrected("q4", "Ann Lee"), "m8") == "Ann Lee"


def test_other_mentions_stay() -> None:
    before, after = summit().mentions, corrected("q4", "Ann Lee").mentions
    assert [one.id for one, other in zip(before, after, strict=True) if one != other] == ["m8"]


def test_name_that_is_the_source_stays() -> None:
    assert corrected("q0", "Putin").mentions == summit().mentions


def test_source_without_speaker_stays() -> None:
    assert corrected("q1", []).mentions == summit().mentions


def test_source_of_several_speakers_means_their_group() -> None:
    known = corrected("q1", ["Putin", "Xi"])
    assert known.mention("m2").entity == "e4"
    new = corrected("q1", ["Putin", "Ann Lee", "a source close to the talks"])
    group = new.entity(new.mention("m2").entity)
    assert (group.name, group.kind, group.named) == (
        "Vladimir Putin, Ann Lee and a source close to the talks",
        EntityKind.GROUP,
        False,
    )
    assert group.members == new.quote("q1").speakers


def test_source_of_two_quotes_follows_when_both_are_corrected() -> None:
    quotes = [Quote(f"q{n}", "direct", [(0, 2)], "Go", source="m0", speakers=["e0"]) for n in range(2)]
    document = QuoteDocument(
        "d",
        "Go",
        "en",
        quotes,
        [Entity("e0", "she", named=False)],
        [Mention("m0", [(0, 2)], MentionForm.PRONOUN, "e0")],
    )
    once = corrected("q0", "Ann Lee", document)
    assert owner(once, "m0") == "she"
    assert owner(corrected("q1", "Ann Lee", once), "m0") == "Ann Lee"


def test_selections_and_graph_and_files_follow() -> None:
    document = corrected("q1", "Ann Lee")
    assert [quote.id for quote in document.quotes.by("Lee")] == ["q1"]
    assert [quote.id for quote in document.quotes.by("Xi").kind("mixed")] == []
    assert document.graph().nx.has_edge("summit/e7", "summit/q1", "said")
    assert b'"Ann Lee"' in document_json(document)


@given(st.data(), documents(), st.lists(any_text(min_size=1, max_size=6), max_size=3))
def test_corrected_document_is_read_back_as_it_is(
    data: st.DataObject, document: QuoteDocument, names: list[str]
) -> None:
    if not document.quotes:
        return
    quote = data.draw(st.sampled_from(list(document.quotes)))
    try:
        new = document.with_speaker(quote, names)
    except (ArgumentError, AmbiguousNameError):
        return
    assert QuoteDocument.from_dict(new.to_dict()) == new
    assert len(new.quote(quote.id).speakers) <= len(names)
    assert [q for q in new.quotes if q.id != quote.id] == [q for q in document.quotes if q.id != quote.id]
