"""The words that report speech, writing, thought and attitude, what each takes as content, and what denies a report."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache

from attrs import evolve, field, frozen

from quotesmith.lexicon import read_words
from quotesmith.lexicon.folding import fold_case
from quotesmith.lexicon.reporting_verbs import ReportingVerbSource, read_reporting_verbs, verb_forms
from quotesmith.records import Act

# No verb is shorter than this without its affix: "ment" alone is none, "deny" of "denial" is one.
_MIN_STEM = 3


class Frame(StrEnum):
    """How a reporting verb takes its content.

    "said that he won" (clause), "promised to go" (infinitive), "condemned the plan" (nominal),
    "called for peace" (prepositional; the verb's key holds the preposition).
    """

    CLAUSE = "clause"
    INFINITIVE = "infinitive"
    NOMINAL = "nominal"
    PREPOSITIONAL = "prepositional"


@frozen
class AssertionWords:
    """Words that deny an act, make it possible or put it off; in small letters, verbs as lemmas.

    Attributes:
        negative: Words that deny ("not", "never", "without").
        emphatic: Words that take a negation back ("not only").
        refusals: Words that deny the infinitive under them ("declined to say", "unable to say").
        future: Helpers that put it off ("will").
        prospects: Words that put off the infinitive under them ("plans to say", "due to speak").
        hypothetical: Helpers that make it only possible or wished ("would", "may", "must").
        habitual: Those of them by which one also tells what was usual ("would").
        usual: Words by which such a helper tells what was usual, whatever was said ("would always say that").
        possible: Words that make the infinitive under them only possible ("need to say", "a chance to speak").
        conditions: Words that open a condition ("if").
    """

    negative: frozenset[str]
    emphatic: frozenset[str]
    refusals: frozenset[str]
    future: frozenset[str]
    prospects: frozenset[str]
    hypothetical: frozenset[str]
    habitual: frozenset[str]
    usual: frozenset[str]
    possible: frozenset[str]
    conditions: frozenset[str]


@frozen
class EmptyWords:
    """Words that report that nothing is said; in small letters, verbs as lemmas.

    Attributes:
        nothing: What is said where nothing is ("said nothing").
        more: What may stand behind that ("nothing more").
        topics: What may stand behind it before what it is said of ("nothing about the plan").
        comments: Verbs and nouns for what one refuses without saying a thing ("declined to comment").
        citing: Verbs whose object may be whom one heard it from ("citing a minister").
    """

    nothing: frozenset[str]
    more: frozenset[str]
    topics: frozenset[str]
    comments: frozenset[str]
    citing: frozenset[str]


@frozen
class ReportingLexicon:
    """The reporting words of one language.

    Attributes:
        verbs: The act of each (lemma, frame); with a preposition the lemma is "call for".
        nouns: The act of each reporting noun lemma ("claim" in "her claim that ...").
        cues: The act of words that report where they are a cue, but are too common to find one by ("sure").
        naming: Lemmas whose object needs a name for it ("called the plan a mistake"); "called him" reports nothing.
        manner: Lemmas that report only next to a quotation ("she smiled").
        answers: Words that open an answer ("yes").
        replying: Lemmas of an answer to somebody else ("replied").
        musing: Lemmas of clauses that tell whose thought a sentence is ("it was late, she reflected").
        believing: Others, of clauses inside or behind the sentence only ("it was, she knew, late").
        addressing_oneself: Lemmas that tell of a thought where one does it to oneself ("said to herself").
        oneself: Pronouns for the one who speaks or thinks, as hearer.
        inwardly: Words by which a verb of speech tells of a thought.
        aloud: Words by which a verb of thought tells of speech ("wondered aloud").
        manner_nouns: Lemmas of nouns for how one speaks ("with a smile").
        addressing_prepositions: Prepositions before who is spoken to.
        writers: Pronouns for who writes the text.
        told: Pronouns for those whom the text tells of.
        continuing: Lemmas of what somebody says after other words of the same speaker ("added").
        perceiving: Verbs after which another one does something ("saw him leaving").
        copulas: Verbs that only join a subject and what it is ("be").
        light: Other verbs whose object or complement says what is done ("make a promise").
        suffixes: What a suffix stands for at the end of a verb ("denial" is of "deny": "ial" for "y").
        prefixes: Prefixes that leave the act as it is ("reassert").
        nested_source_phrases: Phrases before who says what another said ("according to"), as their words.
        holders: Prepositions between a reporting noun and whose it is ("complaints from teachers").
        links: Words that may stand alone between a cue and its quotation ("said that “...”").
        complementizers: Words that open a clause of content ("that").
        performing: Verbs whose object is a work ("sing").
        titling: Verbs whose participle stands before the title of a work ("a film called").
        expletives: Subjects that name nobody before a copula ("it is clear that ...").
        assertion: The words that deny an act or put it off.
        empty: The words that report that nothing is said.
        added: The verb of each form of the verbs that the user added, as `fold_case` gives the form.
    """

    verbs: Mapping[tuple[str, Frame], Act]
    nouns: Mapping[str, Act]
    cues: Mapping[str, Act]
    naming: frozenset[str]
    manner: frozenset[str]
    answers: frozenset[str]
    replying: frozenset[str]
    continuing: frozenset[str]
    musing: frozenset[str]
    believing: frozenset[str]
    addressing_oneself: frozenset[str]
    oneself: frozenset[str]
    inwardly: frozenset[str]
    aloud: frozenset[str]
    manner_nouns: frozenset[str]
    addressing_prepositions: frozenset[str]
    writers: frozenset[str]
    told: frozenset[str]
    perceiving: frozenset[str]
    copulas: frozenset[str]
    light: frozenset[str]
    suffixes: Mapping[str, tuple[str, ...]]
    prefixes: tuple[str, ...]
    nested_source_phrases: tuple[tuple[str, ...], ...]
    holders: frozenset[str]
    links: frozenset[str]
    complementizers: frozenset[str]
    performing: frozenset[str]
    titling: frozenset[str]
    expletives: frozenset[str]
    assertion: AssertionWords
    empty: EmptyWords
    added: Mapping[str, str] = field(factory=dict)

    def act(self, lemma: str, frame: Frame) -> Act | None:
        """The act that the verb reports in that frame; None where it reports none."""
        return self.verbs.get((lemma, frame))

    def lemma(self, written: str, lemma: str) -> str:
        """The verb that the user added if a word, as written, is a form of it; else its lemma.

        A pipeline doesn't know the lemma of a new verb: "skeete" for "skeeted".
        """
        return self.added.get(fold_case(written), lemma) if self.added else lemma

    def is_added(self, written: str) -> bool:
        """Whether a word is a form of a verb that the user added."""
        return bool(self.added) and fold_case(written) in self.added

    def with_verbs(self, source: ReportingVerbSource) -> "ReportingLexicon":
        """The lexicon with more verbs, which report in a clause ("skeeted that ...") and beside a quotation.

        A verb that is here already reports the act of its record from now on, in such a clause or beside a quotation.

        Args:
            source: A file or records, as for `read_reporting_verbs`.

        Raises:
            LexiconError: if the file or a record is malformed, or if a verb has two acts.
            ArgumentError: if the source is neither a path nor records.
            OSError: if the file can't be read.

        Examples:
            >>> lexicon = load_reporting().with_verbs([{"verb": "skeet", "act": "writing"}])
            >>> lexicon.act(lexicon.lemma("skeeted", "skeete"), Frame.CLAUSE).value
            'writing'
        """
        verbs = read_reporting_verbs(source)
        forms = {form: verb.verb for verb in verbs for form in verb_forms(verb.verb)}
        # A verb's own name beats a form of another.
        bases = {verb.verb: verb.verb for verb in verbs}
        return evolve(
            self,
            verbs={**self.verbs, **{(verb.verb, Frame.CLAUSE): verb.act for verb in verbs}},
            added={**self.added, **forms, **bases},
        )

    def guess(self, lemma: str) -> Act | None:
        """The act of a word that is known to be a cue, by itself or by its base; None where neither is known.

        Examples:
            >>> load_reporting().guess("condemnation").value
            'attitude'
        """
        known = self._listed(lemma)
        if known is not None:
            return known
        return next((act for base in self._bases(lemma) if (act := self._listed(base)) is not None), None)

    def _listed(self, lemma: str) -> Act | None:
        verb = (self.verbs.get((lemma, frame)) for frame in Frame)
        return next((act for act in (*verb, self.nouns.get(lemma), self.cues.get(lemma)) if act is not None), None)

    def _bases(self, lemma: str) -> Iterator[str]:
        for prefix in self.prefixes:
            if lemma.startswith(prefix):
                yield lemma.removeprefix(prefix)
        for suffix, endings in self.suffixes.items():
            stem = lemma.removesuffix(suffix)
            if len(stem) < len(lemma) and len(stem) >= _MIN_STEM:
                yield from (stem + ending for ending in endings)


@cache
def load_reporting(language: str = "en") -> ReportingLexicon:
    """The reporting words of a language.

    Raises:
        LanguageError: if there is no lexicon for the language.
    """
    data = read_words(language, "reporting")
    verbs: dict[tuple[str, Frame], Act] = {}
    for act, by_frame in data["verbs"].items():
        for frame, words in by_frame.items():
            for lemma in words.split("|" if frame == Frame.PREPOSITIONAL else None):
                verbs[lemma, Frame(frame)] = Act(act)
    return ReportingLexicon(
        verbs=verbs,
        nouns={lemma: Act(act) for act, words in data["nouns"].items() for lemma in words.split()},
        cues={lemma: Act(act) for act, words in data["cues"].items() for lemma in words.split()},
        naming=frozenset(data["naming"].split()),
        manner=frozenset(data["manner"].split()),
        answers=frozenset(data["answers"].split()),
        replying=frozenset(data["replying"].split()),
        continuing=frozenset(data["continuing"].split()),
        believing=frozenset(data["believing"].split()),
        musing=frozenset(data["musing"].split()),
        addressing_oneself=frozenset(data["addressing_oneself"].split()),
        oneself=frozenset(data["oneself"].split()),
        inwardly=frozenset(data["inwardly"].split()),
        aloud=frozenset(data["aloud"].split()),
        manner_nouns=frozenset(data["manner_nouns"].split()),
        addressing_prepositions=frozenset(data["addressing_prepositions"].split()),
        writers=frozenset(data["writers"].split()),
        told=frozenset(data["told"].split()),
        perceiving=frozenset(data["perceiving"].split()),
        copulas=frozenset(data["copulas"].split()),
        light=frozenset(data["light"].split()),
        suffixes={suffix: tuple(words.split("|")) for suffix, words in data["suffixes"].items()},
        prefixes=tuple(data["prefixes"].split()),
        nested_source_phrases=tuple(tuple(phrase.split()) for phrase in data["nested_source_phrases"].split("|")),
        holders=frozenset(data["holders"].split()),
        links=frozenset(data["links"].split()),
        complementizers=frozenset(data["complementizers"].split()),
        performing=frozenset(data["performing"].split()),
        titling=frozenset(data["titling"].split()),
        expletives=frozenset(data["expletives"].split()),
        assertion=AssertionWords(**_word_sets(data["assertion"])),
        empty=EmptyWords(**_word_sets(data["empty"])),
    )


def _word_sets(data: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in data.items()}
