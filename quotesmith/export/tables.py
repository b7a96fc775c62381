"""Quotes as the rows of a table, and as a pandas DataFrame."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeAlias

from quotesmith.errors import MissingPackageError
from quotesmith.export.characters import without_surrogates
from quotesmith.graph import project_addressees
from quotesmith.query import Cast
from quotesmith.records import Quote, QuoteDocument, TextSpans

if TYPE_CHECKING:
    import pandas as pd

Cell: TypeAlias = str | int | float | None

QUOTE_COLUMNS = (
    "document",
    "quote",
    "speakers",
    "addressees",
    "kind",
    "act",
    "assertion",
    "text",
    "source",
    "cue",
    "start",
    "end",
    "parent",
    "score",
    "speaker_score",
    "method",
)
CAST_COLUMNS = (
    "document",
    "character",
    "aliases",
    "gender",
    "lines",
    "words",
    "quotes",
    "heard",
    "chapters",
)
ADDRESSEE_COLUMNS = ("document", "chapter", "title", "speaker", "addressee", "quotes", "words")
CAST_CHAPTER_COLUMNS = ("document", "character", "chapter", "title", "lines", "words", "quotes", "heard")


def quote_rows(documents: Iterable[QuoteDocument]) -> Iterator[dict[str, Cell]]:
    """One row a quote, documents and quotes in order; the keys are `QUOTE_COLUMNS`.

    Several speakers or addressees are joined by "; ", the pieces of source and cue by " … ". `start` and
    `end` are the offsets of the content's first character and of the one after its last; `parent` is None
    where the quote stands in no other.
    """
    for document in documents:
        for quote in document.quotes:
            yield _row(document, quote)


def selection_rows(pairs: Iterable[tuple[QuoteDocument, Quote]], *, width: int) -> Iterator[dict[str, Cell]]:
    """One row a quote after its document, as `quote_rows` has it, with the text around it as `context`.

    Raises:
        OptionError: if the width isn't a whole number of at least 0.
    """
    for document, quote in pairs:
        context = document.context(quote, width=width).of(document.text)
        yield {**_row(document, quote), "context": context}


def to_pandas(documents: Iterable[QuoteDocument]) -> "pd.DataFrame":
    """A DataFrame with the rows and columns of `quote_rows`; surrogates, which Arrow can't hold, become U+FFFD.

    Raises:
        MissingPackageError: if pandas isn't installed.
    """
    return _frame(quote_rows(documents), QUOTE_COLUMNS)


def selection_to_pandas(pairs: Iterable[tuple[QuoteDocument, Quote]], *, width: int) -> "pd.DataFrame":
    """A DataFrame with the rows of `selection_rows`; surrogates become U+FFFD.

    Raises:
        MissingPackageError: if pandas isn't installed.
        OptionError: if the width isn't a whole number of at least 0.
    """
    return _frame(selection_rows(pairs, width=width), (*QUOTE_COLUMNS, "context"))


def cast_rows(casts: Iterable[Cast]) -> Iterator[dict[str, Cell]]:
    """One row a character, casts and characters in order; the keys are `CAST_COLUMNS`.

    Aliases and the numbers of chapters are joined by "; "; `gender` is None where it isn't known. `heard` counts the
    quotes that are spoken to the character; `quotesmith.query.Cast` says what lines are.
    """
    for cast in casts:
        for who in cast:
            yield {
                "document": cast.document.id,
                "character": who.name,
                "aliases": "; ".join(who.aliases),
                "gender": None if who.gender is None else who.gender.value,
                "lines": who.lines,
                "words": who.words,
                "quotes": who.quotes,
                "heard": who.heard,
                "chapters": "; ".join(map(str, who.chapters)),
            }


def cast_to_pandas(cast: Cast) -> "pd.DataFrame":
    """A DataFrame with the rows and columns of `cast_rows`; surrogates become U+FFFD.

    Raises:
        MissingPackageError: if pandas isn't installed.
    """
    return _frame(cast_rows([cast]), CAST_COLUMNS)


def cast_chapters_to_pandas(cast: Cast) -> "pd.DataFrame":
    """A DataFrame with one row for each chapter of each character; the columns are `CAST_CHAPTER_COLUMNS`.

    `chapter` is a number from 1, or 0 for what stands in no chapter, which has no title.

    Raises:
        MissingPackageError: if pandas isn't installed.
    """
    return _frame(_cast_chapter_rows(cast), CAST_CHAPTER_COLUMNS)


def addressee_rows(documents: Iterable[QuoteDocument]) -> Iterator[dict[str, Cell]]:
    """Who speaks to whom: one row for a speaker, an addressee and a chapter; the keys are `ADDRESSEE_COLUMNS`.

    Documents are in order, chapters in order, and in each the pairs with most quotes first. `chapter` is as in
    `cast_chapters_to_pandas`; `quotesmith.graph.project_addressees` says what is counted.
    """
    for document in documents:
        projected = project_addressees(document)
        names = projected.nodes(data="name")
        edges = sorted(projected.edges(data=True), key=lambda edge: (edge[2]["chapter"], -edge[2]["quotes"]))
        for speaker, addressee, data in edges:
            yield {
                "document": document.id,
                "chapter": data["chapter"],
                "title": data["title"],
                "speaker": names[speaker],
                "addressee": names[addressee],
                "quotes": data["quotes"],
                "words": data["words"],
            }


def _cast_chapter_rows(cast: Cast) -> Iterator[dict[str, Cell]]:
    titles = ["", *(chapter.title for chapter in cast.document.chapters)]
    for who in cast:
        for number, count in who.by_chapter.items():
            yield {
                "document": cast.document.id,
                "character": who.name,
                "chapter": number,
                "title": titles[number],
                "lines": count.lines,
                "words": count.words,
                "quotes": count.quotes,
                "heard": count.heard,
            }


def _frame(rows: Iterable[dict[str, Cell]], columns: Sequence[str]) -> "pd.DataFrame":
    if find_spec("pandas") is None:
        msg = "to_pandas needs pandas; install it with: pip install 'quotesmith[pandas]'"
        raise MissingPackageError(msg)
    import pandas as pd

    return pd.DataFrame([[_carried(row[name]) for name in columns] for row in rows], columns=list(columns))


def _carried(cell: Cell) -> Cell:
    return without_surrogates(cell) if isinstance(cell, str) else cell


def _row(document: QuoteDocument, quote: Quote) -> dict[str, Cell]:
    return dict(zip(QUOTE_COLUMNS, _cells(document, quote), strict=True))


def _cells(document: QuoteDocument, quote: Quote) -> tuple[Cell, ...]:
    return (
        document.id,
        quote.id,
        "; ".join(document.names(quote)),
        "; ".join(document.entity(addressee).name for addressee in quote.addressees),
        quote.kind.value,
        quote.act.value,
        quote.assertion.value,
        quote.text,
        _words(document, document.source_spans(quote)),
        _words(document, quote.cue),
        quote.content[0].start,
        quote.content[-1].end,
        quote.parent,
        quote.score,
        quote.speaker_score,
        quote.evidence.method,
    )


def _words(document: QuoteDocument, spans: TextSpans) -> str:
    return " … ".join(span.of(document.text) for span in spans)
