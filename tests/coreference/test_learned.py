import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper
from spacy.tokens import Doc

from quotesmith.coreference import (
    AntecedentScorer,
    EntityNumber,
    Links,
    MentionCandidate,
    Pairs,
    PronounClass,
    learned,
    locate,
    make_pairs,
)
from quotesmith.coreference.learned import ENCODER_KEY, FILE, mention_states, of_batch
from quotesmith.coreference.pairs import PAIR_FEATURES
from quotesmith.encoder import Encoder, read_card
from quotesmith.encoder.weights import CARD, GRAPH, checksum
from quotesmith.errors import WeightsError
from quotesmith.records import EntityKind, MentionForm, TextSpan
from tests.docs import make_doc
from tests.encoder.tiny import WIDTH, write_weights

DOC = "ab NNP nsubj cd\ncd VBD ROOT -\nef NNP dobj cd\nhe PRP dobj cd"


def refer(doc: Doc, index: int, form: MentionForm = MentionForm.NAME) -> MentionCandidate:
    token = doc[index]
    return MentionCandidate(
        span=TextSpan(token.idx, token.idx + len(token)),
        start=index,
        end=index + 1,
        head=index,
        form=form,
        kind=EntityKind.PERSON,
        owner=EntityNumber(index) if form is MentionForm.NAME else None,
        pronoun=None if form is MentionForm.NAME else PronounClass.HE,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Weights of a scorer that adds up the features of a pair."""
    write_weights(tmp_path)
    card = read_card(tmp_path)
    inputs = [
        helper.make_tensor_value_info("states", TensorProto.FLOAT, ("mentions", 3 * WIDTH)),
        helper.make_tensor_value_info("first", TensorProto.INT64, ("pairs",)),
        helper.make_tensor_value_info("second", TensorProto.INT64, ("pairs",)),
        helper.make_tensor_value_info("features", TensorProto.FLOAT, ("pairs", PAIR_FEATURES)),
    ]
    nodes = [helper.make_node("ReduceMax", ["features"], ["scores"], axes=[1], keepdims=0)]
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ("pairs",))]
    graph = helper.make_graph(nodes, "sum", inputs, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, {ENCODER_KEY: card["files"][GRAPH]["sha256"]})
    write_scorer(tmp_path, model.SerializeToString())
    return tmp_path


def write_scorer(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    card = read_card(folder)
    card["files"][FILE] = {"sha256": checksum(content)}
    (folder / CARD).write_text(json.dumps(card))


def score(folder: Path, doc: Doc) -> tuple[Pairs, Links]:
    mentions = [refer(doc, 0), refer(doc, 2), refer(doc, 3, MentionForm.PRONOUN)]
    pairs = make_pairs(mentions)
    return pairs, AntecedentScorer(folder)(doc, Encoder(folder)(doc.text, ()), mentions, pairs)


def test_chances_of_an_anaphor_add_up_to_one(folder: Path) -> None:
    pairs, links = score(folder, make_doc(DOC))
    assert pairs.candidates.tolist() == [1, 0]
    assert links.pairs.sum() + links.nobody.sum() == pytest.approx(1)
    expected = np.exp([*pairs.features.max(axis=1), pairs.own.max()])
    assert [*links.pairs, *links.nobody] == pytest.approx(expected / expected.sum())


def test_text_without_anaphors_needs_no_weights(tmp_path: Path) -> None:
    doc = make_doc("ab NNP ROOT -")
    mentions = [refer(doc, 0)]
    write_weights(tmp_path)
    links = AntecedentScorer(tmp_path)(doc, Encoder(tmp_path)(doc.text, ()), mentions, make_pairs(mentions))
    assert (len(links.pairs), len(links.nobody)) == (0, 0)


def test_missing_weights_are_an_error(tmp_path: Path) -> None:
    write_weights(tmp_path)
    with pytest.raises(WeightsError, match=FILE):
        score(tmp_path, make_doc(DOC))


def test_scorer_of_another_encoder_is_refused(folder: Path) -> None:
    import onnx

    model = onnx.load_from_string((folder / FILE).read_bytes())
    helper.set_model_props(model, {ENCODER_KEY: "another"})
    write_scorer(folder, model.SerializeToString())
    with pytest.raises(WeightsError, match="another"):
        score(folder, make_doc(DOC))


def test_scorer_is_pickled_as_its_path(folder: Path) -> None:
    scorer = AntecedentScorer(folder)
    assert pickle.loads(pickle.dumps(scorer)) == scorer  # noqa: S301 - our own


def test_mentions_are_located_among_the_pieces_or_at_the_nearest(folder: Path) -> None:
    doc = make_doc(DOC)
    pieces = Encoder(folder)(doc.text, ()).pieces
    places = locate(pieces, [refer(doc, 0), refer(doc, 2)], doc)
    # Each word is two letters, and each letter a piece.
    assert places.tolist() == [[0, 2, 0], [4, 6, 4]]
    pieces = Encoder(folder)("ab \x01", ()).pieces
    doc = make_doc("ab NNP ROOT -\n\x01 NNP dobj ab")
    [[start, end, head]] = locate(pieces, [refer(doc, 1)], doc).tolist()
    assert 0 <= start <= head < end <= len(pieces)


def test_states_are_the_first_the_head_s_and_the_mean() -> None:
    hidden = np.arange(8, dtype=np.float16).reshape(4, 2)
    [row] = mention_states(hidden, np.array([[1, 4, 2]])).tolist()
    assert row == [2, 3, 4, 5, 4, 5]


def test_batches_give_what_one_gives(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, together = score(folder, make_doc(DOC))
    monkeypatch.setattr(learned, "_BATCH", 1)
    _, apart = score(folder, make_doc(DOC))
    assert (apart.pairs.tolist(), apart.nobody.tolist()) == (together.pairs.tolist(), together.nobody.tolist())


def test_batch_has_only_the_states_that_it_needs() -> None:
    hidden = np.arange(12, dtype=np.float16).reshape(6, 2)
    places = np.array([[piece, piece + 1, piece] for piece in range(6)])
    inputs = of_batch(hidden, places, np.array([3, 5]), np.array([1, 6]))
    assert inputs["states"].tolist() == mention_states(hidden, places)[[1, 3, 5]].tolist()
    # Nobody stands behind all states that are there.
    assert (inputs["first"].tolist(), inputs["second"].tolist()) == ([1, 2], [0, 3])
