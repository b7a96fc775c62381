"""The words in which a quote is described beside its text."""

from collections.abc import Sequence

from quotesmith.query import Cast, Character
from quotesmith.records import Assertion, Quote, QuoteDocument
from quotesmith.render.characters import counted, on_one_line


def speaker_words(document: QuoteDocument, quote: Quote) -> str:
    """The speakers' names in a row, or why there are none; on one line."""
    if quote.speakers:
        return on_one_line(", ".join(document.names(quote)))
    reason = quote.evidence.reason
    return on_one_line(f"no speaker: {reason}") if reason else "no speaker"


def kind_words(quote: Quote) -> str:
    """Kind and act, and the assertion where it isn't asserted: "direct speech, negated"."""
    words = f"{quote.kind.value} {quote.act.value}"
    return words if quote.assertion is Assertion.ASSERTED else f"{words}, {quote.assertion.value}"


def source_words(document: QuoteDocument, quote: Quote) -> str:
    """The words that name the speaker, where they aren't just the speaker's name; else empty; on one line."""
    words = on_one_line(" … ".join(span.of(document.text) for span in document.source_spans(quote)))
    return "" if words in map(on_one_line, document.names(quote)) else words


def addressee_words(document: QuoteDocument, quote: Quote) -> str:
    """The addressees' names in a row, on one line; empty where nobody is spoken to."""
    return on_one_line(", ".join(document.entity(addressee).name for addressee in quote.addressees))


def chapter_words(numbers: Sequence[int]) -> str:
    """Chapters by their numbers, which are in order, runs of them as "3-5": "1, 3-5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


def alias_words(who: Character) -> str:
    """The other forms of the character's name in a row; those that differ only in capitals are left out."""
    forms = {form.casefold(): form for form in reversed((who.name, *who.aliases))}
    forms.pop(who.name.casefold())
    return on_one_line("; ".join(reversed(forms.values())))


def cast_note(cast: Cast) -> str:
    """How many characters are in the cast, and how many lines and chapters in the text."""
    lines = f"{counted(cast.lines, 'line')} in the text"
    counts = [
        counted(len(cast), "character"),
        f"{lines}, {cast.without_speaker:,} of them without a speaker" if cast.without_speaker else lines,
    ]
    if cast.document.chapters:
        counts.append(counted(len(cast.document.chapters), "chapter"))
    return " · ".join(counts)
