"""Subtitles and captions: SubRip, WebVTT, SBV, and transcripts whose lines begin with such times.

After the W3C's WebVTT, where a voice span (`<v Name>`) says who speaks, and the habits of captioners elsewhere:
"NAME: words", "- Name: words" and ">> NAME: words" begin what somebody says, and cues without a name go on with it.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import field, frozen

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.collector import TurnCollector
from quotesmith.extraction.speech_layout.evidence import TurnEvidence, repeated_share
from quotesmith.extraction.speech_layout.lines import TextLine
from quotesmith.extraction.speech_layout.times import SHOWN_PATTERN
from quotesmith.lexicon.folding import fold
from quotesmith.parsed_text import SpeechLayout
from quotesmith.records import TextSpan

_TIMING = re.compile(rf"\[?{SHOWN_PATTERN}\s{{0,8}}(?:--?>|,)\s{{0,8}}{SHOWN_PATTERN}(?P<bracket>\])?")
_CUE_BLOCK = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)\b")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,40})?\s{1,4}(?P<label>[^<>\n]{1,80})>")
_CUE_WORD = r"[^\W\d_][\w.'’\-]{0,30}"
_NAME_LINE = re.compile(rf"{_CUE_WORD}(?:\s{_CUE_WORD}){{0,3}}")
_CUE_LABEL = re.compile(
    rf"(?P<mark>[-–—‐]\s?|>>+\s?)?(?P<open>[\[(])?(?P<label>{_CUE_WORD}(?:,?\s[^\W_][\w.'’\-]{{0,30}}){{0,4}})"
    r"(?(open)[\])])(?:\s?[\[(][^()\[\]\n]{1,40}[\])])?(?P<colon>:)(?=\s|<|\Z)"
)
_CHANGE = re.compile(r"(?:[-–—‐](?=[\s\w“\"'‘])|>>+)\s?")
# Styling, positions and sounds part what is said.
_MARKUP = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}|\[[^\[\]\n]{0,200}\]|\([^()\n]{0,200}\)")
_SONG = re.compile(r"[♪♫]")
_CUE_END = re.compile(r"[.?!…][\"”’')\]]{0,4}\Z")
# By reading.
_NAMED_SHARE = 0.5


@frozen
class _Cues:
    """The lines of subtitles.

    Attributes:
        shown: The lines of each cue, in order.
        silent: Headers, comments, times and the names of cues.
    """

    shown: list[list[TextLine]] = field(factory=list)
    silent: list[TextSpan] = field(factory=list)


def find_subtitles(evidence: TurnEvidence) -> SpeechLayout | None:
    """The turns of subtitles that name speakers; None for other texts.

    Cues with the same name one after the other are one turn while a sentence goes on. Linear in the text.
    """
    text, settings = evidence.text, evidence.settings
    if _TIMING.search(text) is None:
        return None
    lines = evidence.all_lines
    timings = {n: match for n, line in enumerate(lines) if (match := _TIMING.match(text, line.start, line.end))}
    if len(timings) < settings.min_turns:
        return None
    cues = _sort_lines(text, lines, timings)
    turns = TurnCollector(text, cues.silent)
    labels = _find_labels(text, cues.shown)
    voices = sum(len(_VOICE.findall(text, line.start, line.end)) for cue in cues.shown for line in cue)
    if not labels and not voices:
        labels = _find_names_above(text, cues.shown, settings)
    if len(labels) + voices < settings.min_turns:
        return None
    for cue in cues.shown:
        for line in cue:
            _read_line(turns, line, labels.get(line.start))
    return turns.layout("subtitles") if turns.labels else None


def _sort_lines(text: str, lines: Sequence[TextLine], timings: Mapping[int, re.Match[str]]) -> _Cues:
    """Which lines are shown, and which nobody says; what stands before the first cue is left."""
    cues = _Cues()
    last = max(timings)
    is_silent, after_blank = False, True
    for number, line in enumerate(lines):
        timing = timings.get(number)
        if timing is not None:
            # The settings of a cue stand behind its times, but words behind a bracket.
            end = timing.end() if timing["bracket"] else line.end
            cues.silent.append(TextSpan(line.start, end))
            words = TextSpan(end, line.end).stripped(text) if end < line.end else None
            cues.shown.append([] if words is None else [TextLine(words.start, words.end, 0)])
            is_silent = False
        elif line.is_blank:
            if number > last:
                break
            is_silent = False
        elif is_silent or (after_blank and _CUE_BLOCK.match(text, line.start, line.end)):
            is_silent = True
            cues.silent.append(line.span)
        elif number + 1 in timings and (after_blank or text[line.start : line.end].isdecimal()):
            cues.silent.append(line.span)
        elif cues.shown:
            cues.shown[-1].append(line)
        after_blank = line.is_blank
    return cues


# Who speaks


def _find_labels(text: str, cues: Sequence[Sequence[TextLine]]) -> dict[int, re.Match[str]]:
    """The labels that open lines, by where the line starts.

    A capital and a colon open a sentence too ("One thing: go."), so those that aren't plainly names must come again,
    or open half of the cues.
    """
    found = {
        line.start: match
        for cue in cues
        for line in cue
        if (match := _CUE_LABEL.match(text, _behind_styles(text, line), line.end)) is not None
    }
    counts = Counter(fold(match["label"]) for match in found.values())
    is_habit = len(found) >= len(cues) * _NAMED_SHARE
    return {start: match for start, match in found.items() if _is_label(match, counts, is_habit=is_habit)}


def _behind_styles(text: str, line: TextLine) -> int:
    """Where the words of a line start, behind tags like "<i>"; a voice isn't one."""
    start = line.start
    while (tag := _MARKUP.match(text, start, line.end)) and tag[0][0] in "<{" and not _VOICE.match(tag[0]):
        start = tag.end()
        while start < line.end and text[start].isspace():
            start += 1
    return start


def _is_label(match: re.Match[str], counts: Counter[str], *, is_habit: bool) -> bool:
    words = match["label"].split()
    is_capital = all(word[0].isupper() or not word[0].isalpha() for word in words)
    if not is_capital:
        return is_habit and (len(words) == 1 or counts[fold(match["label"])] > 1)
    is_plain = match["label"].isupper() or match["mark"] or match["open"] or len(words) > 1
    return bool(is_plain) or is_habit or counts[fold(match["label"])] > 1


def _find_names_above(
    text: str, cues: Sequence[Sequence[TextLine]], settings: ExtractionSettings
) -> dict[int, re.Match[str]]:
    """The names that are the first line of each cue, as Teams writes them."""
    found = {
        cue[0].start: match
        for cue in cues
        if len(cue) > 1 and (match := _NAME_LINE.fullmatch(text, cue[0].start, cue[0].end)) is not None
    }
    labels = [match[0] for match in found.values()]
    is_habit = len(found) == sum(1 for cue in cues if cue)
    return found if is_habit and repeated_share(labels) >= settings.min_repeated_share else {}


# What is said


def _read_line(turns: TurnCollector, line: TextLine, label: re.Match[str] | None) -> None:
    """Add one line of a cue."""
    text = turns.text
    if _SONG.search(text, line.start, line.end):
        turns.skip(line.start, line.end)
        return
    start = _behind_styles(text, line)
    turns.skip(line.start, start)
    if label is not None:
        _open(turns, label)
        start = label.end()
    elif change := _CHANGE.match(text, start, line.end):
        # Somebody else, without a name.
        turns.close()
        start = change.end()
    for markup in _MARKUP.finditer(text, start, line.end):
        turns.say(start, markup.start())
        start = markup.end()
        voice = _VOICE.match(markup[0])
        if voice is None:
            turns.skip(markup.start(), markup.end())
        else:
            _open(turns, voice, markup.start())
    turns.say(start, line.end)


def _open(turns: TurnCollector, match: re.Match[str], offset: int = 0) -> None:
    """Begin the turn of a name; the same name within a sentence goes on with it."""
    label = TextSpan(*match.span("label" if "label" in match.re.groupindex else 0)).shifted(offset)
    goes_on = fold(turns.open_label) == fold(label.of(turns.text))
    if goes_on and turns.tail and not _CUE_END.search(turns.tail):
        turns.skip(label.start, label.end)
        return
    colon = match.groupdict().get("colon")
    turns.open(label, None if colon is None else TextSpan(*match.span("colon")).shifted(offset))
