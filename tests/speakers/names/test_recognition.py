from itertools import pairwise

import pytest
from hypothesis import given
from spacy.tokens import Doc

from quotesmith.lexicon.people import load_people
from quotesmith.records import EntityKind
from quotesmith.speakers.names import Name, find_names
from tests.cases import named_table
from tests.docs import parsed_text
from tests.random_docs import parsed_docs
from tests.speakers.names.reading import ORG, PERSON, PLACE, names_in, with_spaces, words_of
from tests.speakers.scenes import MEETING, doc_of


def recognized(doc: Doc, *sources: str) -> list[Name]:
    """The names but those of words that the recognizer doesn't know."""
    return [name for name in names_in(doc, *sources) if name.kind is not EntityKind.OTHER]


def test_entities_are_names_with_their_titles() -> None:
    first, second, third, _ = recognized(doc_of(MEETING))
    assert (first.words, first.titles) == (("Ngozi", "Okafor"), ("President",))
    assert second.words == ("Erik", "Lindqvist")
    assert (third.words, third.kind) == (("Geneva",), PLACE)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            """
            Lin   NNP  nsubj  met  -  PERSON
            Mei   NNP  flat   Lin  -  PERSON
            on    IN   prep   met  -  PERSON
            Monday NNP pobj   on   -  PERSON
            met   VBD  ROOT   -
            """,
            ["Lin Mei"],
            id="over-long-person-is-cut",
        ),
        pytest.param(
            """
            Holm  NNP  nsubj  met  -  PERSON
            and   CC   cc     Holm -  PERSON
            Amsel NNP  conj   Holm -  PERSON
            met   VBD  ROOT   -
            """,
            ["Holm", "Amsel"],
            id="two-people-in-one-entity",
        ),
        pytest.param(
            """
            The   DT   det       Gazette  -  ORG
            Daily NNP  compound  Gazette  -  ORG
            Gazette NNP poss     editor   -  ORG
            's    POS  case      Gazette  -  ORG
            editor NN  ROOT      -
            """,
            ["Daily Gazette"],
            id="without-article-and-possessive",
        ),
        pytest.param(
            f"{MEETING}\nLINDQVIST NN ROOT -",
            ["Ngozi Okafor", "Erik Lindqvist", "Geneva", "Okafor", "LINDQVIST"],
            id="family-name-in-capitals",
        ),
        pytest.param("Norwegian JJ amod gas - NORP\ngas NN ROOT -", [], id="adjective-is-no-people"),
        pytest.param(
            named_table("speakers/names/recognition", "words that are names: brackets without acronym"),
            ["Tromsø Bank"],
            id="brackets-without-acronym",
        ),
        pytest.param("JANE NNP nsubj SAYS\nSAYS VBZ ROOT -", ["JANE"], id="capitals-of-no-source"),
    ],
)
def test_words_that_are_names(table: str, expected: list[str]) -> None:
    assert words_of(recognized(doc_of(table))) == expected


@pytest.mark.parametrize(
    ("table", "source", "expected", "without_source"),
    [
        pytest.param(
            """
            Latvian    JJ   amod     Dzelme
            journalist NN   compound Dzelme
            Dzelme     NNP  nsubj    said
            said       VBD  ROOT     -
            """,
            "Latvian journalist Dzelme",
            ["Dzelme"],
            [],
            id="whom-the-recognizer-missed",
        ),
        pytest.param("Delegates NNS nsubj said\nsaid VBD ROOT -", "Delegates", [], [], id="plain-nouns"),
        pytest.param(
            "DR NNP nmod JANE - GPE\n. . punct JANE\nJANE NNP nsubj DOE\nDOE VBD ROOT -\n: : punct DOE",
            "DR. JANE DOE",
            ["JANE DOE"],
            ["JANE"],
            id="capitals-whatever-their-tags",
        ),
        pytest.param("Mr NNP nsubj spoke - PERSON\nspoke VBD ROOT -", "Mr", [], [], id="only-mr"),
        pytest.param("Dr. NNP nsubj spoke - PERSON\nspoke VBD ROOT -", "Dr.", [], [], id="only-dr"),
        pytest.param("Sen. NNP nsubj spoke - PERSON\nspoke VBD ROOT -", "Sen.", [], [], id="only-sen"),
    ],
)
def test_words_of_a_source_that_are_names(
    table: str, source: str, expected: list[str], without_source: list[str]
) -> None:
    assert words_of(recognized(doc_of(table), source)) == expected
    assert words_of(recognized(doc_of(table))) == without_source


def test_capitals_without_a_given_name_are_no_person() -> None:
    assert "OSLO POLICE" not in words_of(recognized(doc_of("OSLO NNP nsubj POLICE\nPOLICE VBZ ROOT -"), "OSLO POLICE"))


def test_name_after_a_title_is_found_without_recognizer() -> None:
    [name] = recognized(doc_of("Mr. NNP compound Okafor\nOkafor NNP nsubj said\nsaid VBD ROOT -"))
    assert (name.words, name.titles, name.kind) == (("Okafor",), ("Mr.",), PERSON)


def test_title_of_the_user_is_no_part_of_a_name() -> None:
    doc = parsed_text(doc_of("Archdruid NNP compound Holm - PERSON\nHolm NNP nsubj said - PERSON\nsaid VBD ROOT -"))
    lexicon = load_people()
    [[plain], _] = find_names(doc, [], lexicon)
    [[titled], _] = find_names(doc, [], lexicon.with_titles([{"title": "Archdruid"}]))
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
    names, writers = find_names(parsed_text(doc), [], load_people())
    found = sorted([*names, *writers], key=lambda name: name.start)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(doc[name.start].text[:1].isupper() for name in found if name.kind is PERSON)


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        pytest.param(
            ["Zorbo NNP nsubj drew\ndrew VBD ROOT -", "They PRP nsubj saw\nsaw VBD ROOT -\nZorbo NNP dobj saw"],
            ["Zorbo", "Zorbo"],
            id="acts-once",
        ),
        pytest.param(["Quorl NNP compound Zorbo\nZorbo NNP nsubj drew\ndrew VBD ROOT -"], ["Quorl Zorbo"], id="whole"),
        pytest.param(["They PRP nsubj saw\nsaw VBD ROOT -\nZorbo NNP dobj saw"], [], id="never-acts"),
        pytest.param(
            ["Zorbo NNP nsubj fell\nfell VBD ROOT -\na DT det zorbo\nzorbo NN dobj fell"], [], id="written-small-too"
        ),
        pytest.param(["Oslo NNP nsubj grew - GPE\ngrew VBD ROOT -"], [], id="known-to-the-recognizer"),
        pytest.param(["Monday NNP nsubj came\ncame VBD ROOT -"], [], id="known-to-the-lexicon"),
    ],
)
def test_names_that_the_recognizer_does_not_know(sentences: list[str], expected: list[str]) -> None:
    names = names_in(doc_of(*sentences))
    assert words_of([name for name in names if name.kind is EntityKind.OTHER]) == expected
