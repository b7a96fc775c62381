"""The lines of fiction in which somebody speaks, and what stands around each: other lines, and who is mentioned."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain

from attrs import field, frozen

from quotesmith.coreference import EntityNumber
from quotesmith.extraction.attributions import Attribution
from quotesmith.records import EntityKind, MentionForm, TextSpans
from quotesmith.speakers.dialogue.addressees import find_vocatives
from quotesmith.speakers.dialogue.beats import is_spoken
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import MentionDraft
from quotesmith.speakers.settings import SpeakerSettings


@frozen
class SpokenLine:
    """A line of direct speech, with what is decided of it.

    Attributes:
        number: Of its attribution.
        content: Its pieces, in order.
        paragraphs: Its first and its last paragraph.
        speakers: Who speaks it.
        addressed: Whom its cue or its calls name; None where no words show it.
        calls: Whom it calls.
    """

    number: int
    content: TextSpans
    paragraphs: tuple[int, int]
    speakers: frozenset[EntityNumber]
    addressed: tuple[EntityNumber, ...] | None
    calls: frozenset[EntityNumber]

    def paragraphs_to(self, other: "SpokenLine") -> int:
        """How many paragraphs lie from one line to the other."""
        return max(0, self.paragraphs[0] - other.paragraphs[1], other.paragraphs[0] - self.paragraphs[1])


@frozen(eq=False)
class LineSurroundings:
    """A line with what stands around it.

    Attributes:
        line: The line.
        before: The lines before it that are near, nearest first.
        after: Those behind it, likewise.
        narrated: Whom the narration mentions in its paragraph and in those before, with how many paragraphs before.
        told: Whom the line itself mentions, and whether by name.
    """

    line: SpokenLine
    before: Sequence[SpokenLine]
    after: Sequence[SpokenLine]
    narrated: Sequence[tuple[EntityNumber, int]]
    told: Sequence[tuple[EntityNumber, bool]]

    @property
    def candidates(self) -> list[EntityNumber]:
        """Who may be spoken to, each once: never who speaks."""
        lines = chain(self.before, self.after)
        speaking = chain.from_iterable(chain(line.speakers, line.calls) for line in lines)
        found = chain(self.line.addressed or (), speaking, (entity for entity, _ in self.narrated))
        return [entity for entity in dict.fromkeys(found) if entity not in self.line.speakers]


@frozen(eq=False)
class LineReader:
    """Looks up what stands around the lines of a text.

    Attributes:
        context: The text, all of its mentions read.
        lines: Its lines, in text order.
        mentions: The mentions of its entities, in text order.
        starts: Where each mention starts.
    """

    context: DocumentContext
    lines: Sequence[SpokenLine]
    mentions: Sequence[MentionDraft]
    starts: Sequence[int] = field(init=False)

    @starts.default
    def _find_starts(self) -> list[int]:
        return [mention.spans[0].start for mention in self.mentions]

    @classmethod
    def of(
        cls,
        context: DocumentContext,
        attributions: Sequence[Attribution],
        speakers: Sequence[tuple[EntityNumber, ...]],
        addressed: Sequence[tuple[EntityNumber, ...] | None],
    ) -> "LineReader":
        """A reader of the lines among the attributions; n log n in the attributions and mentions."""
        current, paragraph_at = context.entities.current, context.parsed.paragraph_at
        lines = [
            SpokenLine(
                number,
                quote.content,
                (paragraph_at(quote.extent.start), paragraph_at(quote.extent.end - 1)),
                frozenset(map(current, speakers[number])),
                None if (named := addressed[number]) is None else tuple(map(current, named)),
                frozenset(map(current, find_vocatives(context, quote).entities)),
            )
            for number, quote in enumerate(attributions)
            if is_spoken(context, quote)
        ]
        lines.sort(key=lambda line: (line.content[0].start, line.number))
        return cls(context, lines, sorted(context.entities.mentions(), key=lambda mention: mention.spans))

    def __call__(self, position: int) -> LineSurroundings:
        """What stands around the line at a position of `lines`; what is looked at is bounded."""
        settings, line = self.context.settings, self.lines[position]
        first = max(0, position - settings.listener_lines)
        near = settings.listener_paragraphs
        before = [one for one in self.lines[first:position][::-1] if line.paragraphs_to(one) <= near]
        behind = self.lines[position + 1 : position + 1 + settings.listener_lines]
        after = [one for one in behind if line.paragraphs_to(one) <= near]
        return LineSurroundings(
            line, before, after, list(self._narrated(line, before, after, settings)), list(self._told(line))
        )

    def _narrated(
        self,
        line: SpokenLine,
        before: Sequence[SpokenLine],
        after: Sequence[SpokenLine],
        settings: SpeakerSettings,
    ) -> Iterator[tuple[EntityNumber, int]]:
        """The people whom the narration near the line mentions, with how many paragraphs before it."""
        parsed, entities = self.context.parsed, self.context.entities
        spoken = [piece for one in (line, *before, *after) for piece in one.content]
        place = bisect_left(self.starts, line.content[0].start)
        last = bisect_left(self.starts, line.content[-1].end)
        nearest = self.mentions[max(0, place - settings.listener_mentions) : last + settings.listener_mentions]
        for mention in nearest:
            start = mention.spans[0].start
            ago = line.paragraphs[0] - parsed.paragraph_at(start)
            entity = entities.current(mention.entity)
            if (
                0 <= ago <= settings.listener_narration
                and entities[entity].kind is EntityKind.PERSON
                and not any(piece.start <= start < piece.end for piece in spoken)
            ):
                yield entity, ago

    def _told(self, line: SpokenLine) -> Iterator[tuple[EntityNumber, bool]]:
        for piece in line.content:
            start = bisect_left(self.starts, piece.start)
            for mention in self.mentions[start : bisect_left(self.starts, piece.end)]:
                yield self.context.entities.current(mention.entity), mention.form is MentionForm.NAME
