import attrs
import pytest

from quotesmith.records import TextSpan
from tests.cases import named_table
from tests.docs import make_doc
from tests.extraction.found import add_nested_source_quotes, detach_nested_sources, nest, with_parents, words
from tests.extraction.worded import attribution, quote_at

GOES_ON = make_doc(named_table("extraction/nested_sources", "goes on"))
TOLD = make_doc(named_table("extraction/nested_sources", "told"))
NESTED = "Roe said she left, according to Tass."


def test_next_sentence_is_not_the_outer_source_s() -> None:
    text = GOES_ON.text
    said = attribution(text, "It is safe", cue="said", source="Roe")
    outer = attribution(text, "They wait", cue="according to", source="Tass")
    first, second = detach_nested_sources(GOES_ON, [said, outer])
    assert first == said
    assert (second.cue, second.source, second.content) == ((), (), outer.content)


def test_next_sentence_stays_with_a_source_that_quotes_nobody() -> None:
    outer = attribution(GOES_ON.text, "They wait", cue="according to", source="Tass")
    assert detach_nested_sources(GOES_ON, [outer]) == [outer]


def test_nested_clause_is_a_quote_inside() -> None:
    outer = attribution(NESTED, "Roe said", "she left", cue="according to", source="Tass")
    rule = attribution(NESTED, "she left, according to Tass", cue="said", source="Roe", rule="clause")
    outer, inner = add_nested_source_quotes(NESTED, [outer], [rule])
    assert [span.of(NESTED) for span in outer.content] == ["Roe said she left"]
    assert [span.of(NESTED) for span in inner.content] == ["she left"]


@pytest.mark.parametrize("content", ["she left", "said she left"])
def test_speaker_beside_the_outer_words_is_among_them(content: str) -> None:
    outer = attribution(NESTED, content, cue="according to", source="Tass")
    rule = attribution(NESTED, "she left", cue="said", source="Roe", rule="clause")
    outer, inner = add_nested_source_quotes(NESTED, [outer], [rule])
    assert [span.of(NESTED) for span in outer.content] == ["Roe said she left"]
    assert [span.of(NESTED) for span in inner.content] == ["she left"]


def test_nested_words_have_no_white_space_at_their_edges() -> None:
    outer = attribution(NESTED, "Roe said she left", cue="according to", source="Tass")
    rule = attribution(NESTED, " she left, according", cue="said", source="Roe", rule="clause")
    _, inner = add_nested_source_quotes(NESTED, [outer], [rule])
    assert [span.of(NESTED) for span in inner.content] == ["she left"]


def test_outer_quote_whose_source_stands_between_its_words_stays_in_pieces() -> None:
    text = "No, Tass, Roe said she left, according to"
    outer = attribution(text, "No,", "Roe said she left", cue="according to", source="Tass")
    rule = attribution(text, "she left", cue="said", source="Roe", rule="clause")
    assert add_nested_source_quotes(text, [outer], [rule]) == [outer]


def test_cue_that_the_tags_know_is_left_to_them() -> None:
    outer = attribution(NESTED, "Roe said she left", cue="according to", source="Tass")
    said = attribution(NESTED, "she left", cue="said", source="Roe")
    assert add_nested_source_quotes(NESTED, [outer, said], [said]) == [outer, said]


def test_nested_clause_without_a_word_inside_is_none() -> None:
    text = "Roe said: “we left”, according to Tass"
    outer = attribution(text, "Roe said: “", cue="according to", source="Tass")
    rule = attribution(text, "“we left”", cue="said", source="Roe", rule="clause")
    assert add_nested_source_quotes(text, [outer], [rule]) == [outer]


INSERTED = "Roe said, according to Tass, that she left."


@pytest.mark.parametrize("content", [["that she left"], ["Roe said", "that she left"], ["Roe said"]])
def test_clause_inside_a_report_passes_on_what_stands_on_both_sides(content: list[str]) -> None:
    outer = attribution(INSERTED, *content, cue="according to", source="Tass")
    rule = attribution(INSERTED, "according to Tass, that she left", cue="said", source="Roe", rule="clause")
    outer, inner = add_nested_source_quotes(INSERTED, [outer], [rule])
    assert words(INSERTED, outer.content) == ["Roe said", "that she left"]
    assert words(INSERTED, inner.content) == ["that she left"]
    assert [found.parent for found in with_parents([outer, inner])] == [None, 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("“Fine,” said Roe, according to Tass.", "“Fine,”", id="direct"),
        pytest.param("The bridge is safe, said Roe, according to Tass.", "The bridge is safe", id="indirect"),
        pytest.param("“No. Go,” said Ann Roe in Rome on Monday, according to Tass.", "“No. Go,”", id="with-place"),
    ],
)
def test_inner_quote_without_a_source_takes_that_of_the_rules(text: str, said: str) -> None:
    outer = attribution(text, text[: text.index(" Roe")], cue="according to", source="Tass")
    inner = attribution(text, said, cue="said")
    rule = attribution(text, said, cue="said", source="Roe", rule="clause")
    outer, inner = add_nested_source_quotes(text, [outer, inner], [rule])
    assert words(text, outer.content) == [text[: text.index(", according")]]
    assert (words(text, inner.source), words(text, inner.content), inner.rule) == (["Roe"], [said], "tags")


def test_inner_source_that_is_the_outer_one_is_not_the_speaker() -> None:
    text = "It was cold, Tass reported, according to Roe."
    inner = attribution(text, "It was cold", cue="reported", source="Roe")
    rules = [
        attribution(text, "It was cold", cue="reported", source="Tass", rule="clause"),
        attribution(text, "It was cold, Tass reported", cue="according to", source="Roe", rule="according-to"),
    ]
    inner, outer = add_nested_source_quotes(text, [inner], rules)
    assert [words(text, quote.source) for quote in (inner, outer)] == [["Tass"], ["Roe"]]
    assert words(text, outer.content) == ["It was cold, Tass reported"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Roe says it is proof of a lead, which is small, according to Tass.", id="a-relative-clause"),
        pytest.param("It is late, Roe says; the lead is small, according to Tass.", id="another-clause"),
    ],
)
def test_rules_alone_pass_on_only_what_ends_at_the_clause(text: str) -> None:
    inner = attribution(text, text[: text.index(", ")], cue="says", source="Roe")
    rules = [inner, attribution(text, text[: text.index(", acc")], cue="according to", source="Tass")]
    assert add_nested_source_quotes(text, [inner], rules) == [inner]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Roe said that, according to Tass, she left.", id="in-the-report"),
        pytest.param("While, according to Tass, she left, Roe said no.", id="beside-a-report"),
    ],
)
def test_clause_passes_on_no_report_that_holds_it_or_goes_on(text: str) -> None:
    outer = attribution(text, "she left", cue="according to", source="Tass")
    said = attribution(text, text[text.index("said ") + 5 : -1], cue="said", source="Roe")
    assert add_nested_source_quotes(text, [outer, said], [said]) == [outer, said]


@pytest.mark.parametrize(("inner", "cue"), [("“We left,”", "said"), ("she left", "added")])
def test_report_behind_the_clause_is_inside_where_it_is_all_of_it(inner: str, cue: str) -> None:
    text = f"According to Tass, {inner} {cue} Roe. It was cold."
    outer = attribution(text, inner, f"{cue} Roe", cue="According to", source="Tass")
    rule = attribution(text, inner, cue=cue, source="Roe", rule="clause")
    outer, found = add_nested_source_quotes(text, [outer], [rule])
    assert words(text, outer.content) == [f"{inner} {cue} Roe"]
    assert words(text, found.content) == [inner]


def test_clauses_in_a_row_hold_each_other() -> None:
    names = "ABCDEFGH"
    text = "It rained" + "".join(f", according to {name}" for name in names) + "."
    starts = [text.index(f", according to {name}") for name in names]
    # The rules give each what stands before the clause, and behind it.
    rules = [
        attrs.evolve(
            quote_at((0, start), (start + 16, len(text)), cue=(start + 2, start + 14)),
            source=(TextSpan(start + 15, start + 16),),
        )
        for start in starts
    ]
    first, last = (attrs.evolve(rule, content=rule.content[:1]) for rule in (rules[0], rules[-1]))
    found = nest(add_nested_source_quotes(text, [first, last], rules))
    assert [words(text, quote.source) for quote in found] == [[name] for name in reversed(names)]
    assert [words(text, quote.content) for quote in found] == [[text[:start]] for start in reversed(starts)]
    assert [quote.parent for quote in found] == [None, *range(7)]


def test_added_quote_that_crosses_another_is_left_out() -> None:
    outer = attribution(NESTED, "Roe said she left", cue="according to", source="Tass")
    crossing = attribution(NESTED, "said she", cue="left")
    rule = attribution(NESTED, "she left", cue="said", source="Roe", rule="clause")
    assert add_nested_source_quotes(NESTED, [outer, crossing], [rule]) == [outer, crossing]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(["that she left. It rained"], id="behind"),
        pytest.param(["It was cold", "that she left"], id="before"),
        pytest.param(["It was cold. Roe told them", "that she left. It rained"], id="both"),
    ],
)
def test_narration_around_the_sentence_is_not_passed_on(content: list[str]) -> None:
    text = TOLD.text
    outer = attribution(text, *content, cue="according to", source="Tass")
    outer, inner = add_nested_source_quotes(TOLD, [outer], [])
    assert words(text, outer.content) == ["Roe told them", "that she left"]
    assert (words(text, inner.content), words(text, inner.cue)) == (["that she left"], ["told"])


def test_narration_stays_where_the_clause_passes_nothing_on() -> None:
    outer = attribution(GOES_ON.text, "They wait", cue="according to", source="Tass")
    assert add_nested_source_quotes(GOES_ON, [outer], []) == [outer]


def test_speaker_of_narration_says_what_stands_in_the_sentence() -> None:
    text = GOES_ON.text
    outer = attribution(text, "It is safe", cue="according to", source="Tass")
    wrong = attribution(text, "They wait", cue="said", source="Tass")
    rule = attribution(text, "It is safe", cue="said", source="Roe", rule="clause")
    outer, inner = add_nested_source_quotes(GOES_ON, [outer, wrong], [rule])
    assert words(text, outer.content) == ["It is safe said Roe"]
    assert (words(text, inner.content), words(text, inner.source)) == (["It is safe"], ["Roe"])
