"""Fits the weights by which the turns of conversations are given speakers, and says how many are right.

    python -m quotesmith.training.turn_weights --data GOLD --weights FOLDER

Reads PDNC's novels and LitBank's excerpts, without the pilots. Writes `turns.json` into the weights folder, the methods
of turns without source words into its `speaker_score.json`, and the checksums of both into the folder's card. Run it
behind `joining`, whose file changes what a turn is, and before `speaker_calibration`. The figures are of novels to
which a fit wasn't fitted.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotesmith.coreference import AntecedentScorer, CorefereeAdapter, EntityNumber
from quotesmith.encoder import Encoder, find_name_kinds
from quotesmith.extraction import Attribution, LayoutReader, LearnedExtractor
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import load_people
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.speakers.dialogue.chain import ChainMarginals, Chances, find_marginals
from quotesmith.speakers.dialogue.conversations import Step
from quotesmith.speakers.dialogue.evidence import SPEAKER_EVIDENCE, SpeakerEvidence
from quotesmith.speakers.dialogue.turn_model import TURN_WEIGHTS_FILE, local_weights
from quotesmith.speakers.dialogue.turn_resolver import WeighedConversation, find_method
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.resolver import SpeakerResolver
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS
from quotesmith.training.calibration import write_beside
from quotesmith.training.corpora import PILOTS, CharSpan, read_rows
from quotesmith.training.parser import make_parser
from quotesmith.training.speaker_calibration import JudgedSpeaker, fit_scores, write_scores

STEPS: Final = tuple(Step)
_NOVEL_FOLDS = 5
_CHAIN_EPOCHS = 15
_CHAIN_BATCH = 8
_CHAIN_RATE = 0.05
_CHAIN_DECAY = 1e-4
# Newer fiction puts whoever speaks into the narration beside a turn; the gold novels, most of them from before 1930,
# often put a listener there. What the weights of beats are drawn to, and how strongly.
_BEATS: Final = {"opens_paragraph": 2.5, "acts_before": 2.5, "closes_paragraph": 2.0, "nobody_tells": 4.0}
_INTERRUPTED: Final = -1.0
_BEAT_DECAY = 0.006
_COMMAND: Final = "python -m quotesmith.training.turn_weights --data GOLD --weights FOLDER"
ANAPHORIC: Final = "anaphoric"
IMPLICIT: Final = "implicit"
TURN_METHODS: Final = ("beat", "vocative", "continued", "turn")


@frozen
class GoldTurn:
    """A quote and who speaks it.

    Attributes:
        spans: Its pieces.
        speaker: Who speaks it; None where that is nobody whom the corpus names, or several.
        addressees: To whom; empty too where the corpus doesn't say.
        type: The corpus's sort of it.
    """

    spans: tuple[CharSpan, ...]
    speaker: str | None
    addressees: tuple[str, ...] = ()
    type: str = ""


@frozen
class GoldCharacter:
    """A character with all names."""

    name: str
    aliases: tuple[str, ...]


@frozen
class GoldNovel:
    """A novel or an excerpt; its mentions, where the corpus has them, are start, end, character and form."""

    novel_id: str
    text: str
    characters: tuple[GoldCharacter, ...]
    quotes: tuple[GoldTurn, ...]
    narrator: str | None = None
    mentions: tuple[tuple[int, int, str, str], ...] = ()


@frozen(eq=False)
class Chain:
    """A conversation as numbers.

    Attributes:
        novel: Where it stands.
        values: For each turn and person the evidence.
        allowed: For each turn who may speak it.
        gold: The same, but where the gold speaker is known just this one.
        known: Which turns are to be decided and have a known speaker.
        by_pronoun: Which turns have a pronoun as source.
        steps: How each turn but the first follows the one before, by position in `STEPS`.
    """

    novel: str
    values: Chances
    allowed: NDArray[np.bool_]
    gold: NDArray[np.bool_]
    known: NDArray[np.bool_]
    by_pronoun: NDArray[np.bool_]
    steps: list[int]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the gold corpora")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the exported weights")
    arguments = parser.parse_args()
    chains = list(read_chains(arguments.data, arguments.weights))
    judged = cross_validate(chains)
    figures = {
        "turns that are right, in novels left out": share_by_kind(judged),
        "without the draw of beats": share_by_kind(cross_validate(chains, drawn=False)),
    }
    corpora = [
        {"name": "PDNC dev without the pilots", "licence": "none stated"},
        {"name": "LitBank without the pilots", "licence": "CC BY 4.0"},
    ]
    write_weights(arguments.weights, fit(chains), corpora, sum(len(chain.values) for chain in chains), figures)
    speakers = [one.speaker for one in judged if one.speaker is not None and one.kind == IMPLICIT]
    write_scores(arguments.weights, fit_scores(speakers, TURN_METHODS), corpora, _COMMAND)
    print(json.dumps(figures, indent=2))  # noqa: T201 - the figures are what the command gives


def write_weights(
    folder: Path, weights: Chances, corpora: Sequence[Mapping[str, str]], turns: int, figures: Mapping[str, Any]
) -> None:
    """Writes fitted weights into a weights folder."""
    rounded = [round(float(value), 3) for value in weights]
    size, steps = len(SPEAKER_EVIDENCE), len(STEPS)
    card = {
        "format": 1,
        "evidence": dict(zip(SPEAKER_EVIDENCE, rounded[:size], strict=True)),
        "stays": dict(zip(STEPS, rounded[size : size + steps], strict=True)),
        "returns": dict(zip(STEPS, rounded[size + steps :], strict=True)),
        "data": corpora,
        "turns": turns,
        "figures": figures,
        "command": _COMMAND,
        "date": datetime.now(UTC).date().isoformat(),
    }
    write_beside(folder, TURN_WEIGHTS_FILE, json.dumps(card, indent=2).encode() + b"\n")


# Reading


def read_chains(data: Path, weights: Path) -> Iterator[Chain]:
    """The conversations of the novels in which turns are to be decided."""
    parse, encoder = make_parser(), Encoder(weights)
    extractor, scorer, coreference = LearnedExtractor(encoder), AntecedentScorer(weights), CorefereeAdapter()
    for path in (data / "pdnc" / "dev.jsonl.gz", data / "litbank" / "quotations_dev.jsonl.gz"):
        for novel in read_rows(path, GoldNovel):
            if novel.novel_id in PILOTS:
                continue
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
            )
            link = partial(scorer, doc, encoded)
            weighed = SpeakerResolver.of(context, quotes, coreference, link).weigh_conversations()
            speakers = _gold_speakers(novel, quotes)
            names = Characters(novel, context)
            yield from (make_chain(novel.novel_id, one, names, speakers) for one in weighed if one.people)


class Characters:
    """Which character of a novel an entity is."""

    def __init__(self, novel: GoldNovel, context: DocumentContext) -> None:
        self._novel, self._context = novel, context
        owners: dict[str, set[str]] = defaultdict(set)
        for known in novel.characters:
            for alias in (known.name, *known.aliases):
                owners[fold(alias)].add(known.name)
        self._by_name = {alias: next(iter(own)) for alias, own in owners.items() if len(own) == 1}
        self._votes: dict[EntityNumber, Counter[str]] = defaultdict(Counter)
        placed = {(start, end): character for start, end, character, _ in novel.mentions}
        for mention in context.entities.mentions() if placed else ():
            character = placed.get((mention.spans[0].start, mention.spans[-1].end))
            if character is not None:
                self._votes[context.entities.current(mention.entity)][character] += 1

    def __call__(self, entity: EntityNumber) -> str | None:
        """The character whom the entity's mentions, or else most of its names, mean; None where they mean none."""
        draft = self._context.entities[entity]
        votes = self._votes.get(self._context.entities.current(entity), Counter())
        votes = votes or Counter(filter(None, (self._by_name.get(fold(n)) for n in (draft.name, *draft.aliases))))
        return votes.most_common(1)[0][0] if votes else (self._novel.narrator if draft.name == "I" else None)


def _gold_speakers(novel: GoldNovel, quotes: Sequence[Attribution]) -> dict[int, str | None]:
    """The gold speaker of each found quote: that of the gold quote with which it shares most."""
    owner: dict[int, str | None] = {}
    for quote in novel.quotes:
        owner.update((i, quote.speaker) for start, end in quote.spans for i in range(start, end))
    found = {}
    for number, one in enumerate(quotes):
        votes = Counter(owner[i] for span in one.content for i in range(span.start, span.end) if i in owner)
        if votes:
            found[number] = votes.most_common(1)[0][0]
    return found


def make_chain(
    novel: str,
    weighed: WeighedConversation,
    character: Callable[[EntityNumber], str | None],
    speakers: Mapping[int, str | None],
) -> Chain:
    """A conversation as numbers; a turn whose gold speaker isn't among the people is nobody's."""
    allowed = np.array(weighed.allowed)
    gold = allowed.copy()
    people = [character(person) for person in weighed.people]
    known = np.zeros(len(allowed), dtype=bool)
    for place, turn in enumerate(weighed.conversation.turns):
        speaker = speakers.get(turn.number)
        if speaker is None or allowed[place].sum() == 1:
            continue
        own = np.array([*(person == speaker for person in people), False]) & allowed[place]
        if own.any() or allowed[place, -1]:
            known[place] = True
            gold[place] = own if own.any() else [*[False] * len(people), True]
    values = np.array([[one.values for one in row] for row in weighed.evidence], dtype=float)
    steps = [STEPS.index(step) for step in weighed.conversation.steps]
    by_pronoun = np.array([turn.is_meant for turn in weighed.conversation.turns])
    return Chain(novel, values, allowed, gold, known, by_pronoun, steps)


# Fitting


def fit(chains: Sequence[Chain], *, drawn: bool = True) -> Chances:
    """The weights under which the gold speakers are likeliest: of the evidence, of who stays, of who returns.

    Adam, over small groups of conversations in random order, with a rate that falls to zero.

    Args:
        chains: The conversations.
        drawn: Whether the weights of beats are drawn to those of newer fiction.
    """
    rng = np.random.default_rng(0)
    weights, drawn_to, decay = _prior(drawn=drawn)
    mean, spread, number = np.zeros_like(weights), np.zeros_like(weights), 0
    for epoch in range(_CHAIN_EPOCHS):
        rate = _CHAIN_RATE * (1 - epoch / _CHAIN_EPOCHS)
        order = rng.permutation(len(chains))
        for start in range(0, len(order), _CHAIN_BATCH):
            batch = [chains[n] for n in order[start : start + _CHAIN_BATCH]]
            slope = sum((_expected(weights, chain, chain.gold) for chain in batch), np.zeros_like(weights))
            slope -= sum((_expected(weights, chain, chain.allowed) for chain in batch), np.zeros_like(weights))
            slope = slope / sum(len(chain.values) for chain in batch) - decay * (weights - drawn_to)
            number += 1
            mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope**2
            step = (mean / (1 - 0.9**number)) / (np.sqrt(spread / (1 - 0.99**number)) + 1e-8)
            weights = weights + rate * step
    return weights


def _prior(*, drawn: bool) -> tuple[Chances, Chances, Chances]:
    """The first weights, those to which they are drawn, and how strongly."""
    if not drawn:
        nothing = np.zeros(len(SPEAKER_EVIDENCE) + 2 * len(STEPS))
        return nothing.copy(), nothing, np.full_like(nothing, _CHAIN_DECAY)
    stays = [_INTERRUPTED if step is Step.INTERRUPTED else 0.0 for step in STEPS]
    drawn_to = np.array([*(_BEATS.get(name, 0.0) for name in SPEAKER_EVIDENCE), *stays, *[0.0] * len(STEPS)])
    return drawn_to.copy(), drawn_to, np.where(drawn_to == 0, _CHAIN_DECAY, _BEAT_DECAY)


def _marginals(weights: Chances, chain: Chain, allowed: NDArray[np.bool_]) -> ChainMarginals:
    size = len(SPEAKER_EVIDENCE)
    stay, back = (np.exp(part[chain.steps]) for part in np.split(weights[size:], 2))
    return find_marginals(local_weights(chain.values @ weights[:size], allowed), list(stay), list(back))


def _expected(weights: Chances, chain: Chain, allowed: NDArray[np.bool_]) -> Chances:
    """How much of all that is weighed a chain is expected to have, when only the allowed speak."""
    found = _marginals(weights, chain, allowed)
    steps = np.array(chain.steps, dtype=int)
    stays, returns = (np.bincount(steps, part, len(STEPS)) for part in (found.stays, found.returns))
    return np.concatenate([np.einsum("tp,tpe->e", found.speakers, chain.values), stays, returns])


@frozen
class JudgedTurn:
    """A turn to be decided in a novel left out.

    Attributes:
        kind: "anaphoric" where a pronoun is its source, "implicit" where no words are.
        right: Whether its likeliest person is the gold speaker.
        speaker: The speaker that it is given, with method and chance; None where nobody who is known is likeliest.
    """

    kind: str
    right: bool
    speaker: JudgedSpeaker | None


def cross_validate(chains: Sequence[Chain], *, drawn: bool = True) -> list[JudgedTurn]:
    """The turns to be decided, each novel's by a fit to others."""
    novels = sorted({chain.novel for chain in chains})
    found: list[JudgedTurn] = []
    for fold_number in range(_NOVEL_FOLDS):
        left_out = set(novels[fold_number::_NOVEL_FOLDS])
        weights = fit([chain for chain in chains if chain.novel not in left_out], drawn=drawn)
        found.extend(judged for chain in chains if chain.novel in left_out for judged in _judge_turns(weights, chain))
    return found


def _judge_turns(weights: Chances, chain: Chain) -> Iterator[JudgedTurn]:
    chances = _marginals(weights, chain, chain.allowed).speakers
    people, best = chances[:, :-1].argmax(axis=1), chances.argmax(axis=1)
    for place in np.flatnonzero(chain.known):
        row, person = chances[place], best[place]
        kind = ANAPHORIC if chain.by_pronoun[place] else IMPLICIT
        speaker = None
        if person < len(row) - 1:
            evidence = SpeakerEvidence(**dict(zip(SPEAKER_EVIDENCE, chain.values[place, person], strict=True)))
            method = find_method(evidence, goes_on=bool(place > 0 and person == best[place - 1]))
            speaker = JudgedSpeaker(chain.novel, method, float(row[person]), bool(chain.gold[place, person]))
        yield JudgedTurn(kind, bool(chain.gold[place, people[place]]), speaker)


def share_by_kind(judged: Sequence[JudgedTurn]) -> dict[str, dict[str, float]]:
    """Of the turns of each kind how many there are, and the share that is right."""
    kinds = {kind: [turn.right for turn in judged if turn.kind == kind] for kind in (ANAPHORIC, IMPLICIT)}
    return {
        kind: {"turns": len(right), "right": round(sum(right) / max(1, len(right)), 4)} for kind, right in kinds.items()
    }


if __name__ == "__main__":
    main()
