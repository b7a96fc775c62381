"""Pronouns: which are which, and whom they mean."""

from enum import StrEnum

from attrs import frozen
from spacy.tokens import Token

from quotesmith.lexicon.people import fold
from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.discourse import Wanted
from quotesmith.speakers.scene import CLIMB, SUBJECTS, Scene

CATAPHORA_TOKENS = 40


class PronounClass(StrEnum):
    """What a pronoun tells of whom it means."""

    HE = "he"
    SHE = "she"
    IT = "it"
    THEY = "they"
    I = "i"  # noqa: E741 - the pronoun
    WE = "we"
    YOU = "you"
    WHO = "who"


_FORMS = {
    PronounClass.HE: "he him his himself",
    PronounClass.SHE: "she her hers herself",
    PronounClass.IT: "it its itself",
    PronounClass.THEY: "they them their theirs themselves",
    PronounClass.I: "i me my mine myself",
    PronounClass.WE: "we us our ours ourselves",
    PronounClass.YOU: "you your yours yourself yourselves",
    PronounClass.WHO: "who whom whose which that",
}
CLASSES = {word: kind for kind, words in _FORMS.items() for word in words.split()}
GENDERS = {PronounClass.HE: Gender.MASCULINE, PronounClass.SHE: Gender.FEMININE}
MEANT = {
    PronounClass.HE: frozenset({EntityKind.PERSON}),
    PronounClass.SHE: frozenset({EntityKind.PERSON}),
    PronounClass.IT: frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.OTHER}),
    PronounClass.THEY: frozenset({EntityKind.GROUP, EntityKind.ORGANIZATION}),
}
# "it" mostly means a thing that no name names, so a name must be near.
REACH = {PronounClass.HE: 8, PronounClass.SHE: 8, PronounClass.IT: 2, PronounClass.THEY: 8}
OBJECTS = frozenset({"dobj", "iobj", "dative", "obj"})


def pronoun_class(token: Token) -> PronounClass | None:
    """The class of a pronoun; None of any other word."""
    # "US" is a country, and "I" alone is also a numeral: capitals tell.
    if token.text == "US":
        return None
    return CLASSES.get(fold(token.text))


@frozen
class Antecedents:
    """Whom a pronoun means and whom else it could: entities with scores, best first."""

    entities: tuple[int, ...] = ()
    ranked: tuple[tuple[float, int], ...] = ()


def find_antecedents(scene: Scene, token: Token, kind: PronounClass, wanted: Wanted) -> Antecedents:
    """Whom a pronoun of the third person means; empty where nothing can be said."""
    discourse = scene.discourse
    if kind is PronounClass.THEY:
        pair = discourse.pair_since(wanted.sentence - 1)
        if pair and not set(pair) & wanted.excluded:
            return Antecedents(pair)
    subject = _fronted_for(scene, token, kind)
    if subject is not None and subject not in wanted.excluded:
        return Antecedents((subject,), ((0.0, subject),))
    ranked = tuple(discourse.rank(wanted))
    if ranked:
        return Antecedents((ranked[0][1],), ranked)
    following = _following(scene, token, kind)
    return Antecedents((following,), ((0.0, following),)) if following is not None else Antecedents()


def _following(scene: Scene, token: Token, kind: PronounClass) -> int | None:
    """The person named next, for a text that begins with a pronoun: "In his speech, Mr. Okafor said"."""
    if kind not in GENDERS:
        return None
    for index in range(token.i + 1, min(token.i + CATAPHORA_TOKENS, len(scene.layout.doc))):
        place = scene.name_at.get(index)
        if place is None:
            continue
        draft = scene.roster.drafts[scene.owners[place]]
        if draft.kind is EntityKind.PERSON and draft.gender in (None, GENDERS[kind]):
            return scene.owners[place]
    return None


def _fronted_for(scene: Scene, token: Token, kind: PronounClass) -> int | None:
    """The subject that an adjunct before it speaks of: "During her childhood, Edith drew"."""
    if kind not in GENDERS:
        return None
    for ancestor, _ in zip(token.ancestors, range(CLIMB), strict=False):
        if ancestor.dep_ not in {"prep", "advcl"} or ancestor.head.i < token.i:
            continue
        for child in ancestor.head.lefts:
            if child.dep_ in SUBJECTS and child.i > token.i and child.i in scene.name_at:
                entity = scene.owners[scene.name_at[child.i]]
                draft = scene.roster.drafts[entity]
                fits = draft.kind is EntityKind.PERSON and draft.gender in (None, GENDERS[kind])
                return entity if fits else None
    return None


def wanted_by(
    scene: Scene,
    token: Token,
    kind: PronounClass,
    *,
    speaks: bool = False,
    favoured: frozenset[int] = frozenset(),
    reporters: frozenset[int] = frozenset(),
    excluded: frozenset[int] = frozenset(),
) -> Wanted:
    """What the pronoun asks for."""
    reflexive = fold(token.text).endswith(("self", "selves"))
    return Wanted(
        sentence=scene.layout.sentences[token.i],
        paragraph=scene.layout.paragraph_at(token.idx),
        kinds=MEANT[kind],
        reach=REACH[kind],
        gender=GENDERS.get(kind),
        verb=token.head.i if token.dep_ in OBJECTS and not reflexive else -1,
        speaks=speaks,
        favoured=favoured,
        reporters=reporters,
        excluded=excluded,
    )


def modified_noun(token: Token) -> list[Token]:
    """The phrase that a relative pronoun stands for ("Premier Li, who said"); empty where there is none."""
    noun = next((ancestor.head for ancestor in token.ancestors if ancestor.dep_ == "relcl"), None)
    if noun is None or noun.i >= token.i:
        return []
    start = max(noun.left_edge.i, noun.i - CATAPHORA_TOKENS)
    return [word for word in token.doc[start : noun.i + 1] if not word.is_space]
