"""What spaCy remembers of the texts that it reads, and how it forgets that again."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from spacy.language import Language
from spacy.pipeline import Lemmatizer

MOST_LEMMAS = 10_000
"""How many words' lemmas are remembered, as many as spaCy's tokenizer remembers words."""


@contextmanager
def forgetting(nlp: Language) -> Iterator[None]:
    """A stretch at whose end the pipeline forgets the words that were new in it, so that its memory doesn't grow.

    Docs made within must not be used after it, nor may another thread make Docs with the pipeline meanwhile: their
    words are gone too. Within a memory zone of spaCy's it is that zone at whose end they are forgotten.
    """
    # A second zone would end the first.
    with nullcontext() if in_zone(nlp) else nlp.memory_zone():
        yield
    for _, component in nlp.components:
        # spaCy sets no bound to it, and its zones leave it alone.
        if isinstance(component, Lemmatizer) and len(component.cache) > MOST_LEMMAS:
            component.cache.clear()


def in_zone(nlp: Language) -> bool:
    """Whether the pipeline is in a memory zone of spaCy's."""
    return bool(nlp.vocab.in_memory_zone)  # type: ignore[attr-defined] # spaCy's types lack it
