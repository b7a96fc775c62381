"""Which names of a story are one character's, over the whole of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import define, field

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import Gender
from quotesmith.speakers.fiction.character_names import CharacterForm, is_same_given, name_parts, sort_gender, stem
from quotesmith.speakers.fiction.form_pairs import FormPairs
from quotesmith.speakers.settings import CastSettings

# Keep work linear: bearers of one name that are compared, and forms with one word that are looked through.
MOST_NAMESAKES: Final = 12
MOST_FORMS: Final = 40
# Titles of those who have no other, and titles that tell one person of a name from another.
_COMMON_TITLES: Final = frozenset({"mr", "mrs", "miss"})
_PERSONAL_TITLES: Final = frozenset({"sir", "lady", "lord", "aunt", "uncle"})
_RANKS_OF_BIRTH: Final = frozenset({"sir", "lady", "lord"})
# Titles that nobody has together.
_RIVALS: Final[Mapping[str, frozenset[str]]] = {
    "mrs": frozenset({"miss", "lady"}),
    "miss": frozenset({"mrs", "lady"}),
    "mr": frozenset({"sir", "lord"}),
}


@define(eq=False)
class CharacterDraft:
    """A character in the making.

    Attributes:
        forms: The ways in which the story writes the name.
        places: Positions of the names that are the character's.
        givens: Given names.
        families: Family names.
        titles: Sorts of titles.
        told: The gender that titles show.
        gender: The gender, by titles or else by given name.
        is_wife: Whether the names are her husband's: "Mrs. John Holm".
    """

    forms: list[CharacterForm] = field(factory=list)
    places: list[int] = field(factory=list)
    givens: set[str] = field(factory=set)
    families: set[str] = field(factory=set)
    titles: set[str] = field(factory=set)
    told: Gender | None = None
    gender: Gender | None = None
    is_wife: bool = False

    def take(self, form: CharacterForm, told: Gender | None, shown: Gender | None) -> None:
        """Have a form: `told` is the gender that its title shows, `shown` what else does."""
        self.forms.append(form)
        self.places.extend(form.places)
        self.told = self.told or told
        self.gender = self.told or self.gender or shown
        if form.title:
            self.titles.add(form.title)


class CharacterFinder:
    """Finds characters from the fullest forms of names to the shortest.

    Attributes:
        characters: Those found.
        contested: For each place of a name that several characters have, those by their numbers.
    """

    def __init__(
        self, forms: Sequence[CharacterForm], pairs: FormPairs, lexicon: PeopleLexicon, settings: CastSettings
    ) -> None:
        """Nobody is found yet.

        Args:
            forms: The forms of people's names, the most frequent first.
            pairs: Which of them stand together.
            lexicon: Titles and given names.
            settings: Thresholds.
        """
        self.characters: list[CharacterDraft] = []
        self.contested: dict[int, Sequence[int]] = {}
        self._forms, self._pairs, self._lexicon, self._settings = forms, pairs, lexicon, settings
        self._by_given: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._by_family: dict[str, list[int]] = defaultdict(list)
        self._with_word: dict[str, list[CharacterForm]] = defaultdict(list)
        for form in forms:
            if form.words and len(self._with_word[form.words[0]]) < MOST_FORMS:
                self._with_word[form.words[0]].append(form)
        full = [name_parts(form, lexicon) for form in forms if form.is_full]
        self._full_givens = {given for given, _ in full}
        self._full_families = {family for _, family in full}

    def find(self) -> None:
        """Read all forms; n log n in them."""
        single = [form for form in self._forms if len(form.words) == 1]
        given = {form.key for form in single if form.title and self._is_given_use(form)}
        for form in (form for form in self._forms if form.is_full):
            self._add_full(form)
        for form in (form for form in single if form.title and form.key not in given):
            self._add_titled(form)
        for form in (form for form in single if not form.title):
            self._add_bare(form)
        for form in (form for form in single if form.key in given):
            self._add_with_given(form)
        for form in (form for form in self._forms if not form.words):
            self._add_title(form)

    # Forms

    def _add_full(self, form: CharacterForm) -> None:
        """A full name: "Jane Holm", "Mr. Erik Holm", "Mrs. Erik Holm"."""
        given, family = name_parts(form, self._lexicon)
        is_wife = self._is_husbands(form)
        fits = [
            n
            for n in self._by_family.get(family, [])[:MOST_NAMESAKES]
            if self.characters[n].is_wife == is_wife
            and any(is_same_given(given, own, self._lexicon) for own in self.characters[n].givens)
            and self._agree(n, form, named=True)
        ]
        same = [n for n in fits if given in self.characters[n].givens]
        found = same or [n for n in fits if self._may_be_nickname(n, form)]
        self._take(found[0] if found else self._new(is_wife=is_wife), form, given=given, family=family)

    def _add_titled(self, form: CharacterForm) -> None:
        """A title and a family name: "Mr. Holm", "Miss Holm", "Captain Holm"."""
        [family] = form.words
        found = [
            n
            for n in self._by_family.get(family, [])[:MOST_NAMESAKES]
            if self._agree(n, form) and self._may_have(n, form.title) and not self._is_apart(form, n)
        ]
        known = self._without_rare(found)
        if form.title in _COMMON_TITLES:
            # "Miss Holm" is the eldest, whom nobody has to tell from "Miss Jane Holm".
            known = [n for n in known if not self._is_told_apart(n, form, alone=len(known) == 1)]
        self._take(known[0] if len(known) == 1 else self._new(), form, family=family)

    def _add_bare(self, form: CharacterForm) -> None:
        """A family name or a given name alone."""
        [word] = form.words
        families = self._by_family.get(word, [])[:MOST_NAMESAKES]
        givens = [n for n in self._by_given.get(word, [])[:MOST_NAMESAKES] if not self.characters[n].is_wife]
        if not givens and not families:
            givens = self._nicknamed(word)
        is_family = bool(families) and (word in self._full_families or word not in self._full_givens or not givens)
        found = self._without_rare(self._men_first(families) if is_family else givens, word)
        if len(found) > 1:
            found = [n for n in found if not self._is_apart(form, n)] or found
        if len(found) > 1 and givens:
            found = self._main_bearer(form, found)
        self._give(form, found, given="" if families else word, family=word if families and not givens else "")

    def _add_with_given(self, form: CharacterForm) -> None:
        """A title and a given name: "Sir Walter", "Aunt Jane", and "Mrs. John" for "Mrs. John Holm"."""
        [given] = form.words
        is_wife = form.title == "mrs" and self._lexicon.name_gender(given) is Gender.MASCULINE
        near = [
            n
            for n in self._by_given.get(given, [])[:MOST_NAMESAKES]
            if self._agree(n, form, named=True) and self.characters[n].is_wife == is_wife
        ]
        found = [n for n in near if form.title in self.characters[n].titles]
        if not found and form.title not in _RANKS_OF_BIRTH:
            found = [n for n in near if not self._is_apart(form, n)]
        self._give(form, found, given=given)

    def _add_title(self, form: CharacterForm) -> None:
        """A title alone, "the Colonel": whoever has it, written so."""
        bearers = [
            number
            for number, one in enumerate(self.characters)
            if any(own.title and own.words and fold(own.written.split()[0]) == form.title for own in one.forms)
        ]
        words = self._lexicon.characters
        stands_alone = form.title in words.offices or form.title in words.alone
        self._give(form, bearers[:MOST_NAMESAKES] if stands_alone else [])

    # What speaks for and against

    def _is_husbands(self, form: CharacterForm) -> bool:
        """Whether a wife's full name is that of her husband: "Mrs. Erik Holm"; the story's use tells an unknown one."""
        if form.title != "mrs":
            return False
        gender = self._lexicon.name_gender(form.words[0])
        if gender is None:
            plain = next((one for one in self._with_word[form.words[0]] if one.key == ("", form.words)), form)
            gender = self._used_gender(plain)
        return gender is Gender.MASCULINE

    def _is_given_use(self, form: CharacterForm) -> bool:
        """Whether the word behind a title is a given name."""
        [word] = form.words
        if word in self._full_families:
            return False
        if word in self._full_givens:
            return True
        return form.title in self._lexicon.characters.with_given and self._lexicon.is_given_name(word)

    def _men_first(self, numbers: Sequence[int]) -> Sequence[int]:
        """Those whom a bare family name means: men, or who may be one, where there are some."""
        return [n for n in numbers if self.characters[n].gender is not Gender.FEMININE] or numbers

    def _nicknamed(self, word: str) -> list[int]:
        """The only character who has a given name for which the word may stand: "Lizzy" for "Elizabeth"."""
        names = {word, *self._lexicon.nicknames.get(word, ())}
        near = [n for name in names for n in self._by_stem.get(stem(name), [])[:MOST_NAMESAKES]]
        found = [
            n
            for n in dict.fromkeys(near)
            if not self.characters[n].is_wife
            and any(is_same_given(word, own, self._lexicon) for own in self.characters[n].givens)
        ]
        return found if len(found) == 1 else []

    def _may_be_nickname(self, number: int, form: CharacterForm) -> bool:
        """Whether "Tom Holm" can be Thomas Holm: titles don't part them, nor do sentences that name both."""
        one, (given, family) = self.characters[number], name_parts(form, self._lexicon)
        if _PERSONAL_TITLES & ({form.title} ^ one.titles) or form.title not in one.titles | {"", "mr", "miss"}:
            return False
        theirs = [*one.forms, *self._given_forms(number)]
        mine = [own for own in self._with_word[given] if not own.is_full or self._family(own) == family]
        if any(self._pairs.are_apart(own, theirs) for own in mine):
            return False
        # "Tom" beside "Mr. Holm", who is Thomas: they are son and father.
        elder = [own for own in self._with_word[family] if own.title == "mr" and not own.is_full]
        younger = [any(self._pairs.are_apart(own, elder) for own in forms) for forms in (mine, theirs)]
        return one.gender is not Gender.MASCULINE or younger[0] == younger[1]

    def _agree(self, number: int, form: CharacterForm, *, named: bool = False) -> bool:
        """Whether the genders go together; those of given names don't count where such a name joins the two."""
        one, told = self.characters[number], sort_gender(form.title, self._lexicon)
        known, gender = (one.told, told) if named else (one.gender, self._gender(form))
        return gender is None or known is None or gender is known

    def _may_have(self, number: int, title: str) -> bool:
        """Whether a character's titles leave room for another before the family name: no "Miss" is "Mrs."."""
        one, rivals = self.characters[number], _RIVALS.get(title, frozenset())
        ranks = self._lexicon.characters.ranks
        if title == "mr":
            rivals |= ranks
        elif title in ranks:
            rivals |= ranks - {title} | {"mr"}
        # Whom the story calls "Miss Jane" isn't "Mrs. Holm".
        is_told = title != "mr" and any(form.title in rivals for form in self._given_forms(number))
        return not (one.is_wife or one.titles & rivals or is_told)

    def _given_forms(self, number: int) -> list[CharacterForm]:
        """The forms that begin with a given name of the character, with no title or one of their gender."""
        one = self.characters[number]
        own = [form for given in sorted(one.givens) for form in self._with_word[given]]
        fitting = [form for form in own if sort_gender(form.title, self._lexicon) in {None, one.gender}]
        return [form for form in fitting if not form.is_full or self._family(form) in one.families]

    def _is_told_apart(self, number: int, form: CharacterForm, *, alone: bool) -> bool:
        """Whether the story puts the title before a character's given name to tell them from the bearer of the form."""
        own, settings = self._given_forms(number), self._settings
        titled = [other for other in own if other.title == form.title]
        if not alone or _count(other for other in titled if not other.is_full) >= settings.often_titled:
            return bool(titled)
        in_full = _count(other for other in titled if other.is_full)
        is_habit = in_full >= settings.titled_share * _count(other for other in own if other.is_full)
        is_rarer = len(form.places) >= settings.times_titled * in_full
        return in_full > 0 and is_habit and is_rarer and self._pairs.beside(form, own) >= settings.min_beside

    def _is_apart(self, form: CharacterForm, number: int) -> bool:
        return self._pairs.are_apart(form, [*self.characters[number].forms, *self._given_forms(number)])

    def _gender(self, form: CharacterForm) -> Gender | None:
        """The gender that a form shows by its title, its given name, or a title that few women have."""
        shown = sort_gender(form.title, self._lexicon)
        if shown is None and form.is_full:
            return self._lexicon.name_gender(form.words[0]) or self._used_gender(form)
        is_mans = shown is None and form.title in self._lexicon.characters.offices
        return Gender.MASCULINE if is_mans else shown

    def _used_gender(self, form: CharacterForm) -> Gender | None:
        """The gender that the story's use of a full name without title shows.

        That of nearly all pronouns that come next behind it and its parts; else a family name that mostly stands alone,
        without a title, is a man's.
        """
        given, family = name_parts(form, self._lexicon)
        bare = [one for one in self._with_word[family] if one.key == ("", (family,))]
        alone = [one for one in self._with_word[given] if one.key == ("", (given,))]
        counts: Counter[Gender] = Counter()
        for one in (form, *alone, *bare):
            counts.update(one.followed)
        best, count = max(counts.items(), key=lambda item: item[1], default=(None, 0))
        if count >= self._settings.min_followed:
            return best if count >= self._settings.followed_share * counts.total() else None
        is_mans = _count(bare) >= max(len(form.places), self._settings.min_followed)
        return Gender.MASCULINE if is_mans and best is not Gender.FEMININE else None

    def _family(self, form: CharacterForm) -> str:
        return name_parts(form, self._lexicon)[1]

    def _without_rare(self, numbers: Sequence[int], word: str = "") -> Sequence[int]:
        """Those of the bearers of a name whom the story names often enough beside the most frequent one.

        Of a given name that is asked about, only full names count.
        """
        counts = {n: self._frequency(n, word) for n in numbers}
        most = max(counts.values(), default=0)
        return [n for n in numbers if counts[n] * self._settings.times_rarer >= most]

    def _main_bearer(self, form: CharacterForm, numbers: Sequence[int]) -> Sequence[int]:
        """The one bearer of a given name that stands alone far more often than in full: a main character."""
        [word] = form.words
        counts = {n: self._frequency(n, word) for n in numbers}
        if len(form.places) < self._settings.times_alone * sum(counts.values()):
            return numbers
        families = {n: [f for family in self.characters[n].families for f in self._with_word[family]] for n in numbers}
        return [max(numbers, key=lambda n: (_count(f for f in families[n] if not f.is_full), counts[n]))]

    def _frequency(self, number: int, word: str) -> int:
        one = self.characters[number]
        is_given = word in one.givens
        return _count(form for form in one.forms if not is_given or (form.is_full and form.words[0] == word))

    # Writing

    def _give(self, form: CharacterForm, found: Sequence[int], *, given: str = "", family: str = "") -> None:
        """Give a form to the only one found, or a new one; of several, each of its places is contested."""
        found = self._without_rare(found)
        if len(found) > 1:
            self.contested.update((place, found) for place in form.places)
        else:
            self._take(found[0] if found else self._new(), form, given=given, family=family)

    def _new(self, *, is_wife: bool = False) -> int:
        self.characters.append(CharacterDraft(is_wife=is_wife))
        return len(self.characters) - 1

    def _take(self, number: int, form: CharacterForm, *, given: str = "", family: str = "") -> None:
        one = self.characters[number]
        one.take(form, sort_gender(form.title, self._lexicon), self._gender(form))
        if given and given not in one.givens:
            one.givens.add(given)
            self._by_given[given].append(number)
            self._by_stem[stem(given)].append(number)
        if family and family not in one.families:
            one.families.add(family)
            self._by_family[family].append(number)


def _count(forms: Iterable[CharacterForm]) -> int:
    return sum(len(form.places) for form in forms)


def character_name(character: CharacterDraft, settings: CastSettings) -> str:
    """What the story calls a character: in full where it does so again and again, with the title of a family name.

    In full too where that is more frequent than the title.
    """
    forms = [form for form in character.forms if not form.written.isupper()] or character.forms
    most = max(forms, key=lambda form: (bool(form.words), len(form.places)))
    is_given = not most.words or most.words[0] in character.givens
    titled = [form for form in forms if form.title and form.words == most.words and not is_given and not most.title]
    share = settings.called_share if is_given else settings.family_called_share
    often = share * _count(character.forms)
    if titled:
        often = min(often, max(len(form.places) for form in titled) + 1)
    full = [form for form in forms if form.is_full and len(form.places) >= often]
    return max(full or titled or [most], key=lambda form: len(form.places)).written
