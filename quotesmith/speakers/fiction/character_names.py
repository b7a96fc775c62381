"""How a story writes the names of its characters: titles, and the words without what stands beside them."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from attrs import frozen

from quotesmith.coreference import GENDERS, pronoun_class
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import POSSESSIVES, parse_words
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Gender
from quotesmith.speakers.names import Name

# Keeps work linear: words of one name that are looked at.
LONGEST_NAME: Final = 6
# Letters of a given name without its ending, at least, for two of one stem to be alike.
_SHORTEST_STEM: Final = 4
_NAME_ENDING: Final = re.compile(r"(?:ie|ey|y|e)$")
FormKey: TypeAlias = tuple[str, tuple[str, ...]]
"""The sort of title of a form, and its words."""
# A word, with the full stop of an initial or of a short title, and hyphens and apostrophes inside.
_PIECES: Final = re.compile(
    r"(?:[^\W\d_]\.)+|(?:Mr|Mrs|Dr|St|Rev|Capt|Col|Mme|Mlle)\.|[^\W_]+(?:[-'’](?=[^\W_])[^\W_]+)*"
)


@frozen
class CharacterForm:
    """One way to write a character's name, wherever it stands.

    Attributes:
        title: The sort of title before it ("mr", "sir"); empty without one.
        words: Its words, folded; none where the title stands alone.
        places: Positions of the names that are written so, in order.
        written: The most frequent spelling, with the title.
        followed: How often "he" and "she", in their cases, come next behind it, before another name.
    """

    title: str
    words: tuple[str, ...]
    places: tuple[int, ...]
    written: str
    followed: Mapping[Gender, int] = {}

    @property
    def is_full(self) -> bool:
        """Whether it has a given name and a family name."""
        return len(self.words) > 1

    @property
    def key(self) -> FormKey:
        """What tells it from other forms."""
        return self.title, self.words


def title_sort(title: str, lexicon: PeopleLexicon) -> str:
    """The title by which people are told apart: "Monsieur" is "mr", "Capt." is "captain"."""
    key, words = fold(title).rstrip("."), lexicon.characters
    for sort, own in (("mr", words.plain), ("mrs", words.married), ("miss", words.unmarried)):
        if key in own:
            return sort
    return lexicon.title_roles.get(key, key)


def sort_gender(sort: str, lexicon: PeopleLexicon) -> Gender | None:
    """The gender that a sort of title shows."""
    if sort in lexicon.characters.masculine:
        return Gender.MASCULINE
    return Gender.FEMININE if sort in lexicon.characters.feminine else None


def name_parts(form: CharacterForm, lexicon: PeopleLexicon) -> tuple[str, str]:
    """The given name and the family name of a full form, folded."""
    name = parse_words(form.words, lexicon)
    return (name.given, name.family) if name.given else (form.words[0], form.words[-1])


def stem(given: str) -> str:
    """A given name without the ending by which its short forms differ: "nanc" for "Nancy" and "Nance"."""
    return _NAME_ENDING.sub("", given)


def is_same_given(one: str, other: str, lexicon: PeopleLexicon) -> bool:
    """Whether two given names can be one character's: as in the lexicon, or but for the ending."""
    is_alike = stem(one) == stem(other) and len(stem(one)) >= _SHORTEST_STEM
    return is_alike or (min(len(one), len(other)) > 1 and lexicon.same_given(one, other))


def collect_character_forms(
    names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon, reach: int
) -> tuple[CharacterForm, ...]:
    """The forms of the names, the most frequent first; each place in one.

    Args:
        names: The names of a story's people, in text order.
        parsed: The story.
        lexicon: Words about people.
        reach: Tokens behind a name in which a pronoun is looked for, at most.
    """
    found = [_read(name, parsed, lexicon) for name in names]
    pronouns = [_gender_behind(names, place, parsed, reach) for place in range(len(names))]
    small = {token.text for token in parsed.doc if token.is_alpha and token.text.islower()}
    counts = Counter(words for _, words, _ in found)
    places: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    spellings: dict[tuple[str, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
    for place, (title, words, written) in enumerate(found):
        kept = _without_surplus(words, counts, small)
        key = title, words[kept]
        places[key].append(place)
        spelled = written[-len(words) :] if words else ()
        spellings[key][" ".join((*written[: len(written) - len(words)], *spelled[kept]))] += 1
    forms = [
        CharacterForm(
            title,
            words,
            tuple(own),
            max(spellings[title, words], key=lambda one: _rank(one, spellings[title, words])),
            Counter(filter(None, (pronouns[place] for place in own))),
        )
        for (title, words), own in places.items()
    ]
    return tuple(sorted(forms, key=lambda form: (-len(form.places), form.places)))


def _gender_behind(names: Sequence[Name], place: int, parsed: ParsedText, reach: int) -> Gender | None:
    """The gender of the first "he" or "she" behind a name, if no other name stands between and it isn't far."""
    start = names[place].end
    end = names[place + 1].start if place + 1 < len(names) else len(parsed.doc)
    for index in range(start, min(start + reach, end)):
        kind = pronoun_class(parsed.doc[index])
        if kind in GENDERS:
            return GENDERS[kind]
    return None


def _rank(written: str, counts: Counter[str]) -> tuple[bool, int]:
    """How good a spelling is: not all in capitals, and frequent."""
    return not written.isupper(), counts[written]


def _read(name: Name, parsed: ParsedText, lexicon: PeopleLexicon) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The sort of title of a name, its words folded, and title and words as written."""
    doc = parsed.doc
    span = parsed.span(name.start, name.end)
    words = _clean_words(parsed.text[span.start : span.end])
    titles = titles_before(parsed, name.start, lexicon)
    while len(words) > 1 and (is_title(words[0], lexicon) or fold(words[0]) in lexicon.characters.epithets):
        word = words.pop(0)
        if is_title(word, lexicon):
            titles.append(word)
    cut = next((at for at, word in enumerate(words) if at and is_title(word, lexicon)), len(words))
    words = words[:cut] or [doc[name.start].text]
    if len(words) == 1 and not titles and is_title(words[0], lexicon):
        return fold(words[0]).rstrip("."), (), (words[0],)
    sorts = [title_sort(title, lexicon) for title in titles]
    # "Captain Sir John": the one that shows a gender says more.
    shown = next((at for at, sort in enumerate(sorts) if sort_gender(sort, lexicon)), len(sorts) - 1)
    title, prefix = (sorts[shown], (titles[shown],)) if sorts else ("", ())
    return title, tuple(map(fold, words)), (*prefix, *words)


def titles_before(parsed: ParsedText, start: int, lexicon: PeopleLexicon) -> list[str]:
    """The titles right before a token, in order; a line may break between."""
    titles: list[str] = []
    at = start - 1
    while at >= 0 and len(titles) < LONGEST_NAME:
        token = parsed.doc[at]
        pieces = _PIECES.findall(token.text)
        if token.is_space and token.text.count("\n") <= 1:
            at -= 1
            continue
        if not pieces or not is_title(pieces[-1], lexicon) or not token.text.endswith(pieces[-1]):
            break
        titles.insert(0, pieces[-1])
        at -= 1
    return titles


def is_title(word: str, lexicon: PeopleLexicon) -> bool:
    """Whether the word, with a capital, is a title of characters."""
    key, words = fold(word).rstrip("."), lexicon.characters
    return word[:1].isupper() and (key in words.masculine or key in words.feminine or key in words.neutral)


def _clean_words(text: str) -> list[str]:
    """The words of a name up to a mark or a small word: "Emma" of "Emma--“these" and of "Emma s bench"."""
    words: list[str] = []
    last = 0
    for piece in _PIECES.finditer(text):
        gap = text[last : piece.start()].strip()
        last = piece.end()
        if words and gap and not gap.isspace():
            break
        word = piece.group()
        stem = next((word.removesuffix(ending) for ending in POSSESSIVES if word.endswith(ending)), word).strip("-'’")
        if words and stem.islower() and len(stem) == 1:
            break
        if not words and stem[:1].islower():
            continue
        if stem:
            words.append(stem)
    while len(words) > 1 and words[-1].islower():
        words.pop()
    return words[:LONGEST_NAME]


def _without_surplus(words: tuple[str, ...], counts: Counter[tuple[str, ...]], small: set[str]) -> slice:
    """Which of the words are the name, where others stand beside it once: "Lucy" of "Lucy Faced", "Dear Lucy"."""
    start, end = 0, len(words)
    while end - start > 1:
        here = counts[words[start:end]]
        last, first = words[end - 1], words[start]
        if last in small and counts[words[start : end - 1]] > here * 3:
            end -= 1
        elif first in small and counts[words[start + 1 : end]] > here * 3 and not counts[(first,)]:
            start += 1
        else:
            break
    return slice(start, end)
