"""Whom the pronouns of a text mean."""
