"""Speakers who are several: "Xi and Putin", "both men", "the two leaders"."""

from collections.abc import Sequence

from spacy.tokens import Token

from quotesmith.lexicon.people import fold
from quotesmith.records import EntityKind
from quotesmith.speakers.phrases import first_segment
from quotesmith.speakers.scene import Scene

PAIR_WORDS = frozenset({"both", "two", "pair", "duo", "couple"})
RIVALS = ("the", "candidates")
PAIR_PRONOUNS = frozenset({"both", "each", "neither"})


def paired_members(scene: Scene, tokens: Sequence[Token]) -> tuple[int, ...]:
    """The last pair that "both men", "the two leaders" or "the pair" fits; empty where it fits none."""
    segment = first_segment(tokens, scene.name_at)
    words = [fold(token.text) for token in segment]
    rivals = _rivals(scene, segment) if len(segment) == len(tokens) else ()
    if rivals:
        return rivals
    if not words or not PAIR_WORDS & set(words) or "of" in {fold(token.text) for token in tokens}:
        return ()
    if words[0] not in {"both", "the", "these", "those"}:
        return ()
    noun = fold(segment[-1].lemma_ or segment[-1].text)
    if noun in PAIR_WORDS:
        return scene.discourse.last_pair(None) or scene.discourse.last_pair(EntityKind.PERSON)
    kind = scene.lexicon.pair_nouns.get(noun)
    members = scene.discourse.last_pair(kind) if kind is not None else ()
    return members if len(members) == len(set(members)) and len(members) > 1 else ()


def _rivals(scene: Scene, segment: Sequence[Token]) -> tuple[int, ...]:
    """The two whom alone the text calls so: "the candidates"."""
    if len(segment) != len(RIVALS) or fold(segment[0].text) != "the" or segment[1].tag_ != "NNS":
        return ()
    noun = fold(segment[1].lemma_)
    if noun not in scene.lexicon.variations or noun not in scene.lexicon.pair_nouns:
        return ()
    heads = {noun, *scene.lexicon.synonyms.get(noun, ())}
    called = {entity for head in sorted(heads) for entity in sorted(scene.people_called(head))[: len(RIVALS) + 1]}
    return tuple(sorted(called)) if len(called) == len(RIVALS) else ()


def named_pairs(scene: Scene) -> list[tuple[int, tuple[int, ...]]]:
    """The names joined by "and" in the text: the first token and the entities of each group, in order."""
    layout, found = scene.layout, []
    names = scene.names
    start = 0
    while start < len(names):
        end = start + 1
        while end < len(names) and _joined(scene, end) and end - start < len(names):
            end += 1
        members = tuple(dict.fromkeys(scene.owners[start:end]))
        last = (
            layout.text[layout.ends[names[end - 2].end - 1] : layout.starts[names[end - 1].start]]
            if end - start > 1
            else ""
        )
        if len(members) > 1 and "and" in last.split():
            found.append((names[start].start, members))
        start = end
    return found


def _joined(scene: Scene, place: int) -> bool:
    layout, names = scene.layout, scene.names
    between = layout.text[layout.ends[names[place - 1].end - 1] : layout.starts[names[place].start]].split()
    titles = set(names[place].titles)
    words = [word for word in between if word not in titles and word != "the"]
    return names[place].kind is names[place - 1].kind and words in (["and"], [","], [",", "and"])
