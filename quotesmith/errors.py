"""The errors that quotesmith raises on purpose.

    QuotesmithError
    ├── ArgumentError         an argument of the wrong type (also a TypeError)
    ├── OptionError           an option that is not one of the choices (also a ValueError)
    ├── InvalidRecordError    a record that does not hold together (also a ValueError)
    ├── FormatError           data that is not in a format of ours (also a ValueError)
    ├── CorpusError           a corpus whose folder, inputs or options changed (also a RuntimeError)
    ├── GazetteerError        a gazetteer that is malformed or contradicts itself (also a ValueError)
    ├── LexiconError          a word that the user adds to a lexicon is malformed (also a ValueError)
    ├── LanguageError         a language that the chosen extractor does not read (also a ValueError)
    ├── MissingAnnotationError  a Doc without the parse or names we need (also a ValueError)
    ├── MissingPipelineError  no English pipeline is installed (also an ImportError)
    ├── MissingPackageError   an optional package is not installed (also an ImportError)
    ├── WorkerError           a process of `pipe` or a corpus ended too early (also a RuntimeError)
    ├── WeightsError          the weights or the pipeline's files are not as they were shipped (also a ValueError)
    └── NameNotFoundError     a query for a name that the text does not have (also a LookupError)
        └── AmbiguousNameError  a query for a name that several entities bear

Odd input text is never an error: it is data.
"""

from quotesmith.acting_characters import visible_in_line


class QuotesmithError(Exception):
    """The root of all errors that quotesmith raises on purpose.

    What acts on a screen is U+FFFD in its message: it may quote a text or the name of a file.
    """

    def __str__(self) -> str:
        return visible_in_line(super().__str__())


class ArgumentError(QuotesmithError, TypeError):
    """An argument has the wrong type."""


class OptionError(QuotesmithError, ValueError):
    """An option's value is not one of its choices."""


class InvalidRecordError(QuotesmithError, ValueError):
    """A record does not hold together: an id does not resolve, a span does not fit the text."""


class FormatError(QuotesmithError, ValueError):
    """A file or mapping is not in a format that quotesmith reads or writes."""


class CorpusError(QuotesmithError, RuntimeError):
    """A corpus can't go on: its folder, an input or an option isn't what it was, or another run is at work."""


class GazetteerError(QuotesmithError, ValueError):
    """A gazetteer or one of its entries is malformed, or entries contradict each other."""


class LexiconError(QuotesmithError, ValueError):
    """A word that the user adds to a lexicon is malformed, or contradicts another."""


class LanguageError(QuotesmithError, ValueError):
    """The chosen extractor does not read the Doc's language."""


class MissingAnnotationError(QuotesmithError, ValueError):
    """A Doc lacks an annotation that a stage needs."""


class MissingPipelineError(QuotesmithError, ImportError):
    """No spaCy pipeline for English is installed."""


class MissingPackageError(QuotesmithError, ImportError):
    """An optional package is needed and not installed."""


class WorkerError(QuotesmithError, RuntimeError):
    """A process that `pipe` had started ended before its work was done."""


class WeightsError(QuotesmithError, ValueError):
    """A file of the encoder's weights or of the English pipeline is missing or isn't as it was shipped."""


class NameNotFoundError(QuotesmithError, LookupError):
    """A query names somebody who is not in the text."""


class AmbiguousNameError(NameNotFoundError):
    """A query's name fits several entities."""


class QuotesmithWarning(UserWarning):
    """Something is probably not what the caller meant; its message is visible as an error's is."""

    def __str__(self) -> str:
        return visible_in_line(super().__str__())
