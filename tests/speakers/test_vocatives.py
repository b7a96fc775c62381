import attrs
import pytest
from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from quotesmith.records import TextSpan
from quotesmith.speakers.dialogue.addressees import find_vocatives
from tests.speakers.scenes import context_of_doc, doc_of, entity_names, quote


def quote_at(doc: Doc, start: int, end: int) -> Attribution:
    """A direct quote of just these characters."""
    return attrs.evolve(quote(doc, doc[1].text, kind="direct"), content=(TextSpan(start, end),))


THANKS = """
    “       ``   punct     Thank
    Thank   VBP  ROOT      -
    you     PRP  dobj      Thank
    ,       ,    punct     Thank
    Ida     NNP  npadvmod  Thank  -  PERSON
    .       .    punct     Thank
    ”       ''   punct     Thank
"""
BROTHER = """
    “        ``   punct   left
    My       PRP$ poss    brother
    brother  NN   nsubj   left
    ,        ,    punct   brother
    Erik     NNP  appos   brother  -  PERSON
    ,        ,    punct   brother
    left     VBD  ROOT    -        leave
    .        .    punct   left
    ”        ''   punct   left
"""
TRIO = """
    “        ``   punct   left
    Ida      NNP  nsubj   left   -  PERSON
    ,        ,    punct   Ida
    Erik     NNP  conj    Ida    -  PERSON
    and      CC   cc      Erik
    Amsel    NNP  conj    Erik   -  PERSON
    left     VBD  ROOT    -      leave
    .        .    punct   left
    ”        ''   punct   left
"""
DEAR = """
    “        ``   punct    come
    My       PRP$ poss     Ida
    dear     JJ   amod     Ida
    Ida      NNP  npadvmod come   -  PERSON
    ,        ,    punct    come
    come     VB   ROOT     -
    !        .    punct    come
    ”        ''   punct    come
"""
SUBJECT = """
    “        ``   punct    left
    Ida      NNP  nsubj    left   -  PERSON
    left     VBD  ROOT     -      leave
    .        .    punct    left
    ”        ''   punct    left
"""


@pytest.mark.parametrize(
    ("table", "content", "called"),
    [
        pytest.param(THANKS, "Thank you, Ida.", ["Ida"], id="at-the-end"),
        pytest.param(DEAR, "My dear Ida, come!", ["Ida"], id="with-an-endearment"),
        pytest.param(BROTHER, "My brother, Erik, left.", [], id="apposition"),
        pytest.param(TRIO, "Ida, Erik and Amsel left.", [], id="list"),
        pytest.param(SUBJECT, "Ida left.", [], id="subject"),
    ],
)
def test_call_by_name(table: str, content: str, called: list[str]) -> None:
    doc = doc_of(table)
    context = context_of_doc(doc)
    start = doc.text.index(content)
    found = find_vocatives(context, quote_at(doc, start, start + len(content)))
    assert entity_names(context, found) == called


def test_call_by_title_is_its_one_bearer() -> None:
    doc = doc_of(
        """
        President  NNP  compound  Okafor
        Ngozi      NNP  compound  Okafor  -  PERSON
        Okafor     NNP  nsubj     came    -  PERSON
        came       VBD  ROOT      -       come
        .          .    punct     came
        """,
        """
        “          ``   punct     go
        Mr.        NNP  compound  President
        President  NNP  npadvmod  go
        ,          ,    punct     go
        go         VB   ROOT      -
        .          .    punct     go
        ”          ''   punct     go
        """,
    )
    context = context_of_doc(doc)
    start = doc.text.index("“")
    found = find_vocatives(context, quote_at(doc, start, len(doc.text)))
    assert entity_names(context, found) == ["Ngozi Okafor"]
