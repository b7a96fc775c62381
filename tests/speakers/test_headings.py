from quotesmith.lexicon.people import load_people
from quotesmith.speakers.names.headlines import cut_headings
from quotesmith.speakers.names.recognition import find_names
from tests.docs import make_doc, parsed_text
from tests.speakers.scenes import doc_of

KARL = "Karl NNP compound Holm - PERSON\nHolm NNP nsubj spoke - PERSON\nspoke VBD ROOT -"


def texts(*tables: str, blank: bool = False) -> list[str]:
    doc = make_doc("\n\n".join(tables)) if blank else doc_of(*tables)
    parsed, lexicon = parsed_text(doc), load_people()
    return [" ".join(name.words) for name in cut_headings(find_names(parsed, [], lexicon), parsed, lexicon)]


def test_heading_is_cut_to_the_family_name() -> None:
    assert texts("Holm NNP compound Plan - PERSON\nPlan NNP ROOT - - PERSON\n. . punct Plan", KARL) == [
        "Holm",
        "Karl Holm",
    ]


def test_word_before_a_family_name_in_a_heading_is_cut() -> None:
    heading = """
        Battered NNP compound Holm - PERSON
        Holm NNP nsubj Leaves - PERSON
        Leaves VBZ ROOT -
        Office NNP dobj Leaves
    """
    alone = "Holm NNP nsubj spoke - PERSON\nspoke VBD ROOT -"
    assert texts(heading, alone, blank=True) == ["Holm", "Holm"]


def test_name_in_running_text_is_whole() -> None:
    text = """
        Dainis NNP compound Holm - PERSON
        Holm NNP nsubj spoke - PERSON
        spoke VBD ROOT -
        of IN prep spoke
        many JJ amod things
        things NNS pobj of
    """
    assert texts(text, "Holm NNP nsubj left - PERSON\nleft VBD ROOT -", blank=True) == ["Dainis Holm", "Holm"]
