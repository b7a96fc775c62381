"""Verbs that the user adds are reported by both extractors, in every regular form."""

import pytest

from quotesmith.extraction import Attribution, LearnedExtractor, RuleExtractor
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.records import Act, Assertion
from tests.cases import named_table
from tests.docs import make_doc, parsed_text

LEXICON = load_reporting().with_verbs([{"verb": "skeet", "act": "writing"}])
LEARNED = LearnedExtractor()
THAT = named_table("extraction/user_verbs", "that")
# The tags see nothing here.
WITHOUT_THAT = named_table("extraction/user_verbs", "without that")
QUOTED = named_table("extraction/user_verbs", "quoted")


def found(table: str, extractor: str, *, added: bool = True) -> tuple[str, list[Attribution]]:
    lexicon = LEXICON if added else load_reporting()
    extract = RuleExtractor(lexicon) if extractor == "rules" else LearnedExtractor(LEARNED.encoder, lexicon)
    parsed = parsed_text(make_doc(table))
    return parsed.text, extract(parsed)


@pytest.mark.parametrize("extractor", ["learned", "rules"])
@pytest.mark.parametrize(
    ("table", "content", "source"),
    [
        pytest.param(THAT, "that the bridge was closed", "Jane Roe", id="clause"),
        pytest.param(WITHOUT_THAT, "it works", "She", id="clause-without-that"),
        pytest.param(QUOTED, "“We go,”", "Roe", id="quotation"),
    ],
)
def test_added_verb_reports(extractor: str, table: str, content: str, source: str) -> None:
    text, quotes = found(table, extractor)
    [quote] = quotes
    assert [span.of(text) for span in (*quote.content, *quote.source)] == [content, source]
    assert quote.act is Act.WRITING
    assert (quote.assertion is Assertion.NEGATED) is (" not " in text)


@pytest.mark.parametrize("extractor", ["learned", "rules"])
def test_unknown_verb_reports_nothing_by_itself(extractor: str) -> None:
    assert found(WITHOUT_THAT, extractor, added=False)[1] == []


@pytest.mark.parametrize(("added", "written"), [("flo\u0308p", "flöped"), ("flöp", "Flo\u0308ped")])
def test_added_verb_is_found_however_its_accents_are_written(added: str, written: str) -> None:
    lexicon = load_reporting().with_verbs([{"verb": added, "act": "writing"}])
    parsed = parsed_text(make_doc(QUOTED.replace("skeeted", written)))
    for extract in (RuleExtractor(lexicon), LearnedExtractor(LEARNED.encoder, lexicon)):
        [quote] = extract(parsed)
        assert (quote.act, quote.cue[0].of(parsed.text)) == (Act.WRITING, written)


def test_quote_that_the_tags_found_is_not_doubled() -> None:
    text, quotes = found(THAT + "\n" + QUOTED, "learned")
    spans = sorted(span for quote in quotes for span in quote.content)
    assert [span.of(text) for span in spans] == ["that the bridge was closed", "“We go,”"]
