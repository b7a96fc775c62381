"""Which forms of names with one family name mean the same person."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Final, TypeAlias

import numpy as np
from attrs import field, frozen

from quotesmith.corpus.database import Numbers
from quotesmith.corpus.registry.person_names import (
    Form,
    GivenNames,
    Spellings,
    garbled_alike,
    is_garbled,
    is_misspelled,
)
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import PersonName, are_compatible, parse_words
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import Gender

MAX_SHARED_DOCUMENTS: Final = 0.1
"""Two names can mean one person if at most this share of the documents of either has both, as two people."""
MIN_BEARER_SHARE: Final = 0.9
"""A family name alone means the person who bears it in at least this share of the documents that have it."""
MIN_BEARER_DOCUMENTS: Final = 4
"""In how many documents, at least, that person must bear it."""
MAX_REFUSALS: Final = 5
"""How many people a family name alone is said not to mean, at most."""
MIN_SOLE_BEARER_DOCUMENTS: Final = 2
"""The same, where nobody else in the corpus has that family name and it is neither a common one nor a first name."""
MIN_SPELLING_RATIO: Final = 5
"""How many times as often as a misspelling the right given name must be written."""

# From two units to a word that stands near both names and near few others, or None.
Shared: TypeAlias = Callable[[int, int], str | None]


@frozen(eq=False)
class Group:
    """Names that mean one person, the main one first, with the reasons for the others by their units."""

    forms: tuple[Form, ...]
    reasons: Mapping[int, str] = field(factory=dict)

    @property
    def documents(self) -> Numbers:
        """The documents that have any of them, ascending."""
        return _all_documents(self.forms)


@frozen
class Refusal:
    """Two names, by their units, that could mean one person and were kept apart."""

    unit: int
    other: int
    reason: str


@frozen(eq=False)
class NameContext:
    """What is known about names besides their words.

    Attributes:
        lexicon: Of the language.
        shared: A rare word near both of two names.
        apart: For each unit those that the user keeps apart from it.
    """

    lexicon: PeopleLexicon
    shared: Shared
    apart: Mapping[int, frozenset[int]] = field(factory=dict)


def _is_weak(one: Form, other: Form, lexicon: PeopleLexicon) -> bool:
    """Whether two names that fit each other may well mean two people.

    They may where the given names are two nicknames, as few people have both; and where the family name is a common
    one and the given names are common or differ, or only one of the names has a whole middle name.
    """
    if one.core == other.core:
        return False
    if _are_two_nicknames(one.given, other.given, lexicon):
        return True
    if fold(one.parts.family) not in lexicon.common_families:
        return False
    middles = one.parts.middle, other.parts.middle
    has_more = any(len(fold(name)) > 1 for name in (*middles[0], *middles[1])) and not all(middles)
    return has_more or one.given != other.given or one.given in lexicon.common_given_names


def _are_two_nicknames(one: str, other: str, lexicon: PeopleLexicon) -> bool:
    if one == other or min(len(one), len(other)) == 1:
        return False
    return one not in lexicon.nicknames.get(other, ()) and other not in lexicon.nicknames.get(one, ())


def weak_pairs(forms: Sequence[Form], lexicon: PeopleLexicon) -> Iterator[tuple[int, int]]:
    """The units of names whose similarity says little, so that the text near them has to decide.

    Args:
        forms: Those of one family name; their documents don't matter.
        lexicon: Of the language.
    """
    seen: list[Form] = []
    names = GivenNames(lexicon)
    for form in (form for form in forms if form.given):
        for other in (seen[place] for place in names.near(form.given)):
            if _is_weak(form, other, lexicon) and _names_fit(form, other, lexicon) is None:
                yield other.unit, form.unit
        names.add(len(seen), form.given)
        seen.append(form)


def settle_family(forms: Sequence[Form], context: NameContext) -> tuple[list[Group], list[Refusal]]:
    """The people of one family name, and the names that are kept apart although they are similar.

    Two names mean one person where nothing in them speaks against it (nicknames, initials and missing middle names
    don't) and no document has both as two people; with a common family name, only where a rare word stands near both.
    A name that fits several different people stays alone. A family name alone means somebody where nearly all documents
    with that family name mean the same person. "Jr." means another person, except in a name written in full ("Joseph R.
    Biden Jr.").

    Note:
        Quadratic in the number of names that are similar to each other.
    """
    refusals: list[Refusal] = []
    groups: list[Group] = []
    names = GivenNames(context.lexicon)
    # Fuller names first, so that it is known which people shorter ones could mean.
    full_names = (form for form in forms if form.given)
    for form in sorted(full_names, key=lambda form: (-len(form.parts.core), form.tag == "", *_rank(form))):
        names.add(_place(form, groups, names.near(form.given), context, refusals), form.given)
    groups = _right_spelled(groups, context)
    bearers = tuple(groups)
    commonest = sorted(bearers, key=lambda group: (-len(group.documents), *_rank(group.forms[0])))[:MAX_REFUSALS]
    for form in sorted((form for form in forms if not form.given), key=_rank):
        bearer, reason = _bearer(form, bearers, context)
        if bearer is None:
            groups.append(Group((form,)))
            refusals += [Refusal(form.unit, group.forms[0].unit, reason) for group in commonest]
        else:
            place = next(place for place, group in enumerate(groups) if group.forms[0] is bearer.forms[0])
            if _objection(form, groups[place].forms, context) is None:
                groups[place] = _joined(groups[place], form, reason)
            else:
                groups.append(Group((form,)))
    return groups, refusals


def _place(form: Form, groups: list[Group], near: Iterable[int], context: NameContext, refusals: list[Refusal]) -> int:
    """Put a form into the only near group that it fits, or into one of its own; gives the group's place."""
    objections = {place: _group_objection(form, groups[place], context) for place in near}
    fitting = [place for place, objection in objections.items() if objection is None]
    if len(fitting) == 1:
        [place] = fitting
        groups[place] = _joined(groups[place], form, _fitting_reason(form, groups[place], context))
        return place
    for place, objection in objections.items():
        reason = f"{form.name} fits several people" if objection is None else objection
        if reason:
            refusals.append(Refusal(form.unit, groups[place].forms[0].unit, reason))
    groups.append(Group((form,)))
    return len(groups) - 1


def _group_objection(form: Form, group: Group, context: NameContext) -> str | None:
    """Why a form doesn't belong to a group: None where it does, empty where the names aren't even similar."""
    objections = [_pair_objection(form, other, context) for other in group.forms]
    found = [objection for objection in objections if objection is not None]
    if found:
        return "" if "" in found else found[0]
    links = [other for other in group.forms if _is_linked(form, other, context)]
    return None if links else "the names are likely to be two people's, and nothing near them is alike"


def _objection(form: Form, others: Iterable[Form], context: NameContext) -> str | None:
    found = (_evidence_against(form, other, context) for other in others)
    return next((objection for objection in found if objection is not None), None)


def _pair_objection(one: Form, other: Form, context: NameContext) -> str | None:
    """Why two names don't mean one person; None where they may, empty where they aren't even similar."""
    names = _names_fit(one, other, context.lexicon)
    return names if names is not None else _evidence_against(one, other, context)


def _evidence_against(one: Form, other: Form, context: NameContext) -> str | None:
    different = _are_different(one, other, context)
    if different is None and _are_seen_apart(one, other):
        return "documents have both, as two people"
    return different


def _are_different(one: Form, other: Form, context: NameContext) -> str | None:
    if _are_kept_apart(one, other, context):
        return "you keep them apart"
    if one.tag and other.tag and one.tag != other.tag:
        return "their identifiers differ"
    genders = {_gender(form, context.lexicon) for form in (one, other)} - {None}
    return "one is a woman there, the other a man" if len(genders) > 1 else None


def _gender(form: Form, lexicon: PeopleLexicon) -> Gender | None:
    """The gender, unless it comes from a family name that was mistaken for a given one."""
    return None if not form.given and lexicon.is_given_name(form.parts.family) else form.gender


def _names_fit(one: Form, other: Form, lexicon: PeopleLexicon) -> str | None:
    """Why two names with given names can't mean one person; None where they can, empty where they aren't similar."""
    if not lexicon.same_given(one.parts.given, other.parts.given):
        return ""
    middles = one.parts.middle, other.parts.middle
    if all(middles) and len(middles[0]) != len(middles[1]):
        return "their middle names differ"
    if not _suffixes_fit(one.parts, other.parts):
        return "they may be father and son"
    if not are_compatible(one.parts, other.parts, lexicon):
        return "their middle names or titles differ"
    return None


def _is_linked(one: Form, other: Form, context: NameContext) -> bool:
    """Whether names that fit each other mean one person; weak pairs need further evidence."""
    if not _is_weak(one, other, context.lexicon):
        return True
    return (one.tag != "" and one.tag == other.tag) or context.shared(one.unit, other.unit) is not None


def _fitting_reason(form: Form, group: Group, context: NameContext) -> str:
    word = _shared_word(form, group, context)
    return "the names fit" if word is None else f"the names fit, and near both stands {word!r}"


def _are_kept_apart(one: Form, other: Form, context: NameContext) -> bool:
    return other.unit in context.apart.get(one.unit, frozenset())


def _rank(form: Form) -> tuple[int, str, str]:
    return -len(form.documents), form.name, form.tag


def _joined(group: Group, form: Form, reason: str) -> Group:
    forms = tuple(sorted((*group.forms, form), key=lambda form: (not form.given, *_rank(form))))
    return Group(forms, {**group.reasons, form.unit: reason})


def _suffixes_fit(one: PersonName, other: PersonName) -> bool:
    """Whether two names can mean one person by "Jr." and "Sr."; a middle name beside the suffix makes it safe."""
    if bool(one.suffix) == bool(other.suffix):
        return True
    with_suffix = one if one.suffix else other
    return bool(with_suffix.middle) or fold(with_suffix.suffix) not in {"jr", "sr"}


def _are_seen_apart(one: Form, other: Form) -> bool:
    """Whether too many documents have both names, as two people."""
    both = len(np.intersect1d(one.documents, other.documents, assume_unique=True))
    return both > MAX_SHARED_DOCUMENTS * min(len(one.documents), len(other.documents))


def _all_documents(forms: Iterable[Form]) -> Numbers:
    nothing: Numbers = np.empty(0, dtype=np.int64)
    return np.unique(np.concatenate([nothing, *(form.documents for form in forms)]))


def _right_spelled(groups: Sequence[Group], context: NameContext) -> list[Group]:
    """The groups, after those whose given name is a misspelling have joined the group of the right one."""
    counts = {group.forms[0].unit: len(group.documents) for group in groups}
    order = sorted(groups, key=lambda group: (-counts[group.forms[0].unit], *_rank(group.forms[0])))
    kept: list[Group] = []
    mains: list[Form] = []
    names, garbled = Spellings(), list[int]()
    for group in order:
        main = group.forms[0]
        reasons = {}
        if is_garbled(main.name):
            near: Iterable[int] = range(len(kept))
        else:
            near = {*names.near(main.given), *garbled}
        for place in near:
            is_much_rarer = MIN_SPELLING_RATIO * counts[main.unit] <= counts[mains[place].unit]
            reason = _misspelling(main, mains[place], context.lexicon, is_much_rarer=is_much_rarer)
            # A document may well have both spellings, which the analysis took for two people.
            pairs = product(group.forms, kept[place].forms)
            if reason is not None and all(_are_different(*pair, context) is None for pair in pairs):
                reasons[place] = reason
        if len(reasons) == 1:
            [(place, reason)] = reasons.items()
            for form in group.forms:
                kept[place] = _joined(kept[place], form, reason)
        else:
            names.add(len(kept), main.given)
            garbled += [len(kept)] if is_garbled(main.name) else []
            kept.append(group)
            mains.append(main)
    return kept


def _misspelling(wrong: Form, right: Form, lexicon: PeopleLexicon, *, is_much_rarer: bool) -> str | None:
    """Why one name may be a misspelling of the other; None where it isn't one."""
    if is_garbled(wrong.name) or is_garbled(right.name):
        one, other = (parse_words(form.name.split(), lexicon).given for form in (wrong, right))
        if (garbled_alike(one, other) or garbled_alike(other, one)) and _suffixes_fit(wrong.parts, right.parts):
            return "the same name with garbled letters"
    if is_much_rarer and is_misspelled(wrong.given, right.given):
        return "one letter off a much commoner name"
    return None


def _bearer(form: Form, groups: Sequence[Group], context: NameContext) -> tuple[Group | None, str]:
    """Whom a family name alone means, and why; or None and why nobody is meant."""
    everywhere = _all_documents(form for group in groups for form in group.forms)
    family = fold(form.parts.family)
    # "Todd" alone is somebody's first name.
    is_distinctive = family not in context.lexicon.common_families and not context.lexicon.is_given_name(family)
    for group in groups:
        own = len(group.documents)
        if len(groups) == 1 and is_distinctive and own >= MIN_SOLE_BEARER_DOCUMENTS:
            return group, "nobody else of that family name is in the corpus"
        if own >= MIN_BEARER_DOCUMENTS and own >= MIN_BEARER_SHARE * len(everywhere):
            return group, "nearly all of that family name are this person"
    return None, "a family name alone, which may be another's"


def _shared_word(form: Form, group: Group, context: NameContext) -> str | None:
    words = (context.shared(form.unit, other.unit) for other in group.forms)
    return next((word for word in words if word is not None), None)
