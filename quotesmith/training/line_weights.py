"""Fits the choice of who speaks each line of fiction, and says how often it is right.

    python -m quotesmith.training.line_weights --data GOLD --weights FOLDER

Reads PDNC's novels and LitBank's excerpts, without the pilots. Writes `lines.json` into the weights folder, the scores
of its method into `speaker_score.json`, and the checksums of both into the folder's card. It reads what the encoder,
the scorer of antecedents and the choice of speakers give, so it comes behind `speaker_choice`. Needs LightGBM, a
gradient-boosting library. The figures are of novels to which a fit wasn't fitted.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotesmith.coreference import AntecedentScorer, CorefereeAdapter, EntityNumber
from quotesmith.encoder import GRAPH, Encoder, find_name_kinds, read_card
from quotesmith.extraction import LayoutReader, LearnedExtractor, TextStyle
from quotesmith.lexicon.people import load_people
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.speakers.choice.trees import DecisionForest
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.fiction.candidates import find_candidates
from quotesmith.speakers.fiction.features import FIRST_FEATURES, FeatureFinder
from quotesmith.speakers.fiction.line_choices import DIALOGUE_METHOD
from quotesmith.speakers.fiction.line_model import LINE_WEIGHTS_FILE, LineRound, add_around
from quotesmith.speakers.fiction.lines import DialogueText
from quotesmith.speakers.fiction.rounds import LATER_FEATURES, SpeakersAround
from quotesmith.speakers.resolver import SpeakerResolver
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS
from quotesmith.training.calibration import write_beside
from quotesmith.training.character_names import find_characters
from quotesmith.training.corpora import PILOTS, read_rows
from quotesmith.training.forests import ChoiceQuestion, ForestTraining, fit_forest, with_used_features
from quotesmith.training.parser import make_parser
from quotesmith.training.speaker_calibration import JudgedSpeaker, fit_scores, write_scores
from quotesmith.training.turn_weights import GoldNovel

_LINE_DATA: Final = (
    {"name": "PDNC dev without the pilots", "licence": "none stated"},
    {"name": "LitBank without the pilots", "licence": "CC BY 4.0"},
)
_LINE_COMMAND: Final = "python -m quotesmith.training.line_weights --data GOLD --weights FOLDER"
_LINE_FOLDS: Final = 5
# The first round sees a line alone; the second mostly takes over what the first says of it and the turns around.
_ROUNDS: Final = (
    ForestTraining(150, rate=0.06, leaf_rows=150),
    ForestTraining(200, rate=0.04, leaves=15, leaf_rows=150, shown=0.3),
)
_PDNC_KINDS: Final = ("explicit", "anaphoric", "implicit")


@frozen(eq=False)
class NovelLines:
    """A novel's lines as questions.

    Attributes:
        novel_id: Which novel.
        text: Its lines.
        candidates: Who may speak each.
        first: The features of the first round, (candidates, features) each.
        right: Which candidates are the gold speaker, (candidates,) each; none where that isn't known.
        quotes: For each gold quote with one speaker its sort and the line that has most of it; None without one.
    """

    novel_id: str
    text: DialogueText
    candidates: Sequence[Sequence[EntityNumber]]
    first: Sequence[NDArray[np.float32]]
    right: Sequence[NDArray[np.bool_]]
    quotes: Sequence[tuple[str, int | None]]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the gold corpora")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the exported weights")
    arguments = parser.parse_args()
    fit_lines(list(read_novels(arguments.data, arguments.weights)), arguments.weights)


def fit_lines(novels: Sequence[NovelLines], weights: Path) -> None:
    """Fits and writes the model and its scores; prints how many lines are right in novels left out.

    Args:
        novels: The lines of novels whose speakers are known.
        weights: The weights folder.
    """
    folds = _folds(novels)
    rows: list[Sequence[NDArray[np.float32]]] = [novel.first for novel in novels]
    rounds: list[dict[str, Any]] = []
    chances: list[list[NDArray[np.float64]]] = []
    names: tuple[str, ...] = FIRST_FEATURES
    for number, training in enumerate(_ROUNDS):
        if number:
            names = (*FIRST_FEATURES, *LATER_FEATURES)
            rows = [
                add_around(novel.first, SpeakersAround(novel.text, novel.candidates, own)())
                for novel, own in zip(novels, chances, strict=True)
            ]
        chances = _cross_validate(novels, rows, folds, training, names)
        rounds.append(with_used_features(_fit(novels, rows, range(len(novels)), training), names))
    figures = measure(novels, chances)
    card = {
        "format": 1,
        "rounds": rounds,
        "encoder": read_card(weights)["files"][GRAPH]["sha256"],
        "data": _LINE_DATA,
        "lines": sum(len(novel.text.lines) for novel in novels),
        "novels": len(novels),
        "figures": figures,
        "command": _LINE_COMMAND,
        "date": datetime.now(UTC).date().isoformat(),
    }
    write_beside(weights, LINE_WEIGHTS_FILE, json.dumps(card, separators=(",", ":")).encode() + b"\n")
    write_scores(weights, fit_scores(judge(novels, chances), (DIALOGUE_METHOD,)), _LINE_DATA, _LINE_COMMAND)
    print(json.dumps(figures, indent=2))  # noqa: T201 - the figures are what the command gives


# Reading


def read_novels(data: Path, weights: Path) -> Iterator[NovelLines]:
    """The lines of the novels and excerpts that aren't pilots."""
    parse, encoder = make_parser(), Encoder(weights)
    extractor, scorer, coreference = LearnedExtractor(encoder), AntecedentScorer(weights), CorefereeAdapter()
    for novel in _read_corpora(data):
        doc = parse(novel.text)
        marks = pair_marks(doc.text)
        parsed, encoded = ParsedText.of(doc, marks, LayoutReader()(doc.text)), encoder(doc.text, marks)
        quotes = extractor(parsed, encoded)
        context = DocumentContext.of(
            parsed,
            [quote.source for quote in quotes],
            load_people(),
            None,
            DEFAULT_SPEAKER_SETTINGS,
            kinds=find_name_kinds(encoded.pieces, encoded.mentions),
            style=TextStyle.FICTION,
        )
        link = partial(scorer, doc, encoded)
        resolver = SpeakerResolver.of(context, quotes, coreference, link, style=TextStyle.FICTION)
        yield make_novel(novel, resolver.read_dialogue(), context)


def _read_corpora(data: Path) -> Iterator[GoldNovel]:
    for path in (data / "pdnc" / "dev.jsonl.gz", data / "litbank" / "quotations_dev.jsonl.gz"):
        yield from (novel for novel in read_rows(path, GoldNovel) if novel.novel_id not in PILOTS and novel.quotes)


def make_novel(novel: GoldNovel, text: DialogueText, context: DocumentContext) -> NovelLines:
    """The lines of a novel with the speakers that the corpus gives them."""
    entities = context.entities
    names = {entity: (entities[entity].name, *entities[entity].aliases) for entity in text.characters}
    mentions = [(m.spans[0].start, m.spans[-1].end, entities.current(m.entity)) for m in entities.mentions()]
    characters = find_characters(novel, names, mentions, context.lexicon)
    if text.narrator is not None and novel.narrator is not None:
        characters[text.narrator] = novel.narrator
    line_at = {
        place: number
        for number, line in enumerate(text.lines)
        for span in line.turn.content
        for place in range(span.start, span.end)
    }
    votes: defaultdict[int, Counter[str | None]] = defaultdict(Counter)
    quotes = []
    for quote in novel.quotes:
        own = Counter(line_at[i] for start, end in quote.spans for i in range(start, end) if i in line_at)
        for number, count in own.items():
            votes[number][quote.speaker] += count
        if quote.speaker is not None:
            quotes.append((quote.type, own.most_common(1)[0][0] if own else None))
    candidates = find_candidates(text)
    speakers = [votes[number].most_common(1)[0][0] if votes[number] else None for number in range(len(text.lines))]
    right = [
        np.array([speaker is not None and characters.get(one) == speaker for one in people], dtype=bool)
        for people, speaker in zip(candidates, speakers, strict=True)
    ]
    first = FeatureFinder.of(text, candidates)()
    return NovelLines(novel.novel_id, text, candidates, first, right, quotes)


# Fitting


def _folds(novels: Sequence[NovelLines]) -> list[int]:
    """The fold of each novel: the longest in different ones."""
    order = sorted(range(len(novels)), key=lambda number: (-len(novels[number].text.lines), number))
    places = {number: place % _LINE_FOLDS for place, number in enumerate(order)}
    return [places[number] for number in range(len(novels))]


def _fit(
    novels: Sequence[NovelLines],
    rows: Sequence[Sequence[NDArray[np.float32]]],
    chosen: Sequence[int],
    training: ForestTraining,
) -> dict[str, list[Any]]:
    asked = [
        ChoiceQuestion(features, right)
        for number in chosen
        for features, right in zip(rows[number], novels[number].right, strict=True)
        if right.any() and not right.all()
    ]
    return fit_forest(asked, training)


def _cross_validate(
    novels: Sequence[NovelLines],
    rows: Sequence[Sequence[NDArray[np.float32]]],
    folds: Sequence[int],
    training: ForestTraining,
    names: Sequence[str],
) -> list[list[NDArray[np.float64]]]:
    """How likely the candidates of each novel's lines are, by a fit to novels of other folds."""
    found: list[list[NDArray[np.float64]]] = [[] for _ in novels]
    for fold in range(_LINE_FOLDS):
        others = [number for number in range(len(novels)) if folds[number] != fold]
        forest = DecisionForest.of(_fit(novels, rows, others, training))
        one = LineRound(forest, np.arange(len(names)))
        for number in range(len(novels)):
            if folds[number] == fold:
                found[number] = one(rows[number])
    return found


# Figures


def judge(novels: Sequence[NovelLines], chances: Sequence[Sequence[NDArray[np.float64]]]) -> list[JudgedSpeaker]:
    """The likeliest candidate of each gold quote's line, with its chance, and whether it is right."""
    return [
        JudgedSpeaker(
            novel.novel_id, DIALOGUE_METHOD, float(own[line].max()), bool(novel.right[line][own[line].argmax()])
        )
        for novel, own in zip(novels, chances, strict=True)
        for _, line in novel.quotes
        if line is not None and len(own[line])
    ]


def measure(
    novels: Sequence[NovelLines], chances: Sequence[Sequence[NDArray[np.float64]]]
) -> dict[str, dict[str, float]]:
    """Of the quotes of each sort how many there are, have their speaker among the candidates, and are right."""
    found: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for novel, own in zip(novels, chances, strict=True):
        corpus = "PDNC" if any(kind in _PDNC_KINDS for kind, _ in novel.quotes) else "LitBank"
        for kind, line in novel.quotes:
            known = line is not None and bool(novel.right[line].any())
            is_right = line is not None and known and bool(novel.right[line][own[line].argmax()])
            for sort in (f"{corpus}, all", f"{corpus}, {kind}"):
                found[sort].append((known, is_right))
    return {
        sort: {
            "quotes": len(judged),
            "among the candidates": round(sum(known for known, _ in judged) / len(judged), 4),
            "right": round(sum(right for _, right in judged) / len(judged), 4),
        }
        for sort, judged in sorted(found.items())
    }


if __name__ == "__main__":
    main()
