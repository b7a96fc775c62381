"""Texts of dialogue for tests, as plain data."""

from collections.abc import Sequence

from attrs import evolve

from quotesmith.coreference import EntityNumber
from quotesmith.records import Gender, MentionForm, TextSpan
from quotesmith.speakers.dialogue.conversations import SpokenTurn
from quotesmith.speakers.fiction.lines import CharacterMention, DialogueCharacter, DialogueText, Line, SourceForm

ANN, BO, CAT = map(EntityNumber, range(3))
PEOPLE = {
    ANN: DialogueCharacter("Ann Holm", Gender.FEMININE, named=True, is_person=True),
    BO: DialogueCharacter("Bo", Gender.MASCULINE, named=True, is_person=True),
    CAT: DialogueCharacter("the cook", None, named=False, is_person=True),
}
PARAGRAPH = 100
"""Characters of a paragraph; a line fills its first half."""


def line(paragraph: int, form: SourceForm = SourceForm.NONE, *likely: EntityNumber, noun: str = "") -> Line:
    """A line in a paragraph, with whom its source words mean."""
    start = paragraph * PARAGRAPH
    span = TextSpan(start, start + PARAGRAPH // 2)
    turn = SpokenTurn(
        number=paragraph,
        content=(span,),
        paragraphs=TextSpan(start, start + PARAGRAPH),
        first_paragraph=paragraph,
        last_paragraph=paragraph,
        speakers=likely[:1],
        has_source=form is not SourceForm.NONE,
    )
    gender = {SourceForm.HE: Gender.MASCULINE, SourceForm.SHE: Gender.FEMININE}.get(form)
    return Line(
        turn=turn,
        start=span.start,
        end=span.end,
        form=form,
        likely=tuple((1.0 / (1 + place), entity) for place, entity in enumerate(likely)),
        words=5,
        asks=False,
        exclaims=False,
        is_open=False,
        calls=None,
        gender=gender,
        noun=noun,
    )


def mention(start: int, entity: EntityNumber, *, subject: bool = True, inside: int | None = None) -> CharacterMention:
    """A name at some place."""
    return CharacterMention(start, entity, MentionForm.NAME, subject, inside)


def dialogue(
    lines: Sequence[Line], mentions: Sequence[CharacterMention] = (), narrator: EntityNumber | None = None
) -> DialogueText:
    """A text with the three people."""
    return DialogueText(lines, mentions, PEOPLE, narrator)


def in_paragraph(one: Line, paragraph: int) -> Line:
    """The line, as if it stood at the end of another paragraph's numbers."""
    return evolve(one, turn=evolve(one.turn, first_paragraph=paragraph, last_paragraph=paragraph))
