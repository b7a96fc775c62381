import pytest

from quotesmith.coreference import PronounClass, pronoun_class
from quotesmith.records import EntityKind
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.pronouns.candidates import find_mention_candidates
from quotesmith.speakers.pronouns.third_person import (
    NOBODY,
    AntecedentDistribution,
    AntecedentDistributions,
    Antecedents,
    Hints,
    find_antecedents,
    modified_noun,
)
from tests.speakers.scenes import MEETING, context_of_doc, doc_of

OKAFOR, LINDQVIST = 0, 1
NO_HINTS = Hints()


def scene_with(word: str) -> DocumentContext:
    return context_of_doc(doc_of(MEETING, f"{word} PRP ROOT -"))


def understand(
    context: DocumentContext,
    kind: PronounClass,
    *ranked: tuple[int, float],
    nobody: float = 0.0,
    hints: Hints = NO_HINTS,
) -> Antecedents:
    """Whom the last word means, where what was learned gives these chances."""
    mentions = find_mention_candidates(context)
    place = next(place for place, mention in enumerate(mentions) if mention.pronoun is not None)
    distributions = AntecedentDistributions(mentions, {place: AntecedentDistribution(ranked, nobody)}, {})

    def bring_up(_: int) -> int:
        return context.roster.add(EntityDraft("a guest", EntityKind.PERSON, named=False))

    return find_antecedents(context, distributions, context.parsed.doc[13], kind, hints=hints, bring_up=bring_up)


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
    context = scene_with("He")
    found = understand(context, PronounClass.HE, (~3, 0.9))
    assert [context.roster.drafts[entity].name for entity in found.entities] == ["a guest"]


def test_what_is_no_person_is_not_he() -> None:
    context = scene_with("He")
    geneva = next(n for n, draft in enumerate(context.roster.drafts) if draft.kind is EntityKind.PLACE)
    assert understand(context, PronounClass.HE, (geneva, 0.9)).entities == ()


def test_they_are_the_pair_of_the_sentence_before() -> None:
    context = scene_with("They")
    context.discourse.see_pair((0, 1), 1)
    assert understand(context, PronounClass.THEY).entities == (OKAFOR, LINDQVIST)


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
