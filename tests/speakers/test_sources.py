import pytest

from quotesmith.records import MentionForm
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.sources import SourceReading
from tests.speakers.scenes import context_of_doc, doc_of, entity_names, phrases_of


def read(table: str) -> tuple[DocumentContext, SourceReading]:
    """The reading of all but the last token, which is the cue."""
    context = context_of_doc(doc_of(table))
    return context, phrases_of(context).read_source(list(context.parsed.doc)[:-1])


APPOSED = """
    Ruth NNP compound Amsel - PERSON
    Amsel NNP nsubj said - PERSON
    , , punct Amsel
    a DT det aide
    aide NN appos Amsel
    for IN prep aide
    Holm NNP pobj for - PERSON
    said VBD ROOT -
"""
APPOSED_LAST = """
    Her PRP$ poss lawyer
    lawyer NN nsubj said
    , , punct lawyer
    Ruth NNP compound Amsel - PERSON
    Amsel NNP appos lawyer - PERSON
    said VBD ROOT -
"""
TITLED = """
    Premier NNP compound Li
    Li NNP compound Mei - PERSON
    Mei NNP nsubj said - PERSON
    said VBD ROOT -
"""
OFFICE = """
    Secretary NNP nsubj said
    of IN prep Secretary
    State NNP pobj of
    Ruth NNP compound Amsel - PERSON
    Amsel NNP appos Secretary - PERSON
    said VBD ROOT -
"""
AGENCY = """
    the DT det agency
    official JJ amod agency
    Nordpress NNP compound agency - ORG
    news NN compound agency
    agency NN nsubj said
    said VBD ROOT -
"""


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
    context, reading = read("""
        The DT det president
        president NN nsubj said
        and CC cc president
        Mrs NNP compound Holm
        Holm NNP conj president - PERSON
        said VBD ROOT -
    """)
    assert entity_names(context, reading.entities) == ["The president", "Holm"]


def test_two_roles_after_one_article_are_one_person() -> None:
    context, reading = read("""
        the DT det mayor
        mayor NN nsubj said
        and CC cc mayor
        party NN compound leader
        leader NN conj mayor
        said VBD ROOT -
    """)
    assert entity_names(context, reading.entities) == ["the mayor"]


def test_role_and_role_with_a_name_are_one_person() -> None:
    context, reading = read("""
        his PRP$ poss wife
        wife NN nsubj said
        and CC cc wife
        former JJ amod lawyer
        lawyer NN compound Lee
        Ann NNP compound Lee - PERSON
        Lee NNP conj wife - PERSON
        said VBD ROOT -
    """)
    assert entity_names(context, reading.entities) == ["Ann Lee"]


def test_others_behind_an_apposition_are_speakers_too() -> None:
    context, reading = read("""
        Ann NNP compound Lee - PERSON
        Lee NNP nsubj said - PERSON
        , , punct Lee
        head NN appos Lee
        of IN prep head
        research NN pobj of
        , , punct head
        and CC cc research
        other JJ amod scholars
        scholars NNS conj research scholar
        said VBD ROOT -
    """)
    assert entity_names(context, reading.entities) == ["Ann Lee", "other scholars"]
