"""Speakers who are several ("both men"), and places that speak for who rules there ("Beijing said")."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import EntityKind
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft, EntityTable
from quotesmith.speakers.noun_phrases import first_segment

PAIR_WORDS = frozenset({"both", "two", "pair", "duo", "couple"})
RIVALS = ("the", "candidates")
PAIR_PRONOUNS = frozenset({"both", "each", "neither"})
SPEAKING = frozenset({EntityKind.PLACE, EntityKind.ORGANIZATION})


def paired_members(context: DocumentContext, tokens: Sequence[Token]) -> tuple[int, ...]:
    """The last pair that "both men", "the two leaders" or "the pair" fits; empty where it fits none."""
    segment = first_segment(tokens, context.name_at)
    words = [fold(token.text) for token in segment]
    rivals = _rivals(context, segment) if len(segment) == len(tokens) else ()
    if rivals:
        return rivals
    if not words or not PAIR_WORDS & set(words) or "of" in {fold(token.text) for token in tokens}:
        return ()
    if words[0] not in {"both", "the", "these", "those"}:
        return ()
    noun = fold(segment[-1].lemma_ or segment[-1].text)
    if noun in PAIR_WORDS:
        return context.discourse.last_pair(None) or context.discourse.last_pair(EntityKind.PERSON)
    kind = context.lexicon.pair_nouns.get(noun)
    members = context.discourse.last_pair(kind) if kind is not None else ()
    return members if len(members) == len(set(members)) and len(members) > 1 else ()


def _rivals(context: DocumentContext, segment: Sequence[Token]) -> tuple[int, ...]:
    """The two whom alone the text calls so: "the candidates"."""
    if len(segment) != len(RIVALS) or fold(segment[0].text) != "the" or segment[1].tag_ != "NNS":
        return ()
    noun = fold(segment[1].lemma_)
    if noun not in context.lexicon.variations or noun not in context.lexicon.pair_nouns:
        return ()
    heads = {noun, *context.lexicon.synonyms.get(noun, ())}
    people = [context.people_called(head) for head in heads]
    if any(len(called) > len(RIVALS) for called in people):
        return ()
    called = frozenset().union(*people)
    return tuple(sorted(called)) if len(called) == len(RIVALS) else ()


def named_pairs(context: DocumentContext) -> list[tuple[int, tuple[int, ...]]]:
    """The names joined by "and" in the text: the first token and the entities of each group, in order."""
    parsed, found = context.parsed, []
    names = context.names
    start = 0
    while start < len(names):
        end = start + 1
        while end < len(names) and _joined(context, end) and end - start < len(names):
            end += 1
        members = tuple(dict.fromkeys(context.owners[start:end]))
        last = (
            parsed.text[parsed.ends[names[end - 2].end - 1] : parsed.starts[names[end - 1].start]]
            if end - start > 1
            else ""
        )
        if len(members) > 1 and "and" in last.split():
            found.append((names[start].start, members))
        start = end
    return found


def _joined(context: DocumentContext, place: int) -> bool:
    parsed, names = context.parsed, context.names
    between = parsed.text[parsed.ends[names[place - 1].end - 1] : parsed.starts[names[place].start]].split()
    titles = set(names[place].titles)
    words = [word for word in between if word not in titles and word != "the"]
    return names[place].kind is names[place - 1].kind and words in (["and"], [","], [",", "and"])


def set_stands_for(roster: EntityTable, speakers: Iterable[int], lexicon: PeopleLexicon) -> None:
    """Give each speaker that is a capital, a country or a seat of power the body that it stands for.

    The speaker keeps its written name. The body is the entity that the text names so ("the Chinese government"), else
    a new one ("the government of China"); places that mean the same body share it. Linear in the entities.
    """
    distributions = {
        speaker: meant for speaker in speakers if (meant := _meant(roster.drafts[speaker], lexicon)) is not None
    }
    if not distributions:
        return
    bodies = _bodies(roster, lexicon)
    for speaker, name in distributions.items():
        own = (bodies[form] for form in _forms(name, lexicon) if form in bodies)
        number = next((body for body in own if body != speaker), None)
        if number is None:
            number = roster.add(EntityDraft(name, EntityKind.ORGANIZATION))
            bodies[_key(name, lexicon)] = number
        roster.drafts[speaker].stands_for = number


def _meant(draft: EntityDraft, lexicon: PeopleLexicon) -> str | None:
    """The name of the body that the place stands for; None for what is no such place."""
    if not draft.named or draft.kind not in SPEAKING:
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


def _bodies(roster: EntityTable, lexicon: PeopleLexicon) -> dict[str, int]:
    """The bodies that the text speaks of, by the forms of their names."""
    mentioned = dict.fromkeys(mention.entity for mention in roster.mentions)
    bodies: dict[str, int] = {}
    for number in mentioned:
        draft = roster.drafts[number]
        if draft.kind is not EntityKind.PERSON and not draft.members:
            for form in (draft.name, *draft.aliases):
                bodies.setdefault(_key(form, lexicon), number)
    return bodies


def _forms(name: str, lexicon: PeopleLexicon) -> Iterator[str]:
    """The ways in which a text may name the body, as `_key` gives them."""
    yield _key(name, lexicon)
    _, _, country = name.partition(f"the {lexicon.metonyms.governments[0]} of ")
    if not country:
        return
    country = country.removeprefix("the ")
    shorts = [short for short, full in lexicon.places.items() if full == country]
    demonyms = [word for word, meant in lexicon.countries.items() if meant == country and word in lexicon.demonyms]
    lands = [fold(country), *shorts]
    for noun in lexicon.metonyms.governments:
        for land in lands:
            yield from (f"{land} {noun}", f"{land}'s {noun}", f"{noun} of {land}", f"{noun} of the {land}")
        yield from (f"{demonym} {noun}" for demonym in demonyms)


def _key(name: str, lexicon: PeopleLexicon) -> str:
    """The name without its article, folded; a place's short form written out."""
    words = fold(name).split()
    key = " ".join(words[1:] if len(words) > 1 and words[0] in lexicon.phrases.determiners else words)
    return fold(lexicon.places.get(key, key))
