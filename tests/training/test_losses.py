import math

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from quotesmith.encoder import CLS, FEATURE_VALUES, LINK_SIZE, LINKS, SEP, TAGS  # noqa: E402 - skipped where there is no torch
from quotesmith.errors import FormatError  # noqa: E402
from quotesmith.training.examples import ANY, NOWHERE, Example, Link  # noqa: E402
from quotesmith.training.losses import collate, link_loss, tag_loss  # noqa: E402

CUE, SOURCE = Link((1, 3), (3, 4)), Link((3, 4), NOWHERE)
EXAMPLES = [
    Example(np.array([7, 8, 9]), np.array([1, 2, 3]), np.array([1, 0, 4]), (CUE,), (SOURCE,)),
    Example(np.array([5]), np.array([4]), np.array([2]), (), ()),
]
MASK = [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]


def test_examples_stand_between_their_special_pieces_and_are_padded() -> None:
    batch = collate(EXAMPLES)
    assert batch.ids.tolist() == [[CLS, 7, 8, 9, SEP], [CLS, 5, SEP, 0, 0]]
    assert batch.features.tolist() == [[0, 1, 2, 3, 0], [0, 4, 0, 0, 0]]
    assert batch.mask.tolist() == MASK
    assert batch.allowed.tolist() == [[0, 1, 0, 4, 0], [0, 2, 0, 0, 0]]
    assert (batch.cues, batch.sources) == (((CUE,), ()), ((SOURCE,), ()))


def test_unknown_feature_is_refused() -> None:
    example = Example(np.array([5]), np.array([FEATURE_VALUES]), np.array([2]), (), ())
    with pytest.raises(FormatError, match=f"up to {FEATURE_VALUES - 1}, found {FEATURE_VALUES}"):
        collate([example])


def softmax(scores: list[float]) -> list[float]:
    total = sum(map(math.exp, scores))
    return [math.exp(score) / total for score in scores]


def test_tag_loss_is_that_of_a_plain_loop() -> None:
    torch.manual_seed(1)
    scores = torch.randn(2, 4, TAGS)
    allowed = torch.tensor([[0, 1, 0b0100010, ANY], [0, 64, 0, 0b1111001]])
    terms = []
    for row, bits in zip(scores.reshape(-1, TAGS).tolist(), allowed.flatten().tolist(), strict=True):
        if bits:
            terms.append(-math.log(sum(chance for tag, chance in enumerate(softmax(row)) if bits >> tag & 1)))
    assert float(tag_loss(scores, allowed)) == pytest.approx(sum(terms) / len(terms), rel=1e-5)


def test_word_that_may_have_any_tag_teaches_nothing() -> None:
    scores = torch.randn(1, 2, TAGS, requires_grad=True)
    torch.autograd.backward(tag_loss(scores, torch.tensor([[ANY, 2]])))
    assert float(scores.grad[0, 0].abs().max()) < 1e-6
    assert float(scores.grad[0, 1].abs().max()) > 1e-3


def test_tag_loss_has_a_gradient_where_the_network_is_sure_of_what_is_wrong() -> None:
    scores = torch.tensor([[[100.0, *[-100.0] * (TAGS - 1)]]], requires_grad=True)
    torch.autograd.backward(tag_loss(scores, torch.tensor([[2]])))
    assert torch.isfinite(scores.grad).all()
    assert float(scores.grad[0, 0, 1]) < 0


LINKED = [[Link((1, 3), (3, 5)), Link((3, 4), NOWHERE)], [Link((1, 2), (2, 3))]]


@pytest.mark.parametrize("relation", [0, 1])
def test_link_loss_is_that_of_a_plain_loop(relation: int) -> None:
    torch.manual_seed(1)
    vectors = torch.randn(2, 5, LINKS * LINK_SIZE)
    parts = vectors.reshape(2, 5, LINKS, LINK_SIZE).tolist()
    expected = 0.0
    for window, links in enumerate(LINKED):
        pieces = [row for row, seen in zip(parts[window], MASK[window], strict=True) if seen]
        for link in links:
            right = range(*link.to) or [0]
            for at in range(*link.at):
                seeking = pieces[at][2 * relation]
                products = [np.dot(seeking, piece[2 * relation + 1]) / LINK_SIZE**0.5 for piece in pieces]
                chance = sum(softmax(products)[to] for to in right)
                expected -= math.log(chance) / (link.at[1] - link.at[0])
    loss, number = link_loss(vectors, torch.tensor(MASK), LINKED, relation)  # type: ignore[arg-type]
    assert number == 3
    assert float(loss) == pytest.approx(expected, rel=1e-5)


def test_windows_without_links_lose_nothing_and_can_be_learned_from() -> None:
    vectors = torch.randn(2, 5, LINKS * LINK_SIZE, requires_grad=True)
    loss, number = link_loss(vectors, torch.tensor(MASK), [[], []], 0)
    torch.autograd.backward(loss)
    assert (float(loss.detach()), number) == (0.0, 0)
    assert not vectors.grad.any()


def test_link_loss_teaches_the_vectors_of_its_relation_alone() -> None:
    vectors = torch.randn(2, 5, LINKS * LINK_SIZE, requires_grad=True)
    torch.autograd.backward(link_loss(vectors, torch.tensor(MASK), LINKED, 1)[0])
    taught = vectors.grad.reshape(2, 5, LINKS, LINK_SIZE).abs().amax(dim=(0, 1, 3)) > 0
    assert taught.tolist() == [False, False, True, True]


def test_padding_gets_no_link() -> None:
    vectors = torch.randn(2, 5, LINKS * LINK_SIZE)
    other = vectors.clone()
    other[1, 3:] = 99
    losses = [link_loss(each, torch.tensor(MASK), LINKED, 0)[0] for each in (vectors, other)]
    assert float(losses[0]) == float(losses[1])
