from itertools import pairwise

import pytest
from hypothesis import given
from spacy.tokens import Doc

from quotesmith.lexicon.people import load_people
from quotesmith.records import EntityKind
from quotesmith.speakers.names import Describer, Name, find_names
from quotesmith.speakers.noun_phrases import Description
from quotesmith.speakers.settings import DEFAULT_NAME_SETTINGS
from tests.cases import Case, each_case, named_table
from tests.docs import make_doc, parsed_text
from tests.random_docs import parsed_docs
from tests.speakers.scenes import (
    MEETING,
    ORG,
    PERSON,
    PLACE,
    doc_of,
    listed,
    names_in,
    text_names,
    with_spaces,
    words_of,
)


def recognized(doc: Doc, *sources: str) -> list[Name]:
    """The names but those of words that the recognizer doesn't know."""
    return [name for name in names_in(doc, *sources) if name.kind is not EntityKind.OTHER]


def test_entities_are_names_with_their_titles() -> None:
    first, second, third, _ = recognized(doc_of(MEETING))
    assert (first.words, first.titles) == (("Ngozi", "Okafor"), ("President",))
    assert second.words == ("Erik", "Lindqvist")
    assert (third.words, third.kind) == (("Geneva",), PLACE)


@each_case("speakers/names/names", keys={"source", "names", "others"})
def test_words_that_are_names(case: Case) -> None:
    """The recognizer doesn't know the others."""
    for stated in case.expected:
        names = names_in(doc_of(case.table), *listed(stated.get("source", "")))
        others = [name for name in names if name.kind is EntityKind.OTHER]
        assert words_of([name for name in names if name not in others]) == listed(stated["names"])
        assert words_of(others) == listed(stated.get("others", ""))


def test_capitals_without_a_given_name_are_no_person() -> None:
    assert "OSLO POLICE" not in words_of(recognized(doc_of("OSLO NNP nsubj POLICE\nPOLICE VBZ ROOT -"), "OSLO POLICE"))


def test_name_after_a_title_is_found_without_recognizer() -> None:
    [name] = recognized(doc_of("Mr. NNP compound Okafor\nOkafor NNP nsubj said\nsaid VBD ROOT -"))
    assert (name.words, name.titles, name.kind) == (("Okafor",), ("Mr.",), PERSON)


def test_title_of_the_user_is_no_part_of_a_name() -> None:
    doc = parsed_text(doc_of("Archdruid NNP compound Holm - PERSON\nHolm NNP nsubj said - PERSON\nsaid VBD ROOT -"))
    lexicon = load_people()
    [[plain], _] = find_names(doc, [], lexicon, None, DEFAULT_NAME_SETTINGS)
    [[titled], _] = find_names(doc, [], lexicon.with_titles([{"title": "Archdruid"}]), None, DEFAULT_NAME_SETTINGS)
    assert (plain.words, plain.titles) == (("Archdruid", "Holm"), ())
    assert (titled.words, titled.titles) == (("Holm",), ("Archdruid",))


def test_nickname_between_marks_stays_in_the_name_and_out_of_its_words() -> None:
    doc = doc_of(named_table("speakers/names/recognition", "nickname between marks"))
    [name] = recognized(doc)
    assert (name.start, name.end, name.words) == (0, 5, ("Edwin", "Holm"))


def hyphened(rest: str, tag: str, dep: str = "nsubj", *, label: str = "-") -> Doc:
    """The text "Ms Park Geun-", the rest, "spoke"."""
    doc = doc_of(f"""
        Ms    NNP  compound  {rest}
        Park  NNP  compound  {rest} - {label}
        Geun  NNP  compound  {rest} - {label}
        -     HYPH punct     {rest}
        {rest} {tag} {dep}   spoke
        spoke VBD  ROOT      -
    """)
    return with_spaces(doc, True, True, False, False, True, False)


CROUSE_MAYS = with_spaces(
    doc_of("""
        Doris NNP compound Mays - PERSON
        Crouse NNP compound Mays - PERSON
        - HYPH punct Mays
        Mays NNP nsubj said
        said VBD ROOT -
    """),
    *(True, False, False, True, False),
)


@pytest.mark.parametrize(
    ("doc", "words", "titles"),
    [
        pytest.param(CROUSE_MAYS, ("Doris", "Crouse-Mays"), (), id="family-name"),
        pytest.param(hyphened("hye", "NNP"), ("Park", "Geun-hye"), ("Ms",), id="proper-noun"),
        pytest.param(hyphened("hye", "NN", label="PERSON"), ("Park", "Geun-hye"), ("Ms",), id="noun-as-subject"),
        pytest.param(hyphened("led", "VBN", label="PERSON"), ("Park", "Geun"), ("Ms",), id="participle"),
        pytest.param(hyphened("era", "NN", "compound", label="PERSON"), ("Park", "Geun"), ("Ms",), id="modifier"),
    ],
)
def test_word_behind_a_hyphen(doc: Doc, words: tuple[str, ...], titles: tuple[str, ...]) -> None:
    [name] = recognized(doc)
    assert (name.words, name.titles) == (words, titles)


def test_acronym_in_brackets_is_a_body_wherever_it_stands() -> None:
    doc = doc_of(named_table("speakers/names/recognition", "acronym in brackets is a body wherever it stands"))
    names = recognized(doc, "TRB")
    assert [(" ".join(name.words), name.kind) for name in names] == [("Tromsø Bank", ORG), ("TRB", ORG), ("TRB", ORG)]


@given(parsed_docs())
def test_names_are_apart_in_order_and_capitalised_somewhere(doc: Doc) -> None:
    names, writers = find_names(parsed_text(doc), [], load_people(), None, DEFAULT_NAME_SETTINGS)
    found = sorted([*names, *writers], key=lambda name: name.start)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(doc[name.start].text[:1].isupper() for name in found if name.kind is PERSON)


@pytest.mark.parametrize(
    ("line", "text", "about", "writers"),
    [
        pytest.param("By JANE ROE", "", [], ["JANE ROE"], id="byline"),
        pytest.param("By Ann Lee and Jane Roe", "", [], ["Ann Lee", "Jane Roe"], id="two-writers"),
        pytest.param("Reporting by Jane Roe", "", [], ["Jane Roe"], id="credit"),
        pytest.param("Photo: Jane Roe", "", [], ["Jane Roe"], id="photo"),
        pytest.param("By Jane Roe", "Roe", ["Jane Roe", "Roe"], [], id="named-in-the-text"),
        pytest.param("By noon they met Jane Roe", "", ["Jane Roe"], [], id="running-text"),
        pytest.param("Meeting Jane Roe", "", ["Jane Roe"], [], id="no-by"),
        pytest.param("RELATED: Jane Roe wins", "Roe", ["Jane Roe", "Roe"], [], id="link-to-one-in-the-text"),
    ],
)
def test_writers_of_a_text(line: str, text: str, about: list[str], writers: list[str]) -> None:
    people = " ".join([*about, *writers]).split()
    words = line.split()
    rows = [f"{word} NNP dep {words[0]} - {'PERSON' if word in people else '-'}" for word in words]
    doc = make_doc("\n".join(rows) + (f"\n\n{text} NNP ROOT - - PERSON" if text else ""))
    found = find_names(parsed_text(doc), [], load_people(), None, DEFAULT_NAME_SETTINGS)
    assert tuple(map(words_of, found)) == (about, writers)


HARBOUR = frozenset({"oslo", "harbour"})


def described(table: str) -> dict[str, list[Description]]:
    """What a text says of the bearer of each name."""
    doc = doc_of(table)
    names = text_names(doc).names
    name_at = {token: place for place, name in enumerate(names) for token in range(name.start, name.end)}
    describer = Describer(parsed_text(doc), load_people(), name_at, DEFAULT_NAME_SETTINGS)
    return {words: list(describer(name)) for words, name in zip(words_of(list(names)), names, strict=True)}


STATE = Description("senator", affiliations=frozenset({"Republican Party", "Tennessee"}))
HEAD = Description("head", affiliations=frozenset({"Norway"}), proper=HARBOUR, complement=HARBOUR)


@pytest.mark.parametrize(
    ("table", "name", "expected"),
    [
        ("apposition after a possessor", "Ann Lee", [Description("wife")]),
        ("party and state in brackets", "Ann Lee", [STATE] * 2),
        ("complement of a role", "Ann Lee", [HEAD]),
        ("place named by its kind", "Phalsberg", [Description("phalsberg"), Description("city")]),
    ],
)
def test_what_a_text_says_of_a_name(table: str, name: str, expected: list[Description]) -> None:
    assert described(named_table("speakers/names/descriptions", table))[name] == expected


@pytest.mark.parametrize(
    ("word", "kind", "names"),
    [
        ("Owl", EntityKind.PERSON, 2),
        ("Owl", EntityKind.ORGANIZATION, 1),
        ("Rabbit", EntityKind.PERSON, 1),
        ("owl", EntityKind.PERSON, 1),
    ],
    ids=["known", "no person", "known to nobody else", "small"],
)
def test_what_the_encoder_takes_for_a_person_is_one_that_the_text_names_elsewhere(
    word: str, kind: EntityKind, names: int
) -> None:
    parsed = parsed_text(
        doc_of(f"Owl NNP nsubj came - PERSON\ncame VBD ROOT -\nHello UH ROOT -\n{word} NN npadvmod Hello")
    )
    span = parsed.span(3, 4)
    found, _ = find_names(parsed, [], load_people(), None, DEFAULT_NAME_SETTINGS, kinds={span: kind})
    assert [name.words for name in found] == [("Owl",)] * names
