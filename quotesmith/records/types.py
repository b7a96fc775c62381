"""The immutable records: who is mentioned, and what they are reported to have said."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeAlias, cast

from attrs import field, frozen
from attrs.converters import optional

from quotesmith.errors import InvalidRecordError
from quotesmith.records import delegates
from quotesmith.records.checks import (
    check_distinct,
    check_each_is,
    check_flag,
    check_id,
    check_is,
    check_not_empty,
    check_ordered,
    check_score,
    check_string,
    check_string_or_none,
    shown,
)
from quotesmith.records.spans import TextSpan, TextSpans, as_spans

QuoteId: TypeAlias = str
EntityId: TypeAlias = str
MentionId: TypeAlias = str


def as_tuple(value: Iterable[Any]) -> tuple[Any, ...]:
    """The items as a tuple; a string or what has no items stays as it is, for the check that names its field."""
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else cast("Any", value)


class _RecordChoice(StrEnum):
    @classmethod
    def _missing_(cls, value: object) -> None:
        msg = f"{shown(value)} is not a valid {cls.__name__}, which is one of {', '.join(cls)}"
        raise InvalidRecordError(msg)


class QuoteKind(_RecordChoice):
    """How much of the content stands inside quotation marks: all, some or none of its words."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Act(_RecordChoice):
    """What the cue reports: that somebody spoke, wrote, thought, or took a stand."""

    SPEECH = "speech"
    WRITING = "writing"
    THOUGHT = "thought"
    ATTITUDE = "attitude"


class Assertion(_RecordChoice):
    """Whether the text asserts the act: "said", "did not say", "would say", "did he say?", "will say"."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    QUESTION = "question"
    FUTURE = "future"


class EntityKind(_RecordChoice):
    """What sort of thing an entity is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    GROUP = "group"
    OTHER = "other"


class MentionForm(_RecordChoice):
    """How a mention refers: "Xi Jinping", "the Chinese leader", "he"."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Gender(_RecordChoice):
    """The gender that the text gives an entity (pronouns, titles, given names)."""

    FEMININE = "feminine"
    MASCULINE = "masculine"


_check_strings = check_each_is(str)
_check_spans = check_each_is(TextSpan)


@frozen
class Entity:
    """A person, body, place or group that the text speaks of.

    Attributes:
        id: Unique among the document's entities.
        name: The fullest name that the text gives; for an unnamed one, its words ("a source").
        kind: Person, organization, place, group or other.
        named: Whether `name` is a proper name.
        aliases: The other forms of its name in the text, in order of first occurrence.
        gender: None where the text doesn't show it.
        members: Of a group: the entities in it that are known, each once. Groups may hold one another, even themselves:
            whoever follows them passes each once.
        stands_for: Of a metonym ("Beijing"): the entity meant. It may lead back too.
        identifier: The caller's own key, for instance a Wikidata QID.
    """

    id: EntityId = field(validator=check_id)
    name: str = field(validator=[check_string, check_not_empty])
    kind: EntityKind = field(default=EntityKind.OTHER, converter=EntityKind)
    named: bool = field(default=True, validator=check_flag)
    aliases: tuple[str, ...] = field(default=(), converter=as_tuple, validator=_check_strings)
    gender: Gender | None = field(default=None, converter=optional(Gender))
    members: tuple[EntityId, ...] = field(default=(), converter=as_tuple, validator=[_check_strings, check_distinct])
    stands_for: EntityId | None = field(default=None, validator=check_string_or_none)
    identifier: str | None = field(default=None, validator=check_string_or_none)

    def _repr_html_(self) -> str:
        return delegates.entity_to_html(self)


@frozen
class Mention:
    """Words that refer to an entity; more than one span where they are split."""

    id: MentionId = field(validator=check_id)
    spans: TextSpans = field(converter=as_spans, validator=[_check_spans, check_not_empty, check_ordered])
    form: MentionForm = field(converter=MentionForm)
    entity: EntityId = field(validator=check_string)

    def _repr_html_(self) -> str:
        return delegates.mention_to_html(self)


@frozen
class Candidate:
    """An entity that was considered as speaker, and its score in [0, 1]."""

    entity: EntityId = field(validator=check_string)
    score: float = field(validator=check_score)


@frozen
class Evidence:
    """Why a quote is there and why it has the speakers it has.

    Attributes:
        extraction: The rule or model that found the quote; "layout, " and the layout for its turns ("layout, chat"),
            "layout, signature" for a signed quotation in prose, which gives the document no layout.
        method: How the speaker was decided. By the source: "name"; "nominal", a description; "coreference", a pronoun;
            "first person", "I" or "we"; "group", several people in one; "label", that of a turn or a signature.
            Without source words: "beat", who acts beside the quote; "vocative", whom the quote before calls;
            "continued", who speaks before it; "turn", the flow of the dialogue. "user" is a correction, and "none" is
            without speaker.
        chain: Mention ids from the source to a mention that names the speaker.
        runners_up: The candidates that lost, best first.
        reason: Why there is no speaker; None where there is one.
        grounds: What weighed most for the speakers against the best of the others, most first, at most three; empty
            where nothing was weighed.
    """

    extraction: str = field(default="", validator=check_string)
    method: str = field(default="none", validator=check_string)
    chain: tuple[MentionId, ...] = field(default=(), converter=as_tuple, validator=_check_strings)
    runners_up: tuple[Candidate, ...] = field(default=(), converter=as_tuple, validator=check_each_is(Candidate))
    reason: str | None = field(default=None, validator=check_string_or_none)
    grounds: tuple[str, ...] = field(default=(), converter=as_tuple, validator=_check_strings)


@frozen
class Quote:
    """One act of speech, writing or thought that the text reports: content, cue and source.

    Attributes:
        id: Unique among the document's quotes.
        kind: Direct, mixed or indirect, by the quotation marks alone.
        act: Speech, writing, thought or attitude, by the cue.
        assertion: Whether the text asserts the act.
        content: The reported words, in order; more than one span where the quote is split. Marks at the edges
            belong to it.
        text: The words of `content` without the outer marks, " … " where words are left out.
        cue: The reporting words; empty where there are none. Those that quotesmith finds lie outside of the content;
            records of other makers may have them in it.
        source: The mention that names the speaker; None where no words do.
        speakers: Who speaks, each once; empty, with `evidence.reason`, only where nothing can be said.
        addressees: Who is spoken to, each once; a speaker too, who talks to himself.
        parent: The quote inside whose content this one stands.
        score: How sure it is that there is a quote of about this extent, in [0, 1].
        speaker_score: How sure it is that the speakers are right, in [0, 1].
        evidence: How both were decided.
    """

    id: QuoteId = field(validator=check_id)
    kind: QuoteKind = field(converter=QuoteKind)
    content: TextSpans = field(converter=as_spans, validator=[_check_spans, check_not_empty, check_ordered])
    text: str = field(validator=check_string)
    act: Act = field(default=Act.SPEECH, converter=Act)
    assertion: Assertion = field(default=Assertion.ASSERTED, converter=Assertion)
    cue: TextSpans = field(default=(), converter=as_spans, validator=[_check_spans, check_ordered])
    source: MentionId | None = field(default=None, validator=check_string_or_none)
    speakers: tuple[EntityId, ...] = field(default=(), converter=as_tuple, validator=[_check_strings, check_distinct])
    addressees: tuple[EntityId, ...] = field(default=(), converter=as_tuple, validator=[_check_strings, check_distinct])
    parent: QuoteId | None = field(default=None, validator=check_string_or_none)
    score: float = field(default=1.0, validator=check_score)
    speaker_score: float = field(default=0.0, validator=check_score)
    evidence: Evidence = field(factory=Evidence, validator=check_is(Evidence))

    def _repr_html_(self) -> str:
        return delegates.quote_to_html(self)
