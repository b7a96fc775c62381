import json
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import ArgumentError, LanguageError, LexiconError, QuotesmithError
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import PersonName, are_compatible, is_title_word, parse_words, title_gender
from quotesmith.lexicon.people import load_people
from quotesmith.lexicon.titles import Title, read_titles
from quotesmith.records import Gender

TITLES = (Title("Dux"), Title("High Priestess", "feminine"))


def test_language_without_lexicon_is_refused() -> None:
    with pytest.raises(LanguageError, match="'xx'"):
        load_people("xx")


@pytest.mark.parametrize("name", ["phrases", "names", "pairs", "pronouns", "addresses", "labels"])
def test_small_words_are_folded(name: str) -> None:
    for words in attrs.asdict(getattr(load_people(), name)).values():
        assert words
        assert words == {fold(word) for word in words}


def test_lexicon_is_read_once() -> None:
    assert load_people() is load_people("en")


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        pytest.param("Erdogan", Gender.MASCULINE, id="listed-with-an-accent"),
        pytest.param("Hong", None, id="other-word-without-its-accent"),
        pytest.param("Margaret", Gender.FEMININE, id="given-name-of-women"),
        pytest.param("Bob", Gender.MASCULINE, id="nickname"),
        pytest.param("Jordan", None, id="given-to-both"),
        pytest.param("Okafor", None, id="no-given-name"),
        pytest.param("A\u030asa", None, id="listed-for-the-other-without-its-accent"),
        pytest.param("BJO\u0308RN", Gender.MASCULINE, id="listed-with-the-accent-that-it-has"),
        pytest.param("Bjorn", Gender.MASCULINE, id="listed-either-way"),
    ],
)
def test_gender_of_given_name(name: str, gender: Gender | None) -> None:
    assert load_people().name_gender(name) is gender


def test_no_list_has_a_word_twice() -> None:
    def check(words: object, where: str) -> None:
        if isinstance(words, dict):
            for key, value in words.items():
                check(value, f"{where}, {key}")
        elif isinstance(words, str | list):
            split = words.split("|" if "|" in words else None) if isinstance(words, str) else words
            assert [word for word, count in Counter(map(str, split)).items() if count > 1] == [], where

    for path in Path(str(files("quotesmith") / "lexicon" / "en")).rglob("*.json"):
        check(json.loads(path.read_text(encoding="utf-8")), path.name)


def test_titles_are_no_given_names() -> None:
    assert not load_people().is_given_name("Mr.")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("Robert", "Bobby", True, id="nickname"),
        pytest.param("Bob", "Rob", True, id="two-nicknames"),
        pytest.param("J.", "Joanne", True, id="initial"),
        pytest.param("J.", "Karen", False, id="other-initial"),
        pytest.param("Ann", "Mann", False, id="one-ends-like-the-other"),
    ],
)
def test_given_names_of_one_person(one: str, other: str, *, same: bool) -> None:
    assert load_people().same_given(one, other) is same
    assert load_people().same_given(other, one) is same


def test_nicknames_lead_elsewhere_and_common_names_are_there() -> None:
    lexicon = load_people()
    for nickname, names in lexicon.nicknames.items():
        assert names
        assert nickname not in names
    assert {"smith", "o'brien"} < lexicon.common_families
    assert {"john", "mary"} < lexicon.common_given_names


def test_role_stands_for_broader_role_both_ways() -> None:
    lexicon = load_people()
    assert "president" in lexicon.synonyms["leader"]
    assert "leader" in lexicon.synonyms["president"]
    assert "premier" not in lexicon.synonyms["president"]


def test_affiliation_of_demonym_and_of_party() -> None:
    assert load_people().affiliation("Norwegian") == "Norway"
    assert load_people().affiliation("GOP") == load_people().affiliation("Republican")
    assert load_people().affiliation("cautious") is None


def test_short_titles_are_titles() -> None:
    lexicon = load_people()
    assert lexicon.title_roles.keys() <= lexicon.titles.keys()


def test_places_that_mean_who_rules_there() -> None:
    metonyms = load_people().metonyms
    assert metonyms.states["beijing"] == metonyms.states["china"] == "China"
    assert metonyms.seats["kremlin"] == "the Russian presidency"
    # A state of the United States has its name too.
    assert "georgia" not in metonyms.states
    assert metonyms.states["tbilisi"] == "Georgia"


def test_countries_of_metonyms_are_those_of_demonyms() -> None:
    lexicon = load_people()
    others = {country for country in lexicon.countries.values() if country not in lexicon.metonyms.states.values()}
    # Of these one is spoken of as a body or as a team, not as a state.
    assert others == {"European Union", "England"}
    assert lexicon.metonyms.articles <= set(lexicon.metonyms.states.values())


def test_words_of_speaking_go_with_their_prepositions() -> None:
    people = load_people()
    assert "say" in people.speaking_verbs["to"]
    assert "say" not in people.speaking_verbs["with"]
    assert "shout" in people.speaking_verbs["at"]


def test_who_listens_is_told_from_who_speaks_for_a_body() -> None:
    people = load_people()
    assert {"crowd", "reader"} <= people.audiences
    assert {"chairman", "spokeswoman"} <= people.representing
    assert not people.audiences & people.representing


def test_added_titles_are_titles_and_no_given_names() -> None:
    plain = load_people()
    lexicon = plain.with_titles(
        [{"title": "Archdruid"}, {"title": "High Priestess", "gender": "feminine"}, {"title": "Dean"}, {"title": "Ann"}]
    )
    assert {word: lexicon.titles[word] for word in ("archdruid", "priestess", "dean")} == {
        "archdruid": None,
        "priestess": Gender.FEMININE,
        "dean": None,
    }
    assert "high" in lexicon.title_modifiers
    assert (plain.is_given_name("Ann"), lexicon.is_given_name("Ann")) == (True, False)
    assert lexicon.titles.keys() > plain.titles.keys()
    assert "archdruid" not in load_people().titles


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("titles.json", json.dumps([title.to_dict() for title in TITLES]), id="json"),
        pytest.param("titles.jsonl", "\n".join(json.dumps(title.to_dict()) for title in TITLES), id="json-lines"),
        pytest.param("titles.csv", "gender,title\n,Dux\nfeminine,High Priestess\n", id="csv"),
    ],
)
def test_files_and_records_give_the_same_titles(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert read_titles(path) == read_titles(str(path)) == read_titles(TITLES) == TITLES


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("title\nDux\n&\n", "line 3: title must be a string of words, not '&'", id="sign"),
        pytest.param("gender\nfeminine\n", "columns must be title and any of gender, not gender", id="columns"),
    ],
)
def test_malformed_file_of_titles_names_its_line(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "titles.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        read_titles(path)


def test_added_title_may_change_the_gender_of_one_that_is_here() -> None:
    assert load_people().titles["chairman"] is Gender.MASCULINE
    assert load_people().with_titles([{"title": "Chairman"}]).titles["chairman"] is None


@pytest.mark.parametrize(
    ("records", "error", "message"),
    [
        pytest.param("titles.txt", LexiconError, "no known suffix; a list of titles can be read from", id="suffix"),
        pytest.param(7, ArgumentError, "a list of titles must be a path or a sequence of records, not int", id="int"),
        pytest.param({"title": "Dux"}, ArgumentError, "not dict", id="one-record"),
        (["Dux"], LexiconError, "title 1: expected a Title or a mapping with a title, not 'Dux'"),
        pytest.param([{"titel": "Dux"}], LexiconError, "unknown keys 'titel'; its keys can be title, gender", id="key"),
        ([{"gender": "feminine"}], LexiconError, "title must be a string of words, not None"),
        pytest.param([{"title": "Dux &"}], LexiconError, "title must be a string of words, not 'Dux &'", id="sign"),
        ([{"title": "Dux", "gender": "f"}], LexiconError, "must be one of feminine, masculine"),
        pytest.param(
            [{"title": "Dux"}, {"title": "dux", "gender": "masculine"}],
            LexiconError,
            "title 2: 'dux' is there with another gender already",
            id="two-genders",
        ),
    ],
)
def test_titles_that_can_not_be_added(records: Any, error: type[QuotesmithError], message: str) -> None:
    with pytest.raises(error, match=message):
        load_people().with_titles(records)


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
