"""Fiction: the characters of a story."""
