"""Queries over a corpus: an index of its tables, and selections of its quotes."""
