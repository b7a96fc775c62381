import pytest

from quotesmith.coreference import PronounClass, pronoun_class
from quotesmith.records import EntityKind
from quotesmith.speakers.meanings import Meaning, Meanings
from quotesmith.speakers.pronouns import NOBODY, Antecedents, Hints, find_antecedents, modified_noun
from quotesmith.speakers.referring import find_referring
from quotesmith.speakers.roster import Draft
from quotesmith.speakers.scene import Scene
from tests.speakers.scenes import MEETING, doc_of, scene_of

OKAFOR, LINDQVIST = 0, 1
NO_HINTS = Hints()


def scene_with(word: str) -> Scene:
    return scene_of(doc_of(MEETING, f"{word} PRP ROOT -"))


def understand(
    scene: Scene, kind: PronounClass, *ranked: tuple[int, float], nobody: float = 0.0, hints: Hints = NO_HINTS
) -> Antecedents:
    """Whom the last word means, where what was learned gives these chances."""
    mentions = find_referring(scene, ())
    place = next(place for place, mention in enumerate(mentions) if mention.pronoun is not None)
    meanings = Meanings(mentions, {place: Meaning(ranked, nobody)}, {})

    def bring_up(_: int) -> int:
        return scene.roster.add(Draft("a guest", EntityKind.PERSON, named=False))

    return find_antecedents(scene, meanings, scene.layout.doc[13], kind, hints=hints, bring_up=bring_up)


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


def test_likeliest_is_meant_with_its_chance() -> None:
    found = understand(scene_with("He"), PronounClass.HE, (LINDQVIST, 0.6), (OKAFOR, 0.3), nobody=0.1)
    assert found.entities == (LINDQVIST,)
    assert found.chance == pytest.approx(0.6 / (0.6 + 0.3 + 0.1 * NOBODY))
    assert [entity for _, entity in found.ranked] == [LINDQVIST, OKAFOR]


def test_nobody_is_meant_where_that_is_likelier() -> None:
    assert understand(scene_with("He"), PronounClass.HE, (LINDQVIST, 0.3), nobody=0.7).entities == ()
    assert understand(scene_with("He"), PronounClass.HE, (LINDQVIST, 0.4), nobody=0.6).entities == (LINDQVIST,)


@pytest.mark.parametrize(
    ("hints", "meant"),
    [
        pytest.param(Hints(), OKAFOR, id="none"),
        pytest.param(Hints(linked=frozenset({LINDQVIST})), LINDQVIST, id="in one cluster with it"),
        pytest.param(Hints(resumed=frozenset({LINDQVIST})), LINDQVIST, id="spoke before"),
        pytest.param(Hints(reporters=frozenset({LINDQVIST})), LINDQVIST, id="reports"),
        pytest.param(Hints(spoken_by=frozenset({OKAFOR})), LINDQVIST, id="would say I"),
        pytest.param(Hints(spoken_of=frozenset({OKAFOR})), LINDQVIST, id="is what the speech brings up"),
    ],
)
def test_hints_decide_between_those_nearly_as_likely(hints: Hints, meant: int) -> None:
    found = understand(scene_with("She"), PronounClass.SHE, (OKAFOR, 0.5), (LINDQVIST, 0.4), nobody=0.1, hints=hints)
    assert found.entities == (meant,)


def test_whom_no_name_names_is_brought_up() -> None:
    scene = scene_with("He")
    found = understand(scene, PronounClass.HE, (~3, 0.9))
    assert [scene.roster.drafts[entity].name for entity in found.entities] == ["a guest"]


def test_what_is_no_person_is_not_he() -> None:
    scene = scene_with("He")
    geneva = next(n for n, draft in enumerate(scene.roster.drafts) if draft.kind is EntityKind.PLACE)
    assert understand(scene, PronounClass.HE, (geneva, 0.9)).entities == ()


def test_they_are_the_pair_of_the_sentence_before() -> None:
    scene = scene_with("They")
    scene.discourse.see_pair((0, 1), 1)
    assert understand(scene, PronounClass.THEY).entities == (OKAFOR, LINDQVIST)


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
