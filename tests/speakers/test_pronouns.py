import pytest

from quotesmith.records import Gender
from quotesmith.speakers.discourse import Sight
from quotesmith.speakers.pronouns import (
    PronounClass,
    find_antecedents,
    modified_noun,
    pronoun_class,
    wanted_by,
)
from tests.speakers.scenes import MEETING, doc_of, scene_of

FRONTED = """
    During    IN   prep  sang
    her       PRP$ poss  tour
    tour      NN   pobj  During
    Ruth      NNP  nsubj sang  -  PERSON
    sang      VBD  ROOT  -
"""


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        pytest.param("himself", PronounClass.HE, id="reflexive"),
        pytest.param("They", PronounClass.THEY, id="capital"),
        pytest.param("us", PronounClass.WE, id="us"),
        pytest.param("US", None, id="country"),
        pytest.param("Ruth", None, id="name"),
    ],
)
def test_class_of_a_word(word: str, kind: PronounClass | None) -> None:
    assert pronoun_class(doc_of(f"{word} PRP ROOT -")[0]) is kind


def test_person_of_the_gender_is_meant() -> None:
    scene = scene_of(doc_of(MEETING, "He PRP ROOT -"))
    scene.roster.drafts[0].gender = Gender.FEMININE
    for number in (0, 1):
        scene.discourse.see(number, Sight(number, 0, 0, subject=True, verb=-1))
    he = scene.layout.doc[13]
    found = find_antecedents(scene, he, PronounClass.HE, wanted_by(scene, he, PronounClass.HE))
    assert found.entities == (1,)


def test_they_are_the_pair_of_the_sentence_before() -> None:
    scene = scene_of(doc_of(MEETING, "They PRP ROOT -"))
    scene.discourse.see_pair((0, 1), 1)
    they = scene.layout.doc[13]
    found = find_antecedents(scene, they, PronounClass.THEY, wanted_by(scene, they, PronounClass.THEY))
    assert found.entities == (0, 1)


def test_pronoun_in_a_fronted_adjunct_means_the_subject() -> None:
    scene = scene_of(doc_of("Ida NNP nsubj left - PERSON\nleft VBD ROOT -", FRONTED))
    scene.discourse.see(0, Sight(0, 0, 0, subject=True, verb=1))
    her = scene.layout.doc[3]
    found = find_antecedents(scene, her, PronounClass.SHE, wanted_by(scene, her, PronounClass.SHE))
    assert [scene.roster.drafts[number].name for number in found.entities] == ["Ruth"]


def test_first_pronoun_of_a_text_means_who_is_named_next() -> None:
    scene = scene_of(doc_of("She PRP nsubj left\nleft VBD ROOT -\nRuth NNP npadvmod left - PERSON"))
    she = scene.layout.doc[0]
    found = find_antecedents(scene, she, PronounClass.SHE, wanted_by(scene, she, PronounClass.SHE))
    assert found.entities == (0,)


def test_nobody_is_meant_where_nobody_is_named() -> None:
    scene = scene_of(doc_of("She PRP ROOT -"))
    she = scene.layout.doc[0]
    assert find_antecedents(scene, she, PronounClass.SHE, wanted_by(scene, she, PronounClass.SHE)).entities == ()


def test_relative_pronoun_stands_for_the_noun_before() -> None:
    doc = doc_of("""
        Premier NNP compound Li
        Li      NNP ROOT -
        ,       ,   punct Li
        who     WP  nsubj said
        said    VBD relcl Li
    """)
    assert [token.text for token in modified_noun(doc[3])] == ["Premier", "Li"]
    assert modified_noun(doc_of("Who WP nsubj knows\nknows VBZ ROOT -")[0]) == []
