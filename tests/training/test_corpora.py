"""Corpora of attributions and of clusters, as they are read."""

import gzip
import json
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from quotesmith.errors import FormatError, OptionError
from quotesmith.training import corpora
from quotesmith.training.clusters import ClusteredText, read_gap, read_litbank, read_ontogum
from quotesmith.training.corpora import (
    CharSpan,
    Gold,
    LabelledText,
    Scope,
    read_clean,
    read_excerpts,
    read_inner_quotes,
    read_polnear,
    read_riqua,
)

ARTICLE = {
    "doc_id": "a",
    "text": "“Go,” he said, “now.”",
    "attributions": [{"content": [[0, 5], [15, 21]], "cue": [[9, 13]], "source": [[6, 8]], "no_source": False}],
}
TOKENS = ["``", "Do", "n't", "(", "ever", ")", "go", ",", "''", "Jane", "'s", "boy", "said", "."]
LABELS = [*"BIIIIIIII", "B", "I", "I", "B", "O"]
ROLES = ["content"] * 9 + ["source"] * 3 + ["cue"]
PASSAGE = {
    "id": "p",
    "tokens": TOKENS,
    "labels": [label if label == "O" else f"{label}-{role}" for label, role in zip(LABELS, [*ROLES, ""], strict=True)],
}
NOVEL = {
    "novel_id": "n",
    "text": "One.\n\n“Two,” he said. “Three.”\n\n“Four.”\n\nFive.",
    "quotes": [{"spans": [[6, 12], [22, 30]]}, {"spans": [[32, 39]]}],
}


def chance(seed: int = 1) -> random.Random:
    return random.Random(seed)


def write(folder: Path, *rows: object) -> Path:
    """A corpus; what is no string is written as JSON."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path = folder / "corpus.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def shown(text: LabelledText, spans: Sequence[CharSpan]) -> list[str]:
    return [text.text[start:end] for start, end in spans]


def read_all_excerpts(path: Path, *, size: int) -> list[LabelledText]:
    return read_excerpts(path, chance(), size=size, share=1, skip=frozenset())


def test_article_keeps_whole_attributions(tmp_path: Path) -> None:
    [article] = read_polnear(write(tmp_path, ARTICLE))
    [gold] = article.attributions
    assert (article.name, article.scope) == ("a", Scope.WHOLE)
    assert shown(article, gold.content) == ["“Go,”", "“now.”"]
    assert shown(article, gold.cue) == ["said"]
    assert shown(article, gold.source) == ["he"]


def test_careful_readings_have_levels_by_what_lies_in_what(tmp_path: Path) -> None:
    # "now" twice: of two with the same content the second lies in the first.
    spans = [(0, 21), (1, 3), (15, 21), (16, 19), (16, 19)]
    golds = [{"content": [span], "cue": [[9, 13]], "source": []} for span in spans]
    [article] = read_clean(write(tmp_path, {**ARTICLE, "attributions": golds}))
    assert article.scope is Scope.NESTED
    assert [gold.level for gold in article.attributions] == [0, 1, 1, 2, 3]


def write_inner_quotes(folder: Path, monkeypatch: pytest.MonkeyPatch, *rows: object) -> None:
    for name in ("pdnc/dev", "litbank/quotations_dev"):
        (folder / name).parent.mkdir()
        write((folder / name).parent, NOVEL).rename(folder / f"{name}.jsonl.gz")
    monkeypatch.setattr(corpora, "INNER_QUOTES", write(folder, *rows))


def test_contents_of_a_novel_stand_together_with_what_is_reported_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = {"content": [[7, 10]], "cue": [[10, 11]], "source": [], "level": 1}
    other = {"content": [[23, 28]], "cue": [], "source": [[28, 29]], "level": 2}
    rows = [
        {"corpus": corpus, "doc_id": "n", "content": content, "inner": [gold]}
        for corpus, content, gold in (("pdnc", [7, 11], inner), ("litbank", [23, 29], other))
    ]
    write_inner_quotes(tmp_path, monkeypatch, *rows)
    [text] = read_inner_quotes(tmp_path)
    assert (text.text, text.scope) == ("“Two,”\n\n“Three.”", Scope.INNER)
    first, second = text.attributions
    assert (shown(text, first.content), shown(text, first.cue), first.level) == (["Two"], [","], 1)
    assert (shown(text, second.content), shown(text, second.source), second.level) == (["Three"], ["."], 2)


def test_contents_of_a_novel_that_is_missing_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_inner_quotes(tmp_path, monkeypatch, {"corpus": "pdnc", "doc_id": "m", "content": [0, 1], "inner": []})
    with pytest.raises(FormatError, match="contents of m, which"):
        read_inner_quotes(tmp_path)


def join_in_all_ways(folder: Path) -> dict[str, LabelledText]:
    path = write(folder, PASSAGE)
    return {joined.text: joined for seed in range(20) for joined in read_riqua(path, chance(seed))}


def test_passage_is_joined_in_three_ways_with_labels_on_the_same_words(tmp_path: Path) -> None:
    assert set(join_in_all_ways(tmp_path)) == {
        "“Don't (ever) go,” Jane's boy said.",
        "\"Don't (ever) go,\" Jane's boy said.",
        "`` Do n't ( ever ) go , '' Jane 's boy said .",
    }
    for text, joined in join_in_all_ways(tmp_path).items():
        content, cue, source = joined.attributions
        assert joined.scope is Scope.TAGS
        assert shown(joined, content.content) == [text[: text.index("J")].rstrip()]
        assert shown(joined, cue.cue) == ["said"]
        assert shown(joined, source.source) == [text[text.index("J") : text.index(" said")]]


def test_neighbouring_labels_of_one_role_stay_apart(tmp_path: Path) -> None:
    row = {"id": "p", "tokens": ["a", "b", "c"], "labels": ["B-cue", "B-cue", "I-cue"]}
    [joined] = read_riqua(write(tmp_path, row), chance())
    assert joined.attributions == (Gold(cue=((0, 1),)), Gold(cue=((2, 5),)))


def test_passages_of_one_book_differ_and_a_seed_joins_them_alike(tmp_path: Path) -> None:
    texts = read_riqua(write(tmp_path, PASSAGE, PASSAGE), chance())
    assert [text.name for text in texts] == ["p-0", "p-1"]
    path = write(tmp_path, *[PASSAGE] * 10)
    assert read_riqua(path, chance(3)) == read_riqua(path, chance(3))


@pytest.mark.parametrize("size", [1, 5, 20, 35, 1000])
def test_excerpts_are_the_whole_text_and_keep_each_quote_on_its_words(tmp_path: Path, size: int) -> None:
    excerpts = read_all_excerpts(write(tmp_path, NOVEL), size=size)
    assert "".join(excerpt.text for excerpt in excerpts) == NOVEL["text"]
    assert all(excerpt.scope is Scope.QUOTED for excerpt in excerpts)
    quotes = [shown(excerpt, gold.content) for excerpt in excerpts for gold in excerpt.attributions]
    assert quotes == [["“Two,”", "“Three.”"], ["“Four.”"]]


def test_excerpts_end_at_blank_lines(tmp_path: Path) -> None:
    excerpts = read_all_excerpts(write(tmp_path, NOVEL), size=5)
    assert [excerpt.text for excerpt in excerpts[1:]] == ["\n\n“Four.”", "\n\nFive."]
    assert [excerpt.name for excerpt in excerpts] == ["n-0", "n-30", "n-39"]


def test_novels_to_skip_take_no_chance_from_others(tmp_path: Path) -> None:
    other = {**NOVEL, "novel_id": "m"}
    path = write(tmp_path, other, NOVEL)
    kept = read_excerpts(path, chance(), size=1, share=0.5, skip=frozenset({"m"}))
    assert kept == read_excerpts(write(tmp_path, NOVEL), chance(), size=1, share=0.5, skip=frozenset())


def test_share_of_the_excerpts_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path, {"novel_id": "n", "text": "One.\n\n" * 1000, "quotes": []})
    kept = read_excerpts(path, chance(), size=1, share=0.3, skip=frozenset())
    assert 250 < len(kept) < 350


@pytest.mark.parametrize(("size", "share"), [(0, 0.5), (10, 0.0), (10, 1.1)])
def test_wrong_size_or_share_is_refused(tmp_path: Path, size: int, share: float) -> None:
    with pytest.raises(OptionError, match="size must be"):
        read_excerpts(write(tmp_path, NOVEL), chance(), size=size, share=share, skip=frozenset())


READERS: Mapping[str, tuple[Callable[[Path], object], Mapping[str, Any]]] = {
    "polnear": (read_polnear, ARTICLE),
    "riqua": (lambda path: read_riqua(path, chance()), PASSAGE),
    "novels": (lambda path: read_all_excerpts(path, size=10), NOVEL),
}


@pytest.mark.parametrize("corpus", READERS)
@pytest.mark.parametrize("line", ["", "{", "[]", "3", "null", "{}"])
def test_line_that_is_no_row_is_an_error_that_names_it(tmp_path: Path, corpus: str, line: str) -> None:
    read, row = READERS[corpus]
    with pytest.raises(FormatError, match=r"corpus\.jsonl\.gz, line 2: "):
        read(write(tmp_path, row, line, row))


@pytest.mark.parametrize(
    ("corpus", "change", "message"),
    [
        pytest.param("polnear", {"doc_id": 3}, "expected str, not 3", id="number for an id"),
        pytest.param("polnear", {"text": None}, "expected str, not None", id="no text"),
        pytest.param("polnear", {"attributions": [{"content": []}]}, "missing", id="attribution without roles"),
        pytest.param(
            "polnear",
            {"attributions": [{"content": [], "cue": [], "source": [[6, 99]]}]},
            "within its text of 21 characters, not at 6 to 99",
            id="label beyond the text",
        ),
        pytest.param("novels", {"quotes": [{"spans": [[5, 5]]}]}, "not at 5 to 5", id="empty label"),
        pytest.param("novels", {"quotes": [{"spans": [[-1, 5]]}]}, "not at -1 to 5", id="label before the text"),
        pytest.param("novels", {"quotes": [{"spans": [[1, 2.5]]}]}, "expected int, not 2.5", id="half a character"),
        pytest.param("novels", {"quotes": [{"spans": [[1, 2, 3]]}]}, "spans", id="three ends"),
        pytest.param("riqua", {"labels": ["O"]}, "14 and 1", id="fewer labels than tokens"),
        pytest.param("riqua", {"labels": ["X", *["O"] * 13]}, "not 'X'", id="unknown label"),
        pytest.param(
            "riqua", {"labels": ["B-cue", "I-source", *["O"] * 12]}, "behind 'B-cue'", id="other role goes on"
        ),
        pytest.param("riqua", {"labels": ["I-cue", *["O"] * 13]}, "behind 'O'", id="label goes on from none"),
    ],
)
def test_malformed_row_is_an_error_that_says_why(
    tmp_path: Path, corpus: str, change: dict[str, object], message: str
) -> None:
    read, row = READERS[corpus]
    with pytest.raises(FormatError, match=f"line 2: .*{message}"):
        read(write(tmp_path, row, {**row, **change}))


@pytest.mark.parametrize("corpus", READERS)
def test_missing_corpus_is_an_error_that_names_it(tmp_path: Path, corpus: str) -> None:
    with pytest.raises(FormatError, match=r"none\.jsonl\.gz"):
        READERS[corpus][0](tmp_path / "none.jsonl.gz")


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: data[9:], lambda data: data[:12] + data[30:]])
def test_damaged_file_is_an_error_that_names_it(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = write(tmp_path, ARTICLE)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(FormatError, match=r"corpus\.jsonl\.gz"):
        read_polnear(path)


def assert_labels_show_words(texts: Sequence[LabelledText]) -> None:
    for text in texts:
        for gold in text.attributions:
            for start, end in (*gold.content, *gold.cue, *gold.source):
                assert 0 <= start < end <= len(text.text), text.name
                assert text.text[start:end].strip(), text.name


@pytest.mark.gold
@pytest.mark.parametrize(("part", "size"), [("train", 840), ("dev.gold", 84)])
def test_polnear_is_read_whole(shared: Path, part: str, size: int) -> None:
    texts = read_polnear(shared / "data" / "polnear" / f"{part}.jsonl.gz")
    assert len(texts) == size
    assert_labels_show_words(texts)


@pytest.mark.gold
@pytest.mark.parametrize(("part", "size"), [("train", 1604), ("valid", None)])
def test_riqua_is_read_whole(shared: Path, part: str, size: int | None) -> None:
    texts = read_riqua(shared / "data" / "riqua" / f"{part}.jsonl.gz", chance())
    assert size in {len(texts), None}
    assert_labels_show_words(texts)


@pytest.mark.gold
@pytest.mark.parametrize("file", ["pdnc/dev.jsonl.gz", "litbank/quotations_dev.jsonl.gz"])
def test_excerpts_of_novels_lose_no_quote(shared: Path, file: str) -> None:
    texts, whole = (read_all_excerpts(shared / "data" / file, size=size) for size in (4000, 10**9))
    assert_labels_show_words(texts)
    assert "".join(text.text for text in texts) == "".join(text.text for text in whole)
    quotes, expected = (
        sorted(words for text in corpus for gold in text.attributions for words in shown(text, gold.content))
        for corpus in (texts, whole)
    )
    assert quotes == expected


WORDS = ["Ann", "Roe", "'s", "dog", ",", "she", "says", "."]
COLUMN = ["(1(2", "1)", "_", "2)", "_", "(1)", "_", "_"]


def write_ontogum(folder: Path, tags: list[str], laid_out: str | None = None) -> Path:
    lines = [f"{number}\t{word}\t{tag}" for number, (word, tag) in enumerate(zip(WORDS, tags, strict=True))]
    (folder / "GUM_news_dog.conll").write_text("\n".join(["# begin document", *lines, ""]), encoding="utf-8")
    rows = [] if laid_out is None else [{"doc_id": "GUM_news_dog", "text": laid_out, "items": []}]
    (folder / "pronouns.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return folder


def shown_clusters(text: ClusteredText) -> list[list[str]]:
    return [[text.text[start:end] for start, end in cluster] for cluster in text.clusters]


def test_ontogum_is_joined_from_its_tokens_or_laid_out_as_its_text(tmp_path: Path) -> None:
    [text] = read_ontogum(write_ontogum(tmp_path, COLUMN))
    assert text.text == "Ann Roe's dog, she says."
    assert shown_clusters(text) == [["Ann Roe", "she"], ["Ann Roe's dog"]]
    [text] = read_ontogum(write_ontogum(tmp_path, COLUMN, "Ann Roe's dog,\n\nshe says."))
    assert text.text == "Ann Roe's dog,\n\nshe says."
    assert shown_clusters(text)[0] == ["Ann Roe", "she"]


def test_ontogum_of_another_text_or_with_an_end_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="'Ann'"):
        read_ontogum(write_ontogum(tmp_path, COLUMN, "Bea Roe's dog, she says."))
    with pytest.raises(FormatError, match="entity 3"):
        read_ontogum(write_ontogum(tmp_path, [*COLUMN[:-1], "3)"]))


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
    assert shown_clusters(found)[1] == ["The dog"]
    assert shown_clusters(found)[0][0] == "Ann"
    assert shown_clusters(found)[0][2] == "she"


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
