import numpy as np
import pytest

from quotesmith.records import TextSpan
from quotesmith.speakers.dialogue.conversations import Step
from quotesmith.speakers.dialogue.evidence import SPEAKER_EVIDENCE, SpeakerEvidence
from quotesmith.speakers.dialogue.turn_model import TurnModel, read_turn_model
from tests.cases import Case, each_case
from tests.speakers.scenes import attribution, doc_of, listed, place, resolve

NOTHING = TurnModel(
    dict.fromkeys(SPEAKER_EVIDENCE, 0.0), dict.fromkeys(map(str, Step), 0.0), dict.fromkeys(map(str, Step), 0.0)
)


@each_case("speakers/turn_resolver", keys={"quotes", "sources", "speakers", "methods"})
def test_who_speaks_turns_that_no_words_give(case: Case) -> None:
    # By the weights that come with the package: none of these is a close call.
    [stated] = case.expected
    doc = doc_of(case.table)
    sources = [one.replace("-", "") for one in listed(stated["sources"])]
    quotes = [
        attribution(
            TextSpan((span := place(doc, words)).start - 1, span.end + 1),
            (place(doc, source),) if source else (),
        )
        for words, source in zip(listed(stated["quotes"]), sources, strict=True)
    ]
    found = resolve(doc, *quotes)
    names = {entity.id: entity.name for entity in found.entities}
    said = [" and ".join(names[one] for one in decision.speakers) or "-" for decision in found.decisions]
    assert said == listed(stated["speakers"])
    assert [decision.method for decision in found.decisions] == listed(stated["methods"])


def test_rows_of_a_model_sum_up_to_one() -> None:
    evidence = [[SpeakerEvidence(opens_paragraph=1.0), SpeakerEvidence(), SpeakerEvidence(nobody=1.0)]] * 3
    found = read_turn_model()(evidence, [[True, True, True], [False, True, True], [True, False, False]], [Step.FAR] * 2)
    assert found.sum(axis=1) == pytest.approx(1)
    assert found[1, 0] == 0
    assert found[2] == pytest.approx([1, 0, 0])


def test_model_without_weights_finds_all_equally_likely() -> None:
    evidence = [[SpeakerEvidence(called=1.0), SpeakerEvidence()]] * 2
    assert NOTHING(evidence, [[True, True]] * 2, [Step.ANSWER]) == pytest.approx(np.full((2, 2), 0.5))
