"""The numbers under which a page knows a document's quotes, people and mentions, and the people's colors."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from quotesmith.records import EntityId, MentionId, Quote, QuoteDocument, QuoteId
from quotesmith.render.colors import NO_SPEAKER, TONES, Tone, speaker_tones

_TONE_CLASSES = {NO_SPEAKER: "tn", **{tone: f"t{place}" for place, tone in enumerate(TONES)}}
TONES_CSS = "".join(f".{name}{{--hue:{tone.color};--line:{tone.line}}}\n" for tone, name in _TONE_CLASSES.items())


@frozen
class NumberedDocument:
    """A document with the numbers of its records, from 0.

    Attributes:
        document: The document.
        quotes: All quotes, in text order.
        people: Speakers, those with most quotes first, then the others whom a quote has to do with.
        mentions: Those that name a speaker or lead from there to a name, in text order.
        tones: The speakers' colors.
    """

    document: QuoteDocument
    quotes: Mapping[QuoteId, int]
    people: Mapping[EntityId, int]
    mentions: Mapping[MentionId, int]
    tones: Mapping[EntityId, Tone]

    def style(self, entities: Iterable[EntityId]) -> str:
        """The style class, one of those in `TONES_CSS`, of the first of the entities."""
        first = next(iter(entities), None)
        return _TONE_CLASSES[NO_SPEAKER if first is None else self.tones.get(first, NO_SPEAKER)]


def number_records(document: QuoteDocument) -> NumberedDocument:
    """The document with its quotes, people and mentions numbered."""
    people = dict.fromkeys(speaker.id for speaker in document.speakers)
    for quote in document.quotes:
        people |= dict.fromkeys((*quote.addressees, *(candidate.entity for candidate in quote.evidence.runners_up)))
    named = {mention for quote in document.quotes for mention in mention_chain(quote)}
    return NumberedDocument(
        document,
        _numbered(quote.id for quote in document.quotes),
        _numbered(people),
        _numbered(mention.id for mention in document.mentions if mention.id in named),
        speaker_tones(document),
    )


def mention_chain(quote: Quote) -> tuple[MentionId, ...]:
    """The mentions from the quote's source to a name, each once; empty where no words name the speaker."""
    source = () if quote.source is None else (quote.source,)
    return tuple(dict.fromkeys((*source, *quote.evidence.chain)))


def _numbered(ids: Iterable[str]) -> dict[str, int]:
    return {key: number for number, key in enumerate(ids)}
