from types import SimpleNamespace

import coreferee  # noqa: F401 - registers its extensions
import pytest
from coreferee.data_model import ChainHolder, Mention
from spacy.tokens import Doc

from quotesmith.coreference.scorer import TendencyScorer, pronoun_gender
from quotesmith.lexicon.people import load_people
from quotesmith.records import Gender
from tests.cases import named_table
from tests.docs import make_doc

TABLE = named_table("coreference/scorer", "table")


def scored(*candidates: int, pronoun: str = "Fem", uncertain: tuple[int, ...] = ()) -> list[int]:
    """The candidates for the pronoun in the order that the scorer gives."""
    doc: Doc = make_doc(TABLE)
    doc[4].set_morph(f"Gender={pronoun}|Number=Sing|Person=3")  # type: ignore[attr-defined]  # not in the stubs
    for number, sentence in enumerate(doc.sents):
        for token in sentence:
            token._.coref_chains = ChainHolder()
            token._.coref_chains.temp_sent_index = number
            token._.coref_chains.temp_quote_array = [0, 0, 0]
    mentions = [Mention(doc[index]) for index in candidates]
    for mention in mentions:
        mention.temp_is_uncertain = mention.root_index in uncertain
    doc[4]._.coref_chains.temp_potential_referreds = mentions
    TendencyScorer(load_people()).score(doc, SimpleNamespace())
    return [mention.root_index for mention in mentions]


@pytest.mark.parametrize(("pronoun", "first"), [pytest.param("Fem", 2, id="she"), pytest.param("Masc", 0, id="he")])
def test_gender_of_the_given_name_decides(pronoun: str, first: int) -> None:
    assert scored(0, 2, pronoun=pronoun)[0] == first


def test_uncertain_antecedents_come_last() -> None:
    assert scored(0, 2, uncertain=(2,)) == [0, 2]


def test_gender_of_pronouns() -> None:
    doc = make_doc(TABLE)
    doc[4].set_morph("Gender=Fem")  # type: ignore[attr-defined]  # not in the stubs
    assert pronoun_gender(doc[4]) is Gender.FEMININE
    assert pronoun_gender(doc[0]) is None
