"""The names of a text, and whose they are."""
