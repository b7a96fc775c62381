"""A corpus that is asked: an index of its tables, and selections of its quotes."""
