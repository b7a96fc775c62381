"""Many documents: read from files, analysed shard by shard on one machine or several, kept as tables and queried."""

from quotesmith.corpus.corpora import Corpus, Progress
from quotesmith.corpus.index.indexes import Finding
from quotesmith.corpus.index.names import NameMatch, Somebody
from quotesmith.corpus.index.selections import CorpusSelection
from quotesmith.corpus.reading.inputs import find_inputs, iter_documents
from quotesmith.corpus.reading.rows import Fault, InputDocument
from quotesmith.corpus.registry.corrections import Correction
from quotesmith.corpus.registry.registries import Explanation, Identified, Naming, NearName, Registry
from quotesmith.corpus.running import run_shard
from quotesmith.corpus.same_quotes import Credit, Rewording, SameQuote, Utterance, Version, find_same_quotes, utterances
from quotesmith.corpus.shards import Damage, Manifest, Shard

__all__ = [
    "Corpus",
    "CorpusSelection",
    "Correction",
    "Credit",
    "Damage",
    "Explanation",
    "Fault",
    "Finding",
    "Identified",
    "InputDocument",
    "Manifest",
    "NameMatch",
    "Naming",
    "NearName",
    "Progress",
    "Registry",
    "Rewording",
    "SameQuote",
    "Shard",
    "Somebody",
    "Utterance",
    "Version",
    "find_inputs",
    "find_same_quotes",
    "iter_documents",
    "run_shard",
    "utterances",
]
