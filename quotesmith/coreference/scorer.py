"""How likely an antecedent is: a few terms with weights set by hand, in place of coreferee's model."""

from typing import Any

from spacy.tokens import Doc, Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import Gender

SUBJECT_ROLES = frozenset({"nsubj", "nsubjpass"})

SENTENCE_WEIGHT = -0.6
WORD_WEIGHT = -0.01
SUBJECT_WEIGHT = 1.0
SAME_ROLE_WEIGHT = 0.4
PERSON_WEIGHT = 0.8
GENDER_AGREES_WEIGHT = 0.6
GENDER_DIFFERS_WEIGHT = -3.0
SAME_HEAD_WEIGHT = 0.3
SAME_QUOTATION_WEIGHT = 0.5
PRONOUN_WEIGHT = 0.3


class TendencyScorer:
    """Orders the antecedents that coreferee's grammar allows, in place of its tendencies analyzer.

    The terms: distance in sentences and words, subjects, parallel roles, persons for "he" and "she", the
    gender of given names and titles, the same head, the same quotation, and pronouns.
    """

    def __init__(self, lexicon: PeopleLexicon) -> None:
        self._lexicon = lexicon

    def score(self, doc: Doc, ensemble: object) -> None:  # noqa: ARG002 - coreferee's signature
        """Put each anaphor's possible antecedents in order: certain ones first, then by score."""
        for token in doc:
            holder = token._.coref_chains
            if not hasattr(holder, "temp_potential_referreds"):
                continue
            for mention in holder.temp_potential_referreds:
                mention.temp_score = self._score(token, mention)
            holder.temp_potential_referreds.sort(key=lambda mention: (mention.temp_is_uncertain, -mention.temp_score))

    def _score(self, anaphor: Token, mention: Any) -> float:
        head = anaphor.doc[mention.root_index]
        here, there = anaphor._.coref_chains, head._.coref_chains
        score: float = SENTENCE_WEIGHT * abs(here.temp_sent_index - there.temp_sent_index)
        score += WORD_WEIGHT * abs(anaphor.i - head.i)
        score += SUBJECT_WEIGHT * (head.dep_ in SUBJECT_ROLES)
        score += SAME_ROLE_WEIGHT * (head.dep_ == anaphor.dep_)
        score += SAME_HEAD_WEIGHT * (head.head.lemma_ == anaphor.head.lemma_)
        score += SAME_QUOTATION_WEIGHT * (here.temp_quote_array == there.temp_quote_array)
        score += PRONOUN_WEIGHT * (head.pos_ == "PRON")
        return score + self._gender_score(anaphor, head)

    def _gender_score(self, anaphor: Token, head: Token) -> float:
        wanted = pronoun_gender(anaphor)
        if wanted is None or head.pos_ == "PRON":
            return 0.0
        score = PERSON_WEIGHT * (head.ent_type_ == "PERSON")
        told = self._told_gender(head)
        if told is not None:
            score += GENDER_AGREES_WEIGHT if told is wanted else GENDER_DIFFERS_WEIGHT
        return score

    def _told_gender(self, head: Token) -> Gender | None:
        noun = self._lexicon.person_nouns.get(fold(head.lemma_))
        if noun is not None:
            return noun
        words = [child.text for child in head.lefts if child.dep_ == "compound"]
        for title in words:
            gender = self._lexicon.titles.get(fold(title))
            if gender is not None:
                return gender
        genders = (self._lexicon.name_gender(word) for word in [*words, head.text] if word[:1].isupper())
        return next((gender for gender in genders if gender is not None), None)


def pronoun_gender(token: Token) -> Gender | None:
    """The gender of "he" and "she" in all their forms; None of other words."""
    genders = token.morph.get("Gender", [])
    if "Masc" in genders:
        return Gender.MASCULINE
    return Gender.FEMININE if "Fem" in genders else None
