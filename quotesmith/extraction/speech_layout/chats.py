"""Chats: messages with a name before or above them, as messengers export and people paste them."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.chat_formats import ChatFormat, chat_formats
from quotesmith.extraction.speech_layout.collector import TurnCollector
from quotesmith.extraction.speech_layout.evidence import TurnEvidence, repeated_share
from quotesmith.extraction.speech_layout.lines import TextLine
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.extraction.speech_layout.talk import sound_like_talk
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.label_words import LabelWords
from quotesmith.parsed_text import SpeechLayout
from quotesmith.records import TextSpan

# A name in a tag, unlike those of HTML, which are in small letters without a number.
_NAME_TAG = re.compile(r"<(?P<label>[A-Z]\w{1,30}|[a-z]\w{1,30}\d)>")
# Only lines that begin so, or have a time near, can be heads: this spares prose the patterns of all formats.
_HEAD_CLUE = re.compile(r"[\[<\d]|.{1,80}?\d[:.]\d\d")
# "Ilse Brandt (she/her)".
_NAME_NOTE = re.compile(r" \(")
_NICK_WORD = re.compile(r"\w+")
_LEFT_TO_RIGHT = "\u200e"


def find_chat(evidence: TurnEvidence) -> SpeechLayout | None:
    """The messages of a chat; None for other texts.

    A message goes on until the next, the last one to the first blank line. Linear in the text.
    """
    text, words, settings = evidence.text, evidence.words, evidence.settings
    lines = evidence.all_lines
    clues = [number for number, line in enumerate(lines) if _HEAD_CLUE.match(text, line.start, line.end)]
    found = [(form, _find_heads(text, lines, clues, form)) for form in chat_formats(words.formats.days)]
    for form, heads in sorted(found, key=lambda item: len(item[1]), reverse=True):
        if len(heads) < settings.min_turns:
            break
        turns = _read(text, lines, form, heads, words.formats.placeholders)
        if _has_level(turns, words):
            continue
        # A list of changes has labels that come again, but nobody talks in it.
        if (
            _is_timed_chat(turns.labels, len(heads), settings)
            if form.is_timed
            else sound_like_talk(evidence, turns, are_nicks=form.has_nicks)
        ):
            return turns.layout("chat")
    return _find_tagged(evidence)


def _find_heads(
    text: str, lines: Sequence[TextLine], clues: Sequence[int], form: ChatFormat
) -> dict[int, re.Match[str]]:
    """The heads of messages in one format, by the number of their line."""
    if form.below is None:
        return {number: head for number in clues if (head := form.match(text, lines[number])) is not None}
    return {
        number - 1: head
        for number in clues
        if number > 0
        and form.below.match(text, lines[number].start, lines[number].end)
        and (number == 1 or lines[number - 2].is_blank)
        and (head := form.match(text, lines[number - 1])) is not None
    }


def _has_level(turns: TurnCollector, words: LabelWords) -> bool:
    """Whether a label is the level of a log's line ("production.ERROR")."""
    return any(
        fold(word) in words.formats.levels for label in set(turns.labels) for word in _NICK_WORD.findall(label)[-1:]
    )


def _is_timed_chat(labels: Sequence[str], heads: int, settings: ExtractionSettings) -> bool:
    """Whether heads with times make a chat; those of a programme stand without words, or each by another name."""
    if len(labels) < settings.min_turns or 2 * len(labels) < heads:
        return False
    return len(labels) <= settings.min_bare_turns or repeated_share(labels) >= settings.min_repeated_share


def _read(
    text: str,
    lines: Sequence[TextLine],
    form: ChatFormat,
    heads: Mapping[int, re.Match[str]],
    placeholders: frozenset[str],
) -> TurnCollector:
    turns = TurnCollector(text)
    last = max(heads)
    for number, line in enumerate(lines):
        head = heads.get(number)
        if head is not None:
            _open(turns, head)
            if not form.is_above:
                _say(turns, head.end(), line.end, placeholders)
        elif line.is_blank:
            if number > last:
                turns.close()
        elif form.silent is not None and turns.has_begun and form.silent.match(text, line.start, line.end):
            turns.skip(line.start, line.end)
            turns.close()
        elif form.again is not None and (again := form.again.match(text, line.start, line.end)):
            turns.skip(line.start, again.end())
            _say(turns, again.end(), line.end, placeholders)
        elif form.goes_on:
            _say(turns, line.start, line.end, placeholders)
    return turns


def _open(turns: TurnCollector, head: re.Match[str]) -> None:
    """Begin the message of a head; its time is nobody's."""
    start, end = head.span("label")
    added = _NAME_NOTE.search(turns.text, start + 1, end)
    has_colon = head.groupdict().get("colon") is not None
    turns.skip(head.start(), start)
    turns.open(
        TextSpan(start, end if added is None else added.start()), TextSpan(*head.span("colon")) if has_colon else None
    )


def _say(turns: TurnCollector, start: int, end: int, placeholders: frozenset[str]) -> None:
    """Add a line to the open message, but for what stands for a picture or a message that is gone."""
    text = turns.text
    while start < end and text[start].isspace():
        start += 1
    whole, tail = _placeholder_patterns(placeholders)
    # iOS marks what it wrote itself.
    if text[start:end].startswith(_LEFT_TO_RIGHT) or whole.fullmatch(text, start, end):
        turns.skip(start, end)
        return
    cut = tail.search(text, start, end)
    turns.say(start, end if cut is None else cut.start())
    if cut is not None:
        turns.skip(cut.start(), end)


@cache
def _placeholder_patterns(placeholders: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Lines that are a placeholder ("<Media omitted>", "a.jpg (file attached)"), and one behind words ("(edited)")."""
    phrases = phrase_pattern(placeholders)
    whole = rf"(?:\S{{1,80}}\.\w{{2,4}}\s)?[<(]?\u200e?{phrases}[.>)]{{0,2}}|<[^<>\n]{{1,80}}>|\[[^\[\]\n]{{1,80}}\]"
    return re.compile(whole, re.IGNORECASE), re.compile(rf"\s\u200e?[<(]\u200e?{phrases}[>)]\Z", re.IGNORECASE)


def _find_tagged(evidence: TurnEvidence) -> SpeechLayout | None:
    """Turns between tags that bear the speaker's name; they may stand on one line."""
    text = evidence.text
    tags = list(_NAME_TAG.finditer(text))
    turns = TurnCollector(text)
    for position, tag in enumerate(tags):
        reach = tags[position + 1].start() if position + 1 < len(tags) else len(text)
        end = text.find(f"</{tag['label']}>", tag.end(), reach)
        # Markup that encloses other markup, or is never closed, is of another kind.
        if end < 0 or "<" in text[tag.end() : end]:
            return None
        turns.open(TextSpan(*tag.span("label")))
        turns.say(tag.end(), end)
        turns.close()
    return turns.layout("chat") if sound_like_talk(evidence, turns) else None
