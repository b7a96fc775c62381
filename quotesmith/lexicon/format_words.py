"""The words that programs, scripts and mails write around what people say."""

from functools import cache

from attrs import frozen

from quotesmith.lexicon import read_words


@frozen
class FormatWords:
    """Words of layouts that are no labels, in small letters.

    Attributes:
        days: Days that stand for a date before a time ("today").
        levels: What programs put before the lines of their logs ("warning").
        placeholders: What messengers write in place of a message ("media omitted").
        directions: What begins a stage direction ("exeunt").
        name_prefixes: What keeps its small letters in names in capitals ("McCOY").
        ordinals: Numbers of characters that keep theirs ("1st").
        divisions: What a play is divided into ("act").
        numbers: What counts these ("two", "first").
        settings: What begins the heading of a scene in a script ("int").
        transitions: What ends a line from one scene to the next ("to").
        cuts: Lines of a script that nobody says ("fade out").
        record_titles: What stands before a member's name in capitals in the record of a parliament ("Mr. ROE.").
        record_additions: What may follow an office there ("pro tempore").
        record_joiners: What stands before a member's state there ("of").
        replies: Verbs that end the line above a quoted mail ("wrote").
        senders: What stands before who wrote a mail ("from").
        mail_fields: What else stands above a mail ("subject").
    """

    days: frozenset[str]
    levels: frozenset[str]
    placeholders: frozenset[str]
    directions: frozenset[str]
    name_prefixes: frozenset[str]
    ordinals: frozenset[str]
    divisions: frozenset[str]
    numbers: frozenset[str]
    settings: frozenset[str]
    transitions: frozenset[str]
    cuts: frozenset[str]
    record_titles: frozenset[str]
    record_additions: frozenset[str]
    record_joiners: frozenset[str]
    replies: frozenset[str]
    senders: frozenset[str]
    mail_fields: frozenset[str]


@cache
def load_format_words(language: str = "en") -> FormatWords:
    """The words of the layouts of a language.

    Raises:
        LanguageError: if there is no lexicon for the language.
    """
    data = read_words(language, "formats")
    return FormatWords(**{name: frozenset(words.split("|" if "|" in words else None)) for name, words in data.items()})
