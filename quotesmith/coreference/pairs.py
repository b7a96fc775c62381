"""Which mentions an anaphor may take up, and what is known of each pair: the input of the learned scorer."""

from collections import defaultdict
from typing import Final, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotesmith.coreference.mentions import MentionCandidates
from quotesmith.coreference.pronouns import MEANT
from quotesmith.records import EntityKind, Gender, MentionForm

CANDIDATES: Final = 24
"""The most candidates an anaphor is compared with."""
SEEN: Final = 120
"""How many mentions before it are looked at to find these."""
AHEAD_TOKENS: Final = 40
"""How far after a pronoun names are still looked for, in tokens: "In his speech, Mr. Okafor said"."""
NAMES_AHEAD: Final = 3
"""How many of them."""

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float32]

# In the arrays: no verb, no passage, no entity, no noun, and of pronouns none.
_NO_NUMBER: Final = -1
_PRONOUNS: Final = tuple(MEANT)
_HE, _SHE, _IT, _THEY = range(len(_PRONOUNS))
_ENTITY_KINDS: Final = tuple(EntityKind)
_PERSON_KIND, _OTHER_KIND, _GROUP_KIND = (
    _ENTITY_KINDS.index(k) for k in (EntityKind.PERSON, EntityKind.OTHER, EntityKind.GROUP)
)
_MENTION_FORMS: Final = (MentionForm.NAME, MentionForm.NOMINAL, MentionForm.PRONOUN)
_NAME_FORM = 0
_GENDERS: Final = (None, Gender.MASCULINE, Gender.FEMININE)

_ALONE: Final = 10
_BOTH: Final = 20
PAIR_FEATURES: Final = _ALONE + _BOTH + len(_MENTION_FORMS) + len(_ENTITY_KINDS)
"""How many values describe a pair."""


@frozen(eq=False)
class Pairs:
    """Anaphors, and for each of them its candidates.

    Attributes:
        anaphors: Positions of the anaphors in the list of mentions, (anaphors,).
        bounds: Rows of each anaphor's candidates: from bounds[n] up to bounds[n + 1], (anaphors + 1,).
        candidates: Positions of the candidates, nearest first and those ahead last, (pairs,).
        features: What is known of each pair, (pairs, PAIR_FEATURES).
        own: What is known of each anaphor by itself, (anaphors, PAIR_FEATURES): as of a pair with nobody.
    """

    anaphors: Ints
    bounds: Ints
    candidates: Ints
    features: Floats
    own: Floats

    @property
    def rows(self) -> Ints:
        """For each pair the position of its anaphor among the anaphors, (pairs,)."""
        return np.repeat(np.arange(len(self.anaphors)), np.diff(self.bounds))


def make_pairs(mentions: MentionCandidates) -> Pairs:
    """The pairs of a text's mentions; linear in their number."""
    table = _Table.of(mentions)
    anaphors = np.flatnonzero(table.anaphoric)
    found = [_candidates(table, int(place)) for place in anaphors]
    bounds = np.cumsum([0, *map(len, found)])
    candidates = np.concatenate([*found, np.empty(0, dtype=np.int64)])
    rows = np.repeat(anaphors, np.diff(bounds))
    own = np.zeros((len(anaphors), PAIR_FEATURES), dtype=np.float32)
    own[:, :_ALONE] = table.alone[anaphors]
    own[:, 0] = np.log1p(np.diff(bounds))
    features = np.zeros((len(candidates), PAIR_FEATURES), dtype=np.float32)
    features[:, :_ALONE] = table.alone[rows]
    ranks = np.arange(len(candidates)) - np.repeat(bounds[:-1], np.diff(bounds))
    features[:, _ALONE : _ALONE + _BOTH] = _describe(table, rows, candidates, ranks, mentions)
    features[np.arange(len(candidates)), _ALONE + _BOTH + table.forms[candidates]] = 1
    features[np.arange(len(candidates)), _ALONE + _BOTH + len(_MENTION_FORMS) + table.kinds[candidates]] = 1
    return Pairs(anaphors, bounds, candidates, features, own)


@frozen(eq=False)
class _Table:
    """What is known of the mentions, as arrays of one length; enumerations as their positions."""

    anaphoric: Bools
    starts: Ints
    ends: Ints
    heads: Ints
    forms: Ints
    pronouns: Ints
    kinds: Ints
    genders: Ints
    plural: Bools
    definite: Bools
    subject: Bools
    verbs: Ints
    sentences: Ints
    paragraphs: Ints
    quotations: Ints
    owners: Ints
    nouns: Ints
    earlier: Ints
    later: Ints
    person_like: Bools
    alone: Floats

    @classmethod
    def of(cls, mentions: MentionCandidates) -> "_Table":
        earlier, later = _neighbours([_number(mention.owner) for mention in mentions])
        nouns: dict[str, int] = defaultdict(lambda: len(nouns))
        rows = [
            (
                m.is_anaphor,
                m.start,
                m.end,
                m.head,
                _MENTION_FORMS.index(m.form),
                _NO_NUMBER if m.pronoun is None else _PRONOUNS.index(m.pronoun),
                _ENTITY_KINDS.index(m.kind),
                _GENDERS.index(m.gender),
                m.is_plural,
                m.is_definite,
                m.context.is_subject,
                _number(m.context.verb),
                m.context.sentence,
                m.context.paragraph,
                _number(m.context.passage),
                _number(m.owner),
                nouns[m.noun] if m.noun else _NO_NUMBER,
                m.may_be_person,
                bool(m.described),
            )
            for m in mentions
        ]
        table = np.array(rows, dtype=np.int64).reshape(-1, 19).T
        anaphoric, starts, ends, heads, forms, pronouns, kinds, genders = table[:8]
        plural, definite, subject, verbs, sentences, paragraphs, quotations, owners, nouns_, persons, told = table[8:]
        alone = np.zeros((len(mentions), _ALONE), dtype=np.float32)
        alone[np.arange(len(mentions)), 1 + np.where(pronouns == _NO_NUMBER, len(_PRONOUNS), pronouns)] = 1
        alone[:, 6:10] = np.stack([subject, quotations >= 0, plural, told], axis=1)
        return cls(
            anaphoric.astype(bool),
            starts,
            ends,
            heads,
            forms,
            pronouns,
            kinds,
            genders,
            plural.astype(bool),
            definite.astype(bool),
            subject.astype(bool),
            verbs,
            sentences,
            paragraphs,
            quotations,
            owners,
            nouns_,
            earlier,
            later,
            persons.astype(bool),
            alone,
        )


def _number(value: int | None) -> int:
    return _NO_NUMBER if value is None else value


def _neighbours(owners: list[int]) -> tuple[Ints, Ints]:
    """For each name how many of its entity stand before it, and the position of the next one (or far behind)."""
    counts: dict[int, int] = defaultdict(int)
    last: dict[int, int] = {}
    earlier = np.zeros(len(owners), dtype=np.int64)
    later = np.full(len(owners), np.iinfo(np.int64).max)
    for place, owner in enumerate(owners):
        if owner >= 0:
            earlier[place] = counts[owner]
            counts[owner] += 1
            if owner in last:
                later[last[owner]] = place
            last[owner] = place
    return earlier, later


def _candidates(table: _Table, place: int) -> Ints:
    """Positions of an anaphor's candidates: those before it, nearest first, then names ahead."""
    before = np.arange(max(place - SEEN, 0), place)
    before = before[_can_mean(table, place, before)][::-1][:CANDIDATES]
    if table.pronouns[place] == _NO_NUMBER:
        return before
    end = int(np.searchsorted(table.starts, table.starts[place] + AHEAD_TOKENS, side="right"))
    ahead = np.arange(place + 1, min(end, place + 1 + SEEN))
    ahead = ahead[table.forms[ahead] == _NAME_FORM]
    return np.concatenate((before, ahead[_can_mean(table, place, ahead)][:NAMES_AHEAD]))


def _can_mean(table: _Table, place: int, others: Ints) -> Bools:
    """Whether grammar leaves it open that the anaphor and each other are one: gender, number, none holds the other."""
    apart: Bools = (table.ends[others] <= table.starts[place]) | (table.starts[others] >= table.ends[place])
    gender = table.genders[place]
    apart &= (gender == 0) | (table.genders[others] == 0) | (table.genders[others] == gender)
    if table.pronouns[place] == _NO_NUMBER:
        apart &= _noun_can_mean(table, place, others)
        return apart
    same = table.pronouns[others] == table.pronouns[place]
    noun = table.pronouns[others] == _NO_NUMBER
    if table.pronouns[place] in (_HE, _SHE):
        noun &= ~table.plural[others] & (table.kinds[others] != _GROUP_KIND)
        noun &= (table.forms[others] == _NAME_FORM) | table.person_like[others]
    elif table.pronouns[place] == _IT:
        noun &= ~table.plural[others] & (table.kinds[others] != _PERSON_KIND) & (table.genders[others] == 0)
    meant: Bools = apart & (same | noun)
    return meant


def _noun_can_mean(table: _Table, place: int, others: Ints) -> Bools:
    """Of a definite noun phrase: it takes up what is of its number and, as far as both are known, of its kind."""
    kind, plural = table.kinds[place], table.plural[place]
    known = (table.kinds[others] != _OTHER_KIND) & (kind != _OTHER_KIND)
    noun = ~known | (table.kinds[others] == kind)
    noun &= (table.forms[others] == _NAME_FORM) | (table.plural[others] == plural)
    pronouns = table.pronouns[others]
    is_person = (pronouns == _HE) | (pronouns == _SHE)
    pronoun = (
        (pronouns == _THEY)
        if plural
        else ((kind == _OTHER_KIND) | (is_person == (kind == _PERSON_KIND))) & (pronouns != _THEY)
    )
    meant: Bools = np.where(pronouns == _NO_NUMBER, noun, pronoun)
    return meant


def _describe(table: _Table, rows: Ints, others: Ints, ranks: Ints, mentions: MentionCandidates) -> Floats:
    sentences = np.abs(table.sentences[rows] - table.sentences[others])
    paragraphs = np.abs(table.paragraphs[rows] - table.paragraphs[others])
    gender = table.genders[rows]
    columns = (
        np.log1p(np.abs(table.heads[rows] - table.heads[others])),
        np.minimum(sentences, 12) / 4,
        sentences == 0,
        sentences == 1,
        paragraphs == 0,
        np.minimum(paragraphs, 8) / 4,
        table.starts[others] > table.starts[rows],
        np.log1p(ranks),
        np.log1p(table.earlier[others]),
        (table.later[others] > rows) & (table.owners[others] >= 0),
        table.subject[others],
        table.subject[others] & table.subject[rows],
        (table.verbs[others] >= 0) & (table.verbs[others] == table.verbs[rows]),
        table.quotations[others] >= 0,
        table.quotations[others] == table.quotations[rows],
        (gender > 0) & (gender == table.genders[others]),
        table.plural[others],
        (table.nouns[rows] >= 0) & (table.nouns[rows] == table.nouns[others]),
        _fits(table, rows, others, mentions),
        table.definite[others],
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _fits(table: _Table, rows: Ints, others: Ints, mentions: MentionCandidates) -> Floats:
    """How well the anaphor's noun describes the candidate's entity; 0 where nothing is said of that."""
    fits = np.zeros(len(rows), dtype=np.float32)
    told = np.array([bool(mention.described) for mention in mentions], dtype=bool)
    for pair in np.flatnonzero(told[rows] & (table.owners[others] >= 0)):
        owner = int(table.owners[others[pair]])
        fits[pair] = next((fit for n, fit in mentions[rows[pair]].described if n == owner), 0.0) / 4
    return fits
