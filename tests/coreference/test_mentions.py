from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotesmith.coreference import (
    PAIR_FEATURES,
    Cluster,
    MentionCandidate,
    MentionContext,
    PronounClass,
    make_pairs,
    no_clusters,
    windows,
)
from quotesmith.coreference.clusters import about_targets
from quotesmith.coreference.pairs import CANDIDATES, NAMES_AHEAD, SEEN
from quotesmith.coreference.pronouns import CLASSES, GENDERS, MEANT, pronoun_class
from quotesmith.coreference.windows import CONTEXT_SENTENCES, PIECE_TOKENS, WINDOW_TOKENS, copy_windows, find_windows
from quotesmith.records import EntityKind, Gender, MentionForm, TextSpan
from tests.docs import make_doc


@pytest.mark.parametrize(
    ("known", "is_anaphor"),
    [
        pytest.param({"form": MentionForm.NAME}, False, id="name"),
        pytest.param({"form": MentionForm.PRONOUN, "pronoun": PronounClass.IT}, True, id="pronoun"),
        pytest.param({"is_definite": True}, True, id="the person"),
        pytest.param({"is_definite": True, "kind": EntityKind.OTHER}, False, id="the thing"),
        pytest.param(
            {"is_definite": True, "kind": EntityKind.OTHER, "context": MentionContext(is_subject=True)},
            True,
            id="subject",
        ),
        pytest.param({}, False, id="a person"),
    ],
)
def test_what_may_take_up_something(known: dict[str, object], is_anaphor: object) -> None:
    fields = {
        "span": TextSpan(0, 3),
        "start": 0,
        "end": 1,
        "head": 0,
        "form": MentionForm.NOMINAL,
        "kind": EntityKind.PERSON,
    }
    assert MentionCandidate(**(fields | known)).is_anaphor is is_anaphor  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Her", PronounClass.SHE),
        ("themselves", PronounClass.THEY),
        ("US", None),
        ("us", PronounClass.WE),
        ("Ann", None),
    ],
)
def test_class_of_a_word(word: str, kind: PronounClass | None) -> None:
    assert pronoun_class(make_doc(f"{word} PRP ROOT -")[0]) is kind


def test_each_class_has_forms_and_those_with_a_gender_mean_persons() -> None:
    assert set(CLASSES.values()) == set(PronounClass)
    assert all(MEANT[kind] == {EntityKind.PERSON} for kind in GENDERS)


def test_mentions_become_spans() -> None:
    assert Cluster([(0, 2), (5, 7)]).mentions == (TextSpan(0, 2), TextSpan(5, 7))


def test_clusters_that_overlap_a_target_are_kept_in_text_order() -> None:
    late, other, early = Cluster([(20, 23), (30, 32)]), Cluster([(5, 7)]), Cluster([(0, 4), (40, 42)])
    assert about_targets([late, other, early], (TextSpan(22, 24), TextSpan(41, 42))) == [early, late]
    assert about_targets([Cluster([(0, 4)])], (TextSpan(4, 6),)) == []
    doc = make_doc("She PRP ROOT -")
    assert no_clusters(doc, (TextSpan(0, 3),)) == []


def mention(place: int, form: MentionForm = MentionForm.NAME, **known: Any) -> MentionCandidate:
    """A mention of one word; the word's number is its place."""
    fields: dict[str, Any] = {
        "span": TextSpan(10 * place, 10 * place + 5),
        "start": place,
        "end": place + 1,
        "head": place,
        "form": form,
        "kind": EntityKind.PERSON,
        "owner": place if form is MentionForm.NAME else None,
    }
    return MentionCandidate(**(fields | known))


def he(place: int) -> MentionCandidate:
    return mention(place, MentionForm.PRONOUN, pronoun=PronounClass.HE, gender=Gender.MASCULINE)


def noun(place: int) -> MentionCandidate:
    return mention(place, MentionForm.NOMINAL, is_definite=True)


def candidates(*mentions: MentionCandidate) -> list[int]:
    """The candidates of the only anaphor."""
    pairs = make_pairs(mentions)
    assert len(pairs.anaphors) == 1
    return [int(place) for place in pairs.candidates]


def test_nearest_stands_first_and_names_ahead_last() -> None:
    assert candidates(mention(0), mention(1), he(2), mention(3)) == [1, 0, 3]


@pytest.mark.parametrize(
    ("known", "is_possible"),
    [
        pytest.param({}, True, id="person"),
        pytest.param({"gender": Gender.MASCULINE}, True, id="of the gender"),
        pytest.param({"gender": Gender.FEMININE}, False, id="of the other gender"),
        pytest.param({"kind": EntityKind.GROUP}, False, id="group"),
        pytest.param({"is_plural": True}, False, id="several"),
        pytest.param({"kind": EntityKind.ORGANIZATION}, True, id="what a recognizer may have taken for a body"),
        pytest.param({"end": 3}, False, id="phrase that holds it"),
    ],
)
def test_who_he_can_be(known: dict[str, Any], is_possible: object) -> None:
    assert candidates(mention(0, **known), he(2)) == ([0] if is_possible else [])


def test_definite_phrase_takes_up_what_is_of_its_kind() -> None:
    leader = mention(3, MentionForm.NOMINAL, is_definite=True)
    bank = mention(1, kind=EntityKind.ORGANIZATION)
    it = mention(2, MentionForm.PRONOUN, pronoun=PronounClass.IT, kind=EntityKind.OTHER)
    pairs = make_pairs([mention(0), bank, it, leader])
    rows = pairs.candidates[pairs.bounds[1] : pairs.bounds[2]]
    assert rows.tolist() == [0]


def test_candidates_are_bounded_however_many_stand_before() -> None:
    names = [mention(place) for place in range(3 * SEEN)]
    assert len(candidates(*names, he(3 * SEEN))) == CANDIDATES
    assert len(candidates(he(0), *map(mention, range(1, SEEN)))) == NAMES_AHEAD


def test_text_without_anaphors_has_no_pairs() -> None:
    for mentions in ([], [mention(0)]):
        pairs = make_pairs(mentions)
        assert (len(pairs.anaphors), len(pairs.candidates)) == (0, 0)
        assert pairs.features.shape == pairs.own.shape == (0, PAIR_FEATURES)


@given(st.lists(st.sampled_from(["name", "he", "noun"]), max_size=60))
def test_rows_belong_to_their_anaphors(sorts: list[str]) -> None:
    makers: dict[str, Callable[[int], MentionCandidate]] = {"name": mention, "he": he, "noun": noun}
    mentions = [makers[sort](place) for place, sort in enumerate(sorts)]
    pairs = make_pairs(mentions)
    assert pairs.anaphors.tolist() == [place for place, m in enumerate(mentions) if m.is_anaphor]
    assert pairs.features.shape == (len(pairs.candidates), PAIR_FEATURES)
    assert np.isfinite(pairs.features).all()
    for place, candidate in zip(pairs.anaphors[pairs.rows], pairs.candidates, strict=True):
        assert place != candidate
        assert candidate < place or mentions[candidate].form is MentionForm.NAME


VOCAB = spacy.blank("en").vocab


def sentences(*lengths: int) -> Doc:
    starts: list[bool | int | None] = [position == 0 for length in lengths for position in range(length)]
    return Doc(VOCAB, words=["x"] * len(starts), sent_starts=starts)


def token_span(doc: Doc, index: int) -> TextSpan:
    return TextSpan(doc[index].idx, doc[index].idx + len(doc[index]))


@pytest.mark.parametrize(
    ("lengths", "targets", "expected"),
    [
        pytest.param([10] * 20, [155], [(150 - 10 * CONTEXT_SENTENCES, 160)], id="target and sentences before"),
        pytest.param([10] * 20, [5, 25], [(0, 30)], id="near targets share one"),
        pytest.param([10] * 40, [5, 305], [(0, 10), (280, 310)], id="far targets have their own"),
        pytest.param(
            [3 * PIECE_TOKENS],
            [0, 3 * PIECE_TOKENS - 1],
            [(0, PIECE_TOKENS), (2 * PIECE_TOKENS, 3 * PIECE_TOKENS)],
            id="long sentence is cut",
        ),
        pytest.param([], [], [], id="empty"),
        pytest.param([4], [], [], id="no targets"),
    ],
)
def test_windows_of_targets(lengths: list[int], targets: list[int], expected: list[tuple[int, int]]) -> None:
    doc = sentences(*lengths)
    assert find_windows(doc, tuple(token_span(doc, target) for target in targets)) == expected


@given(st.lists(st.integers(1, 3 * PIECE_TOKENS), min_size=1, max_size=12), st.data())
def test_every_target_is_in_a_window_of_bounded_size(lengths: list[int], data: st.DataObject) -> None:
    doc = sentences(*lengths)
    indexes = data.draw(st.lists(st.integers(0, len(doc) - 1), max_size=20))
    windows = find_windows(doc, tuple(token_span(doc, index) for index in indexes))
    assert windows == sorted(windows)
    assert all(0 < end - start <= WINDOW_TOKENS for start, end in windows)
    assert all(any(start <= index < end for start, end in windows) for index in indexes)


def chained(sizes: list[int]) -> Doc:
    """Sentences of so many words, each of which hangs on the one before it."""
    heads = [
        max(0, word - 1) + start
        for start, size in zip(accumulate([0, *sizes]), sizes, strict=False)
        for word in range(size)
    ]
    words = [f"w{number}" for number in range(len(heads))]
    deps = ["ROOT" if head == number else "dep" for number, head in enumerate(heads)]
    return Doc(VOCAB, words=words, heads=heads, deps=deps)


@given(st.lists(st.integers(1, 3 * PIECE_TOKENS), min_size=1, max_size=30), st.sets(st.integers(0, 3000)))
def test_copies_are_those_of_the_whole_text(sizes: list[int], places: set[int]) -> None:
    doc = chained(sizes)
    found = find_windows(doc, tuple(token_span(doc, place) for place in sorted(places) if place < len(doc)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "WHOLE_TOKENS", 2 * PIECE_TOKENS)
        copies = list(copy_windows(doc, found))
    assert [start for start, _ in copies] == [start for start, _ in found]
    for (start, end), (_, copy) in zip(found, copies, strict=True):
        assert copy.to_json() == doc[start:end].as_doc().to_json()


def test_no_window_is_cut_from_a_long_text(monkeypatch: pytest.MonkeyPatch) -> None:
    cut_from: list[tuple[int, int]] = []
    whole = windows.copy_windows

    def noted(doc: Doc, ranges: Sequence[tuple[int, int]], *, before: int = 0) -> Iterator[tuple[int, Doc]]:
        cut_from.append((len(doc), len(ranges)))
        return whole(doc, ranges, before=before)

    monkeypatch.setattr(windows, "copy_windows", noted)
    doc = chained([20] * 4_000)
    found = find_windows(doc, tuple(token_span(doc, place) for place in range(10, len(doc), 100)))
    assert len(list(noted(doc, found))) == len(found) > WINDOW_TOKENS // 2
    last = [size for size, count in cut_from if size <= windows.WHOLE_TOKENS or count == 1]
    assert max(last) <= windows.WHOLE_TOKENS
    # At most all of the text, and what neighbours share, for each of the few times that it is halved.
    assert sum(size for size, _ in cut_from) < 8 * len(doc)
