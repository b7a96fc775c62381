"""The cast of a document: who speaks in it and who is spoken to, how much, and in which chapters."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from attrs import evolve, field, frozen

from quotesmith.query.chapters import chapter_of
from quotesmith.query.choices import checked_index
from quotesmith.records import Entity, EntityId, Gender, QuoteDocument, QuoteId, delegates

if TYPE_CHECKING:
    import pandas as pd


@frozen
class SpeechCount:
    """How much somebody speaks and is spoken to in one chapter.

    Attributes:
        quotes: The quotes that they speak, of any kind and act.
        lines: Those of the quotes whose words stand in the text as they were said: see `Cast`.
        words: The words of these lines.
        heard: The quotes that are spoken to them.
    """

    quotes: int = 0
    lines: int = 0
    words: int = 0
    heard: int = 0


@frozen
class Character:
    """Somebody who speaks in a document or is spoken to.

    Attributes:
        entity: Who it is.
        by_chapter: How much they speak and are spoken to in each chapter where they do, by its number, from 1; under 0
            what stands in no chapter.
    """

    entity: Entity
    by_chapter: Mapping[int, SpeechCount] = field(hash=False)

    @property
    def name(self) -> str:
        """The fullest name that the text gives; for an unnamed one, its words ("the old gentleman")."""
        return self.entity.name

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other forms of the name in the text, in order of first occurrence."""
        return self.entity.aliases

    @property
    def gender(self) -> Gender | None:
        """None where the text doesn't show it."""
        return self.entity.gender

    @property
    def quotes(self) -> int:
        """How many quotes they speak, of any kind and act."""
        return sum(count.quotes for count in self.by_chapter.values())

    @property
    def lines(self) -> int:
        """How many of these are lines: see `Cast`."""
        return sum(count.lines for count in self.by_chapter.values())

    @property
    def words(self) -> int:
        """How many words their lines have."""
        return sum(count.words for count in self.by_chapter.values())

    @property
    def heard(self) -> int:
        """How many quotes are spoken to them."""
        return sum(count.heard for count in self.by_chapter.values())

    @property
    def chapters(self) -> tuple[int, ...]:
        """The numbers, from 1, of the chapters in which they speak or are spoken to, in order."""
        return tuple(sorted(number for number in self.by_chapter if number))


@frozen(repr=False)
class Cast(Sequence[Character]):
    """All who speak in a document, those with most lines first, and behind them those who are only spoken to.

    A line is a quote whose words stand in the text as they were said, so that an actor could read it: a direct quote,
    or what stands between marks in a mixed one. Thoughts and letters between marks are lines; indirect speech is none,
    and a quote inside a line is part of it. These are the quotes to which `doc.segments()`, scripts and SSML give a
    voice. Who is only talked about isn't in the cast. Of characters with as many lines, the one with more quotes is
    first, then the one who is spoken to more often.

    What a group says ("cried both boys") counts for each member where all are known, or else for the group, which is
    a character of its own.

    Printed, and in a notebook, it is a table; so are the first ten, `doc.cast()[:10]`.

    Attributes:
        document: The document.
        lines: How many lines the document has.
        without_speaker: How many of these nobody is known to say.

    Examples:
        >>> from quotesmith.records import Entity, Quote
        >>> quote = Quote("q0", "direct", [(0, 5)], "Go,", speakers=["e0"], addressees=["e1"])
        >>> document = QuoteDocument("d", "“Go,” said Ann.", "en", [quote], [Entity("e0", "Ann"), Entity("e1", "Bo")])
        >>> [(who.name, who.lines, who.words, who.heard) for who in document.cast()]
        [('Ann', 1, 1, 0), ('Bo', 0, 0, 1)]
    """

    document: QuoteDocument = field(eq=False)
    _characters: tuple[Character, ...]
    lines: int
    without_speaker: int

    def __len__(self) -> int:
        return len(self._characters)

    def __iter__(self) -> Iterator[Character]:
        return iter(self._characters)

    @overload
    def __getitem__(self, index: int) -> Character: ...

    @overload
    def __getitem__(self, index: slice) -> "Cast": ...

    def __getitem__(self, index: int | slice) -> "Character | Cast":
        if isinstance(index, slice):
            return evolve(self, characters=self._characters[index])
        return self._characters[checked_index(index, len(self))]

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dictionary a character, in order; the keys are `quotesmith.export.tables.CAST_COLUMNS`."""
        return list(delegates.cast_rows([self]))

    def to_pandas(self) -> "pd.DataFrame":
        """One row a character, in order.

        Raises:
            MissingPackageError: if pandas isn't installed.
        """
        return delegates.cast_to_pandas(self)

    def chapters_to_pandas(self) -> "pd.DataFrame":
        """One row for each chapter in which a character speaks or is spoken to, characters and chapters in order.

        Raises:
            MissingPackageError: if pandas isn't installed.
        """
        return delegates.cast_chapters_to_pandas(self)

    def _repr_html_(self) -> str:
        return delegates.cast_to_html(self)

    def __str__(self) -> str:
        return delegates.cast_to_text(self)

    def __repr__(self) -> str:
        return f"<Cast of {self.document.id!r}: {len(self)} characters, {self.lines} lines>"


def find_cast(document: QuoteDocument) -> Cast:
    """The cast of a document; see `Cast`.

    Note:
        Linear in the text, but for sorting the quotes and the characters.
    """
    words = line_words(document)
    counts: defaultdict[EntityId, defaultdict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    without_speaker = 0
    for quote in document.quotes:
        chapter, is_line = chapter_of(document, quote), quote.id in words
        without_speaker += is_line and not quote.speakers
        for speaker in quote.speakers:
            counts[speaker][chapter] += Counter(quotes=1, lines=int(is_line), words=words.get(quote.id, 0))
        for addressee in quote.addressees:
            counts[addressee][chapter] += Counter(heard=1)
    found = [
        Character(entity, {chapter: SpeechCount(**own) for chapter, own in sorted(counts[entity.id].items())})
        for entity in document.entities
        if entity.id in counts
    ]
    found.sort(key=lambda who: (-who.lines, -who.quotes, -who.heard))
    return Cast(document, tuple(found), len(words), without_speaker)


def line_words(document: QuoteDocument) -> Mapping[QuoteId, int]:
    """How many words each line of the document has, by the id of its quote; quotes that are no lines are left out."""
    words: Counter[QuoteId] = Counter()
    for segment in document.segments():
        if segment.quote is not None and segment.pieces:
            words[segment.quote.id] += sum(map(count_words, segment.words))
    return words


def count_words(text: str) -> int:
    """How many words a text has; the " … " between the pieces of a split quote is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())
