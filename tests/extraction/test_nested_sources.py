from tests.cases import named_table
from tests.docs import make_doc
from tests.extraction.found import add_relayed_quotes, detach_relays
from tests.extraction.worded import attribution

GOES_ON = make_doc(named_table("extraction/nested_sources", "goes on"))
NESTED = "Roe said she left, according to Tass."


def test_next_sentence_is_not_the_relays() -> None:
    text = GOES_ON.text
    said = attribution(text, "It is safe", cue="said", source="Roe")
    relay = attribution(text, "They wait", cue="according to", source="Tass")
    first, second = detach_relays(GOES_ON, [said, relay])
    assert first == said
    assert (second.cue, second.source, second.content) == ((), (), relay.content)


def test_next_sentence_stays_with_whoever_relays_nobody() -> None:
    relay = attribution(GOES_ON.text, "They wait", cue="according to", source="Tass")
    assert detach_relays(GOES_ON, [relay]) == [relay]


def test_relayed_clause_is_a_quote_inside() -> None:
    relay = attribution(NESTED, "Roe said", "she left", cue="according to", source="Tass")
    rule = attribution(NESTED, "she left, according to Tass", cue="said", source="Roe", rule="clause")
    outer, inner = add_relayed_quotes(NESTED, [relay], [rule])
    assert [span.of(NESTED) for span in outer.content] == ["Roe said she left"]
    assert [span.of(NESTED) for span in inner.content] == ["she left"]


def test_relayed_words_have_no_white_space_at_their_edges() -> None:
    relay = attribution(NESTED, "Roe said she left", cue="according to", source="Tass")
    rule = attribution(NESTED, " she left, according", cue="said", source="Roe", rule="clause")
    _, inner = add_relayed_quotes(NESTED, [relay], [rule])
    assert [span.of(NESTED) for span in inner.content] == ["she left"]


def test_relay_whose_source_stands_between_its_words_stays_in_pieces() -> None:
    text = "No, Tass, Roe said she left, according to"
    relay = attribution(text, "No,", "Roe said she left", cue="according to", source="Tass")
    rule = attribution(text, "she left", cue="said", source="Roe", rule="clause")
    assert add_relayed_quotes(text, [relay], [rule]) == [relay]


def test_cue_that_the_tags_know_is_left_to_them() -> None:
    relay = attribution(NESTED, "Roe said she left", cue="according to", source="Tass")
    said = attribution(NESTED, "she left", cue="said", source="Roe")
    assert add_relayed_quotes(NESTED, [relay, said], [said]) == [relay, said]


def test_relayed_clause_without_a_word_inside_is_none() -> None:
    text = "Roe said: “we left”, according to Tass"
    relay = attribution(text, "Roe said: “", cue="according to", source="Tass")
    rule = attribution(text, "“we left”", cue="said", source="Roe", rule="clause")
    assert add_relayed_quotes(text, [relay], [rule]) == [relay]
