"""One learned decision: whom the words of a source, a description or a pronoun mean."""
