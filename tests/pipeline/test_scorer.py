import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import registry

from quotesmith.errors import InvalidRecordError
from quotesmith.pipeline import QuotesmithComponent
from quotesmith.pipeline.extensions import annotate
from quotesmith.pipeline.scorer import SCORE_WEIGHTS, SCORER, make_scorer, score_quotes
from quotesmith.records import Entity, Mention, Quote, QuoteDocument, QuoteKind
from tests.samples import spans, summit
from tests.strategies import documents

NLP = spacy.blank("en")
TEXT = "“The bridge is closed,” said Mayor Jane Roe. Her deputy said that it would open in May."
BRIDGE = "“The bridge is closed,”"
MAY = "that it would open in May"


def make_quote(*content: str, kind: str = "direct", source: str | None = None, speaker: Entity | None = None) -> Quote:
    """A quote that names its source and speaker by words; `make_document` has the records to these."""
    return Quote(
        id="|".join((*content, str(source))),
        kind=QuoteKind(kind),
        content=spans(TEXT, *content),
        text=" … ".join(content),
        source=source,
        speakers=() if speaker is None else (speaker.id,),
    )


def make_document(*quotes: Quote, entities: Sequence[Entity] = ()) -> QuoteDocument:
    somebody = Entity("somebody", "somebody")
    mentions = [
        Mention(source, spans(TEXT, source), "nominal", somebody.id)
        for source in dict.fromkeys(quote.source for quote in quotes)
        if source is not None
    ]
    return QuoteDocument("d", TEXT, quotes=quotes, entities=[somebody, *entities], mentions=mentions)


def carrying(document: QuoteDocument | None, text: str = TEXT) -> Doc:
    doc = NLP.make_doc(text)
    if document is not None:
        annotate(doc, document)
    return doc


def score(gold: QuoteDocument | None, found: QuoteDocument | None) -> dict[str, Any]:
    return score_quotes([Example(carrying(found), carrying(gold))])


def prf(scores: dict[str, Any], name: str) -> object:
    return pytest.approx((scores[f"{name}_p"], scores[f"{name}_r"], scores[f"{name}_f"]))


def of_any_text(document: QuoteDocument) -> Doc:
    """A Doc of one token with the document's text, whatever that is; lone surrogates, which no Doc has, are U+FFFD."""
    text = re.sub("[\ud800-\udfff]", "\ufffd", document.text)
    doc = Doc(NLP.vocab, words=[text] if text else [], spaces=[False] if text else [])
    annotate(doc, attrs.evolve(document, text=text))
    return doc


NOTHING = dict.fromkeys(SCORE_WEIGHTS)


def test_missed_quotes_lower_recall_and_added_ones_precision() -> None:
    gold = make_document(make_quote(BRIDGE), make_quote(MAY))
    found = make_document(make_quote(BRIDGE), make_quote("Her deputy"), make_quote("Mayor"), make_quote("Jane"))
    assert prf(score(gold, found), "quotes") == (1 / 4, 1 / 2, 1 / 3)


@pytest.mark.parametrize(
    ("content", "is_found"),
    [
        pytest.param("The bridge is closed", True, id="marks-do-not-count"),
        pytest.param("is closed,” said Mayor", True, id="half-of-the-words"),
        pytest.param("bridge is closed,” said Mayor Jane Roe. Her deputy", False, id="less-than-half"),
        pytest.param("Her deputy", False, id="no-word"),
    ],
)
def test_content_is_found_from_half_of_its_words_on(content: str, *, is_found: bool) -> None:
    scores = score(make_document(make_quote(BRIDGE)), make_document(make_quote(content)))
    assert scores["quotes_f"] == float(is_found)


@pytest.mark.parametrize(
    ("content", "is_exact"),
    [
        pytest.param(["The bridge is closed"], True, id="marks-do-not-count"),
        pytest.param(["The bridge", "is closed"], True, id="in-pieces"),
        pytest.param(["bridge is closed"], False, id="one-word-less"),
        pytest.param(["The bridge is closed,” said"], False, id="one-word-more"),
    ],
)
def test_content_is_exact_with_the_same_words(content: list[str], *, is_exact: bool) -> None:
    scores = score(make_document(make_quote(BRIDGE)), make_document(make_quote(*content)))
    assert (scores["quotes_f"], scores["quotes_exact_f"]) == (1.0, float(is_exact))


def at(start: int, end: int) -> QuoteDocument:
    return make_document(attrs.evolve(make_quote(BRIDGE), content=[(start, end)]))


@pytest.mark.parametrize(
    ("found", "is_found"),
    [
        pytest.param((21, 23), True, id="itself"),
        pytest.param((0, 1), False, id="another-mark"),
        pytest.param((15, 21), False, id="word-before"),
    ],
)
def test_content_without_words_is_compared_by_its_marks(found: tuple[int, int], *, is_found: bool) -> None:
    assert score(at(21, 23), at(*found))["quotes_f"] == float(is_found)


def test_mark_before_a_word_is_not_that_word() -> None:
    assert score(at(0, 1), at(1, 4))["quotes_f"] == 0.0


def test_content_of_white_space_does_not_count() -> None:
    assert score(at(4, 5), at(4, 5)) == NOTHING


def test_part_of_a_word_is_the_whole_word() -> None:
    assert score(make_document(make_quote(BRIDGE)), at(3, 20))["quotes_exact_f"] == 1.0


@pytest.mark.parametrize(
    ("gold", "found", "is_right"),
    [
        pytest.param("Mayor Jane Roe", "Jane Roe", True, id="most-words"),
        pytest.param("Mayor Jane Roe", "Mayor", True, id="half-of-the-words"),
        pytest.param("Mayor Jane Roe", "Her deputy", False, id="another"),
        pytest.param("Mayor Jane Roe", None, False, id="missing"),
        pytest.param(None, "Mayor Jane Roe", False, id="added"),
        pytest.param(None, None, True, id="both-none"),
    ],
)
def test_source_is_right_by_its_words_or_where_there_is_none(
    gold: str | None, found: str | None, *, is_right: bool
) -> None:
    scores = score(make_document(make_quote(BRIDGE, source=gold)), make_document(make_quote(BRIDGE, source=found)))
    assert (scores["quotes_f"], scores["quotes_source_f"]) == (1.0, float(is_right))


def test_quotes_are_paired_one_to_one_and_the_most_alike_first() -> None:
    gold = make_document(make_quote("The bridge is closed,” said Mayor"), make_quote("The bridge is closed"))
    found = make_document(make_quote("The bridge is closed,”"))
    scores = score(gold, found)
    assert prf(scores, "quotes") == (1.0, 1 / 2, 2 / 3)
    assert scores["quotes_exact_p"] == 1.0


def test_quotes_of_equal_content_are_paired_by_source_whatever_their_order() -> None:
    quotes = [make_quote(BRIDGE, source="Mayor Jane Roe"), make_quote(BRIDGE, source="Her deputy")]
    assert score(make_document(*quotes), make_document(*reversed(quotes)))["quotes_source_f"] == 1.0


def test_quote_of_another_kind_is_wrong_in_both_kinds_only() -> None:
    gold = make_document(make_quote(BRIDGE), make_quote(MAY, kind="indirect"))
    found = make_document(make_quote(BRIDGE, kind="mixed"), make_quote(MAY, kind="indirect"))
    scores = score(gold, found)
    assert scores["quotes_f"] == 1.0
    assert scores["quotes_per_kind"] == {
        "direct": {"p": 0.0, "r": 0.0, "f": 0.0},
        "mixed": {"p": 0.0, "r": 0.0, "f": 0.0},
        "indirect": {"p": 1.0, "r": 1.0, "f": 1.0},
    }


JANE = Entity("jane", "Jane Roe", aliases=("the Mayor",))


@pytest.mark.parametrize(
    ("name", "is_right"),
    [
        pytest.param("Jane Roe", True, id="name"),
        pytest.param("JANE  ROÉ", True, id="case-and-accents-do-not-count"),
        pytest.param("the Mayor", True, id="alias-in-the-reference"),
        pytest.param("Roe", False, id="alias-that-the-reference-lacks"),
        pytest.param(None, False, id="nobody"),
    ],
)
def test_speaker_is_right_by_a_name_of_the_reference(name: str | None, *, is_right: bool) -> None:
    speaker = None if name is None else Entity("e9", name, aliases=("Jane Roe",))
    gold = make_document(make_quote(BRIDGE, speaker=JANE), entities=[JANE])
    found = make_document(make_quote(BRIDGE, speaker=speaker), entities=[] if speaker is None else [speaker])
    assert score(gold, found)["quotes_speaker_acc"] == float(is_right)


@pytest.mark.parametrize(
    "speakers", [("jane",), ("jane", "ann", "joe"), ("jane", "joe"), ("jane", "mayor"), ("jane", "ann", "mayor")]
)
def test_speakers_of_one_quote_must_all_be_right(speakers: tuple[str, ...]) -> None:
    entities = [JANE, Entity("ann", "Ann Lee"), Entity("joe", "Joe Poe"), Entity("mayor", "the Mayor")]
    gold = attrs.evolve(make_quote(BRIDGE), speakers=("jane", "ann"))
    found = attrs.evolve(gold, speakers=speakers)
    document = make_document(gold, entities=entities)
    assert score(document, make_document(found, entities=entities))["quotes_speaker_acc"] == 0.0
    assert score(document, document)["quotes_speaker_acc"] == 1.0


def test_only_found_quotes_with_speakers_in_the_reference_count_for_these() -> None:
    gold = make_document(
        make_quote(BRIDGE, speaker=JANE), make_quote(MAY), make_quote("Her deputy", speaker=JANE), entities=[JANE]
    )
    found = make_document(make_quote(BRIDGE, speaker=JANE), make_quote(MAY, speaker=JANE), entities=[JANE])
    assert score(gold, found)["quotes_speaker_acc"] == 1.0


def test_reference_without_annotation_is_left_out() -> None:
    document = make_document(make_quote(BRIDGE))
    bare = Example(carrying(document), carrying(None))
    assert score_quotes([bare]) == NOTHING
    assert score_quotes([bare, Example(carrying(None), carrying(document))])["quotes_f"] == 0.0
    assert score_quotes([bare, Example(carrying(document), carrying(document))])["quotes_f"] == 1.0


def test_reference_that_says_there_are_no_quotes_makes_every_found_one_wrong() -> None:
    scores = score(make_document(), make_document(make_quote(BRIDGE)))
    assert prf(scores, "quotes") == (0.0, 0.0, 0.0)
    assert scores["quotes_speaker_acc"] is None


@pytest.mark.parametrize("found", [make_document(), None], ids=["no-quotes", "no-annotation"])
def test_nothing_to_count_gives_none(found: QuoteDocument | None) -> None:
    assert score(make_document(), found) == NOTHING
    assert score_quotes([]) == NOTHING


def test_examples_are_counted_together() -> None:
    gold = make_document(make_quote(BRIDGE), make_quote(MAY))
    examples = [Example(carrying(found), carrying(gold)) for found in (gold, make_document(), make_document())]
    assert prf(score_quotes(iter(examples)), "quotes") == (1.0, 1 / 3, 1 / 2)


def test_other_white_space_and_case_in_the_reference_do_not_count() -> None:
    found = make_document(make_quote(BRIDGE, source="Mayor Jane Roe"), make_quote(MAY, source="Her deputy"))
    text = TEXT.replace("“The", "“ the").replace("Roe.", "Roe\n\n.").replace("said that", "sa id  that")
    places = {BRIDGE: BRIDGE.replace("“The", "“ the"), MAY: MAY}
    gold = attrs.evolve(
        found,
        text=text,
        quotes=[attrs.evolve(quote, content=spans(text, places[quote.text])) for quote in found.quotes],
        mentions=[attrs.evolve(mention, spans=spans(text, mention.id)) for mention in found.mentions],
    )
    scores = score_quotes([Example(carrying(found), carrying(gold, text))])
    assert (scores["quotes_exact_f"], scores["quotes_source_f"]) == (1.0, 1.0)


def test_reference_of_another_text_is_an_error() -> None:
    example = Example(carrying(None, "Quite another text."), carrying(make_document()))
    with pytest.raises(InvalidRecordError, match="Quite another text"):
        score_quotes([example])


@given(documents())
def test_document_against_itself_is_all_right(document: QuoteDocument) -> None:
    doc = of_any_text(document)
    scores = score_quotes([Example(doc, doc.copy())])
    kinds = scores.pop("quotes_per_kind") or {}
    has_words = any(not span.of(document.text).isspace() for quote in document.quotes for span in quote.content)
    assert scores["quotes_f"] == (1.0 if has_words else None)
    assert {*scores.values(), *(value for kind in kinds.values() for value in kind.values())} <= {1.0, None}


@given(documents(), st.data())
def test_exchanging_gold_and_found_exchanges_precision_and_recall(document: QuoteDocument, data: st.DataObject) -> None:
    quotes = [attrs.evolve(quote, parent=None) for quote in document.quotes]
    fewer = attrs.evolve(document, quotes=[quote for quote in quotes if data.draw(st.booleans())])
    there = score_quotes([Example(of_any_text(document), of_any_text(fewer))])
    back = score_quotes([Example(of_any_text(fewer), of_any_text(document))])
    assert there["quotes_r"] in {1.0, 0.0, None}
    for name in ("quotes", "quotes_source", "quotes_exact"):
        assert (there[f"{name}_p"], there[f"{name}_r"]) == (back[f"{name}_r"], back[f"{name}_p"])


def test_split_nested_and_sourceless_quotes_fit_themselves() -> None:
    document = summit()
    doc = carrying(document, document.text)
    scores = score_quotes([Example(doc, doc)])
    kinds = scores.pop("quotes_per_kind")
    assert set(kinds) == {"direct", "mixed", "indirect"}
    assert set(scores.values()) == {1.0}


def test_gold_survives_a_doc_bin() -> None:
    document = make_document(make_quote(BRIDGE))
    data = DocBin(docs=[carrying(document)]).to_bytes()
    [reference] = DocBin().from_bytes(data).get_docs(NLP.vocab)
    assert score_quotes([Example(carrying(document), reference)])["quotes_f"] == 1.0


def test_scorer_is_registered() -> None:
    assert registry.scorers.get(SCORER)() is make_scorer() is score_quotes


def test_factory_tells_its_scores_and_weighs_them() -> None:
    meta = Language.get_factory_meta("quotesmith")
    assert set(meta.scores) == set(score_quotes([]))
    assert sum(weight or 0.0 for weight in (meta.default_score_weights or {}).values()) == 1.0


def test_component_scores_with_the_scorer_of_its_config() -> None:
    def count(examples: list[Example], **options: object) -> dict[str, Any]:
        return {"examples": len(examples), **options}

    registry.scorers("tests.count.v1", func=lambda: count)
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", config={"scorer": {"@scorers": "tests.count.v1"}})
    example = Example(nlp.make_doc(""), nlp.make_doc(""))
    assert Scorer(nlp, mode="strict").score([example])["examples"] == 1
    assert nlp.config["components"]["quotesmith"]["scorer"] == {"@scorers": "tests.count.v1"}


def test_component_without_scorer_gives_no_figures() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotesmith", config={"scorer": None})
    component = nlp.get_pipe("quotesmith")
    assert isinstance(component, QuotesmithComponent)
    assert component.score([]) == {}


@pytest.mark.model
class TestWithPipeline:
    def examples(self, nlp: Language) -> list[Example]:
        gold = make_document(
            make_quote(BRIDGE, source="Mayor Jane Roe", speaker=JANE),
            make_quote(MAY, kind="indirect", source="Her deputy"),
            entities=[JANE],
        )
        reference = nlp.make_doc(TEXT)
        annotate(reference, gold)
        return [Example(nlp.make_doc(TEXT), reference), Example(nlp.make_doc("No gold."), nlp.make_doc("No gold."))]

    def test_evaluate_reports_quotes_beside_the_other_pipes(self, nlp: Language) -> None:
        scores = nlp.evaluate(self.examples(nlp))
        assert {*SCORE_WEIGHTS, "ents_f", "dep_uas"} <= set(scores)
        assert all(0.0 <= scores[name] <= 1.0 for name in ("quotes_f", "quotes_source_f", "quotes_speaker_acc"))

    def test_pipeline_from_disk_reports_the_same(self, nlp: Language, tmp_path: Path) -> None:
        nlp.to_disk(tmp_path / "pipeline")
        copy = spacy.load(tmp_path / "pipeline")
        per_component = [p.evaluate(self.examples(p), per_component=True)["quotesmith"] for p in (nlp, copy)]
        assert per_component[0] == per_component[1]

    def test_pipeline_saved_before_there_was_a_scorer_still_scores(self, nlp: Language, tmp_path: Path) -> None:
        nlp.to_disk(tmp_path / "pipeline")
        config = tmp_path / "pipeline" / "config.cfg"
        # As a block of its own or, by older releases of spaCy's config, on one line.
        block = rf'\[components.quotesmith.scorer\]\n@scorers = "{SCORER}"\n|scorer = {{"@scorers":"{SCORER}"}}\n'
        text, count = re.subn(block, "", config.read_text(encoding="utf-8"))
        config.write_text(text, encoding="utf-8")
        assert count == 1
        assert "quotes_f" in spacy.load(tmp_path / "pipeline").evaluate([])
