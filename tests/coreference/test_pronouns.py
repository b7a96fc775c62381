import pytest

from quotesmith.coreference.pronouns import CLASSES, GENDERS, MEANT, PronounClass, pronoun_class
from quotesmith.records import EntityKind
from tests.docs import make_doc


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


def test_each_class_has_forms() -> None:
    assert set(CLASSES.values()) == set(PronounClass)


def test_those_with_a_gender_mean_persons() -> None:
    assert all(MEANT[kind] == {EntityKind.PERSON} for kind in GENDERS)
