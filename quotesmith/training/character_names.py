"""Which character of a gold novel an entity is, by names; by mentions where the corpus has them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from quotesmith.coreference import EntityNumber
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import Gender
from quotesmith.training.turn_weights import GoldNovel

_GOLD_GENDERS: Final = {"M": Gender.MASCULINE, "F": Gender.FEMININE}


class CharacterNames:
    """The characters of a novel by their names.

    A name that just one character bears means that one, a main name before others. Another name means the only one of
    whose names it holds all words, or whose names hold all of its own, without regard to titles, if no title shows
    another gender.
    """

    def __init__(self, novel: GoldNovel, lexicon: PeopleLexicon) -> None:
        self._lexicon = lexicon
        self._main: defaultdict[str, set[str]] = defaultdict(set)
        self._all: defaultdict[str, set[str]] = defaultdict(set)
        self._forms: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
        for character in novel.characters:
            self._main[_key(character.name)].add(character.name)
            for name in (character.name, *character.aliases):
                self._all[_key(name)].add(character.name)
                self._forms.append((character.name, *self._split(name)))

    def __call__(self, name: str) -> str | None:
        """The character whom a name means; None where it means none, or several."""
        key = _key(name)
        for known in (self._main, self._all):
            if len(known.get(key, ())) == 1:
                return next(iter(known[key]))
        return None if key in self._all else self._find_alike(name)

    def _find_alike(self, name: str) -> str | None:
        titles, words = self._split(name)
        found: dict[str, int] = {}
        for character, other_titles, others in self._forms:
            same = set(words) <= set(others) or set(others) <= set(words)
            if words and others and same and self._agree(titles, other_titles):
                found[character] = max(found.get(character, 0), 1 + (words[0] == others[0]))
        best = [character for character, rank in found.items() if rank == max(found.values())]
        return best[0] if len(best) == 1 else None

    def _agree(self, titles: Sequence[str], others: Sequence[str]) -> bool:
        genders = {self._lexicon.titles[title] for title in (*titles, *others)} - {None}
        return len(genders) < len(Gender) and (not titles or not others or bool({*titles} & {*others}))

    def _split(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        words = _key(name).split()
        count = 0
        while count < len(words) - 1 and words[count] in self._lexicon.titles:
            count += 1
        return tuple(words[:count]), tuple(words[count:])


def _key(name: str) -> str:
    words = fold(name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def find_characters(
    novel: GoldNovel,
    names: Mapping[EntityNumber, Sequence[str]],
    mentions: Iterable[tuple[int, int, EntityNumber]],
    lexicon: PeopleLexicon,
) -> dict[EntityNumber, str]:
    """The character of each entity that is one.

    Args:
        novel: The novel.
        names: The names of each entity, the fullest first.
        mentions: Start, end and entity of each mention.
        lexicon: Words about people.
    """
    placed = {(start, end): character for start, end, character, _ in novel.mentions}
    votes: defaultdict[EntityNumber, Counter[str]] = defaultdict(Counter)
    for start, end, entity in mentions if placed else ():
        if (start, end) in placed:
            votes[entity][placed[start, end]] += 1
    characters = CharacterNames(novel, lexicon)
    found = {}
    for entity, own in names.items():
        meant = votes[entity] or Counter(filter(None, [characters(own[0])]))
        meant = meant or Counter(filter(None, map(characters, own[1:])))
        best = meant.most_common(2)
        if best and (len(best) == 1 or best[0][1] > best[1][1]):
            found[entity] = best[0][0]
    return found
