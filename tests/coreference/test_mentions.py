import pytest

from quotesmith.coreference import MentionCandidate, MentionContext, PronounClass
from quotesmith.records import EntityKind, MentionForm, TextSpan


@pytest.mark.parametrize(
    ("known", "is_anaphor"),
    [
        pytest.param({"form": MentionForm.NAME}, False, id="name"),
        pytest.param({"form": MentionForm.PRONOUN, "pronoun": PronounClass.IT}, True, id="pronoun"),
        pytest.param({"is_definite": True}, True, id="the person"),
        pytest.param({"is_definite": True, "kind": EntityKind.OTHER}, False, id="the thing"),
        pytest.param(
            {"is_definite": True, "kind": EntityKind.OTHER, "context": MentionContext(is_subject=True)},
            True,
            id="subject",
        ),
        pytest.param({}, False, id="a person"),
    ],
)
def test_what_may_take_up_something(known: dict[str, object], is_anaphor: object) -> None:
    fields = {
        "span": TextSpan(0, 3),
        "start": 0,
        "end": 1,
        "head": 0,
        "form": MentionForm.NOMINAL,
        "kind": EntityKind.PERSON,
    }
    assert MentionCandidate(**(fields | known)).is_anaphor is is_anaphor  # type: ignore[arg-type]
