"""Names before a colon inside prose, each by itself and by the parse: 'Roe: "We will."'."""

from collections.abc import Iterator

from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.parsed_text import ParsedText, TokenRange

_NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})


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
