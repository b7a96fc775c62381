import logging

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from quotesmith.analysis import Analyzer, make_quote, text_digest
from quotesmith.coreference import no_clusters
from quotesmith.extraction import Attribution, RuleExtractor
from quotesmith.records import Act, Assertion, QuoteDocument, QuoteKind, TextSpan
from quotesmith.speakers import Decision

TEXT = "“Go,” said Ann."


def attribution(**changes: object) -> Attribution:
    fields = {
        "content": (TextSpan(0, 5),),
        "cue": (TextSpan(6, 10),),
        "kind": QuoteKind.DIRECT,
        "act": Act.SPEECH,
        "assertion": Assertion.ASSERTED,
        "outer_marks": (TextSpan(0, 1), TextSpan(4, 5)),
        "score": 0.9,
        "rule": "quotation",
    }
    return Attribution(**{**fields, **changes})  # type: ignore[arg-type]


def decision(**changes: object) -> Decision:
    fields = {
        "source": None,
        "speakers": (),
        "addressees": (),
        "score": 0.0,
        "method": "none",
        "chain": (),
        "runners_up": (),
        "reason": "no source words",
    }
    return Decision(**{**fields, **changes})  # type: ignore[arg-type]


def test_quote_has_its_words_and_says_how_it_was_found() -> None:
    assert make_quote(3, attribution(), decision(), TEXT).text == "Go,"
    quote = make_quote(3, attribution(parent=1), decision(), TEXT)
    assert (quote.id, quote.parent) == ("q3", "q1")
    assert (quote.evidence.extraction, quote.evidence.reason) == ("quotation", "no source words")


def test_digest_tells_texts_apart_and_takes_lone_surrogates() -> None:
    assert text_digest("a") == text_digest("a") != text_digest("a\ud800")


def test_empty_doc_is_an_empty_document() -> None:
    document = Analyzer(extractor=RuleExtractor(), coreference=no_clusters)(Doc(Vocab()))
    assert (document.text, len(document.quotes), document.entities) == ("", 0, ())


def test_timings_are_told_on_request_beside_the_callers_meta() -> None:
    analyzer = Analyzer(extractor=RuleExtractor(), coreference=no_clusters, timings=True)
    document = analyzer(Doc(Vocab()), meta={"outlet": "News"})
    assert document.meta["outlet"] == "News"
    assert list(document.meta["timings"]) == ["marks", "encoder", "extraction", "speakers"]
    assert all(seconds >= 0 for seconds in document.meta["timings"].values())
    assert QuoteDocument.from_dict(document.to_dict()) == document


@pytest.mark.parametrize("meta", [{"layout": "two-column", "style": "Gothic"}, {"layout": None, "timings": "slow"}])
def test_the_callers_own_style_layout_and_timings_stay(meta: dict[str, object]) -> None:
    chat = spacy.blank("en")("12/03/2024, 10:01 - Ann: Go on.\n12/03/2024, 10:02 - Bo: No, you.\n")
    analyzer = Analyzer(extractor=RuleExtractor(), coreference=no_clusters, timings=True)
    assert analyzer(chat, meta=meta).meta.items() >= meta.items()
    assert analyzer(chat).meta["layout"] == "chat"


def test_timings_are_logged_and_left_out_of_meta_unasked(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "quotesmith"):
        document = Analyzer(extractor=RuleExtractor(), coreference=no_clusters)(Doc(Vocab()))
    assert document.meta == {"style": "news"}
    [message] = caplog.messages
    assert message.startswith("0 characters, 0 quotes; seconds: {'marks': ")


@pytest.mark.model
def test_original_text_takes_the_place_of_the_docs(nlp: Language) -> None:
    with nlp.select_pipes(disable=["quotesmith"]):
        doc = nlp("“Go \ufffd now,” said Ann Lee.")
    document = Analyzer(extractor=RuleExtractor(), coreference=no_clusters)(
        doc, text="“Go \ud800 now,” said Ann Lee.", id="x"
    )
    assert (document.id, document.quotes[0].text) == ("x", "Go \ud800 now,")
