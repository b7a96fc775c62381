from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotesmith.coreference import no_clusters
from quotesmith.lexicon.gazetteer import GazetteerEntry, name_key, name_units, read_gazetteer
from quotesmith.lexicon.people import load_people
from quotesmith.records import Entity, EntityKind, Gender, QuoteDocument
from quotesmith.speakers import SpeakerResults, resolve_speakers
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.names import Gazetteer, as_listed, read_names
from quotesmith.speakers.settings import DEFAULT_NAME_SETTINGS
from tests.docs import VOCAB, make_doc, parsed_text
from tests.random_docs import parsed_docs
from tests.speakers.scenes import MEETING, doc_of, nearest
from tests.steps import steps_of

OKAFOR = {"name": "Ngozi Okafor", "aliases": ["Dr Ngozi"], "gender": "feminine", "identifier": "Q42"}


def plain_doc(*words: str, ents: dict[int, str] | None = None, spaces: list[bool] | None = None) -> Doc:
    """A Doc of proper nouns without a parse."""
    tags = [(ents or {}).get(place, "O") for place in range(len(words))]
    return Doc(VOCAB, words=list(words), spaces=spaces, pos=["PROPN"] * len(words), ents=tags)


def found(doc: Doc, *entries: Any) -> list[str]:
    names = Gazetteer.of(read_gazetteer(entries)).find(parsed_text(doc), load_people(), DEFAULT_NAME_SETTINGS)
    return [doc[name.start : name.end].text for name in names]


def entities(doc: Doc, *entries: Any) -> dict[str, Entity]:
    gazetteer = Gazetteer.of(read_gazetteer(entries))
    cast = resolve_speakers(parsed_text(doc), [], coreference=no_clusters, link=nearest, gazetteer=gazetteer)
    return {entity.name: entity for entity in cast.entities}


def test_entity_has_what_the_entry_says_and_the_aliases_of_the_text() -> None:
    okafor = entities(doc_of(MEETING), OKAFOR)["Ngozi Okafor"]
    assert (okafor.kind, okafor.gender, okafor.identifier) == (EntityKind.PERSON, Gender.FEMININE, "Q42")
    assert okafor.aliases == ("Okafor",)


BUZZ = plain_doc("Buzz", "met", "Edwin", "Aldrin", ents={0: "B-PERSON", 2: "B-PERSON", 3: "I-PERSON"})


@pytest.mark.parametrize(
    ("doc", "entry", "kind", "aliases"),
    [
        pytest.param(
            make_doc("gorp NN nsubj left\nleft VBD ROOT -"),
            {"name": "Gorp", "aliases": ["gorp"], "kind": "organization"},
            EntityKind.ORGANIZATION,
            ("gorp",),
            id="missed-by-the-recognizer",
        ),
        pytest.param(
            make_doc("Paris NNP nsubj left - GPE\nleft VBD ROOT -"),
            {"name": "Paris Roe", "aliases": ["Paris"]},
            EntityKind.PERSON,
            ("Paris",),
            id="of-another-kind-by-the-recognizer",
        ),
        pytest.param(
            BUZZ, {"name": "Edwin Aldrin", "aliases": ["Buzz"]}, EntityKind.PERSON, ("Buzz",), id="no-word-shared"
        ),
    ],
)
def test_listed_names_are_one_entity(
    doc: Doc, entry: dict[str, Any], kind: EntityKind, aliases: tuple[str, ...]
) -> None:
    [entity] = entities(doc, entry).values()
    assert (entity.name, entity.kind, entity.aliases) == (entry["name"], kind, aliases)


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
        pytest.param(["The", "chair", "left"], ["The chair"], id="small-letters-at-the-start-of-a-sentence"),
        pytest.param(["tell", "us", "US"], ["US"], id="acronym"),
        pytest.param(["Okafor/Lindqvist", "left"], [], id="part-of-a-token"),
        pytest.param(["Roe", "Jr.", "left"], ["Roe Jr."], id="full-stop-of-an-abbreviation"),
    ],
)
def test_words_are_whole_and_as_written_or_in_capitals(words: list[str], names: list[str]) -> None:
    listed = {"name": "Okafor", "aliases": ["the chair", "US", "Roe Jr"]}
    assert found(plain_doc(*words), listed) == names


def test_title_before_a_name_is_its_title() -> None:
    doc = doc_of(MEETING)
    assert "President" not in entities(doc, OKAFOR)["Ngozi Okafor"].aliases


def test_name_runs_over_a_line_but_not_over_a_blank_one() -> None:
    entry = {"name": "Ngozi Okafor"}
    one = plain_doc("Ngozi", "\n", "Okafor", spaces=[False] * 3)
    two = plain_doc("Ngozi", "\n\n", "Okafor", spaces=[False] * 3)
    assert (len(found(one, entry)), len(found(two, entry))) == (1, 0)


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
    parsed, lexicon = parsed_text(doc_of(MEETING)), load_people()
    elsewhere = Gazetteer.of([GazetteerEntry("Jane Roe")])
    assert read_names(parsed, [], lexicon, elsewhere, DEFAULT_NAME_SETTINGS) == read_names(
        parsed, [], lexicon, None, DEFAULT_NAME_SETTINGS
    )


def test_gender_of_the_words_is_kept_where_the_entry_tells_none() -> None:
    draft = EntityDraft("Jane", EntityKind.PERSON, gender=Gender.FEMININE)
    assert as_listed(draft, GazetteerEntry("Jane Roe"), ["Jane"]).gender is Gender.FEMININE
    assert as_listed(draft, GazetteerEntry("Jane", kind="place"), ["Jane"]).gender is None


def test_many_entries_and_a_long_text_take_no_more_work_than_their_sum() -> None:
    def steps(count: int) -> int:
        # All begin with one word, and none of the text's names is listed but one.
        gazetteer = Gazetteer.of(GazetteerEntry(f"Jane Roe{number}x", [f"Roe{number}x"]) for number in range(count))
        parsed, lexicon = parsed_text(plain_doc(*["Jane", "Lee"] * (count // 5), "Jane", "Roe7x")), load_people()
        [name] = gazetteer.find(parsed, lexicon, DEFAULT_NAME_SETTINGS)
        assert name.entry == gazetteer.entries[7]
        return steps_of(gazetteer.find, parsed, lexicon, DEFAULT_NAME_SETTINGS)

    assert steps(20_000) < 12 * steps(2_000)


def test_long_name_takes_no_more_work_than_a_short_one() -> None:
    def steps(length: int) -> int:
        gazetteer = Gazetteer.of([GazetteerEntry("Ann " * length + "Lee")])
        parsed, lexicon = parsed_text(plain_doc(*["Ann"] * 2_000, "Lee")), load_people()
        [name] = gazetteer.find(parsed, lexicon, DEFAULT_NAME_SETTINGS)
        assert (name.start, name.end) == (2_000 - length, 2_001)
        return steps_of(gazetteer.find, parsed, lexicon, DEFAULT_NAME_SETTINGS)

    assert steps(1_000) < 1.5 * steps(100)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        pytest.param(lambda size: ["Ann " * size + "Lee"], ["Ann"] * 2_000, id="one"),
        pytest.param(lambda size: ["Ann " * k + "Lee" for k in range(1, size)], ["Ann"] * 2_000, id="of all lengths"),
        pytest.param(lambda size: ["Ann " * 4 * size + "Ann"], [*["Ann"] * 70, "\n\n"] * 30, id="cut by blank lines"),
        pytest.param(lambda size: ["Ann " * size + "Lee", "Roe " * size], ["Ann", "Roe"] * 1_000, id="of mixed words"),
    ],
)
def test_long_names_that_nearly_stand_there_take_no_more_work(
    names: Callable[[int], list[str]], words: list[str]
) -> None:
    parsed, lexicon = parsed_text(plain_doc(*words)), load_people()

    def steps(size: int) -> int:
        gazetteer = Gazetteer.of(map(GazetteerEntry, names(size)))
        assert not gazetteer.find(parsed, lexicon, DEFAULT_NAME_SETTINGS)
        return steps_of(gazetteer.find, parsed, lexicon, DEFAULT_NAME_SETTINGS)

    assert steps(200) < 1.5 * steps(20)


# None is a given name, so that each form is a whole name wherever it stands; "\n\n" cuts, "\n" doesn't.
_OF_NOBODY = st.sampled_from(["Tarn", "TARN", "tarn", "Oxo", "Oxo's", "-", "\n", "\n\n"])


@given(
    st.lists(_OF_NOBODY, max_size=40),
    st.lists(st.lists(_OF_NOBODY, min_size=1, max_size=5).map(" ".join), max_size=8),
)
def test_names_are_the_longest_at_each_place(words: list[str], forms: list[str]) -> None:
    entries: dict[tuple[str, ...], GazetteerEntry] = {}
    for form in forms:
        if any(map(str.isalpha, form)):
            # Forms in other cases count too, which the reference leaves alone.
            entries.setdefault(name_key(form.upper()), GazetteerEntry(form.upper()))
    text = " ".join(words).upper()
    doc = Doc(VOCAB, words=text.split(" ") if text else [], pos=["PROPN"] * len(words))
    units = list(name_units(doc.text))
    expected, place = [], 0
    while place < len(units):
        windows = (units[place:end] for end in range(len(units), place, -1))
        found = (
            window
            for window in windows
            if tuple(unit.key for unit in window) in entries
            and not any(doc.text.count("\n", a.end, b.start) > 1 for a, b in pairwise(window))
            and {window[0].start, window[-1].end} <= {edge for t in doc for edge in (t.idx, t.idx + len(t))}
        )
        first = next(found, None)
        if first is not None:
            expected.append((first[0].start, first[-1].end))
        place += 1 if first is None else len(first)
    names = Gazetteer.of(entries.values()).find(parsed_text(doc), load_people(), DEFAULT_NAME_SETTINGS)
    assert [(doc[name.start].idx, doc[name.end - 1].idx + len(doc[name.end - 1])) for name in names] == expected


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
