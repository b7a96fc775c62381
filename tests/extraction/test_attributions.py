from quotesmith.extraction import Attribution
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan


def test_extent_goes_from_the_first_to_the_last_character_of_the_content() -> None:
    attribution = Attribution(
        content=(TextSpan(3, 9), TextSpan(20, 25)),
        kind=QuoteKind.DIRECT,
        act=Act.SPEECH,
        assertion=Assertion.ASSERTED,
        score=1,
        rule="test",
    )
    assert attribution.extent == TextSpan(3, 25)
