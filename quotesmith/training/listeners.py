"""Fits the decision on who is spoken to in the lines of fiction, and says how often it is right.

    python -m quotesmith.training.listeners --data GOLD --weights FOLDER

Reads PDNC's novels without the pilots. Writes `listeners.json` into the weights folder and its checksum into the
folder's card. Run it behind all other fits, whose weights find the lines and their speakers. The figures are of novels
to which a fit wasn't fitted.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import astuple, frozen
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.tokens import Doc

from quotesmith.coreference import AntecedentScorer, CorefereeAdapter, EntityNumber
from quotesmith.encoder import Encoder, find_name_kinds
from quotesmith.extraction import Attribution, LayoutReader, LearnedExtractor, TextStyle
from quotesmith.lexicon.people import load_people
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.speakers.dialogue.listener_evidence import LISTENER_EVIDENCE, find_listener_evidence
from quotesmith.speakers.dialogue.listeners import LISTENERS_FILE, choose_listeners
from quotesmith.speakers.dialogue.spoken_lines import LineReader
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.resolver import SpeakerResolver
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS
from quotesmith.training.calibration import read_arguments, write_beside
from quotesmith.training.corpora import PILOTS, read_rows
from quotesmith.training.parser import make_parser
from quotesmith.training.turn_weights import Characters, GoldNovel, GoldTurn

_LISTENER_FOLDS: Final = 5
_LISTENER_DATA: Final = ({"name": "PDNC dev without the pilots", "licence": "none stated"},)
_LISTENER_COMMAND: Final = "python -m quotesmith.training.listeners --data GOLD --weights FOLDER"


@frozen(eq=False)
class JudgedLine:
    """A line of which it is known to whom it is spoken.

    Attributes:
        novel: Where it stands.
        is_given: Whether the gold speakers were given, or found.
        values: For each who may be spoken to the evidence, in the order of `LISTENER_EVIDENCE`.
        characters: Who they are; None for those who are no character.
        gold: To whom it is spoken.
    """

    novel: str
    is_given: bool
    values: NDArray[np.float64]
    characters: tuple[str | None, ...]
    gold: frozenset[str]

    @property
    def is_right(self) -> list[bool]:
        """Of each who may be spoken to, whether they are."""
        return [character in self.gold for character in self.characters]


def main() -> None:
    """The command line."""
    arguments = read_arguments(__doc__)
    lines = list(read_judged_lines(arguments.data, arguments.weights))
    figures = exact_shares(lines)
    write_listener_model(arguments.weights, lines, figures)
    print(json.dumps(figures, indent=2))  # noqa: T201 - the figures are what the command gives


# Reading


def read_judged_lines(data: Path, weights: Path) -> Iterator[JudgedLine]:
    """The lines of the novels: once with the speakers that are found, and once with those of the gold data."""
    parse, encoder = make_parser(), Encoder(weights)
    extractor, scorer, coreference = LearnedExtractor(encoder), AntecedentScorer(weights), CorefereeAdapter()
    for novel in read_rows(data / "pdnc" / "dev.jsonl.gz", GoldNovel):
        if novel.novel_id in PILOTS:
            continue
        doc: Doc = parse(novel.text)
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
        found = [draft.speakers for draft in resolver.read()]
        addressed = [resolver.phrases.addressees(quote) for quote in quotes]
        gold, characters = _gold_turns(novel, quotes), Characters(novel, context)
        given = _with_gold_speakers(context, characters, found, gold)
        for is_given, speakers in ((False, found), (True, given)):
            reader = LineReader.of(context, quotes, speakers, addressed)
            yield from _judge_lines(novel.novel_id, reader, characters, gold, is_given=is_given)


def _gold_turns(novel: GoldNovel, quotes: Sequence[Attribution]) -> dict[int, GoldTurn]:
    """The gold quote with which each found quote shares most."""
    owner: dict[int, GoldTurn] = {}
    for turn in novel.quotes:
        owner.update((i, turn) for start, end in turn.spans for i in range(start, end))
    found = {}
    for number, one in enumerate(quotes):
        votes = Counter(owner[i] for span in one.content for i in range(span.start, span.end) if i in owner)
        if votes:
            found[number] = votes.most_common(1)[0][0]
    return found


def _with_gold_speakers(
    context: DocumentContext,
    characters: Characters,
    found: Sequence[tuple[EntityNumber, ...]],
    gold: Mapping[int, GoldTurn],
) -> list[tuple[EntityNumber, ...]]:
    """The speakers, the gold ones where they are known and have an entity."""
    counts = Counter(context.entities.current(mention.entity) for mention in context.entities.mentions())
    bearers: dict[str, EntityNumber] = {}
    for bearer, _ in counts.most_common():
        character = characters(bearer)
        if character is not None:
            bearers.setdefault(character, bearer)
    own = {number: bearers.get(turn.speaker or "") for number, turn in gold.items()}
    return [speakers if (entity := own.get(number)) is None else (entity,) for number, speakers in enumerate(found)]


def _judge_lines(
    novel: str, reader: LineReader, characters: Characters, gold: Mapping[int, GoldTurn], *, is_given: bool
) -> Iterator[JudgedLine]:
    for position, line in enumerate(reader.lines):
        if line.number not in gold:
            continue
        evidence = find_listener_evidence(reader.context.entities, reader(position))
        yield JudgedLine(
            novel,
            is_given,
            np.array([astuple(own) for own in evidence.values()], dtype=float).reshape(-1, len(LISTENER_EVIDENCE)),
            tuple(map(characters, evidence)),
            frozenset(gold[line.number].addressees),
        )


# Fitting


def fit_listeners(lines: Sequence[JudgedLine]) -> LogisticRegression:
    """The logistic decision on each who may be spoken to, where all who are spoken to are among them.

    Elsewhere a name of somebody who is spoken to often isn't known to be theirs, so that the gold data says it is not.
    """
    known = [line for line in lines if line.gold and line.gold <= set(line.characters)]
    values = np.concatenate([line.values for line in known])
    return LogisticRegression(max_iter=3_000).fit(values, [right for line in known for right in line.is_right])


def exact_shares(lines: Sequence[JudgedLine]) -> dict[str, dict[str, float]]:
    """How many lines there are, and of how many just the gold addressees are found, by fits to other novels."""
    right: dict[bool, list[bool]] = {False: [], True: []}
    novels = [line.novel for line in lines]
    folds = GroupKFold(min(_LISTENER_FOLDS, len(set(novels))))
    for others, left_out in folds.split(novels, groups=novels):
        model = fit_listeners([lines[n] for n in others])
        for line in (lines[n] for n in left_out):
            right[line.is_given].append(_choose(model, line) == line.gold)
    return {
        f"{'gold' if is_given else 'found'} speakers": {
            "lines": len(own),
            "exact": round(sum(own) / max(1, len(own)), 4),
        }
        for is_given, own in right.items()
    }


def _choose(model: LogisticRegression, line: JudgedLine) -> frozenset[str | None]:
    if not line.characters:
        return frozenset()
    chances = dict(enumerate(model.predict_proba(line.values)[:, 1].tolist()))
    people = {EntityNumber(place): chance for place, chance in chances.items()}
    return frozenset(line.characters[place] for place in choose_listeners(people, DEFAULT_SPEAKER_SETTINGS))


def write_listener_model(folder: Path, lines: Sequence[JudgedLine], figures: Mapping[str, Any]) -> None:
    """Fits to all of the lines and writes the model into a weights folder."""
    model = fit_listeners(lines)
    weights = (round(float(value), 3) for value in model.coef_[0])
    card = {
        "format": 1,
        "intercept": round(float(model.intercept_[0]), 3),
        "weights": dict(zip(LISTENER_EVIDENCE, weights, strict=True)),
        "data": _LISTENER_DATA,
        "lines": len(lines),
        "figures": figures,
        "command": _LISTENER_COMMAND,
        "date": datetime.now(UTC).date().isoformat(),
    }
    write_beside(folder, LISTENERS_FILE, json.dumps(card, indent=2).encode() + b"\n")


if __name__ == "__main__":
    main()
