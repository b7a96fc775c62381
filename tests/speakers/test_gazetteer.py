import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotesmith.coreference import no_clusters
from quotesmith.lexicon.gazetteer import GazetteerEntry, read_gazetteer
from quotesmith.lexicon.people import load_people
from quotesmith.records import Entity, EntityKind, Gender, QuoteDocument
from quotesmith.speakers import SpeakerResults, resolve_speakers
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.names.gazetteer import Gazetteer, as_listed, keep_together
from quotesmith.speakers.names.recognition import Name
from tests.docs import VOCAB, make_doc, parsed_text
from tests.random_docs import parsed_docs
from tests.speakers.scenes import MEETING, doc_of, nearest

OKAFOR = {"name": "Ngozi Okafor", "aliases": ["Dr Ngozi"], "gender": "feminine", "identifier": "Q42"}


def plain_doc(*words: str, ents: dict[int, str] | None = None, spaces: list[bool] | None = None) -> Doc:
    """A Doc of proper nouns without a parse."""
    tags = [(ents or {}).get(place, "O") for place in range(len(words))]
    return Doc(VOCAB, words=list(words), spaces=spaces, pos=["PROPN"] * len(words), ents=tags)


def found(doc: Doc, *entries: Any) -> list[str]:
    names = Gazetteer.of(read_gazetteer(entries)).find(parsed_text(doc), load_people())
    return [doc[name.start : name.end].text for name in names]


def entities(doc: Doc, *entries: Any) -> dict[str, Entity]:
    gazetteer = Gazetteer.of(read_gazetteer(entries))
    cast = resolve_speakers(parsed_text(doc), [], coreference=no_clusters, link=nearest, gazetteer=gazetteer)
    return {entity.name: entity for entity in cast.entities}


def test_entity_has_what_the_entry_says_and_the_aliases_of_the_text() -> None:
    okafor = entities(doc_of(MEETING), OKAFOR)["Ngozi Okafor"]
    assert (okafor.kind, okafor.gender, okafor.identifier) == (EntityKind.PERSON, Gender.FEMININE, "Q42")
    assert okafor.aliases == ("Okafor",)


def test_name_that_the_recognizer_missed_is_found() -> None:
    doc = make_doc("gorp NN nsubj left\nleft VBD ROOT -")
    [gorp] = entities(doc, {"name": "Gorp", "aliases": ["gorp"], "kind": "organization"}).values()
    assert (gorp.name, gorp.kind, gorp.aliases) == ("Gorp", EntityKind.ORGANIZATION, ("gorp",))


def test_entry_wins_over_the_kind_that_the_recognizer_gives() -> None:
    doc = make_doc("Paris NNP nsubj left - GPE\nleft VBD ROOT -")
    assert entities(doc, {"name": "Paris Roe", "aliases": ["Paris"]})["Paris Roe"].kind is EntityKind.PERSON


def test_aliases_that_share_no_word_are_one_entity() -> None:
    doc = plain_doc("Buzz", "met", "Edwin", "Aldrin", ents={0: "B-PERSON", 2: "B-PERSON", 3: "I-PERSON"})
    aldrin = entities(doc, {"name": "Edwin Aldrin", "aliases": ["Buzz"]})
    assert aldrin["Edwin Aldrin"].aliases == ("Buzz",)
    assert len(aldrin) == 1


def test_entries_that_the_alias_rules_would_join_stay_apart() -> None:
    doc = plain_doc("Bill", "Roe", "met", "William", "Roe", "and", "Roe", ents={6: "B-PERSON"})
    both = entities(doc, {"name": "Bill Roe"}, {"name": "William Roe"})
    assert both.keys() == {"Bill Roe", "William Roe"}
    # The bare surname goes to the one named last.
    assert both["William Roe"].aliases == ("Roe",)


def test_longest_form_wins() -> None:
    doc = plain_doc("Ngozi", "Okafor", "met", "Ngozi")
    assert found(doc, {"name": "Ngozi"}, {"name": "Ngozi Okafor"}) == ["Ngozi Okafor", "Ngozi"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        pytest.param(["OKAFOR", "WINS"], ["OKAFOR"], id="all-capitals"),
        pytest.param(["okafor", "wins"], [], id="small-letters"),
        pytest.param(["Okaforian", "wins"], [], id="longer-word"),
        pytest.param(["Okafor", "’s", "plan"], ["Okafor"], id="possessive"),
    ],
)
def test_words_are_whole_and_as_written_or_in_capitals(words: list[str], names: list[str]) -> None:
    assert found(plain_doc(*words), {"name": "Okafor"}) == names


def test_word_in_small_letters_may_begin_a_sentence() -> None:
    assert found(plain_doc("The", "chair", "left"), {"name": "Roe", "aliases": ["the chair"]}) == ["The chair"]


def test_short_word_is_no_acronym() -> None:
    assert found(plain_doc("tell", "us", "US"), {"name": "America", "aliases": ["US"]}) == ["US"]


def test_title_before_a_name_is_its_title() -> None:
    doc = doc_of(MEETING)
    assert "President" not in entities(doc, OKAFOR)["Ngozi Okafor"].aliases


def test_name_runs_over_a_line_but_not_over_a_blank_one() -> None:
    entry = {"name": "Ngozi Okafor"}
    one = plain_doc("Ngozi", "\n", "Okafor", spaces=[False] * 3)
    two = plain_doc("Ngozi", "\n\n", "Okafor", spaces=[False] * 3)
    assert (len(found(one, entry)), len(found(two, entry))) == (1, 0)


def test_part_of_a_token_is_no_name() -> None:
    assert found(plain_doc("Okafor/Lindqvist", "left"), {"name": "Okafor"}) == []


def test_token_with_the_full_stop_of_an_abbreviation_is_the_name() -> None:
    assert found(plain_doc("Roe", "Jr.", "left"), {"name": "Roe Jr"}) == ["Roe Jr."]


@pytest.mark.parametrize(
    ("words", "ents", "listed", "expected"),
    [
        pytest.param(["Hillary", "Roe"], {0: "B-PERSON", 1: "I-PERSON"}, "Roe", [], id="longer-person"),
        pytest.param(["Hillary", "Roe"], {}, "Roe", [], id="given-name-before"),
        pytest.param(["Bank", "of", "Norway"], {0: "B-ORG", 1: "I-ORG", 2: "I-ORG"}, "Norway", [], id="body"),
        pytest.param(["Roe", "Foundation"], {0: "B-ORG", 1: "I-ORG"}, "Roe", [], id="body-named-after"),
        pytest.param(["President", "Roe"], {0: "B-PERSON", 1: "I-PERSON"}, "Roe", ["Roe"], id="title"),
        pytest.param(["Roe", "on", "Monday"], {0: "B-PERSON", 1: "I-PERSON", 2: "I-PERSON"}, "Roe", ["Roe"], id="day"),
        pytest.param(["Lee", "and", "Roe"], {0: "B-PERSON", 1: "I-PERSON", 2: "I-PERSON"}, "Roe", ["Roe"], id="and"),
        pytest.param(["Acme", "Corp"], {0: "B-ORG", 1: "I-ORG"}, "Acme", ["Acme"], id="word-that-adds-nothing"),
        pytest.param(["Lee", "—", "Roe"], {0: "B-PERSON", 1: "I-PERSON", 2: "I-PERSON"}, "Roe", ["Roe"], id="dash"),
        pytest.param(["Lee", "-", "Roe"], {0: "B-PERSON", 1: "I-PERSON", 2: "I-PERSON"}, "Roe", [], id="hyphen"),
    ],
)
def test_part_of_a_longer_name_is_another_name(
    words: list[str], ents: dict[int, str], listed: str, expected: list[str]
) -> None:
    assert found(plain_doc(*words, ents=ents), {"name": listed, "kind": "other"}) == expected


def test_form_in_capitals_that_two_would_share_is_neither_s() -> None:
    entries = [{"name": "Us"}, {"name": "uS"}]
    assert found(plain_doc("US", "Us", "uS"), *entries) == ["Us", "uS"]


def test_name_that_no_entry_lists_stays_as_it_was() -> None:
    doc = doc_of(MEETING)
    assert entities(doc, OKAFOR)["Erik Lindqvist"] == entities(doc)["Erik Lindqvist"]


def test_empty_gazetteer_changes_nothing() -> None:
    doc = doc_of(MEETING)
    plain = resolve_speakers(parsed_text(doc), [], coreference=no_clusters, link=nearest)
    assert (
        resolve_speakers(parsed_text(doc), [], coreference=no_clusters, link=nearest, gazetteer=Gazetteer.of(()))
        == plain
    )
    assert plain != SpeakerResults()


def test_names_of_nobody_listed_are_kept_as_they_are() -> None:
    assert keep_together([], [Name(0, 1, ("Roe",), (), EntityKind.PERSON)]) == []


def test_gender_of_the_words_is_kept_where_the_entry_tells_none() -> None:
    draft = EntityDraft("Jane", EntityKind.PERSON, gender=Gender.FEMININE)
    assert as_listed(draft, GazetteerEntry("Jane Roe"), ["Jane"]).gender is Gender.FEMININE
    assert as_listed(draft, GazetteerEntry("Jane", kind="place"), ["Jane"]).gender is None


def test_many_entries_and_a_long_text_take_no_longer_than_their_sum() -> None:
    # All begin with one word, and none of the text's names is listed but one.
    gazetteer = Gazetteer.of(GazetteerEntry(f"Jane Roe{number}x", [f"Roe{number}x"]) for number in range(100_000))
    doc = plain_doc(*["Jane", "Lee"] * 20_000, "Jane", "Roe7x")
    parsed, lexicon = parsed_text(doc), load_people()
    start = time.process_time()
    [name] = gazetteer.find(parsed, lexicon)
    # Comparing each "Jane" with all entries would take minutes.
    assert time.process_time() - start < 10
    assert name.entry == gazetteer.entries[7]


_WORDS = st.sampled_from(["Ann", "plan", "said", "he", "Lee", "PENCE", "“", "Go"])


@given(parsed_docs(), st.lists(st.lists(_WORDS, min_size=1, max_size=3).map(" ".join), max_size=4, unique=True))
def test_any_doc_and_any_names_give_records_that_hold_together(doc: Doc, names: list[str]) -> None:
    entries = [GazetteerEntry(name) for name in names if any(map(str.isalnum, name))]
    cast = resolve_speakers(
        parsed_text(doc), [], coreference=no_clusters, link=nearest, gazetteer=Gazetteer.of(entries)
    )
    document = QuoteDocument("any", doc.text, entities=cast.entities, mentions=cast.mentions)
    owners = [e.name for e in document.entities if e.named and e.name in names]
    assert len(owners) == len(set(owners))
