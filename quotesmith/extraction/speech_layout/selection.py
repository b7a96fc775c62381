"""Which lines with labels begin turns: all of a transcript's, and no others."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import attrs

from quotesmith.extraction.speech_layout.evidence import KNOWN_KINDS, SURE_KINDS, TurnEvidence
from quotesmith.extraction.speech_layout.label_names import LabelKind
from quotesmith.extraction.speech_layout.openers import Opener
from quotesmith.lexicon.folding import fold
from quotesmith.marks import ends_sentence
from quotesmith.records import TextSpan

# Of a transcript's labels; where more of them are things, these are no accident.
_MOST_THINGS = 0.25
_FEWEST_AMONG_THINGS = 3
_FEWEST_OPTIONS = 3
_MIN_HEADING = 3
_HEADING_READ = 120


def select_turns(evidence: TurnEvidence, openers: Sequence[Opener]) -> list[Opener]:
    """The openers that begin turns, in order; empty where the text has no transcript.

    The decision is about all of them. Of a transcript's, those are left out that are no speaker's by themselves:
    headings inside turns ("Note:"), labels that stand there once and are dressed or written unlike the others, the
    heading of the text ("Roe: We Won't Go").
    """
    openers = _without_heading(evidence, openers)
    for read in (_with_days_and_places, _with_surnames, _with_initials):
        openers = read(evidence, openers)
    if _are_options(evidence, openers):
        return []
    least = evidence.settings.min_layout_probability
    if evidence.probability(openers) < least:
        openers = _without_header(openers)
        if evidence.probability(openers) < least:
            return []
    chosen = _chosen(evidence, openers)
    return chosen if len(chosen) > 1 else []


def _with_initials(evidence: TurnEvidence, openers: Sequence[Opener]) -> list[Opener]:
    """The openers, a full name as one label with its initials, which stand for it from its second turn on."""
    short = {opener.key for opener in openers if opener.kind is LabelKind.INITIALS}
    found = []
    for opener in openers:
        initials = fold("".join(word[0] for word in opener.label.of(evidence.text).split()))
        is_known = initials in short and initials != opener.key
        found.append(attrs.evolve(opener, kind=LabelKind.INITIALS, key=initials) if is_known else opener)
    return found


def _with_days_and_places(evidence: TurnEvidence, openers: Sequence[Opener]) -> list[Opener]:
    """The openers, where "April" and "Georgia" are things beside "March" or "France", and people elsewhere."""
    people = evidence.words.people
    found = list(openers)
    for group in (people.calendar, people.countries):
        if any(opener.kind is LabelKind.THING and opener.key in group for opener in openers):
            found = [
                attrs.evolve(opener, kind=LabelKind.THING)
                if opener.kind is LabelKind.NAME and fold(opener.label.of(evidence.text)) in group
                else opener
                for opener in found
            ]
    return found


def _with_surnames(evidence: TurnEvidence, openers: Sequence[Opener]) -> list[Opener]:
    """The openers, where a name that opens with an ordinary word ("Per Holm") is known by the surname alone elsewhere.

    Else it may be a thing.
    """
    people = {opener.key for opener in openers if opener.kind is not LabelKind.THING}
    found = []
    for opener in openers:
        surname = fold(opener.label.of(evidence.text).rsplit(maxsplit=1)[-1])
        is_person = opener.kind is LabelKind.THING and surname != opener.key and surname in people
        found.append(attrs.evolve(opener, kind=LabelKind.NAME, key=surname) if is_person else opener)
    return found


def _are_options(evidence: TurnEvidence, openers: Sequence[Opener]) -> bool:
    """Whether the labels are letters in their order, again and again, and nothing behind them sounds like talk."""
    keys = [opener.key for opener in openers if opener.kind is LabelKind.LETTER and len(opener.key) == 1]
    letters = sorted(set(keys))
    if len(letters) < _FEWEST_OPTIONS or len(keys) < len(openers):
        return False
    in_order = all(ord(after) == ord(before) + 1 or after == letters[0] for before, after in pairwise(keys))
    return in_order and not any(sound is not None and sound.is_spoken for sound in evidence.hear(openers))


def _without_heading(evidence: TurnEvidence, openers: Sequence[Opener]) -> list[Opener]:
    """The openers but for the heading of the text: prose follows it, and it is written like a heading."""
    if not openers or evidence.lines[openers[0].line].paragraph > 0:
        return list(openers)
    line = evidence.lines[openers[0].line]
    following = {evidence.lines[opener.line].paragraph for opener in openers[1:]}
    is_alone = openers[0].end < line.end and 0 not in following and 1 not in following
    is_heading = is_alone and (
        not ends_sentence(evidence.text, TextSpan(line.start, line.end)) or _has_heading_case(evidence.text, openers[0])
    )
    return list(openers[1:] if is_heading else openers)


def _has_heading_case(text: str, opener: Opener) -> bool:
    """Whether most words behind a label have capitals ("Roe: We Won't Go")."""
    line = text[opener.end : opener.end + _HEADING_READ].split("\n", 1)[0]
    words = [word for word in line.split() if word[:1].isalpha() or word[:1] in "‘“"]
    return len(words) >= _MIN_HEADING and 2 * sum(word.lstrip("‘“")[:1].isupper() for word in words) > len(words)


def _without_header(openers: Sequence[Opener]) -> list[Opener]:
    """The openers but for things, where these stand before and behind the others: a header with the date and place.

    Among labels with times, those without are none in any case.
    """
    core = [opener for opener in openers if opener.kind is not LabelKind.THING]
    if not core:
        return []
    things = [opener for opener in openers if opener.kind is LabelKind.THING]
    if all(opener.is_dressed for opener in core) and not any(opener.is_dressed for opener in things):
        return core
    if len(core) < _FEWEST_AMONG_THINGS:
        is_header = things and things[-1].line < core[0].line
        return core if is_header and not any(opener.is_dressed for opener in things) else []
    inside = sum(core[0].line < opener.line < core[-1].line for opener in things)
    return core if inside <= _MOST_THINGS * len(core) else []


def _chosen(evidence: TurnEvidence, openers: Sequence[Opener]) -> list[Opener]:
    counts = Counter(opener.key for opener in openers)
    plain = [opener for opener in openers if opener.kind is not LabelKind.THING] or openers
    dress = Counter(opener.dress for opener in plain).most_common(1)[0][0]
    case = Counter(_case(evidence, opener) for opener in plain).most_common(1)[0][0]
    spoken: Counter[str] = Counter()
    for opener, sound in zip(openers, evidence.hear(openers), strict=True):
        spoken[opener.key] += sound is not None and sound.is_spoken
    chosen = []
    for opener in openers:
        alike = opener.dress == dress
        if opener.kind is LabelKind.THING:
            # Magazines and bands that ask and answer.
            is_turn = alike and counts[opener.key] > 1 and 2 * spoken[opener.key] >= counts[opener.key]
        elif counts[opener.key] > 1 or opener.kind in SURE_KINDS:
            is_turn = True
        else:
            is_turn = alike and (opener.kind in KNOWN_KINDS or _case(evidence, opener) == case)
        if is_turn:
            chosen.append(opener)
    return chosen


def _case(evidence: TurnEvidence, opener: Opener) -> str:
    """How the label is written: "upper", "lower" or as names are."""
    label = opener.label.of(evidence.text)
    return "upper" if label.isupper() else "lower" if label.islower() else "title"
