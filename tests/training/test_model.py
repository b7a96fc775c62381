"""The network: what it gives, how it learns, what it loses, and how it is measured."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from quotesmith.coreference import PAIR_FEATURES  # noqa: E402 - skipped where there is no torch
from quotesmith.encoder import CLS, FEATURE_VALUES, LEVELS, LINK_SIZE, LINKS, MENTION_SIZE, SEP, TAGS  # noqa: E402
from quotesmith.encoder.windows import SIZE  # noqa: E402
from quotesmith.errors import FormatError, OptionError  # noqa: E402
from quotesmith.training import precision  # noqa: E402
from quotesmith.training.corpora import Gold, LabelledText, Scope  # noqa: E402
from quotesmith.training.examples import ANY, NOWHERE, Example, Link, make_examples  # noqa: E402
from quotesmith.training.learner import Learner, Rates, log  # noqa: E402
from quotesmith.training.losses import LEVEL_WEIGHTS, collate, link_loss, tag_loss  # noqa: E402
from quotesmith.training.measure import measure_tags  # noqa: E402
from quotesmith.training.model import AntecedentHead, Outputs, SharedDropout, Tagger, count_layers, mention_states  # noqa: E402
from quotesmith.training.precision import is_bfloat_fast  # noqa: E402
from quotesmith.training.teacher import Teacher, imitation_loss  # noqa: E402
from tests.encoder.tiny import make_tokenizer  # noqa: E402
from tests.training.tiny import save_bert  # noqa: E402

WIDTH, VOCABULARY_SIZE = 16, 50


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two tiny layers that nobody trained."""
    folder: Path = tmp_path_factory.mktemp("base")
    save_bert(folder, width=WIDTH)
    return folder


@pytest.fixture
def model(base: Path) -> Tagger:
    torch.manual_seed(2)
    return Tagger(base).eval()


@pytest.fixture
def inputs() -> tuple[Any, ...]:
    """Two windows of six pieces; the second ends with two of padding."""
    torch.manual_seed(3)
    ids, features = torch.randint(VOCABULARY_SIZE, (2, 6)), torch.randint(FEATURE_VALUES, (2, 6))
    mask = torch.ones_like(ids)
    mask[1, 4:] = 0
    return ids, features, mask


def test_each_piece_gets_its_outputs_the_same_each_time(model: Tagger, inputs: tuple[Any, ...]) -> None:
    shapes = [tuple(output.shape) for output in model(*inputs)]
    assert shapes == [(2, 6, WIDTH), (2, 6, LEVELS * TAGS), (2, 6, LEVELS * LINKS * LINK_SIZE), (2, 6, MENTION_SIZE)]
    assert all(map(torch.equal, model(*inputs), model(*inputs)))
    model.train()
    assert not torch.equal(model(*inputs)[0], model(*inputs)[0])


def test_layers_that_are_kept_stand_in_their_new_order(base: Path, inputs: tuple[Any, ...]) -> None:
    model = Tagger(base).eval()
    layers = list(model.bert.encoder.layer)
    model.keep_layers((1, 0))
    assert [*model.bert.encoder.layer] == [layers[1], layers[0]]
    model.keep_layers((1,))
    assert [*model.bert.encoder.layer] == [layers[0]]
    assert count_layers(model.state_dict()) == 1
    one = Tagger(base, 1).eval()
    one.load_state_dict(model.state_dict())
    assert torch.equal(one(*inputs).hidden, model(*inputs).hidden)


def test_all_dropout_of_the_bert_is_shared(model: Tagger) -> None:
    plain = [module for module in model.bert.modules() if isinstance(module, torch.nn.Dropout) and module.p]
    shared = [module for module in model.modules() if isinstance(module, SharedDropout)]
    assert not plain
    # The embeddings' own, two in each layer, and the heads'.
    assert len(shared) == 1 + 2 * 2 + 1


def test_padding_changes_nothing(model: Tagger, inputs: tuple[Any, ...]) -> None:
    ids, features, mask = inputs
    padded = model(ids, features, mask)[0][1, :4]
    alone = model(ids[1:, :4], features[1:, :4], mask[1:, :4])[0][0]
    assert torch.allclose(padded, alone, atol=1e-5)


def test_new_model_gives_the_hidden_states_of_its_bert(base: Path, model: Tagger, inputs: tuple[Any, ...]) -> None:
    ids, _, mask = inputs
    bert = transformers.BertModel.from_pretrained(base, add_pooling_layer=False).eval()
    expected = bert(input_ids=ids, attention_mask=mask).last_hidden_state
    assert torch.allclose(model(*inputs)[0][mask == 1], expected[mask == 1], atol=1e-5)


def test_features_that_are_learned_change_the_hidden_states(model: Tagger, inputs: tuple[Any, ...]) -> None:
    before = model(*inputs)[0]
    torch.nn.init.normal_(model.features.weight)
    assert not torch.allclose(model(*inputs)[0], before, atol=1e-2)


def test_shared_dropout_drops_its_share_at_all_pieces_of_a_window() -> None:
    torch.manual_seed(1)
    dropped = SharedDropout(0.5).train()(torch.ones(4, 7, 100))
    assert torch.equal(dropped, dropped[:, :1].expand_as(dropped))
    assert len({tuple(window[0].tolist()) for window in dropped}) == 4
    torch.manual_seed(1)
    dropped = SharedDropout(0.2).train()(torch.ones(50, 2, 100))
    assert set(dropped.unique().tolist()) == {0.0, 1.25}
    assert float((dropped == 0).float().mean()) == pytest.approx(0.2, abs=0.02)


def test_shared_dropout_keeps_numbers_and_drops_nothing_after_learning() -> None:
    assert SharedDropout(0.5).train()(torch.ones(1, 2, 4, dtype=torch.bfloat16)).dtype == torch.bfloat16
    hidden = torch.randn(2, 3, 4)
    assert SharedDropout(0.9).eval()(hidden) is hidden


def test_mention_is_its_first_piece_its_head_and_the_mean() -> None:
    hidden = torch.arange(8.0).reshape(4, 2)
    assert mention_states(hidden, torch.tensor([[1, 4, 2]])).tolist() == [[2, 3, 4, 5, 4, 5]]


def test_each_pair_gets_a_score_by_both_mentions_and_its_features() -> None:
    torch.manual_seed(4)
    head = AntecedentHead(WIDTH).eval()
    states, first = torch.randn(3, 3 * WIDTH), torch.tensor([2, 2, 2])
    features = torch.zeros(3, PAIR_FEATURES)
    scores = head(states, first, torch.tensor([0, 1, 3]), features)
    assert scores.shape == (3,)
    assert len(set(scores.tolist())) == 3
    features[0, 0] = 1
    assert head(states, first, torch.tensor([0, 1, 3]), features)[0] != scores[0]


RATES = Rates(encoder=1e-3, heads=1e-2)


@pytest.fixture
def small_model(tmp_path: Path) -> Tagger:
    save_bert(tmp_path, width=8, vocabulary=20)
    return Tagger(tmp_path)


def test_held_layers_stay_as_they_are(small_model: Tagger) -> None:
    Learner.start(small_model, Rates(encoder=1e-3, heads=1e-2, held=1), 10, "")
    held = {name for name, weights in small_model.named_parameters() if not weights.requires_grad}
    assert "features.weight" in held
    assert any(name.startswith("bert.encoder.layer.0") for name in held)
    assert not any(name.startswith(("bert.encoder.layer.1", "tags", "antecedents")) for name in held)


def test_rate_rises_then_falls(small_model: Tagger) -> None:
    learner = Learner.start(small_model, RATES, 100, "")
    rates = []
    for _ in range(100):
        rates.append(learner.scheduler.get_last_lr()[0])
        learner.optimizer.step()
        learner.scheduler.step()
    assert rates.index(max(rates)) == pytest.approx(6, abs=1)
    assert rates[0] < rates[3] < max(rates) > rates[50] > rates[99] > 0


def test_checkpoint_of_other_settings_is_refused(small_model: Tagger, tmp_path: Path) -> None:
    Learner.start(small_model, RATES, 10, "one").save(tmp_path / "c.pt")
    with pytest.raises(OptionError, match="made with one, not other"):
        Learner.start(small_model, RATES, 10, "other").resume(tmp_path / "c.pt")


def test_log_has_a_line_for_each_row(tmp_path: Path) -> None:
    log(tmp_path, step=1)
    log(tmp_path, step=2, loss=0.5)
    assert (tmp_path / "log.jsonl").read_text(encoding="utf-8") == '{"step": 1}\n{"step": 2, "loss": 0.5}\n'


@pytest.mark.parametrize(("bfloat", "single", "is_fast"), [(1.0, 2.0, True), (50.0, 1.0, False)])
def test_bfloat_is_taken_where_it_is_faster(
    bfloat: float, single: float, is_fast: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = {torch.bfloat16: bfloat, torch.float32: single}
    monkeypatch.setattr(precision, "_time_product", times.__getitem__)
    assert is_bfloat_fast.__wrapped__() is is_fast


CUE, SOURCE = Link((1, 3), (3, 4)), Link((3, 4), NOWHERE)
EXAMPLES = [
    Example(np.array([7, 8, 9]), np.array([1, 2, 3]), np.array([[1, 0, 4], [1, 0, 1]]), (CUE,), (SOURCE,)),
    Example(np.array([5]), np.array([4]), np.array([[2], [1]]), (), ()),
]
MASK = [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]


def test_examples_stand_between_their_special_pieces_and_are_padded() -> None:
    batch = collate(EXAMPLES)
    assert batch.ids.tolist() == [[CLS, 7, 8, 9, SEP], [CLS, 5, SEP, 0, 0]]
    assert batch.features.tolist() == [[0, 1, 2, 3, 0], [0, 4, 0, 0, 0]]
    assert batch.mask.tolist() == MASK
    assert batch.allowed.tolist() == [[[0, 1, 0, 4, 0], [0, 2, 0, 0, 0]], [[0, 1, 0, 1, 0], [0, 1, 0, 0, 0]]]
    assert (batch.cues, batch.sources) == (((CUE,), ()), ((SOURCE,), ()))


def test_unknown_feature_is_refused() -> None:
    example = Example(np.array([5]), np.array([FEATURE_VALUES]), np.array([[2], [1]]), (), ())
    with pytest.raises(FormatError, match=f"up to {FEATURE_VALUES - 1}, found {FEATURE_VALUES}"):
        collate([example])


def softmax(scores: list[float]) -> list[float]:
    total = sum(map(math.exp, scores))
    return [math.exp(score) / total for score in scores]


def test_tag_loss_is_that_of_a_plain_loop() -> None:
    torch.manual_seed(1)
    scores = torch.randn(2, 4, LEVELS * TAGS)
    allowed = torch.tensor([[[0, 1, 0b0100010, ANY], [0, 64, 0, 0b1111001]], [[0, 1, ANY, 2], [0, 1, 0, 1]]])
    terms = []
    for level, of_level in enumerate(allowed):
        rows = scores[..., level * TAGS : (level + 1) * TAGS].reshape(-1, TAGS).tolist()
        for row, bits in zip(rows, of_level.flatten().tolist(), strict=True):
            if bits:
                chance = sum(chance for tag, chance in enumerate(softmax(row)) if bits >> tag & 1)
                terms.append(-LEVEL_WEIGHTS[level] * math.log(chance))
    assert float(tag_loss(scores, allowed)) == pytest.approx(LEVELS * sum(terms) / len(terms), rel=1e-5)


def test_tag_loss_teaches_by_what_is_allowed() -> None:
    scores = torch.randn(1, 2, LEVELS * TAGS, requires_grad=True)
    torch.autograd.backward(tag_loss(scores, torch.tensor([[[ANY, 2]], [[ANY, ANY]]])))
    assert float(scores.grad[0, 0].abs().max()) < 1e-6
    assert float(scores.grad[0, 1, :TAGS].abs().max()) > 1e-3
    assert float(scores.grad[0, 1, TAGS:].abs().max()) < 1e-6
    scores = torch.tensor([[[100.0, *[-100.0] * (TAGS - 1)] * LEVELS]], requires_grad=True)
    torch.autograd.backward(tag_loss(scores, torch.tensor([[[1]], [[2]]])))
    assert torch.isfinite(scores.grad).all()
    assert float(scores.grad[0, 0, TAGS + 1]) < 0


def test_teacher_reads_each_window_once_and_gives_the_network_s_outputs(
    model: Tagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precision, "is_bfloat_fast", lambda: False)
    read: list[int] = []
    model.bert.register_forward_hook(lambda _, __, output: read.append(len(output.last_hidden_state)))
    teacher = Teacher(model)
    # How many windows of the batch it hasn't seen.
    for examples, new in ((EXAMPLES[:1], [1]), (EXAMPLES, [1]), (EXAMPLES, [])):
        batch, shown = collate(examples), collate(examples).mask.bool()
        found = teacher(examples, batch)
        assert read == new
        for own, expected in zip(found, model(batch.ids, batch.features, batch.mask), strict=True):
            assert torch.allclose(own[shown], expected[shown], atol=1e-2)
        read.clear()


def test_imitation_loses_nothing_where_outputs_are_the_teacher_s_and_padding_does_not_count() -> None:
    torch.manual_seed(1)
    sizes = (WIDTH, LEVELS * TAGS, VECTORS_SIZE, MENTION_SIZE)
    wanted = Outputs(*(torch.randn(2, 5, size) for size in sizes))
    assert float(imitation_loss(wanted, wanted, torch.tensor(MASK))) == pytest.approx(0, abs=1e-6)
    padded = Outputs(*(part.clone() for part in wanted))
    for part in padded:
        part[1, 3:] = 99
    assert float(imitation_loss(padded, wanted, torch.tensor(MASK))) == pytest.approx(0, abs=1e-6)
    for changed in range(len(wanted)):
        other = wanted._replace(**{wanted._fields[changed]: wanted[changed] + torch.randn_like(wanted[changed])})
        assert float(imitation_loss(other, wanted, torch.tensor(MASK))) > 0.1


LINKED = [[Link((1, 3), (3, 5)), Link((3, 4), NOWHERE)], [Link((1, 2), (2, 3), level=1)]]
VECTORS_SIZE = LEVELS * LINKS * LINK_SIZE


@pytest.mark.parametrize("relation", [0, 1])
def test_link_loss_is_that_of_a_plain_loop(relation: int) -> None:
    torch.manual_seed(1)
    vectors = torch.randn(2, 5, VECTORS_SIZE)
    parts = vectors.reshape(2, 5, LEVELS, LINKS, LINK_SIZE).tolist()
    expected = 0.0
    for window, links in enumerate(LINKED):
        pieces = [row for row, seen in zip(parts[window], MASK[window], strict=True) if seen]
        for link in links:
            right = range(*link.to) or [0]
            for at in range(*link.at):
                seeking = pieces[at][link.level][2 * relation]
                products = [np.dot(seeking, piece[link.level][2 * relation + 1]) / LINK_SIZE**0.5 for piece in pieces]
                chance = sum(softmax(products)[to] for to in right)
                expected -= math.log(chance) / (link.at[1] - link.at[0])
    loss, number = link_loss(vectors, torch.tensor(MASK), LINKED, relation)  # type: ignore[arg-type]
    assert number == 3
    assert float(loss) == pytest.approx(expected, rel=1e-5)


def test_windows_without_links_lose_nothing_and_can_be_learned_from() -> None:
    vectors = torch.randn(2, 5, VECTORS_SIZE, requires_grad=True)
    loss, number = link_loss(vectors, torch.tensor(MASK), [[], []], 0)
    torch.autograd.backward(loss)
    assert (float(loss.detach()), number) == (0.0, 0)
    assert not vectors.grad.any()


def test_link_loss_teaches_its_relation_alone_and_no_padding() -> None:
    vectors = torch.randn(2, 5, VECTORS_SIZE, requires_grad=True)
    torch.autograd.backward(link_loss(vectors, torch.tensor(MASK), LINKED, 1)[0])
    taught = vectors.grad.reshape(2, 5, LEVELS, LINKS, LINK_SIZE).abs().amax(dim=(1, 4)) > 0
    assert taught.tolist() == [
        [[False, False, True, True], [False] * LINKS],
        [[False] * LINKS, [False, False, True, True]],
    ]
    vectors = torch.randn(2, 5, VECTORS_SIZE)
    other = vectors.clone()
    other[1, 3:] = 99
    losses = [link_loss(each, torch.tensor(MASK), LINKED, 0)[0] for each in (vectors, other)]
    assert float(losses[0]) == float(losses[1])


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

    def __call__(self, ids: Any, features: Any, mask: Any) -> Outputs:  # noqa: ARG002 - as a Tagger
        known = {tuple(example.ids.tolist()): example for example in self.examples}
        group = [known[tuple(row[1 : int(seen.sum()) - 1].tolist())] for row, seen in zip(ids, mask, strict=True)]
        bits = collate(group).allowed.unsqueeze(-1) >> torch.arange(TAGS) & 1
        tags = torch.cat([self.change(of_level * 20.0) for of_level in bits], dim=-1)
        return Outputs(None, tags, torch.zeros(*ids.shape, LEVELS * LINKS * LINK_SIZE), None)


def measure(*texts: LabelledText, change: Callable[[Any], Any] = lambda tags: tags) -> dict[str, float]:
    return measure_tags(Oracle(*texts, change=change), TOKENIZER, texts)  # type: ignore[arg-type]


def to_outside(tags: Any, *wrong: int) -> Any:
    """The words with one of the `wrong` tags have none instead."""
    lost = tags[..., list(wrong)].any(dim=-1)
    changed = tags.masked_fill(lost.unsqueeze(-1), 0.0)
    changed[..., 0] += 20.0 * lost
    return changed


def test_perfect_tags_give_100_also_over_windows() -> None:
    figures = measure(SHORT)
    assert {figures[f"{role} {unit}"] for role in ROLES for unit in ("words", "whole")} == {100.0}
    figures = measure(LONG, SHORT)
    assert (figures["content whole"], figures["content words"]) == (100.0, 100.0)


def test_inner_quotes_are_measured_where_the_texts_have_them() -> None:
    inner = Gold(((3, 5),), ((0, 2),), level=1)
    text = LabelledText("nested", SHORT.text, (*SHORT.attributions, inner), Scope.NESTED)
    figures = measure(text)
    assert (figures["content whole"], figures["inner content whole"], figures["inner cue words"]) == (100.0,) * 3
    assert not [key for key in measure(SHORT) if key.startswith("inner")]
    assert measure(text, change=lambda tags: to_outside(tags, 3))["inner cue words"] == 0.0


def test_missing_fragments_and_parts_lower_the_figures_of_their_role() -> None:
    figures = measure(SHORT, change=lambda tags: to_outside(tags, 3))
    assert (figures["cue words"], figures["cue whole"]) == (0.0, 0.0)
    assert (figures["source whole"], figures["content whole"]) == (100.0, 100.0)
    figures = measure(SHORT, change=lambda tags: to_outside(tags, 2))
    assert figures["content whole"] == 0.0
    assert figures["content words"] == pytest.approx(200 * 1 / 3, abs=0.05)


def test_links_that_know_nothing_lose_the_logarithm_of_their_choices() -> None:
    figures = measure(SHORT)
    # Ten letters and two special pieces; cue and source are two pieces each.
    assert figures["cue loss"] == figures["source loss"] == pytest.approx(1.792, abs=0.001)


def test_figures_of_nothing_are_0_and_all_can_be_logged() -> None:
    figures = measure(LabelledText("empty", "ab cd", (), Scope.WHOLE))
    assert set(figures.values()) == {0.0}
    assert json.loads(json.dumps(measure(SHORT))) == measure(SHORT)


def test_model_is_left_for_use() -> None:
    model = Oracle(SHORT)
    measure_tags(model, TOKENIZER, [SHORT])  # type: ignore[arg-type]
    assert not model.training


def test_text_with_labels_between_marks_alone_is_refused() -> None:
    text = LabelledText("novel", "“ab” cd", (), Scope.QUOTED)
    with pytest.raises(OptionError, match="novel"):
        measure(text)
