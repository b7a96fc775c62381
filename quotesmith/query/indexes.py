"""The look-up tables of a document, each made once, when it is first needed."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import field, frozen

from quotesmith.lexicon.folding import fold_text
from quotesmith.query.groups import find_holders
from quotesmith.query.names import NameTable
from quotesmith.query.topics import mentioned_entities
from quotesmith.records import Entity, EntityId, Mention, Quote, QuoteId


@frozen(slots=False, eq=False, repr=False)
class DocumentIndex:
    """The look-ups of one document.

    It holds the document's records but not the document, which holds it: so both are freed with the document.
    """

    document_id: str
    quotes: tuple[Quote, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    _words: dict[QuoteId, str] = field(init=False, factory=dict)

    @cached_property
    def names(self) -> NameTable:
        """Who bears which name."""
        return NameTable((self.document_id, entity) for entity in self.entities)

    @cached_property
    def holders(self) -> Mapping[EntityId, Sequence[EntityId]]:
        """For each entity the groups that it is a member of and the metonyms that stand for it."""
        return find_holders(self.entities)

    @cached_property
    def mentioned(self) -> Mapping[QuoteId, tuple[EntityId, ...]]:
        """For each quote the entities that it is about."""
        return mentioned_entities(self.quotes, self.mentions)

    def words(self, quote: Quote) -> str:
        """The quote's text, folded for comparing."""
        if quote.id not in self._words:
            self._words[quote.id] = fold_text(quote.text)
        return self._words[quote.id]
