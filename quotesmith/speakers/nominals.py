"""Sources that are nouns: whom "the Russian leader" means, and who "analysts" are."""

from collections.abc import Sequence
from itertools import pairwise

from attrs import define, evolve, field
from spacy.tokens import Token

from quotesmith.lexicon.people import PeopleLexicon, fold
from quotesmith.records import EntityKind
from quotesmith.speakers.meanings import Meanings
from quotesmith.speakers.phrases import INDEFINITE, RELATIVES, Description, complement_of, describe, first_segment
from quotesmith.speakers.roles import Roles
from quotesmith.speakers.roster import Draft
from quotesmith.speakers.scene import Scene

OPENING_PARAGRAPHS = 2
# From this chance on a phrase means the entity that was learned.
LIKELY = 0.5


@define(eq=False)
class Nominals:
    """The unnamed entities so far, found by their words and by their head nouns."""

    _scene: Scene
    _meanings: Meanings | None = None
    _roles: Roles = field(init=False)
    _by_words: dict[str, int] = field(factory=dict)
    _by_head: dict[str, tuple[int, Description]] = field(factory=dict)
    _headings: dict[str, int] = field(factory=dict)

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
        while len(tokens) > 1 and tokens[-1].tag_ == "POS":
            tokens = tokens[:-1]
        segment = first_segment(tokens, scene.name_at)
        words = self._words(tokens, segment)
        complement = complement_of(tokens, segment)
        said = describe(segment, scene.lexicon, complement=complement) or Description(fold(words))
        kind = phrase_kind(segment, scene.lexicon)
        known = self._known(tokens, segment, said, kind)
        if known is None and segment:
            known = self._meant(segment[-1])
        if known is None and fold(tokens[0].text) not in INDEFINITE:
            known = self._by_words.get(_key(words))
        if known is not None:
            return known, True
        number = self._announced(tokens, said, kind)
        if number is None:
            number = scene.roster.add(Draft(words, kind, named=False))
        scene.roster.drafts[number].name = words
        self._by_words[_key(words)] = number
        self._by_head[said.head] = number, said
        if len(tokens) == 1 and self._opens_text(tokens[0]):
            self._headings[said.head] = number
        return number, False

    def _words(self, tokens: Sequence[Token], segment: Sequence[Token]) -> str:
        """The words by which to name what the phrase means.

        The owner's name stands for "her" in "her campaign". A document is named from the name in it on: "Oslo Gazette
        poll" for "a new Oslo Gazette poll".
        """
        scene = self._scene
        tokens = _without_clause(tokens)
        possessor = self._possessor(tokens[0])
        named = None if possessor is None else scene.roster.drafts[possessor]
        if named is not None and named.named and len(tokens) > 1:
            rest = _trimmed(scene.span_of(tokens[1:]).of(scene.layout.text))
            return f"{named.name}'s {rest}"
        if segment and fold(segment[-1].lemma_ or segment[-1].text) in scene.lexicon.documents:
            skipped = 0
            while skipped < len(segment) - 1 and segment[skipped].pos_ in {"DET", "ADJ", "ADV"}:
                skipped += 1
            if segment[skipped].pos_ == "PROPN" and segment[skipped].i < segment[-1].i:
                tokens = [token for token in tokens if token.i >= segment[skipped].i]
        return _trimmed(scene.span_of(tokens).of(scene.layout.text))

    def _possessor(self, token: Token) -> int | None:
        """Whom "his" or "her" before a noun means, where that is known."""
        if token.tag_ != "PRP$":
            return None
        mention = self._scene.roster.mention_at((self._scene.layout.span(token.i, token.i + 1),))
        return None if mention is None else self._scene.roster.mentions[mention].entity

    def _announced(self, tokens: Sequence[Token], said: Description, kind: EntityKind) -> int | None:
        """What a bare noun in the heading announced: "Poll: Roe leads" before "a new Oslo Gazette poll"."""
        if kind is EntityKind.OTHER and fold(tokens[0].text) in INDEFINITE:
            return self._headings.pop(said.head, None)
        return None

    def _known(
        self, tokens: Sequence[Token], segment: Sequence[Token], said: Description, kind: EntityKind
    ) -> int | None:
        """The entity known by another name or phrase; None where the phrase speaks of a new one."""
        if kind is EntityKind.GROUP or not segment:
            return None
        said = self._by_party(said)
        possessor = self._possessor(tokens[0])
        if possessor is not None:
            return self._roles.related(said, possessor)
        first, opening = fold(tokens[0].text), self._opens_text(tokens[0])
        found = None
        if first == "the":
            found = self._definite(said, kind, tokens[0].i, whole=len(segment) == len(tokens))
        elif opening and first not in INDEFINITE:
            found = self._roles.described(said, kind)
        announces = kind in {EntityKind.PERSON, EntityKind.ORGANIZATION} and (first in INDEFINITE or opening)
        if found is None and announces:
            found = self._roles.named_later(said, kind, tokens[0].i, opening=opening)
        return found

    def _definite(self, said: Description, kind: EntityKind, start: int, *, whole: bool) -> int | None:
        """Whom "the ..." means: who is described so, whom it was said of before, or whom the text goes on about.

        Args:
            said: What the phrase says.
            kind: What sort of thing it is about.
            start: The token where it begins.
            whole: Whether the phrase ends with its head noun.
        """
        found = self._roles.described(said, kind)
        if found is None and whole:
            known = self._unnamed(said)
            return self._roles.continued(said, kind, start) if known is None else known
        # A body of that sort named long ago gives way to one that is being spoken of.
        if found is not None and kind is EntityKind.ORGANIZATION and not said.modifiers:
            nearer = None if self._roles.is_near(found, start) else self._roles.continued(said, kind, start)
            return found if nearer is None else nearer
        return found

    def _meant(self, head: Token) -> int | None:
        """The named entity that the phrase takes up by what was learned, where that is likely enough."""
        meaning = None if self._meanings is None else self._meanings.at(head.i)
        if meaning is None or not meaning.ranked:
            return None
        entity, chance = meaning.ranked[0]
        return entity if entity >= 0 and chance >= LIKELY else None

    def _by_party(self, said: Description) -> Description:
        """A description whose head noun is a party's member, which many roles may be."""
        party = self._scene.lexicon.parties.get(said.head)
        return said if party is None else evolve(said, lands=said.lands | {party})

    def _unnamed(self, wanted: Description) -> int | None:
        """The last unnamed entity of the head noun, or else of one like it, of which all these words are said."""
        synonyms = sorted(self._scene.lexicon.synonyms.get(wanted.head, ()))
        for head in (wanted.head, *(synonyms if wanted.head in self._scene.lexicon.documents else ())):
            number, said = self._by_head.get(head, (None, wanted))
            if number is not None and wanted.modifiers <= said.modifiers:
                return number
        return None

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
    if noun in lexicon.audiences and noun not in lexicon.person_nouns:
        return EntityKind.GROUP
    for words, kind in (
        (lexicon.documents, EntityKind.OTHER),
        (lexicon.person_nouns, EntityKind.PERSON),
        (lexicon.bodies, EntityKind.ORGANIZATION),
        (lexicon.place_nouns, EntityKind.PLACE),
    ):
        if noun in words:
            return kind
    return EntityKind.PERSON if noun in lexicon.titles else EntityKind.OTHER


def _without_clause(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words before a comma with a clause behind it: "the ad, titled ...", "the film, which ..."."""
    for position, (mark, token) in enumerate(pairwise(tokens)):
        if position > 0 and mark.text == "," and (token.tag_ in {"VBN", "VBG"} or fold(token.text) in RELATIVES):
            return tokens[:position]
    return tokens


def _key(words: str) -> str:
    return fold(words)


def _trimmed(words: str) -> str:
    start, end = 0, len(words)
    while start < end and not words[start].isalnum():
        start += 1
    while end > start and not (words[end - 1].isalnum() or words[end - 1] in "%)."):
        end -= 1
    return " ".join(words[start:end].split()) or words
