"""Puts the weights of released graphs back into the network, so that training can continue from them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from quotesmith.coreference.learned import FILE
from quotesmith.encoder import GRAPH, read_file
from quotesmith.training.model import AntecedentHead, Tagger


def restore(model: Tagger, weights: Path) -> None:
    """Puts the weights of the graphs in a weights folder into the network.

    What was rounded to int8 comes back rounded. Heads that an older release lacks stay as they are. Layers that the
    release lacks are left out.

    Raises:
        WeightsError: if one of the folder's graphs is missing or damaged.
    """
    stored = _read_tensors(weights, GRAPH)
    model.keep_layers(range(sum(name.endswith(".qkv_bias") for name in stored)))
    state = model.state_dict()
    token_type = state["bert.embeddings.token_type_embeddings.weight"][0].numpy()
    for name, values in _iter_state(stored, token_type):
        # A release that read the outermost quotes alone has the first rows of what reads two levels.
        state[name][: len(values)] = torch.from_numpy(np.ascontiguousarray(values, dtype=np.float32))
    model.load_state_dict(state)
    _restore_head(model.antecedents, _read_tensors(weights, FILE))


def _restore_head(head: AntecedentHead, stored: Mapping[str, NDArray[np.generic]]) -> None:
    names = {name: name.replace(".weight", ".matrix") for name in head.state_dict()}
    turned = {name: stored[kept].T if kept != name else stored[kept] for name, kept in names.items()}
    head.load_state_dict({name: torch.from_numpy(np.array(values)) for name, values in turned.items()})


def _read_tensors(weights: Path, name: str) -> dict[str, NDArray[np.generic]]:
    graph = onnx.load_from_string(read_file(weights, name)).graph
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}


def _iter_state(
    stored: dict[str, NDArray[np.generic]], token_type: NDArray[np.float32]
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The network's tensors by name, from the graph's as `build_graph` names them."""

    def read(name: str) -> NDArray[np.float32]:
        if name in stored:
            return stored[name].astype(np.float32)
        shift = stored[f"{name}_zero_point"].astype(np.float32)
        return (stored[f"{name}_quantized"].astype(np.float32) - shift) * stored[f"{name}_scale"].astype(np.float32)

    yield "bert.embeddings.word_embeddings.weight", read("words")
    yield "bert.embeddings.position_embeddings.weight", read("positions") - token_type
    yield "features.weight", read("features_of_words")
    for name in stored:
        if name.endswith(".scale"):
            layer = name.removesuffix(".scale")
            yield f"{layer}.weight", read(name)
            yield f"{layer}.bias", read(f"{layer}.shift")
        elif name.endswith(".bias"):
            layer = name.removesuffix(".bias")
            yield f"{layer}.weight", read(f"{layer}.matrix").T
            yield name, read(name)
        elif name.endswith(".qkv_bias"):
            yield from _iter_attention(name.split(".")[0], read(name.removesuffix("_bias")), read(name))
        elif name.endswith(".wide_bias"):
            prefix = f"bert.encoder.layer.{name.split('.')[0].removeprefix('layer')}.intermediate.dense"
            yield f"{prefix}.weight", read(name.removesuffix("_bias")).T
            yield f"{prefix}.bias", read(name)


def _iter_attention(
    layer: str, matrix: NDArray[np.float32], bias: NDArray[np.float32]
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    prefix = f"bert.encoder.layer.{layer.removeprefix('layer')}.attention.self"
    parts = zip(("query", "key", "value"), np.split(matrix, 3, axis=1), np.split(bias, 3), strict=True)
    for part, weight, shift in parts:
        yield f"{prefix}.{part}.weight", weight.T
        yield f"{prefix}.{part}.bias", shift
