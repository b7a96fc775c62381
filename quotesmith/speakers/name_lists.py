"""Sources that list names: "Sens. Ann Lee, Bo Holm of Ohio and Ruth Amsel", "two charities, Acme and Open Door"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import evolve, frozen
from spacy.tokens import Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import is_title_word
from quotesmith.records import EntityKind
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.noun_phrases import (
    OPENING_BRACKETS,
    PLURAL_TAGS,
    first_segment,
    is_break,
    is_determiner,
    is_relative,
)

_CLOSING_BRACKETS = frozenset({")", "]"})
_LIST_DASH = "--"
# What may stand before the name in an item of a list: titles, roles, articles, "his".
_BEFORE_NAME = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PUNCT", "X"})
_LEAST_LISTED = 2


@frozen
class _ListItem:
    """What stands between two commas or joiners of a phrase.

    Attributes:
        tokens: Its words; of an item that is a name, up to the name's last one.
        place: The position in `context.names` of the name that it is; None where it is none.
        joined: Whether "and" stands before it.
        parted: Whether a comma or the like stands before it.
        example: Whether "including" or "such as" stands before it.
    """

    tokens: Sequence[Token]
    place: int | None
    joined: bool
    parted: bool
    example: bool


def find_listed(context: DocumentContext, tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """The names of the speakers that a phrase lists, each with the words before it; empty where it is plainly no list.

    All items are names then, with the ages, brackets and places behind them; a plural noun may stand before the list,
    and "and his wife" before the last name. Of one person's roles ("author and coach Jane Roe") the name is the item.
    """
    found = list(_items(context, tokens))
    items = [item for item in found if not _is_aside(context, item)]
    if len(items) < _LEAST_LISTED or any(_goes_on(one, other) for one, other in pairwise(found)):
        return []
    first, *rest = items
    if first.place is None:
        if all(item.place is not None for item in rest) and _is_plural(context, first.tokens):
            is_list = _is_joined(rest) or any(item.example and _is_person(context, item) for item in rest)
            return [item.tokens for item in _people_first(context, rest)] if is_list else []
        is_one = len(rest) == 1 and rest[0].joined and _is_role(context, first.tokens)
        return [rest[0].tokens] if is_one and _opens_with_role(context, rest[0]) else []
    if _is_described(rest):
        return [first.tokens]
    named = _people_first(context, _without_relatives(context, items))
    is_list = len(named) >= _LEAST_LISTED and all(item.place is not None for item in named) and _is_joined(named)
    return [item.tokens for item in named] if is_list else []


def _is_described(items: Sequence[_ListItem]) -> bool:
    """Whether all items are roles of the one named before: "Ann Lee, a teacher at Oslo and a writer"."""
    are_roles = all(item.place is None and item.tokens[-1].tag_ not in PLURAL_TAGS for item in items)
    opened = all(is_determiner(item.tokens[0]) for item in items)
    return are_roles and opened and not items[0].joined and items[-1].joined and not items[-1].parted


def _goes_on(clause: _ListItem, item: _ListItem) -> bool:
    """Whether a clause may go on behind "and": "who sat between Oslo and Bergen"."""
    return is_relative(clause.tokens[0]) and not item.parted


def _is_joined(items: Sequence[_ListItem]) -> bool:
    return len(items) >= _LEAST_LISTED and items[-1].joined


def _items(context: DocumentContext, tokens: Sequence[Token]) -> Iterator[_ListItem]:
    names, examples = context.lexicon.names, context.lexicon.phrases.examples
    words: list[Token] = []
    joined = parted = example = False
    depth = 0
    for token in tokens:
        inside = token.i in context.name_at
        depth += token.text in OPENING_BRACKETS
        if depth > 0:
            depth -= token.text in _CLOSING_BRACKETS
            continue
        is_joiner = not inside and fold(token.text) in names.person_joiners and token.text != ","
        is_example = not inside and fold(token.text) in examples
        is_parting = not inside and (is_break(token) or token.text == _LIST_DASH)
        if not (is_joiner or is_example or is_parting):
            if not token.is_space:
                words.append(token)
            continue
        if words:
            yield _item(context, words, joined=joined, parted=parted, example=example)
            words, joined, parted, example = [], False, False, False
        joined, parted, example = joined or is_joiner, parted or is_parting, example or is_example
    if words:
        yield _item(context, words, joined=joined, parted=parted, example=example)


def _item(context: DocumentContext, words: Sequence[Token], *, joined: bool, parted: bool, example: bool) -> _ListItem:
    """The item of these words, which is a name where one stands in them behind a role alone."""
    for number, token in enumerate(words):
        place = context.name_at.get(token.i)
        if place is None:
            if token.pos_ not in _BEFORE_NAME and token.tag_ not in {"PRP$", "POS"} and not _is_office(context, token):
                break
            continue
        behind = number + context.names[place].end - token.i
        is_last = behind >= len(words) or words[behind].pos_ == "ADP"
        if token.i == context.names[place].start and is_last:
            return _ListItem(words[:behind], place, joined, parted, example)
    return _ListItem(words, None, joined, parted, example)


def _is_office(context: DocumentContext, token: Token) -> bool:
    """Whether the word joins the parts of an office: "of" in "Secretary of State"."""
    if token.pos_ != "ADP" or token.i == 0:
        return False
    before = token.nbor(-1)
    return before.text[:1].isupper() and fold(before.text) in context.lexicon.titles


def _is_aside(context: DocumentContext, item: _ListItem) -> bool:
    """Whether the item says something of the name before it: an age, who it is, what both are."""
    if item.place is not None:
        return False
    is_of_all = fold(item.tokens[0].text) in context.lexicon.pairs.pronouns and item.tokens[-1].tag_ not in PLURAL_TAGS
    return all(token.like_num for token in item.tokens) or is_relative(item.tokens[0]) or (item.parted and is_of_all)


def _people_first(context: DocumentContext, items: Sequence[_ListItem]) -> list[_ListItem]:
    """The items without the places that say where people are from: "Bo Holm of Oslo, Norway, and Ann Lee"."""
    if not any(_is_person(context, item) for item in items):
        return list(items)
    return [item for item in items if item.joined or _kind(context, item) is not EntityKind.PLACE]


def _is_person(context: DocumentContext, item: _ListItem) -> bool:
    return _kind(context, item) is EntityKind.PERSON


def _kind(context: DocumentContext, item: _ListItem) -> EntityKind | None:
    return None if item.place is None else context.entities[context.owners[item.place]].kind


def _without_relatives(context: DocumentContext, items: Sequence[_ListItem]) -> list[_ListItem]:
    """The items; of a role and the name in apposition to it, which "and" joins, the name: "and his wife, Ann"."""
    kept: list[_ListItem] = []
    for item in items:
        last = kept[-1] if kept else item
        is_role = (
            last.place is None and last.joined and (_is_role(context, last.tokens) or last.tokens[0].tag_ == "PRP$")
        )
        if is_role and item.place is not None and not item.joined:
            kept[-1] = evolve(item, joined=True)
        else:
            kept.append(item)
    return kept


def _is_plural(context: DocumentContext, tokens: Sequence[Token]) -> bool:
    """Whether the words are about several by their head noun: "two bishops", "the Democratic candidates"."""
    segment = first_segment(tokens, context.name_at)
    return bool(segment) and segment[-1].tag_ in PLURAL_TAGS and segment[-1].i not in context.name_at


def _is_role(context: DocumentContext, tokens: Sequence[Token]) -> bool:
    """Whether the words are one person's role, without an article: "Shiite cleric"."""
    noun = tokens[-1]
    if is_determiner(tokens[0]) or noun.tag_ in PLURAL_TAGS or noun.i in context.name_at:
        return False
    return all(token.pos_ in {"NOUN", "PROPN", "ADJ", "PUNCT"} for token in tokens) and _is_person_noun(context, noun)


def _opens_with_role(context: DocumentContext, item: _ListItem) -> bool:
    """Whether a role without article stands before the name of the item."""
    before = [token for token in item.tokens if context.name_at.get(token.i) != item.place]
    return (
        bool(before)
        and not is_determiner(before[0])
        and before[0].tag_ != "PRP$"
        and _is_person_noun(context, before[-1])
    )


def _is_person_noun(context: DocumentContext, token: Token) -> bool:
    noun = fold(token.lemma_ or token.text)
    lexicon = context.lexicon
    return noun in lexicon.person_nouns or noun in lexicon.trades or is_title_word(token.text, lexicon)
