import pytest

from quotesmith.lexicon.people import load_people
from quotesmith.records import EntityKind, MentionForm
from quotesmith.speakers.nominals import Nominals, phrase_kind
from quotesmith.speakers.scene import Scene
from tests.speakers.scenes import MEETING, doc_of, scene_of


def phrase(*words: str, noun: str) -> str:
    """A sentence that is one noun phrase."""
    rows = [f"{word} {'DT' if word.casefold() in {'the', 'a'} else 'JJ'} amod {noun}" for word in words]
    return "\n".join([*rows, f"{noun} NN ROOT -"])


def found(scene: Scene, start: int, end: int, nominals: Nominals | None = None) -> tuple[int, bool]:
    doc = scene.layout.doc
    return (nominals or Nominals(scene)).find([doc[i] for i in range(start, end)])


def test_described_role_means_the_named_person() -> None:
    scene = scene_of(doc_of(MEETING, phrase("The", noun="president")))
    assert found(scene, 13, 15) == (0, True)


def test_broader_role_means_the_named_person() -> None:
    scene = scene_of(doc_of(MEETING, phrase("The", noun="leader")))
    assert found(scene, 13, 15) == (0, True)


def test_other_country_is_another_person() -> None:
    doc = doc_of(
        "Norwegian JJ amod Holm\nPresident NNP compound Holm\nHolm NNP ROOT - - PERSON",
        phrase("The", "Danish", noun="president"),
    )
    number, known = found(scene_of(doc), 3, 6)
    assert not known
    assert number == 1


def test_unnamed_entity_is_named_by_its_words() -> None:
    scene = scene_of(doc_of(phrase("A", "senior", noun="official")))
    number, known = found(scene, 0, 3)
    draft = scene.roster.drafts[number]
    assert (draft.name, draft.named, draft.kind, known) == (
        "A senior official",
        False,
        EntityKind.PERSON,
        False,
    )


def test_definite_phrase_means_the_last_of_that_noun() -> None:
    scene = scene_of(doc_of(phrase("A", noun="source"), phrase("Another", noun="source"), phrase("The", noun="source")))
    nominals = Nominals(scene)
    first, second = found(scene, 0, 2, nominals), found(scene, 2, 4, nominals)
    assert first[0] != second[0]
    assert found(scene, 4, 6, nominals) == (second[0], True)


def test_definite_phrase_with_other_words_is_somebody_else() -> None:
    scene = scene_of(doc_of(phrase("A", "young", noun="source"), phrase("The", "old", noun="source")))
    nominals = Nominals(scene)
    assert found(scene, 0, 3, nominals)[0] != found(scene, 3, 6, nominals)[0]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        pytest.param("analysts NNS ROOT - analyst", EntityKind.GROUP, id="plural"),
        pytest.param("poll NN ROOT -", EntityKind.OTHER, id="document"),
        pytest.param("agency NN ROOT -", EntityKind.ORGANIZATION, id="body"),
        pytest.param("city NN ROOT -", EntityKind.PLACE, id="place"),
        pytest.param("spokeswoman NN ROOT -", EntityKind.PERSON, id="person"),
    ],
)
def test_kind_of_a_phrase(row: str, kind: EntityKind) -> None:
    assert phrase_kind(list(doc_of(row)), load_people()) is kind


def test_possessor_stands_for_the_pronoun() -> None:
    scene = scene_of(doc_of(MEETING, "Her PRP$ poss campaign\ncampaign NN ROOT -"))
    scene.roster.mention((scene.layout.span(13, 14),), MentionForm.PRONOUN, 0)
    number, _ = found(scene, 13, 15)
    assert scene.roster.drafts[number].name == "Ngozi Okafor's campaign"


def test_document_is_named_from_the_name_in_it_on() -> None:
    scene = scene_of(doc_of("a DT det poll\nnew JJ amod poll\nOslo NNP compound poll - GPE\npoll NN ROOT -"))
    number, _ = found(scene, 0, 4)
    assert scene.roster.drafts[number].name == "Oslo poll"


def test_document_called_otherwise_is_the_same() -> None:
    scene = scene_of(doc_of(phrase("A", noun="video"), phrase("The", noun="ad")))
    nominals = Nominals(scene)
    assert found(scene, 0, 2, nominals)[0] == found(scene, 2, 4, nominals)[0]


def test_clause_behind_a_comma_is_no_name() -> None:
    scene = scene_of(doc_of("the DT det ad\nad NN ROOT -\n, , punct ad\ntitled VBN acl ad"))
    number, _ = found(scene, 0, 4)
    assert scene.roster.drafts[number].name == "the ad"
