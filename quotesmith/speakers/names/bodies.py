"""Which names of organizations, places and groups are one body's: short forms, acronyms, legal forms."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind
from quotesmith.speakers.names.forms import NameCluster, NameForm, append_number
from quotesmith.speakers.names.recognition import Name
from quotesmith.speakers.settings import NameSettings


class Bodies:
    """Organizations, places and groups so far, found by their words, their acronyms and their short forms."""

    def __init__(
        self,
        lexicon: PeopleLexicon,
        settings: NameSettings,
        clusters: list[NameCluster],
        acronyms: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._lexicon = lexicon
        self._settings = settings
        self._clusters = clusters
        self._acronyms = acronyms
        self._by_key: dict[tuple[str, ...], int] = {}
        self._by_edge: dict[str, list[int]] = defaultdict(list)
        # By the words with which longer names begin, those names; and of them those that a body's nouns end.
        self._by_start: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._by_stem: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._by_initials: dict[str, list[int]] = defaultdict(list)

    def add(self, form: NameForm) -> None:
        """The form joins the entity of a longer form, or is a new entity's."""
        key = self._canonical(form.key)
        number = self._find(key, form)
        if number is None:
            number = len(self._clusters)
            self._clusters.append(NameCluster(form.kind))
        self._clusters[number].names.extend(form.places)
        self.register(number, form)

    def add_labelled(self, forms: Sequence[NameForm]) -> None:
        """The bodies among the labelled speakers, whose clusters are there, in order."""
        for number, form in enumerate(forms):
            if form.kind is not EntityKind.PERSON:
                self.register(number, form)

    def register(self, number: int, form: NameForm) -> None:
        """A body can be found by the words of the name from now on."""
        key = self._canonical(form.key)
        self._by_key.setdefault(key, number)
        if len(key) > 1 and form.kind is EntityKind.ORGANIZATION:
            append_number(self._by_edge[key[-1]], number)
            initials = "".join(word[0] for word in key if word not in self._lexicon.names.acronym_gaps)
            append_number(self._by_initials[initials], number)
            if all(word in self._lexicon.generic_bodies for word in key[1:]):
                append_number(self._by_edge[key[0]], number)
            self._register_starts(key, number)

    def _register_starts(self, key: tuple[str, ...], number: int) -> None:
        for end in range(1, min(len(key), self._settings.max_person_tokens)):
            append_number(self._by_start[key[:end]], number)
            if all(word in self._lexicon.bodies for word in key[end:]):
                append_number(self._by_stem[key[:end]], number)

    def _canonical(self, key: tuple[str, ...]) -> tuple[str, ...]:
        key = self._acronyms.get("".join(key), key)
        end = len(key)
        while end > 1 and key[end - 1] in self._lexicon.names.legal_forms:
            end -= 1
        key = key[:end]
        full = self._lexicon.places.get(" ".join(key))
        return tuple(map(fold, full.split())) if full else key

    def _find(self, key: tuple[str, ...], form: NameForm) -> int | None:
        if key in self._by_key:
            return self._by_key[key]
        if len(key) > 1:
            return _only(self._by_stem.get(key, ())) if form.kind is EntityKind.ORGANIZATION else None
        word, settings = key[0], self._settings
        spelled_out = self._by_initials.get(word, ())
        if settings.min_acronym_letters <= len(word) <= settings.max_acronym_letters and len(spelled_out) == 1:
            return spelled_out[0]
        if form.kind not in {EntityKind.ORGANIZATION, EntityKind.PERSON}:
            return None
        found = _only(self._by_edge.get(word, ()))
        # "Halcyon" is Halcyon Dairies, but "United" or "Oslo" may be anybody.
        lexicon = self._lexicon
        is_plain = word in lexicon.ordinary or word in lexicon.bodies or lexicon.affiliation(word) is not None
        return found if found is not None or is_plain else _only(self._by_start.get(key, ()))


def _only(numbers: Sequence[int]) -> int | None:
    return numbers[0] if len(numbers) == 1 else None


def find_acronyms(
    forms: Sequence[NameForm],
    names: Sequence[Name],
    parsed: ParsedText,
    lexicon: PeopleLexicon,
    settings: NameSettings,
) -> dict[str, tuple[str, ...]]:
    """Acronyms, and the words of the body's name that each shortens; linear in the names.

    Those that stand in brackets behind the name, and names in capitals that are the initials of just one body.
    """
    spelled: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for form in forms:
        if form.kind is EntityKind.ORGANIZATION and len(form.key) > 1:
            words = (word for word in form.key if word not in lexicon.names.acronym_gaps)
            spelled["".join(word[0] for word in words)].add(form.key)
    found = {}
    for form in forms:
        [word, *others] = form.key
        first = names[form.places[0]]
        is_acronym = not others and first.words[0].isupper() and not any(names[place].titles for place in form.places)
        if is_acronym and settings.min_acronym_letters <= len(word) <= settings.max_acronym_letters:
            full = spelled.get(word, set())
            if len(full) == 1:
                found[word] = next(iter(full))
    return {**found, **_introduced_acronyms(names, parsed)}


def _introduced_acronyms(names: Sequence[Name], parsed: ParsedText) -> dict[str, tuple[str, ...]]:
    """Acronyms that stand in brackets after the body's name they shorten, and the words of that name."""
    found = {}
    for full, short in pairwise(names):
        between = parsed.text[parsed.ends[full.end - 1] : parsed.starts[short.start]]
        words = tuple(map(fold, full.words))
        if between.strip() != "(" or len(words) == 1 or full.kind is EntityKind.PERSON:
            continue
        acronym = "".join(map(fold, short.words))
        # "BoE" has a small letter for a small word.
        if "".join(short.words).isupper() or acronym == "".join(word[:1] for word in words):
            found[acronym] = words
    return found
