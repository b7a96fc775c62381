"""What a cue reports: which act, and whether the text asserts it.

Both depend on the cue's main word, "say" of "has declined to say", "request" of "issued a request for", and on
the words around it in the parse. Any extractor can use them: they need only the cue and the content.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

import attrs
from spacy.tokens import Token

from quotesmith.extraction.attributions import Attribution, find_kind
from quotesmith.lexicon.reporting import Frame, ReportingLexicon
from quotesmith.parsed_text import ParsedText, near_children
from quotesmith.records import Act, Assertion, QuoteKind, TextSpans

_VERBS = frozenset({"VERB", "AUX"})
_NAMING = frozenset({"NOUN", "ADJ", "PROPN"})
_HELPERS = frozenset({"aux", "auxpass", "neg"})
_TIMES = frozenset({"advmod", "advcl", "npadvmod"})
_ANY_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_NOMINAL_OBJECTS = frozenset({"dobj", "nsubjpass"})
_PREPOSITIONS = frozenset({"prep", "prt", "agent", "advmod"})
# What a verb may stand under without a subject of its own.
_OPEN = frozenset({"xcomp", "acomp", "attr", "oprd"})
_LOOSE = frozenset({"advcl", "acl", "pcomp", "ccomp", "conj"})
_DENYING = frozenset({"advmod", "preconj", "cc", "det"})
_HEARERS = frozenset({"dative", "dobj", "prep"})
_PHRASES = frozenset({"nsubj", "nsubjpass", "dobj", "advmod", "npadvmod"})
_FINITE_TAGS = frozenset({"VBD", "VBZ"})
_BARE_TAGS = frozenset({"VB", "VBN", "VBG"})
_QUESTIONED_TAGS = frozenset({"WP", "WDT"})
# "seemed to have refused to say"
_CHAIN_BOUND = 6
# "wondered quite out loud"
_ADVERB_BOUND = 3
# Keeps work linear in the text.
_SENTENCE_BOUND = 100


def find_act(parsed: ParsedText, cue: TextSpans, lexicon: ReportingLexicon) -> Act:
    """The act that the cue reports; speech where the cue has no words, or none of a known act.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        cue: Where the cue stands, in characters; may be empty.
        lexicon: The reporting words.
    """
    words = _words(parsed, cue)
    main = _find_main(words, lexicon)
    if main is None:
        return Act.SPEECH
    acting = (word for word in words if word.pos_ in _VERBS | _NAMING or word.dep_ == "prep")
    acts = (_act(word, lexicon) for word in [main, *acting])
    act = next((act for act in acts if act is not None), None)
    if act is None:
        # What one is rather than does is a stand: "is on board with".
        is_state = any(_is_copula(word, lexicon) for word in words)
        act = Act.ATTITUDE if is_state else Act.SPEECH
    if act is Act.SPEECH and any(_is_medium(word, lexicon) for word in words):
        return Act.WRITING
    return act


def find_assertion(parsed: ParsedText, cue: TextSpans, content: TextSpans, lexicon: ReportingLexicon) -> Assertion:
    """Whether the text asserts the act that the cue reports.

    A negation counts before all else ("would not say"), then a question, then what makes the act only possible.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        cue: Where the cue stands, in characters; may be empty.
        content: Where the content stands; what is denied or asked there is the source's.
        lexicon: The reporting words.
    """
    words = _words(parsed, cue)
    main = _find_main(words, lexicon)
    if main is None or _is_nested_source(words, lexicon):
        return Assertion.ASSERTED
    chain = _climb(main, words, lexicon)
    around = [
        [token for token in near_children(verb) if token in words or not _is_within(token, content)] for verb in chain
    ]
    before = [word for word in words if word.i < main.i]
    beside = [*before, *(child for children in around for child in children if child.dep_ in _HELPERS)]
    # A finite verb takes no modal: "Will wrote" has a name before it.
    helpers = [helper for helper in beside if helper.head.tag_ not in _FINITE_TAGS]
    if _is_negated(chain, [*before, *(child for children in around for child in children)], lexicon):
        return Assertion.NEGATED
    if _is_asked(chain[-1], around[-1], content, lexicon):
        return Assertion.QUESTION
    # "Would say that" is no more than possible, unless the words were said or it was usual.
    is_word_by_word = find_kind(parsed.marked_words, content, cue) is QuoteKind.DIRECT
    is_habit = (is_word_by_word or _is_usual(around, lexicon)) and _is_habit(chain, helpers, around, lexicon)
    if not is_habit and _is_possible(chain, helpers, around, lexicon):
        return Assertion.HYPOTHETICAL
    if _is_ahead(chain, helpers, lexicon):
        return Assertion.FUTURE
    return Assertion.ASSERTED


def settle_assertions(
    parsed: ParsedText, quotes: Iterable[Attribution], lexicon: ReportingLexicon
) -> list[Attribution]:
    """The attributions, each with whether the text asserts its act."""
    return [
        attrs.evolve(quote, assertion=find_assertion(parsed, quote.cue, quote.content, lexicon)) for quote in quotes
    ]


def settle_acts(parsed: ParsedText, quotes: Iterable[Attribution], lexicon: ReportingLexicon) -> list[Attribution]:
    """The attributions, each with the act as others hear it.

    "Said to herself" and "vowed inwardly" report thoughts, "wondered aloud" reports speech.
    """
    return [attrs.evolve(quote, act=_heard_act(parsed, quote, lexicon)) for quote in quotes]


def _heard_act(parsed: ParsedText, quote: Attribution, lexicon: ReportingLexicon) -> Act:
    main = find_main_word(parsed, quote.cue, lexicon) if quote.act in {Act.SPEECH, Act.THOUGHT} else None
    if main is None or main.pos_ not in _VERBS:
        return quote.act
    following = main.doc[main.i + 1 : main.i + 1 + _ADVERB_BOUND]
    if any(word.lower_ in lexicon.aloud for word in takewhile(lambda word: not word.is_punct, following)):
        return Act.SPEECH
    children = near_children(main)
    behind = [child for child in children if child.i > main.i and child.dep_ in _HEARERS]
    hearers = [*behind, *(below for child in behind for below in near_children(child))]
    is_inward = any(child.lower_ in lexicon.inwardly for child in children if child.dep_ == "advmod")
    to_oneself = find_lemma(main, lexicon) in lexicon.addressing_oneself and any(
        word.lower_ in lexicon.oneself for word in hearers
    )
    return Act.THOUGHT if is_inward or to_oneself else quote.act


def find_main_word(parsed: ParsedText, cue: TextSpans, lexicon: ReportingLexicon) -> Token | None:
    """The word of the cue that says what is done; None where it has no words.

    "declined to claim": claim; "made a strong case": case; "is not sure": sure; "said in a statement": said.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        cue: Where the cue stands, in characters; may be empty.
        lexicon: The reporting words.
    """
    return _find_main(_words(parsed, cue), lexicon)


def find_lemma(word: Token, lexicon: ReportingLexicon) -> str:
    """The word's lemma in small letters; of a verb that the user added, the verb."""
    return lexicon.lemma(word.lower_, word.lemma_.lower() or word.lower_)


def is_known_cue(parsed: ParsedText, cue: TextSpans, lexicon: ReportingLexicon) -> bool:
    """Whether some word of the cue is known to report, or it is a mark that does ("Poll: ...").

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        cue: Where the cue stands, in characters; one that is empty isn't known.
        lexicon: The reporting words.
    """
    words = _words(parsed, cue)
    return any(_act(word, lexicon) is not None for word in words) if words else bool(cue)


def _words(parsed: ParsedText, cue: TextSpans) -> list[Token]:
    """The words of the cue, also those that it only overlaps."""
    words = (parsed.doc[index] for span in cue for index in parsed.tokens(span))
    return [word for word in words if any(map(str.isalnum, word.text))]


def _find_main(words: Sequence[Token], lexicon: ReportingLexicon) -> Token | None:
    """The lowest verb of the cue, or the noun or adjective beside a verb that doesn't say what is done."""
    top = min((word for word in words if not _is_inside(word.head, word, words)), key=_rank, default=None)
    if top is None:
        return None
    main = top
    for word in words:
        if word.i > main.i and word.head.i == main.i and word.pos_ in _VERBS:
            is_lower = word.dep_ in _LOOSE and not _reports(main, lexicon)
            main = word if word.dep_ == "xcomp" or is_lower else main
    if _reports(main, lexicon):
        return main
    named = [
        word
        for word in words
        if word.pos_ in _VERBS | _NAMING
        and word.dep_ not in _HELPERS
        and (word.i > main.i or _is_copula(main, lexicon))
    ]
    known = (word for word in sorted(named, key=_rank) if _reports(word, lexicon))
    return next(known, next((word for word in named if _is_light(main, lexicon)), main))


def _is_inside(head: Token, word: Token, words: Sequence[Token]) -> bool:
    return head.i != word.i and words[0].i <= head.i <= words[-1].i


def _rank(word: Token) -> tuple[bool, bool, int]:
    """Verbs first, then names of things; helpers and the rest last."""
    return (word.pos_ not in _VERBS or word.dep_ in _HELPERS, word.pos_ not in _NAMING, word.i)


def _reports(word: Token, lexicon: ReportingLexicon) -> bool:
    return not _is_light(word, lexicon) and _act(word, lexicon) is not None


def _is_light(word: Token, lexicon: ReportingLexicon) -> bool:
    return _is_copula(word, lexicon) or (word.pos_ in _VERBS and find_lemma(word, lexicon) in lexicon.light)


def _is_copula(word: Token, lexicon: ReportingLexicon) -> bool:
    return word.dep_ not in _HELPERS and find_lemma(word, lexicon) in lexicon.copulas


def _act(word: Token, lexicon: ReportingLexicon) -> Act | None:
    """The act of one word, a verb's by how it takes its content; None where the lexicon has none."""
    lemma = find_lemma(word, lexicon)
    # Lemmas of small models may be wrong: "hop" for "hoped".
    guessed = lexicon.guess(lemma) or lexicon.guess(word.lower_)
    if word.pos_ not in _VERBS:
        return lexicon.nouns.get(lemma) or guessed
    children = near_children(word)
    keys = (f"{lemma} {child.lower_}" for child in children if child.dep_ in _PREPOSITIONS)
    acts = [lexicon.act(key, Frame.PREPOSITIONAL) for key in keys]
    if any(child.dep_ in _NOMINAL_OBJECTS for child in children):
        acts.append(lexicon.act(lemma, Frame.NOMINAL))
    return next((act for act in acts if act is not None), guessed)


def _is_medium(word: Token, lexicon: ReportingLexicon) -> bool:
    """Whether the word names what is written, and a preposition says so: "according to a court document"."""
    return word.pos_ == "NOUN" and word.dep_ == "pobj" and lexicon.guess(find_lemma(word, lexicon)) is Act.WRITING


def _climb(main: Token, words: Sequence[Token], lexicon: ReportingLexicon) -> list[Token]:
    """The main word, the verb it needs to be one of a clause, and those above that deny it or put it off."""
    chain = [main]
    while len(chain) < _CHAIN_BOUND and _leans_on_head(chain[-1], words, lexicon):
        chain.append(chain[-1].head)
    return chain


def _leans_on_head(word: Token, words: Sequence[Token], lexicon: ReportingLexicon) -> bool:
    head = word.head
    if head.i == word.i:
        return False
    if word.dep_ in _OPEN or (words[0].i <= head.i <= words[-1].i and word.dep_ != "conj"):
        return True
    if word.dep_ in {"dobj", "pobj"}:
        return _is_light(head, lexicon)
    if word.dep_ in {"ccomp", "acl"}:
        return _find_to(word) is not None
    if word.dep_ == "conj":
        # "may go and say": a helper stands with the first verb alone, and gives both their form.
        return word.tag_ == head.tag_ and word.tag_ in _BARE_TAGS and not _has_subject(word)
    return (
        word.dep_ in {"pcomp", "prep"}
        and find_lemma(head, lexicon) in lexicon.assertion.refusals | lexicon.assertion.negative
    )


def _is_negated(chain: Sequence[Token], around: Sequence[Token], lexicon: ReportingLexicon) -> bool:
    words, main = lexicon.assertion, chain[0]
    if any(find_lemma(above, lexicon) in words.refusals or above.lower_ in words.negative for above in chain[1:]):
        return True
    if find_lemma(main, lexicon) in words.refusals:
        return any(child.dep_ == "xcomp" and _act(child, lexicon) is not None for child in near_children(main))
    return any(_denies(token, main, lexicon) for token in around) or _joins_negative(main, lexicon)


def _denies(token: Token, main: Token, lexicon: ReportingLexicon) -> bool:
    """Whether a word by the main word's clause denies it: "not", "no senator", "none of them", "no longer"."""
    words = lexicon.assertion
    if token.dep_ in _PHRASES and token.lower_ not in words.emphatic:
        is_of_none = any(child.lower_ in words.negative for child in near_children(token) if child.i < main.i)
        if is_of_none or token.lower_ in words.negative:
            return True
    if token.i > main.i:
        return token.dep_ == "neg"
    is_negative = token.dep_ == "neg" or (token.lower_ in words.negative and token.dep_ in _DENYING)
    return is_negative and token.doc[token.i + 1].lower_ not in words.emphatic


def _joins_negative(verb: Token, lexicon: ReportingLexicon) -> bool:
    """Whether a negative word joins the verb to the one before it: "neither confirmed nor denied"."""
    joining = (child for child in near_children(verb.head) if child.dep_ == "cc" and child.i < verb.i)
    return verb.dep_ == "conj" and any(word.lower_ in lexicon.assertion.negative for word in joining)


def _is_asked(top: Token, children: Sequence[Token], content: TextSpans, lexicon: ReportingLexicon) -> bool:
    """Whether the clause of the topmost verb is a question: "did he say ...?", "is he sure ...?", "who says ...?"."""
    mark = _sentence_end(top)
    if mark.text != "?" or _is_within(mark, content):
        return False
    if any(child.tag_ in _QUESTIONED_TAGS and child.dep_ in _ANY_SUBJECTS for child in children):
        return top.dep_ != "relcl"
    order = [child for child in children if child.dep_ in _HELPERS | _ANY_SUBJECTS]
    if order and order[0].dep_ in _HELPERS:
        return any(child.dep_ in _ANY_SUBJECTS for child in order)
    return bool(order) and _is_copula(top, lexicon) and top.i < order[0].i


def _sentence_end(token: Token) -> Token:
    """The last token of the sentence but for white space, brackets and quotation marks."""
    doc = token.doc
    reach = min(len(doc), token.i + _SENTENCE_BOUND)
    end = next((i for i in range(token.i + 1, reach) if doc[i].is_sent_start), reach)
    closing = (i for i in range(end - 1, token.i, -1) if doc[i].is_space or doc[i].is_quote or doc[i].is_bracket)
    for index in closing:
        if index != end - 1:
            break
        end = index
    return doc[end - 1]


def _is_possible(
    chain: Sequence[Token], helpers: Sequence[Token], around: Sequence[Sequence[Token]], lexicon: ReportingLexicon
) -> bool:
    words = lexicon.assertion
    # "'d" of "had said" is no "would".
    if any(helper.lower_ in words.hypothetical and helper.tag_ != "VBD" for helper in helpers):
        return True
    marks = (child for children in around for child in children if child.dep_ in {"mark", "advmod"})
    if any(mark.lower_ in words.conditions and mark.i < chain[-1].i for mark in marks):
        return True
    infinitives = (above for word, above in pairwise(chain) if _find_to(word) is not None)
    return any(
        find_lemma(above, lexicon) in words.possible or _wants(above, lexicon) for above in infinitives
    ) or _is_order(chain)


def _is_nested_source(words: Sequence[Token], lexicon: ReportingLexicon) -> bool:
    """Whether the cue is "according to", which nothing denies: the verb above it is the source's own."""
    cue = tuple(word.lower_ for word in words)
    return any(cue[: len(phrase)] == phrase for phrase in lexicon.nested_source_phrases)


def _is_habit(
    chain: Sequence[Token],
    helpers: Sequence[Token],
    around: Sequence[Sequence[Token]],
    lexicon: ReportingLexicon,
) -> bool:
    """Whether a helper tells what somebody used to say: “Mind the gap,” the guard would shout.

    What "I" or "you" would say is only thought of, and so is what depends on a condition.
    """
    words = lexicon.assertion
    doubts = [helper for helper in helpers if helper.lower_ in words.hypothetical]
    is_simple = len(chain) == 1 and chain[0].tag_ == "VB"
    if not doubts or not is_simple or any(helper.lower_ not in words.habitual for helper in doubts):
        return False
    subjects = [child for child in around[0] if child.dep_ in _ANY_SUBJECTS]
    persons = (str(subject.morph) for subject in subjects)
    if not subjects or any(person in morph for morph in persons for person in ("Person=1", "Person=2")):
        return False
    clauses = [child for child in around[0] if child.dep_ in {"mark", "advcl"}]
    return not any(word.lower_ in words.conditions for child in clauses for word in (child, *near_children(child)))


def _is_usual(around: Sequence[Sequence[Token]], lexicon: ReportingLexicon) -> bool:
    """Whether a word beside the verb, or in a clause or time beside it, says that it was done again and again."""
    return any(
        word.lower_ in lexicon.assertion.usual
        for child in around[0]
        if child.dep_ in _TIMES
        for word in (child, *near_children(child))
    )


def _wants(verb: Token, lexicon: ReportingLexicon) -> bool:
    """Whether an infinitive under the verb is asked for, promised or wished, which leaves open if it is done."""
    is_ahead = find_lemma(verb, lexicon) in lexicon.assertion.prospects
    return not is_ahead and lexicon.act(find_lemma(verb, lexicon), Frame.INFINITIVE) is not None


def _is_order(chain: Sequence[Token]) -> bool:
    """Whether the topmost verb is an imperative: "Take a look"."""
    top = chain[-1]
    is_bare = not any(child.dep_ in _ANY_SUBJECTS | _HELPERS for child in near_children(top))
    return top.tag_ == "VB" and top.dep_ == "ROOT" and is_bare


def _is_ahead(chain: Sequence[Token], helpers: Sequence[Token], lexicon: ReportingLexicon) -> bool:
    words = lexicon.assertion
    if any(helper.lower_ in words.future for helper in helpers):
        return True
    infinitives = [(to.i, above) for word, above in pairwise(chain) if (to := _find_to(word)) is not None]
    # "is to announce", unlike "is easy to say"
    is_due = any(_is_copula(above, lexicon) and above.i + 1 == to for to, above in infinitives)
    return is_due or any(find_lemma(above, lexicon) in words.prospects for _, above in infinitives)


def _find_to(verb: Token) -> Token | None:
    """The "to" of an infinitive; None before a verb of another form."""
    return next((child for child in near_children(verb) if child.tag_ == "TO" and child.i < verb.i), None)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _ANY_SUBJECTS for child in near_children(verb))


def _is_within(token: Token, spans: TextSpans) -> bool:
    return any(span.start <= token.idx < span.end for span in spans)
