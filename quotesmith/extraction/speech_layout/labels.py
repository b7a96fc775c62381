"""Transcripts: paragraphs that a speaker's label opens ("ROE: We will.", "Q: Will you?"), each one turn of talk."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.reporting import LabelWords
from quotesmith.parsed_text import LabelledTurn, ParsedText, SpeechLayout, TokenRange
from quotesmith.records import TextSpan

# "(CROSSTALK.)", "[Applause]", "….": no words of a turn.
_ASIDE = re.compile(r"[\"“]?(?:[(\[].*[)\]]|[.…\s]+)[.\"”]?\Z", re.DOTALL)
_WHOLE_WORD = re.compile(r"\w+")
_NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def find_turns(
    text: str, paragraphs: Sequence[TextSpan], words: LabelWords, settings: ExtractionSettings
) -> SpeechLayout | None:
    """The turns of a text that has a transcript; None for other texts.

    A transcript needs several labels, some of them in capitals, letters of question and answer, or repeated.
    A turn continues over paragraphs without a label, except the last, after which the text may go on without turns.
    Linear in the text.
    """
    labels = _find_labels(text, paragraphs, words, settings)
    turns = []
    numbers = [*labels, len(paragraphs)]
    for position, number in enumerate(numbers[:-1]):
        is_last = position == len(labels) - 1
        end = number + 1 if is_last else numbers[position + 1]
        match = labels[number]
        spans = [_behind_label(text, match.end(), paragraphs[number].end)]
        spans += [span for span in paragraphs[number + 1 : end] if _is_said(text, span)]
        content = tuple(span for span in spans if span is not None)
        if content:
            colon = match.groupdict().get("colon")
            turns.append(
                LabelledTurn(
                    TextSpan(*match.span("label")),
                    None if colon is None else TextSpan(*match.span("colon")),
                    content,
                )
            )
    return SpeechLayout("labels", tuple(turns)) if turns else None


def _find_labels(
    text: str, paragraphs: Sequence[TextSpan], words: LabelWords, settings: ExtractionSettings
) -> dict[int, re.Match[str]]:
    """The label of each paragraph that has one, by the paragraph's number; empty where these make no transcript."""
    label, question = _label_pattern(words.particles), _question_pattern(words.questions)
    found: dict[int, re.Match[str]] = {}
    # The heading of an article on one speaker looks alike: "Roe: We Won't Go".
    for number, span in enumerate(paragraphs[1:], start=1):
        match = label.match(text, span.start, span.end) or question.match(text, span.start, span.end)
        if match is not None:
            found[number] = match
    keys = {number: _key(match["label"]) for number, match in found.items()}
    counts = Counter(keys.values())
    sure = {n: match for n, match in found.items() if counts[keys[n]] > 1 or _is_plain(match["label"], words)}
    length = sum(
        _count_words(text, match.end(), paragraphs[n].end, 2 * settings.min_turn_words) for n, match in sure.items()
    )
    enough = len(sure) >= settings.min_labelled_turns and len({keys[n] for n in sure}) >= settings.min_labels
    near = sum(after - before <= settings.nearest_labels for before, after in pairwise(sure))
    if (
        not enough
        or length < settings.min_turn_words * len(sure)
        or max(counts.values()) == 1
        or near < len(sure) * settings.near_share
    ):
        return {}
    # A speaker with one turn among them has a full name.
    inside = range(min(sure), max(sure))
    return {n: match for n, match in found.items() if n in sure or (n in inside and " " in match["label"])}


@cache
def _label_pattern(particles: frozenset[str]) -> re.Pattern[str]:
    """A name or title and a colon: "ROE:", "Jane van der Roe (on screen):"."""
    name = rf"(?:[A-Z][\w.'’\-]{{0,20}}|{'|'.join(sorted(particles, key=len, reverse=True))})"
    return re.compile(
        rf"[\"“]?(?P<label>[A-Z][\w.'’\-]{{0,20}}(?:\s{name}){{0,4}})(?:,? \([^()\n]{{1,40}}\))?\s?(?P<colon>:)(?=\s)"
    )


@cache
def _question_pattern(questions: frozenset[str]) -> re.Pattern[str]:
    """A question's letter and a wide space, no colon, as the White House writes."""
    letters = "|".join(sorted(word.upper() for word in questions if len(word) == 1))
    return re.compile(rf"(?P<label>{letters})\s{{1,8}}(?=[A-Z“\"(])")


def _key(label: str) -> str:
    """What two labels of one speaker share: the last word."""
    return fold(label.rsplit(maxsplit=1)[-1])


def _is_plain(label: str, words: LabelWords) -> bool:
    """Whether the label is plainly one: in capitals, or "Q"."""
    return label.isupper() or _key(label) in words.letters


def _count_words(text: str, start: int, end: int, most: int) -> int:
    """How many words stand there, counted up to a number: one long turn is no evidence for others."""
    return sum(1 for _, _ in zip(_WHOLE_WORD.finditer(text, start, end), range(most), strict=False))


def _is_said(text: str, paragraph: TextSpan) -> bool:
    """Whether a paragraph without a label has words of a turn."""
    has_words = _WHOLE_WORD.search(text, paragraph.start, paragraph.end) is not None
    return has_words and not _ASIDE.match(text, paragraph.start, paragraph.end)


def _behind_label(text: str, start: int, end: int) -> TextSpan | None:
    """What a turn says in the paragraph of its label, if there are words."""
    return TextSpan(start, end).stripped(text) if _WHOLE_WORD.search(text, start, end) else None


# Labels by the parse, each by itself


def find_labelled_paragraphs(
    parsed: ParsedText, settings: ExtractionSettings
) -> Iterator[tuple[TokenRange, TokenRange]]:
    """Name and content of each paragraph that a name and a colon open, in order."""
    for paragraph in parsed.paragraph_tokens:
        reach = min(paragraph.end, paragraph.start + settings.max_label_tokens)
        colon = next((i for i in range(paragraph.start, reach) if parsed.doc[i].text == ":"), None)
        if colon is None or colon + 1 >= paragraph.end:
            continue
        label = find_inline_label(parsed, TokenRange(paragraph.start, colon + 1), settings)
        if label is not None:
            yield label, TokenRange(colon + 1, paragraph.end)


def find_inline_label(parsed: ParsedText, tokens: TokenRange, settings: ExtractionSettings) -> TokenRange | None:
    """The name, where the tokens are a name and a colon, as before a passage."""
    words = [word for word in parsed.doc_span(tokens) if not word.is_space]
    if not 1 < len(words) <= settings.max_label_tokens or words[-1].text != ":":
        return None
    label = TokenRange(words[0].i, words[-1].i)
    return label if _is_name(parsed, label) else None


def _is_name(parsed: ParsedText, label: TokenRange) -> bool:
    """Whether a label is a name: to NER, in capitals as in transcripts, or, before a passage, to the tagger."""
    words = [word for word in parsed.doc_span(label) if not word.is_punct]
    if not words or any(parsed.is_quoted(word) or word.is_space for word in words):
        return False
    if all(word.is_upper and word.is_alpha for word in words) and any(len(word) > 1 for word in words):
        return True
    after = label.end + 1
    is_before_passage = after < len(parsed.doc) and parsed.passage_at[after] >= 0
    is_known = words[-1].ent_type_ in _NAME_LABELS or (is_before_passage and words[-1].pos_ == "PROPN")
    return is_known and all(word.text[0].isupper() or word.is_stop for word in words)
