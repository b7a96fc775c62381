"""How spaCy is made to forget what it remembers of the texts that it reads."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from spacy.language import Language
from spacy.pipeline import Lemmatizer

MOST_LEMMAS = 10_000
"""How many lemmas are remembered: as many as spaCy's tokenizer remembers words."""


@contextmanager
def forgetting(nlp: Language) -> Iterator[None]:
    """A context after which the pipeline forgets the words that were new in it, so that its memory doesn't grow.

    Docs made within must not be used after it, nor may another thread make Docs with the pipeline meanwhile: their
    words are gone too. Inside one of spaCy's memory zones, the words are forgotten when that zone ends.
    """
    # A second zone would end the first.
    with nullcontext() if in_zone(nlp) else nlp.memory_zone():
        yield
    for _, component in nlp.components:
        # spaCy doesn't limit this cache, and its memory zones don't clear it.
        if isinstance(component, Lemmatizer) and len(component.cache) > MOST_LEMMAS:
            component.cache.clear()


def in_zone(nlp: Language) -> bool:
    """Whether the pipeline is in a memory zone of spaCy's."""
    return bool(nlp.vocab.in_memory_zone)  # type: ignore[attr-defined] # spaCy's types lack it
