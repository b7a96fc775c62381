"""The characters of a story; the recognizer takes words in brackets for people, and words in braces for bodies."""

import re
from typing import Any

import pytest
from attrs import evolve
from spacy.tokens import Doc

from quotesmith.extraction import TextStyle
from quotesmith.lexicon.gazetteer import GazetteerEntry
from quotesmith.lexicon.people import load_people
from quotesmith.records import EntityKind, Gender, TextSpan, TextSpans
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.names import Gazetteer
from quotesmith.speakers.settings import DEFAULT_CAST_SETTINGS, DEFAULT_SPEAKER_SETTINGS, CastSettings
from tests.docs import VOCAB, parsed_text


def story(text: str) -> Doc:
    """A Doc of one sentence a full stop, its bracketed names people's and the first word of a sentence its subject."""
    pieces = re.findall(r"[\[\]{}]|\n|(?:Mrs?|Dr)\.|[\w'-]+|[^\w\s]", text)
    words, ents, heads, label = list[str](), list[str](), list[int](), ""
    for piece in pieces:
        if piece in "[]{}":
            label = {"[": "PERSON", "{": "ORG"}.get(piece, "")
            continue
        heads.append(heads[-1] if words and words[-1] != "." else len(words))
        is_title = piece.rstrip(".") in {"Mr", "Mrs", "Miss", "Sir", "Lady", "Captain", "Aunt"}
        is_name = bool(label) and not is_title and piece != "\n"
        begins = not (is_name and ents and ents[-1] != "O" and words[-1] != "\n")
        ents.append(("B-" if begins else "I-") + label if is_name else "O")
        words.append(piece)
    tags = ["_SP" if word == "\n" else "NNP" if word[:1].isupper() else "NN" for word in words]
    pos = [{"NNP": "PROPN", "_SP": "SPACE"}.get(tag, "NOUN") for tag in tags]
    return Doc(
        VOCAB,
        words=words,
        spaces=[word != "\n" for word in words],
        tags=tags,
        pos=pos,
        lemmas=[word.lower() for word in words],
        ents=ents,
        heads=heads,
        deps=["ROOT" if head == index else "dep" for index, head in enumerate(heads)],
    )


def context(
    text: str, *, gazetteer: Gazetteer | None = None, cast: CastSettings = DEFAULT_CAST_SETTINGS
) -> DocumentContext:
    """The context of a story in which the words before "spoke" are the source of a quote."""
    doc = story(text)
    sources: list[TextSpans] = [(TextSpan(*found.span(1)),) for found in re.finditer(r"([^.]+?) spoke", doc.text)]
    return DocumentContext.of(
        parsed_text(doc),
        sources,
        load_people(),
        gazetteer,
        evolve(DEFAULT_SPEAKER_SETTINGS, cast=cast),
        style=TextStyle.FICTION,
    )


def cast_of(text: str, cast: CastSettings = DEFAULT_CAST_SETTINGS) -> list[str]:
    """The names of the entities, each with its aliases, in order of their first names."""
    found = context(text, cast=cast)
    drafts = [found.entities[owner] for owner in dict.fromkeys(found.owners)]
    return [", ".join((draft.name, *draft.aliases)) for draft in drafts]


def owner_of(found: DocumentContext, words: str, number: int = -1) -> str:
    """The name of the entity that a name means, the last such name if nothing else is said."""
    places = [place for place, name in enumerate(found.names) if " ".join(name.words) == words]
    return found.entities[found.owners[places[number]]].name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("[Jane Holm] came. [Miss Holm] sat. [Jane] left.", ["Jane Holm, Miss Holm, Jane"], id="one-miss"),
        pytest.param("[Erik Holm] came. [Mr. Holm] sat. [Holm] left.", ["Erik Holm, Mr. Holm, Holm"], id="one-man"),
        pytest.param("[Elizabeth Holm] came. [Lizzy] left.", ["Elizabeth Holm, Lizzy"], id="nickname"),
        pytest.param("[Nancy] came. [Nancy] sat. [Nance] left.", ["Nancy, Nance"], id="ending-of-a-short-form"),
        pytest.param("[Sir Walter Holm] came. [Sir Walter] left.", ["Sir Walter Holm, Sir Walter"], id="sir"),
        pytest.param("[Captain Holm] came. the Captain spoke.", ["Captain Holm, Captain"], id="office-alone"),
        pytest.param("[Jane Holm] came. [Jane\nHolm] left.", ["Jane Holm"], id="over-a-line"),
        pytest.param("[Mrs. Erik Holm] came. [Mrs. Erik] left.", ["Mrs. Erik Holm, Mrs. Erik"], id="wife"),
    ],
)
def test_forms_of_one_character(text: str, names: list[str]) -> None:
    assert cast_of(text) == names


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("[Mr. Holm] came. [Mrs. Holm] sat. [Miss Holm] left.", 3, id="titles"),
        pytest.param("[Erik Holm] came. [Mrs. Erik Holm] left.", 2, id="wife-of-the-name"),
        pytest.param("[Jane Holm] came. [Miss Jane] sat. [Mrs. Holm] left.", 2, id="daughter-and-mother"),
        pytest.param("[Erik Holm] came. [Captain Holm] sat. [Mr. Holm] left.", 2, id="captain-and-brother"),
        pytest.param("[Tom Holm] came. [Sir Thomas Holm] left.", 2, id="son-of-a-sir"),
        pytest.param("[Erik Holm] sat. " + "[Mr. Holm] saw [Erik]. " * 3, 2, id="father-beside-the-son"),
        pytest.param("[Jane Holm] sat. [Miss Jane Holm] sat. [Ann Holm] sat. [Miss Holm] left.", 2, id="eldest"),
    ],
)
def test_characters_told_apart(text: str, count: int) -> None:
    assert len(cast_of(text)) == count


@pytest.mark.parametrize(
    ("in_full", "name"), [pytest.param(2, "Erik Holm", id="in-full"), pytest.param(1, "Mr. Holm", id="by-title")]
)
def test_name_of_one_who_is_mostly_called_by_the_family_name(in_full: int, name: str) -> None:
    found = context("[Erik Holm] sat. " * in_full + "[Mr. Holm] sat. " + "[Holm] left. " * 30)
    assert owner_of(found, "Holm") == name


def test_eldest_sister_has_the_title_alone() -> None:
    found = context("[Jane Holm] sat. [Ann Holm] sat. [Miss Ann Holm] sat. [Miss Holm] left.")
    assert owner_of(found, "Holm") == "Jane Holm"


def test_bare_surname_is_the_mans_and_a_contested_one_his_who_was_named_last() -> None:
    assert owner_of(context("[Mrs. Holm] came. [Mr. Holm] sat. [Mrs. Holm] sat. [Holm] left."), "Holm") == "Mr. Holm"
    near = "[Erik Holm] came. [Bo Holm] came. [Erik Holm] sat. [Holm] left."
    assert owner_of(context(near), "Holm") == "Erik Holm"


def test_word_with_a_capital_that_speaks_is_a_character_everywhere() -> None:
    found = context("the Duchess spoke . we saw the Duchess .")
    assert [found.entities[owner].name for owner in found.owners] == ["Duchess", "Duchess"]
    assert found.entities[found.owners[0]].kind is EntityKind.PERSON
    assert not context("we saw the Duchess .").names


@pytest.mark.parametrize("given", ["Obinze", "Zorro", "Ulla-Bo"])
def test_use_tells_the_gender_of_an_unknown_given_name(given: str) -> None:
    bare = f"[{given} Holm] sat. [Mrs. {given} Holm] came. [Holm] sat. [Holm] left. [Mr. Holm] came. [Holm] spoke."
    found = context(bare)
    names = {found.entities[owner].name: found.entities[owner].gender for owner in found.owners}
    assert sorted(map(str, names.values())) == ["feminine", "masculine"]
    assert owner_of(found, "Holm", 0) == owner_of(found, f"{given} Holm", 0)
    taken_up = context(TAKEN_UP.replace("Obinze", given))
    assert taken_up.entities[taken_up.owners[0]].gender is Gender.FEMININE


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("[Mrs. Okoro] came.", Gender.FEMININE),
        ("[Colonel Okoro] came.", Gender.MASCULINE),
        ("[Jane Okoro] came.", Gender.FEMININE),
        ("[Okoro] came.", None),
    ],
)
def test_gender_of_a_character(text: str, gender: Gender | None) -> None:
    found = context(text)
    assert found.entities[found.owners[0]].gender is gender


def test_gazetteer_wins() -> None:
    listed = Gazetteer.of([GazetteerEntry("Elder Holm", aliases=("Mr. Holm",)), GazetteerEntry("Erik Holm")])
    found = context("[Mr. Holm] came. [Erik Holm] sat. [Mr. Holm] left.", gazetteer=listed)
    assert [found.entities[owner].name for owner in found.owners] == ["Elder Holm", "Erik Holm", "Elder Holm"]


FATHER_AND_SON = "[Erik Holm] sat. " + "[Mr. Holm] saw [Erik]. " * 3 + "[Erik] sat. [Mr. Holm] sat."
HABIT = (
    "[Mr. Erik Holm] sat. [Erik Holm] sat. "
    + "[Erik] sat. " * 9
    + "[Mr. Holm] saw [Erik]. " * 2
    + "[Mr. Holm] sat. " * 3
)
SISTERS = "[Jane Holm] sat. [Miss Jane] sat. [Miss Holm] left."
TWO_JANES = "[Jane Holm] sat. [Jane Lee] sat. [Jane Lee] sat. [Holm] sat. " + "[Jane] left. " * 8 + "[Mrs. Holm] sat."
TAKEN_UP = "[Obinze Holm] said she left. [Obinze] lost her hat. [Obinze] knew she sat."
NEAR = "[Erik Holm] sat. " + "[Dan Holm] sat. " * 3 + "[Erik Holm] sat. [Holm] left."


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        (FATHER_AND_SON, "min_together", 4),
        (FATHER_AND_SON, "together_share", 1.0),
        (SISTERS, "often_titled", 1),
        (HABIT, "titled_share", 1.0),
        (HABIT, "times_titled", 6.0),
        (HABIT, "min_beside", 3),
        ("[Jane Holm] sat. " + "[Jane] sat. " * 3, "called_share", 0.5),
        ("[Jane Holm] sat. " + "[Miss Holm] sat. " * 3, "family_called_share", 0.5),
        (TWO_JANES, "times_alone", 1.0),
        (TWO_JANES, "times_rarer", 1.0),
        (NEAR, "near_tokens", 1),
        ("{Owl} spoke. {Owl} spoke.", "speaking_often", 3),
        (TAKEN_UP, "pronoun_near", 1),
        (TAKEN_UP, "min_followed", 4),
        (TAKEN_UP + " [Obinze] lost his hat.", "followed_share", 0.8),
    ],
)
def test_setting_changes_what_is_found(text: str, name: str, value: Any) -> None:
    before, after = (
        context(text, cast=cast) for cast in (DEFAULT_CAST_SETTINGS, evolve(DEFAULT_CAST_SETTINGS, **{name: value}))
    )
    assert [before.entities[owner] for owner in before.owners] != [after.entities[owner] for owner in after.owners]
