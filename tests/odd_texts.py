"""`odd_text`: English reported speech as people, machines and mischief write it; `odd_texts`, the same for hypothesis.

All names are invented or common, and no sentence is anybody's.
"""

import math
import re
from collections.abc import Mapping, Sequence
from random import Random

from hypothesis import strategies as st

from tests.noise import add_noise

SEEDS = 2**32
_SYMBOL = re.compile(r"\{(\w+)\}")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LEAST_WORDS = 30
_MOST_WORDS = 20_000

# Opening and closing mark, and those of a passage inside.
_MARKS = (
    *(("“", "”", "‘", "’"),) * 6,
    *(('"', '"', "'", "'"),) * 6,
    *(("‘", "’", "“", "”"), ("'", "'", '"', '"')) * 2,
    ("«", "»", "‹", "›"),
    ("« ", " »", "“", "”"),
    ("»", "«", "›", "‹"),
    ("„", "“", "‚", "‘"),
    ("„", "”", "’", "’"),
    ("”", "”", "’", "’"),
    ("``", "''", "`", "'"),
    ("''", "''", "'", "'"),
    ("「", "」", "『", "』"),
    ("〝", "〞", "「", "」"),
    ("＂", "＂", "'", "'"),
    ("— ", "", "“", "”"),
    ("&quot;", "&quot;", "&#39;", "&#39;"),
    ("&ldquo;", "&rdquo;", "&lsquo;", "&rsquo;"),
    ("“", '"', "'", "”"),
    ("", "", "", ""),
)
_GIVEN = (
    *("Ann", "Bo", "Carla", "Dmitri", "Efua", "Fatima", "Goran", "Hana", "Ivo", "Jane", "José", "Kwame", "Li"),
    *("Mary-Kate", "Noor", "Omar", "Per", "Rosa", "Sam", "Will", "Zoë"),
)
_FAMILY = (
    *("Lee", "Roe", "Holm", "O’Brien", "O'Neil", "MacArdle", "Smith-Jones", "Day", "May", "Brown", "Young", "Okafor"),
    *("Nguyen", "Ivanov", "García", "Çelik", "Wu", "Ng", "Lindqvist", "Baker"),
)
_PARTICLES = ("", "", "", "", "", "van der ", "de ", "al-", "von ", "St. ", "bin ", "Mc")
_NAME_FORMS = (
    *("{given} {family}",) * 8,
    *("{family}",) * 8,
    *("{title} {family}", "{title} {given} {family}") * 3,
    "{given}",
    "{given} B. {family}",
    "J.R. {family}",
    "{given} “Buddy” {family}",
    "{given} {family} Jr.",
    "{family}, {role},",
    "{role} {given} {family}",
    "the {family}s",
    "{given} and {other} {family}",
    "{GIVEN} {FAMILY}",
    "{family} {given}",
    "Lord {family} of Holm",
    "@{given}{family}",
)

# A symbol's alternatives; those that come more often are there more than once. `_own_symbols` adds a document's own.
GRAMMAR: Mapping[str, tuple[str, ...]] = {
    "given": _GIVEN,
    "family": _FAMILY,
    "GIVEN": tuple(map(str.upper, _GIVEN)),
    "FAMILY": tuple(map(str.upper, _FAMILY)),
    "other": _GIVEN,
    "title": ("Mr.", "Mrs", "Ms.", "Dr.", "Prof.", "Sen.", "President", "Mayor", "Capt.", "Sir", "Sheikh", "Judge"),
    "role": (
        *("the mayor", "the company’s spokeswoman", "a neighbour", "the union's lawyer", "the prime minister"),
        *("the New York businessman", "the 43-year-old", "a source close to the talks", "one of the two men"),
        *("the former minister of roads and bridges", "his mother", "our man in Holmstad", "the CEO", "a fan"),
    ),
    "body": (
        *("the police", "Northern Rail", "the government", "Beijing", "the Kremlin", "the U.N.", "the Holm Times"),
        *("analysts", "officials", "both men", "the two women", "witnesses", "the ministry", "Acme Inc.", "the EU"),
    ),
    "pronoun": ("he", "she", "they", "I", "we", "it", "who", "someone", "You", "He", "She", "They", "one"),
    "who": (*("{person}",) * 6, *("{pronoun}",) * 4, *("{role}", "{body}") * 2, "nobody", "{person} and {person}"),
    "said": (
        *("said",) * 8,
        *("told {object}", "added", "asked", "wrote", "claimed", "explained", "has said", "was saying", "says"),
        *("replied", "shouted", "tweeted", "thinks", "did not say", "would say", "might have said", "will say"),
        *("had been told", "went on to say", "is like", "goes", "said in a statement", "warned {object}", "quipped"),
    ),
    "object": ("reporters", "the press", "{person}", "{role}", "him", "her", "them", "us", "the BBC", "{body}"),
    "when": ("on Monday", "late on Tuesday", "in 1999", "", "", "", "yesterday", "at a rally in Holmstad", "again"),
    "thing": (
        *("the bridge", "the plan", "taxes", "a new school", "peace", "the vote", "this", "nothing", "the strike"),
        *("her resignation", "5% of it", "$3.2 million", "the so-called {open}deal{close}", 'a 12" pipe', "it"),
    ),
    "does": ("is closed", "will fail", "went up", "was never meant to be", "doesn't matter", "are here", "could work"),
    "clause": (
        *("{thing} {does}",) * 4,
        *("{who} wanted {thing}", "there was no money for {thing}", "we can’t go on", "rock 'n' roll was dead"),
        *("if {thing} {does}, {thing} {does}", "{thing}, which {does}, {does}", "no", "I heard {who} say {clause}"),
        *("{who} {said} that {clause}", "{who} {said}, {open2}{clause}{close2}"),
        *("{thing} {does} and {thing} {does} but not before {thing} {does} and {thing} {does}",),
    ),
    "Clause": ("{clause}", "Well, {clause}", "Look, {clause}", "…{clause}", "[{thing}] {does}", "The {clause}", "No"),
    "end": (".", ".", ".", "?", "!", "...", "…", "?!", "--", "—", ""),
    "direct": (
        *("{open}{Clause},{close} {who} {said} {when}.",) * 6,
        *("{open}{Clause}{end}{close} {who} {said}.", "{open}{Clause},{close} said {person}."),
        *("{who} {said} {when}, {open}{Clause}.{close}", "{who} {said}: {open}{Clause}{end}{close}"),
        *("{open}{Clause},{close} {who} {said}, {open}{clause}.{close}",) * 2,
        *("{open}{Clause},{close} {who} {said}. {open}{Clause}{end}{close}",),
        *("{open}{Clause}{end}{close}", "{open}{Clause}{end}{close} {open}{Clause}{end}{close}", "{open}{close}"),
        *("{open}{Clause} ({who} {said} so) {clause}{end}{close}", "({open}{Clause}{end}{close})"),
        *("{open}{Clause}: {open2}{Clause}{end}{close2}{close} {who} {said}.",),
        *("{open}{Clause}, {open2}{clause}, {open}{clause}{close}, {clause},{close2} {clause},{close} {who} {said}.",),
    ),
    "indirect": (
        *("{who} {said} {when} that {clause}.",) * 3,
        *("{who} {said} {clause}.", "According to {who}, {clause}.", "{Clause}, according to {who}."),
        *("{Clause}, {who} {said}.", "{who} condemned {thing}.", "{who} promised to leave {thing} alone."),
        *("Did {who} say that {clause}?", "{Clause}, said {person}, according to {who}, which {said} that {clause}."),
        *("{who}'s claim that {clause} {does}.", "{who} was quoted by {who} as saying that {clause}."),
    ),
    "mixed": (
        *("{who} {said} that {thing} {open}{does}{close} {when}.",) * 2,
        *("{who} called {thing} {open}{thing}{close} and {open}{thing}{close}.",),
        *("According to {who}, {thing} {open}{does}.{close}", "{Clause} {open}{does},{close} {who} {said}."),
        *("{who} {said} {clause}, {open}{clause}, {clause}.{close}",),
    ),
    "plain": ("It rained {when}.", "{person} met {person} {when}.", "{person} left.", "The end.", "{thing} {does}."),
    "sentence": ("{direct}", "{direct}", "{indirect}", "{mixed}", "{plain}"),
    "paragraph": ("{sentence}", "{sentence} {sentence}", "{sentence} {sentence} {sentence}", "{direct} {indirect}"),
    "continued": (
        "{who} {said}: {open}{Clause}. {Clause}.{break}{open}{Clause}.{break}{open}{Clause}.{close}",
        "{open}{Clause},{close} {who} {said}. {open}{Clause}.{break}{open}{Clause}.{close}",
        "{open}{open2}{Clause}.{break}{open}{open2}{Clause},{close2} {who} {said}.{close}",
        "{open}{Clause}.{break}{Clause}.{break}{Clause}.{close} {who} {said}.",
    ),
    "dialogue": (
        "{open}{Clause}?{close}{break}{open}{Clause}.{close}{break}{open}{Clause},{close} {who} {said}.",
        "— {Clause}? {said} {who}.{break}— {Clause}.{break}— {Clause}! {who} {said}. {Clause}.",
        "--{Clause}, {who} {said}.{break}--{Clause}?",
        "{open}{Clause}, {given},{close} {who} {said}.{break}{open}{Clause}--{close}{break}{open}{Clause}!{close}",
    ),
    "transcript": (
        "{label}: {Clause}.{break}{label}: {indirect} {direct}{break}{label}: {Clause}?{break}{label}: No.",
        "Q: {Clause}?{break}A: {Clause}. {mixed}{break}Q: {Clause}?{break}A: {Clause}.{break}(Laughter.)",
        "Q   {Clause}?{break}THE PRESIDENT:  {Clause}.{break}Q   {Clause}?{break}{label} (through interpreter): No.",
        "{open}{label}: {Clause}.{close}{break}{open}{label}: {Clause}.{close}{break}{open}{label}: {Clause}.{close}",
        "[12:03] <{given}> {Clause}{break}[12:04] <{given}> > {Clause}{break}[12:05] <{given}> {Clause} lol",
    ),
    "label": ("{FAMILY}", "{FAMILY}", "{given} {family}", "{title} {family}", "{family}", "{GIVEN} {FAMILY}", "MAN"),
    "heading": (
        *("{person}: {Clause}", "{thing} {does}, says {family}", "HOLMSTAD, Nov. 3 (Reuters) — {sentence}"),
        *("By {GIVEN} {FAMILY}, Staff Writer", "By {given} {family} and {person}", "{open}{Clause}{close}"),
        *("{person}, 61, dies", "# {Clause}", "Published: 3 Nov. 2021 12:00 GMT", "Photo: {person}/Acme"),
    ),
    "signed": (
        *("{open}{Clause}.{close} — {person}", "{open}{Clause}.{close}{break}– {person}, {role}"),
        *("> {Clause}.{break}> {Clause}.{break}-- {person}", "Dear {person},{break}{Clause}.{break}Yours, {person}"),
    ),
    "list": (
        *("- {Clause}{break}- {sentence}{break}- {direct}", "1. {person}: {Clause}{break}2. {person}: {Clause}"),
        *("{person}\t{thing}\t547{break}{person}\t{thing}\t12", "* {Clause};{break}* {Clause}."),
        *("{title} {family}: 5{break}{title} {family}: 7{break}{title} {family}: 9",),
    ),
    "nested": (
        *("{who} {said} {who} {said} {who} {said} that {clause}.", "{open}{direct}{close} {who} {said}."),
        *("{open}{open}{open}{Clause}{close}{close}{close}", "{open}{open2}{Clause}{close}{close2}"),
        *("{open}{indirect} {mixed} {direct}{close} {who} {said}.", "{open}{transcript}{close} {who} {said}."),
    ),
    "block": (
        *("{paragraph}",) * 14,
        *("{continued}", "{dialogue}", "{transcript}", "{heading}", "{signed}", "{list}", "{nested}") * 1,
        *("{continued}", "{dialogue}", "{heading}", "{nested}"),
    ),
}
_BREAKS = ("\n\n", "\n\n", "\n\n", "\n\n", "\n", "\n", "\r\n\r\n", "\r\n", "<br><br>", "</p>\n<p>", "\u2029", " ")
# So deep a sentence says no more.
_DEEPEST = 12


def odd_text(random: Random) -> str:
    """A document of about fifty words, seldom of thousands; any string may come, but for surrogates in pairs.

    JSON can't hold such pairs.
    """
    words = min(_MOST_WORDS, max(1, round(random.lognormvariate(math.log(_LEAST_WORDS), 1.0))))
    text = add_noise(random, _write(random, words))
    return _SURROGATE_PAIR.sub("\ufffd\ufffd", text)


def odd_texts() -> st.SearchStrategy[str]:
    """The documents of `odd_text`."""
    return st.integers(0, SEEDS - 1).map(lambda seed: odd_text(Random(seed)))


def _write(random: Random, words: int) -> str:
    """Blocks of at least so many words together, their marks and line ends of one style."""
    grammar = {**GRAMMAR, **_own_symbols(random)}
    blocks = []
    while words > 0:
        blocks.append(_expand(random, grammar, "{block}"))
        words -= max(1, len(blocks[-1].split()))
    return _expand(random, grammar, "{break}").join(blocks)


def _own_symbols(random: Random) -> Mapping[str, tuple[str, ...]]:
    """What holds for one document: marks, line ends, and a few people who come again under several forms."""
    marks = random.choice(_MARKS)
    people = [form for _ in range(random.randint(1, 4)) for form in _forms(random)]
    return {
        **{name: (mark,) for name, mark in zip(("open", "close", "open2", "close2"), marks, strict=True)},
        "break": (random.choice(_BREAKS),),
        "person": tuple(people),
    }


def _forms(random: Random) -> list[str]:
    """Three forms of one person's name."""
    given, family = random.choice(GRAMMAR["given"]), random.choice(_PARTICLES) + random.choice(GRAMMAR["family"])
    own = {"given": (given,), "family": (family,), "GIVEN": (given.upper(),), "FAMILY": (family.upper(),)}
    return [_expand(random, {**GRAMMAR, **own}, form) for form in random.choices(_NAME_FORMS, k=3)]


def _expand(random: Random, grammar: Mapping[str, Sequence[str]], text: str, depth: int = 0) -> str:
    """The text, each of its symbols one of the symbol's alternatives, expanded too."""
    if depth > _DEEPEST:
        return _SYMBOL.sub("it", text)
    return _SYMBOL.sub(lambda match: _expand(random, grammar, random.choice(grammar[match[1]]), depth + 1), text)
