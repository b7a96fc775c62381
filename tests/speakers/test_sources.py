import pytest

from quotesmith.records import MentionForm
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.sources import SourceReading
from tests.cases import named_table
from tests.speakers.scenes import context_of_doc, doc_of, entity_names, phrases_of


def read(table: str) -> tuple[DocumentContext, SourceReading]:
    """The reading of all but the last token, which is the cue."""
    context = context_of_doc(doc_of(table))
    return context, phrases_of(context).read_source(list(context.parsed.doc)[:-1])


APPOSED = named_table("speakers/sources", "apposed")
APPOSED_LAST = named_table("speakers/sources", "apposed last")
TITLED = """
    Premier NNP compound Li
    Li NNP compound Mei - PERSON
    Mei NNP nsubj said - PERSON
    said VBD ROOT -
"""
OFFICE = named_table("speakers/sources", "office")
AGENCY = named_table("speakers/sources", "agency")


@pytest.mark.parametrize(
    ("table", "name"),
    [
        pytest.param(APPOSED, "Ruth Amsel", id="apposition"),
        pytest.param(APPOSED_LAST, "Ruth Amsel", id="name-in-apposition"),
        pytest.param(TITLED, "Li Mei", id="title"),
        pytest.param(OFFICE, "Ruth Amsel", id="office"),
        pytest.param(AGENCY, "Nordpress", id="news-agency"),
    ],
)
def test_phrase_about_a_name(table: str, name: str) -> None:
    context, reading = read(table)
    assert entity_names(context, reading.entities) == [name]
    assert (reading.method, reading.form) == ("name", MentionForm.NAME)


SPOKESMAN = """
    a DT det spokesman
    spokesman NN nsubj said
    for IN prep spokesman
    Holm NNP pobj for - PERSON
    said VBD ROOT -
"""
CAMPAIGN = """
    the DT det campaign
    Holm NNP compound campaign - PERSON
    campaign NN nsubj said
    said VBD ROOT -
"""
POSSESSIVE = """
    Holm NNP poss aides - PERSON
    's POS case Holm
    aides NNS nsubj said aide
    said VBD ROOT -
"""
CUSTOMS = """
    Norwegian JJ amod customs - NORP
    customs NNS nsubj said
    said VBD ROOT -
"""


@pytest.mark.parametrize(
    ("table", "name"),
    [
        pytest.param(SPOKESMAN, "a spokesman for Holm", id="spokesman"),
        pytest.param(CAMPAIGN, "the Holm campaign", id="campaign"),
        pytest.param(POSSESSIVE, "Holm's aides", id="possessive"),
        pytest.param(CUSTOMS, "Norwegian customs", id="demonym"),
    ],
)
def test_phrase_beside_a_name_is_an_entity_of_its_own(table: str, name: str) -> None:
    context, reading = read(table)
    [number] = reading.entities
    assert (context.entities[number].name, context.entities[number].named) == (name, False)
    assert reading.form is MentionForm.NOMINAL


def test_several_speakers_are_all_there() -> None:
    context, reading = read("""
        Holm NNP nsubj said - PERSON
        and CC cc Holm
        two CD nummod judges
        judges NNS conj Holm judge
        said VBD ROOT -
    """)
    assert entity_names(context, reading.entities) == ["Holm", "two judges"]
    assert (reading.method, reading.form) == ("group", MentionForm.NOMINAL)


@pytest.mark.parametrize("title", ["Mr", "President"])
def test_title_beside_a_titled_name_is_no_speaker(title: str) -> None:
    context, reading = read(f"""
        {title} NNP nsubj said
        and CC cc {title}
        Mrs NNP compound Holm
        Holm NNP conj {title} - PERSON
        said VBD ROOT -
    """)
    assert entity_names(context, reading.entities) == ["Holm"]


def test_role_beside_a_name_is_a_speaker() -> None:
    context, reading = read(named_table("speakers/sources", "role beside a name is a speaker"))
    assert entity_names(context, reading.entities) == ["The president", "Holm"]


def test_two_roles_after_one_article_are_one_person() -> None:
    context, reading = read(named_table("speakers/sources", "two roles after one article are one person"))
    assert entity_names(context, reading.entities) == ["the mayor"]


def test_role_and_role_with_a_name_are_one_person() -> None:
    context, reading = read(named_table("speakers/sources", "role and role with a name are one person"))
    assert entity_names(context, reading.entities) == ["Ann Lee"]


def test_others_behind_an_apposition_are_speakers_too() -> None:
    context, reading = read(named_table("speakers/sources", "others behind an apposition are speakers too"))
    assert entity_names(context, reading.entities) == ["Ann Lee", "other scholars"]
