"""Features of where a text spoke of a candidate last, and of who stands nearer."""

from collections.abc import Callable, Sequence
from math import log1p
from typing import Final

from attrs import frozen

from quotesmith.coreference import EntityNumber
from quotesmith.records import EntityKind, TextSpans
from quotesmith.speakers.choice.candidates import CandidateSort, SpeakerCandidate
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.references import Reference

_FAR: Final = 25.0
_FAR_TOKENS: Final = 9.0
_MOST_SENTENCES: Final = 20
_NEAR_SENTENCES: Final = 3
_LOOKED_AT: Final = 40


@frozen(kw_only=True)
class NearnessFeatures:
    """How near a text speaks of a candidate.

    Distances are in sentences, at most 20, and 25 where there is nothing; those in tokens are logarithms.

    Attributes:
        sentences: From its last name.
        tokens: From its last name.
        paragraphs: From its last name.
        same_sentence: It is named before in the sentence.
        sentences_ahead: To its next name.
        tokens_ahead: To its next name.
        same_sentence_ahead: It is named behind in the sentence.
        seen_sentences: From its last name or probable pronoun.
        taker_sentences: From the last pronoun that probably means it.
        taker_sentences_ahead: To the next one.
        names_before: The logarithm of its names before.
        names: The logarithm of all its names.
        near_names: Its names in the last three sentences.
        near_takers: The expected pronouns that mean it there.
        in_content: Its names in the words of the quote.
        taken_in_content: The expected pronouns there.
        last_subject: Its last name is a subject.
        subjects: The logarithm of its names that are subjects.
        newer: Candidates that the text spoke of since.
        newer_alike: Those of them that the reference may mean by kind and gender.
        newest_alike: It is the last of those.
        first_place: Where it is named first, from 0 to 1.
        in_title: It is named in the first paragraph.
        first_in_paragraph: It is named first in the paragraph.
        first_in_paragraph_before: In the paragraph before.
        asks: When the text spoke last of it, in this sentence or the one before, it asked.
        asked: Then it was asked.
    """

    sentences: float = _FAR
    tokens: float = _FAR_TOKENS
    paragraphs: float = _FAR
    same_sentence: float = 0.0
    sentences_ahead: float = _FAR
    tokens_ahead: float = _FAR_TOKENS
    same_sentence_ahead: float = 0.0
    seen_sentences: float = _FAR
    taker_sentences: float = _FAR
    taker_sentences_ahead: float = _FAR
    names_before: float = 0.0
    names: float = 0.0
    near_names: float = 0.0
    near_takers: float = 0.0
    in_content: float = 0.0
    taken_in_content: float = 0.0
    last_subject: float = 0.0
    subjects: float = 0.0
    newer: float = 0.0
    newer_alike: float = 0.0
    newest_alike: float = 0.0
    first_place: float = 0.0
    in_title: float = 0.0
    first_in_paragraph: float = 0.0
    first_in_paragraph_before: float = 0.0
    asks: float = 0.0
    asked: float = 0.0


@frozen(eq=False)
class _Reach:
    """Where a reference stands, and when the text spoke last of each of its candidates."""

    places: EntityPlaces
    reference: Reference
    sentence: int
    paragraph: int
    content: Sequence[range]
    latest: Sequence[tuple[int, bool, EntityNumber]]
    openers: tuple[EntityNumber | None, EntityNumber | None]

    def sentences_from(self, token: int | None) -> float:
        if token is None:
            return _FAR
        return float(min(self.sentence - self.places.context.parsed.sentences[token], _MOST_SENTENCES))

    def is_near(self, token: int) -> bool:
        return self.sentence - self.places.context.parsed.sentences[token] <= _NEAR_SENTENCES

    def sentences_to(self, token: int | None) -> float:
        if token is None:
            return _FAR
        return float(min(self.places.context.parsed.sentences[token] - self.sentence, _MOST_SENTENCES))


def nearness_of(
    places: EntityPlaces,
    reference: Reference,
    candidates: Sequence[SpeakerCandidate],
    content: TextSpans,
    may_mean: Callable[[SpeakerCandidate], bool],
) -> Callable[[SpeakerCandidate], NearnessFeatures]:
    """What gives the features of each candidate of a reference.

    Args:
        places: Where the text speaks of whom.
        reference: The reference.
        candidates: All its candidates.
        content: The words of the quote whose source it is.
        may_mean: Whether kind and gender of a candidate fit.
    """
    start, parsed = reference.start, places.context.parsed
    seen = []
    for candidate in candidates:
        if candidate.sort is CandidateSort.ENTITY:
            token = places.mentions(candidate.entities[0]).seen_before(start)
            if token is not None:
                seen.append((token, may_mean(candidate), candidate.entities[0]))
    paragraph = places.paragraphs[start]
    reach = _Reach(
        places,
        reference,
        parsed.sentences[start],
        paragraph,
        [parsed.tokens(span) for span in content],
        sorted(seen, reverse=True),
        (_opener(places, paragraph, start), _opener(places, paragraph - 1, start)),
    )
    return lambda candidate: _describe(reach, candidate)


def _opener(places: EntityPlaces, paragraph: int, start: int) -> EntityNumber | None:
    """Who is named first in a paragraph, before a token."""
    if paragraph < 0 or paragraph >= len(places.context.parsed.paragraph_tokens):
        return None
    first = places.context.parsed.paragraph_tokens[paragraph].start
    named = places.next_named(first, 1, 1)
    token = places.mentions(named[0]).first_after(first) if named else None
    is_there = token is not None and token < start and places.paragraphs[token] == paragraph
    is_somebody = bool(named) and places.kinds[named[0]] in {EntityKind.PERSON, EntityKind.ORGANIZATION}
    return named[0] if is_there and is_somebody else None


def _describe(reach: _Reach, candidate: SpeakerCandidate) -> NearnessFeatures:
    places, reference = reach.places, reach.reference
    if candidate.sort is CandidateSort.SET:
        return NearnessFeatures()
    entity = candidate.entities[0] if candidate.sort is CandidateSort.ENTITY else None
    mentions = places.mentions(candidate.referent)
    if candidate.sort is not CandidateSort.ENTITY:
        mentions = mentions.named_at(candidate.token)
    start, end = reference.start, reference.end
    count = mentions.count_before(start)
    last, ahead = mentions.last_before(start), mentions.first_after(end)
    taken, taken_ahead = mentions.taken_before(start), mentions.taken_after(end)
    seen = mentions.seen_before(start)
    newer = [alike for token, alike, other in reach.latest if other != entity and (seen is None or token > seen)]
    return NearnessFeatures(
        sentences=reach.sentences_from(last),
        tokens=_FAR_TOKENS if last is None else log1p(start - last),
        paragraphs=_FAR if last is None else min(reach.paragraph - places.paragraphs[last], _MOST_SENTENCES),
        same_sentence=last is not None and reach.sentences_from(last) == 0,
        sentences_ahead=reach.sentences_to(ahead),
        tokens_ahead=_FAR_TOKENS if ahead is None else log1p(ahead - end),
        same_sentence_ahead=ahead is not None and reach.sentences_to(ahead) == 0,
        seen_sentences=reach.sentences_from(seen),
        taker_sentences=reach.sentences_from(taken),
        taker_sentences_ahead=reach.sentences_to(taken_ahead),
        names_before=log1p(count),
        names=log1p(len(mentions.names)),
        near_names=sum(reach.is_near(token) for token in mentions.names[max(count - _LOOKED_AT, 0) : count]),
        near_takers=sum(p for token, p in mentions.takers_before(start, _LOOKED_AT) if reach.is_near(token)),
        in_content=sum(mentions.count_before(one.stop) - mentions.count_before(one.start) for one in reach.content),
        taken_in_content=sum(mentions.taken_in(one) for one in reach.content),
        last_subject=bool(count) and mentions.subjects[count - 1],
        subjects=log1p(mentions.as_subject),
        newer=len(newer),
        newer_alike=sum(newer),
        newest_alike=not any(newer),
        first_place=mentions.names[0] / max(len(places.paragraphs), 1) if mentions.names else 1.0,
        in_title=bool(mentions.names) and places.paragraphs[mentions.names[0]] == 0,
        first_in_paragraph=entity is not None and reach.openers[0] == entity,
        first_in_paragraph_before=entity is not None and reach.openers[1] == entity,
        asks=seen in places.questions.askers and reach.sentences_from(seen) <= 1,
        asked=seen in places.questions.asked and reach.sentences_from(seen) <= 1,
    )
