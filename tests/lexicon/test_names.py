import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.lexicon.names import (
    PersonName,
    are_compatible,
    is_title_word,
    parse_words,
    title_gender,
)
from quotesmith.lexicon.people import load_people
from quotesmith.records import Gender

LEXICON = load_people()


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        pytest.param("Ngozi Okafor", PersonName((), "Ngozi", (), "Okafor"), id="given-and-family"),
        pytest.param("Okafor", PersonName((), "", (), "Okafor"), id="family"),
        pytest.param("Sen. Ruth B. Amsel", PersonName(("Sen.",), "Ruth", ("B.",), "Amsel"), id="title-initial"),
        pytest.param("Karl Holm Jr.", PersonName((), "Karl", (), "Holm", "Jr."), id="suffix"),
        pytest.param("Ida von der Aue", PersonName((), "Ida", (), "von der Aue"), id="particles"),
        pytest.param("Prime Minister Ida Aue", PersonName(("Prime", "Minister"), "Ida", (), "Aue"), id="titles"),
        pytest.param("J. K. Holm", PersonName((), "J.", ("K.",), "Holm"), id="initials"),
    ],
)
def test_parts_of_a_name(written: str, parts: PersonName) -> None:
    assert parse_words(written.split(), LEXICON) == parts


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("Mr. Xi", "Xi Jinping", True, id="family-first"),
        pytest.param("Okafor", "Ngozi Okafor", True, id="family-alone"),
        pytest.param("J. K. Holm", "Joanne Holm", True, id="initials"),
        pytest.param("Bill Amsel", "William Amsel", True, id="nickname"),
        pytest.param("Ruth B. Amsel", "Ruth Amsel", True, id="middle-initial-left-out"),
        pytest.param("Ruth B. Amsel", "Ruth C. Amsel", False, id="other-middle-initial"),
        pytest.param("Mann", "Ann", False, id="one-ends-like-the-other"),
        pytest.param("Bill Amsel", "Ruth Amsel", False, id="one-surname"),
        pytest.param("Mr. Amsel", "Mrs. Amsel", False, id="titles-of-two-genders"),
        pytest.param("Karl Holm Jr.", "Karl Holm Sr.", False, id="suffixes"),
    ],
)
def test_names_of_one_person(one: str, other: str, *, expected: bool) -> None:
    first, second = parse_words(one.split(), LEXICON), parse_words(other.split(), LEXICON)
    assert are_compatible(first, second, LEXICON) is expected
    assert are_compatible(second, first, LEXICON) is expected


@given(st.text(max_size=30))
def test_any_text_has_parts(written: str) -> None:
    name = parse_words(written.split(), LEXICON)
    assert are_compatible(name, name, LEXICON) or not name.core


def test_gender_of_titles() -> None:
    assert title_gender(("former", "Mrs."), LEXICON) is Gender.FEMININE
    assert title_gender(("President",), LEXICON) is None


def test_demonyms_stand_among_titles_but_given_names_do_not() -> None:
    assert is_title_word("Norwegian", LEXICON)
    assert not is_title_word("Ruth", LEXICON)
    assert PersonName((), "Ruth", (), "Amsel", "Jr.").core == ("Ruth", "Amsel", "Jr.")
