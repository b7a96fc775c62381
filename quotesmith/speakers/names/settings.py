"""The thresholds by which names are found, joined to entities and described."""

from typing import Final

from attrs import frozen


@frozen
class NameSettings:
    """Thresholds for names.

    Where nothing else is said, a value has no figure of its own: it was chosen by reading news articles. All of them
    together have the figures for names and nominals in docs/scores.md, "Speakers of news", by
    `python SCORE/score_speakers.py dev.gold.jsonl GOLD/polnear/dev_speakers.jsonl predictions.jsonl`.

    Attributes:
        longest_person: Tokens of a person's name, and of the titles before it, at most.
        longest_nickname: Tokens between the marks around a nickname, at most.
        shortest_family: Characters of a known person's family name, at least, where it stands alone.
        longest_unrecognized: Tokens of a name that the recognizer doesn't know, at most.
        listed_neighbours: Tokens on each side of a listed name that may make it part of a longer name.
        heading_words: Long words in a heading, at least.
        heading_capitals: Share of its long words that have a capital, at least.
        small_word: Characters of a word that headings write small too, at most.
        longest_byline: Characters of a byline, at most; a longer paragraph that begins with "By" is running text.
        shortest_acronym: Letters of an acronym without brackets, at least.
        longest_acronym: Letters of an acronym without brackets, at most.
        shortest_misspelled: Letters of a family name, and of its misspelling, at least; a shorter one with a letter
            wrong may well be another name.
        misspelled_often: Places where a text misspells a name, at most.
        pronoun_reach: Tokens between a bare name and the pronoun that shows its gender, at most.
        just_subject: Points for a bearer of a bare name who was the subject just before in its paragraph. Each
            doubling of how often the text has meant a bearer is one point.
        pronoun_agrees: Points for a bearer of the gender that a pronoun behind the bare name shows.
        last_in_full: Points for the bearer who was named in full last.
        not_yet_named: Points for a bearer whom the text names in full only later.
        described_words: Tokens before a name that may describe its bearer, at most.
        longest_apposition: Tokens beside a name in which an apposition or a predicate is looked for.
    """

    longest_person: int = 7
    longest_nickname: int = 2
    shortest_family: int = 2
    longest_unrecognized: int = 3
    listed_neighbours: int = 3
    heading_words: int = 3
    heading_capitals: float = 0.8
    small_word: int = 3
    longest_byline: int = 80
    shortest_acronym: int = 2
    longest_acronym: int = 6
    shortest_misspelled: int = 6
    misspelled_often: int = 2
    pronoun_reach: int = 25
    just_subject: float = 1.5
    pronoun_agrees: float = 1.5
    last_in_full: float = 1.0
    not_yet_named: float = -3.0
    described_words: int = 8
    longest_apposition: int = 12


DEFAULT_NAME_SETTINGS: Final = NameSettings()
