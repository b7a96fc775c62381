"""Scripts: a character's name on a line of its own, and below it what the character says.

After the syntax of Fountain (fountain.io/syntax), which plain screenplays follow too: a cue is a line in capitals with
an empty line before it and none behind, or begins with "@". Scripts taken out of PDFs set cues in the middle of the
line, and podcasts print names as people write them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from quotesmith.extraction.speech_layout.collector import TurnCollector
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.lines import TextLine
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.extraction.speech_layout.talk import sound_like_talk
from quotesmith.lexicon.format_words import FormatWords
from quotesmith.lexicon.label_words import LabelWords
from quotesmith.parsed_text import SpeechLayout
from quotesmith.records import TextSpan

_CHARACTER_CUE = re.compile(
    r"(?P<forced>@)?\*{0,2}(?P<label>[^\W_][^\n()\[\]{}<>=|*!?;:,\"“”^~]{0,37}?(?:, [^\W\d_][\w.]{0,9})?)\*{0,2}"
    r"(?:\s{0,4}\([^()\n]{1,40}\)){0,3}\s{0,4}\^?(?P<colon>:)?\*{0,2}"
)
_FORCED_HEADING = re.compile(r"\.[^\W_]")
# Sections, synopses, forced transitions and action, page breaks, centred text.
_FOUNTAIN_MARK = re.compile(r"#|=|>|!|~~")
_PAGE_NUMBER = re.compile(r"\d{1,4}\.?\Z")
_ASIDES = re.compile(r"\[\[[^\[\]\n]{0,300}\]\]|\([^()\n]{0,200}\)")
_LONGEST_CUE = 80
# A cue in the middle of its line stands in at least so far, and farther than the words below.
_CENTRED_INDENT = 8
_LESS_INDENT = 3
_MAX_ASIDE_LINES = 4
_HARD_BREAK = 2


def find_script(evidence: TurnEvidence) -> SpeechLayout | None:
    """The turns of a script; None for other texts.

    Where no heading of a scene and no indent shows that it is one, more cues are needed, and people must talk below
    them. Linear in the text.
    """
    text, words, settings = evidence.text, evidence.words, evidence.settings
    lines = _without_notes(text, evidence.all_lines)
    cues = _find_cues(text, lines, words)
    if len(cues) < settings.min_turns:
        return None
    turns = _read(text, lines, cues, words)
    labels, said = turns.labels, turns.said
    if find_headings(text, lines, words) or _are_centred(lines, cues):
        is_script = bool(labels)
    else:
        is_script = len(labels) >= settings.min_bare_turns and sound_like_talk(evidence, turns)
    # A text that is all in capitals has no cues.
    return turns.layout("script") if is_script and 2 * sum(map(str.isupper, said)) < len(said) else None


def _without_notes(text: str, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines; those inside notes and comments of more than one line are blank."""
    notes = sorted([*_find_enclosed(text, "/*", "*/"), *_find_enclosed(text, "[[", "]]")])
    if not notes:
        return list(lines)
    kept, position = [], 0
    for line in lines:
        while position < len(notes) and notes[position].end <= line.start:
            position += 1
        is_note = position < len(notes) and notes[position].start <= line.start and line.end <= notes[position].end
        kept.append(TextLine(line.start, line.start, 0) if is_note else line)
    return kept


def _find_enclosed(text: str, opening: str, closing: str) -> Iterator[TextSpan]:
    start = text.find(opening)
    while start >= 0 and (end := text.find(closing, start)) >= 0:
        yield TextSpan(start, end + len(closing))
        start = text.find(opening, end)


# Cues


def _find_cues(text: str, lines: Sequence[TextLine], words: LabelWords) -> dict[int, re.Match[str]]:
    """The cues, by the number of their line: those behind an empty line, or, where few stand so, those that recur."""
    found = {
        number: match
        for number, line in enumerate(lines[:-1])
        if not lines[number + 1].is_blank and (match := _match_cue(text, line, words)) is not None
    }
    apart = {number: match for number, match in found.items() if _stands_apart(lines, number)}
    if 2 * len(apart) > len(found):
        return apart
    counts = Counter(match["label"] for match in found.values())
    return {number: match for number, match in found.items() if counts[match["label"]] > 1}


def _stands_apart(lines: Sequence[TextLine], number: int) -> bool:
    before = lines[number - 1] if number else None
    return before is None or before.is_blank or lines[number].indent >= before.indent + _CENTRED_INDENT


def _match_cue(text: str, line: TextLine, words: LabelWords) -> re.Match[str] | None:
    """The cue that a line is by its letters."""
    if line.is_blank or line.end - line.start > _LONGEST_CUE:
        return None
    match = _CHARACTER_CUE.fullmatch(text, line.start, line.end)
    if match is None or match["forced"]:
        return match
    label = _prefix_pattern(words.formats).sub("", match["label"])
    is_cue = label.isupper() and label[-1] != "." and not is_stage_line(text, line, words)
    return match if is_cue else None


@cache
def _prefix_pattern(words: FormatWords) -> re.Pattern[str]:
    """The small letters of "McCOY" and "DeWITT"."""
    return re.compile(rf"\b{phrase_pattern(map(str.capitalize, words.name_prefixes))}(?=[^\W\d_a-z]{{2}})")


def is_stage_line(text: str, line: TextLine, words: LabelWords) -> bool:
    """Whether a line is no cue and nobody's words: the heading of an act or a scene, a transition, a page's number."""
    return any(pattern.match(text, line.start, line.end) for pattern in _stage_patterns(words))


@cache
def _stage_patterns(words: LabelWords) -> tuple[re.Pattern[str], ...]:
    cuts, transitions = phrase_pattern(words.formats.cuts), phrase_pattern(words.formats.transitions)
    return (
        *_heading_patterns(words),
        re.compile(rf"(?i:\(?{cuts}\)?[.:]?\Z)"),
        re.compile(rf"[^a-z\n]{{1,60}}\s(?i:{transitions}):\Z"),
        _FORCED_HEADING,
        _FOUNTAIN_MARK,
        _PAGE_NUMBER,
    )


@cache
def _heading_patterns(words: LabelWords) -> tuple[re.Pattern[str], ...]:
    """The headings of scenes ("INT. BOATHOUSE - NIGHT"), and of acts and what else a play has ("ACT ONE")."""
    divisions = rf"(?i:{phrase_pattern(words.formats.divisions)})"
    number = rf"(?:[IVXLC]{{1,8}}|[ivxlc]{{1,8}}|\d{{1,3}}|(?i:{phrase_pattern(words.formats.numbers)}))"
    place = r"(?:[^a-z\n]{1,80}|[^\n]{1,60}\s[-–—]\s[^\n]{1,40})\Z"
    return (
        re.compile(rf"\d{{0,4}}[A-Z]?\.?\s{{0,8}}(?i:{phrase_pattern(words.formats.settings)})[. ]{place}"),
        re.compile(rf"{divisions}\s{number}\b[\W_]{{0,8}}(?:\Z|[^\W\d_a-z])"),
        re.compile(rf"(?i:the\s)?(?:(?i:{phrase_pattern(words.formats.numbers)})\s)?{divisions}\.?\Z"),
    )


def find_headings(text: str, lines: Sequence[TextLine], words: LabelWords) -> list[int]:
    """The numbers of the lines, behind empty ones, in which a scene or an act begins."""
    patterns = _heading_patterns(words)
    return [
        number
        for number, line in enumerate(lines)
        if line.start < line.end <= line.start + _LONGEST_CUE
        and _stands_apart(lines, number)
        and any(pattern.match(text, line.start, line.end) for pattern in patterns)
    ]


def _are_centred(lines: Sequence[TextLine], cues: Mapping[int, re.Match[str]]) -> bool:
    """Whether most cues stand farther in than what is said below, and that farther in than other text."""
    centred = sum(
        lines[number].indent >= _CENTRED_INDENT and _LESS_INDENT < lines[number + 1].indent < lines[number].indent
        for number in cues
    )
    return 2 * centred > len(cues)


# Words


def _read(text: str, lines: Sequence[TextLine], cues: Mapping[int, re.Match[str]], words: LabelWords) -> TurnCollector:
    turns = TurnCollector(text)
    indent, aside = 0, 0
    for number, line in enumerate(lines):
        cue = cues.get(number)
        if cue is not None:
            indent, aside = 0, 0
            turns.skip(line.start, cue.start("label"))
            turns.open(TextSpan(*cue.span("label")))
            turns.skip(cue.end("label"), line.end)
        elif line.is_blank:
            # Two spaces keep an empty line of a speech.
            if line.indent != _HARD_BREAK:
                turns.close()
        elif not turns.is_open or line.indent < indent - _LESS_INDENT:
            turns.close()
            if is_stage_line(text, line, words):
                turns.skip(line.start, line.end)
        elif line.indent >= indent + _CENTRED_INDENT and _PAGE_NUMBER.match(text, line.start, line.end):
            turns.skip(line.start, line.end)
        elif aside or (text[line.start] == "(" and text.find(")", line.start, line.end) < 0):
            turns.skip(line.start, line.end)
            is_last = text.find(")", line.start, line.end) >= 0 or aside == _MAX_ASIDE_LINES
            aside = 0 if is_last else aside + 1
        else:
            indent = indent or line.indent * (text[line.start] != "(")
            say_between(turns, line.start + (text[line.start] == "~"), line.end, _ASIDES)
    return turns


def say_between(turns: TurnCollector, start: int, end: int, asides: re.Pattern[str]) -> None:
    """Add a line to the open turn, without what stands there in brackets."""
    for aside in asides.finditer(turns.text, start, end):
        turns.say(start, aside.start())
        turns.skip(aside.start(), aside.end())
        start = aside.end()
    turns.say(start, end)
