"""Speakers who are several ("both men"), and places that speak for who rules there ("Beijing said")."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from quotesmith.coreference import EntityNumber
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import EntityKind
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft, EntityTable, ProposedEntity
from quotesmith.speakers.noun_phrases import PLURAL_TAGS, first_segment

# Of these a name may stand for who rules there.
METONYM_KINDS = frozenset({EntityKind.PLACE, EntityKind.ORGANIZATION})
PAIR_MEMBERS = 2
# Keeps work linear: descriptions by one noun that are looked at for one phrase.
MOST_CALLED = 100


def find_pair(context: DocumentContext, tokens: Sequence[Token]) -> tuple[EntityNumber, ...]:
    """The last pair that "both men", "the two leaders" or "the pair" fits; empty where it fits none."""
    segment = first_segment(tokens, context.name_at)
    words = [fold(token.text) for token in segment]
    rivals = _find_rivals(context, segment) if len(segment) == len(tokens) else ()
    if rivals:
        return rivals
    pairs = context.lexicon.pairs
    if not words or not pairs.words & set(words) or "of" in {fold(token.text) for token in tokens}:
        return ()
    if words[0] not in pairs.openers:
        return ()
    noun = fold(segment[-1].lemma_ or segment[-1].text)
    kind = context.lexicon.pair_nouns.get(noun)
    if noun in pairs.words and kind is None:
        return context.discourse.last_pair(None) or context.discourse.last_pair(EntityKind.PERSON)
    members = _find_called(context, noun, kind or _members_kind(segment[-1], context.lexicon))
    if not members and kind is not None:
        members = context.discourse.last_pair(kind)
    return members if len(members) == len(set(members)) and len(members) > 1 else ()


def _find_called(context: DocumentContext, noun: str, kind: EntityKind | None) -> tuple[EntityNumber, ...]:
    """The two whom the text calls so, or who were named together last, for any noun for people or bodies."""
    heads = {noun, *context.lexicon.synonyms.get(noun, ())}
    called = {entity for head in heads for entity, _ in context.described.get(head, ())[:MOST_CALLED]}
    called = {entity for entity in called if context.entities[entity].kind is kind}
    pairs = [
        members
        for members in context.discourse.pairs()
        if len(members) == PAIR_MEMBERS and all(context.entities[member].kind is kind for member in members)
    ]
    named = next((members for members in pairs if called.issuperset(members)), None)
    if named is not None:
        return named
    if len(called) == PAIR_MEMBERS:
        return tuple(sorted(called))
    return pairs[0] if pairs and kind is not None else ()


def _members_kind(noun: Token, lexicon: PeopleLexicon) -> EntityKind | None:
    """What each of several is, by a plural noun."""
    word = fold(noun.lemma_ or noun.text)
    if noun.tag_ not in PLURAL_TAGS:
        return None
    if word in lexicon.person_nouns or word in lexicon.trades:
        return EntityKind.PERSON
    return EntityKind.ORGANIZATION if word in lexicon.bodies else None


def _find_rivals(context: DocumentContext, segment: Sequence[Token]) -> tuple[EntityNumber, ...]:
    """The two who are the only ones whom the text calls so: "the candidates"."""
    if [fold(token.text) for token in segment[:-1]] != ["the"] or segment[-1].tag_ != "NNS":
        return ()
    noun = fold(segment[-1].lemma_)
    if noun not in context.lexicon.variations or noun not in context.lexicon.pair_nouns:
        return ()
    heads = {noun, *context.lexicon.synonyms.get(noun, ())}
    people = [context.people_called(head) for head in heads]
    if any(len(called) > PAIR_MEMBERS for called in people):
        return ()
    called = frozenset().union(*people)
    return tuple(sorted(called)) if len(called) == PAIR_MEMBERS else ()


def find_named_groups(context: DocumentContext) -> list[tuple[int, tuple[EntityNumber, ...]]]:
    """The names that "and" joins in the text: the first token and the entities of each group, in order."""
    names, found, start = context.names, [], 0
    while start < len(names):
        end = start + 1
        while end < len(names) and _is_joined(context, end):
            end += 1
        members = tuple(dict.fromkeys(context.owners[start:end]))
        if len(members) > 1 and "and" in _words_before(context, end - 1):
            found.append((names[start].start, members))
        start = end
    return found


def _words_before(context: DocumentContext, place: int) -> list[str]:
    """The words between a name and the one before it."""
    parsed, names = context.parsed, context.names
    return parsed.text[parsed.ends[names[place - 1].end - 1] : parsed.starts[names[place].start]].split()


def _is_joined(context: DocumentContext, place: int) -> bool:
    """Whether a name stands in a list behind the one before it, with at most its role between: "and the nurse Ann"."""
    names = context.names
    titles = set(names[place].titles)
    words = [word for word in _words_before(context, place) if word not in titles and word != "the"]
    role = context.parsed.doc[names[place].start - len(names[place].titles) - 1]
    if "and" in words and role.pos_ == "NOUN" and role.text.islower() and "".join(words[1:]).isalpha():
        words = words[: words.index("and") + 1]
    return names[place].kind is names[place - 1].kind and words in (["and"], [","], [",", "and"])


def find_metonyms(
    entities: EntityTable, speakers: Iterable[EntityNumber], lexicon: PeopleLexicon
) -> dict[EntityNumber, ProposedEntity]:
    """For each speaker that is a capital, a country or a seat of power the body that it stands for.

    The body is the entity that the text names so ("the Chinese government"), or else a new one ("the government of
    China"), equal for all places that mean it. Linear in the entities.
    """
    names = {speaker: name for speaker in speakers if (name := _body_name(entities[speaker], lexicon)) is not None}
    if not names:
        return {}
    bodies = _find_bodies(entities, lexicon)
    found: dict[EntityNumber, ProposedEntity] = {}
    for speaker, name in names.items():
        own = (bodies[form] for form in _body_forms(name, lexicon) if form in bodies)
        body = next((body for body in own if body != speaker), None)
        if body is None:
            body = bodies[_key(name, lexicon)] = EntityDraft(name, EntityKind.ORGANIZATION)
        found[speaker] = body
    return found


def _body_name(draft: EntityDraft, lexicon: PeopleLexicon) -> str | None:
    """The name of the body that the place stands for; None for what is no such place."""
    if not draft.named or draft.kind not in METONYM_KINDS:
        return None
    for form in (draft.name, *draft.aliases):
        key = _key(form, lexicon)
        country = lexicon.metonyms.states.get(key) if draft.kind is EntityKind.PLACE else None
        if country is not None:
            return f"the {lexicon.metonyms.governments[0]} of {_with_article(country, lexicon)}"
        if key in lexicon.metonyms.seats:
            return lexicon.metonyms.seats[key]
    return None


def _with_article(country: str, lexicon: PeopleLexicon) -> str:
    return f"the {country}" if country in lexicon.metonyms.articles else country


def _find_bodies(entities: EntityTable, lexicon: PeopleLexicon) -> dict[str, ProposedEntity]:
    """The bodies that the text speaks of, by the forms of their names."""
    bodies: dict[str, ProposedEntity] = {}
    for number in dict.fromkeys(mention.entity for mention in entities.mentions()):
        draft = entities[number]
        if draft.kind is not EntityKind.PERSON and not draft.members:
            for form in (draft.name, *draft.aliases):
                bodies.setdefault(_key(form, lexicon), number)
    return bodies


def _body_forms(name: str, lexicon: PeopleLexicon) -> Iterator[str]:
    """The ways in which a text may name the body, as `_key` gives them."""
    yield _key(name, lexicon)
    _, _, country = name.partition(f"the {lexicon.metonyms.governments[0]} of ")
    if not country:
        return
    country = country.removeprefix("the ")
    shorts = [short for short, full in lexicon.places.items() if full == country]
    demonyms = [word for word, meant in lexicon.countries.items() if meant == country and word in lexicon.demonyms]
    forms = [fold(country), *shorts]
    for noun in lexicon.metonyms.governments:
        for form in forms:
            yield from (f"{form} {noun}", f"{form}'s {noun}", f"{noun} of {form}", f"{noun} of the {form}")
        yield from (f"{demonym} {noun}" for demonym in demonyms)


def _key(name: str, lexicon: PeopleLexicon) -> str:
    """The name without its article, folded; a place's short form written out."""
    words = fold(name).split()
    key = " ".join(words[1:] if len(words) > 1 and words[0] in lexicon.phrases.determiners else words)
    return fold(lexicon.places.get(key, key))
