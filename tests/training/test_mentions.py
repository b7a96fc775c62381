import pytest

torch = pytest.importorskip("torch")

from collections.abc import Collection  # noqa: E402

from torch import Tensor  # noqa: E402

from quotesmith.encoder import (  # noqa: E402
    MENTION_KINDS,
    MENTION_LABELS,
    MENTION_OFFSET,
    MENTION_SIZE,
    MENTION_SPAN_SIZE,
    MENTION_WORDS,
    mention_label,
)
from quotesmith.records import EntityKind, MentionForm  # noqa: E402
from quotesmith.training.mention_labels import GoldMention, MentionText  # noqa: E402
from quotesmith.training.mentions import (  # noqa: E402
    MentionBatch,
    collate_mentions,
    make_mention_examples,
    mention_loss,
)
from tests.encoder.tiny import make_tokenizer  # noqa: E402

TOKENIZER = make_tokenizer()
"""Each letter is a piece, each mark is one."""
NAME, NOMINAL, PRONOUN = MentionForm
PERSON, BODY, PLACE, GROUP, THING = MENTION_KINDS
EVERY_KIND = frozenset(EntityKind)
TEXT = "ann, an old maid, saw me"


def label(
    *mentions: tuple[str, MentionForm, EntityKind], text: str = TEXT, kinds: Collection[EntityKind] = EVERY_KIND
) -> MentionText:
    golds = [GoldMention((text.index(m), text.index(m) + len(m)), form, kind) for m, form, kind in mentions]
    return MentionText("name", text, tuple(golds), frozenset(kinds))


def make_batch(*texts: MentionText) -> MentionBatch:
    return collate_mentions(make_mention_examples(TOKENIZER, texts))


def slow_loss(mentions: Tensor, batch: MentionBatch) -> Tensor:
    """`mention_loss`, stretch by stretch."""
    gold = {(int(w), int(first), int(last)): int(number) for w, first, last, number in batch.mentions}
    losses = []
    for window, words in enumerate(batch.words.tolist()):
        vectors = mentions[window, batch.heads[window, :words]].double()
        for first in range(words):
            for last in range(first, min(words, first + MENTION_WORDS)):
                product = vectors[first, :MENTION_SPAN_SIZE] @ vectors[last, MENTION_SPAN_SIZE : 2 * MENTION_SPAN_SIZE]
                chance = torch.sigmoid(product / MENTION_SPAN_SIZE**0.5 + MENTION_OFFSET)
                scores = vectors[first, -2 * MENTION_LABELS : -MENTION_LABELS] + vectors[last, -MENTION_LABELS:]
                labels = torch.softmax(scores, dim=-1)
                if (window, first, last) in gold:
                    losses.append(-torch.log(chance * labels[gold[window, first, last]]))
                else:
                    losses.append(-torch.log(1 - chance * (labels * (1 - batch.unlabelled[window])).sum()))
    return torch.stack(losses).sum() / batch.words.sum()


def test_examples_have_first_and_last_words_of_mentions_and_their_labels() -> None:
    text = label(
        ("ann", NAME, PERSON), ("an old maid", NOMINAL, PERSON), ("old maid,", NOMINAL, THING), ("me", PRONOUN, GROUP)
    )
    [example] = make_mention_examples(TOKENIZER, [text])
    assert example.heads.tolist() == [0, 3, 4, 6, 9, 13, 14, 17]
    labels = [mention_label(*of) for of in ((NAME, PERSON), (NOMINAL, PERSON), (NOMINAL, THING), (PRONOUN, GROUP))]
    assert example.mentions.tolist() == [[0, 0, labels[0]], [2, 4, labels[1]], [3, 5, labels[2]], [7, 7, labels[3]]]


def test_windows_have_the_mentions_that_they_show_whole() -> None:
    text = " ".join(["ab"] * 200)
    spans = [(0, 2), (3 * 100, 3 * 103 + 2), (3 * 120, 3 * 150 + 2), (3 * 126, 3 * 126 + 2)]
    golds = tuple(GoldMention(span, NAME, PERSON) for span in spans)
    examples = make_mention_examples(TOKENIZER, [MentionText("name", text, golds, EVERY_KIND)])
    # Of 400 pieces a window shows 254, and the next begins 64 before its end; one mention has too many words.
    assert [example.mentions[:, :2].tolist() for example in examples] == [
        [[0, 0], [100, 103], [126, 126]],
        [[5, 8], [31, 31]],
    ]


def test_windows_from_which_nothing_is_learned_are_left_out() -> None:
    nothing_known = label(kinds=())
    assert make_mention_examples(TOKENIZER, [nothing_known]) == []
    assert len(make_mention_examples(TOKENIZER, [label(), label(("me", PRONOUN, PERSON), kinds=())])) == 2


@pytest.mark.parametrize("kinds", [EVERY_KIND, EVERY_KIND - {THING}, ()], ids=["every kind", "no things", "no kind"])
def test_the_loss_is_that_of_all_stretches(kinds: Collection[EntityKind]) -> None:
    golds = (("ann", NAME, PERSON), ("an old maid", NOMINAL, PERSON), ("me", PRONOUN, GROUP))
    batch = make_batch(
        label(*golds, kinds=kinds), label(*golds[:1], text="ann " * 40), label(text="o", kinds=kinds or {BODY})
    )
    torch.manual_seed(1)
    mentions = 2 * torch.randn(*batch.ids.shape, MENTION_SIZE)
    mentions.requires_grad_()
    loss = mention_loss(mentions, batch)
    assert loss.item() == pytest.approx(slow_loss(mentions, batch).item(), rel=1e-4)
    loss.backward()
    assert mentions.grad.isfinite().all()


def test_extreme_outputs_have_finite_losses_and_gradients() -> None:
    batch = make_batch(label(("ann", NAME, PERSON), kinds={PERSON}))
    mentions = 200 * torch.randn(*batch.ids.shape, MENTION_SIZE)
    mentions.requires_grad_()
    loss = mention_loss(mentions, batch)
    loss.backward()
    assert loss.isfinite()
    assert mentions.grad.isfinite().all()


def test_what_may_be_a_mention_of_other_kinds_loses_nothing() -> None:
    known, unknown = label(), label(kinds={PERSON})
    mentions = torch.full((1, 22, MENTION_SIZE), 3.0)
    mentions[..., 2 * MENTION_SPAN_SIZE + mention_label(NAME, BODY)] = 30
    assert mention_loss(mentions, make_batch(known)) > 10
    assert mention_loss(mentions, make_batch(unknown)) < 0.01
