"""The lines of a work of fiction and the places of its characters, as plain data: what the scorer of lines looks at."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Final

from attrs import define, frozen

from quotesmith.coreference import EntityNumber, PronounClass, pronoun_class
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.marks import CLOSING_CHARACTERS
from quotesmith.records import EntityKind, Gender, MentionForm
from quotesmith.speakers.dialogue.addressees import CALL_CLOSINGS, CALL_OPENINGS
from quotesmith.speakers.dialogue.conversations import SpokenTurn
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.results import DecisionDraft

# Likeliest first; more than a few say nothing.
_MAX_LIKELY: Final = 8
# Words at a line's end that show how it ends, at most.
_LAST_CHARACTERS: Final = 3


class SourceForm(StrEnum):
    """What sort of words name the speaker of a line."""

    NONE = "none"
    NAME = "name"
    NOMINAL = "nominal"
    HE = "he"
    SHE = "she"
    I = "i"  # noqa: E741 - the pronoun
    OTHER = "other"


_FORM_GENDERS: Final = {SourceForm.HE: Gender.MASCULINE, SourceForm.SHE: Gender.FEMININE}


@frozen
class Line:
    """A quote that somebody speaks in dialogue.

    Attributes:
        turn: What the text shows of who speaks it.
        start: The first character of its words.
        end: Behind their last character.
        form: What sort of words its source is.
        likely: Whom these words mean, with how likely that is, best first.
        words: How many words it has.
        asks: Whether it ends with a question.
        exclaims: Whether it ends with an exclamation.
        is_open: Whether no mark closes it: the next paragraph goes on.
        calls: The gender of somebody whom it calls without a name: "sir", "my dear girl".
        gender: The gender that the words of its source show.
        noun: The head of a source that is a noun phrase, as `fold` gives it; empty without one.
        described: Those of whom the text says elsewhere that they are what this noun says.
    """

    turn: SpokenTurn
    start: int
    end: int
    form: SourceForm
    likely: tuple[tuple[float, EntityNumber], ...]
    words: int
    asks: bool
    exclaims: bool
    is_open: bool
    calls: Gender | None
    gender: Gender | None = None
    noun: str = ""
    described: tuple[EntityNumber, ...] = ()


@frozen
class CharacterMention:
    """Words that mention a character.

    Attributes:
        start: Their first character.
        entity: Whom they mean.
        form: Name, nominal or pronoun.
        is_subject: Whether they are the subject of a clause.
        line: The line in whose words they stand; None in narration.
    """

    start: int
    entity: EntityNumber
    form: MentionForm
    is_subject: bool
    line: int | None


@frozen
class DialogueCharacter:
    """What is known of somebody who may speak."""

    name: str
    gender: Gender | None
    named: bool
    is_person: bool


@define(eq=False, slots=False)
class DialogueText:
    """A work's lines, characters and where these are mentioned.

    Attributes:
        lines: In text order.
        mentions: In text order.
        characters: Those who may speak: people, and whatever words say to speak.
        narrator: Who says "I" in the narration; None where nobody does.
    """

    lines: Sequence[Line]
    mentions: Sequence[CharacterMention]
    characters: Mapping[EntityNumber, DialogueCharacter]
    narrator: EntityNumber | None

    @cached_property
    def turns(self) -> Sequence[range]:
        """The turns: the lines of one paragraph, and of the next where a mark stays open. Each line is in one."""
        starts = [number for number in range(len(self.lines)) if not self._goes_on(number)]
        return [range(*edges) for edges in pairwise([*starts, len(self.lines)])]

    @cached_property
    def turn_of(self) -> Sequence[int]:
        """For each line the number of its turn."""
        return [number for number, turn in enumerate(self.turns) for _ in turn]

    def _goes_on(self, number: int) -> bool:
        """Whether a line is of the same turn as the one before."""
        if not number:
            return False
        before, first = self.lines[number - 1], self.lines[number].turn.first_paragraph
        return first <= before.turn.last_paragraph + before.is_open


def is_anchor(line: Line) -> bool:
    """Whether words plainly give a line its speaker: a name, a noun phrase, or "I"."""
    return bool(line.likely) and line.form in {SourceForm.NAME, SourceForm.NOMINAL, SourceForm.I}


def read_dialogue(
    context: DocumentContext,
    attributions: Sequence[Attribution],
    turns: Sequence[SpokenTurn],
    drafts: Mapping[int, DecisionDraft],
    narrator: EntityNumber | None,
) -> DialogueText:
    """The lines of a text and the places of its characters; n log n in its mentions.

    Args:
        context: The text, all its sources and pronouns read.
        attributions: Its quotes.
        turns: The spoken ones among them, in order.
        drafts: What the source words of each quote say.
        narrator: Who says "I" outside of quotes.
    """
    lines = [_read_line(context, attributions[turn.number], turn, drafts[turn.number]) for turn in turns]
    spoken = {entity for line in lines for _, entity in line.likely}
    acting = {entity for turn in turns for entity in (*turn.before, *turn.behind, *turn.called)}
    entities = context.entities
    characters: dict[EntityNumber, DialogueCharacter] = {}
    mentions = []
    starts, ends = [line.start for line in lines], [line.end for line in lines]
    for mention in entities.mentions():
        entity = entities.current(mention.entity)
        draft = entities[entity]
        if draft.members or not (draft.kind is EntityKind.PERSON or entity in spoken or entity in acting):
            continue
        if entity not in characters:
            characters[entity] = DialogueCharacter(
                draft.name, draft.gender, draft.named, draft.kind is EntityKind.PERSON
            )
        start = mention.spans[0].start
        place = bisect_right(starts, start) - 1
        own = place if place >= 0 and start < ends[place] and _is_inside(lines[place], start) else None
        token = context.parsed.doc[context.parsed.token_at(mention.spans[-1].end - 1)]
        mentions.append(CharacterMention(start, entity, mention.form, context.sight(token).subject, own))
    mentions.sort(key=lambda mention: mention.start)
    for entity in {entities.current(e) for e in (*spoken, *acting)} - characters.keys():
        draft = entities[entity]
        if not draft.members:
            characters[entity] = DialogueCharacter(
                draft.name, draft.gender, draft.named, draft.kind is EntityKind.PERSON
            )
    return DialogueText(lines, mentions, characters, narrator)


def _is_inside(line: Line, offset: int) -> bool:
    place = bisect_right(line.turn.content, offset, key=lambda span: span.start) - 1
    return place >= 0 and offset < line.turn.content[place].end


def _read_line(context: DocumentContext, quote: Attribution, turn: SpokenTurn, draft: DecisionDraft) -> Line:
    parsed = context.parsed
    extent = quote.extent
    words = [index for span in quote.content for index in parsed.tokens(span) if parsed.doc[index].is_alpha]
    last = parsed.text[extent.start : extent.end].rstrip("".join(CLOSING_CHARACTERS))[-_LAST_CHARACTERS:]
    marked = parsed.text[max(extent.start, extent.end - 1) : extent.end + 1]
    form = _form(context, quote) if turn.has_source else SourceForm.NONE
    noun = _noun(context, quote) if form is SourceForm.NOMINAL else ""
    likely = draft.ranked or tuple((1.0, speaker) for speaker in draft.speakers)
    current = context.entities.current
    return Line(
        turn=turn,
        start=extent.start,
        end=extent.end,
        form=form,
        likely=tuple((chance, current(entity)) for chance, entity in likely[:_MAX_LIKELY]) if turn.has_source else (),
        words=len(words),
        asks="?" in last,
        exclaims="!" in last,
        is_open=not any(mark in CLOSING_CHARACTERS for mark in marked),
        calls=_called_gender(context, quote),
        gender=_FORM_GENDERS.get(form) or context.lexicon.person_nouns.get(noun) or context.lexicon.titles.get(noun),
        noun=noun,
        described=tuple(dict.fromkeys(current(entity) for entity, _ in context.described.get(noun, ()))),
    )


def _noun(context: DocumentContext, quote: Attribution) -> str:
    """The head of the words of a source."""
    words = context.parsed.words(quote.source)
    inside = {word.i for word in words}
    return fold(next((word for word in words if word.head.i not in inside), words[-1]).text)


def _form(context: DocumentContext, quote: Attribution) -> SourceForm:
    words = context.parsed.words(quote.source)
    if not words:
        return SourceForm.NONE
    kind = pronoun_class(words[0]) if len(words) == 1 else None
    if kind is None:
        is_name = any(word.i in context.name_at for word in words)
        return SourceForm.NAME if is_name else SourceForm.NOMINAL
    forms = {PronounClass.HE: SourceForm.HE, PronounClass.SHE: SourceForm.SHE, PronounClass.I: SourceForm.I}
    return forms.get(kind, SourceForm.OTHER)


def _called_gender(context: DocumentContext, quote: Attribution) -> Gender | None:
    """The gender of somebody whom a line calls by a noun: "sir", "madam", "mamma"; None where nothing shows it."""
    doc, lexicon = context.parsed.doc, context.lexicon
    for span in quote.content:
        tokens = context.parsed.tokens(span)
        for index in tokens:
            key = fold(doc[index].text)
            gender = lexicon.person_nouns.get(key) or lexicon.titles.get(key)
            if gender is None or index in context.name_at:
                continue
            start = index
            while start > tokens.start and fold(doc[start - 1].text) in lexicon.addresses.endearments:
                start -= 1
            before = doc[start - 1] if start > tokens.start else None
            after = doc[index + 1] if index + 1 < tokens.stop else None
            opens = before is None or before.is_space or before.text in CALL_OPENINGS
            opens = opens or (before is not None and fold(before.text) in lexicon.addresses.calls)
            if opens and (after is None or after.is_space or after.text in CALL_CLOSINGS):
                return gender
    return None
