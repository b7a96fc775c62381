"""The page of a document: its text with the quotes marked, and a script that explains and filters them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from quotesmith.records import Entity, EntityId, Quote, QuoteDocument, QuoteKind
from quotesmith.render.characters import counted, on_one_line, shortened, title_of
from quotesmith.render.markup import read_asset
from quotesmith.render.numbering import TONES_CSS, NumberedDocument, mention_chain, number_records
from quotesmith.render.pages import data_block, render_page
from quotesmith.render.passages import TITLE_LENGTH, marked_text
from quotesmith.render.wording import chapter_words, kind_words

_QUOTE_KINDS = tuple(QuoteKind)
_NO_SPEAKER_VALUE = -1
_CHAPTERS_LENGTH = 12  # characters of numbers of chapters; of more chapters only their number is told
_PANEL_LENGTH = 240  # characters of a name, a cue or a mention in the panel


def document_to_page(document: QuoteDocument) -> str:
    """A whole HTML page to read a text in: its quotes in their speakers' colors and with their speakers' numbers.

    Hovering, focusing or clicking shows a quote's speaker, kind, cue and evidence, and leads from "he" to the name.
    Quotes can be filtered by speaker and kind. The chapters, if any, are listed to jump to. A keyboard is enough. The
    page is light or dark, as the reader's system is; its content policy lets it fetch nothing and run no script but its
    own. The words are the document's, with U+FFFD for characters that act on a screen. Without scripts, text, colors
    and numbers stay.
    """
    numbered = number_records(document)
    counts = counted(len(document.quotes), "quote"), counted(len(document.speakers), "speaker")
    return render_page(
        "article",
        title=title_of(document),
        styles=[read_asset("article.css") + TONES_CSS],
        scripts=[read_asset("article.js")],
        counts=" · ".join(counts),
        kinds=_kind_boxes(document),
        speakers=_speaker_boxes(numbered),
        chapters=[shortened(chapter.title, TITLE_LENGTH) for chapter in document.chapters],
        language=document.language,
        text=marked_text(numbered),
        data=data_block("data", _data(numbered)),
    )


def _kind_boxes(document: QuoteDocument) -> list[tuple[int, str, int]]:
    """Value, name and number of quotes of each kind that the document has."""
    counts = Counter(quote.kind for quote in document.quotes)
    return [(place, kind.value, counts[kind]) for place, kind in enumerate(_QUOTE_KINDS) if counts[kind]]


def _speaker_boxes(numbered: NumberedDocument) -> list[tuple[int, str, str, str, str, int]]:
    """Value, number, style, name, note and number of quotes of each speaker, then of those without a speaker."""
    notes = _cast_notes(numbered.document) if numbered.document.chapters else {}
    counts = Counter(chain.from_iterable(quote.speakers or (None,) for quote in numbered.document.quotes))
    boxes = [
        (
            place,
            str(place + 1),
            numbered.style([speaker.id]),
            shortened(speaker.name, _PANEL_LENGTH),
            notes.get(speaker.id, ""),
            counts[speaker.id],
        )
        for place, speaker in enumerate(numbered.document.speakers)
    ]
    return (
        [*boxes, (_NO_SPEAKER_VALUE, "?", numbered.style([]), "no speaker", "", counts[None])]
        if counts[None]
        else boxes
    )


def _cast_notes(document: QuoteDocument) -> Mapping[EntityId, str]:
    """How much each character says, and in which chapters they take part, in few words."""
    return {
        who.entity.id: " · ".join(filter(None, (counted(who.words, "word"), _chapters_note(who.chapters))))
        for who in document.cast()
    }


def _chapters_note(numbers: Sequence[int]) -> str:
    words = chapter_words(numbers)
    if len(words) > _CHAPTERS_LENGTH:
        return counted(len(numbers), "chapter")
    return f"chapter{'s' if len(numbers) > 1 else ''} {words}" if words else ""


def _data(numbered: NumberedDocument) -> dict[str, Any]:
    """What the script shows of people, quotes and mentions, by their numbers."""
    document = numbered.document
    return {
        "people": [_person(numbered, document.entity(entity_id)) for entity_id in numbered.people],
        "quotes": [_told(numbered, quote) for quote in document.quotes],
        "mentions": [
            shortened(" … ".join(span.of(document.text) for span in document.mention(mention_id).spans), _PANEL_LENGTH)
            for mention_id in numbered.mentions
        ],
    }


def _person(numbered: NumberedDocument, entity: Entity) -> dict[str, str]:
    stands_for = None if entity.stands_for is None else numbered.document.entity(entity.stands_for).name
    notes = (
        f"stands for {shortened(stands_for, _PANEL_LENGTH)}" if stands_for else "",
        shortened(entity.identifier or "", _PANEL_LENGTH),
    )
    return {
        "name": shortened(entity.name, _PANEL_LENGTH),
        "kind": entity.kind.value,
        "note": "; ".join(note for note in notes if note),
        "tone": numbered.style([entity.id]),
    }


def _told(numbered: NumberedDocument, quote: Quote) -> dict[str, Any]:
    """What the panel shows of a quote; fields with nothing to say are left out."""
    evidence = quote.evidence
    told = {
        "kind": kind_words(quote),
        "says": [numbered.people[speaker] for speaker in quote.speakers],
        "to": [numbered.people[addressee] for addressee in quote.addressees],
        "cue": shortened(" … ".join(span.of(numbered.document.text) for span in quote.cue), _PANEL_LENGTH),
        "chain": [numbered.mentions[mention] for mention in mention_chain(quote)],
        "found": on_one_line(evidence.extraction),
        "by": on_one_line(evidence.method),
        "others": [(numbered.people[other.entity], round(other.score, 3)) for other in evidence.runners_up],
        "reason": on_one_line(evidence.reason or ""),
        "grounds": [on_one_line(ground) for ground in evidence.grounds],
    }
    numbers = {
        "sort": _QUOTE_KINDS.index(quote.kind),
        "score": round(quote.score, 3),
        "sure": round(quote.speaker_score, 3),
    }
    inside = {} if quote.parent is None else {"inside": numbered.quotes[quote.parent]}
    return {**{name: value for name, value in told.items() if value}, **numbers, **inside}
