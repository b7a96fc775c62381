"""Places that speak for who rules there: "Beijing said" is the government of China."""

from collections.abc import Iterable, Iterator

from quotesmith.lexicon.people import PeopleLexicon, fold
from quotesmith.records import EntityKind
from quotesmith.speakers.phrases import ARTICLES
from quotesmith.speakers.roster import Draft, Roster

SPEAKING = frozenset({EntityKind.PLACE, EntityKind.ORGANIZATION})


def set_stands_for(roster: Roster, speakers: Iterable[int], lexicon: PeopleLexicon) -> None:
    """Give each speaker that is a capital, a country or a seat of power the body that it stands for.

    The speaker keeps its written name. The body is the entity that the text names so ("the Chinese government"), else
    a new one ("the government of China"); places that mean the same body share it. Linear in the entities.
    """
    meanings = {
        speaker: meant for speaker in speakers if (meant := _meant(roster.drafts[speaker], lexicon)) is not None
    }
    if not meanings:
        return
    bodies = _bodies(roster, lexicon)
    for speaker, name in meanings.items():
        own = (bodies[form] for form in _forms(name, lexicon) if form in bodies)
        number = next((body for body in own if body != speaker), None)
        if number is None:
            number = roster.add(Draft(name, EntityKind.ORGANIZATION))
            bodies[_key(name, lexicon)] = number
        roster.drafts[speaker].stands_for = number


def _meant(draft: Draft, lexicon: PeopleLexicon) -> str | None:
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


def _bodies(roster: Roster, lexicon: PeopleLexicon) -> dict[str, int]:
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
    key = " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)
    return fold(lexicon.places.get(key, key))
