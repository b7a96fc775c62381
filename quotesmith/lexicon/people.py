"""Words about people in a language: titles, nicknames, given names, roles, demonyms."""

import json
from collections.abc import Container, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import evolve, frozen

from quotesmith.errors import LanguageError
from quotesmith.lexicon import read_words
from quotesmith.lexicon.folding import fold, fold_case, unaccented
from quotesmith.lexicon.titles import TitleSource, read_titles
from quotesmith.lexicon.word_groups import (
    AddressWords,
    AliasWords,
    CharacterWords,
    NameWords,
    PairWords,
    PhraseWords,
    PronounWords,
    SpeakerLabelWords,
)
from quotesmith.records import EntityKind, Gender

_WORD_LISTS = ("titles", "nicknames", "common", "nouns", "roles", "demonyms", "places", "states", "metonyms")
_WORD_GROUPS = {
    "phrases": PhraseWords,
    "names": NameWords,
    "aliases": AliasWords,
    "pairs": PairWords,
    "pronouns": PronounWords,
    "addresses": AddressWords,
    "labels": SpeakerLabelWords,
    "characters": CharacterWords,
}


@frozen(eq=False)
class PeopleLexicon:
    """Words about people, bodies and places; all keys are as `fold` gives them.

    Attributes:
        titles: Words that stand before a name ("Mr.", "President"), with the gender that they show.
        title_roles: Titles that shorten a role noun ("Sen." for "senator").
        title_modifiers: Words that stand among titles ("former", "vice").
        given_titles: Titles that are given names too ("Earl").
        suffixes: Words after a name that belong to it ("Jr.").
        particles: Small words inside a name ("bin", "van").
        nicknames: The given names that a nickname may stand for.
        common_families: Family names of very many people, which say little about who somebody is.
        common_given_names: Given names of very many people.
        feminine_names: Given names of women (some also of men), with how each is written, as `fold_case` gives it.
        masculine_names: Given names of men (some also of women), likewise.
        person_nouns: Nouns for one person, with the gender that they show.
        trades: More nouns for one person, many of which are family names too: such nouns only in small letters.
        bodies: Nouns for bodies of people ("agency").
        generic_bodies: Nouns for bodies that add nothing to the name beside them ("Xinhua news agency").
        national_bodies: Nouns for bodies of which a country has one, so that the noun alone names it ("Senate").
        documents: Nouns for things that are written, shown or counted ("poll").
        place_nouns: Nouns for places ("country").
        calendar: Names of days and months.
        pair_nouns: The kind of entity that two of a noun are ("two men").
        countries: The country of a demonym, and of its own name.
        demonyms: The words among `countries` that describe ("Russian"), without the countries' own names.
        parties: The party of an adjective or short name ("GOP").
        states: The state of its name or of a shorter form ("Tenn.").
        places: The full name of a place's shorter form ("U.S.").
        addressing_verbs: Verbs whose object is spoken to ("tell").
        speaking_verbs: For each preposition the verbs after which it names the hearer ("say to", "speak with").
        voice_verbs: Verbs for what only a voice does ("whisper").
        exchanges: Nouns for an exchange of words between parties ("an interview with").
        audiences: Nouns for people who listen, read or ask ("crowd"), besides `person_nouns`.
        representing: Nouns for people who speak for a body ("spokesman", "chairman").
        shared_roles: Person nouns that bodies may have too ("owner").
        shared: Nouns with which "our" means everybody's ("our country").
        synonyms: Role nouns that may stand for another: "nominee" for "candidate", "leader" for "president".
        metonyms: Places that can mean who rules there.
        variations: Nouns by which a text refers again to what it has named ("the businessman", "the bank").
        leaders: The noun for the one whose body a noun means ("campaign": "candidate").
        offices: Nouns of offices, which do so if a country or state stands beside them ("the Ohio governor").
        relations: Nouns for what one person is to another ("wife").
        distinguishing: Words before a role that make it another one: a vice president is no president.
        former: Words of a description by a role that somebody had ("retired").
        formerly_representing: These and other words before the role of one who no longer speaks for the body ("then").
        role_prepositions: Prepositions between a role and the body for which somebody has it ("chairman of").
        affiliation_descriptions: Nouns that describe any country, or any state ("nation"), by `affiliation_kind`.
        party_letters: The party's adjective for the letter by which politicians are marked; None without a party.
        phrases: Words that open, join or end noun phrases.
        names: Small words inside and between names.
        aliases: Words by which texts tell another name of somebody.
        ordinary: Words that texts write in small letters.
        pairs: Words for two who were named.
        pronouns: Words that show what "I" and "you" mean.
        addresses: Words that show who is spoken to.
        labels: Words of labels before turns.
        characters: Words with the names of a story's characters.
    """

    titles: Mapping[str, Gender | None]
    title_roles: Mapping[str, str]
    title_modifiers: frozenset[str]
    given_titles: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    nicknames: Mapping[str, frozenset[str]]
    common_families: frozenset[str]
    common_given_names: frozenset[str]
    feminine_names: Mapping[str, frozenset[str]]
    masculine_names: Mapping[str, frozenset[str]]
    person_nouns: Mapping[str, Gender | None]
    trades: frozenset[str]
    bodies: frozenset[str]
    generic_bodies: frozenset[str]
    national_bodies: frozenset[str]
    documents: frozenset[str]
    place_nouns: frozenset[str]
    calendar: frozenset[str]
    pair_nouns: Mapping[str, EntityKind]
    countries: Mapping[str, str]
    demonyms: frozenset[str]
    parties: Mapping[str, str]
    states: Mapping[str, str]
    places: Mapping[str, str]
    addressing_verbs: frozenset[str]
    speaking_verbs: Mapping[str, frozenset[str]]
    voice_verbs: frozenset[str]
    exchanges: frozenset[str]
    audiences: frozenset[str]
    representing: frozenset[str]
    shared_roles: frozenset[str]
    shared: frozenset[str]
    synonyms: Mapping[str, frozenset[str]]
    metonyms: "Metonyms"
    variations: frozenset[str]
    leaders: Mapping[str, str]
    offices: frozenset[str]
    relations: frozenset[str]
    distinguishing: frozenset[str]
    former: frozenset[str]
    formerly_representing: frozenset[str]
    role_prepositions: frozenset[str]
    affiliation_descriptions: Mapping[str, tuple[str, ...]]
    party_letters: Mapping[str, str | None]
    phrases: PhraseWords
    names: NameWords
    aliases: AliasWords
    ordinary: frozenset[str]
    pairs: PairWords
    pronouns: PronounWords
    addresses: AddressWords
    labels: SpeakerLabelWords
    characters: CharacterWords

    def with_titles(self, source: TitleSource) -> "PeopleLexicon":
        """The lexicon with more titles.

        A title that is here already gets the gender of its record. Of a title of several words the last is the title
        and those before it modify it, like "Prime" in "Prime Minister". A word that is a title is no given name.

        Args:
            source: A file or records, as for `read_titles`.

        Raises:
            LexiconError: if the file or a record is malformed, or if one title has two genders.
            ArgumentError: if the source is neither a path nor records.
            OSError: if the file can't be read.

        Examples:
            >>> lexicon = load_people().with_titles([{"title": "Archdruid"}])
            >>> "archdruid" in lexicon.titles
            True
        """
        titles = read_titles(source)
        added = {fold(title.words[-1]): title.gender for title in titles}
        return evolve(
            self,
            titles={**self.titles, **added},
            title_modifiers=self.title_modifiers | _folded(word for title in titles for word in title.words[:-1]),
            feminine_names=_without(self.feminine_names, added),
            masculine_names=_without(self.masculine_names, added),
            nicknames=_without(self.nicknames, added),
        )

    def is_given_name(self, word: str) -> bool:
        """Whether people are called that by given name."""
        key = fold(word)
        return key in self.feminine_names or key in self.masculine_names or key in self.nicknames

    def name_gender(self, given: str) -> Gender | None:
        """The gender that a given name or nickname shows; None where it shows none."""
        key, written = fold(given), fold_case(given.replace(".", ""))
        if written != unaccented(written):
            # "Åsa" is a woman, "Asa" a man: what the plain form shows, this one doesn't.
            feminine = written in self.feminine_names.get(key, ())
            masculine = written in self.masculine_names.get(key, ())
        else:
            known = key in self.feminine_names or key in self.masculine_names
            names = {key} if known else self.nicknames.get(key, frozenset())
            feminine = any(name in self.feminine_names for name in names)
            masculine = any(name in self.masculine_names for name in names)
        if feminine == masculine:
            return None
        return Gender.FEMININE if feminine else Gender.MASCULINE

    def same_given(self, one: str, other: str) -> bool:
        """Whether two given names can be one person's: equal, an initial, or a nickname of the other."""
        a, b = fold(one), fold(other)
        if a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1]):
            return True
        full_a, full_b = self.nicknames.get(a, frozenset()), self.nicknames.get(b, frozenset())
        return a in full_b or b in full_a or bool(full_a & full_b)

    def is_adverb(self, word: str) -> bool:
        """Whether a word is an adverb that an ordinary word makes: "Wearily", "Frantically"; no given name is."""
        key = fold(word)
        stem = key.removesuffix("ly")
        if stem == key or self.is_given_name(key):
            return False
        if key.endswith(tuple(self.phrases.adverb_endings)):
            return True
        return any(form in self.ordinary for form in (stem, f"{stem}e", f"{stem[:-1]}y", stem.removesuffix("al")))

    def affiliation(self, word: str) -> str | None:
        """The country, party or state that a word of description means ("Russian": Russia); None for other words."""
        key = fold(word)
        state = self.states.get(key)
        # "ill" and "miss" are states in brackets alone.
        return self.countries.get(key) or self.parties.get(key) or (state if state and fold(state) == key else None)

    def affiliation_kind(self, affiliation: str) -> str:
        """The kind of an affiliation: "party", "state" or "country"."""
        if affiliation in self.parties.values():
            return "party"
        return "state" if fold(affiliation) in self.states else "country"


@frozen(eq=False)
class Metonyms:
    """Places that can stand for those who rule there; all keys are as `fold` gives them.

    Attributes:
        states: The country of a capital, and of its own name where no other place has it.
        seats: The institution that has its seat in a building or a street ("Kremlin").
        articles: Countries whose names have an article ("the United States").
        governments: Nouns for a government ("administration").
    """

    states: Mapping[str, str]
    seats: Mapping[str, str]
    articles: frozenset[str]
    governments: tuple[str, ...]


def load_people(language: str = "en") -> PeopleLexicon:
    """The lexicon of a language, read once.

    Raises:
        LanguageError: if there is none for `language`.
    """
    return _load(language)


@cache
def _load(language: str) -> PeopleLexicon:
    folder = files("quotesmith") / "lexicon" / language / "people"
    if not folder.is_dir():
        msg = f"there is no lexicon of people for language {language!r}; 'en' has one"
        raise LanguageError(msg)
    data = {
        name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for name in (*_WORD_LISTS, *_WORD_GROUPS)
    }
    lines: list[str] = read_words(language, "ordinary_words")["words"]
    return _build(data, frozenset(word for line in lines for word in line.split()))


def _build(data: Mapping[str, Any], ordinary: frozenset[str]) -> PeopleLexicon:
    titles, nouns, roles, demonyms = data["titles"], data["nouns"], data["roles"], data["demonyms"]
    honorifics = _folded([*titles["masculine"], *titles["feminine"], *titles["neutral"], *titles["suffixes"]])
    # Nobody in "Hong Kong" and "Le Mans" is called "Hổng" or "Lê".
    no_given_names = honorifics | _folded(data["common"]["unaccented_words"])
    describing = {fold(word): country for country, words in demonyms.items() for word in words}
    return PeopleLexicon(
        titles=_gendered(titles, "neutral"),
        title_roles={fold(title): fold(role) for title, role in titles["expansions"].items()},
        title_modifiers=_folded(titles["modifiers"]),
        given_titles=_folded(titles["given"]),
        suffixes=_folded(titles["suffixes"]),
        particles=_folded(titles["particles"]),
        nicknames={fold(nickname): _folded(names) for nickname, names in data["nicknames"].items()},
        common_families=_folded(data["common"]["families"]),
        common_given_names=_folded(data["common"]["given"]),
        feminine_names=_given_names("female_names.dat", no_given_names),
        masculine_names=_given_names("male_names.dat", no_given_names),
        person_nouns=_gendered(nouns, "persons"),
        trades=_folded(nouns["trades"]),
        bodies=_folded(nouns["bodies"]),
        generic_bodies=_folded(nouns["generic"]),
        national_bodies=_folded(nouns["national"]),
        documents=_folded(nouns["documents"]),
        place_nouns=_folded(nouns["places"]),
        calendar=_folded(nouns["calendar"]),
        pair_nouns={fold(noun): EntityKind(kind) for kind, words in nouns["pair_nouns"].items() for noun in words},
        countries={**describing, **{fold(country): country for country in demonyms}},
        demonyms=frozenset(describing),
        parties={fold(word): party for party, words in nouns["parties"].items() for word in words},
        states={fold(word): state for state, shorts in data["states"].items() for word in (state, *shorts)},
        places={fold(short): full for full, shorts in data["places"].items() for short in shorts},
        addressing_verbs=_folded(roles["addressing"]),
        speaking_verbs={fold(preposition): _folded(verbs) for preposition, verbs in roles["speaking_to"].items()},
        voice_verbs=_folded(roles["voices"]),
        exchanges=_folded(roles["exchanges"]),
        audiences=_folded(roles["audiences"]),
        representing=_folded(roles["representing"]),
        shared_roles=_folded(roles["shared_roles"]),
        shared=_folded(roles["shared"]),
        synonyms=_synonyms(roles["synonyms"], roles["broader"]),
        variations=_folded([*roles["variations"]["persons"], *roles["variations"]["bodies"]]),
        leaders={fold(body): fold(role) for body, role in roles["leaders"].items()},
        offices=_folded(roles["variations"]["offices"]),
        relations=_folded(roles["relations"]),
        distinguishing=_folded(roles["distinguishing"]),
        former=_folded(roles["former"]),
        formerly_representing=_folded([*roles["former"], *roles["formerly_representing"]]),
        role_prepositions=_folded(roles["prepositions"]),
        affiliation_descriptions={kind: tuple(words) for kind, words in nouns["affiliation_descriptions"].items()},
        party_letters=nouns["party_letters"],
        metonyms=_metonyms(data["metonyms"]),
        ordinary=ordinary,
        **{name: _word_group(group, data[name]) for name, group in _WORD_GROUPS.items()},
    )


def _word_group(group: type[Any], data: Mapping[str, list[str]]) -> Any:
    return group(**{name: _folded(words) for name, words in data.items()})


def _metonyms(data: Mapping[str, Any]) -> Metonyms:
    capitals: Mapping[str, list[str]] = data["capitals"]
    return Metonyms(
        states={
            **{fold(country): country for country in capitals if country not in data["alike"]},
            **{fold(capital): country for country, towns in capitals.items() for capital in towns},
        },
        seats={fold(seat): institution for institution, seats in data["seats"].items() for seat in seats},
        articles=frozenset(data["with_article"]),
        governments=tuple(data["governments"]),
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _gendered(data: Mapping[str, list[str]], neutral: str) -> dict[str, Gender | None]:
    words: dict[str, Gender | None] = {fold(word): None for word in data[neutral]}
    words.update((fold(word), Gender.FEMININE) for word in data["feminine"])
    words.update((fold(word), Gender.MASCULINE) for word in data["masculine"])
    return words


def _given_names(file: str, excluded: frozenset[str]) -> dict[str, frozenset[str]]:
    # coreferee ships these lists with the terms of their makers beside them: read there, not copied.
    text = (files("coreferee") / "lang" / "common" / "data" / file).read_text(encoding="utf-8")
    written: dict[str, set[str]] = {}
    for name in map(str.strip, text.splitlines()):
        if len(name) > 1 and fold(name) not in excluded:
            written.setdefault(fold(name), set()).add(fold_case(name))
    return {name: frozenset(forms) for name, forms in written.items()}


def _without(names: Mapping[str, frozenset[str]], words: Container[str]) -> dict[str, frozenset[str]]:
    return {name: forms for name, forms in names.items() if name not in words}


def _synonyms(sets: list[list[str]], broader: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for words in map(_folded, sets):
        for word in words:
            found.setdefault(word, set()).update(words)
    for noun, others in broader.items():
        narrower = _folded(others)
        found.setdefault(fold(noun), set()).update(narrower)
        for other in narrower:
            found.setdefault(other, set()).add(fold(noun))
    return {word: frozenset(others) for word, others in found.items()}
