"""The words that tell a speaker's label ("Ms Roe:", "Q:") from other words before a colon, and speech behind it."""

from functools import cache

from attrs import frozen

from quotesmith.lexicon import read_words
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.format_words import FormatWords, load_format_words
from quotesmith.lexicon.people import PeopleLexicon, load_people
from quotesmith.lexicon.signature_words import SignatureWords, load_signature_words


@frozen(eq=False)
class LabelWords:
    """What stands in labels of speakers, and how those speak; all words are as `fold` gives them.

    Attributes:
        particles: Small words inside a name ("van").
        joiners: Small words inside an office or between names ("of", "and").
        places: Small words behind a role that say where somebody stands ("woman in the back").
        headings: Words that stand before a colon and don't speak ("note", "ingredients").
        first_person: Words of who speaks about himself.
        second_person: Words of who speaks to somebody.
        openings: Words with which turns begin ("yes", "well").
        shortened_endings: Ends of words that talk shortens ("n't").
        shortened_words: Such words whole, where the end alone may be a name's ("it's").
        echo_stops: Words of four letters and more that say nothing where the next speaker uses them too.
        interruptions: Verbs of lines that say who breaks in ("Mr Roe interjecting—").
        chambers: Offices and members of parliaments ("senator").
        pronouns: Words for who does something between turns ("she laughs").
        reactions: What people do, and what is heard, between turns.
        notes: Words of notes before and behind a transcript ("edited").
        people: Titles and given names, and the words by which labels call somebody without a name.
        formats: The words around labels and turns in chats, scripts and mails.
        signatures: What stands in signatures below or behind quotations.
    """

    particles: frozenset[str]
    joiners: frozenset[str]
    places: frozenset[str]
    headings: frozenset[str]
    first_person: frozenset[str]
    second_person: frozenset[str]
    openings: frozenset[str]
    shortened_endings: frozenset[str]
    shortened_words: frozenset[str]
    echo_stops: frozenset[str]
    interruptions: frozenset[str]
    chambers: frozenset[str]
    pronouns: frozenset[str]
    reactions: frozenset[str]
    notes: frozenset[str]
    people: PeopleLexicon
    formats: FormatWords
    signatures: SignatureWords

    @property
    def questions(self) -> frozenset[str]:
        """Labels of who asks ("q", "question")."""
        return self.people.labels.questions

    @property
    def ordinary(self) -> frozenset[str]:
        """Words that texts write in small letters: a label of such words alone names a thing."""
        return self.people.ordinary

    @property
    def roles(self) -> frozenset[str]:
        """Nouns that may stand for a speaker ("moderator", "speaker")."""
        return self.people.labels.roles

    @property
    def letters(self) -> frozenset[str]:
        """The labels of who asks and of who answers."""
        return self.questions | self.people.labels.answers

    def is_role(self, word: str) -> bool:
        """Whether a folded word is a noun for one speaker, or for several as in minutes ("members")."""
        return word in self.roles or word in self.people.person_nouns

    def is_heading(self, word: str) -> bool:
        """Whether a folded word heads lists, forms and sections, or is a day, a month, a country or its people."""
        return word in self.headings or word in self.people.calendar or word in self.people.countries


@cache
def load_label_words(language: str = "en") -> LabelWords:
    """The label words of a language.

    Raises:
        LanguageError: if there is no lexicon for the language.
    """
    data = read_words(language, "labels")
    return LabelWords(
        **{name: frozenset(map(fold, words.split())) for name, words in data.items()},
        people=load_people(language),
        formats=load_format_words(language),
        signatures=load_signature_words(language),
    )
