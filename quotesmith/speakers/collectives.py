"""Speakers who are several ("both men"), and places that speak for who rules there ("Beijing said")."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from quotesmith.coreference import EntityNumber
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import EntityKind
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft, EntityTable, ProposedEntity
from quotesmith.speakers.noun_phrases import first_segment

# Of these a name may stand for who rules there.
METONYM_KINDS = frozenset({EntityKind.PLACE, EntityKind.ORGANIZATION})
PAIR_MEMBERS = 2


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
    if noun in pairs.words:
        return context.discourse.last_pair(None) or context.discourse.last_pair(EntityKind.PERSON)
    kind = context.lexicon.pair_nouns.get(noun)
    members = context.discourse.last_pair(kind) if kind is not None else ()
    return members if len(members) == len(set(members)) and len(members) > 1 else ()


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
    names = context.names
    titles = set(names[place].titles)
    words = [word for word in _words_before(context, place) if word not in titles and word != "the"]
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
