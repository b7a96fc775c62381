"""The registry of a corpus: which entities are the same across its documents."""
