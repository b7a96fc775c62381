"""What one label says, and which labels are one speaker's."""

import pytest
from spacy.tokens import Doc

from quotesmith.coreference import no_clusters
from quotesmith.lexicon.gazetteer import read_gazetteer
from quotesmith.lexicon.people import load_people
from quotesmith.parsed_text import LabelledTurn, ParsedText, SpeechLayout
from quotesmith.records import EntityKind, Gender, TextSpan
from quotesmith.speakers import SpeakerResults, resolve_speakers
from quotesmith.speakers.names import Gazetteer
from quotesmith.speakers.names.labelled_speakers import find_labelled_speakers
from quotesmith.speakers.names.labels import label_kind, read_label, readable_name
from tests.cases import each_row
from tests.docs import VOCAB
from tests.speakers.scenes import nearest, speakers, talk, turn_attributions
from tests.steps import steps_of


@each_row("label,name,kind,named", "labels", "labels")
def test_name_of_a_label(label: str, name: str, kind: str, *, named: bool) -> None:
    lexicon = load_people()
    read = read_label(label, lexicon)
    assert (readable_name(read, lexicon), label_kind(read, lexicon)) == (name, EntityKind(kind))
    assert read.is_role is not named


def resolved(text: str, *people: str) -> SpeakerResults:
    parsed = talk(text, *people)
    return resolve_speakers(parsed, turn_attributions(parsed), coreference=no_clusters, link=nearest)


@each_row("text,people,expected", "labels", "speakers")
def test_speakers_of_turns(text: str, people: list[str], expected: list[str]) -> None:
    assert speakers(resolved(text, *people)) == [[name] for name in expected]


def mentions_of(cast: SpeakerResults, text: str, name: str) -> list[str]:
    [entity] = [entity.id for entity in cast.entities if entity.name == name]
    return [mention.spans[0].of(text) for mention in cast.mentions if mention.entity == entity]


def test_each_label_is_one_mention_with_a_sure_decision() -> None:
    text = "Mr. ROE: Yes.\nOperator: No."
    cast = resolved(text)
    assert mentions_of(cast, text, "Roe") == ["Mr. ROE"]
    assert [entity.named for entity in cast.entities] == [True, False]
    assert {decision.method for decision in cast.decisions} == {"label"}
    assert all(decision.score > 0.95 for decision in cast.decisions)


def test_names_in_turns_are_the_speakers() -> None:
    text = "ROSA: It held.\nDESMOND: For now, Rosa.\nROSA: So, Desmond."
    cast = resolved(text)
    assert [entity.name for entity in cast.entities] == ["Rosa", "Desmond"]
    assert mentions_of(cast, text, "Rosa") == ["ROSA", "Rosa", "ROSA"]


def test_what_the_recognizer_finds_in_a_label_is_nobody_else() -> None:
    cast = resolved("Old Mill Jane: Yes.\nAnn: No.", "Mill Jane", "Ann: No")
    assert [entity.name for entity in cast.entities] == ["Old Mill Jane", "Ann"]


def test_label_of_two_is_both_speakers() -> None:
    assert speakers(resolved("ROE: Yes.\nLEE: No.\nROE and LEE: Oh!")) == [["Roe"], ["Lee"], ["Roe", "Lee"]]
    assert speakers(resolved("ROE: Yes.\nROE & KIM: Oh!"))[0] == ["Roe"]


def test_seat_behind_a_label_names_nobody() -> None:
    cast = resolved("Ms Roe (Holm, Lib.): Yes.\nMr Lee: No.", "Holm", "Lib")
    assert [entity.name for entity in cast.entities] == ["Roe", "Lee"]


def test_label_inside_a_token_is_no_more_than_the_label() -> None:
    text = "roe:yes now\nlee:no"
    turns = tuple(
        LabelledTurn(TextSpan(start, start + 3), None, (TextSpan(start + 4, end),))
        for start, end in ((0, 11), (12, 18))
    )
    whole = Doc(VOCAB, words=["roe:yes", "now", "\n", "lee:no"], spaces=[True, False, False, False])
    parsed = ParsedText.of(whole, (), SpeechLayout("test", turns))
    cast = resolve_speakers(parsed, turn_attributions(parsed), coreference=no_clusters, link=nearest)
    assert [mention.spans[0].of(text) for mention in cast.mentions] == ["roe", "lee"]


def test_label_that_the_page_has_as_a_tag_is_read_from_the_original() -> None:
    text = "<ann> yes\n<bo> no"
    turns = (
        LabelledTurn(TextSpan(1, 4), None, (TextSpan(6, 9),)),
        LabelledTurn(TextSpan(11, 13), None, (TextSpan(15, 17),)),
    )
    blank = Doc(VOCAB, words=["     ", "yes", "\n", "    ", "no"], spaces=[True, False, False, True, False])
    parsed = ParsedText.of(blank, (), SpeechLayout("test", turns), text)
    cast = resolve_speakers(parsed, turn_attributions(parsed), coreference=no_clusters, link=nearest)
    assert speakers(cast) == [["ann"], ["bo"]]


def test_listed_speaker_has_what_the_list_says() -> None:
    parsed = talk("Roe: Yes.\nLee: No.")
    gazetteer = Gazetteer.of(read_gazetteer([{"name": "Jane Roe", "aliases": ["Roe"], "identifier": "Q42"}]))
    cast = resolve_speakers(
        parsed, turn_attributions(parsed), coreference=no_clusters, link=nearest, gazetteer=gazetteer
    )
    assert [(entity.name, entity.identifier) for entity in cast.entities] == [("Jane Roe", "Q42"), ("Lee", None)]


def test_title_shows_the_gender_and_other_forms_are_aliases() -> None:
    [roe, _] = resolved("JANE ROE: Yes.\nMs. ROE: Well.\nLee: No.").entities
    assert (roe.gender, roe.aliases) == (Gender.FEMININE, ("JANE ROE", "Ms. ROE"))


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        pytest.param("ROE: Yes.\nLEE: No.", ["Lee", "Roe"], id="two"),
        pytest.param("ROE: Yes.\nLEE: No.\nKIM: So.", ["Lee", "Roe", "Lee"], id="three"),
        pytest.param("ROE: Yes.\nROE: No.\nLEE: So.\nLEE: Oh.", ["Lee", "Lee", "Roe", "Roe"], id="goes-on"),
        pytest.param("ROE: Yes.\nROE: No.", ["", ""], id="alone"),
        pytest.param("ROE: Yes.\nLEE: No.\nKIM: So, Roe.", ["Lee", "Roe", "Roe"], id="called"),
    ],
)
def test_turn_is_spoken_to_the_other(text: str, addressees: list[str]) -> None:
    cast = resolved(text)
    names = {entity.id: entity.name for entity in cast.entities}
    assert [" ".join(names[entity] for entity in d.addressees) for d in cast.decisions] == addressees


def test_pronouns_in_turns_mean_who_speaks_and_who_is_spoken_to() -> None:
    text = "ROE: I saw you.\nLEE: I saw “I” and you."
    cast = resolved(text)
    assert mentions_of(cast, text, "Roe") == ["ROE", "I", "you"]
    assert mentions_of(cast, text, "Lee") == ["you", "LEE", "I"]


def test_who_speaks_is_neither_he_nor_she() -> None:
    text = "KIM: Yes.\nSACHA: He saw it. She said so."
    assert mentions_of(resolved(text), text, "Sacha") == ["SACHA"]


def test_marks_around_a_turn_are_no_other_speech() -> None:
    text = "ROE: “I saw it.”\nLEE: No."
    assert mentions_of(resolved(text), text, "Roe") == ["ROE", "I"]


def test_we_is_the_body_that_speaks() -> None:
    text = "Oslo News: We asked.\nLEE: We saw."
    assert mentions_of(resolved(text), text, "Oslo News") == ["Oslo News", "We"]


def test_work_of_reading_labels_is_linear() -> None:
    def steps(count: int) -> int:
        parsed = talk("\n".join(f"{'ROE' if n % 2 else 'Jane'} N{n}x: Yes." for n in range(count)))
        return steps_of(find_labelled_speakers, parsed, (), load_people())

    assert steps(4_000) < 12 * steps(400)
