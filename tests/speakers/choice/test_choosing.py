"""Candidates of references, their features, and the choice among them."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from attrs import evolve
from numpy.typing import NDArray
from spacy.tokens import Doc

from quotesmith.coreference import EntityNumber
from quotesmith.extraction import Attribution
from quotesmith.records import EntityKind
from quotesmith.speakers.choice.candidates import CandidateFinder, CandidateSort, SeenPhrase, SpeakerCandidate
from quotesmith.speakers.choice.chooser import ChoiceModel, ReferenceSurroundings, SpeakerChoice, SpeakerChooser
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.features import FEATURE_GROUPS, FEATURES
from quotesmith.speakers.choice.grounds import MAX_GROUNDS, find_grounds
from quotesmith.speakers.choice.references import Reference, read_reference
from quotesmith.speakers.nominals import Roles
from quotesmith.speakers.pronouns.third_person import AntecedentDistributions
from quotesmith.speakers.quotation_levels import QuotationLevels
from tests.speakers.scenes import MEETING, PlainChoice, context_of_doc, doc_of, place, quote

OKAFOR, LINDQVIST, GENEVA = map(EntityNumber, range(3))
SAID = """
    The  DT nsubj minister
    minister NN nsubj said
    said VBD ROOT -
    yes UH dobj said
"""


def places_of(doc: Doc, *sources: str) -> EntityPlaces:
    context = context_of_doc(doc)
    attributions = [quote(doc, "yes", source) for source in sources]
    return EntityPlaces.of(context, attributions, AntecedentDistributions([], {}, {}, context.settings))


def finder_of(places: EntityPlaces) -> CandidateFinder:
    return CandidateFinder.of(places, Roles.of(places.context))


def choose(
    doc: Doc,
    words: str,
    model: ChoiceModel | None = None,
    quotes: Sequence[Attribution] = (),
    speakers: Mapping[int, tuple[EntityNumber, ...]] | None = None,
) -> SpeakerChoice:
    places = places_of(doc)
    levels = QuotationLevels.of(places.context.parsed, quotes, places.context.settings)
    surroundings = ReferenceSurroundings(levels, {}, speakers or {})
    chooser = SpeakerChooser.of(places, quotes, Roles.of(places.context), surroundings, model or PlainChoice())
    span = place(doc, words)
    tokens = [token for token in doc if span.start <= token.idx < span.end]
    return chooser.choose(read_reference(places.context, tokens), words)


def test_each_feature_has_a_name_of_its_own_and_a_group() -> None:
    assert len(set(FEATURES)) == len(FEATURES) == len(FEATURE_GROUPS)


def test_places_of_an_entity() -> None:
    places = places_of(doc_of(MEETING, "Okafor NNP nsubj said - PERSON\nsaid VBD ROOT -\nyes UH dobj said"), "Okafor")
    found = places.mentions(OKAFOR)
    assert (found.count_before(10), found.last_before(10), found.first_after(10)) == (1, 1, 10)
    assert (found.as_subject, places.ranks[OKAFOR], places.ranks[LINDQVIST]) == (3, 0, 1)
    assert places.last_named(13) == [OKAFOR, GENEVA, LINDQVIST]
    assert places.last_people(13) == [OKAFOR, LINDQVIST]
    assert places.groups_before(13) == [(OKAFOR, LINDQVIST)]


def test_candidates_of_a_description() -> None:
    doc = doc_of(MEETING, SAID)
    places = places_of(doc)
    found = finder_of(places).find(read_reference(places.context, list(doc[13:15])), "The minister", None)
    named = [candidate.entities[0] for candidate in found if candidate.sort is CandidateSort.ENTITY]
    assert set(named) == {OKAFOR, LINDQVIST, GENEVA}
    [own] = [candidate for candidate in found if candidate.sort is CandidateSort.OWN]
    assert (own.names, own.kind, own.noun) == (("The minister",), EntityKind.PERSON, "minister")
    assert not any(candidate.sort is CandidateSort.SET for candidate in found)


def test_names_ahead_are_candidates() -> None:
    doc = doc_of(SAID, MEETING)
    places = places_of(doc)
    found = finder_of(places).find(read_reference(places.context, list(doc[:2])), "The minister", None)
    assert OKAFOR in [candidate.entities[0] for candidate in found if candidate.sort is CandidateSort.ENTITY]


@pytest.mark.parametrize(
    ("word", "tag", "sort", "sets"),
    [
        pytest.param("He", "PRP", CandidateSort.NOBODY, False, id="one"),
        pytest.param("They", "PRP", CandidateSort.NOBODY, True, id="several"),
        pytest.param("Officials", "NNS", CandidateSort.OWN, True, id="plural"),
    ],
)
def test_candidates_without_a_name_and_sets(word: str, tag: str, sort: CandidateSort, *, sets: bool) -> None:
    doc = doc_of(MEETING, f"{word} {tag} nsubj said\nsaid VBD ROOT -")
    places = places_of(doc)
    found = finder_of(places).find(read_reference(places.context, [doc[13]]), word, None)
    assert sort in {candidate.sort for candidate in found}
    members = [candidate.entities for candidate in found if candidate.sort is CandidateSort.SET]
    assert ((OKAFOR, LINDQVIST) in members) == sets


def test_phrases_before_are_candidates() -> None:
    doc = doc_of(MEETING, SAID)
    places = places_of(doc)
    finder = finder_of(places)
    finder.see(SeenPhrase(EntityNumber(7), "a young minister", "minister", 3, EntityKind.PERSON))
    found = finder.find(read_reference(places.context, list(doc[13:15])), "The minister", None)
    assert [one.entities for one in found if one.sort is CandidateSort.PHRASE] == [(7,)]
    assert finder.has_seen("A young minister")
    assert (finder.seen_since(2), finder.seen_since(3)) == (1, 0)


def test_chances_of_all_without_a_name_add_up() -> None:
    choice = choose(doc_of(MEETING, SAID), "The minister")
    assert (choice.best.sort, choice.method) == (CandidateSort.OWN, "nominal")
    unnamed = sum(chance for chance, candidate in choice.ranked if not candidate.is_named)
    assert choice.chance == pytest.approx(unnamed)
    assert sum(chance for chance, _ in choice.ranked) == pytest.approx(1)


def test_choice_without_names_keeps_the_others_behind() -> None:
    choice = choose(doc_of(MEETING, "Okafor NNP nsubj said - PERSON\nsaid VBD ROOT -"), "Okafor")
    assert (choice.best.entities, choice.method) == ((OKAFOR,), "name")
    careful = choice.without_names()
    assert careful.best.sort is CandidateSort.OWN
    assert careful.chance == pytest.approx(1 - sum(chance for chance, one in choice.ranked if one.is_named))
    assert len(careful.ranked) == len(choice.ranked)


def test_grounds_are_those_that_speak_for_it() -> None:
    weights = {"is_name": 2.0, "inside": 1.0, "probability": 0.5, "sentences": -1.0, "share": 0.2, "linked": 0.1}
    found = find_grounds(weights, dict.fromkeys(weights, 1.0))
    assert len(found) == MAX_GROUNDS
    assert found[0] == "the source names it"
    assert "the source names it" not in find_grounds(
        weights, {**dict.fromkeys(weights, 1.0), "is_name": 0, "inside": 0}
    )
    assert not find_grounds({"sentences": -1.0}, {"sentences": 2.0})


class ContraryChoice(PlainChoice):
    """Likely is what isn't."""

    def __call__(
        self, reference: Reference, candidates: Sequence[SpeakerCandidate], features: NDArray[np.float32], /
    ) -> NDArray[np.float64]:
        unlikely: NDArray[np.float64] = 1 - super().__call__(reference, candidates, features)
        unlikely /= unlikely.sum()
        return unlikely


def test_bare_name_is_no_other_bearers_however_likely() -> None:
    choice = choose(doc_of(MEETING, "Okafor NNP nsubj said - PERSON\nsaid VBD ROOT -"), "Okafor", ContraryChoice())
    chances = {one.entities: chance for chance, one in choice.ranked}
    assert chances[OKAFOR,] > chances[LINDQVIST,] == 0
    assert sum(chance for chance, _ in choice.ranked) == pytest.approx(1)


class LastSpeakers(PlainChoice):
    """Likely is who speaks the quote before."""

    def __call__(
        self, _: Reference, __: Sequence[SpeakerCandidate], features: NDArray[np.float32], /
    ) -> NDArray[np.float64]:
        likely = 0.01 + features[:, FEATURES.index("speaks_last")].astype(float)
        chances: NDArray[np.float64] = likely / likely.sum()
        return chances


@pytest.mark.parametrize(
    ("kind", "holder", "meant"),
    [
        pytest.param("direct", None, LINDQVIST, id="the last one"),
        pytest.param("direct", 0, OKAFOR, id="not one whom somebody quotes word by word"),
    ],
)
def test_who_speaks_the_quote_before(kind: str, holder: int | None, meant: EntityNumber) -> None:
    doc = doc_of(MEETING, SAID, "no UH ROOT -\nhe PRP ROOT -")
    first, second = quote(doc, "yes", kind=kind), quote(doc, "no", kind=kind)
    quotes = [first, evolve(second, parent=holder)]
    choice = choose(doc, "he", LastSpeakers(), quotes, {0: (OKAFOR,), 1: (LINDQVIST,)})
    assert choice.best.entities == (meant,)


def test_features_of_many_names_are_finite() -> None:
    doc = doc_of(*[MEETING] * 40, SAID)
    places = places_of(doc)
    choice = choose(doc, "The minister")
    assert len(choice.ranked) < 60
    assert np.isfinite([chance for chance, _ in choice.ranked]).all()
    assert len(places.names[0]) == 160
