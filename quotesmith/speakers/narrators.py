"""Who says "I" outside of all quotes: the writer or narrator of the text."""

from collections.abc import Sequence

from spacy.tokens import Token

from quotesmith.coreference import PronounClass, pronoun_class
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.people import fold
from quotesmith.records import EntityKind, MentionForm, QuoteKind
from quotesmith.speakers.conversations import tells_dialogue
from quotesmith.speakers.levels import OUTSIDE, Levels
from quotesmith.speakers.mentions import Name
from quotesmith.speakers.phrases import SUBJECTS
from quotesmith.speakers.roster import Draft
from quotesmith.speakers.scene import Scene

# One who reports so many of their own direct words is a character of the text, whatever they are called.
CHARACTER_QUOTES = 3
BYLINE_PARAGRAPHS = 4
CALLING = frozenset({"am", "'m", "’m", "is"})


def find_narrator(scene: Scene, attributions: Sequence[Attribution], levels: Levels) -> int | None:
    """The entity that says "I" outside of quotes, its pronouns given to it; None where nobody is known to do so.

    It is named by "I, Jane Roe,", "my name is Jane Roe" and, unless the text tells dialogue, by a byline, or a last
    paragraph that begins with "Jane Roe is a". A narrator without a name who reports direct speech of their own again
    and again is an unnamed person.
    """
    first = [
        token
        for token in scene.layout.doc
        if pronoun_class(token) is PronounClass.I and is_pronoun(token) and levels.saying(token.i) == OUTSIDE
    ]
    if not first:
        return None
    narrator = _named(scene, first, fiction=tells_dialogue(scene, attributions))
    if narrator is None and _is_character(scene, attributions, first):
        narrator = scene.roster.add(Draft("I", EntityKind.PERSON, named=False))
    if narrator is not None:
        for token in first:
            scene.roster.mention((scene.layout.span(token.i, token.i + 1),), MentionForm.PRONOUN, narrator)
    return narrator


def _named(scene: Scene, first: Sequence[Token], *, fiction: bool) -> int | None:
    """The person who is named as the one who says "I"; in fiction that isn't its author."""
    found = _introduced(scene, first)
    if found is None and not fiction:
        found = _byline(scene)
    if found is None and not fiction:
        found = _described_last(scene)
    return found


def _is_character(scene: Scene, attributions: Sequence[Attribution], first: Sequence[Token]) -> bool:
    """Whether the one who says "I" reports direct speech of their own again and again."""
    own = {token.i for token in first}
    direct = [quote for quote in attributions if quote.kind is not QuoteKind.INDIRECT]
    sources = (scene.layout.words(quote.source)[:1] for quote in direct)
    return sum(word.i in own for words in sources for word in words) >= CHARACTER_QUOTES


def is_pronoun(token: Token) -> bool:
    """Whether a word that looks like a pronoun isn't a numeral, an initial or a part of an abbreviation ("F.B.I.")."""
    if fold(token.text) != "i":
        return True
    if token.text != "I" or token.ent_type_ in {"PERSON", "ORG", "CARDINAL", "ORDINAL"}:
        return False
    before = token.nbor(-1) if token.i else None
    glued = before is not None and not before.whitespace_ and any(map(str.isalnum, before.text))
    return not glued and token.pos_ in {"PRON", "PROPN", "NOUN", "X", "VERB", "AUX"}


def _introduced(scene: Scene, first: Sequence[Token]) -> int | None:
    """The person named by "I, Jane Roe," or "my name is Jane Roe" or "I am Jane Roe"."""
    for token in first:
        place = _called(scene, token)
        person = None if place is None else _person(scene, place)
        if person is not None:
            return person
    return None


def _called(scene: Scene, token: Token) -> int | None:
    """The name that stands beside a pronoun as its own."""
    doc = scene.layout.doc
    following = doc[token.i + 1].text if token.i + 1 < len(doc) else ""
    place = scene.name_at.get(token.i + 2)
    if fold(token.text) == "my" and following == "name":
        return scene.name_at.get(token.i + 3)
    if fold(token.text) != "i" or place is None:
        return None
    closed = doc[scene.names[place].end : scene.names[place].end + 1].text == ","
    return place if following in CALLING or (following == "," and closed) else None


def _byline(scene: Scene) -> int | None:
    """The person in a line "By Jane Roe" at the head of the text."""
    layout = scene.layout
    for start in layout.paragraphs[:BYLINE_PARAGRAPHS]:
        index = layout.token_at(start)
        if fold(layout.doc[index].text) != "by":
            continue
        place = scene.name_at.get(index + 1)
        if place is not None:
            return _person(scene, place)
        # Two who write together say "we".
        if len(scene.writers) == 1 and scene.writers[0].start == index + 1:
            return _add_writer(scene, scene.writers[0])
    return None


def _add_writer(scene: Scene, name: Name) -> int:
    span = scene.layout.span(name.start, name.end)
    writer = scene.roster.add(Draft(span.of(scene.layout.text), EntityKind.PERSON))
    scene.roster.mention((span,), MentionForm.NAME, writer)
    return writer


def _described_last(scene: Scene) -> int | None:
    """The person of whom the last paragraph says who they are: "Jane Roe is a teacher in Oslo"."""
    layout = scene.layout
    if len(layout.paragraphs) <= 1:
        return None
    index = layout.token_at(layout.paragraphs[-1])
    place = scene.name_at.get(index)
    if place is None or len(scene.names[place].words) == 1:
        return None
    head = scene.head_token(scene.names[place])
    describes = head.dep_ in SUBJECTS and head.head.lemma_ == "be" and head.head.tag_ == "VBZ"
    return _person(scene, place) if describes else None


def _person(scene: Scene, place: int) -> int | None:
    owner = scene.owners[place]
    return owner if scene.roster.drafts[owner].kind is EntityKind.PERSON else None
