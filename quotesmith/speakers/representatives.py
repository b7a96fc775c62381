"""Who speaks for a body: "the committee's chairman", "Jane Roe, a spokeswoman for Acme"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from quotesmith.lexicon.names import POSSESSIVES
from quotesmith.lexicon.people import fold
from quotesmith.records import EntityKind
from quotesmith.speakers.nominals import Nominals
from quotesmith.speakers.phrases import SUBJECTS
from quotesmith.speakers.scene import Scene
from quotesmith.speakers.sources import read_source

BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.GROUP, EntityKind.PLACE})
BEARING = frozenset({"of", "for", "at", "with"})
FORMER = frozenset({"former", "ex", "ex-", "onetime", "late", "retired", "then"})
REACH = 6


class Representatives:
    """The bodies for which the people of a text speak; looked up as they are asked for."""

    def __init__(self, scene: Scene, nominals: Nominals) -> None:
        self._scene = scene
        self._nominals = nominals
        self._places: dict[int, list[int]] = {}
        self._known: dict[int, int | None] = {}
        for place, owner in enumerate(scene.owners):
            self._places.setdefault(owner, []).append(place)

    def body_of(self, entity: int, source: Sequence[Token]) -> int | None:
        """The body for which somebody speaks, by the words of the source or those around one of the person's names.

        Args:
            entity: The speaker.
            source: The words of the quote's source, in order.
        """
        for role in self._roles(source):
            found = self._body(role)
            if found is not None:
                return found
        if entity not in self._known:
            self._known[entity] = self._described(entity)
        return self._known[entity]

    def _described(self, entity: int) -> int | None:
        """The body in the words around the person's names."""
        for place in self._places.get(entity, ()):
            head = self._scene.head_token(self._scene.names[place])
            for role in self._roles(self._around(head, place)):
                found = self._body(role)
                if found is not None:
                    return found
        return None

    def _around(self, head: Token, place: int) -> Iterator[Token]:
        """The words that may say what the bearer of a name does: before it, in apposition, after "is"."""
        name = self._scene.names[place]
        doc = self._scene.layout.doc
        for index in range(name.start - 1, max(name.start - 1 - REACH, -1), -1):
            if doc[index].pos_ not in {"NOUN", "PROPN", "ADJ"} and doc[index].text not in POSSESSIVES:
                break
            yield doc[index]
        yield from (child for child in head.children if child.dep_ == "appos")
        if head.dep_ == "appos":
            yield head.head
        if head.dep_ in SUBJECTS and head.head.lemma_ == "be":
            yield from (child for child in head.head.rights if child.dep_ == "attr")

    def _roles(self, tokens: Sequence[Token] | Iterator[Token]) -> Iterator[Token]:
        for token in tokens:
            past = any(fold(child.text) in FORMER for child in token.lefts)
            if fold(token.lemma_) in self._scene.lexicon.representing and not past:
                yield token

    def _body(self, role: Token) -> int | None:
        """The body on which the role depends: right before it, or after "of" or "for"."""
        doc = role.doc
        for index in range(role.i - 1, max(role.i - 1 - REACH, -1), -1):
            token = doc[index]
            found = self._owner(token)
            if found is not None:
                return found
            if token.pos_ not in {"NOUN", "PROPN", "ADJ"} and token.text not in POSSESSIVES:
                break
        for child in role.rights:
            if child.dep_ == "prep" and fold(child.text) in BEARING:
                for noun in child.rights:
                    found = self._owner(noun)
                    if found is not None:
                        return found
        return None

    def _owner(self, noun: Token) -> int | None:
        """The body that a word names, or that a phrase with that head mentions ("the company")."""
        scene = self._scene
        if noun.i in scene.name_at:
            owner = scene.owners[scene.name_at[noun.i]]
            return owner if scene.roster.drafts[owner].kind in BODIES else None
        if noun.pos_ != "NOUN" or fold(noun.lemma_) not in scene.lexicon.bodies:
            return None
        phrase = list(noun.doc[max(noun.left_edge.i, noun.i - REACH) : noun.i + 1])
        reading = read_source(scene, phrase, self._nominals)
        scene.roster.mention((scene.span_of(phrase),), reading.form, reading.entities[0])
        return reading.entities[0]
