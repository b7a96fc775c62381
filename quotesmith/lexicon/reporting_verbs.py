"""Reporting verbs that the user adds: their records, their files, and the forms in which texts have them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from typing import Any, Final, TypeAlias

from attrs import Attribute, asdict, field, fields, frozen

from quotesmith.errors import LexiconError
from quotesmith.lexicon.folding import fold_case
from quotesmith.lexicon.record_files import RecordSort
from quotesmith.records import Act

_VOWELS = "aeiou"
_HYPHEN = re.compile(r"[-‐-―]")
_ACT_NAMES = tuple(act.value for act in Act)


def _as_verb(value: object) -> object:
    return fold_case(value.strip()) if isinstance(value, str) else value


def _as_act(value: object) -> Act:
    if value not in _ACT_NAMES:
        msg = f"act must be one of {', '.join(_ACT_NAMES)}, not {value!r}"
        raise LexiconError(msg)
    return Act(value)


def _check_verb(_: object, __: "Attribute[Any]", value: object) -> None:
    is_word = isinstance(value, str) and any(map(str.isalpha, value)) and len(value.split()) == 1
    if not is_word:
        msg = f"verb must be a string of one word, not {value!r}"
        raise LexiconError(msg)
    if _HYPHEN.search(str(value)):
        msg = f"verb must have no hyphen, not {value!r}: such words are read in parts, so it would never be found"
        raise LexiconError(msg)


@frozen
class ReportingVerb:
    """A verb that reports what somebody says, writes, thinks or holds.

    A contradiction in its fields is a `LexiconError`.

    Attributes:
        verb: Its base form ("skeet"), in small letters.
        act: What it reports.

    Examples:
        >>> ReportingVerb("skeet", "writing").act
        <Act.WRITING: 'writing'>
    """

    verb: str = field(converter=_as_verb, validator=_check_verb)
    act: Act = field(converter=_as_act)

    def to_dict(self) -> dict[str, str]:
        """Plain JSON data, which `read_reporting_verbs` reads."""
        return asdict(self, value_serializer=lambda _, __, value: str(value))


_VERB_KEYS: Final = tuple(attribute.name for attribute in fields(ReportingVerb))
_VERB_RECORDS: Final = RecordSort(
    "a list of reporting verbs", "reporting verb", required=_VERB_KEYS, optional=(), error=LexiconError
)
ReportingVerbSource: TypeAlias = str | PathLike[str] | Iterable[ReportingVerb | Mapping[str, Any]]


def read_reporting_verbs(source: ReportingVerbSource) -> tuple[ReportingVerb, ...]:
    """The verbs of a file or of records, each once, in their order.

    Args:
        source: The path of a `.json` file (a list of records), a `.jsonl` file (a record a line) or a `.csv` file
            (columns verb and act), or the records themselves: `ReportingVerb` objects or mappings with these keys.

    Raises:
        LexiconError: if the file or a record is malformed (names the line or the entry), or if a verb has two acts.
        ArgumentError: if the source is neither a path nor records.
        OSError: if the file can't be read.

    Examples:
        >>> [verb.verb for verb in read_reporting_verbs([{"verb": "skeet", "act": "writing"}])]
        ['skeet']
    """
    found: dict[str, ReportingVerb] = {}
    for where, record in _VERB_RECORDS.read(source):
        verb = _as_reporting_verb(record, where)
        known = found.setdefault(verb.verb, verb)
        if known.act is not verb.act:
            msg = f"{where}: {verb.verb!r} is there as {known.act.value} already, not {verb.act.value}"
            raise LexiconError(msg)
    return tuple(found.values())


def _as_reporting_verb(record: object, where: str) -> ReportingVerb:
    if isinstance(record, ReportingVerb):
        return record
    if not isinstance(record, Mapping):
        msg = f"{where}: expected a ReportingVerb or a mapping with verb and act, not {record!r}"
        raise LexiconError(msg)
    unknown = [key for key in record if key not in _VERB_KEYS]
    missing = [key for key in _VERB_KEYS if key not in record]
    if unknown or missing:
        fault = f"has unknown keys {', '.join(map(repr, unknown))}" if unknown else f"has no {' and no '.join(missing)}"
        msg = f"{where}: the record {fault}; its keys are {' and '.join(_VERB_KEYS)}"
        raise LexiconError(msg)
    try:
        return ReportingVerb(**record)
    except LexiconError as error:
        msg = f"{where}: {error}"
        raise LexiconError(msg) from error


def verb_forms(verb: str) -> Iterator[str]:
    """The forms that a regular verb may have, its base form first; some of them no writer would choose.

    Examples:
        >>> sorted(verb_forms("skeet"))
        ['skeet', 'skeeted', 'skeeting', 'skeets', 'skeetted', 'skeetting']
        >>> sorted(verb_forms("vibe"))
        ['vibe', 'vibed', 'vibeing', 'vibes', 'vibing']
    """
    yield verb
    is_after_vowel = len(verb) > 1 and verb[-2] in _VOWELS
    if verb.endswith("y") and not is_after_vowel:
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
        return
    yield verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    if verb.endswith("e"):
        yield from (verb + "d", verb[:-1] + "ing", verb + "ing")
        return
    yield from (verb + "ed", verb + "ing")
    if is_after_vowel and verb[-1].isalpha() and verb[-1] not in _VOWELS + "wxy":
        yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")
