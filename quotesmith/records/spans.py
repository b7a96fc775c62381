"""Where something stands in a text."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from attrs import field, frozen

from quotesmith.records.checks import check_end, check_start


@frozen(order=True)
class TextSpan:
    """A stretch of the original text: code points, half open, never empty.

    Ordered by start, then end.

    Examples:
        >>> TextSpan(0, 5).of("Hello, you")
        'Hello'
    """

    start: int = field(validator=check_start)
    end: int = field(validator=check_end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words of the span in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: "TextSpan") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "TextSpan") -> bool:
        """Whether `other` lies wholly inside this span (or is equal to it)."""
        return self.start <= other.start and other.end <= self.end

    def stripped(self, text: str) -> "TextSpan | None":
        """The span without white space at its edges; None where `text` has nothing else there."""
        stretch = self.of(text)
        start = self.start + len(stretch) - len(stretch.lstrip())
        words = stretch.strip()
        return TextSpan(start, start + len(words)) if words else None

    def shifted(self, offset: int) -> "TextSpan":
        """The same stretch, `offset` characters later."""
        return TextSpan(self.start + offset, self.end + offset)


TextSpans: TypeAlias = tuple[TextSpan, ...]


def as_spans(value: object) -> TextSpans:
    """A tuple of spans from any iterable of spans or (start, end) pairs; what is neither is left to a check."""
    return tuple(map(_as_span, value)) if isinstance(value, Iterable) else value  # type: ignore[return-value]


def _as_span(value: Any) -> TextSpan:
    is_pair = isinstance(value, list | tuple) and len(value) == 2  # noqa: PLR2004 - start and end
    return TextSpan(*value) if is_pair else value
