"""A Doc and its attributions -> who takes part, and who says each quote."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from spacy.tokens import Doc

from quotesmith.coreference import CoreferenceResolver
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.people import load_people
from quotesmith.marks import MarkPair
from quotesmith.records import Candidate
from quotesmith.speakers.cast import Cast, Decision
from quotesmith.speakers.gazetteer import Gazetteer
from quotesmith.speakers.layout import Layout
from quotesmith.speakers.metonymy import set_stands_for
from quotesmith.speakers.reader import Draft, Link, Reader
from quotesmith.speakers.roster import Numbering
from quotesmith.speakers.scene import Scene
from quotesmith.speakers.scores import speaker_score

RUNNERS_UP = 3
SpeakerScore: TypeAlias = Callable[[str, float], float]
"""Makes a score of a method and of how sure it is."""


def resolve_speakers(
    doc: Doc,
    attributions: Sequence[Attribution],
    marks: Sequence[MarkPair],
    *,
    coreference: CoreferenceResolver,
    link: Link,
    gazetteer: Gazetteer | None = None,
    score: SpeakerScore = speaker_score,
) -> Cast:
    """The entities and mentions of a Doc, and the speakers of each attribution.

    Args:
        doc: Parsed, with named entities; read, never changed.
        attributions: The quotes, in order of their content's start.
        marks: The quotation marks of the Doc's text.
        coreference: Finds clusters for pronouns that are left unsure; one signal among others.
        link: Says how likely an anaphor takes up each of its candidates.
        gazetteer: Names that are known beforehand.
        score: Makes scores of what each method gives.

    Raises:
        LanguageError: if there is no lexicon of people for the Doc's language.
        MissingAnnotationError: if `coreference` needs an annotation that the Doc lacks.

    Note:
        n log n in the tokens and attributions.
    """
    layout = Layout.of(doc)
    scene = Scene.of(layout, [a.source for a in attributions], load_people(doc.lang_ or "en"), gazetteer)
    drafts = Reader.of(scene, attributions, marks, coreference, link).read()
    set_stands_for(scene.roster, (speaker for draft in drafts for speaker in draft.speakers), scene.lexicon)
    numbering = scene.roster.number(entity for draft in drafts for entity in (*draft.speakers, *draft.addressees))
    decisions = tuple(_finish(draft, numbering, score) for draft in drafts)
    return Cast(numbering.entities, numbering.mentions, decisions)


def _finish(draft: Draft, numbering: Numbering, score: SpeakerScore) -> Decision:
    return Decision(
        source=None if draft.source is None else numbering.mention_ids[draft.source],
        speakers=tuple(numbering.entity_ids[entity] for entity in draft.speakers),
        addressees=tuple(numbering.entity_ids[entity] for entity in draft.addressees),
        score=score(draft.method, draft.score) if draft.speakers else 0.0,
        method=draft.method,
        chain=tuple(numbering.mention_ids[mention] for mention in draft.chain),
        runners_up=_runners_up(draft, numbering),
        reason=draft.reason,
    )


def _runners_up(draft: Draft, numbering: Numbering) -> tuple[Candidate, ...]:
    """Those who lost, with their chances."""
    lost = [(chance, entity) for chance, entity in draft.ranked[1:] if entity in numbering.entity_ids]
    return tuple(Candidate(numbering.entity_ids[entity], chance) for chance, entity in lost[:RUNNERS_UP])
