"""Examples for the choice of speakers: the sources found in articles whose speakers are known, with candidates."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray
from spacy.tokens import Doc

from quotesmith.coreference import AntecedentScorer, CorefereeAdapter
from quotesmith.encoder import Encoder, find_name_kinds
from quotesmith.extraction import Attribution, Extractor, LayoutReader
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind
from quotesmith.speakers import resolve_speakers
from quotesmith.speakers.choice.candidates import CandidateSort, SpeakerCandidate
from quotesmith.speakers.choice.features import FEATURES
from quotesmith.speakers.choice.head_nouns import HeadNouns
from quotesmith.speakers.choice.references import Reference
from quotesmith.training.calibration import paired
from quotesmith.training.clusters import read_gap
from quotesmith.training.corpora import PILOTS, CharSpan, read_rows

LITBANK: Final = "litbank"
GAP: Final = "gap"
MADE: Final = "made"
_MADE_ARTICLES: Final = Path(__file__).with_name("made_articles")
CHOICE_CORPORA: Final[Mapping[str, tuple[str, ...]]] = {
    "train": ("polnear/train.jsonl.gz", "polnear/train_speakers.jsonl", "polnear/train_pronouns.jsonl"),
    "clean": ("polnear/clean.jsonl.gz", "polnear/clean_speakers.jsonl"),
    "wikinews": ("wikinews/articles.jsonl.gz", "wikinews/speakers.jsonl"),
    "gum": ("gum/quotes.jsonl.gz", "gum/quotes_speakers.jsonl"),
    LITBANK: ("litbank/quotations_dev.jsonl.gz",),
    GAP: ("gap/development.jsonl.gz",),
    MADE: tuple(str(_MADE_ARTICLES / f"{name}.jsonl") for name in ("articles", "speakers", "pronouns")),
}
"""The corpora that say who speaks, or whom pronouns mean: texts, speakers, and whom other pronouns mean.

The made articles were written for this project, about people and places that don't exist.
"""
_CHOICE_WORD: Final = re.compile(r"\w+")
_NAME_WORD: Final = re.compile(r"[^\w\s'-]")
# fmt: off
_TITLES: Final = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "sen", "senator", "rep", "representative", "gov", "governor",
    "president", "sir", "lord", "lady", "judge", "justice", "gen", "general", "col", "colonel", "secretary",
    "professor", "prof", "rev", "the", "a", "an", "former", "vice", "prime", "minister", "premier",
})
# fmt: on
_UNTELLING_WORDS: Final = frozenset(
    {"of", "in", "on", "at", "by", "for", "from", "to", "and", "with", "who", "the", "a"}
)
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii"})
_LONGER: Final = 2
_PROBABILITY_COLUMN: Final = FEATURES.index("probability")
_NAMES_COLUMN: Final = FEATURES.index("names")
_PLAINNESS: Final = 0.4


@frozen
class GoldSpeaker:
    """Whom a source means.

    Attributes:
        doc_id: The article.
        id: The attribution in it.
        form: "name", "nominal" or "pronoun".
        speakers: The names; "A|B" where several forms are right.
        kind: Of what kind they are.
        unresolvable: Whether the article names nobody.
        skip: Whether readers disagree.
        others: Names whose bearers it doesn't mean, where that is all that is known.
    """

    doc_id: str
    id: str
    form: str
    speakers: tuple[str, ...]
    kind: str
    unresolvable: bool
    skip: bool = False
    others: tuple[str, ...] = ()


@frozen
class ChoiceArticle:
    """An article whose speakers are known.

    Attributes:
        corpus: The name of its corpus.
        doc_id: Its name.
        text: Its text.
        contents: The spans of each attribution's content.
        speakers: Whom each means, by the attribution's id.
        pronouns: Whom other pronouns mean, by the character where each begins.
        rivals: Names of people who could be mistaken for these.
    """

    corpus: str
    doc_id: str
    text: str
    contents: Mapping[str, tuple[CharSpan, ...]]
    speakers: Mapping[str, GoldSpeaker]
    pronouns: Mapping[int, GoldSpeaker] = attrs.field(factory=dict)
    rivals: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """All names of the gold speakers, and of those who could be mistaken for them."""
        found = {name for one in self.speakers.values() if not one.unresolvable for name in one.speakers}
        return sorted(found.union(self.rivals))


@frozen(eq=False)
class ChoiceExample:
    """A source with its candidates.

    Attributes:
        corpus: The name of its corpus.
        doc_id: Its article.
        id: The gold attribution.
        gold: Whom it means.
        noun: Its head noun, as the tables have it.
        features: Of the candidates, (candidates, features).
        right: Whether each candidate is right, (candidates,).
        named: Whether each has a name, (candidates,).
        names: The names of each.
        is_part: Whether it is one of several sources of the attribution.
        is_source: Whether it is a source at all.
    """

    corpus: str
    doc_id: str
    id: str
    gold: GoldSpeaker
    noun: str
    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    named: NDArray[np.bool_]
    names: tuple[tuple[str, ...], ...]
    is_part: bool
    is_source: bool


# Names


def _norm(name: str) -> tuple[str, ...]:
    words = [re.sub(r"'s$|'$", "", word) for word in _NAME_WORD.sub(" ", name.replace("’", "'").casefold()).split()]
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words = words[:-1]
    return tuple(word for word in words if word)


def name_match(given: str, wanted: str) -> int:
    """How well a name given fits one wanted: 2 the same, 1 one is part of the other, 0 neither."""
    one, other = _norm(given), _norm(wanted)
    if not one or not other:
        return 0
    if one == other:
        return 2
    short, long = sorted((one, other), key=len)
    if not set(short) <= set(long) or short[-1] not in long or len(long) - len(short) > _LONGER:
        return 0
    capital = {_norm(word)[0] for word in f"{given} {wanted}".split() if word[:1].isupper() and _norm(word)}
    if not set(short) & capital:
        return 0
    return int(len(one) <= len(other) or set(one) - set(other) <= capital)


def is_right_name(given: str, wanted: str, others: Sequence[str], kind: str) -> bool:
    """Whether a name is right for a gold one, which no other gold name of the article fits as well."""
    forms = wanted.split("|")
    level = max(name_match(given, form) for form in forms)
    if level == 2 or (kind == "other" and any(_is_same_thing(given, form) for form in forms)):  # noqa: PLR2004
        return True
    own = {_norm(form) for form in forms}
    rivals = (form for other in others for form in other.split("|") if _norm(form) not in own)
    return level == 1 and not any(name_match(given, form) >= level for form in rivals)


def _is_same_thing(given: str, wanted: str) -> bool:
    one, other = ({word.rstrip("s") for word in _norm(name)} for name in (given, wanted))
    capital = any(word[:1].isupper() for word in given.split()[1:] or given.split())
    return bool(other) and (other <= one or (bool(one) and one <= other and capital))


def is_right_choice(names: Sequence[str], gold: GoldSpeaker, others: Sequence[str], *, is_part: bool = False) -> bool:
    """Whether the names of a candidate are right; those without a name are, where the article names nobody."""
    if gold.unresolvable or gold.others:
        wrong = gold.others or others
        return not any(name_match(name, form) for name in names for other in wrong for form in other.split("|"))
    if is_part:
        return len(names) == 1 and any(is_right_name(names[0], name, others, gold.kind) for name in gold.speakers)
    return len(names) == len(gold.speakers) and all(
        any(is_right_name(name, wanted, others, gold.kind) for name in names) for wanted in gold.speakers
    )


# Articles


def read_articles(data: Path, corpora: Sequence[str] = tuple(CHOICE_CORPORA)) -> Iterator[ChoiceArticle]:
    """The articles of some corpora whose speakers are known."""
    for corpus in corpora:
        files = [data / path for path in CHOICE_CORPORA[corpus]]
        if corpus == LITBANK:
            yield from read_novels(files[0], corpus)
        elif corpus == GAP:
            yield from read_snippets(files[0], corpus)
        else:
            yield from read_corpus(files, corpus)


def read_corpus(files: Sequence[Path], corpus: str) -> Iterator[ChoiceArticle]:
    """The articles of a file of texts of which a file of speakers says something.

    Args:
        files: The texts, the speakers, and perhaps whom other pronouns mean.
        corpus: The name of the corpus.
    """
    texts, speakers, *pronouns = files
    others = _read_pronouns(pronouns[0]) if pronouns else {}
    known = {one.name for one in attrs.fields(GoldSpeaker)}
    gold: dict[str, dict[str, GoldSpeaker]] = defaultdict(dict)
    for line in speakers.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        one = GoldSpeaker(**{**{k: v for k, v in row.items() if k in known}, "speakers": tuple(row["speakers"])})
        gold[one.doc_id][one.id] = one
    for article in read_rows(texts, _SpokenArticle):
        if article.doc_id in gold:
            contents = {one.id: one.content for one in article.attributions if one.content}
            yield ChoiceArticle(
                corpus, article.doc_id, article.text, contents, gold[article.doc_id], others.get(article.doc_id, {})
            )


def _read_pronouns(path: Path) -> dict[str, dict[int, GoldSpeaker]]:
    found: dict[str, dict[int, GoldSpeaker]] = defaultdict(dict)
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        start, names = row["span"][0], tuple(row["names"])
        kind = row.get("kind") or "other"
        found[row["doc_id"]][start] = GoldSpeaker(row["doc_id"], f"P{start}", "pronoun", names, kind, not row["named"])
    return found


def read_novels(path: Path, corpus: str) -> Iterator[ChoiceArticle]:
    """The novels of a file that says who speaks its quotes, but the pilots.

    A character without a name of its own is one whom the text names nowhere.
    """
    for novel in read_rows(path, _SpeakerNovel):
        if novel.novel_id in PILOTS:
            continue
        proper = {one.name: one.proper for one in novel.characters}
        contents = {f"Q{number}": quote.spans for number, quote in enumerate(novel.quotes) if quote.spans}
        told = {f"Q{number}": quote.speaker for number, quote in enumerate(novel.quotes) if quote.speaker in proper}
        speakers = {
            quote: GoldSpeaker(
                novel.novel_id,
                quote,
                "unknown",
                ("|".join(proper[who]) or who,),
                EntityKind.PERSON.value,
                unresolvable=not proper[who],
            )
            for quote, who in told.items()
            if who is not None
        }
        yield ChoiceArticle(corpus, novel.novel_id, novel.text, contents, speakers)


def read_snippets(path: Path, corpus: str) -> Iterator[ChoiceArticle]:
    """The snippets of a file that says of single pronouns which of two names they mean, or that they mean neither."""
    for snippet in read_gap(path):
        pronouns, rivals = {}, set[str]()
        for question in snippet.questions:
            right, wrong = (
                tuple(dict.fromkeys(snippet.text[slice(*span)] for span in spans))
                for spans in (question.right, question.wrong)
            )
            rivals.update(right, wrong)
            start = question.pronoun[0]
            pronouns[start] = GoldSpeaker(
                snippet.name,
                f"P{start}",
                "pronoun",
                ("|".join(right),) if right else (),
                EntityKind.PERSON.value,
                unresolvable=False,
                others=() if right else wrong,
            )
        yield ChoiceArticle(corpus, snippet.name, snippet.text, {}, {}, pronouns, tuple(sorted(rivals)))


@frozen
class _NovelQuote:
    spans: tuple[CharSpan, ...]
    speaker: str | None = None


@frozen
class _Character:
    name: str
    proper: tuple[str, ...]


@frozen
class _SpeakerNovel:
    novel_id: str
    text: str
    quotes: tuple[_NovelQuote, ...]
    characters: tuple[_Character, ...]


@frozen
class _GoldAttribution:
    id: str
    content: tuple[CharSpan, ...]


@frozen
class _SpokenArticle:
    doc_id: str
    text: str
    attributions: tuple[_GoldAttribution, ...]


# Examples


@frozen(eq=False)
class ExampleReader:
    """Reads the examples of articles, whose quotes are found as in use."""

    encoder: Encoder
    extractor: Extractor
    scorer: AntecedentScorer
    adapter: CorefereeAdapter = field(factory=CorefereeAdapter)
    read_layout: LayoutReader = field(factory=LayoutReader)

    def __call__(self, article: ChoiceArticle, doc: Doc) -> list[ChoiceExample]:
        """The sources of an article that are found, with their candidates."""
        text = doc.text
        marks = pair_marks(text)
        parsed = ParsedText.of(doc, marks, self.read_layout(article.text), article.text)
        encoded = self.encoder(text, marks)
        attributions = self.extractor(parsed, encoded)
        recorder = _Recorder(article, _align(article, attributions))
        resolve_speakers(
            parsed,
            attributions,
            coreference=self.adapter,
            link=lambda mentions, pairs: self.scorer(doc, encoded, mentions, pairs),
            kinds=find_name_kinds(encoded.pieces, encoded.mentions),
            choice=recorder,
        )
        return recorder.examples


def _align(article: ChoiceArticle, attributions: Sequence[Attribution]) -> dict[int, GoldSpeaker]:
    """The gold speaker of each attribution found."""
    ids = list(article.contents)
    found = [_words(article.text, [(s.start, s.end) for s in one.content]) for one in attributions]
    wanted = [_words(article.text, article.contents[one]) for one in ids]
    pairs = {number: article.speakers.get(ids[partner]) for number, partner in paired(found, wanted).items()}
    return {number: gold for number, gold in pairs.items() if gold is not None and not gold.skip}


def _words(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    return frozenset(word.start() for start, end in spans for word in _CHOICE_WORD.finditer(text, start, end))


@define(eq=False)
class _Recorder:
    """Keeps the candidates of the sources whose speakers are known, and chooses those."""

    article: ChoiceArticle
    gold: Mapping[int, GoldSpeaker]
    examples: list[ChoiceExample] = field(factory=list)
    nouns: HeadNouns = field(factory=HeadNouns)

    def __call__(
        self, reference: Reference, candidates: Sequence[SpeakerCandidate], features: NDArray[np.float32], /
    ) -> NDArray[np.float64]:
        """All of the chance for one candidate: a right one, or the plainest where nothing is known."""
        gold = self._gold_of(reference)
        right = np.zeros(len(candidates), dtype=bool)
        if gold is not None:
            right[:] = [self._is_right(one, gold, is_part=reference.is_part) for one in candidates]
            told = np.array([_shares_word(one, gold) for one in candidates]) & right
            if gold.unresolvable and told.any():
                # Of those without a name the one that the reader's words describe.
                right = told
            elif reference.is_only_name:
                # A bare name's bearer is nobody new, where one with that name is right.
                named = np.array([one.is_named for one in candidates]) & right
                right = named if named.any() else right
            self.examples.append(self._example(reference, candidates, features, right, gold))
        chances = np.zeros(len(candidates))
        chances[_guess(reference, candidates, features, right)] = 1.0
        return chances

    def weigh(self, features: NDArray[np.float32], other: NDArray[np.float32]) -> Mapping[str, float]:  # noqa: ARG002
        """Nothing: what is right weighs all."""
        return {}

    def _gold_of(self, reference: Reference) -> GoldSpeaker | None:
        if reference.attribution is not None and reference.attribution in self.gold:
            return self.gold[reference.attribution]
        return None if reference.pronoun is None else self.article.pronouns.get(reference.tokens[0].idx)

    def _is_right(self, candidate: SpeakerCandidate, gold: GoldSpeaker, *, is_part: bool) -> bool:
        if gold.unresolvable and candidate.is_named:
            return False
        names = () if candidate.sort is CandidateSort.NOBODY and not gold.unresolvable else candidate.names
        return is_right_choice(names, gold, self.article.names, is_part=is_part)

    def _example(
        self,
        reference: Reference,
        candidates: Sequence[SpeakerCandidate],
        features: NDArray[np.float32],
        right: NDArray[np.bool_],
        gold: GoldSpeaker,
    ) -> ChoiceExample:
        return ChoiceExample(
            corpus=self.article.corpus,
            doc_id=self.article.doc_id,
            id=gold.id,
            gold=gold,
            noun=reference.noun,
            features=features,
            right=right,
            named=np.array([one.is_named for one in candidates]),
            names=tuple(one.names for one in candidates),
            is_part=reference.is_part,
            is_source=reference.attribution is not None,
        )


def _shares_word(candidate: SpeakerCandidate, gold: GoldSpeaker) -> bool:
    words = {word for name in gold.speakers for word in _norm(name)} - _UNTELLING_WORDS
    return any(not words.isdisjoint(_norm(name)) for name in candidate.names)


def _guess(
    reference: Reference,
    candidates: Sequence[SpeakerCandidate],
    features: NDArray[np.float32],
    right: NDArray[np.bool_],
) -> int:
    """The candidate to go on with: the plainest right one, or else the plainest of all."""

    def plainness(place: int) -> tuple[bool, float]:
        one, row = candidates[place], features[place]
        if one.sort is CandidateSort.ENTITY:
            worth = (
                3 + row[_NAMES_COLUMN]
                if right[place]
                else 4
                if one.entities[0] == reference.named
                else row[_PROBABILITY_COLUMN]
            )
        elif one.sort is CandidateSort.PHRASE:
            is_same = one.words.casefold() == candidates[own].words.casefold()
            worth = 1 if is_same else row[_PROBABILITY_COLUMN]
        else:
            worth = _PLAINNESS if one.sort is not CandidateSort.SET or right[place] else 0.0
        return bool(right[place]), float(worth)

    own = next(n for n, one in enumerate(candidates) if one.sort in {CandidateSort.OWN, CandidateSort.NOBODY})
    return max(range(len(candidates)), key=plainness)
