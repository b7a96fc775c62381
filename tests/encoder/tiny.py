"""A weights folder with a tiny network that needs no training: what it gives can be worked out with numpy."""

import json
import string
from pathlib import Path

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import AddedToken, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece

from quotesmith.encoder import BREAK, FEATURE_VALUES, LEVELS, LINK_SIZE, LINKS, MENTION_SIZE, TAGS, Pieces, Window
from quotesmith.encoder.weights import CARD, GRAPH, TOKENIZER, WEIGHTS_FORMAT, checksum

WIDTH = 4
_SIZES = {"tags": LEVELS * TAGS, "links": LEVELS * LINKS * LINK_SIZE, "mentions": MENTION_SIZE}
VOCABULARY_SIZE = 128


def make_tokenizer() -> Tokenizer:
    """An uncased WordPiece tokenizer of single letters, with BERT's special pieces where BERT has them."""
    vocabulary = {"[PAD]": 0, BREAK: 1, "[UNK]": 100, "[CLS]": 101, "[SEP]": 102}
    letters = [*string.ascii_lowercase, *(f"##{letter}" for letter in string.ascii_lowercase)]
    free = [number for number in range(VOCABULARY_SIZE) if number not in vocabulary.values()]
    vocabulary |= dict(zip([*letters, *'.,“”"[]'], free, strict=False))
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a piece
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in ("[UNK]", "[CLS]", "[SEP]")])
    return tokenizer


@frozen(eq=False)
class TinyNetwork:
    """Each piece's embedding plus the mean of all in its window, and linear heads."""

    words: NDArray[np.float32]
    features: NDArray[np.float32]
    tags: NDArray[np.float32]
    links: NDArray[np.float32]
    mentions: NDArray[np.float32]

    def read(self, pieces: Pieces, window: Window) -> tuple[NDArray[np.float32], ...]:
        """Hidden states, tag scores, link vectors and mentions of a window between its special pieces."""
        stretch = slice(window.start, window.end)
        ids = np.concatenate(([101], pieces.ids[stretch], [102]))
        features = np.concatenate(([0], pieces.features[stretch], [0]))
        shown = self.words[ids] + self.features[features]
        hidden = shown + shown.mean(axis=0)
        return hidden, hidden @ self.tags, hidden @ self.links, hidden @ self.mentions

    def to_bytes(self) -> bytes:
        """The same as an ONNX graph."""
        nodes = [
            helper.make_node("Gather", ["words_of", "ids"], ["word"]),
            helper.make_node("Gather", ["features_of", "features"], ["feature"]),
            helper.make_node("Add", ["word", "feature"], ["sum"]),
            helper.make_node("Cast", ["mask"], ["floats"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["floats", "last"], ["seen"]),
            helper.make_node("Mul", ["sum", "seen"], ["shown"]),
            helper.make_node("ReduceMean", ["shown"], ["mean"], axes=[1], keepdims=1),
            helper.make_node("Add", ["shown", "mean"], ["hidden"]),
            *(helper.make_node("MatMul", ["hidden", f"to_{head}"], [head]) for head in _SIZES),
        ]
        arrays = {
            "words_of": self.words,
            "features_of": self.features,
            "to_tags": self.tags,
            "to_links": self.links,
            "to_mentions": self.mentions,
            "last": np.array([2]),
        }
        axes = ("windows", "pieces")
        graph = helper.make_graph(
            nodes,
            "tiny",
            [helper.make_tensor_value_info(name, TensorProto.INT64, axes) for name in ("ids", "features", "mask")],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, (*axes, size))
                for name, size in {"hidden": WIDTH, **_SIZES}.items()
            ],
            [numpy_helper.from_array(array, name) for name, array in arrays.items()],
        )
        opsets = [helper.make_opsetid("", 17)]
        return bytes(helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString())


def make_network() -> TinyNetwork:
    """The same network each time."""
    rng = np.random.default_rng(1)
    shapes = ((VOCABULARY_SIZE, WIDTH), (FEATURE_VALUES, WIDTH), *((WIDTH, size) for size in _SIZES.values()))
    return TinyNetwork(*(rng.standard_normal(shape).astype(np.float32) for shape in shapes))


def write_weights(folder: Path, graph: bytes | None = None) -> Path:
    """Writes the tiny network's weights, or another graph; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = make_tokenizer()
    # As pretrained ones come.
    tokenizer.enable_truncation(128)
    tokenizer.enable_padding(length=128)
    files = {GRAPH: graph or make_network().to_bytes(), TOKENIZER: tokenizer.to_str().encode()}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    card = {"format": WEIGHTS_FORMAT, "files": {name: {"sha256": checksum(content)} for name, content in files.items()}}
    (folder / CARD).write_text(json.dumps(card))
    return folder
