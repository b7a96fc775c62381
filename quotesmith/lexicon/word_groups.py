"""The small words by which a language builds phrases about people: determiners, joiners, interjections."""

from attrs import frozen


@frozen(eq=False)
class PhraseWords:
    """Words that open, join or end noun phrases.

    Attributes:
        determiners: Articles and demonstratives ("the", "these").
        definite: Words before a noun by which a phrase means somebody who is known.
        indefinite: Words before a noun by which a phrase brings up somebody new ("another").
        relatives: Relative pronouns, before which a phrase's own words end.
        complements: Prepositions that add to a role ("head of", "senator from").
        others: Words for those who are not among the ones just named ("other").
        copulas: Verbs whose complement describes their subject ("become").
        examples: Words between a plural noun and the names of some of those whom it means ("including").
        asking: Verbs whose object is to answer their subject ("ask").
        person_endings: Endings of nouns for people ("falconer").
        adverb_endings: Endings of adverbs that no name has ("frantically").
    """

    determiners: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    relatives: frozenset[str]
    complements: frozenset[str]
    others: frozenset[str]
    copulas: frozenset[str]
    examples: frozenset[str]
    asking: frozenset[str]
    person_endings: frozenset[str]
    adverb_endings: frozenset[str]


@frozen(eq=False)
class NameWords:
    """Small words inside and between names.

    Attributes:
        person_joiners: What stands between the names of two people.
        body_joiners: What may stand inside the name of one body ("Roe & Holm").
        body_prepositions: Prepositions inside a body's name ("Bank of Norway").
        outer: Words beside a name that don't belong to it, whatever their capital ("The Gazette").
        acronym_gaps: Words that an acronym leaves out.
        legal_forms: Words behind a body's name that say what it is by law ("plc").
    """

    person_joiners: frozenset[str]
    body_joiners: frozenset[str]
    body_prepositions: frozenset[str]
    outer: frozenset[str]
    acronym_gaps: frozenset[str]
    legal_forms: frozenset[str]


@frozen(eq=False)
class AliasWords:
    """Words between a name and another one of the same bearer.

    Attributes:
        telling: Words that tell it ("known", "born", "formerly").
        prepositions: Words right before the other name ("known as").
        nouns: Nouns for a name ("whose real name is").
        former: Words among them by which the other name is one of the past.
        fillers: Words that may stand among them ("also").
    """

    telling: frozenset[str]
    prepositions: frozenset[str]
    nouns: frozenset[str]
    former: frozenset[str]
    fillers: frozenset[str]


@frozen(eq=False)
class PairWords:
    """Words for two people or bodies that were named.

    Attributes:
        words: Words in a phrase about two ("pair", "two").
        openers: Words with which such a phrase begins.
        pronouns: Pronouns for two ("neither").
    """

    words: frozenset[str]
    openers: frozenset[str]
    pronouns: frozenset[str]


@frozen(eq=False)
class PronounWords:
    """Words that show what a pronoun of the first or second person means.

    Attributes:
        naming_verbs: Verbs between "I" and the speaker's own name.
        fillers: Verbs that after "you" fill a pause ("you know").
        conditions: Conjunctions of clauses about anybody ("if you look at it").
        generic_helpers: Lemmas of verbs that say what anybody can or must do ("you have to wait").
    """

    naming_verbs: frozenset[str]
    fillers: frozenset[str]
    conditions: frozenset[str]
    generic_helpers: frozenset[str]


@frozen(eq=False)
class AddressWords:
    """Words that show who is spoken to.

    Attributes:
        occasions: Prepositions between a verb of speaking and an exchange of words ("in a letter").
        parties: Prepositions between an exchange and those who take part in it ("an interview with").
        relatives: Relative pronouns that may stand for the hearer.
        reflexive_endings: Endings of pronouns for the speaker.
        endearments: Words before the noun or name of a call ("my dear").
        calls: Words that stand right before a call ("oh").
        joiners: Words that join names, none of which is then a call.
        titles: Titles that stand before another title in a call ("Madam").
    """

    occasions: frozenset[str]
    parties: frozenset[str]
    relatives: frozenset[str]
    reflexive_endings: frozenset[str]
    endearments: frozenset[str]
    calls: frozenset[str]
    joiners: frozenset[str]
    titles: frozenset[str]


@frozen(eq=False)
class SpeakerLabelWords:
    """Words of labels that say who speaks without a name, or that stand before one.

    Attributes:
        questions: Labels of who asks ("Q", "question").
        answers: Labels of who answers.
        roles: Nouns by which labels call somebody without a name ("operator").
        groups: Nouns for several who speak at once ("audience").
        modifiers: Words that open a role ("first" in "First Fisherman").
        witnesses: Roles of the one whom "A" stands for ("witness").
        articles: Words before a role ("the", "an").
        honorifics: Words before a name, besides titles ("Hon.").
        examinations: Words of the heading that says who asks ("examination" in "EXAMINATION BY MS. ROE").
        naming: Words of a question for the name of who answers ("name").
    """

    questions: frozenset[str]
    answers: frozenset[str]
    roles: frozenset[str]
    groups: frozenset[str]
    modifiers: frozenset[str]
    witnesses: frozenset[str]
    articles: frozenset[str]
    honorifics: frozenset[str]
    examinations: frozenset[str]
    naming: frozenset[str]


@frozen(eq=False)
class CharacterWords:
    """Words with the names of a story's characters.

    Attributes:
        masculine: Titles of men.
        feminine: Titles of women.
        neutral: Titles of either.
        offices: Those of them that are a man's where nothing else is said, and that stand alone ("the Colonel").
        alone: Other titles that stand alone for whoever has them ("Mademoiselle").
        ranks: Those of the offices whose bearers aren't called "Mr."; nobody has two.
        plain: Titles of a man who has no other ("Mr.").
        married: Titles of a married woman, whose name may be her husband's ("Mrs. John Holm").
        unmarried: Titles of an unmarried woman ("Miss").
        with_given: Titles that stand before a given name ("Sir Walter", "Aunt Jane").
        epithets: Words with a capital before a name that don't belong to it ("Poor Jane").
    """

    masculine: frozenset[str]
    feminine: frozenset[str]
    neutral: frozenset[str]
    offices: frozenset[str]
    alone: frozenset[str]
    ranks: frozenset[str]
    plain: frozenset[str]
    married: frozenset[str]
    unmarried: frozenset[str]
    with_given: frozenset[str]
    epithets: frozenset[str]
