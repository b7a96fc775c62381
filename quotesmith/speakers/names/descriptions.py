"""What a text says of the people and bodies that it names: titles, appositions, "is a", the party in brackets."""

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen
from spacy.tokens import Doc, Token

from quotesmith.coreference import GENDERS, pronoun_class
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind
from quotesmith.speakers.names.recognition import Name, head_token
from quotesmith.speakers.noun_phrases import (
    NOMINALS,
    PHRASE_BREAKS,
    SUBJECTS,
    Description,
    complement_of,
    describe,
    first_segment,
    is_determiner,
)
from quotesmith.speakers.settings import NameSettings

_PARTY_AND_STATE = re.compile(r"\s*[,(]\s*(?P<party>[A-Z])\s?[-–]\s?(?P<state>[A-Z][A-Za-z.]*(?: [A-Z]\w+)?)")
# A bound on the characters behind a name among which these are looked for.
_LONGEST_PARTY_AND_STATE = 24


@frozen(eq=False)
class Describer:
    """Describes the bearers of names by the words around these.

    Attributes:
        parsed: The text.
        lexicon: Words about people.
        name_at: For each token in a name the position of that name.
        settings: Thresholds.
    """

    parsed: ParsedText
    lexicon: PeopleLexicon
    name_at: Mapping[int, int]
    settings: NameSettings

    def __call__(self, name: Name) -> Iterator[Description]:
        """What the words around a name say of its bearer, and a body's own name of the body."""
        if name.speaker is not None:
            # What stands around a label is said by others.
            yield from (Description(role) for role in self._roles(name))
            return
        if name.kind is not EntityKind.PERSON:
            yield from self._own_words(name)
        else:
            yield from self._titles(name)
        yield from self._appositions(name)
        yield from self._predicates(name)
        yield from self._owned(name)

    def _roles(self, name: Name) -> Iterator[str]:
        titles = (fold(title) for title in name.titles)
        return (self.lexicon.title_roles.get(title, title) for title in titles if title in self.lexicon.titles)

    @property
    def _doc(self) -> Doc:
        return self.parsed.doc

    def _own_words(self, name: Name) -> Iterator[Description]:
        tokens = list(self._doc[name.start : name.end])
        segment = first_segment(tokens, {})
        found = describe(segment, self.lexicon, complement=complement_of(tokens, segment))
        if found is not None:
            yield found
        affiliation = self.lexicon.affiliation(" ".join(name.words))
        if name.kind is EntityKind.PLACE and affiliation is not None:
            yield from map(
                Description, self.lexicon.affiliation_descriptions.get(self.lexicon.affiliation_kind(affiliation), ())
            )
        before = self._words_before(name.start)
        found = describe(before, self.lexicon) if before else None
        if found is not None and self._is_role(found):
            yield found
        yield from self._places(name)

    def _places(self, name: Name) -> Iterator[Description]:
        """The noun before a place and "of": "the city of Bergen"."""
        if name.start > 1 and fold(self._doc[name.start - 1].text) == "of":
            noun = fold(self._doc[name.start - 2].text)
            if noun in self.lexicon.place_nouns:
                yield Description(noun)

    def _titles(self, name: Name) -> Iterator[Description]:
        before = self._words_before(name.start)
        found = describe(before, self.lexicon) if before else None
        affiliations = self._affiliation(name) | (found.affiliations if found is not None else frozenset())
        if found is not None:
            yield Description(found.head, found.modifiers, affiliations, found.proper, found.complement)
        around = frozenset(fold(token.text) for token in before)
        for title in map(fold, name.titles):
            yield Description(self.lexicon.title_roles.get(title, title), around - {title}, affiliations)
        if affiliations and not before:
            yield Description("", affiliations=affiliations)

    def _affiliation(self, name: Name) -> frozenset[str]:
        """The party and the state behind a politician's name: "Jane Roe (R-Tenn.)"."""
        end = self.parsed.ends[name.end - 1]
        found = _PARTY_AND_STATE.match(self.parsed.text, end, end + _LONGEST_PARTY_AND_STATE)
        if found is None or found["party"] not in self.lexicon.party_letters:
            return frozenset()
        party = self.lexicon.parties.get(self.lexicon.party_letters[found["party"]] or "")
        state = self.lexicon.states.get(fold(found["state"]))
        return frozenset(affiliation for affiliation in (party, state) if affiliation is not None)

    def _words_before(self, end: int) -> list[Token]:
        """The words right before a name that describe it, as in "presidential nominee Jane Roe"."""
        words: list[Token] = []
        for index in range(end - 1, max(end - 1 - self.settings.described_words, -1), -1):
            token = self._doc[index]
            if token.pos_ not in {"ADJ", "NOUN", "PROPN", "NUM"} and token.tag_ != "HYPH":
                break
            words.append(token)
        return words[::-1]

    def _appositions(self, name: Name) -> Iterator[Description]:
        longest = self.settings.max_apposition_tokens
        after = list(self._doc[name.end : name.end + 1 + longest])
        if len(after) > 1 and after[0].text in {",", "(", "–", "—"} and self._opens_phrase(after[1]):
            yield from self._described(after[1:])
        start = self._before_telling(name.start - len(name.titles))
        is_owner = name.end < len(self._doc) and self._doc[name.end].tag_ == "POS"
        if start > 1 and self._doc[start - 1].text == "," and not is_owner:
            before = list(self._doc[max(start - 1 - longest, 0) : start - 1])
            cut = max((n for n, token in enumerate(before) if _opens_role(token)), default=-1)
            if cut >= 0:
                yield from self._described(before[cut:])

    def _before_telling(self, start: int) -> int:
        """Where the words begin that tell a name right before it: "also known as"; where there are none, the same."""
        aliases, first = self.lexicon.aliases, start
        while (
            first > 0
            and start - first < self.settings.described_words
            and (fold(self._doc[first - 1].text) in aliases.telling | aliases.fillers)
        ):
            first -= 1
        told = {fold(token.text) for token in self._doc[first:start]} & aliases.telling
        return first if told else start

    def _opens_phrase(self, token: Token) -> bool:
        return is_determiner(token) or token.pos_ in NOMINALS or token.pos_ == "ADJ" or token.tag_ == "PRP$"

    def _described(self, tokens: Sequence[Token]) -> Iterator[Description]:
        segment = first_segment([token for token in tokens if token.tag_ != "POS"], self.name_at)
        if any(token.i in self.name_at for token in segment[-1:]):
            return
        found = describe(segment, self.lexicon, complement=complement_of(tokens, segment))
        if found is not None and self._is_role(found):
            yield found

    def _predicates(self, name: Name) -> Iterator[Description]:
        """What "is", "became" or "was elected" says of its subject, if that is the name."""
        head = head_token(self._doc, name)
        # "Roe is mayor", "Roe, who was mayor"
        clauses = [child for child in head.rights if child.dep_ == "relcl"]
        if head.dep_ not in SUBJECTS and not clauses:
            return
        longest = self.settings.max_apposition_tokens
        for child in (child for verb in (*clauses, head.head) for child in verb.rights):
            is_said = child.dep_ == "oprd" or (
                child.dep_ == "attr" and child.head.lemma_ in self.lexicon.phrases.copulas
            )
            if is_said and child.pos_ in NOMINALS and 0 < child.i - head.i <= longest:
                tokens = list(self._doc[max(child.left_edge.i, head.i + 1) : child.i + longest])
                segment = [token for token in tokens if token.i <= child.i]
                found = describe(segment, self.lexicon, complement=complement_of(tokens, segment))
                if found is not None:
                    yield found

    def _owned(self, name: Name) -> Iterator[Description]:
        """What the body shows that somebody has: who has a campaign is a candidate."""
        head = head_token(self._doc, name)
        bodies = [child for child in head.rights if child.dep_ == "conj" and any(map(_is_gendered, child.lefts))]
        if name.kind is EntityKind.PERSON and head.dep_ in {"poss", "compound"} and head.head.i >= name.end:
            bodies.append(head.head)
        for body in bodies:
            role = self.lexicon.leaders.get(fold(body.lemma_ or body.text))
            if role is not None:
                yield Description(role)

    def _is_role(self, description: Description) -> bool:
        head = description.head
        return head in self.lexicon.person_nouns or head in self.lexicon.bodies or head in self.lexicon.titles


def _is_gendered(token: Token) -> bool:
    """Whether the word is "his" or "her"."""
    return token.tag_ == "PRP$" and pronoun_class(token) in GENDERS


def _opens_role(token: Token) -> bool:
    """Whether a role may begin there: at an article, a break or a possessor."""
    return is_determiner(token) or token.text in PHRASE_BREAKS or token.tag_ in {"PRP$", "POS"}
