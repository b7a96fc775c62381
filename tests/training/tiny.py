"""A BERT so small that tests can train it."""

from pathlib import Path

import pytest

from tests.encoder.tiny import VOCABULARY_SIZE

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")


def save_bert(folder: Path, *, width: int, layers: int = 2, heads: int = 2, vocabulary: int = VOCABULARY_SIZE) -> Path:
    """Writes a BERT that nobody trained, the same each time; gives the folder."""
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=2 * width,
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder
