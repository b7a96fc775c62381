"""The stretches of a Doc in which coreference is looked for."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from attrs import frozen
from spacy.tokens import Doc

from quotesmith.records import TextSpans

WINDOW_TOKENS = 1000
# coreferee compares each pronoun with those before it: where they crowd, windows are shorter.
WINDOW_TARGETS = 40
# coreferee recurses along coordinations and walks whole subtrees: a longer sentence is read in pieces.
PIECE_TOKENS = 100
# coreferee would look five sentences back; two gave the same speakers on development articles, for a third less time.
CONTEXT_SENTENCES = 2
# A copy takes as long as the Doc that it is cut from: in a longer one than this, halves are copied first.
WHOLE_TOKENS = 5000


@frozen
class _Piece:
    """A sentence, or a part of a long one; half open, in tokens."""

    start: int
    end: int
    begins_sentence: bool


def find_windows(doc: Doc, targets: TextSpans) -> list[tuple[int, int]]:
    """Half-open ranges of tokens, in order, that hold each target with the sentences before it.

    A range has whole sentences and at most `WINDOW_TOKENS` tokens; the pieces of a sentence of more than
    `PIECE_TOKENS` are ranges of their own. Ranges overlap only by the context that the later one needs.
    """
    pieces = _cut_sentences(doc)
    if not pieces:
        return []
    starts = [doc[piece.start].idx for piece in pieces]
    windows: list[tuple[int, int]] = []
    first = last = held = -1
    for target in sorted(targets):
        piece = bisect_right(starts, target.start) - 1
        if piece == last:
            held += 1
            continue
        if last >= 0 and held < WINDOW_TARGETS and _reaches(pieces, first, last, piece):
            last, held = piece, held + 1
            continue
        if last >= 0:
            windows.append((pieces[first].start, pieces[last].end))
        first, last, held = _context(pieces, piece), piece, 1
    if last >= 0:
        windows.append((pieces[first].start, pieces[last].end))
    return windows


def copy_windows(doc: Doc, windows: Sequence[tuple[int, int]], *, before: int = 0) -> Iterator[tuple[int, Doc]]:
    """The first token of each window, and the window as a Doc of its own; n log n in the tokens.

    Args:
        doc: Parsed; a part of a longer text where `before` says so.
        windows: Ranges of its tokens as `find_windows` gives them.
        before: How many tokens of the text stand before `doc`.
    """
    if len(doc) <= WHOLE_TOKENS or len(windows) <= 1:
        yield from ((before + start, doc[start:end].as_doc()) for start, end in windows)
        return
    middle = len(windows) // 2
    for half in (windows[:middle], windows[middle:]):
        # Whole sentences: a copy mends heads that it lacks.
        first, last = doc[half[0][0]].sent.start, doc[half[-1][1] - 1].sent.end
        moved = [(start - first, end - first) for start, end in half]
        yield from copy_windows(doc[first:last].as_doc(), moved, before=before + first)


def _cut_sentences(doc: Doc) -> list[_Piece]:
    starts = [token.i for token in doc if token.i == 0 or token.is_sent_start]
    pieces: list[_Piece] = []
    for start, end in zip(starts, [*starts[1:], len(doc)], strict=False):
        cuts = range(start, end, PIECE_TOKENS)
        pieces.extend(_Piece(cut, min(cut + PIECE_TOKENS, end), cut == start) for cut in cuts)
    return pieces


def _reaches(pieces: list[_Piece], first: int, last: int, piece: int) -> bool:
    """Whether the window from `first` to `last` can go on to `piece`, whose context it holds or touches."""
    if pieces[piece].end - pieces[first].start > WINDOW_TOKENS or piece - last > CONTEXT_SENTENCES:
        return False
    return all(between.begins_sentence for between in pieces[last + 1 : piece + 1])


def _context(pieces: list[_Piece], piece: int) -> int:
    """The first piece to read before `piece`: half a window at most, to leave room for what follows."""
    first = piece
    while (
        first > 0
        and piece - first < CONTEXT_SENTENCES
        and pieces[first].begins_sentence
        and pieces[piece].end - pieces[first - 1].start <= WINDOW_TOKENS // 2
    ):
        first -= 1
    return first
