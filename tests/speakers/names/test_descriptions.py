import pytest

from quotesmith.lexicon.people import load_people
from quotesmith.speakers.names import Describer
from quotesmith.speakers.noun_phrases import Description
from tests.cases import named_table
from tests.docs import parsed_text
from tests.speakers.names.reading import read, words_of
from tests.speakers.scenes import doc_of

HARBOUR = frozenset({"oslo", "harbour"})


def described(table: str) -> dict[str, list[Description]]:
    """What a text says of the bearer of each name."""
    doc = doc_of(table)
    names = read(doc).names
    name_at = {token: place for place, name in enumerate(names) for token in range(name.start, name.end)}
    describer = Describer(parsed_text(doc), load_people(), name_at)
    return {words: list(describer(name)) for words, name in zip(words_of(list(names)), names, strict=True)}


@pytest.mark.parametrize(
    ("table", "name", "expected"),
    [
        pytest.param(
            named_table("speakers/names/descriptions", "what a text says of a name: apposition after a possessor"),
            "Ann Lee",
            [Description("wife")],
            id="apposition-after-a-possessor",
        ),
        pytest.param(
            named_table("speakers/names/descriptions", "what a text says of a name: party and state in brackets"),
            "Ann Lee",
            [Description("senator", affiliations=frozenset({"Republican Party", "Tennessee"}))] * 2,
            id="party-and-state-in-brackets",
        ),
        pytest.param(
            named_table("speakers/names/descriptions", "what a text says of a name: complement of a role"),
            "Ann Lee",
            [Description("head", affiliations=frozenset({"Norway"}), proper=HARBOUR, complement=HARBOUR)],
            id="complement-of-a-role",
        ),
        pytest.param(
            "the DT det city\ncity NN ROOT -\nof IN prep city\nPhalsberg NNP pobj of - GPE",
            "Phalsberg",
            [Description("phalsberg"), Description("city")],
            id="place-named-by-its-kind",
        ),
    ],
)
def test_what_a_text_says_of_a_name(table: str, name: str, expected: list[Description]) -> None:
    assert described(table)[name] == expected
