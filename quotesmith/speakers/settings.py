"""The thresholds and weights by which speakers are resolved, each with its unit and the figure that earned it."""

from typing import Final

from attrs import frozen

from quotesmith.units import Count, Share, Weight, check_units


@frozen(field_transformer=check_units)
class NameSettings:
    """Thresholds for names; values that don't fit their units are an `OptionError`.

    Where nothing else is said, a value has no figure of its own: it was chosen by reading news articles. All of them
    together have the figures for names and nominals in docs/scores.md, "Speakers of news", by
    `python SCORE/score_speakers.py dev.gold.jsonl GOLD/polnear/dev_speakers.jsonl predictions.jsonl`.

    Attributes:
        max_person_tokens: Tokens of a person's name, and of the titles before it, at most.
        max_nickname_tokens: Tokens between the marks around a nickname, at most.
        min_family_letters: Characters of a known person's family name, at least, where it stands alone.
        max_unrecognized_tokens: Tokens of a name that the recognizer doesn't know, at most.
        listed_neighbours: Tokens on each side of a listed name that may make it part of a longer name.
        heading_words: Long words in a heading, at least.
        heading_capitals: Share of its long words that have a capital, at least.
        small_word: Characters of a word that headings write small too, at most.
        min_acronym_letters: Letters of an acronym without brackets, at least.
        max_acronym_letters: Letters of an acronym without brackets, at most.
        min_misspelled_letters: Letters of a family name, and of its misspelling, at least; a shorter one with a letter
            wrong may well be another name.
        misspelled_often: Places where a text misspells a name, at most.
        pronoun_reach: Tokens between a bare name and the pronoun that shows its gender, at most.
        just_subject: Points for a bearer of a bare name who was the subject just before in its paragraph. Each
            doubling of how often the text has meant a bearer is one point.
        pronoun_agrees: Points for a bearer of the gender that a pronoun behind the bare name shows.
        last_in_full: Points for the bearer who was named in full last.
        not_yet_named: Points for a bearer whom the text names in full only later.
        called_by_given: Points for a bearer whom the text also calls by given name alone, as it does to tell a relative
            from the one whom the surname means; of several, the one called so most. In 630 articles of PolNeAR train it
            mends some 30 speakers and breaks 3.
        described_words: Tokens before a name that may describe its bearer, at most.
        max_apposition_tokens: Tokens beside a name in which an apposition or a predicate is looked for.
    """

    max_person_tokens: Count = 7
    max_nickname_tokens: Count = 2
    min_family_letters: Count = 2
    max_unrecognized_tokens: Count = 3
    listed_neighbours: Count = 3
    heading_words: Count = 3
    heading_capitals: Share = 0.8
    small_word: Count = 3
    min_acronym_letters: Count = 2
    max_acronym_letters: Count = 6
    min_misspelled_letters: Count = 6
    misspelled_often: Count = 2
    pronoun_reach: Count = 25
    just_subject: Weight = 1.5
    pronoun_agrees: Weight = 1.5
    last_in_full: Weight = 1.0
    not_yet_named: Weight = -3.0
    called_by_given: Weight = -3.0
    described_words: Count = 8
    max_apposition_tokens: Count = 12


DEFAULT_NAME_SETTINGS: Final = NameSettings()


@frozen(kw_only=True, field_transformer=check_units)
class CastSettings:
    """Thresholds for the characters of a story; values that don't fit their units are an `OptionError`.

    All were chosen on seven novels of PDNC and counted on seven others, where 93 to 98 of 100 quotes have their speaker
    among the characters named near them, for 67 to 98 without. What each is for was read off pairs of names of one
    person and of two.

    Attributes:
        min_together: Sentences that name two people, at least, for them to be two.
        together_share: Share of the sentences with the rarer name that have the other too, at least, likewise: of 26
            pairs of names of one person 3 had more than 0.06, of 15 of two people 12.
        often_titled: Places with a title and a given name from which the title before the family name is another's.
        titled_share: Share of a character's full names that have the title, at least, for the same.
        times_titled: How many times as often as such a full name the title stands before the family name, at least.
        min_beside: Sentences with both, at least.
        called_share: Share of a character's names that are a full one, at least, for that to be the name where the
            story mostly has the given name.
        family_called_share: The same where it mostly has the family name.
        times_alone: How many times as often as in full a given name stands alone that one main character has.
        times_rarer: How many times rarer than the most frequent bearer of a name one is whom it doesn't mean.
        near_tokens: Tokens from the last mention of a bearer to a name that several have, at most.
        pronoun_near: Tokens behind a name in which a pronoun shows the bearer's gender, at most.
        min_followed: Places where one does so, at least, for a full name whose given name is unknown.
        followed_share: Share of these places that show the same gender, at least.
        speaking_often: Places where a word that the recognizer takes for no person is a source, at least, to be one's.
    """

    min_together: Count = 3
    together_share: Share = 0.06
    often_titled: Count = 10
    titled_share: Share = 0.25
    times_titled: Weight = 5.0
    min_beside: Count = 2
    called_share: Share = 0.1
    family_called_share: Share = 0.1
    times_alone: Weight = 4.0
    times_rarer: Weight = 10.0
    near_tokens: Count = 400
    pronoun_near: Count = 25
    min_followed: Count = 3
    followed_share: Share = 0.7
    speaking_often: Count = 2


DEFAULT_CAST_SETTINGS: Final = CastSettings()


@frozen(kw_only=True, field_transformer=check_units)
class SpeakerSettings:
    """What the rules of this room weigh and how far they look; values that don't fit are an `OptionError`.

    "No figure: chosen by reading" means that the value was set while articles and novels were read, and that nobody has
    measured what another value costs. "[roles]": the rules for roles were measured together, not one by one: with the
    learned scorer they took nominal sources of PolNeAR dev from 46.3 to 77.2 right of 100 found (`score_speakers.py`,
    docs/scores.md, "Speakers of news"). "[calibrated]": a raw value that orders the cases of one method; what users see
    is calibrated by `python -m quotesmith.training.speaker_calibration` (calibration error 0.009 where words name the
    source, 0.028 for turns without source words).

    Attributes:
        names: Those for names.
        max_members: Members; a longer list speaks as one group that no pronoun takes up, since each of its quotes
            would otherwise be as long as the list. No figure: chosen by reading.
        max_runners_up: Candidates that the evidence of a quote names. No figure: chosen by reading.
        min_speaker_score: Speaker score below which a source gets no speaker rather than one who has a name. Of 10,900
            sources in articles left out, a wrong name being as dear as three names left out, 0 costs 2,345, 0.5 2,155
            and 0.65, the least, 2,025. Of 100 people and bodies found, 0.5 leaves out 1 that is right and 0.65 3, and
            in short texts, where little speaks for anybody, more.
        line_share: The same for a line of fiction, as a share of `min_speaker_score`: there most lines have no words
            that say who speaks. Of 100 lines of novels left out, 0.9 gives 91 a speaker, of whom 82 are right;
            1 gives 87, of whom 83 are, and 0.8 gives 94, of whom 80 are.
        label_score: Raw score of a label of a layout: in published talk written in twenty layouts, at least this part
            of the words goes to its speaker (`python -m tests.benchmarks.layouts`).
        first_person_score: Raw score of a source "I", "we" or "you" of which it is known whom it means. [calibrated]
        continued_score: Raw score of a quote that continues the one before it over a paragraph's end. [calibrated]
        same_paragraph_score: Raw score of a quote in the paragraph of the one before it. [calibrated]
        subject_score: Raw score of the last subject before a quote without source. [calibrated]
        alternation_score: Raw score of the speaker of two turns back. [calibrated]
        next_paragraph_score: Raw score of a speaker who goes on in the next paragraph. [calibrated]
        continued_paragraphs: Paragraphs from a source to a quote without one that goes on with it, at most, where
            nobody else is mentioned between them. No figure: chosen by reading.
        exchange_turns: Turns of a conversation that a beat, a call or a question shows, at least, for it to be an
            exchange in a text that is no dialogue: all its turns are decided together then. No figure: chosen by
            reading.
        conversation_gap: Paragraphs from a turn to the next of its conversation, at most. No figure: chosen by reading.
        max_conversation_turns: Turns of a conversation, at most; a longer one is cut, which keeps work linear. No
            figure: chosen by reading.
        introduction_paragraphs: Paragraphs before a conversation in which those who talk are brought in, and between
            turns that are still near. No figure: chosen by reading.
        nobody_turn_factor: Factor on the probability that nobody who is known speaks a turn without source. In five
            novels left out, 3,599 such turns: with 1, 73 of 100 get a speaker, of whom 56.5 are right (41.3 of all
            turns), with 0.5 86 and 54.7 (47.1), with 0.2 95 and 52.9 (50.4).
        subject_sentences: Sentences that the last subject may stand before a quote without source. No figure: chosen
            by reading.
        colon_reach: Characters before a content in which a colon must stand for it to need no marks. No figure: chosen
            by reading.
        head_weight: Points of a role whose head noun is said of the entity. [roles]
        synonym_weight: Points where a synonym of it is. [roles]
        word_weight: Points of each further word, country, state or party that both have. [roles]
        former_weight: Points where only one of the two is a former role. [roles]
        min_referent_probability: Probability below which an anaphor's referent is dropped. No figure: chosen by
            reading.
        gender_prior: Pronouns of each gender that every entity is taken to have before any is read. No figure: chosen
            by reading.
        gender_majority: How many times as many pronouns of one gender as of the other make it the entity's. No figure:
            chosen by reading.
        min_person_pronouns: Expected pronouns "he" and "she" from which what the recognizer took for a place, a body or
            nothing is a person. No figure: chosen by reading.
        sure_probability: Probability from which coreference isn't asked about a pronoun. 0.65 costs news pronouns 2
            points (85.4 for 87.4, docs/scores.md, "Cost").
        character_quotes: Direct quotes of their own that make one who says "I" a character. No figure: chosen by
            reading.
        byline_paragraphs: Paragraphs at the head of a text in which a byline stands. No figure: chosen by reading.
        body_tokens: Tokens before a role or a name in which its body is looked for. No figure: chosen by reading.
        turns_share: Share of direct quotes that must open the paragraph after that of the quote before, for a text to
            count as dialogue: in novels 0.4 to 0.8 do, in newspapers 0.2. With these four, addressees of PDNC's pilot
            novels 53.0 (`python -m tests.benchmarks.addressees`, docs/scores.md).
        unsourced_share: Share of direct quotes without source in a dialogue of few quotes. As `turns_share`.
        min_dialogue_quotes: Direct quotes of the shortest dialogue. As `turns_share`.
        many_dialogue_quotes: Direct quotes from which the share without source doesn't count. As `turns_share`.
        conversation_paragraphs: Paragraphs between turns of one conversation. Measured with `turns_share`.
        conversation_turns: Turns before and after a turn whose speakers take part in it. Measured with `turns_share`.
        partner_paragraphs: Paragraphs to the nearest turn of somebody else, where nobody speaks nearer. Measured with
            `turns_share`.
        partner_turns: Turns in which that one is looked for. Measured with `turns_share`.
        listener_lines: Lines before and behind a line of fiction in which those are looked for to whom it is spoken. No
            figure: chosen by reading.
        listener_paragraphs: Paragraphs to these lines, at most. No figure: chosen by reading.
        listener_narration: Paragraphs before a line whose narration shows who is there. No figure: chosen by reading.
        listener_mentions: Mentions before and behind a line that are looked at. No figure: chosen by reading.
        min_listener_probability: Probability from which a line of fiction is spoken to somebody. In novels left out 0.4
            finds fewer exact sets than 0.5 (`python -m quotesmith.training.listeners`).
        min_likeliest_listener: The same for the likeliest, where nobody is so likely. No figure: chosen by reading.
    """

    names: NameSettings = DEFAULT_NAME_SETTINGS
    cast: CastSettings = DEFAULT_CAST_SETTINGS

    max_members: Count = 50
    max_runners_up: Count = 3

    min_speaker_score: Share = 0.5
    line_share: Share = 0.9
    label_score: Share = 0.99
    first_person_score: Share = 0.7
    continued_score: Share = 0.85
    same_paragraph_score: Share = 0.75
    subject_score: Share = 0.55
    alternation_score: Share = 0.6
    next_paragraph_score: Share = 0.5

    continued_paragraphs: Count = 2
    exchange_turns: Count = 2
    conversation_gap: Count = 12
    max_conversation_turns: Count = 60
    introduction_paragraphs: Count = 3
    nobody_turn_factor: Weight = 0.5

    subject_sentences: Count = 2
    colon_reach: Count = 4

    head_weight: Weight = 2.0
    synonym_weight: Weight = 1.5
    word_weight: Weight = 1.0
    former_weight: Weight = -1.0

    min_referent_probability: Share = 0.01
    gender_prior: Weight = 0.5
    gender_majority: Weight = 3.0
    min_person_pronouns: Weight = 0.4
    sure_probability: Share = 0.8

    character_quotes: Count = 3
    byline_paragraphs: Count = 4
    body_tokens: Count = 6

    turns_share: Share = 0.35
    unsourced_share: Share = 0.2
    min_dialogue_quotes: Count = 4
    many_dialogue_quotes: Count = 10
    conversation_paragraphs: Count = 3
    conversation_turns: Count = 4
    partner_paragraphs: Count = 4
    partner_turns: Count = 6

    listener_lines: Count = 10
    listener_paragraphs: Count = 12
    listener_narration: Count = 3
    listener_mentions: Count = 30
    min_listener_probability: Share = 0.5
    min_likeliest_listener: Share = 0.1


DEFAULT_SPEAKER_SETTINGS: Final = SpeakerSettings()
