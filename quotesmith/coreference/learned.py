"""The learned scorer: whom an anaphor takes up, by the encoder's hidden states and what else is known of each pair."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs
import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from spacy.tokens import Doc

from quotesmith.coreference.mentions import MentionCandidates
from quotesmith.coreference.pairs import Pairs
from quotesmith.encoder import GRAPH, SHIPPED, Encoded, Pieces, expected_checksum, read_file
from quotesmith.errors import WeightsError
from quotesmith.per_process import PerProcess

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FILE: Final = "antecedents.onnx"
"""Its file in a weights folder."""
ENCODER_KEY: Final = "encoder"
"""The graph's property that names the network whose hidden states it was trained on, by checksum."""

# Pairs scored at a time; each takes 20 kB meanwhile.
_BATCH = 8_192
_ERRORS_ONLY = 3


@frozen(eq=False)
class Links:
    """How likely each pair is.

    Attributes:
        pairs: For each pair the probability that the anaphor takes up that candidate, (pairs,).
        nobody: For each anaphor the probability that it takes up none of them, (anaphors,).
    """

    pairs: NDArray[np.float64]
    nobody: NDArray[np.float64]

    @classmethod
    def of(cls, scores: NDArray[np.float64], nobody: NDArray[np.float64], pairs: Pairs) -> "Links":
        """The probabilities that scores stand for: one softmax for each anaphor, over its candidates and nobody."""
        rows = pairs.rows
        top = nobody.copy()
        np.maximum.at(top, rows, scores)
        probabilities, alone = np.exp(scores - top[rows]), np.exp(nobody - top)
        total = alone + np.bincount(rows, probabilities, minlength=len(nobody))
        return cls(probabilities / total[rows], alone / total)


class LinkScorer(Protocol):
    """Says how likely an anaphor takes up each of its candidates."""

    def __call__(self, doc: Doc, encoded: Encoded, mentions: MentionCandidates, pairs: Pairs, /) -> Links:
        """The probabilities of all pairs of a text."""


@frozen
class AntecedentScorer:
    """A small network over pairs of mentions, trained together with the encoder (see the card beside its weights).

    It loads with its first text, once in each process; threads may share it, and it is pickled as its path.

    Attributes:
        path: The weights folder.
    """

    path: Path = SHIPPED
    _session: PerProcess["InferenceSession"] = attrs.field(init=False, eq=False, repr=False)

    @_session.default
    def _lazy_session(self) -> PerProcess["InferenceSession"]:
        return PerProcess(partial(_open, self.path))

    def __call__(self, doc: Doc, encoded: Encoded, mentions: MentionCandidates, pairs: Pairs, /) -> Links:
        """The probabilities of all pairs of a text; linear in their number.

        Raises:
            WeightsError: if the weights are missing, damaged, or of another encoder.
        """
        if not len(pairs.anaphors):
            return Links(np.empty(0), np.empty(0))
        places = locate(encoded.pieces, mentions, doc)
        nobody = np.full(len(pairs.anaphors), len(mentions), dtype=np.int64)
        first = np.concatenate((pairs.anaphors[pairs.rows], pairs.anaphors))
        second = np.concatenate((pairs.candidates, nobody))
        features = np.concatenate((pairs.features, pairs.own))
        session = self._session.get()
        batches = (slice(start, start + _BATCH) for start in range(0, len(first), _BATCH))
        found = [
            session.run(
                None,
                {**of_batch(encoded.hidden, places, first[batch], second[batch]), "features": features[batch]},
            )[0]
            for batch in batches
        ]
        scores = np.concatenate(found).astype(np.float64)
        return Links.of(scores[: len(pairs.candidates)], scores[len(pairs.candidates) :], pairs)


def _open(folder: Path) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    session = InferenceSession(read_file(folder, FILE), options, providers=["CPUExecutionProvider"])
    made_for = session.get_modelmeta().custom_metadata_map.get(ENCODER_KEY)
    expected = expected_checksum(folder, GRAPH)
    if made_for != expected:
        msg = f"{folder / FILE} is for the network with SHA-256 {made_for}, but the folder's card names {expected}"
        raise WeightsError(msg)
    return session


def locate(pieces: Pieces, mentions: MentionCandidates, doc: Doc) -> NDArray[np.int64]:
    """For each mention its first piece, the one behind its last, and its head's first, (mentions, 3).

    A mention without a piece of its own (of characters that have none) takes the nearest.
    """
    last = max(len(pieces) - 1, 0)
    edges = np.array([(m.span.start, m.span.end, doc[m.head].idx) for m in mentions], dtype=np.int64).reshape(-1, 3)
    starts = np.minimum(np.searchsorted(pieces.ends, edges[:, 0], side="right"), last)
    ends = np.minimum(np.maximum(np.searchsorted(pieces.starts, edges[:, 1], side="left"), starts + 1), last + 1)
    heads = np.clip(np.searchsorted(pieces.ends, edges[:, 2], side="right"), starts, ends - 1)
    return np.stack((starts, ends, heads), axis=1)


def of_batch(
    hidden: NDArray[np.float16],
    places: NDArray[np.int64],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
) -> dict[str, NDArray[Any]]:
    """The network's inputs for some pairs: only the states that they need, since it works on all that it is given.

    Args:
        hidden: Of the pieces of a text, (pieces, width).
        places: Of all mentions, as `locate` gives them.
        first: The anaphor of each pair.
        second: What it may take up, or the number of mentions for nobody, which the network puts behind all states.
    """
    used = np.unique(np.concatenate((first, second[second < len(places)])))
    states = mention_states(hidden, places[used])
    return {"states": states, "first": np.searchsorted(used, first), "second": np.searchsorted(used, second)}


def mention_states(hidden: NDArray[np.float16], places: NDArray[np.int64]) -> NDArray[np.float32]:
    """For each mention the states of its first piece, of its head's, and the mean of all, (mentions, 3 * width).

    Args:
        hidden: Of the pieces of a text, (pieces, width).
        places: As `locate` gives them.

    Note:
        Memory grows with the mentions and their pieces, not with the text: a novel's states take half a gigabyte when
        they are made twice as precise.
    """
    starts, ends, heads = places.T
    lengths = ends - starts
    before = np.cumsum(lengths) - lengths
    pieces = np.arange(lengths.sum()) + np.repeat(starts - before, lengths)
    means = np.add.reduceat(hidden[pieces].astype(np.float64), before, axis=0) / lengths[:, None]
    return np.concatenate((hidden[starts], hidden[heads], means), axis=1, dtype=np.float32)
