import json
from collections.abc import Callable
from typing import Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from quotesmith.encoder import LINK_SIZE, LINKS, TAGS  # noqa: E402 - skipped where there is no torch
from quotesmith.encoder.windows import SIZE  # noqa: E402
from quotesmith.errors import OptionError  # noqa: E402
from quotesmith.training.corpora import Gold, LabelledText, Scope  # noqa: E402
from quotesmith.training.examples import make_examples  # noqa: E402
from quotesmith.training.losses import collate  # noqa: E402
from quotesmith.training.measure import measure_tags  # noqa: E402
from tests.encoder.tiny import make_tokenizer  # noqa: E402

TOKENIZER = make_tokenizer()
ROLES = ("content", "cue", "source")
SHORT = LabelledText("short", "ab cd ef gh ij", (Gold(((0, 5),), ((6, 8),), ((9, 11),)),), Scope.WHOLE)
# Its content goes on over several windows.
LONG = LabelledText("long", "ab " + "cd " * SIZE, (Gold(((3, 3 * SIZE),), ((0, 2),)),), Scope.WHOLE)


class Oracle:
    """Gives each piece of a text the tags that its corpus allows, through `change`, and links that all weigh alike."""

    def __init__(self, *texts: LabelledText, change: Callable[[Any], Any] = lambda tags: tags) -> None:
        self.examples = [example for text in texts for example in make_examples(TOKENIZER, text)]
        self.change = change
        self.training = True

    def eval(self) -> None:
        self.training = False

    def __call__(self, ids: Any, features: Any, mask: Any) -> tuple[Any, Any, Any]:  # noqa: ARG002 - as a Tagger
        known = {tuple(example.ids.tolist()): example for example in self.examples}
        group = [known[tuple(row[1 : int(seen.sum()) - 1].tolist())] for row, seen in zip(ids, mask, strict=True)]
        bits = collate(group).allowed.unsqueeze(-1) >> torch.arange(TAGS) & 1
        return None, self.change(bits * 20.0), torch.zeros(*ids.shape, LINKS * LINK_SIZE)


def measure(*texts: LabelledText, change: Callable[[Any], Any] = lambda tags: tags) -> dict[str, float]:
    return measure_tags(Oracle(*texts, change=change), TOKENIZER, texts)  # type: ignore[arg-type]


def to_outside(tags: Any, *wrong: int) -> Any:
    """The words with one of the `wrong` tags have none instead."""
    lost = tags[..., list(wrong)].any(dim=-1)
    changed = tags.masked_fill(lost.unsqueeze(-1), 0.0)
    changed[..., 0] += 20.0 * lost
    return changed


def test_perfect_tags_give_100() -> None:
    figures = measure(SHORT)
    assert {figures[f"{role} {unit}"] for role in ROLES for unit in ("words", "whole")} == {100.0}


def test_fragment_that_goes_on_in_the_next_window_is_whole_in_each() -> None:
    figures = measure(LONG, SHORT)
    assert (figures["content whole"], figures["content words"]) == (100.0, 100.0)


def test_missing_fragments_lower_the_figures_of_their_role_alone() -> None:
    figures = measure(SHORT, change=lambda tags: to_outside(tags, 3))
    assert (figures["cue words"], figures["cue whole"]) == (0.0, 0.0)
    assert (figures["source whole"], figures["content whole"]) == (100.0, 100.0)


def test_part_of_a_fragment_counts_its_words() -> None:
    figures = measure(SHORT, change=lambda tags: to_outside(tags, 2))
    assert figures["content whole"] == 0.0
    assert figures["content words"] == pytest.approx(200 * 1 / 3, abs=0.05)


def test_links_that_know_nothing_lose_the_logarithm_of_their_choices() -> None:
    figures = measure(SHORT)
    # Ten letters and two special pieces; cue and source are two pieces each.
    assert figures["cue loss"] == figures["source loss"] == pytest.approx(1.792, abs=0.001)


def test_texts_without_attributions_give_figures_too() -> None:
    figures = measure(LabelledText("empty", "ab cd", (), Scope.WHOLE))
    assert set(figures.values()) == {0.0}


def test_figures_can_be_logged() -> None:
    assert json.loads(json.dumps(measure(SHORT))) == measure(SHORT)


def test_model_is_left_for_use() -> None:
    model = Oracle(SHORT)
    measure_tags(model, TOKENIZER, [SHORT])  # type: ignore[arg-type]
    assert not model.training


def test_text_with_labels_between_marks_alone_is_refused() -> None:
    text = LabelledText("novel", "“ab” cd", (), Scope.QUOTED)
    with pytest.raises(OptionError, match="novel"):
        measure(text)
