"""The fit of joins: what counts as one quote, and that the written trees say what the fitted ones do."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from quotesmith.extraction.join_decision import DecisionTree, JoinDecision
from quotesmith.extraction.joining_evidence import EVIDENCE
from quotesmith.extraction.passage_pairs import HABITS
from quotesmith.training.joining import JudgedPair, export_trees, fit_trees, read_joining_texts


def pair(number: int, *, is_novel: bool) -> JudgedPair:
    rng = np.random.default_rng(number)
    evidence = tuple(float(value) for value in rng.integers(0, 3, len(EVIDENCE)))
    is_one = evidence[0] > 0 and evidence[9] < 2
    return JudgedPair(
        corpus="Novels" if is_novel else "News",
        text=f"text {number % 7}",
        evidence=evidence,
        excerpts=tuple((0.0,) * len(HABITS) for _ in range(3)),
        is_one=is_one,
        is_one_speaker=is_one,
        is_novel=is_novel,
        is_break=False,
        is_linked=True,
        weight=1.0,
    )


def test_written_trees_give_the_probabilities_of_the_fitted_ones() -> None:
    pairs = [pair(number, is_novel=number % 2 == 0) for number in range(400)]
    model = fit_trees(pairs)
    written = export_trees(model)
    fields = ("evidence", "bounds", "left", "right", "odds")
    trees = tuple(DecisionTree(*(tuple(tree[name]) for name in fields)) for tree in written["trees"])
    decide = JoinDecision(written["intercept"], trees)
    found = [decide(dict(zip(EVIDENCE, one.evidence, strict=True))) for one in pairs]
    assert found == pytest.approx(model.predict_proba([one.evidence for one in pairs])[:, 1], abs=1e-3)
    assert np.mean([(probability > 0.5) == one.is_one for probability, one in zip(found, pairs, strict=True)]) > 0.9


def test_corpora_are_read_as_quotes_with_speakers(tmp_path: Path) -> None:
    novel = {"novel_id": "n", "text": "“Go.”", "quotes": [{"spans": [[0, 5]], "speaker": "Ann"}, {"spans": []}]}
    article = {
        "doc_id": "a",
        "text": "Ann said no.",
        "attributions": [{"content": [[9, 11]], "cue": [[4, 8]], "source": [[0, 3]]}],
    }
    files = {
        "pdnc/dev": novel,
        "litbank/quotations_dev": novel,
        "polnear/train": article,
        "polnear/clean": article,
        "wikinews/articles": article,
    }
    for name, row in files.items():
        path = tmp_path / f"{name}.jsonl.gz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(json.dumps(row).encode()))
    texts = list(read_joining_texts(tmp_path))
    assert [(text.speakers, text.is_novel, text.is_split) for text in texts] == [
        (("Ann",), True, False),
        (("Ann",), True, True),
        *[(("Ann",), False, False)] * 3,
    ]
    assert texts[0].quotes == (((0, 5),),)
