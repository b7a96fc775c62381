"""Which names of a story stand in one sentence, as those of two people do and those of one hardly ever."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from quotesmith.speakers.fiction.character_names import CharacterForm, FormKey
from quotesmith.speakers.settings import CastSettings

# Keeps work linear: forms of one sentence that are paired; a sentence with more is a list.
MOST_PAIRED: Final = 12


@frozen(eq=False)
class FormPairs:
    """In how many sentences two forms stand together."""

    _counts: Mapping[frozenset[FormKey], int]
    _settings: CastSettings

    @classmethod
    def of(
        cls, forms: Iterable[CharacterForm], stretches: Sequence[tuple[int, bool]], settings: CastSettings
    ) -> "FormPairs":
        """The pairs of some forms.

        Args:
            forms: The forms.
            stretches: For each name its sentence, and whether it stands in a quote there.
            settings: How often two people stand together.
        """
        inside: dict[tuple[int, bool], set[FormKey]] = defaultdict(set)
        for form in forms:
            for place in form.places:
                inside[stretches[place]].add(form.key)
        counts: Counter[frozenset[FormKey]] = Counter()
        for keys in inside.values():
            if 1 < len(keys) <= MOST_PAIRED:
                own = sorted(keys)
                counts.update(frozenset((one, other)) for at, one in enumerate(own) for other in own[at + 1 :])
        return cls(counts, settings)

    def beside(self, form: CharacterForm, others: Iterable[CharacterForm]) -> int:
        """In how many sentences a form stands beside each of the others, added up."""
        return sum(self._beside(form, other) for other in others)

    def are_apart(self, form: CharacterForm, theirs: Iterable[CharacterForm]) -> bool:
        """Whether a form stands so often beside those of a character that it is another one's."""
        others = {other.key: other for other in theirs if other.key != form.key}
        pairs = [(len(other.places), self._beside(form, other)) for other in others.values()]
        total, both = sum(places for places, _ in pairs), sum(count for _, count in pairs)
        settings, size = self._settings, len(form.places)
        if both >= settings.min_together and both >= settings.together_share * min(total, size):
            return True
        # A name that is rare among all that somebody is called tells as much, if it stands there twice as often.
        return any(
            count >= settings.min_together and count >= 2 * settings.together_share * min(places, size)
            for places, count in pairs
        )

    def _beside(self, form: CharacterForm, other: CharacterForm) -> int:
        return self._counts.get(frozenset((form.key, other.key)), 0)
