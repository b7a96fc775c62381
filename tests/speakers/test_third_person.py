import numpy as np
import pytest

from quotesmith.coreference import Cluster, EntityNumber, Links, MentionCandidate, Pairs, PronounClass, pronoun_class
from quotesmith.coreference.pairs import PAIR_FEATURES
from quotesmith.lexicon.people import load_people
from quotesmith.records import EntityKind, Gender, MentionForm, TextSpan
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.nominals import Roles
from quotesmith.speakers.pronouns.candidates import find_mention_candidates
from quotesmith.speakers.pronouns.third_person import (
    AntecedentDistribution,
    AntecedentDistributions,
    Referent,
    UnnamedReferent,
    find_distributions,
    find_linked,
    find_mistaken_people,
    find_others_of_turns,
    modified_noun,
)
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS
from tests.docs import parsed_text
from tests.speakers.scenes import MEETING, context_of_doc, doc_of, place, quote, talk

OKAFOR, LINDQVIST = EntityNumber(0), EntityNumber(1)


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


def name(place: int, owner: int) -> MentionCandidate:
    return mention(place, MentionForm.NAME, EntityKind.PERSON, owner=owner)


def noun(place: int) -> MentionCandidate:
    return mention(place, MentionForm.NOMINAL, EntityKind.PERSON)


def pronoun(place: int, kind: PronounClass = PronounClass.HE) -> MentionCandidate:
    return mention(place, MentionForm.PRONOUN, EntityKind.PERSON, pronoun=kind)


def mention(
    place: int, form: MentionForm, kind: EntityKind, *, owner: int | None = None, pronoun: PronounClass | None = None
) -> MentionCandidate:
    """A mention of one word; the word's number is its place."""
    return MentionCandidate(
        span=TextSpan(place, place + 1),
        start=place,
        end=place + 1,
        head=place,
        form=form,
        kind=kind,
        owner=None if owner is None else EntityNumber(owner),
        pronoun=pronoun,
    )


def distributions(mentions: list[MentionCandidate], chances: dict[int, dict[int, float]]) -> AntecedentDistributions:
    """The distributions where each anaphor takes up these candidates with these chances, and nobody with the rest."""
    anaphors = list(chances)
    candidates = [candidate for row in chances.values() for candidate in row]
    links = Links(
        np.array([chance for row in chances.values() for chance in row.values()]),
        np.array([1 - sum(row.values()) for row in chances.values()]),
    )
    empty = np.zeros((len(candidates), PAIR_FEATURES), dtype=np.float32)
    bounds = np.cumsum([0, *map(len, chances.values())])
    pairs = Pairs(np.array(anaphors), bounds, np.array(candidates), empty, empty[: len(anaphors)])
    return find_distributions(mentions, pairs, links, DEFAULT_SPEAKER_SETTINGS)


def test_mentions_of_one_entity_add_up() -> None:
    found = distributions([name(0, 7), name(1, 8), name(2, 7), pronoun(3)], {3: {0: 0.3, 1: 0.4, 2: 0.3}}).at(3)
    assert found is not None
    assert [entity for entity, _ in found.ranked] == [7, 8]
    assert dict(found.ranked)[EntityNumber(7)] == pytest.approx(0.6)


def test_pronoun_means_what_the_pronoun_before_it_means() -> None:
    found = distributions([name(0, 7), pronoun(1), pronoun(2)], {1: {0: 1.0}, 2: {1: 0.9}}).at(2)
    assert found is not None
    assert found.ranked[0][0] == 7
    assert found.ranked[0][1] > 0.85


def test_whom_no_name_names_is_known_by_the_mention() -> None:
    found = distributions([noun(0), pronoun(1)], {1: {0: 0.9}}).at(1)
    assert found is not None
    [(referent, _)] = found.ranked
    assert isinstance(referent, UnnamedReferent)
    assert referent.place == 0


def test_gender_of_an_entity_s_other_pronouns_tells() -> None:
    mentions = [name(0, 7), name(1, 8), pronoun(2), pronoun(3), pronoun(4), pronoun(5, PronounClass.SHE)]
    others = {2: {0: 1.0}, 3: {0: 1.0}, 4: {0: 1.0}}
    alone = distributions(mentions, {5: {0: 0.6, 1: 0.4}}).at(5)
    beside = distributions(mentions, {**others, 5: {0: 0.6, 1: 0.4}}).at(5)
    assert alone is not None
    assert beside is not None
    assert (alone.ranked[0][0], beside.ranked[0][0]) == (7, 8)


@pytest.mark.parametrize(
    ("kinds", "gender"),
    [
        pytest.param([PronounClass.HE, PronounClass.HE], Gender.MASCULINE, id="he"),
        pytest.param([PronounClass.SHE], Gender.FEMININE, id="she"),
        pytest.param([PronounClass.HE, PronounClass.SHE], None, id="both"),
        pytest.param([], None, id="none"),
    ],
)
def test_pronouns_give_a_gender(kinds: list[PronounClass], gender: Gender | None) -> None:
    mentions = [name(0, 7), *(pronoun(place, kind) for place, kind in enumerate(kinds, 1))]
    found = distributions(mentions, {place: {0: 1.0} for place in range(1, len(mentions))})
    assert found.gender(EntityNumber(7)) is gender


def test_word_that_is_no_anaphor_has_no_meaning() -> None:
    assert distributions([name(0, 7)], {}).at(0) is None


# Both sides of each threshold


@pytest.mark.parametrize(("chance", "count"), [(0.015, 2), (0.005, 1)])
def test_unlikely_referents_are_dropped(chance: float, count: int) -> None:
    found = distributions([name(0, 7), name(1, 8), pronoun(2)], {2: {0: 1 - chance, 1: chance}}).at(2)
    assert found is not None
    assert len(found.ranked) == count


@pytest.mark.parametrize(
    ("masculine", "feminine", "gender"),
    [
        pytest.param(0.5, 0.0, Gender.MASCULINE, id="half a pronoun"),
        pytest.param(0.4, 0.0, None, id="less"),
        pytest.param(3.0, 1.0, Gender.MASCULINE, id="three to one"),
        pytest.param(2.5, 1.0, None, id="less than three to one"),
    ],
)
def test_how_many_pronouns_give_a_gender(masculine: float, feminine: float, gender: Gender | None) -> None:
    counts: dict[Referent, dict[Gender, float]] = {OKAFOR: {Gender.MASCULINE: masculine, Gender.FEMININE: feminine}}
    assert AntecedentDistributions([], {}, counts, DEFAULT_SPEAKER_SETTINGS).gender(OKAFOR) is gender


@pytest.mark.parametrize(("pronouns", "people"), [(0.45, 1), (0.4, 0)])
def test_how_many_pronouns_make_a_person(pronouns: float, people: int) -> None:
    context = context_of_doc(doc_of("Haney NNP nsubj came - GPE\ncame VBD ROOT -"))
    counts: dict[Referent, dict[Gender, float]] = {context.owners[0]: {Gender.FEMININE: pronouns}}
    found = find_mistaken_people(context, AntecedentDistributions([], {}, counts, DEFAULT_SPEAKER_SETTINGS))
    assert list(found) == list(context.owners)[:people]


@pytest.mark.parametrize(
    ("label", "kinds", "people"),
    [
        pytest.param("ORG", None, 1, id="no encoder"),
        pytest.param("ORG", [EntityKind.PERSON, EntityKind.PERSON, EntityKind.ORGANIZATION], 1, id="mostly a person"),
        pytest.param("ORG", [EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE], 0, id="mostly not"),
        pytest.param("GPE", [EntityKind.PLACE], 0, id="a place"),
        pytest.param("GPE", [EntityKind.OTHER, EntityKind.PERSON], 1, id="things don't count"),
        pytest.param("ORG", [], 1, id="no name for the encoder"),
    ],
)
def test_pronouns_make_no_person_of_what_the_encoder_takes_for_a_body(
    label: str, kinds: list[EntityKind] | None, people: int
) -> None:
    doc = doc_of("\n".join(f"Haney NNP nsubj came - {label}\ncame VBD ROOT -\n. . punct came" for _ in range(3)))
    spans = [TextSpan(token.idx, token.idx + len(token)) for token in doc if token.text == "Haney"]
    context = DocumentContext.of(
        parsed_text(doc),
        [],
        load_people(),
        None,
        DEFAULT_SPEAKER_SETTINGS,
        kinds=None if kinds is None else dict(zip(spans, kinds, strict=False)),
    )
    counts: dict[Referent, dict[Gender, float]] = {context.owners[0]: {Gender.FEMININE: 2.0}}
    found = find_mistaken_people(context, AntecedentDistributions([], {}, counts, DEFAULT_SPEAKER_SETTINGS))
    assert list(found) == list(context.owners)[:people]


@pytest.mark.parametrize(("probability", "asked"), [(0.8, 0), (0.75, 1)])
def test_coreference_is_asked_about_unsure_sources(probability: float, asked: int) -> None:
    doc = doc_of(MEETING, "She PRP nsubj said\nsaid VBD ROOT -\nyes UH dobj said")
    context = context_of_doc(doc)
    mentions = find_mention_candidates(context, Roles.of(context))
    found = AntecedentDistribution(((OKAFOR, probability),), 1 - probability)
    linked = find_linked(
        context,
        [quote(doc, "yes", "She")],
        AntecedentDistributions(mentions, {len(mentions) - 1: found}, {}, DEFAULT_SPEAKER_SETTINGS),
        lambda _, targets: [Cluster([place(doc, "Okafor"), *targets])] if targets else [],
    )
    assert list(linked.values()) == [frozenset({OKAFOR})] * asked


def test_he_and_my_teacher_never_mean_who_says_them() -> None:
    parsed = talk("Ann: He told my teacher and the boy.\nBob: Yes.")
    context = DocumentContext.of(parsed, [], load_people(), None, DEFAULT_SPEAKER_SETTINGS)
    mentions = [name(0, 0), pronoun(2), noun(4), noun(7)]
    found = find_others_of_turns(context, mentions)
    assert found == dict.fromkeys([1, 2], context.labelled[parsed.layout.turns[0].label])
