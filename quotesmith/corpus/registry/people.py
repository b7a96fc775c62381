"""Which names of one family name are one person's."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Final, TypeAlias

import numpy as np
from attrs import field, frozen

from quotesmith.corpus.registry.forms import Form, Numbers
from quotesmith.corpus.registry.nearness import GivenNames, Spellings
from quotesmith.corpus.registry.spelling import garbled_alike, is_garbled, is_misspelled
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import PersonName, are_compatible, parse_words
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import Gender

RARELY: Final = 0.1
"""In what part of its documents another name may stand beside a name, as somebody else's, for both to be one's."""
MOSTLY: Final = 0.9
"""In what part of the documents with a family name one person must bear it to be meant by it alone."""
OFTEN: Final = 4
"""In how many documents, at least."""
TOLD: Final = 5
"""How many people of a family name are told for whom it might stand alone."""
SOLE: Final = 2
"""In how many, where nobody else in the corpus has that family name and it is no common one and no first name."""
MISSPELLED: Final = 5
"""How many times as often as a misspelled given name the right one is written."""

# Of two units, a word that stands near both names and near few others; None where there is none.
Shared: TypeAlias = Callable[[int, int], str | None]


@frozen(eq=False)
class Group:
    """Names that are one person's, the main one first, with the reasons for the others by their units."""

    forms: tuple[Form, ...]
    reasons: Mapping[int, str] = field(factory=dict)

    @property
    def documents(self) -> Numbers:
        """Where any of them is written."""
        return _all_documents(self.forms)


@frozen
class Refusal:
    """Two names, by their units, that could be taken for one person's and aren't."""

    unit: int
    other: int
    reason: str


@frozen(eq=False)
class Rulings:
    """What is known of names besides what they are.

    Attributes:
        lexicon: The language's.
        shared: What two names have near them.
        apart: Which units the user keeps apart from a unit.
    """

    lexicon: PeopleLexicon
    shared: Shared
    apart: Mapping[int, frozenset[int]] = field(factory=dict)


def _is_weak(one: Form, other: Form, lexicon: PeopleLexicon) -> bool:
    """Whether two names that fit each other may well be two people's.

    So are those of two nicknames, of which people rarely have both; and those of a common family name and a common or
    different given name, or of which one has a whole middle name.
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
    """The units of names whose likeness says little, so that what stands near them has to say more.

    Args:
        forms: Those of one family name; their documents aren't looked at.
        lexicon: The language's.
    """
    seen: list[Form] = []
    names = GivenNames(lexicon)
    for form in (form for form in forms if form.given):
        for other in (seen[place] for place in names.near(form.given)):
            if _is_weak(form, other, lexicon) and _names_fit(form, other, lexicon) is None:
                yield other.unit, form.unit
        names.add(len(seen), form.given)
        seen.append(form)


def settle_family(forms: Sequence[Form], rulings: Rulings) -> tuple[list[Group], list[Refusal]]:
    """The people of one family name, and the names that are kept apart though they are near.

    Two names are one person's where nothing in them speaks against it (nicknames, initials and missing middle names
    don't) and no document has both as two people; of a common family name only where a word that is rare beside names
    stands beside both. Where a name fits several who differ, it stays alone. A family name alone is somebody's where
    nearly all documents with that name mean the same person. "Jr." makes another person, but for a name written in full
    ("Joseph R. Biden Jr.").

    Note:
        Time grows with the square of the number of names that are near each other.
    """
    refusals: list[Refusal] = []
    groups: list[Group] = []
    names = GivenNames(rulings.lexicon)
    # Names that say more first: what others fit is then known.
    full_names = (form for form in forms if form.given)
    for form in sorted(full_names, key=lambda form: (-len(form.parts.core), form.tag == "", *_rank(form))):
        names.add(_place(form, groups, names.near(form.given), rulings, refusals), form.given)
    groups = _right_spelled(groups, rulings)
    bearers = tuple(groups)
    commonest = sorted(bearers, key=lambda group: (-len(group.documents), *_rank(group.forms[0])))[:TOLD]
    for form in sorted((form for form in forms if not form.given), key=_rank):
        bearer, reason = _bearer(form, bearers, rulings)
        if bearer is None:
            groups.append(Group((form,)))
            refusals += [Refusal(form.unit, group.forms[0].unit, reason) for group in commonest]
        else:
            place = next(place for place, group in enumerate(groups) if group.forms[0] is bearer.forms[0])
            if _objection(form, groups[place].forms, rulings) is None:
                groups[place] = _joined(groups[place], form, reason)
            else:
                groups.append(Group((form,)))
    return groups, refusals


def _place(form: Form, groups: list[Group], near: Iterable[int], rulings: Rulings, refusals: list[Refusal]) -> int:
    """Put a form into the one of the near groups that it fits, or into one of its own; gives the group's place."""
    objections = {place: _group_objection(form, groups[place], rulings) for place in near}
    fitting = [place for place, objection in objections.items() if objection is None]
    if len(fitting) == 1:
        [place] = fitting
        groups[place] = _joined(groups[place], form, _fitting_reason(form, groups[place], rulings))
        return place
    for place, objection in objections.items():
        reason = f"{form.name} fits several people" if objection is None else objection
        if reason:
            refusals.append(Refusal(form.unit, groups[place].forms[0].unit, reason))
    groups.append(Group((form,)))
    return len(groups) - 1


def _group_objection(form: Form, group: Group, rulings: Rulings) -> str | None:
    """Why a form isn't the group's: None where it is, empty where the names aren't even near."""
    objections = [_pair_objection(form, other, rulings) for other in group.forms]
    told = [objection for objection in objections if objection is not None]
    if told:
        return "" if "" in told else told[0]
    links = [other for other in group.forms if _is_linked(form, other, rulings)]
    return None if links else "the names are likely to be two people's, and nothing near them is alike"


def _objection(form: Form, others: Iterable[Form], rulings: Rulings) -> str | None:
    found = (_evidence_against(form, other, rulings) for other in others)
    return next((objection for objection in found if objection is not None), None)


def _pair_objection(one: Form, other: Form, rulings: Rulings) -> str | None:
    """Why two names aren't one's; None where they can be, empty where they aren't even near."""
    names = _names_fit(one, other, rulings.lexicon)
    return names if names is not None else _evidence_against(one, other, rulings)


def _evidence_against(one: Form, other: Form, rulings: Rulings) -> str | None:
    different = _are_different(one, other, rulings)
    if different is None and _told_apart(one, other):
        return "documents have both, as two people"
    return different


def _are_different(one: Form, other: Form, rulings: Rulings) -> str | None:
    if _are_parted(one, other, rulings):
        return "you keep them apart"
    if one.tag and other.tag and one.tag != other.tag:
        return "their identifiers differ"
    genders = {_gender(form, rulings.lexicon) for form in (one, other)} - {None}
    return "one is a woman there, the other a man" if len(genders) > 1 else None


def _gender(form: Form, lexicon: PeopleLexicon) -> Gender | None:
    """The gender, unless it comes from a family name that was taken for a given one."""
    return None if not form.given and lexicon.is_given_name(form.parts.family) else form.gender


def _names_fit(one: Form, other: Form, lexicon: PeopleLexicon) -> str | None:
    """Why two names with given names can't be one's; None where they can be, empty where they aren't even near."""
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


def _is_linked(one: Form, other: Form, rulings: Rulings) -> bool:
    """Whether names that fit each other are one's; weak ones ask for more than that."""
    if not _is_weak(one, other, rulings.lexicon):
        return True
    return (one.tag != "" and one.tag == other.tag) or rulings.shared(one.unit, other.unit) is not None


def _fitting_reason(form: Form, group: Group, rulings: Rulings) -> str:
    word = _shared_word(form, group, rulings)
    return "the names fit" if word is None else f"the names fit, and near both stands {word!r}"


def _are_parted(one: Form, other: Form, rulings: Rulings) -> bool:
    return other.unit in rulings.apart.get(one.unit, frozenset())


def _rank(form: Form) -> tuple[int, str, str]:
    return -len(form.documents), form.name, form.tag


def _joined(group: Group, form: Form, reason: str) -> Group:
    forms = tuple(sorted((*group.forms, form), key=lambda form: (not form.given, *_rank(form))))
    return Group(forms, {**group.reasons, form.unit: reason})


def _suffixes_fit(one: PersonName, other: PersonName) -> bool:
    """A father is rarely written about with his son's middle name."""
    if bool(one.suffix) == bool(other.suffix):
        return True
    with_suffix = one if one.suffix else other
    return bool(with_suffix.middle) or fold(with_suffix.suffix) not in {"jr", "sr"}


def _told_apart(one: Form, other: Form) -> bool:
    """Whether documents have both names as two people."""
    both = len(np.intersect1d(one.documents, other.documents, assume_unique=True))
    return both > RARELY * min(len(one.documents), len(other.documents))


def _all_documents(forms: Iterable[Form]) -> Numbers:
    nothing: Numbers = np.empty(0, dtype=np.int64)
    return np.unique(np.concatenate([nothing, *(form.documents for form in forms)]))


def _right_spelled(groups: Sequence[Group], rulings: Rulings) -> list[Group]:
    """The groups; one whose given name is a misspelling of a commoner one's joins that."""
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
            is_much_rarer = MISSPELLED * counts[main.unit] <= counts[mains[place].unit]
            reason = _misspelling(main, mains[place], rulings.lexicon, is_much_rarer=is_much_rarer)
            # One document may well have both spellings, and the analysis two people of them.
            pairs = product(group.forms, kept[place].forms)
            if reason is not None and all(_are_different(*pair, rulings) is None for pair in pairs):
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
    """Why the one may be a misspelling of the other, if it may."""
    if is_garbled(wrong.name) or is_garbled(right.name):
        one, other = (parse_words(form.name.split(), lexicon).given for form in (wrong, right))
        if (garbled_alike(one, other) or garbled_alike(other, one)) and _suffixes_fit(wrong.parts, right.parts):
            return "the same name with garbled letters"
    if is_much_rarer and is_misspelled(wrong.given, right.given):
        return "one letter off a much commoner name"
    return None


def _bearer(form: Form, groups: Sequence[Group], rulings: Rulings) -> tuple[Group | None, str]:
    """Whom a family name alone means: whom nearly all documents with that name have; and why, or why nobody."""
    everywhere = _all_documents(form for group in groups for form in group.forms)
    family = fold(form.parts.family)
    # "Todd" alone is somebody's first name.
    tells = family not in rulings.lexicon.common_families and not rulings.lexicon.is_given_name(family)
    for group in groups:
        own = len(group.documents)
        if len(groups) == 1 and tells and own >= SOLE:
            return group, "nobody else of that family name is in the corpus"
        if own >= OFTEN and own >= MOSTLY * len(everywhere):
            return group, "nearly all of that family name are this person"
    return None, "a family name alone, which may be another's"


def _shared_word(form: Form, group: Group, rulings: Rulings) -> str | None:
    words = (rulings.shared(form.unit, other.unit) for other in group.forms)
    return next((word for word in words if word is not None), None)
