from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from quotesmith.encoder import MENTION_KINDS
from quotesmith.errors import FormatError
from quotesmith.records import EntityKind, MentionForm
from quotesmith.training.mention_labels import FoundMention, FoundText, MentionText, label_text
from quotesmith.training.mention_texts import read_mentions, read_mentions_held_out
from tests.docs import make_doc
from tests.training.mention_corpora import write_mention_corpora, write_rows

NAME, NOMINAL, PRONOUN = MentionForm
PERSON, BODY, PLACE, GROUP, THING = MENTION_KINDS
Shown = list[tuple[str, str]]


def show(text: MentionText) -> Shown:
    """The mentions with their labels, in text order."""
    return [(text.text[slice(*m.span)], f"{m.kind.name} {m.form.name}".lower()) for m in text.mentions]


def label(doc: Doc, *phrases: str, kind: EntityKind = PERSON, form: MentionForm | None = None) -> Shown:
    """What the mentions of these words are, where a corpus says only their kind, and perhaps their form."""
    starts = [doc.text.index(phrase) for phrase in phrases]
    found = [FoundMention((at, at + len(phrase)), kind, form) for at, phrase in zip(starts, phrases, strict=True)]
    return show(label_text(FoundText("name", doc.text, tuple(found), frozenset(EntityKind)), doc))


def phrase(words: str, head: str, tags: str) -> Doc:
    """A Doc of one phrase: all words hang on its head."""
    rows = zip(words.split(), tags.split(), strict=True)
    lines = [f"{word} {tag} {'ROOT -' if word == head else f'dep {head}'}" for word, tag in rows]
    return make_doc("\n".join(lines))


@pytest.mark.parametrize(
    ("words", "head", "tags", "expected"),
    [
        ("Ann Roe", "Roe", "NNP NNP", [("Ann Roe", "person name")]),
        ("Sen. Ann Roe 's", "Roe", "NNP NNP NNP POS", [("Sen. Ann Roe", "person name"), ("Ann Roe", "person name")]),
        ("late Ann Roe", "Roe", "JJ NNP NNP", [("Ann Roe", "person name"), ("late Ann Roe", "person name")]),
        ("the President", "President", "DT NNP", [("the President", "person nominal")]),
        ("Martin Luther King", "King", "NNP NNP NNP", [("Martin Luther King", "person name")]),
        ("a maid", "maid", "DT NN", [("a maid", "person nominal")]),
        ("the maids", "maids", "DT NNS", [("the maids", "group nominal")]),
        ("many", "many", "JJ", [("many", "group nominal")]),
        ("the crowd", "crowd", "DT NN", [("the crowd", "group nominal")]),
        ("the Roes", "Roes", "DT NNPS", [("the Roes", "group name")]),
        ("Ann Cummings", "Cummings", "NNP NNPS", [("Ann Cummings", "person name")]),
        ("she", "she", "PRP", [("she", "person pronoun")]),
        ("Their", "Their", "PRP$", [("Their", "group pronoun")]),
        ("those", "those", "DT", [("those", "group pronoun")]),
    ],
)  # fmt: skip
def test_heads_tell_names_and_groups_of_persons(words: str, head: str, tags: str, expected: Shown) -> None:
    doc = phrase(words, head, tags)
    assert sorted(label(doc, doc.text)) == sorted(expected)


def test_two_that_are_joined_are_a_group_without_a_name() -> None:
    doc = make_doc("Ann NNP nsubj run\nand CC cc Ann\nBea NNP conj Ann\nrun VBP ROOT -")
    assert label(doc, "Ann and Bea", "Bea") == [("Ann and Bea", "group nominal"), ("Bea", "person name")]


@pytest.mark.parametrize(
    ("words", "head", "tags", "expected"),
    [
        ("the Acme Bank", "Bank", "DT NNP NNP", ["organization name"]),
        ("the British Museum", "Museum", "DT JJ NNP", ["organization name"]),
        ("the Company", "Company", "DT NNP", ["organization nominal"]),
        ("the Senate", "Senate", "DT NNP", ["organization name"]),
        ("its bank", "bank", "PRP$ NN", ["organization nominal"]),
        ("Acme , founded there", "Acme", "NNP , VBN RB", ["organization name"] * 2),
        ("it", "it", "PRP", ["organization pronoun"]),
        ("US", "US", "NNP", ["organization name"]),
    ],
)
def test_heads_tell_names_of_bodies(words: str, head: str, tags: str, expected: list[str]) -> None:
    doc = phrase(words, head, tags)
    assert [shown for _, shown in label(doc, doc.text, kind=BODY)] == expected


def test_words_that_are_mostly_a_name_are_one_everywhere_unless_the_corpus_says_the_form() -> None:
    doc = make_doc(
        "Acme NNP ROOT -\n. . punct Acme\n\nAcme NNP ROOT -\n. . punct Acme\n\nAcme NN ROOT -\n. . punct Acme"
    )
    found = [FoundMention((at, at + 4), BODY) for at in (0, 7, 14)]
    text = FoundText("name", doc.text, tuple(found), frozenset())
    assert [shown for _, shown in show(label_text(text, doc))] == ["organization name"] * 3
    assert label(doc, "Acme", kind=BODY, form=NOMINAL) == [("Acme", "organization nominal")]


def test_a_mention_without_a_token_is_refused() -> None:
    doc = phrase("Ann", "Ann", "NNP")
    with pytest.raises(FormatError, match="'' at 3"):
        label_text(FoundText("name", "Ann", (FoundMention((3, 3), PERSON),), frozenset()), doc)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_mention_corpora(tmp_path)
    write_rows(tmp_path / "ontogum" / "pronouns.jsonl.gz", [{"doc_id": "GUM_news_1", "text": "(Ann Roe's dog)"}])
    text = "The Acme Bank told Ann Roe. Senator Roe left Acme Bank. Roe Street. DE ROE said so."
    sources = [[19, 26], [36, 39], [68, 74]]
    write_rows(
        tmp_path / "polnear" / "train.jsonl.gz",
        [
            {
                "doc_id": "p",
                "text": text,
                "attributions": [{"id": f"E{n}", "source": [s]} for n, s in enumerate(sources)],
            }
        ],
    )
    person = {"doc_id": "p", "form": "name", "kind": "person", "unresolvable": False, "sure": True}
    rows = [
        {**person, "id": "E0", "speakers": ["Ann Roe"]},
        {**person, "id": "E1", "speakers": ["Ann Roe"]},
        {**person, "id": "E2", "speakers": ["Bea de Roe"]},
        {**person, "id": "E3", "speakers": ["Acme Bank"], "kind": "organization"},
        {**person, "id": "E4", "speakers": ["Senator"], "sure": False},
    ]  # fmt: skip
    write_rows(tmp_path / "polnear" / "train_speakers.jsonl", rows)
    return tmp_path


@Language.component("capitals")
def tag_capitals(doc: Doc) -> Doc:
    """Tags words with capitals as proper nouns and others as nouns."""
    for word in doc:
        word.tag_ = "NNP" if word.text[:1].isupper() else "PRP" if word.text == "it" else "NN"
    return doc


@pytest.fixture(scope="module")
def nlp() -> Language:
    blank = spacy.blank("en")
    blank.add_pipe("capitals")
    return blank


def test_texts_of_all_corpora_have_their_mentions_and_say_which_kinds_they_label(data: Path, nlp: Language) -> None:
    texts = {text.name: text for text in read_mentions(data, nlp, open_only=False)}
    ann = ("Ann", "person name")
    assert show(texts["GUM_news_1"]) == [
        ("Ann Roe", "person name"),
        ("Roe", "person name"),
        ("dog", "other nominal"),
    ]
    assert show(texts["GUM_news_2"]) == show(texts["GUM_news_1"])
    assert (texts["GUM_news_1"].text, texts["GUM_news_2"].text) == ("(Ann Roe's dog)", "Ann Roe's dog")
    assert show(texts["2_b_brat"]) == [ann, ("the house", "place nominal")]
    assert texts["2_b_brat"].text == "Ann saw the house."
    assert show(texts["acme/1"]) == [
        ("Acme", "organization name"),
        ("Acme Bank", "organization name"),
        ("it", "organization pronoun"),
    ]
    names = [
        ("Ann Roe", "person name"),
        ("Roe", "person name"),
        ("Acme Bank", "organization name"),
        ("DE ROE", "person name"),
    ]
    assert show(texts["p"]) == names
    assert texts["p"].mentions[2].span[0] > 36
    kinds = {name: text.kinds for name, text in texts.items() if name != "p"}
    everything = frozenset(EntityKind)
    gum = {f"GUM_news_{number}": everything for number in (1, 2, 3)}
    assert kinds == {**gum, "2_b_brat": everything - {THING}, "acme/1": frozenset()}
    assert texts["p"].kinds == frozenset()


def test_texts_that_figures_are_measured_on_are_kept_apart(data: Path, nlp: Language) -> None:
    held_out = read_mentions_held_out(data, nlp)
    names = {corpus: [text.name for text in texts] for corpus, texts in held_out.items()}
    assert names == {"GUM": ["GUM_news_0", "GUM_news_4"], "LitBank": ["1_a_brat", "2891_howards_end_brat"]}


def test_a_corpus_that_is_no_gzipped_file_is_refused(data: Path, nlp: Language) -> None:
    path = data / "gum" / "coref.conll.gz"
    path.write_text("# begin document GUM_news_1")
    with pytest.raises(FormatError, match=r"coref\.conll\.gz can't be read"):
        read_mentions(data, nlp, open_only=False)
