from collections.abc import Iterator

import attrs

from quotesmith.speakers.interviews import interview_part
from quotesmith.speakers.mentions import Name
from quotesmith.speakers.scene import Scene
from tests.docs import make_doc
from tests.speakers.scenes import scene_of

INTERVIEW = """
    Jane NNP compound Roe - PERSON
    Roe NNP nsubj met - PERSON
    met VBD ROOT -
    Ann NNP dobj met - PERSON

    Roe NNP nsubj talked - PERSON
    talked VBD ROOT -

    Q NN ROOT -
    : : punct Q
    Why WRB advmod Q

    A NN ROOT -
    : : punct A
    Because IN dep A

    Q NN ROOT -
    : : punct Q
    So RB advmod Q
"""


def parts(scene: Scene, word: str) -> list[int | None]:
    return [interview_part(scene, [token]) for token in scene.layout.doc if token.text == word]


def test_who_answers_is_the_person_named_most_before() -> None:
    scene = scene_of(make_doc(INTERVIEW))
    [number] = parts(scene, "A")
    assert number is not None
    assert scene.roster.drafts[number].name == "Jane Roe"


def test_who_asks_is_one_unnamed_person() -> None:
    scene = scene_of(make_doc(INTERVIEW))
    first, second = parts(scene, "Q")
    assert first == second
    assert first is not None
    assert not scene.roster.drafts[first].named


def test_other_words_are_no_label() -> None:
    scene = scene_of(make_doc("A DT det plan\nplan NN ROOT -"))
    assert parts(scene, "A") == parts(scene, "plan") == [None]


class _Counted(list[Name]):
    """Names that count how often they are gone through."""

    times = 0

    def __iter__(self) -> Iterator[Name]:
        self.times += 1
        return super().__iter__()


def test_who_answers_is_looked_for_once() -> None:
    scene = scene_of(make_doc(INTERVIEW))
    names = _Counted(scene.names)
    first, second = parts(attrs.evolve(scene, names=names), "A") * 2
    assert first == second
    for _ in range(3):
        parts(attrs.evolve(scene, names=names, voices={"a": first}), "A")
    assert names.times == 1
