from quotesmith.speakers.addressees import find_addressees
from quotesmith.speakers.nominals import Nominals
from tests.speakers.scenes import doc_of, entity_names, quote, scene_of

TOLD = """
    Holm      NNP  nsubj told - PERSON
    told      VBD  ROOT  -    tell
    {object}
    he        PRP  nsubj left
    left      VBD  ccomp told leave
"""


def addressees(*rows: str) -> list[str]:
    doc = doc_of(TOLD.format(object="\n".join(rows)))
    scene = scene_of(doc)
    found = find_addressees(scene, quote(doc, "he left", "Holm", cue="told"), Nominals(scene))
    return entity_names(scene, found)


def test_object_of_told_is_spoken_to() -> None:
    assert addressees("Amsel NNP dobj told - PERSON") == ["Amsel"]


def test_unnamed_listeners_are_named_by_their_words() -> None:
    assert addressees("some DT det reporters", "reporters NNS dobj told reporter") == ["some reporters"]


def test_to_the_press() -> None:
    assert addressees("to IN prep told", "the DT det press", "press NN pobj to") == ["the press"]


def test_nobody_is_spoken_to_without_words() -> None:
    assert addressees("yesterday NN npadvmod told") == []
