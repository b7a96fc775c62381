"""The words that name a speaker: whom a name, a phrase or several of them mean."""

from collections.abc import Sequence

from attrs import frozen
from spacy.tokens import Token

from quotesmith.lexicon.names import POSSESSIVES, is_title_word
from quotesmith.lexicon.people import fold
from quotesmith.records import EntityKind, Gender, MentionForm
from quotesmith.speakers.groups import paired_members
from quotesmith.speakers.interviews import interview_part
from quotesmith.speakers.nominals import Nominals
from quotesmith.speakers.phrases import ARTICLES, coordinated, first_segment, rest_segments
from quotesmith.speakers.scene import Scene

# How often such a source is right: estimates until a model learns them.
SCORES = {"name": 0.95, "group": 0.85, "nominal": 0.6, "described": 0.7}


@frozen
class Reading:
    """Whom source words mean.

    Attributes:
        entities: The speakers, in order.
        method: "name", "group" or "nominal".
        form: How the words refer.
        score: How sure it is, in [0, 1].
        chain: Numbers of the mentions that name them.
    """

    entities: tuple[int, ...]
    method: str
    form: MentionForm
    score: float
    chain: tuple[int, ...] = ()


def read_source(scene: Scene, tokens: Sequence[Token], nominals: Nominals) -> Reading:
    """Whom the words of a source mean; at least one entity, unnamed where no name fits.

    Args:
        scene: The text.
        tokens: The source's tokens in order; at least one is a word.
        nominals: The unnamed entities so far.
    """
    part = interview_part(scene, tokens)
    if part is not None:
        return Reading((part,), "nominal", MentionForm.NOMINAL, SCORES["described"])
    tokens = _without_preposition(tokens)
    pair = paired_members(scene, tokens)
    if pair:
        return Reading(pair, "group", MentionForm.NOMINAL, SCORES["described"])
    parts = _without_titles(scene, coordinated(tokens, scene.name_at))
    if len(parts) == 2 and _is_one_person(scene, parts[0], parts[1]):  # noqa: PLR2004 - two roles
        return _read_roles(scene, parts[0], parts[1], nominals)
    readings = [_read_part(scene, part, nominals) for part in parts]
    if len(readings) == 1:
        return readings[0]
    entities = tuple(dict.fromkeys(entity for reading in readings for entity in reading.entities))
    named = all(reading.form is MentionForm.NAME for reading in readings)
    form = MentionForm.NAME if named else MentionForm.NOMINAL
    chain = tuple(mention for reading in readings for mention in reading.chain)
    return Reading(entities, "group", form, min(SCORES["group"], *(r.score for r in readings)), chain)


def _without_preposition(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words without a preposition before them: "from the committee"."""
    start = 0
    while start < len(tokens) - 1 and tokens[start].pos_ == "ADP":
        start += 1
    return tokens[start:]


def _is_one_person(scene: Scene, first: Sequence[Token], second: Sequence[Token]) -> bool:
    """Whether two roles that "and" joins are one person's: "the former mayor and party leader".

    One article or "his" then stands before both: "his wife and lawyer Jane Roe".
    """
    if not (fold(first[0].text) in ARTICLES or first[0].tag_ == "PRP$"):
        return False
    if fold(second[0].text) in ARTICLES or second[0].tag_ in {"PRP$", "PRP", "DT"}:
        return False
    roles = []
    for part in (first, second):
        nouns = [token for token in first_segment(part, scene.name_at) if token.i not in scene.name_at]
        # "The president and Senator Holm" are two.
        tags = {"NN"} if any(token.i in scene.name_at for token in part) else {"NN", "NNP"}
        written = bool(nouns) and (nouns[-1].text.islower() or "NNP" in tags)
        roles.append(written and nouns[-1].tag_ in tags and _is_role(scene, nouns[-1]))
    return all(roles) and not any(token.i in scene.name_at for token in first[-1:])


def _is_role(scene: Scene, token: Token) -> bool:
    noun = fold(token.lemma_ or token.text)
    return noun in scene.lexicon.person_nouns or noun in scene.lexicon.titles


def _read_roles(scene: Scene, first: Sequence[Token], second: Sequence[Token], nominals: Nominals) -> Reading:
    """The person of two roles: the one named beside the second, else whom either means."""
    if any(token.i in scene.name_at for token in second[-1:]):
        return _read_part(scene, second, nominals)
    readings = [_read_part(scene, part, nominals) for part in (first, [first[0], *second])]
    genders = {_role_gender(scene, part) for part in (first, second)} - {None}
    fitting = [r for r in readings if genders <= {scene.roster.drafts[r.entities[0]].gender}] or readings[:1]
    best = max(fitting, key=lambda reading: reading.score)
    return best if best.score > SCORES["nominal"] else readings[0]


def _role_gender(scene: Scene, part: Sequence[Token]) -> Gender | None:
    """The gender that the role tells: "first lady"."""
    nouns = [token for token in first_segment(part, scene.name_at) if token.i not in scene.name_at]
    return scene.lexicon.person_nouns.get(fold(nouns[-1].lemma_)) if nouns else None


def _without_titles(scene: Scene, parts: list[list[Token]]) -> list[list[Token]]:
    """The parts but those that are only titles of the name after them: "Mr and Mrs Smith"."""
    *before, last = parts
    if not any(token.i in scene.name_at for token in last):
        return parts
    return [part for part in before if not all(_is_bare_title(scene, token) for token in part)] + [last]


def _is_bare_title(scene: Scene, token: Token) -> bool:
    written = token.text[:1].isupper() and fold(token.text) in scene.lexicon.titles
    return token.is_punct or (written and token.i not in scene.name_at)


def _read_part(scene: Scene, tokens: Sequence[Token], nominals: Nominals) -> Reading:
    place = find_name(scene, tokens)
    if place is not None:
        mention = scene.name_mention(place)
        return Reading((scene.owners[place],), "name", MentionForm.NAME, SCORES["name"], (mention,))
    entity, known = nominals.find(tokens)
    score = SCORES["described"] if known else SCORES["nominal"]
    return Reading((entity,), "nominal", MentionForm.NOMINAL, score)


def find_name(scene: Scene, tokens: Sequence[Token]) -> int | None:
    """The position in `scene.names` of the name that the phrase is about; None where it isn't about one.

    "Jane Roe, a spokeswoman for Acme", "President Roe" and "a lawyer, Jane Roe" are about Jane Roe, "the
    official Xinhua news agency" about Xinhua; "a spokesman for Roe" and "the Roe campaign" aren't about Roe.
    """
    segment = first_segment(tokens, scene.name_at)
    if not segment:
        return None
    last = _last_of_name(scene, segment)
    if last is not None:
        return last
    office = _office_holder(scene, tokens, segment)
    if office is not None:
        return office
    return _inner_name(scene, segment) if _is_generic(scene, segment) else _apposed_name(scene, tokens)


def _last_of_name(scene: Scene, segment: Sequence[Token]) -> int | None:
    """The name at the end of the phrase's first part, with at most small words after it ("Roe himself")."""
    for token in reversed(segment):
        if token.i in scene.name_at:
            return scene.name_at[token.i]
        if token.pos_ not in {"PRON", "ADV", "PUNCT", "PART", "AUX", "VERB"} or token.text in POSSESSIVES:
            return None
    return None


def _office_holder(scene: Scene, tokens: Sequence[Token], segment: Sequence[Token]) -> int | None:
    """The person whose office comes first: "Secretary of State Jane Roe"."""
    if not segment[-1].text[:1].isupper() or fold(segment[-1].text) not in scene.lexicon.titles:
        return None
    for token in tokens:
        if token.i <= segment[-1].i:
            continue
        place = scene.name_at.get(token.i)
        if place is not None and _is_person(scene, place):
            return place
        if not (token.text[:1].isupper() or token.pos_ in {"ADP", "DET", "CCONJ"}):
            return None
    return None


def _is_generic(scene: Scene, segment: Sequence[Token]) -> bool:
    return fold(segment[-1].text) in scene.lexicon.generic_bodies


def _inner_name(scene: Scene, segment: Sequence[Token]) -> int | None:
    """The body's name right before a word that adds nothing to it."""
    for token in reversed(segment[:-1]):
        place = scene.name_at.get(token.i)
        if place is not None:
            return None if _is_person(scene, place) and len(scene.names[place].words) > 1 else place
        if fold(token.text) not in scene.lexicon.generic_bodies:
            return None
    return None


def _apposed_name(scene: Scene, tokens: Sequence[Token]) -> int | None:
    """The person's name that stands alone between commas: "his lawyer, Jane Roe, "."""
    for part in rest_segments(tokens):
        words = [token for token in part if token.i in scene.name_at or not _precedes_name(scene, token)]
        places = {scene.name_at.get(token.i) for token in words}
        if len(places) == 1 and None not in places:
            place = places.pop()
            if place is not None and _is_person(scene, place):
                return place
    return None


def _precedes_name(scene: Scene, token: Token) -> bool:
    return fold(token.text) in ARTICLES or is_title_word(token.text, scene.lexicon)


def _is_person(scene: Scene, place: int) -> bool:
    return scene.roster.drafts[scene.owners[place]].kind is EntityKind.PERSON
