"""In which chapter of a document something stands."""

from bisect import bisect_right

from quotesmith.records import Quote, QuoteDocument


def chapter_number(document: QuoteDocument, position: int) -> int:
    """The number, from 1, of the chapter that has that character; 0 where none has it, as in a preface.

    Args:
        document: The document.
        position: A code point of its text.
    """
    number = chapters_begun(document, position)
    return number if number and position < document.chapters[number - 1].span.end else 0


def chapters_begun(document: QuoteDocument, position: int) -> int:
    """How many chapters begin at that character or before: what stands behind a chapter and in none still counts as it.

    So a text that is read in order falls into a part before the first chapter and one a chapter.
    """
    return bisect_right(document.chapters, position, key=lambda chapter: chapter.span.start)


def chapter_of(document: QuoteDocument, quote: Quote) -> int:
    """The number of the chapter in which the quote begins; 0 where it begins in none."""
    return chapter_number(document, quote.content[0].start)
