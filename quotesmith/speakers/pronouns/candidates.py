"""The words of a text that may refer to somebody: its names, its noun phrases and its pronouns, in one list."""

from collections.abc import Iterator

from spacy.tokens import Token

from quotesmith.coreference import (
    GENDERS,
    MEANT,
    EntityNumber,
    MentionCandidate,
    MentionContext,
    PronounClass,
    pronoun_class,
)
from quotesmith.lexicon.folding import fold
from quotesmith.parsed_text import OUTSIDE_PASSAGES
from quotesmith.records import EntityKind, MentionForm
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.nominals import Roles, phrase_kind
from quotesmith.speakers.noun_phrases import (
    OBJECTS,
    PHRASE_HEADS,
    PLURAL_TAGS,
    SUBJECTS,
    clause_head,
    describe,
    is_indefinite,
)

# Keeps work linear: words of a noun phrase that are read, up to its head.
MAX_PHRASE_TOKENS = 12


def find_mention_candidates(context: DocumentContext, roles: Roles) -> list[MentionCandidate]:
    """The mentions of a text in order of their first token, longer ones first; linear in its tokens.

    Furniture mentions nobody. Only pronouns of the third person are there; who "I" and "you" are depends on who speaks.

    Args:
        context: The text, its names read.
        roles: The named entities by what the text says of them.
    """
    parsed = context.parsed
    said = (place for place, name in enumerate(context.names) if not parsed.is_furniture(name.start))
    found = [_name_candidate(context, place) for place in said]
    for token in parsed.doc:
        if parsed.is_furniture(token.i):
            continue
        kind = pronoun_class(token)
        if kind is not None:
            if kind in MEANT and token.i not in context.name_at:
                found.append(_pronoun_candidate(context, token, kind))
        elif _is_noun(token) and token.i not in context.name_at and not context.parsed.in_label[token.i]:
            found.append(_noun_candidate(context, roles, token))
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def _is_noun(token: Token) -> bool:
    """Whether the token is the head of a noun phrase; taggers take an odd mark for a noun, but "20 %" is one."""
    is_tagged_so = token.dep_ in PHRASE_HEADS and token.pos_ in {"NOUN", "PROPN"}
    return is_tagged_so and any(map(str.isalnum, "".join(word.text for word in _up_to_head(token))))


def _find_context(context: DocumentContext, token: Token) -> MentionContext:
    """Where a mention stands, by its head token."""
    outer = clause_head(token)
    has_verb = outer.dep_ in SUBJECTS or outer.dep_ in OBJECTS
    passage = context.parsed.passage_at[token.i]
    return MentionContext(
        is_subject=outer.dep_ in SUBJECTS,
        verb=outer.head.i if has_verb else None,
        sentence=context.parsed.sentences[token.i],
        paragraph=context.parsed.paragraph_at(token.idx),
        passage=None if passage == OUTSIDE_PASSAGES else passage,
    )


def _name_candidate(context: DocumentContext, place: int) -> MentionCandidate:
    name = context.names[place]
    head = context.head_token(name)
    draft = context.entities[context.owners[place]]
    return MentionCandidate(
        span=context.parsed.span(name.start, name.end),
        start=name.start,
        end=name.end,
        head=head.i,
        form=MentionForm.NAME,
        kind=draft.kind,
        gender=draft.gender,
        is_plural=draft.kind is EntityKind.GROUP,
        owner=context.owners[place],
        noun=fold(name.words[-1]),
        context=_find_context(context, head),
    )


def _pronoun_candidate(context: DocumentContext, token: Token, kind: PronounClass) -> MentionCandidate:
    gender = GENDERS.get(kind)
    return MentionCandidate(
        span=context.parsed.span(token.i, token.i + 1),
        start=token.i,
        end=token.i + 1,
        head=token.i,
        form=MentionForm.PRONOUN,
        pronoun=kind,
        kind=EntityKind.OTHER if gender is None else EntityKind.PERSON,
        gender=gender,
        is_plural=kind is PronounClass.THEY,
        context=_find_context(context, token),
    )


def _noun_candidate(context: DocumentContext, roles: Roles, head: Token) -> MentionCandidate:
    lexicon = context.lexicon
    tokens = list(_up_to_head(head))
    noun = fold(head.lemma_ or head.text)
    owned = tokens[0].tag_ == "PRP$" or any(token.tag_ == "POS" for token in tokens)
    is_definite = fold(tokens[0].text) in lexicon.phrases.definite or owned
    kind = phrase_kind(tokens, lexicon)
    description = describe(tokens, lexicon)
    return MentionCandidate(
        span=context.span_of(tokens),
        start=tokens[0].i,
        end=head.i + 1,
        head=head.i,
        form=MentionForm.NOMINAL,
        kind=kind,
        gender=lexicon.person_nouns.get(noun),
        is_plural=head.tag_ in PLURAL_TAGS,
        is_definite=is_definite,
        may_be_person=kind is EntityKind.PERSON
        or (kind is EntityKind.OTHER and noun not in lexicon.documents and (is_definite or is_indefinite(tokens[0]))),
        owner=_apposed_owner(context, head),
        noun=noun if description is None else description.head,
        described=roles.fitting(description, kind) if is_definite and description is not None else (),
        context=_find_context(context, head),
    )


def _apposed_owner(context: DocumentContext, head: Token) -> EntityNumber | None:
    """The person whose name stands in apposition to a role: "the mechanic, former monk Bo Holm"."""
    for child in head.rights:
        if child.dep_ == "appos" and child.i in context.name_at:
            owner = context.owners[context.name_at[child.i]]
            return owner if context.is_person(owner) else None
    return None


def _up_to_head(head: Token) -> Iterator[Token]:
    """The words of a noun phrase up to its head noun; a phrase before a comma isn't its own."""
    start = head.left_edge.i
    for index in range(head.i - 1, max(start, head.i - MAX_PHRASE_TOKENS) - 1, -1):
        if (head.doc[index].is_punct and head.doc[index].tag_ != "HYPH") or head.doc[index].is_space:
            start = index + 1
            break
    yield from head.doc[max(start, head.i - MAX_PHRASE_TOKENS) : head.i + 1]
