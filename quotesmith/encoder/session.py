"""The encoder at work: a text's pieces, window by window, through the network."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs
import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from tokenizers import Tokenizer

from quotesmith.encoder.mentions import MENTION_SIZE
from quotesmith.encoder.pieces import IntArray, Pieces, cut_pieces
from quotesmith.encoder.tags import LEVELS, TAGS
from quotesmith.encoder.weights import GRAPH, SHIPPED, read_weights
from quotesmith.encoder.windows import Window, cut_windows
from quotesmith.errors import ArgumentError, WeightsError
from quotesmith.marks import MarkPair
from quotesmith.per_process import PerProcess
from quotesmith.progress import ReadingStage, report

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# onnxruntime's wheels (1.29 and later) send usage data to their maker unless this is set before their first import,
# which therefore happens in a function below. To send it after all, set the variable to 0.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

HalfArray: TypeAlias = NDArray[np.float16]

LINK_SIZE: Final = 64
"""Length of the vectors whose products score which words belong together."""
LINKS: Final = 4
"""Those vectors: content seeking its cue, cue sought, cue seeking its source, source sought."""
CLS: Final = 101
"""The vocabulary's number of the special piece before a window."""
SEP: Final = 102
"""The one behind it."""

_READ_OUTPUTS: Final = ("hidden", "tags", "links", "mentions")
_ERRORS_ONLY = 3


@frozen(eq=False)
class LevelScores:
    """What the encoder gives for the quotes of one level: the outermost, or those right inside them.

    Links hold within a window, and each window has them for all its pieces.

    Attributes:
        pieces: The text's pieces.
        windows: The stretches of pieces that the network saw, in order.
        tags: Log probabilities, (pieces, TAGS).
        links: For each window its link vectors, (its pieces + 1, LINKS * LINK_SIZE). Row 0 is the special piece
            before the window, which stands for "none here".
    """

    pieces: Pieces
    windows: list[Window]
    tags: NDArray[np.float32]
    links: list[HalfArray]


@frozen(eq=False)
class Encoded:
    """What the encoder gives for a text; each piece has its outputs from the window that owns it.

    Attributes:
        pieces: The text's pieces.
        windows: The stretches of pieces that the network saw, in order.
        levels: Tags and links of the outermost quotes, and of those right inside them.
        mentions: What `find_mentions` reads, (pieces, MENTION_SIZE).
        hidden: The network's last hidden states, (pieces, width).
    """

    pieces: Pieces
    windows: list[Window]
    levels: tuple[LevelScores, ...]
    mentions: HalfArray
    hidden: HalfArray


@frozen(eq=False)
class _Network:
    """What one process loads."""

    tokenizer: Tokenizer
    session: "InferenceSession"
    width: int


def _absolute(path: Path) -> Path:
    # Another process may work in another folder.
    return Path(path).absolute()


@frozen
class Encoder:
    """Reads texts with the network in a weights folder, on one thread of the caller's.

    It loads the weights with its first text, once in each process. Threads may share it; it is pickled as
    its path. The same text gives the same arrays, whatever was read before.

    Attributes:
        path: The weights folder.
    """

    path: Path = attrs.field(default=SHIPPED, converter=_absolute)
    _network: PerProcess[_Network] = attrs.field(init=False, eq=False, repr=False)

    @_network.default
    def _lazy_network(self) -> PerProcess[_Network]:
        return PerProcess(partial(_load_network, self.path))

    def __call__(self, text: str, marks: Sequence[MarkPair]) -> Encoded:
        """Pieces, tags, links, mentions and hidden states of `text`; a text of nothing but white space has no pieces.

        Args:
            text: Any text without lone surrogates.
            marks: Its quotation marks.

        Raises:
            ArgumentError: if `text` is no string, or has a lone surrogate.
            WeightsError: if the weights are missing or damaged, or of another release.

        Note:
            Linear in the text's length, in time and memory.
        """
        _check_text(text)
        network = self._network.get()
        pieces = cut_pieces(network.tokenizer, text, marks)
        windows = cut_windows(pieces)
        tags = np.empty((LEVELS, len(pieces), TAGS), dtype=np.float32)
        mentions = np.empty((len(pieces), MENTION_SIZE), dtype=np.float16)
        hidden = np.empty((len(pieces), network.width), dtype=np.float16)
        links: list[list[HalfArray]] = [[] for _ in range(LEVELS)]
        # One by one: a batch of windows needs padding, takes longer, and changes how int8 rounds each of them.
        for done, window in enumerate(windows):
            report(ReadingStage.ENCODER, done / len(windows))
            states, scores, vectors, of_mentions = _run(network.session, pieces, window)
            owned = slice(window.owned_start, window.owned_end)
            rows = slice(window.owned_start - window.start + 1, window.owned_end - window.start + 1)
            for level, of_level in enumerate(np.split(scores[rows], LEVELS, axis=1)):
                tags[level, owned] = _log_softmax(of_level)
            for kept, own in zip(links, np.split(vectors[:-1].astype(np.float16), LEVELS, axis=1), strict=True):
                kept.append(own)
            mentions[owned] = of_mentions[rows]
            hidden[owned] = states[rows]
        levels = (LevelScores(pieces, windows, *scores) for scores in zip(tags, links, strict=True))
        return Encoded(pieces, windows, tuple(levels), mentions, hidden)


def _check_text(text: object) -> None:
    if not isinstance(text, str):
        msg = f"text must be a string, not {type(text).__name__}"
        raise ArgumentError(msg)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        msg = (
            f"text has the lone surrogate {text[error.start]!r} at {error.start}, which no encoding of text can hold; "
            f"put another character in its place"
        )
        raise ArgumentError(msg) from error


def _load_network(folder: Path) -> _Network:
    from onnxruntime import InferenceSession, SessionOptions

    weights = read_weights(folder)
    tokenizer = Tokenizer.from_str(weights.tokenizer)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    # A text that spells "[SEP]" means just that.
    tokenizer.encode_special_tokens = True
    options = SessionOptions()
    # With one thread onnxruntime works on the caller's and starts none.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    session = InferenceSession(
        weights.graph,
        options,
        providers=["CPUExecutionProvider"],
        # The fused kernel takes four times as long as the steps that it replaces.
        disabled_optimizers=["SkipLayerNormFusion"],
    )
    _check_graph(folder, session)
    return _Network(tokenizer, session, session.get_outputs()[0].shape[-1])


def _check_graph(folder: Path, session: "InferenceSession") -> None:
    """Whether the graph reads both levels and mentions: those of earlier releases don't."""
    sizes = {output.name: output.shape[-1] for output in session.get_outputs()}
    if not {*_READ_OUTPUTS} <= {*sizes} or sizes["tags"] != LEVELS * TAGS:
        msg = (
            f"{folder / GRAPH} is of another release: it gives {', '.join(sizes)}, and this quotesmith reads "
            f"{', '.join(_READ_OUTPUTS)}, with tags of {LEVELS} levels; take the weights that it ships, or train again"
        )
        raise WeightsError(msg)


def _run(session: "InferenceSession", pieces: Pieces, window: Window) -> Sequence[NDArray[np.float32]]:
    """Hidden states, tag scores, link vectors and mentions of a window and its two special pieces."""
    stretch = slice(window.start, window.end)
    inputs: dict[str, IntArray] = {
        "ids": np.concatenate(([CLS], pieces.ids[stretch], [SEP]))[None],
        "features": np.pad(pieces.features[stretch], 1)[None],
        "mask": np.ones((1, len(window) + 2), dtype=np.int64),
    }
    outputs: Sequence[Any] = session.run(_READ_OUTPUTS, inputs)
    return [output[0] for output in outputs]


def _log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    chances: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return chances
