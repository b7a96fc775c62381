"""The page of a document: its text with the quotes marked, and a script that tells of each and filters them."""

from collections import Counter
from itertools import chain
from typing import Any

from quotesmith.records import Entity, Quote, QuoteDocument, QuoteKind
from quotesmith.render.casts import TONES_CSS, Cast, cast_of, mention_chain
from quotesmith.render.characters import counted, on_one_line, shortened, title_of
from quotesmith.render.pages import build_page, data_block, escaped, read_asset
from quotesmith.render.passages import marked_text
from quotesmith.render.wording import kind_words

_KINDS = tuple(QuoteKind)
_NOBODY = -1
_WORDS = 240  # characters of a name, a cue or a mention in the panel


def document_to_page(document: QuoteDocument) -> str:
    """A whole HTML page to read a text in: its quotes in their speakers' colors and with their speakers' numbers.

    Hover, focus or click shows a quote's speaker, kind, cue and evidence, and leads from "he" to the name. Quotes can
    be filtered by speaker and kind. The keyboard suffices. The page is light or dark as the reader's system is; its
    content policy lets it fetch nothing and run no script but its own. The words are the document's, with U+FFFD for
    characters that act on a screen. Without scripts, text, colors and numbers stay.
    """
    cast = cast_of(document)
    title = title_of(document)
    counts = counted(len(document.quotes), "quote"), counted(len(document.speakers), "speaker")
    body = (
        '<a class="skip" href="#text">Skip to the text</a><div class="page">'
        f'<header><h1 dir="auto">{escaped(title)}</h1><p class="note">{" · ".join(counts)}</p></header>'
        f'<div class="side">{_filter(cast)}{read_asset("panel.html")}</div>'
        f'<main id="text" tabindex="-1"><div class="text" lang="{escaped(document.language)}">{marked_text(cast)}</div>'
        f"</main></div>{data_block('data', _data(cast))}"
    )
    return build_page(
        title=title,
        body=body,
        styles=[read_asset("article.css") + TONES_CSS],
        scripts=[read_asset("article.js")],
    )


def _filter(cast: Cast) -> str:
    """Boxes to choose kinds and speakers; also the legend of the speakers' numbers and colors."""
    quotes = cast.document.quotes
    kinds = Counter(quote.kind for quote in quotes)
    speaking = Counter(chain.from_iterable(quote.speakers or (None,) for quote in quotes))
    kind_boxes = [
        _box("kind", place, f"<span>{kind.value}</span>", kinds[kind])
        for place, kind in enumerate(_KINDS)
        if kinds[kind]
    ]
    speaker_boxes = [
        _box("speaker", place, _name(str(place + 1), cast.style([speaker.id]), speaker.name), speaking[speaker.id])
        for place, speaker in enumerate(cast.document.speakers)
    ]
    if speaking[None]:
        speaker_boxes.append(_box("speaker", _NOBODY, _name("?", cast.style([]), "no speaker"), speaking[None]))
    return (
        '<details class="filter" id="filter" open><summary><h2>Speakers and kinds</h2></summary>'
        f'<fieldset class="kinds"><legend>Kinds</legend><ul>{"".join(kind_boxes)}</ul></fieldset>'
        f"<fieldset><legend>Speakers</legend><ul>{''.join(speaker_boxes)}</ul></fieldset>"
        '<div class="tools"><button type="button" id="all">All</button><button type="button" id="none">None</button>'
        '<span role="status" id="shown"></span></div></details>'
    )


def _box(name: str, value: int, label: str, count: int) -> str:
    return (
        f'<li><label><input type="checkbox" name="{name}" value="{value}" autocomplete="off" checked>{label}'
        f'<span class="count">{count:,}</span></label></li>'
    )


def _name(number: str, style: str, name: str) -> str:
    return (
        f'<span class="n {style}" data-n="{number}" aria-hidden="true"></span>'
        f'<span class="name {style}" dir="auto">{escaped(shortened(name, _WORDS))}</span>'
    )


def _data(cast: Cast) -> dict[str, Any]:
    """What the script tells of people, quotes and mentions, by their numbers."""
    document = cast.document
    return {
        "people": [_person(cast, document.entity(entity_id)) for entity_id in cast.people],
        "quotes": [_told(cast, quote) for quote in document.quotes],
        "mentions": [
            shortened(" … ".join(span.of(document.text) for span in document.mention(mention_id).spans), _WORDS)
            for mention_id in cast.mentions
        ],
    }


def _person(cast: Cast, entity: Entity) -> dict[str, str]:
    stands_for = None if entity.stands_for is None else cast.document.entity(entity.stands_for).name
    notes = (
        f"stands for {shortened(stands_for, _WORDS)}" if stands_for else "",
        shortened(entity.identifier or "", _WORDS),
    )
    return {
        "name": shortened(entity.name, _WORDS),
        "kind": entity.kind.value,
        "note": "; ".join(note for note in notes if note),
        "tone": cast.style([entity.id]),
    }


def _told(cast: Cast, quote: Quote) -> dict[str, Any]:
    """What the panel shows of a quote; what there is nothing to say of is left out."""
    evidence = quote.evidence
    told = {
        "kind": kind_words(quote),
        "says": [cast.people[speaker] for speaker in quote.speakers],
        "to": [cast.people[addressee] for addressee in quote.addressees],
        "cue": shortened(" … ".join(span.of(cast.document.text) for span in quote.cue), _WORDS),
        "chain": [cast.mentions[mention] for mention in mention_chain(quote)],
        "found": on_one_line(evidence.extraction),
        "by": on_one_line(evidence.method),
        "others": [(cast.people[other.entity], round(other.score, 3)) for other in evidence.runners_up],
        "reason": on_one_line(evidence.reason or ""),
    }
    numbers = {
        "sort": _KINDS.index(quote.kind),
        "score": round(quote.score, 3),
        "sure": round(quote.speaker_score, 3),
    }
    inside = {} if quote.parent is None else {"inside": cast.quotes[quote.parent]}
    return {**{name: value for name, value in told.items() if value}, **numbers, **inside}
