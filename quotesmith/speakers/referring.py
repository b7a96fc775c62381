"""The words of a text that may refer to somebody: its names, its noun phrases and its pronouns, in one list."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from quotesmith.coreference import GENDERS, MEANT, PronounClass, Referring, Standing, pronoun_class
from quotesmith.lexicon.people import fold
from quotesmith.marks import MarkPair
from quotesmith.records import EntityKind, MentionForm
from quotesmith.speakers.nominals import phrase_kind
from quotesmith.speakers.phrases import INDEFINITE, OBJECTS, SUBJECTS, clause_head, describe
from quotesmith.speakers.roles import Roles
from quotesmith.speakers.scene import Scene

DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_CHUNK_DEPS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "iobj", "dative", "pobj", "attr", "appos", "conj", "poss", "oprd"}
)
_LONGEST = 12
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})


def find_referring(scene: Scene, marks: Sequence[MarkPair]) -> list[Referring]:
    """The mentions of a text in order of their first token, longer ones first; linear in its tokens.

    Only pronouns of the third person are there; who "I" and "you" are depends on who speaks.
    """
    around = _quotations(scene, marks)
    roles = Roles.of(scene)
    found = [_refer_by_name(scene, place, around) for place in range(len(scene.names))]
    for token in scene.layout.doc:
        kind = pronoun_class(token)
        if kind is not None:
            if kind in MEANT and token.i not in scene.name_at:
                found.append(_refer_by_pronoun(scene, token, kind, around))
        elif _is_noun(token) and token.i not in scene.name_at:
            found.append(_refer_by_noun(scene, roles, token, around))
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def _is_noun(token: Token) -> bool:
    """Whether the token is the head of a noun phrase; taggers take an odd mark for a noun, but "20 %" is one."""
    is_tagged_so = token.dep_ in _CHUNK_DEPS and token.pos_ in {"NOUN", "PROPN"}
    return is_tagged_so and any(map(str.isalnum, "".join(word.text for word in _up_to_head(token))))


def _quotations(scene: Scene, marks: Sequence[MarkPair]) -> list[int]:
    """For each token the number of the outermost pair of marks around it, -1 outside."""
    around = [-1] * len(scene.layout.doc)
    for number, pair in enumerate(marks):
        for index in scene.layout.tokens(pair.span) if pair.depth == 0 else ():
            around[index] = number
    return around


def _stand(scene: Scene, token: Token, around: Sequence[int]) -> Standing:
    """Where a mention stands, by its head token."""
    outer = clause_head(token)
    has_verb = outer.dep_ in SUBJECTS or outer.dep_ in OBJECTS
    return Standing(
        is_subject=outer.dep_ in SUBJECTS,
        verb=outer.head.i if has_verb else -1,
        sentence=scene.layout.sentences[token.i],
        paragraph=scene.layout.paragraph_at(token.idx),
        quotation=around[token.i],
    )


def _refer_by_name(scene: Scene, place: int, around: Sequence[int]) -> Referring:
    name = scene.names[place]
    head = scene.head_token(name)
    draft = scene.roster.drafts[scene.owners[place]]
    return Referring(
        span=scene.layout.span(name.start, name.end),
        start=name.start,
        end=name.end,
        head=head.i,
        form=MentionForm.NAME,
        kind=draft.kind,
        gender=draft.gender,
        is_plural=draft.kind is EntityKind.GROUP,
        owner=scene.owners[place],
        noun=fold(name.words[-1]),
        standing=_stand(scene, head, around),
    )


def _refer_by_pronoun(scene: Scene, token: Token, kind: PronounClass, around: Sequence[int]) -> Referring:
    gender = GENDERS.get(kind)
    return Referring(
        span=scene.layout.span(token.i, token.i + 1),
        start=token.i,
        end=token.i + 1,
        head=token.i,
        form=MentionForm.PRONOUN,
        pronoun=kind,
        kind=EntityKind.OTHER if gender is None else EntityKind.PERSON,
        gender=gender,
        is_plural=kind is PronounClass.THEY,
        standing=_stand(scene, token, around),
    )


def _refer_by_noun(scene: Scene, roles: Roles, head: Token, around: Sequence[int]) -> Referring:
    lexicon = scene.lexicon
    tokens = list(_up_to_head(head))
    noun = fold(head.lemma_ or head.text)
    first = fold(tokens[0].text)
    owned = tokens[0].tag_ == "PRP$" or any(token.tag_ == "POS" for token in tokens)
    is_definite = first in DEFINITE or owned
    kind = phrase_kind(tokens, lexicon)
    description = describe(tokens, lexicon)
    return Referring(
        span=scene.span_of(tokens),
        start=tokens[0].i,
        end=head.i + 1,
        head=head.i,
        form=MentionForm.NOMINAL,
        kind=kind,
        gender=lexicon.person_nouns.get(noun),
        is_plural=head.tag_ in _PLURAL_TAGS,
        is_definite=is_definite,
        may_be_person=kind is EntityKind.PERSON or (kind is EntityKind.OTHER and (is_definite or first in INDEFINITE)),
        noun=noun if description is None else description.head,
        described=roles.fitting(description, kind) if is_definite and description is not None else (),
        standing=_stand(scene, head, around),
    )


def _up_to_head(head: Token) -> Iterator[Token]:
    """The words of a noun phrase up to its head noun; a phrase before a comma isn't its own."""
    start = head.left_edge.i
    for index in range(head.i - 1, max(start, head.i - _LONGEST) - 1, -1):
        if (head.doc[index].is_punct and head.doc[index].tag_ != "HYPH") or head.doc[index].is_space:
            start = index + 1
            break
    yield from head.doc[max(start, head.i - _LONGEST) : head.i + 1]
