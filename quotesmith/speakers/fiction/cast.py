"""The characters of a story: from its names to entities, over the whole of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from attrs import evolve
from spacy.tokens import Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, TextSpans
from quotesmith.speakers.fiction.character_names import CharacterForm, FormKey, collect_character_forms, is_title
from quotesmith.speakers.fiction.characters import CharacterFinder, character_name
from quotesmith.speakers.fiction.form_pairs import FormPairs
from quotesmith.speakers.names import (
    Gazetteer,
    Name,
    NamedEntity,
    NameKinds,
    TextNames,
    cluster_names,
    find_labelled_speakers,
    find_names,
    keep_together,
    read_names,
)
from quotesmith.speakers.noun_phrases import is_determiner
from quotesmith.speakers.settings import CastSettings, SpeakerSettings

_NAMING_POS: Final = frozenset({"PROPN", "NOUN"})


def read_cast(
    parsed: ParsedText,
    sources: Sequence[TextSpans],
    lexicon: PeopleLexicon,
    gazetteer: Gazetteer | None,
    settings: SpeakerSettings,
    *,
    kinds: NameKinds | None = None,
) -> TextNames:
    """The names of a story and the entities that they name, its characters among them; n log n in the tokens.

    A text in which labels name the speakers, as plays do, is read as any other.

    Args:
        parsed: The text.
        sources: The source spans of the attributions.
        lexicon: Words about people.
        gazetteer: Names that are known beforehand; they win over guesses.
        settings: Thresholds.
        kinds: What the encoder takes names for; None without one.
    """
    found, writers = find_names(parsed, sources, lexicon, gazetteer, settings.names, kinds=kinds)
    labelled = find_labelled_speakers(parsed, found, lexicon)
    if labelled.speakers:
        return read_names(parsed, sources, lexicon, gazetteer, settings.names, kinds=kinds)
    names = [part for name in found for part in _split_pair(name, parsed)]
    names = _join_lines(_with_speaking(names, parsed, sources, lexicon), parsed)
    entities = keep_together(_group(names, parsed, sources, lexicon, settings), names)
    return TextNames(tuple(names), tuple(writers), tuple(entities), labelled)


# Names


def _split_pair(name: Name, parsed: ParsedText) -> list[Name]:
    """The name, or the two names that the recognizer took for one: "Emma and Harriet"."""
    inside = range(name.start + 1, name.end - 1)
    joiner = next((index for index in inside if parsed.doc[index].lower_ == "and"), None)
    if joiner is None or name.entry is not None or name.kind not in {EntityKind.PERSON, EntityKind.OTHER}:
        return [name]
    return [
        evolve(name, start=start, end=end, words=tuple(token.text for token in parsed.doc[start:end]), titles=titles)
        for start, end, titles in ((name.start, joiner, name.titles), (joiner + 1, name.end, ()))
    ]


def _with_speaking(
    names: Sequence[Name], parsed: ParsedText, sources: Sequence[TextSpans], lexicon: PeopleLexicon
) -> list[Name]:
    """The names, and the words with a capital that speak and that are no names yet: "Mother", "the Duchess"."""
    taken = {token for name in names for token in range(name.start, name.end)}
    speaking = {token.text for spans in sources for token in _speaking_word(parsed, spans, taken, lexicon)}
    added = [
        Name(token.i, token.i + 1, (token.text,), (), EntityKind.PERSON)
        for token in parsed.doc
        if token.text in speaking and token.i not in taken and token.pos_ in _NAMING_POS
    ]
    return sorted([*names, *added], key=lambda name: name.start)


def _speaking_word(parsed: ParsedText, spans: TextSpans, taken: set[int], lexicon: PeopleLexicon) -> Iterable[Token]:
    """The one word of a source, beside an article, that has a capital and is no name and no part of one."""
    words = [token for token in parsed.words(spans) if not token.is_space]
    words = words[1:] if words and is_determiner(words[0]) else words
    if not words or words[0].i in taken or words[0].pos_ not in _NAMING_POS or not words[0].text[:1].isupper():
        return ()
    word, behind = words[0], words[1:2]
    is_longer = any(token.pos_ in _NAMING_POS and token.i not in taken for token in behind)
    is_cut = is_title(word.text, lexicon) and _is_before_name(word)
    return () if is_longer or is_cut or not word.is_alpha or len(word) == 1 else (word,)


def _is_before_name(token: Token) -> bool:
    """Whether a word with a capital follows, as a name does its title; a line may break between."""
    behind = (following for following in token.doc[token.i + 1 : token.i + 3] if not following.is_space)
    return next((following.text[:1].isupper() for following in behind), False)


def _join_lines(names: Sequence[Name], parsed: ParsedText) -> list[Name]:
    """The names, those joined that a line's end parts and that stand on one line elsewhere: "Jane / Holm"."""
    known = {tuple(map(fold, name.words)) for name in names if len(name.words) > 1}
    joined: list[Name] = []
    for name in names:
        last = joined[-1] if joined else None
        words = () if last is None else (*last.words, *name.words)
        if last is not None and _are_parted(last, name, parsed) and tuple(map(fold, words)) in known:
            joined[-1] = evolve(last, end=name.end, words=words)
        else:
            joined.append(name)
    return joined


def _are_parted(first: Name, second: Name, parsed: ParsedText) -> bool:
    """Whether only a line's end stands between two names."""
    if second.start != first.end + 1 or first.entry is not None or second.entry is not None:
        return False
    gap = parsed.doc[first.end]
    return gap.is_space and gap.text.count("\n") <= 1


# Entities


def _group(
    names: Sequence[Name],
    parsed: ParsedText,
    sources: Sequence[TextSpans],
    lexicon: PeopleLexicon,
    settings: SpeakerSettings,
) -> list[NamedEntity]:
    """The entities of the names: people's over the whole story, others' as in any text."""
    forms = collect_character_forms(names, parsed, lexicon, settings.cast.pronoun_near)
    people = _find_people(forms, names, _speaking_places(names, parsed, sources), lexicon, settings.cast)
    others = sorted(place for form in forms if form.key not in people for place in form.places)
    entities = [
        evolve(
            entity,
            names=tuple(others[place] for place in entity.names),
            former=frozenset(others[place] for place in entity.former),
        )
        for entity in cluster_names([names[place] for place in others], parsed, lexicon, settings.names)
    ]
    own = [form for form in forms if form.key in people]
    # Whom a line calls "Jane" the narration beside it may well call "Holm".
    stretches = [(parsed.sentences[name.start], parsed.is_quoted(parsed.doc[name.start])) for name in names]
    pairs = FormPairs.of(own, stretches, settings.cast)
    finder = CharacterFinder(own, pairs, lexicon, settings.cast)
    finder.find()
    _resolve_contested(finder, names, settings.cast)
    written = {place: form.written for form in own for place in form.places}
    for character in finder.characters:
        if character.places:
            name, places = character_name(character, settings.cast), tuple(sorted(character.places))
            called = tuple(dict.fromkeys(written[place] for place in places))
            entities.append(NamedEntity(EntityKind.PERSON, places, name=name, aliases=called, gender=character.gender))
    return sorted(entities, key=lambda entity: entity.names)


def _speaking_places(names: Sequence[Name], parsed: ParsedText, sources: Sequence[TextSpans]) -> set[int]:
    """The positions of the names that begin a source, behind titles and articles."""
    starts = {name.start: place for place, name in enumerate(names)}
    found = (
        next((starts[token.i] for token in parsed.words(spans)[:4] if token.i in starts), None) for spans in sources
    )
    return {place for place in found if place is not None}


def _find_people(
    forms: Sequence[CharacterForm],
    names: Sequence[Name],
    speaking: set[int],
    lexicon: PeopleLexicon,
    settings: CastSettings,
) -> set[FormKey]:
    """The forms that name people: by a title, by what the recognizer says, or since they speak."""
    people = {form.key for form in forms if _is_person(form, names, speaking, lexicon, settings)}
    # What the recognizer takes for a body is a person where the story has one of that name.
    known = {word for form in forms if form.key in people and (form.is_full or form.title) for word in form.words}
    people.update(form.key for form in forms if len(form.words) == 1 and form.words[0] in known)
    return people


def _is_person(
    form: CharacterForm, names: Sequence[Name], speaking: set[int], lexicon: PeopleLexicon, settings: CastSettings
) -> bool:
    entries = [entry for place in form.places if (entry := names[place].entry) is not None]
    if entries:
        return any(entry.kind is EntityKind.PERSON for entry in entries)
    kinds = Counter(names[place].kind for place in form.places)
    speaks = sum(place in speaking for place in form.places)
    if len(form.words) == 1 and (form.words[0] in lexicon.countries or form.words[0] in lexicon.places):
        return speaks > settings.speaking_often
    is_known = kinds[EntityKind.PERSON] > 0
    often = 2 * kinds[EntityKind.PERSON] >= len(form.places)
    return bool(form.title) or often or speaks >= settings.speaking_often or (is_known and speaks > 0)


def _resolve_contested(finder: CharacterFinder, names: Sequence[Name], settings: CastSettings) -> None:
    """Give each name that several have to the one named last, if that is near, or else to the one named most."""
    owners = {place: number for number, one in enumerate(finder.characters) for place in one.places}
    counts = [len(one.places) for one in finder.characters]
    last: dict[int, int] = {}
    for place, name in enumerate(names):
        bearers = finder.contested.get(place, ())
        if place in owners:
            last[owners[place]] = name.start
        elif bearers:
            near = [one for one in bearers if one in last and name.start - last[one] <= settings.near_tokens]
            chosen = max(near, key=last.__getitem__) if near else max(bearers, key=counts.__getitem__)
            finder.characters[chosen].places.append(place)
            last[chosen] = name.start
