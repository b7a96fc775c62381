"""Hypothesis strategies for records: any text, and whole documents in which every id and span fits."""

import re
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from quotesmith.records import (
    Act,
    Assertion,
    Candidate,
    Entity,
    EntityKind,
    Evidence,
    Gender,
    Mention,
    MentionForm,
    Quote,
    QuoteDocument,
    QuoteKind,
    TextSpan,
)

# Whole documents take a while to draw, and a busy machine would fail tests by the clock.
settings.register_profile("quotesmith", deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quotesmith")

_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def any_text(*, min_size: int = 0, max_size: int = 40) -> st.SearchStrategy[str]:
    """Any string, lone surrogates and controls too, but no surrogate pairs, which JSON can't hold."""
    alphabet = st.characters(exclude_categories=()) | st.sampled_from("“”‘’\"'<>&\r\n\t\0\x1b,;=+-@\u202e\u2028")
    return st.text(alphabet, min_size=min_size, max_size=max_size).map(
        lambda text: _SURROGATE_PAIR.sub("\ufffd\ufffd", text)
    )


def json_values() -> st.SearchStrategy[Any]:
    """Any JSON data."""
    plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    return st.recursive(
        plain | any_text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text(max_size=8), inner, max_size=3),
        max_leaves=6,
    )


@st.composite
def span_tuples(draw: st.DrawFn, length: int, *, min_size: int = 0) -> tuple[TextSpan, ...]:
    """Up to three spans of a text of that length, in order and apart."""
    offsets = st.integers(0, length)
    cuts = sorted(draw(st.sets(offsets, min_size=2 * min_size, max_size=6)))
    return tuple(TextSpan(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False))


def subsets(ids: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the ids, each at most once."""
    return st.lists(st.sampled_from(ids), unique=True, max_size=3).map(tuple) if ids else st.just(())


def optional(ids: list[str]) -> st.SearchStrategy[str | None]:
    """One of the ids or None."""
    return st.sampled_from([None, *ids])


@st.composite
def documents(draw: st.DrawFn, *, document_ids: st.SearchStrategy[str] | None = None) -> QuoteDocument:
    """A whole document: any text, with up to three entities, mentions and quotes of all that records hold."""
    text = draw(any_text(max_size=60))
    entity_ids = [f"e{number}" for number in range(draw(st.integers(0, 3)))]
    mentionable = bool(entity_ids and text)
    mention_ids = [f"m{number}" for number in range(draw(st.integers(0, 3)) if mentionable else 0)]
    quote_ids = [f"q{number}" for number in range(draw(st.integers(0, 3)) if text else 0)]
    return QuoteDocument(
        draw(document_ids if document_ids is not None else any_text(max_size=8)),
        text,
        draw(st.sampled_from(["en", "de"])),
        [
            draw(_quotes(quote_id, len(text), entity_ids, mention_ids, quote_ids[:place]))
            for place, quote_id in enumerate(quote_ids)
        ],
        [draw(_entities(entity_id, entity_ids)) for entity_id in entity_ids],
        [draw(_mentions(mention_id, len(text), entity_ids)) for mention_id in mention_ids],
        draw(st.dictionaries(any_text(max_size=8), json_values(), max_size=3)),
    )


def _entities(entity_id: str, ids: list[str]) -> st.SearchStrategy[Entity]:
    return st.builds(
        Entity,
        st.just(entity_id),
        any_text(min_size=1, max_size=12),
        st.sampled_from(EntityKind),
        named=st.booleans(),
        aliases=st.lists(any_text(max_size=8), max_size=2),
        gender=st.sampled_from([None, *Gender]),
        members=subsets(ids),
        stands_for=optional(ids),
        identifier=st.none() | any_text(max_size=8),
    )


def _mentions(mention_id: str, length: int, entity_ids: list[str]) -> st.SearchStrategy[Mention]:
    return st.builds(
        Mention,
        st.just(mention_id),
        span_tuples(length, min_size=1),
        st.sampled_from(MentionForm),
        st.sampled_from(entity_ids),
    )


def _scores() -> st.SearchStrategy[float]:
    return st.floats(0, 1)


def _quotes(
    quote_id: str, length: int, entity_ids: list[str], mention_ids: list[str], outer_ids: list[str]
) -> st.SearchStrategy[Quote]:
    candidates = (
        st.lists(st.builds(Candidate, st.sampled_from(entity_ids), _scores()), max_size=2)
        if entity_ids
        else st.just([])
    )
    evidence = st.builds(
        Evidence,
        any_text(max_size=8),
        any_text(max_size=8),
        chain=subsets(mention_ids),
        runners_up=candidates,
        reason=st.none() | any_text(max_size=8),
    )
    return st.builds(
        Quote,
        st.just(quote_id),
        st.sampled_from(QuoteKind),
        span_tuples(length, min_size=1),
        any_text(),
        act=st.sampled_from(Act),
        assertion=st.sampled_from(Assertion),
        cue=span_tuples(length),
        source=optional(mention_ids),
        speakers=subsets(entity_ids),
        addressees=subsets(entity_ids),
        parent=optional(outer_ids),
        score=_scores(),
        speaker_score=_scores(),
        evidence=evidence,
    )
