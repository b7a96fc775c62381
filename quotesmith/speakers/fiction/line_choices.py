"""Who speaks each line of fiction, by what was learned."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from attrs import evolve, frozen

from quotesmith.coreference import EntityNumber
from quotesmith.records import MentionForm
from quotesmith.speakers.entities import MentionNumber
from quotesmith.speakers.fiction.line_model import LineModel
from quotesmith.speakers.fiction.lines import DialogueText, Line, SourceForm
from quotesmith.speakers.results import DOUBT, DecisionDraft, SpeakerScore

DIALOGUE_METHOD: Final = "dialogue"
"""The method of speakers whom all that stands around their lines shows; of their scores too."""

_SOURCE_MENTIONS: Final = {
    SourceForm.NAME: MentionForm.NAME,
    SourceForm.NOMINAL: MentionForm.NOMINAL,
    SourceForm.HE: MentionForm.PRONOUN,
    SourceForm.SHE: MentionForm.PRONOUN,
}


@frozen
class LineChoice:
    """Who speaks one line.

    Attributes:
        line: The line.
        ranked: Its candidates with how likely they are, best first.
    """

    line: Line
    ranked: tuple[tuple[float, EntityNumber], ...]

    @property
    def speaker(self) -> EntityNumber:
        """The likeliest."""
        return self.ranked[0][1]

    @property
    def is_told(self) -> bool:
        """Whether a name or a description is its source: it holds where nothing around is sure."""
        return self.line.form in {SourceForm.NAME, SourceForm.NOMINAL}

    @property
    def mention_form(self) -> MentionForm | None:
        """What sort of mention of the speaker the words of its source are; None where they are none."""
        return _SOURCE_MENTIONS.get(self.line.form)

    def score(self, score: SpeakerScore) -> float:
        """How sure it is that the likeliest one speaks."""
        return score(DIALOGUE_METHOD, self.ranked[0][0])


def choose_speakers(model: LineModel, text: DialogueText) -> Iterator[LineChoice]:
    """The candidates of each line that has some, ranked, in order of the lines."""
    for line, people, chances in zip(text.lines, *model(text), strict=True):
        if people:
            order = np.argsort(-chances, kind="stable").tolist()
            yield LineChoice(line, tuple((float(chances[place]), people[place]) for place in order))


def decide_line(
    choice: LineChoice,
    draft: DecisionDraft,
    mention: MentionNumber | None,
    last_name: Mapping[EntityNumber, MentionNumber],
) -> DecisionDraft:
    """The decision of a line whose likeliest character is likely enough.

    Args:
        choice: Who may speak it.
        draft: What its source words alone say.
        mention: What these words are, a mention of the likeliest character; None without any.
        last_name: The last mention by name of each entity.
    """
    [(chance, speaker), *_] = choice.ranked
    if draft.speakers == (speaker,):
        return evolve(draft, score=chance, ranked=choice.ranked, scored_as=DIALOGUE_METHOD)
    chain = tuple(one for one in (mention, last_name.get(speaker)) if one is not None)
    return DecisionDraft((speaker,), mention, chance, DIALOGUE_METHOD, chain, choice.ranked)


def leave_open(choice: LineChoice, mention: MentionNumber | None) -> DecisionDraft:
    """The decision of a line whose likeliest character is too doubtful."""
    return DecisionDraft(source=mention, ranked=choice.ranked, reason=DOUBT)
