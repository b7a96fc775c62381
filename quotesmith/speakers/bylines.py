"""The names of those who wrote, not of those who are written about: "By JANE ROE", "Reporting by Jane Roe"."""

import re
from collections.abc import Sequence

from quotesmith.lexicon.people import fold
from quotesmith.records import EntityKind
from quotesmith.speakers.layout import Layout
from quotesmith.speakers.mentions import Name

_BYLINE = re.compile(r"by\s+\S", re.IGNORECASE)
_CREDIT = re.compile(
    r"[(\[—–\s]*(?:additional |further )?(?:reporting|writing|editing|compiled|photos?|photograph|image|graphics?)"
    r"(?: and (?:writing|editing|reporting))?(?:\s+by\b|\s*:)",
    re.IGNORECASE,
)
# A longer paragraph that begins with "By" is running text.
_LONGEST_BYLINE = 80


def split_writers(names: Sequence[Name], layout: Layout) -> tuple[list[Name], list[Name]]:
    """The names of those written about, and of the people whom only bylines and credits name; both in their order.

    Linear in the names.
    """
    kinds: dict[int, bool] = {}
    in_byline = []
    for name in names:
        paragraph = layout.paragraph_at(layout.starts[name.start])
        if paragraph not in kinds:
            kinds[paragraph] = _is_byline(layout, paragraph)
        in_byline.append(kinds[paragraph] and name.kind is EntityKind.PERSON)
    pairs = list(zip(names, in_byline, strict=True))
    elsewhere = {fold(word) for name, is_writer in pairs if not is_writer for word in name.words[-1:]}
    writers = [name for name, is_writer in pairs if is_writer and fold(name.words[-1]) not in elsewhere]
    return [name for name, is_writer in pairs if not is_writer or fold(name.words[-1]) in elsewhere], writers


def _is_byline(layout: Layout, paragraph: int) -> bool:
    starts, text = layout.paragraphs, layout.text
    end = starts[paragraph + 1] if paragraph + 1 < len(starts) else len(text)
    line = text[starts[paragraph] : end].strip()
    if _CREDIT.match(line):
        return True
    # "By Friday night, the vote was over."
    words = line.split()
    capital = all(word[0].isupper() or word.casefold() in {"and", "&", "of", "the"} for word in words[1:] if word)
    return bool(_BYLINE.match(line)) and len(line) <= _LONGEST_BYLINE and capital and line[-1] not in ".!?"
