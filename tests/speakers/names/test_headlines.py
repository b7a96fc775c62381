import pytest

from quotesmith.lexicon.people import load_people
from quotesmith.speakers.names import find_names
from tests.cases import named_table
from tests.docs import make_doc, parsed_text
from tests.speakers.names.reading import names_in, words_of
from tests.speakers.scenes import doc_of

KARL = "Karl NNP compound Holm - PERSON\nHolm NNP nsubj spoke - PERSON\nspoke VBD ROOT -"
HOLM = "Holm NNP nsubj spoke - PERSON\nspoke VBD ROOT -"


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
    ],
)
def test_writers_of_a_text(line: str, text: str, about: list[str], writers: list[str]) -> None:
    people = " ".join([*about, *writers]).split()
    words = line.split()
    rows = [f"{word} NNP dep {words[0]} - {'PERSON' if word in people else '-'}" for word in words]
    doc = make_doc("\n".join(rows) + (f"\n\n{text} NNP ROOT - - PERSON" if text else ""))
    found = find_names(parsed_text(doc), [], load_people())
    assert tuple(map(words_of, found)) == (about, writers)


def test_heading_is_cut_to_the_family_name() -> None:
    doc = doc_of("Holm NNP compound Plan - PERSON\nPlan NNP ROOT - - PERSON\n. . punct Plan", KARL)
    assert words_of(names_in(doc)) == ["Holm", "Karl Holm"]


def test_word_before_a_family_name_in_a_heading_is_cut() -> None:
    heading = """
        Battered NNP compound Holm - PERSON
        Holm NNP nsubj Leaves - PERSON
        Leaves VBZ ROOT -
        Office NNP dobj Leaves
    """
    assert words_of(names_in(make_doc(f"{heading}\n\n{HOLM}"))) == ["Holm", "Holm"]


def test_name_in_running_text_is_whole() -> None:
    text = named_table("speakers/names/headlines", "name in running text is whole")
    assert words_of(names_in(make_doc(f"{text}\n\n{HOLM}"))) == ["Dainis Holm", "Holm"]
