"""Many documents: read from files, analysed shard by shard on one machine or on many, and kept as tables."""

from quotesmith.corpus.corpora import Corpus, Progress
from quotesmith.corpus.inputs import find_inputs, iter_documents
from quotesmith.corpus.rows import Fault, InputDocument
from quotesmith.corpus.running import run_shard
from quotesmith.corpus.shards import Manifest, Shard

__all__ = [
    "Corpus",
    "Fault",
    "InputDocument",
    "Manifest",
    "Progress",
    "Shard",
    "find_inputs",
    "iter_documents",
    "run_shard",
]
