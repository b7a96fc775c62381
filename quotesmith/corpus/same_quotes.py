"""One quote in many articles: who had it first, who cut it, who changed its words or gave it to somebody else."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from attrs import frozen
from rapidfuzz.distance import Levenshtein

from quotesmith.corpus.near_duplicates import group_near_duplicates, words_of
from quotesmith.lexicon.folding import fold
from quotesmith.query.dates import document_date
from quotesmith.records import Quote, QuoteDocument


class Rewording(StrEnum):
    """How a version of a quote differs from the first one; case, accents and punctuation don't count."""

    SAME = "same"
    SHORTENED = "shortened"
    """Words are left out, none is new."""
    EXTENDED = "extended"
    """Words are new, none is left out."""
    ALTERED = "altered"
    """Both."""


class Credit(StrEnum):
    """Whether a version is attributed to the same speakers as the first one."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"
    """One of the two versions names no speaker."""


@frozen
class Utterance:
    """A quote as one article has it.

    Attributes:
        document: The article's id.
        quote: The quote's id in it.
        text: The quote's words.
        speakers: The names of its speakers, the fullest that the article gives.
        day: When the article appeared.
        outlet: Where it appeared, by its meta.
    """

    document: str
    quote: str
    text: str
    speakers: tuple[str, ...] = ()
    day: date | None = None
    outlet: str | None = None


@frozen
class Version:
    """An utterance compared with the first one of its quote.

    Attributes:
        utterance: The quote as this article has it.
        rewording: How its words differ.
        dropped: Words of the first utterance that are missing here, in order.
        added: Words that the first utterance lacks, in order.
        credit: Whether it is attributed to the same speakers.
    """

    utterance: Utterance
    rewording: Rewording
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    credit: Credit


@frozen
class SameQuote:
    """A quote that several articles have.

    Attributes:
        versions: Oldest first, those without a date last; within a day in the order in which the articles were given.
    """

    versions: tuple[Version, ...]

    @property
    def first(self) -> Utterance:
        """The oldest utterance."""
        return self.versions[0].utterance


def utterances(documents: Iterable[QuoteDocument]) -> list[Utterance]:
    """The quotes of documents, in order.

    Raises:
        FormatError: if a document's date is none; names the document.
    """
    return [
        _utterance(document, quote, day)
        for document in documents
        for day in (document_date(document),)
        for quote in document.quotes
    ]


def find_same_quotes(found: Iterable[Utterance]) -> list[SameQuote]:
    """The quotes that several documents have, the one with most versions first.

    `quotesmith.corpus.near_duplicates` defines which texts are the same quote. Quotes of fewer than five words are left
    out, and so are quotes that only one document has.

    Raises:
        MissingPackageError: if rensa isn't installed.
    """
    everything = list(found)
    groups = group_near_duplicates(utterance.text for utterance in everything)
    several = ([everything[position] for position in group] for group in groups)
    same = [_compare(group) for group in several if len({utterance.document for utterance in group}) > 1]
    return sorted(same, key=lambda quote: -len(quote.versions))


def _utterance(document: QuoteDocument, quote: Quote, day: date | None) -> Utterance:
    outlet = document.meta.get("outlet")
    return Utterance(
        document.id, quote.id, quote.text, document.names(quote), day, outlet if isinstance(outlet, str) else None
    )


def _compare(group: Sequence[Utterance]) -> SameQuote:
    ordered = sorted(group, key=lambda utterance: utterance.day or date.max)
    return SameQuote(tuple(_version(ordered[0], utterance) for utterance in ordered))


def _version(first: Utterance, other: Utterance) -> Version:
    before, after = words_of(first.text), words_of(other.text)
    dropped: list[str] = []
    added: list[str] = []
    for step in Levenshtein.opcodes(before, after):
        if step.tag != "equal":
            dropped.extend(before[step.src_start : step.src_end])
            added.extend(after[step.dest_start : step.dest_end])
    return Version(other, _rewording(dropped, added), tuple(dropped), tuple(added), _credit(first, other))


def _rewording(dropped: Sequence[str], added: Sequence[str]) -> Rewording:
    if dropped and added:
        return Rewording.ALTERED
    if dropped:
        return Rewording.SHORTENED
    return Rewording.EXTENDED if added else Rewording.SAME


def _credit(first: Utterance, other: Utterance) -> Credit:
    """Names agree where one has all words of the other, as "Clinton" and "Hillary Clinton"."""
    if not first.speakers or not other.speakers:
        return Credit.UNKNOWN
    ours, theirs = ([set(fold(name).split()) for name in side.speakers] for side in (first, other))
    fits = any(one <= another or another <= one for one in ours for another in theirs)
    return Credit.SAME if fits else Credit.OTHER
