from quotesmith.speakers import Decision, SpeakerResults


def test_decision_without_speaker_has_no_method() -> None:
    assert Decision(reason="nobody").method == "none"
    assert Decision().speakers == ()


def test_empty_cast() -> None:
    assert SpeakerResults() == SpeakerResults((), (), ())
