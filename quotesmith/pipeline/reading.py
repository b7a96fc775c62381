"""read and pipe: any text, however long or odd, to QuoteDocuments with offsets into the original."""

import itertools
import multiprocessing
import os
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any, Literal, TypeVar, overload

from attrs import frozen
from spacy.language import Language
from spacy.tokens import Doc

from quotesmith.counts import MOST_AT_A_TIME, check_count, check_processes
from quotesmith.errors import ArgumentError, QuotesmithWarning, WorkerError
from quotesmith.export.characters import without_surrogates
from quotesmith.lexicon.gazetteer import GazetteerSource
from quotesmith.lexicon.reporting_verbs import ReportingVerbSource
from quotesmith.lexicon.titles import TitleSource
from quotesmith.per_process import fork_safe_lock
from quotesmith.pipeline.blanks import make_page_doc
from quotesmith.pipeline.bounds import clean_text, join_docs, split_text
from quotesmith.pipeline.component import find_component
from quotesmith.pipeline.loading import load
from quotesmith.pipeline.memory import forgetting
from quotesmith.pipeline.user_words import UserWords
from quotesmith.progress import ReadingStage, report
from quotesmith.records import QuoteDocument
from quotesmith.render.progress import shown_progress
from quotesmith.workers import WorkerPool, count_ahead

_MAX_PATH = 1_000
# spaCy's memory grows with what it works on at a time: about 4 kB a character.
_BATCH_CHARACTERS = 80_000
# Whoever uses a pipeline holds it, since a spaCy vocabulary is shared state.
_LENDING = fork_safe_lock()
_Context = TypeVar("_Context")


@frozen
class _Wishes:
    """What a call asks for in place of its pipeline's own.

    Attributes:
        words: The user's own names and words.
        style: What texts are read as; None for the pipeline's own.
    """

    words: UserWords
    style: str | None


@cache
def _default_pipeline() -> Language:
    return load()


def default_pipeline() -> Language:
    """The pipeline of `load()`, loaded once in a process."""
    with _LENDING:
        return _default_pipeline()


def read(
    text: str,
    *,
    nlp: Language | None = None,
    id: str | None = None,
    meta: Mapping[str, Any] | None = None,
    gazetteer: GazetteerSource | None = None,
    reporting_verbs: ReportingVerbSource | None = None,
    titles: TitleSource | None = None,
    style: str | None = None,
    progress: bool = False,
) -> QuoteDocument:
    """Who said what in a text of any length.

    Args:
        text: Any string; all offsets of the result are code points of it.
        nlp: A spaCy pipeline with the quotesmith component; without one, the default English pipeline.
        id: The document's key; without one, a digest of the text.
        meta: Your own JSON data about the document. What the text is read as is added as "style", a layout that says
            who speaks as "layout", and chapters with headings as "chapters", unless your data has these keys.
        gazetteer: Names that are known beforehand, as for `load`, instead of the pipeline's own. It is read
            again each time: for many texts, give it to `pipe` or `load`.
        reporting_verbs: Verbs that report, as for `load`, instead of those that the pipeline was given.
        titles: Titles of people, as for `load`, instead of those that the pipeline was given.
        style: What the text is read as, as for `load`, instead of what the pipeline was given.
        progress: Whether to show how far the reading is, in a terminal or notebook; a novel takes minutes.

    Raises:
        ArgumentError: if `text` is not a string, or `nlp` no pipeline.
        OptionError: if `style` is none of its choices.
        InvalidRecordError: if `id` is not a string, or `meta` no mapping.
        MissingPipelineError: if no English pipeline is installed.
        GazetteerError: if the gazetteer is malformed or contradicts itself.
        LexiconError: if the verbs or titles are.
    """
    words = UserWords.read(gazetteer=gazetteer, reporting_verbs=reporting_verbs, titles=titles)
    wishes = _Wishes(words, style)
    if isinstance(text, str) and _names_file(text):
        msg = f"the text {text!r} is the path of a file; to read what the file holds, call read_file"
        warnings.warn(msg, QuotesmithWarning, stacklevel=2)
    with shown_progress(id or "reading") if progress else nullcontext():
        [document] = _read_batch(nlp, [text], wishes, id=id, meta=meta)
    return document


@overload
def pipe(
    texts: Iterable[str],
    *,
    as_tuples: Literal[False] = False,
    nlp: Language | None = None,
    batch_size: int = 16,
    n_process: int = 1,
    gazetteer: GazetteerSource | None = None,
    reporting_verbs: ReportingVerbSource | None = None,
    titles: TitleSource | None = None,
    style: str | None = None,
) -> Iterator[QuoteDocument]: ...


@overload
def pipe(
    texts: Iterable[tuple[str, _Context]],
    *,
    as_tuples: Literal[True],
    nlp: Language | None = None,
    batch_size: int = 16,
    n_process: int = 1,
    gazetteer: GazetteerSource | None = None,
    reporting_verbs: ReportingVerbSource | None = None,
    titles: TitleSource | None = None,
    style: str | None = None,
) -> Iterator[tuple[QuoteDocument, _Context]]: ...


def pipe(
    texts: Iterable[Any],
    *,
    as_tuples: bool = False,
    nlp: Language | None = None,
    batch_size: int = 16,
    n_process: int = 1,
    gazetteer: GazetteerSource | None = None,
    reporting_verbs: ReportingVerbSource | None = None,
    titles: TitleSource | None = None,
    style: str | None = None,
) -> Iterator[Any]:
    """Who said what in each of many texts: lazily, in order.

    What a text is read as is in its document's `meta` as "style", and a layout that says who speaks as "layout".

    Args:
        texts: Strings; with `as_tuples`, pairs of a string and anything that is to come back with its document.
        as_tuples: Give pairs of document and context.
        nlp: A spaCy pipeline with the quotesmith component; without one, the default English pipeline.
        batch_size: How many texts are worked on at a time.
        n_process: How many processes share the work, at most: no more are started than there are batches.
        gazetteer: Names that are known beforehand, as for `load`, instead of the pipeline's own.
        reporting_verbs: Verbs that report, as for `load`, instead of those that the pipeline was given.
        titles: Titles of people, as for `load`, instead of those that the pipeline was given.
        style: What the text is read as, as for `load`, instead of what the pipeline was given.

    Raises:
        ArgumentError: if a text is not a string, or a number is less than 1 or absurdly large: more than 1,000,000
            texts at a time, or more processes than 32 and four for each processor.
        OptionError: if `style` is none of its choices.
        GazetteerError: if the gazetteer is malformed or contradicts itself.
        LexiconError: if the verbs or titles are.
        MissingPipelineError: if no English pipeline is installed.
        WorkerError: if one of several processes ends before its work is done.
    """
    if isinstance(texts, str) or not isinstance(texts, Iterable):
        msg = f"pipe takes several texts, not one {type(texts).__name__}; for one text, call read(text) or pipe([text])"
        raise ArgumentError(msg)
    check_count("batch_size", batch_size, most=MOST_AT_A_TIME, error=ArgumentError)
    check_processes("n_process", n_process, error=ArgumentError)
    words = UserWords.read(gazetteer=gazetteer, reporting_verbs=reporting_verbs, titles=titles)
    wishes = _Wishes(words, style)
    if nlp is None:
        default_pipeline()
    if as_tuples:
        pairs, contexts = itertools.tee(map(_checked_pair, texts))
        plain = _read_all(nlp, wishes, (text for text, _ in pairs), batch_size=batch_size, n_process=n_process)
        return zip(plain, (context for _, context in contexts), strict=True)
    return _read_all(nlp, wishes, texts, batch_size=batch_size, n_process=n_process)


def _checked_pair(pair: object) -> tuple[Any, Any]:
    if not isinstance(pair, tuple) or len(pair) != 2:  # noqa: PLR2004 - a pair
        msg = f"with as_tuples, pipe takes pairs of a text and its context, not {type(pair).__name__}"
        raise ArgumentError(msg)
    return pair


def _read_all(
    nlp: Language | None, wishes: _Wishes, texts: Iterable[str], *, batch_size: int, n_process: int
) -> Iterator[QuoteDocument]:
    batches = _batches(texts, batch_size)
    if n_process == 1:
        return itertools.chain.from_iterable(_read_batch(nlp, batch, wishes) for batch in batches)
    return _read_in_processes(default_pipeline() if nlp is None else nlp, wishes, batches, n_process)


def _batches(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    iterator = iter(texts)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


@contextmanager
def _lent(nlp: Language | None) -> Iterator[Language]:
    """The pipeline, to one thread at a time, since a spaCy vocabulary is shared state.

    Our own forgets the words of the texts. The caller's doesn't: they may be making Docs with it in another thread,
    and know best when these are no longer needed.
    """
    with _LENDING:
        if nlp is not None:
            yield nlp
        else:
            own = default_pipeline()
            with forgetting(own):
                yield own


def _read_batch(
    nlp: Language | None,
    texts: list[str],
    wishes: _Wishes,
    *,
    id: str | None = None,
    meta: Mapping[str, Any] | None = None,
) -> list[QuoteDocument]:
    """The documents of some texts, from the given pipeline or our own."""
    parts = [split_text(clean_text(_checked(text))) for text in texts]
    with _lent(nlp) as pipeline:
        component = find_component(pipeline).with_words(wishes.words).with_style(wishes.style)
        longest = max((len(part) for own in parts for part in own), default=1)
        docs = pipeline.pipe(
            (doc for text, own in zip(texts, parts, strict=True) for doc in _tokenized(pipeline, text, own)),
            batch_size=max(1, _BATCH_CHARACTERS // max(1, longest)),
            disable=[component.name],
        )
        return [
            component.analyze(join_docs(_taken(docs, own)), text=text, id=id, meta=meta)
            for text, own in zip(texts, parts, strict=True)
        ]


def _tokenized(nlp: Language, text: str, parts: Iterable[str]) -> Iterator[Doc]:
    """A Doc for each part of one text, with the characters that are blank in the parts."""
    readable = without_surrogates(text)
    start = 0
    for part in parts:
        end = start + len(part)
        yield make_page_doc(nlp.tokenizer, readable[start:end], part)
        start = end


def _taken(docs: Iterator[Doc], parts: list[str]) -> list[Doc]:
    """The next Docs, of one text's parts."""
    length = sum(map(len, parts))
    done, found = 0, []
    for part, doc in zip(parts, docs, strict=False):
        found.append(doc)
        done += len(part)
        report(ReadingStage.PARSE, done / max(1, length))
    return found


def _checked(text: object) -> str:
    if not isinstance(text, str):
        msg = f"expected a text as str, not {type(text).__name__}; decode bytes, read files with Path(...).read_text()"
        raise ArgumentError(msg)
    return text


def _names_file(text: str) -> bool:
    # Unlike Path.is_file, this answers for a name that is too long for the file system.
    return 0 < len(text) <= _MAX_PATH and text.isprintable() and os.path.isfile(text)  # noqa: PTH113


@frozen
class _Work:
    """What a worker process gets once: a pipeline and what is asked for."""

    nlp: Language
    wishes: _Wishes


_work: list[_Work] = []


def _start_worker(work: _Work) -> None:
    _work[:] = [work]


def _read_in_worker(texts: list[str]) -> list[dict[str, Any]]:
    [work] = _work
    with forgetting(work.nlp):
        return [document.to_dict() for document in _read_batch(work.nlp, texts, work.wishes)]


def _read_in_processes(
    nlp: Language, wishes: _Wishes, batches: Iterator[list[str]], n_process: int
) -> Iterator[QuoteDocument]:
    """The documents that worker processes read, no more of them than there are batches; they end with the generator."""
    number, batches = count_ahead(batches, n_process)
    if number == 0:
        return
    try:
        with WorkerPool(number, multiprocessing.get_context(), _start_worker, (_Work(nlp, wishes),)) as pool:
            for rows in _iter_results(pool, batches, 2 * number):
                yield from map(QuoteDocument.from_dict, rows)
    except BrokenProcessPool as error:
        msg = (
            f"one of the {number} processes ended before its texts were read: memory may be short (each takes about "
            f"0.5 GB; take fewer), or the script that calls pipe does it outside of if __name__ == '__main__'"
        )
        raise WorkerError(msg) from error


def _iter_results(pool: WorkerPool, batches: Iterator[list[str]], most: int) -> Iterator[list[dict[str, Any]]]:
    """The data of each batch, in order; at most `most` batches are in progress at a time."""
    waiting: deque[Future[list[dict[str, Any]]]] = deque()
    for batch in batches:
        waiting.append(pool.submit(_read_in_worker, batch))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
