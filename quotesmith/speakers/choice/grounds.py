"""What weighed most for a speaker, in words that a reader understands."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from quotesmith.speakers.choice.features import FEATURE_GROUPS

MAX_GROUNDS: Final = 3
_SAME_WORDS: Final = "an earlier phrase has the same words"
_OF_FEATURES: Final[Mapping[str, tuple[str, ...]]] = {
    "the source names it": (
        "is_name",
        "inside",
        "inside_first",
        "inside_last",
        "inside_head",
        "inside_possessor",
        "inside_preposition",
        "inside_apposed",
        "inside_modifier",
    ),
    "its name stands beside the source": ("apposed",),
    _SAME_WORDS: (
        "phrase_noun",
        "phrase_overlap",
        "phrase_covered",
        "phrase_capitals",
        "phrase_words",
        "phrase_plural",
        "phrase_age",
    ),
    "the text says most about it": ("names", "names_before", "subjects", "rank", "share", "in_title", "first_place"),
    "it is named in the words of the quote": ("in_content",),
    "its gender fits": ("gender_agrees",),
    "the pronouns of the text fit": ("he_votes", "she_votes", "it_votes", "they_votes", "phrase_votes"),
    "it speaks the quote around": ("encloses", "encloses_parent"),
    "coreference links them": ("linked",),
}
_OF_GROUPS: Final[Mapping[str, str]] = {
    "WordingFeatures": "its name or phrase fits the words of the source",
    "NearnessFeatures": "the text speaks of it nearby",
    "TraitFeatures": "it is the sort of thing that the source is about",
    "FlowFeatures": "it speaks the quotes around",
    "LinkFeatures": "the antecedent scorer links them",
    "ProfileFeatures": "what the text says of it fits the description",
    "SetFeatures": "they are named together",
    "NounFeatures": "the noun mostly means such",
}
_GROUNDS: Final[Mapping[str, str]] = {
    **{name: _OF_GROUPS[group] for name, group in FEATURE_GROUPS.items() if group in _OF_GROUPS},
    **{name: ground for ground, names in _OF_FEATURES.items() for name in names},
}
_PARTICULAR: Final = frozenset(name for names in _OF_FEATURES.values() for name in names)


def find_grounds(weights: Mapping[str, float], values: Mapping[str, float]) -> tuple[str, ...]:
    """What weighed most for a candidate, most first: at most three grounds, each once.

    Args:
        weights: How much each feature speaks for it, by name.
        values: Its features by name. What is particular, as that the source names it, is a ground only where it is so;
            and what is brought up by these words has no earlier phrase.
    """
    sums: dict[str, float] = defaultdict(float)
    for name, weight in weights.items():
        if name not in _PARTICULAR or (
            values[name] and not (values.get("is_own") and name in _OF_FEATURES[_SAME_WORDS])
        ):
            sums[_GROUNDS[name]] += weight
    found = sorted((ground for ground, weight in sums.items() if weight > 0), key=lambda ground: -sums[ground])
    return tuple(found[:MAX_GROUNDS])
