"""Sources that are nouns: whom "the Russian leader" means, and who "analysts" are."""

from collections.abc import Sequence

from attrs import define, evolve, field
from spacy.tokens import Token

from quotesmith.lexicon.people import PeopleLexicon, fold
from quotesmith.records import EntityKind
from quotesmith.speakers.phrases import INDEFINITE, Description, complement_of, describe, first_segment
from quotesmith.speakers.roles import Roles
from quotesmith.speakers.roster import Draft
from quotesmith.speakers.scene import Scene

OPENING_PARAGRAPHS = 2


@define(eq=False)
class Nominals:
    """The unnamed entities so far, found by their words and by their head nouns."""

    _scene: Scene
    _roles: Roles = field(init=False)
    _by_words: dict[str, int] = field(factory=dict)
    _by_head: dict[str, tuple[int, Description]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._roles = Roles.of(self._scene)

    def find(self, tokens: Sequence[Token]) -> tuple[int, bool]:
        """The entity that a noun phrase means, and whether it was known before.

        A definite phrase means a named entity that is described by these words, else the last unnamed entity
        with the same head noun, else the one that the text goes on about, if the noun is one by which texts do so. Any
        other phrase means whom the text describes so and names soon after, if there is one. A phrase that fits nobody
        is an entity named by its own words.
        """
        scene = self._scene
        words = _trimmed(scene.span_of(tokens).of(scene.layout.text))
        segment = first_segment(tokens, scene.name_at)
        complement = complement_of(tokens, segment)
        description = describe(segment, scene.lexicon, complement=complement) or Description(fold(words))
        kind = phrase_kind(segment, scene.lexicon)
        known = self._known(tokens, segment, description, kind)
        if known is None:
            known = self._same_words(words, tokens)
        if known is not None:
            return known, True
        number = scene.roster.add(Draft(words, kind, named=False))
        self._by_words[words.casefold()] = number
        self._by_head[description.head] = number, description
        return number, False

    def _same_words(self, words: str, tokens: Sequence[Token]) -> int | None:
        return None if fold(tokens[0].text) in INDEFINITE else self._by_words.get(words.casefold())

    def _known(
        self, tokens: Sequence[Token], segment: Sequence[Token], said: Description, kind: EntityKind
    ) -> int | None:
        """The entity known by another name or phrase; None where the phrase speaks of a new one."""
        if kind is EntityKind.GROUP or not segment:
            return None
        said = self._by_party(said)
        first, start = fold(tokens[0].text), tokens[0].i
        opening = self._opens_text(tokens[0])
        if first == "the" or (opening and first not in INDEFINITE):
            found = self._roles.described(said, kind)
            if found is None and first == "the" and len(segment) == len(tokens):
                found = self._unnamed(said)
                found = self._roles.continued(said, kind, start) if found is None else found
            if found is not None:
                return found
        if kind in {EntityKind.PERSON, EntityKind.ORGANIZATION} and (first in INDEFINITE or opening):
            return self._roles.named_later(said, kind, start, opening=opening)
        return None

    def _by_party(self, said: Description) -> Description:
        """A description whose head noun is a party's member, which many roles may be."""
        party = self._scene.lexicon.parties.get(said.head)
        return said if party is None else evolve(said, lands=said.lands | {party})

    def _unnamed(self, wanted: Description) -> int | None:
        number, said = self._by_head.get(wanted.head, (None, wanted))
        return number if wanted.modifiers <= said.modifiers else None

    def _opens_text(self, token: Token) -> bool:
        return self._scene.layout.paragraph_at(token.idx) < OPENING_PARAGRAPHS


def phrase_kind(segment: Sequence[Token], lexicon: PeopleLexicon) -> EntityKind:
    """What sort of thing a noun phrase is about, by its head noun."""
    if not segment:
        return EntityKind.OTHER
    head = segment[-1]
    noun = fold(head.lemma_ or head.text)
    if head.tag_ in {"NNS", "NNPS"}:
        return EntityKind.OTHER if noun in lexicon.documents else EntityKind.GROUP
    for words, kind in (
        (lexicon.documents, EntityKind.OTHER),
        (lexicon.person_nouns, EntityKind.PERSON),
        (lexicon.bodies, EntityKind.ORGANIZATION),
        (lexicon.place_nouns, EntityKind.PLACE),
    ):
        if noun in words:
            return kind
    return EntityKind.PERSON if noun in lexicon.titles else EntityKind.OTHER


def _trimmed(words: str) -> str:
    start, end = 0, len(words)
    while start < end and not words[start].isalnum():
        start += 1
    while end > start and not (words[end - 1].isalnum() or words[end - 1] in "%)."):
        end -= 1
    return " ".join(words[start:end].split()) or words
