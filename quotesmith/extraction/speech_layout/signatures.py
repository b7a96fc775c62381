"""The words that sign a quotation: a name, an office or a document, and what stands behind it."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from attrs import frozen

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.lexicon.folding import fold, fold_text
from quotesmith.lexicon.label_words import LabelWords
from quotesmith.lexicon.signature_words import SignatureWords
from quotesmith.records import TextSpan

SIGNATURE_REACH: Final = 160
"""Characters of a line that are searched for a signature, from its end."""
_WRITER_HANDLE = re.compile(r"\(@\w{1,30}\)")
_USER = re.compile(r"[\w@#.]+")
_USER_SIGNS = re.compile(r"[\d_@#]")
_LONGEST_NAME = 7
_NAME_MARKS = frozenset('"“”„«»‹›')
_NUMBER_LAST = re.compile(r"\d\W{0,2}\Z")
# Letters of words that titles may write small.
_SMALL_WORD = 3
# Words of an office up to its noun ("a retired bus driver").
_LONGEST_OFFICE = 4


@frozen
class Signature:
    """Who signs.

    Attributes:
        name: The name without office, place, outlet and date.
        size: Its words.
        has_tail: Whether such things stand behind it.
        has_handle: Whether a handle does: "(@MilfordCouncil)".
        has_date: Whether a number ends it, as a date or a page.
        is_unnamed: Whether it is no name but what somebody or something is: "a regular guest", "old saying".
        has_role: Whether it begins with the noun for a person: "a witness", "Resident of Holm".
    """

    name: TextSpan
    size: int
    has_tail: bool
    has_handle: bool
    has_date: bool
    is_unnamed: bool
    has_role: bool


def read_signature(text: str, whole: TextSpan, words: LabelWords, settings: ExtractionSettings) -> Signature | None:
    """Who signs with the words of the span; None where they are no signature.

    A name has capitals, or a sign of the web; a place, an office, an outlet or a date may stand behind it. A sentence
    is none.
    """
    signature = whole.of(text)
    is_long = len(whole) > SIGNATURE_REACH or len(signature.split()) > settings.max_signature_words
    if is_long or _ends_sentence(signature, words):
        return None
    tail = _tail_pattern(words.signatures).search(signature)
    name = signature if tail is None else signature[: tail.start()]
    name = name.rstrip(" .") if not name.endswith(("Jr.", "Sr.")) else name
    parts = name.split()
    is_unnamed = 0 < len(parts) <= _LONGEST_NAME and _is_unnamed(parts, words)
    if _NAME_MARKS.intersection(name) or not (is_unnamed or _is_signer(parts, words)):
        return None
    own = parts if is_unnamed else _without_office(parts, words)
    start = len(name) - len(name.split(maxsplit=len(parts) - len(own))[-1])
    return Signature(
        TextSpan(whole.start + start, whole.start + len(name)),
        len(own),
        tail is not None,
        _WRITER_HANDLE.search(signature) is not None,
        _NUMBER_LAST.search(signature) is not None,
        is_unnamed,
        has_role=any(words.is_role(fold(part)) for part in parts[:_LONGEST_OFFICE]),
    )


def has_title_case(said: str) -> bool:
    """Whether all longer words of several have capitals, as in titles and headings."""
    long = [word for word in said.split() if len(word) > _SMALL_WORD]
    return len(said.split()) > 1 and all(word[0].isupper() for word in long)


def _ends_sentence(signature: str, words: LabelWords) -> bool:
    """Whether the words are a sentence's: they end in a stop and in a word without a capital, or some other way."""
    if signature[-1] in "!?:…,;":
        return True
    if "," in signature and signature.rsplit(maxsplit=1)[-1][0].isupper():
        return False
    joining = words.particles | words.signatures.joiners
    return signature[-1] == "." and any(word[0].islower() and word not in joining for word in signature.split())


def _is_unnamed(parts: Sequence[str], words: LabelWords) -> bool:
    """Whether the words say what somebody is: "a regular guest", "old saying", "Holm villager"; not "The Okafors"."""
    is_small = len(parts) > 1 and parts[1].islower()
    opens = parts[0] in words.signatures.unnamed or (is_small and fold(parts[0]) in words.signatures.unnamed)
    is_office = len(parts) <= _LONGEST_OFFICE and parts[-1].islower() and words.is_role(fold(parts[-1]))
    closes = is_office and fold(parts[0]) not in words.signatures.openers
    return opens or closes or " ".join(parts).islower()


def _is_signer(parts: Sequence[str], words: LabelWords) -> bool:
    """Whether the words may be a name: "Ann Lee", "The Okafors", "Bank of Oslo", "mossy_kate", "Holm Bank report"."""
    if not 0 < len(parts) <= _LONGEST_NAME or parts[-1].endswith(("'s", "’s")):
        return False
    if len(parts) == 1 and _USER.fullmatch(parts[0]) and _USER_SIGNS.search(parts[0]):
        return not parts[0].isdigit()
    first = fold(parts[0])
    if first in words.signatures.openers or (len(parts) == 1 and first in words.signatures.no_names):
        return False
    own = _without_office(parts, words)
    is_document = len(own) > 1 and fold_text(own[-1]) in words.signatures.documents
    named = own[:-1] if is_document else own
    small = (fold_text(part) for part in named if part.islower())
    joining = words.particles | words.signatures.joiners
    return any(map(str.isupper, named[-1])) and all(part in joining for part in small)


def _without_office(parts: Sequence[str], words: LabelWords) -> Sequence[str]:
    """The words behind the last noun for a person that a name follows: "civil defence spokesman John Roe"."""
    for position in range(len(parts) - 2, -1, -1):
        is_office = parts[position].islower() and words.is_role(fold(parts[position]))
        if is_office and parts[position + 1][0].isupper():
            before = (fold(part) for part in parts[:position])
            return parts if any(word in words.signatures.openers for word in before) else parts[position + 1 :]
    return parts


@cache
def _tail_pattern(words: SignatureWords) -> re.Pattern[str]:
    """Where what stands behind the name begins."""
    return re.compile(rf"\s?[,(\[|;/]|\s(?:[—–-]|{phrase_pattern(words.tails)})\s")


@cache
def sender_pattern(words: SignatureWords) -> re.Pattern[str]:
    """What stands before the name: "And from Chairwoman Ito:"."""
    return re.compile(rf"(?:{phrase_pattern(words.leads)}\s){{0,3}}{phrase_pattern(words.senders)}\s", re.IGNORECASE)
