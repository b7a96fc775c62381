from itertools import pairwise

import pytest
from hypothesis import given
from spacy.tokens import Doc

from quotesmith.lexicon.people import load_people
from quotesmith.records import EntityKind
from quotesmith.speakers.names.recognition import Name, find_names, is_capitalised
from tests.docs import parsed_text
from tests.random_docs import parsed_docs
from tests.speakers.scenes import MEETING, doc_of, place


def names_in(doc: Doc, *sources: str) -> list[Name]:
    return find_names(parsed_text(doc), [(place(doc, source),) for source in sources], load_people())


def texts(doc: Doc, *sources: str) -> list[str]:
    return [" ".join(name.words) for name in names_in(doc, *sources)]


def test_entities_are_names_with_their_titles() -> None:
    first, second, third, _ = names_in(doc_of(MEETING))
    assert (first.words, first.titles) == (("Ngozi", "Okafor"), ("President",))
    assert second.words == ("Erik", "Lindqvist")
    assert (third.words, third.kind) == (("Geneva",), EntityKind.PLACE)


def test_over_long_person_is_cut() -> None:
    doc = doc_of("""
        Lin   NNP  nsubj  met  -  PERSON
        Mei   NNP  flat   Lin  -  PERSON
        on    IN   prep   met  -  PERSON
        Monday NNP pobj   on   -  PERSON
        met   VBD  ROOT   -
    """)
    assert texts(doc) == ["Lin Mei"]


def test_two_people_in_one_entity_are_two() -> None:
    doc = doc_of("""
        Holm  NNP  nsubj  met  -  PERSON
        and   CC   cc     Holm -  PERSON
        Amsel NNP  conj   Holm -  PERSON
        met   VBD  ROOT   -
    """)
    assert texts(doc) == ["Holm", "Amsel"]


def test_possessive_and_article_are_no_part_of_a_name() -> None:
    doc = doc_of("""
        The   DT   det       Gazette  -  ORG
        Daily NNP  compound  Gazette  -  ORG
        Gazette NNP poss     editor   -  ORG
        's    POS  case      Gazette  -  ORG
        editor NN  ROOT      -
    """)
    assert texts(doc) == ["Daily Gazette"]


def test_name_after_a_title_is_found_without_recognizer() -> None:
    doc = doc_of("""
        Mr.    NNP  compound  Okafor
        Okafor NNP  nsubj     said
        said   VBD  ROOT      -
    """)
    [name] = names_in(doc)
    assert (name.words, name.titles, name.kind) == (("Okafor",), ("Mr.",), EntityKind.PERSON)


def test_hyphened_family_name_is_whole() -> None:
    doc = doc_of("""
        Doris NNP compound Mays - PERSON
        Crouse NNP compound Mays
        - HYPH punct Mays
        Mays NNP nsubj said
        said VBD ROOT -
    """)
    doc = Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[True, False, False, True, False],
        heads=[t.head.i for t in doc],
        deps=[t.dep_ for t in doc],
        pos=[t.pos_ for t in doc],
        tags=[t.tag_ for t in doc],
        ents=["B-PERSON", "I-PERSON", "O", "O", "O"],
    )
    assert texts(doc) == ["Doris Crouse-Mays"]


def test_source_names_whom_the_recognizer_missed() -> None:
    doc = doc_of("""
        Latvian    JJ   amod     Dzelme
        journalist NN   compound Dzelme
        Dzelme     NNP  nsubj    said
        said       VBD  ROOT     -
    """)
    assert texts(doc) == []
    assert texts(doc, "Latvian journalist Dzelme") == ["Dzelme"]


def test_nickname_between_marks_stays_in_the_name_and_out_of_its_words() -> None:
    doc = doc_of("""
        Edwin   NNP  nmod   Holm   -  PERSON
        “       ``   punct  Holm
        Buzz    NNP  nmod   Holm
        ”       ''   punct  Holm
        Holm    NNP  nsubj  left   -  PERSON
        left    VBD  ROOT   -
    """)
    [name] = names_in(doc)
    assert (name.start, name.end, name.words) == (0, 5, ("Edwin", "Holm"))


def test_plain_nouns_of_a_source_are_no_name() -> None:
    doc = doc_of("Delegates NNS nsubj said\nsaid VBD ROOT -")
    assert texts(doc, "Delegates") == []


def test_family_name_in_capitals_is_found() -> None:
    doc = doc_of(MEETING, "LINDQVIST NN ROOT -")
    assert texts(doc)[-1] == "LINDQVIST"


def test_adjective_is_no_mention_of_a_people() -> None:
    doc = doc_of("Norwegian JJ amod gas - NORP\ngas NN ROOT -")
    assert texts(doc) == []


@given(parsed_docs())
def test_names_are_apart_in_order_and_capitalised_somewhere(doc: Doc) -> None:
    names = find_names(parsed_text(doc), [], load_people())
    assert all(one.end <= other.start for one, other in pairwise(names))
    assert all(is_capitalised(doc[name.start]) for name in names if name.kind is EntityKind.PERSON)


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
    return Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[True, True, False, False, True, False],
        heads=[t.head.i for t in doc],
        deps=[t.dep_ for t in doc],
        pos=[t.pos_ for t in doc],
        tags=[t.tag_ for t in doc],
        ents=[t.ent_iob_ + (f"-{t.ent_type_}" if t.ent_type_ else "") or "O" for t in doc],
    )


@pytest.mark.parametrize(
    "doc",
    [
        pytest.param(hyphened("hye", "NNP"), id="proper-noun"),
        pytest.param(hyphened("hye", "NN", label="PERSON"), id="noun-as-subject"),
    ],
)
def test_hyphened_given_name_is_whole(doc: Doc) -> None:
    [name] = names_in(doc)
    assert (name.words, name.titles) == (("Park", "Geun-hye"), ("Ms",))


@pytest.mark.parametrize(
    "doc",
    [
        pytest.param(hyphened("led", "VBN", label="PERSON"), id="participle"),
        pytest.param(hyphened("era", "NN", "compound", label="PERSON"), id="describing-noun"),
    ],
)
def test_hyphened_word_that_is_no_name_is_left_out(doc: Doc) -> None:
    assert texts(doc) == ["Park Geun"]


def test_source_in_capitals_is_a_name_whatever_its_tags() -> None:
    doc = doc_of("DR NNP nmod JANE - GPE\n. . punct JANE\nJANE NNP nsubj DOE\nDOE VBD ROOT -\n: : punct DOE")
    assert texts(doc, "DR. JANE DOE") == ["JANE DOE"]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("JANE SAYS", id="no-source"),
        pytest.param("OSLO POLICE", id="no-given-name"),
    ],
)
def test_other_capitals_are_no_name_of_a_person(words: str) -> None:
    first, last = words.split()
    doc = doc_of(f"{first} NNP nsubj {last}\n{last} VBZ ROOT -")
    assert words not in texts(doc, *([words] if first == "OSLO" else []))


@pytest.mark.parametrize("title", ["Mr", "Dr.", "Sen."])
def test_short_title_alone_names_nobody(title: str) -> None:
    doc = doc_of(f"{title} NNP nsubj spoke - PERSON\nspoke VBD ROOT -")
    assert texts(doc, title) == []


def test_acronym_in_brackets_is_a_body_wherever_it_stands() -> None:
    doc = doc_of("""
        Tromsø NNP compound Bank - ORG
        Bank   NNP nsubj    rose - ORG
        (      -LRB- punct  Bank
        TRB    NNP appos    Bank
        )      -RRB- punct  Bank
        rose   VBD ROOT     -
        TRB    NNP nsubj    said
        said   VBD ROOT     -
    """)
    names = names_in(doc, "TRB")
    assert [(" ".join(name.words), name.kind) for name in names] == [
        ("Tromsø Bank", EntityKind.ORGANIZATION),
        ("TRB", EntityKind.ORGANIZATION),
        ("TRB", EntityKind.ORGANIZATION),
    ]


def test_brackets_that_hold_no_acronym_are_no_name() -> None:
    doc = doc_of("""
        Tromsø NNP compound Bank - ORG
        Bank   NNP nsubj    rose - ORG
        (      -LRB- punct  Bank
        TBD    NNP appos    Bank
        USD    NNP appos    Bank
        )      -RRB- punct  Bank
        rose   VBD ROOT     -
    """)
    assert texts(doc) == ["Tromsø Bank"]
