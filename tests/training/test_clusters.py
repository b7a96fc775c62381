import gzip
import json
from pathlib import Path

import pytest

from quotesmith.errors import FormatError
from quotesmith.training.clusters import ClusteredText, read_gap, read_litbank, read_ontogum

ROWS = ["Ann", "Roe", "'s", "dog", ",", "she", "says", "."]
TAGS = ["(1(2", "1)", "_", "2)", "_", "(1)", "_", "_"]


def write_ontogum(folder: Path, tags: list[str], laid_out: str | None = None) -> Path:
    lines = [f"{number}\t{word}\t{tag}" for number, (word, tag) in enumerate(zip(ROWS, tags, strict=True))]
    (folder / "GUM_news_dog.conll").write_text("\n".join(["# begin document", *lines, ""]), encoding="utf-8")
    rows = [] if laid_out is None else [{"doc_id": "GUM_news_dog", "text": laid_out, "items": []}]
    (folder / "pronouns.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return folder


def shown(text: ClusteredText) -> list[list[str]]:
    return [[text.text[start:end] for start, end in cluster] for cluster in text.clusters]


def test_ontogum_is_joined_from_its_tokens(tmp_path: Path) -> None:
    [text] = read_ontogum(write_ontogum(tmp_path, TAGS))
    assert text.text == "Ann Roe's dog, she says."
    assert shown(text) == [["Ann Roe", "she"], ["Ann Roe's dog"]]


def test_ontogum_is_laid_out_as_its_text(tmp_path: Path) -> None:
    [text] = read_ontogum(write_ontogum(tmp_path, TAGS, "Ann Roe's dog,\n\nshe says."))
    assert text.text == "Ann Roe's dog,\n\nshe says."
    assert shown(text)[0] == ["Ann Roe", "she"]


def test_tokens_of_another_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="'Ann'"):
        read_ontogum(write_ontogum(tmp_path, TAGS, "Bea Roe's dog, she says."))


def test_mention_that_nothing_began_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="entity 3"):
        read_ontogum(write_ontogum(tmp_path, [*TAGS[:-1], "3)"]))


def test_litbank_loses_the_spaces_of_its_tokens(tmp_path: Path) -> None:
    text = "Ann said :\n“ I wo n't go , ” said she .\nThe dog 's asleep ."
    spans = {"Ann-0": [("Ann", 0), ("I", 14), ("she", text.index("she"))], "dog-1": [("The dog", text.index("The"))]}
    lines = [
        f"T{number}\t{label} {start} {start + len(word)}\t{word}"
        for label, mentions in spans.items()
        for number, (word, start) in enumerate(mentions)
    ]
    (tmp_path / "a_brat.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a_brat.ann").write_text("\n".join([*lines, "R1\tcop Arg1:T1 Arg2:T2"]), encoding="utf-8")
    [found] = read_litbank(tmp_path)
    assert found.text.split("\n")[1] == "“I won't go,” said she. The dog's asleep."
    assert shown(found)[1] == ["The dog"]
    assert shown(found)[0][0] == "Ann"
    assert shown(found)[0][2] == "she"


def test_litbank_needs_both_files(tmp_path: Path) -> None:
    (tmp_path / "a_brat.ann").write_text("", encoding="utf-8")
    with pytest.raises(FormatError, match="no text beside it"):
        read_litbank(tmp_path)


def test_gap_asks_about_one_pronoun(tmp_path: Path) -> None:
    item = {"pronoun": [8, 11], "gender": "F", "names": [[0, 3]], "others": [[4, 7]]}
    path = tmp_path / "gap.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"doc_id": "d", "text": "Ann Bea she", "items": [item]}).encode()))
    [text] = read_gap(path)
    [question] = text.questions
    assert (question.pronoun, question.right, question.wrong) == ((8, 11), ((0, 3),), ((4, 7),))
