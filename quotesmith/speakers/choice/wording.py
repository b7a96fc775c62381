"""Features of the words of a reference, and of the names and phrases that share words with it."""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen
from spacy.tokens import Token

from quotesmith.coreference import EntityNumber, PronounClass
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.records import EntityKind, QuoteKind
from quotesmith.speakers.choice.candidates import CandidateFinder, CandidateSort, SpeakerCandidate
from quotesmith.speakers.choice.references import Reference
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.noun_phrases import OBJECTS, SUBJECTS, is_indefinite

_CLIMB: Final = 4
_APPOSED: Final = frozenset({"appos", "pobj", "prep", "conj", "acl"})
_DEMONSTRATIVES: Final = frozenset({"this", "that", "these", "those"})
_OPENING_PARAGRAPHS: Final = 2
_TOLD_NUMBERS: Final = {"both": 2, "two": 2, "pair": 2, "duo": 2, "neither": 2, "either": 2, "three": 3, "four": 4}


@frozen(kw_only=True)
class ReferenceFeatures:
    """What is known of a reference by itself; what isn't so is 0.

    Attributes:
        length: Its tokens.
        definite: Begins with "the".
        indefinite: Brings up somebody new by its first word.
        demonstrative: Begins with "this" or the like.
        possessive: Begins with "his" or the like.
        numbered: Begins with a number or "many".
        bare: Begins with a noun or an adjective.
        plural: Its head is plural.
        names_inside: Entities that it names.
        has_name: Grammar says that it is about a name.
        only_name: It is just that name, with titles.
        pair_word: Has a word for two.
        counted: The number that it tells.
        he: Is "he".
        she: Is "she".
        it: Is "it".
        they: Is "they".
        other_pronoun: Is another pronoun.
        person: Its head noun is about a person.
        organization: About a body.
        place: About a place.
        group: About several.
        other: About something else.
        title: Its head noun is a title.
        speaks_for: Its head noun is for somebody who speaks for a body.
        variation: Texts refer by its head noun to what they have named.
        office: Its head noun is an office.
        relation: Its head noun is a relation.
        audience: Its head noun is for those who listen.
        complement: Something like "of the board" stands behind its head.
        modifiers: Words before its head.
        proper: Names among its words.
        affiliations: Countries, states and parties among its words.
        capitals: The share of its words with a capital.
        is_source: Is the source of a quote.
        is_part: Is one of several sources of a quote.
        is_direct: Of a direct one.
        is_mixed: Of a mixed one.
        behind_content: Stands behind the beginning of the content.
        nested: Of a quote inside another.
        quoted: Stands in marks.
        subject: Is a subject.
        object: Is an object.
        opening: Stands in the first paragraphs.
        place_in_text: Where it stands, from 0 to 1.
        seen: Its words stood before.
    """

    length: float = 0.0
    definite: float = 0.0
    indefinite: float = 0.0
    demonstrative: float = 0.0
    possessive: float = 0.0
    numbered: float = 0.0
    bare: float = 0.0
    plural: float = 0.0
    names_inside: float = 0.0
    has_name: float = 0.0
    only_name: float = 0.0
    pair_word: float = 0.0
    counted: float = 0.0
    he: float = 0.0
    she: float = 0.0
    it: float = 0.0
    they: float = 0.0
    other_pronoun: float = 0.0
    person: float = 0.0
    organization: float = 0.0
    place: float = 0.0
    group: float = 0.0
    other: float = 0.0
    title: float = 0.0
    speaks_for: float = 0.0
    variation: float = 0.0
    office: float = 0.0
    relation: float = 0.0
    audience: float = 0.0
    complement: float = 0.0
    modifiers: float = 0.0
    proper: float = 0.0
    affiliations: float = 0.0
    capitals: float = 0.0
    is_source: float = 0.0
    is_part: float = 0.0
    is_direct: float = 0.0
    is_mixed: float = 0.0
    behind_content: float = 0.0
    nested: float = 0.0
    quoted: float = 0.0
    subject: float = 0.0
    object: float = 0.0
    opening: float = 0.0
    place_in_text: float = 0.0
    seen: float = 0.0


def describe_reference(
    context: DocumentContext,
    reference: Reference,
    attribution: Attribution | None,
    paragraph: int,
    *,
    quoted: bool,
    seen: bool,
) -> ReferenceFeatures:
    """The features of a reference by itself."""
    first, said, tokens = reference.tokens[0], reference.said, reference.tokens
    parsed = context.parsed
    start = 0 if attribution is None else parsed.token_at(attribution.content[0].start)
    return ReferenceFeatures(
        length=len(tokens),
        definite=fold(first.text) == "the",
        indefinite=is_indefinite(first),
        demonstrative=fold(first.text) in _DEMONSTRATIVES,
        possessive=first.tag_ == "PRP$",
        numbered=first.pos_ == "NUM",
        bare=first.pos_ in {"NOUN", "ADJ", "PROPN"},
        plural=reference.is_plural,
        names_inside=len(reference.inside),
        has_name=reference.named is not None,
        only_name=reference.is_only_name,
        pair_word=bool(reference.words & context.lexicon.pairs.words),
        counted=told_number(reference),
        **_pronoun_features(reference),
        **{kind.value: reference.pronoun is None and reference.kind is kind for kind in EntityKind},
        **_noun_features(context, fold(reference.head.lemma_ or reference.head.text)),
        complement=said is not None and bool(said.complement),
        modifiers=0 if said is None else len(said.modifiers),
        proper=0 if said is None else len(said.proper),
        affiliations=0 if said is None else len(said.affiliations),
        capitals=sum(token.text[:1].isupper() for token in tokens) / len(tokens),
        is_source=attribution is not None,
        is_part=reference.is_part,
        is_direct=attribution is not None and attribution.kind is QuoteKind.DIRECT,
        is_mixed=attribution is not None and attribution.kind is QuoteKind.MIXED,
        behind_content=attribution is not None and start < reference.start,
        nested=attribution is not None and attribution.parent is not None,
        quoted=quoted,
        subject=reference.head.dep_ in SUBJECTS,
        object=reference.head.dep_ in OBJECTS or reference.head.dep_ == "pobj",
        opening=paragraph < _OPENING_PARAGRAPHS,
        place_in_text=reference.start / max(len(parsed.starts), 1),
        seen=seen,
    )


def _pronoun_features(reference: Reference) -> dict[str, bool]:
    kinds = {
        "he": PronounClass.HE,
        "she": PronounClass.SHE,
        "it": PronounClass.IT,
        "they": PronounClass.THEY,
    }
    found = {name: reference.pronoun is kind for name, kind in kinds.items()}
    return {**found, "other_pronoun": reference.pronoun is None and reference.is_bare_pronoun}


def _noun_features(context: DocumentContext, noun: str) -> dict[str, bool]:
    lexicon = context.lexicon
    return {
        "title": noun in lexicon.titles,
        "speaks_for": noun in lexicon.representing,
        "variation": noun in lexicon.variations,
        "office": noun in lexicon.offices,
        "relation": noun in lexicon.relations,
        "audience": noun in lexicon.audiences,
    }


def told_number(reference: Reference) -> int:
    """The number of people that the words tell; 0 where they tell none."""
    return next((_TOLD_NUMBERS[word] for word in sorted(reference.words) if word in _TOLD_NUMBERS), 0)


@frozen(kw_only=True)
class WordingFeatures:
    """How the words of a reference fit a candidate's name or phrase; what isn't so is 0.

    Attributes:
        is_entity: The candidate is a named entity.
        is_set: Several of them.
        is_phrase: What an earlier phrase brought up.
        is_own: An entity of its own.
        is_nobody: Nobody of whom more is known.
        is_name: It is the entity whose name the reference is about by grammar.
        inside: The reference names it.
        inside_first: Names it first.
        inside_last: Names it last.
        inside_head: By its head.
        inside_possessor: As possessor.
        inside_preposition: Behind a preposition.
        inside_apposed: Behind a comma or bracket.
        inside_modifier: Before the head.
        apposed: The text puts its name beside the reference.
        name_words: The words of its name.
        words_in_name: The share of the reference's words that its name has.
        name_in_words: The share of its name's words that the reference has.
        noun_in_name: Its name has the head noun.
        extends: Its name ends like a name in the reference that is another entity's.
        acronym: Its name is made of the first letters of the reference, or the other way round.
        capitals_name: Its name is all capitals.
        place_name: Its name is a country's, state's or party's.
        phrase_noun: A phrase's words have the head noun.
        phrase_overlap: The share of the reference's words that a phrase has.
        phrase_covered: The share of a phrase's words that the reference has.
        phrase_capitals: The share of a phrase's words that have a capital.
        phrase_words: Its words.
        phrase_plural: It is several.
        phrase_age: Phrases that brought up others since.
    """

    is_entity: float = 0.0
    is_set: float = 0.0
    is_phrase: float = 0.0
    is_own: float = 0.0
    is_nobody: float = 0.0
    is_name: float = 0.0
    inside: float = 0.0
    inside_first: float = 0.0
    inside_last: float = 0.0
    inside_head: float = 0.0
    inside_possessor: float = 0.0
    inside_preposition: float = 0.0
    inside_apposed: float = 0.0
    inside_modifier: float = 0.0
    apposed: float = 0.0
    name_words: float = 0.0
    words_in_name: float = 0.0
    name_in_words: float = 0.0
    noun_in_name: float = 0.0
    extends: float = 0.0
    acronym: float = 0.0
    capitals_name: float = 0.0
    place_name: float = 0.0
    phrase_noun: float = 0.0
    phrase_overlap: float = 0.0
    phrase_covered: float = 0.0
    phrase_capitals: float = 0.0
    phrase_words: float = 0.0
    phrase_plural: float = 0.0
    phrase_age: float = 0.0


_SORTS: Final[Mapping[CandidateSort, WordingFeatures]] = {
    CandidateSort.SET: WordingFeatures(is_set=1.0),
    CandidateSort.NOBODY: WordingFeatures(is_nobody=1.0),
}


def wording_of(
    context: DocumentContext, finder: CandidateFinder, reference: Reference
) -> Callable[[SpeakerCandidate], WordingFeatures]:
    """What gives the features of each candidate of a reference."""
    apposed = frozenset(_apposed(context, reference))
    own = _SourceWords(
        reference,
        frozenset(fold(context.parsed.doc[tokens[-1]].text) for tokens in reference.inside.values()),
        "".join(token.text[0] for token in reference.tokens if token.text[:1].isupper()).casefold(),
    )

    def describe(candidate: SpeakerCandidate) -> WordingFeatures:
        if candidate.sort is CandidateSort.ENTITY:
            entity = candidate.entities[0]
            return WordingFeatures(
                is_entity=True,
                is_name=reference.named == entity,
                apposed=entity in apposed,
                **_inside(context, reference, entity),
                **_name_words(context, own, candidate.words, entity),
            )
        if candidate.sort in {CandidateSort.SET, CandidateSort.NOBODY}:
            return _SORTS[candidate.sort]
        is_phrase = candidate.sort is CandidateSort.PHRASE
        return WordingFeatures(is_phrase=is_phrase, is_own=not is_phrase, **_phrase_words(finder, reference, candidate))

    return describe


def _apposed(context: DocumentContext, reference: Reference) -> list[EntityNumber]:
    """The entities whose names the text puts beside the head noun."""
    names = context.name_at
    found: list[EntityNumber] = []
    if reference.pronoun is not None:
        return found
    head = reference.head
    for _ in range(_CLIMB):
        if head.dep_ not in _APPOSED:
            break
        is_apposed, head = head.dep_ == "appos", head.head
        if is_apposed and head.i in names:
            found.append(context.owners[names[head.i]])
    apposed = [child for child in reference.head.rights if child.dep_ == "appos"][:_CLIMB]
    return found + [context.owners[names[child.i]] for child in apposed if child.i in names]


def _inside(context: DocumentContext, reference: Reference, entity: EntityNumber) -> dict[str, bool]:
    tokens = reference.inside.get(entity)
    if not tokens:
        return {}
    doc, entities = context.parsed.doc, list(reference.inside)
    first, last = tokens[0], tokens[-1]
    before = _neighbour(doc[first], -1)
    behind = _neighbour(doc[last], 1)
    return {
        "inside": True,
        "inside_first": entities[0] == entity,
        "inside_last": entities[-1] == entity,
        "inside_head": reference.head.i in tokens,
        "inside_possessor": behind is not None and behind.tag_ == "POS",
        "inside_preposition": before is not None and before.pos_ == "ADP",
        "inside_apposed": before is not None and first > reference.start and before.text in {",", "(", "—", "–"},
        "inside_modifier": last < reference.head.i,
    }


def _neighbour(token: Token, distance: int) -> Token | None:
    return token.doc[token.i + distance] if 0 <= token.i + distance < len(token.doc) else None


@frozen(eq=False)
class _SourceWords:
    """A reference, the last words of the names in it, and the first letters of its words with a capital."""

    reference: Reference
    last_names: frozenset[str]
    initials: str


def _name_words(context: DocumentContext, own: _SourceWords, name: str, entity: EntityNumber) -> dict[str, float]:
    reference = own.reference
    words = fold(name).replace("'s", "").replace("-", " ").split()
    shared = len(reference.words & set(words))
    own_initials = "".join(word[0] for word in name.split() if word[:1].isupper()).casefold()
    short = name.casefold()
    is_acronym = len(name) > 1 and (
        (name.isupper() and short == own.initials) or (len(own_initials) > 1 and own_initials in reference.words)
    )
    return {
        "name_words": len(words),
        "words_in_name": shared / max(len(reference.words), 1),
        "name_in_words": shared / max(len(words), 1),
        "noun_in_name": bool(reference.noun) and reference.noun in words,
        "extends": bool(words) and words[-1] in own.last_names and entity not in reference.inside,
        "acronym": is_acronym,
        "capitals_name": name.isupper(),
        "place_name": context.lexicon.affiliation(name) is not None,
    }


def _phrase_words(finder: CandidateFinder, reference: Reference, candidate: SpeakerCandidate) -> dict[str, float]:
    written = candidate.words.split()
    words = {fold(word) for word in written}
    shared = len(words & reference.words)
    return {
        "phrase_noun": bool(reference.noun) and (candidate.noun == reference.noun or reference.noun in words),
        "phrase_overlap": shared / max(len(reference.words), 1),
        "phrase_covered": shared / max(len(words), 1),
        "phrase_capitals": sum(word[:1].isupper() for word in written[1:]) / max(len(written), 1),
        "phrase_words": len(words),
        "phrase_plural": candidate.is_plural,
        "phrase_age": finder.seen_since(candidate.token) if candidate.sort is CandidateSort.PHRASE else 0,
    }
