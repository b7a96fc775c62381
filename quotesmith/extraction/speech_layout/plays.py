"""Plays as they are printed: a name and a full stop before what a character says, or above it.

"HESTER. He has taken it.", "HESTER [aside]. ...", "_Hest._ ...", and "ROMEO." on a line of its own above verse, as
Project Gutenberg sets Shakespeare; "HESTER: ..." where acts or scenes show that it is a play.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from attrs import define, frozen

from quotesmith.extraction.speech_layout.collector import TurnCollector
from quotesmith.extraction.speech_layout.evidence import TurnEvidence
from quotesmith.extraction.speech_layout.lines import TextLine
from quotesmith.extraction.speech_layout.phrases import phrase_pattern
from quotesmith.extraction.speech_layout.scripts import find_headings, is_stage_line, say_between
from quotesmith.extraction.speech_layout.talk import are_recurring, sound_like_talk
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.format_words import FormatWords
from quotesmith.lexicon.label_words import LabelWords
from quotesmith.parsed_text import SpeechLayout
from quotesmith.records import TextSpan

_DIRECTION = r"(?:\s?[\[(]_?[^\[\]()\n]{1,100}_?[\])])"
_CAPITAL = r"[^\W\d_a-z]"
_PLAIN_WORD = r"[^\W\d_a-z][^\W_]{0,20}"
_PLAIN_NAME = rf"(?P<label>{_PLAIN_WORD}(?:(?:\.\s|\s){_PLAIN_WORD}){{0,3}})"
# Behind the name: words, or the end of a line above them; unlike the first words of a chapter ("MR. ROE walked").
_SPEECH_START = rf"(?:\s{{1,8}}(?!{_CAPITAL}{{2,30}}(?:['’]{_CAPITAL})?[\s,])(?=\S)|(?<=—)(?=\S)|\Z)"


@frozen
class _NameForm:
    """One way to print who speaks.

    Attributes:
        head: The name and what stands around it.
        needs_headings: Whether only acts and scenes tell it from other texts.
        is_plain: Whether behind those it is plainly a name.
    """

    head: re.Pattern[str]
    needs_headings: bool = True
    is_plain: bool = False


_SENTENCE_BREAK = re.compile(r"[.?!…:;,)\]_—\"”’'*]")
_SQUARE_DIRECTION = re.compile(r"\[_?[A-Z]")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_AUTHOR_INITIAL = re.compile(r"\b[^\W\d_]\Z")
_SQUARE_PAIR = (("[", "]"),)
_BOTH_PAIRS = (("[", "]"), ("(", ")"))
# Directions without marks stand in at least so far, in columns.
_DIRECTION_INDENT = 8


@frozen
class _Directions:
    """How a play marks what is done.

    Attributes:
        inside: Directions within a line.
        opening: What begins a paragraph that is one.
        brackets: The brackets around them; round ones where the play has no square ones.
        is_marked: Whether it has any within lines, so that a paragraph without marks goes on with the speech.
    """

    inside: re.Pattern[str]
    opening: re.Pattern[str]
    brackets: tuple[tuple[str, str], ...]
    is_marked: bool


def find_play(evidence: TurnEvidence) -> SpeechLayout | None:
    """The turns of a play; None for other texts.

    Without the heading of an act or a scene, names must come again, and their bearers talk. Linear in the text.
    """
    text, words, settings = evidence.text, evidence.words, evidence.settings
    lines = evidence.all_lines
    headings = find_headings(text, lines, words)
    forms = _name_forms(words.formats)
    form, heads = forms[0], dict[int, re.Match[str]]()
    for tried in forms:
        if headings or not tried.needs_headings:
            found = _find_heads(text, lines, tried, words)
            if len(found) > len(heads):
                form, heads = tried, found
    if headings:
        heads = _without_cast(heads, headings[0])
    if len(heads) < settings.min_turns:
        return None
    turns = TurnCollector(text)
    _read(lines, heads, _PlayReader(turns, _find_directions(text, words), words))
    is_play = _are_names(evidence, turns.labels, has_headings=bool(headings), is_plain=form.is_plain) or (
        len(turns.labels) >= settings.min_bare_turns and sound_like_talk(evidence, turns)
    )
    return turns.layout("play") if is_play else None


def _are_names(evidence: TurnEvidence, labels: Sequence[str], *, has_headings: bool, is_plain: bool) -> bool:
    """Whether the labels are those of a play."""
    if has_headings and is_plain:
        return bool(labels)
    return are_recurring(evidence, labels) and (has_headings or min(Counter(labels).values()) > 1)


# Names


@cache
def _name_forms(words: FormatWords) -> tuple[_NameForm, ...]:
    """The ways to print who speaks; where two fit as many lines of a text, it has the first."""
    prefixes = phrase_pattern([*map(str.capitalize, words.name_prefixes), *words.ordinals])
    word = rf"(?:{prefixes}?{_CAPITAL}(?:{_CAPITAL}|['’\-](?={_CAPITAL})){{0,20}}|\d{{1,2}})"
    capital_name = rf"(?P<label>{word}(?:(?:\.\s|\s){word}){{0,4}}(?:, {word})?)"
    return (
        _NameForm(
            re.compile(rf"{capital_name}{_DIRECTION}?(?:\.—?|—){_DIRECTION}?\.?{_SPEECH_START}"),
            needs_headings=False,
            is_plain=True,
        ),
        _NameForm(
            re.compile(rf"_{_PLAIN_NAME}(?:\._|_\.|_){_DIRECTION}?\.?—?{_SPEECH_START}"),
            needs_headings=False,
        ),
        _NameForm(re.compile(rf"{capital_name}{_DIRECTION}?:{_DIRECTION}?{_SPEECH_START}"), is_plain=True),
        _NameForm(re.compile(rf"(?P<label>{_CAPITAL}[^\W\d_]{{1,5}})\.{_SPEECH_START}")),
        _NameForm(re.compile(rf"{_PLAIN_NAME}(?:{_DIRECTION}\.|\.{_DIRECTION}|\.\s){_SPEECH_START}")),
    )


def _find_heads(text: str, lines: Sequence[TextLine], form: _NameForm, words: LabelWords) -> dict[int, re.Match[str]]:
    """The names, by the number of their line; a sentence ends before, for prose has names too."""
    found = {}
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        is_between = before is None or before.is_blank or _SENTENCE_BREAK.match(text, before.end - 1) is not None
        if line.is_blank or not is_between:
            continue
        match = form.head.match(text, line.start, line.end)
        if match is None or not _is_name(match["label"], words) or is_stage_line(text, line, words):
            continue
        if match.end() < line.end or not (number + 1 == len(lines) or lines[number + 1].is_blank):
            found[number] = match
    return found


def _is_name(label: str, words: LabelWords) -> bool:
    """Whether it names a character: no letter of an interview, no initial of an author, no direction."""
    first = fold(label.split(maxsplit=1)[0])
    return (
        _TWO_LETTERS.search(label) is not None
        and not _AUTHOR_INITIAL.search(label)
        and first not in words.formats.directions
    )


def _without_cast(heads: Mapping[int, re.Match[str]], first_heading: int) -> dict[int, re.Match[str]]:
    """The names without those of the list of characters, which stands before the first scene and has each once."""
    before = [match["label"] for number, match in heads.items() if number < first_heading]
    if len(set(before)) < len(before):
        return dict(heads)
    return {number: match for number, match in heads.items() if number > first_heading}


# Words


def _find_directions(text: str, words: LabelWords) -> _Directions:
    has_square = _SQUARE_DIRECTION.search(text) is not None
    inside, opening = _direction_patterns(words.formats.directions, has_square=has_square)
    return _Directions(inside, opening, _SQUARE_PAIR if has_square else _BOTH_PAIRS, inside.search(text) is not None)


@cache
def _direction_patterns(directions: frozenset[str], *, has_square: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    begins = phrase_pattern(frozenset(word.capitalize() for word in directions))
    round_ones = "" if has_square else r"|\([^()\n]{0,400}\)"
    return (
        re.compile(rf"\[[^\[\]\n]{{0,400}}\]{round_ones}|_{begins}\b[^_\n]{{0,200}}_"),
        re.compile(rf"[\[(_]{{0,2}}{begins}\b"),
    )


def _read(lines: Sequence[TextLine], heads: Mapping[int, re.Match[str]], reader: "_PlayReader") -> None:
    last = max(heads)
    for number, line in enumerate(lines):
        if number in heads:
            reader.read_head(heads[number], line)
        elif line.is_blank:
            reader.read_blank(ends_turn=number > last)
        else:
            reader.read_line(line)


@define
class _PlayReader:
    """Reads the lines of a play one after the other.

    Attributes:
        turns: What is said.
        directions: How the play marks what is done.
        words: The words of layouts.
    """

    turns: TurnCollector
    directions: _Directions
    words: LabelWords
    _after_blank: bool = True
    _in_direction: bool = False
    _awaited: str = ""

    def read_head(self, head: re.Match[str], line: TextLine) -> None:
        """A name, and what its bearer says on the line."""
        self._in_direction, self._awaited, self._after_blank = False, "", False
        label = TextSpan(*head.span("label"))
        self.turns.open(label)
        self.turns.skip(line.start, label.start)
        self.turns.skip(label.end, head.end())
        self._say(head.end(), line.end)

    def read_blank(self, *, ends_turn: bool) -> None:
        """An empty line; a speech goes on behind it where the play marks what isn't said."""
        self._in_direction, self._awaited, self._after_blank = False, "", True
        if ends_turn or not self.directions.is_marked:
            self.turns.close()

    def read_line(self, line: TextLine) -> None:
        """A line without a name."""
        text, start = self.turns.text, line.start
        if self._awaited:
            found = text.find(self._awaited, start, line.end)
            start = line.end if found < 0 else found + 1
            self.turns.skip(line.start, start)
            self._awaited = self._awaited if found < 0 else ""
        elif self._after_blank and is_stage_line(text, line, self.words):
            self.turns.close()
            self._in_direction = True
        elif (self._after_blank or line.indent >= _DIRECTION_INDENT) and self.directions.opening.match(
            text, start, line.end
        ):
            self._in_direction = True
        self._after_blank = False
        if self._in_direction:
            self.turns.skip(start, line.end)
        elif start < line.end:
            self._say(start, line.end)

    def _say(self, start: int, end: int) -> None:
        """Add words to the open turn, up to a bracket that a later line closes."""
        text = self.turns.text
        for opening, closing in self.directions.brackets:
            position = text.rfind(opening, start, end)
            if position >= 0 and text.find(closing, position, end) < 0:
                self._awaited = closing
                self.turns.skip(position, end)
                end = position
                break
        say_between(self.turns, start, end, self.directions.inside)
